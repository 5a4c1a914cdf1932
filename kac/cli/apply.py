"""How a customer becomes a key account: application, dossier, judgement; grades, evaluations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    examples,
    money_option,
    needed,
    one_flag,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.assessments.queries import DECISIONS
from kac.desk.dossiers.rules import ITEMS
from kac.desk.dossiers.states import EVENTS, LABELS, OPEN

if TYPE_CHECKING:
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work

app = Noun()

Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("the customer"))]
Application = Annotated[
    str, typer.Argument(metavar="CUSTOMER", help=_("the customer, or the application's number"))
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]
Attach = Annotated[
    list[str], typer.Option("--attach", metavar="FILE", help=_("a scan of it, repeatable"))
]
FloorPrice = Annotated[
    Any, money_option("--floor-price", help=_("settlement floor price in the draft"))
]
Arrears = Annotated[
    Any, money_option("--arrears", help=_("what the customer owes us, 0 for nothing"))
]
_LIST = [
    Column("number", _("application"), "code"),
    Column("customer_name", _("customer"), priority=8),
    Column("office", _("office"), priority=4),
    Column("amount", _("contract amount"), "money"),
    Column("tie_up", _("capital tied up"), "money", priority=3),
    Column("grade", _("credit grade"), "code"),
    Column("state", _("state"), "state", words=LABELS),
    Column("opened_by", _("made by"), "code", priority=2),
    Column("on_day", _("made on"), "day", priority=2),
]
_GRADES = [
    Column("grade", _("credit grade"), "code"),
    Column("reason", _("reason"), priority=8),
    Column("by", _("who"), "code"),
    Column("on_day", _("on"), "day"),
]
_DECISIONS = [Column("decision", _("evaluated"), "state", words=DECISIONS), *_GRADES[1:]]
_EVENTS = [
    Column("verb", _("step"), "state", words=EVENTS),
    Column("by", _("who"), "code"),
    Column("on_day", _("on"), "day"),
    Column("reason", _("reason")),
]


@app.command(
    "apply",
    help=_("Apply for a customer to become a key account, or correct the form."),
    epilog=examples(
        "kac customer apply KH0001 --office 榆江办事处 --amount 250000 --tie-up 80000",
        "kac c apply KH0001 --tie-up 60000",
    ),
)
@writing
def apply(
    asked: Writing,
    customer: Customer,
    office: Annotated[
        str | None, typer.Option("--office", metavar="NAME", help=_("which office applies"))
    ] = None,
    amount: Annotated[Any, money_option("--amount", help=_("amount of the contract"))] = None,
    tie_up: Annotated[
        Any, money_option("--tie-up", help=_("what the customer will owe us or hold of ours"))
    ] = None,
) -> None:
    """Apply."""
    typed = {
        "office": office,
        "amount_fen": amount.fen if amount is not None else None,
        "tie_up_fen": tie_up.fen if tie_up is not None else None,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.dossiers import actions

        return actions.apply(work, customer, actions.Form(**typed))

    write(asked, "customer apply", act, {"customer": customer, **typed})


@app.command(
    "dossier",
    help=_("Put a paper into the dossier, or say that it does not apply."),
    epilog=examples(
        "kac customer dossier KH0001 --item application_form --attach 申请表.pdf",
        "kac customer dossier KH0001 --item contract_draft --attach 草稿.pdf --floor-price 88.50",
        "kac c dossier KH0001 --item business_licence --attach 执照.jpg --unified",
        "kac c dossier KH0001 --item statement --not-applicable",
    ),
)
@writing
def dossier(
    asked: Writing,
    customer: Application,
    item: Annotated[Any, choice_option("--item", of=tuple(ITEMS), help=_("which paper"))] = "",
    attach: Attach = [],  # noqa: B006
    text: Annotated[
        str | None, typer.Option("--text", metavar="TEXT", help=_("what it says, or where it lies"))
    ] = None,
    floor_price: FloorPrice = None,
    our_signature: Annotated[
        str | None, typer.Option("--our-signature", metavar="NAME", help=_("who signed for us"))
    ] = None,
    their_signature: Annotated[
        str | None,
        typer.Option("--their-signature", metavar="NAME", help=_("who signed for the customer")),
    ] = None,
    sealed: Annotated[
        bool | None,
        typer.Option("--sealed/--not-sealed", help=_("it bears the customer's official seal")),
    ] = None,
    unified: Annotated[
        bool | None,
        typer.Option("--unified/--not-unified", help=_("the licence is a unified one (三证合一)")),
    ] = None,
    arrears: Arrears = None,
    not_applicable: Annotated[
        bool, typer.Option("--not-applicable", help=_("the customer has no such paper"))
    ] = False,
) -> None:
    """Hand a paper in."""
    which = needed(item, "--item", _("Which paper?"))
    said = {
        "text": text,
        "our_signature": our_signature,
        "their_signature": their_signature,
        "sealed": sealed,
        "unified": unified,
        "floor_price_fen": floor_price.fen if floor_price is not None else None,
        "arrears_fen": arrears.fen if arrears is not None else None,
    }
    if not_applicable and (attach or any(value is not None for value in said.values())):
        raise UsageError(
            _("a paper that does not apply has nothing else to be said of it"), code="E-CLI-012"
        )
    from kac.cli.files import attached

    files = attached(attach, dry_run=asked.dry_run)

    def act(work: Work) -> Outcome:
        from kac.desk.dossiers import actions

        paper = actions.Paper(**said)  # type: ignore[arg-type]
        return actions.hand_in(work, customer, which, paper, files, applicable=not not_applicable)

    typed = {"customer": customer, "item": which, "not_applicable": not_applicable, **said}
    typed["files"] = [(file.digest, file.name) for file in files]
    write(asked, "customer dossier", act, typed)


@app.command(
    "submit",
    help=_("Hand the whole dossier in; every paper must be there."),
    epilog=examples("kac customer submit KH0001"),
)
@writing
def submit(asked: Writing, customer: Application) -> None:
    """Submit."""

    def act(work: Work) -> Outcome:
        from kac.desk.dossiers import actions

        return actions.submit(work, customer)

    write(asked, "customer submit", act, {"customer": customer})


@app.command(
    "judge",
    help=_("Find a dossier complete, return it to the office, or reject it."),
    epilog=examples(
        "kac customer judge KH0001 --accept",
        "kac customer judge SQ20261120-0001 --return --reason 公章不清",
    ),
)
@writing
def judge(
    asked: Writing,
    customer: Application,
    accept: Annotated[bool, typer.Option("--accept", help=_("it is complete"))] = False,
    send_back: Annotated[bool, typer.Option("--return", help=_("it goes back"))] = False,
    reject: Annotated[bool, typer.Option("--reject", help=_("it is refused for good"))] = False,
    reason: Reason = "",
) -> None:
    """Judge."""
    verdicts = {"accept": accept, "return": send_back, "reject": reject}
    verdict = one_flag(verdicts)
    why = reason if accept else needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.dossiers import actions

        return actions.judge(work, customer, verdict, why)

    typed = {"customer": customer, "verdict": verdict, "reason": why}
    write(asked, "customer judge", act, typed, step_up=True)


@app.command(
    "designate",
    help=_("Make a customer a key account: contract, capital tied up, good credit."),
    epilog=examples("kac customer designate KH0001"),
)
@writing
def designate(asked: Writing, customer: Application) -> None:
    """Designate."""

    def act(work: Work) -> Outcome:
        from kac.desk.dossiers import actions

        return actions.designate(work, customer)

    write(asked, "customer designate", act, {"customer": customer}, step_up=True)


@app.command(
    "grade",
    help=_("Give a customer a grade of credit, with the reason."),
    epilog=examples("kac customer grade KH0001 A --reason 三年来按期付款"),
)
@writing
def grade(
    asked: Writing,
    customer: Customer,
    grade: Annotated[str, typer.Argument(metavar="GRADE", help=_("A, B, C, D …"))],
    reason: Reason = "",
) -> None:
    """Grade."""
    why = needed(reason, "--reason", _("Why this grade?"))

    def act(work: Work) -> Outcome:
        from kac.desk.assessments import actions

        return actions.grade(work, customer, grade, why)

    write(asked, "customer grade", act, {"customer": customer, "grade": grade, "reason": why})


@app.command(
    "evaluate",
    help=_("Evaluate a customer; it ends in going on or not."),
    epilog=examples("kac customer evaluate KH0001 --go --reason 区域龙头，合作潜力大"),
)
@writing
def evaluate(
    asked: Writing,
    customer: Customer,
    go: Annotated[bool, typer.Option("--go", help=_("we go on with this customer"))] = False,
    no_go: Annotated[bool, typer.Option("--no-go", help=_("we do not"))] = False,
    reason: Reason = "",
) -> None:
    """Evaluate."""
    decision = one_flag({"go": go, "no-go": no_go}).replace("-", "_")
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.assessments import actions

        return actions.evaluate(work, customer, decision, why)

    typed = {"customer": customer, "decision": decision, "reason": why}
    write(asked, "customer evaluate", act, typed)


@app.command(
    "applications",
    help=_("List applications to become a key account; without --state those that are open."),
    epilog=examples("kac customer applications", "kac c applications --state designated --json"),
)
@reading
def applications(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "all", help=_("in this state"))] = "",
) -> None:
    """List applications."""
    from kac.desk.dossiers import queries

    states = tuple(LABELS) if state == "all" else (state,) if state else OPEN
    with reading_ledger() as reader:
        found = [_listed(row) for row in queries.listing(reader, states)]
        empty = none_of(reader, "ka_application", found, _("no such application"))
    show.rows(asked, _LIST, found, empty=empty)


def _listed(row: Any) -> dict[str, Any]:
    return {**dict(row), "amount": row["amount_fen"], "tie_up": row["tie_up_fen"]}


@app.command(
    "application",
    help=_("Show an application: its checklist, its papers and their files, what became of it."),
    epilog=examples("kac customer application KH0001", "kac c application @ --json"),
)
@reading
def application(asked: Reading, customer: Application) -> None:
    """Show an application."""
    from kac.cli.attachmentview import files_part
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.dossiers import queries

    with reading_ledger() as reader:
        row = queries.find(reader, customer, speaker(reader))
        gates, _after = queries.case(reader, row, setting.today())
        events = queries.events(reader, row["id"])
        files = files_part(reader, row["number"])
        head = {**_listed(row), "policy": f"{row['policy_set']}/{row['policy_version']}"}
    show.record(
        asked,
        [
            *_LIST,
            Column("customer", _("customer code"), "code"),
            Column("contract", _("contract"), "code"),
            Column("policy", _("judged by"), "code"),
        ],
        head,
        [
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
            files,
            Part("events", _("what became of it"), _EVENTS, events),
        ],
    )


def parts(reader: Reader, customer_id: int) -> list[Part]:
    """How a customer stands, as it is shown with the customer's file."""
    from kac.desk.assessments import queries as assessments
    from kac.desk.dossiers import queries

    mine = [_listed(row) for row in queries.listing(reader, tuple(LABELS), customer_id)]
    decisions = assessments.evaluations(reader, customer_id)
    return [
        Part("grades", _("credit grades"), _GRADES, assessments.grades(reader, customer_id)),
        Part("evaluations", _("evaluations"), _DECISIONS, decisions),
        Part("applications", _("applications"), _LIST, mine),
    ]
