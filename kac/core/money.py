"""Money in integer fen, and every rounding of money there is.

Rates are basis points (10,000 = 100 %). A rounding is named for its direction.
"""

from __future__ import annotations

import re

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import narrow
from kac.core.values import dataclass

BP_WHOLE = 10_000
LARGEST_FEN = 9 * 10**12
_WRITTEN = r"-?[0-9]{1,11}(?:\.[0-9]{1,2})?"


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount of yuan, held in whole fen. No float ever enters or leaves."""

    fen: int

    def __post_init__(self) -> None:
        if type(self.fen) is not int:
            raise TypeError(f"money is whole fen, not {self.fen!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.fen + other.fen)

    def __sub__(self, other: Money) -> Money:
        return Money(self.fen - other.fen)

    def __mul__(self, count: int) -> Money:
        return Money(self.fen * count)

    def __neg__(self) -> Money:
        return Money(-self.fen)

    def __bool__(self) -> bool:
        return self.fen != 0

    def __str__(self) -> str:
        return format_fen(self.fen)

    def share_up(self, rate_bp: int) -> Money:
        """`rate_bp` of this, rounded up to the fen (RTL-DEP-06 with A-60)."""
        return Money(-(-self.fen * rate_bp // BP_WHOLE))

    def plain(self) -> str:
        """Yuan with two decimals and no separators, as JSON and CSV carry it: `31703.00`."""
        return plain_fen(self.fen)


ZERO = Money(0)


def total(amounts: list[Money]) -> Money:
    """The sum of amounts; zero of none."""
    return Money(sum(amount.fen for amount in amounts))


def per_scale_half_up(price_fen: int, quantity: int, scale: int) -> int:
    """Price of `quantity` base units at `price_fen` per `scale` of them, half a fen rounded up.

    Counted goods have scale 1; goods weighed in grams and priced per kilogram have 1,000.
    """
    return (2 * price_fen * quantity + scale) // (2 * scale)


def part_half_up(whole_fen: int, part: int, of: int) -> int:
    """`whole_fen` x part / of, half a fen rounded up; all of it when part equals of."""
    return (2 * whole_fen * part + of) // (2 * of)


def plain_fen(fen: int) -> str:
    """Yuan with two decimals and no separators: -1234 → `-12.34`."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan}.{rest:02d}"


def format_fen(fen: int) -> str:
    """Yuan for people, with separators and no currency sign: 3170300 → `31,703.00`."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}"


def format_bp(rate_bp: int) -> str:
    """A rate for people: 905 → `9.05%`, 3000 → `30%`."""
    sign = "-" if rate_bp < 0 else ""
    whole, rest = divmod(abs(rate_bp), 100)
    return f"{sign}{whole}.{rest:02d}%" if rest else f"{sign}{whole}%"


def parse_money(written: str) -> Money:
    """What a clerk or a file writes for an amount: `31703`, `31,703.00`, `￥31703`, `31703元`.

    Full-width digits and separators are folded. Exponents, more than two decimals and amounts
    of 90 billion yuan or more are refused with BadInput.
    """
    folded = narrow(written)
    body = folded.removeprefix("¥").removesuffix("元").strip()
    if "," in body and not re.fullmatch(r"-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]{1,2})?", body):
        raise _bad_amount(written)
    body = body.replace(",", "")
    if not re.fullmatch(_WRITTEN, body):
        raise _bad_amount(written)
    yuan, _dot, rest = body.lstrip("-").partition(".")
    fen = int(yuan) * 100 + int(rest.ljust(2, "0"))
    if fen >= LARGEST_FEN:
        raise _bad_amount(written)
    return Money(-fen if body.startswith("-") else fen)


def parse_rate(written: str) -> int:
    """Basis points from per cent as written: `3` → 300, `2.5%` → 250; at most two decimals."""
    folded = narrow(written).removesuffix("%").strip()
    match = re.fullmatch(r"([0-9]{1,3})(?:\.([0-9]{1,2}))?", folded)
    if not match:
        raise BadInput(
            _('"{written}" is not a rate in per cent').format(written=written),
            code="E-VAL-014",
            cause=[_("write 3, 2.5 or 2.5%")],
        )
    return int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))


def _bad_amount(written: str) -> BadInput:
    return BadInput(
        _('"{written}" is not an amount').format(written=written),
        code="E-VAL-010",
        cause=[_("write yuan with at most two decimals, such as 31703 or 31,703.00")],
    )
