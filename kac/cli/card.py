"""Gift cards at the counter: batches, sales, receipts, what comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.options import (
    Reading,
    Writing,
    examples,
    money,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.card_sales.states import LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Gift cards: batches, sales, receipts, what comes back"))

Sale = Annotated[
    str, typer.Argument(metavar="SALE", help=_("number, 1120-7, 7 of today, or @ for the last"))
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]
Amount = Annotated[Any, money_option("--amount", help=_("how much"))]


def _fen(typed: Any, question: str) -> Any:
    much = needed(typed, "--amount", question)
    return money(much) if isinstance(much, str) else much


def _cards(typed: str) -> Any:
    from kac.desk.cards.rules import parse_range

    return parse_range(typed)


@app.command(
    "receive",
    help=_("Take a batch of cards of one face value into the window, by its numbers."),
    epilog=examples(
        "kac card receive HZ880101-HZ880200 --face 200", "kac card receive HZ990001+50 --face 100"
    ),
)
@writing
def receive(
    asked: Writing,
    cards: Annotated[str, typer.Argument(metavar="CARDS", help=_("first-last, or first+count"))],
    face: Annotated[Any, money_option("--face", help=_("what each card is worth"))] = None,
) -> None:
    """Receive a batch."""
    much = needed(face, "--face", _("What is each card worth?"))
    value = money(much) if isinstance(much, str) else much

    def act(work: Work) -> Outcome:
        from kac.desk.cards import actions

        return actions.receive(work, _cards(cards), value)

    write(asked, "card receive", act, {"cards": cards, "face": value})


@app.command(
    "sell",
    help=_("Take an order for cards: spot, or under an approved application for credit."),
    epilog=examples(
        "kac card sell -c KH0001 --amount 12800",
        "kac card sell -c KH0002 --amount 10050 --credit XY20261120-0001",
    ),
)
@writing
def sell(
    asked: Writing,
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("the customer"))
    ] = "",
    amount: Amount = None,
    credit: Annotated[
        str, typer.Option("--credit", metavar="CREDIT", help=_("under this application"))
    ] = "",
) -> None:
    """Sell cards."""
    who = needed(customer, "--customer", _("Which customer?"))
    much = _fen(amount, _("Cards for how much?"))

    def act(work: Work) -> Outcome:
        from kac.desk.card_sales import actions

        return actions.sell(work, who, much, credit)

    write(asked, "card sell", act, {"customer": who, "amount": much, "credit": credit})


@app.command(
    "make",
    help=_("Make the cards of a sale out of those at the window."),
    epilog=examples("kac card make KS20261120-0001 --cards HZ880001-HZ880064"),
)
@writing
def make(
    asked: Writing,
    sale: Sale,
    cards: Annotated[
        list[str],
        typer.Option("--cards", metavar="CARDS", help=_("first-last or first+count, repeatable")),
    ] = [],  # noqa: B006
) -> None:
    """Make cards."""
    wanted = cards or [needed("", "--cards", _("Which cards?"))]

    def act(work: Work) -> Outcome:
        from kac.desk.card_sales import actions

        return actions.make(work, sale, [_cards(each) for each in wanted])

    write(asked, "card make", act, {"sale": sale, "cards": wanted})


papers.printing(
    app,
    "card",
    Sale,
    "kac.desk.card_sales.actions",
    help=_("Print the form of the receipt, with the numbers of the cards."),
    epilog=examples("kac card print KS20261120-0001"),
    copies=False,
)


@app.command(
    "receipt",
    help=_("Write down the receipt that the customer wrote: words and figures agree."),
    epilog=examples(
        "kac card receipt KS20261120-0001 --amount 10050 --words 壹万零伍拾元整"
        " --by 陈丽华 --no-seal 个人领取"
    ),
)
@writing
def receipt(
    asked: Writing,
    sale: Sale,
    amount: Amount = None,
    words: Annotated[
        str, typer.Option("--words", metavar="WORDS", help=_("the amount in words, as written"))
    ] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help=_("who wrote it"))] = "",
    seal: Annotated[bool, typer.Option("--seal", help=_("it bears the unit's seal"))] = False,
    no_seal: Annotated[
        str, typer.Option("--no-seal", metavar="REASON", help=_("why it bears no seal"))
    ] = "",
) -> None:
    """Record a receipt."""
    said = {
        "amount": _fen(amount, _("What do the figures say?")),
        "words": needed(words, "--words", _("What do the words say?")),
        "signer": needed(by, "--by", _("Who wrote it?")),
        "sealed": seal,
        "seal_reason": no_seal,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.card_sales import actions

        return actions.receipt(work, sale, actions.Written(**said))

    write(asked, "card receipt", act, {"sale": sale, **said})


@app.command(
    "deliver",
    help=_("Hand the cards over: from now on they are owed for."),
    epilog=examples("kac card deliver KS20261120-0001 --to 周建平"),
)
@writing
def deliver(
    asked: Writing,
    sale: Sale,
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=_("who takes them"))] = "",
) -> None:
    """Deliver cards."""
    person = needed(to, "--to", _("Who takes them?"))

    def act(work: Work) -> Outcome:
        from kac.desk.card_sales import actions

        return actions.deliver(work, sale, person)

    write(asked, "card deliver", act, {"sale": sale, "to": person})


@app.command(
    "invoice",
    help=_("Write down what the invoice will say, as agreed with the customer."),
    epilog=examples("kac card invoice KS20261120-0001 --content 预付卡销售"),
)
@writing
def invoice(
    asked: Writing,
    sale: Sale,
    content: Annotated[
        str, typer.Option("--content", metavar="TEXT", help=_("what it will say"))
    ] = "",
) -> None:
    """Agree the invoice."""
    text = needed(content, "--content", _("What will it say?"))

    def act(work: Work) -> Outcome:
        from kac.desk.card_sales import actions

        return actions.invoice(work, sale, text)

    write(asked, "card invoice", act, {"sale": sale, "content": text})


@app.command(
    "return",
    help=_("Take unused cards back: from a sale to the window, or from a batch to its issuer."),
    epilog=examples(
        "kac card return KS20261120-0001 HZ880065-HZ880066 --reason 客户少用两张",
        "kac card return KP20261120-0001 HZ880090-HZ880100 --reason 停用退卡",
    ),
)
@writing
def return_(
    asked: Writing,
    document: Annotated[str, typer.Argument(metavar="NUMBER", help=_("a sale or a batch"))],
    cards: Annotated[str, typer.Argument(metavar="CARDS", help=_("first-last, or first+count"))],
    reason: Reason = "",
) -> None:
    """Return cards."""
    why = needed(reason, "--reason", _("Why do they come back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.card_sales import actions as sales
        from kac.desk.cards import actions

        if document.strip().upper().startswith("KP"):
            return actions.send_back(work, document, _cards(cards), why)
        return sales.take_back(work, document, _cards(cards), why)

    write(asked, "card return", act, {"document": document, "cards": cards, "reason": why})


@app.command(
    "void",
    help=_("Drop a sale while no card is with the customer."),
    epilog=examples("kac card void KS20261120-0001 --reason 客户取消"),
)
@writing
def void(asked: Writing, sale: Sale, reason: Reason = "") -> None:
    """Void a sale."""
    why = needed(reason, "--reason", _("Why is it void?"))

    def act(work: Work) -> Outcome:
        from kac.desk.card_sales import actions

        return actions.void(work, sale, why)

    write(asked, "card void", act, {"sale": sale, "reason": why})


@app.command(
    "list",
    help=_("List sales of cards, the newest first."),
    epilog=examples("kac card list", "kac card list --state open --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "open", help=_("in this state"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
) -> None:
    """List sales."""
    from kac.cli import cardview
    from kac.desk.card_sales import queries
    from kac.desk.customers.queries import find

    with reading_ledger() as reader:
        who = find(reader, customer)["id"] if customer else 0
        found = [cardview.listed(row) for row in queries.listing(reader, state or "", who)]
    show.rows(asked, cardview.list_columns(), found, empty=_("no sale of cards"))


@app.command(
    "batches",
    help=_("List batches of cards: how many lie at the window, and how many are out."),
    epilog=examples("kac card batches", "kac card batches --json"),
)
@reading
def batches(asked: Reading) -> None:
    """List batches."""
    from kac.cli import cardview
    from kac.desk.cards import queries

    with reading_ledger() as reader:
        found = [cardview.batch(row) for row in queries.batches(reader)]
    show.rows(asked, cardview.batch_columns(), found, empty=_("no batch of cards"))


@app.command(
    "show",
    help=_("Show a sale with its cards and checklist, or a batch with where its cards went."),
    epilog=examples("kac card show KS20261120-0001", "kac card show KP20261120-0001"),
)
@reading
def show_(
    asked: Reading,
    document: Annotated[str, typer.Argument(metavar="NUMBER", help=_("a sale or a batch"))],
) -> None:
    """Show a sale or a batch."""
    from kac.cli import cardview

    with reading_ledger() as reader:
        of_batch = document.strip().upper().startswith("KP")
        view = (cardview.of_batch if of_batch else cardview.of_sale)(
            reader, document, setting.today()
        )
    show.record(asked, view.columns, view.row, view.parts)
