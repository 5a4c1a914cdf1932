"""担保书: who of the house vouches for a sale on credit, for how much, until when (RTL-PRI-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals, date_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, footer, masthead
from kac.documents.layout import Paper, boxed, flow, spread
from kac.documents.pages import flowed
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import joined, yuan

COLUMNS = 80


@dataclass(frozen=True, slots=True)
class GuaranteePaper:
    """A letter as it is printed; `document` is the signed original's own mark, where it has one."""

    imprint: Imprint
    on_day: date
    guarantor: str
    guarantor_code: str
    customer: str
    customer_name: str
    order: str
    order_total_fen: int
    amount_fen: int
    due_on: date
    written_by: str
    document: str = ""


def compose(letter: GuaranteePaper, *, sheet: Sheet = DM2) -> Paper:
    """The letter, which exists once; finance keeps it until the money is in."""
    told = printable(letter)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        day = f"日期: {date_in_capitals(told.on_day)}"
        return [
            *masthead(told.imprint, "担 保 书", page, sheet),
            *spread(day, f"No. {told.imprint.number}", sheet.columns),
        ]

    foot = [
        *spread(f"担保人(签字): {BLANK * 2}", f"日期: {BLANK}", sheet.columns),
        *spread(f"经办: {told.written_by}", "财务部存, 款清后注销", sheet.columns),
        *footer(told.imprint, sheet.columns, most=3),
    ]
    body = boxed(_body(told, sheet.columns - 4), sheet.columns)
    pages = flowed(body, above, lambda _last: foot, sheet=sheet)
    return Paper(pages, sheet, unprintable(letter), told.imprint.number)


def _body(told: GuaranteePaper, columns: int) -> list[str]:
    amount = f"人民币(大写): {amount_in_capitals(told.amount_fen)}"
    order = f"订货单: {told.order}   订单金额: {yuan(told.order_total_fen)}"
    paper = [f"原件: {told.document}"] if told.document else []
    return [
        joined("担保人:", told.guarantor, f"(工号 {told.guarantor_code})"),
        joined("被担保客户:", told.customer, told.customer_name),
        *flow([order, *paper], columns),
        *flow([amount, yuan(told.amount_fen)], columns),
        f"还款期限: {told.due_on.isoformat()}",
        "客户到期未付清货款的, 由担保人在上列金额内承担付款责任。",
    ]
