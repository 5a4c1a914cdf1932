"""Deposits at the counter: how much is due, take it, carry it over, leave some of it off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import (
    COLUMNS,
    DECLARED,
    METHOD,
    PAYER,
    REASON,
    REFERENCE,
    listed,
    receipt_of,
)
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.core.i18n import N_, _
from kac.desk.approvals.states import LABELS as APPROVALS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Deposits: record them, or except from them"))

Order = Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))]

DRAWS = {
    "last": N_("the last goods of the order"),
    "proportional": N_("its share of every slip"),
    "fixed": N_("as much of every slip"),
}
_QUOTE = [
    Column("order", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("total", _("total"), "money"),
    Column("fresh", _("of it fresh food"), "money"),
    Column("ordinary_share", _("due on ordinary goods"), "money"),
    Column("fresh_share", _("due on fresh food"), "money"),
    Column("waived", _("waived"), "money"),
    Column("waived_by", _("waived by"), "code"),
    Column("waived_because", _("waived because")),
    Column("asked", _("asked to be waived"), "money"),
    Column("request", _("approval"), "code"),
    Column("minimum", _("deposit at least"), "money"),
    Column("received", _("received"), "money"),
    Column("short", _("still short"), "money"),
    Column("draws", _("pays for"), "state", words=DRAWS),
    Column("drawn", _("paid for slips"), "money"),
    Column("says", _("reckoned")),
]
_LIST = [
    *COLUMNS[:5],
    Column("deposit", _("held as deposit"), "money", priority=4),
    Column("drawn", _("drawn"), "money", priority=6),
    Column("going", _("on slips"), "money", priority=5),
    Column("left", _("left"), "money", priority=6),
    *COLUMNS[5:],
]
_WAIVERS = [
    Column("number", _("waiver"), "code"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("order_total", _("total"), "money", priority=3),
    Column("short", _("to be waived"), "money"),
    Column("reason", _("because"), priority=4),
    Column("state", _("state"), "state", words=APPROVALS),
    Column("approval", _("approval"), "code"),
    Column("asked_by", _("asked for by"), "code", priority=2),
    Column("granted_by", _("waived by"), "code"),
]


@app.command(
    "quote",
    help=_("Say how much deposit an order needs, and how that is reckoned."),
    epilog=examples("kac deposit quote @", "kac dp quote DD20261120-0003 --json"),
)
@reading
def quote(asked: Reading, order: Order) -> None:
    """Quote the deposit."""
    from kac.cli import partview
    from kac.desk.deliveries import queries as deliveries
    from kac.desk.deposits import queries
    from kac.desk.deposits.rules import deposit_met, minimum
    from kac.desk.orders import queries as orders

    with reading_ledger() as reader:
        row = orders.find(reader, order, speaker(reader))
        version = orders.policy(reader, row)
        slips = partview.slips(reader, row)
    facts, policy = queries.facts(row), queries.policy(version)
    due = minimum(facts, policy)
    gate = deposit_met(facts, policy, version.may["deposit.record"])
    waived = facts.waiver if facts.waived_fen else None
    asked_for = facts.waiver if facts.waiver and facts.waiver.state == "pending" else None
    show.record(
        asked,
        _QUOTE,
        {
            "order": row["number"],
            "customer_name": row["customer_name"],
            "total": row["total_fen"],
            "fresh": row["fresh_fen"],
            "ordinary_share": due.ordinary_fen,
            "fresh_share": due.fresh_fen,
            "waived": facts.waived_fen,
            "waived_by": waived.hand if waived else "",
            "waived_because": waived.reason if waived else "",
            "asked": asked_for.short_fen if asked_for else 0,
            "request": facts.waiver.request if facts.waiver else "",
            "minimum": due.whole_fen,
            "received": row["received_fen"],
            "short": max(0, due.whole_fen - row["received_fen"]),
            "draws": deliveries.policy(version).deposit_draw,
            "drawn": sum(slip["deposit_fen"] for slip in slips),
            "says": gate.says,
        },
        partview.part_of_slips(slips, row),
    )


@app.command(
    "record",
    help=_("Take a deposit: by transfer; cash only at finance, with a reason."),
    epilog=examples(
        "kac deposit record @ --amount 4020 --ref 2026112000010001",
        "kac deposit record @ --amount 4020 --method cash --reason 银行系统停机",
    ),
)
@writing
def record(
    asked: Writing,
    order: Order,
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    method: METHOD = "transfer",
    ref: REFERENCE = "",
    payer: PAYER = "",
    reason: REASON = "",
    declared: DECLARED = "",
) -> None:
    """Record a deposit."""
    typed = receipt_of(amount, method, ref, payer, reason, declared)

    def act(work: Work) -> Outcome:
        from kac.desk.deposits import actions
        from kac.desk.payments.actions import Receipt, declared_receipt

        receipt = declared_receipt(work, declared) if declared else Receipt(**typed)
        return actions.record(work, order, receipt, declared)

    write(asked, "deposit record", act, {"order": order, "declared": declared, **typed})


@app.command(
    "apply",
    help=_("Use money that the customer has on account as the deposit of an order."),
    epilog=examples("kac deposit apply SK20261120-0001 DD20261120-0001 --amount 4020"),
)
@writing
def apply(
    asked: Writing,
    money: Annotated[str, typer.Argument(metavar="MONEY", help=_("its number"))],
    order: Order,
    amount: Annotated[Any, money_option("--amount", help=_("how much; what is due if not"))] = None,
) -> None:
    """Use money as a deposit."""

    def act(work: Work) -> Outcome:
        from kac.desk.deposits import actions

        return actions.apply(work, money, order, amount)

    write(asked, "deposit apply", act, {"money": money, "order": order, "amount": amount})


@app.command(
    "move",
    help=_("Carry the money of an order over to the order that takes its place."),
    epilog=examples("kac deposit move DD20261120-0001 DD20261120-0002 --reason 客户改型号"),
)
@writing
def move(
    asked: Writing,
    order: Order,
    to: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order it is for now"))],
    reason: REASON = "",
) -> None:
    """Carry money over."""
    why = needed(reason, "--reason", _("Why is it carried over?"))

    def act(work: Work) -> Outcome:
        from kac.desk.deposits import actions

        return actions.move(work, order, to, why)

    write(asked, "deposit move", act, {"order": order, "to": to, "reason": why})


papers.printing(
    app,
    "deposit",
    Annotated[str, typer.Argument(metavar="MONEY", help=_("its number"))],
    "kac.desk.payments.actions",
    help=_("Print the receipt of a deposit in two copies."),
    epilog=examples("kac deposit print @", "kac dp print SK20261120-0001 -o receipt.html"),
)


@app.command(
    "waive",
    help=_("Ask that part of the deposit on goods that are not fresh be left off, for a reason."),
    epilog=examples("kac deposit waive @ --short 0.01 --part ordinary --reason 老客户零头"),
)
@writing
def waive(
    asked: Writing,
    order: Order,
    short: Annotated[Any, money_option("--short", help=_("how much less"))] = None,
    part: Annotated[
        Any,
        choice_option("--part", of=("ordinary", "fresh"), help=_("of which goods it is short")),
    ] = "",
    reason: REASON = "",
) -> None:
    """Ask for a waiver."""
    why = needed(reason, "--reason", _("Why is less enough?"))
    less = needed(short, "--short", _("How much less?"))

    def act(work: Work) -> Outcome:
        from kac.desk.deposits import actions

        return actions.waive(work, order, less, part or "", why)

    typed = {"order": order, "short": less, "part": part, "reason": why}
    write(asked, "deposit waive", act, typed)


@app.command(
    "unwaive",
    help=_("Take back what was asked or granted: the whole deposit is due again."),
    epilog=examples("kac deposit unwaive JM20261120-0001 --reason 客户足额付"),
)
@writing
def unwaive(
    asked: Writing,
    waiver: Annotated[str, typer.Argument(metavar="WAIVER", help=_("its number, or its order's"))],
    reason: REASON = "",
) -> None:
    """Take a waiver back."""
    why = needed(reason, "--reason", _("Why is it taken back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.waivers import actions

        return actions.take_back(work, waiver, why)

    write(asked, "deposit unwaive", act, {"waiver": waiver, "reason": why})


@app.command(
    "waivers",
    help=_("List what of deposits was asked to be left off, the newest first."),
    epilog=examples("kac deposit waivers --state pending", "kac dp waivers --json"),
)
@reading
def waivers(
    asked: Reading,
    state: Annotated[Any, state_option(APPROVALS, help=_("in this state"))] = "",
) -> None:
    """List waivers."""
    from kac.desk.waivers import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state or "")
        empty = none_of(reader, "deposit_exception", found, _("nothing was asked to be left off"))
    rows = [
        {**dict(row), "short": row["short_fen"], "order_total": row["order_total_fen"]}
        for row in found
    ]
    show.rows(asked, _WAIVERS, rows, empty=empty)


@app.command(
    "list",
    help=_("List deposits, the newest first, with what slips have drawn of each and what is left."),
    epilog=examples("kac deposit list", "kac dp list --csv"),
)
@reading
def list_(asked: Reading) -> None:
    """List deposits."""
    from kac.desk.deposits import queries
    from kac.desk.payments import queries as payments

    with reading_ledger() as reader:
        found, drawn = payments.listing(reader, kind="deposit"), queries.draws(reader)
    nothing = {"deposit": 0, "drawn": 0, "going": 0, "left": 0}
    rows = [{**listed(row), **drawn.get(row["id"], nothing)} for row in found]
    show.rows(asked, _LIST, rows, empty=_("no money received"))
