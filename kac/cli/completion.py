"""Completion: scripts for four shells, and the answers that they ask `kac __complete` for."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from kac.cli import setting, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, one_of, reading
from kac.core.errors import KacError
from kac.core.i18n import _
from kac.core.text import shown

app = Noun(single=True)

_SCRIPTS = {
    "bash": """\
_kac() {
    local IFS=$'\\n' word
    COMPREPLY=()
    while read -r word; do
        COMPREPLY+=("$(printf '%q' "$word")")
    done < <(kac __complete -- "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f1)
}
complete -o default -F _kac kac""",
    "zsh": """\
#compdef kac
_kac() {
    local -a found
    local line
    for line in "${(@f)$(kac __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $line ]] || continue
        line=${line//:/\\\\:}
        found+=("${line/$'\\t'/:}")
    done
    if (( $#found )); then
        _describe -V kac found -U
    else
        _files
    fi
}
compdef _kac kac""",
    "fish": """\
function __kac
    set -l words (commandline -opc) (commandline -ct)
    kac __complete -- $words[2..-1] 2>/dev/null
end
complete -c kac -f -a '(__kac)'
complete -c kac -n 'not count (__kac) >/dev/null' -F""",
    "powershell": """\
Register-ArgumentCompleter -Native -CommandName kac, kac.exe -ScriptBlock {
    param($word, $ast, $position)
    $words = @($ast.CommandElements | Select-Object -Skip 1 |
        Where-Object { $_.Extent.StartOffset -lt $position } |
        ForEach-Object { if ($_.Value -is [string]) { $_.Value } else { $_.Extent.Text } })
    # An empty argument would be dropped on its way by all but the newest versions.
    $begin = if ($word) { @('--') } else { @('--next', '--') }
    $before = [Console]::OutputEncoding
    try {
        [Console]::OutputEncoding = New-Object System.Text.UTF8Encoding $false
        $told = @(& kac __complete @begin @words 2>$null)
    } finally {
        [Console]::OutputEncoding = $before
    }
    foreach ($line in $told) {
        if (-not $line) { continue }
        $value, $says = $line -split "`t", 2
        if (-not $says) { $says = $value }
        $typed = $value
        if ($value -notmatch '^[\\w./:+=-]+$') { $typed = "'" + $value.Replace("'", "''") + "'" }
        $type = 'System.Management.Automation.CompletionResult'
        New-Object $type -ArgumentList $typed, $value, 'ParameterValue', $says
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
    """Print what may stand where the last word is being typed, with a tab before what it means.

    What is wrong with the words before is said when the command is run, not at a keystroke.
    """
    from kac.cli import offers
    from kac.cli.hoist import hoist

    # After `--next` all words are whole: what comes next has not been begun.
    begun = words[:1] != ["--next"]
    words = words if begun else [*words[1:], ""]
    typed = words[1:] if words[:1] == ["--"] else words
    before, start = typed[:-1], typed[-1] if typed else ""
    try:
        chosen, _rest = hoist(before, setting.current().now)
    except KacError:
        chosen = setting.current()
    with setting.using(chosen):
        found = offers.offers(before, start)
    for pair in found:
        sys.stdout.write("\t".join(shown(part) for part in pair if part) + "\n")
