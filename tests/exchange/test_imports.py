"""A file is taken in whole and once, or not at all; bad rows come back to be mended (SC-60)."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.core.actor import Actor
from kac.core.errors import Exit, NotPermitted, UsageError
from kac.exchange.imports import FileRefused
from kac.exchange.rejects import rejects_name

HEADER = "外部单号,客户编码,要货日期,送货地址,商品编码,数量,成交价,赠品,备注"
GOOD = [
    "WX-1,KH0001,2026-11-25,,P0001,50,268.00,否,早上七点前",
    "WX-1,KH0001,2026-11-25,,P0003,10,,,",
    "WX-2,KH0002,2026-11-26,学苑路后门,P0002,42.5,25.50,,",
    "WX-2,KH0002,2026-11-26,,P0003,1,,是,",
]


def file(*rows: str, header: str = HEADER) -> str:
    return "\n".join([header, *rows, ""])


def refused(shop, kind, data, **options) -> FileRefused:
    with pytest.raises(FileRefused) as raised:
        shop.bring(kind, data, **options)
    assert raised.value.exit is Exit.BAD_INPUT
    assert raised.value.code == "E-IMP-004"
    return raised.value


def table(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


# Whole and once


def test_a_sound_file_is_taken_in_under_one_batch_number(shop):
    outcome = shop.bring("orders", file(*GOOD), name="C:/inbox/orders.csv")
    assert outcome.document == {
        "number": "IM20261118-0004",
        "state": "imported",
        "kind": "orders",
        "file": "orders.csv",
        "encoding": "utf-8",
        "rows": 4,
        "counts": {"drafts": 2},
        "first": "DD20261118-0001",
        "last": "DD20261118-0002",
    }
    assert shop.rows("SELECT kind, file_name, rows, by FROM import_batch ORDER BY id")[-1] == (
        "orders", "orders.csv", 4, "importer"
    )  # fmt: skip
    assert shop.sound()


@pytest.mark.parametrize(
    "again",
    [
        file(*GOOD).encode(),
        file(*GOOD).replace("\n", "\r\n").encode("utf-8-sig"),
        file(*GOOD).encode("gb18030"),
    ],
    ids=["the same bytes", "CRLF and a mark", "GB18030"],
)
def test_the_same_file_twice_is_imported_once_however_it_was_saved_again(shop, again):
    first = shop.bring("orders", file(*GOOD))
    before = shop.rows("SELECT * FROM sales_order")
    outcome = shop.bring("orders", again, name="renamed.csv")
    assert outcome.document["number"] == first.document["number"]
    assert outcome.document["state"] == "imported_before"
    assert "nothing was changed" in outcome.says[0]
    assert shop.rows("SELECT * FROM sales_order") == before
    assert shop.rows("SELECT count(*) FROM import_batch WHERE kind = 'orders'") == [(1,)]


@pytest.mark.parametrize(
    ("kind", "rows"),
    [
        ("orders", file(*GOOD, "WX-3,KH0009,2026-11-25,,P0001,1,,,")),
        ("orders", file("WX-9,KH0001,2026-02-30,,P0001,1,,,", *GOOD)),
        ("products", "商品编码,条码,品名,规格,类别,生鲜,大小件,单位,计量,进价,零售价\n"
         "P0009,6901234567892,新品,1,类,否,小件,台,计件,1,2\n"
         "P0001,6901234567892,改名,5L,小家电,否,小件,台,计件,1,2\n"),
        ("stock", "商品编码,地点,地点名称,库存,样品\nP0001,S09,新店,5,0\nP0003,DC,,1,2\n"),
        ("customers", "名称,类型,性质,电话,地址,区域\n新客户,单位,,95588,,\n红星小学,单位,,,,\n"),
    ],
)  # fmt: skip
def test_one_bad_row_keeps_the_whole_file_out_and_the_ledger_as_it_was(shop, kind, rows):
    before = shop.state()
    refused(shop, kind, rows)
    assert shop.state() == before


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(shop):
    before = shop.state()
    outcome = shop.bring("orders", file(*GOOD), dry=True)
    assert outcome.dry
    assert outcome.document["counts"] == {"drafts": 2}
    assert shop.state() == before


def test_an_importer_imports_and_finance_does_not_bring_orders(shop):
    finance = Actor(2, "fin", "财务", frozenset({"finance"}))
    before = shop.state()
    with pytest.raises(NotPermitted):
        shop.bring("orders", file(*GOOD), actor=finance)
    assert shop.state() == before


def test_there_is_no_import_of_what_is_no_kind_of_file(shop):
    with pytest.raises(UsageError) as raised:
        shop.bring("approvals", file(*GOOD))
    names = "customers, products, prices, stock, orders, payments, visits, opening, calendar"
    assert raised.value.cause[0] == f"one of: {names}"


# What is told


def test_a_refusal_tells_the_first_ten_errors_with_their_places_and_counts_all(shop):
    rows = [f"WX-{n},KH0001,2026-11-25,,P0001,0,{'8８.OO' if n else 88},,x" for n in range(12)]
    error = refused(shop, "orders", file(*rows), name="orders.csv")
    assert error.message == "orders.csv: nothing was written (errors: 23, rows: 12)"
    assert len(error.errors) == 23
    assert len(error.cause) == 11
    assert error.cause[0] == 'line 2, 数量 = "0": a quantity of 0 orders nothing'
    assert error.cause[2].startswith('line 3, 成交价 = "8８.OO": "8８.OO" is not an amount')
    assert error.cause[10] == "and 13 more"
    assert error.refs == {"file": "orders.csv", "rejects": "orders.rejects.csv"}


# Rejects


def test_rejects_hold_the_bad_rows_with_all_rows_of_their_order_and_why(shop):
    bad = "WX-2,KH0002,2026-11-26,,P0404,1,,,"
    error = refused(shop, "orders", file(*GOOD, bad))
    assert rejects_name("inbox/orders.csv") == error.rejects_name == "orders.rejects.csv"
    head, *rows = table(error.rejects)
    assert head == [*HEADER.split(","), "原行号", "退回原因"]
    assert [row[:-2] for row in rows] == [line.split(",") for line in (*GOOD[2:], bad)]
    assert [row[-2] for row in rows] == ["4", "5", "6"]
    assert rows[0][-1] == "another row of the same document is bad"
    assert rows[2][-1] == "商品编码: no product has this code or barcode"


def test_rejects_that_were_mended_are_fed_back_as_they_are(shop):
    bad = "WX-3,KH0001,2026-11-25,,P0404,1,,,"
    error = refused(shop, "orders", file(*GOOD, bad))
    mended = error.rejects.decode("utf-8-sig").replace("P0404", "P0001")
    outcome = shop.bring("orders", mended, name=error.rejects_name)
    assert outcome.document["counts"] == {"drafts": 1}
    assert shop.rows("SELECT external_number FROM sales_order") == [("WX-3",)]
    assert shop.bring("orders", file(*GOOD)).document["counts"] == {"drafts": 2}
    again = shop.bring("orders", file(bad.replace("P0404", "P0001")))
    assert again.document["state"] == "imported_before"


def test_rejects_that_are_still_bad_come_back_with_new_reasons_and_no_third_column(shop):
    first = refused(shop, "orders", file("WX-3,KH0001,2026-11-25,,P0404,0,,,"))
    half = first.rejects.decode("utf-8-sig").replace("P0404", "P0001")
    second = refused(shop, "orders", half, name=first.rejects_name)
    head, row = table(second.rejects)
    assert head == [*HEADER.split(","), "原行号", "退回原因"]
    assert row[-2:] == ["2", "数量: a quantity of 0 orders nothing"]


def test_rejects_of_an_english_file_have_english_columns_and_run_no_formula(shop):
    header = "external_number,customer,need_by,code,quantity,note"
    error = refused(shop, "orders", file("WX-3,KH0001,2026-11-25,P0001,-5,@SUM(A1)", header=header))
    head, row = table(error.rejects)
    assert head == [*header.split(","), "source_line", "reject_reason"]
    assert row[4:6] == ["'-5", "'@SUM(A1)"]


def test_rows_of_a_wrong_length_are_sent_back_with_their_surplus_in_the_reason(shop):
    error = refused(shop, "orders", file(GOOD[0] + ",x,y", "WX-1,KH0001"))
    _head, long, short = table(error.rejects)
    assert len(long) == len(short) == 11
    assert long[-1] == "11 cells stand under 9 columns; too many cells: x | y"
    assert short[:3] == ["WX-1", "KH0001", ""]


def test_a_file_with_nothing_to_mend_has_no_rejects(shop):
    error = refused(shop, "orders", file(*GOOD[:2], "", *GOOD[2:]))
    assert error.rejects == b""
    assert error.refs["rejects"] == ""


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=8), min_size=9, max_size=9))
def test_whatever_stands_in_the_cells_the_ledger_holds_all_of_a_file_or_nothing(shop, row):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([HEADER.split(","), *(line.split(",") for line in GOOD), row])
    before = shop.state()
    try:
        shop.bring("orders", text.getvalue().encode("utf-8", "replace"))
    except Exception as error:
        assert getattr(error, "exit", None) is Exit.BAD_INPUT, error
        assert shop.state() == before
    else:
        assert (
            "".join(row).strip() == "" or shop.rows("SELECT count(*) FROM sales_order")[0][0] == 2
        )
