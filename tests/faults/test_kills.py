"""Processes killed without a word: what was acknowledged stays, nothing is half, retry settles it.

Clerks work in processes of their own and are killed at moments of chance; one command is killed
at each call it makes to the system, where strace is there to do it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sqlite3
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from kac.db import checks
from kac.db.audit import key_path
from kac.db.engine import open_raw
from kac.db.outbox import outbox_of, pending
from tests.faults import hands
from tests.faults.test_many_hands import RULED, judge_books, rows

NEW = "--as gp_specialist order new -c KH0001 -l P0003:2 -l P0002:1.5 --need-by +7d --submit -q"


def killed_at_random(ledger: Path, kills: int, seed: int) -> list[hands.Answer]:
    """Three clerks at work, one of them killed again and again; every answer that was given."""
    chance = Random(seed)
    sheets: list[Path] = []

    def begin() -> int:
        sheets.append(ledger.parent / f"sheet-{seed}-{len(sheets)}")
        return hands.work(ledger, seed * 1000 + len(sheets), 10_000, sheets[-1])

    clerks = [begin() for _clerk in range(3)]
    at = list(sheets)
    try:
        for _kill in range(kills):
            place = chance.randrange(len(clerks))
            _until_answered(at[place])
            time.sleep(chance.uniform(0, 0.1))
            hands.kill(clerks[place])
            clerks[place], at[place] = begin(), sheets[-1]
    finally:
        for clerk in clerks:
            hands.kill(clerk)
    return [answer for sheet in sheets for answer in hands.answers(sheet)]


def _until_answered(sheet: Path) -> None:
    """Wait until a clerk has an answer at least, however slow the machine is."""
    for _look in range(20_000):
        if hands.answers(sheet):
            return
        time.sleep(0.005)
    raise AssertionError(f"no answer came: {sheet}")


def judge_after_kills(ledger: Path, given: list[hands.Answer]) -> Counter[str]:
    """Nothing acknowledged is lost, no refusal was written; what was left open is settled."""
    strange = [answer for answer in given if answer.exit not in RULED]
    assert not strange, [(answer.words, answer.exit, answer.err) for answer in strange[:3]]
    written = dict(rows(ledger, "SELECT request_id, document FROM command"))
    for answer in given:
        if answer.exit == 0:
            assert written.get(answer.request) == answer.out.split()[-1], answer
        else:
            assert answer.request not in written, answer
    with hands.at_counter(ledger):
        first = hands.type_words(["retry", "--json"])
        assert first.exit in RULED, first.err
        assert hands.type_words(["retry", "--json"]).out.strip() == "[]"
    settled = json.loads(first.out)
    for entry in settled:
        done = rows(ledger, f"SELECT 1 FROM command WHERE request_id = '{entry['request']}'")
        assert bool(done) == (entry["state"] in ("committed", "sent")), entry
    assert [path for path in outbox_of(ledger).iterdir() if _is_whole(path)] == []
    judge_books(ledger)
    return Counter(entry["state"] for entry in settled)


def _is_whole(path: Path) -> bool:
    """An entry whose writer was killed in the middle of it had not begun its command."""
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def test_clerks_killed_at_any_moment_lose_nothing_that_was_acknowledged(desk) -> None:
    """A dozen kills among three clerks; K1 of the fault matrix."""
    given = killed_at_random(desk.ledger, kills=12, seed=7)
    assert len(given) >= 12
    judge_after_kills(desk.ledger, given)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1, 11))
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(desk, seed) -> None:
    """Ten histories of twenty kills each."""
    given = killed_at_random(desk.ledger, kills=20, seed=seed)
    assert len(given) >= 20
    judge_after_kills(desk.ledger, given)


def hot(ledger: Path) -> None:
    """A writer that is killed when part of its transaction stands in the file already."""
    child = os.fork()
    if child == 0:
        try:
            connection = open_raw(ledger, write=True)
            connection.execute("PRAGMA cache_size=1")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(
                "INSERT INTO location (code, name) VALUES (?, ?)",
                [(f"X{place}", "x" * 300) for place in range(2000)],
            )
            hands.kill_self()
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    journal = ledger.with_name(ledger.name + "-journal")
    assert journal.stat().st_size > 0, "the journal must be hot, or the test proves nothing"


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("order list", ""),
        ("order new -c KH0001 -l P0003:1 --need-by +7d", "gp_specialist"),
        ("db check", ""),
        ("audit verify", ""),
        ("retry", ""),
        ("todo", "finance"),
        ("doctor", ""),
    ],
)
def test_whoever_comes_after_a_killed_writer_first_puts_back_what_it_left(desk, words, who) -> None:
    """A reader must be able to do that too: else nobody could work until a writer came."""
    before = desk.sql("SELECT count(*) FROM location")
    hot(desk.ledger)
    desk.ok(words, as_=who)
    assert desk.sql("SELECT count(*) FROM location") == before
    assert desk.ok("db check --json").exit == 0


def test_a_killed_writer_holds_no_turn(desk) -> None:
    """The kernel frees the queue's lock with its holder."""
    hot(desk.ledger)
    started = time.monotonic()
    desk.ok("order new -c KH0001 -l P0003:1 --need-by +7d", as_="gp_specialist")
    assert time.monotonic() - started < 25, "nobody waited for the dead"


# --- every call to the system -------------------------------------------------------------------

STRACE = shutil.which("strace")
CALLS = ("pwrite64", "fdatasync", "fsync", "ftruncate", "unlink", "openat", "flock", "write")
needs_strace = pytest.mark.skipif(STRACE is None, reason="strace is not on this machine")


def traced(house, request_id: str, inject: str = "") -> tuple[int, str]:
    """One real order under strace; (exit code, what strace wrote)."""
    log = house.ledger.parent / "strace.log"
    prefix = [str(STRACE), "-f", "-y", "-o", str(log), "-e", f"trace={','.join(CALLS)}"]
    prefix += ["-e", f"inject={inject}"] if inject else []
    words = [*NEW.split(), "--request-id", request_id]
    done = house.run(*words, prefix=tuple(prefix))
    return done.returncode, log.read_text("utf-8", "replace")


def points(house) -> dict[str, list[int]]:
    """Which of each kind of call an order makes on the ledger, its sidecars and stdout."""
    _code, log = traced(house, "count")
    found: dict[str, list[int]] = {call: [] for call in CALLS}
    seen: Counter[str] = Counter()
    for line in log.splitlines():
        match = re.match(r"\d+\s+(\w+)\((.*)", line)
        if match and match[1] in found:
            seen[match[1]] += 1
            if "ledger.db" in match[2] or (match[1] == "write" and match[2].startswith("1<")):
                found[match[1]].append(seen[match[1]])
    return found


def killed_at(house, call: str, when: int) -> bool:
    """Kill a fresh order at one call, settle, and look: it is there once, or not at all.

    False where the order is done before that call: not every order writes as many pages.
    """
    orders = rows(house.ledger, "SELECT count(*) FROM sales_order")[0][0]
    request_id = f"k-{call}-{when}"
    code, _log = traced(house, request_id, f"{call}:signal=KILL:when={when}")
    if code == 0:
        return False
    settled = house.run("retry", "--json")
    assert settled.returncode == 0, settled.stderr
    again = house.run(*NEW.split(), "--request-id", request_id)
    assert again.returncode == 0, again.stderr
    assert rows(house.ledger, "SELECT count(*) FROM sales_order") == [(orders + 1,)]
    faults = [(name, found) for name, found in checks.run(house.ledger) if found]
    assert not faults, (call, when, faults)
    assert pending(house.ledger) == []
    return True


@needs_strace
def test_an_order_killed_at_the_commit_is_there_once_after_it_is_sent_again(house) -> None:
    found = points(house)
    assert killed_at(house, "ftruncate", found["ftruncate"][-1])
    assert killed_at(house, "pwrite64", found["pwrite64"][-3])


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS)
def test_an_order_killed_at_any_call_to_the_system_is_there_once(house, call) -> None:
    """K3 of the fault matrix: each write, sync, cut and unlink of one real command."""
    found = points(house)[call]
    reached = [when for when in found if killed_at(house, call, when)]
    assert len(reached) > len(found) * 3 // 4


def test_the_ledger_a_kill_left_behind_opens_with_sqlite_alone(desk, tmp_path) -> None:
    """Whoever only has the sqlite3 shell still gets the whole of it back."""
    hot(desk.ledger)
    copy = tmp_path / "copy.db"
    for suffix in ("", "-journal"):
        shutil.copy(f"{desk.ledger}{suffix}", f"{copy}{suffix}")
    shutil.copy(key_path(desk.ledger), key_path(copy))
    with sqlite3.connect(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("SELECT count(*) FROM location").fetchone()[0] < 10
