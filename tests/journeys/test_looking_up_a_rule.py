"""A clerk was refused by a rule and looks it up; a manager asks what the product decides."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from kac.cli.main import main


@dataclass(frozen=True)
class Answer:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


@pytest.fixture
def kac(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys) -> Callable[..., Answer]:
    """`kac …` in English where there is no ledger and no config at all."""
    monkeypatch.setenv("KAC_DB", str(tmp_path / "none.db"))
    monkeypatch.delenv("KAC_CONFIG", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.delenv("KAC_FORMAT", raising=False)

    def run(*words: str) -> Answer:
        code = main(["--lang", "en", *words])
        return Answer(code, *capsys.readouterr())

    return run


def test_a_rule_is_shown_with_the_source_s_words_its_state_and_what_else_concerns_it(kac):
    """RTL-DEP-07 with its reading A-23 and its conflict C-06."""
    answer = kac("rule", "show", "rtl-dep-07")
    assert answer.code == 0
    for words in ("新鲜食品须收取货款总额的50%", "must", "306", "see also", "A-23", "C-06"):
        assert words in answer.out


def test_scripts_read_one_rule_as_one_object(kac):
    shown = json.loads(kac("rule", "show", "RTL-DEP-07", "--json").out)
    assert (shown["id"], shown["line"], shown["soft"]) == ("RTL-DEP-07", 306, False)
    assert [other["id"] for other in shown["related"]] == ["A-23", "C-06", "SC-03"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("A-56", "preparer ≠ approver"),
        ("C-27", "stricter"),
        ("SC-09", "separation A-56"),
        ("RTL", "280"),
    ],
)
def test_whatever_a_refusal_names_is_found(kac, typed, words):
    answer = kac("rule", "show", typed)
    assert answer.code == 0
    assert words in answer.out


def test_all_that_a_refusal_named_is_looked_up_at_once(kac):
    shown = json.loads(kac("rule", "show", "RTL-DEP-07", "A-56", "C-06", "--json").out)
    assert [(line["id"], line["kind"]) for line in shown] == [
        ("RTL-DEP-07", "must"),
        ("A-56", "ambiguity"),
        ("C-06", "conflict"),
    ]


def test_an_unknown_id_is_exit_3_with_the_nearest_to_paste(kac):
    answer = kac("rule", "show", "RTL-DEP-7")
    assert (answer.code, answer.out) == (3, "")
    assert "kac rule show RTL-DEP-07" in answer.err


def test_the_register_of_one_document_goes_to_a_spreadsheet(kac):
    listed = list(
        csv.DictReader(io.StringIO(kac("rule", "list", "--document", "gpm", "--csv").out))
    )
    assert [line["id"] for line in listed] == [f"GPM-PHY-{n:02d}" for n in range(1, 6)]
    assert {line["document"] for line in listed} == {"GPM"}


def test_the_states_divide_the_register(kac):
    sizes = {
        state: len(json.loads(kac("rule", "list", "--state", state, "--json").out))
        for state in ("done", "record", "open")
    }
    assert sum(sizes.values()) == 629
    counted = json.loads(kac("rule", "counts", "--json").out)
    assert {state: sum(row[state] for row in counted) for state in sizes} == sizes


@pytest.mark.parametrize("words", [("--document", "XYZ"), ("--state", "finished")])
def test_a_document_or_state_that_there_is_not_is_a_usage_error(kac, words):
    answer = kac("rule", "list", *words)
    assert (answer.code, answer.out) == (2, "")
    assert words[1] in answer.err
