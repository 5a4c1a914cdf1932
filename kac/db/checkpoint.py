"""The checkpoint of the night: how far the ledger was proved, in a sealed file beside it.

It is no part of the ledger, which a night that finds nothing does not change. Whoever loses it
loses nothing: the next night proves everything. It is sealed under the key of the chain, and
holds only where the chain still has the very link that it names.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kac import __version__
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.db import audit, head
from kac.db.chainproof import Proof

# The moves of goods, whose sums must follow as those of the accounts do.
_MOVES = "stock_move"


@dataclass(frozen=True)
class Checkpoint:
    """What one night proved: the chain up to a link, and every table as it stood at that moment.

    `tables` are (rows, last id); `sums` are what postings and moves up to there come to;
    `suspects` are the documents with findings, which every later night looks at again.
    """

    seq: int
    hash: str
    at: str
    kac: str
    schema: int
    policy: int
    tables: dict[str, tuple[int, int]]
    sums: dict[str, tuple[int, int]]
    suspects: tuple[str, ...]

    @property
    def code(self) -> str:
        """The short form of the link, as papers carry it."""
        return f"{self.seq}-{self.hash[:8]}"


def path_of(ledger: Path) -> Path:
    """Where the checkpoint of a ledger lies."""
    return ledger.with_name(ledger.name + ".proved")


def read(connection: sqlite3.Connection, ledger: Path, key: bytes) -> Checkpoint | None:
    """The checkpoint, where there is one that holds for this ledger and this kac."""
    try:
        told = json.loads(path_of(ledger).read_text("utf-8"))
        body, seal = told["body"], told["seal"]
        if audit.seal(key, audit.FIRST, body) != seal:
            return None
        point = _built(json.loads(body))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    if (point.kac, point.schema) != (__version__, head.VERSION):
        return None
    link = connection.execute(
        "SELECT previous, body, hash FROM audit WHERE seq = ?", (point.seq,)
    ).fetchone()
    if link is None or not link[2] == point.hash == audit.seal(key, link[0], link[1]):
        return None
    return point


def _built(told: dict[str, Any]) -> Checkpoint:
    for name in ("tables", "sums"):
        told[name] = {key: (int(many), int(last)) for key, (many, last) in told[name].items()}
    return Checkpoint(**{**told, "suspects": tuple(told["suspects"])})


def made(connection: sqlite3.Connection, policy: int, suspects: tuple[str, ...]) -> Checkpoint:
    """The checkpoint of the moment that the connection sees, all of which was proved."""
    seq, digest, at = audit.head(connection)
    tables = {}
    for table in audit.sealed_tables(connection):
        rows, last = connection.execute(
            f'SELECT count(*), (SELECT coalesce(max(id), 0) FROM "{table}") FROM "{table}"'
        ).fetchone()
        tables[table] = (rows, last)
    sums = _sums(connection)
    schema = head.VERSION
    return Checkpoint(seq, digest, at, __version__, schema, policy, tables, sums, suspects)


def write(ledger: Path, key: bytes, point: Checkpoint) -> None:
    """Put a checkpoint in the place of the one before, whole or not at all."""
    told = {name: getattr(point, name) for name in Checkpoint.__annotations__}
    body = audit.canonical(told)
    text = json.dumps({"body": body, "seal": audit.seal(key, audit.FIRST, body)})
    beside = path_of(ledger).with_name(f"{path_of(ledger).name}.new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path_of(ledger))


def proved_since(
    connection: sqlite3.Connection, key: bytes, point: Checkpoint
) -> tuple[list[str], dict[str, set[int]]]:
    """The faults of what came after a checkpoint, and the rows that were written since.

    What stood before is not read again, but must still be as many rows and the same sums.
    """
    last = {table: key_ for table, (_rows, key_) in point.tables.items()}
    proof = Proof(connection, audit.sealed_tables(connection), last)
    faults = [
        *audit.links(connection, key, proof, (point.seq, point.hash)),
        *proof.told(),
    ]
    if not faults:
        faults += [
            *_rows_that_differ(connection, proof, point),
            *_sums_that_differ(connection, point),
        ]
    return faults, proof.touched


def _rows_that_differ(
    connection: sqlite3.Connection, proof: Proof, point: Checkpoint
) -> Iterator[str]:
    for table, (before, _last) in point.tables.items():
        found = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
        if found != before + proof.sealed(table):
            yield _("{table}: {found} rows, the chain seals {sealed}").format(
                table=table, found=found, sealed=before + proof.sealed(table)
            )


def _sums_that_differ(connection: sqlite3.Connection, point: Checkpoint) -> Iterator[str]:
    now = _sums(connection)
    since = _sums(connection, {table: last for table, (_rows, last) in point.tables.items()})
    for name in sorted({*now, *point.sums}):
        both = zip(now.get(name, (0, 0)), since.get(name, (0, 0)), strict=True)
        old = tuple(whole - new for whole, new in both)
        if old != point.sums.get(name, (0, 0)):
            told, was = old, point.sums.get(name, (0, 0))
            yield _("{name}: what was proved before came to {was}, and comes to {now} now").format(
                name=name, was=_amounts(name, was), now=_amounts(name, told)
            )


def _amounts(name: str, sums: tuple[int, ...]) -> str:
    if name == _MOVES:
        return f"{sums[0]}, {Money(sums[1])}"
    return " / ".join(str(Money(fen)) for fen in sums)


def _sums(
    connection: sqlite3.Connection, behind: dict[str, int] | None = None
) -> dict[str, tuple[int, int]]:
    """Debits and credits of every account; quantity and value of all moves; behind ids alone."""
    postings, moves = ("", "")
    if behind is not None:
        postings, moves = (f" WHERE id > {behind[table]}" for table in ("posting", _MOVES))
    found: dict[str, tuple[int, int]] = {}
    for side, place in (("debit", 0), ("credit", 1)):
        for account, fen in connection.execute(
            f"SELECT {side}, sum(amount_fen) FROM posting{postings} GROUP BY {side}"
        ):
            both = list(found.get(account, (0, 0)))
            both[place] = fen
            found[account] = (both[0], both[1])
    quantity, value = connection.execute(
        f"SELECT coalesce(sum(quantity), 0), coalesce(sum(value_fen), 0) FROM {_MOVES}{moves}"
    ).fetchone()
    return found | {_MOVES: (quantity, value)}
