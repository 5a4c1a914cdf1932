"""A night that goes on from the last one finds what a night of everything finds.

What is proved since a checkpoint is held against the whole: after any change that was written
through the chain both say the same. What was changed past the chain is told at once where rows or
sums no longer fit, and by `--full` in any case.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.core.findings import Finding
from kac.db import audit, checkpoint
from kac.db.reader import Reader, reading
from kac.desk.night import queries, since
from tests.conftest import Desk, copied

ON = date(2026, 11, 21)
# What a sealed change may touch, and what it may say: another state, another day, another amount.
EDITS = {
    "sales_order": ("state", ("reviewed", "slip_issued", "delivered", "closed", "voided")),
    "payment": ("state", ("received", "verified", "reversed", "bounced")),
    "dispatch": ("state", ("issued", "signed", "archived", "void")),
    "payment_allocation": ("amount_fen", (1, 5_000_000)),
    "dispatch_line": ("quantity", (1, 999)),
    "paper_event": ("event", ("printed", "voided", "lost", "archived")),
    "stock_move": ("quantity", (1, 999)),
    "order_line": ("amount_fen", (1, 77_700)),
    "order_review": ("at", ("2026-11-01T00:00:00.000000Z", "2026-12-31T00:00:00.000000Z")),
}

CHANGING = {"sales_order", "payment", "dispatch"}


@pytest.fixture
def hurt(again) -> Desk:
    """A desk with a history, all of it whole, to be hurt."""
    desk: Desk = again.desk
    return desk


@contextmanager
def past_the_guards(ledger: Path) -> Iterator[sqlite3.Connection]:
    """A connection whose changes no trigger stops; the schema is as before when it is left."""
    with closing(sqlite3.connect(ledger, isolation_level=None)) as shell:
        shell.row_factory = sqlite3.Row
        shell.execute("PRAGMA ignore_check_constraints = ON")
        shell.execute("BEGIN")
        guards = shell.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        kept = guards.fetchall()
        for guard in kept:
            shell.execute(f"DROP TRIGGER {guard['name']}")
        yield shell
        for guard in kept:
            shell.execute(guard["sql"])
        shell.execute("COMMIT")


def change(ledger: Path, table: str, place: int, value: object) -> None:
    """Change a row and seal it, as a command of kac would that forgot every rule.

    Where rows never change a further one is written instead, like the first but for a word.
    """
    with past_the_guards(ledger) as shell:
        keys = [row["id"] for row in shell.execute(f"SELECT id FROM {table} ORDER BY id")]
        key = keys[place % len(keys)]
        seq, _hash, at = audit.head(shell)
        if table in CHANGING:
            shell.execute(f"UPDATE {table} SET {EDITS[table][0]} = ? WHERE id = ?", (value, key))
        else:
            key = _one_more(shell, table, key, {EDITS[table][0]: value}, seq)
        facts = {"at": at, "on_day": ON.isoformat(), "actor": "finance", "command": "edit"}
        facts["request_id"] = f"edit{seq:028d}"
        link = audit.next_link(shell, audit.read_key(ledger), facts, [], {(table, key)})
        marks = ", ".join(f":{name}" for name in link)
        shell.execute(f"INSERT INTO audit ({', '.join(link)}) VALUES ({marks})", link)


def _one_more(
    shell: sqlite3.Connection, table: str, key: int, told: dict[str, object], seq: int
) -> int:
    row = dict(shell.execute(f"SELECT * FROM {table} WHERE id = ?", (key,)).fetchone()) | told
    row["id"] = shell.execute(f"SELECT max(id) FROM {table}").fetchone()[0] + 1
    for name in {"step", "line", "revision"} & row.keys():
        row[name] += seq
    if "key" in row:
        row["key"] += f":{seq}"
    if row.get("reverses") is not None:
        row["reverses"] = row["id"] - 1
    names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(f":{name}" for name in row)
    shell.execute(f"INSERT INTO {table} ({names}) VALUES ({marks})", row)
    return int(row["id"])


def night(reader: Reader, ledger: Path) -> list[tuple[str, str, tuple[Finding, ...]]]:
    """The night as it goes on from its checkpoint."""
    found = since.last(reader, ledger, ON)
    assert found is not None
    assert found.faults == ()
    assert found.scope is not None, "so few orders are always looked at by themselves"
    return said(queries.run(reader, ON, found.scope, found.point.code))


def said(proofs) -> list[tuple[str, str, tuple[Finding, ...]]]:
    """What a night says, but for where it began."""
    return [(proof.name, proof.trouble, proof.findings) for proof in proofs]


def proved(ledger: Path) -> None:
    """A night of everything, and its checkpoint."""
    with reading(ledger) as reader:
        proofs = queries.run(reader, ON)
        chain = queries.of_the_file(reader, ledger)
        since.keep(reader, ledger, ON, [*proofs, *chain])


EDIT = st.sampled_from(sorted(EDITS)).flatmap(
    lambda table: st.tuples(st.just(table), st.integers(0, 60), st.sampled_from(EDITS[table][1]))
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(days=st.lists(st.lists(EDIT, min_size=1, max_size=3), min_size=1, max_size=3))
def test_going_on_finds_what_everything_finds(told, tmp_path_factory, days) -> None:
    """CRH-DAT-02: day after day, each going on from the night before."""
    ledger = copied(told.desk.ledger, tmp_path_factory.mktemp("nights")).ledger
    proved(ledger)
    for edits in days:
        for edit in edits:
            change(ledger, *edit)
        with reading(ledger) as reader:
            assert night(reader, ledger) == said(queries.run(reader, ON))
            found = since.last(reader, ledger, ON)
            proofs = queries.run(reader, ON, found.scope, found.point.code)
            since.keep(reader, ledger, ON, [*proofs, *queries.of_the_file(reader, ledger)])


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE posting SET amount_fen = amount_fen + 1 WHERE id = 1", "what was proved before"),
        ("UPDATE stock_move SET quantity = quantity + 1 WHERE id = 1", "stock_move: what was"),
        ("DELETE FROM paper_event WHERE id = 1", "paper_event:"),
        ("UPDATE audit SET body = '{}' WHERE seq = (SELECT max(seq) FROM audit)", ""),
    ],
)
def test_what_no_longer_fits_the_checkpoint_is_told_at_once(hurt, statement, says) -> None:
    """CRH-DAT-02: sums and numbers of rows; the whole chain is then proved and names the row."""
    proved(hurt.ledger)
    with past_the_guards(hurt.ledger) as shell:
        shell.execute(statement)
    with reading(hurt.ledger) as reader:
        found = since.last(reader, hurt.ledger, ON)
    if says:
        assert any(says in fault.says for fault in found.faults)
    rows = hurt.run("reconcile run --check --json", as_="finance").json
    assert [row for row in rows if row["check"] == "chain_is_whole"]


def test_an_old_word_that_was_changed_is_found_by_full(hurt) -> None:
    """CRH-DAT-02: a night that goes on does not read it; the weekly one does, and so says."""
    proved(hurt.ledger)
    with past_the_guards(hurt.ledger) as shell:
        shell.execute("UPDATE paper_event SET reason = 'x' WHERE id = 1")
    going_on = hurt.run("reconcile run --checks --json", as_="finance").json
    (chain,) = [row for row in going_on if row["check"] == "chain_is_whole"]
    assert (chain["state"], bool(chain["since"])) == ("ok", True)
    full = hurt.run("reconcile run --full --json", as_="finance").json
    assert [row["says"] for row in full if row["check"] == "chain_is_whole"] == [
        "paper_event 1 was changed outside of kac"
    ]
    again = hurt.run("reconcile run --json", as_="finance").json
    assert "chain_is_whole" not in {row["check"] for row in again}, "no checkpoint was made of it"


def test_the_second_night_says_since_when_and_writes_nothing(hurt) -> None:
    """SC-60: run twice, nothing changes the second time, not even the checkpoint."""
    first = hurt.run("reconcile run --checks --json", as_="finance").json
    assert {row["since"] for row in first} == {""}
    kept = checkpoint.path_of(hurt.ledger).read_bytes()
    head = hurt.run("audit verify --json", as_="auditor").json["head"]
    second = hurt.run("reconcile run --checks --json", as_="finance").json
    assert {row["check"] for row in second if row["since"]} == queries.OF_ORDERS | {
        "chain_is_whole"
    }
    assert {row["since"] for row in second if row["since"]} == {head}
    assert [{**row, "since": ""} for row in second] == first
    assert checkpoint.path_of(hurt.ledger).read_bytes() == kept
    assert "looked at what is new" in hurt.run("reconcile run", as_="finance").err


@pytest.mark.parametrize("spoilt", ["", "{}", "seal", "seq"])
def test_a_checkpoint_that_does_not_hold_is_as_none(hurt, spoilt) -> None:
    """CRH-DAT-02: forged, torn or of another ledger: everything is proved."""
    proved(hurt.ledger)
    path = checkpoint.path_of(hurt.ledger)
    whole = json.loads(path.read_text("utf-8"))
    if spoilt == "seal":
        whole["seal"] = "0" * 64
    if spoilt == "seq":
        whole["body"] = whole["body"].replace('"suspects":[', '"suspects":["x",')
    path.write_text(json.dumps(whole) if spoilt.startswith("se") else spoilt)
    told_ = hurt.run("reconcile run --checks --json", as_="finance").json
    assert {row["since"] for row in told_} == {""}
