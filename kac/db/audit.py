"""The audit chain: one row per transaction, each sealing the one before and every row it touched.

The hash is an HMAC under a key that lies beside the ledger, over the exact bytes that are stored.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _
from kac.db.blocks import Block, InBlocks, Sealed, is_as_known, is_as_sealed
from kac.db.chainproof import Proof

FORMAT = 1
FIRST = "0" * 64
# What no digest covers: the chain itself, and what alembic keeps for itself.
UNSEALED = frozenset({"audit", "alembic_version"})


def canonical(value: Any) -> str:
    """One way to write a value as JSON: sorted keys, no spaces, no floats."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def key_path(ledger: Path) -> Path:
    """Where the key of a ledger's chain lies."""
    return ledger.with_name(ledger.name + ".key")


def make_key(ledger: Path) -> None:
    """Make the key of a new ledger; never replaces one."""
    import secrets

    write_key(ledger, secrets.token_hex(32).encode())


def write_key(ledger: Path, key: bytes) -> None:
    """Put a key beside a ledger that has none, for its owner alone."""
    descriptor = os.open(key_path(ledger), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
        file.flush()
        os.fsync(file.fileno())


def read_key(ledger: Path) -> bytes:
    """The key of the chain; EnvironmentTrouble where it is gone."""
    try:
        return key_path(ledger).read_bytes()
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("the key of the audit chain cannot be read: {path}").format(path=key_path(ledger)),
            code="E-ENV-009",
            cause=[_("it lies beside the ledger and is part of every backup")],
        ) from trouble


def seal(key: bytes, previous: str, body: str) -> str:
    """The hash of one link."""
    import hashlib
    import hmac

    return hmac.new(key, f"{previous}|{FORMAT}|{body}".encode(), hashlib.sha256).hexdigest()


def row_digest(row: sqlite3.Row) -> str:
    """The digest of a stored row, over column names and values."""
    import hashlib

    return hashlib.sha256(canonical({name: row[name] for name in row.keys()}).encode()).hexdigest()  # noqa: SIM118


def digests(connection: sqlite3.Connection, touched: Iterable[tuple[str, int]]) -> list[list[Any]]:
    """[table, id, digest] of rows as they stand in the database, in a fixed order."""
    found: list[list[Any]] = []
    for table, key in sorted(touched):
        row = connection.execute(f'SELECT * FROM "{table}" WHERE id = ?', (key,)).fetchone()
        found.append([table, key, row_digest(row)])
    return found


def next_link(
    connection: sqlite3.Connection,
    key: bytes,
    facts: dict[str, str],
    events: list[dict[str, Any]],
    touched: Iterable[tuple[str, int]],
    blocks: Sequence[Block] = (),
) -> dict[str, Any]:
    """The columns of the link that seals a transaction.

    `blocks` are rows that were written many at a time; none of them is among those `touched`.
    `facts` are its at, on_day, actor, command and request_id. The first link seals the digest of
    the schema too, so that nobody can change a trigger and then that digest.
    """
    seq, previous, _at = head(connection)
    rows = set(touched) if seq else {*touched, ("schema_info", 1)}
    columns = {"seq": seq + 1, **facts}
    told = {**columns, "events": events, "rows": digests(connection, rows)}
    if blocks:
        told["blocks"] = [[each.table, each.first, each.count, each.digests] for each in blocks]
    body = canonical(told)
    return {**columns, "body": body, "previous": previous, "hash": seal(key, previous, body)}


def stale(connection: sqlite3.Connection) -> list[tuple[str, int]]:
    """The rows that are not as the chain sealed them, as after a migration that rewrote them."""
    sealed = Sealed()
    for link in connection.execute("SELECT body FROM audit ORDER BY seq"):
        sealed.take(_read(link["body"]))
    found: list[tuple[str, int]] = []
    for table in sealed_tables(connection):
        whole = [block for block in sealed.blocks(table) if is_as_sealed(connection, block)]
        inside = InBlocks(whole)
        for row in connection.execute(f'SELECT * FROM "{table}" ORDER BY id'):
            known = sealed.rows.get((table, row["id"]))
            if known is None and inside.has(row["id"]):
                continue
            if known is None or not is_as_known(known, row, row_digest(row)):
                found.append((table, row["id"]))
    return found


def head(connection: sqlite3.Connection) -> tuple[int, str, str]:
    """(sequence number, hash, moment) of the last link; (0, zeros, "") of an empty chain."""
    row = connection.execute("SELECT seq, hash, at FROM audit ORDER BY seq DESC LIMIT 1").fetchone()
    return (row["seq"], row["hash"], row["at"]) if row else (0, FIRST, "")


def refuse_other_key(connection: sqlite3.Connection, key: bytes) -> None:
    """Refuse to add to a chain whose last link was not sealed under this key."""
    last = connection.execute(
        "SELECT seq, previous, body, hash FROM audit ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if last and seal(key, last["previous"], last["body"]) != last["hash"]:
        raise EnvironmentTrouble(
            _("the last entry, {seq}, was not sealed under the key beside this ledger").format(
                seq=last["seq"]
            ),
            code="E-ENV-023",
            cause=[_("put this ledger's own key beside it, or have the auditor look at it")],
            fix=["kac audit verify"],
        )


def code(connection: sqlite3.Connection) -> str:
    """The short form of the chain's head that papers carry: `42-9f3a01bc`."""
    seq, digest, _at = head(connection)
    return f"{seq}-{digest[:8]}"


def verify(connection: sqlite3.Connection, key: bytes) -> Iterator[str]:
    """Every fault of the chain and of the rows that it seals, as sentences; none when sound."""
    proof = Proof(connection, sealed_tables(connection), {})
    yield from links(connection, key, proof, (0, FIRST))
    yield from proof.told()


def links(
    connection: sqlite3.Connection, key: bytes, proof: Proof, behind: tuple[int, str]
) -> Iterator[str]:
    """The faults of the links behind one, (sequence number, hash); `proof` takes what they seal."""
    expected, previous = behind[0] + 1, behind[1]
    for link in connection.execute("SELECT * FROM audit WHERE seq > ? ORDER BY seq", behind[:1]):
        if link["seq"] != expected:
            yield _("audit row {expected} is missing").format(expected=expected)
            expected = link["seq"]
        if link["previous"] != previous or seal(key, previous, link["body"]) != link["hash"]:
            yield _("audit row {seq} does not follow from the one before").format(seq=link["seq"])
        body = _read(link["body"])
        yield from _columns_that_differ(link, body)
        proof.take(body)
        previous = link["hash"]
        expected += 1


def _read(body: str) -> dict[str, Any]:
    """What a link says; nothing where it was made unreadable."""
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _columns_that_differ(link: sqlite3.Row, body: dict[str, Any]) -> Iterator[str]:
    told = {**body, "id": body.get("seq")}
    for column in ("id", "seq", "at", "on_day", "actor", "command", "request_id"):
        if link[column] != told.get(column):
            yield _("audit row {seq}: its column {column} was changed").format(
                seq=link["seq"], column=column
            )


def sealed_tables(connection: sqlite3.Connection) -> list[str]:
    """The tables whose rows the chain covers."""
    rows = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return sorted(row["name"] for row in rows if row["name"] not in UNSEALED)
