"""Every rule that is called done is named by a test, and nobody names a rule that is not there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from kac.core import rulebook
from kac.core.errors import NotFound

ROOT = Path(__file__).parents[2]
PLACES = ("kac", "migrations", "tests", "sample_data")
TEXT = {".py", ".kac", ".toml", ".jsonl", ".json", ".po", ".pot", ".md", ".txt", ".sql"}

# The register's own tests name rules as examples, which proves nothing about the product.
NO_PROOF = {ROOT / "tests" / "rules" / "test_rulebook.py", *(ROOT / "tests" / "tidy").glob("*.py")}

PREFIXES = "|".join(document.id for document in rulebook.documents())
NAMED = re.compile(
    rf"(?<![A-Za-z0-9])((?:{PREFIXES})-[A-Z0-9]+|SC|A|C)-(\d\d(?:(?:\.\.|/)\d\d)*)(?![A-Za-z0-9-])"
)


def ids(text: str) -> Iterator[str]:
    """The ids in a text, `RTL-DSC-04..06` and `HYP-FIN-01/08` spelled out."""
    for stem, numbers in NAMED.findall(text):
        for part in numbers.split("/"):
            first, __, last = part.partition("..")
            for number in range(int(first), int(last or first) + 1):
                yield f"{stem}-{number:02d}"


def strings(source: str) -> str:
    """The string constants of a module: names in docstrings and checks count, comments do not."""
    return "\n".join(
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def unproved(done: dict[str, str], tests: list[str], stories: Sequence[str] = ()) -> list[str]:
    """The rules called done that no test names; the whole text of a told story counts."""
    named = {rule_id for source in tests for rule_id in ids(strings(source))}
    named |= {rule_id for story in stories for rule_id in ids(story)}
    return sorted(done.keys() - named)


def texts() -> Iterator[tuple[Path, str]]:
    """Every file in which an id may stand."""
    paths = [ROOT / "README.md", *(p for place in PLACES for p in (ROOT / place).rglob("*"))]
    for path in paths:
        if path.suffix in TEXT and path.is_file() and "__pycache__" not in path.parts:
            yield path, path.read_text(encoding="utf-8")


def test_every_rule_called_done_is_named_by_a_test():
    tests = [
        path.read_text(encoding="utf-8")
        for path in (ROOT / "tests").rglob("test_*.py")
        if path not in NO_PROOF
    ]
    stories = [path.read_text("utf-8") for path in (ROOT / "tests" / "journeys").glob("*.kac")]
    assert unproved(rulebook.done(), tests, stories) == []


def test_what_decides_a_done_rule_is_written_in_the_product():
    product = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "kac").rglob("*.py"))
    words = set(re.findall(r"\w+", product))
    unknown = {
        rule_id: decider
        for rule_id, decider in rulebook.done().items()
        if not set(decider.split()) <= words
    }
    assert unknown == {}


def test_every_id_named_anywhere_is_in_the_register():
    known = {rule.id for rule in rulebook.rules()}
    unknown = []
    for path, text in texts():
        for name in dict.fromkeys(ids(text)):
            if name not in known and not in_register(name):
                unknown.append(f"{path.relative_to(ROOT)}: {name}")
    assert unknown == []


def in_register(name: str) -> bool:
    """Whether the register has an entry of this id."""
    try:
        return rulebook.find(name).id == name
    except NotFound:
        return False


def test_a_rule_named_only_in_a_comment_is_not_proved():
    proved = 'def test_deposit():\n    """RTL-DSC-04..06, RTL-REC-15."""\n'
    only_said = "# RTL-DEP-07\ndef test_deposit():\n    pass\n"
    done = dict.fromkeys(("RTL-DEP-07", "RTL-DSC-05", "RTL-REC-15"), "gate")
    assert unproved(done, [proved, only_said]) == ["RTL-DEP-07"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("A-56 and C-06, see SC-09", ["A-56", "C-06", "SC-09"]),
        ("HYP-FIN-01/08/10", ["HYP-FIN-01", "HYP-FIN-08", "HYP-FIN-10"]),
        ("BLK-ESC-03", ["BLK-ESC-03"]),
        ("E-VAL-002, DD20260918-0007, UTF-8, 2026-09-18", []),
    ],
)
def test_ids_are_recognised_and_other_codes_are_not_taken_for_ids(text, found):
    assert list(ids(text)) == found
