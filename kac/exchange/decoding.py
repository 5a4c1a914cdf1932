"""Bytes as text: UTF-8 with its mark, UTF-16 with its mark, strict UTF-8, strict GB18030."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from kac.core.errors import BadInput
from kac.core.i18n import _

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Two bytes of GBK that happen to be valid UTF-8 come out below U+0800, where no Chinese is.
_CHINESE_OR_LATER = re.compile("[\u0800-\U0010ffff]")
_SCRIPTS_NOT_WRITTEN_HERE = re.compile("[\u0250-\u07ff]")


@dataclass(frozen=True, slots=True)
class Reading:
    """The text in one encoding. `doubtful`: another encoding makes sense of the bytes as well."""

    encoding: str
    text: str
    doubtful: bool = False


def readings(data: bytes) -> list[Reading]:
    """Every strict reading of the bytes, the likeliest first; BadInput E-IMP-003 without any.

    A file whose only Chinese word is 学校 in GBK is valid UTF-8 too: the caller looks whether the
    header makes sense, and refuses to guess where it cannot tell.
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return [Reading(encoding, _strict(data, encoding))]
    utf8 = _attempt(data, "utf-8")
    if utf8 is not None and (utf8.isascii() or _CHINESE_OR_LATER.search(utf8)):
        return [Reading("utf-8", utf8)]
    gb18030 = _attempt(data, "gb18030")
    if utf8 is None:
        if gb18030 is None or garbled(gb18030.partition("\n")[0]):
            raise _mixed(data)
        return [Reading("gb18030", gb18030)]
    if gb18030 is None:
        return [Reading("utf-8", utf8)]
    if _SCRIPTS_NOT_WRITTEN_HERE.search(utf8):
        return [Reading("gb18030", gb18030), Reading("utf-8", utf8)]
    return [Reading("utf-8", utf8, doubtful=True), Reading("gb18030", gb18030, doubtful=True)]


def settled(pieces: Callable[[], Iterable[bytes]]) -> str:
    """The one encoding of a file read piece by piece; empty where `readings` has to look closer."""
    first = next(iter(pieces()), b"")
    for mark, encoding in _MARKS.items():
        if first.startswith(mark):
            return encoding if _reads(pieces(), encoding) is not None else ""
    found = _reads(pieces(), "utf-8")
    if found is not None:
        return "utf-8" if found else ""
    head = _attempt(first[: first.find(b"\n") + 1], "gb18030")
    if not head or garbled(head) or _reads(pieces(), "gb18030") is None:
        return ""
    return "gb18030"


def _reads(pieces: Iterable[bytes], encoding: str) -> bool | None:
    """Whether the text is ASCII or Chinese beyond doubt; None where the encoding does not fit."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    ascii_only, chinese = True, False
    try:
        for piece in pieces:
            text = decoder.decode(piece)
            ascii_only = ascii_only and text.isascii()
            chinese = chinese or _CHINESE_OR_LATER.search(text) is not None
        decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return ascii_only or chinese


def garbled(text: str) -> bool:
    """Whether text is Chinese in UTF-8 that somebody read and saved as GBK: `鐜嬭姵`."""
    if text.isascii():
        return False
    try:
        meant = text.encode("gb18030").decode("utf-8")
    except UnicodeError:
        return False
    return _CHINESE_OR_LATER.search(meant) is not None


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as trouble:
        raise _unreadable(data, trouble) from trouble


def _mixed(data: bytes) -> BadInput:
    # What the first line is in tells what the rest was meant to be in.
    first = data.partition(b"\n")[0]
    meant = "gb18030" if _attempt(first, "utf-8") is None else "utf-8"
    try:
        data.decode(meant)
    except UnicodeDecodeError as trouble:
        return _unreadable(data, trouble)
    raise AssertionError("a file that decodes is not mixed")


def _unreadable(data: bytes, trouble: UnicodeDecodeError) -> BadInput:
    return BadInput(
        _("the file is neither UTF-8 nor GB18030 throughout"),
        code="E-IMP-003",
        cause=[
            _("as {encoding} it makes no sense in line {line}").format(
                encoding=trouble.encoding, line=data.count(b"\n", 0, trouble.start) + 1
            ),
            _('save it again in the spreadsheet as "CSV UTF-8"'),
        ],
    )
