"""The only writer of journal entries."""

from __future__ import annotations

import json

from kac.core.errors import KacError
from kac.core.i18n import _
from kac.db.work import Work
from kac.ledger.entry import Entry


class EntryConflict(KacError):
    """The same business event was booked before with other amounts: a fault of the program."""

    code = "E-SYS-510"


def post(work: Work, entry: Entry) -> None:
    """Book an entry. Booking the same event with the same content again does nothing."""
    from kac.ledger.tables import JournalEntry, Posting

    if _already_booked(work, entry):
        return
    head = work.add(
        JournalEntry(
            key=entry.key, on_day=work.on, document=entry.document, memo=entry.memo, at=work.now
        )
    )
    assert head.id is not None
    work.add_all(
        [
            Posting(
                entry_id=head.id,
                line=line,
                debit=posting.debit,
                credit=posting.credit,
                amount_fen=posting.amount.fen,
                document=entry.document,
            )
            for line, posting in enumerate(entry.postings, start=1)
        ]
    )


def _already_booked(work: Work, entry: Entry) -> bool:
    rows = work.reader.all(
        "SELECT p.debit, p.credit, p.amount_fen FROM journal_entry e"
        " JOIN posting p ON p.entry_id = e.id WHERE e.key = :key ORDER BY p.line",
        key=entry.key,
    )
    if not rows:
        return False
    booked = [tuple(row) for row in rows]
    wanted = [(p.debit, p.credit, p.amount.fen) for p in entry.postings]
    if booked != wanted:
        raise EntryConflict(
            _("{key} was booked before with other amounts").format(key=json.dumps(entry.key))
        )
    return True
