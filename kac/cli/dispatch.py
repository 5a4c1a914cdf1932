"""Dispatch at the counter: issue the slip, print, count, load, sign, archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import boxing, fulfilling, hauling, papers, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import counted_lines
from kac.cli.moneyview import REASON
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    needed,
    needed_all,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.dispatch.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Dispatch: slip, count, load, sign, archive"))

Slip = Annotated[str, typer.Argument(metavar="SLIP", help=_("its number, that of its order, or @"))]
Slips = Annotated[
    list[str], typer.Argument(metavar="SLIP…", help=_("their numbers, those of their orders, or @"))
]
Order = Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))]
_LIST = [
    Column("number", _("slip"), "code"),
    Column("order_number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=6),
    Column("state", _("state"), "state", words=LABELS),
    Column("vehicle", _("vehicle"), "code", priority=3),
    Column("driver", _("driver"), priority=3),
    Column("run", _("run"), "code", priority=1),
    Column("amount", _("amount"), "money", priority=4),
    Column("on_day", _("issued on"), "day"),
    Column("signed_on", _("signed on"), "day"),
    Column("received_by", _("signed by"), priority=2),
]
_SHOWN = [
    *_LIST,
    Column("address", _("goes to")),
    Column("deposit", _("paid by the deposit"), "money"),
    Column("refused_amount", _("not taken"), "money"),
]


@app.command(
    "new",
    help=_("Issue the wholesale slip of an order that is paid or covered, or of a part of it."),
    epilog=examples(
        "kac dispatch new DD20261120-0003",
        "kac dispatch new DD20261120-0003 --line P0001:30",
    ),
)
@writing
def new(
    asked: Writing,
    order: Order,
    line: Annotated[
        list[str],
        typer.Option("-l", "--line", metavar="CODE:QTY", help=_("only this much of these goods")),
    ] = [],  # noqa: B006
    release: Annotated[
        bool, typer.Option("--release", help=_("release what is on no slip to other orders"))
    ] = False,
) -> None:
    """Issue a slip."""

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.dispatch.issuing import issue

        return issue(work, order, drafts(work.reader, line, []), release=release)

    write(asked, "dispatch new", act, {"order": order, "line": line, "release": release})


@app.command(
    "cut",
    help=_("Nothing more of an order that goes out in parts: its rest is cut, its money free."),
    epilog=examples("kac dispatch cut DD20261120-0003 --reason 客户不要了 --refund"),
)
@writing
def cut(
    asked: Writing,
    order: Order,
    line: Annotated[
        list[str],
        typer.Option("-l", "--line", metavar="CODE:QTY", help=_("cut only this much")),
    ] = [],  # noqa: B006
    refund: Annotated[
        bool, typer.Option("--refund", help=_("ask the money back for the customer"))
    ] = False,
    reason: REASON = "",
) -> None:
    """Cut the rest."""
    why = needed(reason, "--reason", _("Why is the rest cut?"))

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.dispatch import cutting

        return cutting.cut(work, order, drafts(work.reader, line, []), why, refund=refund)

    typed = {"order": order, "line": line, "refund": refund, "reason": why}
    write(asked, "dispatch cut", act, typed)


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
    found = counted_lines(counted)

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.count(work, slip, found)

    write(asked, "dispatch count", act, {"slip": slip, "counted": found})


@app.command(
    "load",
    help=_("Put the counted goods of slips on one vehicle; they leave the stock."),
    epilog=examples(
        "kac dispatch load @ --truck 粤S12345 --driver 张师傅",
        "kac dispatch load 1120-1 1120-2 --truck 粤S12345 --driver 张师傅",
    ),
)
@writing
def load(
    asked: Writing,
    slips: Slips,
    truck: Annotated[str, typer.Option("--truck", metavar="PLATE", help=_("the vehicle"))] = "",
    driver: Annotated[str, typer.Option("--driver", metavar="NAME", help=_("who drives"))] = "",
) -> None:
    """Load the goods."""
    vehicle, who = needed_all(
        (truck, "--truck", _("Which vehicle?")), (driver, "--driver", _("Who drives?"))
    )

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import actions

        return actions.load(work, slips, vehicle, who)

    write(asked, "dispatch load", act, {"slip": slips, "truck": vehicle, "driver": who})


@app.command(
    "sign",
    help=_("The customer has checked the goods and signed; the sale of what was taken is booked."),
    epilog=examples(
        "kac dispatch sign @ --by 李主任",
        "kac dispatch sign @ --by 李主任 --short P0001:1 --damaged P0001:2",
    ),
)
@writing
def sign(
    asked: Writing,
    slip: Slip,
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("who signed there"))] = "",
    short: Annotated[
        list[str], typer.Option("--short", metavar="CODE:QTY", help=_("what was missing"))
    ] = [],  # noqa: B006
    damaged: Annotated[
        list[str], typer.Option("--damaged", metavar="CODE:QTY", help=_("what was damaged"))
    ] = [],  # noqa: B006
) -> None:
    """Sign for the goods."""
    signer = needed(by, "--by", _("Who signed?"))

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.returns import signing

        missing, broken = drafts(work.reader, short, []), drafts(work.reader, damaged, [])
        return signing.sign(work, slip, signer, missing, broken)

    typed = {"slip": slip, "by": signer, "short": short, "damaged": damaged}
    write(asked, "dispatch sign", act, typed)


@app.command(
    "archive",
    help=_("Signed copies are back and on file; `-` reads their numbers, one a line."),
    epilog=examples("kac dispatch archive @", "kac dispatch archive 1120-1 1120-2"),
)
@writing
def archive(asked: Writing, slips: Slips) -> None:
    """Archive the signed copies."""
    scanned = list(_scanned(slips))

    def act(work: Work) -> Outcome:
        from kac.desk.dispatch import receiving

        return receiving.archive(work, scanned)

    write(asked, "dispatch archive", act, {"slip": scanned})


def _scanned(slips: list[str]) -> Iterator[str]:
    """The slips that were typed, and for `-` every line of standard input that is not empty."""
    import sys

    for word in slips:
        if word != "-":
            yield word
            continue
        found = [line.strip() for line in sys.stdin if line.strip()]
        if not found:
            raise UsageError(_("nothing was scanned"), code="E-CLI-009")
        yield from found


@app.command(
    "list",
    help=_("List slips, the newest first."),
    epilog=examples("kac dispatch list --state loaded", "kac d list --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List slips."""
    from kac.cli import slipview
    from kac.desk.dispatch import queries

    with reading_ledger() as reader:
        found = [slipview.row(row) for row in queries.listing(reader, state or "")]
        empty = none_of(reader, "dispatch", found, _("no slip"))
    show.rows(asked, _LIST, found, empty=empty)


@app.command(
    "runs",
    help=_("What vehicles left with: slips, signatures and copies that are not back."),
    epilog=examples("kac dispatch runs", "kac dispatch runs --truck 粤S12345 --json"),
)
@reading
def runs(
    asked: Reading,
    truck: Annotated[str, typer.Option("--truck", metavar="PLATE", help=_("this vehicle"))] = "",
) -> None:
    """List the runs."""
    from kac.cli import slipview
    from kac.cli.setting import today

    with reading_ledger() as reader:
        found = slipview.runs(reader, truck, today())
        empty = none_of(reader, "vehicle_run", found, _("no vehicle has left yet"))
    show.rows(asked, slipview.run_columns(), found, empty=empty)


@app.command(
    "show",
    help=_("Show one slip with its lines and what has still to happen."),
    epilog=examples("kac dispatch show @", "kac d show SH20261120-0001 --json"),
)
@reading
def show_(asked: Reading, slip: Slip) -> None:
    """Show a slip."""
    from kac.cli import slipview
    from kac.cli.orderview import gate_columns, gate_row
    from kac.cli.setting import today
    from kac.desk.dispatch import queries
    from kac.desk.orders import queries as orders
    from kac.desk.worklist import queries as worklist

    with reading_ledger() as reader:
        row = queries.find(reader, slip, speaker(reader))
        lines = slipview.line_rows(reader, row)
        gates = worklist.checklist(reader, orders.by_id(reader, row["order_id"]), today())
        made_ready = slipview.preparing(reader, row)
    show.record(
        asked,
        _SHOWN,
        slipview.row(row),
        [
            Part("lines", _("lines"), slipview.line_columns(), lines),
            *made_ready,
            Part(
                "gates",
                _("checklist"),
                gate_columns(),
                [
                    gate_row(gate)
                    for gate in gates
                    if not gate.open and gate.part in ("", row["number"])
                ],
            ),
        ],
    )


# The commands of the goods on their way to the door.
for _module in (fulfilling, boxing, hauling):
    app.registered_commands += _module.app.registered_commands
