"""Contracts at the counter: talk, add, submit, change, file, execute, close, print them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, setting, show, signing
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.options import (
    Reading,
    Writing,
    choice_option,
    count_option,
    day,
    day_option,
    examples,
    money,
    money_option,
    needed,
    needed_all,
    one_flag,
    reading,
    writing,
)
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.contracts.states import KINDS, LABELS, OPEN

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Contracts: add, sign for, file, execute, close them"))


def _text(flag: str, help: str) -> Any:
    return typer.Option(flag, metavar="TEXT", help=help)


Contract = Annotated[
    str, typer.Argument(metavar="CONTRACT", help=_("number, 1120-7, 7 of today, or @ for the last"))
]
Customer = Annotated[str, typer.Argument(metavar="CUSTOMER", help=_("the customer"))]
Reason = Annotated[str, _text("--reason", _("why"))]
Attach = Annotated[
    list[str], typer.Option("--attach", metavar="FILE", help=_("a scan of it, repeatable"))
]
Amount = Annotated[Any, money_option("--amount", help=_("what it is about in all"))]
From = Annotated[Any, day_option("--from", help=_("first day of its term"))]
To = Annotated[Any, day_option("--to", help=_("last day of its term"))]
Terms = Annotated[str | None, _text("--terms", _("terms of payment, such as 月结30天"))]
Service = Annotated[str | None, _text("--service", _("what we do for the customer"))]
Prices = Annotated[str | None, _text("--prices", _("price policy"))]
Mode = Annotated[str | None, _text("--mode", _("mode of cooperation"))]
Rights = Annotated[str | None, _text("--rights", _("rights and duties of both sides"))]
Floor = Annotated[Any, money_option("--floor-price", help=_("settlement floor price"))]
StatementDay = Annotated[
    Any, count_option("--statement-day", help=_("by the month: the day its statement is made"))
]
DueDay = Annotated[
    Any, count_option("--due-day", help=_("by the month: the day of the next month it is paid by"))
]
Delivery = Annotated[Any, day_option("--delivery", help=_("goods are delivered by this day"))]


@app.command(
    "negotiation",
    help=_("Record how talks with a customer stand: under way, ended, failed."),
    epilog=examples(
        "kac contract negotiation KH0001 --text 谈价格、交货期和售后",
        "kac contract negotiation KH0001 --closed --text 年度框架谈妥",
    ),
)
@writing
def negotiation(
    asked: Writing,
    customer: Customer,
    closed: Annotated[bool, typer.Option("--closed", help=_("they ended in agreement"))] = False,
    failed: Annotated[bool, typer.Option("--failed", help=_("they ended without one"))] = False,
    text: Annotated[str, _text("--text", _("what was talked about"))] = "",
) -> None:
    """Record talks."""
    said = one_flag({"closed": closed, "failed": failed}) if closed or failed else ""
    verb = {"closed": "agree", "failed": "fail", "": "open"}[said]

    def act(work: Work) -> Outcome:
        from kac.desk.negotiations import actions

        return actions.negotiate(work, customer, verb, text)

    write(asked, "contract negotiation", act, {"customer": customer, "verb": verb, "text": text})


@app.command(
    "add",
    help=_("Write a contract down."),
    epilog=examples(
        "kac contract add KH0001 --amount 250000 --from 2026-12-01 --to 2027-11-30 --terms 月结30天"
        " --service 按月供应小家电 --prices 零售价九折 --mode 年度框架 --rights 见第五、六条"
    ),
)
@writing
def add(
    asked: Writing,
    customer: Customer,
    amount: Amount = None,
    first: From = None,
    last: To = None,
    terms: Terms = None,
    service: Service = None,
    prices: Prices = None,
    mode: Mode = None,
    rights: Rights = None,
    floor_price: Floor = None,
    delivery: Delivery = None,
    statement_day: StatementDay = None,
    due_day: DueDay = None,
    kind: Annotated[Any, choice_option("--kind", of=tuple(KINDS), help=_("what it is"))] = "sale",
    attach: Attach = [],  # noqa: B006
) -> None:
    """Add a contract."""
    from kac.cli.files import attached

    how_much, begins, ends, paid = needed_all(
        (amount, "--amount", _("How much is it about?")),
        (first, "--from", _("First day of its term?")),
        (last, "--to", _("Last day of its term?")),
        (terms, "--terms", _("Terms of payment?")),
    )
    said = {
        "amount_fen": _fen(how_much),
        "from_day": _day(begins),
        "to_day": _day(ends),
        "terms": paid,
        "service": service or "",
        "prices": prices or "",
        "mode": mode or "",
        "rights": rights or "",
        "floor_price_fen": _fen(floor_price),
        "delivery_on": delivery,
        "statement_day": statement_day,
        "due_day": due_day,
    }
    files = attached(attach, dry_run=asked.dry_run)

    def act(work: Work) -> Outcome:
        from kac.desk.contracts import actions
        from kac.desk.contracts.rules import Terms

        return actions.add(work, customer, kind or "sale", Terms(**said), files)

    typed = {"customer": customer, "kind": kind, **said}
    typed["files"] = [(file.digest, file.name) for file in files]
    write(asked, "contract add", act, typed)


def _fen(amount: Any) -> int | None:
    """An amount in fen, also where it was typed as an answer; None stays None."""
    known = money(amount) if isinstance(amount, str) else amount
    return None if known is None else int(known.fen)


def _day(value: Any) -> Any:
    return day(value) if isinstance(value, str) else value


@app.command(
    "edit",
    help=_("Change a contract: a new version, signed anew unless it only asks for less."),
    epilog=examples(
        "kac contract edit HT20261120-0001 --amount 310000", "kac ht edit @ --prices 零售价八八折"
    ),
)
@writing
def edit(
    asked: Writing,
    contract: Contract,
    amount: Amount = None,
    first: From = None,
    last: To = None,
    terms: Terms = None,
    service: Service = None,
    prices: Prices = None,
    mode: Mode = None,
    rights: Rights = None,
    floor_price: Floor = None,
    delivery: Delivery = None,
    statement_day: StatementDay = None,
    due_day: DueDay = None,
) -> None:
    """Change a contract."""
    said = {
        "amount_fen": _fen(amount),
        "from_day": first,
        "to_day": last,
        "terms": terms,
        "service": service,
        "prices": prices,
        "mode": mode,
        "rights": rights,
        "floor_price_fen": _fen(floor_price),
        "delivery_on": delivery,
        "statement_day": statement_day,
        "due_day": due_day,
    }
    changes = {name: value for name, value in said.items() if value is not None}

    def act(work: Work) -> Outcome:
        from kac.desk.contracts import actions

        return actions.edit(work, contract, changes)

    write(asked, "contract edit", act, {"contract": contract, **changes})


@app.command(
    "submit",
    help=_("Hand a contract in: the signatures that its amount asks for are asked."),
    epilog=examples("kac contract submit HT20261120-0001"),
)
@writing
def submit(asked: Writing, contract: Contract) -> None:
    """Submit a contract."""

    def act(work: Work) -> Outcome:
        from kac.desk.contracts import actions

        return actions.submit(work, contract)

    write(asked, "contract submit", act, {"contract": contract})


for verb, kind, said in (
    ("sign", "sign", _("Sign a contract, where its amount asks for your signature.")),
    ("approve", "approve", _("Approve a contract that is signed.")),
):
    signing.signing(
        app,
        f"contract {verb}",
        Contract,
        "kac.desk.contracts.queries",
        kind,
        help=said,
        epilog=examples(f"kac contract {verb} HT20261120-0001"),
    )


@app.command(
    "file",
    help=_("Put an approved contract on file (备案)."),
    epilog=examples("kac contract file HT20261120-0001 --reference 2026-备-031 --attach 合同.pdf"),
)
@writing
def file(
    asked: Writing,
    contract: Contract,
    reference: Annotated[str, _text("--reference", _("under what it is found"))] = "",
    attach: Attach = [],  # noqa: B006
) -> None:
    """File a contract."""
    from kac.cli.files import attached

    place = needed(reference, "--reference", _("Under what is it found?"))
    files = attached(attach, dry_run=asked.dry_run)

    def act(work: Work) -> Outcome:
        from kac.desk.contracts import actions

        return actions.file(work, contract, place, files)

    typed: dict[str, Any] = {"contract": contract, "reference": place}
    typed["files"] = [(each.digest, each.name) for each in files]
    write(asked, "contract file", act, typed)


@app.command(
    "execute",
    help=_("Begin to execute a contract, after its last approval and its filing."),
    epilog=examples("kac contract execute HT20261120-0001"),
)
@writing
def execute(asked: Writing, contract: Contract) -> None:
    """Execute a contract."""

    def act(work: Work) -> Outcome:
        from kac.desk.contracts import actions

        return actions.execute(work, contract)

    write(asked, "contract execute", act, {"contract": contract})


@app.command(
    "close",
    help=_("Close a contract that was executed."),
    epilog=examples("kac contract close HT20261120-0001 --reason 到期履行完毕"),
)
@writing
def close(asked: Writing, contract: Contract, reason: Reason = "") -> None:
    """Close a contract."""
    _end(asked, contract, "close", needed(reason, "--reason", _("Why is it closed?")))


@app.command(
    "void",
    help=_("Make a contract void that was never executed; it stays readable."),
    epilog=examples("kac contract void HT20261120-0001 --reason 客户改变计划"),
)
@writing
def void(asked: Writing, contract: Contract, reason: Reason = "") -> None:
    """Void a contract."""
    _end(asked, contract, "void", needed(reason, "--reason", _("Why is it void?")))


def _end(asked: Writing, contract: str, verb: str, why: str) -> None:
    def act(work: Work) -> Outcome:
        from kac.desk.contracts import actions

        return actions.end(work, contract, verb, why)

    write(asked, f"contract {verb}", act, {"contract": contract, "reason": why})


papers.printing(
    app,
    "contract",
    Contract,
    "kac.desk.contracts.actions",
    help=_("Print the copies of a contract."),
    epilog=examples("kac contract print @", "kac ht print @ -o contract.html"),
    copies=False,
)


@app.command(
    "list",
    help=_("List contracts, the soonest ending first; without --state those that are open."),
    epilog=examples("kac contract list", "kac ht list --expiring 30 --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "all", help=_("in this state"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
    expiring: Annotated[Any, count_option("--expiring", help=_("ending within N days"))] = None,
) -> None:
    """List contracts."""
    from kac.cli import contractview
    from kac.desk.contracts import queries
    from kac.desk.customers.queries import find

    states = tuple(LABELS) if state == "all" else (state,) if state else OPEN
    last = (setting.today() + timedelta(days=expiring)).isoformat() if expiring else ""
    with reading_ledger() as reader:
        who = find(reader, customer)["id"] if customer else 0
        found = [contractview.listed(row) for row in queries.listing(reader, states, who, last)]
        empty = none_of(reader, "contract", found, _("no such contract"))
    show.rows(asked, contractview.list_columns(), found, empty=empty)


@app.command(
    "show",
    help=_("Show a contract: what it says, its checklist, its versions and files."),
    epilog=examples("kac contract show @", "kac ht show HT20261120-0001 --json"),
)
@reading
def show_(asked: Reading, contract: Contract) -> None:
    """Show a contract."""
    from kac.cli import contractview

    with reading_ledger() as reader:
        view = contractview.gather(reader, contract)
    show.record(asked, view.columns, view.row, view.parts)
