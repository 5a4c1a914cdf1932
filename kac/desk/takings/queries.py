"""Reading takings: what was reported, where it is, and whether the books say the same."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.card_sales import queries as card_sales
from kac.desk.cards import queries as cards
from kac.desk.credits.policy import CountyPolicy
from kac.desk.expenses import queries as expenses
from kac.desk.ious import queries as ious
from kac.desk.settlement_days import queries as settlement_days
from kac.desk.takings.policy import TakingPolicy
from kac.desk.takings.rules import TakingFacts
from kac.desk.wholesale import queries as wholesale
from kac.ledger.chart import CARRIED, IN_CUSTODY
from kac.ledger.checks import balance

SET = "hypermarket"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The money meant; a cheque's or a bank's own number is understood too."""
    row = reader.first(
        "SELECT * FROM v_taking WHERE upper(reference) = upper(:word) AND reference <> ''"
        " AND state <> 'returned'",
        word=reference.strip(),
    )
    if row is not None:
        return row
    number = resolve(reader, "JS", "taking", reference, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The money of a number."""
    return reader.one("SELECT * FROM v_taking WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", document: str = "") -> list[Row]:
    """Takings, the newest first; of the state `open` those not settled and not given back."""
    return reader.all(
        "SELECT * FROM v_taking WHERE (:state = '' OR state = :state"
        " OR (:state = 'open' AND state IN ('with_manager', 'in_custody', 'at_bank')))"
        " AND (:document = '' OR document = :document) ORDER BY id DESC",
        state=state,
        document=document,
    )


def of_customer(reader: Reader, customer_id: int) -> list[Row]:
    """What a customer owes the hypermarket, or is owed by it, document by document (C-04, SC-62).

    `carried_fen` is on its way to finance and still part of it: money counts when it is settled,
    a cheque when the bank has paid it (A-48).
    """
    return reader.all(
        "SELECT number, 'card' AS kind, iou AS paper, owed_fen, carried_fen FROM v_card_sale"
        " WHERE customer_id = :id AND state IN ('delivered', 'settled') AND owed_fen <> 0"
        " UNION ALL SELECT number, CASE state WHEN 'booked' THEN 'booked' ELSE 'goods' END AS kind,"
        " credit AS paper, worth_fen - settled_fen AS owed_fen, carried_fen FROM v_wholesale"
        " WHERE customer_id = :id AND state IN ('booked', 'delivered', 'settled')"
        " AND worth_fen <> settled_fen ORDER BY number",
        id=customer_id,
    )


def facts(row: Row, county: CountyPolicy) -> TakingFacts:
    """Money as its gates see it."""
    names = ("number", "state", "kind", "document", "amount_fen", "funds", "manager", "voucher")
    names += ("refund", "cheque")
    return TakingFacts(**{name: row[name] for name in names}, outside=county.outside(row["area"]))


def policy(reader: Reader, row: Row) -> TakingPolicy:
    """The policy that judges money, in the version that it was reported under."""
    version = policybook.version(reader, row["policy_set"], row["policy_version"])
    return version.section("takings", TakingPolicy)


def carried_equals_books(reader: Reader, _on: date) -> list[Finding]:
    """What managers carry and what the department keeps is what the books say (HYP-FIN-01)."""
    found = []
    for state, account in (("with_manager", CARRIED), ("in_custody", IN_CUSTODY)):
        held = reader.value(
            "SELECT coalesce(sum(amount_fen), 0) FROM taking WHERE state = :state"
            " AND funds IN ('cash', 'cheque')",
            state=state,
        )
        booked = balance(reader, account)
        if held != booked:
            says = _("money in hand: items say {derived}, account {account} says {booked}").format(
                derived=Money(held), account=account, booked=Money(booked)
            )
            found.append(Finding("carried_equals_books", account, says, ("CRH-DAT-02",)))
    return found


def ebank_is_on_the_statement(reader: Reader, _on: date) -> list[Finding]:
    """E-bank and wired money of days that a statement covers is on it (HYP-FIN-12)."""
    rows = reader.all(
        "SELECT t.number, t.customer_name, t.amount_fen, t.reference FROM v_taking t"
        " WHERE t.state = 'settled' AND t.funds IN ('ebank', 'wire')"
        " AND t.settled_on <= (SELECT max(b.day) FROM bank_line b WHERE b.channel = 'bank')"
        " AND NOT EXISTS (SELECT 1 FROM bank_line b WHERE upper(b.reference) = upper(t.reference)"
        " AND b.received_fen = t.amount_fen) ORDER BY t.number"
    )
    return [
        Finding(
            "ebank_is_on_the_statement",
            row["number"],
            _("{amount} of {customer}, reference {reference}, is on no statement").format(
                amount=Money(row["amount_fen"]),
                customer=row["customer_name"],
                reference=row["reference"],
            ),
            ("HYP-FIN-12",),
            f"kac day show {row['number']}",
        )
        for row in rows
    ]


def carried_overnight(reader: Reader, on: date) -> list[Finding]:
    """Cash and cheques of an earlier day are settled or in custody (HYP-FIN-01)."""
    rows = reader.all(
        "SELECT number, customer_name, amount_fen, manager, on_day FROM v_taking"
        " WHERE state = 'with_manager' AND funds IN ('cash', 'cheque') AND on_day < :today"
        " ORDER BY number",
        today=on.isoformat(),
    )
    return [
        Finding(
            "carried_overnight",
            row["number"],
            _("{amount} of {customer} is with {manager} since {day}").format(
                amount=Money(row["amount_fen"]),
                customer=row["customer_name"],
                manager=row["manager"],
                day=row["on_day"],
            ),
            ("HYP-FIN-01",),
            f"kac day custody {row['number']} --unit … --manager … --custodian …",
        )
        for row in rows
    ]


# What the night proves of the hypermarket: cards, goods, expenses, hands, days and IOUs.
CHECKS = (
    cards.numbers_in_one_place,
    card_sales.cards_equal_books,
    wholesale.goods_equal_books,
    expenses.expenses_left_over,
    carried_equals_books,
    carried_overnight,
    ebank_is_on_the_statement,
    settlement_days.days_are_closed,
    ious.in_the_right_place,
)
