"""One entry of the order loop: what was typed or scanned on one line, and what is meant by it.

Pure: text in, a value out. Signs come as the keyboard of any input method gives them.
"""

from __future__ import annotations

import re

from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.core.money import BP_WHOLE, parse_money
from kac.core.text import narrow
from kac.core.values import dataclass

# A gun types a barcode wherever the cursor stands: so many digits are never a quantity.
SCAN_DIGITS = 7
_LONGEST_BARCODE = 14
# What a Chinese input method gives for the keys of these signs.
_KEYS = str.maketrans({"。": ".", "《": "<", "、": "/", "×": "*", "＊": "*"})
_NUMBER = re.compile(r"(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?")
_OF_LINE = re.compile(r"(?:(?P<line>[0-9]{1,3}):)?(?P<sign>[*@/])(?P<value>.*)")
_REMOVE = re.compile(r"-(?P<line>[0-9]{0,3})")
_ITEM = re.compile(r"(?P<goods>[^@]*?)\s*(?:@(?P<price>.*))?")


@dataclass(frozen=True, slots=True)
class Put:
    """Goods to put on the order. Without a quantity one more of them; None is the usual price.

    A `gift` is given for nothing: it has no price.
    """

    code: str
    quantity: str = ""
    price_fen: int | None = None
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """Another quantity for a line; `line` 0 is the last one that was touched."""

    line: int
    quantity: str


@dataclass(frozen=True, slots=True)
class Price:
    """Another price for a line, in fen per selling unit."""

    line: int
    price_fen: int


@dataclass(frozen=True, slots=True)
class Discount:
    """A share of the list price for a line, in basis points: 95 折 is 9,500."""

    line: int
    rate_bp: int


@dataclass(frozen=True, slots=True)
class Remove:
    """A line to take out; 0 is the last one that was touched."""

    line: int


@dataclass(frozen=True, slots=True)
class Search:
    """Goods to look for."""

    words: str


@dataclass(frozen=True, slots=True)
class Command:
    """A whole command in between, as refusals give them to be pasted."""

    line: str


@dataclass(frozen=True, slots=True)
class Sign:
    """What one sign asks for: repeat, list, totals, back, leave, finish, help."""

    meaning: str


Entry = Put | Quantity | Price | Discount | Remove | Search | Command | Sign

_SIGNS = {
    "": "finish",
    ".": "finish",
    "l": "list",
    "=": "totals",
    "+": "repeat",
    "<": "back",
    "q": "leave",
    "?": "help",
}


def parse(typed: str) -> Entry:
    """What one line means; UsageError or BadInput says why it means nothing."""
    if typed.strip() == "kac" or typed.strip().startswith("kac "):
        return Command(typed.strip())
    line = narrow(typed.translate(_KEYS))
    if line.lower() in _SIGNS:
        return Sign(_SIGNS[line.lower()])
    if line.startswith("?"):
        return Search(line[1:].strip())
    if line.startswith("!"):
        return _gift(typed, line[1:].strip())
    if match := _REMOVE.fullmatch(line):
        return Remove(int(match["line"] or 0))
    if match := _OF_LINE.fullmatch(line):
        return _of_line(typed, int(match["line"] or 0), match["sign"], match["value"].strip())
    if re.fullmatch(r"\.[0-9]*", line):
        raise UsageError(
            _('"{typed}" is no price').format(typed=typed.strip()),
            code="E-CLI-021",
            cause=[_("write the price whole: @88, or @0.88 for 88 fen")],
        )
    return _item(typed, line)


def _of_line(typed: str, line: int, sign: str, value: str) -> Entry:
    if sign == "*":
        return Quantity(line, _quantity(typed, value))
    if sign == "@":
        return Price(line, _price(typed, value))
    return Discount(line, _rate(typed, value))


def _item(typed: str, line: str) -> Put:
    match = _ITEM.fullmatch(line)
    goods = match["goods"].strip() if match else ""
    price = match["price"] if match else None
    code, quantity = _pair(typed, goods)
    if not code or code[0] in "*@/+-<=.:!":
        raise _unclear(typed)
    return Put(
        code,
        _quantity(typed, quantity) if quantity else "",
        None if price is None else _price(typed, price.strip()),
    )


def _gift(typed: str, goods: str) -> Put:
    put = _item(typed, goods)
    if put.price_fen is not None:
        raise UsageError(
            _("a gift has no price: {written}").format(written=typed.strip()), code="E-CLI-020"
        )
    return Put(put.code, put.quantity, gift=True)


def _pair(typed: str, goods: str) -> tuple[str, str]:
    """(code, quantity) of `CODE`, `CODE QTY`, `CODE:QTY`, `CODE*QTY` or `QTY*CODE`."""
    if "*" in goods:
        left, _star, right = (part.strip() for part in goods.partition("*"))
        return _around_star(typed, left, right)
    for between in (":", " "):
        code, separator, quantity = goods.rpartition(between)
        if separator and (between == ":" or _NUMBER.fullmatch(quantity)):
            if not quantity.strip():
                raise _unclear(typed)
            return code.strip(), quantity.strip()
    return goods, ""


def _around_star(typed: str, left: str, right: str) -> tuple[str, str]:
    """Which of two is the code: the one that is no number, or the one as long as a barcode."""
    numbers = [bool(_NUMBER.fullmatch(part)) for part in (left, right)]
    if all(numbers):
        codes = [_is_barcode(part) for part in (left, right)]
        if codes.count(True) != 1:
            raise UsageError(
                _('in "{typed}" nothing tells the code from the quantity').format(
                    typed=typed.strip()
                ),
                code="E-CLI-022",
                cause=[_("write CODE QTY, such as P0001 12")],
            )
        return (left, right) if codes[0] else (right, left)
    if not any(numbers) or not left or not right:
        raise _unclear(typed)
    return (right, left) if numbers[0] else (left, right)


def _is_barcode(written: str) -> bool:
    return written.isdigit() and SCAN_DIGITS <= len(written) <= _LONGEST_BARCODE


def _quantity(typed: str, written: str) -> str:
    if not _NUMBER.fullmatch(written):
        raise _unclear(typed)
    whole = written.partition(".")[0]
    if whole.isdigit() and len(whole) >= SCAN_DIGITS:
        raise UsageError(
            _('"{quantity}" looks like a barcode, not like a quantity').format(quantity=written),
            code="E-VAL-033",
            cause=[_("finish the line before you scan the next")],
        )
    return written


def _price(typed: str, written: str) -> int:
    if not re.match(r"[¥0-9]", written):
        raise _unclear(typed)
    return parse_money(written).fen


def _rate(typed: str, written: str) -> int:
    """95 and 9.5 are 95 折, 9 is 9 折: the digits stand behind a nought and a point."""
    digits = written.replace(".", "", 1) if re.fullmatch(r"[0-9]\.[0-9]", written) else written
    if not re.fullmatch(r"[0-9]{1,2}", digits) or not int(digits):
        raise UsageError(
            _('"{typed}" is no discount').format(typed=typed.strip()),
            code="E-CLI-023",
            cause=[_("write /95 for 95 % of the list price, /9 for 90 %")],
        )
    return int(digits) * (BP_WHOLE // 10 ** len(digits))


def _unclear(typed: str) -> UsageError:
    return UsageError(
        _('"{typed}" is not understood here').format(typed=typed.strip()),
        code="E-CLI-020",
        cause=[_("goods are written CODE QTY@PRICE; a question mark alone shows all ways")],
    )
