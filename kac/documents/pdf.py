"""A paper as a PDF, drawn run by run in a font with Chinese that is embedded in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _
from kac.documents.drawn import Page, Text, drawn
from kac.documents.fonts import Font, find
from kac.documents.layout import Paper

if TYPE_CHECKING:
    from fpdf import FPDF

_FAMILY = "paper"
_THIN_MM, _BOLD_MM = 0.2, 0.12
_POINTS = 72 / 25_400


def pdf(paper: Paper, *, title: str = "", font: str = "") -> bytes:
    """The pages at their true size; E-PRN-003 and E-PRN-004 where font or library is missing."""
    made = _document(find(font))
    made.set_title(title or paper.code)
    made.set_lang("zh-CN")
    for page in drawn(paper):
        _draw(made, page)
    return bytes(made.output())


def ready(font: str = "") -> None:
    """Make sure of the font and the library before anything is written for a PDF."""
    _document(find(font))


def _document(font: Font) -> FPDF:
    try:
        from fpdf import FPDF
    except ImportError as missing:
        raise EnvironmentTrouble(
            _("PDF needs fpdf2, which is not installed here"),
            code="E-PRN-004",
            fix=["pip install 'kac[pdf]'"],
        ) from missing
    made = FPDF(unit="mm")
    made.set_auto_page_break(False)
    made.set_margin(0)
    try:
        made.add_font(_FAMILY, fname=font.path, collection_font_number=font.place)
    except Exception as trouble:
        # Whatever is wrong with a font file, its reader says it in exceptions of its own.
        raise EnvironmentTrouble(
            _("{path} is no font that can be used: {trouble}").format(
                path=font.path, trouble=trouble
            ),
            code="E-PRN-003",
            fix=["apt install fonts-wqy-microhei", "kac config path"],
        ) from trouble
    return made


def _draw(made: FPDF, page: Page) -> None:
    made.add_page(format=(page.width / 1000, page.height / 1000))
    made.set_line_width(_THIN_MM)
    for rule in page.rules:
        made.line(rule.x / 1000, rule.y / 1000, rule.to_x / 1000, rule.to_y / 1000)
    for field in page.fields:
        place = (field.x / 1000, field.y / 1000)
        made.rect(*place, field.across / 1000, field.down / 1000, style="F")
    for text in page.texts:
        _write(made, text)


def _write(made: FPDF, text: Text) -> None:
    """A run of text, its signs set apart so that it takes just the cells that it has."""
    made.set_font(_FAMILY, size=text.size * _POINTS)
    made.set_char_spacing(0)
    natural = made.get_string_width(text.text) * 1000
    spare = (text.across - natural) / len(text.text)
    made.set_char_spacing(spare * _POINTS)
    x = (text.x + spare / 2) / 1000
    if not text.bold:
        made.text(x, text.y / 1000, text.text)
        return
    with made.local_context(text_mode="FILL_STROKE", line_width=_BOLD_MM):
        made.text(x, text.y / 1000, text.text)
