"""The doctor's looks at the ledger: clock, file, key, settings, disk, backups, calendar."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kac.cli import configfile, counter, setting
from kac.cli.verdict import BAD, DOUBTFUL, FINE, Verdict, judged
from kac.core.calendar import ZONE, local_text, parse_instant
from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _, ngettext

_SHARED = ("nfs", "cifs", "smb", "fuse.sshfs", "9p", "ncpfs", "afs")
_SPARE_BYTES = 64 * 2**20
_DAYS_AHEAD = 60
_BACKUP_DAYS = 2


def clock(ledger: Path) -> Iterator[Verdict]:
    """This machine's clock, beside the ledger's last entry, and the zone that days are told in."""
    now = setting.current().now
    said = f"{local_text(now)} {ZONE}, {setting.today()}"
    last = _last_entry(ledger)
    if last and now < parse_instant(last):
        late = _("{now}, but the ledger's last entry is of {last}").format(
            now=local_text(now), last=local_text(parse_instant(last))
        )
        yield Verdict("clock", BAD, late, _("set the clock of this machine"))
    else:
        yield Verdict("clock", FINE, said)


def _last_entry(ledger: Path) -> str:
    if not ledger.is_file():
        return ""
    try:
        with counter.reading_ledger() as reader:
            return str(reader.value("SELECT max(at) FROM audit") or "")
    except EnvironmentTrouble:
        # What is wrong with the ledger is told by the look at the ledger.
        return ""


def file(ledger: Path) -> Iterator[Verdict]:
    """The file itself: it opens, its schema is this program's and untouched, its key is there."""
    from kac.db import info
    from kac.db.audit import key_path

    try:
        with counter.reading_ledger() as reader:
            seq = reader.value("SELECT max(seq) FROM audit")
            training = info.of(reader).training
    except EnvironmentTrouble as trouble:
        other = _("name another with KAC_DB or --db, or take a backup: kac db restore FILE")
        mend = "; ".join(trouble.fix or trouble.cause) or other
        yield Verdict("ledger", BAD, trouble.message, mend)
        return
    said = ngettext("{path}, {count} entry", "{path}, {count} entries", seq)
    said = said.format(path=ledger, count=seq)
    yield Verdict("ledger", FINE, f"{said}, {_('training ledger')}" if training else said)
    yield Verdict("schema", FINE, _("as this kac wants it, and unchanged"))
    for path in (ledger, key_path(ledger)):
        yield from _for_its_owner(path)
    yield from _key(ledger)
    yield from _settings(ledger)


def _for_its_owner(path: Path) -> Iterator[Verdict]:
    if not path.is_file():
        said = _("{path} is gone; nothing can be written").format(path=path)
        yield Verdict("key", BAD, said, _("copy it back from a backup"))
        return
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & 0o077:
        said = _("others can read or write {path}").format(path=path)
        yield Verdict("permissions", DOUBTFUL, said, f"chmod 600 {path}")
    if not os.access(path, os.R_OK | os.W_OK):
        said = _("this account may not write {path}").format(path=path)
        yield Verdict("permissions", BAD, said, f"chmod u+rw {path}")


def _key(ledger: Path) -> Iterator[Verdict]:
    """Whether the key beside the ledger sealed its last entry."""
    from kac.db import audit

    if not audit.key_path(ledger).is_file():
        return
    try:
        with counter.reading_ledger() as reader:
            audit.refuse_other_key(reader.connection, audit.read_key(ledger))
    except EnvironmentTrouble as trouble:
        mend = _("put this ledger's own key beside it, from a backup: {path}").format(
            path=audit.key_path(ledger)
        )
        yield Verdict("key", BAD, trouble.message, mend)


def pages(ledger: Path) -> Iterator[Verdict]:
    """Whether every page of the file can be read, and every row that is referred to is there."""
    if not ledger.is_file():
        return
    try:
        with counter.reading_ledger() as reader:
            faults = [row[0] for row in reader.all("PRAGMA quick_check(1)") if row[0] != "ok"]
            faults += [row[0] for row in reader.all("PRAGMA foreign_key_check")]
    except EnvironmentTrouble as trouble:
        if trouble.code == "E-ENV-004":
            yield Verdict("pages", BAD, trouble.message, "kac db restore FILE")
        return
    said = _("pages are damaged: {fault}").format(fault=faults[0] if faults else "")
    sound = _("all pages can be read")
    yield judged("pages", not faults, said if faults else sound, "kac db restore FILE")


def queue(ledger: Path) -> Iterator[Verdict]:
    """Whether writers can stand in the ledger's queue, and put down what they are about to do."""
    from kac.db.lock import lock_path
    from kac.db.outbox import outbox_of

    for path, wrong in (
        (lock_path(ledger), lock_path(ledger).is_dir()),
        (outbox_of(ledger), outbox_of(ledger).is_file()),
    ):
        if wrong or (path.exists() and not os.access(path, os.W_OK)):
            said = _("{path} cannot be written: no command can write").format(path=path)
            mend = _("move {path} away: the next command makes it anew").format(path=path)
            yield Verdict("queue", BAD, said, mend)


def staff(ledger: Path) -> Iterator[Verdict]:
    """Whether the one whom the environment names is known, and their PIN file fit to be read."""
    from kac.desk.staff import queries

    if not ledger.is_file():
        return
    name, path = os.environ.get("KAC_USER", ""), os.environ.get("KAC_PIN_FILE", "")
    try:
        with counter.reading_ledger() as reader:
            known = not name or queries.by_code(reader, name)
    except EnvironmentTrouble:
        return
    if not known:
        said = _("KAC_USER names {code}, whom nobody knows here").format(code=name)
        yield Verdict("staff", BAD, said, "kac staff list")
    if path and not Path(path).is_file():
        said = _("there is no PIN file {path}").format(path=path)
        yield Verdict("staff", BAD, said, _("write the PIN into {path}").format(path=path))
    elif path and os.name == "posix" and stat.S_IMODE(Path(path).stat().st_mode) & 0o077:
        said = _("{path} holds a PIN and others can read it").format(path=path)
        yield Verdict("staff", BAD, said, f"chmod 600 {path}")


def _settings(ledger: Path) -> Iterator[Verdict]:
    """What SQLite answers when asked for the settings that a writer asked for."""
    from kac.db.engine import open_raw

    try:
        connection = open_raw(ledger, write=True)
        found = [
            f"{name} {connection.execute(f'PRAGMA {name}').fetchone()[0]}"
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        ]
        connection.close()
        yield Verdict("settings", FINE, ", ".join(found))
    except EnvironmentTrouble as trouble:
        yield Verdict("settings", BAD, trouble.message, "kac db check")
    except sqlite3.Error as trouble:
        said = _("a writer is not let in: {trouble}").format(trouble=trouble)
        yield Verdict("settings", DOUBTFUL, said, "kac doctor")


def disk(ledger: Path) -> Iterator[Verdict]:
    """Room to work and to back up, on a disk of this machine."""
    directory = ledger.parent
    if not directory.is_dir():
        said = _("there is no directory {path}").format(path=directory)
        yield Verdict("disk", BAD, said, f"mkdir -p {directory}")
        return
    free = shutil.disk_usage(directory).free
    wanted = _SPARE_BYTES + 2 * (ledger.stat().st_size if ledger.is_file() else 0)
    said = _("{free} MiB free at {path}").format(free=free // 2**20, path=directory)
    more = _("make room for {wanted} MiB").format(wanted=wanted // 2**20)
    yield judged("disk", free >= wanted, said, more)
    kind = _file_system(directory)
    if kind:
        shared = kind.startswith(_SHARED)
        said = f"{kind}: {directory}"
        if shared:
            said = _("{path} is on {kind}: SQLite needs a disk of this machine").format(
                path=directory, kind=kind
            )
        yield judged("file system", not shared, said, _("move the ledger to a local disk"))


def _file_system(directory: Path) -> str:
    """The kind of file system that a directory is on; empty where the system does not tell."""
    mounts = Path("/proc/mounts")
    if not mounts.is_file():
        return ""
    fields = [line.split() for line in mounts.read_text("utf-8", "replace").splitlines()]
    real = directory.resolve()
    above = [field for field in fields if real.is_relative_to(field[1])]
    return max(above, key=lambda field: len(field[1]))[2] if above else ""


def outbox(ledger: Path) -> Iterator[Verdict]:
    """Commands that were begun and never answered."""
    from kac.db.outbox import pending

    left = pending(ledger)
    if left:
        said = ngettext(
            "{count} command was never answered", "{count} commands were never answered", len(left)
        ).format(count=len(left))
        yield Verdict("outbox", DOUBTFUL, said, "kac retry")


def backups(ledger: Path) -> Iterator[Verdict]:
    """How old the newest backup is, where the config file says that backups are kept."""
    where = configfile.value("db.backup_dir")
    if not where:
        said = _("no directory for backups is set")
        mend = _("in the config file: [db] backup_dir = …, and every night kac db backup")
        yield Verdict("backup", FINE if _is_training() else DOUBTFUL, said, mend)
        return
    directory = Path(where).expanduser()
    if not directory.is_dir():
        said = _("there is no directory {path}").format(path=directory)
        yield Verdict("backup", BAD, said, f"mkdir -p {directory}")
        return
    found = [path.stat().st_mtime for path in directory.glob("ledger-*.db")]
    if not found:
        said = _("there is no backup in {path}").format(path=directory)
        yield Verdict("backup", DOUBTFUL, said, "kac db backup")
        return
    hours = int((setting.current().now.timestamp() - max(found)) // 3600)
    said = ngettext(
        "the newest backup in {path} is {hours} hour old",
        "the newest backup in {path} is {hours} hours old",
        hours,
    ).format(path=directory, hours=hours)
    yield judged("backup", hours <= 24 * _BACKUP_DAYS, said, "kac db backup", DOUBTFUL)


def _is_training() -> bool:
    from kac.db import info

    try:
        with counter.reading_ledger() as reader:
            return info.of(reader).training
    except EnvironmentTrouble:
        return True


def calendar(ledger: Path) -> Iterator[Verdict]:
    """Whether the calendar knows the days ahead: next year's in time, since deadlines run in it."""
    from kac.desk.workdays import queries

    if not ledger.is_file():
        return
    today = setting.today()
    last = today + timedelta(days=_DAYS_AHEAD)
    try:
        with counter.reading_ledger() as reader:
            known = queries.calendar(reader, today)
    except EnvironmentTrouble:
        return
    missing = [str(year) for year in _years(today, last) if not known.knows(year)]
    said = _("the calendar does not know {years}").format(years=", ".join(missing))
    yield judged(
        "calendar",
        not missing,
        said if missing else _("the next {days} days are known").format(days=_DAYS_AHEAD),
        "kac calendar import FILE",
        DOUBTFUL,
    )


def _years(first: date, last: date) -> range:
    return range(first.year, last.year + 1)


LOOKS = (clock, file, pages, disk, queue, outbox, staff, backups, calendar)
