"""Bad rows of payments, visits and prices: each told with its line, and nothing is written."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from kac.core.actor import Actor
from kac.core.errors import BadInput, NotPermitted
from kac.db import audit
from kac.db.work import Request, perform
from kac.exchange.imports import FileRefused
from tests.exchange.conftest import NOW, Shop

ORDERS = "外部单号,客户编码,要货日期,商品编码,数量,成交价\n" + "".join(
    f"WX-{n},KH000{1 + n % 2},2026-11-25,P0003,{n},\n" for n in range(1, 6)
)
HEADS = {
    "payments": "订单号,客户编码,方式,金额,流水号,付款人,原因",
    "visits": "日期,拜访人,客户编码,名称,联系人,电话,区域,来源,目的,内容",
    "prices": "商品编码,品名,进价,零售价",
}
GOOD = {
    "payments": [f"WX-{n},,转账,10.00,UTR-{n},," for n in range(1, 6)],
    "visits": [f"2026-11-1{n},admin,KH0002,,,,,,,谈了第{n}次" for n in range(1, 6)],
    "prices": ["P0001,,,270.00", "P0002,,21.00,", "P0003,,48.00,61.00"],
}
WRONG: dict[str, dict[str, str]] = {
    "payments": {
        "an order that nobody knows": "WX-9,,转账,10.00,UTR-9,,",
        "an order of somebody else": "WX-3,KH0001,转账,10.00,UTR-9,,",
        "a customer that is none": "WX-3,KHX,转账,10.00,UTR-9,,",
        "a way that there is not": "WX-3,,比特币,10.00,UTR-9,,",
        "no way": "WX-3,,,10.00,UTR-9,,",
        "an amount with a letter in it": "WX-3,,转账,1O.00,UTR-9,,",
        "an amount as a power of ten": "WX-3,,转账,1E+1,UTR-9,,",
        "an amount of nothing": "WX-3,,转账,0,UTR-9,,",
        "an amount below nothing": "WX-3,,转账,-10,UTR-9,,",
        "an amount of three decimals": "WX-3,,转账,10.001,UTR-9,,",
        "no amount": "WX-3,,转账,,UTR-9,,",
        "more than the order costs": "WX-3,,转账,180.01,UTR-9,,",
        "a transfer without its number": "WX-3,,转账,10.00,,,",
        "a number that stands twice in the file": "WX-3,,转账,10.00,utr-1,,",
        "a number in full width that stands twice": "WX-3,,转账,10.00,ＵＴＲ－１,,",
        "a number of the bank that came before": "WX-3,,转账,10.00,UTR-0,,",
        "the same cash that was announced before": "WX-5,,现金,7.00,,,",
        "a formula": "WX-3,,转账,=B2,UTR-9,,",
        "an error of the spreadsheet": "WX-3,,转账,#REF!,UTR-9,,",
        "a sign that turns text around": "WX-3,,转账,10.00,UTR-9,\u202e厂,",
        "too few cells": "WX-3,,转账",
        "too many cells": "WX-3,,转账,10.00,UTR-9,,,x",
    },
    "visits": {
        "a day that no calendar has": "2026-02-30,admin,KH0002,,,,,,,谈",
        "no day": ",admin,KH0002,,,,,,,谈",
        "made tomorrow": "2026-11-19,admin,KH0002,,,,,,,谈",
        "planned for yesterday": "2026-11-17,admin,KH0002,,,,,,,",
        "by nobody": "2026-11-13,,KH0002,,,,,,,谈",
        "by somebody who is not here": "2026-11-13,ghost,KH0002,,,,,,,谈",
        "to a customer that nobody knows": "2026-11-13,admin,KH0404,,,,,,,谈",
        "to a customer that is none": "2026-11-13,admin,KHX,,,,,,,谈",
        "to nobody": "2026-11-13,admin,,,,,,,,谈",
        "to a customer of another name": "2026-11-13,admin,KH0002,宏达,,,,,,谈",
        "a telephone number that is none": "2026-11-13,admin,KH0002,,,12,,,,谈",
        "a source that is none": "2026-11-13,admin,,新厂,,,,梦里,,谈",
        "the same visit twice": "2026-11-11,admin,KH0002,,,,,,,谈了第1次",
        "another word of a visit that is known": "2026-11-10,admin,KH0002,,,,,,,别的",
        "a formula": "2026-11-13,admin,KH0002,,,,,,,=A1",
        "an error of the spreadsheet": "#N/A,admin,KH0002,,,,,,,谈",
        "a line break in a cell": '2026-11-13,admin,KH0002,,"a\nb",,,,,谈',
        "a sign that turns text around": "2026-11-13,admin,KH0002,,\u202e周,,,,,谈",
        "too few cells": "2026-11-13,admin",
        "too many cells": "2026-11-13,admin,KH0002,,,,,,,谈,x",
    },
    "prices": {
        "goods that nobody knows": "P0404,,,1",
        "no goods": ",,,1",
        "a code as a power of ten": "6.90123E+12,,,1",
        "goods that stand twice": "P0001,,,271.00",
        "goods that stand twice, by their barcode": "6901234567892,,,271.00",
        "goods of another name": "P0002,大米,,1",
        "neither price": "P0002,,,",
        "a price below nothing": "P0002,,,-1",
        "a price with a letter in it": "P0002,,,2O",
        "a price of three decimals": "P0002,,,1.001",
        "a price as a power of ten": "P0002,,,1E+2",
        "a formula": "P0002,,,=A1",
        "an error of the spreadsheet": "P0002,,,#DIV/0!",
        "a sign that turns text around": "P0002,\u202e肉,,1",
        "too few cells": "P0002",
        "too many cells": "P0002,,,1,x",
    },
}
_AT = {"payments": 4, "visits": 4, "prices": 3}


@pytest.fixture(scope="session")
def busy_ledger(founded, tmp_path_factory):
    """A shop with orders handed in, money announced, and a visit on the register."""
    from kac.desk.orders import actions

    shop = Shop(_copy(founded, tmp_path_factory.mktemp("busy")), itertools.count(1000))
    shop.bring("orders", ORDERS)
    clerk = Actor(9, "clerk", "业务员", frozenset({"gp_specialist"}))
    for (number,) in shop.rows("SELECT number FROM sales_order ORDER BY id"):
        request = Request(f"s{number}", "order submit", "", NOW, shop.day)
        perform(
            shop.ledger,
            request,
            lambda _reader: clerk,
            lambda work, number=number: actions.submit(work, number),
        )
    shop.bring("payments", f"{HEADS['payments']}\nWX-4,,转账,1.00,UTR-0,,\nWX-5,,现金,7.00,,,\n")
    shop.bring("visits", f"{HEADS['visits']}\n2026-11-10,admin,KH0002,,,,,,,谈\n")
    return shop.ledger


def _copy(ledger: Path, home: Path) -> Path:
    for file in (ledger, audit.key_path(ledger)):
        shutil.copy(file, home / file.name)
    return home / ledger.name


@pytest.fixture
def busy(busy_ledger, tmp_path):
    return Shop(_copy(busy_ledger, tmp_path), itertools.count(2000))


def _file(kind: str, row: str) -> str:
    rows = list(GOOD[kind])
    rows[_AT[kind] - 2] = row
    return "\n".join([HEADS[kind], *rows, ""])


def _everything(shop) -> dict[str, list[tuple]]:
    more = ("payment", "payment_allocation", "visit", "price_sheet_line", "price_decision")
    return shop.state() | {table: shop.rows(f"SELECT * FROM {table} ORDER BY id") for table in more}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize(
    ("kind", "wrong"), [(kind, wrong) for kind, rows in WRONG.items() for wrong in rows]
)
def test_a_bad_row_is_told_with_its_line_and_nothing_is_written(
    busy, kind, wrong, encoding
) -> None:
    """SC-60: row-level errors, in whatever encoding the file is."""
    before = _everything(busy)
    with pytest.raises(FileRefused) as refused:
        busy.bring(kind, _file(kind, WRONG[kind][wrong]).encode(encoding))
    assert {error.line for error in refused.value.errors} == {_AT[kind]}
    assert _everything(busy) == before


@pytest.mark.parametrize("kind", WRONG)
@pytest.mark.parametrize("column", ["approved", "verified", "allocated", "审批", "已核实", "生效"])
def test_no_column_approves_verifies_or_allocates(busy, kind, column) -> None:
    """SC-60: an import tries approved=1."""
    before = _everything(busy)
    text = "\n".join([f"{HEADS[kind]},{column}", *(f"{row},1" for row in GOOD[kind])])
    with pytest.raises(BadInput) as refused:
        busy.bring(kind, text)
    assert refused.value.code == "E-IMP-002"
    assert column in " ".join(refused.value.cause)
    assert _everything(busy) == before


@pytest.mark.parametrize("kind", WRONG)
def test_a_cashier_of_another_desk_brings_no_file(busy, kind) -> None:
    with pytest.raises(NotPermitted):
        busy.bring(kind, _file(kind, GOOD[kind][0]), actor=Actor(4, "x", "x", frozenset({"cron"})))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("lines", [1, 3, 200])
def test_visits_come_in_alike_in_every_encoding_and_length(shop, encoding, lines) -> None:
    """The matrix of encodings and lengths."""
    rows = [f"2026-11-10,admin,,第{n}厂,周工,,新港区,介绍,,看样{n}" for n in range(lines)]
    told = shop.bring("visits", "\r\n".join([HEADS["visits"], *rows, ""]).encode(encoding)).document
    assert (told["rows"], told["counts"], told["encoding"]) == (lines, {"visits": lines}, encoding)
    known = shop.rows("SELECT name, content, source, state FROM visit ORDER BY id")
    assert known == [(f"第{n}厂", f"看样{n}", "referral", "recorded") for n in range(lines)]
    again = shop.bring("visits", "\n".join([HEADS["visits"], *rows])).document
    assert again["state"] == "imported_before"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("lines", [1, 3, 200])
def test_payments_come_in_alike_in_every_encoding_and_length(busy, encoding, lines) -> None:
    rows = [f"WX-5,KH0002,微信,0.01,单{n},付款人{n},备注" for n in range(lines)]
    text = "\r\n".join([HEADS["payments"], *rows, ""])
    told = busy.bring("payments", text.encode(encoding)).document
    assert told["counts"] == {"declared": lines}
    known = busy.rows("SELECT payer, state FROM payment WHERE method = 'wechat' ORDER BY id")
    assert known == [(f"付款人{n}", "declared") for n in range(lines)]
