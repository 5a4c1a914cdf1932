"""The dunning letter filled in from the ledger, as it was written."""

from __future__ import annotations

from datetime import date

from kac.db.reader import Reader
from kac.desk.customers import queries as customers
from kac.desk.receivables import queries
from kac.documents.dunning import DunningLine, DunningPaper
from kac.documents.stamped import imprint, name


def dunning(reader: Reader, number: str) -> DunningPaper:
    """One letter with the orders that it names."""
    row = reader.one("SELECT * FROM v_dunning WHERE number = :number", number=number)
    return DunningPaper(
        imprint=imprint(reader, number, "dunning"),
        on_day=date.fromisoformat(row["on_day"]),
        pay_by=date.fromisoformat(row["pay_by"]),
        customer_name=row["customer_name"],
        contact=customers.by_id(reader, row["customer_id"])["contact"],
        lines=tuple(
            DunningLine(
                line["order_number"],
                date.fromisoformat(line["delivered_on"]),
                date.fromisoformat(line["due_on"]),
                line["total_fen"],
                line["owed_fen"],
            )
            for line in queries.letter_lines(reader, row["id"])
        ),
        overdue_fen=row["overdue_fen"],
        owed_fen=row["owed_fen"],
        written_by=name(reader, row["dunned_by"]),
    )
