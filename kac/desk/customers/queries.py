"""Reading customers: by code, phone, mnemonic or any part of the name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import folded
from kac.db.reader import Reader, Row

if TYPE_CHECKING:
    from kac.desk.customers.rules import CustomerFacts, Purchases

# Tried in this order; the first that names exactly one customer wins.
_WAYS = (
    "number = upper(:exact)",
    "phone = :exact",
    "uscc = upper(:exact) AND uscc <> ''",
    "mnemonic = :exact",
    "search_key LIKE :part ESCAPE '\\'",
    "mnemonic LIKE :start ESCAPE '\\'",
)


def find(reader: Reader, reference: str) -> Row:
    """The one customer meant; NotFound (exit 3) lists candidates when several are."""
    exact = folded(reference)
    if not exact:
        raise NotFound(_("an empty reference names no customer"))
    plain = exact.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    for way in _WAYS:
        rows = reader.all(
            f"SELECT * FROM v_customer WHERE {way} ORDER BY number LIMIT 20",
            exact=exact,
            part=f"%{plain}%",
            start=f"{plain}%",
        )
        if len(rows) == 1:
            return rows[0]
        if rows:
            raise _ambiguous(reference, rows)
    raise NotFound(
        _('no customer is meant by "{reference}"').format(reference=reference),
        fix=["kac customer list", f"kac customer add {reference} …"],
    )


def _ambiguous(reference: str, rows: list[Row]) -> NotFound:
    return NotFound(
        _('"{reference}" names {count} customers').format(reference=reference, count=len(rows)),
        code="E-REF-002",
        cause=[f"{row['number']}  {row['name']}" for row in rows[:12]],
    )


def by_id(reader: Reader, customer_id: int) -> Row:
    """The customer of a document."""
    return reader.one("SELECT * FROM v_customer WHERE id = :id", id=customer_id)


def listing(reader: Reader, words: str = "", area: str = "", kind: str = "") -> list[Row]:
    """Customers whose name, mnemonic or number holds the words, by number."""
    return reader.all(
        "SELECT * FROM v_customer WHERE (:words = '' OR search_key LIKE :part"
        " OR mnemonic LIKE :part)"
        " AND (:area = '' OR area = :area) AND (:kind = '' OR kind = :kind) ORDER BY number",
        words=words,
        part=f"%{folded(words)}%",
        area=area,
        kind=kind,
    )


def contacts(reader: Reader, customer_id: int) -> list[Row]:
    """Whom to call there, the main contact first."""
    return reader.all(
        "SELECT line, name, phone, title FROM customer_contact WHERE customer_id = :id"
        " ORDER BY line",
        id=customer_id,
    )


def facts(customer: Row) -> CustomerFacts:
    """A file as the rules take it."""
    from kac.desk.customers.rules import CustomerFacts

    return CustomerFacts(
        number=customer["number"],
        name=customer["name"],
        kind=customer["kind"],
        fields={
            name: customer[name] for name in ("phone", "address", "nature", "area", "need", "uscc")
        },
        long_term=bool(customer["long_term"]),
    )


def purchases(reader: Reader, customer_id: int, on: date) -> Purchases:
    """What a customer bought up to a day; the month is that day's calendar month."""
    from kac.desk.customers.rules import Purchases

    row = reader.one(
        "SELECT coalesce(sum(total_fen), 0) AS cumulative,"
        " coalesce(sum(CASE WHEN day >= :first THEN total_fen ELSE 0 END), 0) AS month"
        " FROM v_purchase WHERE customer_id = :id AND day <= :on",
        id=customer_id,
        first=on.replace(day=1).isoformat(),
        on=on.isoformat(),
    )
    return Purchases(Money(row["month"]), Money(row["cumulative"]))


def bought_in_months(reader: Reader, first: date, second: date, end: date) -> list[Row]:
    """Long-term customers that bought in one of two months, with their sums of each, in fen.

    `first` and `second` are the days on which the months begin, `end` the day after both.
    """
    return reader.all(
        "SELECT c.*, sum(CASE WHEN p.day < :second THEN p.total_fen ELSE 0 END) AS before_fen,"
        " sum(CASE WHEN p.day >= :second THEN p.total_fen ELSE 0 END) AS after_fen"
        " FROM v_purchase p JOIN v_customer c ON c.id = p.customer_id"
        " WHERE p.day >= :first AND p.day < :end AND c.long_term"
        " GROUP BY c.id ORDER BY c.number",
        first=first.isoformat(),
        second=second.isoformat(),
        end=end.isoformat(),
    )
