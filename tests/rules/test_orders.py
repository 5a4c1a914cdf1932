"""Orders: what their lines come to, how they change, and the gates up to the printed form."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.core.money import LARGEST_FEN
from kac.desk.lines.rules import changed, numbered, odd_prices, wanted
from kac.desk.orders.rules import (
    form_printed,
    need_by_ahead,
    no_riskier,
    photocopied,
    reviewed,
    route,
    submitted,
    tier,
    to_submit,
    unpaid,
    unprinted,
)

from .facts import (
    HONGDA,
    MAY,
    ORDER_COPIES,
    POLICIES,
    TODAY,
    copies,
    goods,
    lines_of,
    order,
    shut,
    supply,
)

MOST = POLICIES.order.most_lines
products = st.integers(1, 6)
drafts = st.builds(
    lambda product, quantity, given_away: goods(
        10_00 * product, 5_00, quantity, product=product, gift=given_away
    ),
    products,
    st.integers(1, 99),
    st.booleans(),
)
bodies = st.lists(drafts, min_size=1, max_size=8).map(lambda lines: numbered(lines, MOST))
single = bodies.map(
    lambda lines: numbered(list({line.goods: line for line in lines}.values()), MOST)
)


# What lines come to


def test_fifty_rice_cookers_at_268_00_are_13400_00():
    """SC-01."""
    assert order().total_fen == 13_400_00


def test_two_hundred_kilograms_of_pork_and_a_hundred_bags_of_rice():
    """SC-03: 5,200.00 of 11,200.00 is fresh food."""
    pork = goods(26_00, 20_00, 200_000, scale=1000, fresh=True)
    facts = order(pork, goods(60_00, 50_00, 100))
    assert (facts.total_fen, facts.fresh_fen) == (11_200_00, 5_200_00)


def test_a_gift_costs_the_customer_nothing():
    """RTL-REC-15."""
    assert order(goods(), goods(30_00, 20_00, 9, gift=True)).total_fen == order().total_fen


@given(bodies)
def test_every_unit_that_any_line_wants_is_wanted_of_the_stock(lines):
    """RTL-ORD-02: gifts too leave the stock."""
    found = wanted(lines)
    assert sum(found.values()) == sum(line.quantity for line in lines)
    assert found.keys() == {line.product_id for line in lines}
    assert wanted(lines[::-1]) == found


def test_a_price_above_the_list_is_pointed_out_and_not_forbidden():
    high = goods(270_00, list_price_fen=268_00)
    assert odd_prices([high, goods()]) == ("line 1 电饭煲: 270.00 is above the list price 268.00",)


# Lines of a form


@given(bodies)
def test_lines_are_numbered_from_one_without_gaps(lines):
    assert [line.line for line in numbered(lines[::-1], MOST)] == [*range(1, len(lines) + 1)]


def test_an_order_without_lines_is_no_order():
    """RTL-REC-14."""
    with pytest.raises(BadInput) as refused:
        numbered([], MOST)
    assert (refused.value.code, refused.value.rules) == ("E-ORD-001", ("RTL-REC-14",))


def test_a_form_holds_as_many_lines_as_the_policy_says_and_no_more():
    assert len(numbered([goods()] * MOST, MOST)) == MOST
    with pytest.raises(BadInput) as refused:
        numbered([goods()] * (MOST + 1), MOST)
    assert refused.value.code == "E-ORD-002"


def test_a_total_too_large_to_be_meant_is_refused():
    with pytest.raises(BadInput) as refused:
        numbered([goods(LARGEST_FEN - 1, 1, 1), goods(1, 1, 1)], MOST)
    assert refused.value.code == "E-ORD-005"
    assert numbered([goods(LARGEST_FEN - 1, 1, 1)], MOST)


# Changes


@given(single, st.lists(drafts, max_size=4), st.data())
def test_a_change_replaces_what_is_named_keeps_the_rest_and_loses_nothing(lines, put, data):
    """RTL-REC-17: the new version holds what was typed and what was not touched, no more."""
    remove = data.draw(st.lists(st.sampled_from([line.line for line in lines]), unique=True))
    kept = [line for line in lines if line.line not in remove]
    assume(kept or put)
    after = changed(lines, put, remove, MOST)
    named = {line.goods for line in put}
    untouched = [line for line in kept if line.goods not in named]
    assert sorted((*line.goods, line.quantity) for line in after) == sorted(
        (*line.goods, line.quantity) for line in [*put, *untouched]
    )
    assert [line.line for line in after] == [*range(1, len(after) + 1)]
    places = [line.goods for line in after if line.goods in {each.goods for each in kept}]
    assert list(dict.fromkeys(places)) == [line.goods for line in kept]


def test_goods_sold_and_the_same_goods_given_are_two_lines():
    """RTL-REC-15."""
    sold, given_away = goods(product=7), goods(product=7, gift=True, quantity=2)
    assert len(changed([sold], [given_away], [], MOST)) == 2


def test_two_lines_put_for_the_same_goods_are_both_in_the_order():
    """A line that was typed is never lost without a word."""
    before = numbered([goods(product=7), goods(product=8)], MOST)
    put = [goods(product=7, quantity=3), goods(240_00, product=7, quantity=4)]
    assert [line.quantity for line in changed(before, put, [], MOST)] == [3, 50, 4]


def test_where_two_lines_could_be_meant_none_is_chosen():
    before = numbered([goods(product=7, quantity=n) for n in (5, 6)], MOST)
    with pytest.raises(BadInput) as refused:
        changed(before, [goods(product=7, quantity=9)], [], MOST)
    assert refused.value.code == "E-ORD-006"
    assert refused.value.fix == ("--remove 1", "--remove 2")
    left = changed(before, [goods(product=7, quantity=9)], [1], MOST)
    assert [line.quantity for line in left] == [9]


@pytest.mark.parametrize(("remove", "code"), [([3], "E-ORD-003"), ([1, 2], "E-ORD-001")])
def test_a_line_that_is_not_there_and_the_last_one_are_not_removed(remove, code):
    with pytest.raises(BadInput) as refused:
        changed(numbered([goods(product=7), goods(product=8)], MOST), [], remove, MOST)
    assert refused.value.code == code


# A change that nobody has to sign again


@st.composite
def versions(draw: st.DrawFn):
    """An order before and after a change of its quantities and prices, large and small."""
    before, after = [], []
    for product in range(1, draw(st.integers(1, 3)) + 1):
        listed, cost = draw(st.integers(90_00, 110_00)), draw(st.integers(50_00, 90_00))
        price, quantity = draw(st.integers(90_00, listed)), draw(st.integers(1, 9))
        given_away = draw(st.integers(0, 4)) == 0
        line = goods(price, cost, quantity, product=product, list_price_fen=listed, gift=given_away)
        before.append(line)
        shift = st.sampled_from([0, 0, 0, -1, 1, 500])
        after.append(
            replace(
                line,
                quantity=max(1, quantity + draw(st.sampled_from([0, 0, -1, -2, 1]))),
                unit_price_fen=0 if given_away else max(1, price + draw(shift)),
                list_price_fen=listed + draw(shift),
                cost_fen=cost + draw(shift),
            )
        )
    return numbered(before, MOST), numbered(after, MOST)


@given(versions())
def test_signatures_stand_only_when_nothing_that_was_signed_for_got_worse(pair):
    """RTL-REC-17, RTL-ORD-04, A-59, C-08: neither amount, margins, tier nor discounts."""
    before, after = pair
    if not no_riskier(before, after, POLICIES):
        return
    old = {line.goods: line for line in before}
    for line in after:
        was = old[line.goods]
        if line.gift:
            assert line.quantity <= was.quantity
            continue
        assert Fraction(line.unit_price_fen - line.cost_fen, line.unit_price_fen) >= Fraction(
            was.unit_price_fen - was.cost_fen, was.unit_price_fen
        )
        if line.margin_facts.discounted:
            rate = Fraction(line.unit_price_fen, line.list_price_fen)
            assert rate >= Fraction(was.unit_price_fen, was.list_price_fen)
    assert sum(line.amount_fen for line in after) <= sum(line.amount_fen for line in before)
    was_tier, now_tier = tier(before, POLICIES), tier(after, POLICIES)
    assert now_tier is None or (was_tier is not None and now_tier.from_bp >= was_tier.from_bp)


@given(bodies)
def test_an_order_that_did_not_change_is_not_signed_again(lines):
    assume(sum(line.amount_fen for line in lines))
    single_lines = numbered(list({line.goods: line for line in lines}.values()), MOST)
    assert no_riskier(single_lines, single_lines, POLICIES)


def test_new_goods_a_lower_price_and_a_larger_gift_are_signed_again():
    """A-59, RTL-REC-15."""
    gift = goods(30_00, 20_00, 2, product=2, gift=True)
    before = numbered([goods(260_00, list_price_fen=268_00), gift], MOST)
    for worse in (
        [*before, goods(product=9, quantity=1)],
        [replace(before[0], unit_price_fen=259_99), gift],
        [before[0], replace(gift, quantity=3)],
        [replace(before[0], cost_fen=220_01), gift],
        [replace(before[0], quantity=51), gift],
    ):
        assert not no_riskier(before, numbered(worse, MOST), POLICIES)
    assert no_riskier(before, numbered([replace(before[0], quantity=49)], MOST), POLICIES)


def test_a_list_price_that_rose_makes_a_discount_that_purchasing_has_not_seen():
    """RTL-ORD-04: at the old price, goods are suddenly under the list."""
    before = numbered([goods(268_00)], MOST)
    assert not no_riskier(before, [replace(before[0], list_price_fen=275_00)], POLICIES)
    assert no_riskier(before, [replace(before[0], list_price_fen=260_00)], POLICIES)


# Gates


def test_an_order_is_handed_in_when_file_day_stock_and_cost_are_right():
    """RTL-REC-14."""
    assert shut(to_submit(order(), POLICIES)) == []


def test_everything_that_is_wrong_with_an_order_is_said_at_once():
    """RTL-REC-02, RTL-REC-12, RTL-REC-14, RTL-DSC-03."""
    facts = order(
        goods(100_00, 100_01),
        customer=replace(HONGDA, fields={}),
        need_by=TODAY - timedelta(days=1),
        supplies=(supply(wanted=79),),
    )
    assert shut(to_submit(facts, POLICIES)) == [
        "customer_filed",
        "need_by_ahead",
        "supply_confirmed",
        "margin_not_negative",
    ]


@given(st.integers(-5, 5))
def test_goods_are_wanted_on_the_day_of_the_order_or_later(days):
    """RTL-REC-12."""
    gate = need_by_ahead(order(need_by=TODAY + timedelta(days=days)), MAY["order.edit"])
    assert gate.open == (days >= 0)
    assert gate.rules == ("RTL-REC-12",)


@pytest.mark.parametrize(("state", "is_open"), [("draft", False), ("submitted", True)])
def test_nothing_is_promised_by_a_draft(state, is_open):
    """RTL-REC-14."""
    assert submitted(order(state=state), MAY["order.submit"]).open == is_open


def test_only_a_supervisor_or_above_opens_the_review():
    """SC-11, RTL-DEP-01, A-39."""
    gate = reviewed(order(), MAY["order.review"])
    assert (gate.open, gate.rules) == (False, ("RTL-DEP-01",))
    assert gate.opened_by == ("merchant_supervisor",)
    assert reviewed(order(reviewed_by="merchant_manager"), MAY["order.review"]).open


def test_the_form_has_three_copies_and_each_has_its_holder():
    """SC-01, RTL-ORD-05..08."""
    assert ORDER_COPIES == ("merchant_dept", "distribution_center", "customer")
    gate = form_printed(order(), POLICIES)
    assert not gate.open
    assert gate.rules == ("RTL-ORD-05", "RTL-ORD-06", "RTL-ORD-07", "RTL-ORD-08")
    assert form_printed(order(copies=copies(*ORDER_COPIES)), POLICIES).open


def test_a_deposit_asks_for_a_photocopy_besides():
    """SC-01, RTL-ORD-09: for finance, and only when a deposit came first."""
    roles = MAY["order.photocopy"]
    paid = order(copies=copies(*ORDER_COPIES), deposit_fen=4_020_00)
    [gate] = photocopied(paid, roles)
    assert (gate.open, gate.rules, gate.opened_by) == (False, ("RTL-ORD-09",), roles)
    assert gate.command == "kac order photocopy DD20261120-0001"
    [gate] = photocopied(replace(paid, copies=copies(*ORDER_COPIES, "photocopy")), roles)
    assert gate.open
    in_full = order(copies=copies(*ORDER_COPIES), received_fen=13_400_00)
    assert photocopied(in_full, roles) == []


@given(st.sets(st.sampled_from([*ORDER_COPIES, "photocopy"])), st.booleans())
def test_the_form_is_out_when_its_three_copies_are_and_the_photocopy_is_a_gate_of_its_own(
    printed, with_deposit
):
    """RTL-ORD-05..09."""
    facts = order(copies=copies(*printed), deposit_fen=1 if with_deposit else 0)
    assert form_printed(facts, POLICIES).open == (set(ORDER_COPIES) <= printed)
    made = [gate.open for gate in photocopied(facts, MAY["order.photocopy"])]
    assert made == (["photocopy" in printed] if with_deposit else [])


@pytest.mark.parametrize("printed", [(), ORDER_COPIES, ("customer",)])
def test_a_printed_form_is_not_altered(printed):
    """C-08, RTL-SHT-02: it is voided and written anew."""
    gate = unprinted(order(copies=copies(*printed)))
    assert gate.open == (not printed)
    assert gate.command == ("kac order void DD20261120-0001 --reason …" if printed else "")


@given(st.integers(0, 10**9))
def test_an_order_that_was_paid_for_is_not_changed_or_voided_before_the_money_is_settled(received):
    """RTL-SHT-13, RTL-SHT-15."""
    gate = unpaid(order(received_fen=received))
    assert gate.open == (received == 0)
    assert received == 0 or "RTL-SHT-15" in gate.rules


def test_the_signatures_of_an_order_are_those_of_its_worst_tier():
    """SC-05, SC-16, A-59: judged anew for every form."""
    thin = lines_of(goods(100_00, 90_50))
    assert [step.rule for step in route(thin, POLICIES)] == ["RTL-DSC-06"] * 3
    found = tier(thin, POLICIES)
    assert found is not None
    assert found.rule == "RTL-DSC-06"
