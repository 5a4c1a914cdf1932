"""The front door: help for everything, errors that say what to do, one exit code for each kind."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
import typer

from kac.cli import lazy
from kac.cli.registry import ALIASES, GROUPS
from kac.core import i18n

ROOT = Path(__file__).parents[2]


def every_command() -> list[str]:
    """Every command there is, as it is typed."""
    found = []
    for name in GROUPS:
        if not (ROOT / Path(*GROUPS[name].module.split(".")).with_suffix(".py")).is_file():
            continue
        verbs = getattr(lazy.load(name), "commands", None)
        found += [f"{name} {verb}" for verb in verbs] if verbs else [name]
    return found


COMMANDS = every_command()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example_and_shares_its_options(empty_desk, command) -> None:
    long, short = (empty_desk.ok(f"{command} {option}") for option in ("--help", "-h"))
    assert long.out == short.out
    assert "Examples:" in long.out
    example = long.out.split("Examples:")[1]
    assert re.search(rf"kac (--(?:as|db) \S+ )?{command.split()[0]}", example) or "KAC_" in long.out
    assert "--json" in long.out or command == "shell"
    reads, writes = "--columns" in long.out, "--dry-run" in long.out
    if command not in ("demo", "run", "shell"):
        assert reads != writes, "a command reads or writes, and has the options of that"
    assert not any(empty_desk.home.iterdir()), "help touches no ledger and makes no file"


def test_aliases_are_the_declared_ones_and_mean_the_same(empty_desk) -> None:
    assert {"a", "c", "d", "o", "p", "q", "r", "s"} <= ALIASES.keys()
    assert all(len(alias) <= 2 and alias not in GROUPS for alias in ALIASES)
    assert len(ALIASES) == sum(len(group.aliases) for group in GROUPS.values()), (
        "each is declared once"
    )
    for alias, name in ALIASES.items():
        whole, short = (empty_desk.run(f"{word} --help") for word in (name, alias))
        assert whole == short


def test_kac_alone_shows_the_day_and_the_commands_typed_most(desk) -> None:
    page = desk.ok("").out.splitlines()
    assert len(page) <= 14
    assert "2026-11-20" in page[1]
    assert sum(line.startswith("  kac ") for line in page) == 5


def test_kac_alone_shows_the_way_to_a_ledger_where_there_is_none(empty_desk) -> None:
    assert "kac init --training" in empty_desk.ok("").out


def test_a_ledger_that_is_not_there_is_exit_9_with_the_way_to_one(empty_desk) -> None:
    result = empty_desk.run("staff list")
    assert (result.exit, result.out) == (9, "")
    assert "do: kac init --training" in result.err


WRONG = [
    ("ordr", "E-CLI-002", "did you mean: order"),
    ("staff lst", "E-CLI-002", "did you mean: list"),
    ("staff list --jsn", "E-CLI-004", "--json"),
    ("staff list --role", "E-CLI-003", "--role needs a value"),
    ("staff list --json=yes", "E-CLI-003", "--json takes no value"),
    ("staff list extra words", "E-CLI-009", "extra words"),
    ("staff show", "E-CLI-008", "STAFF is missing"),
    ("staff list --format xml", "E-CLI-005", "ndjson"),
    ("staff list --csv --format md", "E-CLI-006", "csv, md"),
    ("staff list --columns pin", "E-CLI-007", "roles"),
    ("staff list --sort -pin", "E-CLI-007", "roles"),
    ("staff list --limit 0", "E-CLI-005", "0"),
    ("staff list --db", "E-CLI-003", "--db PATH"),
    ("staff show \udcff", "E-CLI-010", "not text"),
    ("staff list --color blue", "E-CLI-005", "always"),
]


@pytest.mark.parametrize(("command", "code", "says"), WRONG)
def test_a_usage_error_is_exit_2_says_what_was_meant_and_draws_no_box(
    desk, command, code, says
) -> None:
    result = desk.refused(command, exit=2)
    assert result.err.startswith(f"error[{code}]: ")
    assert says in result.err
    assert result.out == ""
    assert "╭" not in result.err
    assert "Traceback" not in result.err


def test_a_noun_alone_shows_its_verbs(desk) -> None:
    result = desk.run("staff")
    assert result.exit == 2
    assert "passwd" in result.err


def test_an_error_is_one_json_object_for_scripts(desk) -> None:
    result = desk.refused("staff add x y --json", exit=5)
    assert result.out == ""
    assert result.error["code"] == "E-PER-004"
    assert result.error["exit"] == 5
    assert result.error["fix"] == ["kac staff add x y --json --as administrator"]


def test_options_for_the_whole_program_stand_anywhere_before_two_dashes(desk) -> None:
    assert desk.ok("whoami --as finance --json").json["staff"] == "finance"
    assert desk.ok("--as=finance whoami --json").json["staff"] == "finance"
    assert desk.run("staff show -- --debug").exit == 3


@pytest.mark.parametrize("day", ["20260931", "2026-13-01", "86400", "soon"])
def test_a_day_that_no_calendar_has_is_never_guessed_at(desk, day) -> None:
    result = desk.refused(f"audit log --since {day}", exit=6)
    assert day in result.err


def test_a_day_still_to_come_is_not_booked(desk) -> None:
    add = "staff add x y --role finance --as administrator"
    assert "E-VAL-013" in desk.refused(f"{add} --on 2026-11-21", exit=6).err
    assert "E-VAL-013" in desk.refused(f"{add} --on tomorrow", exit=6).err
    desk.ok(f"{add} --on yesterday")
    assert desk.sql("SELECT max(on_day), min(on_day) FROM audit WHERE command = 'staff add'") == [
        ("2026-11-19", "2026-11-19")
    ]


def test_a_request_id_is_a_plain_word(desk) -> None:
    add = "staff add x y --role finance --as administrator --request-id"
    for id in ("../../x", "a b", "x" * 65, "ü"):
        assert "E-VAL-006" in desk.refused([*add.split(), id], exit=6).err


def test_what_was_typed_cannot_drive_the_terminal(desk) -> None:
    result = desk.refused(["staff", "show", "\x1b[31mred\u202e"], exit=3)
    assert "\x1b" not in result.err
    assert "\u202e" not in result.err
    assert "\\u001b[31mred\\u202e" in result.err


def test_an_internal_error_is_one_line_and_its_traceback_only_on_demand(desk) -> None:
    with mock.patch("kac.desk.staff.queries.everybody", side_effect=ValueError("boom\nmore")):
        plain, debugged = desk.run("staff list"), desk.run("staff list --debug")
    assert plain.exit == debugged.exit == 1
    assert plain.err.startswith("error[E-SYS-500]: internal error: boom\n")
    assert "cli/staff.py" in plain.err.replace(os.sep, "/")
    assert "Traceback" not in plain.err
    assert "Traceback" in debugged.err


@pytest.mark.parametrize("interruption", [KeyboardInterrupt, typer.Abort])
def test_an_interruption_is_exit_130(desk, interruption) -> None:
    with mock.patch("kac.desk.staff.queries.everybody", side_effect=interruption):
        result = desk.run("staff list")
    assert result.exit == 130
    assert "interrupted" in result.err


@pytest.mark.parametrize(("answer", "exit"), [("n", 130), ("y", 130), ("finance", 0)])
def test_a_grave_question_is_answered_with_the_number_and_no_mere_yes(desk, answer, exit) -> None:
    with mock.patch("kac.cli.setting.may_ask", return_value=True):
        result = desk.run("staff disable finance", as_="administrator", stdin=f"{answer}\n")
    assert result.exit == exit
    assert desk.ok("staff show finance --json").json["active"] is bool(exit)


@pytest.mark.parametrize(
    ("option", "env", "spoken"),
    [
        ("--lang zh", {"KAC_LANG": "en"}, "zh_CN"),
        ("", {"KAC_LANG": "zh"}, "zh_CN"),
        ("", {"KAC_LANG": "", "LC_ALL": "zh_CN.UTF-8"}, "zh_CN"),
        ("", {"KAC_LANG": "", "LC_ALL": "fr_FR.UTF-8"}, "en"),
        ("", {"KAC_LANG": "", "LC_ALL": "C"}, "zh_CN"),
        ("--lang en", {"KAC_LANG": "", "LC_ALL": "C"}, "en"),
    ],
)
def test_the_language_is_asked_of_option_environment_locale_and_then_the_ledger(
    empty_desk, option, env, spoken
) -> None:
    empty_desk.ok("init --training --language zh_CN")
    empty_desk.ok(f"whoami {option}", env=env)
    assert i18n.language() == spoken


def kac(desk, *words: str, stdout: object) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        **desk.environment(),
    }
    return subprocess.run(
        [sys.executable, "-m", "kac", *words],
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        check=False,
    )


def test_a_reader_who_goes_away_is_no_error(desk) -> None:
    receiving, sending = os.pipe()
    os.close(receiving)
    done = kac(desk, "staff", "list", stdout=sending)
    os.close(sending)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_an_answer_that_cannot_be_printed_is_exit_12_and_found_again(desk) -> None:
    with open("/dev/full", "w") as full:
        words = [
            "--as",
            "administrator",
            "staff",
            "add",
            "wang",
            "王敏",
            "--role",
            "finance",
            "-q",
            "--request-id",
            "full",
        ]
        done = kac(desk, *words, stdout=full)
    assert done.returncode == 12
    assert "wang is written" in done.stderr
    assert desk.ok("status full --json").json["state"] == "committed"
    settled = desk.ok("retry --json").json
    assert [(row["state"], row["number"]) for row in settled] == [("committed", "wang")]
    assert desk.ok("retry --json").json == []


def test_a_ledger_is_made_for_its_owner_alone_and_never_over_a_file(empty_desk) -> None:
    empty_desk.ok("init --training")
    for file in empty_desk.home.glob("ledger.db*"):
        assert file.stat().st_mode & 0o077 == 0, file
    again = empty_desk.refused("init --training", exit=9)
    assert "E-ENV-013" in again.err


def test_a_founding_that_fails_leaves_no_half_ledger(empty_desk) -> None:
    with mock.patch("kac.exchange.imports.run", side_effect=ValueError("boom")):
        assert empty_desk.run("init --training").exit == 1
    assert [file.name for file in empty_desk.home.glob("ledger*")] == []
    empty_desk.ok("init --training")


@pytest.mark.parametrize(
    ("given", "missing"),
    [
        ("", "--company"),
        ("--company X", "--admin"),
        ("--company X --admin a", "--admin-name"),
    ],
)
def test_a_founding_without_a_terminal_names_the_option_that_is_missing(
    empty_desk, given, missing
) -> None:
    result = empty_desk.run(f"init {given} --json")
    assert result.exit == 10
    assert result.error["refs"] == {"option": missing}
    assert not empty_desk.ledger.exists()
