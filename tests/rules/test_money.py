"""Money is whole fen: sums and shares stay exact, and every rounding is named."""

from __future__ import annotations

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.core.money import (
    BP_WHOLE,
    LARGEST_FEN,
    ZERO,
    Money,
    format_bp,
    format_fen,
    parse_money,
    part_half_up,
    per_scale_half_up,
    plain_fen,
    total,
)

fen = st.integers(-(10**13), 10**13)
amounts = st.integers(0, 10**12)
rates = st.integers(0, BP_WHOLE)
HALF = Fraction(1, 2)


@pytest.mark.parametrize("amount", [1.0, True, "100", None])
def test_an_amount_is_whole_fen_and_nothing_else(amount):
    with pytest.raises(TypeError, match="whole fen"):
        Money(amount)


@given(fen, fen, st.integers(-1000, 1000))
def test_amounts_add_subtract_and_multiply_as_whole_numbers_do(one, other, count):
    assert Money(one) + Money(other) - Money(other) == Money(one)
    assert (Money(one) + Money(other)).fen == one + other
    assert (Money(one) * count).fen == one * count
    assert -Money(one) + Money(one) == ZERO
    assert bool(Money(one)) == (one != 0)
    assert (Money(one) < Money(other)) == (one < other)


@given(st.lists(fen, max_size=20))
def test_a_total_does_not_depend_on_the_order_of_its_parts(parts):
    amounts = [Money(part) for part in parts]
    assert total(amounts) == total(amounts[::-1]) == Money(sum(parts))


@given(amounts, rates)
def test_a_share_is_rounded_up_by_less_than_a_fen(whole, rate):
    """RTL-DEP-06 with A-60: the deposit asked for is never under its percentage."""
    exact = Fraction(whole * rate, BP_WHOLE)
    assert Money(whole).share_up(rate).fen == ceil(exact)


def test_thirty_percent_of_3333_33_is_1000_00():
    """SC-04, A-60."""
    assert Money(333333).share_up(3000) == Money(100000)


@given(st.integers(0, 10**9), st.integers(1, 10**9), st.sampled_from([1, 10, 500, 1000]))
def test_a_line_costs_its_exact_price_rounded_half_up(price, quantity, scale):
    exact = Fraction(price * quantity, scale)
    assert per_scale_half_up(price, quantity, scale) == floor(exact + HALF)


@pytest.mark.parametrize(
    ("price", "grams", "amount"),
    [(490, 35_500, 17395), (1, 500, 1), (1, 499, 0), (879, 12_500, 10988)],
)
def test_goods_weighed_in_grams_are_priced_per_kilogram(price, grams, amount):
    assert per_scale_half_up(price, grams, 1000) == amount


@given(amounts, st.integers(1, 10**6), st.data())
def test_two_parts_of_an_amount_differ_from_the_whole_by_at_most_a_fen(whole, of, data):
    part = data.draw(st.integers(0, of))
    first, second = part_half_up(whole, part, of), part_half_up(whole, of - part, of)
    assert first == floor(Fraction(whole * part, of) + HALF)
    assert 0 <= first + second - whole <= 1
    assert part_half_up(whole, of, of) == whole


@given(fen)
def test_an_amount_reads_back_as_it_was_written(amount):
    if abs(amount) < LARGEST_FEN:
        for written in (plain_fen(amount), format_fen(amount), str(Money(amount))):
            assert parse_money(written) == Money(amount)
    assert Money(amount).plain() == format_fen(amount).replace(",", "")


@given(amounts.filter(lambda amount: amount < LARGEST_FEN))
def test_full_width_digits_and_the_marks_of_yuan_mean_the_same_amount(amount):
    written = format_fen(amount)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in written)
    for form in (wide, f"¥{written}", f"￥{wide}", f" {written}元 "):
        assert parse_money(form) == Money(amount)


@pytest.mark.parametrize(
    ("written", "amount"),
    [("31703", 3170300), ("31,703.5", 3170350), ("0.05", 5), ("-12.34", -1234), ("007", 700)],
)
def test_an_amount_may_have_no_decimals_or_one_or_two(written, amount):
    assert parse_money(written) == Money(amount)


@pytest.mark.parametrize(
    "written",
    ["", "-", "1e5", "1.234", "12,34", "1,2345", ",123", "0x10", "1 000", "$5", "inf", "nan", "--1",
     "1.", ".5", "1,234,56", "90000000000", "999999999999"],
)  # fmt: skip
def test_what_is_not_surely_an_amount_is_refused_and_never_guessed(written):
    with pytest.raises(BadInput) as refused:
        parse_money(written)
    assert refused.value.code == "E-VAL-010"
    assert written in refused.value.message


@given(st.text("0123456789.,-¥元e ", max_size=14) | st.text(max_size=20))
def test_any_text_is_an_amount_or_is_refused_and_nothing_else_happens(written):
    try:
        amount = parse_money(written)
    except BadInput:
        return
    assert abs(amount.fen) < LARGEST_FEN
    assert parse_money(amount.plain()) == amount


@pytest.mark.parametrize(
    ("rate", "shown"), [(905, "9.05%"), (3000, "30%"), (0, "0%"), (-1, "-0.01%"), (-150, "-1.50%")]
)
def test_a_rate_is_shown_in_percent(rate, shown):
    assert format_bp(rate) == shown


@given(st.integers(-(10**6), 10**6))
def test_a_rate_loses_nothing_when_it_is_shown(rate):
    assert Fraction(format_bp(rate).rstrip("%")) * 100 == rate
