"""Rules of reservations: what an order may be promised again, and whose goods are let go."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _

LIVING = ("submitted", "reviewed")


def in_force(number: str, state: str) -> Gate:
    """Goods are promised to an order that is handed in and not on its way yet (RTL-REC-14)."""
    return Gate(
        "order_wants_goods",
        ("RTL-REC-14",),
        state in LIVING,
        _("{number} is handed in and not on its way yet").format(number=number)
        if state in LIVING
        else _("{number} is not one that waits for its goods").format(number=number),
    )


def promised(number: str, held: int, *, wanted: bool) -> Gate:
    """Nothing is promised twice, and nothing let go that was not promised (RTL-ORD-02)."""
    has = held > 0
    says = _("goods are promised to {number}") if has else _("nothing is promised to {number}")
    return Gate(
        "goods_promised",
        ("RTL-ORD-02",),
        has == wanted,
        says.format(number=number),
        (),
        "" if has == wanted else f"kac stock check {number}",
    )


def without_money(number: str, received: str, has: bool) -> Gate:
    """Goods that a customer has paid for in part are let go through the four ways alone.

    RTL-SHT-01.
    """
    says = _("no money has come for {number}").format(number=number)
    if has:
        says = _("{amount} has come for {number}: its goods are let go when it is void").format(
            amount=received, number=number
        )
    command = f"kac order void {number} --reason …" if has else ""
    return Gate("no_money_came", ("RTL-SHT-01",), not has, says, (), command)


def names(numbers: Sequence[str]) -> str:
    """Numbers in words."""
    return ", ".join(numbers) or _("none")
