"""Verbs of boxes: pack and seal, open again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kac.core.errors import BadInput
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.machine import WrongState
from kac.core.quantity import parse_quantity
from kac.core.text import required_text, safe_text
from kac.db.policybook import version
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.boxes import queries, rules
from kac.desk.staff.actions import require


def pack(
    work: Work, slip: Row, written: Mapping[int, str], times: int = 1, place: str = ""
) -> Outcome:
    """Seal so many boxes of one content; the floor supervisor has goods boxed.

    GPA-RCV-01..04. `slip` is a row of v_dispatch, `written` maps its lines to the quantity of one
    box as it was written, empty where none was.
    """
    from kac.desk.boxes.tables import Box, BoxLine

    require(work, "dispatch.box")
    _refuse_gone(work, slip)
    lines = queries.lines(work.reader, slip["id"])
    scales = {line.line: line.scale for line in lines}
    require_open(
        [rules.quantity_on_lid(written)],
        _("no box of {number} is sealed").format(number=slip["number"]),
        refs={"dispatch": slip["number"]},
    )
    packed = {line: parse_quantity(text, scales.get(line, 1)) for line, text in written.items()}
    require_open(
        [rules.within_slip(lines, packed, times)],
        _("no box of {number} is sealed").format(number=slip["number"]),
        refs={"dispatch": slip["number"]},
    )
    # After this point the boxes must be sealed.
    judged_by = version(work.reader, slip["policy_set"], slip["policy_version"])
    stands = safe_text(place, field=_("place"), longest=40) or queries.policy(judged_by).place
    last = work.reader.value(
        "SELECT coalesce(max(box), 0) FROM box WHERE dispatch_id = :id", id=slip["id"]
    )
    numbers = list(range(last + 1, last + 1 + times))
    for number in numbers:
        box = work.add(
            Box(
                dispatch_id=slip["id"],
                box=number,
                place=stands,
                sealed_by=work.actor.code,
                on_day=work.on,
                at=work.now,
            )
        )
        work.add_all(
            [
                BoxLine(box_id=box.id or 0, line=line, quantity=quantity)
                for line, quantity in packed.items()
            ]
        )
    work.record("seal boxes", slip["number"], first=numbers[0], last=numbers[-1], place=stands)
    return _told(work, slip, numbers, stands)


def _told(work: Work, slip: Row, numbers: list[int], place: str) -> Outcome:
    says = ngettext(
        "{number}: box {boxes} sealed, at {place}",
        "{number}: boxes {boxes} sealed, at {place}",
        len(numbers),
    ).format(
        number=slip["number"],
        boxes=str(numbers[0]) if len(numbers) == 1 else f"{numbers[0]}-{numbers[-1]}",
        place=place,
    )
    judged_by = version(work.reader, slip["policy_set"], slip["policy_version"])
    [gate] = queries.gates(work.reader, slip, judged_by)
    hint = f"kac print {slip['number']} --paper box_label"
    made = {**_document(slip), "boxes": numbers}
    return Outcome(made, (says, gate.says), (hint if gate.open else gate.command,))


def unpack(work: Work, slip: Row, number: int, reason: str) -> Outcome:
    """Open a sealed box again, with the reason; its goods are in no box then (GPA-RCV-02)."""
    from kac.desk.boxes.tables import BoxOpening

    require(work, "dispatch.unbox")
    _refuse_gone(work, slip)
    why = required_text(reason, field=_("reason"))
    living = {row["box"]: row["id"] for row in queries.sealed(work.reader, slip["id"])}
    if number not in living:
        raise BadInput(
            _("{slip} has no sealed box {box}").format(slip=slip["number"], box=number),
            code="E-BOX-001",
            cause=[_("sealed: {boxes}").format(boxes=", ".join(map(str, living)) or "-")],
        )
    work.add(
        BoxOpening(
            box_id=living[number], reason=why, staff=work.actor.code, on_day=work.on, at=work.now
        )
    )
    work.record("open box", slip["number"], box=number, reason=why)
    says = _("{number}: box {box} is open again: {reason}").format(
        number=slip["number"], box=number, reason=why
    )
    return Outcome({**_document(slip), "box": number}, (says,))


def _refuse_gone(work: Work, slip: Row) -> None:
    work.require_not_before(date.fromisoformat(slip["on_day"]), slip["number"])
    if slip["state"] != "issued":
        raise WrongState(
            _("{number}: its goods are not here any more").format(number=slip["number"]),
            fix=[f"kac dispatch show {slip['number']}"],
        )


def _document(slip: Row) -> dict[str, object]:
    return {"number": slip["number"], "state": slip["state"], "order": slip["order_number"]}
