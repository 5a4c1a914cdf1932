"""Reading dossiers: applications, the papers that were handed in, and open work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kac.core.errors import NotFound
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import folded
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.assessments.policy import GradePolicy
from kac.desk.customers import queries as customers
from kac.desk.dossiers import rules
from kac.desk.dossiers.policy import DossierPolicies, DossierPolicy
from kac.desk.dossiers.rules import DossierFacts, ItemFacts
from kac.desk.dossiers.states import OPEN

SET = "distributor"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The application meant by its number, or the last one of the customer meant."""
    if folded(reference).startswith(("sq", "@")):
        number = resolve(reader, "SQ", "ka_application", reference, speaker)
        return reader.one("SELECT * FROM v_ka_application WHERE number = :number", number=number)
    customer = customers.find(reader, reference)
    row = last(reader, customer["id"])
    if row is None:
        raise NotFound(
            _("{customer} has not applied to become a key account").format(
                customer=customer["name"]
            ),
            fix=[f"kac customer apply {customer['number']} --office … --amount …"],
        )
    return row


def last(reader: Reader, customer_id: int) -> Row | None:
    """The last application of a customer, if there is one."""
    return reader.first(
        "SELECT * FROM v_ka_application WHERE customer_id = :id ORDER BY id DESC LIMIT 1",
        id=customer_id,
    )


def listing(reader: Reader, states: Sequence[str], customer_id: int = 0) -> list[Row]:
    """Applications in any of the states, the newest first."""
    marks = ", ".join(f":s{index}" for index in range(len(states)))
    return reader.all(
        f"SELECT * FROM v_ka_application WHERE state IN ({marks})"
        " AND (:customer = 0 OR customer_id = :customer) ORDER BY id DESC",
        customer=customer_id,
        **{f"s{index}": state for index, state in enumerate(states)},
    )


def document(row: Row) -> dict[str, Any]:
    """An application as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["state"],
        "customer": row["customer"],
        "office": row["office"],
        "amount": Money(row["amount_fen"]).plain(),
        "tie_up": Money(row["tie_up_fen"]).plain(),
        "grade": row["grade"],
    }


def policies(reader: Reader, row: Row, today: date) -> DossierPolicies:
    """The sections that an application is judged by, in the version that it was made under.

    Who may do what is decided by the day, not by the version.
    """
    made_under = policybook.version(reader, row["policy_set"], row["policy_version"])
    return DossierPolicies(
        dossier=made_under.section("dossier", DossierPolicy),
        grades=made_under.section("grades", GradePolicy),
        may=policybook.in_force(reader, policybook.DESK, today).may,
    )


def handed_in(reader: Reader, application_id: int) -> list[Row]:
    """The papers as they were handed in last, with the count of their files."""
    return reader.all(
        "SELECT d.*, (SELECT count(*) FROM attachment f WHERE f.document = a.number"
        " AND f.about = d.item) AS files FROM dossier_item d"
        " JOIN ka_application a ON a.id = d.application_id"
        " WHERE d.application_id = :id AND d.step = (SELECT max(x.step) FROM dossier_item x"
        " WHERE x.application_id = d.application_id AND x.item = d.item) ORDER BY d.id",
        id=application_id,
    )


def item_facts(row: Row) -> ItemFacts:
    """A row of `handed_in` as the rules take it."""
    return ItemFacts(
        applicable=bool(row["applicable"]),
        text=row["text"],
        files=row["files"],
        our_signature=row["our_signature"],
        their_signature=row["their_signature"],
        sealed=bool(row["sealed"]),
        unified=bool(row["unified"]),
        floor_price_fen=row["floor_price_fen"],
        arrears_fen=row["arrears_fen"],
    )


def facts(reader: Reader, row: Row) -> DossierFacts:
    """An application as its gates see it."""
    same = ("number", "state", "customer", "customer_name", "office", "submitted_by")
    return DossierFacts(
        **{name: row[name] for name in same},
        tie_up_fen=row["tie_up_fen"],
        items={each["item"]: item_facts(each) for each in handed_in(reader, row["id"])},
        business=row["business"],
        grade=row["grade"],
        contract=row["contract"],
    )


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of an application, and what each of them waits for."""
    judged = policies(reader, row, today)
    return rules.checklist(facts(reader, row), judged), rules.after(judged.dossier)


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every living application with its gates and what they wait for, the oldest first."""
    for row in reversed(listing(reader, OPEN)):
        maker = row["submitted_by"] or row["opened_by"]
        yield {**dict(row), "need_by": None, "prepared_by": maker}, *case(reader, row, today)


def events(reader: Reader, application_id: int) -> list[Row]:
    """What became of an application, in order."""
    return reader.all(
        "SELECT verb, by, reason, on_day FROM ka_application_event WHERE application_id = :id"
        " ORDER BY step",
        id=application_id,
    )
