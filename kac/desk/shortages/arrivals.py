"""Waiting for goods: the centre signs for the day, the arrival is confirmed, the customer told."""

from __future__ import annotations

from datetime import date

from kac.core.errors import Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders.policy import OrderPolicies
from kac.desk.shortages import queries, rules
from kac.desk.shortages.rules import Waiting
from kac.desk.shortages.states import ARRIVED, INFORMED, PROMISED
from kac.desk.staff.actions import require
from kac.desk.stock.rules import supply_confirmed


def promise(
    work: Work, reference: str, arrives_on: date, signed_by: str, signed_on: date | None
) -> Outcome:
    """The distribution centre answers for a day with signature and date (RTL-SHT-04..06)."""
    require(work, "order.eta")
    row, held, _policies = _gathered(work, reference)
    number = row["number"]
    name = safe_text(signed_by, field=_("who signed"), longest=40)
    require_open(
        [rules.arrival_signed(number, name, signed_on, work.on), _not_arrived(held)],
        _("no arrival of the goods of {number} is confirmed").format(number=number),
        refs={"order": number},
    )
    # After this point the promise must be written.
    _step(work, row, PROMISED, arrives_on=arrives_on, signed_by=name, signed_on=signed_on)
    says = [
        _("{number}: the goods are here on {day}, {name} answers for it").format(
            number=number, day=arrives_on, name=name
        )
    ]
    if arrives_on >= held.need_by:
        says.append(_("the customer comes on {day}: agree on a later day").format(day=held.need_by))
    late = arrives_on >= held.need_by
    hint = f"kac order arrived {number}"
    if late:
        hint = f"kac order postpone {number} --until DAY --reason …"
    return Outcome(_document(row, PROMISED), tuple(says), (hint,))


def arrive(work: Work, reference: str) -> Outcome:
    """The merchant department confirms with the centre that the goods are here (RTL-SHT-07)."""
    require(work, "order.arrived")
    row, held, policies = _gathered(work, reference)
    facts = orders.gathered(work, row["number"])[1]
    require_open(
        [
            rules.arrival_promised(held, policies.may["order.eta"]),
            _not_arrived(held),
            supply_confirmed(row["number"], facts.supplies),
            rules.before_pickup(held, work.on),
        ],
        _("the arrival of {number} is not confirmed").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    _step(work, row, ARRIVED)
    says = _("{number}: the goods are here; tell the customer").format(number=row["number"])
    return Outcome(_document(row, ARRIVED), (says,), (f"kac order informed {row['number']}",))


def inform(work: Work, reference: str) -> Outcome:
    """The customer is told, and not before the arrival is confirmed (RTL-SHT-08)."""
    require(work, "order.informed")
    row, held, policies = _gathered(work, reference)
    require_open(
        [
            rules.arrival_promised(held, policies.may["order.eta"]),
            rules.arrival_confirmed(held, policies.may["order.arrived"]),
            _not_told(held),
        ],
        _("the customer of {number} is not told yet").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    _step(work, row, INFORMED)
    says = _("{number}: {customer} is told that the goods are here, and comes on {day}").format(
        number=row["number"], customer=row["customer_name"], day=held.need_by
    )
    return Outcome(_document(row, INFORMED), (says,), (f"kac order show {row['number']}",))


def _gathered(work: Work, reference: str) -> tuple[Row, Waiting, OrderPolicies]:
    row, _facts, policies = orders.gathered(work, reference, supplied=False)
    held = queries.waiting(work.reader, row)
    if held is None or row["state"] in ("collecting", "voided"):
        raise Refused(
            _("nobody waits for the goods of {number}").format(number=row["number"]),
            code="E-SHT-001",
            rules=["RTL-SHT-04"],
            fix=[f"kac order show {row['number']}"],
        )
    return order_queries.by_id(work.reader, row["id"]), held, policies


def _not_arrived(held: Waiting) -> Gate:
    """What has arrived is not promised or confirmed again."""
    says = _("not confirmed before")
    if held.arrived_by:
        says = _("arrival confirmed by {staff}").format(staff=held.arrived_by)
    return Gate("arrival_open", ("RTL-SHT-07",), not held.arrived_by, says)


def _not_told(held: Waiting) -> Gate:
    """The customer is told once."""
    says = _("not told before")
    if held.informed_by:
        says = _("customer told by {staff}").format(staff=held.informed_by)
    return Gate("informing_open", ("RTL-SHT-08",), not held.informed_by, says)


def _step(
    work: Work,
    row: Row,
    step: str,
    *,
    arrives_on: date | None = None,
    signed_by: str = "",
    signed_on: date | None = None,
) -> None:
    from kac.desk.shortages.tables import ShortageStep

    work.add(
        ShortageStep(
            shortage_id=row["shortage_id"],
            step=step,
            arrives_on=arrives_on,
            signed_by=signed_by,
            signed_on=signed_on,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record(step, row["number"], arrives_on=str(arrives_on or ""), signed_by=signed_by)


def _document(row: Row, step: str) -> dict[str, str]:
    return {"number": row["number"], "state": row["state"], "step": step, "need_by": row["need_by"]}
