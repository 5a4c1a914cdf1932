"""What a night must look at again: the documents that anything was written about since.

Checks that judge each order on its own see the ledger as if only those orders were there:
temporary views stand before the tables, and the published views are read over them. A document
that nothing was written about is as it was when it was proved.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from kac.db.reader import Reader

# What anything may hang on, so that all is looked at again: the rules themselves.
_WHOLE = frozenset({"policy", "policy_change", "schema_info", "ledger_info"})
# Columns in which a row names the document it belongs to, or its own number.
_WORDS = ("number", "document", "subject")
# Rows that belong to nobody's order, however many orders hang on them.
_SHARED = frozenset({"customer", "product", "staff", "policy", "location", "vehicle_run"})
# Beyond so many orders, and one in so many of all, everything is read, which is no slower.
_MANY = 100
_ONE_IN = 5
# The tables that checks of orders begin with, and which of their rows belong to the orders.
_VIEWS = {
    "sales_order": "id IN (SELECT id FROM temp.night_order)",
    "order_line": "order_id IN (SELECT id FROM temp.night_order)",
    "order_review": "order_id IN (SELECT id FROM temp.night_order)",
    "dispatch": "order_id IN (SELECT id FROM temp.night_order)",
    "dispatch_line": "dispatch_id IN (SELECT d.id FROM main.dispatch d"
    " WHERE d.order_id IN (SELECT id FROM temp.night_order))",
    "dispatch_count": "dispatch_id IN (SELECT d.id FROM main.dispatch d"
    " WHERE d.order_id IN (SELECT id FROM temp.night_order))",
    "payment": "id IN (SELECT id FROM temp.night_payment)",
    "payment_allocation": "payment_id IN (SELECT id FROM temp.night_payment)",
    "paper_event": "document IN (SELECT number FROM temp.night_document)",
}


class Scope:
    """The orders, payments and documents to be looked at."""

    def __init__(self, orders: set[int], payments: set[int], documents: set[str]) -> None:
        self.orders = orders
        self.payments = payments
        self.documents = documents


def of(
    reader: Reader, touched: Mapping[str, set[int]], suspects: Iterable[str] = ()
) -> Scope | None:
    """What was touched, with everything that shares an order or a payment with it.

    None where that is the ledger as a whole.
    """
    if not _WHOLE.isdisjoint(touched):
        return None
    rows, documents = _upwards(reader.connection, touched)
    documents.update(suspects)
    scope = Scope(rows.get("sales_order", set()), rows.get("payment", set()), documents)
    many = max(_MANY, reader.value("SELECT count(*) FROM sales_order") // _ONE_IN)
    before = (-1, -1, -1)
    while before != (now := (len(scope.orders), len(scope.payments), len(scope.documents))):
        if len(scope.orders) > many:
            return None
        before = now
        _grow(reader.connection, scope)
    return scope


def _upwards(
    connection: sqlite3.Connection, touched: Mapping[str, set[int]]
) -> tuple[dict[str, set[int]], set[str]]:
    """Every row that one of those touched refers to, and the documents that they name."""
    rows: dict[str, set[int]] = {}
    documents: set[str] = set()
    todo = {table: set(keys) for table, keys in touched.items() if table not in _SHARED}
    while todo:
        table, keys = todo.popitem()
        keys -= rows.setdefault(table, set())
        if not keys:
            continue
        rows[table] |= keys
        columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
        for word in columns.intersection(_WORDS):
            documents.update(_values(connection, table, word, keys))
        for row in connection.execute(f'PRAGMA foreign_key_list("{table}")').fetchall():
            if row[2] not in _SHARED:
                todo.setdefault(row[2], set()).update(_values(connection, table, row[3], keys))
        for taken_back in columns.intersection(("reverses",)):
            todo.setdefault(table, set()).update(_values(connection, table, taken_back, keys))
    return rows, documents


def _grow(connection: sqlite3.Connection, scope: Scope) -> None:
    """One step further: from documents to orders, from orders to their money, and back."""
    for table, column in (("sales_order", "id"), ("dispatch", "order_id"), ("refund", "order_id")):
        scope.orders.update(_values(connection, table, column, scope.documents, "number"))
    for table, column in (("goods_return", "order_id"), ("invoice", "order_id")):
        scope.orders.update(_values(connection, table, column, scope.documents, "number"))
    for table, column in (("payment", "id"), ("refund", "payment_id")):
        scope.payments.update(_values(connection, table, column, scope.documents, "number"))
    lines = _values(connection, "bank_line", "id", scope.documents, "number")
    lines |= _values(connection, "bank_match", "bank_line_id", scope.payments, "payment_id")
    scope.payments.update(_values(connection, "bank_match", "payment_id", lines, "bank_line_id"))
    allocation = "payment_allocation"
    scope.payments.update(_values(connection, allocation, "payment_id", scope.orders, "order_id"))
    scope.orders.update(_values(connection, allocation, "order_id", scope.payments, "payment_id"))
    for table in ("dispatch", "goods_return", "refund", "invoice"):
        scope.documents.update(_values(connection, table, "number", scope.orders, "order_id"))
    for table, keys in (("sales_order", scope.orders), ("payment", scope.payments)):
        scope.documents.update(_values(connection, table, "number", keys))


def _values(
    connection: sqlite3.Connection, table: str, column: str, keys: Iterable[object], of_: str = "id"
) -> set[Any]:
    """What a column says in the rows of these keys, empty values left out."""
    found: set[Any] = set()
    wanted = list(keys)
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        marks = ", ".join("?" * len(part))
        found.update(
            row[0]
            for row in connection.execute(
                f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{of_}" IN ({marks})', part
            )
        )
    return found - {None, ""}


@contextmanager
def seen(reader: Reader, scope: Scope) -> Iterator[None]:
    """In the block, the reader sees no other orders, payments and papers than those."""
    connection = reader.connection
    connection.execute("PRAGMA query_only = 0")
    views = connection.execute("SELECT name, sql FROM main.sqlite_master WHERE type = 'view'")
    made = [(row[0], row[1]) for row in views]
    try:
        _keep(connection, "order", "id INTEGER", scope.orders)
        _keep(connection, "payment", "id INTEGER", scope.payments)
        _keep(connection, "document", "number TEXT", scope.documents)
        for table, which in _VIEWS.items():
            connection.execute(
                f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {which}"
            )
        for _name, sql in made:
            connection.execute(sql.replace("CREATE VIEW", "CREATE TEMP VIEW", 1))
        yield
    finally:
        for name in (*(name for name, _sql in made), *_VIEWS):
            connection.execute(f"DROP VIEW IF EXISTS temp.{name}")
        for name in ("order", "payment", "document"):
            connection.execute(f"DROP TABLE IF EXISTS temp.night_{name}")
        connection.execute("PRAGMA query_only = 1")


def _keep(connection: sqlite3.Connection, name: str, column: str, keys: Iterable[object]) -> None:
    connection.execute(f"CREATE TEMP TABLE night_{name} ({column} PRIMARY KEY) WITHOUT ROWID")
    connection.executemany(
        f"INSERT INTO temp.night_{name} VALUES (?)", [(key,) for key in sorted(keys, key=str)]
    )
