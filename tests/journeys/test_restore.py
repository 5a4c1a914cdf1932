"""A backup takes the ledger's place: proved first, nothing lost unsaid, nothing thrown away."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from kac.db.attachments import files_of
from kac.db.audit import key_path

ORDER = "order new -c KH0001 -l P0001:5 --need-by +7d"


def back_up(desk) -> tuple[Path, str]:
    """A backup, and the head of its log as it is typed out."""
    folder = desk.home / "backup"
    folder.mkdir(exist_ok=True)
    copy = Path(desk.ok(f"db backup --to {folder} --json").json["path"])
    _name, *_day, seq, digest = copy.stem.split("-")
    return copy, f"{seq}-{digest}"


def test_a_lost_ledger_comes_back_with_its_key_and_is_worked_on(desk) -> None:
    number = desk.ok(f"{ORDER} -q", as_="gp_specialist").out.strip()
    copy, head = back_up(desk)
    for path in (desk.ledger, key_path(desk.ledger)):
        path.unlink()
    told = desk.ok(f"db restore {copy} --json").json
    assert (told["number"], told["state"], told["replaced"], told["lost"]) == (
        head,
        "restored",
        None,
        None,
    )
    assert desk.ok(f"order show {number} --json").json["number"] == number
    assert all(row["sound"] for row in desk.ok("db check --json").json)
    desk.ok(f"order submit {number}", as_="gp_specialist")


def test_a_damaged_ledger_is_kept_aside_and_what_it_held_is_said_to_be_unknown(desk) -> None:
    copy, head = back_up(desk)
    desk.ledger.write_bytes(b"spoilt" * 1000)
    refusal = desk.run(f"db restore {copy}")
    assert refusal.exit == 10
    assert f"--confirm {head}" in refusal.err
    assert "cannot be read" in refusal.err
    told = desk.ok(f"db restore {copy} --confirm {head} --json").json
    aside = Path(told["replaced"])
    assert aside.read_bytes() == b"spoilt" * 1000
    assert key_path(aside).is_file()
    assert all(row["sound"] for row in desk.ok("db check --json").json)


def test_a_backup_that_is_behind_is_restored_only_when_its_head_is_typed_out(desk) -> None:
    copy, head = back_up(desk)
    number = desk.ok(f"{ORDER} -q", as_="gp_specialist").out.strip()
    refusal = desk.refused(f"db restore {copy}", exit=10)
    assert "the present ledger has 1 entry more" in refusal.err
    desk.refused(f"db restore {copy} --confirm 1-00000000", exit=2)
    tried = desk.ok(f"db restore {copy} --dry-run --json").json
    assert (tried["replaced"], tried["dry_run"]) == (None, True)
    assert desk.ok(f"order show {number}").exit == 0
    aside = Path(desk.ok(f"db restore {copy} --confirm {head} --json").json["replaced"])
    assert desk.run(f"order show {number}").exit == 3
    assert desk.ok(f"--db {aside} order show {number} --json").json["number"] == number
    assert desk.ok(f"--db {aside} audit verify --json").json["sound"] is True


def test_what_is_not_behind_needs_no_confirmation(desk) -> None:
    copy, _head = back_up(desk)
    told = desk.ok(f"db restore {copy} --json").json
    assert told["lost"] is None
    assert told["replaced"]


@pytest.mark.parametrize("spoil", ["row", "pages", "key", "no key", "text", "missing"])
def test_what_is_no_sound_backup_replaces_nothing(desk, spoil) -> None:
    copy, head = back_up(desk)
    if spoil == "row":
        with sqlite3.connect(copy) as connection:
            connection.execute("UPDATE customer SET name = '改了' WHERE number = 'KH0001'")
    elif spoil == "pages":
        with copy.open("r+b") as file:
            file.truncate(copy.stat().st_size // 2)
    elif spoil == "key":
        key_path(copy).write_text("0" * 64)
    elif spoil == "no key":
        key_path(copy).unlink()
    elif spoil == "text":
        copy.write_text("no ledger at all")
    else:
        copy.unlink()
    refusal = desk.refused(f"db restore {copy} --confirm {head}", exit=9)
    assert "E-ENV-026" in refusal.err
    assert not list(desk.home.glob("*replaced*"))
    assert not list(desk.home.glob(".*restoring*"))


def test_a_copy_of_another_ledger_does_not_take_this_ones_place(desk, desk_class, tmp_path) -> None:
    (tmp_path / "other").mkdir()
    other = desk_class(tmp_path / "other")
    other.ok("init --training --language en")
    copy, head = back_up(other)
    desk.refused(f"db restore {copy} --confirm {head}", exit=4)


def test_a_ledger_that_went_another_way_is_told_so(desk) -> None:
    copy, head = back_up(desk)
    desk.ok(ORDER, as_="gp_specialist")
    later, later_head = back_up(desk)
    desk.ok(f"db restore {copy} --confirm {head}")
    desk.ok(ORDER.replace("P0001", "P0003"), as_="gp_specialist")
    refusal = desk.refused(f"db restore {later}", exit=10)
    assert "went another way" in refusal.err
    desk.ok(f"db restore {later} --confirm {later_head}")


def test_the_files_of_documents_come_back_too(desk, tmp_path) -> None:
    scan = tmp_path / "委托书.txt"
    scan.write_text("授权", "utf-8")
    terms = "--to finance --scope order --cap 500 --until +7d --doc 一"
    desk.ok(f"approval delegate {terms} --attach {scan}", as_="merchant_manager")
    copy, _head = back_up(desk)
    shutil.rmtree(files_of(desk.ledger))
    for path in (desk.ledger, key_path(desk.ledger)):
        path.unlink()
    desk.ok(f"db restore {copy}")
    (kept,) = files_of(desk.ledger).glob("*/*")
    assert kept.read_text("utf-8") == "授权"
