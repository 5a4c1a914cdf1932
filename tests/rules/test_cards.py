"""Card numbers: ranges never overlap, and what went out and came back always adds up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.desk.cards.rules import (
    CardRange,
    common,
    counted,
    numbers_free,
    numbers_held,
    numbers_unknown,
    parse_range,
    shared,
    without,
)


@st.composite
def ranges(draw, series: str = "HZ") -> CardRange:
    first = draw(st.integers(0, 60))
    return CardRange(series, 4, first, draw(st.integers(first, 70)))


def numbers(found: list[CardRange]) -> list[int]:
    """Every number, one by one: what ranges mean."""
    return [number for each in found for number in range(each.first, each.last + 1)]


def test_a_range_is_typed_as_first_and_last_or_as_first_and_how_many():
    """HYP-CRD-07."""
    wanted = CardRange("HZ", 6, 880001, 880064)
    for written in ("HZ880001-HZ880064", "HZ880001-880064", "hz880001+64", "ＨＺ880001 - 880064"):
        assert parse_range(written) == wanted
    assert parse_range("000007") == CardRange("", 6, 7, 7)
    assert str(wanted) == "HZ880001-HZ880064"
    assert str(parse_range("HZ01")) == "HZ01"


@pytest.mark.parametrize(
    "written",
    ["", "HZ", "HZ10-HZ09", "HZ01-HY02", "HZ01-002", "HZ99+2", "HZ01+0", "-5", "1e3", "HZ1-2-3"],
)
def test_what_is_no_range_or_goes_downwards_is_refused(written):
    with pytest.raises(BadInput, match="no range"):
        parse_range(written)


@given(ranges())
def test_what_a_range_says_of_itself_is_read_as_the_same_range(cards):
    assert parse_range(str(cards)) == cards


@given(st.lists(ranges(), max_size=4), st.lists(ranges(), max_size=4))
def test_what_is_left_and_what_is_taken_are_the_whole(whole, taken):
    """HYP-CRD-07: no card is lost and none appears, however often ranges are cut."""
    left, both = without(whole, taken), common(whole, taken)
    assert set(numbers(left)) | set(numbers(both)) == set(numbers(whole))
    assert not set(numbers(left)) & set(numbers(taken))
    assert set(numbers(both)) == set(numbers(whole)) & set(numbers(taken))
    assert counted(left) + counted(both) == len(numbers(whole))


@given(st.lists(ranges(), max_size=6))
def test_two_ranges_share_a_card_exactly_when_a_number_comes_twice(found):
    every = numbers(found)
    assert bool(shared(found)) == (len(every) != len(set(every)))


@given(st.lists(ranges(), max_size=6))
def test_ranges_of_another_series_are_other_cards(found):
    others = [CardRange("HY", each.width, each.first, each.last) for each in found]
    assert without(found, others) == sorted(found)
    assert without(found, found) == []


def test_a_number_is_never_in_two_live_batches():
    """HYP-CRD-07."""
    live = [("KP20261120-0001", CardRange("HZ", 4, 1, 100))]
    meeting = numbers_unknown(CardRange("HZ", 4, 100, 120), live)
    assert not meeting.open
    assert "KP20261120-0001" in meeting.says
    assert numbers_unknown(CardRange("HZ", 4, 101, 120), live).open
    assert numbers_unknown(CardRange("HZ", 5, 100, 120), live).open


def test_cards_are_made_of_what_lies_at_the_window_and_named_once():
    """HYP-CRD-04."""
    free = [CardRange("HZ", 4, 1, 10), CardRange("HZ", 4, 20, 30)]
    assert numbers_free([CardRange("HZ", 4, 1, 10), CardRange("HZ", 4, 25, 30)], free).open
    missing = numbers_free([CardRange("HZ", 4, 8, 21)], free)
    assert not missing.open
    assert "HZ0011-HZ0019" in missing.says
    twice = numbers_free([CardRange("HZ", 4, 1, 5), CardRange("HZ", 4, 5, 6)], free)
    assert not twice.open
    assert "twice" in twice.says


@given(ranges(), st.lists(ranges(), max_size=4))
def test_only_cards_that_went_out_come_back(wanted, held):
    gate = numbers_held(wanted, held, "KS20261120-0001")
    assert gate.open == (set(numbers([wanted])) <= set(numbers(held)))
