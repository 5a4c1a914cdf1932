"""The font of a PDF: one with Chinese that this machine has, half-width letters preferred."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _

_DEBIAN = "/usr/share/fonts"
_WINDOWS = "C:/Windows/Fonts"
_MAC = "/System/Library/Fonts"
# Files in the order in which they are tried, with the place of the font in a collection.
_KNOWN = (
    (f"{_DEBIAN}/opentype/noto/NotoSansCJK-Regular.ttc", 7),
    (f"{_DEBIAN}/noto-cjk/NotoSansCJK-Regular.ttc", 7),
    (f"{_DEBIAN}/truetype/wqy/wqy-microhei.ttc", 1),
    (f"{_DEBIAN}/truetype/wqy/wqy-zenhei.ttc", 1),
    (f"{_DEBIAN}/truetype/droid/DroidSansFallbackFull.ttf", 0),
    (f"{_WINDOWS}/simsun.ttc", 1),
    (f"{_WINDOWS}/simhei.ttf", 0),
    (f"{_WINDOWS}/msyh.ttc", 0),
    (f"{_MAC}/STHeiti Light.ttc", 0),
)


@dataclass(frozen=True, slots=True)
class Font:
    """A font file, and the place of the font in it."""

    path: Path
    place: int = 0


def find(named: str = "") -> Font:
    """The font that was named as `FILE` or `FILE#PLACE`, else the first known one that is there."""
    if named:
        path, _sign, number = named.partition("#")
        font = Font(Path(path), int(number) if number.isdigit() else 0)
        if not font.path.is_file():
            raise _missing(_("there is no file {path}").format(path=path))
        return font
    for name, place in _KNOWN:
        if os.path.isfile(name):
            return Font(Path(name), place)
    raise _missing(_("no font with Chinese was found on this machine"))


def _missing(why: str) -> EnvironmentTrouble:
    return EnvironmentTrouble(
        _("a PDF needs a font with Chinese characters"),
        code="E-PRN-003",
        cause=[why],
        fix=["apt install fonts-wqy-microhei", "kac config path"],
    )
