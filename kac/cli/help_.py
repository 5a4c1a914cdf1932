"""`kac help`: what an error code means and what to do, how a command is typed. Needs no ledger."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from kac.cli import lazy, manual, registry, show
from kac.cli.helppage import cells, placeholder
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column, Part
from kac.core import errorbook, i18n, rulebook
from kac.core.errorbook import ErrorEntry
from kac.core.errors import Exit
from kac.core.i18n import N_, _
from kac.core.rulebook import Ambiguity, Conflict, Rule

app = Noun(single=True)

EXITS = {
    Exit.DONE: N_("all done"),
    Exit.INTERNAL: N_("a fault of kac itself"),
    Exit.USAGE: N_("typed wrong"),
    Exit.NOT_FOUND: N_("not found, or it could mean several"),
    Exit.REFUSED: N_("refused by a rule; nothing was written"),
    Exit.NOT_PERMITTED: N_("not permitted to this person; nothing was written"),
    Exit.BAD_INPUT: N_("a value or a file is malformed; nothing was written"),
    Exit.DIFFERENCES: N_("finished, and differences were found"),
    Exit.BUSY: N_("the ledger is busy; nothing was written, try again"),
    Exit.ENVIRONMENT: N_("the machine, the disk or the ledger file is not as it should be"),
    Exit.INPUT_NEEDED: N_("a value is missing, and nobody can be asked"),
    Exit.OUTCOME_UNKNOWN: N_("the disk failed: whether it was written is not known"),
    Exit.NOT_PRINTED: N_("written, but the answer could not be printed"),
    Exit.INTERRUPTED: N_("interrupted, or answered with no"),
}
# What clerks meet most often, in the order in which a day brings it.
COMMON = (
    *("E-REF-001", "E-REF-002", "E-PER-001", "E-PER-004", "E-GAT-CUSTOMER-FILED"),
    *("E-GAT-SUPPLY-CONFIRMED", "E-GAT-MARGIN-NOT-NEGATIVE", "E-GAT-MARGIN-TIER-SIGNED"),
    *("E-GAT-REVIEWED", "E-GAT-DEPOSIT-MET", "E-GAT-PAID-IN-FULL", "E-GAT-MONEY-VERIFIED"),
    *("E-GAT-QUANTITIES-EQUAL", "E-STA-001", "E-IMP-004", "E-BUS-001", "E-OUT-001"),
)
_CODES = [
    Column("code", _("error code"), "code"),
    Column("exit", _("exit code"), "count"),
    Column("means", _("means"), priority=8),
    Column("exits", _("all exit codes"), aside=True),
]


@app.command(
    help=_("Explain an error code, a command or a topic; alone, list what there is."),
    epilog=examples("kac help E-GAT-DEPOSIT-MET", "kac help order new", "kac help"),
)
@reading
def help_(
    asked: Reading,
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ERROR|COMMAND|TOPIC]…", help=_("what an error or a list shows")),
    ] = None,
) -> None:
    """Explain what was named."""
    if not words:
        _overview(asked)
    elif errorbook.is_code(words[0]):
        about_error(asked, errorbook.find(words[0]))
    elif name := registry.canonical(words[0]):
        lazy.root().main(
            [*words, "--help"], prog_name="kac", complete_var="", standalone_mode=False
        )
        if name in manual.TOPICS:
            show.err(_("next: {command}").format(command=f"kac guide {name}"))
    elif topic := manual.named(words[0]):
        from kac.cli.guide import page

        page(asked, topic)
    else:
        raise _unknown(words[0])


def _unknown(word: str) -> Exception:
    """Nothing of this name: commands, topics and codes that it was most likely meant for."""
    names = dict.fromkeys([*registry.GROUPS, *registry.ALIASES, *manual.TOPICS])
    meant = errorbook.near(word.lower(), names) or errorbook.near(
        f"E-{word.upper()}", errorbook.entries()
    )
    return errorbook.unknown(word, meant, "kac help")


def about_error(asked: Reading, entry: ErrorEntry) -> None:
    """Show what an error means, why, and what to do."""
    rules = [{"id": rule, "says": _statement(rule)} for rule in entry.rules]
    if manual.is_for_people(asked):
        manual.tell(asked, _page(entry, rules))
        return
    columns = [
        *_CODES,
        Column("mend", _("what to do")),
        Column("commands", _("commands")),
    ]
    why = [Column("id", _("rule"), "code"), Column("says", _("says"))]
    row = {**_line(entry), "mend": entry.mend, "commands": list(entry.commands)}
    show.record(asked, columns, row, [Part("rules", _("why"), why, rules)])


def _page(entry: ErrorEntry, rules: list[dict[str, str]]) -> str:
    """The entry as a page of the manual."""
    ends = [
        _("exit code {code}: {meaning}").format(code=code, meaning=_(EXITS[Exit(code)]))
        for code in entry.exits
    ]
    lines = [f"# {entry.code}", "", *(f"- {end}" for end in ends), ""]
    lines += [entry.means, "", "## " + _("What to do"), "", entry.mend, ""]
    if entry.commands:
        lines += ["```sh", *map(placeholder, entry.commands), "```", ""]
    if rules:
        lines += ["## " + _("Why: the rules"), ""]
        lines += [f"- {rule['id']}: {rule['says']}" for rule in rules]
    return "\n".join(lines)


def _line(entry: ErrorEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "exit": entry.exits[0],
        "means": entry.means,
        "exits": [str(code) for code in entry.exits],
    }


def _statement(rule_id: str) -> str:
    """What a rule says: to a Chinese reader in the words of the source."""
    entry = rulebook.find(rule_id)
    if isinstance(entry, Rule):
        return entry.original if i18n.language() == "zh_CN" else entry.statement
    if isinstance(entry, Ambiguity):
        return _(entry.resolution)
    assert isinstance(entry, Conflict), rule_id
    return _(entry.handling)


def _overview(asked: Reading) -> None:
    """Everything that help can be asked for."""
    if asked.format in ("csv", "ndjson"):
        show.rows(asked, _CODES, [_line(entry) for entry in errorbook.entries().values()])
        return
    if manual.is_for_people(asked):
        manual.tell(asked, _contents())
        return
    topics = [Column(key, key) for key in ("topic", "title", "about")]
    show.record(
        asked,
        [],
        {},
        [
            Part("topics", _("topics"), topics, manual.listed()),
            Part(
                "codes", _("error codes"), _CODES, [_line(e) for e in errorbook.entries().values()]
            ),
        ],
    )


def _contents() -> str:
    """The page that `kac help` alone shows."""
    ways = (
        ("kac help ERROR", _("what an error means, why, and what to do")),
        ("kac help COMMAND", _("how a command is typed, with examples")),
        ("kac guide TOPIC", _("the manual")),
        ("kac --help", _("all commands")),
    )
    lines = ["# " + _("Help"), "", *_aligned([(placeholder(way), says) for way, says in ways])]
    lines += ["", "## " + _("Topics of the manual"), ""]
    lines += _aligned([(each["topic"], each["title"]) for each in manual.listed()])
    lines += ["", "## " + _("Errors met most often"), ""]
    lines += [f"- {code}: {_first(errorbook.find(code).means)}" for code in COMMON]
    lines += [
        "",
        _("{count} error codes in all: kac help --csv").format(count=len(errorbook.entries())),
    ]
    return "\n".join(lines)


def _aligned(pairs: list[tuple[str, str]]) -> list[str]:
    """Pairs as lines of two columns that are not folded."""
    wide = max(cells(left) for left, _right in pairs)
    return ["```text", *(f"{a}{' ' * (wide - cells(a))}  {b}" for a, b in pairs), "```"]


def _first(text: str) -> str:
    """The first sentence of a text."""
    end = re.search(r"[.。](?= |$)|。", text)
    return text[: end.end()] if end else text
