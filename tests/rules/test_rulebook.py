"""The rule register: complete, consistent in itself, and honest about what is decided."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from kac.core import rulebook
from kac.core.errors import Exit, NotFound
from kac.core.rulebook import Ambiguity, Conflict, Document, Rule, Scenario
from kac.core.text import shown

RULES_PER_DOCUMENT = {
    "HDR": 4,
    "DST": 57,
    "FLW": 15,
    "PRP": 38,
    "PEX": 30,
    "CRA": 25,
    "CRB": 22,
    "GPM": 5,
    "CRC": 42,
    "CRD": 19,
    "CRE": 17,
    "CRF": 16,
    "HYP": 58,
    "CMP": 38,
    "BLK": 44,
    "CRG": 21,
    "GPA": 38,
    "CRH": 21,
    "RTL": 119,
}
REGISTERS = {"A": (67, Ambiguity), "C": (27, Conflict), "SC": (70, Scenario)}
DATA = ("rules.jsonl", "registers.jsonl")


def forget() -> None:
    """Drop what the register has read."""
    for remembered in (
        rulebook.rules,
        rulebook.documents,
        rulebook.done,
        rulebook._written,
        rulebook._done_text,
    ):
        remembered.cache_clear()


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The shipped register with a table of its own of what is done."""
    for name in DATA:
        shutil.copy(rulebook.DATA_DIR / name, tmp_path)
    monkeypatch.setattr(rulebook, "DATA_DIR", tmp_path)
    forget()
    yield tmp_path / "rules_done.toml"
    forget()


def test_the_register_holds_all_629_rules_of_the_catalogue_and_each_document_its_own():
    found = {row.document.id: row.total for row in rulebook.counts()}
    assert found == RULES_PER_DOCUMENT
    assert len(rulebook.rules()) == sum(found.values()) == 629


def test_no_id_stands_twice_in_the_files():
    lines = [
        line
        for name in DATA
        for line in (rulebook.DATA_DIR / name).read_text(encoding="utf-8").splitlines()
    ]
    ids = [re.match(r'\{"id": "([A-Z0-9-]+)"', line)[1] for line in lines]
    assert len(ids) == len(set(ids)) == 629 + 19 + 67 + 27 + 70


def test_an_id_says_of_which_document_a_rule_is_and_its_line_lies_within_that_document():
    lines = {document.id: document for document in rulebook.documents()}
    for rule in rulebook.rules():
        assert re.fullmatch(rule.document + r"-[A-Z0-9]+-\d\d", rule.id)
        document = lines[rule.document]
        # HDR also collects the watermark and the site's own words out of other documents.
        if rule.document != "HDR":
            assert document.first_line <= rule.line <= document.last_line, rule.id


def test_the_documents_follow_each_other_without_gap_or_overlap():
    documents = rulebook.documents()
    assert [document.id for document in documents] == list(RULES_PER_DOCUMENT)
    for earlier, later in zip(documents, documents[1:], strict=False):
        assert later.first_line == earlier.last_line + 1
    assert (documents[0].first_line, documents[-1].last_line) == (1, 347)


def test_every_rule_has_words_of_the_source_a_testable_statement_and_a_known_kind():
    for rule in rulebook.rules():
        assert rule.original
        assert rule.statement
        assert rule.kind in {"must", "must-not", "may", "info"}
        assert isinstance(rule.soft, bool)
        assert shown(rule.original + rule.statement) == rule.original + rule.statement


@pytest.mark.parametrize(("letter", "last", "kind"), [(k, *v) for k, v in REGISTERS.items()])
def test_ambiguities_conflicts_and_scenarios_are_numbered_through(letter, last, kind):
    for number in range(1, last + 1):
        assert isinstance(rulebook.find(f"{letter}-{number:02d}"), kind)
    with pytest.raises(NotFound):
        rulebook.find(f"{letter}-{last + 1:02d}")


def test_every_rule_that_a_conflict_speaks_of_is_in_the_register():
    for number in range(1, REGISTERS["C"][0] + 1):
        conflict = rulebook.find(f"C-{number:02d}")
        assert isinstance(conflict, Conflict)
        for rule_id in conflict.rules:
            assert isinstance(rulebook.find(rule_id), Rule)


def test_a_rule_is_found_with_the_source_s_own_words():
    rule = rulebook.find("RTL-DEP-07")
    assert isinstance(rule, Rule)
    assert rule.original == "新鲜食品须收取货款总额的50%"
    assert (rule.line, rule.kind, rule.soft, rule.entity) == (306, "must", False, "deposit")


@pytest.mark.parametrize("typed", ["rtl-dep-07", " RTL-DEP-07 ", "ＲＴＬ－ＤＥＰ－０７"])
def test_a_rule_is_found_however_the_id_is_typed(typed):
    assert rulebook.find(typed).id == "RTL-DEP-07"


def test_a_prefix_names_its_document():
    document = rulebook.find("RTL")
    assert isinstance(document, Document)
    assert (document.first_line, document.last_line) == (280, 347)


def test_a_mistyped_id_is_refused_naming_the_nearest_and_a_command_to_paste():
    with pytest.raises(NotFound) as told:
        rulebook.find("RTL-DEP-7")
    assert told.value.exit == Exit.NOT_FOUND
    assert "RTL-DEP-07" in told.value.cause[0]
    assert told.value.fix == ("kac rule show RTL-DEP-07",)


def test_half_an_id_is_refused_naming_how_it_may_go_on():
    with pytest.raises(NotFound) as told:
        rulebook.find("RTL-DSC")
    assert all(f"RTL-DSC-{number:02d}" in told.value.cause[0] for number in range(1, 7))


@pytest.mark.parametrize("typed", ["", "???"])
def test_what_resembles_no_id_is_sent_to_the_list(typed):
    with pytest.raises(NotFound) as told:
        rulebook.find(typed)
    assert told.value.cause == ()
    assert told.value.fix == ("kac rule list",)


def test_a_rule_knows_the_reading_the_conflict_and_the_scenario_that_concern_it():
    assert rulebook.related("RTL-DEP-07") == ("A-23", "C-06", "SC-03")
    assert "RTL-DEP-07" in rulebook.related("A-23")
    assert "RTL-DEP-08" in rulebook.related("C-06")


def test_a_conflict_is_not_taken_for_the_end_of_a_longer_id():
    """`C-03` is written inside `BLK-ESC-03`."""
    assert "BLK-ESC-03" not in rulebook.related("C-03")
    assert "BLK-ESC-03" in rulebook.related("C-04")


def test_every_rule_marked_done_is_a_rule_of_the_register_and_names_what_decides_it():
    for rule_id, decider in rulebook.done().items():
        assert isinstance(rulebook.find(rule_id), Rule)
        assert re.fullmatch(r"[a-z][a-z_ ]*", decider), rule_id


def test_a_rule_is_done_when_something_decides_it_and_else_open_unless_it_asks_for_no_check(
    register,
):
    register.write_text(
        '[rules]\nRTL-DEP-07 = "deposit_met"\nRTL-DEP-10 = "deposit_met"\n', encoding="utf-8"
    )
    states = {rule.id: rulebook.state(rule) for rule in rulebook.rules()}
    assert states["RTL-DEP-07"] == "done"
    assert states["RTL-DEP-10"] == "done", "an info rule may be decided too"
    assert states["RTL-DEP-06"] == "open"
    assert states["RTL-DEP-09"] == "open", "a rule of kind may still has to be built"
    assert states["RTL-PRI-01"] == "record", "kind info"
    assert states["RTL-VIS-01"] == "record", "must, but soft"
    assert rulebook.decided_by("RTL-DEP-07") == "deposit_met"
    assert rulebook.decided_by("RTL-DEP-06") == ""


def test_the_states_of_a_document_add_up_to_its_rules(register):
    register.write_text('[rules]\nRTL-DEP-07 = "deposit_met"\n', encoding="utf-8")
    for row in rulebook.counts():
        assert row.done + row.record + row.open == row.total
    assert {row.document.id: row.done for row in rulebook.counts() if row.done} == {"RTL": 1}


def test_the_table_for_the_readme_has_every_document_and_the_sum(register):
    register.write_text('[rules]\nRTL-DEP-07 = "deposit_met"\n', encoding="utf-8")
    lines = rulebook.counts_table().splitlines()
    assert lines[0] == "| Document | Title | Rules | Done | Record | Open |"
    assert len(lines) == 2 + 19 + 1
    assert "| RTL | 大客户团购操作管理流程 | 119 | 1 | 14 | 104 |" in lines
    assert lines[-1] == "|  | Total | 629 | 1 | 251 | 377 |"
