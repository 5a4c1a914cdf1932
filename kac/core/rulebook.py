"""The rule register: the law of the desk as shipped data, and how much of it the product decides.

Every id that a refusal, a gate or a test names is looked up here.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.core.text import folded, shown
from kac.core.values import dataclass

DATA_DIR = Path(__file__).parent.parent / "data"
DONE, RECORD, OPEN = STATES = ("done", "record", "open")

# What people read of each kind of entry; the catalogue has these texts beside the messages.
SPOKEN = {
    "ambiguity": ("question", "resolution"),
    "conflict": ("topic", "sources", "conflict", "handling"),
    "scenario": ("given", "expected"),
    "document": ("title", "business"),
}
_NAMED = re.compile(r"\b(?:[A-Z]{3}-[A-Z0-9]+|SC|A|C)-\d\d\b")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. `original` is what the source says on `line`, `statement` how that is tested.

    `kind` is must, must-not, may or info. A soft rule is scheduled or reported and never blocks.
    """

    id: str
    document: str
    line: int
    original: str
    statement: str
    entity: str
    kind: str
    soft: bool


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A question that the sources leave open (A-nn), and how this product reads it."""

    id: str
    question: str
    resolution: str


@dataclass(frozen=True, slots=True)
class Conflict:
    """Sources that contradict each other (C-nn), and how one system holds them.

    `rules` are the ids that `sources` speaks of, with ranges and families spelled out.
    """

    id: str
    topic: str
    rules: tuple[str, ...]
    sources: str
    conflict: str
    handling: str


@dataclass(frozen=True, slots=True)
class Scenario:
    """An acceptance case (SC-nn): what is given, and what must come of it."""

    id: str
    set: str
    given: str
    expected: str


@dataclass(frozen=True, slots=True)
class Document:
    """A source document; `id` is the prefix of its rules. Lines count from 1."""

    id: str
    title: str
    first_line: int
    last_line: int
    business: str


Entry = Rule | Ambiguity | Conflict | Scenario | Document

_REGISTERS: dict[str, Callable[..., Entry]] = {
    kind.__name__.lower(): kind for kind in (Rule, Ambiguity, Conflict, Scenario, Document)
}


@dataclass(frozen=True, slots=True)
class Count:
    """How many rules of one document stand in each state."""

    document: Document
    total: int
    done: int
    record: int
    open: int


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the sources."""
    return tuple(entry for entry in map(_made, _written().values()) if isinstance(entry, Rule))


@cache
def documents() -> tuple[Document, ...]:
    """The source documents in order; HDR is the bare heading before the first."""
    return tuple(entry for entry in map(_made, _written().values()) if isinstance(entry, Document))


def find(reference: str) -> Entry:
    """The rule, ambiguity, conflict, scenario or document of this id; NotFound names near ids."""
    wanted = folded(reference).upper()
    if wanted in _written():
        return _made(_written()[wanted])
    near = _near(wanted)
    raise NotFound(
        _('no rule has the id "{reference}"').format(reference=shown(reference)),
        code="E-REF-003",
        cause=[_("near it: {ids}").format(ids=", ".join(near))] if near else [],
        fix=[f"kac rule show {near[0]}"] if near else ["kac rule list"],
    )


def related(entry_id: str) -> tuple[str, ...]:
    """The ids that an entry names, then those of the entries that name it (not for documents)."""
    if not _NAMED.fullmatch(entry_id):
        return ()
    written = _written()
    whole = re.compile(rf"\b{entry_id}\b")
    named = [name for name in _NAMED.findall(written[entry_id]) if name in written]
    naming = [name for name, line in written.items() if whole.search(line)]
    return tuple(name for name in dict.fromkeys(named + naming) if name != entry_id)


def decided_by(rule_id: str) -> str:
    """The gate or verb that decides a rule; empty for a rule that none decides."""
    return done().get(rule_id, "") if rule_id in _done_text() else ""


@cache
def done() -> dict[str, str]:
    """Rule id → gate or verb, for every rule that the product decides and a test names."""
    import tomllib

    table: dict[str, str] = tomllib.loads(_done_text())["rules"]
    return table


def state(rule: Rule) -> str:
    """`done` when something decides it, `record` when it asks for no check, else `open`."""
    if decided_by(rule.id):
        return DONE
    return RECORD if rule.kind == "info" or rule.soft else OPEN


def counts() -> tuple[Count, ...]:
    """Each document with its rules by state."""
    found = Counter((rule.document, state(rule)) for rule in rules())
    return tuple(
        Count(document, sum(numbers), *numbers)
        for document in documents()
        for numbers in [[found[document.id, name] for name in STATES]]
    )


def counts_table() -> str:
    """The counts as the Markdown table of the README, with a line of totals."""
    numbers = [(row.total, row.done, row.record, row.open) for row in counts()]
    heads = [(row.document.id, row.document.title) for row in counts()]
    table: list[tuple[object, ...]] = [
        ("Document", "Title", "Rules", "Done", "Record", "Open"),
        ("---", "---", "---:", "---:", "---:", "---:"),
        *(head + row for head, row in zip(heads, numbers, strict=True)),
        ("", "Total", *(sum(column) for column in zip(*numbers, strict=True))),
    ]
    return "\n".join("| " + " | ".join(map(str, row)) + " |" for row in table)


def spoken_texts() -> set[str]:
    """Every text of the registers that is not in Chinese throughout, to be translated."""
    entries = [json.loads(line) for line in _written().values()]
    texts = {each[key] for each in entries for key in SPOKEN.get(each.get("register", ""), ())}
    return {text for text in texts if re.search("[a-z]{2}|^[A-Z]+$", text)}


@cache
def _written() -> dict[str, str]:
    """Id → its line of the registers, not yet parsed: one look-up costs one line."""
    files = [(DATA_DIR / name).read_text("utf-8") for name in ("rules.jsonl", "registers.jsonl")]
    return {line.split('"', 4)[3]: line for text in files for line in text.splitlines()}


def _made(line: str) -> Entry:
    fields: dict[str, Any] = json.loads(line)
    kind = _REGISTERS[fields.pop("register", "rule")]
    return kind(**{key: tuple(v) if isinstance(v, list) else v for key, v in fields.items()})


@cache
def _done_text() -> str:
    return (DATA_DIR / "rules_done.toml").read_text(encoding="utf-8")


def _near(wanted: str) -> list[str]:
    from difflib import get_close_matches

    begun = [name for name in _written() if wanted and name.startswith(wanted)]
    return begun[:6] or get_close_matches(wanted, _written(), n=6)
