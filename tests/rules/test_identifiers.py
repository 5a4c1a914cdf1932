"""Company codes, telephone numbers and barcodes: what is taken, what is refused, and why."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.core.identifiers import (
    USCC_ALPHABET,
    barcode_check_digit,
    parse_barcode,
    parse_phone,
    parse_uscc,
    uscc_check_character,
)
from kac.desk.mnemonic import mnemonic

BANK = "91110000600037341L"
uscc_bodies = st.text(USCC_ALPHABET, min_size=17, max_size=17)
barcode_bodies = st.one_of(
    st.text("0123456789", min_size=12, max_size=12), st.text("0123456789", min_size=7, max_size=7)
)


def full_width(written: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in written)


def causes(parse, written: str) -> str:
    with pytest.raises(BadInput) as refused:
        parse(written)
    assert written in refused.value.message
    return refused.value.code + " " + " | ".join(refused.value.cause)


# Company codes


@pytest.mark.parametrize(
    "written", [BANK, BANK.lower(), f" {BANK} ", full_width(BANK), "91110000 60003734 1L"]
)
def test_a_company_code_is_taken_however_it_was_typed(written):
    assert parse_uscc(written) == BANK


@pytest.mark.parametrize(
    ("letter", "digit", "position"), [("O", "0", 6), ("I", "1", 2), ("Z", "2", 9), ("S", "5", 4)]
)
def test_a_letter_that_looks_like_a_digit_is_named_with_its_place(letter, digit, position):
    written = BANK[: position - 1] + letter + BANK[position:]
    assert causes(parse_uscc, written) == (
        f"E-VAL-021 character {position} is the letter {letter}; is it the digit {digit}?"
    )


def test_every_wrong_character_of_a_company_code_is_named_at_once():
    said = causes(parse_uscc, "9111O000V00037341L")
    assert "character 5 is the letter O" in said
    assert 'character 9 is "V"' in said


@pytest.mark.parametrize("written", ["", "9111", BANK + "1"])
def test_a_company_code_has_eighteen_characters(written):
    assert f"it has {len(written)} characters, not 18" in causes(parse_uscc, written)


def test_a_company_code_that_a_spreadsheet_made_a_number_of_is_recognised():
    assert "format the column as text" in causes(parse_uscc, "9.11101E+17")


@given(uscc_bodies)
def test_a_company_code_is_right_with_exactly_one_last_character(body):
    right = [last for last in USCC_ALPHABET if _taken(parse_uscc, body + last)]
    assert right == [uscc_check_character(body)]


@given(uscc_bodies, st.integers(0, 16), st.sampled_from(USCC_ALPHABET))
def test_one_mistyped_character_of_a_company_code_never_passes(body, place, other):
    code = body + uscc_check_character(body)
    mistyped = code[:place] + other + code[place + 1 :]
    assert _taken(parse_uscc, mistyped) == (mistyped == code)


@given(uscc_bodies, st.integers(0, 16))
def test_two_neighbours_that_changed_places_in_a_company_code_never_pass(body, place):
    code = body + uscc_check_character(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert _taken(parse_uscc, swapped) == (swapped == code)


# Telephone numbers


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("13800138000", "13800138000"),
        ("138-0013-8000", "13800138000"),
        ("+86 138 0013 8000", "13800138000"),
        ("008613800138000", "13800138000"),
        ("(+86)13800138000", "13800138000"),
        ("13912340086", "13912340086"),
        ("1３８００１３８０００", "13800138000"),
        ("0571-87654321", "0571-87654321"),
        ("057187654321", "0571-87654321"),
        ("(010)87654321", "010-87654321"),
        ("(0571)87654321", "0571-87654321"),
        ("0571-87654321转801", "0571-87654321-801"),
        ("0755－2345678 分机 12", "0755-2345678-12"),
        ("021—62345678#8", "021-62345678-8"),
        ("4008101234", "400-810-1234"),
        ("800-810-1234", "800-810-1234"),
        ("95588", "95588"),
    ],
)
def test_a_telephone_number_is_kept_in_one_form(written, kept):
    assert parse_phone(written) == kept
    assert parse_phone(kept) == kept


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("1.38E+10", "format the column as text"),
        ("87654321", "the area code is missing"),
        ("12800138000", "write 13800138000"),
        ("1380013800", "write 13800138000"),
        ("138001380001", "write 13800138000"),
        ("571-87654321", "write 13800138000"),
        ("13800138000\u0000", "write 13800138000"),
        ("1_3800138000", "write 13800138000"),
        ("-13800138000a", "write 13800138000"),
        ("", "write 13800138000"),
    ],
)
def test_what_is_no_telephone_number_is_refused_with_the_way_to_write_one(written, why):
    said = causes(parse_phone, written)
    assert said.startswith("E-VAL-022")
    assert why in said


@given(st.text("0123456789-+()转 ", max_size=20))
def test_reading_a_telephone_number_twice_changes_nothing(written):
    try:
        kept = parse_phone(written)
    except BadInput:
        return
    assert parse_phone(kept) == kept


# Barcodes


@pytest.mark.parametrize(
    "written",
    ["6901234567892", full_width("6901234567892"), "6901234567892.0", "96385074", "2012345678903"],
)
def test_barcodes_of_thirteen_and_eight_digits_are_taken_also_those_made_in_store(written):
    assert parse_barcode(written) in {"6901234567892", "96385074", "2012345678903"}


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("6.90123E+12", "format the column as text"),
        ("6901234567890", "its last digit is 0, the others ask for 2"),
        ("012345678905", "perhaps 0012345678905"),
        ("690123456789", "it has 12 digits"),
        ("16901234567899", "it has 14 digits"),
        ("69O1234567892", "digits alone"),
        ("6901234567892.5", "digits alone"),
        ("", "digits alone"),
    ],
)
def test_a_damaged_barcode_is_refused_with_what_happened_to_it(written, why):
    said = causes(parse_barcode, written)
    assert said.startswith("E-VAL-023")
    assert why in said


@given(barcode_bodies)
def test_a_barcode_is_right_with_exactly_one_last_digit(body):
    right = [last for last in "0123456789" if _taken(parse_barcode, body + last)]
    assert right == [barcode_check_digit(body)]


@given(barcode_bodies, st.data())
def test_one_mistyped_digit_of_a_barcode_never_passes(body, data):
    code = body + barcode_check_digit(body)
    place = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    mistyped = code[:place] + other + code[place + 1 :]
    assert _taken(parse_barcode, mistyped) == (mistyped == code)


@given(st.text(max_size=24))
def test_any_text_is_an_identifier_or_is_refused_and_nothing_else_happens(written):
    for parse in (parse_uscc, parse_phone, parse_barcode):
        _taken(parse, written)


# Mnemonics


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("华夏银行股份有限公司", "hxyhgfyxgs"),
        ("重庆长沙厦门", "cqcsxm"),
        ("五芳斋Ａ1粽子(礼盒)", "wfza1zzlh"),
        ("ABC 商贸", "abcsm"),
        ("★", ""),
    ],
)
def test_a_name_is_found_by_the_first_letters_of_its_pinyin(name, typed):
    assert mnemonic(name) == typed


@given(st.text(max_size=30))
def test_a_mnemonic_is_lower_case_letters_and_digits_whatever_the_name(name):
    typed = mnemonic(name)
    assert typed == typed.lower()
    assert not typed or (typed.isascii() and typed.isalnum())


def _taken(parse, written: str) -> bool:
    try:
        parse(written)
    except BadInput:
        return False
    return True
