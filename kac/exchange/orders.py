"""Order files (订货单): one row is one line; rows with one external number make one draft."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from kac.core.calendar import parse_day
from kac.core.errors import BadInput, KacError, Refused
from kac.core.i18n import _
from kac.core.quantity import parse_quantity
from kac.db.work import Work
from kac.desk.catalogue.actions import GRAMS
from kac.desk.customers import queries as customers
from kac.desk.orders.drafting import Drafting, DraftLine, DraftOrder
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.goods import Goods
from kac.exchange.kind import Kind, Taken
from kac.exchange.long import LongSheet
from kac.exchange.orders_known import Known
from kac.exchange.orders_plain import take_plain, taken
from kac.exchange.sheet import Line, Sheet

COLUMNS = (
    Column("external_number", ("外部单号", "客户单号"), cells.name(40)),
    Column("customer", ("客户编码", "客户编号"), cells.customer_code),
    Column("need_by", ("要货日期", "需求日期"), cells.name(20)),
    Column("address", ("送货地址", "地址"), cells.words(120), optional=True),
    Column("code", ("商品编码", "货号", "条码"), cells.code),
    Column("quantity", ("数量",), cells.name(20)),
    Column("unit_price", ("成交价", "单价"), cells.optional(cells.price, None), optional=True),
    Column("gift", ("赠品",), cells.optional(cells.yes_no, False), optional=True),
    Column("note", ("备注",), cells.words(200), optional=True),
)


def take(work: Work, sheet: Sheet, _document: str) -> Taken:
    """Draft every order whose rows are all sound (RTL-REC-14); drafts promise nothing."""
    intake, drafting, known = _Intake(work), Drafting(work), Known(work.reader)
    # A row whose external number cannot be read stands alone, under its place in the file.
    orders: dict[str | int, list[Line]] = {}
    for line in sheet.lines:
        orders.setdefault(line.values.get("external_number", line.number), []).append(line)
    for lines in orders.values():
        wish = intake.order(sheet, lines)
        if wish is not None and _is_to_draft(sheet, lines, wish, drafting, known):
            drafting.add(wish)
    drafting.finish()
    return taken(drafting, known)


def take_long(work: Work, long: LongSheet, *, partial: bool) -> Taken:
    """What `take` does, some documents at a time; once an error stands nothing more is drafted."""
    intake, drafting, known = _Intake(work), Drafting(work), Known(work.reader)
    drafts = partial or not long.has_errors()
    for sheet, documents in long.some():
        wishes = [(lines, intake.order(sheet, lines)) for lines in documents]
        sound = [(lines, wish) for lines, wish in wishes if wish is not None]
        known.look_ahead([wish for _lines, wish in sound])
        for lines, wish in sound:
            if _is_to_draft(sheet, lines, wish, drafting, known) and drafts:
                drafting.add(wish)
        drafts = drafts and (partial or not sheet.errors)
    drafting.finish()
    return taken(drafting, known)


def _is_to_draft(
    sheet: Sheet, lines: list[Line], wish: DraftOrder, drafting: Drafting, known: Known
) -> bool:
    """Whether an order is new and the counter would draft it; else why not stands on the sheet."""
    try:
        if known.earlier(wish):
            return False
        drafting.judge(wish.lines)
    except Refused as refused:
        sheet.refuse(lines[0], "external_number", refused)
        return False
    except KacError as refused:
        sheet.refuse(lines[0], "", refused)
        return False
    return True


class _Intake:
    """Rows of a sheet against the customers and the goods that there are."""

    def __init__(self, work: Work) -> None:
        reader = work.reader
        self._today = work.on
        self._goods = Goods(reader)
        self._customers = {row["number"]: row["id"] for row in customers.listing(reader)}

    def order(self, sheet: Sheet, lines: list[Line]) -> DraftOrder | None:
        """The order that these rows make; None, with errors noted, where one of them is bad."""
        wanted = [self._line(sheet, line) for line in lines]
        customer = self._customer(sheet, lines)
        need_by = self._need_by(sheet, lines)
        address = _agreed(sheet, lines, "address")
        note = _agreed(sheet, lines, "note")
        if any(line.number in sheet.bad for line in lines):
            return None
        assert customer is not None and need_by is not None
        return DraftOrder(
            external_number=lines[0].values["external_number"],
            customer_id=customer,
            need_by=need_by,
            address=address or "",
            note=note or "",
            lines=[line for line in wanted if line is not None],
        )

    def _line(self, sheet: Sheet, line: Line) -> DraftLine | None:
        further = partial(sheet.further, line)
        gift = line.values.get("gift", False)
        product = further("code", self._goods.find)
        scale = product["scale"] if product else GRAMS
        quantity = further("quantity", partial(parse_quantity, scale=scale))
        price = further("unit_price", partial(_price, gift=gift))
        if product is None or quantity is None:
            return None
        return product["id"], quantity, price, gift

    def _customer(self, sheet: Sheet, lines: list[Line]) -> int | None:
        number = _agreed(sheet, lines, "customer")
        if number is None:
            return None
        customer: int | None = self._customers.get(number)
        if customer is None:
            sheet.refuse(lines[0], "customer", _("no customer has this code"))
        return customer

    def _need_by(self, sheet: Sheet, lines: list[Line]) -> date | None:
        for line in lines:
            day = sheet.further(line, "need_by", partial(parse_day, today=self._today))
            line.values["need_by"] = day
        agreed: date | None = _agreed(sheet, lines, "need_by")
        return agreed


def _agreed(sheet: Sheet, lines: list[Line], key: str) -> Any:
    """What rows say that say anything, or None; rows that say otherwise are noted."""
    said = [line for line in lines if line.values.get(key)]
    for line in said[1:]:
        if line.values[key] != said[0].values[key]:
            why = _("line {line} of the same order says {said}").format(
                line=said[0].number, said=said[0].values[key]
            )
            sheet.refuse(line, key, why)
    return said[0].values[key] if said else None


def _price(unit_price_fen: int | None, gift: bool) -> int | None:
    if gift and unit_price_fen:
        raise BadInput(_("a gift has no price"))
    if not gift and unit_price_fen == 0:
        raise BadInput(_("goods for nothing are a gift: say so in that column"))
    return unit_price_fen


KIND = Kind(
    "orders",
    COLUMNS,
    take,
    "kac order list",
    together="external_number",
    take_plain=take_plain,
    take_long=take_long,
)
