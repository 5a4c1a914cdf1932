"""Reading statements: what the books know of a customer, and the statements drawn from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.policybook import DESK, PolicyVersion, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.covers import queries as covers
from kac.desk.statements import rules
from kac.desk.statements.policy import StatementPolicy
from kac.desk.statements.rules import Account, Before, Due, Movement
from kac.ledger.chart import CUSTOMER_DEPOSITS, RECEIVABLE
from kac.ledger.checks import balance

KIND = "DZ"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The statement meant."""
    number = resolve(reader, KIND, "statement", reference, speaker)
    return reader.one("SELECT * FROM v_statement WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", customer_id: int = 0) -> list[Row]:
    """Statements, the newest first."""
    return reader.all(
        "SELECT * FROM v_statement WHERE (:state = '' OR state = :state)"
        " AND (:customer = 0 OR customer_id = :customer) ORDER BY id DESC",
        state=state,
        customer=customer_id,
    )


def movements(reader: Reader, customer_id: int, last_entry: int = 0) -> list[Movement]:
    """What the books know of a customer, up to an entry when one is named."""
    rows = reader.all(
        "SELECT entry_id, day, document, change_fen FROM v_customer_movement"
        " WHERE customer_id = :customer AND (:last = 0 OR entry_id <= :last) ORDER BY entry_id",
        customer=customer_id,
        last=last_entry,
    )
    return [
        Movement(
            row["entry_id"], date.fromisoformat(row["day"]), row["document"], row["change_fen"]
        )
        for row in rows
    ]


def latest(reader: Reader, customer_id: int) -> Row | None:
    """The last statement of a customer that stands."""
    return reader.first(
        "SELECT * FROM v_statement WHERE customer_id = :customer AND state <> 'withdrawn'"
        " ORDER BY to_day DESC, id DESC LIMIT 1",
        customer=customer_id,
    )


def before(row: Row | None) -> Before | None:
    """A statement as the next one sees it."""
    if row is None:
        return None
    return Before(date.fromisoformat(row["to_day"]), row["last_entry"], row["closing_fen"])


def account(reader: Reader, row: Row) -> Account:
    """A statement's account drawn up anew from the books as they stood when it was made."""
    former = None
    if row["follows"] is not None:
        former = reader.one("SELECT * FROM v_statement WHERE id = :id", id=row["follows"])
    return rules.drawn_up(
        movements(reader, row["customer_id"], row["last_entry"]),
        before(former),
        date.fromisoformat(row["from_day"]),
        date.fromisoformat(row["to_day"]),
    )


def last_entry(reader: Reader) -> int:
    """The last entry of the books."""
    return int(reader.value("SELECT coalesce(max(id), 0) FROM journal_entry"))


def with_movements(reader: Reader, to_day: date) -> list[Row]:
    """Customers of whom the books know something up to a day, by their numbers."""
    return reader.all(
        "SELECT * FROM v_customer WHERE id IN (SELECT customer_id FROM v_customer_movement"
        " WHERE day <= :day) ORDER BY number",
        day=to_day.isoformat(),
    )


def monthly(reader: Reader, upto: date, today: date) -> list[Due]:
    """The monthly statements that are due and not drawn up, whose last day is over (A-25).

    A customer of whom nothing was booked and who owes nothing has none; who never had one begins
    with the last month. A month that a night missed is made up for.
    """
    day = policy(in_force(reader, DESK, today)).statement_day
    return [
        due for row in with_movements(reader, upto) for due in _monthly_of(reader, row, day, upto)
    ]


def _monthly_of(reader: Reader, customer: Row, statement_day: int, upto: date) -> Iterator[Due]:
    agreements = covers.agreed(reader, customer["id"])
    former = before(latest(reader, customer["id"]))
    start = former.to_day if former else rules.months_before(upto, 3)
    days = rules.ends(agreements, statement_day, start, upto)
    if former is None and len(days) > 1:
        start, days = days[-2], days[-1:]
    known = movements(reader, customer["id"]) if days else []
    for day in days:
        first = start + timedelta(days=1)
        drawn = rules.drawn_up(known, former, first, day)
        if drawn.movements or drawn.opening_fen:
            yield Due(customer["number"], first, day)
            former, start = Before(day, last_entry(reader), drawn.closing_fen), day


def to_send(reader: Reader, upto: date, today: date) -> list[Finding]:
    """Statements that nobody has printed, and monthly ones that nobody drew up (RTL-MTH-07)."""
    rows = reader.all(
        "SELECT * FROM v_statement s WHERE s.state = 'made' AND NOT EXISTS (SELECT 1 FROM v_paper p"
        " WHERE p.document = s.number AND p.kind = 'statement') ORDER BY s.number"
    )
    says = _("{customer}, {first} to {last}: closing {closing}, not printed yet")
    made = [
        (
            row["number"],
            says.format(
                customer=row["customer_name"],
                first=row["from_day"],
                last=row["to_day"],
                closing=Money(row["closing_fen"]),
            ),
            f"kac statement print {row['number']}",
        )
        for row in rows
    ]
    waiting = [
        (
            due.customer,
            _("{first} to {last}: not drawn up").format(first=due.from_day, last=due.to_day),
            f"kac statement make {due.customer} --to {due.to_day}",
        )
        for due in monthly(reader, upto, today)
    ]
    rules_ = ("RTL-MTH-07", "A-25")
    return [
        Finding("monthly_statements", subject, text, rules_, command, soft=True)
        for subject, text, command in (*made, *waiting)
    ]


def policy(version: PolicyVersion) -> StatementPolicy:
    """How long a customer has to answer."""
    return version.section("statement", StatementPolicy)


def case(reader: Reader, row: Row, today: date) -> list[Gate]:
    """The gate of a statement that waits for its answer."""
    if row["state"] != "made":
        return []
    version = in_force(reader, DESK, today)
    made_on = date.fromisoformat(row["on_day"])
    roles = version.may["statement.confirm"]
    return [rules.answered(row["number"], made_on, row["state"], policy(version), roles)]


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every statement that waits for an answer, the oldest first."""
    for row in reversed(listing(reader, "made")):
        document = {**dict(row), "need_by": row["on_day"], "prepared_by": row["made_by"]}
        yield document, case(reader, row, today), rules.AFTER


def accounts_equal_books(reader: Reader, _on: date) -> list[Finding]:
    """What all customers owe and are ahead is what accounts 1122 and 2203 say (DST-GDS-07)."""
    derived = reader.value("SELECT coalesce(sum(change_fen), 0) FROM v_customer_movement")
    booked = balance(reader, RECEIVABLE) + balance(reader, CUSTOMER_DEPOSITS)
    if derived == booked:
        return []
    says = _("the accounts of all customers come to {derived}, the books to {booked}").format(
        derived=Money(derived), booked=Money(booked)
    )
    return [Finding("accounts_equal_books", RECEIVABLE, says, ("DST-GDS-07", "CRH-DAT-02"))]


def statements_stand(reader: Reader, _on: date) -> list[Finding]:
    """Every statement still comes to what was printed: opening and movements make its closing."""
    found = []
    for row in listing(reader):
        anew = account(reader, row)
        if (anew.opening_fen, anew.closing_fen) != (row["opening_fen"], row["closing_fen"]):
            says = _("printed closing {printed}, the books say {booked}").format(
                printed=Money(row["closing_fen"]), booked=Money(anew.closing_fen)
            )
            command = f"kac statement show {row['number']}"
            found.append(Finding("statements_stand", row["number"], says, ("CRH-DAT-02",), command))
    return found


def unanswered(reader: Reader, on: date) -> list[Finding]:
    """Statements that no customer has answered in time: reminders (DST-APP-05)."""
    version = in_force(reader, DESK, on)
    return [
        Finding(
            "statements_unanswered",
            row["number"],
            _("{customer} has not answered; due by {day}").format(
                customer=row["customer_name"], day=last
            ),
            ("DST-APP-05",),
            f"kac statement confirm {row['number']} --by … --sealed",
            soft=True,
        )
        for row in reversed(listing(reader, "made"))
        if (last := rules.due(date.fromisoformat(row["on_day"]), policy(version))) < on
    ]
