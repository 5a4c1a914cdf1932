"""Approvals at the counter: what waits for a signature, signing and rejecting it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.matterview import CHANGES, FACTS, WITHOUT_MONEY, changes, frozen, matter
from kac.cli.onlooker import myself, sees_costs, speaker
from kac.cli.options import (
    Reading,
    Writing,
    count_option,
    day_option,
    examples,
    money_option,
    needed,
    needed_all,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.approvals.rules import KINDS, made_by
from kac.desk.approvals.states import LABELS, SUBJECTS

if TYPE_CHECKING:
    from kac.core.actor import Actor
    from kac.db.reader import Reader, Row
    from kac.db.work import Outcome, Work
    from kac.desk.approvals.rules import Signed

app = Noun(help=_("Approvals: sign or reject what asks for it"))

Request = Annotated[
    str, typer.Argument(metavar="APPROVAL", help=_("its number, or that of what it is about"))
]
OnBehalfOf = Annotated[
    str,
    typer.Option("--for", metavar="STAFF", help=_("sign for who delegated to you in writing")),
]
_LIST = [
    Column("number", _("approval"), "code"),
    Column("subject", _("about"), "code"),
    Column("kind", _("kind"), "state", words=SUBJECTS, aside=True),
    Column("customer_name", _("customer"), aside=True),
    Column("matter", _("customer or matter"), priority=3),
    Column("total", _("total"), "money"),
    Column("tier", _("tier"), "code", priority=2),
    Column("state", _("state"), "state", words=LABELS),
    Column("waits_for", _("waits for"), priority=7),
    Column("maker", _("made by"), "code"),
]
_STEPS = [
    Column(
        "step",
        _("signature for"),
        "state",
        words={key: label for key, (_gate, label) in KINDS.items()},
    ),
    Column("role", _("role"), "code"),
    Column("rule", _("rule"), "code"),
    Column("lines", _("lines"), "code"),
    Column("signed_by", _("signed by"), "code"),
    Column("signed_at", _("when"), "code"),
    Column("missing", _("still"), "code"),
]
_LINES = [
    Column("line", _("line"), "count"),
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("list_price", _("list price"), "money"),
    Column("price", _("price"), "money"),
    Column("amount", _("amount"), "money"),
]
_COSTS = [Column("cost", _("cost"), "money"), Column("margin", _("margin"), "code")]


@app.command(
    "list",
    help=_("List requests for approval that are pending; --mine: those that wait for me."),
    epilog=examples("kac approval list --mine", "kac a list --state all --json"),
)
@reading
def list_(
    asked: Reading,
    mine: Annotated[bool, typer.Option("--mine", help=_("that I may sign now"))] = False,
    state: Annotated[Any, state_option(LABELS, "all", help=_("in this state"))] = "pending",
) -> None:
    """List requests."""
    from kac.cli.setting import today
    from kac.desk.approvals import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, "" if state == "all" else state or "pending")
        if mine:
            who = myself(reader)
            lent = {row["id"] for row, *_rest in queries.for_deputy(reader, who, today())}
            found = [row for row in found if row["id"] in lent or _is_mine(reader, row, who)]
        rows = [_listed(reader, row) for row in found]
    show.rows(asked, _LIST, rows, empty=_("nothing waits for a signature"))


def _is_mine(reader: Reader, row: Row, who: Actor) -> bool:
    from kac.db.policybook import version
    from kac.desk.approvals import queries
    from kac.desk.approvals.rules import signable

    policy = version(reader, row["policy_set"], row["policy_version"])
    steps, signed = queries.steps(row["route"]), queries.signed(reader, row["id"])
    open_to_me = signable(steps, signed, policy.rights(who.roles), who.code)
    return row["state"] == "pending" and not made_by(row["maker"], who.code) and bool(open_to_me)


def _listed(reader: Reader, row: Row) -> dict[str, Any]:
    from kac.desk.approvals import queries
    from kac.desk.approvals.rules import unsigned

    facts = json.loads(row["facts"])
    waiting = unsigned(queries.steps(row["route"]), queries.signed(reader, row["id"]))
    return {
        **dict(row),
        "matter": row["customer_name"] or matter(row, facts),
        "total": None if row["kind"] in WITHOUT_MONEY else row["total_fen"],
        "tier": facts.get("tier", ""),
        "waits_for": list(dict.fromkeys(step.role for step in waiting))
        if row["state"] == "pending"
        else [],
    }


@app.command(
    "show",
    help=_("Show a request: what it is about, who signed, who has still to sign."),
    epilog=examples("kac approval show SP20261120-0001", "kac a show DD20261120-0003 --json"),
)
@reading
def show_(asked: Reading, approval: Request) -> None:
    """Show a request."""
    from kac.desk.approvals import queries

    with reading_ledger() as reader:
        row = queries.find(reader, approval, speaker(reader))
        steps = [_step(reader, row, index) for index in range(len(queries.steps(row["route"])))]
        lines = _lines(reader, row)
        costs = sees_costs(reader)
        asked_for = frozen(row, costs=costs)
        head = {**_listed(reader, row), "policy": f"{row['policy_set']}/{row['policy_version']}"}
    columns = [*_LINES, *(_COSTS if costs else [])]
    show.record(
        asked,
        [*_LIST, Column("policy", _("judged by"), "code")],
        head,
        [
            Part("facts", _("as it was asked for"), FACTS, asked_for),
            Part("changes", _("what changes"), CHANGES, changes(row)),
            Part("steps", _("signatures"), _STEPS, steps),
            Part("lines", _("lines"), columns, lines),
        ],
    )


def _step(reader: Reader, row: Row, index: int) -> dict[str, Any]:
    from kac.core.calendar import local_text, parse_instant
    from kac.desk.approvals import queries
    from kac.desk.approvals.rules import is_signed, missing_lines

    step, signed = queries.steps(row["route"])[index], queries.signed(reader, row["id"])
    mine = [s for s in signed if (s.kind, s.role) == (step.kind, step.role)]
    missing = missing_lines(step, signed)
    when = queries.moments(reader, row["id"], step)
    return {
        "step": step.kind,
        "role": step.role,
        "rule": step.rule,
        "lines": " ".join(map(str, step.lines)),
        "signed_by": ", ".join(dict.fromkeys(map(_hand, mine))),
        "signed_at": ", ".join(local_text(parse_instant(moment)) for moment in when),
        "missing": "" if is_signed(step, signed) else " ".join(map(str, missing)) or _("signature"),
    }


def _hand(signature: Signed) -> str:
    """Whose hand it was, and for whom."""
    hand = signature.staff
    if signature.on_behalf_of:
        hand = _("{deputy} for {delegator} ({document})").format(
            deputy=hand, delegator=signature.on_behalf_of, document=signature.delegation
        )
    if signature.carried_from:
        hand += f" ← {signature.carried_from}"
    return hand if signature.verdict == "ok" else f"{hand} ×"


def _lines(reader: Reader, row: Row) -> list[dict[str, Any]]:
    """The lines of the version that the request is about; orders and quotations have any."""
    from kac.desk.orders import queries as orders
    from kac.desk.quotations import queries as quotations

    nouns = {"order": orders.lines_of, "quotation": quotations.lines_of}
    if row["kind"] not in nouns:
        return []
    found = nouns[row["kind"]](reader, row["subject"], row["revision"])
    return [_line(line) for line in found]


def _line(line: Row) -> dict[str, Any]:
    from kac.desk.margins.rules import rate_text

    return {
        **dict(line),
        "list_price": line["list_price_fen"],
        "price": line["unit_price_fen"],
        "amount": line["amount_fen"],
        "cost": line["cost_fen"],
        "margin": rate_text(line["unit_price_fen"], line["cost_fen"]),
    }


@app.command(
    "ok",
    help=_("Sign what waits for you; --line checks single lines of a discount."),
    epilog=examples(
        "kac approval ok SP20261120-0001 --note 老客户", "kac a ok SP20261120-0001 --line 2"
    ),
)
@writing
def ok(
    asked: Writing,
    approval: Request,
    line: Annotated[
        list[Any], count_option("--line", help=_("only this line of the discounts"))
    ] = [],  # noqa: B006
    on_behalf_of: OnBehalfOf = "",
) -> None:
    """Sign."""

    def act(work: Work) -> Outcome:
        from kac.desk.amendments.actions import decided
        from kac.desk.approvals import actions

        return decided(work, actions.ok(work, approval, tuple(line), on_behalf_of))

    typed = {"approval": approval, "lines": line, "for": on_behalf_of}
    write(asked, "approval ok", act, typed, step_up=True)


@app.command(
    "reject",
    help=_("Refuse; one refusal refuses the whole request."),
    epilog=examples("kac approval reject SP20261120-0001 --reason 毛利过低"),
)
@writing
def reject(
    asked: Writing,
    approval: Request,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
    on_behalf_of: OnBehalfOf = "",
) -> None:
    """Reject."""
    why = needed(reason, "--reason", _("Why is it refused?"))

    def act(work: Work) -> Outcome:
        from kac.desk.amendments.actions import decided
        from kac.desk.approvals import actions

        return decided(work, actions.reject(work, approval, why, on_behalf_of))

    typed = {"approval": approval, "reason": why, "for": on_behalf_of}
    write(asked, "approval reject", act, typed, step_up=True)


@app.command(
    "delegate",
    help=_("Delegate your signature in writing: to whom, for what, up to how much, until when."),
    epilog=examples(
        "kac approval delegate --to wang --scope order --cap 50000 --until +7d --doc 授权书2026-031"
    ),
)
@writing
def delegate(
    asked: Writing,
    to: Annotated[str, typer.Option("--to", metavar="STAFF", help=_("who signs for you"))] = "",
    scope: Annotated[
        list[str],
        typer.Option("--scope", metavar="KIND", help=_("order, quotation, contract … repeatable")),
    ] = [],  # noqa: B006
    cap: Annotated[Any, money_option("--cap", help=_("up to which amount"))] = None,
    first: Annotated[Any, day_option("--from", help=_("first day, else today"))] = None,
    until: Annotated[Any, day_option("--until", help=_("last day"))] = None,
    doc: Annotated[
        str, typer.Option("--doc", metavar="NUMBER", help=_("number of the written document"))
    ] = "",
    attach: Annotated[
        str, typer.Option("--attach", metavar="FILE", help=_("a scan of the document"))
    ] = "",
) -> None:
    """Delegate."""
    from kac.cli.files import kept_file

    deputy, covered, most, last, document = needed_all(
        (to, "--to", _("Who signs for you?")),
        (",".join(scope), "--scope", _("For which documents?")),
        (cap, "--cap", _("Up to which amount?")),
        (until, "--until", _("Until which day?")),
        (doc, "--doc", _("Number of the written document?")),
    )
    typed: dict[str, Any] = {
        "deputy": deputy,
        "scope": scope or [covered],
        "cap": most,
        "from_day": first or asked.on,
        "until_day": last,
        "document": document,
        "attachment": kept_file(attach) if attach else "",
    }

    def act(work: Work) -> Outcome:
        from kac.desk.delegations.actions import Grant, grant

        return grant(work, Grant(**typed))

    write(asked, "approval delegate", act, typed, step_up=True)


@app.command(
    "undelegate",
    help=_("Take a delegation back before its last day."),
    epilog=examples("kac approval undelegate WT20261120-0001 --reason 提前返岗"),
)
@writing
def undelegate(
    asked: Writing,
    delegation: Annotated[str, typer.Argument(metavar="DELEGATION", help=_("its number"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """End a delegation."""
    why = needed(reason, "--reason", _("Why is it taken back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.delegations import actions

        return actions.end(work, delegation, why)

    write(asked, "approval undelegate", act, {"delegation": delegation, "reason": why})


@app.command(
    "delegations",
    help=_("List delegations; without --all those that hold today."),
    epilog=examples("kac approval delegations", "kac a delegations --all --json"),
)
@reading
def delegations(
    asked: Reading,
    everything: Annotated[bool, typer.Option("--all", help=_("those that ended too"))] = False,
) -> None:
    """List delegations."""
    from kac.cli.setting import today
    from kac.desk.delegations import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, None if everything else today())
    columns = [
        Column("number", _("delegation"), "code"),
        Column("delegator", _("of"), "code"),
        Column("deputy", _("deputy"), "code"),
        Column("scope", _("for"), "code"),
        Column("cap", _("up to"), "money"),
        Column("from_day", _("from"), "day"),
        Column("until_day", _("until"), "day"),
        Column("document", _("document"), "code", priority=3),
        Column("ended", _("taken back"), "flag"),
    ]
    show.rows(
        asked, columns, [{**dict(r), "cap": r["cap_fen"]} for r in found], empty=_("no delegation")
    )
