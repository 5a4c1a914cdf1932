"""催款单: a letter that asks a customer for what is overdue (RTL-DUT-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.core.money import format_fen
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import Imprint, footer, masthead
from kac.documents.layout import Paper, flow, pairs, spread
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import yuan

COLUMNS = 96
_TABLE = (
    Column("序", 3, "right"),
    Column("订单", 16),
    Column("送达日期", 10),
    Column("应付日期", 10),
    Column("逾期天数", 8, "right"),
    Column("订单金额", 14, "right", flexible=True),
    Column("尚欠金额", 14, "right"),
)


@dataclass(frozen=True, slots=True)
class DunningLine:
    """One order that is overdue, in fen."""

    order: str
    delivered_on: date
    due_on: date
    total_fen: int
    owed_fen: int


@dataclass(frozen=True, slots=True)
class DunningPaper:
    """A letter as it was written: what is overdue, and what is owed in all, in fen."""

    imprint: Imprint
    on_day: date
    pay_by: date
    customer_name: str
    contact: str
    lines: tuple[DunningLine, ...]
    overdue_fen: int
    owed_fen: int
    written_by: str


def compose(letter: DunningPaper, *, sheet: Sheet = DM2) -> Paper:
    """The letter; there is one, and the customer has it."""
    told = printable(letter)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        return [*masthead(told.imprint, "催 款 单", page, sheet), *_parties(told, sheet.columns)]

    def below(_rows: range, last: bool) -> list[str]:
        return [
            *(_asking(told, sheet.columns) if last else ["(接下页)"]),
            *footer(told.imprint, sheet.columns),
        ]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(letter), told.imprint.number)


def _parties(letter: DunningPaper, columns: int) -> list[str]:
    contact = f"联系人: {letter.contact}" if letter.contact else ""
    return [
        *pairs(
            [
                (f"致: {letter.customer_name}", f"编号: {letter.imprint.number}"),
                (contact, f"日期: {letter.on_day.isoformat()}"),
            ],
            columns,
        ),
        "下列订货单的货物贵单位已签收, 货款已过应付日期:",
    ]


def _rows(letter: DunningPaper) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            line.order,
            line.delivered_on.isoformat(),
            line.due_on.isoformat(),
            str((letter.on_day - line.due_on).days),
            format_fen(line.total_fen),
            format_fen(line.owed_fen),
        )
        for number, line in enumerate(letter.lines, start=1)
    )


def _asking(letter: DunningPaper, columns: int) -> list[str]:
    rest = letter.owed_fen - letter.overdue_fen
    house = letter.imprint.house
    beside = [f"另有未到期货款 {yuan(rest)}"] if rest else []
    return [
        *flow(
            [
                f"逾期合计(大写): {amount_in_capitals(letter.overdue_fen)}",
                yuan(letter.overdue_fen),
                *beside,
            ],
            columns,
        ),
        f"敬请于{letter.pay_by.isoformat()}前付至我司财务部; 如已付款, 敬请告知日期和流水号。",
        *flow([*house.payable(), *house.reached()], columns),
        *spread("款项由财务部收取, 催款人员不收款", f"催款人: {letter.written_by}", columns),
    ]
