"""Product files (商品): one row is one product as purchasing lists it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from kac.core.errors import KacError
from kac.core.i18n import _
from kac.core.identifiers import parse_barcode
from kac.db.work import Work
from kac.desk.catalogue.actions import ProductSheet, take_in
from kac.desk.prices import actions as prices
from kac.desk.prices.rules import Price
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.kind import Kind, Taken
from kac.exchange.sheet import Line, Sheet

_SIZES = {"大件": "large", "小件": "small", "large": "large", "small": "small"}
_MEASURES = {"计件": False, "称重": True, "piece": False, "weight": True}
COLUMNS = (
    Column("code", ("商品编码", "货号"), cells.code),
    Column("barcode", ("条码", "商品条码"), parse_barcode),
    Column("name", ("品名", "商品名称"), cells.name(80)),
    Column("spec", ("规格",), cells.words(40)),
    Column("category", ("类别", "品类"), cells.words(40)),
    Column("fresh", ("生鲜",), cells.yes_no),
    Column("size_class", ("大小件",), cells.choice(_SIZES)),
    Column("unit", ("单位", "计量单位"), cells.name(10)),
    Column("measure", ("计量", "计量方式"), cells.choice(_MEASURES)),
    Column("cost", ("进价", "成本价"), cells.price),
    Column("list_price", ("零售价", "售价"), cells.price),
)


def take(work: Work, sheet: Sheet, document: str) -> Taken:
    """Take every sound row in; a code or barcode that stands twice in the file is refused.

    Other prices of goods on file wait for a second person (A-56).
    """
    counts: Counter[str] = Counter(new=0, changed=0, same=0, prices=0)
    seen: dict[tuple[str, str], int] = {}
    wished: dict[int, Price] = {}
    for line in sheet.lines:
        _refuse_twice(sheet, line, seen)
    for line in sheet.sound():
        product = _product(line)
        try:
            taken = take_in(work, product)
        except KacError as refused:
            sheet.refuse(line, "code", refused)
            continue
        counts[taken.verdict] += 1
        if taken.other_price:
            wished[taken.product_id] = Price(product.cost_fen, product.list_price_fen)
    return with_prices(work, document, counts, wished)


def with_prices(
    work: Work, document: str, counts: Counter[str], wished: Mapping[int, Price]
) -> Taken:
    """Propose the other prices of a file on a sheet of their own, and say what waits."""
    counts["prices"] = len(wished)
    if not wished:
        return Taken(dict(counts))
    proposed = prices.write_down(work, wished, source=document)
    if not proposed.waiting:
        return Taken(dict(counts), says=(_("these prices wait for a second person already"),))
    return Taken(
        dict(counts),
        says=(prices.told(proposed),),
        hints=(f"kac price confirm {proposed.number}",),
        sheet=proposed.number,
    )


def _refuse_twice(sheet: Sheet, line: Line, seen: dict[tuple[str, str], int]) -> None:
    for key in ("code", "barcode"):
        first = seen.setdefault((key, line.values.get(key, "")), line.number)
        if key in line.values and first != line.number:
            sheet.refuse(line, key, _("it stands in line {line} already").format(line=first))


def _product(line: Line) -> ProductSheet:
    values = line.values
    return ProductSheet(
        code=values["code"],
        barcode=values["barcode"],
        name=values["name"],
        spec=values["spec"],
        category=values["category"],
        fresh=values["fresh"],
        size_class=values["size_class"],
        unit=values["unit"],
        weighed=values["measure"],
        cost_fen=values["cost"],
        list_price_fen=values["list_price"],
    )


KIND = Kind("products", COLUMNS, take, "kac product list")
