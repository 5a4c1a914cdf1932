"""A paper as a page for the browser that needs nothing else, as large as the sheets it is for."""

from __future__ import annotations

from html import escape

from kac.documents.drawn import Page, drawn
from kac.documents.layout import Paper

_STYLE = """
@page { size: WIDTHmm HEIGHTmm; margin: 0 }
html, body { margin: 0; padding: 0; background: #fff; color: #000 }
svg { display: block; margin: 0 auto; break-after: page; break-inside: avoid }
svg:last-of-type { break-after: auto }
text { white-space: pre; font-family: "Noto Sans Mono CJK SC", "Sarasa Mono SC", "NSimSun",
  "SimSun", "WenQuanYi Micro Hei Mono", "WenQuanYi Zen Hei Mono", monospace;
  font-variant-ligatures: none }
.title { font-weight: bold }
.rules { stroke: #000; stroke-width: 20; fill: none }
@media screen { body { background: #ddd }
  svg { background: #fff; margin: 6mm auto; max-width: 100%; height: auto } }
"""
_TITLE = ' class="title"'


def html(paper: Paper, *, title: str = "") -> str:
    """The pages as drawings whose text can be searched and copied, each run held to its cells."""
    pages = list(drawn(paper))
    style = _STYLE.replace("WIDTH", _mm(pages[0].width)).replace("HEIGHT", _mm(pages[0].height))
    sheets = "".join(map(_sheet, pages))
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n"
        f"<body>\n{sheets}</body>\n</html>\n"
    )


def _sheet(page: Page) -> str:
    """A page; its units are hundredths of a millimetre."""
    texts = "".join(
        f'<text x="{text.x // 10}" y="{text.y // 10}" font-size="{text.size // 10}"'
        f' textLength="{text.across // 10}" lengthAdjust="spacing"'
        f"{_TITLE if text.bold else ''}>{escape(text.text)}</text>\n"
        for text in page.texts
    )
    rules = "".join(
        f"M{rule.x // 10} {rule.y // 10}L{rule.to_x // 10} {rule.to_y // 10}" for rule in page.rules
    )
    fields = "".join(
        f"M{each.x / 10:g} {each.y / 10:g}h{each.across / 10:g}v{each.down / 10:g}"
        f"h{-each.across / 10:g}z"
        for each in page.fields
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_mm(page.width)}mm"'
        f' height="{_mm(page.height)}mm" viewBox="0 0 {page.width // 10} {page.height // 10}">\n'
        f'{texts}<path class="rules" d="{rules}"/>\n<path d="{fields}"/>\n</svg>\n'
    )


def _mm(micrometres: int) -> str:
    return f"{micrometres / 1000:g}"
