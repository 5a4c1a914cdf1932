"""Products from a file: new ones are taken in, known ones corrected, prices kept by date."""

from __future__ import annotations

import pytest

from kac.exchange.imports import FileRefused

HEADER = "商品编码,条码,品名,规格,类别,生鲜,大小件,单位,计量,进价,零售价"
COOKER = "P0001,6901234567892,电饭煲,5L,小家电,否,小件,台,计件,220.00,268.00"
RICE = "P0003,96385074,东北大米,10kg,粮油,否,小件,袋,计件,48.00,60.00"
NEW = "P0004,6900000000014,榨汁机,,小家电,否,大件,台,计件,100,150"


def errors(shop, *rows: str) -> list[tuple[int, str, str]]:
    with pytest.raises(FileRefused) as refused:
        shop.bring("products", "\n".join([HEADER, *rows]))
    return [(error.line, error.column, error.reason) for error in refused.value.errors]


def test_a_list_says_what_is_new_changed_and_as_it_was(shop):
    """A-56: another price of goods on file waits; that of new goods is theirs at once."""
    cooker = COOKER.replace("268", "258").replace("5L", "6L")
    outcome = shop.bring("products", "\n".join([HEADER, cooker, RICE, NEW]))
    assert outcome.document["counts"] == {"new": 1, "changed": 1, "same": 1, "prices": 1}
    prices = shop.rows("SELECT code, list_price_fen FROM v_product ORDER BY code")
    assert prices[0] == ("P0001", 26800)
    assert prices[-1] == ("P0004", 15000)
    sheet = outcome.document["prices"]
    waiting = shop.rows("SELECT number, code, list_price_fen, state FROM v_price_line")
    assert waiting == [(sheet, "P0001", 25800, "waiting")]
    assert f"kac price confirm {sheet}" in outcome.hints
    assert any(sheet in says and "P0001" in says for says in outcome.says)
    assert shop.rows("SELECT size_class, scale FROM product WHERE code = 'P0004'") == [("large", 1)]


def test_goods_that_are_weighed_are_kept_in_grams(shop):
    assert shop.rows("SELECT scale, fresh FROM product WHERE code = 'P0002'") == [(1000, 1)]


def test_a_price_that_waits_is_not_asked_for_twice_and_a_later_one_takes_its_place(shop):
    """A-56: one sheet for what is new in a file, none where all of it waits already."""
    dearer = COOKER.replace("220.00", "230.00")
    first = shop.bring("products", "\n".join([HEADER, dearer])).document
    again = shop.bring("products", "\n".join([HEADER, dearer, RICE])).document
    assert (first["prices"] != "", again["prices"], again["counts"]["prices"]) == (True, "", 1)
    shop.bring("products", "\n".join([HEADER, COOKER.replace("220.00", "235.00")]))
    found = shop.rows("SELECT cost_fen, state FROM v_price_line ORDER BY id")
    assert found == [(23000, "superseded"), (23500, "waiting")]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        (NEW.replace("P0004", ""), "商品编码", "empty"),
        (NEW.replace("P0004", "1.00E+05"), "商品编码", "a code consists of"),
        (NEW.replace("6900000000014", "6.90123E+12"), "条码", "format the column as text"),
        (NEW.replace("6900000000014", "6900000000013"), "条码", "its last digit is 3"),
        (NEW.replace("榨汁机", "=A1"), "品名", "a formula"),
        (NEW.replace(",否,", ",,"), "生鲜", "one of: 是"),
        (NEW.replace("大件", "中件"), "大小件", "one of: 大件, 小件"),
        (NEW.replace("计件", "计米"), "计量", "one of: 计件, 称重"),
        (NEW.replace(",100,", ",-1,"), "进价", "a price is not negative"),
        (NEW.replace(",150", ",1.005"), "零售价", "not an amount"),
        (NEW.replace("6900000000014", "96385074"), "商品编码", "belongs to P0003"),
        (RICE.replace("计件", "称重"), "商品编码", "measured in another unit"),
    ],
)
def test_a_bad_row_is_refused_by_line_column_and_reason(shop, row, column, why):
    ((line, named, reason),) = errors(shop, COOKER, row)
    assert (line, named) == (3, column)
    assert why in reason


def test_a_code_or_barcode_that_stands_twice_is_refused_with_the_line_of_the_first(shop):
    found = errors(shop, NEW, COOKER, NEW.replace("6900000000014", "6900000000021"),
                   NEW.replace("P0004", "P0005"))  # fmt: skip
    assert found == [
        (4, "商品编码", "it stands in line 2 already"),
        (5, "条码", "it stands in line 2 already"),
    ]
