"""Returns at the counter: ask for one, exchange, take back, judge, settle, print the slip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import counted_lines
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    day,
    day_option,
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
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.returns.states import JUDGED, KINDS, LABELS, ORIGINS, WAYS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Returns: take goods back, exchange, judge, settle them"))

Return = Annotated[str, typer.Argument(metavar="RETURN", help=_("its number, or a part of it"))]
Delivered = Annotated[
    str, typer.Argument(metavar="ORDER", help=_("the delivered order, or its slip"))
]
Lines = Annotated[
    list[str],
    typer.Argument(metavar="LINE:QTY…", help=_("lines of the order, and how much comes back")),
]
ByDay = Annotated[Any, day_option("--by", help=_("the goods are to be back by"))]
_LIST = [
    Column("number", _("return"), "code"),
    Column("order_number", _("order"), "code"),
    Column("dispatch", _("slip"), "code", priority=3),
    Column("customer_name", _("customer"), priority=7),
    Column("state", _("state"), "state", words=LABELS),
    Column("amount", _("amount"), "money"),
    Column("way", _("way of settling"), "state", words=WAYS),
    Column("exchange", _("other goods"), "code", priority=4),
    Column("by_day", _("back by"), "day"),
    Column("approval", _("approval"), "code"),
    Column("approval_state", _("signatures"), "state", words=APPROVALS),
]
_MORE = [
    Column("origin", _("where from"), "state", words=ORIGINS),
    Column("reason", _("reason")),
    Column("late", _("asked for late"), "flag"),
    Column("made_by", _("made by"), "code"),
    Column("on_day", _("on"), "day"),
    Column("location", _("goes back to"), "code"),
    Column("received_on", _("back on"), "day"),
    Column("inspected_on", _("judged on"), "day"),
    Column("settled_on", _("settled on"), "day"),
    Column("settled_by", _("settled by whom"), "code"),
]
_LINES = [
    Column("line", _("line"), "count"),
    Column("order_line", _("line of the order"), "count"),
    Column("name", _("name"), priority=9),
    Column("kind", _("kind"), "state", words=KINDS),
    Column("quantity", _("quantity"), "quantity"),
    Column("unit", _("unit"), "code"),
    Column("counted", _("counted"), "quantity"),
    Column("fates", _("becomes"), priority=8),
    Column("amount", _("amount"), "money"),
]


@app.command(
    "new",
    help=_("Ask for goods to come back that a customer has; the merchant manager grants it."),
    epilog=examples("kac return new DD20261120-0003 1:10 --reason 型号不合 --by +3d"),
)
@writing
def new(
    asked: Writing, order: Delivered, lines: Lines, reason: REASON = "", by: ByDay = None
) -> None:
    """Ask for a return."""
    why = needed(reason, "--reason", _("Why do they come back?"))
    back = counted_lines(lines)

    def act(work: Work) -> Outcome:
        from kac.desk.returns import actions

        return actions.new(work, order, actions.Wish(back, why, by))

    write(asked, "return new", act, {"order": order, "lines": back, "reason": why, "by": by})


@app.command(
    "exchange",
    help=_("Goods back and an order for other goods, as one act; all gates are judged anew."),
    epilog=examples(
        "kac return exchange DD20261120-0003 1:2 --for P0004:1 --need-by +5d --reason 换型号"
    ),
)
@writing
def exchange(
    asked: Writing,
    order: Delivered,
    lines: Lines,
    instead: Annotated[
        list[str],
        typer.Option("--for", metavar="CODE:QTY[@PRICE]", help=_("the other goods")),
    ] = [],  # noqa: B006
    need_by: Annotated[Any, day_option("--need-by", help=_("the other goods wanted on"))] = None,
    reason: REASON = "",
    by: ByDay = None,
) -> None:
    """Exchange goods."""
    goods, wanted, why = needed_all(
        (" ".join(instead), "--for", _("Which goods? CODE:QTY[@PRICE] …")),
        (need_by, "--need-by", _("Wanted by which day?")),
        (reason, "--reason", _("Why do they come back?")),
    )
    others, back = instead or goods.split(), counted_lines(lines)
    until = day(wanted) if isinstance(wanted, str) else wanted

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.returns import exchanging
        from kac.desk.returns.actions import Wish

        wish = Wish(back, why, by)
        return exchanging.exchange(work, order, wish, drafts(work.reader, others, []), until)

    typed = {"order": order, "lines": back, "for": others, "need_by": until, "by": by}
    write(asked, "return exchange", act, {**typed, "reason": why})


@app.command(
    "receive",
    help=_("Write down what your department counted of what came back, line by line."),
    epilog=examples("kac return receive TH20261120-0001 1:10"),
)
@writing
def receive(
    asked: Writing,
    number: Return,
    counted: Annotated[list[str], typer.Argument(metavar="LINE:QTY…", help=_("what you counted"))],
) -> None:
    """Take goods back."""
    found = counted_lines(counted)

    def act(work: Work) -> Outcome:
        from kac.desk.returns import receiving

        return receiving.receive(work, number, found)

    write(asked, "return receive", act, {"return": number, "counted": found})


@app.command(
    "inspect",
    help=_("Decide what becomes of every piece: stock, sample, scrap, or refused."),
    epilog=examples(
        "kac return inspect TH20261120-0001 1:stock",
        "kac return inspect TH20261120-0001 1:stock:8 1:refused:2",
    ),
)
@writing
def inspect(
    asked: Writing,
    number: Return,
    fates: Annotated[
        list[str],
        typer.Argument(
            metavar="LINE:FATE[:QTY]…", help=_("a fate without a quantity has the rest")
        ),
    ],
) -> None:
    """Judge what came back."""
    found = _fates(fates)

    def act(work: Work) -> Outcome:
        from kac.desk.returns import receiving

        return receiving.inspect(work, number, found)

    write(asked, "return inspect", act, {"return": number, "fates": found})


@app.command(
    "settle",
    help=_("Take what the goods had cost off the order; what was paid for them is free."),
    epilog=examples(
        "kac return settle TH20261120-0001", "kac return settle TH20261120-0001 --refund"
    ),
)
@writing
def settle(
    asked: Writing,
    number: Return,
    refund: Annotated[
        bool, typer.Option("--refund", help=_("ask for what is free to go back the way it came"))
    ] = False,
) -> None:
    """Settle a return."""

    def act(work: Work) -> Outcome:
        from kac.desk.returns import settling

        return settling.settle(work, number, refund=refund)

    write(asked, "return settle", act, {"return": number, "refund": refund})


@app.command(
    "drop",
    help=_("Give a return up before its goods are back."),
    epilog=examples("kac return drop TH20261120-0001 --reason 客户留用"),
)
@writing
def drop(asked: Writing, number: Return, reason: REASON = "") -> None:
    """Drop a return."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.returns import actions

        return actions.drop(work, number, why)

    write(asked, "return drop", act, {"return": number, "reason": why})


papers.printing(
    app,
    "return",
    Return,
    "kac.desk.returns.actions",
    help=_("Print the return slip in two copies: the distribution centre's and the customer's."),
    epilog=examples("kac return print TH20261120-0001", "kac return print @ -o return.html"),
)


@app.command(
    "list",
    help=_("List returns, the newest first."),
    epilog=examples("kac return list --state awaited", "kac return list --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
    order: Annotated[str, typer.Option("--order", metavar="ORDER", help=_("of this order"))] = "",
) -> None:
    """List returns."""
    from kac.desk.orders import queries as orders
    from kac.desk.returns import queries

    with reading_ledger() as reader:
        of = orders.find(reader, order, speaker(reader))["number"] if order else ""
        rows = [
            {**dict(row), "amount": queries.facts(reader, row).worth_fen}
            for row in queries.listing(reader, state or "", of)
        ]
    show.rows(asked, _LIST, rows, empty=_("no return"))


@app.command("show", help=_("Show one return."), epilog=examples("kac return show TH20261120-0001"))
@reading
def show_(asked: Reading, number: Return) -> None:
    """Show a return."""
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.returns import queries, rules

    with reading_ledger() as reader:
        row = queries.find(reader, number, speaker(reader))
        held = queries.facts(reader, row)
        found, _after = queries.case(reader, row, setting.today())
        gates = [gate_row(gate) for gate in found]
    lines = [
        {
            "line": line.line,
            "order_line": line.order_line,
            "name": line.name,
            "kind": line.kind,
            "quantity": line.quantity,
            "unit": line.unit,
            "scale": line.scale,
            "counted": line.counted,
            "fates": rules.told_parts(line),
            "amount": line.worth_fen,
        }
        for line in held.lines
    ]
    show.record(
        asked,
        [*_LIST, *_MORE],
        {**dict(row), "amount": held.worth_fen},
        [
            Part("lines", _("lines"), _LINES, lines),
            Part("gates", _("checklist"), gate_columns(), gates),
        ],
    )


def _fates(words: list[str]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    for word in words:
        line, _colon, rest = word.partition(":")
        fate, _colon, quantity = rest.partition(":")
        if not (line.isascii() and line.isdigit() and fate in JUDGED):
            raise UsageError(
                _('"{word}" is not LINE:FATE[:QTY]; fates are {fates}').format(
                    word=word, fates=", ".join(JUDGED)
                ),
                code="E-CLI-009",
            )
        parts = found.setdefault(int(line), {})
        if fate in parts or (not quantity and "" in parts.values()):
            raise UsageError(
                _("line {line} is named twice").format(line=int(line)), code="E-CLI-009"
            )
        parts[fate] = quantity
    return found
