"""Lists as spreadsheets take them: figures to the fen, codes whole, Chinese legible, no formula."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from datetime import date
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from kac.cli.sheets import FORMULA, Column
from kac.cli.workbook import Sheet, workbook
from kac.core.errors import Exit
from kac.core.money import LARGEST_FEN, Money, plain_fen
from kac.core.quantity import format_quantity

COLUMNS = [
    Column("code", "编码", "code"),
    Column("name", "名称"),
    Column("total", "金额", "money"),
    Column("quantity", "数量", "quantity"),
    Column("margin", "毛利率", "rate"),
    Column("lines", "行数", "count"),
    Column("day", "日期", "day"),
]
ROW = {
    "code": "0069",
    "name": "团购",
    "total": 1,
    "quantity": 1,
    "scale": 1,
    "margin": 1,
    "lines": 1,
    "day": "2026-11-20",
}
TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=20)


def read(data: bytes) -> list[list[list[object]]]:
    """The sheets of a workbook, as a reader of another house sees them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]


def inside(data: bytes, name: str) -> str:
    """A part of the workbook, as it is stored."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode()


@given(
    total=st.integers(-LARGEST_FEN, LARGEST_FEN),
    quantity=st.integers(-(10**9), 10**9),
    margin=st.integers(-(10**6), 10**6),
    scale=st.sampled_from([1, 1000]),
)
@settings(max_examples=60)
def test_figures_are_numbers_and_stored_to_the_fen(total, quantity, margin, scale) -> None:
    figures = {"total": total, "quantity": quantity, "scale": scale, "margin": margin}
    data = workbook([Sheet("x", COLUMNS, [ROW | figures, ROW | {"total": Money(total)}])])
    cells = re.findall(
        r'<c r="([CDE])2"[^>]*><v>([^<]*)</v>', inside(data, "xl/worksheets/sheet1.xml")
    )
    stored = dict(cells)
    assert stored["C"] == plain_fen(total)
    assert stored["D"] == format_quantity(quantity, scale).replace(",", "")
    whole, _dot, rest = stored["E"].partition(".")
    assert int(whole + rest) == margin
    assert len(rest) == 4
    assert read(data)[0][1][2] == read(data)[0][2][2]


@given(code=TEXTS, name=TEXTS)
@settings(max_examples=60)
def test_codes_and_names_are_text_as_they_were_typed(code, name) -> None:
    data = workbook([Sheet("x", COLUMNS, [ROW | {"code": code, "name": name}])])
    assert [str(cell) for cell in read(data)[0][1][:2]] == [code, name]


@pytest.mark.parametrize("begins", FORMULA)
def test_no_cell_can_be_run_not_even_after_it_was_edited(begins) -> None:
    """A text with the mark that Excel gives to what was typed behind an apostrophe."""
    data = workbook([Sheet("x", COLUMNS, [ROW | {"name": f"{begins}1+1"}, ROW])])
    page = inside(data, "xl/worksheets/sheet1.xml")
    assert "<f>" not in page
    style = int(re.search(r'<c r="B2" s="(\d+)" t="s">', page)[1]) if begins.isprintable() else None
    formats = re.findall(r"<xf [^>]*>", inside(data, "xl/styles.xml").partition("<cellXfs")[2])
    if style is not None:
        assert 'quotePrefix="1"' in formats[style]
    assert not re.search(r'<c r="B3" s=', page), "what is harmless stays plain"


def test_a_workbook_is_the_same_to_the_byte_when_its_rows_are() -> None:
    sheets = [Sheet("甲", COLUMNS, [ROW]), Sheet("乙/丙", COLUMNS, [])]
    assert workbook(sheets) == workbook(sheets)
    assert CalamineWorkbook.from_filelike(io.BytesIO(workbook(sheets))).sheet_names == [
        "1 甲",
        "2 乙 丙",
    ]


def test_a_list_as_a_workbook_holds_what_json_says(desk) -> None:
    path = desk.home / "orders.xlsx"
    listed = desk.ok("order list --state all --json").json
    desk.ok(f"order list --state all -o {path}")
    (rows,) = read(path.read_bytes())
    _head, *rows = [dict(zip(rows[0], row, strict=True)) for row in rows]
    assert [row["order"] for row in rows] == [each["number"] for each in listed]
    assert [f"{row['total']:.2f}" for row in rows] == [each["total"] for each in listed]
    assert any(type(cell) is date for cell in rows[0].values())


def test_one_document_as_a_workbook_has_a_sheet_for_each_of_its_lists(desk) -> None:
    path = desk.home / "order.xlsx"
    desk.ok("order new -c KH0001 -l P0001:5 -l P0002:2.5 --need-by +7d", as_="gp_specialist")
    desk.ok(f"order show @ -o {path}", as_="gp_specialist")
    book = CalamineWorkbook.from_path(path)
    assert "2 lines" in book.sheet_names
    lines = book.get_sheet_by_name("2 lines").to_python()
    assert [row[1] for row in lines[1:]] == ["P0001", "P0002"]
    assert lines[2][lines[0].index("quantity")] == 2.5


@pytest.mark.parametrize(
    ("encoding", "begins"), [("", b"\xef\xbb\xbf"), ("utf-8", b"number"), ("gb18030", b"number")]
)
def test_a_csv_file_is_legible_to_excel_and_to_older_programs(desk, encoding, begins) -> None:
    path = desk.home / "customers.csv"
    words = ["--encoding", encoding] if encoding else []
    desk.ok(["customer", "list", "--columns", "number,name", "-o", str(path), *words])
    data = path.read_bytes()
    assert data.startswith(begins)
    assert data.count(b"\r\n") == data.count(b"\n") > 10
    text = data.decode(encoding or "utf-8-sig")
    (_head, *rows) = csv.reader(io.StringIO(text))
    assert rows == [[each["number"], each["name"]] for each in desk.ok("customer list --json").json]


def test_json_lines_go_by_either_name(desk) -> None:
    for name in ("x.jsonl", "x.ndjson"):
        path = desk.home / name
        desk.ok(f"stock list --limit 3 -o {path}")
        assert len([json.loads(line) for line in path.read_text("utf-8").splitlines()]) == 3


def test_what_only_a_file_can_hold_is_not_for_the_screen(desk) -> None:
    path = desk.home / "x.json"
    for command in (
        "order list --format xlsx",
        "order list --csv --encoding gb18030",
        f"order list -o {path} --encoding gb18030",
        "order list --csv --encoding utf-9",
    ):
        result = desk.run(command)
        assert result.exit == Exit.USAGE, command
        assert result.out == ""
    assert not path.exists()
    assert desk.ok("order list", env={"KAC_FORMAT": "xlsx"}).out


def test_without_the_extra_a_workbook_is_told_to_need_it(desk) -> None:
    path = desk.home / "x.xlsx"
    with mock.patch.dict(sys.modules, {"xlsxwriter": None}):
        result = desk.run(f"order list -o {path}")
    assert result.exit == Exit.ENVIRONMENT
    assert "E-ENV-031" in result.err
    assert "kac[xlsx]" in result.err
    assert not Path(path).exists()


def test_a_list_longer_than_a_sheet_is_refused(monkeypatch) -> None:
    from kac.cli import workbook as module
    from kac.core.errors import UsageError

    monkeypatch.setattr(module, "_MOST_ROWS", 2)
    with pytest.raises(UsageError, match="here are 3"):
        workbook([Sheet("x", COLUMNS, [ROW] * 3)])


def test_amounts_stand_in_csv_as_plain_figures(desk) -> None:
    for row in csv.DictReader(io.StringIO(desk.ok("order list --state all --csv").out)):
        assert re.fullmatch(r"\d+\.\d\d", row["total"])
        assert row["total"] == plain_fen(int(row["total"].replace(".", "")))
