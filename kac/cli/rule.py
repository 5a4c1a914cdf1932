"""`kac rule`: what a refusal named, in the source's words and in testable ones. Needs no ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Annotated, Any

import typer

from kac.cli import show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, choice_option, examples, one_of, reading
from kac.cli.show import Column, Part
from kac.core import rulebook
from kac.core.i18n import N_, _, language
from kac.core.rulebook import Ambiguity, Conflict, Document, Entry, Rule, Scenario

app = Noun(help=_("The rules of the house, by id"))

_KINDS = {
    "must": N_("must"),
    "must-not": N_("must-not"),
    "may": N_("may"),
    "info": N_("info"),
    "ambiguity": N_("ambiguity"),
    "conflict": N_("conflict"),
    "scenario": N_("scenario"),
    "document": N_("source document"),
}
_STATES = {"done": N_("done"), "record": N_("record"), "open": N_("open")}
_OWN_WORDS = language() == "zh_CN"


def _translated(key: str, row: Mapping[str, Any]) -> str:
    """A text of the registers in the language spoken."""
    return _(row[key]) if row[key] else ""


def _text(key: str, title: str) -> Column:
    return Column(key, title, spoken=partial(_translated, key))


def _says(row: Mapping[str, Any]) -> str:
    """What an entry says: a rule in the source's own words to whoever reads them."""
    if _OWN_WORDS and row["kind"] not in rulebook.SPOKEN:
        return str(row["original"])
    return _translated("statement", row)


_LIST = [
    Column("id", _("id"), "code"),
    Column("document", _("source document"), priority=1),
    Column("state", _("state"), "state", words=_STATES),
    Column("kind", _("kind"), "state", words=_KINDS),
    Column("soft", _("soft"), "flag"),
    Column("statement", _("says"), priority=9, spoken=_says),
    Column("original", _("original words"), priority=8, aside=_OWN_WORDS),
    Column("decided_by", _("decided by"), priority=4),
    Column("entity", _("concerns"), priority=2),
    Column("line", _("line"), priority=1),
]
_RULE = [
    Column("id", _("rule"), "code"),
    Column("statement", _("says"), spoken=lambda row: "" if _OWN_WORDS else row["statement"]),
    Column("original", _("original words")),
    Column("document", _("source document"), "code"),
    _text("title", _("title")),
    Column("line", _("line"), "count"),
    Column("kind", _("kind"), "state", words=_KINDS),
    Column("soft", _("soft"), "flag"),
    Column("entity", _("concerns")),
    Column("state", _("state"), "state", words=_STATES),
    Column("decided_by", _("decided by")),
]
_OTHERS: dict[type[Entry], list[Column]] = {
    Ambiguity: [
        Column("id", _("ambiguity"), "code"),
        _text("question", _("question")),
        _text("resolution", _("read as")),
    ],
    Conflict: [
        Column("id", _("conflict"), "code"),
        _text("topic", _("topic")),
        _text("sources", _("sources")),
        _text("conflict", _("they say")),
        _text("handling", _("held as")),
    ],
    Scenario: [
        Column("id", _("scenario"), "code"),
        Column("set", _("policy set")),
        _text("given", _("given")),
        _text("expected", _("expected")),
    ],
    Document: [
        Column("id", _("source document"), "code"),
        _text("title", _("title")),
        _text("business", _("business")),
        Column("first_line", _("first line"), "count"),
        Column("last_line", _("last line"), "count"),
    ],
}


@app.command(
    "show",
    help=_("Show what an id names: a rule, A-nn, C-nn, SC-nn, a document."),
    epilog=examples("kac rule show RTL-DEP-07", "kac rule show RTL-DEP-07 A-56 C-06 --json"),
)
@reading
def show_entries(
    asked: Reading,
    ids: Annotated[list[str], typer.Argument(metavar="ID…", help=_("as a refusal named it"))],
) -> None:
    """Show one entry with all that concerns it, or several as a list."""
    entries = [rulebook.find(written) for written in ids]
    if len(entries) > 1:
        show.rows(asked, _LIST, [_line(entry) for entry in entries])
        return
    [entry] = entries
    columns = _RULE if isinstance(entry, Rule) else _OTHERS[type(entry)]
    near = [rulebook.find(name) for name in rulebook.related(entry.id)]
    see = [{**_line(other), "says": _line(other)["statement"]} for other in near]
    says = [Column("id", _("id"), "code"), Column("says", _("says"), spoken=_says)]
    show.record(asked, columns, _whole(entry), [Part("related", _("see also"), says, see)])


@app.command(
    "list",
    help=_("List the rules of all documents, or of one, or those in one state."),
    epilog=examples("kac rule list --document RTL", "kac rule list --state open --csv"),
)
@reading
def list_rules(
    asked: Reading,
    document: Annotated[
        str, typer.Option("--document", metavar="PREFIX", help=_("rules of this document"))
    ] = "",
    state: Annotated[
        Any,
        choice_option(
            "--state", of=rulebook.STATES, help=_("decided, just recorded, or not built yet")
        ),
    ] = "",
) -> None:
    """List the rules."""
    prefix = one_of(*(each.id for each in rulebook.documents()))(document.strip().upper())
    lines = [_line(rule) for rule in rulebook.rules() if prefix in ("", rule.document)]
    found = [line for line in lines if state in ("", line["state"])]
    show.rows(asked, _LIST, found, empty=_("no rule is in this state"))


@app.command(
    "counts",
    help=_("Count the rules of each document by state: done, record, open."),
    epilog=examples("kac rule counts", "kac rule counts --format md"),
)
@reading
def count_rules(asked: Reading) -> None:
    """Count the rules of each document by state."""
    rows = [
        asdict(row) | {"document": row.document.id, "title": row.document.title}
        for row in rulebook.counts()
    ]
    columns = [
        Column("document", _("source document"), "code"),
        _text("title", _("title")),
        Column("total", _("rules"), "count"),
        Column("done", _("done"), "count"),
        Column("record", _("record"), "count"),
        Column("open", _("open"), "count"),
    ]
    show.rows(asked, columns, rows)
    sums = {key: sum(row[key] for row in rows) for key in ("total", *rulebook.STATES)}
    show.err(
        _("{done} of {total} rules are done, {record} are recorded, {open} are open").format(**sums)
    )


def _whole(entry: Entry) -> dict[str, Any]:
    """An entry as its own columns show it."""
    if not isinstance(entry, Rule):
        return asdict(entry)
    document = rulebook.find(entry.document)
    assert isinstance(document, Document)
    return asdict(entry) | {"title": document.title} | _standing(entry)


def _line(entry: Entry) -> dict[str, Any]:
    """Any entry as one line of a list: what it says, and what that answers to."""
    line: dict[str, Any] = {column.key: None for column in _LIST}
    match entry:
        case Rule():
            own = asdict(entry) | _standing(entry)
        case Ambiguity():
            own = _said("ambiguity", entry.resolution, entry.question)
        case Conflict():
            own = _said("conflict", entry.handling, f"{entry.topic}: {entry.sources}")
        case Scenario():
            own = _said("scenario", entry.expected, entry.given)
        case Document():
            own = _said("document", entry.business, entry.title)
    return line | own | {"id": entry.id}


def _said(kind: str, statement: str, original: str) -> dict[str, Any]:
    return {"kind": kind, "statement": statement, "original": original}


def _standing(rule: Rule) -> dict[str, Any]:
    return {"state": rulebook.state(rule), "decided_by": rulebook.decided_by(rule.id) or None}
