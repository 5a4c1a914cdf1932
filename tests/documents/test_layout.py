"""Lines and pages of a paper: nothing is lost, nothing is wider than the paper."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.documents.characters import width
from kac.documents.layout import (
    Paper,
    bound,
    boxed,
    clip,
    flow,
    heading,
    pairs,
    spread,
    wrap,
)
from kac.documents.pages import Column, Table, paginate, tabled
from kac.documents.sheets import DM2

SAID = st.text('粽子礼盒，。（）《》"()[],.%-x5gAB ', max_size=120)
HEIGHTS = st.lists(st.integers(1, 9), max_size=60)


@given(SAID, st.integers(4, 40))
def test_wrapping_loses_nothing_and_keeps_inside_the_column(text: str, room: int) -> None:
    lines = wrap(text, room)
    assert all(width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(st.lists(st.from_regex(r"[0-9A-Za-z.\-]{1,8}", fullmatch=True), max_size=20))
def test_codes_and_amounts_are_never_broken(words: list[str]) -> None:
    lines = wrap(" ".join(words), 12)
    assert [word for line in lines for word in line.split()] == words


@given(st.text("粽子礼盒，。；（）《》、", max_size=80))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text: str) -> None:
    inside = re.sub(r"([，。；（）《》、])[，。；（）《》、]+", r"\1", text)
    lines = wrap(inside, 12)
    assert not any(line[:1] in set("，。；）》、") for line in lines[1:])
    assert not any(line[-1:] in set("（《") for line in lines[:-1])


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("嘉兴五芳斋粽子礼盒(八角粽)100gx12", 26, ["嘉兴五芳斋粽子礼盒(八角粽)", "100gx12"]),
        ('稻香村双黄莲蓉中秋节的"月饼"礼盒', 24, ["稻香村双黄莲蓉中秋节的", '"月饼"礼盒']),
        ("农夫山泉天然矿泉水一二三四，赠品", 25, ["农夫山泉天然矿泉水一二三", "四，赠品"]),
    ],
)
def test_names_break_where_a_reader_expects_it(text: str, room: int, lines: list[str]) -> None:
    assert wrap(text, room) == lines


@given(SAID, st.integers(1, 5))
def test_a_text_with_too_many_lines_shows_that_it_is_cut(text: str, most: int) -> None:
    whole, cut = wrap(text, 16), wrap(text, 16, most=most)
    assert len(cut) <= most
    assert cut == whole or cut[-1].endswith("...")
    assert all(width(line) <= 16 for line in cut)


@given(SAID, st.integers(4, 40))
def test_clipping_keeps_inside_the_room(text: str, room: int) -> None:
    assert width(clip(text, room)) <= room
    assert clip(text, max(width(text), 1)) == text


@given(SAID, SAID, SAID)
def test_no_field_leaves_the_paper(one: str, two: str, three: str) -> None:
    lines = [
        *spread(one, two, 80),
        *flow([one, two, three], 80),
        *pairs([(one, two), (two, three)], 80),
        *heading(one, two[:20], three[:10], 80),
    ]
    assert all(width(line) <= 80 for line in lines)
    assert {width(line) for line in boxed([one, two, three], 80)} == {80}


@given(HEIGHTS, st.integers(3, 20))
def test_every_row_stands_whole_on_one_page(heights: list[int], capacity: int) -> None:
    spans = paginate(heights, capacity)
    assert [row for span in spans for row in span] == list(range(len(heights)))
    for span in spans:
        assert sum(heights[row] for row in span) <= capacity or len(span) == 1


@given(st.lists(st.integers(1, 5), min_size=1), st.integers(5, 20))
def test_a_page_is_turned_only_when_the_next_row_does_not_fit(
    heights: list[int], capacity: int
) -> None:
    spans = paginate(heights, capacity)
    for span, following in zip(spans, spans[1:], strict=False):
        assert sum(heights[row] for row in span) + heights[following.start] > capacity


def page_of(rows: list[tuple[str, str]], lines: int = 16) -> tuple[tuple[str, ...], ...]:
    table = Table((Column("品名", 20, flexible=True), Column("金额", 8, "right")), tuple(rows))
    return tabled(
        table,
        lambda page: [page],
        lambda span, last: [f"{len(span)}项", "完" if last else "续"],
        sheet=replace(DM2, lines=lines, columns=31),
    )


def test_pages_repeat_the_head_and_say_which_they_are() -> None:
    pages = page_of([("粽子", f"{number}.00") for number in range(10)])
    assert [page[0] for page in pages] == ["1/2页", "2/2页"]
    assert [page[2] for page in pages] == ["|        品名        |  金额  |"] * 2
    assert [page[-2:] for page in pages] == [("7项", "续"), ("3项", "完")]
    assert all(len(page) <= 16 - DM2.margin for page in pages)


def test_an_amount_too_wide_for_its_column_takes_room_from_the_name() -> None:
    (page,) = page_of([("嘉兴五芳斋粽子礼盒", "90,000,000,000.00")])
    assert page[4] == "|嘉兴五芳斋 |90,000,000,000.00|"
    assert {width(line) for line in page[1:7]} == {1 + 20 + 1 + 8 + 1}


def test_a_row_taller_than_a_page_is_cut_and_shows_it() -> None:
    (page,) = page_of([("粽" * 200, "1.00")])
    assert len(page) == 16 - DM2.margin
    assert page[-4].startswith("|粽粽粽粽粽粽粽粽...")


def test_a_page_too_short_for_its_own_head_and_foot_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        page_of([("粽子", "1.00")], lines=11)
    assert "12 lines at least" in refusal.value.cause[0]
    assert page_of([("粽子", "1.00")], lines=12)


def test_only_papers_of_one_stock_are_bound() -> None:
    narrow, wide = Paper((("一",),), DM2.wide(80), "𠮷"), Paper((("二",),), DM2)
    assert bound([narrow, narrow]) == Paper((("一",), ("一",)), DM2.wide(80), "𠮷")
    with pytest.raises(ValueError, match="different stock"):
        bound([narrow, wide])
