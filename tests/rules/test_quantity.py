"""Quantities are whole base units: 2.5 kg is 2,500 g, and half a piece there is not."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.core.quantity import format_quantity, parse_quantity

PIECES, GRAMS = 1, 1000
scales = st.sampled_from([PIECES, GRAMS])


@pytest.mark.parametrize(
    ("written", "scale", "base"),
    [
        ("120", PIECES, 120),
        ("１２０", PIECES, 120),
        ("1,200", PIECES, 1200),
        (" 50 ", PIECES, 50),
        ("2.0", PIECES, 2),
        ("2.5", GRAMS, 2500),
        ("0.001", GRAMS, 1),
        ("12.500000", GRAMS, 12500),
        ("200", GRAMS, 200_000),
    ],
)
def test_a_quantity_is_taken_in_the_unit_that_the_goods_are_sold_in(written, scale, base):
    assert parse_quantity(written, scale) == base


@given(st.integers(1, 10**9 - 1), scales)
def test_a_quantity_reads_back_as_it_was_shown(base, scale):
    assert parse_quantity(format_quantity(base, scale), scale) == base


@given(st.integers(0, 10**9), scales)
def test_what_is_shown_is_the_exact_quantity(base, scale):
    shown = format_quantity(base, scale).replace(",", "")
    assert Fraction(shown) * scale == base
    if base:
        assert format_quantity(-base, scale) == "-" + format_quantity(base, scale)


@pytest.mark.parametrize(
    ("written", "scale"), [("2.5", PIECES), ("0.0005", GRAMS), ("0.5", PIECES)]
)
def test_a_piece_is_not_halved_and_nothing_is_weighed_finer_than_a_gram(written, scale):
    with pytest.raises(BadInput) as refused:
        parse_quantity(written, scale)
    assert refused.value.code == "E-VAL-031"


@pytest.mark.parametrize("written", ["0", "0.0", "000"])
def test_nothing_is_not_ordered(written):
    with pytest.raises(BadInput) as refused:
        parse_quantity(written, GRAMS)
    assert refused.value.code == "E-VAL-032"


@pytest.mark.parametrize(
    "written", ["", "-5", "+5", "1e3", "five", "5台", "1.2.3", ".5", "5.", "1234567890", "½", "0x5"]
)
def test_what_is_not_surely_a_quantity_is_refused_and_never_guessed(written):
    with pytest.raises(BadInput) as refused:
        parse_quantity(written, GRAMS)
    assert refused.value.code == "E-VAL-030"
    assert written in refused.value.message


@pytest.mark.parametrize("written", ["2,5", "12,34", "1,2,3", "1,2345", ",5"])
def test_a_comma_that_parts_no_thousands_is_refused(written):
    """2,5 kg would otherwise be 25 kg; amounts of money are read as strictly."""
    with pytest.raises(BadInput):
        parse_quantity(written, GRAMS)


@given(st.text("0123456789.,-e ", max_size=12) | st.text(max_size=16), scales)
def test_any_text_is_a_quantity_above_zero_or_is_refused(written, scale):
    try:
        base = parse_quantity(written, scale)
    except BadInput:
        return
    assert base > 0
