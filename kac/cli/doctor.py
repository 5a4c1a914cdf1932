"""`kac doctor`: whether this machine, this terminal and this ledger are fit for the desk."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import typer

from kac.cli import counter, places, setting, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.core.calendar import SHANGHAI, local_text, parse_instant
from kac.core.errors import EnvironmentTrouble, Exit
from kac.core.i18n import N_, _, language

app = Noun(single=True)
FINE, DOUBTFUL, BAD = "fine", "doubtful", "bad"
_WHAT = {
    "program": N_("program"),
    "assertions": N_("assertions"),
    "terminal": N_("terminal"),
    "encoding": N_("encoding"),
    "clock": N_("clock"),
    "ledger": N_("ledger"),
    "key": N_("key file"),
    "permissions": N_("permissions"),
    "disk": N_("disk"),
    "file system": N_("file system"),
    "outbox": N_("outbox"),
    "sessions": N_("sessions"),
}
_WORDS = {FINE: N_("fine"), DOUBTFUL: N_("doubtful"), BAD: N_("bad")}
_SHARED = ("nfs", "cifs", "smb", "fuse.sshfs", "9p")
_SPARE_BYTES = 64 * 2**20

Verdict = tuple[str, str, str]


@app.command(
    help=_("Look over this machine and the ledger; exit 9 where something is bad."),
    epilog=examples("kac doctor", "kac doctor --json"),
)
@reading
def doctor(asked: Reading) -> None:
    """Look over the machine and the ledger."""
    found = [verdict for look in _LOOKS for verdict in look(counter.ledger_path())]
    columns = [
        Column("what", _("what"), "state", words=_WHAT),
        Column("verdict", _("verdict"), "state", words=_WORDS),
        Column("says", _("found")),
    ]
    listed: list[dict[str, Any]] = [
        {"what": what, "verdict": verdict, "says": says} for what, verdict, says in found
    ]
    show.rows(asked, columns, listed)
    if any(row["verdict"] == BAD for row in listed):
        raise typer.Exit(int(Exit.ENVIRONMENT))


def _program(_ledger: Path) -> Iterator[Verdict]:
    from kac import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    yield "program", FINE, f"kac {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}"
    if not __debug__:
        yield "assertions", BAD, _("python -O takes the assertions away: run without it")


def _terminal(_ledger: Path) -> Iterator[Verdict]:
    if find_spec("wcwidth") is None:
        yield "wcwidth", BAD, _("without wcwidth tables with Chinese are crooked")
    encoding = (sys.stdout.encoding or "").lower()
    size = shutil.get_terminal_size()
    yield "terminal", FINE, f"{encoding}, {size.columns} x {size.lines}, {language()}"
    if encoding.replace("-", "") not in ("utf8", "gb18030", "gbk", "cp936"):
        yield "encoding", DOUBTFUL, _("{encoding} cannot show Chinese").format(encoding=encoding)


def _clock(ledger: Path) -> Iterator[Verdict]:
    now = setting.current().now
    said = f"{local_text(now)} {SHANGHAI.key}, {setting.today()}"
    last = _last_entry(ledger)
    if last and now < parse_instant(last):
        said = _("{now}, but the ledger's last entry is of {last}").format(
            now=local_text(now), last=local_text(parse_instant(last))
        )
        yield "clock", BAD, said
    else:
        yield "clock", FINE, said


def _last_entry(ledger: Path) -> str:
    if not ledger.is_file():
        return ""
    try:
        with counter.reading_ledger() as reader:
            return str(reader.value("SELECT max(at) FROM audit") or "")
    except EnvironmentTrouble:
        # What is wrong with the ledger is told by the look at the ledger.
        return ""


def _ledger(ledger: Path) -> Iterator[Verdict]:
    from kac.db.audit import key_path

    try:
        with counter.reading_ledger() as reader:
            seq = reader.value("SELECT max(seq) FROM audit")
        yield "ledger", FINE, _("{path}, {count} entries").format(path=ledger, count=seq)
    except EnvironmentTrouble as trouble:
        yield "ledger", BAD, trouble.message
        return
    for path in (ledger, key_path(ledger)):
        if not path.is_file():
            yield "key", BAD, _("{path} is gone; nothing can be written").format(path=path)
        elif os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            said = _("others can read or write {path}: chmod 600").format(path=path)
            yield "permissions", DOUBTFUL, said


def _disk(ledger: Path) -> Iterator[Verdict]:
    directory = ledger.parent
    if not directory.is_dir():
        return
    free = shutil.disk_usage(directory).free
    wanted = _SPARE_BYTES + 2 * (ledger.stat().st_size if ledger.is_file() else 0)
    said = _("{free} MiB free at {path}").format(free=free // 2**20, path=directory)
    yield "disk", FINE if free >= wanted else BAD, said
    kind = _file_system(directory)
    if kind.startswith(_SHARED):
        said = _("{path} is on {kind}: SQLite needs a disk of this machine").format(
            path=directory, kind=kind
        )
        yield "file system", BAD, said


def _file_system(directory: Path) -> str:
    """The kind of file system that a directory is on; empty where the system does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return ""
    fields = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    real = directory.resolve()
    above = [field for field in fields if real.is_relative_to(field[1])]
    return max(above, key=lambda field: len(field[1]))[2] if above else ""


def _outbox(ledger: Path) -> Iterator[Verdict]:
    from kac.db.outbox import pending

    left = pending(ledger)
    if left:
        said = _("{count} commands were never answered: kac retry").format(count=len(left))
        yield "outbox", DOUBTFUL, said


def _places(_ledger: Path) -> Iterator[Verdict]:
    state = places.state_dir()
    if os.name == "posix" and state.is_dir() and stat.S_IMODE(state.stat().st_mode) & 0o077:
        yield "sessions", DOUBTFUL, _("others can look into {path}: chmod 700").format(path=state)


_LOOKS: tuple[Callable[[Path], Iterator[Verdict]], ...] = (
    _program,
    _terminal,
    _clock,
    _ledger,
    _disk,
    _outbox,
    _places,
)
