"""The number of a paper as a scanner reads it: a QR code, or the bars of a Code 128."""

from __future__ import annotations

import re

_PLAIN = re.compile(r"[A-Z]{2}\d{8}-\d{4}")


def coded(number: str) -> bool:
    """Whether a number is one of the ledger's own, which a scanner may type."""
    return _PLAIN.fullmatch(number) is not None


def qr(number: str) -> list[list[bool]]:
    """The modules of the QR code, row by row, without the quiet zone."""
    import segno

    made = segno.make_qr(number, error="m")
    return [[bool(module) for module in row] for row in made.matrix]


def bars(number: str) -> list[tuple[int, int]]:
    """The dark bars of the Code 128 as (first module, how many), without the quiet zone."""
    from barcode.codex import Code128  # type: ignore[import-untyped]

    (modules,) = Code128(number).build()
    return [(found.start(), found.end() - found.start()) for found in re.finditer("1+", modules)]


def room(number: str) -> int:
    """How many modules a printer takes that writes every sign in one set, with the quiet zone."""
    return 11 * (len(number) + 2) + 13 + 10


def modules(number: str) -> int:
    """How many modules wide the bars are."""
    return max(start + length for start, length in bars(number))
