"""What commands about money share: the options of a receipt, and the list of money received."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger
from kac.cli.options import Reading, choice_option, money, needed
from kac.cli.show import Column
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.payments.states import KINDS, LABELS, WAYS

if TYPE_CHECKING:
    pass

METHOD = Annotated[
    Any,
    choice_option(
        "--method", of=("transfer", "cash", "wechat", "alipay", "pos"), help=_("how the money came")
    ),
]
REFERENCE = Annotated[
    str, typer.Option("--ref", metavar="NUMBER", help=_("the bank's own reference"))
]
DECLARED = Annotated[
    str,
    typer.Option("--declared", metavar="MONEY", help=_("money that the customer said was sent")),
]
PAYER = Annotated[
    str, typer.Option("--payer", metavar="NAME", help=_("who paid, when not the customer"))
]
OUTPUT = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help=_("to a .txt, .html, .pdf or .prn file")),
]
REASON = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]

COLUMNS = [
    Column("number", _("money"), "code"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("kind", _("kind"), "state", words=KINDS),
    Column("amount", _("amount"), "money"),
    Column("free", _("for nothing yet"), "money", priority=3),
    Column("method", _("by"), "state", words=WAYS),
    Column("reference", _("reference"), "code", priority=4),
    Column("state", _("state"), "state", words=LABELS),
    Column("on_day", _("on"), "day"),
    Column("received_by", _("taken by"), "code", priority=2),
    Column("verified_by", _("verified by"), "code", priority=2),
]


def receipt_of(
    amount: Any, method: str, ref: str, payer: str, reason: str, declared: str = ""
) -> dict[str, Any]:
    """What was typed for money that comes, complete: the fields of a Receipt.

    Money that was declared says all of it by itself; what is typed beside it would go nowhere.
    """
    if declared:
        if amount is not None or ref or payer or reason:
            raise UsageError(
                _("--declared says how much came, and how: nothing else is typed beside it"),
                code="E-CLI-036",
                fix=[f"kac payment show {declared}"],
            )
        return {}
    how_much = needed(amount, "--amount", _("How much?"))
    how = method or "transfer"
    return {
        "amount": money(how_much) if isinstance(how_much, str) else how_much,
        "method": how,
        "reference": ref if how == "cash" else needed(ref, "--ref", _("Reference of the money?")),
        "payer": payer,
        "reason": reason,
    }


def list_money(asked: Reading, *, state: str = "", kind: str = "") -> None:
    """List money received."""
    from kac.desk.payments import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state, kind)
    show.rows(asked, COLUMNS, [listed(row) for row in found], empty=_("no money received"))


def listed(row: Any) -> dict[str, Any]:
    """Money as lists take it."""
    return {**dict(row), "amount": row["amount_fen"], "free": row["free_fen"]}
