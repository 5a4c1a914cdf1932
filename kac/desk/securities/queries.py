"""Reading security deposits: what is held under which contract, and the proofs of the night."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.contracts import queries as contracts
from kac.desk.covers import queries as covers
from kac.desk.covers.rules import month_fen, waiting_fen
from kac.desk.securities.rules import LIVING, HeldFacts
from kac.ledger.chart import SECURITY_DEPOSITS
from kac.ledger.checks import balance


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The deposit meant."""
    return by_number(reader, resolve(reader, "BZ", "security_deposit", reference, speaker))


def by_number(reader: Reader, number: str) -> Row:
    """The deposit of a number."""
    return reader.one("SELECT * FROM v_security WHERE number = :number", number=number)


def listing(reader: Reader, customer_id: int = 0, state: str = "") -> list[Row]:
    """Deposits, the newest first."""
    return reader.all(
        "SELECT * FROM v_security WHERE (:customer = 0 OR customer_id = :customer)"
        " AND (:state = '' OR state = :state) ORDER BY id DESC",
        customer=customer_id,
        state=state,
    )


def without(reader: Reader, row: Row, today: date) -> HeldFacts:
    """How a customer's contract stands when one deposit has gone back."""
    contract = reader.one("SELECT * FROM v_contract WHERE id = :id", id=row["contract_id"])
    policies = contracts.policies(reader, contract, today)
    facts = contracts.facts(reader, contract, policies, today)
    agreed = covers.agreed(reader, row["customer_id"])
    held = sum(each.security_fen for each in agreed) or contract["security_fen"]
    exposure = covers.of_customer(reader, row["customer_id"])
    monthly = covers.monthly_orders(reader, row["customer_id"])
    return HeldFacts(
        contract=contract["number"],
        living=contract["state"] in LIVING,
        needed=not facts.good,
        left_fen=held - row["amount_fen"],
        taken_fen=month_fen(covers.pickups(reader, row["customer_id"]), today)
        + waiting_fen(covers.pickups(reader, row["customer_id"])),
        owed_fen=sum(part.amount_fen for part in exposure.parts if part.order in monthly),
    )


def securities_equal_account(reader: Reader, _on: date) -> list[Finding]:
    """Security that is held is what account 224101 owes back (RTL-MTH-03)."""
    held = reader.value(
        "SELECT coalesce(sum(amount_fen), 0) FROM security_deposit"
        " WHERE state IN ('received', 'verified')"
    )
    booked = -balance(reader, SECURITY_DEPOSITS)
    if held == booked:
        return []
    says = _("{what}: documents say {derived}, account {account} says {booked}").format(
        what=_("security deposits"),
        derived=Money(held),
        account=SECURITY_DEPOSITS,
        booked=Money(booked),
    )
    check = "securities_equal_account"
    return [Finding(check, SECURITY_DEPOSITS, says, ("CRH-DAT-02",), "kac audit verify")]


CHECKS = (securities_equal_account,)
