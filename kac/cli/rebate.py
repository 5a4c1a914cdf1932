"""Rebates at the counter: propose, pay out, drop them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import METHOD, REASON, REFERENCE
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    money_option,
    needed,
    rate_option,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.rebates.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Rebates: money back on collected orders"))

Rebate = Annotated[str, typer.Argument(metavar="REBATE", help=_("its number, or its order's"))]
_LIST = [
    Column("number", _("rebate"), "code"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("rate_bp", _("rate"), "rate"),
    Column("amount", _("amount"), "money"),
    Column("state", _("state"), "state", words=LABELS),
    Column("approval", _("approval"), "code"),
    Column("approval_state", _("signatures"), "state", words=APPROVALS),
    Column("maker", _("made by"), "code", priority=2),
]


@app.command(
    "propose",
    help=_("Reckon a rebate on a collected order and ask for its signatures."),
    epilog=examples(
        "kac rebate propose DD20261120-0003 --rate 3",
        "kac rebate propose DD20261120-0003 --amount 50",
    ),
)
@writing
def propose(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    rate: Annotated[Any, rate_option("--rate", help=_("per cent of the order's total"))] = None,
    amount: Annotated[Any, money_option("--amount", help=_("or exactly this much"))] = None,
) -> None:
    """Propose a rebate."""
    if rate is not None and amount is not None:
        raise UsageError(_("a rebate is a rate or an amount, not both"))
    rate_bp = 0 if amount is not None else needed(rate, "--rate", _("How many per cent?"))

    def act(work: Work) -> Outcome:
        from kac.desk.rebates import actions

        return actions.propose(work, order, rate_bp, amount)

    typed = {"order": order, "rate_bp": rate_bp, "amount": amount}
    write(asked, "rebate propose", act, typed)


@app.command(
    "pay",
    help=_("Pay an approved rebate out; finance does."),
    epilog=examples("kac rebate pay FL20261120-0001 --ref 2026112400099"),
)
@writing
def pay(asked: Writing, rebate: Rebate, method: METHOD = "transfer", ref: REFERENCE = "") -> None:
    """Pay a rebate."""

    def act(work: Work) -> Outcome:
        from kac.desk.rebates import actions

        return actions.pay(work, rebate, method or "transfer", ref)

    write(asked, "rebate pay", act, {"rebate": rebate, "method": method, "ref": ref})


@app.command(
    "drop",
    help=_("Give a rebate up before it is paid."),
    epilog=examples("kac rebate drop FL20261120-0001 --reason 客户放弃"),
)
@writing
def drop(asked: Writing, rebate: Rebate, reason: REASON = "") -> None:
    """Drop a rebate."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.rebates import actions

        return actions.drop(work, rebate, why)

    write(asked, "rebate drop", act, {"rebate": rebate, "reason": why})


@app.command(
    "list", help=_("List rebates, the newest first."), epilog=examples("kac rebate list --json")
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List rebates."""
    from kac.desk.rebates import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state or "")
        empty = none_of(reader, "rebate", found, _("no rebate"))
    rows = [{**dict(row), "amount": row["amount_fen"]} for row in found]
    show.rows(asked, _LIST, rows, empty=empty)


@app.command("show", help=_("Show one rebate."), epilog=examples("kac rebate show FL20261120-0001"))
@reading
def show_(asked: Reading, rebate: Rebate) -> None:
    """Show a rebate."""
    from kac.desk.rebates import queries

    with reading_ledger() as reader:
        row = queries.find(reader, rebate, speaker(reader))
    show.record(asked, _LIST, {**dict(row), "amount": row["amount_fen"]})
