"""Nothing that only POSIX has is used without a guard, and the pure part runs as on Windows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KAC = ROOT / "kac"
MODULES = {"fcntl", "termios", "tty", "pty", "pwd", "grp", "resource", "readline", "syslog"}
OF_OS = {
    *("fork", "forkpty", "getuid", "geteuid", "getgid", "uname", "chown", "fchown", "fchmod"),
    *("umask", "killpg", "setsid", "mkfifo", "pread", "pwrite", "sync", "posix_fadvise"),
    *("O_DIRECTORY", "O_NOFOLLOW", "O_CLOEXEC", "O_SYNC", "wait4", "getpgid", "statvfs"),
    *("openpty", "ttyname", "ctermid", "getloadavg", "sched_getaffinity"),
}
# What the standard library of a POSIX system itself would miss.
OF_LIBRARIES = {"statvfs"}
OF_SIGNAL = {"SIGHUP", "SIGKILL", "SIGALRM", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGWINCH", "alarm"}
PLACES = ("/dev/", "/proc/", "/tmp/", "/etc/", "/var/", "/usr/")
# Places that are only looked at where they are: (file, what stands there).
LOOKED_FOR = {
    ("kac/cli/ledgerlooks.py", "/proc/mounts"),
    ("kac/cli/configfile.py", "/etc/kac/config.toml"),
    ("kac/documents/fonts.py", "/usr/share/fonts"),
}
# What shows that somebody thought of the other systems.
GUARDS = ("os.name", "hasattr", "ImportError", "find_spec", "sys.platform", "is None")


def used(path: Path) -> Iterator[tuple[int, str]]:
    """What a file uses of POSIX alone, by line: modules, names of os and signal, places."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, a.name) for a in node.names if a.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            yield node.lineno, node.module or ""
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            names = {"os": OF_OS, "signal": OF_SIGNAL}.get(node.value.id, set())
            if node.attr in names:
                yield node.lineno, f"{node.value.id}.{node.attr}"
        elif isinstance(node, ast.Constant) and str(node.value).startswith(PLACES):
            yield node.lineno, str(node.value)


def is_guarded(path: Path, line: int) -> bool:
    """Whether the function or statement around a line asks which system this is."""
    text = path.read_text("utf-8")
    lines = text.splitlines()
    around = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.Try | ast.If)
        and node.lineno <= line <= (node.end_lineno or 0)
    ]
    return any(
        guard in "\n".join(lines[node.lineno - 1 : node.end_lineno])
        for node in around
        for guard in GUARDS
    )


def test_what_only_posix_has_stands_behind_a_guard() -> None:
    bare = [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path in sorted(KAC.rglob("*.py"))
        for line, name in used(path)
        if (path.relative_to(ROOT).as_posix(), name) not in LOOKED_FOR
        and not is_guarded(path, line)
    ]
    assert bare == []


def test_directories_are_synced_only_where_they_can_be_opened() -> None:
    for path in sorted(KAC.rglob("*.py")):
        text = path.read_text("utf-8")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                body = ast.get_source_segment(text, node) or ""
                if "os.open(" in body and "O_RDONLY" in body and "os.fsync(" in body:
                    assert "os.name" in body, f"{path.relative_to(ROOT)}: {node.name}"


def test_text_files_name_their_encoding() -> None:
    """Windows reads and writes in its own code page where nobody says otherwise."""
    silent = []
    for path in sorted(KAC.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr in ("read_text", "write_text"):
                needed = 1 if node.func.attr == "read_text" else 2
                named = any(keyword.arg == "encoding" for keyword in node.keywords)
                if not named and len(node.args) < needed:
                    silent.append(f"{path.relative_to(ROOT)}:{node.lineno}")
    assert silent == []


# What a fresh process does to look like Windows, as far as kac can see it.
WINDOWS = f"""
import os, signal, sys

def as_on_windows():
    import pathlib, shutil, sqlite3, subprocess, tempfile, zoneinfo  # libraries stay as they are
    import alembic.command, argon2, pypinyin, rich.table, sqlmodel, tabulate, typer
    for name in {sorted(MODULES)!r}:
        sys.modules[name] = None
    for place, names in ((os, {sorted(OF_OS - OF_LIBRARIES)!r}), (signal, {sorted(OF_SIGNAL)!r})):
        for name in names:
            if hasattr(place, name):
                delattr(place, name)
    sys.platform = "win32"
"""
TESTS = """
import pytest

class Patched:
    def pytest_collection(self):
        as_on_windows()

sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", "-x", *sys.argv[1:]], [Patched()]))
"""
COMMANDS = """
import shlex
as_on_windows()
from kac.cli.main import main
print([main(shlex.split(line)) for line in sys.argv[1:]])
"""


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the tests themselves run so")
def test_the_pure_part_passes_as_on_windows() -> None:
    names = ("calendar", "capitals", "gates", "identifiers", "money", "quantity", "text", "forms")
    tests = [f"tests/rules/test_{name}.py" for name in names]
    done = subprocess.run(
        [sys.executable, "-c", WINDOWS + TESTS, *tests],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
    assert "[100%]" in done.stdout


@pytest.mark.skipif(os.name != "posix", reason="elsewhere the program itself runs so")
def test_a_ledger_is_founded_written_and_read_as_on_windows(tmp_path) -> None:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "KAC_DB": str(tmp_path / "ledger.db"),
        "KAC_LANG": "en",
        **{f"XDG_{name}_HOME": str(tmp_path) for name in ("CONFIG", "STATE", "DATA")},
    }
    commands = (
        "init --training",
        "--as gp_specialist order new -c KH0001 -l P0001:1 --need-by +7d --submit",
        "order list",
        "db check",
        "db backup --to " + str(tmp_path),
        "doctor",
    )
    done = subprocess.run(
        [sys.executable, "-c", WINDOWS + COMMANDS, *commands],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines()[-1:] == [str([0] * len(commands))], done.stdout + done.stderr
