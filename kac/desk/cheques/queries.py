"""Reading cheques: by number, by its payment, and those that wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.policybook import DESK, PolicyVersion, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.cheques import rules
from kac.desk.cheques.policy import ChequePolicy
from kac.desk.cheques.rules import ChequeFacts
from kac.desk.cheques.states import CHEQUE, LIVING

KIND = "ZP"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The cheque meant: by its number, the bank's number on it, or that of its payment."""
    rows = reader.all(
        "SELECT * FROM v_cheque WHERE payment = upper(:word) OR cheque_number = :word",
        word=reference.strip(),
    )
    if len(rows) == 1:
        return rows[0]
    number = resolve(reader, KIND, "cheque", reference, speaker)
    return reader.one("SELECT * FROM v_cheque WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", living: bool = False) -> list[Row]:
    """Cheques, the newest first; `living` are those that wait for something."""
    return reader.all(
        "SELECT * FROM v_cheque WHERE (:state = '' OR state = :state)"
        " AND (:living = 0 OR state IN ('taken', 'checked', 'presented')) ORDER BY id DESC",
        state=state,
        living=int(living),
    )


def facts(row: Row) -> ChequeFacts:
    """A cheque as its gates see it."""
    return ChequeFacts(
        number=row["number"],
        payment=row["payment"],
        state=row["state"],
        amount_fen=row["amount_fen"],
        issued_on=date.fromisoformat(row["issued_on"]),
        told_by=row["told_by"],
        checked_by=row["checked_by"],
    )


def policy(version: PolicyVersion) -> ChequePolicy:
    """How long a cheque is good."""
    return version.section("cheque", ChequePolicy)


def case(reader: Reader, row: Row, today: date) -> list[Gate]:
    """The gates of a cheque that waits; none once it is money or gone."""
    if row["state"] not in LIVING:
        return []
    version = in_force(reader, DESK, today)
    return rules.steps(facts(row), policy(version), version.may)


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every cheque that waits with its gates, the oldest first."""
    for row in reversed(listing(reader, living=True)):
        document = {**dict(row), "need_by": row["issued_on"], "prepared_by": row["taken_by"]}
        yield document, case(reader, row, today), rules.AFTER


def not_cleared(reader: Reader, on: date) -> list[Finding]:
    """Cheques that no bank has paid yet, and those that lapse: reminders (RTL-CTL-06)."""
    version = in_force(reader, DESK, on)
    found = []
    for row in reversed(listing(reader, living=True)):
        last = rules.last_day(date.fromisoformat(row["issued_on"]), policy(version))
        says = _("cheque {cheque} of {customer}, {amount}: {state}, good until {last}").format(
            cheque=row["cheque_number"],
            customer=row["customer_name"],
            amount=Money(row["amount_fen"]),
            state=CHEQUE.label(row["state"]),
            last=last,
        )
        command = f"kac cheque show {row['number']}"
        found.append(
            Finding("cheques_not_cleared", row["number"], says, ("RTL-CTL-06",), command, soft=True)
        )
    return found
