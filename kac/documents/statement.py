"""客户往来对账单: a customer's account of some days, to be signed and sealed (DST-APP-05..07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.core.money import format_fen
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import Copy, House, Imprint, footer, legend, masthead
from kac.documents.layout import Paper, bound, flow, pairs, spread
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import yuan

COLUMNS = 96
COPIES = (Copy("customer", "第一联 客户留存"), Copy("finance", "第二联 盖章后寄回"))
_TABLE = (
    Column("日期", 10),
    Column("单据", 16),
    Column("摘要", 27, flexible=True),
    Column("应收增加", 12, "right"),
    Column("收款/冲减", 12, "right"),
    Column("余额", 12, "right"),
)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One movement; `owed_fen` raises what the customer owes, `paid_fen` lowers it, red below 0."""

    day: date
    document: str
    text: str
    owed_fen: int
    paid_fen: int


@dataclass(frozen=True, slots=True)
class StatementPaper:
    """A statement as it is printed; above zero the customer owes, below zero it is ahead.

    `ageing` are the bands of what is owed on the last day by its due day, with `held_fen` of money
    that is for nothing delivered: the bands less that is the closing.
    """

    imprint: Imprint
    customer_name: str
    from_day: date
    to_day: date
    answer_by: date
    opening_fen: int
    lines: tuple[StatementLine, ...]
    closing_fen: int
    made_by: str
    ageing: tuple[tuple[str, int], ...] = ()
    held_fen: int = 0


def compose(statement: StatementPaper, *, copy: str = "", sheet: Sheet = DM2) -> Paper:
    """The statement with the legend of one copy, or of both for carbon paper."""
    told = printable(statement)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        return [
            *masthead(told.imprint, "客户往来对账单", page, sheet),
            *_parties(told, sheet.columns),
        ]

    def below(_rows: range, last: bool) -> list[str]:
        closing = _closing(told, sheet.columns) if last else ["(接下页)"]
        return [
            *closing,
            *spread(legend(COPIES, copy), f"经办: {told.made_by}", sheet.columns),
            *footer(told.imprint, sheet.columns),
        ]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(statement), told.imprint.number)


def compose_each(statement: StatementPaper, *, sheet: Sheet = DM2) -> Paper:
    """Both copies with their own legend, one after the other."""
    return bound(compose(statement, copy=one.name, sheet=sheet) for one in COPIES)


def _parties(statement: StatementPaper, columns: int) -> list[str]:
    span = f"期间: {statement.from_day.isoformat()} 至 {statement.to_day.isoformat()}"
    return pairs(
        [
            (f"甲方(供货): {statement.imprint.company}", f"编号: {statement.imprint.number}"),
            (f"乙方(客户): {statement.customer_name}", span),
        ],
        columns,
    ) + _house(statement.imprint.house, columns)


def _house(house: House, columns: int) -> list[str]:
    return flow([*house.payable(), *house.reached()], columns)


def _rows(statement: StatementPaper) -> tuple[tuple[str, ...], ...]:
    first = (statement.from_day.isoformat(), "", "期初余额", "", "", _plain(statement.opening_fen))
    rows, running = [first], statement.opening_fen
    for line in statement.lines:
        running += line.owed_fen - line.paid_fen
        rows.append(
            (
                line.day.isoformat(),
                line.document,
                line.text,
                _plain(line.owed_fen) if line.owed_fen else "",
                _plain(line.paid_fen) if line.paid_fen else "",
                _plain(running),
            )
        )
    last = (statement.to_day.isoformat(), "", "期末余额", "", "", _plain(statement.closing_fen))
    return (*rows, last)


def _closing(statement: StatementPaper, columns: int) -> list[str]:
    owed = statement.closing_fen
    what = "贵单位尚欠我司货款" if owed >= 0 else "我司预收贵单位货款"
    capitals = amount_in_capitals(abs(owed))
    blanks = "_" * 38
    return [
        *flow(
            [
                f"截至{statement.to_day.isoformat()} {what}",
                f"人民币(大写): {capitals}",
                yuan(abs(owed)),
            ],
            columns,
        ),
        *_ageing(statement, columns),
        f"核对后于{statement.answer_by.isoformat()}前签字盖章寄回; 如有不符列明差异: {blanks[:24]}",
        f"[ ] 数据相符   [ ] 数据不符, 我方账面余额为 ￥{blanks[:16]} 原因: {blanks[:20]}",
        *spread("甲方(财务章):", "乙方(公章):", columns),
        *spread(
            f"签字: {blanks[:12]}  日期: {blanks[:12]}",
            f"签字: {blanks[:12]}  日期: {blanks[:12]}",
            columns,
        ),
    ]


def _ageing(statement: StatementPaper, columns: int) -> list[str]:
    """How old what is owed is; nothing where nothing is."""
    if not statement.ageing:
        return []
    total = sum(fen for _band, fen in statement.ageing)
    bands = [f"{band} {yuan(fen)}" for band, fen in statement.ageing if fen]
    held = [f"另存预收款 {yuan(statement.held_fen)}"] if statement.held_fen else []
    return flow([f"账龄(按到期日): {bands[0]}", *bands[1:], f"合计 {yuan(total)}", *held], columns)


def _plain(fen: int) -> str:
    return format_fen(fen)
