"""退款单: the refund slip that goes with a void form, in two copies (RTL-SHT-13..15)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals, date_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import (
    BLANK,
    Copy,
    Imprint,
    Signature,
    footer,
    legend,
    masthead,
    signed,
)
from kac.documents.layout import Paper, bound, boxed, flow, spread
from kac.documents.pages import flowed
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import METHODS, joined, said, yuan

COLUMNS = 80
COPIES = (Copy("finance", "第一联 财务"), Copy("customer", "第二联 客户"))


@dataclass(frozen=True, slots=True)
class RefundSlip:
    """Money that goes back, as it is printed; `method` is the ledger's word or Chinese.

    `order` is empty where the money was for none. `signatures` are those that it asks for, given
    or not; `paid_on` is the day on which finance paid it out.
    """

    imprint: Imprint
    on_day: date
    customer_name: str
    payer: str
    order: str
    payment: str
    amount_fen: int
    method: str
    reason: str
    requested_by: str
    signatures: tuple[Signature, ...]
    cancellation: bool = False
    payment_reference: str = ""
    reference: str = ""
    paid_by: str = ""
    paid_on: date | None = None


def compose(refund: RefundSlip, *, copy: str = "", sheet: Sheet = DM2) -> Paper:
    """The slip with the legend of one copy, or of both for carbon paper."""
    told = printable(refund)
    sheet = sheet.wide(COLUMNS)
    paid = signed(Signature("财务付款", name=told.paid_by, day=told.paid_on))

    def above(page: str) -> list[str]:
        day = f"开单日期: {date_in_capitals(told.on_day)}"
        return [
            *masthead(told.imprint, "退 款 单", page, sheet),
            *spread(day, f"No. {told.imprint.number}", sheet.columns),
        ]

    foot = [
        *flow(
            [f"经办: {told.requested_by}", *(signed(one) for one in told.signatures), paid],
            sheet.columns,
        ),
        *spread(legend(COPIES, copy), f"客户签收: {BLANK}", sheet.columns),
        *footer(told.imprint, sheet.columns, most=3),
    ]
    body = boxed(_body(told, sheet.columns), sheet.columns)
    return Paper(
        flowed(body, above, lambda _last: foot, sheet=sheet),
        sheet,
        unprintable(refund),
        told.imprint.number,
    )


def compose_each(refund: RefundSlip, *, sheet: Sheet = DM2) -> Paper:
    """Both copies with their own legend, one after the other."""
    return bound(compose(refund, copy=one.name, sheet=sheet) for one in COPIES)


def _body(refund: RefundSlip, columns: int) -> list[str]:
    payee = refund.payer or refund.customer_name
    behalf = "" if payee == refund.customer_name else f"(代 {refund.customer_name})"
    amount = amount_in_capitals(refund.amount_fen)
    source = joined(f"原收款: {refund.payment}", refund.payment_reference)
    order = [f"原订货单: {refund.order}"] if refund.order else []
    sent = [f"付款流水: {refund.reference}"] if refund.reference else []
    kind = "客户取消: " if refund.cancellation else "退款原因: "
    return [
        f"退还: {payee}{behalf}",
        f"人民币(大写): {amount}   {yuan(refund.amount_fen)}",
        *flow([*order, source], columns - 4),
        *flow([f"原路退回: {said(METHODS, refund.method)}", *sent], columns - 4),
        *flow([f"{kind}{refund.reason}"], columns - 4),
    ]
