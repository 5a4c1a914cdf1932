"""The one formula of exposure: what a customer owes and will owe, as a sum of documents."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.i18n import N_
from kac.core.values import dataclass

DELIVERED = ("delivered", "closed")
APPROVED = ("reviewed", "slip_issued", "partly_delivered")
ON_CREDIT = ("credit", "monthly")
PARTS = {
    "receivable": N_("delivered, not paid"),
    "undelivered": N_("approved on credit, not delivered"),
    "allocated": N_("money allocated to what is not delivered"),
    "cheque": N_("cheques not cleared"),
    "unverified": N_("money finance has not seen"),
}


@dataclass(frozen=True)
class Sale:
    """An order of a customer as exposure sees it, in fen.

    Of one that is partly delivered: what the customer has, and how much of the money is for that.
    """

    number: str
    state: str
    terms: str
    total_fen: int
    delivered_fen: int = 0
    earned_fen: int = 0


@dataclass(frozen=True)
class Allocated:
    """A part of money that a customer gave, in fen, and the order that it is for."""

    payment: str
    order: str
    method: str
    verified: bool
    amount_fen: int


@dataclass(frozen=True)
class Part:
    """One document's share of an exposure; below nothing where it takes from it."""

    kind: str
    document: str
    order: str
    amount_fen: int


@dataclass(frozen=True)
class Exposure:
    """What a customer owes and will owe by what is approved, document by document."""

    parts: tuple[Part, ...] = ()

    @property
    def total_fen(self) -> int:
        """The sum of the documents."""
        return sum(part.amount_fen for part in self.parts)

    def of(self, kind: str) -> int:
        """The sum of one part, in fen."""
        return sum(part.amount_fen for part in self.parts if part.kind == kind)

    def beside(self, order: str) -> Exposure:
        """The exposure by everything but one order."""
        return Exposure(tuple(part for part in self.parts if part.order != order))


def exposure(sales: Sequence[Sale], money: Sequence[Allocated]) -> Exposure:
    """Receivables + approved on credit and undelivered − what is allocated to those + cheques not
    cleared + money not seen by finance, each as the documents that it consists of.

    Nothing is counted twice:
    - A sale is booked when it is delivered, whether an invoice was made or not: delivered and not
      billed is inside `receivable`, which is what account 1122 says of the customer.
    - Of an order that is partly delivered both parts count, each with the money that is for it.
    - Prepaid orders count when they are delivered unpaid (a cheque bounced), not before, since
      their goods do not leave before the money.
    - `receivable` and `allocated` have taken off all money that was received; what of it is a
      cheque not cleared, or has not been seen, is put back once: as one or as the other.
    - IOUs are for gift cards, which are another relationship with books of its own (C-04); money
      on account that is for nothing yet takes nothing off.
    """
    given: dict[str, int] = {}
    for each in money:
        given[each.order] = given.get(each.order, 0) + each.amount_fen
    parts: list[Part] = []
    counted: dict[str, str] = {}
    earned = {sale.number: sale.earned_fen for sale in sales}
    for sale in sales:
        kind = _counts_as(sale)
        if not kind:
            continue
        counted[sale.number] = kind
        owed = sale.delivered_fen - sale.earned_fen
        if kind == "receivable":
            owed = sale.total_fen - given.get(sale.number, 0)
        if owed:
            parts.append(Part("receivable", sale.number, sale.number, owed))
        if kind == "undelivered" and sale.total_fen - sale.delivered_fen:
            open_fen = sale.total_fen - sale.delivered_fen
            parts.append(Part(kind, sale.number, sale.number, open_fen))
    for each in money:
        kind = counted.get(each.order, "")
        used = min(earned.get(each.order, 0), each.amount_fen)
        if kind == "undelivered":
            earned[each.order] = earned.get(each.order, 0) - used
            if each.amount_fen - used:
                parts.append(Part("allocated", each.payment, each.order, used - each.amount_fen))
        if kind and kind != "part" and not each.verified:
            held = "cheque" if each.method == "cheque" else "unverified"
            parts.append(Part(held, each.payment, each.order, each.amount_fen))
    places = list(PARTS)
    return Exposure(tuple(sorted(parts, key=lambda p: (places.index(p.kind), p.document, p.order))))


def _counts_as(sale: Sale) -> str:
    if sale.state in DELIVERED:
        return "receivable"
    if sale.state == "partly_delivered" and sale.terms not in ON_CREDIT:
        return "part"
    return "undelivered" if sale.state in APPROVED and sale.terms in ON_CREDIT else ""
