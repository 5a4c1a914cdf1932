"""Verbs of the catalogue: take a product in, or a new price of one that is there."""

from __future__ import annotations

from dataclasses import dataclass

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import folded
from kac.db.work import Work
from kac.desk.mnemonic import mnemonic

GRAMS = 1_000


@dataclass(frozen=True)
class ProductSheet:
    """One product as the purchasing department lists it; prices per selling unit, in fen."""

    code: str
    barcode: str
    name: str
    spec: str
    category: str
    fresh: bool
    size_class: str
    unit: str
    weighed: bool
    cost_fen: int
    list_price_fen: int


def take_in(work: Work, sheet: ProductSheet) -> str:
    """Write a product, or correct the one with this code; a new price is a new row.

    Returns `new`, `changed` or `same`. BadInput where the barcode belongs to another product or
    the unit of measure would change under the stock.
    """
    from sqlmodel import select

    from kac.desk.catalogue.tables import Product

    row = work.session.exec(select(Product).where(Product.code == sheet.code)).first()
    twin = work.session.exec(select(Product).where(Product.barcode == sheet.barcode)).first()
    if twin is not None and (row is None or twin.id != row.id):
        raise BadInput(
            _("barcode {barcode} belongs to {code} {name}").format(
                barcode=sheet.barcode, code=twin.code, name=twin.name
            )
        )
    scale = GRAMS if sheet.weighed else 1
    if row is not None and row.scale != scale:
        raise BadInput(_("{code} is measured in another unit already").format(code=sheet.code))
    columns = _columns(sheet)
    changed = row is None or any(getattr(row, name) != value for name, value in columns.items())
    if row is None:
        row = Product(**columns, code=sheet.code, scale=scale)
    elif changed:
        for name, value in columns.items():
            setattr(row, name, value)
    fresh_row = row.id is None
    if changed:
        work.add(row)
    assert row.id is not None
    repriced = _price(work, row.id, sheet)
    return "new" if fresh_row else "changed" if changed or repriced else "same"


def _columns(sheet: ProductSheet) -> dict[str, object]:
    return {
        "barcode": sheet.barcode,
        "name": sheet.name,
        "spec": sheet.spec,
        "category": sheet.category,
        "fresh": sheet.fresh,
        "size_class": sheet.size_class,
        "unit": sheet.unit,
        "mnemonic": mnemonic(sheet.name),
        "search_key": folded(sheet.name),
    }


def _price(work: Work, product_id: int, sheet: ProductSheet) -> bool:
    from kac.desk.catalogue.tables import ProductPrice

    latest = work.reader.first(
        "SELECT cost_fen, list_price_fen FROM product_price WHERE product_id = :id"
        " ORDER BY id DESC LIMIT 1",
        id=product_id,
    )
    if latest is not None and tuple(latest) == (sheet.cost_fen, sheet.list_price_fen):
        return False
    work.add(
        ProductPrice(
            product_id=product_id,
            cost_fen=sheet.cost_fen,
            list_price_fen=sheet.list_price_fen,
            effective_from=work.on,
            at=work.now,
        )
    )
    return True
