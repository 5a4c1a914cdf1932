"""Rules of the guarantee letter: for a sale on credit, by a responsible employee, with a day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _


def sold_on_credit(order: str, terms: str) -> Gate:
    """Only a sale on credit is vouched for (RTL-PRI-03)."""
    says = _("{order} is sold on credit").format(order=order)
    if terms != "credit":
        says = _("{order} is not sold on credit").format(order=order)
    return Gate(
        "sold_on_credit",
        ("RTL-PRI-03",),
        terms == "credit",
        says,
        command="" if terms == "credit" else f"kac order edit {order} --payment credit",
    )


def responsible(
    staff: str, held: Collection[str], wanted: Collection[str], named: Sequence[str]
) -> Gate:
    """The guarantor is an employee whose part it is: not the customer, and no machine (A-47)."""
    fit = not frozenset(held).isdisjoint(wanted)
    says = _("{staff} may vouch").format(staff=staff)
    if not fit:
        says = _("{staff} is none of those who vouch: {roles}").format(
            staff=staff, roles=", ".join(named)
        )
    return Gate("guarantor_responsible", ("RTL-PRI-03", "A-47"), fit, says)


def due_ahead(due: date, on: date) -> Gate:
    """A letter names a day that is not over (A-47)."""
    return Gate(
        "letter_due_ahead",
        ("A-47",),
        due >= on,
        _("due on {day}, written on {on}").format(day=due, on=on),
    )
