"""The README tells the truth: what it says of the code is made from the code."""

from __future__ import annotations

import re

import pytest

from kac.cli.registry import GROUPS
from kac.core.errors import Exit
from tests.tidy.refresh_readme import README, refreshed

TEXT = README.read_text("utf-8")


def test_generated_blocks_are_what_the_code_says():
    assert refreshed(TEXT) == TEXT, "run: python -m tests.tidy.refresh_readme"


def test_every_exit_code_is_told():
    told = {
        int(code) for row in re.findall(r"(?m)^\| ([\d /]+) \|", TEXT) for code in row.split("/")
    }
    assert told == {int(code) for code in Exit}


def test_every_command_named_exists():
    named = set(re.findall(r"(?m)(?:^|`)kac (?:--as \w+ )?(?:--lang \w+ )?([a-z]+)", TEXT))
    assert named
    assert named <= GROUPS.keys()


def commands_of_the_day() -> list[str]:
    section = TEXT.split("## The desk's day")[1].split("```")[1]
    lines = [line.split("  #")[0].strip() for line in section.splitlines()]
    return [line.removeprefix("kac ") for line in lines if line.startswith("kac ")]


@pytest.mark.parametrize("day", ["2026-11-20"])
def test_the_desks_day_runs_as_it_is_printed(desk, day):
    """The commands of the README, typed in their order, are all answered with exit code 0."""
    for command in commands_of_the_day():
        if command.startswith("init"):
            continue
        result = desk.run(command, on=day)
        assert result.exit == 0, (command, result.err)


def test_one_command_sets_up_and_one_tests():
    """Both commands stand alone in a block, so that `.ci/run` can take them from here."""
    found = re.findall(r"<!-- command: (\w+) -->\n```sh\n(.+)\n```", TEXT)
    assert [name for name, _command in found] == ["demo", "test"]
    assert "kac demo" in found[0][1]
    assert "pytest" in found[1][1]


def test_no_path_of_a_machine_is_named():
    assert not re.search(r"(?<![\w.])/(work|opt|tmp|root)/", TEXT)
