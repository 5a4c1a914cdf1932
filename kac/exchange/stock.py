"""Stock files (库存): one row is what was counted of one product at one location."""

from __future__ import annotations

from functools import partial

from kac.core.errors import KacError
from kac.core.i18n import _
from kac.db.work import Work
from kac.desk.catalogue.actions import GRAMS
from kac.desk.stock.actions import Count, check, open_location, take_counts
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.goods import Goods
from kac.exchange.kind import Kind, Taken
from kac.exchange.sheet import Line, Sheet

COLUMNS = (
    Column("code", ("商品编码", "货号", "条码"), cells.code),
    Column("location", ("地点", "地点编码"), cells.code),
    Column("location_name", ("地点名称",), cells.words(40), optional=True),
    Column("counted", ("库存", "库存数量", "实盘数量"), cells.name(20)),
    Column("display", ("样品", "样品数量"), cells.optional(cells.name(20), "0"), optional=True),
)


def take(work: Work, sheet: Sheet, document: str) -> Taken:
    """Book every sound count under the batch; unknown locations are opened by their name."""
    goods = Goods(work.reader)
    locations = _Locations(work)
    seen: dict[tuple[int, str], int] = {}
    counts = []
    for line in sheet.lines:
        count = _count(sheet, line, goods)
        locations.settle(sheet, line)
        if count is None or line.number in sheet.bad:
            continue
        first = seen.setdefault((count.product_id, count.location), line.number)
        if first != line.number:
            why = _("it was counted there in line {line} already").format(line=first)
            sheet.refuse(line, "code", why)
        elif _possible(work, sheet, line, count):
            counts.append(count)
    return Taken({"counted": len(counts), "differences": take_counts(work, document, counts)})


def _count(sheet: Sheet, line: Line, goods: Goods) -> Count | None:
    product = sheet.further(line, "code", goods.find)
    in_base_units = partial(cells.count, scale=product["scale"] if product else GRAMS)
    counted = sheet.further(line, "counted", in_base_units)
    display = sheet.further(line, "display", in_base_units)
    if line.number in sheet.bad:
        return None
    return Count(
        product_id=product["id"],
        product_code=product["code"],
        scale=product["scale"],
        cost_fen=product["cost_fen"],
        location=line.values["location"],
        counted=counted,
        display=display,
    )


def _possible(work: Work, sheet: Sheet, line: Line, count: Count) -> bool:
    try:
        check(work, count)
    except KacError as refused:
        sheet.refuse(line, "counted", refused)
        return False
    return True


class _Locations:
    """Codes and names of the locations there are, and of those that the file opens."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._names = {
            row["code"]: row["name"] for row in work.reader.all("SELECT code, name FROM location")
        }

    def settle(self, sheet: Sheet, line: Line) -> None:
        """Open the line's location when it is new and has a name; note a name that is wrong."""
        if not {"location", "location_name"} <= line.values.keys():
            return
        code, name = line.values["location"], line.values["location_name"]
        known = self._names.get(code)
        if known is None and not name:
            sheet.refuse(line, "location", _("there is no such location, and no name for it"))
        elif known is None:
            open_location(self._work, code, name)
            self._names[code] = name
        # A location opened without a name carries its code as one.
        elif name and known not in (name, code):
            why = _("{code} is called {known}").format(code=code, known=known)
            sheet.refuse(line, "location_name", why)


KIND = Kind("stock", COLUMNS, take, "kac stock list")
