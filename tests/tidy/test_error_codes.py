"""Every error code that the source can raise is in the register of errors, and no other is."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from kac.cli import helppage, lazy, manual, registry
from kac.cli.help_ import COMMON, EXITS
from kac.cli.hoist import GLOBALS
from kac.core import errorbook, errors, policyfile, rulebook
from kac.core.gates import Gate, refusal
from kac.core.i18n import LANGUAGES
from kac.desk.approvals.rules import KINDS as SIGNATURES
from kac.desk.dossiers.policy import DossierPolicy

ROOT = Path(__file__).parents[2]
KAC = ROOT / "kac"
TREES = {path: ast.parse(path.read_text("utf-8")) for path in sorted(KAC.rglob("*.py"))}
CODE = re.compile(r"E-[A-Z]+-\d{3}")
GATES = "E-GAT-"


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def of_signatures() -> set[str]:
    """The gates of approvals: one for each kind of signature."""
    return {name for name, _label in SIGNATURES.values()}


def of_dossiers() -> set[str]:
    """The gates of a dossier: one for each paper, one for each thing that a paper must bear."""
    policy = DossierPolicy(**policyfile.shipped()["distributor"]["dossier"])
    papers = {f"dossier_{item.id}" for item in policy.table() if not item.is_statement}
    return papers | {
        f"dossier_{item.id}_{ask.fact}" for item in policy.table() for ask in item.asks
    }


# Where the name of a gate is made of data: the function that makes it, and all its names.
MADE: dict[tuple[str, str], Callable[[], set[str]]] = {
    ("kac.desk.approvals.rules", "_gate"): of_signatures,
    ("kac.desk.dossiers.rules", "_handed_in"): of_dossiers,
    ("kac.desk.dossiers.rules", "_bears"): of_dossiers,
}


def code_of(gate: str) -> str:
    """The code of the refusal that a gate makes."""
    return GATES + gate.replace("_", "-").upper()


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def calls(tree: ast.AST, name: str) -> Iterator[ast.Call]:
    """Every call of a function by its name, whether it is written alone or after a module's."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func
            if name == (called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")):
                yield node


def argument(call: ast.Call, name: str, place: int) -> ast.expr | None:
    """What a call hands over as the parameter of this name and place."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if place < len(call.args) else None


def literals(value: ast.expr | None) -> set[str] | None:
    """The texts that an expression can be; None where that is not written there."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str):
        return {value.value}
    if isinstance(value, ast.IfExp):
        either = (literals(value.body), literals(value.orelse))
        return None if None in either else set().union(*filter(None, either))
    return None


def gate_names() -> tuple[set[str], list[str]]:
    """(the names of all gates, the places where a name cannot be read)."""
    found: set[str] = set()
    unread: list[str] = []
    for path, tree in TREES.items():
        for function in functions(tree):
            for call in calls(function, "Gate"):
                names = _named(path, function, argument(call, "name", 0))
                found |= names or set()
                if names is None:
                    unread.append(f"{name_of(path)}:{call.lineno} in {function.name}")
    return found, unread


def _named(path: Path, function: ast.FunctionDef, value: ast.expr | None) -> set[str] | None:
    """The names that a gate made in this function can have."""
    if names := literals(value):
        return names
    if (made := MADE.get((name_of(path), function.name))) is not None:
        return made()
    if isinstance(value, ast.Attribute) and value.attr == "name":
        # A copy of another gate, which is named where it is made.
        return set()
    parameters = [each.arg for each in function.args.args]
    if not isinstance(value, ast.Name) or value.id not in parameters:
        return None
    place = parameters.index(value.id)
    handed = [
        literals(argument(call, value.id, place))
        for other, tree in TREES.items()
        if not function.name.startswith("_") or other == path
        for call in calls(tree, function.name)
    ]
    known = [names for names in handed if names is not None]
    return set().union(*known) if known else None


def raised() -> dict[str, set[int]]:
    """Every code that stands in the source, with the exit codes of the classes that raise it."""
    exits = dict(_classes())
    found: dict[str, set[int]] = {}
    for tree in TREES.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                if CODE.fullmatch(node.value):
                    found.setdefault(node.value, set())
            elif isinstance(node, ast.Call):
                for code in literals(argument(node, "code", 99)) or ():
                    name = getattr(node.func, "id", "")
                    if CODE.fullmatch(code) and name in exits:
                        found.setdefault(code, set()).add(exits[name])
            elif isinstance(node, ast.ClassDef) and node.name in exits:
                for code in _own_codes(node):
                    found.setdefault(code, set()).add(exits[node.name])
    return found


def _own_codes(node: ast.ClassDef) -> Iterator[str]:
    for line in node.body:
        target = line.targets[0] if isinstance(line, ast.Assign) else getattr(line, "target", None)
        if isinstance(target, ast.Name) and target.id == "code":
            yield from literals(getattr(line, "value", None)) or ()


def _classes() -> Iterator[tuple[str, int]]:
    """Every class of errors with its exit code; subclasses inherit it unless they say another."""
    exits = {
        name: int(kind.exit)
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.KacError)
    }
    yield from exits.items()
    for tree in TREES.values():
        for node in ast.walk(tree):
            bases = node.bases if isinstance(node, ast.ClassDef) else ()
            for base in bases:
                if isinstance(base, ast.Name) and base.id in exits and node.name not in exits:
                    yield node.name, _own_exit(node) or exits[base.id]


def _own_exit(node: ast.ClassDef) -> int:
    for line in node.body:
        if isinstance(line, ast.Assign) and ast.unparse(line.targets[0]) == "exit":
            return int(errors.Exit[ast.unparse(line.value).removeprefix("Exit.")])
    return 0


CODES = {**raised(), **{code_of(name): {int(errors.Exit.REFUSED)} for name in gate_names()[0]}}
BOOK = errorbook.entries()


def test_the_name_of_every_gate_can_be_read() -> None:
    """Each is a text where it is made, is handed over as one, or is told in MADE."""
    assert gate_names()[1] == []


def test_every_code_that_can_be_raised_is_in_the_register_and_no_other() -> None:
    assert sorted(CODES.keys() - BOOK.keys()) == [], "write it into kac/data/errors.toml"
    assert sorted(BOOK.keys() - CODES.keys()) == [], "nothing raises it any more"


def test_the_register_tells_the_exit_codes_with_which_a_code_is_raised() -> None:
    told = {code: set(entry.exits) for code, entry in BOOK.items()}
    wrong = {
        code: (found, told[code])
        for code, found in CODES.items()
        if code in told and not found <= told[code]
    }
    assert wrong == {}
    assert {code for entry in BOOK.values() for code in entry.exits} <= {int(e) for e in EXITS}


@pytest.mark.parametrize("entry", BOOK.values(), ids=lambda entry: entry.code)
def test_an_entry_says_in_both_languages_what_it_means_and_what_to_do(entry: Any) -> None:
    assert entry.texts.keys() == set(LANGUAGES)
    for language, texts in entry.texts.items():
        for text in texts:
            assert text.strip() == text and text[-1] in ".。", text
            assert ("。" in text) == (language == "zh_CN"), text
            assert not re.search("您|(?<!申)请(?!求)", text), text
            assert "  " not in text, text


@pytest.mark.parametrize("entry", BOOK.values(), ids=lambda entry: entry.code)
def test_an_entry_names_rules_that_there_are(entry: Any) -> None:
    assert [rule for rule in entry.rules if rulebook.find(rule).id != rule] == []


def test_every_refusal_by_a_gate_says_which_rules_are_behind_it() -> None:
    assert [
        code for code, entry in BOOK.items() if code.startswith(GATES) and not entry.rules
    ] == []


@pytest.mark.parametrize("entry", BOOK.values(), ids=lambda entry: entry.code)
def test_the_commands_of_an_entry_can_be_typed(entry: Any) -> None:
    """They name commands, verbs and options that there are, and places that have a word."""
    for line in entry.commands:
        words = shlex.split(line)
        if words[0] != "kac":
            assert words[0] == "chmod", line
            continue
        understood(words[1:], line)
        for word in words:
            for capitals in helppage.CAPITALS.findall(word):
                assert capitals in helppage.PLACEHOLDERS | {"NOUN"}, f"{line}: {capitals}"


def understood(words: list[str], line: str) -> None:
    """Hold a command against the tree of commands."""
    takes_value = {each.name for each in GLOBALS if each.value}
    known = {each.name for each in GLOBALS} | {"--help", "--version"}
    while words and words[0].startswith("--"):
        assert words[0] in known, line
        words = words[2:] if words[0] in takes_value else words[1:]
    if not words or words[0] == "NOUN":
        return
    name = registry.canonical(words[0])
    assert name, f"{line}: there is no command {words[0]}"
    if name == "guide" and words[1:]:
        assert words[1] in manual.TOPICS, line
    command: Any = lazy.load(name)
    verbs = getattr(command, "commands", None)
    if verbs:
        assert words[1] in verbs, f"{line}: {name} has no verb {words[1]}"
        command = verbs[words[1]]
    options = {each for parameter in command.params for each in parameter.opts} | known
    for word in words[1:]:
        assert not word.startswith("-") or word in options, f"{line}: there is no {word}"


def test_the_codes_that_help_shows_first_are_in_the_register() -> None:
    assert set(COMMON) <= BOOK.keys()


def test_the_code_of_a_gate_is_made_of_its_name() -> None:
    shut = Gate("deposit_met", ("RTL-DEP-06",), False, "")
    assert refusal([shut], "no").code == code_of("deposit_met") == "E-GAT-DEPOSIT-MET"


@pytest.mark.parametrize(
    ("source", "read"),
    [
        ('def f():\n    return Gate("a_gate", (), True, "")\n', {"a_gate"}),
        ('def f():\n    return Gate("a" if x else "b", (), True, "")\n', {"a", "b"}),
        ("def f():\n    return Gate(name=NAMES[0], rules=())\n", None),
        ('def f(name):\n    return Gate(name, (), True, "")\nf("handed_over")\n', {"handed_over"}),
        ('def f(name):\n    return Gate(name, (), True, "")\nf(other)\n', None),
    ],
)
def test_a_name_that_cannot_be_read_is_noticed(
    monkeypatch: Any, source: str, read: set[str] | None
) -> None:
    monkeypatch.setattr(f"{__name__}.TREES", {KAC / "probe.py": ast.parse(source)})
    names, unread = gate_names()
    assert (names, bool(unread)) == (read or set(), read is None)
