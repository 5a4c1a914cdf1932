"""A file in order is drafted as it is read, and comes to the same as one read with care."""

from __future__ import annotations

import csv
import io
import itertools
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.db import audit
from kac.exchange import imports, orders
from kac.exchange.plain import NotPlain, PlainSheet
from kac.exchange.sheet import read
from kac.exchange.source import Source
from tests.exchange.conftest import Shop

HEADER = "外部单号,客户编码,要货日期,送货地址,商品编码,数量,成交价,赠品,备注"
TABLES = ("sales_order", "order_line", "number_counter", "import_batch")
CAREFUL = imports.Kind("orders", orders.COLUMNS, orders.take, "", together="external_number")
LINES = st.tuples(
    st.sampled_from(["P0001", "P0002", "P0003", " p0003 ", "6901234567892", "`P0001"]),
    st.sampled_from(["1", "2", "１２", "3.5", "400", "1,000", "0", "x"]),
    st.sampled_from(["", "88", "￥260", "1,268.50", "0", "0.01", "-1"]),
    st.sampled_from(["", "", "", "是", "否", "送"]),
)
ORDERS = st.tuples(
    st.sampled_from(["WX-1", "WX-2", "WX 3", "ＷＸ-1", " WX-4", "=1", "订单五", "WX-6\t"]),
    st.sampled_from(["KH0001", "KH0002", "kh1", "2", "KH0404"]),
    st.sampled_from(["2026-11-25", "+3d", "11-30", "明天", "2026-02-30"]),
    st.sampled_from(["", "", "后门", " 学苑路　18号", "a\nb"]),
    st.lists(LINES, min_size=1, max_size=3),
    st.sampled_from(["", "", "早上", "'备注"]),
)


def as_file(wanted) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(HEADER.split(","))
    for number, customer, day, address, lines, note in wanted:
        for code, many, price, gift in lines:
            writer.writerow([number, customer, day, address, code, many, price, gift, note])
    return text.getvalue().encode()


def many(lines: int) -> bytes:
    """A sound file of orders with three lines each."""
    day = date(2026, 11, 25)
    rows = [
        f"WX-{n // 3},KH000{1 + n // 3 % 2},{day + timedelta(days=n // 3 % 9)},,"
        f"P000{1 + n % 3},{1 + n % 7},{'' if n % 2 else '20.5'},,"
        for n in range(lines)
    ]
    return "\n".join([HEADER, *rows, ""]).encode()


def brought(shop, data: bytes) -> object:
    try:
        return shop.bring("orders", data, dry=True).document
    except Exception as trouble:
        return str(trouble), [error.says() for error in getattr(trouble, "errors", ())]


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ORDERS, min_size=1, max_size=5))
def test_a_file_comes_to_the_same_whether_it_is_read_bit_by_bit_or_with_care(shop, wanted) -> None:
    """RTL-REC-14, RTL-REC-15: every cell and every order is judged alike on both ways."""
    data = as_file(wanted)
    quick = brought(shop, data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(imports.KINDS, "orders", CAREFUL)
        assert quick == brought(shop, data)


@pytest.mark.parametrize("lines", [1, 3, 2400])
def test_both_ways_write_the_same_rows_and_seal_them(shop, tmp_path, monkeypatch, lines) -> None:
    for file in (shop.ledger, audit.key_path(shop.ledger)):
        shutil.copy(file, tmp_path / file.name.replace("shop", "other"))
    other = Shop(tmp_path / "other.db", itertools.count(100))
    shop.bring("orders", many(lines))
    monkeypatch.setitem(imports.KINDS, "orders", CAREFUL)
    other.bring("orders", many(lines))
    for table in TABLES:
        asked = f"SELECT * FROM {table} ORDER BY id"
        assert shop.rows(asked) == other.rows(asked), table
    assert shop.rows("SELECT count(*) FROM order_line") == [(lines,)]
    assert shop.sound()
    assert other.sound()


def test_each_draft_of_a_file_is_what_the_counter_would_draft(shop, tmp_path) -> None:
    """The same order typed and imported differs in its external number and who wrote it alone."""
    from kac.db.work import Request, perform
    from kac.desk.lines.rules import LineDraft
    from kac.desk.orders.actions import OrderDraft, new
    from tests.exchange.conftest import IMPORTER, NOW, TODAY

    rows = (
        "WX-1,KH0002,2026-11-26,,P0002,42.5,25.50,,早上",
        "WX-1,KH0002,2026-11-26,,P0003,1,,是,早上",
    )
    shop.bring("orders", "\n".join([HEADER, *rows]))
    wish = OrderDraft(
        customer_id=2,
        need_by=date(2026, 11, 26),
        lines=(LineDraft(2, 42_500, 2550), LineDraft(3, 1, None, True)),
        note="早上",
        external_number="WX-2",
    )
    clerk = IMPORTER.__class__(9, "importer", "业务员", frozenset({"gp_specialist"}))
    request = Request("typed", "order new", "", NOW, TODAY)
    perform(shop.ledger, request, lambda _reader: clerk, lambda work: new(work, wish))
    asked = (
        "SELECT customer_id, state, revision, location, need_by, address, delivery, payment_terms,"
        " note, void_reason, policy_set, policy_version, on_day FROM sales_order ORDER BY id"
    )
    imported, typed = shop.rows(asked)
    assert imported == typed
    lines = (
        "SELECT revision, line, product_id, quantity, list_price_fen, unit_price_fen, amount_fen,"
        " cost_fen, gift, fresh FROM order_line WHERE order_id = :order ORDER BY line"
    )
    first, second = (row[0] for row in shop.rows("SELECT id FROM sales_order ORDER BY id"))
    assert shop.rows(lines, order=first) == shop.rows(lines, order=second)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_the_digest_is_of_what_a_file_says_on_both_ways(encoding) -> None:
    data = many(700).decode().replace("WX-5,", " WX-5 ,").encode(encoding)
    sheet = PlainSheet(Source("orders.csv", held=data), orders.COLUMNS)
    rows = [row for chunk in sheet.chunks() for row in chunk]
    careful = read(data, orders.COLUMNS)
    assert (sheet.digest, sheet.encoding) == (careful.digest, careful.encoding)
    assert len(rows) == sheet.rows == 700
    assert ["WX-5" in row for row in rows].count(True) == 3


@pytest.mark.parametrize(
    "spoilt",
    [
        b"\0",
        "学校".encode("gb18030"),
        b"\xff\xfe",
        b'"never closed',
        b"WX-9,KH0001",
        b"WX-9,KH0001,2026-11-25,,P0001,1,\x1e,,",
        b"\nWX-9,KH0001,2026-11-25,,P0001,1,,,",
    ],
    ids=["NUL", "GBK", "broken", "quote", "short row", "separator", "blank line"],
)
def test_what_is_not_plain_far_down_in_a_file_is_left_to_be_read_with_care(spoilt) -> None:
    data = many(3000) + spoilt + b"\n"
    sheet = PlainSheet(Source("orders.csv", held=data), orders.COLUMNS)
    with pytest.raises(NotPlain):
        list(sheet.chunks())


def test_nothing_is_left_of_what_was_read_before_a_bad_row(shop) -> None:
    """The good rows above it were drafted already when it came; none of that stays."""
    before = shop.state()
    with pytest.raises(imports.FileRefused) as refused:
        shop.bring("orders", many(3000) + b"WX-9999,KH0001,2026-11-25,,P0404,1,,,\n")
    assert [(error.line, error.column) for error in refused.value.errors] == [(3002, "商品编码")]
    assert shop.state() == before


def test_every_draft_of_a_file_is_found_in_the_audit_log_by_its_number(shop) -> None:
    from kac.db import events
    from kac.db.reader import reading

    shop.bring("orders", many(30))
    with reading(shop.ledger) as reader:
        of_one = events.log(reader, "DD20261118-0007")
        assert [(each["verb"], each["subject"]) for each in of_one] == [
            ("draft", "DD20261118-0001")
        ]
        assert events.log(reader, "DD20261118-0011") == []


EDITS = {
    "a line far down": ("UPDATE order_line SET quantity = quantity + 1 WHERE id = ?", 2000),
    "a line that was taken out": ("DELETE FROM order_line WHERE id = ?", 2000),
    "an early line": ("UPDATE order_line SET quantity = quantity + 1 WHERE id = ?", 5),
    "an order": ("UPDATE sales_order SET note = 'x' WHERE id = ?", 700),
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_row_of_a_large_import_that_was_changed_by_hand_is_told(shop, edit) -> None:
    """CRH-DAT-02: what is sealed in blocks is sealed as well as what is sealed row by row."""
    shop.bring("orders", many(2400))
    sql, key = EDITS[edit]
    with closing(sqlite3.connect(shop.ledger)) as connection:
        guards = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in guards.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(sql, (key,))
        connection.commit()
        connection.row_factory = sqlite3.Row
        (fault,) = audit.verify(connection, audit.read_key(shop.ledger))
        bodies = [json.loads(row["body"]) for row in connection.execute("SELECT body FROM audit")]
    table = sql.split()[2 if sql.startswith("DELETE") else 1]
    assert fault.startswith(table)
    assert fault.endswith("outside of kac")
    blocks = [block for body in bodies for block in body.get("blocks", ())]
    assert {block[0] for block in blocks} == {"sales_order", "order_line"}
    assert sum(block[2] for block in blocks) == 2400 + 800
