"""Rules of the refund: never above what is free, approved by logistics, paid by a third person.

RTL-SHT-13..15, C-19, A-28, A-34, A-36, A-61: nothing is forfeited, and no invoice is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass

REFUND = "refund"
CANCELLATION = "cancellation"
# What must be open before a gate of a refund is anybody's work, and what is never one's own.
AFTER: dict[str, tuple[str, ...]] = {"refund_paid": ("refund_approved", "not_rejected")}
NOT_ONES_OWN = frozenset({"refund_approved", "refund_paid"})


@dataclass(frozen=True)
class Source:
    """Money that could go back: what of it is for nothing yet, in fen; `order` has the rest."""

    number: str
    state: str
    free_fen: int
    order: str = ""


def spread(amount_fen: int, sources: Sequence[Source]) -> list[tuple[str, int]]:
    """(payment, fen) of an amount over the verified money that is free, the oldest first."""
    parts = []
    for source in sources:
        part = min(amount_fen, source.free_fen) if source.state == "verified" else 0
        if part > 0:
            parts.append((source.number, part))
            amount_fen -= part
    return parts


def verified(sources: Sequence[Source]) -> Gate:
    """Only money that finance has seen goes back (RTL-DUT-07, RTL-SHT-15)."""
    unseen = [source for source in sources if source.state == "received"]
    says = _("verified by finance")
    if unseen:
        says = _("not verified by finance yet: {numbers}").format(
            numbers=", ".join(source.number for source in unseen)
        )
    command = f"kac payment verify {unseen[0].number}" if unseen else ""
    return Gate("refund_verified", ("RTL-DUT-07", "RTL-SHT-15"), not unseen, says, (), command)


def free(amount_fen: int, sources: Sequence[Source]) -> Gate:
    """No more goes back than is for nothing yet: orders keep what is for them (RTL-SHT-15, A-34).

    Money of an order that is neither void nor cut is taken away from it first.
    """
    there = sum(source.free_fen for source in sources)
    bound = [source for source in sources if source.order]
    says = _("{wanted} wanted back, {free} is for nothing yet").format(
        wanted=Money(amount_fen), free=Money(there)
    )
    command = "kac payment list"
    if bound:
        says = _("{says}; the rest is for {order}").format(says=says, order=bound[0].order)
        command = f"kac payment unallocate {bound[0].number} {bound[0].order} --reason …"
    elif sources:
        noun = "day" if sources[0].number.startswith("JS") else "payment"
        command = f"kac {noun} show {sources[0].number}"
    return Gate("refund_free", ("RTL-SHT-15", "A-34"), amount_fen <= there, says, (), command)


def paid(number: str, amount: Money, state: str, roles: Sequence[str]) -> Gate:
    """Finance has paid the refund out (RTL-SHT-15, C-19)."""
    if state == "paid":
        return Gate(
            "refund_paid", ("RTL-SHT-15",), True, _("paid out: {amount}").format(amount=amount)
        )
    return Gate(
        "refund_paid",
        ("RTL-SHT-15", "C-19"),
        False,
        _("{amount} not paid back yet").format(amount=amount),
        tuple(roles),
        f"kac refund pay {number} --ref …",
    )


def other_hands(payer: str, requested_by: str, approvers: Sequence[str]) -> tuple[str, ...]:
    """What the one who would pay has done for the refund already; () for a third person (C-19)."""
    done = []
    if payer in requested_by.split(", "):
        done.append(_("requested it"))
    if payer in approvers:
        done.append(_("approved it"))
    return tuple(done)
