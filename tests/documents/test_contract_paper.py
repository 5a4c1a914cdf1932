"""A contract on paper: whole on one page, as wide as its stock, and marked until it is approved."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from kac.documents import contract
from kac.documents.characters import width
from kac.documents.contract import COLUMNS, ContractPaper
from kac.documents.imprint import Imprint, Signature

IMPRINT = Imprint(
    company="榆江市佳和百货有限公司",
    number="HT20261120-0001",
    audit_code="42-9f3a01bc",
    printed_at=datetime(2026, 11, 20, 1, 5, tzinfo=UTC),
    printed_by="办事处",
)
PAPER = ContractPaper(
    imprint=IMPRINT,
    kind="sale",
    revision=2,
    on_day=date(2026, 11, 20),
    customer="KH0001",
    customer_name="宏达电器厂",
    uscc="914410056173842003",
    contact="周建平",
    phone="16800127701",
    address="榆江市新港区工业二路18号",
    amount_fen=300_000_05,
    from_day=date(2026, 12, 1),
    to_day=date(2027, 11, 30),
    terms="月结30天",
    service="按月供货",
    prices="零售价九折",
    mode="年度框架",
    rights="见第五、六条",
    prepared_by="办事处",
    signatures=(
        Signature("签署", "大客户管理部", "王敏", date(2026, 11, 20)),
        Signature("批准", "销售总监"),
    ),
    floor_price_fen=88_50,
    delivery_on=date(2027, 1, 15),
)


def lines(paper: ContractPaper) -> list[str]:
    (page,) = contract.compose(paper).pages
    return list(page)


def test_the_amount_stands_in_figures_and_in_capitals_with_the_floor_price():
    """DST-APP-04: the text states the settlement floor price."""
    text = "\n".join(lines(PAPER))
    for said in (
        "购 销 合 同",
        "￥300,000.05",
        "叁拾万元零伍分",
        "结算底价: ￥88.50",
        "2027-01-15",
    ):
        assert said in text
    assert "结算底价" not in "\n".join(lines(replace(PAPER, floor_price_fen=None)))


def test_who_signed_and_who_has_still_to_sign():
    """DST-AUT-05, DST-AUT-06."""
    text = "\n".join(lines(PAPER))
    assert "签署(大客户管理部): 王敏 2026-11-20" in text
    assert "批准(销售总监): ________" in text


def test_until_it_is_approved_and_filed_the_paper_says_that_it_is_not_to_be_executed():
    """DST-AUT-02, DST-AUT-07."""
    assert any("不得执行" in line for line in lines(PAPER))
    ready = replace(PAPER, ready=True, filing="备-2026-031")
    assert not any("不得执行" in line for line in lines(ready))
    assert any("备案: 备-2026-031" in line for line in lines(ready))


texts = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF), max_size=200)


@given(st.tuples(texts, texts, texts, texts, texts), texts.map(lambda text: text[:80]))
def test_whatever_is_agreed_fits_one_page_of_its_stock(articles, name):
    names = ("terms", "service", "prices", "mode", "rights")
    paper = replace(PAPER, customer_name=name, **dict(zip(names, articles, strict=True)))
    assert all(width(line) <= COLUMNS for line in lines(paper))
