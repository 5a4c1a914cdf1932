"""A ledger with years of orders in it, grown by plain SQL out of a training ledger.

Triggers and indexes stand aside while it grows and come back word for word, so that the schema's
digest still fits. The audit chain is long, but only its last link is sealed: the rows are not
proved, and only what reads the whole chain would notice.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kac.db import audit

ORDERS = 200_000
LINES_AN_ORDER = 3
COMMANDS_AN_ORDER = 8
CUSTOMERS = 2_000
PRODUCTS = 600
ORDERS_A_DAY = 60


def grow(ledger: Path, orders: int = ORDERS) -> None:
    """Add orders that were closed long ago, with their lines, reservations, moves and log."""
    with closing(sqlite3.connect(ledger, isolation_level=None)) as connection:
        for setting in ("synchronous=OFF", "foreign_keys=OFF", "cache_size=-200000"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("BEGIN")
        aside = connection.execute(
            "SELECT type, name, sql FROM sqlite_master"
            " WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY type"
        ).fetchall()
        for kind, name, _sql in aside:
            connection.execute(f"DROP {kind} {name}")
        _fill(connection, orders)
        _seal(connection, audit.read_key(ledger))
        for _kind, _name, sql in aside:
            connection.execute(sql)
        connection.execute("COMMIT")


def _fill(connection: sqlite3.Connection, orders: int) -> None:
    most = max(orders * COMMANDS_AN_ORDER, orders * LINES_AN_ORDER, CUSTOMERS, PRODUCTS)
    connection.execute(
        "CREATE TEMP TABLE n AS WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL"
        f" SELECT i + 1 FROM n WHERE i < {most}) SELECT i FROM n"
    )
    customers, products = (
        connection.execute(f"SELECT max(id) FROM {table}").fetchone()[0]
        for table in ("customer", "product")
    )
    _customers(connection, customers)
    _products(connection, products)
    of_order = f"1000000 + i / {LINES_AN_ORDER}"
    a_product = f"1 + (i * 104729) % {products + PRODUCTS}"
    day = f"strftime('%Y%m%d', '2017-01-01', '+' || (i / {ORDERS_A_DAY}) || ' days')"
    _copied(
        connection, "sales_order", orders, id="1000000 + i", state="'closed'", revision="1",
        number=f"'DD' || {day} || printf('-%04d', 1 + i % {ORDERS_A_DAY})",
        customer_id=f"1 + (i * 7919) % {customers + CUSTOMERS}",
    )  # fmt: skip
    lines = orders * LINES_AN_ORDER
    key = {"id": "1000000 + i", "order_id": of_order}
    _copied(
        connection, "order_line", lines, **key, revision="1", product_id=a_product,
        line=f"1 + i % {LINES_AN_ORDER}",
    )  # fmt: skip
    moment = "(SELECT max(at) FROM audit)"
    _made(
        connection, "reservation", lines, **key, product_id=a_product, location="'DC'",
        quantity="1", at=moment,
    )  # fmt: skip
    _made(
        connection, "reservation_end", lines, id="1000000 + i", reservation_id="1000000 + i",
        how="'loaded'", at=moment,
    )  # fmt: skip
    _copied(
        connection, "stock_move", lines, id="1000000 + i", key="'big' || i", product_id=a_product,
        from_place="'DC'", to_place="'customer'", quantity="1",
    )  # fmt: skip
    _log(connection, orders)


def _seal(connection: sqlite3.Connection, key: bytes) -> None:
    last, previous, body = connection.execute(
        "SELECT id, previous, body FROM audit ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    connection.execute(
        "UPDATE audit SET hash = ? WHERE id = ?", (audit.seal(key, previous, body), last)
    )


def _customers(connection: sqlite3.Connection, before: int) -> None:
    _copied(
        connection, "customer", CUSTOMERS, id=f"{before} + 1 + i", uscc="''", name="t.name || i",
        number="printf('KH%04d', 5000 + i)", search_key="t.search_key || i",
    )  # fmt: skip
    _copied(
        connection, "customer_contact", CUSTOMERS, id="1000000 + i",
        customer_id=f"{before} + 1 + i", line="1",
    )  # fmt: skip


def _products(connection: sqlite3.Connection, before: int) -> None:
    _copied(
        connection, "product", PRODUCTS, id=f"{before} + 1 + i", name="t.name || i",
        code="printf('Q%05d', i)", barcode="printf('9%012d', i)", search_key="t.search_key || i",
    )  # fmt: skip
    _copied(
        connection, "product_price", PRODUCTS, id="1000000 + i", product_id=f"{before} + 1 + i"
    )  # fmt: skip


def _log(connection: sqlite3.Connection, orders: int) -> None:
    count = orders * COMMANDS_AN_ORDER
    document = "(SELECT number FROM sales_order WHERE id = 1000000 + i / 8)"
    _copied(
        connection, "command", count, id="1000000 + i", request_id="'big' || i",
        document=document, result="'{}'", actor="'gp_specialist'",
    )  # fmt: skip
    _copied(
        connection, "audit", count, id="1000000 + i", seq="1000000 + i", request_id="'big' || i",
        body="'{}'", previous="'big' || i", hash="'big' || i",
    )  # fmt: skip


def _copied(connection: sqlite3.Connection, table: str, count: int, **different: str) -> None:
    """Rows like the last one of a table, but for the columns named; `i` counts from 0."""
    like = f"(SELECT * FROM {table} ORDER BY id DESC LIMIT 1)"
    _insert(connection, table, f"n, {like} AS t", count, "t.", different)


def _made(connection: sqlite3.Connection, table: str, count: int, **columns: str) -> None:
    """Rows of a table that may have none yet: every column is named."""
    _insert(connection, table, "n", count, "", columns)


def _insert(
    connection: sqlite3.Connection,
    table: str,
    source: str,
    count: int,
    like: str,
    columns: dict[str, str],
) -> None:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    values = [columns.get(name) or f"{like}{name}" for name in names]
    connection.execute(
        f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(values)}"
        f" FROM {source} WHERE n.i < {count}"
    )
