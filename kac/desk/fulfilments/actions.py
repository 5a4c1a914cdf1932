"""Verbs of fulfilment: ring the goods of a slip, check them, note that the vehicle is here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.machine import WrongState
from kac.core.money import Money
from kac.core.quantity import parse_quantity
from kac.core.text import required_text
from kac.db.policybook import version
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.fulfilments import queries, rules
from kac.desk.staff.actions import require


def ring(
    work: Work,
    slip: Row,
    found: Mapping[int, str],
    reference: str,
    prices: Mapping[int, Money] | None = None,
) -> Outcome:
    """Ring the till receipt from the goods themselves, not from the order (GPA-TIL-01).

    `slip` is a row of v_dispatch, `found` maps its lines to the quantity as it was written,
    `prices` those that the till has at another price than the form (GPA-UPD-01).
    """
    from kac.desk.fulfilments.tables import TillLine, TillReceipt

    require(work, "dispatch.till")
    number = required_text(reference, field=_("till receipt"), longest=40)
    _refuse_gone(work, slip)
    _refuse_other_slip(work, slip, number)
    lines = {line.line: line for line in queries.rung(work.reader, slip["id"])}
    rung = {
        line: parse_quantity(text, lines[line].scale if line in lines else 1)
        for line, text in found.items()
    }
    require_open(
        [rules.on_the_slip({line: each.wanted for line, each in lines.items()}, rung)],
        _("nothing is rung for {number}").format(number=slip["number"]),
        refs={"dispatch": slip["number"]},
    )
    receipt = work.add(
        TillReceipt(
            dispatch_id=slip["id"],
            reference=number,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    assert receipt.id is not None
    work.add_all(
        [
            TillLine(
                till_receipt_id=receipt.id,
                line=line,
                quantity=quantity,
                unit_price_fen=prices[line].fen
                if prices and line in prices
                else lines[line].unit_price_fen,
            )
            for line, quantity in rung.items()
        ]
    )
    work.record("ring", slip["number"], receipt=number)
    says = _("{number}: till receipt {receipt} rung from the goods").format(
        number=slip["number"], receipt=number
    )
    equal = rules.rung_equals_slip(queries.rung(work.reader, slip["id"]))
    told = (says,) if equal.open else (says, equal.says)
    return Outcome(_document(slip, receipt=number), told, (f"kac dispatch check {slip['number']}",))


def check(work: Work, slip: Row) -> Outcome:
    """Loss prevention finds the goods as on their till receipt and on the slip (GPA-TIL-02)."""
    require(work, "dispatch.check")
    _refuse_gone(work, slip)
    facts = queries.till(work.reader, slip["id"], slip["number"])
    may = version(work.reader, slip["policy_set"], slip["policy_version"]).may
    require_open(
        [
            rules.rung(facts, may["dispatch.till"]),
            rules.another_checks(facts, work.actor.code),
            *rules.as_rung(facts, queries.rung(work.reader, slip["id"])),
        ],
        _("{number} does not pass loss prevention").format(number=slip["number"]),
        refs={"dispatch": slip["number"]},
    )
    receipt = work.reader.value(
        "SELECT max(id) FROM till_receipt WHERE dispatch_id = :id", id=slip["id"]
    )
    _step(work, slip, "checked", receipt)
    work.record("check goods", slip["number"], receipt=facts.reference)
    says = _("{number}: till receipt {receipt} checked by {staff}").format(
        number=slip["number"], receipt=facts.reference, staff=work.actor.name
    )
    hints = (f"kac dispatch load {slip['number']} --truck … --driver …",)
    return Outcome(_document(slip, receipt=facts.reference), (says,), hints)


def arrived(work: Work, slip: Row) -> Outcome:
    """The vehicle is here: its minutes of loading begin (GPA-LOD-02, GPA-LOD-03)."""
    require(work, "dispatch.arrived")
    _refuse_gone(work, slip)
    _step(work, slip, "arrived")
    work.record("vehicle came", slip["number"])
    minutes = queries.policy(work.policy()).loading_minutes
    says = _("{number}: the vehicle is here, loading takes {minutes} minutes at most").format(
        number=slip["number"], minutes=minutes
    )
    hints = (f"kac dispatch load {slip['number']} --truck … --driver …",)
    return Outcome(_document(slip), (says,), hints)


def _step(work: Work, slip: Row, step: str, receipt: int | None = None) -> None:
    from kac.desk.fulfilments.tables import SlipStep

    work.add(
        SlipStep(
            dispatch_id=slip["id"],
            till_receipt_id=receipt,
            step=step,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )


def _refuse_other_slip(work: Work, slip: Row, receipt: str) -> None:
    """A till receipt is of the goods of one slip (GPA-TIL-01)."""
    other = work.reader.value(
        "SELECT d.number FROM till_receipt t JOIN dispatch d ON d.id = t.dispatch_id"
        " WHERE upper(t.reference) = upper(:receipt) AND d.id <> :slip AND d.state <> 'void'",
        receipt=receipt,
        slip=slip["id"],
    )
    if other:
        raise Refused(
            _("till receipt {receipt} is of the goods of {slip}").format(
                receipt=receipt, slip=other
            ),
            code="E-TIL-001",
            rules=["GPA-TIL-01"],
            fix=[f"kac dispatch show {other}"],
        )


def _refuse_gone(work: Work, slip: Row) -> None:
    """Only goods that have not left are rung, checked and loaded."""
    work.require_not_before(date.fromisoformat(slip["on_day"]), slip["number"])
    if slip["state"] != "issued":
        raise WrongState(
            _("{number}: its goods are not here any more").format(number=slip["number"]),
            fix=[f"kac dispatch show {slip['number']}"],
        )


def _document(slip: Row, **more: str) -> dict[str, str]:
    return {"number": slip["number"], "state": slip["state"], "order": slip["order_number"], **more}
