"""Cheques at the counter: take, compare, present, clear them, or let them bounce."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    day_option,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.cheques.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Cheques: take, compare, present, clear them"))

Cheque = Annotated[
    str, typer.Argument(metavar="CHEQUE", help=_("its number, or that of its money"))
]
_LIST = [
    Column("number", _("cheque"), "code"),
    Column("cheque_number", _("on it"), "code", priority=4),
    Column("customer_name", _("customer"), priority=7),
    Column("amount", _("amount"), "money"),
    Column("bank", _("bank"), priority=2),
    Column("issued_on", _("dated"), "day"),
    Column("last_day", _("good until"), "day"),
    Column("state", _("state"), "state", words=LABELS),
    Column("payment", _("money"), "code", priority=3),
    Column("item", _("item"), "code", priority=3),
]
_RECORD = [
    *_LIST,
    Column("document", _("for document"), "code"),
    Column("drawer", _("drawer")),
    Column("taken_by", _("cheque taken by"), "code"),
    Column("told_by", _("known to"), "code"),
    Column("checked_by", _("seal compared by"), "code"),
    Column("specimen", _("specimen")),
    Column("presented_on", _("presented on"), "day"),
    Column("cleared_by", _("cleared by"), "code"),
    Column("cleared_on", _("cleared on"), "day"),
    Column("bank_reference", _("reference"), "code"),
    Column("end_reason", _("reason")),
]


@app.command(
    "record",
    help=_("Take a cheque for a reviewed order; it is no money until it has cleared."),
    epilog=examples(
        "kac cheque record @ --amount 13400 --no 00312345 --bank 工商银行榆江支行 --issued 11-19"
    ),
)
@writing
def record(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    amount: Annotated[Any, money_option("--amount", help=_("how much"))] = None,
    no: Annotated[str, typer.Option("--no", metavar="TEXT", help=_("the number on it"))] = "",
    bank: Annotated[str, typer.Option("--bank", metavar="TEXT", help=_("whose cheque it is"))] = "",
    issued: Annotated[Any, day_option("--issued", help=_("the day written on it"))] = None,
    drawer: Annotated[
        str,
        typer.Option("--drawer", metavar="NAME", help=_("the drawer, if another")),
    ] = "",
) -> None:
    """Take a cheque."""
    how_much = needed(amount, "--amount", _("How much?"))
    number = needed(no, "--no", _("Which number does it have?"))
    whose = needed(bank, "--bank", _("Of which bank?"))
    dated = needed(issued, "--issued", _("Which day is written on it?"))

    def act(work: Work) -> Outcome:
        from kac.cli.options import money
        from kac.desk.cheques import actions
        from kac.desk.cheques.written import Slip

        total = money(how_much) if isinstance(how_much, str) else how_much
        return actions.record(work, order, total, Slip(number, whose, drawer, dated))

    typed = {"order": order, "amount": how_much, "no": number, "bank": whose, "issued": dated}
    write(asked, "cheque record", act, {**typed, "drawer": drawer})


@app.command(
    "acknowledge",
    help=_("Say, as the manager on duty, that you know of a cheque."),
    epilog=examples("kac cheque acknowledge ZP20261120-0001"),
)
@writing
def acknowledge(asked: Writing, cheque: Cheque) -> None:
    """Know of a cheque."""

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import actions

        return actions.acknowledge(work, cheque)

    write(asked, "cheque acknowledge", act, {"cheque": cheque})


@app.command(
    "check-seal",
    help=_("Say that the seal is that of the specimen on file; not by the one who took it."),
    epilog=examples("kac cheque check-seal ZP20261120-0001 --specimen 印鉴卡031"),
)
@writing
def check_seal(
    asked: Writing,
    cheque: Cheque,
    specimen: Annotated[
        str, typer.Option("--specimen", metavar="TEXT", help=_("where the specimen is kept"))
    ] = "",
) -> None:
    """Compare the seal."""
    kept = needed(specimen, "--specimen", _("With which specimen was it compared?"))

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import actions

        return actions.check_seal(work, cheque, kept)

    write(asked, "cheque check-seal", act, {"cheque": cheque, "specimen": kept}, step_up=True)


@app.command(
    "bank",
    help=_("Present a cheque to the bank while it is good."),
    epilog=examples("kac cheque bank ZP20261120-0001"),
)
@writing
def bank_(asked: Writing, cheque: Cheque) -> None:
    """Present a cheque."""

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import actions

        return actions.bank(work, cheque)

    write(asked, "cheque bank", act, {"cheque": cheque})


@app.command(
    "clear",
    help=_("Say that the bank has paid; not by the one who took it."),
    epilog=examples("kac cheque clear ZP20261120-0001 --ref 2026112300010007"),
)
@writing
def clear(
    asked: Writing,
    cheque: Cheque,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("the bank's own reference"))
    ] = "",
) -> None:
    """Clear a cheque."""
    evidence = needed(ref, "--ref", _("Which reference does the bank give?"))

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import actions

        return actions.clear(work, cheque, evidence)

    write(asked, "cheque clear", act, {"cheque": cheque, "ref": evidence}, step_up=True)


@app.command(
    "bounce",
    help=_("Say that the bank sent it back; what it paid for is owed again."),
    epilog=examples("kac cheque bounce ZP20261120-0001 --reason 存款不足"),
)
@writing
def bounce(asked: Writing, cheque: Cheque, reason: REASON = "") -> None:
    """Let a cheque bounce."""
    why = needed(reason, "--reason", _("Why did the bank send it back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import actions

        return actions.bounce(work, cheque, why)

    write(asked, "cheque bounce", act, {"cheque": cheque, "reason": why})


@app.command(
    "hand-back",
    help=_("Give a cheque back that the bank never saw, as one whose seal differs."),
    epilog=examples("kac cheque hand-back ZP20261120-0001 --reason 印鉴不符"),
)
@writing
def hand_back(asked: Writing, cheque: Cheque, reason: REASON = "") -> None:
    """Give a cheque back."""
    why = needed(reason, "--reason", _("Why is it given back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.cheques import actions

        return actions.hand_back(work, cheque, why)

    write(asked, "cheque hand-back", act, {"cheque": cheque, "reason": why})


@app.command(
    "list",
    help=_("List cheques, the newest first."),
    epilog=examples("kac cheque list", "kac zp list --state bounced --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List cheques."""
    _listed(asked, state or "", living=False)


@app.command(
    "due",
    help=_("List cheques that are not money yet, with the last day on which a bank takes each."),
    epilog=examples("kac cheque due"),
)
@reading
def due(asked: Reading) -> None:
    """List cheques that wait."""
    _listed(asked, "", living=True)


def _listed(asked: Reading, state: str, *, living: bool) -> None:
    from kac.desk.cheques import queries

    with reading_ledger() as reader:
        rows = [_row(reader, row) for row in queries.listing(reader, state, living)]
    show.rows(asked, _LIST, rows, empty=_("no cheque"))


def _row(reader: Any, row: Any) -> dict[str, Any]:
    from datetime import date

    from kac.desk.cheques import queries
    from kac.desk.cheques.rules import last_day

    policy = queries.policy(reader, date.fromisoformat(row["on_day"]), row["item"])
    last = last_day(date.fromisoformat(row["issued_on"]), policy)
    return {**dict(row), "amount": row["amount_fen"], "last_day": last.isoformat()}


@app.command(
    "show",
    help=_("Show one cheque and what it waits for."),
    epilog=examples("kac cheque show ZP20261120-0001"),
)
@reading
def show_(asked: Reading, cheque: Cheque) -> None:
    """Show a cheque."""
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.cheques import queries

    with reading_ledger() as reader:
        row = queries.find(reader, cheque, speaker(reader))
        gates = queries.case(reader, row, setting.today())
        shown = _row(reader, row)
    checklist = Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates])
    show.record(asked, _RECORD, shown, [checklist])
