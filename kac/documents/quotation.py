"""报价单: prices for a customer until a day; with costs and margins on the internal sheet alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.money import format_fen
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, Signature, footer, masthead, signed
from kac.documents.layout import Paper, flow, pairs, spread, wrap
from kac.documents.pages import Column, Table, tabled
from kac.documents.priced import cells, page_total, whole_total
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import DELIVERIES, PAYMENT_TERMS, joined, said

COLUMNS = 96
_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 31, flexible=True),
    Column("单位", 4, "centre"),
    Column("数量", 7, "right"),
    Column("零售价", 9, "right"),
    Column("报价", 9, "right"),
    Column("金额", 11, "right"),
)
_INTERNAL = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 18, flexible=True),
    Column("单位", 4, "centre"),
    Column("数量", 6, "right"),
    Column("零售价", 8, "right"),
    Column("报价", 8, "right"),
    Column("金额", 11, "right"),
    Column("进价", 8, "right"),
    Column("毛利率", 6, "right"),
)


@dataclass(frozen=True, slots=True)
class QuotationLine:
    """One line: prices per selling unit, the quantity as text; `margin` is text too."""

    code: str
    name: str
    spec: str
    unit: str
    quantity: str
    list_price_fen: int
    price_fen: int
    amount_fen: int
    cost_fen: int
    margin: str
    gift: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class QuotationPaper:
    """A quotation as it is printed; `delivery` and `payment` are the ledger's words.

    An `internal` sheet shows what goods cost; `margin` is that of the whole.
    """

    imprint: Imprint
    on_day: date
    revision: int
    customer: str
    customer_name: str
    contact: str
    phone: str
    address: str
    delivery: str
    payment: str
    valid_until: date
    prepared_by: str
    lines: tuple[QuotationLine, ...]
    signatures: tuple[Signature, ...]
    need_by: date | None = None
    note: str = ""
    margin: str = ""
    internal: bool = False


def compose(paper: QuotationPaper, *, sheet: Sheet = DM2) -> Paper:
    """The sheet for the customer, or the internal one."""
    told = printable(paper)
    sheet = sheet.wide(COLUMNS)
    title = "报价单(内部)" if told.internal else "报价单"

    def above(page: str) -> list[str]:
        return [*masthead(told.imprint, title, page, sheet), *_parties(told, sheet.columns)]

    def below(rows: range, last: bool) -> list[str]:
        return [
            *_totals(told, rows, last, sheet.columns),
            *_signing(told, sheet.columns),
            *footer(told.imprint, sheet.columns),
        ]

    columns = _INTERNAL if told.internal else _TABLE
    pages = tabled(Table(columns, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(paper), told.imprint.number)


def _parties(paper: QuotationPaper, columns: int) -> list[str]:
    number = joined(f"单号: {paper.imprint.number}", f"第{paper.revision}版", gap="   ")
    delivery = said(DELIVERIES, paper.delivery)
    house = flow(paper.imprint.house.reached(), columns)
    return house + pairs(
        [
            (number, f"日期: {paper.on_day.isoformat()}"),
            (
                joined("客户:", paper.customer, paper.customer_name),
                f"有效期至: {paper.valid_until.isoformat()}",
            ),
            (joined("联系:", paper.contact, paper.phone), f"制单: {paper.prepared_by}"),
            (
                joined(f"{delivery}:", paper.address),
                f"付款: {said(PAYMENT_TERMS, paper.payment)}",
            ),
        ],
        columns,
    )


def _rows(paper: QuotationPaper) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            *cells(number, line),
            *((format_fen(line.cost_fen), line.margin) if paper.internal else ()),
        )
        for number, line in enumerate(paper.lines, start=1)
    )


def _totals(paper: QuotationPaper, rows: range, last: bool, columns: int) -> list[str]:
    if not last:
        return [page_total(paper.lines, rows), "(接下页)"]
    margin = f"整单毛利率(含赠品): {paper.margin}" if paper.internal else ""
    return whole_total(paper.lines, rows, columns, margin)


def _signing(paper: QuotationPaper, columns: int) -> list[str]:
    reviews = flow([signed(one) for one in paper.signatures], columns)
    need = f"要货日期: {paper.need_by.isoformat()}" if paper.need_by else ""
    note = f"备注: {paper.note}" if paper.note else ""
    terms = wrap(joined(need, note, gap="   "), columns, most=2) if need or note else []
    if paper.internal:
        return [*reviews, *terms]
    return [*reviews, *terms, *spread("含税价, 过期请重新询价", f"客户确认: {BLANK * 2}", columns)]
