"""One example of every paper, for each sheet that it may be printed on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from kac.documents import (
    box_label,
    card_receipt,
    contract,
    dunning,
    guarantee,
    iou,
    order_form,
    order_table,
    picking_list,
    quotation,
    receipt,
    refund_slip,
    return_slip,
    sales_detail,
    settlement,
    slip,
    statement,
    void_notice,
)
from kac.documents.box_label import BoxLabels, Label
from kac.documents.guarantee import GuaranteePaper
from kac.documents.imprint import Signature
from kac.documents.layout import Paper
from kac.documents.order_table import COPIES, GoodsTable, TableLine
from kac.documents.picking_list import PickingLine, PickingList
from kac.documents.return_slip import ReturnSlip, ReturnSlipLine
from kac.documents.sheets import Sheet
from kac.documents.slip import Part, Slip
from kac.documents.void_notice import OutCopy, VoidNotice
from tests.documents.test_contract_paper import PAPER as AGREED
from tests.documents.test_dunning import LINES as OVERDUE
from tests.documents.test_dunning import letter
from tests.documents.test_statement import LINES as MOVED
from tests.documents.test_statement import paper as account
from tests.golden.test_hypermarket_papers import day, owed, taken
from tests.golden.test_papers import (
    CUSTOMER,
    GIFT,
    GOODS,
    back,
    deposited,
    detail,
    dispatch,
    imprint,
    money,
    offer,
)

ORDER = "DD20260918-0007"


def picking(**changes: object) -> PickingList:
    lines = tuple(PickingLine("总仓", *goods[:5]) for goods in GOODS)
    gift = PickingLine("总仓", *GIFT[:5], gift=True)
    plain = PickingList(
        imprint=imprint(ORDER),
        on_day=date(2026, 9, 22),
        customer_name=CUSTOMER,
        location="总仓",
        need_by=date(2026, 9, 23),
        lines=(*lines, gift),
        note="送货前1日电话预约",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def labels(**changes: object) -> BoxLabels:
    boxes = tuple(Label(*GOODS[0][:4], "20", box, 3) for box in (1, 2, 3))
    plain = BoxLabels(
        imprint=imprint(ORDER),
        customer_name=CUSTOMER,
        location="总仓",
        need_by=date(2026, 9, 23),
        labels=(*boxes, Label(*GOODS[2][:5])),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def vouched(**changes: object) -> GuaranteePaper:
    plain = GuaranteePaper(
        imprint=imprint("DB20260918-0001"),
        on_day=date(2026, 9, 18),
        guarantor="李四",
        guarantor_code="S0007",
        customer="KH0001",
        customer_name=CUSTOMER,
        order=ORDER,
        order_total_fen=3_170_300,
        amount_fen=3_170_300,
        due_on=date(2026, 10, 18),
        written_by="王敏",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def void(**changes: object) -> VoidNotice:
    day = date(2026, 9, 18)
    plain = VoidNotice(
        imprint=imprint(ORDER, void=True),
        ordered_on=day,
        customer="KH0001",
        customer_name=CUSTOMER,
        amount_fen=3_170_300,
        reason="供应商断货, 客户改订",
        copies=(
            OutCopy("第一联 招商部存档", "merchant_dept", "voided", date(2026, 9, 20)),
            OutCopy("第二联 配送中心", "distribution_center", "printed", day),
            OutCopy("第三联 客户", "customer", "printed", day),
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def tabulated(**changes: object) -> GoodsTable:
    plain = GoodsTable(
        imprint=imprint("ZB20260918-0001"),
        title="订单制表",
        version=2,
        on_day=date(2026, 9, 18),
        order=ORDER,
        customer_name=CUSTOMER,
        address="榆江市新港区工业二路18号",
        need_by=date(2026, 9, 23),
        copies=COPIES[:2],
        made_by="王敏",
        lines=tuple(
            TableLine(code, brand, name, spec, packed, unit, "120", price, price * 120)
            for (code, name, spec, unit, _quantity, _list, price, _amount), (brand, packed) in zip(
                GOODS[:3], (("稻香村", "每箱12盒"), ("", ""), ("五粮", "散装")), strict=True
            )
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def coming_back(**changes: object) -> ReturnSlip:
    rows = ((GOODS[0], "2", 33600, "2", "入库1 报废1"), (GOODS[1], "1", 23560, "", ""))
    plain = ReturnSlip(
        imprint=imprint("TH20260925-0001"),
        on_day=date(2026, 9, 25),
        by_day=date(2026, 10, 2),
        order=ORDER,
        dispatch="SH20260923-0001",
        customer_name=CUSTOMER,
        contact="李主任",
        phone="138-0013-8000",
        location="总仓",
        reason="外箱破损",
        made_by="王敏",
        signatures=(Signature("核准", "招商部经理", "李四", date(2026, 9, 25)),),
        lines=tuple(
            ReturnSlipLine(*goods[:4], quantity, amount, counted, fate)
            for goods, quantity, amount, counted, fate in rows
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def one_of_several() -> Slip:
    """A slip that carries a part of its order."""
    whole = dispatch(3)
    lines = tuple(
        replace(line, ordered=line.quantity, before="1", open="2.5") for line in whole.lines
    )
    return replace(whole, lines=lines, part=Part(100_000, 250_000, 30_000))


SAMPLES: dict[str, Callable[[Sheet], Paper]] = {
    "order_form": lambda sheet: order_form.compose(deposited(12), sheet=sheet),
    "quotation": lambda sheet: quotation.compose(offer(), sheet=sheet),
    "quotation_internal": lambda sheet: quotation.compose(offer(internal=True), sheet=sheet),
    "receipt": lambda sheet: receipt.compose_each(money(), sheet=sheet),
    "slip": lambda sheet: slip.compose(dispatch(20), sheet=sheet),
    "slip_part": lambda sheet: slip.compose(one_of_several(), sheet=sheet),
    "slip_marked": lambda sheet: slip.compose(
        dispatch(2, imprint=imprint("SH20260923-0001", void=True, training=True, reprint=1)),
        sheet=sheet,
    ),
    "sales_detail": lambda sheet: sales_detail.compose(detail(4), sheet=sheet),
    "refund_slip": lambda sheet: refund_slip.compose(back(), sheet=sheet),
    "return_slip": lambda sheet: return_slip.compose(coming_back(), sheet=sheet),
    "statement": lambda sheet: statement.compose(account(3_640_000, MOVED), sheet=sheet),
    "settlement": lambda sheet: settlement.compose(day(), sheet=sheet),
    "iou": lambda sheet: iou.compose(owed(), sheet=sheet),
    "card_receipt": lambda sheet: card_receipt.compose(taken(), sheet=sheet),
    "dunning": lambda sheet: dunning.compose(letter(OVERDUE, 2_000_000), sheet=sheet),
    "picking_list": lambda sheet: picking_list.compose(picking(), sheet=sheet),
    "order_table": lambda sheet: order_table.compose(tabulated(), sheet=sheet),
    "delivery_note": lambda sheet: order_table.compose(
        tabulated(
            imprint=imprint("SH20260923-0001"),
            title="送货单",
            version=0,
            copies=COPIES[-1:],
            brands=False,
            note="送后门, 卸货前请电话联系李主任",
        ),
        sheet=sheet,
    ),
    "box_label": lambda sheet: box_label.compose(labels(), sheet=sheet),
    "guarantee": lambda sheet: guarantee.compose(vouched(), sheet=sheet),
    "void_notice": lambda sheet: void_notice.compose(void(), sheet=sheet),
    "contract": lambda sheet: contract.compose(AGREED, sheet=sheet),
}
