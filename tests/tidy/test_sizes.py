"""Small modules, short functions, and the words that stand in one place only."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KAC = ROOT / "kac"
MODULES = sorted(KAC.rglob("*.py"))
MOST_LINES = 400
MOST_LINES_OF_A_FUNCTION = 60

# What may not be written, where it may all the same, and what to write instead.
BANS = (
    (r"datetime\.now\(|date\.today\(|time\.time\(", ("core/calendar.py",), "work.now, setting"),
    (r"(?<![\w.])print\(", (), "show.out"),
    (r"(?<![\w.])float\(|\bDecimal\(", (), "integers: fen, base units, basis points"),
    (r"session\.commit\(", ("db/work.py",), "perform() commits, once"),
    (r"(?m)^\s*[\w.]+\.state = ", ("db/work.py",), "work.move"),
    (r"sqlite3\.connect\(", ("db/engine.py",), "db.engine"),
    (r"create_engine\(", ("db/engine.py",), "db.engine"),
    (r"batch_alter_table", (), "plain DDL: batch drops triggers without a word"),
    (r"\bTODO\b|\bFIXME\b|\bXXX\b|NotImplementedError", (), "do it, or leave it out"),
    (r"except Exception: *pass|except: ", (), "name what is caught, and say why"),
    (r"typer\.echo|click\.echo|rich\.print", (), "show.out, show.err"),
)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_read_in_one_sitting(path: Path) -> None:
    lines = path.read_text("utf-8").count("\n")
    assert lines <= MOST_LINES, f"{lines} lines: what is the second thing that this module is?"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_function_is_seen_at_one_glance(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)]
    sizes = {n.name: (n.end_lineno or n.lineno) - n.lineno + 1 for n in functions}
    long = {name: size for name, size in sizes.items() if size > MOST_LINES_OF_A_FUNCTION}
    assert not long, f"longer than {MOST_LINES_OF_A_FUNCTION} lines: {long}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_banned_words_stand_only_where_they_may(path: Path) -> None:
    text = path.read_text("utf-8")
    for pattern, allowed, instead in BANS:
        if path.relative_to(KAC).as_posix() not in allowed:
            found = re.search(pattern, text)
            line = text[: found.start()].count("\n") + 1 if found else 0
            assert not found, f"{name_of(path)}:{line}: {found.group()!r}; instead: {instead}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_says_in_one_sentence_what_it_is(path: Path) -> None:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8")))
    assert said, f"{name_of(path)} says nothing about itself"
    first = said.split("\n\n")[0]
    assert "\n" not in first, f"{name_of(path)}: the first sentence has one line"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_what_is_public_is_described(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]
    assert not bare, f"{name_of(path)}: nothing is said of {bare}"
