"""Imports taken back: a whole batch, once, while nothing stands on what it wrote."""

from __future__ import annotations

import json
from collections.abc import Iterator

from kac.core.errors import Refused
from kac.core.i18n import _, ngettext
from kac.core.text import required_text
from kac.db import blocks
from kac.db.reader import Reader, Row
from kac.db.references import resolve
from kac.db.work import Outcome, Work
from kac.desk.orders.withdrawing import withdraw
from kac.desk.staff.actions import require
from kac.desk.stock.uncounting import uncount

# Kinds of files whose rows can be taken back; of the others every row can be put right.
_MENDED_BY = {
    "customers": "kac customer edit CUSTOMER",
    "products": "kac price propose",
    "calendar": "kac calendar import FILE",
    "bank": "kac reconcile unlink LINE",
}


def undo(work: Work, reference: str, reason: str) -> Outcome:
    """Take a batch back (RTL-REC-14): its drafts are void, its counts are moved back.

    Refused names what stands on it, and a batch that was taken back before. The same file can be
    imported again afterwards.
    """
    require(work, "import.undo")
    why = required_text(reason, field=_("reason"))
    batch = find(work, reference)
    if batch["undone"]:
        raise Refused(_("{number} was taken back already").format(number=batch["number"]))
    if batch["kind"] not in ("orders", "stock"):
        raise Refused(
            _("{number}: what was filed by {kind} stays; it is put right row by row").format(
                number=batch["number"], kind=batch["kind"]
            ),
            fix=[_MENDED_BY[batch["kind"]]],
        )
    if batch["kind"] == "orders":
        for first, count in _written(work.reader, batch["number"], "sales_order"):
            withdraw(work, first, count, why)
    else:
        uncount(work, batch["number"])
    _note(work, batch["number"], why)
    says = ngettext(
        "{number} is taken back: {rows} row of {file}",
        "{number} is taken back: {rows} rows of {file}",
        batch["rows"],
    ).format(number=batch["number"], rows=batch["rows"], file=batch["file_name"])
    document = {"number": batch["number"], "state": "undone", "kind": batch["kind"], "reason": why}
    return Outcome(document, (says,), (f"kac import {batch['kind']} FILE",))


def find(work: Work, reference: str) -> Row:
    """The batch meant."""
    number = resolve(work.reader, "IM", "import_batch", reference, work.speaker)
    return work.reader.one("SELECT * FROM v_import WHERE number = :number", number=number)


def listing(reader: Reader) -> list[Row]:
    """Every file that was imported, the last one first."""
    return reader.all("SELECT * FROM v_import ORDER BY id DESC")


def _note(work: Work, number: str, why: str) -> None:
    from kac.db.ledger_tables import ImportUndo

    work.add(ImportUndo(batch=number, reason=why, on_day=work.on, at=work.now, by=work.actor.code))
    work.record("undo import", number, reason=why)


def _written(reader: Reader, number: str, table: str) -> list[tuple[int, int]]:
    """(first id, count) of the runs of rows of a table that a batch wrote, out of the chain."""
    body = reader.value(
        "SELECT a.body FROM audit a JOIN command c ON c.request_id = a.request_id"
        " WHERE c.document = :number AND c.name LIKE 'import %' AND c.name <> 'import undo'"
        " ORDER BY a.seq LIMIT 1",
        number=number,
    )
    return list(_runs(json.loads(body), table))


def _runs(told: dict[str, object], table: str) -> Iterator[tuple[int, int]]:
    """Blocks that follow one another are one run."""
    first = count = 0
    for block in blocks.of_body(told):
        if block.table != table:
            continue
        if count and block.first == first + count:
            count += block.count
            continue
        if count:
            yield first, count
        first, count = block.first, block.count
    if count:
        yield first, count
