"""The catalogue held in memory while a file is read: products by their code or barcode."""

from __future__ import annotations

from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.catalogue import queries


class Goods:
    """Every product, as rows of `v_product`."""

    def __init__(self, reader: Reader) -> None:
        rows = queries.listing(reader)
        self._by_barcode = {row["barcode"]: row for row in rows}
        self._by_code = {row["code"]: row for row in rows}

    def find(self, written: str) -> Row:
        """The product with exactly this code or barcode; NotFound else, since files never guess."""
        row = self._by_code.get(written) or self._by_barcode.get(written)
        if row is None:
            raise NotFound(_("no product has this code or barcode"))
        return row
