"""Rules of the credit limit: nothing set is not nothing allowed, and nothing lasts for ever."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step

AFTER: dict[str, tuple[str, ...]] = {}
# Work that is never one's own: whoever proposed it or looked into the customer does not sign.
NOT_ONES_OWN = frozenset({"credit_approved"})
RULES = ("RTL-CTL-01", "RTL-CTL-02", "RTL-CTL-08", "RTL-CTL-03", "A-65")


@dataclass(frozen=True)
class Limit:
    """The limit that was signed for last: in fen, good up to and with `until`.

    `signed_by` are those who signed; a limit of 0 is one, and allows nothing.
    """

    number: str
    limit_fen: int
    until: date
    investigated_by: str = ""
    signed_by: tuple[str, ...] = ()


def holds(limit: Limit | None, today: date) -> bool:
    """Whether there is a limit on a day; who has none pays first (RTL-CTL-03, RTL-CTL-08)."""
    return limit is not None and today <= limit.until


def good_standing(nature: str, natures: Sequence[str], limit: Limit | None, today: date) -> str:
    """Why a customer is one of good credit, in words; empty where nothing says so (RTL-MTH-02)."""
    if nature in natures:
        return _("{nature} is of good credit").format(nature=nature)
    if limit is not None and holds(limit, today) and limit.limit_fen:
        return said(limit, "", today)
    return ""


def secured(number: str, customer: str, good: str, security: Money, roles: Sequence[str]) -> Gate:
    """Who has no credit pays a security deposit before a long-term contract is signed.

    RTL-MTH-02, RTL-MTH-03: state organs and companies of good credit need none.
    """
    rules = ("RTL-MTH-03", "RTL-MTH-02")
    if good or security:
        says = good or _("security of {amount} is held").format(amount=security)
        return Gate("contract_secured", rules, True, says)
    says = _("{customer} has no credit here, and no security deposit is verified")
    command = f"kac security record {number} --amount … --ref …"
    says = says.format(customer=customer)
    return Gate("contract_secured", rules, False, says, tuple(roles), command)


def left_fen(limit: Limit | None, exposure_fen: int, today: date) -> int | None:
    """What a customer may still owe, in fen, below nothing when over; None while none is set."""
    return limit.limit_fen - exposure_fen if limit and holds(limit, today) else None


def said(limit: Limit | None, customer: str, today: date) -> str:
    """The limit in words, with what is the matter with it."""
    if limit is None:
        return _("no credit limit is set for {customer}").format(customer=customer)
    figures = {"limit": Money(limit.limit_fen), "day": limit.until, "number": limit.number}
    if not holds(limit, today):
        return _("the limit of {limit} ({number}) ended on {day}").format(**figures)
    return _("limit of {limit} until {day} ({number})").format(**figures)


def term_ahead(until: date, on: date) -> Gate:
    """A limit ends on a day to come (RTL-CTL-01)."""
    return Gate(
        "limit_term_ahead",
        ("RTL-CTL-01",),
        until > on,
        _("it ends on {day}, made on {on}").format(day=until, on=on),
    )


def signatures(approval: str, steps: tuple[Step, ...], signed: tuple[Signed, ...]) -> list[Gate]:
    """The gates of the signatures that a proposed limit asks for (RTL-CTL-01)."""
    return approvals.gates(approval, steps, signed)
