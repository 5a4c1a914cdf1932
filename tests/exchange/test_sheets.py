"""A file is a sheet of rows under a known header, or it is refused whole with the place named."""

from __future__ import annotations

import pytest

from kac.core.errors import BadInput
from kac.exchange import rows
from kac.exchange.sheet import CellError, read
from kac.exchange.stock import COLUMNS

HEADER = "商品编码,地点,地点名称,库存,样品"
ROW = "P0001,DC,配送中心,80,2"


def sheet(*lines: str):
    return read("\n".join(lines).encode(), COLUMNS)


def refusal(text: str) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read(text.encode(), COLUMNS)
    return refused.value


def errors(*lines: str) -> list[tuple[int, str]]:
    return [(error.line, error.reason) for error in sheet(*lines).errors]


# The header


@pytest.mark.parametrize(
    "header",
    [
        HEADER,
        "code,location,location_name,counted,display",
        "商品编码, 地点 ,location_name,库存(销售单位),样品（件）",
        "货号,地点编码,地点名称,实盘数量,样品数量",
    ],
)
def test_columns_have_chinese_and_english_names_and_notes_in_brackets(header):
    (line,) = sheet(header, ROW).lines
    assert list(line.values.values()) == ["P0001", "DC", "配送中心", "80", "2"]


def test_columns_may_stand_in_any_order_and_the_optional_ones_may_be_left_out():
    (line,) = sheet("库存,地点,商品编码", "80,DC,P0001").lines
    assert line.values["counted"] == "80"
    assert line.values["display"] == "0"
    assert line.values["location_name"] == ""


def test_a_file_that_would_approve_something_is_refused_by_the_name_of_its_column():
    refused = refusal(f"{HEADER},approved\n{ROW},1\n")
    assert refused.code == "E-IMP-002"
    assert refused.cause[0] == "unknown: approved"
    assert "no column approves" in refused.cause[1]


def test_unknown_double_and_missing_columns_are_all_named_at_once():
    refused = refusal("商品编码,code,地点,价钱,\nP1,P1,DC,1,\n")
    assert list(refused.cause[:3]) == [
        "unknown: 价钱, a column without a name",
        "named twice: code",
        "missing: 库存",
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", ROW + "\n", HEADER.replace(",", ";") + "\n", HEADER.replace(",", "\t") + "\n"],
    ids=["empty", "blank", "no header", "semicolons", "tabs"],
)
def test_a_file_without_a_known_header_is_refused_with_its_first_lines(text):
    refused = refusal(text)
    assert refused.code == "E-IMP-001"
    assert refused.cause[-1] == f"columns, separated by commas: {HEADER}"
    assert len(refused.cause) == 1 + min(3, len(text.splitlines()))


# The structure


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f'{HEADER}\n{ROW}\n"P0002,DC,,1,\n{ROW}\n', "line 3: a quotation mark is opened"),
        (f'{HEADER}\n"P0001"x,DC,,1,\n', "line 2: something stands between"),
        (f"{HEADER}\n{ROW}\nP0001\0,DC,,1,\n", "line 3: it holds a NUL"),
        (f"{HEADER}\n{'9' * 200_000},DC,,1,\n", "line 2: a cell is too long"),
        (f"{HEADER}\n", "no rows stand below the header"),
        (f"{HEADER}\n\n,,,,\n", "no rows stand below the header"),
    ],
)
def test_a_broken_file_is_refused_with_the_line_where_it_breaks(text, said):
    refused = refusal(text)
    assert refused.code == "E-IMP-003"
    assert refused.cause[0].startswith(said)


def test_a_file_of_too_many_rows_or_bytes_is_refused_before_it_is_believed(monkeypatch):
    monkeypatch.setattr(rows, "MOST_LINES", 3)
    assert len(sheet(HEADER, ROW, ROW, ROW).lines) == 3
    assert "line 5: there are more than 3 rows" in refusal("\n".join([HEADER, *[ROW] * 4])).cause[0]
    with pytest.raises(BadInput) as refused:
        read(b" " * (rows.MOST_BYTES + 1), COLUMNS)
    assert "64 MiB" in refused.value.cause[0]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_way_and_keep_their_numbers(end):
    read_in = read(end.join([HEADER, ROW, "P0002,DC,,x\u202ey,"]).encode(), COLUMNS)
    assert [line.number for line in read_in.lines] == [2, 3]
    assert [error.line for error in read_in.errors] == [3]


def test_a_line_break_inside_quotes_is_named_and_does_not_shift_the_numbers_after_it():
    assert errors(HEADER, 'P0001,DC,"配送', '中心",80,', ROW, "P0002,DC,,,") == [
        (2, "a line break stands inside the cell"),
        (5, "the cell is empty"),
    ]


def test_short_and_long_rows_are_bad_rows():
    assert errors(HEADER, ROW, "P0002,DC", ROW + ",x") == [
        (3, "2 cells stand under 5 columns"),
        (4, "6 cells stand under 5 columns"),
    ]


def test_blank_rows_are_bad_between_rows_and_nothing_at_the_end():
    assert errors(HEADER, ROW, "", ",,,,", ROW, ",,,,", "") == [
        (3, "a blank line stands between the rows"),
        (4, "a blank line stands between the rows"),
    ]


def test_every_bad_cell_is_noted_with_line_column_value_and_reason():
    bad = sheet(HEADER, ROW, "P 1*,D C?,,,", "=A1,DC,#REF!,80,").errors
    assert bad == [
        CellError(3, "商品编码", "P 1*", bad[0].reason),
        CellError(3, "地点", "D C?", bad[1].reason),
        CellError(3, "库存", "", "the cell is empty"),
        CellError(4, "商品编码", "=A1", "a formula stands here, not what it comes to"),
        CellError(4, "地点名称", "#REF!", "the spreadsheet shows an error here"),
    ]
    assert bad[2].says() == 'line 3, 库存 = "": the cell is empty'


def test_what_an_error_shows_cannot_drive_the_terminal():
    (error,) = sheet(HEADER, "P0001,DC,\x1b[31m,80,").errors
    assert "\x1b" not in error.says()
    assert "\\u001b[31m" in error.says()


# What makes two files the same


def test_the_digest_is_of_what_a_file_says_not_of_how_it_is_saved():
    plain = sheet(HEADER, ROW).digest
    assert read(f"{HEADER}\r\n{ROW}\r\n,,,,\r\n".encode("gbk"), COLUMNS).digest == plain
    assert sheet(HEADER, '\'P0001,DC,配送中心,"80",2 ').digest == plain
    assert sheet("库存,样品,商品编码,地点,地点名称", "80,2,P0001,DC,配送中心").digest == plain
    assert sheet(HEADER, ROW, ROW).digest != plain
    assert sheet(HEADER, "P0001,DC,配送中心,802,").digest != plain
