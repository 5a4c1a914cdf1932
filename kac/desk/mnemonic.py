"""Mnemonics (助记码): the first letters of a Chinese name, which clerks type to find it."""

from __future__ import annotations

import unicodedata


def mnemonic(name: str) -> str:
    """Pinyin initials in lower case; Latin letters and digits stay: `华夏银行A1` → `hxyha1`.

    Made when a name is written, never when it is read: loading the dictionary takes a while.
    """
    from pypinyin import Style, lazy_pinyin

    folded = unicodedata.normalize("NFKC", name).lower()
    initials = "".join(lazy_pinyin(folded, style=Style.FIRST_LETTER))
    return "".join(letter for letter in initials if letter.isascii() and letter.isalnum())
