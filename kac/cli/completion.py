"""Completion: scripts for four shells, and the answers that they ask `kac __complete` for."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from kac.cli import registry, show
from kac.cli.hoist import GLOBALS
from kac.cli.lazy import Noun, load
from kac.cli.options import Reading, examples, one_of, reading
from kac.core.i18n import _
from kac.core.text import shown

app = Noun(single=True)
_MOST = 30

# What the numbers of a noun are, for a shell: value and description. Only these are live.
_LIVE = {
    "customer": "SELECT number AS value, name AS says FROM customer",
    "product": "SELECT code AS value, name AS says FROM product",
    "stock": "SELECT code AS value, name AS says FROM product",
    "order": "SELECT number AS value, customer_name AS says FROM v_order",
    "explain": "SELECT number AS value, customer_name AS says FROM v_order",
    "approval": "SELECT number AS value, customer_name AS says FROM v_approval",
    "deposit": "SELECT number AS value, customer_name AS says FROM v_order",
    "payment": "SELECT number AS value, customer_name AS says FROM v_payment",
    "dispatch": "SELECT number AS value, customer_name AS says FROM v_dispatch",
    "staff": "SELECT code AS value, name AS says FROM staff WHERE active = 1",
    "login": "SELECT code AS value, name AS says FROM staff WHERE active = 1",
}

_SCRIPTS = {
    "bash": """\
_kac() {
    local IFS=$'\\n'
    COMPREPLY=($(kac __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1))
}
complete -o default -F _kac kac""",
    "zsh": """\
#compdef kac
_kac() {
    local -a found
    found=(${(f)"$(kac __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null | tr '\\t' ':')"})
    _describe kac found || _files
}
compdef _kac kac""",
    "fish": """\
function __kac
    set -l words (commandline -opc) (commandline -ct)
    kac __complete -- $words[2..-1] 2>/dev/null
end
complete -c kac -f -a '(__kac)'""",
    "powershell": """\
Register-ArgumentCompleter -Native -CommandName kac -ScriptBlock {
    param($word, $ast, $position)
    $words = @($ast.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
    if (-not $word) { $words += '' }
    kac __complete -- @words 2>$null | ForEach-Object {
        $value, $says = $_ -split "`t", 2
        if (-not $says) { $says = $value }
        $type = 'System.Management.Automation.CompletionResult'
        New-Object $type -ArgumentList $value, $value, 'ParameterValue', $says
    }
}""",
}
_HOW = {
    "bash": "kac completion bash > ~/.local/share/bash-completion/completions/kac",
    "zsh": "kac completion zsh > ~/.zfunc/_kac",
    "fish": "kac completion fish > ~/.config/fish/completions/kac.fish",
    "powershell": "kac completion powershell >> $PROFILE",
}


@app.command(
    help=_("Print a completion script for bash, zsh, fish or powershell."),
    epilog=examples(*_HOW.values()),
)
@reading
def completion(
    asked: Reading,
    shell: Annotated[
        str, typer.Argument(metavar="SHELL", parser=one_of(*_SCRIPTS), help="|".join(_SCRIPTS))
    ],
) -> None:
    """Print a completion script; nothing is installed by it."""
    if asked.format or asked.output:
        row = {"shell": shell, "script": _SCRIPTS[shell]}
        columns = [show.Column("shell", _("shell"), "code"), show.Column("script", _("script"))]
        show.record(asked, columns, row)
        return
    show.out(_SCRIPTS[shell])


def answer(words: list[str]) -> None:
    """Print what may stand where the last word is being typed, with a tab before what it means."""
    typed = words[1:] if words[:1] == ["--"] else words
    before, start = typed[:-1], typed[-1] if typed else ""
    for pair in _answers(_plain(before), start):
        sys.stdout.write("\t".join(shown(part) for part in pair if part) + "\n")


def _plain(words: list[str]) -> list[str]:
    """The words without options for the whole program and their values."""
    takes_value = {each.name for each in GLOBALS if each.value}
    kept, skip = [], False
    for word in words:
        if skip:
            skip = False
        elif word in takes_value:
            skip = True
        elif word not in {each.name for each in GLOBALS}:
            kept.append(word)
    return kept


def _answers(before: list[str], start: str) -> Iterator[tuple[str, str]]:
    if not before:
        yield from _starting(start, [(name, _(g.help)) for name, g in registry.GROUPS.items()])
        if start.startswith("-"):
            yield from _starting(start, [(each.name, _(each.help)) for each in GLOBALS])
        return
    name = registry.canonical(before[0])
    if name is None:
        return
    command = load(name)
    verbs = getattr(command, "commands", None)
    if verbs is not None and len(before) == 1:
        yield from _starting(start, [(v, each.get_short_help_str()) for v, each in verbs.items()])
        return
    verb = command if verbs is None else verbs.get(before[1])
    if verb is not None:
        yield from (
            _starting(start, list(_options(verb))) if start.startswith("-") else _live(name, start)
        )


def _options(verb: object) -> Iterator[tuple[str, str]]:
    for param in verb.params:  # type: ignore[attr-defined]
        if param.param_type_name == "option":
            yield max(param.opts, key=len), param.help or ""


def _starting(start: str, known: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return (pair for pair in known if pair[0].startswith(start))


def _live(name: str, start: str) -> list[tuple[str, str]]:
    """Numbers of the ledger that begin with what is typed; the newest where nothing is yet."""
    from kac.cli.counter import ledger_path
    from kac.db.reader import reading as looking

    if name not in _LIVE or not ledger_path().is_file():
        return []
    plain = start.upper().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    with looking(ledger_path()) as reader:
        rows = reader.all(
            f"SELECT value, says FROM ({_LIVE[name]}) AS live"
            " WHERE upper(value) LIKE :start ESCAPE '\\' ORDER BY value DESC LIMIT :most",
            start=f"{plain}%",
            most=_MOST,
        )
    return [(row["value"], row["says"]) for row in rows]
