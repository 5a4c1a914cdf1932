"""No way leads round a signature: what lowers a price or raises exposure shuts the gate again.

WAYS is the table of every path that can do either, from whatever signed state it sets out. Each is
driven once; then its gates are shut, each command that would take the document on is refused, and
nothing has left the house, neither goods nor money.

RTL-REC-17, RTL-ORD-04, RTL-DSC-03..06, RTL-PRI-02, RTL-PRI-03, RTL-CTL-01..06, RTL-MTH-03,
RTL-DEP-06, RTL-SHT-03, FLW-QUO-03, BLK-ESC-06, DST-AUT-01..10, GPA-COL-02, C-08, C-09, C-20, C-23,
A-30, A-56, A-57, A-59, A-60.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from kac.core.errors import Exit
from tests.conftest import contents

ORDER, NEXT = "DD20261120-0040", "DD20261120-0041"
REQUEST = "SP20261120-0001"
QUOTE, INQUIRY = "BJ20261120-0001", "XJ20261120-0001"
CONTRACT, REBATE, MONEY = "HT20261120-0001", "FL20261120-0001", "SK20261120-0001"
RETURN = "TH20261120-0001"

# States to set out from: who types what. Ten air fryers at 188.00 are a margin of 9.04 %.
_ALL_SIGN = tuple(
    f"{who}: approval ok {REQUEST}"
    for who in ("purchasing_manager", "merchant_manager", "operations_manager")
)
_ASKED = ("gp_specialist: order new -c KH0002 -l P0006:10@188 --need-by +7d --submit",)
_SIGNED = (*_ASKED, *_ALL_SIGN)
_REVIEWED = (*_SIGNED, f"merchant_supervisor: order review {ORDER}")
_PRINTED = (*_REVIEWED, f"gp_specialist: order print {ORDER} -q")
_PAID = (
    *_PRINTED,
    f"finance_cashier: payment record {ORDER} --amount 1880 --ref R1",
    "finance_cashier: payment print R1 -q",
    "finance: payment verify R1",
)
_DELIVERED = (
    *_PAID,
    f"distribution_center: dispatch new {ORDER}",
    f"distribution_center: dispatch print {ORDER} -q",
    f"distribution_center: dispatch count {ORDER} 1:10",
    f"merchant_staff: dispatch count {ORDER} 1:10",
    f"distribution_center: dispatch load {ORDER} --truck 粤S12345 --driver 张师傅",
    f"driver: dispatch sign {ORDER} --by 李主任",
)
_SHORT = (*_PAID, "distribution_center: stock count P0006:6 --reason 破损")
_COLLECTED = tuple(
    f"gp_specialist: order collect {ORDER} --copy {copy}"
    for copy in ("merchant_dept", "distribution_center", "customer")
)
_QUOTED = (
    "regional_supervisor: quote new -c KH0001 -l P0001:50@260 --need-by +7d --send",
    f"operations_manager: approval ok {QUOTE}",
    f"purchasing_manager: approval ok {QUOTE}",
)
_FROM_QUOTE = (
    *_QUOTED,
    f"gp_specialist: quote to-order {QUOTE}",
    f"gp_specialist: order submit {ORDER}",
    f"purchasing: approval ok {ORDER}",
    f"merchant_manager: approval ok {ORDER}",
    f"merchant_supervisor: order review {ORDER}",
)
_LIMIT = (
    "merchant_staff: credit set KH0001 --limit {} --until 2027-05-31 --investigated-by finance"
    " --document 资信调查表"
)
_LETTER = (
    f"gp_specialist: credit letter {ORDER} --guarantor gp_specialist --amount {{}}"
    " --due 2026-12-20 --document 担保书031"
)
_ON_CREDIT = (
    _LIMIT.format(15000),
    "deputy_general_manager: approval ok ED20261120-0001",
    "gp_specialist: order new -c KH0001 -l P0001:50 --need-by +7d --payment credit --submit",
    _LETTER.format(13400),
    f"merchant_supervisor: order review {ORDER}",
)
_FRAME = (
    "--from 2026-11-01 --to 2027-10-31 --terms 月结 --service 家电 --prices 零售价 --mode 月结供货"
    " --rights 见附件3"
)
_MONTHLY = (
    f"merchant_staff: contract add KH0001 --kind supply --amount 600000 {_FRAME}"
    " --statement-day 25 --due-day 10",
    f"finance_cashier: security record {CONTRACT} --amount 50000 --ref B1",
    "finance: security verify BZ20261120-0001",
    f"merchant_staff: contract submit {CONTRACT}",
    f"merchant_manager: approval ok {CONTRACT}",
    f"merchant_staff: contract file {CONTRACT} --reference 招商-07",
    f"merchant_staff: contract execute {CONTRACT}",
    "gp_specialist: order new -c KH0001 -l P0001:50 --need-by +7d --payment monthly --submit",
    f"merchant_supervisor: order review {ORDER}",
    f"gp_specialist: order print {ORDER} -q",
)
_AGREED = (
    f"sales_office: contract add KH0001 --amount 150000 {_FRAME} --floor-price 88.50",
    f"sales_office: contract submit {CONTRACT}",
    f"ka_department: approval ok {CONTRACT}",
    f"deputy_sales_director: approval ok {CONTRACT}",
)
_DEPUTY = (
    *_ASKED,
    "merchant_manager: approval delegate --to regional_supervisor --scope order --cap 1900"
    " --until +7d --doc 授权书7",
)
_WAIVED = (
    *_REVIEWED,
    f"gp_specialist: deposit waive {ORDER} --short 10 --reason 老客户",
    "merchant_manager: approval ok SP20261120-0002",
)
_RELEASED = (
    "customer_service: inquiry new -c KH0001 --need 福利 --line P0001:5 --explained"
    " --wants discount",
    f"duty_manager: inquiry release {INQUIRY}",
)

# What would take an order on, whoever may do it; after a change it is reviewed anew first.
_FORM = (f"gp_specialist: order print {ORDER}",)
_SLIP = (f"distribution_center: dispatch new {ORDER}",)
_MONEY = (
    f"finance_cashier: payment record {ORDER} --amount 5000 --ref R9",
    f"finance_cashier: deposit record {ORDER} --amount 5000 --ref R9",
)
_ANEW = f"merchant_supervisor: order review {ORDER}"
_ON = (*_FORM, *_MONEY, *_SLIP)
_SUCCESSOR = tuple(words.replace(ORDER, NEXT) for words in (*_FORM, *_SLIP))
_TIER = ("margin_tier_signed",)
_PRICES = ("discount_checked", "concession_granted", *_TIER)


@dataclass(frozen=True)
class Way:
    """A path: where it sets out, what is typed, the gates shut then, and what is refused."""

    start: tuple[str, ...]
    steps: tuple[str, ...]
    shut: tuple[str, ...]
    refused: tuple[str, ...]
    subject: str = ORDER


def edit(change: str, start: tuple[str, ...] = _REVIEWED, shut: tuple[str, ...] = _PRICES) -> Way:
    """A change of an order, which is then reviewed anew, as if that were enough."""
    return Way(start, (f"gp_specialist: order edit {ORDER} {change}", _ANEW), shut, _ON)


WAYS = {
    # A line is changed.
    "a lower price of the same tier": edit("-l P0006:10@187.99"),
    "a price of the next tier": edit("-l P0006:10@180"),
    "more of the same": edit("-l P0006:11@188"),
    "other goods at a discount": edit("-l P0001:1@260"),
    "other goods at list price": edit("-l P0004:1"),
    "a gift": edit("--gift P0005:1"),
    "a line taken out and put in again": edit("--remove 1 -l P0001:1 -l P0006:10@187.5"),
    "the goods that carried the margin taken out": edit(
        "--remove 2",
        start=(
            "gp_specialist: order new -c KH0002 -l P0006:10@188 -l P0001:5 --need-by +7d --submit",
            *_ALL_SIGN,
        ),
    ),
    "a change by the hand that signs": Way(
        _REVIEWED,
        (f"merchant_manager: order edit {ORDER} -l P0006:10@187", _ANEW),
        _PRICES,
        (*_ON, "merchant_manager: approval ok SP20261120-0002"),
    ),
    "a signature for one version, used for the next": Way(
        _ASKED,
        (
            *_ALL_SIGN[:2],
            f"gp_specialist: order edit {ORDER} -l P0006:10@187",
        ),
        (*_TIER, "reviewed"),
        (f"operations_manager: approval ok {REQUEST}", *_ON),
    ),
    # Terms are changed.
    "goods before money": Way(
        _SIGNED,
        (f"gp_specialist: order edit {ORDER} --payment credit",),
        ("guaranteed", "credit_covers"),
        (f"merchant_supervisor: order review {ORDER}", *_SLIP),
    ),
    "goods before money, by the month": Way(
        _SIGNED,
        (f"gp_specialist: order edit {ORDER} --payment monthly",),
        ("contract_covers",),
        (f"merchant_supervisor: order review {ORDER}", *_SLIP),
    ),
    # The form is out.
    "a printed form": Way(
        _PRINTED,
        (),
        ("paid_in_full",),
        (f"gp_specialist: order edit {ORDER} -l P0006:10@150", *_SLIP),
    ),
    "the same order written anew": Way(
        _PRINTED,
        (
            f"merchant_supervisor: order void {ORDER} --reason 重开",
            "gp_specialist: order new -c KH0002 -l P0006:10@188 --need-by +7d --submit",
            f"merchant_supervisor: order review {NEXT}",
        ),
        _PRICES,
        (f"operations_manager: approval ok {REQUEST}", *_SUCCESSOR),
        NEXT,
    ),
    "a void form taken up again": Way(
        _SIGNED,
        (f"merchant_supervisor: order void {ORDER} --reason 不要了",),
        (),
        (
            f"gp_specialist: order submit {ORDER}",
            f"gp_specialist: order edit {ORDER} -l P0006:1@188",
            f"merchant_supervisor: order review {ORDER}",
            *_ON,
        ),
    ),
    # Paid, and goods are short.
    "other goods in place of those ordered": Way(
        _SHORT,
        (
            f"merchant_supervisor: order substitute {ORDER} -l P0006:5@185 --reason 换 --refund",
            *_COLLECTED,
            f"merchant_supervisor: order review {NEXT}",
        ),
        _PRICES,
        _SUCCESSOR,
        NEXT,
    ),
    "a part now and the rest back": Way(
        _SHORT,
        (
            f"merchant_supervisor: order cut {ORDER} --refund --reason 不等",
            *_COLLECTED,
            f"merchant_supervisor: order review {NEXT}",
        ),
        _PRICES,
        (*_SUCCESSOR, "finance_cashier: refund pay TK20261120-0001"),
        NEXT,
    ),
    "a part now and the rest later": Way(
        _SHORT,
        (
            f"merchant_supervisor: order split {ORDER} --until 2026-12-20 --reason 缺货",
            *_COLLECTED,
            f"merchant_supervisor: order review {NEXT}",
            "merchant_supervisor: order review DD20261120-0042",
        ),
        _PRICES,
        (
            *_SUCCESSOR,
            *(words.replace(NEXT, "DD20261120-0042") for words in _SUCCESSOR),
        ),
        NEXT,
    ),
    "goods that come later": Way(
        _SHORT,
        (f"gp_specialist: order postpone {ORDER} --until 2026-12-20 --reason 等货",),
        ("arrival_promised",),
        (*_SLIP, f"gp_specialist: order edit {ORDER} -l P0006:10@180"),
    ),
    # Goods that come back.
    "a return nobody has granted": Way(
        _DELIVERED,
        (f"gp_specialist: return new {ORDER} 1:2 --reason 坏",),
        ("return_approved",),
        (
            f"distribution_center: return receive {RETURN} 1:2",
            f"finance: return settle {RETURN}",
            f"gp_specialist: approval ok {RETURN}",
        ),
        RETURN,
    ),
    "other goods in exchange, at a low price": Way(
        _DELIVERED,
        (
            f"gp_specialist: return exchange {ORDER} 1:2 --for P0001:1@225 --need-by +5d"
            " --reason 换",
            f"merchant_supervisor: order review {NEXT}",
        ),
        ("discount_checked", "concession_granted", *_TIER),
        _SUCCESSOR,
        NEXT,
    ),
    # A slip.
    "more on the slip than on the form": Way(
        _PAID,
        (f"distribution_center: dispatch new {ORDER}",),
        ("counted", "loaded"),
        (
            f"distribution_center: dispatch new {ORDER} -l P0006:1",
            f"distribution_center: dispatch load {ORDER} --truck 粤S12345 --driver 张师傅",
        ),
    ),
    "a part on a slip before the money": Way(
        _PRINTED,
        (),
        ("paid_in_full",),
        (f"distribution_center: dispatch new {ORDER} -l P0006:1",),
    ),
    # Files.
    "an order out of a file": Way(
        _REVIEWED,
        (
            "importer: import orders orders.csv",
            f"gp_specialist: order submit {NEXT}",
            f"merchant_supervisor: order review {NEXT}",
        ),
        _TIER,
        _SUCCESSOR,
        NEXT,
    ),
    "the same order again out of a file, cheaper": Way(
        (
            "importer: import orders orders.csv",
            f"gp_specialist: order submit {ORDER}",
            f"purchasing_manager: approval ok {ORDER}",
        ),
        (f"merchant_supervisor: order review {ORDER}",),
        _TIER,
        ("importer: import orders cheaper.csv", *_ON),
    ),
    "a cost out of a file, before anybody confirmed it": Way(
        _ASKED,
        ("purchasing: import products products.csv",),
        _TIER,
        (*_FORM, *_SLIP, "purchasing: price confirm 1"),
    ),
    # The price list.
    "a cost of one's own": Way(
        _ASKED,
        ("purchasing_manager: price propose P0006 --cost 1 --reason 试",),
        _TIER,
        (*_FORM, *_SLIP, "purchasing_manager: price confirm 1"),
    ),
    "a lower list price, so that nothing is a discount": Way(
        _REVIEWED,
        (
            "finance: price propose P0006 --list-price 187 --reason 调价",
            "purchasing_manager: price confirm 1",
            f"gp_specialist: order edit {ORDER} -l P0006:10@187",
            _ANEW,
        ),
        _TIER,
        _ON,
    ),
    "a higher cost after all have signed": Way(
        _REVIEWED,
        (
            "finance: price propose P0006 --cost 185 --reason 涨价",
            "purchasing_manager: price confirm 1",
            f"gp_specialist: order edit {ORDER} -l P0006:10@188",
            _ANEW,
        ),
        _TIER,
        _ON,
    ),
    # Money back.
    "a rebate": Way(
        _PAID,
        (f"gp_specialist: rebate propose {ORDER} --rate 5",),
        ("rebate_approved", *_TIER),
        (
            f"finance_cashier: rebate pay {REBATE}",
            f"gp_specialist: rebate propose {ORDER} --rate 1",
        ),
        REBATE,
    ),
    "a rebate that leaves less than cost": Way(
        _PAID, (), (), (f"gp_specialist: rebate propose {ORDER} --rate 10",)
    ),
    "a rebate of the hand that signs": Way(
        _PAID,
        (f"merchant_manager: rebate propose {ORDER} --rate 5",),
        ("rebate_approved", *_TIER),
        (f"merchant_manager: approval ok {REBATE}", f"finance_cashier: rebate pay {REBATE}"),
        REBATE,
    ),
    # The deposit, and money that is taken away again.
    "a waiver, and an order that grows": edit(
        "-l P0006:11@188", start=_WAIVED, shut=("deposit_met", *_TIER)
    ),
    "a waiver nobody has signed": Way(
        _REVIEWED,
        (f"gp_specialist: deposit waive {ORDER} --short 10 --reason 老客户",),
        ("deposit_met",),
        (f"finance_cashier: deposit record {ORDER} --amount 554 --ref R1", *_SLIP),
    ),
    "a waiver of the hand that signs": Way(
        _REVIEWED,
        (f"merchant_manager: deposit waive {ORDER} --short 10 --reason 老客户",),
        ("deposit_met",),
        (
            "merchant_manager: approval ok SP20261120-0002",
            f"finance_cashier: deposit record {ORDER} --amount 554 --ref R1",
        ),
    ),
    "money for another order": Way(
        _PAID,
        (f"finance_cashier: payment unallocate {MONEY} {ORDER} --reason 记错",),
        ("paid_in_full",),
        _SLIP,
    ),
    "money that was never there": Way(
        _PAID, (f"finance: payment reverse {MONEY} --reason 退票",), ("paid_in_full",), _SLIP
    ),
    # Goods before money.
    "more on credit than the letter says": Way(
        _ON_CREDIT,
        (f"gp_specialist: order edit {ORDER} -l P0001:55", _ANEW),
        ("guaranteed",),
        _SLIP,
    ),
    "more on credit than the limit": Way(
        _ON_CREDIT,
        (f"gp_specialist: order edit {ORDER} -l P0001:60", _LETTER.format(16080)),
        ("credit_covers",),
        (_ANEW, *_SLIP),
    ),
    "another order on the same limit": Way(
        _ON_CREDIT,
        (
            "gp_specialist: order new -c KH0001 -l P0001:10 --need-by +7d --payment credit"
            " --submit",
            _LETTER.format(2680).replace(ORDER, NEXT),
        ),
        ("credit_covers",),
        (f"merchant_supervisor: order review {NEXT}", *_SUCCESSOR[1:]),
        NEXT,
    ),
    "a limit nobody has signed": Way(
        _ON_CREDIT,
        (
            f"gp_specialist: order edit {ORDER} -l P0001:60",
            _LETTER.format(16080),
            _LIMIT.format(20000),
        ),
        ("credit_covers",),
        (_ANEW, *_SLIP, "merchant_staff: approval ok ED20261120-0002"),
    ),
    "a limit that was lowered": Way(
        _ON_CREDIT,
        (_LIMIT.format(10000), "deputy_general_manager: approval ok ED20261120-0002"),
        ("credit_covers",),
        _SLIP,
    ),
    "a month's orders above the security": Way(
        _MONTHLY,
        (
            "gp_specialist: order new -c KH0001 -l P0004:50@760 --need-by +2d --payment monthly"
            " --submit",
            f"merchant_supervisor: order review {NEXT}",
            f"gp_specialist: order print {NEXT} -q",
            f"distribution_center: dispatch new {ORDER}",
        ),
        ("month_covered",),
        _SUCCESSOR[1:],
        NEXT,
    ),
    "a security given back under an order": Way(
        _MONTHLY,
        (f"merchant_staff: contract close {CONTRACT} --reason 到此为止",),
        ("contract_covers",),
        _SLIP,
    ),
    # Quotations and inquiries.
    "a quotation changed after its review": Way(
        _QUOTED,
        (f"regional_supervisor: quote edit {QUOTE} -l P0001:50@255",),
        ("quotation_reviewed",),
        (f"gp_specialist: quote to-order {QUOTE}", f"gp_specialist: quote print {QUOTE}"),
        QUOTE,
    ),
    "a quotation changed after its order": Way(
        _FROM_QUOTE,
        (f"regional_supervisor: quote edit {QUOTE} -l P0001:50@255",),
        ("quotation_reviewed",),
        (*_FORM, *_MONEY, *_SLIP),
    ),
    "an order below the prices of its quotation": Way(
        _FROM_QUOTE,
        (f"gp_specialist: order edit {ORDER} -l P0001:50@255", _ANEW),
        ("discount_checked", "concession_granted"),
        _ON,
    ),
    "a second order of one quotation": Way(
        _FROM_QUOTE,
        (),
        (),
        (f"gp_specialist: quote to-order {QUOTE}",),
    ),
    "a wish added after the release": Way(
        _RELEASED,
        (f"gp_specialist: inquiry edit {INQUIRY} --wants pay_later",),
        ("escalation_released",),
        (f"regional_supervisor: quote new -c KH0001 --inquiry {INQUIRY}",),
        INQUIRY,
    ),
    "a competitor found out after the release": Way(
        _RELEASED,
        (f"gp_specialist: inquiry edit {INQUIRY} --wants resale",),
        ("resale_released",),
        (f"regional_supervisor: quote new -c KH0001 --inquiry {INQUIRY}",),
        INQUIRY,
    ),
    # Contracts.
    "a contract that grows": Way(
        _AGREED,
        (f"sales_office: contract edit {CONTRACT} --amount 150000.01",),
        ("contract_signed", "contract_approved"),
        (f"sales_office: contract execute {CONTRACT}",),
        CONTRACT,
    ),
    "a lower floor price": Way(
        _AGREED,
        (f"sales_office: contract edit {CONTRACT} --floor-price 88.49",),
        ("contract_signed", "contract_approved"),
        (f"sales_office: contract execute {CONTRACT}",),
        CONTRACT,
    ),
    "a contract under way that grows": Way(
        (*_AGREED, f"sales_office: contract execute {CONTRACT}"),
        (f"sales_office: contract edit {CONTRACT} --amount 300000",),
        ("contract_signed", "contract_approved"),
        (
            f"sales_office: contract execute {CONTRACT}",
            f"sales_director: approval ok {CONTRACT}",
        ),
        CONTRACT,
    ),
    # Deputies.
    "an order above a deputy's cap": Way(
        _DEPUTY,
        (f"gp_specialist: order edit {ORDER} -l P0006:11@188",),
        _PRICES,
        (f"regional_supervisor: approval ok {ORDER}", *_FORM, *_SLIP),
    ),
    "a deputy's signature, and an order above the cap": Way(
        (*_DEPUTY, f"regional_supervisor: approval ok {ORDER}"),
        (f"gp_specialist: order edit {ORDER} -l P0006:11@188",),
        _PRICES,
        (f"regional_supervisor: approval ok {ORDER}", *_FORM, *_SLIP),
    ),
    "a deputy whose delegation was taken back": Way(
        _DEPUTY,
        ("merchant_manager: approval undelegate WT20261120-0001 --reason 返岗",),
        _PRICES,
        (f"regional_supervisor: approval ok {ORDER}",),
    ),
    "a deputy of a deputy": Way(
        _DEPUTY,
        (),
        _PRICES,
        (
            "regional_supervisor: approval delegate --to manager --scope order --cap 1900"
            " --until +7d --doc 授权书8",
            f"manager: approval ok {ORDER}",
        ),
    ),
    "a maker with an office": Way(
        _ASKED,
        ("administrator: staff grant gp_specialist --role merchant_manager",),
        _PRICES,
        (f"gp_specialist: approval ok {ORDER}", *_FORM, *_SLIP),
    ),
    "one hand for three offices": Way(
        _ASKED,
        (
            "administrator: staff grant operations_manager --role merchant_manager --role"
            " purchasing_manager",
            f"operations_manager: approval ok {ORDER}",
        ),
        _TIER,
        (f"operations_manager: approval ok {ORDER}", *_FORM, *_SLIP),
    ),
    # The counter itself.
    "a refusal undone by who gave it": Way(
        (*_ASKED, f"operations_manager: approval reject {REQUEST} --reason 太低"),
        (),
        ("not_rejected",),
        (
            "operations_manager: undo --yes",
            f"purchasing_manager: approval ok {REQUEST}",
            *_FORM,
            *_SLIP,
        ),
    ),
    "an old signature sent once more": Way(
        (*_ASKED, f"{_ALL_SIGN[0]} --request-id again"),
        (
            f"{_ALL_SIGN[0]} --request-id again",
            f"gp_specialist: order edit {ORDER} -l P0006:10@180",
        ),
        (*_TIER, "discount_checked"),
        (f"{_ALL_SIGN[0]} --request-id third", *_FORM, *_SLIP),
    ),
}


FILES = {
    "orders.csv": "外部单号,客户编码,要货日期,商品编码,数量,成交价\nX-1,KH0002,+7d,P0006,5,188\n",
    "cheaper.csv": "外部单号,客户编码,要货日期,商品编码,数量,成交价\nX-1,KH0002,+7d,P0006,5,172\n",
}


# Refused by a rule, not permitted, a bad file: nothing is written.
NO = (Exit.REFUSED, Exit.NOT_PERMITTED, Exit.BAD_INPUT)


@pytest.fixture
def counter(desk, monkeypatch):
    """A desk with the files that some ways go by; `typed` types a step of the table."""
    monkeypatch.chdir(desk.home)
    [row] = desk.sql("SELECT barcode, name, spec, category, unit FROM product WHERE code = 'P0006'")
    barcode, name, spec, category, unit = row
    goods = (
        "商品编码,条码,品名,规格,类别,生鲜,大小件,单位,计量,进价,零售价\n"
        f"P0006,{barcode},{name},{spec},{category},否,小件,{unit},计件,100.00,199.00\n"
    )
    for file, text in {**FILES, "products.csv": goods}.items():
        (desk.home / file).write_text(text, "utf-8")
    return desk


def split(step: str) -> tuple[str, str]:
    who, _colon, words = step.partition(": ")
    return who, words


def type_all(desk, steps: tuple[str, ...]) -> None:
    for step in steps:
        who, words = split(step)
        desk.ok(words, as_=who)


def gone(desk) -> list[tuple[int, ...]]:
    """What has left the house: goods on vehicles, rebates and refunds paid, returns settled."""
    return desk.sql(
        "SELECT (SELECT count(*) FROM dispatch WHERE loaded_on IS NOT NULL),"
        " (SELECT count(*) FROM rebate WHERE state = 'paid'),"
        " (SELECT count(*) FROM refund WHERE state = 'paid'),"
        " (SELECT count(*) FROM goods_return WHERE state = 'settled')"
    )


def shut(desk, subject: str) -> set[str]:
    """The gates of a document that are shut, as it is explained."""
    told = desk.ok(f"explain {subject} --json").json
    return {gate["gate"] for gate in told["closed"]}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_no_way_leads_around_a_signature(counter, way: Way) -> None:
    """Each path, from a signed state: its gates shut, every way on is refused, nothing is gone."""
    type_all(counter, way.start)
    before_it = gone(counter)
    type_all(counter, way.steps)
    assert set(way.shut) <= shut(counter, way.subject)
    for step in way.refused:
        who, words = split(step)
        before = contents(counter.ledger)
        result = counter.run(words, as_=who)
        assert result.exit in NO, f"{step}\n{result.out}{result.err}"
        assert contents(counter.ledger) == before, f"{step}: refused, and yet something was written"
    assert gone(counter) == before_it


@pytest.mark.parametrize("change", ["-l P0006:9@188", "-l P0006:10@188 --need-by +9d"])
def test_an_edit_that_lowers_risk_does_not_ask_twice(counter, change) -> None:
    """C-08: who signed for more is not asked again for less."""
    type_all(counter, _REVIEWED)
    counter.ok(f"order edit {ORDER} {change}", as_="gp_specialist")
    assert not shut(counter, ORDER) & set(_PRICES)


def test_a_waiver_covers_less_than_it_was_signed_for_and_lapses_for_more(counter) -> None:
    """RTL-DEP-06, A-60: and then its request is void too."""
    type_all(counter, _WAIVED)
    counter.ok(f"order edit {ORDER} -l P0006:9@188", as_="gp_specialist")
    assert counter.ok(f"deposit quote {ORDER} --json").json["waived"] == "10.00"
    counter.ok(f"order edit {ORDER} -l P0006:10@188", as_="gp_specialist")
    assert counter.ok(f"deposit quote {ORDER} --json").json["waived"] == "10.00"
    counter.ok(f"order edit {ORDER} -l P0006:11@188", as_="gp_specialist")
    assert counter.ok(f"deposit quote {ORDER} --json").json["waived"] == "0.00"
    shown = counter.ok("approval show JM20261120-0001 --json").json
    assert shown["state"] == "superseded"
