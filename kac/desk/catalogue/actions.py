"""Verbs of the catalogue: take a product in, correct one, write a price that was decided."""

from __future__ import annotations

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.text import folded
from kac.core.values import dataclass
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


@dataclass(frozen=True)
class TakenIn:
    """What became of a product: `new`, `changed` or `same`; and whether its price would change."""

    verdict: str
    product_id: int
    other_price: bool = False


def take_in(work: Work, sheet: ProductSheet) -> TakenIn:
    """Write a product with its price, or correct the one with this code.

    The price of one that is there stays as it is: another one needs a second person (A-56).
    BadInput where the barcode belongs to another product or the unit of measure would change
    under the stock.
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
    if row is None:
        made = work.add(Product(**_columns(sheet), code=sheet.code, scale=scale))
        reprice(work, made.id or 0, sheet.cost_fen, sheet.list_price_fen)
        return TakenIn("new", made.id or 0)
    if row.scale != scale:
        raise BadInput(_("{code} is measured in another unit already").format(code=sheet.code))
    columns = _columns(sheet)
    changed = any(getattr(row, name) != value for name, value in columns.items())
    if changed:
        for name, value in columns.items():
            setattr(row, name, value)
        work.add(row)
    latest = work.reader.one(
        "SELECT cost_fen, list_price_fen FROM v_product WHERE id = :id", id=row.id
    )
    other = tuple(latest) != (sheet.cost_fen, sheet.list_price_fen)
    return TakenIn("changed" if changed else "same", row.id or 0, other)


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


def reprice(work: Work, product_id: int, cost_fen: int, list_price_fen: int) -> None:
    """Write the price of a product from this day on; the caller has judged who may."""
    from kac.desk.catalogue.tables import ProductPrice

    work.add(
        ProductPrice(
            product_id=product_id,
            cost_fen=cost_fen,
            list_price_fen=list_price_fen,
            effective_from=work.on,
            at=work.now,
        )
    )
