"""`kac run`: a file of commands, one a line, in one process; each is a commit of its own."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import field
from datetime import datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Annotated, Any

import typer

from kac.cli import identity, setting, show
from kac.cli.doubles import every_line_meant
from kac.cli.lazy import Noun
from kac.cli.options import examples
from kac.cli.sheets import json_text
from kac.cli.shelling import commands
from kac.core.errors import EnvironmentTrouble, Exit, KacError, UsageError, system_says
from kac.core.i18n import _, ngettext
from kac.core.values import dataclass

app = Noun(single=True)
_STDIN = "-"


@dataclass(frozen=True)
class Line:
    """One command of the file: where it begins, as it was written, and its words."""

    number: int
    written: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """How one command ended, and what is told of it with `--json`."""

    exit: int
    answer: dict[str, Any] = field(default_factory=dict)


@app.command(
    help=_("Run a file of commands, one a line, and stop at the first that fails."),
    epilog=examples("kac run morning.kac", "kac run morning.kac --keep-going --json", "kac run -"),
)
def run(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("one command a line; - is standard input"))
    ],
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help=_("go on after a line that fails"))
    ] = False,
    echo: Annotated[
        bool, typer.Option("--echo", help=_("show each command before it runs"))
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help=_("JSON, for scripts: a list of results"))
    ] = False,
) -> None:
    """Run a file of commands."""
    name, lines = _read(file)
    results: list[Result] = []
    with commands.warm(), identity.proving_once(), every_line_meant(), _own_input(file):
        begun = monotonic()
        for line in lines:
            if echo:
                show.err(f"$ {line.written}")
            now = setting.current().now + timedelta(seconds=monotonic() - begun)
            results.append(_listed(line, now) if as_json else _told(name, line, now))
            code = results[-1].exit
            if code == Exit.INTERRUPTED or (code and not keep_going):
                break
    if as_json:
        show.out(json_text([result.answer for result in results]))
    _end(name, lines, results, as_json)


def _read(file: str) -> tuple[str, list[Line]]:
    """What to call the file, and its commands; every line is taken apart before the first runs."""
    if file == _STDIN:
        name = _("standard input")
        return name, list(_lines(name, sys.stdin.read().removeprefix("\ufeff")))
    try:
        text = Path(file).expanduser().read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as trouble:
        said = system_says(trouble) if isinstance(trouble, OSError) else _("it is not UTF-8")
        raise EnvironmentTrouble(
            _("{path} cannot be read: {trouble}").format(path=file, trouble=said), code="E-ENV-024"
        ) from trouble
    return file, list(_lines(file, text))


def _lines(name: str, text: str) -> Iterator[Line]:
    """The commands of a text; a line that ends with a backslash goes on on the next."""
    first, written = 0, ""
    for number, line in enumerate([*text.splitlines(), ""], start=1):
        first = first or number
        written += line
        if written.endswith("\\"):
            written = written[:-1]
            continue
        words = _words(name, first, written)
        if words:
            yield Line(first, written.strip(), tuple(words))
        first, written = 0, ""


def _words(name: str, number: int, written: str) -> list[str]:
    try:
        return commands.split(written)
    except KacError as trouble:
        raise UsageError(
            f"{name}:{number}: {trouble.message}",
            code=trouble.code,
            cause=[_("nothing was run")],
        ) from trouble


def _told(name: str, line: Line, now: datetime) -> Result:
    """Run a command that speaks for itself; where it fails, say which line it was."""
    code = commands.typed(line.words, now)
    if code:
        show.err(
            _("{file}:{number}: exit {code}: {command}").format(
                file=name, number=line.number, code=code, command=line.written
            )
        )
    sys.stderr.flush()
    return Result(code)


def _listed(line: Line, now: datetime) -> Result:
    """Run a command and take down what it answers: JSON as it is, anything else as text."""
    out, err = io.StringIO(), io.StringIO()
    words = line.words if _chose_a_form(line.words) else _with_json(line.words)
    with redirect_stdout(out), redirect_stderr(err):
        code = commands.typed(words, now)
    answer = {
        "line": line.number,
        "command": list(line.words),
        "exit": code,
        "result": _parsed(out.getvalue()),
        "error": _error(err.getvalue()) if code else None,
    }
    return Result(code, answer)


def _chose_a_form(words: tuple[str, ...]) -> bool:
    plain = words[: words.index("--")] if "--" in words else words
    forms = ("-q", "--quiet", "--json", "--csv", "--format", "-o", "--output", "-h", "--help")
    return any(word.partition("=")[0] in forms for word in plain)


def _with_json(words: tuple[str, ...]) -> tuple[str, ...]:
    place = words.index("--") if "--" in words else len(words)
    return (*words[:place], "--json", *words[place:])


def _parsed(written: str) -> Any:
    try:
        return json.loads(written)
    except ValueError:
        return written.rstrip("\n") or None


def _error(written: str) -> Any:
    """The error as scripts read it; what a command says before it in passing is left out."""
    for line in reversed(written.splitlines()):
        found = _parsed(line)
        if isinstance(found, dict) and "error" in found:
            return found["error"]
    return {"message": written.strip()}


def _end(name: str, lines: list[Line], results: list[Result], as_json: bool) -> None:
    """Say how much of the file was not done; the exit code is that of its first failure."""
    failed = [result.exit for result in results if result.exit]
    if not failed:
        return
    if not as_json:
        says = ngettext(
            "{file}: {failed} of {all} command failed, {left} not run",
            "{file}: {failed} of {all} commands failed, {left} not run",
            len(lines),
        )
        left = len(lines) - len(results)
        show.err(says.format(file=name, failed=len(failed), all=len(lines), left=left))
    raise typer.Exit(failed[0])


@contextmanager
def _own_input(file: str) -> Iterator[None]:
    """Commands read nothing of the script that they stand in."""
    script = sys.stdin
    if file == _STDIN:
        sys.stdin = io.TextIOWrapper(io.BytesIO())
    try:
        yield
    finally:
        sys.stdin = script
