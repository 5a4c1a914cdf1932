"""The manual and the help: what they tell a clerk to type is typed here, in both languages."""

from __future__ import annotations

import json
import os
import re
import select
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest

from kac import desk as nouns
from kac.cli import helppage, lifecycle, manual, plainpage
from kac.cli.help_ import COMMON
from kac.cli.registry import ALIASES, GROUPS
from kac.core import errorbook, i18n
from kac.core.i18n import LANGUAGES
from kac.core.machine import Machine

ROOT = Path(__file__).parents[2]

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
            whole = "\n".join(block.lines).replace("\\\n", " ")
            yield from (typed(line) for line in whole.splitlines() if line.strip())


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


def commands(markdown: str) -> list[tuple[str, ...]]:
    """The commands of a topic as far as they are the same in every language."""
    kept = re.compile(r"[a-z][a-z_-]*|--?[a-z-]+")
    told = [step for step in steps(markdown) if isinstance(step, Typed)]
    return [tuple(word for word in step.words if kept.fullmatch(word)) for step in told]


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_both_languages_tell_the_same(topic: str) -> None:
    english, chinese = (manual.source(topic, language) for language in ("en", "zh_CN"))
    assert commands(english) == commands(chinese)
    for kind in ("heading", "directive", "fence"):
        counted = [sum(b.kind == kind for b in plainpage.blocks(t)) for t in (english, chinese)]
        assert counted[0] == counted[1], kind


def test_every_page_that_is_shipped_is_a_topic() -> None:
    for language in LANGUAGES:
        shipped = {path.stem for path in (ROOT / "kac/data/guide" / language).glob("*.md")}
        assert shipped == set(manual.TOPICS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_alone_lists_its_topics_with_one_line_each(empty_desk, language: str) -> None:
    empty_desk.lang = language
    result = empty_desk.ok("guide")
    assert [line.split()[0] for line in result.out.splitlines()[1:]] == list(manual.TOPICS)
    listed = empty_desk.ok("guide --json").json
    assert all(each["title"] and each["about"] for each in listed)
    assert not any(empty_desk.home.iterdir()), "the manual needs no ledger and makes no file"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("topic", manual.TOPICS)
def test_a_page_has_no_sign_of_markup_left_and_fits_the_screen(
    empty_desk, topic: str, language: str
) -> None:
    """Commands, files and diagrams are never broken; they stand indented."""
    empty_desk.lang = language
    page = empty_desk.ok(f"guide {topic}", env={"COLUMNS": "80"}).out
    assert page.splitlines()[0] == plainpage.title(manual.source(topic, language))
    for line in page.splitlines():
        assert not re.search(r"```|\*\*|^#|^\||<!--|\]\(", line), line
        if not line.startswith("    "):
            assert "`" not in line, line
            assert helppage.cells(line) <= 80, line


def machines() -> dict[str, Machine]:
    """Every state machine of the desk, by the name under which the manual draws it."""
    found = {}
    for path in Path(nouns.__path__[0]).glob("*/states.py"):
        module = import_module(f"kac.desk.{path.parent.name}.states")
        for name, value in vars(module).items():
            if isinstance(value, Machine):
                found[f"{path.parent.name}.{name}"] = value
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_life_of_every_document_is_drawn_in_the_manual(language: str) -> None:
    drawn = {
        block.lines[0]
        for topic in manual.TOPICS
        for block in plainpage.blocks(manual.source(topic, language))
        if block.kind == "directive"
    }
    assert drawn == machines().keys()


@pytest.mark.parametrize("name", machines())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_diagram_has_every_state_and_every_verb_of_its_machine(name: str, language: str) -> None:
    from kac.cli.audit import VERBS

    machine = machines()[name]
    i18n.speak(language)
    try:
        lines = lifecycle.drawn(name).splitlines()
        for state in machine.states:
            label = machine.label(state)
            assert label in lines or f"{label} ({state})" in lines, state
            for verb in machine.verbs_from(state):
                assert any(i18n._(VERBS[verb]) in line for line in lines), verb
    finally:
        i18n.speak("en")


def test_a_diagram_is_drawn_from_the_table_and_from_nothing_else(monkeypatch) -> None:
    monkeypatch.setenv("KAC_ASCII", "1")
    verbs = {
        "send": {"a": "b"},
        "edit": {"a": "a", "b": "a"},
        "close": {"b": "c"},
        "void": {"a": "d", "b": "d"},
    }
    labels = {"a": "a", "b": "bee", "c": "c", "d": "d"}
    drawn = lifecycle.diagram(Machine("probe", "a", verbs, labels))
    assert drawn.splitlines() == [
        "a",
        "  | edit",
        "  | make void -> d",
        "  v send",
        "bee (b)",
        "  | edit -> a",
        "  | make void -> d",
        "  v close",
        "c",
        "",
        "d",
    ]


def test_a_topic_is_found_by_its_name_its_beginning_and_words_of_its_title(empty_desk) -> None:
    for word, topic in (
        ("order", "order"),
        ("quot", "quotations"),
        ("MONTH-END", "month-end"),
        ("缺货", "shortage"),
        ("goods are short", "shortage"),
    ):
        assert empty_desk.ok(["guide", word, "--json"]).json["topic"] == topic, word


def test_a_topic_that_there_is_not_brings_up_the_one_that_was_meant(empty_desk) -> None:
    result = empty_desk.run("guide shortige")
    assert (result.exit, result.out) == (3, "")
    assert "error[E-REF-004]" in result.err
    assert "did you mean: shortage" in result.err
    assert "do: kac guide shortage" in result.err


def test_scripts_and_files_get_the_manual_as_they_ask_for_it(empty_desk) -> None:
    shown = empty_desk.ok("guide order").out
    told = empty_desk.ok("guide order --json").json
    assert (told["topic"], told["language"], told["text"]) == ("order", "en", shown.rstrip("\n"))
    assert empty_desk.ok("guide order --format md").out == manual.source("order", "en")
    for name, text in (("o.md", manual.source("order", "en")), ("o.txt", shown)):
        path = empty_desk.home / name
        empty_desk.ok(f"guide order -o {path}")
        assert path.read_text("utf-8") == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_alone_shows_the_topics_and_the_errors_met_most(empty_desk, language: str) -> None:
    empty_desk.lang = language
    page = empty_desk.ok("help").out
    for name in (*manual.TOPICS, *COMMON, str(len(errorbook.entries()))):
        assert name in page, name
    told = empty_desk.ok("help --json").json
    assert [each["topic"] for each in told["topics"]] == list(manual.TOPICS)
    assert [each["code"] for each in told["codes"]] == list(errorbook.entries())
    assert len(empty_desk.ok("help --csv").out.splitlines()) == len(errorbook.entries()) + 1


def test_an_error_is_explained_with_its_exit_code_its_rules_and_what_to_do(empty_desk) -> None:
    """RTL-DEP-06 and its like in testable words to an English reader."""
    page = empty_desk.ok("help E-GAT-DEPOSIT-MET").out
    for words in ("exit code 4: refused by a rule", "What to do", "kac deposit quote ORDER"):
        assert words in page
    assert "RTL-DEP-06: Deposit generally 30 % of the goods total." in page


def test_an_error_is_explained_in_chinese_with_the_words_of_the_source(empty_desk) -> None:
    """RTL-DEP-06."""
    empty_desk.lang = "zh_CN"
    page = empty_desk.ok("help E-GAT-DEPOSIT-MET").out
    for words in ("定金不足最低额", "kac deposit quote 订货单", "定金一般收取货款总额的30%"):
        assert words in page
    assert not re.search("What to do|exit code|Why", page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_has_its_page(empty_desk, language: str) -> None:
    empty_desk.lang = language
    for code, entry in errorbook.entries().items():
        page = empty_desk.ok(f"help {code}", env={"COLUMNS": "80"}).out
        assert page.startswith(f"{code}\n====")
        assert all(rule in page for rule in entry.rules)
        told = empty_desk.ok(f"help {code.lower()} --json").json
        assert (told["code"], told["exit"]) == (code, entry.exits[0])
        assert (told["means"], told["mend"]) == entry.texts[language]
        assert told["commands"] == list(entry.commands)
        assert [rule["id"] for rule in told["rules"]] == list(entry.rules)
        assert all(rule["says"] for rule in told["rules"])


def test_what_an_error_shows_is_what_help_knows(desk) -> None:
    """The code of a real refusal, looked up as it stands."""
    order = "order new -c KH0001 -l P0001:9999 --need-by +7d --submit --json"
    error = desk.refused(order, as_="gp_specialist").error
    told = desk.ok(f"help {error['code']} --json").json
    assert told["exit"] == error["exit"] == 4
    assert set(error["rules"]) <= {rule["id"] for rule in told["rules"]}


@pytest.mark.parametrize(
    ("words", "same"),
    [("order", "order"), ("o", "order"), ("order new", "order new"), ("todo", "todo")],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_help_for_a_command_is_its_own_help(empty_desk, language, words, same) -> None:
    empty_desk.lang = language
    assert empty_desk.ok(f"help {words}").out == empty_desk.ok(f"{same} --help").out


def test_help_for_a_topic_is_its_page(empty_desk) -> None:
    assert empty_desk.ok("help shortage").out == empty_desk.ok("guide shortage").out


@pytest.mark.parametrize(
    ("typed", "exit", "meant"),
    [
        ("help E-GAT-DEPOSIT-MTE", 3, "E-GAT-DEPOSIT-MET"),
        ("help E-GAT-DEPOSIT", 3, "E-GAT-DEPOSIT-METHOD"),
        ("help E-VAL-999", 3, "E-VAL-"),
        ("help oder", 3, "order"),
        ("help shortige", 3, "shortage"),
        ("help GAT-PAID-IN-FULL", 3, "E-GAT-PAID-IN-FULL"),
        ("help order nwe", 2, "new"),
        ("ordr", 2, "order"),
        ("order lst", 2, "list"),
        ("order list --jsn", 2, "--json"),
        ("guid", 2, "guide"),
    ],
)
def test_a_word_typed_wrong_brings_up_the_one_that_was_meant(
    empty_desk, typed: str, exit: int, meant: str
) -> None:
    result = empty_desk.run(typed)
    assert (result.exit, result.out) == (exit, "")
    assert meant in result.err.split("did you mean: ")[1].splitlines()[0]


def test_a_word_typed_wrong_is_told_in_chinese_too(empty_desk) -> None:
    empty_desk.lang = "zh_CN"
    for command in ("help oder", "ordr", "order list --jsn", "guide shortige"):
        said = empty_desk.run(command).err
        assert re.search("order|--json|shortage", said)
        assert "did you mean" not in said


ADDRESSES = re.compile(r"[\w./-]*(?:_|/|\.)[\w./-]*|[A-Z][A-Za-z/-]*|kac(?: [a-z-]+)*")
# What a Chinese reader knows by these names.
KNOWN = {*manual.TOPICS, *GROUPS, *ALIASES, "sale", "supply", "shell", "enter", "exit"}


@pytest.mark.parametrize("topic", [topic for topic in manual.TOPICS if topic != "glossary"])
def test_the_chinese_manual_has_no_english_word_but_names(topic: str) -> None:
    for block in plainpage.blocks(manual.source(topic, "zh_CN")):
        if block.kind in ("fence", "directive"):
            continue
        text = ADDRESSES.sub(" ", re.sub("`[^`]*`", " ", " ".join(block.lines)))
        strange = set(re.findall("[a-z]{4,}", text)) - KNOWN - {"month", "year"}
        assert not strange, text


@pytest.mark.parametrize("topic", manual.TOPICS)
def test_the_chinese_manual_speaks_as_the_desk_does(topic: str) -> None:
    """Nobody is 您 or asked with 请, and the words are those of the catalogue."""
    text = manual.source(topic, "zh_CN")
    assert not re.search("您|(?<!申)请(?!求)|账本|缺省|：", text)


def screenful(desk, *words: str, lines: int) -> str:
    """What a terminal of so many lines shows of a command."""
    ours, theirs = os.openpty()
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TERM": "dumb",
        "LINES": str(lines),
        "COLUMNS": "80",
        "KAC_PAGER": "sed s/^/paged:/",
        **desk.environment(),
    }
    command = [sys.executable, "-m", "kac", *words]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    shown = b""
    while select.select([ours], [], [], 30)[0]:
        try:
            read = os.read(ours, 65536)
        except OSError:
            # Nobody holds the other end any more.
            break
        shown += read
        if not read:
            break
    os.close(ours)
    assert process.wait(30) == 0
    return shown.decode()


@pytest.mark.skipif(os.name != "posix", reason="a terminal of POSIX")
def test_a_page_longer_than_the_screen_goes_through_the_pager_and_a_pipe_never(empty_desk) -> None:
    assert screenful(empty_desk, "guide", "shortage", lines=10).startswith("paged:When goods")
    assert screenful(empty_desk, "guide", "shortage", lines=500).startswith("When goods")
    piped = empty_desk.ok("guide shortage", env={"KAC_PAGER": "sed s/^/paged:/"}).out
    assert piped.startswith("When goods")


@pytest.mark.parametrize("language", LANGUAGES)
def test_kac_alone_shows_the_counts_of_today_and_five_examples(desk, language: str) -> None:
    desk.lang = language
    before = desk.ok("").out.splitlines()
    desk.ok("order new -c KH0001 -l P0001:5 --need-by +7d", as_="gp_specialist")
    after = desk.ok("").out.splitlines()
    examples = [line for line in after if line.startswith("  kac ")]
    assert len(examples) == 5
    assert any(line.startswith("  kac guide") for line in examples)
    counts = [[int(line.split()[0]) for line in page[2:7]] for page in (before, after)]
    assert [new - old for old, new in zip(*counts, strict=True)] == [1, 1, 0, 0, 0]
    if language == "zh_CN":
        assert not re.search("[a-z]{4,}", re.sub(r"kac [^ ]+.*?  |kac \S+", " ", " ".join(after)))


def test_the_json_of_help_is_the_same_in_both_languages_but_for_its_sentences(empty_desk) -> None:
    def facts(language: str) -> str:
        empty_desk.lang = language
        told = empty_desk.ok("help E-GAT-DEPOSIT-MET --json").json
        return json.dumps([told["exit"], told["commands"], [r["id"] for r in told["rules"]]])

    assert facts("en") == facts("zh_CN")
