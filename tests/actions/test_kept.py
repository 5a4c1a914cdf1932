"""Connections kept between commands save time and give up no check."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading

import pytest

from kac.core.errors import EnvironmentTrouble, NotFound
from kac.db import kept
from kac.db.reader import reading

NEW = "order new -c KH0001 -l P0002:1 --need-by +7d -q"


@pytest.fixture
def warm(desk):
    """A desk whose commands share their connections, with one of each kind open already."""
    with kept.keeping():
        desk.ok("order list")
        desk.ok(NEW, as_="gp_specialist")
        yield desk


def opened(monkeypatch) -> list[bool]:
    """Every connection that is opened from here on: True for one that writes."""
    made: list[bool] = []
    connect = kept.connect

    def counted(path, *, write, checked):
        made.append(write)
        return connect(path, write=write, checked=checked)

    monkeypatch.setattr(kept, "connect", counted)
    return made


def other_hand(desk, *statements: str) -> None:
    """What another program does to the file."""
    with sqlite3.connect(desk.ledger, isolation_level=None) as connection:
        for statement in statements:
            connection.execute(statement)
    connection.close()


def test_commands_one_after_another_open_nothing_anew(warm, monkeypatch) -> None:
    made = opened(monkeypatch)
    for _again in range(3):
        warm.ok("order list")
        warm.ok(NEW, as_="gp_specialist")
    assert made == []


def test_outside_of_a_block_every_command_opens_its_own(desk, monkeypatch) -> None:
    made = opened(monkeypatch)
    desk.ok("whoami")
    first = len(made)
    desk.ok("whoami")
    assert len(made) == 2 * first > 0


def test_a_writing_command_opens_the_ledger_once(desk, monkeypatch) -> None:
    made = opened(monkeypatch)
    desk.ok(NEW, as_="gp_specialist")
    assert made == [True]


def test_who_looks_before_writing_writes_nothing(desk) -> None:
    with kept.keeping(), kept.about_to_write():
        with reading(desk.ledger) as reader, pytest.raises(sqlite3.OperationalError) as refused:
            reader.one("DELETE FROM staff RETURNING id")
        assert "readonly" in str(refused.value)
        desk.ok(NEW, as_="gp_specialist")


def test_nobody_is_kept_out_by_a_connection_that_rests(warm) -> None:
    other = sqlite3.connect(warm.ledger, timeout=0, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    other.execute("ROLLBACK")
    other.close()
    warm.ok("order list")


def test_what_others_write_is_seen(warm) -> None:
    with reading(warm.ledger) as reader:
        before = reader.value("SELECT count(*) FROM location")
    other_hand(warm, "INSERT INTO location (id, code, name) VALUES (900, 'S900', '新店')")
    with reading(warm.ledger) as reader:
        assert reader.value("SELECT count(*) FROM location") == before + 1


@pytest.mark.parametrize("command", ["order list", f"--as gp_specialist {NEW}"])
def test_a_schema_changed_meanwhile_is_noticed(warm, command) -> None:
    other_hand(warm, "DROP TRIGGER audit_no_delete")
    result = warm.run(command)
    assert (result.exit, "E-ENV-007" in result.err) == (9, True)


@pytest.mark.parametrize(
    ("mark", "code"), [("user_version=99", "E-ENV-006"), ("application_id=1", "E-ENV-003")]
)
def test_a_ledger_upgraded_meanwhile_is_noticed(warm, mark, code) -> None:
    other_hand(warm, f"PRAGMA {mark}")
    for command in ("order list", f"--as gp_specialist {NEW}"):
        assert code in warm.run(command).err


def test_another_file_in_its_place_is_the_one_that_is_read(warm, training_ledger) -> None:
    """A backup put back while the shell is open."""
    shutil.copy(training_ledger, warm.home / "backup.db")
    os.replace(warm.home / "backup.db", warm.ledger)
    assert warm.sql("SELECT count(*) FROM audit WHERE command = 'order new'") == [(0,)]
    with reading(warm.ledger) as reader:
        assert reader.value("SELECT count(*) FROM audit WHERE command = 'order new'") == 0
    warm.ledger.unlink()
    with pytest.raises(EnvironmentTrouble) as missing, reading(warm.ledger):
        raise AssertionError("nothing is there to be read")
    assert missing.value.code == "E-ENV-001"


def test_a_second_name_for_the_ledger_is_refused_as_ever(warm) -> None:
    os.link(warm.ledger, warm.home / "second.db")
    assert "E-ENV-002" in warm.run("order list").err


def test_after_a_failure_the_next_command_begins_anew(warm, monkeypatch) -> None:
    made = opened(monkeypatch)
    with pytest.raises(NotFound), reading(warm.ledger):
        raise NotFound("no such thing")
    warm.ok("order list")
    assert made == [False]
    assert warm.run(f"{NEW} -l NOBODY:1", as_="gp_specialist").exit == 3
    warm.ok(NEW, as_="gp_specialist")
    assert made.count(True) == 1
    warm.ok("audit verify")


def test_one_look_inside_another_has_a_connection_of_its_own(warm) -> None:
    with reading(warm.ledger) as outer, reading(warm.ledger) as inner:
        assert outer.connection is not inner.connection


def test_another_thread_shares_nothing(warm) -> None:
    seen: list[int] = []

    def look() -> None:
        with reading(warm.ledger) as reader:
            seen.append(reader.value("SELECT count(*) FROM sales_order"))

    worker = threading.Thread(target=look)
    worker.start()
    worker.join()
    assert seen[0] > 0
    warm.ok("order list")
