"""Counts from a file: what differs is booked under the batch, what cannot be is refused."""

from __future__ import annotations

import pytest

from kac.exchange.imports import FileRefused

HEADER = "商品编码,地点,地点名称,库存,样品"


def errors(shop, *rows: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRefused) as refused:
        shop.bring("stock", "\n".join([HEADER, *rows]))
    return [(error.line, error.column, error.reason) for error in refused.value.errors]


def test_only_differences_are_booked_and_the_batch_is_their_document(shop):
    outcome = shop.bring("stock", f"{HEADER}\nP0001,dc,,75,3\nP0003,DC,配送中心,100,0\n")
    assert outcome.document["counts"] == {"counted": 2, "differences": 1}
    moved = shop.rows("SELECT product_id, from_place, quantity, value_fen FROM stock_move"
                      " WHERE document = :batch", batch=outcome.document["number"])  # fmt: skip
    assert moved == [(1, "DC", 5, 5 * 22000)]
    assert shop.rows("SELECT on_hand, display FROM v_stock WHERE code = 'P0001'") == [(75, 3)]


def test_weighed_goods_are_counted_in_kilograms_and_kept_in_grams(shop):
    assert shop.rows("SELECT on_hand FROM v_stock WHERE code = 'P0002'") == [(210_500,)]


def test_a_location_that_is_not_known_is_opened_by_its_name_and_goods_found_by_barcode(shop):
    shop.bring("stock", f"{HEADER}\n6901234567892,S01,人民路店,4,1\nP0003,S01,,0,\n")
    assert shop.rows("SELECT name FROM location WHERE code = 'S01'") == [("人民路店",)]
    rows = shop.rows("SELECT code, on_hand FROM v_stock WHERE location = 'S01' ORDER BY code")
    assert rows == [("P0001", 4), ("P0002", 0), ("P0003", 0)]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("P0404,DC,,1,0", "商品编码", "no product has this code or barcode"),
        ("P0003,S09,,1,0", "地点", "no such location, and no name"),
        ("P0003,DC,东湖店,1,0", "地点名称", "DC is called 配送中心"),
        ("P0003,DC,,,0", "库存", "empty"),
        ("P0003,DC,,-1,0", "库存", "not a quantity"),
        ("P0003,DC,,1.5,0", "库存", "finer than"),
        ("P0003,DC,,1,x", "样品", "not a quantity"),
        ("P0003,DC,,1,2", "库存", "2 display samples of 1 counted"),
        ("P0001,DC,,9,0", "商品编码", "counted there in line 2 already"),
        ("6901234567892,dc,,9,0", "商品编码", "counted there in line 2 already"),
    ],
)
def test_a_bad_row_is_refused_by_line_column_and_reason(shop, row, column, why):
    ((line, named, reason),) = errors(shop, "P0001,DC,,70,2", row)
    assert (line, named) == (3, column)
    assert why in reason
