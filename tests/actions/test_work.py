"""Work: one command is one transaction, done once, sealed, numbered without gaps, or not at all."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.core.actor import SYSTEM, Actor
from kac.core.errors import Busy, EnvironmentTrouble, OutcomeUnknown, Refused
from kac.db import audit, checks, outbox, storage
from kac.db.engine import open_raw
from kac.db.lock import turn_of
from kac.db.reader import reading
from kac.db.work import Outcome, Request, Work, perform
from kac.desk.stock.tables import Location

NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
DAY = date(2026, 11, 20)


def request(id: str, **changes: object) -> Request:
    return replace(Request(id, "test", "digest", NOON, DAY), **changes)


def open_place(code: str) -> Callable[[Work], Outcome]:
    """An act that writes a row and draws a number, as any posting does."""

    def act(work: Work) -> Outcome:
        number = work.number("TS")
        work.add(Location(code=code, name=number))
        work.record("open", code)
        return Outcome({"number": number, "state": "open"}, ("done",), ("kac next",))

    return act


def fail_after_writing(work: Work) -> Outcome:
    open_place("HALF")(work)
    raise Refused("no")


def do(ledger: Path, id: str, act: Callable[[Work], Outcome], **changes: object) -> Outcome:
    return perform(ledger, request(id, **changes), lambda _reader: SYSTEM, act)


def faults(ledger: Path) -> list[str]:
    return [finding.says for _name, found in checks.run(ledger) for finding in found]


def test_command_row_number_and_audit_are_committed_together(desk) -> None:
    outcome = do(desk.ledger, "a1", open_place("A"))
    assert outcome.document == {"number": "TS20261120-0001", "state": "open"}
    (seq, actor, body), *_rest = desk.sql("SELECT seq, actor, body FROM audit ORDER BY seq DESC")
    assert (seq, actor) == (desk.sql("SELECT count(*) FROM audit")[0][0], "SYSTEM")
    for table in ("location", "number_counter", "command"):
        assert f'["{table}",' in body, f"the seal must cover {table}"
    assert faults(desk.ledger) == []


def test_a_refusal_leaves_nothing_at_all_not_even_a_number(desk, written) -> None:
    before = written()
    with pytest.raises(Refused):
        do(desk.ledger, "a1", fail_after_writing)
    assert written() == before
    assert do(desk.ledger, "a2", open_place("A")).document["number"] == "TS20261120-0001"


def test_a_dry_run_judges_everything_and_writes_nothing(desk, written) -> None:
    before = written()
    outcome = do(desk.ledger, "a1", open_place("A"), dry=True)
    assert outcome.dry
    assert outcome.document["number"] == "TS20261120-0001"
    assert written() == before


def test_the_same_request_twice_does_the_work_once(desk, written) -> None:
    first = do(desk.ledger, "a1", open_place("A"))
    after = written()
    second = do(desk.ledger, "a1", open_place("A"))
    assert second == replace(first, replayed=True)
    assert written() == after


@pytest.mark.parametrize("changes", [{"digest": "other"}, {"command": "x", "digest": "y"}])
def test_a_request_id_is_never_used_for_something_else(desk, written, changes) -> None:
    do(desk.ledger, "a1", open_place("A"))
    after = written()
    with pytest.raises(Refused, match="a1"):
        do(desk.ledger, "a1", open_place("B"), **changes)
    assert written() == after


def test_nobody_gets_the_answer_to_the_request_of_another(desk) -> None:
    do(desk.ledger, "a1", open_place("A"))
    other = Actor(1, "other", "other", frozenset())
    with pytest.raises(Refused, match="SYSTEM"):
        perform(desk.ledger, request("a1"), lambda _reader: other, open_place("A"))


def test_a_clock_that_stands_before_the_last_entry_writes_nothing(desk, written) -> None:
    do(desk.ledger, "a1", open_place("A"))
    after = written()
    with pytest.raises(EnvironmentTrouble) as refusal:
        do(desk.ledger, "a2", open_place("B"), now=NOON - timedelta(minutes=3))
    assert refusal.value.code == "E-ENV-010"
    assert written() == after
    do(desk.ledger, "a3", open_place("C"), now=NOON - timedelta(seconds=119))


def test_whoever_waits_too_long_is_told_who_holds_the_ledger(desk) -> None:
    with (
        turn_of(desk.ledger, "order new"),
        pytest.raises(Busy, match="order new"),
        turn_of(desk.ledger, "mine", wait_seconds=0),
    ):
        pass


def test_commands_at_the_same_time_take_turns_and_numbers_stay_whole(desk) -> None:
    with ThreadPoolExecutor(4) as pool:
        done = pool.map(lambda n: do(desk.ledger, f"a{n}", open_place(f"L{n}")), range(12))
        numbers = {outcome.document["number"] for outcome in done}
    assert numbers == {f"TS20261120-{n:04d}" for n in range(1, 13)}
    assert faults(desk.ledger) == []


STEPS = st.lists(
    st.tuples(st.sampled_from(["do", "refuse", "dry", "repeat"]), st.integers(0, 3)), max_size=7
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_whatever_happens_numbers_are_as_many_as_commands_and_the_chain_holds(
    steps, desk_again
) -> None:
    desk = desk_again()
    known: dict[str, Outcome] = {}
    for place, (kind, which) in enumerate(steps):
        id = f"r{which}" if kind == "repeat" and f"r{which}" in known else f"n{place}"
        if kind == "refuse":
            with pytest.raises(Refused):
                do(desk.ledger, id, fail_after_writing)
        elif kind == "dry":
            do(desk.ledger, id, open_place("DRY"), dry=True)
        elif id in known:
            assert do(desk.ledger, id, open_place("X")) == replace(known[id], replayed=True)
        else:
            id = f"r{which}" if f"r{which}" not in known else id
            known[id] = do(desk.ledger, id, open_place(f"L{place}"))
    numbers = [outcome.document["number"] for outcome in known.values()]
    assert numbers == [f"TS20261120-{n:04d}" for n in range(1, len(known) + 1)]
    assert faults(desk.ledger) == []


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ("UPDATE customer SET name = 'x' WHERE id = 1", "customer 1"),
        ("UPDATE staff SET active = 0 WHERE code = 'auditor'", "staff"),
        ("INSERT INTO location (code, name) VALUES ('X', 'X')", "location"),
    ],
)
def test_a_row_changed_outside_of_kac_is_named(desk, statement, table) -> None:
    with sqlite3.connect(desk.ledger) as connection:
        connection.execute(statement)
    assert [says for says in faults(desk.ledger) if table in says]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE posting SET amount_fen = 1",
        "DELETE FROM audit",
        "DELETE FROM customer WHERE id = 1",
        "UPDATE command SET actor = 'x'",
        "INSERT OR REPLACE INTO location SELECT * FROM location",
    ],
)
def test_history_cannot_be_changed_even_past_kac(desk, written, statement) -> None:
    before = written()
    connection = open_raw(desk.ledger, write=True)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert written() == before


def test_a_schema_changed_by_another_program_is_refused_before_anything_is_read(desk) -> None:
    with sqlite3.connect(desk.ledger) as connection:
        connection.execute("DROP TRIGGER audit_no_delete")
    with pytest.raises(EnvironmentTrouble) as refusal, reading(desk.ledger):
        pass
    assert refusal.value.code == "E-ENV-007"


def test_a_ledger_without_its_key_is_not_written_to(desk, written) -> None:
    audit.key_path(desk.ledger).unlink()
    before = written()
    with pytest.raises(EnvironmentTrouble, match="key"):
        do(desk.ledger, "a1", open_place("A"))
    assert written() == before


def trouble(name: str) -> sqlite3.OperationalError:
    found = sqlite3.OperationalError(name)
    found.sqlite_errorname = name
    return found


@pytest.mark.parametrize("name", ["SQLITE_IOERR_FSYNC", "SQLITE_FULL", "SQLITE_IOERR_WRITE"])
def test_a_disk_that_fails_at_the_commit_leaves_the_outcome_unknown(name) -> None:
    with pytest.raises(OutcomeUnknown) as told, storage.committing("a1"):
        raise trouble(name)
    assert told.value.fix == ("kac status a1", "kac retry")


def test_a_reader_that_stays_too_long_is_no_unknown_outcome(tmp_path) -> None:
    with (
        pytest.raises(Busy),
        storage.translated(tmp_path),
        storage.committing("a1"),
    ):
        raise trouble("SQLITE_BUSY")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("SQLITE_FULL", "E-ENV-011"),
        ("SQLITE_READONLY", "E-ENV-012"),
        ("SQLITE_CANTOPEN", "E-ENV-012"),
        ("SQLITE_CORRUPT", "E-ENV-004"),
    ],
)
def test_what_goes_wrong_before_the_commit_says_that_nothing_was_written(
    tmp_path, name, code
) -> None:
    with pytest.raises(EnvironmentTrouble) as told, storage.translated(tmp_path):
        raise trouble(name)
    assert told.value.code == code
    assert "nothing was written" in " ".join(told.value.cause)


def test_a_broken_rule_of_the_database_is_a_fault_of_the_program_not_of_the_disk(tmp_path) -> None:
    with pytest.raises(sqlite3.IntegrityError), storage.translated(tmp_path):
        raise sqlite3.IntegrityError("constraint")


def test_the_outbox_keeps_the_order_and_forgets_what_is_settled(tmp_path) -> None:
    ledger = tmp_path / "l.db"
    outbox.put(ledger, "a", {"n": 1})
    outbox.put(ledger, "b", {"n": 2})
    (outbox.outbox_of(ledger) / "c.json").write_text('{"half')
    assert outbox.pending(ledger) == [("a", {"n": 1}), ("b", {"n": 2})]
    outbox.settle(ledger, "a")
    outbox.settle(ledger, "a")
    assert outbox.pending(ledger) == [("b", {"n": 2})]
