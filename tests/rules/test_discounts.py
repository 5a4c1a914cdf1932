"""The table of discounts: five factors, the first row that fits, none or a graded discount.

RTL-DSC-01, RTL-DSC-02, A-67.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.discounts.policy import DiscountPolicy, DiscountRow
from kac.desk.discounts.rules import (
    Goods,
    discount_in_table,
    lowest_price,
    row_of,
    too_deep,
)
from kac.desk.policies.rules import faults

from .facts import RETAIL

# 60 air fryers that list for 199.00 and cost 171.00 (14.07 %).
FRYERS = Goods(1, "空气炸锅", "小家电", "other", 60, 1, 199_00, 199_00, 171_00)
MAY = ("gp_specialist",)
ANY = DiscountRow("一般", 500)


def shut(price_fen: int, *rows: DiscountRow) -> bool:
    [gate] = discount_in_table("DD1", [replace(FRYERS, unit_price_fen=price_fen)], rows, MAY)
    return not gate.open


def test_without_a_table_nothing_is_limited_and_no_checklist_speaks_of_it():
    """A-67: the source names factors and no figures."""
    assert RETAIL.section("discounts", DiscountPolicy).rows() == ()
    assert discount_in_table("DD1", [replace(FRYERS, unit_price_fen=1)], (), MAY) == []


def test_goods_that_the_table_gives_no_discount_are_sold_at_list_price():
    """RTL-DSC-01: not one fen less."""
    none = DiscountRow("生鲜不折", 0, categories=("小家电",))
    assert not shut(199_00, none)
    assert shut(198_99, none)


def test_a_graded_discount_is_as_deep_as_its_row_and_no_deeper():
    """RTL-DSC-02: 5 % off 199.00 is 189.05."""
    assert lowest_price(199_00, ANY).plain() == "189.05"
    assert not shut(189_05, ANY)
    [gate] = discount_in_table("DD1", [replace(FRYERS, unit_price_fen=189_04)], [ANY], MAY)
    assert (gate.open, gate.rules, gate.opened_by) == (False, ("RTL-DSC-01", "RTL-DSC-02"), MAY)
    assert "189.04" in gate.says and "189.05" in gate.says and "一般" in gate.says


@pytest.mark.parametrize(
    ("bounds", "fits"),
    [
        ({"categories": ("小家电", "日化")}, True),
        ({"categories": ("生鲜",)}, False),
        ({"relations": ("long_term",)}, False),
        ({"relations": ("long_term", "other")}, True),
        ({"from_fen": 11_940_00}, True),
        ({"from_fen": 11_940_01}, False),
        ({"to_fen": 11_940_00}, False),
        ({"to_fen": 11_940_01}, True),
        ({"from_margin_bp": 1407}, True),
        ({"from_margin_bp": 1408}, False),
        ({"to_margin_bp": 1407}, False),
        ({"from_units": 60}, True),
        ({"from_units": 61}, False),
        ({"to_units": 60}, False),
    ],
)
def test_each_of_the_five_factors_decides_by_half_open_bands(bounds, fits):
    """RTL-DSC-01: amount, margin, category, quantity, relation of the customer."""
    assert (row_of(FRYERS, [DiscountRow("x", 500, **bounds)]) is not None) == fits


def test_the_first_row_that_fits_decides_and_of_other_goods_the_table_is_silent():
    """RTL-DSC-02: so many units are given more, everything else of the category less."""
    rows = [
        DiscountRow("大批量", 800, ("小家电",), from_units=50),
        DiscountRow("小家电", 200, ("小家电",)),
    ]
    assert row_of(FRYERS, rows) == rows[0]
    assert row_of(replace(FRYERS, quantity=49), rows) == rows[1]
    assert row_of(replace(FRYERS, category="日化"), rows) is None


def test_weighed_goods_are_counted_in_selling_units():
    """RTL-DSC-02: 12.5 kg are twelve and a half units."""
    pork = replace(FRYERS, quantity=12_500, scale=1000, list_price_fen=26_00)
    assert row_of(pork, [DiscountRow("x", 0, from_units=12, to_units=13)])
    assert not row_of(pork, [DiscountRow("x", 0, from_units=13)])
    assert row_of(pork, [DiscountRow("x", 0, from_fen=325_00, to_fen=325_01)])


@given(st.integers(1, 10**9), st.integers(0, 10_000))
def test_the_lowest_price_told_is_the_lowest_that_passes(list_price_fen, highest_bp):
    """RTL-DSC-02."""
    row = DiscountRow("x", highest_bp)
    lowest = lowest_price(list_price_fen, row).fen
    line = replace(FRYERS, list_price_fen=list_price_fen)
    assert not too_deep(replace(line, unit_price_fen=lowest), row)
    assert too_deep(replace(line, unit_price_fen=lowest - 1), row)


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ({"id": "a", "highest_bp": 10_001}, "discounts.table[0].highest_bp"),
        ({"id": "a", "highest_bp": 1, "relations": ["friend"]}, "discounts.table[0].relations"),
        ({"id": "a", "highest_bp": 1, "from_fen": 5, "to_fen": 5}, "discounts.table[0].to_fen"),
        ({"id": "a", "highest_bp": 1, "to_units": 0}, "discounts.table[0].to_units"),
        ({"id": "a"}, "discounts.table[0].highest_bp"),
        ({"id": "a", "highest_bp": 1, "price": 3}, "discounts.table[0].price"),
    ],
)
def test_a_table_that_cannot_be_meant_is_told_by_its_key(row, key):
    """RTL-DSC-02: before it is in force."""
    body = {**RETAIL.body, "discounts": {"table": [row]}}
    verbs = frozenset(RETAIL.body["verb"])
    assert key in {fault.key for fault in faults(body, verbs)}
