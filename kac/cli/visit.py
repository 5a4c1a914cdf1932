"""Visits at the counter: plan them, write them down, file them; calls, and days outside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import acting, reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    day_option,
    examples,
    needed,
    reading,
    writing,
)
from kac.cli.show import Part
from kac.cli.states import state_option
from kac.cli.visitview import DUE, GATES, LIST, RECORD, REPORT, shown
from kac.core.i18n import _
from kac.desk.visits.states import LABELS, SOURCES

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Visits: plan, record, file them; call customers"))


def _text(flag: str, metavar: str, help: str, short: str = "") -> Any:
    return typer.Option(*([short] if short else []), flag, metavar=metavar, help=help)


Visit = Annotated[
    str, typer.Argument(metavar="VISIT", help=_("number, 1120-7, 7 of today, or @ for the last"))
]
Name = Annotated[
    str, typer.Argument(metavar="[NAME]", help=_("who is visited, where there is no file yet"))
]
Customer = Annotated[str, _text("--customer", "CUSTOMER", _("a customer on file"), "-c")]
Contact = Annotated[str, _text("--contact", "NAME", _("who was met, or is to be asked for"))]
Phone = Annotated[str, _text("--phone", "PHONE", _("telephone"))]
Area = Annotated[str, _text("--area", "TEXT", _("district that the file is kept under"))]
Source = Annotated[
    Any, choice_option("--source", of=tuple(SOURCES), help=_("where the customer was found"))
]
Content = Annotated[str, _text("--content", "TEXT", _("what was talked about"))]
Reason = Annotated[str, _text("--reason", "TEXT", _("why"))]


def _person(typed: dict[str, Any]) -> Any:
    from kac.desk.visits.actions import Person

    return Person(**typed)


@app.command(
    "plan",
    help=_("Plan a visit to a customer, or to somebody who has no file yet."),
    epilog=examples(
        "kac visit plan -c KH0001 --day +1d --purpose 中秋福利",
        "kac visit plan 新港包装厂 --phone 13800138000 --source yellow_pages --day +1d",
    ),
)
@writing
def plan(
    asked: Writing,
    name: Name = "",
    customer: Customer = "",
    day: Annotated[Any, day_option("--day", help=_("on which day"))] = None,
    purpose: Annotated[str, _text("--purpose", "TEXT", _("what for"))] = "",
    contact: Contact = "",
    phone: Phone = "",
    area: Area = "",
    source: Source = "",
) -> None:
    """Plan a visit."""
    on = needed(day, "--day", _("On which day?"))
    whom = _whom(name, customer, contact, phone, area, source)

    def act(work: Work) -> Outcome:
        from kac.desk.visits import actions

        return actions.plan(work, _person(whom), on, purpose)

    write(asked, "visit plan", act, {**whom, "day": on, "purpose": purpose})


@app.command(
    "new",
    help=_("Write down a visit that was made without a plan."),
    epilog=examples(
        "kac visit new 新港包装厂 --contact 刘厂长 --phone 13800138000 --area 新港区"
        " --content 端午福利200份",
        "kac visit new -c KH0001 --content 回访",
    ),
)
@writing
def new(
    asked: Writing,
    name: Name = "",
    customer: Customer = "",
    content: Content = "",
    contact: Contact = "",
    phone: Phone = "",
    area: Area = "",
    source: Source = "",
) -> None:
    """Write down a visit."""
    said = needed(content, "--content", _("What was talked about?"))
    whom = _whom(name, customer, contact, phone, area, source)

    def act(work: Work) -> Outcome:
        from kac.desk.visits import actions

        return actions.new(work, _person(whom), said)

    write(asked, "visit new", act, {**whom, "content": said})


def _whom(
    name: str, customer: str, contact: str, phone: str, area: str, source: str
) -> dict[str, Any]:
    return {
        "name": name,
        "customer": customer,
        "contact": contact,
        "phone": phone,
        "area": area,
        "source": source or "",
    }


@app.command(
    "record",
    help=_("Write down that a planned visit was made: whom, what about."),
    epilog=examples("kac visit record BF20261120-0001 --contact 刘厂长 --content 要样品"),
)
@writing
def record(
    asked: Writing,
    visit: Visit,
    content: Content = "",
    contact: Contact = "",
    phone: Phone = "",
    area: Area = "",
) -> None:
    """Record a planned visit."""
    said = needed(content, "--content", _("What was talked about?"))
    whom = _whom("", "", contact, phone, area, "")

    def act(work: Work) -> Outcome:
        from kac.desk.visits import actions

        return actions.record(work, visit, _person(whom), said)

    write(asked, "visit record", act, {"visit": visit, **whom, "content": said})


@app.command(
    "file",
    help=_("Put a visit on file; a customer without a file is given one out of it."),
    epilog=examples(
        "kac visit file BF20261120-0001 --nature 工厂 --address 工业路8号 --need 福利",
        "kac visit file BF20261120-0002 -c KH0001",
    ),
)
@writing
def file(
    asked: Writing,
    visit: Visit,
    customer: Customer = "",
    kind: Annotated[
        Any, choice_option("--kind", of=("unit", "person"), help=_("a unit or a person"))
    ] = "unit",
    nature: Annotated[str, _text("--nature", "WORD", _("工厂, 学校, 医院, 国家机关 …"))] = "",
    address: Annotated[str, _text("--address", "TEXT", _("where goods are delivered"))] = "",
    need: Annotated[str, _text("--need", "TEXT", _("what the customer wants to buy"))] = "",
    area: Area = "",
) -> None:
    """File a visit."""
    typed = {
        "kind": kind or "unit",
        "nature": nature,
        "address": address,
        "need": need,
        "area": area,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.customers.actions import CustomerFile
        from kac.desk.visits import actions

        return actions.file(work, visit, CustomerFile(name="", **typed), customer)

    write(asked, "visit file", act, {"visit": visit, "customer": customer, **typed})


@app.command(
    "drop",
    help=_("Give a planned visit up."),
    epilog=examples("kac visit drop BF20261120-0001 --reason 客户改期"),
)
@writing
def drop(asked: Writing, visit: Visit, reason: Reason = "") -> None:
    """Drop a visit."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.visits import actions

        return actions.drop(work, visit, why)

    write(asked, "visit drop", act, {"visit": visit, "reason": why})


@app.command(
    "call",
    help=_("Write down a call: to a customer on file, or before a planned visit."),
    epilog=examples(
        "kac visit call KH0001 --content 问中秋需求", "kac visit call @ --content 约好"
    ),
)
@writing
def call(
    asked: Writing,
    whom: Annotated[
        str, typer.Argument(metavar="CUSTOMER|VISIT", help=_("a customer, or a planned visit"))
    ],
    content: Content = "",
    contact: Contact = "",
) -> None:
    """Write down a call."""
    said = needed(content, "--content", _("What was said?"))

    def act(work: Work) -> Outcome:
        from kac.desk.visits import actions

        return actions.call(work, whom, contact, said)

    write(asked, "visit call", act, {"whom": whom, "contact": contact, "content": said})


@app.command(
    "excuse",
    help=_("Say why a day outside was no normal one; for others a supervisor does."),
    epilog=examples(
        "kac visit excuse --reason 台风停工", "kac visit excuse --staff wang --reason 培训"
    ),
)
@writing
def excuse(
    asked: Writing,
    staff: Annotated[str, _text("--staff", "STAFF", _("who; yourself if not said"))] = "",
    day: Annotated[Any, day_option("--day", help=_("which day, else today"))] = None,
    reason: Reason = "",
) -> None:
    """Excuse a day."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.visits import actions

        return actions.excuse(work, staff, day or work.on, why)

    write(asked, "visit excuse", act, {"staff": staff, "day": day, "reason": why})


@app.command(
    "list",
    help=_("The visit register, the latest at the head; --mine: my own."),
    epilog=examples("kac visit list --mine", "kac visit list --since 2026-11-01 -o register.csv"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
    mine: Annotated[bool, typer.Option("--mine", help=_("my own"))] = False,
    since: Annotated[Any, day_option("--since", help=_("of this day or later"))] = None,
) -> None:
    """List visits."""
    from kac.desk.visits import queries

    with reading_ledger() as reader:
        who = acting(reader) if mine else None
        found = queries.listing(reader, state or "", who.code if who else "", since)
        empty = none_of(reader, "visit", found, _("no visit"))
    show.rows(asked, LIST, [shown(row) for row in found], empty=empty)


@app.command(
    "show",
    help=_("Show a visit: what the register says, what is still to be done."),
    epilog=examples("kac visit show BF20261120-0001"),
)
@reading
def show_(asked: Reading, visit: Visit) -> None:
    """Show a visit."""
    from kac.desk.visits import queries

    with reading_ledger() as reader:
        row = queries.find(reader, visit, speaker(reader))
        gates, _after = queries.case(reader, row, setting.today())
    told = [gate.as_dict() | {"open": gate.open} for gate in gates]
    show.record(asked, RECORD, shown(row), [Part("gates", _("checklist"), GATES, told)])


@app.command(
    "due",
    help=_("Customers on file who are to be called, the longest silent at the head."),
    epilog=examples("kac visit due", "kac visit due --json"),
)
@reading
def due(asked: Reading) -> None:
    """List whom to call."""
    from kac.desk.visits import queries

    with reading_ledger() as reader:
        found = queries.to_call(reader, setting.today())
    show.rows(asked, DUE, found, empty=_("nobody is to be called"))


@app.command(
    "report",
    help=_("Days outside: visits, valid customers, what is short, and why."),
    epilog=examples("kac visit report", "kac visit report --from 2026-11-01 --to 2026-11-30"),
)
@reading
def report(
    asked: Reading,
    first: Annotated[
        Any, day_option("--from", help=_("first day, else the first of the month"))
    ] = None,
    last: Annotated[Any, day_option("--to", help=_("last day, else today"))] = None,
) -> None:
    """Report days outside."""
    from kac.desk.visits import queries

    until = last or setting.today()
    with reading_ledger() as reader:
        found = queries.outings(reader, first or until.replace(day=1), until)
    rows = [{**vars(one), "day": one.day.isoformat(), "short": one.short} for one in found]
    show.rows(asked, REPORT, rows, empty=_("nobody went out"))
