"""Reading negotiations: the steps of the talks with a customer."""

from __future__ import annotations

from kac.db.reader import Reader, Row


def talks(reader: Reader, customer_id: int) -> list[Row]:
    """The talks with a customer, in order."""
    return reader.all(
        "SELECT step, status, content, by, on_day FROM negotiation WHERE customer_id = :id"
        " ORDER BY step",
        id=customer_id,
    )
