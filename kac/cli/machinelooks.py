"""The doctor's looks at this machine: program, packages, terminal, config file, places."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import kac
from kac.cli import configfile, places, screen
from kac.cli.verdict import BAD, DOUBTFUL, FINE, Verdict, judged
from kac.core import i18n
from kac.core.i18n import _

# Branches of SQLite that mended the write-ahead log's reset: the first version that is sound.
_WAL_SOUND = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
_NEEDED = (
    *("sqlmodel", "alembic", "rich", "tabulate", "wcwidth", "pypinyin", "argon2"),
    *("segno", "barcode"),
)
_EXTRAS = {"prompt_toolkit": "kac shell", "fpdf": "kac print --to pdf"}
_DATA = ("errors.toml", "rules.jsonl", "roles.toml", "policy/retail.toml", "guide/en", "bank")
_CHINESE = ("utf8", "gb18030", "gbk", "cp936")
_NARROWEST = 60


def program() -> Iterator[Verdict]:
    """The program itself, and what runs it."""
    from kac import __version__

    python = ".".join(map(str, sys.version_info[:3]))
    yield judged(
        "program",
        sys.version_info >= (3, 11),
        f"kac {__version__}, Python {python}, SQLite {sqlite3.sqlite_version}",
        _("install Python 3.11 or newer"),
    )
    if not __debug__:
        said = _("python -O takes the assertions away")
        yield Verdict("assertions", BAD, said, _("run it without -O"))
    yield _wal()


def _wal() -> Verdict:
    """kac keeps no write-ahead log; whoever opens a copy with another program should know."""
    found = sqlite3.sqlite_version_info
    sound = found >= _WAL_SOUND[0] or any(
        found[:2] == good[:2] and found >= good for good in _WAL_SOUND[1:]
    )
    if sound:
        return Verdict("wal", FINE, _("write-ahead logging is sound here; kac does without it"))
    said = _("write-ahead logging can lose pages here; kac does without it")
    return Verdict("wal", FINE, said)


def packages() -> Iterator[Verdict]:
    """The packages that kac needs, and those that add something."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    yield judged(
        "packages",
        not missing,
        _("missing: {names}").format(names=", ".join(missing))
        if missing
        else _("all are installed"),
        "pip install --force-reinstall kac",
    )
    for name, what in _EXTRAS.items():
        if find_spec(name) is None:
            said = _("{package} is not installed: no {what}").format(package=name, what=what)
            yield Verdict("extras", FINE, said)
    if sys.dont_write_bytecode and not _is_compiled():
        said = _("no byte-code is kept: every command starts more than twice as slowly")
        yield Verdict("bytecode", DOUBTFUL, said, _("unset PYTHONDONTWRITEBYTECODE"))


def _is_compiled() -> bool:
    from importlib.util import cache_from_source

    return Path(cache_from_source(i18n.__file__)).is_file()


def files_of_kac() -> Iterator[Verdict]:
    """What kac reads beside its code: rules, errors, policy sets, the manual, migrations."""
    from kac.db.migrate import migrations_dir

    data = Path(kac.__file__).parent / "data"
    wanted = [data / name for name in _DATA]
    wanted += [migrations_dir() / "env.py", migrations_dir() / "versions"]
    missing = [str(path) for path in wanted if not path.exists()]
    said = _("missing: {names}").format(names=", ".join(missing))
    mend = "pip install --force-reinstall kac"
    yield judged("files", not missing, said if missing else _("all are there"), mend)


def language_files() -> Iterator[Verdict]:
    """The catalogue of each language that is not the source's own."""
    for name in i18n.LANGUAGES[1:]:
        path = i18n.LOCALE_DIR / name / "LC_MESSAGES" / "kac.mo"
        said = _("{language}: {path}").format(language=name, path=path)
        yield judged("language", path.is_file(), said, "pip install --force-reinstall kac")


def script() -> Iterator[Verdict]:
    """The `kac` that a shell finds: there, and no shim that costs ten starts of Python."""
    found = shutil.which("kac")
    if found is None:
        said = _("kac is not on the PATH; it runs as python -m kac")
        mend = _("add {directory} to PATH").format(directory=Path(sys.executable).parent)
        yield Verdict("script", DOUBTFUL, said, mend)
    elif f"{os.sep}shims{os.sep}" in found:
        said = _("{path} is a shim: it starts slowly").format(path=found)
        yield Verdict("script", DOUBTFUL, said, _("put the real kac before it on PATH"))
    else:
        yield Verdict("script", FINE, found)


def terminal() -> Iterator[Verdict]:
    """What the screen can show."""
    encoding = (sys.stdout.encoding or "").lower()
    size = shutil.get_terminal_size()
    said = f"{encoding}, {size.columns} x {size.lines}, {i18n.language()}"
    yield Verdict("terminal", FINE, said)
    if encoding.replace("-", "").replace("_", "") not in _CHINESE:
        said = _("{encoding} cannot show Chinese").format(encoding=encoding)
        yield Verdict("encoding", DOUBTFUL, said, "export LC_ALL=C.UTF-8")
    if size.columns < _NARROWEST:
        said = _("below {width} columns tables are shown as records").format(width=_NARROWEST)
        yield Verdict("width", DOUBTFUL, said, _("make the window wider"))
    measured = probe()
    if measured and measured != screen.ambiguous():
        said = _("this terminal gives √ {cells} cells").format(cells=measured)
        mend = _("in the config file: [ui] ambiguous = {cells}").format(cells=measured)
        yield Verdict("ambiguous", DOUBTFUL, said, mend)


def pager() -> Iterator[Verdict]:
    """What shows long lists: a program that is there."""
    words = screen.pager()
    if words and shutil.which(words[0]) is None:
        said = _("there is no program {name}: long lists run off the screen").format(name=words[0])
        mend = _("install {name}, or in the config file: [ui] pager = off").format(name=words[0])
        yield Verdict("pager", DOUBTFUL, said, mend)


def probe() -> int:
    """How many cells this terminal gives a sign of ambiguous width; 0 where it does not tell."""
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        return 0
    try:
        import termios
        import tty
    except ImportError:
        return 0
    keyboard = sys.stdin.fileno()
    before = termios.tcgetattr(keyboard)
    try:
        tty.setcbreak(keyboard)
        sys.stdout.write("\r√\x1b[6n")
        sys.stdout.flush()
        column = _answer(keyboard)
        sys.stdout.write("\r  \r")
        sys.stdout.flush()
    finally:
        termios.tcsetattr(keyboard, termios.TCSADRAIN, before)
    return max(column - 1, 0)


def _answer(keyboard: int) -> int:
    """The column that the terminal says its cursor is in; 0 where no answer comes."""
    import re
    import select

    heard = ""
    while select.select([keyboard], [], [], 0.3)[0]:
        heard += os.read(keyboard, 32).decode("ascii", "replace")
        if found := re.search(r"\x1b\[\d+;(\d+)R", heard):
            return int(found[1])
    return 0


def config() -> Iterator[Verdict]:
    """The config files that are read; all but a few commands refuse to go by a wrong one."""
    for trouble in configfile.troubles():
        said = "; ".join([trouble.message, *trouble.cause])
        yield Verdict("config", BAD, said, _("mend it there, or name another with KAC_CONFIG"))
    read = [str(path) for path in configfile.files() if path.is_file()]
    yield Verdict("config", FINE, ", ".join(read) or _("none is set"))


def sessions() -> Iterator[Verdict]:
    """Whether others can look into the directory of sessions."""
    state = places.state_dir()
    if state.exists() and not (state.is_dir() and os.access(state, os.W_OK)):
        said = _("{path} cannot be written: nobody can stay logged in").format(path=state)
        yield Verdict(
            "sessions",
            BAD,
            said,
            _("move {path} away: the next command makes it anew").format(path=state),
        )
    elif os.name == "posix" and state.is_dir() and stat.S_IMODE(state.stat().st_mode) & 0o077:
        said = _("others can look into {path}").format(path=state)
        yield Verdict("sessions", DOUBTFUL, said, f"chmod 700 {state}")


LOOKS = (
    program,
    packages,
    files_of_kac,
    language_files,
    script,
    terminal,
    pager,
    config,
    sessions,
)
