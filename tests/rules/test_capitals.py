"""Amounts and days in capitals on receipts, slips and order forms (RTL-DEP-03)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.capitals import amount_in_capitals, date_in_capitals, fen_from_capitals
from kac.core.errors import BadInput
from kac.core.money import LARGEST_FEN

AMOUNTS = {
    0: "零元整",
    5: "伍分",
    50: "伍角整",
    55: "伍角伍分",
    100: "壹元整",
    105: "壹元零伍分",
    1001: "壹拾元零壹分",
    1010: "壹拾元壹角整",
    2050: "贰拾元伍角整",
    10000: "壹佰元整",
    10500: "壹佰零伍元整",
    11000: "壹佰壹拾元整",
    100500: "壹仟零伍元整",
    1000000: "壹万元整",
    1000100: "壹万零壹元整",
    10000005: "壹拾万元零伍分",
    10700053: "壹拾万零柒仟元伍角叁分",
    100001000: "壹佰万零壹拾元整",
    3170300: "叁万壹仟柒佰零叁元整",
    951090: "玖仟伍佰壹拾元玖角整",
    10000100000: "壹亿零壹仟元整",
    10000000000: "壹亿元整",
    10_0000_0000_00: "壹拾亿元整",
    LARGEST_FEN: "玖佰亿元整",
    10**14: "壹万亿元整",
    100010001_0000_00: "壹万零壹亿零壹万元整",
    -500: "负伍元整",
    -140950: "负壹仟肆佰零玖元伍角整",
}

# The examples of the rules on filling in negotiable instruments, each writing that they give.
OFFICIAL = {
    "壹仟肆佰零玖元伍角": 140950,
    "陆仟零柒元壹角肆分": 600714,
    "壹仟陆佰捌拾元零叁角贰分": 168032,
    "壹仟陆佰捌拾元叁角贰分": 168032,
    "壹拾万柒仟元零伍角叁分": 10700053,
    "壹拾万零柒仟元伍角叁分": 10700053,
    "壹万陆仟肆佰零玖元零贰分": 1640902,
    "叁佰贰拾伍元零肆分": 32504,
}


@pytest.mark.parametrize(("fen", "written"), AMOUNTS.items())
def test_an_amount_is_written_as_the_rules_ask(fen: int, written: str) -> None:
    assert amount_in_capitals(fen) == written


@pytest.mark.parametrize(("written", "fen"), OFFICIAL.items())
def test_every_writing_of_the_official_examples_is_read(written: str, fen: int) -> None:
    assert fen_from_capitals(written) == fen
    assert fen_from_capitals(amount_in_capitals(fen)) == fen


def test_what_is_written_here_is_one_of_the_official_writings() -> None:
    written = {amount_in_capitals(fen).removesuffix("整") for fen in OFFICIAL.values()}
    assert written <= set(OFFICIAL)


@given(st.integers(0, LARGEST_FEN))
def test_every_amount_that_the_ledger_can_hold_reads_back(fen: int) -> None:
    assert fen_from_capitals(amount_in_capitals(fen)) == fen


@given(st.integers(-LARGEST_FEN, -1))
def test_a_red_amount_reads_back_as_a_red_one(fen: int) -> None:
    written = amount_in_capitals(fen)
    assert written == "负" + amount_in_capitals(-fen)
    assert fen_from_capitals(written) == fen


@given(st.integers(0, LARGEST_FEN // 100))
def test_an_amount_ends_in_the_word_for_whole_unless_it_ends_in_cents(tenfold: int) -> None:
    assert amount_in_capitals(tenfold * 10).endswith("整")
    assert not amount_in_capitals(tenfold * 10 + 3).endswith("整")


@given(st.integers(0, LARGEST_FEN))
def test_no_two_zeros_meet_and_none_stands_before_a_unit(fen: int) -> None:
    written = amount_in_capitals(fen)
    assert "零零" not in written
    assert not any("零" + unit in written for unit in "拾佰仟万亿角分整")


@pytest.mark.parametrize(
    ("written", "fen"),
    [
        ("人民币壹佰元整", 10000),
        ("人民币:壹佰元正", 10000),
        ("人民币：壹佰圆整", 10000),
        ("貳萬陸仟圓整", 2600000),
        ("壹億元整", 10**10),
        ("伍角", 50),
        (" 壹佰 元整 ", 10000),
    ],
)
def test_tolerated_writings_are_read(written: str, fen: int) -> None:
    assert fen_from_capitals(written) == fen


@pytest.mark.parametrize(
    "written",
    [
        "",
        "整",
        "元整",
        "壹佰元",
        "壹佰伍元整",
        "壹佰零伍拾元整",
        "拾元整",
        "壹元伍分",
        "壹元零伍分整",
        "零元伍角整",
        "一百元整",
        "100元整",
        "壹贰元整",
        "壹佰壹佰元整",
        "壹元整壹元整",
        "負伍元整",
        "壹亿亿亿亿元整",
        "拾" * 5000,
    ],
)
def test_a_writing_that_no_rule_knows_is_refused(written: str) -> None:
    with pytest.raises(BadInput) as refusal:
        fen_from_capitals(written)
    assert refusal.value.code == "E-VAL-013"


@given(st.text("零壹贰伍玖拾佰仟万亿元角分整负", max_size=14))
def test_what_is_read_at_all_differs_from_our_writing_only_in_free_signs(written: str) -> None:
    try:
        fen = fen_from_capitals(written)
    except BadInput:
        return
    bare = str.maketrans("", "", "零整")
    assert written.translate(bare) == amount_in_capitals(fen).translate(bare)


@pytest.mark.parametrize("wrong", [1005.005, 1.0, True, "100"])
def test_only_whole_fen_are_an_amount(wrong: int) -> None:
    with pytest.raises(TypeError):
        amount_in_capitals(wrong)


def test_an_amount_beyond_all_units_is_refused() -> None:
    with pytest.raises(ValueError, match="more than the capitals"):
        amount_in_capitals(10**18)


@pytest.mark.parametrize(
    ("day", "written"),
    [
        (date(2026, 2, 12), "贰零贰陆年零贰月壹拾贰日"),
        (date(2026, 10, 20), "贰零贰陆年零壹拾月零贰拾日"),
        (date(2026, 9, 18), "贰零贰陆年玖月壹拾捌日"),
        (date(2026, 1, 1), "贰零贰陆年零壹月零壹日"),
        (date(2026, 11, 10), "贰零贰陆年壹拾壹月零壹拾日"),
        (date(2026, 12, 30), "贰零贰陆年壹拾贰月零叁拾日"),
        (date(2026, 3, 31), "贰零贰陆年叁月叁拾壹日"),
        (date(2030, 8, 9), "贰零叁零年捌月零玖日"),
        (date(2026, 5, 21), "贰零贰陆年伍月贰拾壹日"),
    ],
)
def test_a_day_is_written_as_cheques_need_it(day: date, written: str) -> None:
    assert date_in_capitals(day) == written


def test_every_day_of_a_leap_year_is_written_differently() -> None:
    days = [date(2028, 1, 1) + timedelta(days=number) for number in range(366)]
    assert len({date_in_capitals(day) for day in days}) == len(days)


def test_no_day_becomes_another_by_writing_in_front_of_it() -> None:
    parts = {date_in_capitals(date(2026, 1, day)).partition("月")[2] for day in range(1, 32)}
    assert not any(long != short and long.endswith(short) for long in parts for short in parts)
