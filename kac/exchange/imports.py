"""Imports: a file taken in whole or not at all, and only once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import IO

from kac.core.errors import BadInput, UsageError
from kac.core.i18n import _, ngettext
from kac.core.text import required_text
from kac.core.values import dataclass as value
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.staff.actions import require
from kac.exchange import (
    customers,
    opening,
    orders,
    payments,
    prices,
    products,
    stock,
    visits,
    workdays,
)
from kac.exchange.columns import renamed
from kac.exchange.kind import COUNTS, Kind, Taken
from kac.exchange.long import LongSheet
from kac.exchange.plain import NotPlain, PlainSheet, Progress
from kac.exchange.rejects import rejected, rejects, rejects_name
from kac.exchange.sheet import CellError, Sheet, read
from kac.exchange.source import Source

KINDS = {
    kind.name: kind
    for kind in (
        customers.KIND,
        products.KIND,
        prices.KIND,
        stock.KIND,
        orders.KIND,
        payments.KIND,
        visits.KIND,
        opening.KIND,
        workdays.KIND,
    )
}
_TOLD = 10
# From this size on the rows of a file that is not plain are kept on disk, not held.
LONG_BYTES = 2**20


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a file: its errors, how many there are, on how many lines.

    `sent_back` rows make the file of rejects.
    """

    errors: tuple[CellError, ...]
    count: int
    lines: int
    sent_back: int
    rejects: bytes | IO[bytes] | None

    @classmethod
    def of_sheet(cls, sheet: Sheet, together: str) -> Wrong:
        """What is wrong with a file that is held whole."""
        errors = sheet.errors_in_order()
        sent_back = len(rejected(sheet, together))
        return cls(errors, len(errors), len(sheet.bad), sent_back, rejects(sheet, together))

    @classmethod
    def of_long(cls, long: LongSheet) -> Wrong:
        """What is wrong with a file whose rows are on disk."""
        return cls(long.errors(_TOLD), *long.counts(), long.rejects())


class FileRefused(BadInput):
    """Rows of a file are bad (E-IMP-004); nothing was written.

    `errors` are all of them, the first of a long file. `rejects` is what the command line writes
    beside the file, as `rejects_name`, once the transaction is gone; none where no row can be
    mended.
    """

    code = "E-IMP-004"

    def __init__(self, file_name: str, wrong: Wrong) -> None:
        self.errors = wrong.errors
        self.rejects = wrong.rejects
        self.rows = wrong.sent_back
        self.rejects_name = rejects_name(file_name)
        causes = [error.says() for error in self.errors[:_TOLD]]
        if wrong.count > _TOLD:
            causes.append(_("and {count} more").format(count=wrong.count - _TOLD))
        super().__init__(
            _("{file}: nothing was written (errors: {errors}, rows: {rows})").format(
                file=file_name, errors=wrong.count, rows=wrong.lines
            ),
            cause=causes,
            refs={"file": file_name, "rejects": self.rejects_name if self.rejects else ""},
        )


@value(frozen=True)
class PartOutcome(Outcome):
    """What came of a file whose bad rows were sent back."""

    rejected: FileRefused | None = None


def kind_named(name: str) -> Kind:
    """The kind of file with this name."""
    if name not in KINDS:
        raise UsageError(
            _("there is no import of {kind}").format(kind=name),
            cause=[_("one of: {words}").format(words=", ".join(KINDS))],
        )
    return KINDS[name]


@dataclass(frozen=True)
class Wish:
    """How a file is to be taken in.

    `partial` takes in the sound rows of a file that has bad ones too. `names` are the file's own
    names of columns, by ours. `progress` is told (bytes read, bytes in all).
    """

    partial: bool = False
    names: Mapping[str, str] = field(default_factory=dict)
    progress: Progress | None = None


def run(
    work: Work, kind: str, path_name: str, source: Source | bytes, wish: Wish | None = None
) -> Outcome:
    """Take a file in under one batch number.

    The same rows of the same kind, in whatever encoding or under whatever name, are taken once:
    the second time the Outcome names the first batch. NotPermitted without the right `import.KIND`;
    BadInput where it is no such file (see `sheet.read`); FileRefused where rows are bad.
    """
    wish = wish or Wish()
    known = kind_named(kind)
    require(work, f"import.{kind}")
    known = replace(known, columns=renamed(known.columns, wish.names))
    name = required_text(PurePath(path_name).name, field=_("file name"))
    if isinstance(source, bytes):
        source = Source(name, held=source)
    return (
        _run_plain(work, known, name, source, wish.progress)
        or _run_long(work, known, name, source, wish)
        or _run_with_care(work, known, name, source, partial=wish.partial)
    )


def _run_plain(
    work: Work, kind: Kind, name: str, source: Source, progress: Progress | None
) -> Outcome | None:
    """Take a file in as it is read; None, with nothing written, where that cannot be done."""
    if kind.take_plain is None:
        return None
    mark = work.mark()
    try:
        sheet = PlainSheet(source, kind.columns, progress)
        number = work.number("IM")
        taken = kind.take_plain(work, sheet, number)
    except NotPlain:
        work.back_to(mark)
        return None
    batch = Batch(kind, name, sheet.encoding, sheet.digest, sheet.rows)
    if (earlier := _earlier(work, batch)) is not None:
        work.back_to(mark)
        return _imported_before(batch, earlier)
    _register(work, number, batch)
    return _outcome(number, batch, taken)


def _run_long(work: Work, kind: Kind, name: str, source: Source, wish: Wish) -> Outcome | None:
    """Take a large file in with its rows on disk; None where the whole has to be looked at."""
    if kind.take_long is None or source.size() < LONG_BYTES:
        return None
    try:
        long = LongSheet(source, kind.columns, kind.together, wish.progress)
    except NotPlain:
        return None
    try:
        batch = Batch(kind, name, long.encoding, long.digest, long.rows)
        if (earlier := _earlier(work, batch)) is not None:
            return _imported_before(batch, earlier)
        number = work.number("IM")
        taken = kind.take_long(work, long, partial=wish.partial)
        wrong = Wrong.of_long(long) if long.has_errors() else None
    finally:
        long.close()
    return _judged(work, number, batch, taken, wrong, partial=wish.partial)


def _run_with_care(work: Work, kind: Kind, name: str, source: Source, *, partial: bool) -> Outcome:
    sheet = read(source.data(), kind.columns)
    batch = Batch(kind, name, sheet.encoding, sheet.digest, len(sheet.lines))
    if (earlier := _earlier(work, batch)) is not None:
        return _imported_before(batch, earlier)
    number = work.number("IM")
    taken = kind.take(work, sheet, number)
    wrong = Wrong.of_sheet(sheet, kind.together) if sheet.errors else None
    return _judged(work, number, batch, taken, wrong, partial=partial)


def _judged(
    work: Work, number: str, batch: Batch, taken: Taken, wrong: Wrong | None, *, partial: bool
) -> Outcome:
    """Register the batch where nothing is wrong, or only with rows that may be sent back."""
    if wrong is None:
        _register(work, number, batch)
        return _outcome(number, batch, taken)
    refused = FileRefused(batch.file_name, wrong)
    rows = batch.rows - refused.rows
    if not (partial and rows > 0):
        raise refused
    # What was sent back may come again in the same file, once it is right elsewhere.
    digest = hashlib.sha256(f"{batch.digest}{number}".encode()).hexdigest()
    part = replace(batch, rows=rows, digest=digest)
    _register(work, number, part)
    return _in_part(_outcome(number, part, taken), refused)


def _in_part(outcome: Outcome, refused: FileRefused) -> Outcome:
    says = ngettext("{rows} row sent back", "{rows} rows sent back", refused.rows)
    document = {**outcome.document, "state": "imported_in_part", "rejected": refused.rows}
    told = (*outcome.says, says.format(rows=refused.rows), *refused.cause)
    return PartOutcome(document, told, outcome.hints, rejected=refused)


@dataclass(frozen=True)
class Batch:
    """A file that was read: what it is, and what it says."""

    kind: Kind
    file_name: str
    encoding: str
    digest: str
    rows: int


def _earlier(work: Work, batch: Batch) -> Row | None:
    return work.reader.first(
        "SELECT number, at, rows FROM import_batch b WHERE kind = :kind"
        " AND content_digest = :digest AND NOT EXISTS"
        " (SELECT 1 FROM import_undo u WHERE u.batch = b.number)",
        kind=batch.kind.name,
        digest=batch.digest,
    )


def _register(work: Work, number: str, batch: Batch) -> None:
    from kac.db.ledger_tables import ImportBatch

    kind = batch.kind.name
    work.add(
        ImportBatch(
            number=number,
            kind=kind,
            file_name=batch.file_name,
            content_digest=batch.digest,
            rows=batch.rows,
            at=work.now,
            by=work.actor.code,
        )
    )
    work.record("import", number, kind=kind, rows=batch.rows, digest=batch.digest)


def _outcome(number: str, batch: Batch, taken: Taken) -> Outcome:
    kind, rows = batch.kind, batch.rows
    document = {
        "number": number,
        "state": "imported",
        "kind": kind.name,
        "file": batch.file_name,
        "encoding": batch.encoding,
        "rows": rows,
        "counts": taken.counts,
        "first": taken.numbers[0] if taken.numbers else "",
        "last": taken.numbers[-1] if taken.numbers else "",
        **({"prices": taken.sheet} if "prices" in taken.counts else {}),
    }
    says = [
        ngettext(
            "{file} ({encoding}): {rows} row imported as {number}",
            "{file} ({encoding}): {rows} rows imported as {number}",
            rows,
        ).format(file=batch.file_name, encoding=batch.encoding, rows=rows, number=number),
        "; ".join(f"{_(COUNTS[name])} {count:,}" for name, count in taken.counts.items()),
    ]
    if taken.numbers:
        says.append(f"{taken.numbers[0]} … {taken.numbers[-1]}")
    return Outcome(document, (*says, *taken.says), (*taken.hints, kind.next_command))


def _imported_before(batch: Batch, earlier: Row) -> Outcome:
    document = {
        "number": earlier["number"],
        "state": "imported_before",
        "kind": batch.kind.name,
        "file": batch.file_name,
        "rows": earlier["rows"],
    }
    sentence = _("{file} was imported before as {number}; nothing was changed").format(
        file=batch.file_name, number=earlier["number"]
    )
    return Outcome(document, (sentence,))
