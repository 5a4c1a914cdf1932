"""The files of a document as they are shown with it."""

from __future__ import annotations

from kac.cli.places import ledger_path
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.db import attachments
from kac.db.reader import Reader


def files_part(reader: Reader, document: str) -> Part:
    """The list of a document's files, and where each of them lies."""
    ledger = ledger_path()
    rows = [
        {**dict(row), "path": str(attachments.path_of(ledger, row["digest"]))}
        for row in attachments.of_document(reader, document)
    ]
    return Part(
        "files",
        _("files"),
        [
            Column("about", _("about"), "code"),
            Column("name", _("file"), priority=8),
            Column("size", _("bytes"), "count"),
            Column("by", _("who"), "code"),
            Column("at", _("when"), "moment", priority=3),
            Column("digest", _("digest"), "code", aside=True),
            Column("path", _("path"), aside=True),
        ],
        rows,
    )
