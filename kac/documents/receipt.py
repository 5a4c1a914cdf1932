"""收款收据: the receipt for money received, in two copies (RTL-DEP-03..05)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kac.core.calendar import local_text
from kac.core.capitals import amount_in_capitals, date_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Copy, Imprint, footer, legend, masthead
from kac.documents.layout import Paper, bound, boxed, flow, spread
from kac.documents.pages import flowed
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import METHODS, RECEIVED_FOR, joined, said, yuan

COLUMNS = 80
COPIES = (Copy("customer", "第一联 客户"), Copy("finance", "第二联 财务留底"))


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money received as it is printed. `kind` and `method` are the ledger's words or Chinese.

    `order` is the contract where the money is held as security.
    """

    imprint: Imprint
    on_day: date
    customer_name: str
    payer: str
    order: str
    kind: str
    amount_fen: int
    method: str
    received_by: str
    reference: str = ""
    cash_reason: str = ""
    verified_by: str = ""
    verified_at: datetime | None = None
    prepared_by: str = ""


def compose(receipt: Receipt, *, copy: str = "", sheet: Sheet = DM2) -> Paper:
    """The receipt with the legend of one copy, or of both for carbon paper."""
    told = printable(receipt)
    sheet = sheet.wide(COLUMNS)
    hands = f"收款人: {told.received_by}   经办: {told.prepared_by or BLANK}"

    def above(page: str) -> list[str]:
        day = f"收款日期: {date_in_capitals(told.on_day)}"
        return [
            *masthead(told.imprint, "收 款 收 据", page, sheet),
            *spread(day, f"No. {told.imprint.number}", sheet.columns),
        ]

    foot = [
        *spread("收款单位(盖章):", hands, sheet.columns),
        *spread(legend(COPIES, copy), "此据收妥款项后生效, 不作发票", sheet.columns),
        *footer(told.imprint, sheet.columns, most=3),
    ]
    body = boxed(_body(told, sheet.columns), sheet.columns)
    return Paper(
        flowed(body, above, lambda _last: foot, sheet=sheet),
        sheet,
        unprintable(receipt),
        told.imprint.number,
    )


def compose_each(receipt: Receipt, *, sheet: Sheet = DM2) -> Paper:
    """Both copies with their own legend, one after the other."""
    return bound(compose(receipt, copy=one.name, sheet=sheet) for one in COPIES)


def _purpose(receipt: Receipt) -> str:
    purpose = said(RECEIVED_FOR, receipt.kind)
    if receipt.kind == "security":
        return f"{purpose}(合同 {receipt.order})"
    return f"{purpose}(订单 {receipt.order})" if receipt.order else purpose


def _body(receipt: Receipt, columns: int) -> list[str]:
    payer = receipt.payer or receipt.customer_name
    behalf = "" if payer == receipt.customer_name else f"(代 {receipt.customer_name})"
    amount = amount_in_capitals(receipt.amount_fen)
    reason = f"({receipt.cash_reason})" if receipt.cash_reason else ""
    method = f"收款方式: {said(METHODS, receipt.method)}{reason}"
    reference = [f"流水: {receipt.reference}"] if receipt.reference else []
    verified = []
    if receipt.verified_at is not None:
        verified = [joined("到账核实:", local_text(receipt.verified_at), receipt.verified_by)]
    return [
        f"今收到: {payer}{behalf}",
        f"人民币(大写): {amount}   {yuan(receipt.amount_fen)}",
        *flow([f"款项内容: {_purpose(receipt)}"], columns - 4),
        *flow([method, *reference, *verified], columns - 4),
    ]
