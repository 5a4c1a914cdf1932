"""Reading rebates."""

from __future__ import annotations

from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve

_ALL = """
SELECT r.*, o.number AS order_number, o.customer_id, o.policy_set, o.policy_version,
       c.name AS customer_name,
       coalesce(a.number, '') AS approval, coalesce(a.state, '') AS approval_state,
       a.id AS approval_id, coalesce(a.route, '[]') AS route
FROM rebate r
JOIN sales_order o ON o.id = r.order_id
JOIN customer c ON c.id = o.customer_id
LEFT JOIN approval a ON a.subject = r.number
"""


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The rebate meant by its number, or by that of its order."""
    row = reader.first(
        f"{_ALL} WHERE o.number = upper(:word) AND r.state <> 'dropped'", word=reference.strip()
    )
    if row is not None:
        return row
    number = resolve(reader, "FL", "rebate", reference, speaker)
    return reader.one(f"{_ALL} WHERE r.number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """Rebates, the newest first."""
    return reader.all(
        f"{_ALL} WHERE :state = '' OR r.state = :state ORDER BY r.id DESC", state=state
    )
