"""Rules of the waiver: it counts once it is signed, and for what it was signed for (A-60)."""

from __future__ import annotations

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass

# The kind of its request, and the row of the approval matrix that says who signs.
KIND = "exception"
# A waiver holds nothing up: whoever does not get it pays the whole deposit.
AFTER: dict[str, tuple[str, ...]] = {}
NOT_ONES_OWN = frozenset({"exception_granted"})
RULES = ("RTL-DEP-06", "A-60")


@dataclass(frozen=True)
class WaiverFacts:
    """What of an order's deposit is asked to be left off, in fen, and how far that came.

    `total_fen` and `ordinary_fen` are the order's, as its request froze them; `state` is that of
    the request; `by` signed it, `on_behalf_of` another where a deputy did, `at` that moment.
    """

    number: str
    request: str
    state: str
    short_fen: int
    total_fen: int
    ordinary_fen: int
    reason: str
    by: str = ""
    on_behalf_of: str = ""
    at: str = ""

    @property
    def hand(self) -> str:
        """Who signed, and for whom."""
        if not self.on_behalf_of:
            return self.by
        return _("{deputy} for {delegator}").format(deputy=self.by, delegator=self.on_behalf_of)


def covers(waiver: WaiverFacts, total_fen: int, ordinary_fen: int) -> bool:
    """Whether an order still is what was signed for, or less: no sum of it may have risen."""
    return total_fen <= waiver.total_fen and ordinary_fen <= waiver.ordinary_fen


def granted_fen(waiver: WaiverFacts | None, total_fen: int, ordinary_fen: int) -> int:
    """What may be left off: nothing before it is signed, nor for more than was signed (A-60)."""
    if waiver is None or waiver.state != "approved":
        return 0
    return waiver.short_fen if covers(waiver, total_fen, ordinary_fen) else 0


def none_asked(order: str, waiver: WaiverFacts | None) -> Gate:
    """A deposit is lowered once: what is asked or granted is taken back before anew (A-60)."""
    living = waiver is not None and waiver.state in ("pending", "approved")
    says = _("nothing of the deposit of {order} is left off yet").format(order=order)
    if waiver is not None and living:
        says = _("{number} leaves {amount} of the deposit of {order} off, or asks for it").format(
            number=waiver.number, amount=Money(waiver.short_fen), order=order
        )
    command = f"kac deposit unwaive {waiver.number} --reason …" if waiver else ""
    return Gate("waiver_once", RULES, not living, says, (), command)
