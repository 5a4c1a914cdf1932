"""A paper on its way out: as text, as a page for the browser, as a job for a dot-matrix printer."""

from __future__ import annotations

import re
from html import escape

from kac.documents.layout import MARGIN, Paper

_STYLE = """
@page { size: 241mm HEIGHTmm; margin: 0 }
body { margin: 0; color: #000 }
pre { box-sizing: border-box; width: 241mm; height: HEIGHTmm; margin: 0 auto; overflow: hidden;
  padding: TOPpt 0 0 calc((241mm - COLUMNSch) / 2);
  break-after: page; break-inside: avoid;
  font: 11pt/12pt "Noto Sans Mono CJK SC", "Sarasa Mono SC", "NSimSun", "SimSun",
    "WenQuanYi Micro Hei Mono", "WenQuanYi Zen Hei Mono", monospace;
  font-variant-ligatures: none }
i { display: inline-block; width: 2ch; text-align: center; font-style: normal }
pre:last-of-type { break-after: auto }
@media screen { body { background: #ddd } pre { background: #fff; margin: 6mm auto } }
"""
_WIDE = re.compile(r"[^ -~]")
_ESC, _FS = b"\x1b", b"\x1c"
# Columns in eight inches: the pitch, and the space around a hanzi that makes it two cells wide.
_PITCHES = {80: (_ESC + b"P", 6), 96: (_ESC + b"M", 3), 120: (_ESC + b"g", 0)}


def text(paper: Paper, *, page_break: str = "\f") -> str:
    """The pages as lines of text, with `page_break` between them."""
    return page_break.join("".join(f"{line}\n" for line in page) for page in paper.pages)


def html(paper: Paper, *, title: str = "") -> str:
    """A page for the browser that needs nothing else, as large as the sheets of the printer.

    Every wide character stands in a box of two cells, since few fonts draw it just as wide.
    """
    style = (
        _STYLE.replace("HEIGHT", _height_mm(paper.length))
        .replace("TOP", str(12 * (MARGIN // 2)))
        .replace("COLUMNS", str(paper.columns))
    )
    sheets = "".join(map(_sheet, paper.pages))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{sheets}</body>\n</html>\n"
    )


def escp(paper: Paper) -> bytes:
    """The job in ESC/P for a 24-pin printer, in GB18030, at six lines to the inch."""
    pitch, space = _PITCHES[paper.columns]
    setting = _ESC + b"@" + pitch + _FS + b"&" + _FS + b"S" + bytes([space, space])
    setting += _ESC + b"2" + _ESC + b"C" + bytes([paper.length])
    above = b"\r\n" * (MARGIN // 2)
    pages = (above + b"".join(map(_line, page)) + b"\f" for page in paper.pages)
    return setting + b"".join(pages)


def _sheet(page: tuple[str, ...]) -> str:
    title, *others = (_WIDE.sub(r"<i>\g<0></i>", escape(line)) for line in page)
    return "<pre>" + "\n".join([f"<b>{title}</b>", *others]) + "</pre>\n"


def _line(line: str) -> bytes:
    return line.encode("gb18030") + b"\r\n"


def _height_mm(lines: int) -> str:
    """The height of so many lines at six to the inch, in millimetres."""
    whole, tenth = divmod(lines * 254 // 6, 10)
    return f"{whole}.{tenth}"
