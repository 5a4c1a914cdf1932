"""One example of every paper, for each sheet that it may be printed on."""

from __future__ import annotations

from collections.abc import Callable

from kac.documents import (
    card_receipt,
    contract,
    dunning,
    iou,
    order_form,
    quotation,
    receipt,
    refund_slip,
    sales_detail,
    settlement,
    slip,
    statement,
)
from kac.documents.layout import Paper
from kac.documents.sheets import Sheet
from tests.documents.test_contract_paper import paper as agreed
from tests.documents.test_dunning import LINES as OVERDUE
from tests.documents.test_dunning import letter
from tests.documents.test_statement import LINES as MOVED
from tests.documents.test_statement import paper as account
from tests.golden.test_hypermarket_papers import day, owed, taken
from tests.golden.test_papers import back, deposited, detail, dispatch, imprint, money, offer

SAMPLES: dict[str, Callable[[Sheet], Paper]] = {
    "order_form": lambda sheet: order_form.compose(deposited(12), sheet=sheet),
    "quotation": lambda sheet: quotation.compose(offer(), sheet=sheet),
    "quotation_internal": lambda sheet: quotation.compose(offer(internal=True), sheet=sheet),
    "receipt": lambda sheet: receipt.compose_each(money(), sheet=sheet),
    "slip": lambda sheet: slip.compose(dispatch(20), sheet=sheet),
    "slip_marked": lambda sheet: slip.compose(
        dispatch(2, imprint=imprint("SH20260923-0001", void=True, training=True, reprint=1)),
        sheet=sheet,
    ),
    "sales_detail": lambda sheet: sales_detail.compose(detail(4), sheet=sheet),
    "refund_slip": lambda sheet: refund_slip.compose(back(), sheet=sheet),
    "statement": lambda sheet: statement.compose(account(3_640_000, MOVED), sheet=sheet),
    "settlement": lambda sheet: settlement.compose(day(), sheet=sheet),
    "iou": lambda sheet: iou.compose(owed(), sheet=sheet),
    "card_receipt": lambda sheet: card_receipt.compose(taken(), sheet=sheet),
    "dunning": lambda sheet: dunning.compose(letter(OVERDUE, 2_000_000), sheet=sheet),
    "contract": lambda sheet: contract.compose(agreed(), sheet=sheet),
}
