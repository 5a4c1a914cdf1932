"""Reading cheques: by number, by what they are meant to be, and those that wait."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.cheques import rules
from kac.desk.cheques.policy import ChequePolicy
from kac.desk.cheques.rules import ChequeFacts
from kac.desk.cheques.states import CHEQUE, LIVING

KIND = "ZP"
WINDOW = "hypermarket"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The cheque meant: by its number, the bank's number on it, or that of its payment or item."""
    rows = reader.all(
        "SELECT * FROM v_cheque WHERE :word <> '' AND (payment = upper(:word)"
        " OR item = upper(:word) OR cheque_number = :word)",
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
        item=row["item"],
    )


def of_item(reader: Reader, item: str) -> Row | None:
    """The cheque that an item to settle is."""
    return reader.first("SELECT * FROM v_cheque WHERE item = :item", item=item)


def known(reader: Reader, cheque_number: str) -> Row | None:
    """A cheque of this number that waits or was paid, in whichever house it was taken."""
    return reader.first(
        "SELECT * FROM v_cheque WHERE upper(cheque_number) = upper(:number)"
        " AND state NOT IN ('bounced', 'handed_back')",
        number=cheque_number,
    )


def policy(reader: Reader, day: date, item: str = "") -> ChequePolicy:
    """How long a cheque is good: as the retail desk has it, or the window where it is an `item`."""
    return in_force(reader, WINDOW if item else DESK, day).section("cheque", ChequePolicy)


def case(reader: Reader, row: Row, today: date) -> list[Gate]:
    """The gates of a cheque that waits; none once it is money or gone."""
    if row["state"] not in LIVING:
        return []
    may = in_force(reader, DESK, today).may
    return rules.steps(facts(row), policy(reader, today, row["item"]), may)


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every cheque that waits with its gates, the oldest first."""
    for row in reversed(listing(reader, living=True)):
        document = {**dict(row), "need_by": row["issued_on"], "prepared_by": row["taken_by"]}
        yield document, case(reader, row, today), rules.AFTER


def not_cleared(reader: Reader, on: date) -> list[Finding]:
    """Cheques that no bank has paid yet, and those that lapse: reminders (RTL-CTL-06)."""
    found = []
    for row in reversed(listing(reader, living=True)):
        last = rules.last_day(date.fromisoformat(row["issued_on"]), policy(reader, on, row["item"]))
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


def cheques_at_the_window(reader: Reader, _on: date) -> list[Finding]:
    """A cheque of the window and the item that it is tell one story (RTL-CTL-06, A-48).

    With the bank while the bank has it, paid by one voucher, out of the books when it came back.
    """
    rows = reader.all(
        "SELECT t.number, t.state, t.voucher, coalesce(q.state, '') AS cheque_state"
        " FROM v_taking t LEFT JOIN cheque q ON q.number = t.cheque"
        " WHERE t.funds = 'cheque' ORDER BY t.number"
    )
    return [
        Finding(
            "cheques_at_the_window",
            row["number"],
            _("item {number} is {state}, its cheque is {cheque}").format(
                number=row["number"],
                state=row["state"],
                cheque=CHEQUE.label(row["cheque_state"]) if row["cheque_state"] else "-",
            ),
            ("RTL-CTL-06", "A-48"),
            f"kac day show {row['number']}",
        )
        for row in rows
        if not rules.agree(row["state"], row["cheque_state"], bool(row["voucher"]))
    ]
