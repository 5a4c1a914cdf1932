"""Attachments: scanned papers beside the ledger, each under the hash of its own content.

`<ledger>.files/ab/abcdef…`, for the owner alone. A file is whole and durable there before the
transaction that refers to it begins; one that nothing came to refer to is left lying, and is
neither proved nor copied to backups.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kac.core.errors import BadInput, EnvironmentTrouble, system_says
from kac.core.i18n import _
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.engine import refuse_odd_file
from kac.db.outbox import sync_directory
from kac.db.reader import Reader, Row

if TYPE_CHECKING:
    from kac.db.work import Work

# A scan of a contract has some megabytes; what is larger was not meant.
LARGEST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the ledger refers to it: SHA-256 of its content, its name, its size in bytes."""

    digest: str
    name: str
    size: int


def files_of(ledger: Path) -> Path:
    """The directory of a ledger's attachments."""
    return ledger.with_name(ledger.name + ".files")


def path_of(ledger: Path, digest: str) -> Path:
    """Where the content with this hash lies."""
    return files_of(ledger) / digest[:2] / digest


def weighed(content: bytes, name: str) -> Kept:
    """What a file would be kept as; BadInput where it is empty or too large to be meant."""
    tidy = required_text(name, field=_("file name"), longest=120)
    if not content:
        raise BadInput(_("{name} is an empty file").format(name=tidy), code="E-ATT-001")
    if len(content) > LARGEST_BYTES:
        raise BadInput(
            _("{name} has {size} MiB, {most} at most").format(
                name=tidy, size=len(content) // 2**20, most=LARGEST_BYTES // 2**20
            ),
            code="E-ATT-002",
        )
    return Kept(hashlib.sha256(content).hexdigest(), tidy, len(content))


def keep(ledger: Path, content: bytes, name: str) -> Kept:
    """Put a file beside the ledger, durably; the same content is kept once.

    To be called before the transaction that refers to it. EnvironmentTrouble where there is no
    ledger, or where the disk refuses.
    """
    refuse_odd_file(ledger)
    kept = weighed(content, name)
    path = path_of(ledger, kept.digest)
    try:
        if not _is_sound(path, kept.digest):
            _put(path, content)
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} cannot be written: {trouble}").format(
                path=path, trouble=system_says(trouble)
            ),
            code="E-ENV-012",
            cause=[_("nothing was written")],
        ) from trouble
    return kept


def attach(work: Work, document: str, kept: Kept, about: str = "") -> None:
    """Refer to a kept file from a document; the same file is attached to one document once.

    `about` says which part of the document it belongs to.
    """
    from kac.db.ledger_tables import Attachment

    there = work.reader.first(
        "SELECT 1 FROM attachment WHERE document = :document AND about = :about"
        " AND digest = :digest",
        document=document,
        about=about,
        digest=kept.digest,
    )
    if there is None:
        work.add(
            Attachment(
                document=document,
                about=about,
                digest=kept.digest,
                name=kept.name,
                size=kept.size,
                by=work.actor.code,
                at=work.now,
            )
        )


def of_document(reader: Reader, document: str) -> list[Row]:
    """The files of a document, in the order they came."""
    return reader.all(
        "SELECT about, name, size, digest, by, at FROM attachment WHERE document = :document"
        " ORDER BY id",
        document=document,
    )


def faults(connection: sqlite3.Connection, ledger: Path) -> Iterator[str]:
    """Files that the ledger refers to and that are not there as they were attached."""
    for digest, document in _referenced(connection):
        path = path_of(ledger, digest)
        if not path.is_file():
            yield _("{document}: its file {path} is gone").format(document=document, path=path)
        elif not _is_sound(path, digest):
            yield _("{document}: its file {path} is not what was attached").format(
                document=document, path=path
            )


def copy_all(connection: sqlite3.Connection, ledger: Path, copy: Path) -> None:
    """Put beside a copy of a ledger every file that the copy refers to and that is there."""
    for digest, _document in _referenced(connection):
        path = path_of(ledger, digest)
        if path.is_file():
            _put(path_of(copy, digest), path.read_bytes())


def take_over(before: Path, after: Path) -> None:
    """Move the files of a copy to the name that the copy has from now on."""
    for path in files_of(before).glob("*/*"):
        target = path_of(after, path.name)
        _make_room(target)
        path.replace(target)
        sync_directory(target.parent)
    discard(before)


def discard(copy: Path) -> None:
    """Throw away the files of a copy that did not come about."""
    import shutil

    shutil.rmtree(files_of(copy), ignore_errors=True)


def total_bytes(ledger: Path) -> int:
    """How much room the files take."""
    return sum(path.stat().st_size for path in files_of(ledger).glob("*/*"))


def _referenced(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT digest, min(document) FROM v_attachment GROUP BY digest ORDER BY digest"
    )
    return [(row[0], row[1]) for row in rows]


def _is_sound(path: Path, digest: str) -> bool:
    """Whether the content is there and has the hash that it is named for."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def _put(path: Path, content: bytes) -> None:
    """Write a whole file under its name at once: readers see all of it or nothing."""
    import tempfile

    _make_room(path)
    descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
        sync_directory(path.parent)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def _make_room(path: Path) -> None:
    for directory in (path.parent.parent, path.parent):
        if not directory.is_dir():
            directory.mkdir(mode=0o700, exist_ok=True)
            sync_directory(directory.parent)
