"""A paper on its way out: as text, and as the job of a dot-matrix or a thermal printer."""

from __future__ import annotations

from kac.documents import codes, drawn
from kac.documents.layout import Paper
from kac.documents.sheets import INCH

_ESC, _FS, _GS = b"\x1b", b"\x1c", b"\x1d"
# Columns in eight inches: the pitch, and the space around a hanzi that makes it two cells wide.
_PITCHES = {80: (_ESC + b"P", 6), 96: (_ESC + b"M", 3), 120: (_ESC + b"g", 0)}
_BAR_DOTS, _MODULE_DOTS = 48, 2
_CODE_128, _NO_TEXT_CHECKED = 6, 0b11
_QR_MODEL, _QR_MODULE, _QR_LEVEL = b"\x32\x00", b"\x05", b"\x31"


def text(paper: Paper, *, page_break: str = "\f") -> str:
    """The pages as lines of text, with `page_break` between them."""
    return page_break.join("".join(f"{line}\n" for line in page) for page in paper.pages)


def job(paper: Paper) -> bytes:
    """The bytes for the printer of the paper's sheet: ESC/POS for a roll, else ESC/P."""
    return escpos(paper) if paper.sheet.endless else escp(paper)


def escp(paper: Paper) -> bytes:
    """The job in ESC/P for a 24-pin printer, in GB18030; the number in bars where there is room."""
    sheet = paper.sheet
    pitch, space = _PITCHES[paper.columns]
    setting = _ESC + b"@" + pitch + _FS + b"&" + _FS + b"S" + bytes([space, space])
    # The length of a page is told in lines of a sixth of an inch, whatever lines are printed.
    setting += _ESC + b"2" + _ESC + b"C" + bytes([round(sheet.height * 6 / INCH)])
    setting += b"" if sheet.pitch == INCH // 6 else _ESC + b"0"
    above = b"\r\n" * (sheet.margin // 2)
    pages = (
        (_bars(paper.code) if drawn.barred(paper, page) else b"")
        + above
        + b"".join(map(_line, page))
        + b"\f"
        for page in paper.pages
    )
    return setting + b"".join(pages)


def escpos(paper: Paper) -> bytes:
    """The job in ESC/POS for an 80 mm thermal printer, in GB18030, cut after every paper."""
    return _ESC + b"@" + _FS + b"&" + b"".join(_strip(paper, page) for page in paper.pages)


def _strip(paper: Paper, page: tuple[str, ...]) -> bytes:
    title, *others = page or ("",)
    bold = _ESC + b"E\x01" + title.encode("gb18030") + b"\n" + _ESC + b"E\x00"
    lines = b"".join(line.encode("gb18030") + b"\n" for line in others)
    code = _qr(paper.code) if codes.coded(paper.code) else b""
    return bold + lines + code + _ESC + b"d\x04" + _GS + b"V\x42\x00"


def _bars(number: str) -> bytes:
    """`ESC ( B`: the number in Code 128, character set B, without its text below."""
    data = bytes([_CODE_128, _MODULE_DOTS, 0, _BAR_DOTS, 0, _NO_TEXT_CHECKED])
    data += b"B" + number.encode("ascii")
    return _ESC + b"(B" + len(data).to_bytes(2, "little") + data + b"\r"


def _qr(number: str) -> bytes:
    """`GS ( k`: the number as a QR code in the middle of the roll."""
    stored = b"1P0" + number.encode("ascii")
    orders = (b"1A" + _QR_MODEL, b"1C" + _QR_MODULE, b"1E" + _QR_LEVEL, stored, b"1Q0")
    sent = b"".join(_GS + b"(k" + len(each).to_bytes(2, "little") + each for each in orders)
    return _ESC + b"a\x01" + sent + b"\n" + _ESC + b"a\x00"


def _line(line: str) -> bytes:
    return line.encode("gb18030") + b"\r\n"
