"""Margins: never below cost, and whoever must sign is found exactly, by the worst of them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kac.desk.margins.policy import Tier
from kac.desk.margins.rules import (
    LineFacts,
    is_negative,
    margin_not_negative,
    order_sums,
    rate_text,
    tier_of,
    worst_tier,
)

from .facts import MARGINS, goods, lines_of

BANDS = MARGINS.bands()
GM, DEPUTY = ("general_manager",), ("deputy_general_manager",)
THREE = ("operations_manager", "purchasing_manager", "merchant_manager")
NOBODY = ()

prices = st.integers(1, 10**8)


@st.composite
def sold(draw: st.DrawFn) -> tuple[int, int]:
    """(price, cost) of goods that are not sold below cost, near the tiers more often than not."""
    price = draw(prices)
    margin = draw(st.integers(0, 1100) | st.integers(0, 10_000))
    return price, price - price * margin // 10_000


def facts(*pairs: tuple[int, int]) -> list[LineFacts]:
    return [line.margin_facts for line in lines_of(*(goods(*pair, 1) for pair in pairs))]


def gift(cost: int, quantity: int = 1) -> LineFacts:
    return goods(0, cost, quantity, line=99, list_price_fen=cost + 1, gift=True).margin_facts


def signers(price: int, cost: int) -> tuple[str, ...]:
    tier = tier_of(price, cost, BANDS)
    return tier.roles if tier else NOBODY


def by_the_book(margin: Fraction) -> str:
    """The rule that speaks of a margin, with its gaps given to the higher authority (A-26)."""
    percent = margin * 100
    if percent < 5:
        return "RTL-DSC-04"
    if percent < 9:
        return "RTL-DSC-05"
    return "RTL-DSC-06" if percent <= 10 else ""


# Tiers


@pytest.mark.parametrize(
    ("cost", "who"),
    [
        (100_00, GM),
        (95_50, GM),
        (95_01, GM),
        (95_00, DEPUTY),
        (91_50, DEPUTY),
        (91_01, DEPUTY),
        (91_00, THREE),
        (90_00, THREE),
        (89_99, NOBODY),
    ],
)
def test_goods_sold_for_100_00_are_signed_for_by_their_margin(cost, who):
    """SC-05: RTL-DSC-04..07 and A-26, with 4.5 %, 4.99 %, 8.5 % and 10.01 % among them."""
    assert signers(100_00, cost) == who


def test_goods_sold_for_100_00_that_cost_100_01_are_sold_to_nobody():
    """SC-05, RTL-DSC-03: and no role is named that could allow it."""
    gate = margin_not_negative("DD1", facts((100_00, 100_01)))
    assert not gate.open
    assert gate.rules == ("RTL-DSC-03",)
    assert gate.opened_by == ()
    assert margin_not_negative("DD1", facts((100_00, 100_00))).open


@given(sold())
def test_the_tier_is_that_of_the_exact_margin_never_of_a_rounded_one(pair):
    """RTL-DSC-04..07, A-30."""
    price, cost = pair
    tier = tier_of(price, cost, BANDS)
    assert (tier.rule if tier else "") == by_the_book(Fraction(price - cost, price))


@given(sold(), st.sampled_from([500, 900, 1000]))
def test_one_fen_of_cost_more_or_less_decides_at_the_edge_of_a_tier(pair, edge):
    """RTL-DSC-05, RTL-DSC-06, A-26: 5 % and 9 % belong to the upper tier, 10 % to the last."""
    price = pair[0] * 10_000
    cost = price - price // 10_000 * edge
    for at in (cost - 1, cost, cost + 1):
        tier = tier_of(price, at, BANDS)
        assert (tier.rule if tier else "") == by_the_book(Fraction(price - at, price))


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=6, unique=True), sold())
def test_tiers_with_any_edges_share_out_all_margins_without_gap_or_overlap(edges, pair):
    """Policy is data: RTL-DSC-04..06 are one choice of edges among many."""
    bounds = [0, *sorted(edges)]
    tiers = [
        Tier(f"T{n}", low, high, n == len(edges) - 1, ("role",))
        for n, (low, high) in enumerate(zip(bounds, bounds[1:], strict=False))
    ]
    price, cost = pair
    claimed = [tier for tier in tiers if tier_of(price, cost, [tier])]
    within = Fraction(price - cost, price) <= Fraction(bounds[-1], 10_000)
    assert len(claimed) == (1 if within else 0)
    assert tier_of(price, cost, tiers) == (claimed[0] if claimed else None)


def test_the_tiers_of_the_policy_join_and_only_the_last_is_closed():
    assert BANDS[0].from_bp == 0
    assert all(low.to_bp == high.from_bp for low, high in zip(BANDS, BANDS[1:], strict=False))
    assert [tier.to_included for tier in BANDS] == [False, False, True]


@given(sold(), st.integers(0, 10**8))
def test_a_thinner_margin_never_asks_a_lower_authority(pair, more):
    price, cost = pair
    thinner = tier_of(price, min(price, cost + more), BANDS)
    tier = tier_of(price, cost, BANDS)
    assert tier is None or (thinner is not None and thinner.from_bp <= tier.from_bp)


# The worst of the lines and the whole


def test_the_worst_line_is_not_averaged_away():
    """SC-08: margins of 30 % and 4 %, the order at 20 %, and the general manager signs."""
    lines = [goods(100_00, 70_00, 8).margin_facts, goods(100_00, 96_00, 5, line=2).margin_facts]
    amount, cost = order_sums(lines)
    assert Fraction(amount - cost, amount) == Fraction(20, 100)
    tier = worst_tier(lines, MARGINS)
    assert tier is not None
    assert (tier.rule, tier.roles) == ("RTL-DSC-04", GM)


def test_a_gift_lowers_the_margin_of_the_order_that_it_comes_with():
    """SC-07: 40 ovens at 12 % and 20 kettles given make 4.00 %; C-22, A-30, A-33."""
    ovens = goods(500_00, 440_00, 40).margin_facts
    kettles = gift(80_00, 20)
    assert worst_tier([ovens], MARGINS) is None
    assert order_sums([ovens, kettles]) == (20_000_00, 19_200_00)
    assert rate_text(20_000_00, 19_200_00) == "4%"
    tier = worst_tier([ovens, kettles], MARGINS)
    assert tier is not None
    assert (tier.rule, tier.roles) == ("RTL-DSC-04", GM)


def test_a_gift_may_turn_an_order_into_a_loss_and_then_nobody_may_give_it():
    """A-33, C-22, RTL-DSC-03."""
    ovens = goods(500_00, 440_00, 40).margin_facts
    even, loss = gift(120_00, 20), gift(120_01, 20)
    assert margin_not_negative("DD1", [ovens, even]).open
    gate = margin_not_negative("DD1", [ovens, loss])
    assert (gate.open, gate.rules, gate.opened_by) == (False, ("RTL-DSC-03",), ())
    assert "gifts included" in gate.says


@given(st.lists(sold(), min_size=1, max_size=6), st.integers(0, 10**7), st.randoms())
def test_the_tier_of_an_order_is_the_lowest_of_its_lines_and_of_its_whole(pairs, given_cost, dice):
    """RTL-DSC-04..07, A-30, A-31, C-22: compared with fractions, in any order of the lines."""
    lines = [*facts(*pairs), gift(given_cost)]
    amount, cost = order_sums(lines)
    assume(amount >= cost)
    lowest = min(Fraction(p - c, p) for p, c in [*pairs, (amount, cost)])
    dice.shuffle(lines)
    tier = worst_tier(lines, MARGINS)
    assert (tier.rule if tier else "") == by_the_book(lowest)


@given(st.lists(sold(), min_size=1, max_size=6), st.integers(0, 10**7))
def test_a_gift_never_spares_a_signature(pairs, given_cost):
    """C-22, A-33."""
    lines = facts(*pairs)
    assume(margin_not_negative("", [*lines, gift(given_cost)]).open)
    alone, together = worst_tier(lines, MARGINS), worst_tier([*lines, gift(given_cost)], MARGINS)
    assert alone is None or (together is not None and together.from_bp <= alone.from_bp)


def test_goods_at_list_price_are_bound_by_the_tiers_unless_the_policy_says_otherwise():
    """A-31."""
    thin = goods(100_00, 96_00, 5).margin_facts
    free = replace(MARGINS, bind_undiscounted=False)
    assert worst_tier([thin], MARGINS) is not None
    assert worst_tier([thin], free) is None
    for asking in (replace(thin, list_price_fen=100_01), gift(0)):
        assert worst_tier([thin, asking], free) is not None


# Below cost


@given(st.lists(st.tuples(prices, prices), min_size=1, max_size=6), st.integers(0, 10**7))
def test_an_order_passes_when_no_line_and_not_the_whole_is_below_cost(pairs, given_cost):
    """RTL-DSC-03, A-33."""
    lines = [*facts(*pairs), gift(given_cost)]
    below = [n for n, (price, cost) in enumerate(pairs, start=1) if price < cost]
    gate = margin_not_negative("DD1", lines)
    loss = sum(p for p, _ in pairs) < sum(c for _, c in pairs) + given_cost
    assert gate.open == (not below and not loss)
    assert gate.opened_by == ()
    for n in range(1, len(pairs) + 1):
        assert (f"line {n} " in gate.says) == (n in below)


def test_whoever_reads_the_refusal_learns_the_price_and_not_the_cost():
    gate = margin_not_negative("DD1", facts((100_00, 123_45)))
    assert "100.00" in gate.says
    assert "123" not in gate.says + gate.command


@given(
    st.lists(
        st.tuples(sold(), st.integers(1, 10**6), st.sampled_from([1, 1000])), min_size=1, max_size=6
    )
)
def test_weighing_and_rounding_never_make_a_loss_of_what_is_sold_above_cost(weighed):
    lines = [
        goods(*pair, quantity, line=n, scale=scale).margin_facts
        for n, (pair, quantity, scale) in enumerate(weighed, start=1)
    ]
    assert not is_negative(*order_sums(lines))
    assert margin_not_negative("DD1", lines).open


# Shown


@given(st.integers(0, 10**8), st.integers(0, 10**8))
def test_a_margin_is_shown_cut_towards_the_stricter_tier(price, cost):
    """SC-06: 9.04 % of 188.00 over 171.00 is not shown as 9.05."""
    if price == 0:
        assert rate_text(price, cost) == "-"
        return
    shown = Fraction(rate_text(price, cost).rstrip("%")) / 100
    exact = Fraction(price - cost, price)
    assert shown <= exact < shown + Fraction(1, 10_000)


def test_188_00_over_171_00_is_a_margin_of_9_04_percent():
    """SC-06, RTL-DSC-06."""
    assert rate_text(188_00, 171_00) == "9.04%"
    assert signers(188_00, 171_00) == THREE
