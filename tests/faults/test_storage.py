"""Disks that are full or fail, and answers that nobody can read: said in time, and put right.

Exit 9 says that nothing was written, 11 that nobody knows yet, 12 that it was written but not
printed. Each must be true.
"""

from __future__ import annotations

import os
import resource
import shlex
import signal
import subprocess
from pathlib import Path

import pytest

from kac.core.errors import Exit
from kac.db import checks
from kac.db.engine import open_raw
from kac.db.outbox import outbox_of, pending
from tests.conftest import contents
from tests.faults import hands
from tests.faults.test_kills import CALLS, NEW, needs_strace, points, traced
from tests.faults.test_many_hands import rows

ORDER = shlex.split(NEW)


def no_file_beyond(size: int) -> None:
    """What a full disk or a quota does to this process from here on."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def sound(ledger: Path) -> bool:
    return not [found for _name, found in checks.run(ledger) if found]


def put_right(ledger: Path, request_id: str) -> None:
    """Once there is room again, a retry leaves the order there once, and nothing to send."""
    with hands.at_counter(ledger):
        left = hands.type_words(["status", request_id, "--json"])
        assert (left.exit, '"state": "left"' in left.out) == (0, True), left
        settled = hands.type_words(["retry", "--json"])
        assert settled.exit == 0, settled.err
        told = hands.type_words(["status", request_id, "--json"])
    assert '"state": "committed"' in told.out
    assert pending(ledger) == []
    assert len(_written(ledger, request_id)) == 1
    assert sound(ledger)


def _written(ledger: Path, request_id: str) -> list[tuple]:
    return rows(ledger, f"SELECT document FROM command WHERE request_id = '{request_id}'")


@pytest.mark.parametrize("room", [0, 100, 1024, 4096, 20_000])
def test_where_not_even_the_journal_fits_nothing_is_written_and_that_is_said(desk, room) -> None:
    before = contents(desk.ledger)
    words = [*ORDER, "--request-id", "full"]
    answer = hands.in_child(desk.ledger, words, lambda: no_file_beyond(room))
    assert (answer.exit, answer.out) == (Exit.ENVIRONMENT, ""), answer
    assert "nothing was written" in answer.err
    assert "restore a backup" not in answer.err, "the ledger is in order, the disk is not"
    assert contents(desk.ledger) == before
    assert pending(desk.ledger) == []
    assert sound(desk.ledger)
    desk.ok(words)


@pytest.mark.parametrize("share", [0.4, 0.7, 0.95])
def test_a_disk_that_fails_in_the_middle_of_the_commit_is_exit_11_and_retried(desk, share) -> None:
    """The journal is written, the ledger cannot be: whoever comes next puts it back."""
    room = int(desk.ledger.stat().st_size * share)
    before = contents(desk.ledger)
    words = [*ORDER, "--request-id", "half"]
    answer = hands.in_child(desk.ledger, words, lambda: no_file_beyond(room))
    assert (answer.exit, answer.out) == (Exit.OUTCOME_UNKNOWN, ""), answer
    assert "kac status half" in answer.err
    assert "kac retry" in answer.err
    assert contents(desk.ledger) == before
    put_right(desk.ledger, "half")


def test_reading_needs_no_room(desk) -> None:
    for words in (["order", "list"], ["stock", "list"], ["audit", "verify"], ["db", "check"]):
        answer = hands.in_child(desk.ledger, words, lambda: no_file_beyond(0))
        assert answer.exit == 0, answer


@pytest.mark.parametrize("command", ["db backup --to {home}", "order list -o {home}/list.csv"])
def test_a_file_that_does_not_fit_is_not_left_half(desk, command) -> None:
    before = sorted(path.name for path in desk.home.iterdir())
    words = command.format(home=desk.home).split()
    answer = hands.in_child(desk.ledger, ["--as", "finance", *words], lambda: no_file_beyond(500))
    assert answer.exit == Exit.ENVIRONMENT, answer
    assert sorted(path.name for path in desk.home.iterdir()) == before
    assert sound(desk.ledger)


def test_a_paper_that_cannot_be_put_in_its_file_is_exit_12_and_printed_again(again) -> None:
    """Custody is written before the paper goes out: the next printing is one more (RTL-ORD-05)."""
    desk, number = again.desk, again.reviewed
    words = f"order print {number} -o {desk.home}/no-such-directory/form.html --request-id form"
    for repeated in (False, True):
        result = desk.run(words, as_="gp_specialist")
        assert result.exit == Exit.NOT_PRINTED, result.err
        assert f"{number} is written" in result.err
        assert ("already done" in result.err) == repeated
    assert [request for request, _entry in pending(desk.ledger)] == ["form"]
    assert "RTL-" in desk.run(f"order print {number}", as_="gp_specialist").err
    form = desk.home / "form.html"
    desk.ok(f"order print {number} --reprint 目录不存在 -o {form}", as_="gp_specialist")
    assert form.exists()
    assert desk.ok("retry --json").json[0]["state"] == "committed"


def test_a_founding_that_does_not_fit_leaves_nothing(empty_desk) -> None:
    words = ["init", "--training"]
    answer = hands.in_child(empty_desk.ledger, words, lambda: no_file_beyond(100_000))
    assert answer.exit == Exit.ENVIRONMENT, answer
    assert [path.name for path in empty_desk.home.glob("*ledger*")] == []
    empty_desk.ok("init --training")


def test_while_a_reader_holds_the_file_a_writer_is_told_to_try_again(desk) -> None:
    """A report left open in another program: the writer waits, then exit 8, nothing written."""
    held = open_raw(desk.ledger, write=False)
    held.execute("BEGIN")
    held.execute("SELECT * FROM product").fetchone()
    before = contents(desk.ledger)
    answer = hands.in_child(desk.ledger, [*ORDER, "--request-id", "held"], _wait_briefly)
    held.close()
    assert answer.exit == Exit.BUSY, answer
    assert contents(desk.ledger) == before
    assert pending(desk.ledger) == []
    desk.ok([*ORDER, "--request-id", "held"])


def _wait_briefly() -> None:
    from kac.db import patience

    patience.wait(0.3)


# --- answers that nobody can read ----------------------------------------------------------------


def closed(*numbers: int) -> None:
    for number in numbers:
        os.close(number)


@pytest.mark.parametrize("streams", [(1,), (1, 2), (0, 1, 2)])
def test_with_stdout_closed_the_work_is_done_and_exit_12_says_so(house, streams) -> None:
    done = house.run(
        *ORDER, "--request-id", "unread", preexec_fn=lambda: closed(*streams), stdout=None
    )
    assert done.returncode == Exit.NOT_PRINTED
    ((number,),) = _written(house.ledger, "unread")
    if 2 not in streams:
        assert f"{number} is written" in done.stderr
        assert "kac status unread" in done.stderr
    assert [request for request, _entry in pending(house.ledger)] == ["unread"]
    assert sound(house.ledger), "nothing was printed into the ledger"
    assert house.run("retry", "--json").returncode == 0
    assert pending(house.ledger) == []
    assert len(_written(house.ledger, "unread")) == 1


def test_with_a_reader_that_went_away_exit_12_says_so(house) -> None:
    reading_end, writing_end = os.pipe()
    os.close(reading_end)
    done = house.run(*ORDER, "--request-id", "unread", stdout=writing_end)
    os.close(writing_end)
    assert done.returncode == Exit.NOT_PRINTED
    ((number,),) = _written(house.ledger, "unread")
    assert f"{number} is written" in done.stderr


def test_with_stderr_closed_the_answer_still_comes(house) -> None:
    done = house.run(*ORDER, "--request-id", "mute", preexec_fn=lambda: closed(2), stderr=None)
    assert done.returncode == 0
    assert [(done.stdout.strip(),)] == _written(house.ledger, "mute")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_list_that_cannot_be_printed_is_the_machines_trouble(house) -> None:
    with open("/dev/full", "w") as full:
        done = house.run("order", "list", stdout=full)
    assert done.returncode == Exit.ENVIRONMENT
    assert "E-ENV-022" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_printer_encoding_without_chinese_stops_nothing(house) -> None:
    given = house.environment() | {"PYTHONIOENCODING": "ascii", "LC_ALL": "C", "PYTHONUTF8": "0"}
    words = ["--as", "gp_specialist", "order", "new", "-c", "KH0001", "-l", "P0003:1"]
    done = subprocess.run(
        [*house.command, *words, "--need-by", "+7d"],
        env=given,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert "宏达电器配件厂" in done.stdout.decode("utf-8")


# --- a disk that fails at any call ---------------------------------------------------------------


def failed_at(house, call: str, when: int, error: str) -> int:
    """Let one call of one order fail; what the exit code says must be true of the ledger."""
    request_id = f"f-{call}-{when}-{error}"
    code, _log = traced(house, request_id, f"{call}:error={error}:when={when}")
    written = _written(house.ledger, request_id)
    left = [request for request, _entry in pending(house.ledger)]
    where = (call, when, error, code)
    if code == Exit.DONE:
        assert written, where
    elif code == Exit.ENVIRONMENT:
        assert not written, where
        assert request_id not in left, where
    else:
        assert code in (Exit.OUTCOME_UNKNOWN, Exit.NOT_PRINTED), where
        assert request_id in left, where
        status = house.run("status", request_id, "--json").stdout
        assert ('"state": "committed"' in status) == bool(written), where
        assert house.run("retry").returncode == 0, where
        assert len(_written(house.ledger, request_id)) == 1, where
    assert sound(house.ledger), where
    return code


@needs_strace
def test_where_the_disk_fails_at_the_commit_the_outcome_is_unknown_until_asked(house) -> None:
    found = points(house)
    last = found["pwrite64"][-3]
    codes = {
        failed_at(house, "pwrite64", last, "EIO"),
        failed_at(house, "pwrite64", last, "ENOSPC"),
        failed_at(house, "ftruncate", found["ftruncate"][-1], "EIO"),
    }
    assert Exit.OUTCOME_UNKNOWN in codes


@needs_strace
@pytest.mark.slow
@pytest.mark.parametrize("error", ["EIO", "ENOSPC"])
@pytest.mark.parametrize("call", CALLS)
def test_whatever_call_fails_the_exit_code_says_what_became_of_the_order(
    house, call, error
) -> None:
    """E8 of the research: every call of one real command on the ledger and what lies beside it."""
    for when in points(house)[call]:
        failed_at(house, call, when, error)


def test_an_outbox_that_cannot_be_written_stops_the_command_before_the_ledger(desk) -> None:
    outbox_of(desk.ledger).write_text("a file where the directory should be")
    before = contents(desk.ledger)
    answer = desk.run(ORDER)
    assert answer.exit == Exit.ENVIRONMENT
    assert "nothing was written" in answer.err
    assert contents(desk.ledger) == before
