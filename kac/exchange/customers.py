"""Customer files (客户): one row is one customer to be filed; nobody on file is changed."""

from __future__ import annotations

from kac.core.errors import KacError
from kac.core.i18n import _
from kac.core.identifiers import parse_phone, parse_uscc
from kac.core.text import folded
from kac.db.work import Work
from kac.desk.customers import queries
from kac.desk.customers.actions import CustomerFile, file_customer
from kac.desk.customers.rules import NATURES
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.kind import Kind, Taken
from kac.exchange.sheet import Line, Sheet

_KINDS = {"单位": "unit", "个人": "person", "unit": "unit", "person": "person"}
COLUMNS = (
    Column(
        "code",
        ("客户编码", "客户编号"),
        cells.optional(cells.customer_code),
        optional=True,
    ),
    Column("name", ("名称", "客户名称"), cells.name(80)),
    Column("kind", ("类型", "客户类型"), cells.choice(_KINDS)),
    Column(
        "nature",
        ("性质", "客户性质", "顾客性质"),
        cells.optional(cells.choice({nature: nature for nature in NATURES})),
    ),
    Column("uscc", ("统一社会信用代码", "信用代码"), cells.optional(parse_uscc), optional=True),
    Column("contact", ("联系人",), cells.words(40), optional=True),
    Column("phone", ("电话", "联系电话"), cells.optional(parse_phone)),
    Column("address", ("地址", "详细地址"), cells.words(120)),
    Column("area", ("区域",), cells.words(40)),
    Column("need", ("消费需求", "需求"), cells.words(200), optional=True),
    Column("long_term", ("长期合作",), cells.optional(cells.yes_no, False), optional=True),
)
# Which cell the refusals of the customer file speak of.
_SPOKEN_OF = {"E-CUS-001": "name", "E-CUS-002": "code"}


def take(work: Work, sheet: Sheet, _document: str) -> Taken:
    """File every sound row (RTL-REC-03): given numbers first, so that no drawn one takes them."""
    persons = {
        (row["search_key"], row["phone"]): row["number"]
        for row in queries.listing(work.reader, kind="person")
    }
    numbers = []
    for line in sorted(sheet.sound(), key=lambda line: not line.values["code"]):
        if not _is_double(sheet, line, persons):
            try:
                numbers.append(file_customer(work, CustomerFile(**line.values)))
            except KacError as refused:
                sheet.refuse(line, _SPOKEN_OF.get(refused.code, ""), refused)
    return Taken({"filed": len(numbers)}, tuple(sorted(numbers)))


def _is_double(sheet: Sheet, line: Line, persons: dict[tuple[str, str], str]) -> bool:
    # Units are told apart by name and code in the file itself; persons share names.
    if line.values["kind"] != "person":
        return False
    who = (folded(line.values["name"]), line.values["phone"])
    if who in persons:
        why = _("the same name and telephone number stand at {where}").format(where=persons[who])
        sheet.refuse(line, "name", why)
        return True
    persons[who] = _("line {line}").format(line=line.number)
    return False


KIND = Kind("customers", COLUMNS, take, "kac customer list")
