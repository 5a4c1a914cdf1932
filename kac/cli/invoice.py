"""Tax invoices at the counter: ask for, agree, issue, reverse them; the register and the export."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    day_option,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.desk.invoices.states import KINDS, LABELS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Tax invoices: ask for, agree, issue, reverse them"))

Invoice = Annotated[
    str,
    typer.Argument(metavar="INVOICE", help=_("its number, the tax bureau's, or its order's")),
]
NUMBER = Annotated[
    str,
    typer.Option("--invoice-no", metavar="NUMBER", help=_("the number that the tax bureau gave")),
]
_LIST = [
    Column("number", _("invoice"), "code"),
    Column("order_number", _("order"), "code", priority=4),
    Column("customer_name", _("customer"), priority=7),
    Column("amount", _("amount"), "money"),
    Column("kind", _("kind"), "state", words=KINDS, priority=2),
    Column("state", _("state"), "state", words=LABELS),
    Column("invoice_no", _("invoice number"), "code", priority=6),
    Column("red_no", _("red letter"), "code", priority=3),
]
_RECORD = [
    *_LIST,
    Column("title", _("made out to")),
    Column("tax_number", _("tax number"), "code"),
    Column("content", _("content")),
    Column("asked_by", _("asked for by"), "code"),
    Column("on_day", _("asked for on"), "day"),
    Column("agreed_with", _("agreed with")),
    Column("agreed_by", _("agreed by"), "code"),
    Column("agreed_on", _("agreed on"), "day"),
    Column("issued_by", _("issued by"), "code"),
    Column("issued_on", _("issued on"), "day"),
    Column("red_reason", _("reversed because")),
    Column("red_by", _("reversed by"), "code"),
    Column("red_on", _("reversed on"), "day"),
    Column("end_reason", _("reason")),
]
_REGISTER = [
    Column("day", _("day"), "day"),
    Column("invoice_no", _("invoice number"), "code"),
    Column("title", _("made out to"), priority=4),
    Column("tax_number", _("tax number"), "code", priority=2),
    Column("kind", _("kind"), "state", words=KINDS, priority=3),
    Column("amount", _("amount"), "money"),
    Column("reverses", _("reverses"), "code"),
    Column("number", _("invoice"), "code", priority=4),
    Column("order_number", _("order"), "code", priority=3),
    Column("issued_by", _("issued by"), "code", priority=2),
]


@app.command(
    "request",
    help=_("Ask for an invoice of an order, or of a part of it; the service desk issues it."),
    epilog=examples(
        "kac invoice request @",
        "kac invoice request @ --amount 5000 --content 端午节慰问品 --title 榆江电器厂工会",
    ),
)
@writing
def request(
    asked: Writing,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    title: Annotated[
        str, typer.Option("--title", metavar="TEXT", help=_("made out to, if not the customer"))
    ] = "",
    tax_number: Annotated[
        str,
        typer.Option("--tax-number", metavar="CODE", help=_("of whom it is made out to")),
    ] = "",
    content: Annotated[
        str,
        typer.Option("--content", metavar="TEXT", help=_("one line in place of the order's lines")),
    ] = "",
    kind: Annotated[Any, choice_option("--kind", of=tuple(KINDS), help=_("which"))] = "ordinary",
    amount: Annotated[Any, money_option("--amount", help=_("a part of the order"))] = None,
) -> None:
    """Ask for an invoice."""

    def act(work: Work) -> Outcome:
        from kac.desk.invoices import actions

        wish = actions.Wish(title, tax_number, content, kind or "ordinary", amount)
        return actions.request(work, order, wish)

    typed = {"order": order, "title": title, "tax_number": tax_number, "content": content}
    write(asked, "invoice request", act, {**typed, "kind": kind, "amount": amount})


@app.command(
    "agree",
    help=_("Say with whom of the customer the content was agreed."),
    epilog=examples("kac invoice agree FP20261120-0001 --with 陈丽华"),
)
@writing
def agree(
    asked: Writing,
    invoice: Invoice,
    person: Annotated[
        str, typer.Option("--with", metavar="NAME", help=_("who agreed for the customer"))
    ] = "",
) -> None:
    """Agree the content."""
    who = needed(person, "--with", _("With whom was it agreed?"))

    def act(work: Work) -> Outcome:
        from kac.desk.invoices import actions

        return actions.agree(work, invoice, who)

    write(asked, "invoice agree", act, {"invoice": invoice, "with": who})


@app.command(
    "issue",
    help=_("Register an invoice that the service desk has issued; nobody else issues one."),
    epilog=examples("kac invoice issue FP20261120-0001 --invoice-no 26442000000123456789"),
)
@writing
def issue(asked: Writing, invoice: Invoice, invoice_no: NUMBER = "") -> None:
    """Issue an invoice."""
    number = needed(invoice_no, "--invoice-no", _("Which number did the tax bureau give?"))

    def act(work: Work) -> Outcome:
        from kac.desk.invoices import actions

        return actions.issue(work, invoice, number)

    write(asked, "invoice issue", act, {"invoice": invoice, "invoice_no": number})


@app.command(
    "red",
    help=_("Take an issued invoice back whole by a red letter."),
    epilog=examples(
        "kac invoice red FP20261120-0001 --invoice-no 26442000000123456790 --reason 抬头写错"
    ),
)
@writing
def red(asked: Writing, invoice: Invoice, invoice_no: NUMBER = "", reason: REASON = "") -> None:
    """Reverse an invoice."""
    number = needed(invoice_no, "--invoice-no", _("Which number did the tax bureau give?"))
    why = needed(reason, "--reason", _("Why is it reversed?"))

    def act(work: Work) -> Outcome:
        from kac.desk.invoices import actions

        return actions.red(work, invoice, number, why)

    typed = {"invoice": invoice, "invoice_no": number, "reason": why}
    write(asked, "invoice red", act, typed, step_up=True)


@app.command(
    "waive",
    help=_("Say that the customer wants no invoice."),
    epilog=examples("kac invoice waive FP20261120-0001 --reason 客户不要发票"),
)
@writing
def waive(asked: Writing, invoice: Invoice, reason: REASON = "") -> None:
    """Do without an invoice."""
    why = needed(reason, "--reason", _("What does the customer say?"))

    def act(work: Work) -> Outcome:
        from kac.desk.invoices import actions

        return actions.waive(work, invoice, why)

    write(asked, "invoice waive", act, {"invoice": invoice, "reason": why})


@app.command(
    "withdraw",
    help=_("Take back a wish for an invoice that was wrong, while it is not issued."),
    epilog=examples("kac invoice withdraw FP20261120-0001 --reason 抬头写错"),
)
@writing
def withdraw(asked: Writing, invoice: Invoice, reason: REASON = "") -> None:
    """Withdraw a wish."""
    why = needed(reason, "--reason", _("Why is it taken back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.invoices import actions

        return actions.withdraw(work, invoice, why)

    write(asked, "invoice withdraw", act, {"invoice": invoice, "reason": why})


@app.command(
    "list",
    help=_("List invoices, the newest first."),
    epilog=examples("kac invoice list", "kac fp list --state issued --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
    order: Annotated[str, typer.Option("--order", metavar="ORDER", help=_("of this order"))] = "",
) -> None:
    """List invoices."""
    from kac.desk.invoices import queries
    from kac.desk.orders import queries as orders

    with reading_ledger() as reader:
        of = orders.find(reader, order, speaker(reader))["id"] if order else 0
        rows = [_shown(row) for row in queries.listing(reader, state or "", of)]
    show.rows(asked, _LIST, rows, empty=_("no invoice"))


@app.command(
    "register",
    help=_("The register of what was issued, by day; red letters are below nothing."),
    epilog=examples("kac invoice register --since 2026-11-01", "kac fp register -o register.xlsx"),
)
@reading
def register(
    asked: Reading,
    since: Annotated[Any, day_option("--since", help=_("issued on or after"))] = None,
    until: Annotated[Any, day_option("--until", help=_("issued on or before"))] = None,
) -> None:
    """Show the register."""
    from kac.desk.invoices import queries

    span = [day.isoformat() if day else "" for day in (since, until)]
    with reading_ledger() as reader:
        rows = [_shown(row) for row in queries.register(reader, *span)]
    show.rows(asked, _REGISTER, rows, empty=_("no invoice"))


@app.command(
    "export",
    help=_("Rows for the tax client: what could be issued today, line by line."),
    epilog=examples("kac invoice export -o invoices.xlsx", "kac invoice export --json"),
)
@reading
def export(asked: Reading) -> None:
    """Export rows for the tax client."""
    from kac.desk.invoices import queries
    from kac.exchange import taxclient

    if asked.output is None and not asked.format:
        raise UsageError(
            _("this goes into a file: add -o FILE"), code="E-CLI-031", refs={"option": "-o"}
        )
    with reading_ledger() as reader:
        rows = [taxclient.row(line) for line in queries.to_export(reader, setting.today())]
    columns = [Column(key, title, kind) for key, title, kind in taxclient.COLUMNS]
    show.rows(asked, columns, rows, empty=_("no invoice can be issued today"))


@app.command(
    "show",
    help=_("Show one invoice and what it waits for."),
    epilog=examples("kac invoice show FP20261120-0001"),
)
@reading
def show_(asked: Reading, invoice: Invoice) -> None:
    """Show an invoice."""
    from kac.cli.orderview import gate_columns, gate_row
    from kac.desk.invoices import queries

    with reading_ledger() as reader:
        row = queries.find(reader, invoice, speaker(reader))
        gates = queries.case(reader, row)
    checklist = Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates])
    show.record(asked, _RECORD, _shown(row), [checklist])


def _shown(row: Any) -> dict[str, Any]:
    return {**dict(row), "amount": row["amount_fen"]}
