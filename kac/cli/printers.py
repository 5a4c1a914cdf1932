"""The way to a printer: a queue of this machine, or a device; whatever is wrong is said plainly."""

from __future__ import annotations

import os
import re
import stat
import time
from pathlib import Path

from kac.cli import configfile
from kac.core.errors import EnvironmentTrouble, system_says
from kac.core.i18n import _

# Seconds that a device or a queue may take for a piece of a job.
_PATIENCE = 30
_QUEUE = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.@-]*")
_PIECE = 4096


def ready(kind: str, profile: str) -> str:
    """The printer of a sheet, or else of its kind, as the config file names it; refused where it
    cannot be.
    """
    named = configfile.value(f"print.profiles.{profile}.queue")
    named = named or configfile.value(f"print.{kind}")
    if not named:
        raise EnvironmentTrouble(
            _("no printer is named for this kind of paper"),
            code="E-PRN-005",
            cause=[_("the config file has no print.{kind}").format(kind=kind)],
            fix=["kac config path"],
        )
    return usable(named)


def usable(named: str) -> str:
    """The printer that is named so; refused where it is none."""
    if is_device(named):
        _refuse_no_device(Path(named))
    elif not _QUEUE.fullmatch(named):
        raise _unusable(named, _("this is no name of a queue"))
    elif sender() is None:
        raise _unusable(named, _("neither lp nor lpr is installed here"))
    return named


def send(printer: str, data: bytes, title: str, *, raw: bool) -> None:
    """Hand a job over; E-PRN-006 where the printer does not take it."""
    if is_device(printer):
        _to_device(Path(printer), data)
    else:
        _to_queue(printer, data, title, raw=raw)


def standing(printer: str) -> str:
    """What the queue's own system says of it, as more of a line; refused where it takes no job."""
    import shutil
    import subprocess

    asked = shutil.which("lpstat")
    if is_device(printer) or asked is None:
        return ""
    try:
        done = subprocess.run(
            [asked, "-p", printer],
            capture_output=True,
            timeout=_PATIENCE,
            check=False,
            env={**os.environ, "LC_ALL": "C"},
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        why = system_says(trouble) if isinstance(trouble, OSError) else _("it does not answer")
        raise _unusable(printer, why) from trouble
    said = (done.stdout or done.stderr).decode(errors="replace").strip().split("\n")[0]
    if done.returncode or "disabled" in said:
        raise _unusable(printer, said or _("there is no such queue"))
    return f": {said}" if said else ""


def is_device(named: str) -> bool:
    """Whether a printer is named by the path of its device, not by its queue."""
    return "/" in named or "\\" in named or re.fullmatch(r"(LPT|COM)\d:?", named) is not None


def _refuse_no_device(path: Path) -> None:
    try:
        mode = path.stat().st_mode
    except OSError as trouble:
        raise _unusable(str(path), system_says(trouble)) from trouble
    if os.name == "posix" and not (stat.S_ISCHR(mode) or stat.S_ISFIFO(mode)):
        raise _unusable(str(path), _("this is no device"))


def _to_device(path: Path, data: bytes) -> None:
    """Write to a device that may stop taking data, for as long as it takes some now and then."""
    flags = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        device = os.open(path, flags)
        try:
            _written(device, data)
        finally:
            os.close(device)
    except OSError as trouble:
        raise _unusable(str(path), system_says(trouble)) from trouble


def _written(device: int, data: bytes) -> None:
    last = time.monotonic()
    while data:
        try:
            taken = os.write(device, data[:_PIECE])
        except BlockingIOError:
            taken = 0
        if taken:
            data, last = data[taken:], time.monotonic()
        elif time.monotonic() - last > _PATIENCE:
            raise TimeoutError(_("it takes no data: is it on, with paper, on line?"))
        else:
            time.sleep(0.05)


def sender() -> str | None:
    """The program that queues are fed through; None where there is none."""
    import shutil

    return shutil.which("lp") or shutil.which("lpr")


def _to_queue(queue: str, data: bytes, title: str, *, raw: bool) -> None:
    import subprocess

    program = sender() or "lp"
    if Path(program).name == "lp":
        order = [program, "-d", queue, "-t", title, *(["-o", "raw"] if raw else [])]
    else:
        order = [program, "-P", queue, "-T", title, *(["-l"] if raw else [])]
    try:
        done = subprocess.run(
            order, input=data, capture_output=True, timeout=_PATIENCE, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as trouble:
        why = system_says(trouble) if isinstance(trouble, OSError) else _("it does not answer")
        raise _unusable(queue, why) from trouble
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip()
        raise _unusable(queue, said or _("it refused the job"))


def _unusable(printer: str, why: str) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        _("the printer {printer} does not print").format(printer=printer),
        code="E-PRN-006",
        cause=[why],
        fix=["kac print test --to printer"],
    )
