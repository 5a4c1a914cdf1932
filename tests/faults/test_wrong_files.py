"""What stands at the ledger's path is no ledger, or not this kac's: each is told for what it is.

Exit 9, the file is not touched, and nothing is put beside it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from kac.db import head
from kac.db.audit import key_path
from kac.db.kept import keeping
from tests.conftest import Desk

COMMANDS = {
    "reading": ("order list", ""),
    "writing": ("order new -c KH0001 -l P0001:1 --need-by +7d", "gp_specialist"),
    "checking": ("db check", ""),
    "verifying": ("audit verify", ""),
    "backing up": ("db backup --to {home}", "finance"),
    "reconciling": ("reconcile run --check", "finance"),
}


def changed(sql: str) -> Callable[[Path], object]:
    """A ledger that another program has changed by a statement."""

    def change(ledger: Path) -> None:
        with sqlite3.connect(ledger) as connection:
            connection.executescript(sql)

    return change


def cut(ledger: Path) -> None:
    os.truncate(ledger, ledger.stat().st_size // 2)


def other_application(ledger: Path) -> None:
    ledger.unlink()
    changed("CREATE TABLE mails (id INTEGER PRIMARY KEY, subject TEXT)")(ledger)


def directory(ledger: Path) -> None:
    ledger.unlink()
    ledger.mkdir()


def pipe(ledger: Path) -> None:
    ledger.unlink()
    os.mkfifo(ledger)


def two_names(ledger: Path) -> None:
    os.link(ledger, ledger.with_name("other-name.db"))


def page_of_nothing(ledger: Path) -> None:
    """The page that holds the schema, with zeros in it from some byte on."""
    with ledger.open("r+b") as file:
        file.seek(100)
        file.write(bytes(3000))


CASES: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "missing": (lambda ledger: ledger.unlink(), "E-ENV-001", "there is no ledger at"),
    "directory": (directory, "E-ENV-002", "is a directory"),
    "pipe": (pipe, "E-ENV-002", "is a directory or has several names"),
    "hard link": (two_names, "E-ENV-002", "has several names"),
    "empty": (lambda ledger: ledger.write_bytes(b""), "E-ENV-003", "is not a kac ledger"),
    "text": (lambda ledger: ledger.write_text("单号,客户\n"), "E-ENV-004", "no database"),
    "other application": (other_application, "E-ENV-003", "is not a kac ledger"),
    "cut short": (cut, "E-ENV-004", "pages are damaged"),
    "zeros": (page_of_nothing, "E-ENV-004", "pages are damaged"),
    "older": (changed("PRAGMA user_version=0"), "E-ENV-005", "this kac works with"),
    "newer": (
        changed(f"PRAGMA user_version={head.VERSION + 1}"),
        "E-ENV-006",
        f"was upgraded to schema {head.VERSION + 1}",
    ),
    "trigger removed": (
        changed("DROP TRIGGER posting_no_update"),
        "E-ENV-007",
        "changed by another program",
    ),
    "view changed": (
        changed("DROP VIEW v_account; CREATE VIEW v_account AS SELECT 1 AS account"),
        "E-ENV-007",
        "changed by another program",
    ),
    "column added": (
        changed("ALTER TABLE payment ADD COLUMN discount_fen INTEGER"),
        "E-ENV-007",
        "changed by another program",
    ),
    "index added": (
        changed("CREATE INDEX quick ON payment (payer)"),
        "E-ENV-007",
        "changed by another program",
    ),
}


def standing(home: Path) -> dict[str, bytes]:
    """Every file of the directory with what it holds."""
    return {
        str(path.relative_to(home)): path.read_bytes() if path.is_file() else b""
        for path in sorted(home.rglob("*"))
    }


@pytest.mark.parametrize("case", CASES)
def test_no_command_works_on_what_is_no_ledger_or_leaves_a_trace_of_itself(desk, case) -> None:
    spoil, code, words = CASES[case]
    spoil(desk.ledger)
    before = standing(desk.home)
    for kind, (command, who) in COMMANDS.items():
        result = desk.run(command.format(home=desk.home), as_=who)
        told = result.out + result.err
        assert result.exit == 9, (kind, told)
        assert words in told, kind
        if kind not in ("checking", "backing up"):
            assert code in result.err, kind
        assert standing(desk.home) == before, kind


@pytest.mark.parametrize("case", sorted(set(CASES) - {"zeros"}))
def test_a_kac_that_stays_open_sees_what_was_done_to_the_file_in_between(desk, case) -> None:
    """The shell keeps its connections; they are asked again before every command."""
    spoil, code, _words = CASES[case]
    with keeping():
        desk.ok("order list")
        desk.ok("order new -c KH0001 -l P0003:1 --need-by +7d", as_="gp_specialist")
        spoil(desk.ledger)
        for words, who in (COMMANDS["reading"], COMMANDS["writing"]):
            result = desk.run(words, as_=who)
            assert (result.exit, code in result.err) == (9, True), result.err


def test_the_messages_tell_the_cases_apart(desk_again) -> None:
    told: dict[str, str] = {}
    for case, (spoil, _code, _words) in CASES.items():
        desk = desk_again()
        spoil(desk.ledger)
        told[case] = desk.run("order list").err.replace(str(desk.ledger), "LEDGER")
    for one, other in (
        ("missing", "empty"),
        ("empty", "text"),
        ("directory", "missing"),
        ("other application", "text"),
        ("older", "newer"),
        ("newer", "trigger removed"),
        ("cut short", "text"),
    ):
        assert told[one] != told[other]


@pytest.mark.parametrize("case", sorted(set(CASES) - {"missing"}))
def test_nothing_is_founded_where_something_stands(desk, case) -> None:
    CASES[case][0](desk.ledger)
    before = standing(desk.home)
    result = desk.run("init --training")
    assert (result.exit, "E-ENV-013" in result.err) == (9, True)
    assert standing(desk.home) == before


def test_nothing_is_founded_over_the_journal_of_a_ledger_that_is_gone(empty_desk) -> None:
    """SQLite would play the old journal into the new ledger, and spoil it."""
    journal = empty_desk.home / "ledger.db-journal"
    journal.write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600))
    result = empty_desk.run("init --training")
    assert (result.exit, "E-ENV-013" in result.err) == (9, True)
    assert str(journal) in result.err
    assert [path.name for path in empty_desk.home.glob("ledger*")] == [journal.name]


def test_a_key_without_its_ledger_is_kept_and_used(desk) -> None:
    """The ledger may be kept elsewhere for the moment: its key is all that proves it."""
    key = key_path(desk.ledger).read_bytes()
    kept = desk.home / "kept.db"
    desk.ledger.rename(kept)
    desk.ok("init --training")
    assert key_path(desk.ledger).read_bytes() == key
    desk.ledger.unlink()
    kept.rename(desk.ledger)
    assert desk.ok("audit verify --json").json["sound"]


def test_without_its_key_a_ledger_is_read_but_neither_written_nor_called_sound(desk) -> None:
    key_path(desk.ledger).unlink()
    desk.ok("order list")
    order = "order new -c KH0001 -l P0001:1 --need-by +7d"
    refusal = desk.refused(order, as_="gp_specialist", exit=9)
    assert "E-ENV-009" in refusal.err
    assert desk.run("audit verify").exit == 9
    assert desk.run("db check").exit == 9


def test_with_another_ledgers_key_no_link_holds_and_none_is_added(desk, tmp_path_factory) -> None:
    other = Desk(tmp_path_factory.mktemp("other"))
    other.ok("init --training")
    shutil.copy(key_path(other.ledger), key_path(desk.ledger))
    assert desk.run("audit verify").exit == 9
    order = "order new -c KH0001 -l P0001:1 --need-by +7d"
    assert "E-ENV-023" in desk.refused(order, as_="gp_specialist", exit=9).err


def test_an_older_ledger_says_which_command_brings_it_up(desk) -> None:
    changed("PRAGMA user_version=0")(desk.ledger)
    assert "kac db upgrade" in desk.run("order list").err


def test_a_damaged_page_is_found_by_the_check_though_the_file_still_opens(desk) -> None:
    """A page of orders is zeroed: what does not read it works on, the check does not."""
    (page,) = desk.sql("SELECT rootpage FROM sqlite_master WHERE name = 'sales_order'")[0]
    (size,) = desk.sql("PRAGMA page_size")[0]
    with desk.ledger.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(bytes(size))
    desk.ok("whoami")
    assert desk.run("db check").exit == 9
    assert desk.run("order list").exit == 9
    backup = desk.run(f"db backup --to {desk.home}", as_="finance")
    assert backup.exit == 9
    assert list(desk.home.glob("ledger-2*")) == []
