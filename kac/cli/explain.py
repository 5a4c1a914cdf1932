"""`kac explain DOCUMENT`: why it stands where it does, in figures, and what moves it on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import lazy, setting, show
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.onlooker import speaker
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column, Part
from kac.core import errorbook
from kac.core.gates import Gate
from kac.core.i18n import _, language
from kac.core.text import folded
from kac.core.values import dataclass
from kac.desk.dispatch.states import LABELS as SLIPS
from kac.desk.orders.states import LABELS
from kac.desk.payments.states import KINDS

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row

app = Noun(single=True)

_HEAD = [
    Column("number", _("order"), "code"),
    Column("state", _("state"), "state", words=LABELS),
    Column("customer_name", _("customer"), priority=7),
    Column("total", _("total"), "money"),
    Column("received", _("received"), "money"),
    Column("policy", _("judged by"), "code"),
    Column("next", _("next")),
]
_GATES = [
    Column("gate", _("gate"), "code", aside=True),
    Column("says", _("says"), priority=9),
    Column("now", _("can be opened now"), "flag"),
    Column("opened_by", _("opened by"), priority=5),
    Column("command", _("do"), "command", priority=6),
    Column("rules", _("rules"), priority=4),
]
_STANDS = [
    Column("order_number", _("order"), "code"),
    Column("kind", _("kind"), "state", words=KINDS),
    Column("amount", _("amount"), "money"),
    Column("on_day", _("on"), "day"),
    Column("slip", _("slip"), "code"),
    Column("slip_state", _("goods"), "state", words=SLIPS),
]
_RULES = [
    Column("id", _("rule"), "code"),
    Column("statement", _("says"), aside=language() == "zh_CN"),
    Column("original", _("original words"), priority=2),
]


@app.command(
    help=_("Why a document stands where it does, and what opens it; what an error means."),
    epilog=examples(
        "kac explain DD20261120-0003",
        "kac explain HT20261120-0001 --json",
        "kac explain E-GAT-DEPOSIT-MET",
    ),
)
@reading
def explain(
    asked: Reading,
    order: Annotated[
        str,
        typer.Argument(
            metavar="DOCUMENT",
            help=_("an order, a contract, a quotation …, a customer, or an error code"),
        ),
    ],
) -> None:
    """Explain a document."""
    from kac.desk.worklist.rules import waiting

    if errorbook.is_code(order):
        lazy.load("help")
        from kac.cli import help_

        help_.about_error(asked, errorbook.find(order))
        return
    if folded(order).startswith("kh"):
        _explain_customer(asked, order)
        return

    with reading_ledger() as reader:
        told = _told(reader, order)
    ready = waiting(told.gates, told.after)
    shut = [gate for gate in told.gates if not gate.open]
    ways = [gate.command for gate in ready if gate.command]
    closed = [{**gate.as_dict(), "now": gate in ready} for gate in shut]
    show.record(
        asked,
        told.columns,
        {**told.row, "next": ways},
        [
            Part("closed", _("what is shut"), _GATES, closed),
            Part("rules", _("the rules"), _RULES, _rules(shut)),
            *told.parts,
        ],
    )


def _explain_customer(asked: Reading, reference: str) -> None:
    """What a customer owes and will owe, as the sum of its documents."""
    from kac.cli import coverview

    with reading_ledger() as reader:
        view = coverview.gather(reader, reference, setting.today())
    show.record(asked, view.columns, view.row, view.parts)


@dataclass(frozen=True)
class _Told:
    """A document, its gates, and what each of them waits for."""

    columns: list[Column]
    row: dict[str, Any]
    gates: Sequence[Gate]
    after: Mapping[str, tuple[str, ...]]
    parts: Sequence[Part] = ()


def _told(reader: Reader, reference: str) -> _Told:
    from kac.cli import partview
    from kac.desk.orders import queries as orders
    from kac.desk.worklist import queries as worklist
    from kac.desk.worklist.rules import AFTER

    if folded(reference).startswith("sk"):
        return _told_of_money(reader, reference)
    if other := _other(folded(reference)[:2]):
        return _told_of(reader, reference, *other)
    row = orders.find(reader, reference, speaker(reader))
    head = {**_judged(row), "total": row["total_fen"], "received": row["received_fen"]}
    gates = worklist.checklist(reader, row, setting.today())
    parts = partview.part_of_slips(partview.slips(reader, row), row)
    return _Told(_HEAD, head, gates, AFTER, parts)


# Nouns with numbers of their own: whose queries tell their gates, and whose states they have.
_NOUNS = {
    "ht": ("contracts", "contracts"),
    "sq": ("dossiers", "dossiers"),
    "bf": ("visits", "visits"),
    "hd": ("campaigns", "campaigns"),
    "xj": ("inquiries", "inquiries"),
    "bj": ("quotations", "quotations"),
    "pc": ("amendments", "amendments"),
    "jm": ("waivers", "approvals"),
    "fl": ("rebates", "rebates"),
    "zb": ("tabulations", "tabulations"),
    "tk": ("refunds", "refunds"),
    "th": ("returns", "returns"),
    "ks": ("card_sales", "card_sales"),
    "rj": ("settlement_days", "settlement_days"),
    "pf": ("wholesale", "wholesale"),
    "bx": ("expenses", "expenses"),
    "xy": ("credits", "credits"),
    "tj": ("prices", "prices"),
}


def _other(prefix: str) -> tuple[Any, Mapping[str, str]] | None:
    """The queries and the states of the noun that has numbers of its own; None for orders."""
    if prefix not in _NOUNS:
        return None
    noun, states = _NOUNS[prefix]
    words: Mapping[str, str] = import_module(f"kac.desk.{states}.states").LABELS
    return import_module(f"kac.desk.{noun}.queries"), words


def _told_of(reader: Reader, reference: str, queries: Any, words: Mapping[str, str]) -> _Told:
    row = queries.find(reader, reference, speaker(reader))
    gates, after = queries.case(reader, row, setting.today())
    columns = [
        Column("number", _("document"), "code"),
        Column("state", _("state"), "state", words=words),
        Column("customer_name", _("customer"), priority=7),
        Column("total", _("total"), "money"),
        Column("policy", _("judged by"), "code"),
        Column("next", _("next")),
    ]
    return _Told(columns, {**_judged(row), "total": _total(row)}, gates, after)


def _told_of_money(reader: Reader, reference: str) -> _Told:
    """Money with its own gates, and with what stands on it."""
    from kac.cli.moneyview import COLUMNS
    from kac.desk.allocations import queries as allocations
    from kac.desk.payments import queries

    row = queries.find(reader, reference, speaker(reader))
    gates, after = queries.case(reader, row, setting.today())
    stands = [
        {**dict(each), "amount": each["amount_fen"]}
        for each in allocations.of_payment(reader, row["id"])
    ]
    columns = [*COLUMNS, Column("free", _("for nothing yet"), "money"), Column("next", _("next"))]
    shown = {**dict(row), "amount": row["amount_fen"], "free": row["free_fen"]}
    return _Told(columns, shown, gates, after, [Part("stands", _("stands on it"), _STANDS, stands)])


def _total(row: Row) -> int | None:
    """What a document comes to; an inquiry comes to nothing yet."""
    named = {"amount_fen", "total_fen"}.intersection(row.keys())
    return row[named.pop()] if named else None


def _judged(row: Row) -> dict[str, Any]:
    return {**dict(row), "policy": f"{row['policy_set']}/{row['policy_version']}"}


def _rules(shut: list[Any]) -> list[dict[str, str]]:
    from kac.core import rulebook

    ids = dict.fromkeys(rule for gate in shut for rule in gate.rules)
    entries = [rulebook.find(rule) for rule in ids]
    return [
        {"id": entry.id, "statement": entry.statement, "original": entry.original}
        for entry in entries
        if isinstance(entry, rulebook.Rule)
    ]
