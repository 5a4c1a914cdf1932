"""Orders at the counter: take, submit, change, review, print and void them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import formcopies, papers, shortage, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.onlooker import myself, speaker
from kac.cli.options import (
    Reading,
    Writing,
    change_named,
    confirm_option,
    count_option,
    day,
    day_option,
    examples,
    needed,
    needed_all,
    reading,
    typed_out,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.cli.terms import Delivery, Payment
from kac.core.i18n import _
from kac.desk.orders.states import LABELS, OPEN

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work
    from kac.desk.orders.actions import Change, OrderDraft

app = Noun(help=_("Orders: take, submit, review, print, void them"))

_ORDER = typer.Argument(metavar="ORDER", help=_("number, 1120-7, 7 of today, or @ for the last"))
Order = Annotated[str, _ORDER]
Lines = Annotated[
    list[str],
    typer.Option("--line", "-l", metavar="CODE:QTY[@PRICE]", help=_("goods, as often as needed")),
]
_CUSTOMER = typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("the customer"))
_REPRINT = typer.Option("--reprint", metavar="REASON", help=_("why it is printed again"))
_GIFT = typer.Option("--gift", metavar="CODE:QTY", help=_("goods given for nothing"))
Gifts = Annotated[list[str], _GIFT]
_ADDRESS = typer.Option("--address", metavar="TEXT", help=_("where the goods go"))
Address = Annotated[str | None, _ADDRESS]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]

_LIST = [
    Column("number", _("order"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("need_by", _("wanted by"), "day", priority=6),
    Column("lines", _("lines"), "count", priority=2),
    Column("total", _("total"), "money"),
    Column("received", _("received"), "money", priority=4),
    Column("state", _("state"), "state", words=LABELS),
    Column("prepared_by", _("made by"), "code", priority=3),
]


@app.command(
    "new",
    help=_("Take an order for a customer."),
    epilog=examples(
        "kac order new -c KH0001 --line P0001:50 --need-by +7d",
        "kac order new -c hddqpjc -l P0002:200@25.50 --gift P0005:2 --need-by 11-28 --submit",
    ),
)
@writing
def new(
    asked: Writing,
    customer: Annotated[str, _CUSTOMER] = "",
    line: Lines = [],  # noqa: B006
    gift: Gifts = [],  # noqa: B006
    need_by: Annotated[Any, day_option("--need-by", help=_("day the customer wants it"))] = None,
    from_file: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help=_("lines from a file: code,quantity,price")),
    ] = None,
    address: Address = None,
    delivery: Delivery = "deliver",
    payment: Payment = "prepaid",
    location: Annotated[
        str, typer.Option("--at", metavar="LOCATION", help=_("where the goods are taken from"))
    ] = "",
    submit_too: Annotated[
        bool, typer.Option("--submit", help=_("submit at once: reserve, ask for signatures"))
    ] = False,
) -> None:
    """Take an order."""
    lines = [*line, *(_file_lines(from_file) if from_file else [])]
    who, goods, wanted = needed_all(
        (customer, "--customer", _("Which customer?")),
        (" ".join([*lines, *gift]), "--line", _("Which goods? CODE:QTY[@PRICE] …")),
        (need_by, "--need-by", _("Wanted by which day?")),
    )
    lines = lines if lines or gift else goods.split()
    typed = {
        "customer": who,
        "lines": lines,
        "gifts": gift,
        "need_by": _day(wanted),
        "address": address or "",
        "delivery": delivery,
        "payment_terms": payment,
        "location": location,
        "submit": submit_too,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.orders import actions

        return actions.new(work, _draft(work, typed), submit_too=submit_too)

    write(asked, "order new", act, typed, double=_("the same order"))


def _day(value: Any) -> Any:
    return day(value) if isinstance(value, str) else value


def _file_lines(path: Path) -> list[str]:
    from kac.exchange.lines import read_lines

    return read_lines(path)


def _draft(work: Work, typed: dict[str, Any]) -> OrderDraft:
    from kac.cli.lines import drafts
    from kac.desk.customers.queries import find
    from kac.desk.orders.actions import OrderDraft

    return OrderDraft(
        customer_id=find(work.reader, typed["customer"])["id"],
        need_by=typed["need_by"],
        lines=drafts(work.reader, typed["lines"], typed["gifts"]),
        address=typed["address"],
        note=work.note,
        location=typed["location"],
        delivery=typed["delivery"],
        payment_terms=typed["payment_terms"],
    )


@app.command(
    "submit",
    help=_("Hand a draft in: its goods are reserved and its signatures asked for."),
    epilog=examples("kac order submit @", "kac o submit DD20261120-0003"),
)
@writing
def submit(asked: Writing, order: Order) -> None:
    """Submit an order."""

    def act(work: Work) -> Outcome:
        from kac.desk.orders import actions

        return actions.submit(work, order)

    write(asked, "order submit", act, {"order": order})


@app.command(
    "edit",
    help=_("Change an order that is not printed yet; what was signed for it is void."),
    epilog=examples(
        "kac order edit @ --line P0001:60@255", "kac o edit 3 --remove 2 --need-by 12-01"
    ),
)
@writing
def edit(
    asked: Writing,
    order: Order,
    line: Lines = [],  # noqa: B006
    gift: Gifts = [],  # noqa: B006
    remove: Annotated[
        list[Any], count_option("--remove", help=_("number of a line to take out"))
    ] = [],  # noqa: B006
    need_by: Annotated[Any, day_option("--need-by", help=_("day the customer wants it"))] = None,
    address: Address = None,
    delivery: Delivery = None,
    payment: Payment = None,
) -> None:
    """Change an order."""
    typed = {
        "order": order,
        "lines": line,
        "gifts": gift,
        "remove": remove,
        "need_by": need_by,
        "address": address,
        "delivery": delivery,
        "payment_terms": payment,
    }
    said = [name for name, value in typed.items() if value not in (None, [])]
    change_named(asked.note or said != ["order"], "kac order edit ORDER --line CODE:QTY@PRICE")

    def act(work: Work) -> Outcome:
        from kac.desk.orders import actions

        return actions.edit(work, order, _change(work, typed))

    write(asked, "order edit", act, typed)


def _change(work: Work, typed: dict[str, Any]) -> Change:
    from kac.cli.lines import drafts
    from kac.desk.orders.actions import Change

    return Change(
        put=drafts(work.reader, typed["lines"], typed["gifts"]),
        remove=tuple(typed["remove"]),
        need_by=typed["need_by"],
        address=typed["address"],
        note=work.note or None,
        delivery=typed["delivery"],
        payment_terms=typed["payment_terms"],
    )


@app.command(
    "review",
    help=_("Say as supervisor or above that the order is in order; before any deposit."),
    epilog=examples("kac order review DD20261120-0003"),
)
@writing
def review(asked: Writing, order: Order) -> None:
    """Review an order."""

    def act(work: Work) -> Outcome:
        from kac.desk.orders import actions

        return actions.review(work, order)

    write(asked, "order review", act, {"order": order}, step_up=True)


papers.printing(
    app,
    "order",
    Order,
    "kac.desk.forms.actions",
    help=_("Print the order form in its three copies."),
    epilog=examples("kac order print @", "kac order print @ --reprint 打印机卡纸 -o form.txt"),
)


@app.command(
    "void",
    help=_("Make an order void; its form is kept, every copy comes back marked 作废."),
    epilog=examples(
        "kac order void DD20261120-0003 --reason 客户取消",
        "kac order void @ --reason 客户取消 --confirm DD20261120-0003",
    ),
)
@writing
def void(
    asked: Writing,
    order: Order,
    reason: Reason = "",
    confirm: Annotated[str, confirm_option()] = "",
) -> None:
    """Void an order."""
    why = needed(reason, "--reason", _("Why is it void?"))
    if number := _handed_in(order):
        question = _("{number} was handed in; what is void stays void.").format(number=number)
        typed_out(asked, number, order, confirm, question)

    def act(work: Work) -> Outcome:
        from kac.desk.forms import actions

        return actions.void(work, order, why)

    write(asked, "order void", act, {"order": order, "reason": why})


def _handed_in(order: str) -> str:
    """The number of an order that is no draft any more; empty for others, and where none is."""
    from kac.core.errors import NotFound
    from kac.desk.orders import queries

    with reading_ledger() as reader:
        try:
            row = queries.find(reader, order, speaker(reader))
        except NotFound:
            # The verb itself says it, to whoever may void orders at all.
            return ""
    return "" if row["state"] == "draft" else str(row["number"])


@app.command(
    "list",
    help=_("List orders, the soonest wanted first; without --state those that are open."),
    epilog=examples("kac order list", "kac o list --state reviewed --json", "kac o list --mine"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "all", help=_("in this state"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
    mine: Annotated[bool, typer.Option("--mine", help=_("made by me"))] = False,
    need_by: Annotated[Any, day_option("--need-by", help=_("wanted on this day or before"))] = None,
) -> None:
    """List orders."""
    from kac.desk.customers.queries import find
    from kac.desk.orders import queries

    states = tuple(LABELS) if state == "all" else (state,) if state else OPEN
    with reading_ledger() as reader:
        found = queries.listing(
            reader,
            states,
            customer_id=find(reader, customer)["id"] if customer else 0,
            prepared_by=myself(reader).code if mine else "",
            need_by=need_by.isoformat() if need_by else "",
        )
        empty = none_of(reader, "sales_order", found, _("no such order"))
    show.rows(asked, _LIST, [_listed(row) for row in found], empty=empty)


def _listed(row: Row) -> dict[str, Any]:
    return {**dict(row), "total": row["total_fen"], "received": row["received_fen"]}


@app.command(
    "show",
    help=_("Show an order: its lines, its checklist of gates, its papers."),
    epilog=examples("kac order show @", "kac o show 1120-3 --json"),
)
@reading
def show_(asked: Reading, order: Order) -> None:
    """Show an order."""
    from kac.cli import orderview

    with reading_ledger() as reader:
        view = orderview.gather(reader, order)
    show.record(asked, view.columns, view.row, view.parts)


app.registered_commands += formcopies.app.registered_commands
app.registered_commands += shortage.app.registered_commands
