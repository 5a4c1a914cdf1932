"""Stories of the desk as transcripts: what is typed, and word for word what comes back.

`# text` explains. `on DAY` sets the business day from there on. `$ kac …` is typed at the counter
of one fresh training ledger. The lines after it are stdout, whole and exact, except that `…`
stands for anything within a line and a line of only `…` for any lines. `>2 text` is a line that
stands on stderr among others; `>= N` is the exit code, 0 where nothing is said. A command that
ends in `\\` goes on in the next line. `{home}` is the directory of the ledger.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ANY = "…"
# Not found, refused by a rule, bad input: after these the ledger stands as it stood before.
NOTHING_WRITTEN = (3, 4, 6)


@dataclass
class Step:
    """One command of a transcript with what is expected of it."""

    line: int
    command: str
    on: str
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    exit: int = 0


def steps(text: str) -> Iterator[Step]:
    """The commands of a transcript; ValueError names a line that is none of its forms."""
    on, step = "", None
    lines = iter(enumerate(text.splitlines(), start=1))
    for number, line in lines:
        if line.startswith("#"):
            continue
        if line.startswith("on ") and (step is None or not step.out or step.out[-1] == ""):
            on = line.removeprefix("on ").strip()
        elif line.startswith("$ "):
            if step:
                yield step
            command = line.removeprefix("$ ")
            while command.endswith("\\"):
                command = command[:-1] + next(lines)[1].strip()
            if not command.startswith("kac ") and command != "kac":
                raise ValueError(f"line {number}: only kac is typed here: {command}")
            step = Step(number, command.removeprefix("kac").strip(), on)
        elif step is None:
            if line.strip():
                raise ValueError(f"line {number}: nothing was typed yet: {line}")
        elif line.startswith(">= "):
            step.exit = int(line.removeprefix(">= "))
        elif line.startswith(">2 "):
            step.err.append(line.removeprefix(">2 "))
        else:
            step.out.append(line)
    if step:
        yield step


def pattern(expected: list[str]) -> str:
    """A regular expression for whole lines, each with its line feed."""
    parts = []
    for line in expected:
        if line.strip() == ANY:
            parts.append(r"(?:.*\n)*?")
        else:
            parts.append(".*".join(re.escape(part) for part in line.split(ANY)) + r"\n")
    return "".join(parts)


def unnamed(written: str) -> str:
    """Lines with commands to be pasted, without the names of who may do them."""
    return re.sub(r"(?m) --as \w+$", "", written)


def trimmed(lines: list[str]) -> list[str]:
    """Lines without the empty ones at the end, which only set commands apart."""
    while lines and not lines[-1].strip():
        lines = lines[:-1]
    return lines


@pytest.mark.parametrize("story", sorted(HERE.glob("*.kac")), ids=lambda path: path.stem)
def test_story_goes_as_it_is_told(story: Path, desk, written) -> None:
    told = list(steps(story.read_text("utf-8")))
    assert told, "a story without a command proves nothing"
    for step in told:
        words = shlex.split(step.command.replace("{home}", str(desk.home)))
        before = written() if step.exit in NOTHING_WRITTEN else None
        result = desk.run(words, on=step.on)
        where = f"{story.name}:{step.line}: kac {step.command}\n{result.out}{result.err}"
        assert result.exit == step.exit, f"exit {result.exit}, told {step.exit}: {where}"
        assert before is None or before == written(), f"refused, yet something changed: {where}"
        wanted = pattern([line.replace("{home}", str(desk.home)) for line in trimmed(step.out)])
        shown = "".join(f"{line}\n" for line in trimmed(result.out.splitlines()))
        assert re.fullmatch(wanted, shown) or re.fullmatch(wanted, unnamed(shown)), (
            f"told\n{chr(10).join(step.out)}\ncame\n{where}"
        )
        for line in step.err:
            assert any(
                re.fullmatch(pattern([line]), f"{said}\n")
                for said in (result.err + unnamed(result.err)).splitlines()
            ), f"stderr does not say: {line}\n{where}"


def test_a_transcript_that_differs_is_noticed() -> None:
    told = list(steps("on 2026-11-20\n$ kac --version\nkac 9.…\n…\nlast\n>2 x\n>= 3\n"))
    assert told == [Step(2, "--version", "2026-11-20", ["kac 9.…", "…", "last"], ["x"], 3)]
    assert re.fullmatch(pattern(told[0].out), "kac 9.1\na\nb\nlast\n")
    assert re.fullmatch(pattern(told[0].out), "kac 9.1\nlast\n")
    assert not re.fullmatch(pattern(told[0].out), "kac 8.1\nlast\n")
    assert not re.fullmatch(pattern(told[0].out), "kac 9.1\nlast\nmore\n")
    with pytest.raises(ValueError, match="only kac"):
        list(steps("$ rm x\n"))
