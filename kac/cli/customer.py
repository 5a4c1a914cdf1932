"""Customers at the counter: file, correct, find and show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import apply, setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    examples,
    needed_all,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.core.errors import UsageError
from kac.core.i18n import N_, _
from kac.desk.orders.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work
    from kac.desk.customers.actions import Contact

app = Noun(help=_("Customers: file, correct, find them"))

KINDS = {"unit": N_("unit"), "person": N_("person")}
_LIST = [
    Column("number", _("number"), "code"),
    Column("name", _("name"), priority=9),
    Column("kind", _("kind"), "state", words=KINDS),
    Column("nature", _("nature"), priority=3),
    Column("contact", _("contact"), priority=4),
    Column("phone", _("phone"), "code", priority=4),
    Column("area", _("area"), priority=2),
    Column("mnemonic", _("mnemonic"), priority=1),
]
_RECORD = [
    *_LIST[:4],
    Column("uscc", _("credit code"), "code"),
    *_LIST[4:6],
    Column("address", _("address")),
    Column("area", _("area")),
    Column("need", _("need")),
    Column("long_term", _("long-term"), "flag"),
    Column("mnemonic", _("mnemonic")),
    Column("filed_by", _("filed by"), "code"),
    Column("filed_on", _("filed on"), "day"),
    Column("complete", _("file complete"), "flag"),
    Column("missing", _("remark")),
]
_CLASSES = [
    Column("class", _("class"), "code"),
    Column("label", _("called")),
    Column("reached", _("reached"), "flag"),
    Column("says", _("figures")),
    Column("rule", _("rule"), "code"),
]
_CONTACTS = [
    Column("name", _("contact")),
    Column("phone", _("phone"), "code"),
    Column("title", _("job title")),
]
_ORDERS = [
    Column("number", _("order"), "code"),
    Column("need_by", _("wanted by"), "day"),
    Column("total", _("total"), "money"),
    Column("state", _("state"), "state", words=LABELS),
]


def _text(flag: str, metavar: str, help: str) -> Any:
    return typer.Option(flag, metavar=metavar, help=help)


Uscc = Annotated[str | None, _text("--uscc", "CODE", _("unified social credit code"))]
Contact = Annotated[str | None, _text("--contact", "NAME", _("whom to call there"))]
Phone = Annotated[str | None, _text("--phone", "PHONE", _("telephone"))]
Address = Annotated[str | None, _text("--address", "TEXT", _("where goods are delivered"))]
Nature = Annotated[str | None, _text("--nature", "WORD", _("工厂, 学校, 医院, 国家机关 …"))]
Area = Annotated[str | None, _text("--area", "TEXT", _("district that the file is kept under"))]
Need = Annotated[str | None, _text("--need", "TEXT", _("what the customer wants to buy"))]
Mnemonic = Annotated[
    str | None, _text("--mnemonic", "LETTERS", _("letters to find it by, else pinyin initials"))
]
Others = Annotated[
    list[str],
    typer.Option("--also", metavar="NAME:PHONE[:TITLE]", help=_("a further contact, repeatable")),
]
Kind = Annotated[Any, choice_option("--kind", of=("unit", "person"), help=_("a unit or a person"))]
LongTerm = Annotated[
    bool | None, typer.Option("--long-term/--no-long-term", help=_("cooperates for the long term"))
]


@app.command(
    "add",
    help=_("Open a customer's file."),
    epilog=examples(
        "kac customer add 宏达模具厂 --nature 工厂 --contact 李敏 --phone 13800138000"
        " --address 工业路8号 --area 东区 --need 劳保用品"
    ),
)
@writing
def add(
    asked: Writing,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("full name"))],
    kind: Kind = "unit",
    nature: Nature = None,
    uscc: Uscc = None,
    contact: Contact = None,
    phone: Phone = None,
    address: Address = None,
    area: Area = None,
    need: Need = None,
    long_term: LongTerm = None,
    mnemonic: Mnemonic = None,
    also: Others = [],  # noqa: B006
    code: Annotated[str, _text("--code", "KH0001", _("a number of one's own"))] = "",
) -> None:
    """Open a file."""
    number, place, district = needed_all(
        (phone, "--phone", _("Telephone?")),
        (address, "--address", _("Address?")),
        (area, "--area", _("District?")),
    )
    typed = {
        "name": name,
        "kind": kind or "unit",
        "nature": nature,
        "uscc": uscc,
        "contact": contact,
        "phone": number,
        "address": place,
        "area": district,
        "need": need,
        "long_term": long_term,
        "mnemonic": mnemonic,
        "code": code,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.customers.actions import CustomerFile
        from kac.desk.customers.actions import add as file

        known = {field: value for field, value in typed.items() if value is not None}
        return file(work, CustomerFile(**known), _contacts(also))

    write(asked, "customer add", act, {**typed, "also": also})


def _contacts(written: list[str]) -> list[Contact]:
    """Further contacts as they were typed, `NAME:PHONE[:TITLE]`."""
    from kac.desk.customers.actions import Contact

    parts = [word.replace("：", ":").split(":") for word in written]
    for word, split in zip(written, parts, strict=True):
        if not 2 <= len(split) <= 3:
            raise UsageError(
                _('"{word}" is not NAME:PHONE[:TITLE]').format(word=word), code="E-CLI-010"
            )
    return [Contact(*split) for split in parts]


@app.command(
    "edit",
    help=_("Correct a customer's file; only what is named changes."),
    epilog=examples(
        "kac customer edit KH0001 --phone 0769-22113344", "kac c edit hddqpjc --long-term"
    ),
)
@writing
def edit(
    asked: Writing,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("the customer"))],
    name: Annotated[str | None, _text("--name", "NAME", _("full name"))] = None,
    kind: Kind = None,
    nature: Nature = None,
    uscc: Uscc = None,
    contact: Contact = None,
    phone: Phone = None,
    address: Address = None,
    area: Area = None,
    need: Need = None,
    long_term: LongTerm = None,
    mnemonic: Mnemonic = None,
    also: Others = [],  # noqa: B006
) -> None:
    """Correct a file."""
    values = {
        "name": name,
        "kind": kind,
        "nature": nature,
        "uscc": uscc,
        "contact": contact,
        "phone": phone,
        "address": address,
        "area": area,
        "need": need,
        "long_term": long_term,
        "mnemonic": mnemonic,
    }
    changes = {field: value for field, value in values.items() if value is not None}

    def act(work: Work) -> Outcome:
        from kac.desk.customers.actions import edit as correct

        return correct(work, customer, changes, _contacts(also))

    write(asked, "customer edit", act, {"customer": customer, **changes, "also": also})


@app.command(
    "list",
    help=_("List customers by name, mnemonic, district or kind."),
    epilog=examples("kac customer list", "kac c list 红星 --json", "kac c list --kind person"),
)
@reading
def list_(
    asked: Reading,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help=_("part of a name"))] = "",
    area: Annotated[str, _text("--area", "TEXT", _("of this district"))] = "",
    kind: Kind = "",
) -> None:
    """List customers."""
    from kac.desk.customers import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, words, area, kind or "")
        empty = none_of(reader, "customer", found, _("no such customer"))
    show.rows(asked, _LIST, found, empty=empty)


@app.command(
    "show",
    help=_("Show a customer's file, the classes it reaches and its latest orders."),
    epilog=examples("kac customer show KH0001", "kac c show hddqpjc --json"),
)
@reading
def show_(
    asked: Reading,
    customer: Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("the customer"))],
) -> None:
    """Show a customer."""
    from kac.db import policybook
    from kac.desk.customers import queries, rules
    from kac.desk.customers.policy import ClassPolicy, FilingPolicy
    from kac.desk.orders import queries as orders

    today = setting.today()
    with reading_ledger() as reader:
        row = queries.find(reader, customer)
        policy = policybook.in_force(reader, "retail", today)
        facts = queries.facts(row)
        filed = rules.customer_filed(facts, policy.section("filing", FilingPolicy))
        bought = queries.purchases(reader, row["id"], today)
        verdicts = rules.classes(facts, bought, policy.section("classes", ClassPolicy).rules())
        contacts = queries.contacts(reader, row["id"])
        latest = orders.listing(reader, tuple(LABELS), customer_id=row["id"])
        standing = apply.parts(reader, row["id"])
    classes = [
        {
            "class": verdict.id,
            "label": _(rules.CLASSES[verdict.id]),
            "reached": verdict.reached,
            "says": verdict.says,
            "rule": verdict.rule,
        }
        for verdict in verdicts
    ]
    shown = {**dict(row), "complete": filed.open, "missing": "" if filed.open else filed.says}
    show.record(
        asked,
        _RECORD,
        shown,
        [
            Part("contacts", _("contacts"), _CONTACTS, contacts),
            Part("classes", _("key-account classes"), _CLASSES, classes),
            *standing,
            Part(
                "orders",
                _("orders"),
                _ORDERS,
                [{**dict(order), "total": order["total_fen"]} for order in latest],
            ),
        ],
    )


app.registered_commands += apply.app.registered_commands
