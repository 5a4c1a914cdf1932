"""The doctor: whatever can be wrong with an installation, each with the command that mends it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections import namedtuple
from pathlib import Path
from unittest import mock

import pytest

from kac.cli import ledgerlooks, machinelooks
from kac.db.audit import key_path
from kac.db.lock import lock_path
from kac.db.outbox import outbox_of, put

LOOKS = ("machinelooks.py", "ledgerlooks.py")


def looked(desk, exit: int = 0, **how) -> dict[str, dict]:
    """What the doctor finds, by what was looked at."""
    result = desk.run("doctor --json", **how)
    assert result.exit == exit, result.err
    return {row["what"]: row for row in result.json}


def test_a_sound_machine_is_looked_over_whole(desk) -> None:
    found = looked(desk)
    expected = {"program", "wal", "packages", "language", "script", "terminal", "config", "clock"}
    expected |= {"ledger", "schema", "settings", "disk", "backup", "calendar"}
    assert expected <= set(found)
    assert "bad" not in {row["verdict"] for row in found.values()}
    assert "journal_mode truncate, synchronous 3" in found["settings"]["says"]


def test_whatever_is_wrong_comes_with_its_mend(empty_desk) -> None:
    found = looked(empty_desk, exit=9)
    assert found["ledger"]["mend"] == "kac init; kac init --training"
    assert all(row["mend"] for row in found.values() if row["verdict"] != "fine")


def test_a_key_that_is_gone_stops_all_writing(desk) -> None:
    key_path(desk.ledger).unlink()
    assert looked(desk, exit=9)["key"]["verdict"] == "bad"


@pytest.mark.skipif(os.name != "posix", reason="file modes are of POSIX")
def test_files_that_others_can_read_are_named(desk) -> None:
    desk.ledger.chmod(0o644)
    found = looked(desk)["permissions"]
    assert (found["verdict"], found["mend"]) == ("doubtful", f"chmod 600 {desk.ledger}")


def test_a_schema_that_another_program_changed_is_bad(desk) -> None:
    desk.sql("CREATE TABLE strange (x)")
    assert looked(desk, exit=9)["ledger"]["verdict"] == "bad"


def test_a_file_that_is_no_ledger_is_bad(empty_desk) -> None:
    empty_desk.ledger.write_bytes(b"no database at all" * 100)
    assert looked(empty_desk, exit=9)["ledger"]["verdict"] == "bad"


def test_the_key_of_another_ledger_is_bad(desk) -> None:
    for spoilt in (b"0" * 64, b""):
        key_path(desk.ledger).write_bytes(spoilt)
        found = looked(desk, exit=9)["key"]
        assert found["verdict"] == "bad"
        assert str(key_path(desk.ledger)) in found["mend"]


def test_damaged_pages_are_bad_even_where_the_schema_can_be_read(desk) -> None:
    content = bytearray(desk.ledger.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    for page in range(60, len(content) // size, 7):
        content[page * size + 8 : page * size + 200] = bytes(192)
    desk.ledger.write_bytes(content)
    found = looked(desk, exit=9)["pages"]
    assert (found["verdict"], found["mend"]) == ("bad", "kac db restore FILE")


def test_a_queue_that_is_no_file_stops_every_writer_and_is_told(desk) -> None:
    queue, box = lock_path(desk.ledger), outbox_of(desk.ledger)
    queue.unlink(missing_ok=True)
    queue.mkdir()
    assert str(queue) in looked(desk, exit=9)["queue"]["mend"]
    queue.rmdir()
    box.write_text("x")
    assert str(box) in looked(desk, exit=9)["queue"]["mend"]


def test_whom_the_environment_names_is_known_and_their_pin_is_hidden(desk) -> None:
    assert looked(desk, exit=9, env={"KAC_USER": "cronn"})["staff"]["mend"] == "kac staff list"
    assert "staff" not in looked(desk, env={"KAC_USER": "cron"})
    pin = desk.home / "pin"
    assert str(pin) in looked(desk, exit=9, env={"KAC_PIN_FILE": str(pin)})["staff"]["mend"]
    if os.name == "posix":
        pin.write_text("246813")
        pin.chmod(0o644)
        found = looked(desk, exit=9, env={"KAC_PIN_FILE": str(pin)})["staff"]
        assert found["mend"] == f"chmod 600 {pin}"
        pin.chmod(0o600)
        assert "staff" not in looked(desk, env={"KAC_PIN_FILE": str(pin)})


def test_a_state_directory_in_which_nobody_can_stay_logged_in_is_bad(desk) -> None:
    state = desk.home / "state" / "kac"
    state.parent.mkdir()
    state.write_text("x")
    assert looked(desk, exit=9)["sessions"]["verdict"] == "bad"


def test_files_that_belong_to_kac_and_are_gone_are_bad(desk) -> None:
    with mock.patch.object(machinelooks, "_DATA", ("errors.toml", "guide/fr")):
        found = looked(desk, exit=9)["files"]
    assert "guide/fr" in found["says"] and "errors.toml" not in found["says"]


def test_a_pager_that_is_not_installed_is_told(desk) -> None:
    found = looked(desk, env={"KAC_PAGER": "lesss -R"})["pager"]
    assert found["verdict"] == "doubtful" and "lesss" in found["mend"]
    assert looked(desk, env={"KAC_PAGER": "'lesss"})["pager"]["verdict"] == "doubtful"
    assert "pager" not in looked(desk, env={"KAC_PAGER": "off"})


def test_backups_that_go_nowhere_are_bad(desk) -> None:
    config = desk.home / "config" / "kac" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[db]\nbackup_dir = "{desk.home}/nowhere"\n', "utf-8")
    assert looked(desk, exit=9)["backup"]["mend"] == f"mkdir -p {desk.home}/nowhere"


def test_every_mend_that_is_a_command_is_one(desk) -> None:
    looks = Path(machinelooks.__file__).parent
    written = "".join((looks / name).read_text("utf-8") for name in LOOKS)
    mends = re.findall(r'(?:"|: )kac ((?:[a-z]+ )*[a-z]+)(?= FILE|")', written)
    assert len(mends) > 5
    for mend in mends:
        assert desk.run(f"{mend} --help").exit == 0, mend


def test_a_clock_that_stands_before_the_last_entry_is_bad(desk) -> None:
    desk.now = desk.now.replace(year=2020)
    assert looked(desk, exit=9, on="2020-11-20")["clock"]["verdict"] == "bad"


def test_a_full_disk_is_bad(desk) -> None:
    usage = namedtuple("usage", "total used free")(1, 1, 2**20)
    with mock.patch.object(shutil, "disk_usage", return_value=usage):
        assert looked(desk, exit=9)["disk"]["verdict"] == "bad"


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_disk_of_another_machine_is_bad(desk, kind) -> None:
    with mock.patch.object(ledgerlooks, "_file_system", return_value=kind):
        assert looked(desk, exit=9)["file system"]["verdict"] == "bad"


def test_what_was_never_answered_is_told(desk) -> None:
    put(desk.ledger, "left", {"argv": ["whoami"], "command": "x", "actor": "y", "at": "z"})
    assert looked(desk)["outbox"]["mend"] == "kac retry"


def test_an_old_backup_is_told_and_a_new_one_is_fine(desk) -> None:
    kept = desk.home / "kept"
    kept.mkdir()
    config = desk.home / "config" / "kac" / "config.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'[db]\nbackup_dir = "{kept}"\n', "utf-8")
    assert looked(desk)["backup"]["verdict"] == "doubtful", "there is none"
    copy = kept / desk.ok("db backup -q").out.strip()
    made = desk.now.timestamp()
    os.utime(copy, (made, made))
    assert looked(desk)["backup"]["verdict"] == "fine"
    os.utime(copy, (made - 3 * 86400, made - 3 * 86400))
    assert looked(desk)["backup"] == {
        "what": "backup",
        "verdict": "doubtful",
        "says": f"the newest backup in {kept} is 72 hours old",
        "mend": "kac db backup",
    }


def test_a_new_year_that_the_calendar_does_not_know_is_told_in_time(desk) -> None:
    (known,) = desk.sql("SELECT max(substr(day, 1, 4)) FROM v_calendar")
    autumn = f"{known[0]}-10-01"
    assert looked(desk, on=autumn)["calendar"]["verdict"] == "fine"
    winter = looked(desk, on=f"{known[0]}-12-01")["calendar"]
    assert winter["verdict"] == "doubtful"
    assert str(int(known[0]) + 1) in winter["says"]


def test_a_missing_package_is_bad(desk) -> None:
    there = machinelooks.find_spec
    with mock.patch.object(
        machinelooks, "find_spec", lambda name: None if name == "wcwidth" else there(name)
    ):
        assert "wcwidth" in looked(desk, exit=9)["packages"]["says"]


def test_a_shim_and_a_program_that_no_shell_finds_are_told(desk) -> None:
    with mock.patch.object(shutil, "which", return_value=os.sep.join(["x", "shims", "kac"])):
        assert looked(desk)["script"]["verdict"] == "doubtful"
    with mock.patch.object(shutil, "which", return_value=None):
        assert str(os.path.dirname(sys.executable)) in looked(desk)["script"]["mend"]


def test_a_missing_catalogue_is_bad(desk) -> None:
    with mock.patch.object(machinelooks.i18n, "LOCALE_DIR", desk.home):
        assert looked(desk, exit=9)["language"]["verdict"] == "bad"


def test_a_narrow_window_is_told(desk) -> None:
    assert looked(desk, env={"COLUMNS": "50"})["width"]["verdict"] == "doubtful"


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are of POSIX")
@pytest.mark.parametrize(("column", "cells"), [(2, 1), (3, 2)])
def test_a_terminal_is_asked_how_wide_it_shows_a_sign(column, cells) -> None:
    import pty
    import threading

    ours, theirs = pty.openpty()

    def terminal() -> None:
        heard = b""
        while b"\x1b[6n" not in heard:
            heard += os.read(ours, 64)
        os.write(ours, f"\x1b[1;{column}R".encode())

    answering = threading.Thread(target=terminal, daemon=True)
    answering.start()
    with (
        os.fdopen(theirs, "r", closefd=False) as keyboard,
        os.fdopen(os.dup(theirs), "w") as screen,
        mock.patch.object(sys, "stdin", keyboard),
        mock.patch.object(sys, "stdout", screen),
    ):
        assert machinelooks.probe() == cells
    answering.join(5)
    os.close(ours)
    os.close(theirs)


def test_pipes_are_asked_nothing(desk) -> None:
    assert "ambiguous" not in looked(desk)
    assert machinelooks.probe() == 0
