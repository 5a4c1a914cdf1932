"""Reading assessments: how a customer stands."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.db.reader import Reader, Row

DECISIONS = {"go": N_("go"), "no_go": N_("no go")}


def grades(reader: Reader, customer_id: int) -> list[Row]:
    """The grades of a customer, the one that counts first."""
    return reader.all(
        "SELECT grade, reason, by, on_day FROM credit_grade WHERE customer_id = :id"
        " ORDER BY id DESC",
        id=customer_id,
    )


def evaluations(reader: Reader, customer_id: int) -> list[Row]:
    """The evaluations of a customer, the one that counts first."""
    return reader.all(
        "SELECT decision, reason, by, on_day FROM customer_evaluation WHERE customer_id = :id"
        " ORDER BY id DESC",
        id=customer_id,
    )
