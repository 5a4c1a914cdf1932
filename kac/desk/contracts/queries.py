"""Reading contracts: what one says, how it stands, what stands beside it, and open work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kac.core.gates import Gate
from kac.core.money import Money
from kac.db import policybook
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.contracts import rules
from kac.desk.contracts.policy import ContractPolicies, ContractPolicy, SecurityPolicy
from kac.desk.contracts.rules import ContractFacts, Sibling, Terms
from kac.desk.contracts.states import OPEN, SETTLEMENT
from kac.desk.limits import queries as limits
from kac.desk.limits.rules import good_standing

TEXTS = ("terms", "service", "prices", "mode", "rights")


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The contract meant, as a row of v_contract; NotFound (exit 3) where none is."""
    number = resolve(reader, "HT", "contract", reference, speaker)
    return reader.one("SELECT * FROM v_contract WHERE number = :number", number=number)


def listing(
    reader: Reader, states: Sequence[str], customer_id: int = 0, ends_by: str = ""
) -> list[Row]:
    """Contracts in any of the states, the soonest ending first."""
    marks = ", ".join(f":s{index}" for index in range(len(states)))
    return reader.all(
        f"SELECT * FROM v_contract WHERE state IN ({marks})"
        " AND (:customer = 0 OR customer_id = :customer) AND (:day = '' OR to_day <= :day)"
        " ORDER BY to_day, number",
        customer=customer_id,
        day=ends_by,
        **{f"s{index}": state for index, state in enumerate(states)},
    )


def executing(reader: Reader, customer_id: int, kind: str, on: date) -> list[Row]:
    """The contracts of a kind that are executed with a customer on a day of their term."""
    return reader.all(
        "SELECT * FROM v_contract WHERE customer_id = :customer AND kind = :kind"
        " AND state = 'executing' AND from_day <= :day AND to_day >= :day ORDER BY number",
        customer=customer_id,
        kind=kind,
        day=on.isoformat(),
    )


def document(row: Row) -> dict[str, Any]:
    """A contract as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["state"],
        "revision": row["revision"],
        "kind": row["kind"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
        "from": row["from_day"],
        "to": row["to_day"],
        "approval": row["approval"],
        "approval_state": row["approval_state"],
        "filing": row["filing"],
    }


def policies(reader: Reader, row: Row, today: date) -> ContractPolicies:
    """The sections that judge a contract, in the version that it was made under."""
    made_under = policybook.version(reader, row["policy_set"], row["policy_version"])
    return judged_by(made_under, policybook.in_force(reader, policybook.DESK, today))


def judged_by(version: PolicyVersion, desk: PolicyVersion) -> ContractPolicies:
    """The sections of a version; who may do what is decided by the desk's policy of the day."""
    return ContractPolicies(
        contracts=version.section("contracts", ContractPolicy),
        matrix=version.section("approvals", ApprovalPolicy).rows(),
        may=desk.may,
        holders=desk.holders,
        security=version.section("security", SecurityPolicy)
        if "security" in version.body
        else None,
    )


def terms(row: Row) -> Terms:
    """What a row of v_contract or of the versions says, as the rules take it."""
    return Terms(
        amount_fen=row["amount_fen"],
        from_day=date.fromisoformat(row["from_day"]),
        to_day=date.fromisoformat(row["to_day"]),
        floor_price_fen=row["floor_price_fen"],
        delivery_on=date.fromisoformat(row["delivery_on"]) if row["delivery_on"] else None,
        **{name: row[name] for name in (*TEXTS, *SETTLEMENT)},
    )


def facts(reader: Reader, row: Row, policies: ContractPolicies, today: date) -> ContractFacts:
    """A contract as its gates see it; before it is handed in its signatures are those to come."""
    asked_on = date.fromisoformat(row["submitted_on"]) if row["submitted_on"] else today
    found = ContractFacts(
        **{name: row[name] for name in ("number", "state", "customer", "customer_name")},
        terms=terms(row),
        evaluation=row["evaluation"],
        talks=row["negotiation"],
        siblings=siblings(reader, row, asked_on, policies.contracts.split_days),
        approval=row["approval"],
        steps=approvals.steps(row["route"] or "[]"),
        signed=approvals.signed(reader, row["approval_id"]) if row["approval_id"] else (),
        filed_by=row["filed_by"],
        filing=row["filing"],
        good=_good(reader, row, policies, today),
        security_fen=row["security_fen"],
    )
    return found if row["approval"] else rules.with_route(found, policies)


def _good(reader: Reader, row: Row, policies: ContractPolicies, today: date) -> str:
    if policies.security is None:
        return ""
    limit = limits.of_customer(reader, row["customer_id"])
    return good_standing(row["nature"], policies.security.good_natures, limit, today)


def siblings(reader: Reader, row: Row, on: date, days: int) -> tuple[Sibling, ...]:
    """Living contracts of the kind with the customer, handed in in the days up to one (A-53)."""
    rows = reader.all(
        "SELECT number, amount_fen, submitted_on FROM v_contract WHERE customer_id = :customer"
        " AND kind = :kind AND number <> :number AND state IN ('submitted', 'executing')"
        " AND submitted_on BETWEEN :first AND :last ORDER BY number",
        customer=row["customer_id"],
        kind=row["kind"],
        number=row["number"],
        first=(on - timedelta(days=days)).isoformat(),
        last=on.isoformat(),
    )
    return tuple(
        Sibling(each["number"], each["amount_fen"], date.fromisoformat(each["submitted_on"]))
        for each in rows
    )


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a contract, and what each of them waits for."""
    judged = policies(reader, row, today)
    return rules.checklist(facts(reader, row, judged, today), judged, today), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every living contract with its gates and what they wait for, the soonest ending first."""
    for row in listing(reader, OPEN):
        yield {**dict(row), "need_by": None}, *case(reader, row, today)


def versions(reader: Reader, contract_id: int) -> list[Row]:
    """What every version of a contract said, the first first."""
    return reader.all(
        "SELECT revision, amount_fen, floor_price_fen, from_day, to_day, delivery_on,"
        " statement_day, due_day, by, on_day"
        " FROM contract_version WHERE contract_id = :id ORDER BY revision",
        id=contract_id,
    )
