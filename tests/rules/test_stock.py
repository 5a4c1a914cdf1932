"""Stock: what is there, what is a sample, what is promised, and whether the rest is enough."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.orders import rules as orders
from kac.desk.stock.rules import Supply, supply_confirmed

from .facts import order, supply

pieces = st.integers(0, 10**6)
supplies = st.builds(supply, wanted=pieces, on_hand=pieces, display=pieces, reserved=pieces)


def test_two_of_eighty_rice_cookers_are_samples_and_fifty_can_be_promised():
    """SC-01: 78 are available (RTL-REC-13, RTL-ORD-02, C-15)."""
    fifty = supply(wanted=50, on_hand=80, display=2)
    assert (fifty.available, fifty.short) == (78, 0)
    assert supply_confirmed("DD1", [fifty]).open


def test_a_display_sample_is_not_sold():
    """BLK-INT-01, C-15: of 12 with 2 on display, 12 cannot be had."""
    twelve = supply(wanted=12, on_hand=12, display=2)
    assert (twelve.available, twelve.short) == (10, 2)
    gate = supply_confirmed("DD1", [twelve])
    assert (gate.open, gate.rules) == (False, ("RTL-REC-14", "RTL-ORD-02", "BLK-INT-01"))
    assert gate.says == "电饭煲: 12 台 wanted, 10 available at DC, 2 short"
    assert gate.opened_by == ("gp_specialist", "purchasing")


@given(supplies)
def test_on_hand_is_what_is_available_and_on_display_and_promised_to_others(found):
    """C-15."""
    assert found.available + found.reserved + found.display == found.on_hand


@given(supplies, pieces)
def test_what_is_promised_to_this_order_itself_does_not_stand_in_its_way(found, held):
    """C-15: only what others were promised is taken off."""
    assert replace(found, held=held).short == found.short


@given(supplies)
def test_short_is_what_is_missing_and_never_less_than_nothing(found):
    """RTL-ORD-02."""
    had = min(found.wanted, max(found.available, 0))
    assert found.short == found.wanted - had
    assert supply_confirmed("DD1", [found]).open == (found.short == 0)


@given(st.lists(supplies, max_size=6))
def test_one_product_that_is_short_keeps_the_order_back_and_only_short_ones_are_named(found):
    """RTL-REC-14, RTL-ORD-02."""
    named = [replace(each, name=f"goods{n};") for n, each in enumerate(found)]
    gate = supply_confirmed("DD1", named)
    assert gate.open == (not any(each.short for each in named))
    for each in named:
        assert (each.name in gate.says) == bool(each.short)


@given(supplies, pieces, pieces)
def test_more_goods_or_fewer_wanted_never_make_an_order_short(found, more, fewer):
    better = replace(found, on_hand=found.on_hand + more, wanted=max(0, found.wanted - fewer))
    assert better.short <= found.short


def test_goods_that_are_weighed_are_told_in_kilograms():
    pork = Supply("P0139", "猪后腿肉", "公斤", 1000, "DC", 200_000, 150_500, 0, 0, 0)
    assert pork.says() == "猪后腿肉: 200 公斤 wanted, 150.5 available at DC, 49.5 short"


@pytest.mark.parametrize(("goods_left", "is_open"), [(False, False), (True, True)])
def test_once_the_goods_have_left_nobody_asks_for_stock_any_more(goods_left, is_open):
    """RTL-REC-14."""
    facts = order(supplies=(supply(wanted=50, on_hand=0, display=0),), goods_left=goods_left)
    assert orders.supply(facts).open == is_open


def test_an_order_that_is_only_being_written_has_no_number_to_check_the_stock_for():
    assert supply_confirmed("", [supply(wanted=99)]).command == ""
    assert supply_confirmed("DD1", [supply(wanted=99)]).command == "kac stock check DD1"
