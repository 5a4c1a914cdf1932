"""Wholesale goods at the counter: select, price, prepare, book, invoice, deliver them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    needed,
    reading,
    writing,
)
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.wholesale.states import LABELS

if TYPE_CHECKING:
    from kac.core.money import Money
    from kac.db.work import Outcome, Work

app = Noun(help=_("Wholesale: goods for money or on account, slip and proof"))

Sale = Annotated[
    str, typer.Argument(metavar="SALE", help=_("number, 1120-7, 7 of today, or @ for the last"))
]


def _text(flag: str, help: str) -> Any:
    return typer.Option(flag, metavar="TEXT", help=help)


@app.command(
    "new",
    help=_("Write down what the customer selected, and how much; purchasing sets the price."),
    epilog=examples(
        "kac wholesale new -c KH0001 --line P0001:10",
        "kac wholesale new -c KH0002 --line P0001:10 --credit XY20261120-0001",
    ),
)
@writing
def new(
    asked: Writing,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("the customer"))
    ] = "",
    line: Annotated[
        list[str], typer.Option("-l", "--line", metavar="CODE:QTY", help=_("goods and how much"))
    ] = [],  # noqa: B006
    at: Annotated[
        str, typer.Option("--at", metavar="LOCATION", help=_("the store that dispatches"))
    ] = "",
    credit: Annotated[
        str, typer.Option("--credit", metavar="CREDIT", help=_("under this application"))
    ] = "",
) -> None:
    """Select goods."""
    who = needed(customer, "--customer", _("Which customer?"))
    lines = line or needed("", "--line", _("Which goods? CODE:QTY …")).split()
    typed = {"customer": who, "lines": lines, "location": at, "credit": credit}

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.wholesale import actions

        return actions.select(work, who, drafts(work.reader, lines, []), at, credit)

    write(asked, "wholesale new", act, typed)


@app.command(
    "price",
    help=_("Set the price of goods; purchasing alone does."),
    epilog=examples("kac wholesale price PF20261120-0001 --line P0001@260"),
)
@writing
def price(
    asked: Writing,
    sale: Sale,
    line: Annotated[
        list[str], typer.Option("-l", "--line", metavar="CODE@PRICE", help=_("goods and price"))
    ] = [],  # noqa: B006
) -> None:
    """Price goods."""
    lines = line or needed("", "--line", _("Which prices? CODE@PRICE …")).split()

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import actions

        return actions.price(work, sale, _prices(work, lines))

    write(asked, "wholesale price", act, {"sale": sale, "lines": lines})


def _prices(work: Work, lines: list[str]) -> dict[int, Money]:
    from kac.cli.lines import split_line
    from kac.core.money import parse_money
    from kac.desk.catalogue.queries import find

    found = {}
    for written in lines:
        code, _quantity, amount = split_line(written)
        found[find(work.reader, code)["id"]] = parse_money(amount)
    return found


@app.command(
    "prepare",
    help=_("Set the goods aside in the store."),
    epilog=examples("kac wholesale prepare PF20261120-0001"),
)
@writing
def prepare(asked: Writing, sale: Sale) -> None:
    """Prepare goods."""

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import actions

        return actions.prepare(work, sale)

    write(asked, "wholesale prepare", act, {"sale": sale})


@app.command(
    "book",
    help=_("Book goods on account by a wholesale slip; who issues it follows the debt up."),
    epilog=examples("kac wholesale book PF20261120-0001"),
)
@writing
def book(asked: Writing, sale: Sale) -> None:
    """Book on account."""

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import actions

        return actions.book(work, sale)

    write(asked, "wholesale book", act, {"sale": sale})


@app.command(
    "invoice",
    help=_("Open the tax invoice: of spot goods after payment, before they leave."),
    epilog=examples("kac wholesale invoice PF20261120-0001 --ref 04400251-0881"),
)
@writing
def invoice(
    asked: Writing,
    sale: Sale,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("number of the tax invoice"))
    ] = "",
) -> None:
    """Open an invoice."""
    number = needed(ref, "--ref", _("Which number has the invoice?"))

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import invoicing

        return invoicing.invoice(work, sale, number)

    write(asked, "wholesale invoice", act, {"sale": sale, "ref": number})


@app.command(
    "agree",
    help=_("Write down what the invoice of goods on credit will say, as agreed."),
    epilog=examples("kac wholesale agree PF20261120-0001 --content 办公用品"),
)
@writing
def agree(
    asked: Writing, sale: Sale, content: Annotated[str, _text("--content", _("what it says"))] = ""
) -> None:
    """Agree the invoice."""
    text = needed(content, "--content", _("What will it say?"))

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import invoicing

        return invoicing.agree(work, sale, text)

    write(asked, "wholesale agree", act, {"sale": sale, "content": text})


@app.command(
    "deliver",
    help=_("Hand goods over against one proof: the signed slip, or a list by the customer's hand."),
    epilog=examples(
        "kac wholesale deliver PF20261120-0001 --signed-by 李主任",
        "kac wholesale deliver PF20261120-0001 --list-by 李主任 --reason 客户不收单据",
    ),
)
@writing
def deliver(
    asked: Writing,
    sale: Sale,
    signed_by: Annotated[
        str,
        typer.Option("--signed-by", metavar="NAME", help=_("who signed the slip's customer box")),
    ] = "",
    list_by: Annotated[
        str, typer.Option("--list-by", metavar="NAME", help=_("who wrote the list by hand"))
    ] = "",
    reason: Annotated[str, _text("--reason", _("why no slip is shown"))] = "",
) -> None:
    """Deliver goods."""
    said = {"slip_by": signed_by, "list_by": list_by, "reason": reason}

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import actions

        return actions.deliver(work, sale, actions.Proof(**said))

    write(asked, "wholesale deliver", act, {"sale": sale, **said})


@app.command(
    "void",
    help=_("Take a sale back while it is unpaid; its goods return to the store."),
    epilog=examples("kac wholesale void PF20261120-0001 --reason 客户取消"),
)
@writing
def void(
    asked: Writing, sale: Sale, reason: Annotated[str, _text("--reason", _("why"))] = ""
) -> None:
    """Void a sale."""
    why = needed(reason, "--reason", _("Why is it void?"))

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import actions

        return actions.void(work, sale, why)

    write(asked, "wholesale void", act, {"sale": sale, "reason": why})


@app.command(
    "return",
    help=_("Count goods in that came back: less is owed, or what was paid is owed back."),
    epilog=examples(
        "kac wholesale return PF20261120-0001 --line P0001:2 --reason 客户多订",
        "kac wholesale return PF20261120-0001 --scrap P0001:1 --reason 包装破损",
    ),
)
@writing
def return_(
    asked: Writing,
    sale: Sale,
    line: Annotated[
        list[str], typer.Option("-l", "--line", metavar="CODE:QTY", help=_("goods and how much"))
    ] = [],  # noqa: B006
    scrap: Annotated[
        list[str], typer.Option("--scrap", metavar="CODE:QTY", help=_("what is good for nothing"))
    ] = [],  # noqa: B006
    reason: REASON = "",
) -> None:
    """Take goods back."""
    lines = line or (() if scrap else needed("", "--line", _("Which goods? CODE:QTY …")).split())
    why = needed(reason, "--reason", _("Why do they come back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import returning

        return returning.take_back(work, sale, _counted(work, lines), _counted(work, scrap), why)

    typed = {"sale": sale, "lines": list(lines), "scrap": scrap, "reason": why}
    write(asked, "wholesale return", act, typed)


def _counted(work: Work, lines: Sequence[str]) -> dict[int, int]:
    """{product id: base units} of lines CODE:QTY; the same goods twice are counted together."""
    from kac.cli.lines import drafts

    found: dict[int, int] = {}
    for draft in drafts(work.reader, list(lines), []) if lines else ():
        found[draft.product_id] = found.get(draft.product_id, 0) + draft.quantity
    return found


@app.command(
    "red",
    help=_("Open the red tax invoice for what came back, or for all where nothing is paid."),
    epilog=examples("kac wholesale red PF20261120-0001 --ref 04400251-0902"),
)
@writing
def red(
    asked: Writing,
    sale: Sale,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("number of the red tax invoice"))
    ] = "",
) -> None:
    """Open a red invoice."""
    number = needed(ref, "--ref", _("Which number has the invoice?"))

    def act(work: Work) -> Outcome:
        from kac.desk.wholesale import invoicing

        return invoicing.red(work, sale, number)

    write(asked, "wholesale red", act, {"sale": sale, "ref": number})


@app.command(
    "list",
    help=_("List wholesales, the newest first."),
    epilog=examples("kac wholesale list", "kac ws list --state open --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "open", help=_("in this state"))] = "",
) -> None:
    """List sales."""
    from kac.cli import wholesaleview
    from kac.desk.wholesale import queries

    with reading_ledger() as reader:
        found = [wholesaleview.listed(row) for row in queries.listing(reader, state or "")]
    show.rows(asked, wholesaleview.list_columns(), found, empty=_("no wholesale"))


@app.command(
    "show",
    help=_("Show a wholesale: its goods, its checklist, who follows it up."),
    epilog=examples("kac wholesale show PF20261120-0001"),
)
@reading
def show_(asked: Reading, sale: Sale) -> None:
    """Show a sale."""
    from kac.cli import wholesaleview

    with reading_ledger() as reader:
        view = wholesaleview.gather(reader, sale, setting.today())
    show.record(asked, view.columns, view.row, view.parts)
