"""The manual and the help: what they tell a clerk to type is typed here, in both languages."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kac.cli import manual, plainpage
from kac.core.i18n import LANGUAGES

# In a comment behind a command: the exit code that it must have, where that is not 0.
_EXIT = re.compile(r"(?:exit|退出码) (\d+)")


@dataclass(frozen=True)
class Typed:
    """A line of a fenced block: its words, what the environment says, and its exit code."""

    line: str
    words: tuple[str, ...]
    env: dict[str, str]
    exit: int


@dataclass(frozen=True)
class Written:
    """A file that a topic tells to write."""

    name: str
    text: str


def steps(markdown: str) -> Iterator[Typed | Written]:
    """What a topic tells to type and to write, in order."""
    for block in plainpage.blocks(markdown):
        if block.kind != "fence":
            continue
        language, _blank, name = block.mark.partition(" ")
        if name:
            yield Written(name, "\n".join(block.lines) + "\n")
        elif language == "sh":
            yield from (typed(line) for line in block.lines if line.strip())


def typed(line: str) -> Typed:
    """A line as the shell would take it apart."""
    command, _hash, comment = line.partition(" # ")
    words = shlex.split(command)
    env = {}
    while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
        name, _equals, value = words.pop(0).partition("=")
        env[name] = value
    assert words[:1] == ["kac"], f"the manual types nothing but kac: {line}"
    told = _EXIT.search(comment)
    return Typed(line, tuple(words[1:]), env, int(told[1]) if told else 0)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", manual.TOPICS)
def test_a_topic_of_the_manual_is_typed_as_it_stands(
    desk, topic: str, language: str, tmp_path_factory, monkeypatch
) -> None:
    """Every command of every block, in order, on a fresh training ledger."""
    monkeypatch.chdir(tmp_path_factory.mktemp("desk"))
    desk.lang = language
    for step in steps(manual.source(topic, language)):
        if isinstance(step, Written):
            path = Path(step.name)
            path.write_text(step.text, "utf-8")
            path.chmod(0o600)
            continue
        result = desk.run(list(step.words), env=step.env)
        where = f"{topic} ({language}): {step.line}\n{result.out}{result.err}"
        assert result.exit == step.exit, f"exit {result.exit}, told {step.exit}: {where}"
