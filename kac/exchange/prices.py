"""Price files (价目): one row is another price of goods on file, for a second person."""

from __future__ import annotations

from collections import Counter

from kac.core.i18n import _
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.prices import actions as prices
from kac.desk.prices.rules import Price
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.goods import Goods
from kac.exchange.kind import Kind, Taken
from kac.exchange.products import with_prices
from kac.exchange.sheet import Line, Sheet

COLUMNS = (
    Column("code", ("商品编码", "货号", "条码"), cells.code),
    Column("name", ("品名", "商品名称"), cells.words(80), optional=True),
    Column("cost", ("进价", "成本价"), cells.optional(cells.price, None), optional=True),
    Column("list_price", ("零售价", "售价"), cells.optional(cells.price, None), optional=True),
)


def take(work: Work, sheet: Sheet, document: str) -> Taken:
    """Propose the prices of every sound row on one sheet; none is in force by it (A-56)."""
    goods = Goods(work.reader)
    now = prices.now(work)
    seen: dict[int, int] = {}
    wished: dict[int, Price] = {}
    counts = Counter(same_prices=0)
    for line in sheet.sound():
        product = sheet.further(line, "code", goods.find)
        if product is None or not _is_sound(sheet, line, product, seen):
            continue
        price = _price(line, now[product["id"]])
        if price == now[product["id"]]:
            counts["same_prices"] += 1
        else:
            wished[product["id"]] = price
    return with_prices(work, document, counts, wished)


def _price(line: Line, now: Price) -> Price:
    cost, list_price = line.values["cost"], line.values["list_price"]
    return Price(
        now.cost_fen if cost is None else cost,
        now.list_price_fen if list_price is None else list_price,
    )


def _is_sound(sheet: Sheet, line: Line, product: Row, seen: dict[int, int]) -> bool:
    first = seen.setdefault(product["id"], line.number)
    if first != line.number:
        sheet.refuse(line, "code", _("it stands in line {line} already").format(line=first))
    said = line.values["name"]
    if said and said != product["name"]:
        why = _("{code} is called {known}").format(code=product["code"], known=product["name"])
        sheet.refuse(line, "name", why)
    if line.values["cost"] is None and line.values["list_price"] is None:
        sheet.refuse(line, "", _("the row has neither a cost nor a list price"))
    return line.number not in sheet.bad


KIND = Kind("prices", COLUMNS, take, "kac price list")
