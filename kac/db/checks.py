"""What a ledger file must always satisfy: whole pages, whole references, its schema, its chain."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from kac.core.errors import EnvironmentTrouble
from kac.core.findings import Finding
from kac.core.i18n import _, ngettext
from kac.db import attachments, audit
from kac.db.engine import check_schema, open_raw, refuse_odd_file
from kac.db.reader import Reader
from kac.db.storage import translated

Check = Callable[[sqlite3.Connection, Path], Iterator[str]]


def pages_are_whole(connection: sqlite3.Connection, _ledger: Path) -> Iterator[str]:
    """SQLite's own check of every page and index."""
    for row in connection.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield str(row[0])


def references_hold(connection: sqlite3.Connection, _ledger: Path) -> Iterator[str]:
    """Every row that is referred to is there."""
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield _("{table} row {row} refers to a row of {parent} that is gone").format(
            table=row[0], row=row[1], parent=row[2]
        )


def schema_is_ours(connection: sqlite3.Connection, ledger: Path) -> Iterator[str]:
    """Tables, triggers and views are as the last migration left them."""
    try:
        check_schema(connection, ledger)
    except EnvironmentTrouble as trouble:
        yield trouble.message


def chain_is_whole(connection: sqlite3.Connection, ledger: Path) -> Iterator[str]:
    """The audit chain is unbroken, and every row is as it was sealed."""
    yield from audit.verify(connection, audit.read_key(ledger))


def numbers_have_no_gaps(connection: sqlite3.Connection, _ledger: Path) -> Iterator[str]:
    """Every number that was drawn belongs to a document, and no document has one beyond."""
    for kind, table in _NUMBERED.items():
        drawn = connection.execute(
            "SELECT period, last FROM number_counter WHERE kind = ? AND period <> ''", (kind,)
        )
        found = connection.execute(
            "SELECT substr(number, 3, instr(number, '-') - 3) AS period, count(*) AS found"
            f" FROM {table} WHERE number LIKE ? GROUP BY 1",
            (f"{kind}%-%",),
        )
        last, there = dict(map(tuple, drawn)), dict(map(tuple, found))
        for period in sorted({*last, *there}):
            if last.get(period, 0) != there.get(period, 0):
                yield _gap(kind, period, last.get(period, 0), there.get(period, 0))


def _gap(kind: str, period: str, last: int, found: int) -> str:
    says = ngettext(
        "{kind}{period}: {last} number drawn, documents: {found}",
        "{kind}{period}: {last} numbers drawn, documents: {found}",
        last,
    )
    return says.format(kind=kind, period=period, last=last, found=found)


def attachments_are_there(connection: sqlite3.Connection, ledger: Path) -> Iterator[str]:
    """Every file that a document refers to lies beside the ledger, as it was attached."""
    yield from attachments.faults(connection, ledger)


# Kinds that begin anew each day, with the table that holds their documents.
_NUMBERED = {
    "XJ": "inquiry",
    "BJ": "quotation",
    "DD": "sales_order",
    "SP": "approval",
    "SK": "payment",
    "ZP": "cheque",
    "DZ": "statement",
    "SH": "dispatch",
    "CC": "vehicle_run",
    "FP": "invoice",
    "CK": "dunning",
    "IM": "import_batch",
    "PC": "policy_change",
    "TJ": "price_sheet",
    "QC": "opening_sheet",
    "SQ": "ka_application",
    "HT": "contract",
    "YH": "bank_line",
    "WT": "delegation",
    "BF": "visit",
    "HD": "campaign",
    "DJ": "campaign_deposit",
    "JM": "deposit_exception",
    "FL": "rebate",
    "TK": "refund",
    "TH": "goods_return",
    "HF": "callback",
    "ED": "credit_limit",
    "DB": "guarantee_letter",
    "BZ": "security_deposit",
    "KP": "card_batch",
    "KS": "card_sale",
    "QT": "iou",
    "XY": "credit_application",
    "JS": "taking",
    "RJ": "settlement_day",
    "PF": "wholesale_sale",
    "BX": "expense",
    "CG": "purchase",
    "FH": "shipment",
    "DY": "held_draw",
    "YL": "stock_hold",
    "TZ": "stock_adjustment",
    "YK": "stock_transfer",
    "CN": "stock_promise",
    "RK": "goods_receipt",
    "ZB": "order_table",
}

CHECKS: tuple[Check, ...] = (
    pages_are_whole,
    references_hold,
    schema_is_ours,
    chain_is_whole,
    numbers_have_no_gaps,
    attachments_are_there,
)


def run(
    ledger: Path, further: tuple[Callable[[Reader], list[Finding]], ...] = ()
) -> list[tuple[str, list[Finding]]]:
    """(check, what it found) of every check of the file, then of the further ones, in order.

    A file whose pages or schema are spoilt is not asked anything further.
    """
    refuse_odd_file(ledger)
    done: list[tuple[str, list[Finding]]] = []
    with translated(ledger):
        connection = open_raw(ledger, write=False)
        connection.execute("BEGIN")
        for check in CHECKS:
            name = check.__name__
            done.append((name, [Finding(name, "", says) for says in check(connection, ledger)]))
            if done[-1][1] and check in (pages_are_whole, schema_is_ours):
                return done
        done += [(check.__name__, check(Reader(connection))) for check in further]
        connection.close()
    return done
