"""The screen speaks English or Chinese; scripts read the same keys, codes and figures from both."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

# What is a sentence, for people: the only values that may differ.
SAID = {"says", "label", "message", "cause", "statement", "missing"}


def facts(value: Any) -> Any:
    """A JSON value without its sentences."""
    if isinstance(value, dict):
        return {key: facts(each) for key, each in value.items() if key not in SAID}
    if isinstance(value, list):
        return [facts(each) for each in value]
    return value


@pytest.fixture(scope="module")
def busy(training_ledger, copied_desk, tmp_path_factory):
    """A desk with an order under way and one that waits for signatures; only to be read."""
    desk = copied_desk(training_ledger, tmp_path_factory.mktemp("busy"))
    desk.ok("order new -c KH0001 -l P0001:50 --need-by +7d --submit", as_="gp_specialist")
    desk.ok("order new -c KH0002 -l P0006:10@188 --need-by +7d --submit", as_="gp_specialist")
    desk.ok("order review DD20261120-0040", as_="merchant_supervisor")
    record = "deposit record DD20261120-0040 --amount 4020 --ref 2026112000010001"
    desk.ok(record, as_="finance_cashier")
    return desk


READS = [
    "order list",
    "order show DD20261120-0040",
    "explain DD20261120-0040",
    "todo --all",
    "approval list",
    "approval show SP20261120-0001",
    "deposit quote DD20261120-0040",
    "payment list",
    "stock check DD20261120-0041",
    "stock list --limit 5",
    "product show P0001",
    "customer show KH0001",
    "reconcile run",
    "staff list",
    "policy show",
    "rule show RTL-DEP-07",
    "whoami",
    "audit log --limit 5",
]


@pytest.mark.parametrize("command", READS)
def test_scripts_read_the_same_in_both_languages(busy, command) -> None:
    english, chinese = (
        busy.ok(f"--lang {lang} {command} --json", as_="finance").json for lang in ("en", "zh")
    )
    assert facts(english) == facts(chinese)


# A refusal, a lack of right, an ambiguity, a bad value, a word that is no command.
ERRORS = [
    ("deposit record DD20261120-0041 --amount 1 --ref 1", "finance_cashier", 4),
    ("dispatch new DD20261120-0040", "distribution_center", 4),
    ("deposit record DD20261120-0040 --amount 1 --ref 1", "gp_specialist", 5),
    ("order new -c 红星 -l P0001:1 --need-by +1d", "gp_specialist", 3),
    ("order new -c KH0001 -l P0001:0 --need-by +1d", "gp_specialist", 6),
    ("order new -c KH0001 -l P0001:1", "gp_specialist", 10),
    ("order take", "gp_specialist", 2),
]


@pytest.mark.parametrize(("command", "role", "exit"), ERRORS)
def test_an_error_has_the_same_code_rules_and_way_out_in_both_languages(
    busy, command, role, exit
) -> None:
    english, chinese = (
        busy.refused(f"--lang {lang} {command} --json", as_=role, exit=exit).error
        for lang in ("en", "zh")
    )
    assert facts(english) == facts(chinese)
    assert english["code"].startswith("E-")


def test_chinese_is_spoken_where_it_is_asked_for(busy) -> None:
    english, chinese = (
        busy.run(f"--lang {lang} dispatch new DD20261120-0040", as_="distribution_center").err
        for lang in ("en", "zh")
    )
    assert english != chinese
    for kept in ("E-GAT-", "RTL-PRI-02", "9,380.00", "13,400.00", "4,020.00", "SK20261120-0001"):
        assert kept in english and kept in chinese, kept
    assert json.loads(busy.ok("--lang zh order list --json").out)


ASCII_WORD = re.compile(r"[A-Za-z][A-Za-z-]{2,}")


@pytest.mark.parametrize(
    ("typed", "exit"),
    [
        ("--lang zh --color blue order list", 2),
        ("order list --lang=zh --color blue", 2),
        ("--lang zh order show 1 --db", 2),
        ("--lang zh -", 2),
        ("--lang zh order -", 2),
        ("--lang zh --config /nowhere/kac.toml order list", 9),
    ],
)
def test_what_is_wrong_with_the_options_is_said_in_the_language_that_they_name(
    busy, typed, exit
) -> None:
    told = busy.run(typed)
    assert told.exit == exit
    assert told.err.startswith("错误[E-"), told.err
    said = re.sub(r"kac \S+( --help)?|/nowhere/kac.toml|E-[A-Z]+|auto|always|never", "", told.err)
    assert not ASCII_WORD.search(said.replace("--color", "").replace("--db", "")), told.err


def test_a_file_that_is_no_ledger_is_told_in_words_of_the_desk(busy, tmp_path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"no database at all " * 100)
    assert "it is no database" in busy.run(f"--db {other} order list").err
    chinese = busy.run(f"--lang zh --db {other} order list").err.replace(str(other), "")
    assert not ASCII_WORD.search(chinese.replace("E-ENV", "")), chinese


def test_two_dashes_alone_are_no_command(busy) -> None:
    for typed in ("--", "order --"):
        told = busy.run(f"--lang zh {typed}")
        assert told.exit == 2
        assert told.err.startswith("用法: kac")


def test_help_is_offered_without_somebody_to_act(busy) -> None:
    told = busy.run("order void")
    assert told.exit == 2
    assert "kac order void --help\n" in told.err, "reading how it is typed needs no right"
