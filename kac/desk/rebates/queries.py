"""Reading rebates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.money import Money
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve

_ALL = """
SELECT r.*, r.maker AS prepared_by, r.on_day AS need_by, o.number AS order_number, o.customer_id,
       o.policy_set, o.policy_version, c.name AS customer_name,
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


def case(
    reader: Reader, row: Row, _today: date
) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a rebate, none of a dropped one, and what each of them waits for."""
    from kac.desk.approvals import queries as approvals
    from kac.desk.approvals import rules as approval_rules
    from kac.desk.rebates import rules

    if row["state"] == "dropped":
        return [], rules.AFTER
    may = policybook.version(reader, row["policy_set"], row["policy_version"]).may
    signed = approval_rules.gates(
        row["approval"],
        approvals.steps(row["route"]),
        approvals.signed(reader, row["approval_id"]),
        may["rebate.propose"],
        f"kac rebate drop {row['number']} --reason …",
    )
    paid = rules.paid(row["number"], Money(row["amount_fen"]), row["state"], may["rebate.pay"])
    return [*signed, kept(reader, row), paid], rules.AFTER


def kept(reader: Reader, row: Row) -> Gate:
    """Whether a rebate is of no more than what its customer kept of the order."""
    from kac.desk.rebates import rules

    kept_fen = reader.value(
        "SELECT total_fen - returned_fen FROM v_order WHERE id = :id", id=row["order_id"]
    )
    of_kept = Money(rules.amount(kept_fen, row["rate_bp"]))
    may = policybook.version(reader, row["policy_set"], row["policy_version"]).may
    amount = Money(row["amount_fen"])
    return rules.of_what_is_kept(row["number"], amount, of_kept, may["rebate.propose"])


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every rebate that is not paid yet with its gates, the oldest first."""
    for row in reversed(listing(reader, "proposed")):
        yield dict(row), *case(reader, row, today)


def rebates_after_returns(reader: Reader, _on: date) -> list[Finding]:
    """Rebates that were paid for goods which came back since: reminders to reckon with them."""
    found = []
    for row in listing(reader, "paid"):
        gate = kept(reader, row)
        if not gate.open:
            check, fix = "rebates_after_returns", f"kac rebate show {row['number']}"
            found.append(Finding(check, row["number"], gate.says, gate.rules, fix, soft=True))
    return found
