"""Reading expenses: what was spent, what holds its reimbursement up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.expenses import rules
from kac.desk.expenses.policy import ExpensePolicy
from kac.desk.expenses.rules import ExpenseFacts

SET = "hypermarket"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The expense meant."""
    number = resolve(reader, "BX", "expense", reference, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The expense of a number."""
    return reader.one("SELECT * FROM v_expense WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", month: str = "") -> list[Row]:
    """Expenses in order of the days they were noted on."""
    return reader.all(
        "SELECT * FROM v_expense WHERE (:state = '' OR state = :state)"
        " AND (:month = '' OR on_day LIKE :days) ORDER BY number",
        state=state,
        month=month,
        days=f"{month}-%",
    )


def facts(reader: Reader, row: Row) -> ExpenseFacts:
    """An expense as its gates see it."""
    signers = reader.all(
        "SELECT staff FROM expense_signature WHERE expense_id = :id ORDER BY id", id=row["id"]
    )
    return ExpenseFacts(
        **{name: row[name] for name in ("number", "kind", "state", "spender", "till_receipt")},
        signers=tuple(each["staff"] for each in signers),
        request=row["approval"],
        steps=approvals.steps(row["route"]),
        signed=approvals.signed(reader, row["approval_id"]) if row["approval_id"] else (),
    )


def policy(reader: Reader, row: Row) -> ExpensePolicy:
    """The policy that judges an expense, in the version that it was noted under."""
    version = policybook.version(reader, row["policy_set"], row["policy_version"])
    return version.section("expenses", ExpensePolicy)


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, Any]]:
    """The gates of an expense, and what each waits for."""
    if row["state"] != "noted":
        return [], rules.AFTER
    may = policybook.in_force(reader, policybook.DESK, today).may
    return rules.to_reimburse(facts(reader, row), policy(reader, row), may), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, Any]]]:
    """Every expense that is not reimbursed yet, with its gates."""
    for row in listing(reader, "noted"):
        document = {**dict(row), "need_by": None, "prepared_by": row["spender"]}
        yield document, *case(reader, row, today)


def expenses_left_over(reader: Reader, on: date) -> list[Finding]:
    """Expenses of months gone by that nobody has reimbursed (HYP-GDS-06, HYP-BAG-04)."""
    month = on.strftime("%Y-%m")
    return [
        Finding(
            "expenses_left_over",
            row["number"],
            _("{amount} of {spender} is not reimbursed since {day}").format(
                amount=Money(row["amount_fen"]), spender=row["spender"], day=row["on_day"]
            ),
            ("HYP-GDS-06", "HYP-BAG-04"),
            f"kac expense reimburse {row['on_day'][:7]}",
            soft=True,
        )
        for row in listing(reader, "noted")
        if row["on_day"][:7] < month
    ]
