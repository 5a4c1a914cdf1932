"""A ledger of one shop with a catalogue, two customers and an importer, new for every test."""

from __future__ import annotations

import itertools
import shutil
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kac.core.actor import Actor
from kac.db import audit
from kac.db.reader import reading
from kac.db.work import Outcome, Request, perform
from kac.exchange import imports
from kac.exchange.founding import Founding, found

TODAY = date(2026, 11, 18)
NOW = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
IMPORTER = Actor(1, "importer", "导入员", frozenset({"importer"}))
BUSINESS = (
    "customer", "customer_contact", "product", "product_price", "price_sheet", "location",
    "stock_count", "stock_move", "journal_entry", "posting", "sales_order", "order_line",
    "import_batch", "number_counter", "audit", "command",
)  # fmt: skip


@dataclass
class Shop:
    """The ledger as a test sees it: files go in, rows are looked at."""

    ledger: Path
    ids: itertools.count
    day: date = TODAY

    def bring(
        self,
        kind: str,
        data: bytes | str,
        name: str = "",
        actor: Actor = IMPORTER,
        dry: bool = False,
    ) -> Outcome:
        """Import a file as one command; text stands for a file in UTF-8."""
        raw = data.encode() if isinstance(data, str) else data
        request = Request(f"r{next(self.ids)}", f"import {kind}", "", NOW, self.day, dry=dry)
        return perform(
            self.ledger,
            request,
            lambda _reader: actor,
            lambda work: imports.run(work, kind, name or f"{kind}.csv", raw),
        )

    def rows(self, sql: str, **parameters):
        """Rows as tuples, from the read-only side."""
        with reading(self.ledger) as reader:
            return [tuple(row) for row in reader.all(sql, **parameters)]

    def state(self) -> dict[str, list[tuple]]:
        """Everything that an import could touch, to compare before and after."""
        return {table: self.rows(f"SELECT * FROM {table} ORDER BY id") for table in BUSINESS}

    def sound(self) -> bool:
        """Whether the audit chain covers every row."""
        with reading(self.ledger) as reader:
            return not list(audit.verify(reader.connection, audit.read_key(self.ledger)))


def _found(ledger: Path) -> None:
    founding = Founding("佳和百货", "zh_CN", "admin", "管理员", "", False, "DC", "配送中心")
    found(ledger, founding, NOW, TODAY)


@pytest.fixture(scope="session")
def founded(tmp_path_factory) -> Path:
    ledger = tmp_path_factory.mktemp("founded") / "shop.db"
    _found(ledger)
    shop = Shop(ledger, itertools.count())
    shop.bring("products", PRODUCTS)
    shop.bring("customers", CUSTOMERS)
    shop.bring("stock", STOCK)
    return ledger


@pytest.fixture
def shop(founded: Path, tmp_path: Path) -> Shop:
    for file in (founded, audit.key_path(founded)):
        shutil.copy(file, tmp_path / file.name)
    return Shop(tmp_path / founded.name, itertools.count(100))


@pytest.fixture
def empty_shop(tmp_path: Path) -> Shop:
    _found(tmp_path / "empty.db")
    return Shop(tmp_path / "empty.db", itertools.count())


PRODUCTS = """商品编码,条码,品名,规格,类别,生鲜,大小件,单位,计量,进价,零售价
P0001,6901234567892,电饭煲,5L,小家电,否,小件,台,计件,220.00,268.00
P0002,2101002000000,五花肉,冷鲜,生鲜,是,小件,公斤,称重,20.80,26.00
P0003,96385074,东北大米,10kg,粮油,否,小件,袋,计件,48.00,60.00
"""
CUSTOMERS = """客户编码,名称,类型,性质,统一社会信用代码,联系人,电话,地址,区域,消费需求,长期合作
KH0001,宏达电器配件厂,单位,工厂,91110000600037341L,周建平,13800138000,工业二路18号,新港区,员工福利,是
KH0002,红星小学,单位,学校,,陈丽华,0764-2210316,学苑路66号,东湖区,食堂,是
"""
STOCK = """商品编码,地点,地点名称,库存,样品
P0001,DC,配送中心,80,2
P0002,DC,配送中心,210.5,0
P0003,DC,配送中心,100,
"""
