"""Imports taken back: a whole batch, once, while nothing stands on what it wrote."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

from kac.core.errors import Refused
from kac.core.i18n import _, ngettext
from kac.core.text import required_text
from kac.db import blocks
from kac.db.reader import Reader, Row
from kac.db.references import resolve
from kac.db.work import Outcome, Work
from kac.desk.openings import actions as opening_actions
from kac.desk.openings import queries as openings
from kac.desk.orders.withdrawing import withdraw
from kac.desk.payments.unsaying import unsay
from kac.desk.prices import actions as prices
from kac.desk.staff.actions import require
from kac.desk.stock.uncounting import uncount
from kac.desk.visits import taking_over

# Kinds of files that stay; every row of them can be put right.
_MENDED_BY = {
    "customers": "kac customer edit CUSTOMER",
    "products": "kac price propose",
    "calendar": "kac calendar import FILE",
    "bank": "kac reconcile unlink LINE",
}


def undo(work: Work, reference: str, reason: str) -> Outcome:
    """Take a batch back (RTL-REC-14): what only it wrote is void, withdrawn, or moved back.

    Refused names what stands on it, and a batch that was taken back before. The same file can be
    imported again afterwards.
    """
    require(work, "import.undo")
    why = required_text(reason, field=_("reason"))
    batch = find(work, reference)
    if batch["undone"]:
        raise Refused(_("{number} was taken back already").format(number=batch["number"]))
    if batch["kind"] in _MENDED_BY:
        raise Refused(
            _("{number}: what was filed by {kind} stays; it is put right row by row").format(
                number=batch["number"], kind=batch["kind"]
            ),
            fix=[_MENDED_BY[batch["kind"]]],
        )
    _TAKEN_BACK[batch["kind"]](work, batch["number"], why)
    _note(work, batch["number"], why)
    says = ngettext(
        "{number} is taken back: {rows} row of {file}",
        "{number} is taken back: {rows} rows of {file}",
        batch["rows"],
    ).format(number=batch["number"], rows=batch["rows"], file=batch["file_name"])
    document = {"number": batch["number"], "state": "undone", "kind": batch["kind"], "reason": why}
    return Outcome(document, (says,), (f"kac import {batch['kind']} FILE",))


def _orders(work: Work, number: str, why: str) -> None:
    for first, count in _written(work.reader, number, "sales_order"):
        withdraw(work, first, count, why)


def _counts(work: Work, number: str, _why: str) -> None:
    uncount(work, number)


def _payments(work: Work, number: str, why: str) -> None:
    for first, count in _written(work.reader, number, "payment"):
        unsay(work, first, count, why)


def _visits(work: Work, number: str, why: str) -> None:
    for first, count in _written(work.reader, number, "visit"):
        taking_over.take_back(work, first, count, why)


def _prices(work: Work, number: str, why: str) -> None:
    prices.withdraw(work, number, why)


def _opening(work: Work, number: str, why: str) -> None:
    row = openings.find(work.reader, number, work.speaker)
    if row["state"] == "confirmed":
        raise Refused(
            _("work stands on what was imported"),
            code="E-IMP-010",
            cause=[_("{number} is decided already").format(number=row["number"])],
        )
    if row["state"] == "waiting":
        opening_actions.refuse(work, row, why)


_TAKEN_BACK: dict[str, Callable[[Work, str, str], None]] = {
    "orders": _orders,
    "stock": _counts,
    "payments": _payments,
    "visits": _visits,
    "prices": _prices,
    "opening": _opening,
}


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


def _runs(told: dict[str, Any], table: str) -> Iterator[tuple[int, int]]:
    """Rows and blocks that follow one another are one run."""
    spans = [(block.first, block.count) for block in blocks.of_body(told) if block.table == table]
    spans += [(int(key), 1) for name, key, _digest in told["rows"] if name == table]
    first = count = 0
    for start, many in sorted(spans):
        if count and start == first + count:
            count += many
            continue
        if count:
            yield first, count
        first, count = start, many
    if count:
        yield first, count
