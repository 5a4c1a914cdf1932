"""Quotations at the counter: make, send, change and print them, and take them up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, show, signing
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import OUTPUT
from kac.cli.noneyet import none_of
from kac.cli.options import (
    Reading,
    Writing,
    change_named,
    choice_option,
    count_option,
    day_option,
    examples,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.cli.terms import Delivery, Payment
from kac.cli.wishes import PROFILES
from kac.core.i18n import _
from kac.desk.quotations.states import STANDINGS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Quotations: make, send, print them, take them up"))

Quote = Annotated[
    str, typer.Argument(metavar="QUOTE", help=_("number, 1120-7, 7 of today, or @ for the last"))
]
Lines = Annotated[
    list[str],
    typer.Option("--line", "-l", metavar="CODE:QTY[@PRICE]", help=_("goods, as often as needed")),
]
Gifts = Annotated[
    list[str], typer.Option("--gift", metavar="CODE:QTY", help=_("goods given for nothing"))
]
ValidUntil = Annotated[Any, day_option("--valid-until", help=_("last day of its prices"))]
NeedBy = Annotated[Any, day_option("--need-by", help=_("day the customer wants it"))]

_LIST = [
    Column("number", _("quotation"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("lines", _("lines"), "count", priority=2),
    Column("total", _("total"), "money"),
    Column("valid_until", _("good until"), "day"),
    Column("standing", _("state"), "state", words=STANDINGS),
    Column("approval", _("approval"), "code", priority=4),
    Column("order", _("order"), "code"),
    Column("prepared_by", _("made by"), "code", priority=3),
]
_OPEN = ("draft", "sent", "reviewed", "rejected")


@app.command(
    "new",
    help=_("Make a quotation; with --inquiry and no lines the goods asked for are quoted."),
    epilog=examples(
        "kac quote new -c KH0001 --line P0001:50@260 --send",
        "kac quote new -c KH0001 --inquiry XJ20261120-0001 --need-by +7d --valid-until +10d",
    ),
)
@writing
def new(
    asked: Writing,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("the customer"))
    ] = "",
    line: Lines = [],  # noqa: B006
    gift: Gifts = [],  # noqa: B006
    inquiry: Annotated[
        str, typer.Option("--inquiry", metavar="INQUIRY", help=_("the inquiry that it answers"))
    ] = "",
    valid_until: ValidUntil = None,
    need_by: NeedBy = None,
    address: Annotated[
        str, typer.Option("--address", metavar="TEXT", help=_("where the goods go"))
    ] = "",
    delivery: Delivery = "deliver",
    payment: Payment = "prepaid",
    send_too: Annotated[
        bool, typer.Option("--send", help=_("send at once: ask for the reviews"))
    ] = False,
) -> None:
    """Make a quotation."""
    typed = {
        "customer": needed(customer, "--customer", _("Which customer?")),
        "lines": line,
        "gifts": gift,
        "inquiry": inquiry,
        "valid_until": valid_until,
        "need_by": need_by,
        "address": address,
        "delivery": delivery,
        "payment_terms": payment,
        "send": send_too,
    }

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.customers.queries import find
        from kac.desk.quotations import actions

        names = ("inquiry", "valid_until", "need_by", "address", "delivery", "payment_terms")
        wish = actions.QuotationDraft(
            customer_id=find(work.reader, typed["customer"])["id"],
            lines=drafts(work.reader, line, gift),
            note=work.note,
            **{name: typed[name] for name in names},
        )
        return actions.new(work, wish, send_too=send_too)

    write(asked, "quote new", act, typed)


@app.command(
    "send",
    help=_("Send a draft to operations and purchasing for review."),
    epilog=examples("kac quote send @", "kac q send BJ20261120-0001"),
)
@writing
def send(asked: Writing, quote: Quote) -> None:
    """Send a quotation."""

    def act(work: Work) -> Outcome:
        from kac.desk.quotations import actions

        return actions.send(work, quote)

    write(asked, "quote send", act, {"quote": quote})


signing.signing(
    app,
    "quote review",
    Quote,
    "kac.desk.quotations.queries",
    "review",
    help=_("Sign that a quotation was reviewed, for operations or for purchasing."),
    epilog=examples("kac quote review BJ20261120-0001", "kac quote review @ --note 价格合适"),
)


@app.command(
    "edit",
    help=_("Change a quotation; what was reviewed is void, and is reviewed anew."),
    epilog=examples("kac quote edit @ --line P0001:60@255", "kac q edit 3 --valid-until +10d"),
)
@writing
def edit(
    asked: Writing,
    quote: Quote,
    line: Lines = [],  # noqa: B006
    gift: Gifts = [],  # noqa: B006
    remove: Annotated[
        list[Any], count_option("--remove", help=_("number of a line to take out"))
    ] = [],  # noqa: B006
    valid_until: ValidUntil = None,
    need_by: NeedBy = None,
) -> None:
    """Change a quotation."""
    typed = {
        "quote": quote,
        "lines": line,
        "gifts": gift,
        "remove": remove,
        "valid_until": valid_until,
        "need_by": need_by,
    }
    named = any(typed[name] for name in typed if name != "quote")
    change_named(named, "kac quote edit QUOTE --line CODE:QTY@PRICE")

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.quotations import actions

        put = drafts(work.reader, line, gift)
        change = actions.Change(put, tuple(remove), valid_until, need_by)
        return actions.edit(work, quote, change)

    write(asked, "quote edit", act, typed)


@app.command(
    "to-order",
    help=_("Make the approval form of a reviewed quotation, and the order at its prices."),
    epilog=examples("kac quote to-order BJ20261120-0001 --need-by +7d"),
)
@writing
def to_order(asked: Writing, quote: Quote, need_by: NeedBy = None) -> None:
    """Take a quotation up."""

    def act(work: Work) -> Outcome:
        from kac.desk.approval_forms import actions

        return actions.make(work, quote, need_by)

    write(asked, "quote to-order", act, {"quote": quote, "need_by": need_by})


@app.command(
    "expire",
    help=_("Let a quotation expire whose last day is over, or all of them."),
    epilog=examples("kac quote expire", "kac quote expire BJ20261120-0001"),
)
@writing
def expire(
    asked: Writing,
    quote: Annotated[
        str, typer.Argument(metavar="QUOTE", help=_("its number; all that have lapsed without"))
    ] = "",
) -> None:
    """Let quotations expire."""

    def act(work: Work) -> Outcome:
        from kac.desk.quotations import actions

        return actions.expire(work, quote)

    write(asked, "quote expire", act, {"quote": quote})


@app.command(
    "print",
    help=_("Print the customer's sheet, or the internal one with costs and margins."),
    epilog=examples("kac quote print @", "kac quote print @ --internal -o internal.txt"),
)
@writing
def print_(
    asked: Writing,
    quote: Quote,
    internal: Annotated[
        bool, typer.Option("--internal", help=_("with costs and margins, for the reviews"))
    ] = False,
    reprint: Annotated[
        str, typer.Option("--reprint", metavar="REASON", help=_("why it is printed again"))
    ] = "",
    profile: Annotated[Any, choice_option("--profile", of=PROFILES, help=_("on which sheet"))] = "",
    to: Annotated[Any, choice_option("--to", of=papers.TARGETS, help=_("where it goes"))] = "",
    output: OUTPUT = None,
) -> None:
    """Print a quotation."""

    def act(work: Work) -> Outcome:
        from kac.desk.quotations import actions

        return actions.print_(work, quote, internal=internal, reason=reprint)

    typed = {"quote": quote, "internal": internal, "reprint": reprint}
    paper = "quotation_internal" if internal else "quotation"
    papers.printed(asked, "quote print", act, typed, papers.Wanted(profile, to, output), paper)


@app.command(
    "list",
    help=_("List quotations, the first to lapse first; without --state the open ones."),
    epilog=examples("kac quote list", "kac q list --state reviewed --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(STANDINGS, "all", help=_("in this state"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
) -> None:
    """List quotations."""
    from kac.desk.customers.queries import find
    from kac.desk.quotations import queries

    standings = tuple(STANDINGS) if state == "all" else (state,) if state else _OPEN
    with reading_ledger() as reader:
        customer_id = find(reader, customer)["id"] if customer else 0
        found = queries.listing(reader, standings, customer_id)
        empty = none_of(reader, "quotation", found, _("no such quotation"))
    rows = [{**dict(row), "total": row["total_fen"], "order": row["order_number"]} for row in found]
    show.rows(asked, _LIST, rows, empty=empty)


@app.command(
    "show",
    help=_("Show a quotation: its lines, its checklist, its papers."),
    epilog=examples("kac quote show @", "kac q show 1120-1 --json"),
)
@reading
def show_(asked: Reading, quote: Quote) -> None:
    """Show a quotation."""
    from kac.cli import quoteview

    with reading_ledger() as reader:
        columns, head, parts = quoteview.gather(reader, quote)
    show.record(asked, columns, head, parts)
