"""欠条: the IOU for gift cards that are not paid yet; the window keeps it (HYP-CRD-01..06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals, date_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, Signature, footer, masthead, signed
from kac.documents.layout import Paper, boxed, flow, spread
from kac.documents.pages import flowed
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import yuan

COLUMNS = 80


@dataclass(frozen=True, slots=True)
class IouPaper:
    """An IOU as it is printed; the amount in fen. `writer` wrote it on behalf of the customer."""

    imprint: Imprint
    on_day: date
    customer_name: str
    sale: str
    amount_fen: int
    writer: str
    signatures: tuple[Signature, ...] = ()
    withdrawn_by: str = ""
    withdrawn_on: date | None = None


def compose(iou: IouPaper, *, sheet: Sheet = DM2) -> Paper:
    """The IOU, which exists once and lies at the finance window."""
    told = printable(iou)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        day = f"日期: {date_in_capitals(told.on_day)}"
        return [
            *masthead(told.imprint, "欠 条", page, sheet),
            *spread(day, f"No. {told.imprint.number}", sheet.columns),
        ]

    foot = [
        *flow([signed(each) for each in told.signatures], sheet.columns),
        *spread(f"欠款人(业务经理): {told.writer}", f"客户经办人签字: {BLANK}", sheet.columns),
        *spread(_withdrawn(told), "存大宗部财务窗口, 回款结清后抽回", sheet.columns),
        *footer(told.imprint, sheet.columns, most=3),
    ]
    body = boxed(_body(told), sheet.columns)
    return Paper(
        flowed(body, above, lambda _last: foot, sheet=sheet),
        sheet,
        unprintable(iou),
        told.imprint.number,
    )


def _body(iou: IouPaper) -> list[str]:
    return [
        f"今欠: {iou.customer_name} 购物卡款(售卡单 {iou.sale})",
        f"人民币(大写): {amount_in_capitals(iou.amount_fen)}   {yuan(iou.amount_fen)}",
    ]


def _withdrawn(iou: IouPaper) -> str:
    if iou.withdrawn_on is None:
        return f"抽回: {BLANK}"
    return f"已抽回: {iou.withdrawn_by} {iou.withdrawn_on.isoformat()}"
