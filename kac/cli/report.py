"""Reports at the counter: figures from the ledger, with bars where people look on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import incentives, screen, setting, show, terminal
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.onlooker import refuse_without_costs
from kac.cli.options import Reading, choice_option, day_option, examples, reading
from kac.cli.show import Column
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.core.money import Money
from kac.desk.reports import rules
from kac.desk.reports.queries import HEADINGS, PROMISED

if TYPE_CHECKING:
    from kac.db.reader import Reader

app = Noun(help=_("Reports: sales, margins, deposits held, officers, promises kept"))

_CELLS = 24
_FEWEST_CELLS = 6
_IN_ORDER = ("day", "month")
_From = Annotated[
    Any, day_option("--from", help=_("from this day; else from the first of the month or year"))
]
_To = Annotated[Any, day_option("--to", help=_("to this day"))]
_Chart = Annotated[
    bool | None,
    typer.Option("--chart/--no-chart", help=_("bars beside the figures; on a terminal they are")),
]
_KEY = Column("key", _("heading"), "code")
_LABEL = Column("label", _("name"), priority=6)
_BAR = Column("bar", "", "state", priority=1)


@app.command(
    "sales",
    help=_("Sales beside the year before: by customer, product, day, or before holidays."),
    epilog=examples(
        "kac report sales --by product",
        "kac report sales --by season --to 2026-12-31",
        "kac report sales --by day --json",
    ),
)
@reading
def sales(
    asked: Reading,
    by: Annotated[
        Any, choice_option("--by", of=(*HEADINGS, "season"), help=_("what they are told by"))
    ] = "customer",
    first: _From = None,
    last: _To = None,
    chart: _Chart = None,
) -> None:
    """Show sales."""
    if by == "season":
        _seasons(asked, first, last or setting.today(), chart)
        return
    start, end = _range(first, last, whole_year=by == "month")
    with reading_ledger() as reader:
        rows = _beside_last_year(reader, by, start, end)
    columns = [
        _KEY,
        *([_LABEL] if any(row["label"] for row in rows) else []),
        Column("orders", _("orders"), "count"),
        Column("sales", _("sold for"), "money"),
        Column("share", _("share"), "rate"),
        Column("last_year", _("last year"), "money"),
        Column("change", _("growth"), "rate"),
    ]
    _show(asked, columns, rows, "sales", chart, _("nothing was sold"))
    total = sum(row["sales"] for row in rows)
    _told(asked, start, end, _("sold for {total}").format(total=Money(total)))


def _beside_last_year(reader: Reader, by: str, start: date, end: date) -> list[dict[str, Any]]:
    from kac.desk.reports import queries

    now = queries.sold(reader, by, start, end)
    then = queries.sold(reader, by, rules.a_year_before(start), rules.a_year_before(end))
    if by in _IN_ORDER:
        pairs = sorted(rules.joined(now, rules.a_year_on(then)), key=lambda pair: pair[0].key)
    else:
        pairs = rules.joined(rules.by_sales(now), then)
    total = sum(row.sales_fen for row in now)
    return [
        {
            "key": row.key,
            "label": row.label,
            "orders": row.orders,
            "sales": row.sales_fen,
            "share": rules.share_bp(row.sales_fen, total),
            "last_year": last_year,
            "change": rules.change_bp(row.sales_fen, last_year),
        }
        for row, last_year in pairs
    ]


def _seasons(asked: Reading, first: date | None, last: date, chart: bool | None) -> None:
    """Sales before each holiday of a year, with the best day, beside the year before."""
    if first is not None:
        raise UsageError(
            _("seasons are told by the year: --to says which"),
            code="E-CLI-033",
            refs={"by": "season"},
        )
    with reading_ledger() as reader:
        rows = _season_rows(reader, last)
    columns = [
        Column("key", _("holiday"), "code"),
        Column("from_day", _("first day"), "day"),
        Column("to_day", _("last day"), "day"),
        Column("orders", _("orders"), "count"),
        Column("sales", _("sold for"), "money"),
        Column("last_year", _("last year"), "money"),
        Column("change", _("growth"), "rate"),
        Column("peak_day", _("best day"), "day"),
        Column("peak", _("of that day"), "money"),
    ]
    _show(asked, columns, rows, "sales", chart, _("the calendar names no holiday of that year"))


def _season_rows(reader: Reader, last: date) -> list[dict[str, Any]]:
    from kac.db import policybook
    from kac.desk.reports import queries
    from kac.desk.reports.policy import ReportPolicy

    policy = policybook.in_force(reader, policybook.DESK, last)
    length = policy.section("report", ReportPolicy).season_days
    before = {each.name: each for each in queries.seasons_of(reader, last.year - 1, length)}
    rows = []
    for season in queries.seasons_of(reader, last.year, length):
        orders, fen = queries.in_season(reader, season)
        then = before.get(season.name)
        last_year = queries.in_season(reader, then)[1] if then else None
        day, best = queries.peak(reader, season)
        rows.append(
            {
                "key": season.name,
                "from_day": season.first.isoformat(),
                "to_day": season.last.isoformat(),
                "orders": orders,
                "sales": fen,
                "last_year": last_year,
                "change": rules.change_bp(fen, last_year or 0),
                "peak_day": day or None,
                "peak": best if day else None,
            }
        )
    return rows


@app.command(
    "margin",
    help=_("What is left of sales after rebates and cost; for those who see costs."),
    epilog=examples(
        "kac --as finance report margin --by order",
        "kac --as general_manager report margin --by month --json",
    ),
)
@reading
def margin(
    asked: Reading,
    by: Annotated[
        Any, choice_option("--by", of=HEADINGS, help=_("what they are told by"))
    ] = "customer",
    first: _From = None,
    last: _To = None,
    chart: _Chart = None,
) -> None:
    """Show margins."""
    from kac.desk.reports import queries

    start, end = _range(first, last, whole_year=by == "month")
    with reading_ledger() as reader:
        refuse_without_costs(reader)
        found = queries.earned(reader, by, start, end)
    found = sorted(found, key=lambda row: row.key) if by in _IN_ORDER else rules.by_sales(found)
    rows = [
        {
            "key": row.key,
            "label": row.label if row.key else _("rebates, of none of these"),
            "sales": row.sales_fen,
            "rebates": row.rebate_fen,
            "cost": row.cost_fen,
            "margin": row.margin_fen,
            "rate": rules.margin_bp(row),
        }
        for row in found
    ]
    columns = [
        _KEY,
        *([_LABEL] if any(row["label"] for row in rows) else []),
        Column("sales", _("sold for"), "money"),
        Column("rebates", _("rebates"), "money"),
        Column("cost", _("cost of what was sold"), "money"),
        Column("margin", _("left over"), "money"),
        Column("rate", _("margin"), "rate"),
    ]
    _show(asked, columns, rows, "margin", chart, _("nothing was sold"))
    total = sum(row["margin"] for row in rows)
    _told(asked, start, end, _("{total} left over").format(total=Money(total)))


@app.command(
    "deposits",
    help=_("What each customer has paid in advance, as account 2203 has it now."),
    epilog=examples("kac report deposits", "kac report deposits --json"),
)
@reading
def deposits(asked: Reading, chart: _Chart = None) -> None:
    """Show deposits held."""
    from kac.desk.reports import queries
    from kac.ledger.chart import CUSTOMER_DEPOSITS

    with reading_ledger() as reader:
        found = queries.deposits(reader, CUSTOMER_DEPOSITS)
    rows = [
        {
            **dict(row),
            "key": row["customer"],
            "label": row["customer_name"],
            "held": row["held_fen"],
        }
        | {"unverified": row["unverified_fen"]}
        for row in found
    ]
    columns = [
        Column("key", _("customer"), "code"),
        _LABEL,
        Column("held", _("held"), "money"),
        Column("unverified", _("not verified"), "money"),
        Column("orders", _("open orders"), "count"),
        Column("last_on", _("last paid on"), "day"),
    ]
    _show(asked, columns, rows, "held", chart, _("nothing is held for anybody"))
    if rows and not asked.format:
        total = sum(row["held"] for row in rows)
        show.err(_("{total} held in all").format(total=Money(total)))


@app.command(
    "officers",
    help=_("What each officer took down, delivered and still has open."),
    epilog=examples("kac report officers", "kac report officers --from 2026-11-01 --json"),
)
@reading
def officers(asked: Reading, first: _From = None, last: _To = None, chart: _Chart = None) -> None:
    """Show the work of officers."""
    from kac.desk.reports import queries

    start, end = _range(first, last)
    with reading_ledger() as reader:
        found = queries.officers(reader, start, end)
    rows = [
        {**dict(row), "key": row["officer"], "label": row["name"], "taken_total": row["taken_fen"]}
        | {"sales": row["sales_fen"]}
        for row in found
    ]
    columns = [
        Column("key", _("customer officer"), "code"),
        _LABEL,
        Column("quotes", _("quotations"), "count"),
        Column("taken", _("orders taken"), "count"),
        Column("taken_total", _("worth"), "money"),
        Column("voided", _("of these void"), "count"),
        Column("delivered", _("delivered"), "count"),
        Column("sales", _("sold for"), "money"),
        Column("open", _("open now"), "count"),
    ]
    _show(asked, columns, rows, "open", chart, _("nobody took anything down"))
    _told(asked, start, end, "")


@app.command(
    "punctuality",
    help=_("Whether customers had their goods by the day they named."),
    epilog=examples(
        "kac report punctuality", "kac report punctuality --by driver --from 2026-01-01 --json"
    ),
)
@reading
def punctuality(
    asked: Reading,
    by: Annotated[
        Any, choice_option("--by", of=PROMISED, help=_("what they are told by"))
    ] = "month",
    first: _From = None,
    last: _To = None,
    chart: _Chart = None,
) -> None:
    """Show promises kept."""
    from kac.desk.reports import queries

    start, end = _range(
        first, last or rules.end_of_month(setting.today()), whole_year=by == "month"
    )
    with reading_ledger() as reader:
        found = rules.kept(queries.promises(reader, by, start, end), setting.today())
    rows = [
        {
            "key": row.key,
            "label": row.label,
            "due": row.due,
            "on_time": row.on_time,
            "late": row.late,
            "waiting": row.waiting,
            "rate": rules.share_bp(row.on_time, row.on_time + row.late),
            "days_late": row.days_late,
            "worst": row.worst,
        }
        for row in found
    ]
    columns = [
        _KEY,
        *([_LABEL] if any(row["label"] for row in rows) else []),
        Column("due", _("came due"), "count"),
        Column("on_time", _("on time"), "count"),
        Column("late", _("late"), "count"),
        Column("waiting", _("not due yet"), "count"),
        Column("rate", _("on time, of those over"), "rate"),
        Column("days_late", _("days late in all"), "count"),
        Column("worst", _("days late at worst"), "count"),
    ]
    _show(asked, columns, rows, "rate", chart, _("nothing was due"))
    _told(asked, start, end, "")


def _range(first: date | None, last: date | None, *, whole_year: bool = False) -> tuple[date, date]:
    """The days that were asked for; without a first one the month of the last, or its year."""
    end = last or setting.today()
    start = first or end.replace(day=1, month=1 if whole_year else end.month)
    if start > end:
        raise UsageError(
            _("{first} is after {last}").format(first=start, last=end), code="E-CLI-033"
        )
    return start, end


def _show(
    asked: Reading,
    columns: list[Column],
    rows: Sequence[dict[str, Any]],
    drawn: str,
    chart: bool | None,
    empty: str,
) -> None:
    """The rows, with bars of one column where people look on or where bars were asked for."""
    cells = _CELLS
    if chart is None:
        looked_at = not asked.format and asked.output is None and terminal.wanted()
        cells = min(_CELLS, terminal.room_beside(columns, rows)) if looked_at else 0
    if chart or (chart is None and cells >= _FEWEST_CELLS):
        drawn_bars = rules.bars([row[drawn] or 0 for row in rows], cells // screen.ambiguous())
        rows = [{**row, "bar": bar} for row, bar in zip(rows, drawn_bars, strict=True)]
        columns = [*columns, _BAR]
    show.rows(asked, columns, rows, empty=empty)


def _told(asked: Reading, start: date, end: date, total: str) -> None:
    """Which days these figures are of; people are told, scripts know."""
    if not asked.format and asked.output is None:
        days = _("{first} to {last}").format(first=start, last=end)
        show.err(f"{days}: {total}" if total else days)


app.registered_commands += incentives.app.registered_commands
