"""Workbooks as files in: what a spreadsheet saves by itself is taken like a CSV file."""

from __future__ import annotations

import io
from datetime import date

import pytest

from kac.core.errors import BadInput
from kac.exchange.workbook import as_csv, is_workbook

xlsxwriter = pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")


def book(*rows: list[object]) -> bytes:
    """A workbook with these rows, numbers as numbers and the rest as text."""
    made = io.BytesIO()
    written = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = written.add_worksheet()
    day = written.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, date):
                sheet.write_datetime(at, column, cell, day)
            elif cell != "":
                sheet.write(at, column, cell)
    written.close()
    return made.getvalue()


def test_cells_are_what_the_spreadsheet_shows() -> None:
    """Whole numbers without a point, money to the fen, days as days; nothing around the rows."""
    data = book(["a", "b", "c"], [6901234567892, 88.5, date(2026, 12, 1)], ["", "", ""])
    assert is_workbook(data)
    assert as_csv(data) == "a,b,c\r\n6901234567892,88.50,2026-12-01\r\n"
    assert not is_workbook(b"a,b\r\n")


def test_customers_come_in_from_a_workbook_once(desk) -> None:
    """The same rows as CSV are the same file (RTL-REC-04)."""
    head = ["名称", "类型", "性质", "联系人", "电话", "地址", "区域", "消费需求"]
    row = ["星海电子厂", "单位", "工厂", "何工", 15400120077, "星海路9号", "新港区", "福利"]
    path = desk.home / "customers.xlsx"
    path.write_bytes(book(head, row))
    told = desk.ok(f"import customers {path} --json", as_="importer").json
    assert (told["state"], told["encoding"], told["rows"]) == ("imported", "xlsx", 1)
    same = desk.home / "same.csv"
    same.write_text("\n".join([",".join(head), ",".join(map(str, row))]), "utf-8")
    again = desk.ok(f"import customers {same} --json", as_="importer").json
    assert (again["state"], again["number"]) == ("imported_before", told["number"])
    assert desk.sql("SELECT phone FROM v_customer WHERE name = '星海电子厂'") == [("15400120077",)]


def test_what_a_spreadsheet_broke_is_refused_with_its_line(desk) -> None:
    """A code of eighteen digits that was typed as a number has lost its last ones."""
    path = desk.home / "stock.xlsx"
    path.write_bytes(
        book(
            ["商品编码", "地点", "库存", "样品"],
            ["P0001", "DC", 5, 0],
            [691234567890123456, "DC", 1, 0],
        )
    )
    said = desk.refused(f"import stock {path}", "E-IMP-004", as_="importer", exit=6)
    assert "line 3" in said.err
    path.write_bytes(path.read_bytes()[:-100])
    desk.refused(f"import stock {path}", "E-IMP-003", as_="importer", exit=6)


def test_a_template_is_a_file_that_can_be_filled_in(desk) -> None:
    for kind in ("customers", "products", "stock", "orders", "calendar"):
        columns = desk.ok(f"import template {kind} --json").json
        path = desk.home / f"{kind}.csv"
        desk.ok(f"import template {kind} -o {path}")
        assert path.read_text("utf-8-sig").strip().split(",") == [row["title"] for row in columns]
        assert any(not row["optional"] for row in columns)
    path = desk.home / "stock.csv"
    with path.open("a", encoding="utf-8") as filled:
        row = {"商品编码": "P0001", "地点": "DC", "库存": "7", "样品": "0"}
        titles = [column["title"] for column in desk.ok("import template stock --json").json]
        filled.write(",".join(row.get(title, "") for title in titles) + "\r\n")
    assert desk.run(f"import stock {path}", as_="importer").exit == 0
    desk.refused("import template nothing", exit=2)


def test_a_damaged_workbook_is_no_workbook() -> None:
    with pytest.raises(BadInput):
        is_workbook(b"PK\x03\x04 and then nothing")
