"""Files of banks as rows of cells: CSV in any encoding, inside a zip or gzip too, XLS and XLSX."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.exchange import workbook
from kac.exchange.decoding import readings
from kac.exchange.rows import MOST_BYTES, broken, rows_of

_GZIP = b"\x1f\x8b"
_ENCRYPTED = 0x1
_PADDED = re.compile(r'"[ \t]+(?=[,\r\n]|$)')


@dataclass(frozen=True)
class Table:
    """One reading of a file: its encoding, and its rows with their lines in the file."""

    encoding: str
    rows: list[tuple[int, list[str]]]


def every_table(data: bytes) -> Iterator[Table]:
    """Every way to read the file as rows, the likeliest first.

    BadInput E-IMP-003 where it is no sheet of rows, E-IMP-007 for a locked archive.
    """
    if len(data) > MOST_BYTES:
        raise _too_large()
    if data.startswith(_GZIP):
        yield from every_table(_unzipped(data))
    elif workbook.is_workbook(data):
        yield Table("xlsx", workbook.rows(data))
    elif data.startswith(workbook.ZIP):
        for member in _members(data):
            yield from every_table(member)
    else:
        for reading in readings(data):
            # Some banks pad cells behind the closing quotation mark, which strict CSV knows not.
            yield Table(reading.encoding, list(rows_of(_PADDED.sub('"', reading.text))))


def _too_large() -> BadInput:
    return broken(_("it is larger than {size} MiB").format(size=MOST_BYTES // 2**20))


def _unzipped(data: bytes) -> bytes:
    try:
        with gzip.open(io.BytesIO(data)) as stream:
            found = stream.read(MOST_BYTES + 1)
    except (OSError, EOFError, zlib.error) as trouble:
        raise broken(_("the archive is damaged: {trouble}").format(trouble=trouble)) from trouble
    if len(found) > MOST_BYTES:
        raise _too_large()
    return found


def _members(data: bytes) -> Iterator[bytes]:
    """The CSV files of an archive; services send one that is locked with a password."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        found = [each for each in archive.infolist() if each.filename.lower().endswith(".csv")]
        if not found:
            raise broken(_("no CSV file is in the archive"))
        for each in found:
            if each.flag_bits & _ENCRYPTED:
                raise BadInput(
                    _("the archive is locked with a password"),
                    code="E-IMP-007",
                    cause=[_("unpack it, and take in the CSV file that is in it")],
                )
            if each.file_size > MOST_BYTES:
                raise _too_large()
            try:
                yield archive.read(each)
            except (zipfile.BadZipFile, zlib.error, RuntimeError) as trouble:
                says = _("the archive is damaged: {trouble}").format(trouble=trouble)
                raise broken(says) from trouble
