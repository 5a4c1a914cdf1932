"""The table of discounts as it is shown, and what it gives for goods and a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kac.db.reader import Reader
    from kac.desk.discounts.policy import DiscountRow


def told(row: DiscountRow) -> dict[str, Any]:
    """A row of the table; open bounds are empty."""
    return {
        "id": row.id,
        "highest": row.highest_bp,
        "categories": list(row.categories),
        "relations": list(row.relations),
        "from_amount": row.from_fen or None,
        "to_amount": row.to_fen,
        "from_margin": row.from_margin_bp or None,
        "to_margin": row.to_margin_bp,
        "from_units": row.from_units or None,
        "to_units": row.to_units,
    }


def given(
    reader: Reader, goods: Sequence[str], customer: str, rows: Sequence[DiscountRow]
) -> list[dict[str, Any]]:
    """What the table gives for each of the goods; nothing stands where it is silent."""
    from kac.cli.lines import drafts
    from kac.desk.catalogue.queries import by_id
    from kac.desk.customers.queries import find
    from kac.desk.discounts.rules import LONG_TERM, OTHER, Goods, lowest_price, row_of

    partner = bool(customer) and bool(find(reader, customer)["long_term"])
    found = []
    for draft in drafts(reader, goods, ()):
        product = by_id(reader, draft.product_id)
        line = Goods(
            line=0,
            name=product["name"],
            category=product["category"],
            relation=LONG_TERM if partner else OTHER,
            quantity=draft.quantity,
            scale=product["scale"],
            list_price_fen=product["list_price_fen"],
            unit_price_fen=product["list_price_fen"],
            cost_fen=product["cost_fen"],
        )
        row = row_of(line, rows)
        found.append(
            {
                **dict(product),
                "quantity": draft.quantity,
                "list_price": line.list_price_fen,
                "row": row.id if row else "",
                "highest": row.highest_bp if row else None,
                "lowest": lowest_price(line.list_price_fen, row) if row else None,
            }
        )
    return found
