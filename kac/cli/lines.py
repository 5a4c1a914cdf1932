"""Lines as they are typed: `CODE:QTY@PRICE`, and what they mean in the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kac.core.errors import BadInput, UsageError
from kac.core.i18n import _
from kac.core.money import Money, parse_money
from kac.core.quantity import parse_quantity
from kac.core.text import narrow

if TYPE_CHECKING:
    from kac.db.reader import Reader
    from kac.desk.inquiries.rules import NotedDraft
    from kac.desk.lines.rules import LineDraft

_BARCODE_DIGITS = 7


def split_line(written: str) -> tuple[str, str, str]:
    """(code, quantity, price) of `CODE[:QTY[@PRICE]]`, as texts; full-width signs are folded."""
    folded = narrow(written)
    body, _at, price = folded.partition("@")
    code, _colon, quantity = body.rpartition(":") if ":" in body else (body, "", "")
    if not code.strip():
        raise UsageError(
            _('"{written}" names no product').format(written=written),
            code="E-CLI-008",
            cause=[_("write CODE:QTY or CODE:QTY@PRICE, such as P0001:50@260")],
        )
    return code.strip(), quantity.strip(), price.strip()


def drafts(reader: Reader, lines: Sequence[str], gifts: Sequence[str]) -> tuple[LineDraft, ...]:
    """Lines and gifts as they were typed, with their products looked up."""
    return tuple(
        [_draft(reader, word, gift=False) for word in lines]
        + [_draft(reader, word, gift=True) for word in gifts]
    )


def _draft(reader: Reader, written: str, *, gift: bool) -> LineDraft:
    from kac.desk.catalogue.queries import find
    from kac.desk.lines.rules import LineDraft

    code, quantity, price = split_line(written)
    if not quantity:
        raise UsageError(
            _('"{written}" says no quantity').format(written=written),
            code="E-CLI-008",
            cause=[_("write CODE:QTY or CODE:QTY@PRICE, such as P0001:50@260")],
        )
    if len(quantity) >= _BARCODE_DIGITS and quantity.isdigit():
        raise BadInput(
            _('"{quantity}" looks like a barcode, not like a quantity').format(quantity=quantity),
            code="E-VAL-033",
        )
    if gift and price:
        raise UsageError(_("a gift has no price: {written}").format(written=written))
    product = find(reader, code)
    return LineDraft(
        product_id=product["id"],
        quantity=parse_quantity(quantity, product["scale"]),
        unit_price_fen=_price(price) if price else None,
        gift=gift,
    )


def noted(reader: Reader, lines: Sequence[str]) -> tuple[NotedDraft, ...]:
    """Goods as reception notes them, `CODE:QTY[@PRICE][/SHELF]`, with their products looked up."""
    return tuple(_noted(reader, word) for word in lines)


def _noted(reader: Reader, written: str) -> NotedDraft:
    from kac.desk.inquiries.rules import NotedDraft

    folded = narrow(written)
    head, stroke, shelf = folded.rpartition("/")
    has_shelf = bool(stroke) and ":" in head and ":" not in shelf
    draft = _draft(reader, head if has_shelf else folded, gift=False)
    seen = _shelf(reader, draft.product_id, shelf) if has_shelf else None
    return NotedDraft(draft.product_id, draft.quantity, draft.unit_price_fen, seen)


def _shelf(reader: Reader, product_id: int, written: str) -> int:
    if written.strip() == "0":
        return 0
    scale = reader.value("SELECT scale FROM product WHERE id = :id", id=product_id)
    return parse_quantity(written, scale)


def _price(written: str) -> int:
    price = parse_money(written)
    if price.fen < 0:
        raise BadInput(_("{price} is not a price").format(price=price), code="E-VAL-010")
    return price.fen


def counted_lines(words: Sequence[str]) -> dict[int, str]:
    """{line: quantity as written} of words such as 1:50, each line once."""
    found: dict[int, str] = {}
    for word in words:
        line, colon, quantity = word.partition(":")
        if not (colon and quantity and line.isascii() and line.isdigit()):
            raise UsageError(
                _('"{word}" is not LINE:QTY, such as 1:50').format(word=word), code="E-CLI-009"
            )
        if int(line) in found:
            raise UsageError(
                _("line {line} is named twice").format(line=int(line)), code="E-CLI-009"
            )
        found[int(line)] = quantity
    return found


def rung_lines(words: Sequence[str]) -> tuple[dict[int, str], dict[int, Money]]:
    """{line: quantity as written} and {line: price} of words such as 1:50 or 1:50@27.50."""
    bodies, prices = [], {}
    for word in words:
        body, at, price = narrow(word).partition("@")
        bodies.append(body)
        if at:
            prices[body.partition(":")[0]] = Money(_price(price))
    found = counted_lines(bodies)
    return found, {int(line): price for line, price in prices.items()}


def noted_lines(words: Sequence[str]) -> dict[int, str]:
    """{line: text} of words such as 1:美的, each line once."""
    found: dict[int, str] = {}
    for word in words:
        line, colon, text = word.partition(":")
        if not (colon and text.strip() and line.isascii() and line.isdigit()):
            raise UsageError(
                _('"{word}" is not LINE:TEXT, such as 1:box of 12').format(word=word),
                code="E-CLI-009",
            )
        if int(line) in found:
            raise UsageError(
                _("line {line} is named twice").format(line=int(line)), code="E-CLI-009"
            )
        found[int(line)] = text.strip()
    return found
