"""Quantities as integers of the base unit: pieces for counted goods, grams for weighed ones."""

from __future__ import annotations

import re

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import narrow

LARGEST = 10**12
_THOUSANDS = r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?"
_WRITTEN = r"([0-9]{1,9})(?:\.([0-9]{1,6}))?"


def parse_quantity(written: str, scale: int = 1) -> int:
    """Base units from what was written in selling units: `2.5` of a scale of 1,000 → 2,500.

    Zero, signs, exponents and more decimals than the scale holds are refused with BadInput.
    """
    folded = narrow(written)
    if "," in folded and not re.fullmatch(_THOUSANDS, folded):
        raise _bad_quantity(written)
    match = re.fullmatch(_WRITTEN, folded.replace(",", ""))
    if not match:
        raise _bad_quantity(written)
    whole, decimals = match.group(1), match.group(2) or ""
    power: int = 10 ** len(decimals)
    base, rest = divmod(int(whole + decimals) * scale, power)
    if rest:
        raise BadInput(
            _('"{written}" is finer than this product is measured').format(written=written),
            code="E-VAL-031",
        )
    if base == 0:
        raise BadInput(_("a quantity of 0 orders nothing"), code="E-VAL-032")
    if base >= LARGEST:
        raise _bad_quantity(written)
    return base


def format_quantity(base: int, scale: int = 1) -> str:
    """Selling units for people: 2,500 of a scale of 1,000 → `2.5`; 120 of scale 1 → `120`."""
    sign = "-" if base < 0 else ""
    whole, rest = divmod(abs(base), scale)
    if not rest:
        return f"{sign}{whole:,}"
    decimals = str(rest * 10**6 // scale).rjust(6, "0").rstrip("0")
    return f"{sign}{whole:,}.{decimals}"


def _bad_quantity(written: str) -> BadInput:
    return BadInput(
        _('"{written}" is not a quantity').format(written=written),
        code="E-VAL-030",
        cause=[_("write a positive number such as 120 or, for weighed goods, 2.5")],
    )
