"""Visit files (拜访): one row is one visit, made or still to be made."""

from __future__ import annotations

import unicodedata
from datetime import date
from functools import partial

from kac.core.calendar import parse_day
from kac.core.errors import BadInput, KacError
from kac.core.i18n import _
from kac.core.identifiers import parse_phone
from kac.core.text import folded
from kac.db.work import Work
from kac.desk.customers import queries as customers
from kac.desk.visits import taking_over
from kac.desk.visits.actions import Person
from kac.desk.visits.taking_over import Told
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.kind import Kind, Taken
from kac.exchange.sheet import Line, Sheet

_SOURCES = {
    "客户档案": "on_file", "黄页": "yellow_pages", "调研": "research", "介绍": "referral",
    "途中": "street", "on_file": "on_file", "yellow_pages": "yellow_pages",
    "research": "research", "referral": "referral", "street": "street",
}  # fmt: skip


def _staff(text: str) -> str:
    return unicodedata.normalize("NFKC", cells.name(40)(text)).strip()


_CUSTOMER = cells.optional(cells.customer_code)
COLUMNS = (
    Column("day", ("日期", "拜访日期"), cells.name(20)),
    Column("visitor", ("拜访人", "业务员"), _staff),
    Column("customer", ("客户编码", "客户编号"), _CUSTOMER, optional=True),
    Column("name", ("名称", "客户名称"), cells.words(80), optional=True),
    Column("contact", ("联系人",), cells.words(40), optional=True),
    Column("phone", ("电话", "联系电话"), cells.optional(parse_phone), optional=True),
    Column("area", ("区域",), cells.words(40), optional=True),
    Column("source", ("来源",), cells.optional(cells.choice(_SOURCES)), optional=True),
    Column("purpose", ("目的",), cells.words(200), optional=True),
    Column("content", ("内容", "洽谈内容"), cells.words(400)),
)


def take(work: Work, sheet: Sheet, _document: str) -> Taken:
    """Write every sound row on the register (RTL-VIS-02); one that is known is not doubled.

    A row with content was made, one without is planned. None of them is filed.
    """
    people = {row["code"] for row in work.reader.all("SELECT code FROM staff")}
    filed = {row["number"]: row["name"] for row in customers.listing(work.reader)}
    seen: dict[tuple[str, str, str], int] = {}
    numbers, there = [], 0
    for line in sheet.sound():
        told = _told(sheet, line, people, filed, work.on)
        if told is None or _is_double(sheet, line, told, seen):
            continue
        try:
            taking_over.refuse_day(told, work.on)
            known = taking_over.earlier(work.reader, told)
            if known is None:
                numbers.append(taking_over.take_over(work, told))
            elif known["content"] == told.content:
                there += 1
            else:
                why = _("it is on the register already as {number}, and says something else")
                sheet.refuse(line, "content", why.format(number=known["number"]))
        except KacError as refused:
            sheet.refuse(line, "day", refused)
    counts = {"visits": len(numbers)} | ({"visits_there": there} if there else {})
    return Taken(counts, tuple(numbers))


def _told(
    sheet: Sheet, line: Line, people: set[str], filed: dict[str, str], today: date
) -> Told | None:
    said = line.values
    day = sheet.further(line, "day", partial(parse_day, today=today))
    if said["visitor"] not in people:
        sheet.refuse(line, "visitor", _("nobody has this code"))
    if said["customer"] and said["customer"] not in filed:
        sheet.refuse(line, "customer", _("no customer has this code"))
    elif said["customer"] and said["name"]:
        sheet.further(line, "name", partial(_same, filed[said["customer"]]))
    elif not said["customer"] and not said["name"]:
        sheet.refuse(line, "", _("whom is the visit to? Name a customer or a name"))
    if line.number in sheet.bad:
        return None
    fields = ("customer", "name", "contact", "phone", "area", "source")
    whom = Person(**{field: said[field] for field in fields})
    return Told(whom, said["visitor"], day, said["purpose"], said["content"])


def _same(known: str, said: str) -> None:
    if folded(known) != folded(said):
        raise BadInput(_("the customer on file is called {name}").format(name=known))


def _is_double(sheet: Sheet, line: Line, told: Told, seen: dict[tuple[str, str, str], int]) -> bool:
    what = (told.visitor, told.on.isoformat(), told.whom.customer or folded(told.whom.name))
    first = seen.setdefault(what, line.number)
    if first != line.number:
        sheet.refuse(line, "day", _("it stands in line {line} already").format(line=first))
    return first != line.number


KIND = Kind("visits", COLUMNS, take, "kac visit list")
