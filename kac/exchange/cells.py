"""Cells: what spreadsheets wrap around a value is taken off, what they broke is recognised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.money import parse_money
from kac.core.quantity import parse_quantity
from kac.core.text import required_text, safe_text
from kac.exchange.decoding import garbled

Parser = Callable[[str], Any]

_EDGES = " \t\u00a0\ufeff\u3000"
_FORMULA = "=+-@＝＋－＠"
_SHOWN_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|#+)")
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,39}")
_CUSTOMER = re.compile(r"(?:KH)?([0-9]{1,6})")
_ZERO = re.compile(r"0+(?:\.0+)?")
# Brackets and punctuation stay as they are: titles of invoices are compared by character.
_HALF_WIDTH = {
    0x3000: " ",
    **{0xFEE0 + point: chr(point) for point in range(0x30, 0x7B) if chr(point).isalnum()},
}
_YES = ("是", "yes", "y", "true", "1", "√")
_NO = ("否", "no", "n", "false", "0", "×")


def clean(raw: str) -> str:
    """A cell without edge spaces, tabs and marks, and without the signs that force text.

    Those are WeChat's leading backtick, a spreadsheet's leading apostrophe, and `="…"`.
    """
    text = raw.strip(_EDGES).removeprefix("`").removeprefix("'")
    if match := re.fullmatch(r'="(.*)"', text):
        text = match[1].replace('""', '"')
    return text.strip(_EDGES)


def guarded(raw: str) -> str:
    """A cell for a file that a spreadsheet opens: what would run as a formula stays text."""
    bare = raw.strip(_EDGES)
    return f"'{bare}" if bare[:1] and bare[0] in _FORMULA else raw


def value(raw: str, parse: Parser) -> Any:
    """The value of a cell; BadInput where it is damaged or `parse` refuses it."""
    text = clean(raw)
    if "\n" in text or "\r" in text:
        raise BadInput(_("a line break stands inside the cell"))
    if _SHOWN_ERRORS.fullmatch(text.upper()):
        raise BadInput(_("the spreadsheet shows an error here"))
    if text.startswith("="):
        raise BadInput(_("a formula stands here, not what it comes to"))
    if garbled(text):
        raise BadInput(_("this was read in a wrong encoding and saved again"))
    return parse(text)


def optional(parse: Parser, empty: Any = "") -> Parser:
    """`parse`, with `empty` for an empty cell."""
    return lambda text: parse(text) if text else empty


def name(longest: int) -> Parser:
    """Text that must be there; full-width letters and digits are made half-width."""
    return lambda text: required_text(
        text.translate(_HALF_WIDTH), field=_("the cell"), longest=longest
    )


def words(longest: int) -> Parser:
    """Text that may be missing."""
    return lambda text: safe_text(text.translate(_HALF_WIDTH), field=_("the cell"), longest=longest)


def choice(table: Mapping[str, Any]) -> Parser:
    """One of the words of a table; the error lists them."""

    def parse(text: str) -> Any:
        folded = unicodedata.normalize("NFKC", text).lower()
        if folded not in table:
            raise _refused(text, _("one of: {words}").format(words=", ".join(table)))
        return table[folded]

    return parse


yes_no: Parser = choice({**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)})


def code(text: str) -> str:
    """A product's or location's code: capitals, digits, `.`, `_`, `/`, `-`; at most 40."""
    folded = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if not folded:
        raise BadInput(_("the cell is empty"))
    if not _CODE.fullmatch(folded):
        raise _refused(text, _("a code consists of letters, digits, dots, dashes and strokes"))
    return folded


def customer_code(text: str) -> str:
    """A customer's number: `KH0001`, also written `kh1` or `1`."""
    match = _CUSTOMER.fullmatch(unicodedata.normalize("NFKC", text).strip().upper())
    if not match or not int(match[1]):
        raise _refused(text, _("write a customer code such as KH0001"))
    return f"KH{int(match[1]):04d}"


def price(text: str) -> int:
    """An amount of money that is not negative, in fen."""
    money = parse_money(text)
    if money.fen < 0:
        raise _refused(text, _("a price is not negative"))
    return money.fen


def count(text: str, scale: int) -> int:
    """A quantity that may be 0, in base units of a product of this scale."""
    if _ZERO.fullmatch(unicodedata.normalize("NFKC", text)):
        return 0
    return parse_quantity(text, scale)


def _refused(text: str, advice: str) -> BadInput:
    return BadInput(_('"{written}" does not belong here').format(written=text), cause=[advice])
