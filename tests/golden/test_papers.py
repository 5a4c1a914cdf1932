"""Every paper as it leaves the desk, compared to the cell. KAC_GOLDEN=write writes them anew."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from kac.core.errors import BadInput
from kac.documents import order_form, outputs, quotation, receipt, refund_slip, sales_detail, slip
from kac.documents.characters import width
from kac.documents.imprint import Imprint, Signature
from kac.documents.layout import Paper
from kac.documents.order_form import DepositTerms, OrderForm, OrderFormLine
from kac.documents.quotation import QuotationLine, QuotationPaper
from kac.documents.receipt import Receipt
from kac.documents.refund_slip import RefundSlip
from kac.documents.sales_detail import SalesDetail, SalesDetailLine
from kac.documents.sheets import A4, DM1, DM2, DM3, Sheet
from kac.documents.slip import Slip, SlipLine

GOLDEN = Path(__file__).parent
CUSTOMER = "华夏银行股份有限公司北京分行工会"
ADDRESS = "北京市东城区建国门内大街22号 地下一层收货口"

# code, name, spec, unit, quantity, list price, price, amount
GOODS = [
    ("6902345678903", "稻香村“月饼”礼盒—双黄莲蓉", "720g", "盒", "60", 18480, 16800, 1008000),
    ("6903456789014", "金龙鱼大豆油", "5L×4", "箱", "30", 25916, 23560, 706800),
    ("2100008", "散装大米", "", "公斤", "12.5", 879, 799, 9988),
    ("6907890123456", "①号冷鲜礼包0—4℃", "2kg", "箱", "8", 19900, 19900, 159200),
]
GIFT = ("6905678901236", "农夫山泉", "550ml×24", "箱", "5", 4800, 0, 0)
ODD = [
    ("6901234567892", "嘉兴五芳斋粽子礼盒(八角粽)", "100g×12", "盒", "120", 9680, 8800, 1056000),
    ("HY-2026-000-000-000-17", "𠮷祥如意“团圆”礼盒", "Ⅳ型", "套", "1", 128800, 128800, 128800),
    ("6900000000001", "很长的品名" * 14, "每箱6×500ml", "箱", "2", 100, 100, 200),
    ("", "金条(投资)", "1kg", "根", "900", 9999999999, 9999999999, 8999999999100),
]


def imprint(number: str, **changes: object) -> Imprint:
    printed_at = datetime(2026, 9, 23, 1, 12, tzinfo=UTC)
    plain = Imprint("某某商贸有限公司", number, "42-9f3a01bc", printed_at, "王敏")
    return replace(plain, **changes)  # type: ignore[arg-type]


def many(count: int) -> list[tuple[str, str, str, str, str, int, int, int]]:
    return [GOODS[number % len(GOODS)] for number in range(count)]


def order(count: int = 3, **changes: object) -> OrderForm:
    lines = [OrderFormLine(*goods) for goods in many(count)]
    plain = OrderForm(
        imprint=imprint("DD20260918-0007"),
        on_day=date(2026, 9, 18),
        state="submitted",
        location="总仓",
        customer="KH0001",
        customer_name=CUSTOMER,
        contact="李主任",
        phone="138-0013-8000",
        address=ADDRESS,
        payment="transfer",
        need_by=date(2026, 9, 23),
        prepared_by="王敏",
        lines=tuple(lines),
        signatures=(
            Signature("审核", "招商部主管", "李四", date(2026, 9, 18)),
            Signature("采购核价", "采购部经理", "王五", date(2026, 9, 18)),
            Signature("审批", "副总经理"),
        ),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def deposited(count: int = 3, **changes: object) -> OrderForm:
    """An order with a gift and fresh goods, its deposit paid, all signed."""
    plain = order(count)
    fresh = replace(OrderFormLine(*GOODS[3]), fresh=True)
    lines = (*plain.lines, fresh, replace(OrderFormLine(*GIFT), gift=True))
    terms = DepositTerms(rate_bp=3000, fresh_rate_bp=5000, due_fen=597037, received_fen=597037)
    paid = replace(
        plain,
        state="reviewed",
        lines=lines,
        deposit=terms,
        received_fen=597037,
        signatures=tuple(
            replace(one, name=one.name or "赵六", day=date(2026, 9, 19)) for one in plain.signatures
        ),
        arrival=Signature("配送确认到货", name="周强", day=date(2026, 9, 22)),
        note="送货前1日电话预约; 赠品5箱已批(审批 SP20260918-0012)",
    )
    return replace(paid, **changes)  # type: ignore[arg-type]


def waived() -> OrderForm:
    """A deposit of which the merchant manager left something off (RTL-DEP-06)."""
    form = deposited()
    assert form.deposit is not None
    terms = replace(
        form.deposit,
        due_fen=597000,
        received_fen=597000,
        waived_fen=37,
        waived_because="老客户零头",
        waiver=Signature("批准减免", "招商部经理", "李四", date(2026, 9, 19)),
    )
    return replace(form, deposit=terms, received_fen=597000)


def dispatch(count: int = 3, **changes: object) -> Slip:
    lines = [SlipLine(*goods[:5], *goods[6:]) for goods in many(count)]
    plain = Slip(
        imprint=imprint("SH20260923-0001"),
        on_day=date(2026, 9, 23),
        order="DD20260918-0007",
        customer_name=CUSTOMER,
        contact="李主任",
        phone="138-0013-8000",
        address=ADDRESS,
        issued_by="周强",
        lines=tuple(lines),
        payment="transfer",
        received_fen=sum(line.amount_fen for line in lines),
        verified=Signature("财务核实", name="钱会", day=date(2026, 9, 22)),
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def odd_slip() -> Slip:
    lines = [SlipLine(*goods[:5], *goods[6:]) for goods in ODD]
    gift = SlipLine(*GIFT[:5], *GIFT[6:], gift=True, remark="已批")
    return dispatch(
        lines=(*lines, gift, SlipLine(*GOODS[2][:5], *GOODS[2][6:])),
        customer_name="𠮷林省“人参”研究院—长白山分院(筹)" + "以及其全部下属单位" * 6,
        address="很长的地址" * 30,
        driver="周强",
        vehicle="京A·D12345",
        received_by="李主任",
        signed_on=date(2026, 9, 24),
        payment="银行转账、现金",
    )


def money(**changes: object) -> Receipt:
    plain = Receipt(
        imprint=imprint("SK20260918-0003"),
        on_day=date(2026, 9, 18),
        customer_name=CUSTOMER,
        payer=CUSTOMER,
        order="DD20260918-0007",
        kind="deposit",
        amount_fen=951090,
        method="transfer",
        received_by="赵倩",
        reference="20260918-88123456",
        prepared_by="王敏",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def back(**changes: object) -> RefundSlip:
    plain = RefundSlip(
        imprint=imprint("TK20260920-0001"),
        on_day=date(2026, 9, 20),
        customer_name=CUSTOMER,
        payer=CUSTOMER,
        order="DD20260918-0007",
        payment="SK20260918-0003",
        amount_fen=1072000,
        method="transfer",
        reason="缺货, 客户接受现有货量, 其余退款",
        requested_by="王敏",
        signatures=(Signature("核准", "物流中心经理"),),
        payment_reference="20260918-88123456",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def detail(count: int, **changes: object) -> SalesDetail:
    lines = tuple(SalesDetailLine(*goods[:5]) for goods in many(count))
    plain = SalesDetail(
        imprint=imprint("SH20260923-0001"),
        on_day=date(2026, 9, 23),
        order="DD20260918-0007",
        customer_name=CUSTOMER,
        location="总仓",
        lines=lines,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def offer(count: int = 3, **changes: object) -> QuotationPaper:
    """A quotation with a gift and fresh goods, reviewed by one of the two managers."""
    priced = [QuotationLine(*goods, goods[5] * 3 // 4, "17.50%") for goods in many(count)]
    gift = QuotationLine(*GIFT, 3600, "", gift=True)
    fresh = QuotationLine(*GOODS[3], 17000, "14.57%", fresh=True)
    plain = QuotationPaper(
        imprint=imprint("BJ20260918-0002"),
        on_day=date(2026, 9, 18),
        revision=2,
        customer="KH0001",
        customer_name=CUSTOMER,
        contact="李主任",
        phone="138-0013-8000",
        address=ADDRESS,
        delivery="deliver",
        payment="prepaid",
        valid_until=date(2026, 10, 3),
        prepared_by="王敏",
        lines=(*priced, fresh, gift),
        signatures=(
            Signature("报价审核", "营运部经理", "李四", date(2026, 9, 18)),
            Signature("报价审核", "采购部经理"),
        ),
        need_by=date(2026, 9, 23),
        note="节前送达, 外箱贴单位名",
        margin="16.02%",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def spoilt(number: str, reason: str = "客户联遗失, 客户来函申请补打") -> Imprint:
    return imprint(number, reprint=2, reason=reason, void=True, training=True)


def cash() -> Receipt:
    return money(
        imprint=spoilt("SK20260918-0004", "打印机卡纸, 第一联残缺, 原联已收回并注明作废存档"),
        payer="王大伟",
        method="cash",
        cash_reason="客户对公账户冻结, 由订货方到财务部交纳",
        kind="payment",
        amount_fen=10700053,
        verified_by="钱会",
        verified_at=datetime(2026, 9, 18, 6, 2, tzinfo=UTC),
    )


PAPERS: dict[str, Callable[[], Paper]] = {
    "order_form_1": lambda: order_form.compose(order(1)),
    "order_form_deposited": lambda: order_form.compose(deposited()),
    "order_form_each_copy": lambda: order_form.compose_each(deposited()),
    "order_form_distribution_center": lambda: order_form.compose(
        order(), copy="distribution_center"
    ),
    "order_form_waived": lambda: order_form.compose(waived()),
    "order_form_40": lambda: order_form.compose(deposited(40)),
    "order_form_40_long_page": lambda: order_form.compose(deposited(40), sheet=DM1),
    "order_form_void_reprint_training": lambda: order_form.compose(
        deposited(imprint=spoilt("DD20260918-0007"), state="voided")
    ),
    "slip_1": lambda: slip.compose(dispatch(1)),
    "slip_18": lambda: slip.compose(dispatch(18)),
    "slip_19": lambda: slip.compose(dispatch(19)),
    "slip_40": lambda: slip.compose(dispatch(40)),
    "slip_short_page": lambda: slip.compose(dispatch(9), sheet=DM3),
    "slip_each_copy": lambda: slip.compose_each(dispatch()),
    "slip_not_paid_yet": lambda: slip.compose(
        dispatch(payment="", received_fen=0, verified=Signature("财务核实"))
    ),
    "slip_odd": lambda: slip.compose(odd_slip()),
    "slip_void": lambda: slip.compose(dispatch(imprint=imprint("SH20260923-0001", void=True))),
    "slip_training_19": lambda: slip.compose(
        dispatch(19, imprint=imprint("SH20260923-0001", training=True))
    ),
    "slip_reprint": lambda: slip.compose(
        dispatch(18, imprint=imprint("SH20260923-0001", reprint=1, reason="客户联遗失"))
    ),
    "receipt": lambda: receipt.compose(money()),
    "receipt_each_copy": lambda: receipt.compose_each(money()),
    "receipt_cash_void_reprint_training": lambda: receipt.compose(cash()),
    "refund_slip": lambda: refund_slip.compose(back()),
    "refund_slip_each_copy": lambda: refund_slip.compose_each(back()),
    "refund_slip_paid_cash_void_training": lambda: refund_slip.compose(
        back(
            imprint=spoilt("TK20260920-0002"),
            payer="王大伟",
            method="cash",
            cancellation=True,
            reason="客户取消",
            signatures=(
                Signature("核准", "物流中心经理", "周仓", date(2026, 9, 21)),
                Signature("核准", "招商部经理", "吴招", date(2026, 9, 21)),
            ),
            paid_by="赵倩",
            paid_on=date(2026, 9, 22),
        )
    ),
    "sales_detail_19": lambda: sales_detail.compose(detail(19)),
    "quotation": lambda: quotation.compose(offer()),
    "quotation_19_pickup": lambda: quotation.compose(offer(19, delivery="pickup", address="总仓")),
    "quotation_internal": lambda: quotation.compose(offer(internal=True)),
    "quotation_reprint_open": lambda: quotation.compose(
        offer(1, imprint=spoilt("BJ20260918-0002"), delivery="", payment="", need_by=None, note="")
    ),
}


def lines_of(paper: Paper) -> Iterator[str]:
    return (line for page in paper.pages for line in page)


def assert_fits(paper: Paper) -> None:
    for line in lines_of(paper):
        assert width(line) == wcswidth(line), line
        assert width(line) <= paper.columns, line
        if line.startswith(("+-", "|")):
            assert width(line) == paper.columns, line
    assert all(len(page) <= paper.sheet.lines - paper.sheet.margin for page in paper.pages)


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_is_printed_to_the_cell_as_agreed(name: str) -> None:
    paper = PAPERS[name]()
    assert_fits(paper)
    path, text = GOLDEN / f"{name}.txt", outputs.text(paper)
    if os.environ.get("KAC_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="")
    assert path.read_bytes().decode() == text


def test_there_is_no_agreed_paper_that_nobody_prints() -> None:
    assert {path.stem for path in GOLDEN.glob("*.txt")} == set(PAPERS)


def test_eighteen_lines_fit_on_half_a_sheet_and_the_nineteenth_turns_the_page() -> None:
    assert [len(slip.compose(dispatch(count)).pages) for count in (18, 19, 30, 40)] == [1, 2, 2, 3]


def test_a_reprint_breaks_its_pages_where_the_first_printing_did() -> None:
    reprinted = imprint("SH20260923-0001", reprint=3, reason="客户联" * 60)
    first, again = slip.compose(dispatch(18)), slip.compose(dispatch(18, imprint=reprinted))
    assert [page[:-1] for page in first.pages] == [page[:-1] for page in again.pages]


def test_the_order_form_has_three_copies_and_a_photocopy_after_a_deposit() -> None:
    """RTL-ORD-05..09: 招商部, 配送中心, 客户; finance gets its own once a deposit is in."""
    assert [copy.legend for copy in order_form.copies(order())] == [
        "第一联 招商部存档",
        "第二联 配送中心",
        "第三联 客户",
    ]
    assert order_form.copies(deposited())[3].legend == "复印件 财务存档"
    assert len(order_form.compose_each(deposited()).pages) == 4
    assert "复印件" not in outputs.text(order_form.compose(order()))


def test_a_receipt_has_one_copy_for_the_customer_and_one_for_finance() -> None:
    """RTL-DEP-03..05."""
    first, second = receipt.compose_each(money()).pages
    assert "第一联 客户" in first[-2] and "财务" not in first[-2]
    assert "第二联 财务留底" in second[-2] and "第一联" not in second[-2]


def test_a_slip_has_one_copy_for_the_driver_and_one_that_comes_back_signed() -> None:
    """RTL-PAY-05..07, RTL-PAY-10/11: two copies; the customer signs and the copy is filed."""
    first, second = slip.compose_each(dispatch()).pages
    assert "第一联 物流中心送货人" in first[-2] and "第二联" not in first[-2]
    assert "第二联 客户(签收后收回存档)" in second[-2]
    assert all("客户签收(盖章): " in page[-3] for page in (first, second))


def test_the_customers_quotation_tells_nobody_what_goods_cost() -> None:
    """FLW-QUO-01: costs and margins stand on the internal sheet alone."""
    outside, inside = (outputs.text(quotation.compose(offer(internal=on))) for on in (False, True))
    assert "毛利" in inside and "170.00" in inside
    assert "毛利" not in outside and "进价" not in outside and "170.00" not in outside
    assert "客户确认" in outside and "客户确认" not in inside


def test_a_copy_that_the_paper_does_not_have_is_refused() -> None:
    """RTL-ORD-09: no photocopy without a deposit."""
    with pytest.raises(BadInput) as refusal:
        order_form.compose(order(), copy="photocopy")
    assert "merchant_dept, distribution_center, customer" in refusal.value.cause[0]


@pytest.mark.parametrize(
    "paper",
    [
        lambda marked: order_form.compose(order(40, imprint=marked)),
        lambda marked: slip.compose(dispatch(40, imprint=marked)),
        lambda marked: sales_detail.compose(detail(40, imprint=marked)),
        lambda marked: receipt.compose(money(imprint=marked)),
    ],
)
def test_void_and_training_stand_at_the_top_and_the_bottom_of_every_page(
    paper: Callable[[Imprint], Paper],
) -> None:
    """RTL-SHT-10, RTL-SHT-16: a void form is marked 作废; a training paper passes for none."""
    for page in paper(imprint("X1", void=True, training=True)).pages:
        assert "*** 培 训 *** *** 作 废 ***" in page[0]
        assert "*** 培 训 *** *** 作 废 ***" in page[-1]
    assert not any("***" in line for line in lines_of(paper(imprint("X1"))))


def test_every_page_carries_company_number_and_code() -> None:
    papers = [
        order_form.compose(order(40)),
        slip.compose(dispatch(40)),
        sales_detail.compose(detail(40)),
        receipt.compose_each(money()),
    ]
    for paper in papers:
        for page in paper.pages:
            assert "某某商贸有限公司" in page[0]
            assert "校验: 42-9f3a01bc" in page[-1]
            assert re.search(r"(DD|SH|SK)202609\d\d-\d{4}", "\n".join(page[1:3]))


def test_a_character_that_cannot_be_printed_is_told_to_the_desk() -> None:
    assert slip.compose(odd_slip()).unprintable == "𠮷"
    assert slip.compose(dispatch()).unprintable == ""


def test_a_sheet_too_short_for_the_paper_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        order_form.compose(deposited(), sheet=DM3)
    assert refusal.value.code == "E-PRN-001"
    assert len(receipt.compose(money(), sheet=DM3).pages) == 1
    with pytest.raises(BadInput):
        receipt.compose(money(), sheet=replace(DM3, lines=9))


NAMES = st.text("粽礼盒，（）()—“”①℃𠮷 ABab12-×,.《》é", max_size=200)
AMOUNTS = st.integers(0, 9 * 10**12)


@given(
    rows=st.lists(st.tuples(NAMES, NAMES, AMOUNTS, AMOUNTS), min_size=1, max_size=45),
    words=st.tuples(NAMES, NAMES, NAMES, NAMES),
    marks=st.tuples(st.booleans(), st.booleans(), st.integers(0, 12)),
    sheet=st.sampled_from([DM2, DM1, A4]),
)
@settings(max_examples=40, deadline=None)
def test_no_order_leaves_its_paper_and_its_pages_add_up(
    rows: list[tuple[str, str, int, int]],
    words: tuple[str, str, str, str],
    marks: tuple[bool, bool, int],
    sheet: Sheet,
) -> None:
    name, address, note, reason = words
    void, training, reprint = marks
    printing = imprint("DD1", void=void, training=training, reprint=reprint, reason=reason)
    lines = tuple(OrderFormLine("6901", n, s, "盒", "1", p, p, a) for n, s, p, a in rows)
    form = order(imprint=printing, customer_name=name, address=address, note=note, lines=lines)
    paper = order_form.compose(form, sheet=sheet)
    assert_fits(paper)
    text = outputs.text(paper)
    pages = re.findall(r"本页小计: (\d+)项  ￥([\d,.]+)", text)
    assert [int(count) for count, _ in pages] == [
        len(re.findall(r"(?m)^\| *\d+\|", "\n".join(page))) for page in paper.pages
    ]
    total = sum(int(amount.replace(",", "").replace(".", "")) for _, amount in pages)
    assert total == sum(a for *_, a in rows)
    assert len(re.findall("本单合计", text)) == len(re.findall("大写", text)) == 1


@given(NAMES, NAMES, NAMES, NAMES, AMOUNTS)
@settings(deadline=None)
def test_no_receipt_leaves_its_paper(
    payer: str, reference: str, reason: str, company: str, amount_fen: int
) -> None:
    made = replace(cash().imprint, reason=reason, company=company)
    form = replace(
        cash(),
        imprint=made,
        payer=payer,
        reference=reference,
        cash_reason=reason,
        amount_fen=amount_fen,
    )
    assert_fits(receipt.compose(form))
