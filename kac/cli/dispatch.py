"""Dispatch at the counter: issue the slip, print, count, load, sign, archive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    examples,
    needed,
    needed_all,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.dispatch.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Dispatch: slip, count, load, sign, archive"))

Slip = Annotated[str, typer.Argument(metavar="SLIP", help=_("its number, that of its order, or @"))]
_LIST = [
    Column("number", _("slip"), "code"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=6),
    Column("state", _("state"), "state", words=LABELS),
    Column("vehicle", _("vehicle"), "code", priority=3),
    Column("driver", _("driver"), priority=3),
    Column("on_day", _("issued on"), "day"),
    Column("signed_on", _("signed on"), "day"),
    Column("received_by", _("signed by"), priority=2),
]
_LINES = [
    Column("line", _("line"), "count"),
    Column("code", _("code"), "code"),
    Column("name", _("name"), priority=9),
    Column("quantity", _("quantity"), "quantity"),
    Column("unit", _("unit"), "code"),
]


@app.command(
    "new",
    help=_("Issue the wholesale slip of an order that is paid and verified in full."),
    epilog=examples("kac dispatch new DD20261120-0003"),
)
@writing
def new(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
) -> None:
    """Issue a slip."""

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.issue(work, order)

    write(asked, "dispatch new", act, {"order": order})


papers.printing(
    app,
    "dispatch",
    Slip,
    "kac.desk.dispatch.actions",
    help=_("Print the slip in two copies, and the sales detail to count by."),
    epilog=examples("kac dispatch print @", "kac d print @ --copies each -o slip.html"),
)


@app.command(
    "void",
    help=_("Make a slip void before loading: what is missing is never loaded."),
    epilog=examples("kac dispatch void SH20261120-0001 --reason 少两台"),
)
@writing
def void(asked: Writing, slip: Slip, reason: REASON = "") -> None:
    """Void a slip."""
    why = needed(reason, "--reason", _("Why is it void?"))

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.void(work, slip, why)

    write(asked, "dispatch void", act, {"slip": slip, "reason": why})


@app.command(
    "count",
    help=_("Write down what your department counted: every line with its quantity."),
    epilog=examples("kac dispatch count @ 1:50 2:12.5"),
)
@writing
def count(
    asked: Writing,
    slip: Slip,
    counted: Annotated[list[str], typer.Argument(metavar="LINE:QTY…", help=_("what you counted"))],
) -> None:
    """Count the goods."""
    found = _counted(counted)

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.count(work, slip, found)

    write(asked, "dispatch count", act, {"slip": slip, "counted": found})


def _counted(words: list[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for word in words:
        line, colon, quantity = word.partition(":")
        if not (colon and quantity and line.isascii() and line.isdigit()):
            raise UsageError(
                _('"{word}" is not LINE:QTY, such as 1:50').format(word=word), code="E-CLI-009"
            )
        if int(line) in found:
            raise UsageError(
                _("line {line} is named twice").format(line=int(line)), code="E-CLI-009"
            )
        found[int(line)] = quantity
    return found


@app.command(
    "load",
    help=_("Put the counted goods on a vehicle; they leave the stock."),
    epilog=examples("kac dispatch load @ --truck 粤S12345 --driver 张师傅"),
)
@writing
def load(
    asked: Writing,
    slip: Slip,
    truck: Annotated[str, typer.Option("--truck", metavar="PLATE", help=_("the vehicle"))] = "",
    driver: Annotated[str, typer.Option("--driver", metavar="NAME", help=_("who drives"))] = "",
) -> None:
    """Load the goods."""
    vehicle, who = needed_all(
        (truck, "--truck", _("Which vehicle?")), (driver, "--driver", _("Who drives?"))
    )

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.load(work, slip, vehicle, who)

    write(asked, "dispatch load", act, {"slip": slip, "truck": vehicle, "driver": who})


@app.command(
    "sign",
    help=_("The customer has checked the goods and signed; the sale is booked."),
    epilog=examples("kac dispatch sign @ --by 李主任"),
)
@writing
def sign(
    asked: Writing,
    slip: Slip,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("who signed there"))] = "",
) -> None:
    """Sign for the goods."""
    signer = needed(by, "--by", _("Who signed?"))

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.sign(work, slip, signer)

    write(asked, "dispatch sign", act, {"slip": slip, "by": signer})


@app.command(
    "archive",
    help=_("The signed copy is back and on file; the order is closed."),
    epilog=examples("kac dispatch archive @"),
)
@writing
def archive(asked: Writing, slip: Slip) -> None:
    """Archive the signed copy."""

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.archive(work, slip)

    write(asked, "dispatch archive", act, {"slip": slip})


@app.command(
    "list",
    help=_("List slips, the newest first."),
    epilog=examples("kac dispatch list --state loaded", "kac d list --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, choice_option("--state", of=tuple(LABELS), help=_("in this state"))] = "",
) -> None:
    """List slips."""
    from kac.desk.dispatch import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, state or "")
        empty = none_of(reader, "dispatch", found, _("no slip"))
    show.rows(asked, _LIST, found, empty=empty)


@app.command(
    "show",
    help=_("Show one slip with its lines and what has still to happen."),
    epilog=examples("kac dispatch show @", "kac d show SH20261120-0001 --json"),
)
@reading
def show_(asked: Reading, slip: Slip) -> None:
    """Show a slip."""
    from kac.cli.orderview import gate_columns, gate_row
    from kac.cli.setting import today
    from kac.desk.dispatch import queries
    from kac.desk.orders import queries as orders
    from kac.desk.worklist import queries as worklist

    with reading_ledger() as reader:
        row = queries.find(reader, slip, speaker(reader))
        lines = orders.lines(reader, row["order_id"])
        gates = worklist.checklist(reader, orders.by_id(reader, row["order_id"]), today())
    show.record(
        asked,
        [*_LIST, Column("address", _("goes to"))],
        row,
        [
            Part("lines", _("lines"), _LINES, lines),
            Part(
                "gates",
                _("checklist"),
                gate_columns(),
                [gate_row(gate) for gate in gates if not gate.open],
            ),
        ],
    )
