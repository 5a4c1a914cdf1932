"""Reading products: by code, barcode, mnemonic or any part of the name."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.core.text import folded
from kac.db.reader import Reader, Row

_WAYS = (
    "code = upper(:exact)",
    "barcode = :exact",
    "mnemonic = :exact",
    "search_key LIKE :part ESCAPE '\\'",
    "mnemonic LIKE :start ESCAPE '\\'",
)


def find(reader: Reader, reference: str) -> Row:
    """The one product meant; NotFound (exit 3) lists candidates when several are."""
    exact = folded(reference)
    if not exact:
        raise NotFound(_("an empty reference names no product"))
    plain = exact.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    for way in _WAYS:
        rows = reader.all(
            f"SELECT * FROM v_product WHERE {way} ORDER BY code LIMIT 20",
            exact=exact,
            part=f"%{plain}%",
            start=f"{plain}%",
        )
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise NotFound(
                _('"{reference}" names {count} products').format(
                    reference=reference, count=len(rows)
                ),
                code="E-REF-002",
                cause=[f"{row['code']}  {row['name']} {row['spec']}" for row in rows[:12]],
            )
    raise NotFound(
        _('no product is meant by "{reference}"').format(reference=reference),
        fix=["kac product list"],
    )


def by_id(reader: Reader, product_id: int) -> Row:
    """The product of another document."""
    return reader.one("SELECT * FROM v_product WHERE id = :id", id=product_id)


def categories(reader: Reader, product_ids: Sequence[int]) -> dict[int, str]:
    """The category of each of these products."""
    wanted = set(product_ids)
    rows = reader.all("SELECT id, category FROM product")
    return {row["id"]: row["category"] for row in rows if row["id"] in wanted}


def listing(reader: Reader, words: str = "", category: str = "") -> list[Row]:
    """Products whose name, mnemonic, code or barcode holds the words, by code."""
    return reader.all(
        "SELECT * FROM v_product WHERE (:words = '' OR search_key LIKE :part"
        " OR mnemonic LIKE :part OR lower(code) LIKE :part OR barcode LIKE :part)"
        " AND (:category = '' OR category = :category) ORDER BY code",
        words=words,
        part=f"%{folded(words)}%",
        category=category,
    )
