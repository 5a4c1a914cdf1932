"""Reading lines: as rows of any document have them, and priced by the catalogue as it stands."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.lines.rules import LineDraft, PricedLine, numbered


def priced(rows: Sequence[Row]) -> tuple[PricedLine, ...]:
    """Rows of `lines` as the rules take them."""
    names = ("line", "product_id", "code", "name", "unit", "scale", "quantity")
    prices = ("list_price_fen", "unit_price_fen", "cost_fen")
    return tuple(
        PricedLine(
            **{name: row[name] for name in (*names, *prices)},
            gift=bool(row["gift"]),
            fresh=bool(row["fresh"]),
        )
        for row in rows
    )


def price(reader: Reader, drafts: Sequence[LineDraft], most: int) -> tuple[PricedLine, ...]:
    """Lines as asked for, with today's list price and cost; BadInput where a price is odd."""
    found = []
    for draft in drafts:
        product = reader.one("SELECT * FROM v_product WHERE id = :id", id=draft.product_id)
        list_price = product["list_price_fen"]
        wished = list_price if draft.unit_price_fen is None else draft.unit_price_fen
        if not draft.gift and wished <= 0:
            raise BadInput(
                _("{code} {name} for nothing is a gift: say so").format(
                    code=product["code"], name=product["name"]
                ),
                code="E-ORD-004",
                rules=["RTL-REC-15"],
                fix=[f"--gift {product['code']}:QTY"],
            )
        found.append(_line(product, draft, 0 if draft.gift else wished))
    return numbered(found, most) if found else ()


def _line(product: Row, draft: LineDraft, unit_price_fen: int) -> PricedLine:
    same = ("code", "name", "unit", "scale", "list_price_fen", "cost_fen")
    return PricedLine(
        line=0,
        product_id=draft.product_id,
        quantity=draft.quantity,
        unit_price_fen=unit_price_fen,
        gift=draft.gift,
        fresh=bool(product["fresh"]),
        **{name: product[name] for name in same},
    )
