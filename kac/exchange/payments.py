"""Payment files (付款): one row is money that a customer says was sent for an order."""

from __future__ import annotations

from kac.core.errors import KacError, NotFound
from kac.core.i18n import _
from kac.core.money import Money, parse_money
from kac.db.reader import Reader, Row
from kac.db.work import Work
from kac.desk.allocations.announcing import announced
from kac.desk.orders import actions as orders
from kac.desk.payments.actions import Receipt
from kac.desk.payments.rules import METHODS
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.kind import Kind, Taken
from kac.exchange.sheet import Line, Sheet

_WORDS = {
    "转账": "transfer", "银行转账": "transfer", "现金": "cash", "微信": "wechat",
    "支付宝": "alipay", "刷卡": "pos",
}  # fmt: skip
_METHODS = _WORDS | {method: method for method in METHODS if method != "cheque"}
_CUSTOMER = cells.optional(cells.customer_code)
COLUMNS = (
    Column("order", ("订单号", "单号"), cells.name(40)),
    Column("customer", ("客户编码", "客户编号"), _CUSTOMER, optional=True),
    Column("method", ("方式", "付款方式"), cells.choice(_METHODS)),
    Column("amount", ("金额", "付款金额"), parse_money),
    Column("reference", ("流水号", "银行流水号", "凭证号"), cells.words(60)),
    Column("payer", ("付款人", "付款户名"), cells.words(80), optional=True),
    Column("reason", ("原因", "现金原因"), cells.words(200), optional=True),
)
# Which cell the refusals of the counter speak of.
_SPOKEN_OF = {
    "E-PAY-001": "method", "E-PAY-002": "reference", "E-PAY-003": "reference",
    "E-VAL-010": "amount", "E-GAT-NOT-TOO-MUCH": "amount",
}  # fmt: skip
_ORDERS = (
    "SELECT o.id, o.number, c.number AS customer FROM sales_order o"
    " JOIN customer c ON c.id = o.customer_id"
)


def take(work: Work, sheet: Sheet, _document: str) -> Taken:
    """Write every sound row down as announced (BLK-MNY-01): nothing of it is booked.

    One reference of a bank is one sum of money, in the file and in the ledger (RTL-DUT-07).
    """
    seen: dict[tuple[str, ...], int] = {}
    numbers = []
    for line in sheet.sound():
        order = sheet.further(line, "order", lambda said: _order(work.reader, said))
        if order is None or not _of_customer(sheet, line, order):
            continue
        if _is_double(work.reader, sheet, line, order, seen):
            continue
        try:
            row = orders.gathered(work, order["number"])[0]
            numbers.append(announced(work, row, _receipt(line)))
        except KacError as refused:
            sheet.refuse(line, _SPOKEN_OF.get(refused.code, "order"), refused)
    return Taken({"declared": len(numbers)}, tuple(numbers))


def _receipt(line: Line) -> Receipt:
    said = line.values
    return Receipt(said["amount"], said["method"], said["reference"], said["payer"], said["reason"])


def _order(reader: Reader, said: str) -> Row:
    """The order of exactly this number, ours or the customer's; NotFound, files never guess."""
    row = reader.first(f"{_ORDERS} WHERE o.number = :said", said=said.upper())
    if row is not None:
        return row
    found = reader.all(
        f"{_ORDERS} WHERE o.external_number = :said AND o.state NOT IN ('collecting', 'voided')",
        said=said,
    )
    if len(found) > 1:
        raise NotFound(_("several customers have an order of this number: write ours"))
    if not found:
        raise NotFound(_("no order has this number"))
    return found[0]


def _of_customer(sheet: Sheet, line: Line, order: Row) -> bool:
    said = line.values["customer"]
    if said and said != order["customer"]:
        why = _("{order} is of {customer}").format(
            order=order["number"], customer=order["customer"]
        )
        sheet.refuse(line, "customer", why)
        return False
    return True


def _is_double(
    reader: Reader, sheet: Sheet, line: Line, order: Row, seen: dict[tuple[str, ...], int]
) -> bool:
    """Whether this money stands in the file, or without a reference in the ledger, already."""
    said = line.values
    amount: Money = said["amount"]
    if said["reference"]:
        what: tuple[str, ...] = (said["reference"].upper(),)
    else:
        what = (order["number"], said["method"], amount.plain(), said["payer"])
    first = seen.setdefault(what, line.number)
    if first != line.number:
        key = "reference" if said["reference"] else "order"
        sheet.refuse(line, key, _("it stands in line {line} already").format(line=first))
        return True
    if said["reference"]:
        return False
    known = reader.first(
        "SELECT number FROM payment WHERE declared_for = :order AND state = 'declared'"
        " AND method = :method AND amount_fen = :amount AND reference IS NULL",
        order=order["id"],
        method=said["method"],
        amount=amount.fen,
    )
    if known is None:
        return False
    why = _("the same money is announced as {number}").format(number=known["number"])
    sheet.refuse(line, "order", why)
    return True


KIND = Kind("payments", COLUMNS, take, "kac payment list --state declared")
