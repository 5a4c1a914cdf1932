"""Characters on paper: whatever comes in, printer and screen agree how wide it is."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from kac.documents.characters import MISSING, fold, printable, unprintable, width


def test_every_character_of_gbk_is_printed_as_wide_as_a_screen_shows_it() -> None:
    for point in range(0x20, 0x10000):
        character = chr(point)
        if not 0xD800 <= point < 0xE000 and character.encode("gbk", errors="ignore"):
            said = fold(character)
            assert width(said) == wcswidth(said), f"{character} U+{point:04X} became {said}"


@given(st.text())
def test_any_text_becomes_printable_and_stays_so(text: str) -> None:
    said = fold(text)
    assert width(said) == wcswidth(said)
    assert fold(said) == said


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E)))
def test_plain_ascii_is_left_alone(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("稻香村“月饼”—双黄…", '稻香村"月饼"-双黄...'),
        ("500g×12", "500gx12"),
        ("0—4℃", "0-4C"),
        ("38°白酒", "38度白酒"),
        ("①号箱 ㉑号箱 ⒈甲", "(1)号箱 (21)号箱 1.甲"),
        ("Ⅳ型 ㎏ ㎥ ½", "IV型 ㎏ m3 1/2"),
        ("¥88 ￥88 £5 €9", "￥88 ￥88 ￡5 EUR9"),
        ("café Müller α-淀粉 Ω ДОМ", "cafe Muller a-淀粉 Ohm DOM"),
        ("阿·布都 → ★★", "阿.布都 -> **"),
        ("（华润）公司，一号：楼", "（华润）公司，一号：楼"),
        ("ＡＢ１２ 臺灣", "ＡＢ１２ 臺灣"),
    ],
)
def test_what_printers_draw_differently_is_said_in_other_characters(
    written: str, said: str
) -> None:
    assert fold(written) == said
    assert unprintable(written) == ""


def test_what_no_printer_has_stands_as_a_mark_and_is_told() -> None:
    assert fold("𠮷野家 🎁 한") == "〓野家 〓 〓"
    assert unprintable("𠮷野家 𠮷 🎁") == "𠮷🎁"
    assert unprintable(MISSING) == ""


def test_characters_that_steer_a_printer_are_spelled_out() -> None:
    assert fold("\x1b@A\u202eB\nC") == "\\u001b@A\\u202eB\\u000aC"


@dataclass(frozen=True, slots=True)
class Inner:
    name: str
    amount_fen: int


@dataclass(frozen=True, slots=True)
class Outer:
    title: str
    parts: tuple[Inner, ...]


def test_all_texts_of_a_paper_are_folded_and_its_figures_kept() -> None:
    outer = Outer("一—二", (Inner("𠮷", 5), Inner("℃", 6)))
    assert printable(outer) == Outer("一-二", (Inner("〓", 5), Inner("C", 6)))
    assert unprintable(outer) == "𠮷"
