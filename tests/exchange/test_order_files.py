"""Orders from a file are drafts, one per external number (RTL-REC-14, SC-60)."""

from __future__ import annotations

import pytest

from kac.exchange.imports import FileRefused

HEADER = "外部单号,客户编码,要货日期,送货地址,商品编码,数量,成交价,赠品,备注"


def bring(shop, *rows: str):
    return shop.bring("orders", "\n".join([HEADER, *rows]))


def errors(shop, *rows: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRefused) as refused:
        bring(shop, *rows)
    return [(error.line, error.column, error.reason) for error in refused.value.errors]


def test_rows_with_one_external_number_make_one_draft_wherever_they_stand(shop):
    bring(
        shop,
        "WX-1,KH0001,2026-11-25,后门,P0001,50,260,,早上送",
        "WX-2,KH0002,+3d,,P0002,42.5,,,",
        "WX-1,KH0001,2026/11/25,,6901234567892,1,0,是,",
    )
    orders = shop.rows("SELECT number, state, customer, need_by, address, note, external_number,"
                       " lines, total_fen FROM v_order ORDER BY number")  # fmt: skip
    assert orders == [
        ("DD20261118-0001", "draft", "KH0001", "2026-11-25", "后门", "早上送", "WX-1", 2, 1300000),
        ("DD20261118-0002", "draft", "KH0002", "2026-11-21", "学苑路66号", "", "WX-2", 1, 110500),
    ]
    lines = shop.rows("SELECT quantity, list_price_fen, unit_price_fen, gift FROM v_order_line"
                      " WHERE number = 'DD20261118-0001' ORDER BY line")  # fmt: skip
    assert lines == [(50, 26800, 26000, 0), (1, 26800, 0, 1)]


def test_an_imported_draft_promises_no_goods(shop):
    bring(shop, "WX-1,KH0001,2026-11-25,,P0001,50,260,,")
    assert shop.rows("SELECT * FROM reservation") == []
    assert shop.rows("SELECT * FROM approval") == []


def test_an_order_that_is_in_the_ledger_is_not_drafted_twice(shop):
    bring(shop, "WX-1,KH0001,2026-11-25,,P0001,50,260,,")
    found = errors(
        shop,
        "WX-1,KH0001,2026-11-25,,P0001,50,260,,",
        "WX-1,KH0001,2026-11-25,,P0003,1,,,",
        "WX-2,KH0001,2026-11-25,,P0001,50,260,,",
    )
    why = "this order is in the ledger already as DD20261118-0001, and says something else"
    assert found == [(2, "外部单号", why)]


def test_orders_of_a_file_that_grew_are_drafted_once_each(shop):
    """Idempotent by row: the orders that were there are counted, the new ones drafted."""
    first = ["WX-1,KH0001,2026-11-25,,P0001,50,260,,", "WX-1,KH0001,2026-11-25,,P0003,1,,,"]
    bring(shop, *first)
    grown = bring(shop, *first, "WX-2,KH0001,2026-11-25,,P0001,50,260,,")
    assert grown.document["counts"] == {"drafts": 1, "there": 1}
    assert shop.rows("SELECT number, external_number FROM sales_order ORDER BY number") == [
        ("DD20261118-0001", "WX-1"),
        ("DD20261118-0002", "WX-2"),
    ]
    assert shop.sound()


@pytest.mark.parametrize(
    "again",
    [
        "WX-1,KH0001,2026-11-25,,P0001,51,260,,",
        "WX-1,KH0001,2026-11-25,,P0001,50,261,,",
        "WX-1,KH0001,2026-11-26,,P0001,50,260,,",
        "WX-1,KH0001,2026-11-25,后门,P0001,50,260,,",
        "WX-1,KH0001,2026-11-25,,P0001,50,260,,早上",
        "WX-1,KH0001,2026-11-25,,P0001,50,,是,",
    ],
)
def test_an_order_that_says_something_else_than_the_ledger_is_refused(shop, again):
    bring(shop, "WX-1,KH0001,2026-11-25,,P0001,50,260,,")
    ((line, column, why),) = errors(shop, again)
    assert (line, column) == (2, "外部单号")
    assert "says something else" in why


def test_two_customers_may_have_orders_of_the_same_number_in_files_of_their_own(shop):
    bring(shop, "1,KH0001,2026-11-25,,P0001,50,260,,")
    bring(shop, "1,KH0002,2026-11-25,,P0001,50,260,,")
    assert shop.rows("SELECT customer FROM v_order ORDER BY number") == [("KH0001",), ("KH0002",)]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (",KH0001,2026-11-25,,P0001,1,,,", "外部单号", "empty"),
        ("WX-2,,2026-11-25,,P0001,1,,,", "客户编码", "such as KH0001"),
        ("WX-2,KH0404,2026-11-25,,P0001,1,,,", "客户编码", "no customer has this code"),
        ("WX-2,KH0001,,,P0001,1,,,", "要货日期", "empty"),
        ("WX-2,KH0001,2026-02-30,,P0001,1,,,", "要货日期", "no calendar has"),
        ("WX-2,KH0001,46351,,P0001,1,,,", "要货日期", "is not a day"),
        ("WX-2,KH0001,2026-11-25,,P0404,1,,,", "商品编码", "no product has"),
        ("WX-2,KH0001,2026-11-25,,P0001,,,,", "数量", "empty"),
        ("WX-2,KH0001,2026-11-25,,P0001,0,,,", "数量", "orders nothing"),
        ("WX-2,KH0001,2026-11-25,,P0001,1.5,,,", "数量", "finer than"),
        ("WX-2,KH0001,2026-11-25,,P0001,1e3,,,", "数量", "not a quantity"),
        ("WX-2,KH0001,2026-11-25,,P0001,1,8８.OO,,", "成交价", "not an amount"),
        ("WX-2,KH0001,2026-11-25,,P0001,1,-1,,", "成交价", "not negative"),
        ("WX-2,KH0001,2026-11-25,,P0001,1,0,,", "成交价", "for nothing are a gift"),
        ("WX-2,KH0001,2026-11-25,,P0001,1,88,是,", "成交价", "a gift has no price"),
        ("WX-2,KH0001,2026-11-25,,P0001,1,,送,", "赠品", "one of: 是"),
        ("WX-1,KH0002,2026-11-25,,P0001,1,,,", "客户编码", "line 2 of the same order says KH0001"),
        ("WX-1,KH0001,2026-11-26,,P0001,1,,,", "要货日期", "says 2026-11-25"),
        ("WX-1,KH0001,2026-11-25,前门,P0001,1,,,", "送货地址", "says 后门"),
    ],
)
def test_a_bad_row_is_refused_by_line_column_and_reason(shop, row, column, why):
    ((line, named, reason),) = errors(shop, "WX-1,KH0001,2026-11-25,后门,P0001,50,260,,", row)
    assert (line, named) == (3, column)
    assert why in reason


def test_what_the_order_desk_refuses_is_told_with_the_order_s_first_row(shop):
    rows = [f"WX-1,KH0001,2026-11-25,,P0003,{n},,," for n in range(1, 500)]
    ((line, column, reason),) = errors(shop, *rows)
    assert (line, column) == (2, "")
    assert "too many for one form" in reason


def test_all_errors_of_a_file_are_told_at_once_cells_and_orders_alike(shop):
    bring(shop, "WX-1,KH0001,2026-11-25,,P0001,50,260,,")
    found = errors(
        shop,
        "WX-1,KH0001,2026-11-25,,P0001,1,,,",
        "WX-2,KH0404,2026-11-25,,P0404,x,,,",
        "WX-3,KH0001,2026-11-25,,P0001,1,,,",
        "WX-4,客户,2026-11-25,,P0001,0,,,",
    )
    assert [(line, column) for line, column, _why in found] == [
        (2, "外部单号"),
        (3, "客户编码"),
        (3, "商品编码"),
        (3, "数量"),
        (5, "客户编码"),
        (5, "数量"),
    ]


def test_rows_without_a_readable_number_are_not_taken_for_one_order(shop):
    rows = ",KH0001,2026-11-25,,P0001,1,,,", ",KH0002,2026-11-26,,P0001,1,,,"
    assert [(line, column) for line, column, _why in errors(shop, *rows)] == [
        (2, "外部单号"),
        (3, "外部单号"),
    ]
