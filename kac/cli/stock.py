"""Stock at the counter: is there enough, and where is it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show, stockholds, stockmoves, stockview
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.lines import split_line
from kac.cli.moneyview import REASON
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import Reading, Writing, day_option, examples, needed, reading, writing
from kac.cli.stockview import At, amount, goods, location
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work
    from kac.desk.stock.rules import Supply

app = Noun(help=_("Stock: what is there and what is promised"))


@app.command(
    "check",
    help=_("Whether stock covers an order, or products and quantities."),
    epilog=examples(
        "kac stock check DD20261120-0001",
        "kac s check P0001:50 P0002:12.5 --by +7d",
        "kac s check 电饭煲",
    ),
)
@reading
def check(
    asked: Reading,
    wanted: Annotated[
        list[str],
        typer.Argument(metavar="ORDER|CODE[:QTY]…", help=_("an order, or products to look at")),
    ],
    at: Annotated[str, typer.Option("--at", metavar="LOCATION", help=_("where to look"))] = "",
    by: Annotated[
        Any, day_option("--by", help=_("count what is promised by this day; an order has its own"))
    ] = None,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("for this customer"))
    ] = "",
) -> None:
    """Check the stock: on hand, samples, what others were promised, and the verdict."""
    with reading_ledger() as reader:
        if len(wanted) == 1 and _is_order(wanted[0]):
            supplies, day = _of_order(reader, wanted[0])
            rows = stockview.verdicts(reader, supplies, by or day)
        elif any(":" in word for word in wanted):
            rows = stockview.verdicts(reader, _of_words(reader, wanted, at, customer), by)
        else:
            rows = _places(reader, wanted, at)
    columns = stockview.VERDICTS if rows and "verdict" in rows[0] else stockview.FIGURES
    show.rows(asked, columns, rows)
    if columns is stockview.VERDICTS:
        show.err(stockview.summary(rows))


@app.command(
    "list",
    help=_("List the stock of every product at every location."),
    epilog=examples("kac stock list --at DC", "kac s list 米 --csv"),
)
@reading
def list_(
    asked: Reading,
    words: Annotated[str, typer.Argument(metavar="[WORDS]", help=_("part of a name"))] = "",
    at: Annotated[str, typer.Option("--at", metavar="LOCATION", help=_("where to look"))] = "",
) -> None:
    """List stock."""
    from kac.desk.stock import queries

    with reading_ledger() as reader:
        place = queries.location(reader, at) if at else ""
        found = queries.listing(reader, place, words)
        empty = none_of(reader, "stock_move", found, _("nothing is in stock"))
    show.rows(asked, stockview.FIGURES, found, empty=empty)


def _is_order(word: str) -> bool:
    return word.startswith("@") or word.upper().startswith("DD")


def _of_order(reader: Reader, word: str) -> tuple[list[Supply], date]:
    from kac.desk.orders import queries

    row = queries.find(reader, word, speaker(reader))
    policies = queries.policies(queries.policy(reader, row))
    facts = queries.facts(reader, row, policies)
    return list(facts.supplies), facts.need_by


def _of_words(reader: Reader, words: list[str], at: str, customer: str) -> list[Supply]:
    from kac.desk.customers.queries import find
    from kac.desk.stock import queries

    wanted = goods(reader, words, needs_quantity=False)
    known = find(reader, customer)["id"] if customer else 0
    return queries.supplies(reader, wanted, location(reader, at), customer_id=known)


def _places(reader: Reader, words: list[str], at: str) -> list[dict[str, Any]]:
    from kac.desk.catalogue.queries import find
    from kac.desk.stock import queries

    place = queries.location(reader, at) if at else ""
    return [
        dict(row)
        for word in words
        for row in queries.of_product(reader, find(reader, word)["id"])
        if place in ("", row["location"])
    ]


@app.command(
    "count",
    help=_("Book what was counted of one product, and see which orders it leaves short."),
    epilog=examples("kac stock count P0001:48 --reason 破损两台"),
)
@writing
def count(
    asked: Writing,
    counted: Annotated[str, typer.Argument(metavar="CODE:QTY", help=_("what was counted"))],
    at: At = "",
    display: Annotated[
        str, typer.Option("--display", metavar="QTY", help=_("of them display samples"))
    ] = "",
    reason: REASON = "",
) -> None:
    """Book a count."""
    why = needed(reason, "--reason", _("Why was it counted?"))

    def act(work: Work) -> Outcome:
        from kac.db.work import Outcome
        from kac.desk.stock import actions

        what = _counted(work.reader, counted, at, display)
        found = actions.count(work, what, why)
        says = [
            _("{code} at {location}: {counted} counted").format(
                code=what.product_code, location=what.location, counted=counted
            )
        ]
        if found:
            says.append(_("promised to: {orders}").format(orders=", ".join(found)))
        document = {"number": what.product_code, "state": "counted", "orders": found}
        return Outcome(document, tuple(says), tuple(f"kac explain {each}" for each in found))

    typed = {"counted": counted, "at": at, "display": display, "reason": why}
    write(asked, "stock count", act, typed)


def _counted(reader: Reader, written: str, at: str, display: str) -> Any:
    """A count as it is typed; samples are those of the count before where none are named."""
    from kac.desk.catalogue.queries import find
    from kac.desk.stock.actions import Count
    from kac.desk.stock.queries import supplies

    code, quantity, _price = split_line(written)
    product = find(reader, code)
    counted, place = amount(quantity, product["scale"]), location(reader, at)
    known = supplies(reader, {product["id"]: 0}, place)[0]
    samples = amount(display, product["scale"]) if display else min(known.display, counted)
    return Count(
        product_id=product["id"],
        product_code=product["code"],
        scale=product["scale"],
        cost_fen=product["cost_fen"],
        location=place,
        counted=counted,
        display=samples,
    )


app.registered_commands += stockmoves.app.registered_commands
app.registered_commands += stockholds.app.registered_commands
