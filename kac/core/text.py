"""Text from outside, taken in by one function and shown by another.

Control, bidirectional and zero-width characters are refused on the way in and escaped on the way
out, so that a customer's name can neither drive the terminal nor hide in a list.
"""

from __future__ import annotations

import unicodedata

from kac.core.errors import BadInput
from kac.core.i18n import _

_HIDDEN = frozenset(
    [*range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0x200B, 0x2010), 0xFEFF, 0x2028, 0x2029]
)
_REFUSED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})


def is_harmful(character: str) -> bool:
    """Whether a character controls, hides or reorders instead of showing something."""
    return ord(character) in _HIDDEN or unicodedata.category(character) in _REFUSED


def safe_text(written: str, *, field: str, longest: int = 200) -> str:
    """One line of text as the ledger may hold it: NFC, trimmed, single spaces.

    BadInput names the field and the character; markup such as `[red]` is text and stays.
    """
    composed = unicodedata.normalize("NFC", written)
    # Whatever is harmful is not printable: most texts need no second look.
    suspect = "" if composed.isprintable() else composed
    for position, character in enumerate(suspect, start=1):
        if is_harmful(character):
            raise BadInput(
                _("{field}: character {position} (U+{point:04X}) cannot be printed").format(
                    field=field, position=position, point=ord(character)
                ),
                code="E-VAL-002",
            )
    tidy = " ".join(composed.split())
    if len(tidy) > longest:
        raise BadInput(
            _("{field}: {length} characters are too many, {longest} at most").format(
                field=field, length=len(tidy), longest=longest
            ),
            code="E-VAL-003",
        )
    return tidy


def required_text(written: str, *, field: str, longest: int = 200) -> str:
    """`safe_text` that may not be empty."""
    tidy = safe_text(written, field=field, longest=longest)
    if not tidy:
        raise BadInput(_("{field} is empty").format(field=field), code="E-VAL-004")
    return tidy


def shown(stored: str) -> str:
    """Text on its way to a screen or a slip: anything harmful is spelled out as `\\u202e`."""
    if stored.isprintable():
        return stored
    return "".join(
        f"\\u{ord(character):04x}" if is_harmful(character) else character for character in stored
    )


_NARROW: dict[int, str | int] = {
    0x3000: " ",
    0xFFE5: "¥",
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
}


def narrow(written: str) -> str:
    """Full-width letters, digits and signs made narrow; `²` and `①` stay what they are."""
    return written.translate(_NARROW).strip()


def folded(written: str) -> str:
    """The key to search and to compare codes by: full width and case folded, spaces gone."""
    return "".join(unicodedata.normalize("NFKC", written).lower().split())
