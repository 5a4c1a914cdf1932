"""Product files (商品): one row is one product as purchasing lists it, new or corrected."""

from __future__ import annotations

from collections import Counter

from kac.core.errors import KacError
from kac.core.i18n import _
from kac.core.identifiers import parse_barcode
from kac.db.work import Work
from kac.desk.catalogue.actions import ProductSheet, take_in
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


def take(work: Work, sheet: Sheet, _document: str) -> Taken:
    """Take every sound row in; a code or barcode that stands twice in the file is refused."""
    counts: Counter[str] = Counter(new=0, changed=0, same=0)
    seen: dict[tuple[str, str], int] = {}
    for line in sheet.lines:
        _refuse_twice(sheet, line, seen)
    for line in sheet.sound():
        try:
            counts[take_in(work, _product(line))] += 1
        except KacError as refused:
            sheet.refuse(line, "code", refused)
    return Taken(dict(counts))


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
