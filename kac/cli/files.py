"""Files named at the counter, read whole; `-` is what is piped in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kac.core.errors import BadInput, EnvironmentTrouble, system_says
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.attachments import Kept
    from kac.exchange.source import Source


def file_bytes(file: str, encoding: str = "") -> bytes:
    """What the file holds; from an encoding that was named, as UTF-8."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return data.decode(encoding).encode() if encoding else data
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble
    except LookupError:
        raise BadInput(
            _("there is no encoding {name}").format(name=encoding), code="E-IMP-001"
        ) from None
    except UnicodeDecodeError as trouble:
        raise BadInput(
            _("{file} is not {encoding} at byte {place}").format(
                file=file, encoding=encoding, place=trouble.start
            ),
            code="E-IMP-001",
        ) from trouble


def file_source(file: str, encoding: str = "") -> Source:
    """The file to be read bit by bit; what is piped in or has to be decoded is held."""
    from kac.exchange.source import Source

    name = "stdin.csv" if file == "-" else Path(file).name
    if file == "-" or encoding:
        return Source(name, held=file_bytes(file, encoding))
    try:
        with Path(file).open("rb"):
            return Source(name, path=Path(file))
    except OSError as trouble:
        raise _unreadable(file, trouble) from trouble


def _unreadable(file: str, trouble: OSError) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        _("{file} cannot be read: {trouble}").format(file=file, trouble=system_says(trouble)),
        code="E-ENV-020",
    )


def kept_file(file: str) -> str:
    """Keep a file beside the ledger under the hash of its content; returns the hash."""
    from kac.cli.places import ledger_path
    from kac.db.attachments import keep

    return keep(ledger_path(), file_bytes(file), Path(file).name).digest


def attached(files: Sequence[str], *, dry_run: bool = False) -> list[Kept]:
    """Files to attach, kept beside the ledger; of a dry run they are only looked at."""
    from kac.cli.places import ledger_path
    from kac.db import attachments

    found = []
    for file in files:
        content, name = file_bytes(file), Path(file).name
        if dry_run:
            found.append(attachments.weighed(content, name))
        else:
            found.append(attachments.keep(ledger_path(), content, name))
    return found
