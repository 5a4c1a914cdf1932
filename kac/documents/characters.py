"""Characters that every printer and every screen draws equally wide.

GBK has characters that a dot-matrix printer draws two cells wide and a terminal one. They are
folded away, so that the width of a text is its length in GBK, on paper and on the screen alike.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, TypeVar

from kac.core.text import shown

MISSING = "〓"

Value = TypeVar("Value")

# Characters, and what is printed for each of them.
_SAID = """
    “”″〃 "   ‘’′ '   ‵ `   ‐‑‒–—―−─━┄┅┈┉═ -   │┃┆┇┊┋║∣ |   ‖∥ ||   ·•∙⋅ .   ∶ :   ∷ ::
    ※★☆●○◎◆◇■□▲△▼▽ *   ∕⁄÷ /   ≈∽∼ ~   × x   ± +-   √ V   ≤≦ <=   ≥≧ >=   ≠ !=   ← <-   → ->
    ℃ C   ℉ F   ° 度   ‰ o/oo   § S   ♂ 男   ♀ 女   ¥ ￥   £ ￡   ¢ ￠   € EUR   ® (R)   © (C)
    α a   β b   γ g   δ d   ε e   ζ z   η e   θ th   ι i   κ k   λ l   μ u   ν n   ξ x   ο o   π pi
    ρ r   σς s   τ t   υ y   φ phi   χ ch   ψ ps   ω o   Ω Ohm
    а a   б b   в v   г g   д d   её e   ж zh   з z   ий i   к k   л l   м m   н n   о o   п p   р r
    с s   т t   у u   ф f   х kh   ц ts   ч ch   ш sh   щ shch   ы y   э e   ю yu   я ya   ъь '
"""


def _signs() -> dict[str, str]:
    words = _SAID.split()
    return {
        sign: said for signs, said in zip(words[::2], words[1::2], strict=True) for sign in signs
    }


_SIGNS = _signs()


def width(text: str) -> int:
    """How many cells a folded text takes: one for ASCII, two for all else."""
    return len(text.encode("gbk"))


def fold(text: str) -> str:
    """The text in unambiguous GBK; what cannot be said in it stands as 〓."""
    return "".join(map(_folded, shown(text)))


def printable(value: Value) -> Value:
    """A paper's values with every text in them folded."""
    folded: Any = value
    if isinstance(value, str):
        folded = fold(value)
    elif isinstance(value, tuple):
        folded = tuple(printable(part) for part in value)
    elif is_dataclass(value) and not isinstance(value, type):
        parts = {field.name: printable(getattr(value, field.name)) for field in fields(value)}
        folded = replace(value, **parts)
    return folded  # type: ignore[no-any-return]


def unprintable(value: object) -> str:
    """The characters of a paper's values that stand as 〓, each once, for whoever must be told."""
    lost = (
        character
        for text in _texts(value)
        for character in shown(text)
        if MISSING in _folded(character) and character != MISSING
    )
    return "".join(dict.fromkeys(lost))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from _texts(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from _texts(getattr(value, field.name))


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if _is_plain(character):
        return character
    if character in _SIGNS:
        return _SIGNS[character]
    if character.lower() in _SIGNS:
        return _SIGNS[character.lower()].capitalize()
    if 0x2500 <= ord(character) <= 0x257F:
        return "+"
    return _plainer(character)


def _is_plain(character: str) -> bool:
    """ASCII, or a GBK character that is wide in every font."""
    if " " <= character <= "~":
        return True
    try:
        character.encode("gbk")
    except UnicodeEncodeError:
        return False
    return unicodedata.east_asian_width(character) in "WF"


def _plainer(character: str) -> str:
    """The compatibility form, such as IV for Ⅳ or kg for ㎏; letters lose their accents."""
    plain = unicodedata.normalize("NFKC", character)
    if plain == character:
        plain = unicodedata.normalize("NFKD", character)
    bare = "".join(part for part in plain if not unicodedata.combining(part))
    if bare == character or not bare:
        return MISSING
    folded = "".join(map(_folded, bare))
    if MISSING in folded:
        return MISSING
    return f"({folded})" if unicodedata.decomposition(character).startswith("<circle>") else folded
