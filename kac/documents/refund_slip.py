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
from kac.documents.layout import DM2, Paper, bound, boxed, flow, spread
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


def compose(refund: RefundSlip, *, copy: str = "", length: int = DM2) -> Paper:
    """The slip with the legend of one copy, or of both for carbon paper."""
    told = printable(refund)
    paid = signed(Signature("财务付款", name=told.paid_by, day=told.paid_on))
    page = (
        *masthead(told.imprint, "退 款 单", "", COLUMNS),
        *spread(
            f"开单日期: {date_in_capitals(told.on_day)}", f"No. {told.imprint.number}", COLUMNS
        ),
        *boxed(_body(told), COLUMNS),
        *flow(
            [f"经办: {told.requested_by}", *(signed(one) for one in told.signatures), paid],
            COLUMNS,
        ),
        *spread(legend(COPIES, copy), f"客户签收: {BLANK}", COLUMNS),
        *footer(told.imprint, COLUMNS, most=3),
    )
    return Paper((page,), COLUMNS, length, unprintable(refund))


def compose_each(refund: RefundSlip, *, length: int = DM2) -> Paper:
    """Both copies with their own legend, one after the other."""
    return bound(compose(refund, copy=one.name, length=length) for one in COPIES)


def _body(refund: RefundSlip) -> list[str]:
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
        *flow([*order, source], COLUMNS - 4),
        *flow([f"原路退回: {said(METHODS, refund.method)}", *sent], COLUMNS - 4),
        *flow([f"{kind}{refund.reason}"], COLUMNS - 4),
    ]
