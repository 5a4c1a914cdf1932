"""A batch is taken back whole, while nothing stands on it, and can then come again (SC-60)."""

from __future__ import annotations

import pytest

from kac.core.actor import Actor
from kac.core.errors import BadInput, NotFound, NotPermitted, Refused
from kac.db.work import Request, perform
from kac.exchange import undoing
from tests.exchange.conftest import IMPORTER, NOW

HEADER = "外部单号,客户编码,要货日期,送货地址,商品编码,数量,成交价,赠品,备注"
ORDERS = "\n".join(
    [
        HEADER,
        "WX-1,KH0001,2026-11-25,,P0001,5,268.00,否,",
        "WX-1,KH0001,2026-11-25,,P0003,10,,,",
        "WX-2,KH0002,2026-11-26,,P0003,1,,,",
    ]
)
COUNTS = "商品编码,地点,地点名称,库存,样品\nP0001,DC,,75,3\nP0002,DC,,220,0\nP0003,DC,,100,\n"


def undo(shop, number: str, reason: str = "文件拿错了", actor: Actor = IMPORTER):
    request = Request(f"u{next(shop.ids)}", "import undo", "", NOW, shop.day)
    return perform(
        shop.ledger, request, lambda _r: actor, lambda work: undoing.undo(work, number, reason)
    )


def test_the_drafts_of_a_batch_are_void_at_once_and_their_numbers_stay_used(shop) -> None:
    """RTL-SHT-11: a void form stays, with its reason; the next order has the next number."""
    batch = shop.bring("orders", ORDERS).document["number"]
    outcome = undo(shop, batch)
    assert outcome.document["state"] == "undone"
    assert shop.rows("SELECT number, state, void_reason FROM sales_order ORDER BY id") == [
        ("DD20261118-0001", "voided", "文件拿错了"),
        ("DD20261118-0002", "voided", "文件拿错了"),
    ]
    assert shop.rows("SELECT count(*) FROM order_line") == [(3,)]
    assert shop.sound()
    again = shop.bring("orders", ORDERS).document
    assert (again["state"], again["first"]) == ("imported", "DD20261118-0003")
    assert shop.sound()


def test_only_what_the_batch_wrote_is_taken_back(shop) -> None:
    shop.bring("orders", ORDERS.replace("WX-", "A-"))
    batch = shop.bring("orders", ORDERS).document["number"]
    shop.bring("orders", ORDERS.replace("WX-", "C-"))
    undo(shop, batch)
    states = shop.rows("SELECT substr(external_number, 1, 1), state FROM sales_order ORDER BY id")
    assert states == [("A", "draft")] * 2 + [("W", "voided")] * 2 + [("C", "draft")] * 2


def test_a_batch_with_work_on_it_stays_and_the_refusal_names_the_work(shop) -> None:
    from kac.desk.orders import actions

    batch = shop.bring("orders", ORDERS).document["number"]
    clerk = Actor(9, "clerk", "业务员", frozenset({"gp_specialist"}))
    request = Request("edit", "order edit", "", NOW, shop.day)
    perform(
        shop.ledger,
        request,
        lambda _reader: clerk,
        lambda work: actions.edit(work, "DD20261118-0002", actions.Change(note="改")),
    )
    before = shop.state()
    with pytest.raises(Refused) as refused:
        undo(shop, batch)
    assert refused.value.code == "E-IMP-010"
    assert refused.value.cause == ("DD20261118-0002 is draft, version 2",)
    assert shop.state() == before


def test_counts_are_moved_back_with_their_value_and_their_samples(shop) -> None:
    """CRH-DAT-02: stock, its value and the books are as they were before the file."""
    stock = "SELECT code, on_hand, display, value_fen FROM v_stock ORDER BY code"
    booked = "SELECT sum(CASE WHEN debit = '1405' THEN amount_fen WHEN credit = '1405' THEN"
    booked += " -amount_fen ELSE 0 END) FROM posting"
    before = shop.rows(stock), shop.rows(booked)
    batch = shop.bring("stock", COUNTS).document["number"]
    assert shop.rows(stock) != before[0]
    undo(shop, batch)
    assert (shop.rows(stock), shop.rows(booked)) == before
    assert shop.sound()
    assert shop.bring("stock", COUNTS).document["state"] == "imported"


def test_counts_on_which_goods_have_moved_since_stay(shop) -> None:
    batch = shop.bring("stock", COUNTS).document["number"]
    later = shop.bring("stock", COUNTS.replace(",75,", ",74,")).document["number"]
    with pytest.raises(Refused) as refused:
        undo(shop, batch)
    assert f"P0001 at DC: {later} came since" in refused.value.cause
    undo(shop, later)
    with pytest.raises(Refused):
        undo(shop, later)


def test_what_was_filed_is_not_taken_back_and_strangers_take_nothing_back(shop) -> None:
    with pytest.raises(Refused, match="stays"):
        undo(shop, "IM20261118-0001")
    with pytest.raises(NotFound):
        undo(shop, "IM20261118-0099")
    batch = shop.bring("orders", ORDERS).document["number"]
    with pytest.raises(BadInput):
        undo(shop, batch, reason=" ")
    with pytest.raises(NotPermitted):
        undo(shop, batch, actor=Actor(3, "x", "收银员", frozenset({"cashier"})))


def test_sound_rows_are_taken_in_when_asked_and_the_others_come_back(shop) -> None:
    """SC-60: rows of an order with a bad row go together."""
    from kac.exchange import imports

    bad = f"{ORDERS}\nWX-2,KH0002,2026-11-26,,P0404,1,,,\n"
    request = Request("part", "import orders", "", NOW, shop.day)
    outcome = perform(
        shop.ledger,
        request,
        lambda _reader: IMPORTER,
        lambda work: imports.run(work, "orders", "o.csv", bad.encode(), imports.Wish(partial=True)),
    )
    assert outcome.document["state"] == "imported_in_part"
    assert (outcome.document["rows"], outcome.document["rejected"]) == (2, 2)
    assert shop.rows("SELECT external_number FROM sales_order") == [("WX-1",)]
    assert outcome.rejected.rejects.decode("utf-8-sig").count("WX-2") == 2
    mended = outcome.rejected.rejects.decode("utf-8-sig").replace("P0404", "P0001")
    assert shop.bring("orders", mended).document["counts"] == {"drafts": 1}
    assert shop.bring("orders", bad.replace("P0404", "P0001")).document["counts"] == {
        "drafts": 0,
        "there": 2,
    }
    assert shop.sound()


def test_a_file_may_call_the_columns_by_names_of_its_own(shop) -> None:
    from kac.exchange import imports
    from kac.exchange.naming import names_of

    names = names_of("订单,外部单号\nSKU,商品编码\n".encode("gb18030"))
    own = ORDERS.replace("外部单号", "订单", 1).replace("商品编码", "SKU", 1).encode()
    request = Request("named", "import orders", "", NOW, shop.day)
    outcome = perform(
        shop.ledger,
        request,
        lambda _reader: IMPORTER,
        lambda work: imports.run(work, "orders", "o.csv", own, imports.Wish(names=names)),
    )
    assert outcome.document["counts"] == {"drafts": 2}
    assert shop.bring("orders", ORDERS).document["state"] == "imported_before"


@pytest.mark.parametrize("text", ["订单\n", "a,b,c\n", "a,外部单号\na,数量\n", ",外部单号\n"])
def test_a_file_of_names_that_makes_no_sense_is_refused_with_its_line(text) -> None:
    from kac.exchange.naming import names_of

    with pytest.raises(BadInput) as refused:
        names_of(text.encode())
    assert refused.value.code == "E-IMP-009"
    assert f"line {text.count(chr(10))}" in refused.value.message


def test_a_name_of_ours_that_is_none_is_refused(shop) -> None:
    from kac.exchange.columns import renamed
    from kac.exchange.orders import COLUMNS

    with pytest.raises(BadInput, match="审批"):
        renamed(COLUMNS, {"approved": "审批"})
