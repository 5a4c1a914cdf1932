"""Shipments at the counter: goods of a key account to an office, received, charged, held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import shipmentholds, shipmentview, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.shipmentview import Shipment
from kac.cli.show import Part
from kac.cli.stockview import location
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.shipments.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Shipments: goods of key accounts to offices, received, charged, held"))

Office = Annotated[str, typer.Argument(metavar="[OFFICE]", help=_("of this office"))]
_GOT = typer.Option("--got", metavar="CODE:QTY", help=_("what came, where not all of it did"))


@app.command(
    "new",
    help=_("Send goods of one key account to an office: a contract, then its goods."),
    epilog=examples(
        "kac shipment new HT20261120-0001 P0001:20@260 --to S01",
        "kac shipment new HT20261120-0001 P0001:20@260 P0003:10@88 --to S01 --supplier 美的代工厂",
    ),
)
@writing
def new(
    asked: Writing,
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="CONTRACT|CODE:QTY@PRICE…", help=_("a contract, and what goes out under it")
        ),
    ],
    to: Annotated[
        str, typer.Option("--to", metavar="OFFICE", help=_("the office, by its location"))
    ] = "",
    here: Annotated[
        str, typer.Option("--from", metavar="LOCATION", help=_("where the goods leave"))
    ] = "",
    supplier: Annotated[
        str, typer.Option("--supplier", metavar="NAME", help=_("who ships them itself (OEM)"))
    ] = "",
    paper: Annotated[
        str, typer.Option("--list", metavar="NUMBER", help=_("the supplier's shipping list"))
    ] = "",
) -> None:
    """Ship goods."""
    there = needed(to, "--to", _("To which office?"))
    if supplier and here:
        raise UsageError(_("goods leave a location, or a supplier ships them: not both"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import actions

        wish = actions.Wish(
            office=location(work.reader, there),
            goods=shipmentview.under_contracts(work.reader, words),
            here="" if supplier else location(work.reader, here),
            supplier=supplier,
            list_number=paper,
        )
        return actions.send(work, wish)

    typed = {"words": words, "to": there, "from": here, "supplier": supplier, "list": paper}
    write(asked, "shipment new", act, typed)


@app.command(
    "faxed",
    help=_("Write down that the supplier's shipping list has come."),
    epilog=examples("kac shipment faxed FH20261120-0001 --ref OEM-7701"),
)
@writing
def faxed(
    asked: Writing,
    shipment: Shipment,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("the number of the list"))
    ] = "",
) -> None:
    """Take a shipping list."""
    paper = needed(ref, "--ref", _("Which number has the shipping list?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import actions

        return actions.faxed(work, shipment, paper)

    write(asked, "shipment faxed", act, {"shipment": shipment, "ref": paper})


@app.command(
    "receive",
    help=_("Receive a shipment at the office, by the mark on its parcels; it is held from then."),
    epilog=examples("kac shipment receive FH20261120-0001 --mark KH0001"),
)
@writing
def receive(
    asked: Writing,
    shipment: Shipment,
    mark: Annotated[
        str, typer.Option("--mark", metavar="TEXT", help=_("what stands on the parcels"))
    ] = "",
) -> None:
    """Receive a shipment."""
    read = needed(mark, "--mark", _("What stands on the parcels?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import actions

        return actions.receive(work, shipment, read)

    write(asked, "shipment receive", act, {"shipment": shipment, "mark": read})


@app.command(
    "object",
    help=_("Object to a shipment within three days of its receipt: it is not charged."),
    epilog=examples("kac shipment object FH20261120-0001 --reason 少两台"),
)
@writing
def object_(asked: Writing, shipment: Shipment, reason: REASON = "") -> None:
    """Object."""
    why = needed(reason, "--reason", _("What is wrong with it?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import answering

        return answering.objected(work, shipment, why)

    write(asked, "shipment object", act, {"shipment": shipment, "reason": why})


@app.command(
    "settle",
    help=_("Settle an objection: charge what is agreed to have come, all of it where none is."),
    epilog=examples("kac shipment settle FH20261120-0001 --got P0001:18 --reason 途中少两台"),
)
@writing
def settle(
    asked: Writing,
    shipment: Shipment,
    got: Annotated[list[str], _GOT] = [],  # noqa: B006
    reason: REASON = "",
) -> None:
    """Settle an objection."""
    why = needed(reason, "--reason", _("What was agreed?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import answering

        return answering.settle(work, shipment, shipmentview.agreed(work.reader, got), why)

    write(asked, "shipment settle", act, {"shipment": shipment, "got": got, "reason": why})


@app.command(
    "remit",
    help=_("Write down what the office has handed on for a batch that it was charged."),
    epilog=examples("kac shipment remit FH20261120-0001 --amount 1000 --ref 2026112500010003"),
)
@writing
def remit(
    asked: Writing,
    shipment: Shipment,
    amount: Annotated[Any, money_option("--amount", help=_("how much was handed on"))] = None,
    ref: Annotated[
        str, typer.Option("--ref", metavar="NUMBER", help=_("the bank's reference"))
    ] = "",
) -> None:
    """Write a remittance down."""
    much = needed(amount, "--amount", _("How much?"))
    paper = needed(ref, "--ref", _("The bank's reference?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import answering

        return answering.remit(work, shipment, much, paper)

    write(asked, "shipment remit", act, {"shipment": shipment, "amount": much, "ref": paper})


@app.command(
    "list",
    help=_("List shipments, the newest first."),
    epilog=examples("kac shipment list", "kac shipment list --state received --to S01 --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, choice_option("--state", of=tuple(LABELS), help=_("in this state"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("for whom"))
    ] = "",
    to: Annotated[
        str, typer.Option("--to", metavar="OFFICE", help=_("the office, by its location"))
    ] = "",
) -> None:
    """List shipments."""
    from kac.desk.customers.queries import find
    from kac.desk.shipments import queries

    with reading_ledger() as reader:
        known = find(reader, customer)["id"] if customer else 0
        office = location(reader, to) if to else ""
        found = [shipmentview.told(row) for row in queries.listing(reader, state, known, office)]
    show.rows(asked, shipmentview.LIST, found, empty=_("nothing was shipped to an office yet"))


@app.command(
    "show",
    help=_("Show a shipment: its goods, what is held of them, requests to draw on them."),
    epilog=examples("kac shipment show FH20261120-0001", "kac shipment show @ --json"),
)
@reading
def show_(asked: Reading, shipment: Shipment) -> None:
    """Show a shipment."""
    from kac.desk.shipments import queries

    with reading_ledger() as reader:
        row = queries.find(reader, shipment, speaker(reader))
        told = shipmentview.record(reader, row)
        lines = [shipmentview.priced(line) for line in queries.lines(reader, row["id"])]
        parts = [
            Part("lines", _("goods"), shipmentview.LINES, lines),
            Part(
                "draws",
                _("draws"),
                shipmentview.DRAWS,
                [dict(each) for each in queries.draws(reader, row["number"])],
            ),
        ]
    show.record(asked, [*shipmentview.LIST, *shipmentview.MORE], told, parts)


@app.command(
    "held",
    help=_("List goods of key accounts that are held at offices, and whether they are its stock."),
    epilog=examples("kac shipment held S01", "kac shipment held -c KH0001 --json"),
)
@reading
def held(
    asked: Reading,
    office: Office = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("for whom"))
    ] = "",
) -> None:
    """List held goods."""
    from kac.desk.customers.queries import find
    from kac.desk.shipments import queries

    with reading_ledger() as reader:
        known = find(reader, customer)["id"] if customer else 0
        place = location(reader, office) if office else ""
        found = [shipmentview.worth(row) for row in queries.held(reader, place, known)]
    show.rows(asked, shipmentview.HELD, found, empty=_("nothing is held at an office"))


@app.command(
    "account",
    help=_("What offices were charged for goods of key accounts, batch by batch."),
    epilog=examples("kac shipment account", "kac shipment account S01 --json"),
)
@reading
def account(asked: Reading, office: Office = "") -> None:
    """Show the goods account of an office."""
    from kac.desk.shipments import queries

    with reading_ledger() as reader:
        place = location(reader, office) if office else ""
        rows = shipmentview.running(queries.charged(reader, place))
    show.rows(asked, shipmentview.ACCOUNT, rows, empty=_("no office was charged for goods yet"))


app.registered_commands += shipmentholds.app.registered_commands
