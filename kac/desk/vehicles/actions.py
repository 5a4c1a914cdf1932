"""Verbs of vehicles: book one, remind the centre, follow the delivery, name the hands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.machine import WrongState
from kac.core.text import required_text, safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.orders import queries as orders
from kac.desk.staff.actions import require
from kac.desk.vehicles import queries, rules
from kac.desk.vehicles.states import PARTS


def book(
    work: Work, reference: str, told: str, for_day: date | None = None, vehicle: str = ""
) -> Outcome:
    """The distribution centre was phoned and a vehicle booked for an order (GPA-VEH-01).

    Without a day it is for that on which the customer wants the goods. A later booking counts
    instead of an earlier one.
    """
    from kac.desk.vehicles.tables import VehicleBooking

    require(work, "dispatch.book")
    name = required_text(told, field=_("who was told"), longest=40)
    order = orders.find(work.reader, reference, work.speaker)
    work.require_not_before(orders.latest_day(work.reader, order), order["number"])
    if order["state"] in ("draft", "delivered", "closed", "collecting", "voided"):
        raise WrongState(
            _("{number}: no goods of it go out").format(number=order["number"]),
            fix=[f"kac order show {order['number']}"],
        )
    day = for_day or date.fromisoformat(order["need_by"])
    require_open(
        [rules.is_delivered(order["number"], order["delivery"]), rules.day_ahead(day, work.on)],
        _("no vehicle is booked for {number}").format(number=order["number"]),
        refs={"order": order["number"]},
    )
    work.add(
        VehicleBooking(
            order_id=order["id"],
            for_day=day,
            vehicle=safe_text(vehicle, field=_("vehicle"), longest=20),
            told=name,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("book vehicle", order["number"], day=day.isoformat(), told=name)
    says = _("{number}: vehicle booked with {name} for {day}").format(
        number=order["number"], name=name, day=day
    )
    return Outcome(_document(work, order), (says,), (f"kac dispatch remind {order['number']}",))


def remind(work: Work, reference: str, says: str = "") -> Outcome:
    """The distribution centre was reminded of a delivery, a day before it (GPA-VEH-02)."""
    require(work, "dispatch.remind")
    return _word(work, reference, "reminded", safe_text(says, field=_("what was said")))


def follow(work: Work, reference: str, says: str) -> Outcome:
    """The delivery was followed on its day, and what was found (GPA-VEH-03)."""
    require(work, "dispatch.follow")
    return _word(work, reference, "followed", required_text(says, field=_("what was found")))


def _word(work: Work, reference: str, kind: str, says: str) -> Outcome:
    from kac.desk.vehicles.tables import VehicleWord

    order = orders.find(work.reader, reference, work.speaker)
    row = queries.of_order(work.reader, order["id"])
    if row is None:
        raise Refused(
            _("no vehicle is booked for {number}").format(number=order["number"]),
            code="E-VEH-001",
            rules=["GPA-VEH-01"],
            fix=[f"kac dispatch book {order['number']} --with …"],
        )
    work.require_not_before(date.fromisoformat(row["on_day"]), order["number"])
    work.add(
        VehicleWord(
            booking_id=row["id"],
            kind=kind,
            says=says,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record(f"vehicle {kind}", order["number"], says=says)
    day = date.fromisoformat(row["for_day"])
    told = _("{number}: {name} reminded of the delivery on {day}")
    if kind == "followed":
        told = _("{number}: delivery on {day} followed")
    sentences = [told.format(number=order["number"], name=row["told"], day=day)]
    if kind == "reminded" and work.on < (due := rules.reminder_due(queries.facts(row))):
        sentences.append(_("the reminder a day before it stays due, on {day}").format(day=due))
    return Outcome(_document(work, order), tuple(sentences))


def loaders(work: Work, slip: Row, names: Sequence[str]) -> Outcome:
    """The floor supervisor names who loads the goods of a slip (GPA-LOD-01)."""
    require(work, "dispatch.loaders")
    if slip["state"] != "issued":
        raise WrongState(
            _("{number}: its goods are not here any more").format(number=slip["number"]),
            fix=[f"kac dispatch show {slip['number']}"],
        )
    _hands(work, slip, [("loader", name) for name in names])
    says = _("{number}: loaded by {names}").format(number=slip["number"], names=", ".join(names))
    return Outcome(_slip_document(slip), (says,), (f"kac dispatch arrived {slip['number']}",))


def unloaded(work: Work, slip: Row, by: Mapping[str, str]) -> Outcome:
    """Centre, desk and customer have unloaded together (GPA-UNL-01); `by` maps a part to a name."""
    require(work, "dispatch.unloaded")
    if slip["state"] in ("issued", "void"):
        raise WrongState(
            _("{number}: its goods have not left").format(number=slip["number"]),
            fix=[f"kac dispatch show {slip['number']}"],
        )
    named = {part: name for part, name in by.items() if name}
    require_open(
        [rules.all_hands(named)],
        _("{number} is not unloaded so").format(number=slip["number"]),
        refs={"dispatch": slip["number"]},
    )
    _hands(work, slip, list(named.items()))
    says = _("{number}: unloaded together by {names}").format(
        number=slip["number"], names=", ".join(named.values())
    )
    hint = f"kac dispatch sign {slip['number']} --by {named['customer']}"
    return Outcome(_slip_document(slip), (says,), (hint,) if slip["state"] == "loaded" else ())


def _hands(work: Work, slip: Row, named: Sequence[tuple[str, str]]) -> None:
    from kac.desk.vehicles.tables import SlipHand

    work.require_not_before(date.fromisoformat(slip["on_day"]), slip["number"])
    there = {(row["part"], row["name"]) for row in queries.hands(work.reader, slip["id"])}
    clean = [(part, required_text(name, field=_(PARTS[part]), longest=40)) for part, name in named]
    work.add_all(
        [
            SlipHand(
                dispatch_id=slip["id"],
                part=part,
                name=name,
                staff=work.actor.code,
                on_day=work.on,
                at=work.now,
            )
            for part, name in dict.fromkeys(clean)
            if (part, name) not in there
        ]
    )
    work.record("hands", slip["number"], names=", ".join(name for _part, name in clean))


def _document(work: Work, order: Row) -> dict[str, object]:
    row = queries.of_order(work.reader, order["id"])
    assert row is not None
    facts = queries.facts(row)
    return {
        "number": order["number"],
        "state": rules.state(facts),
        "for_day": facts.for_day.isoformat(),
        "told": facts.told,
        "vehicle": facts.vehicle,
    }


def _slip_document(slip: Row) -> dict[str, object]:
    return {"number": slip["number"], "state": slip["state"], "order": slip["order_number"]}
