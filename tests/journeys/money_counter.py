"""What every part of the money machine has: a counter, and what must hold after each step."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from kac.core.errors import Exit
from kac.core.findings import Finding
from kac.db.reader import Reader, reading
from kac.desk.covers import queries as covers
from kac.desk.credits import queries as credits
from kac.desk.reconciliation import queries as night
from kac.ledger import checks as books
from tests.conftest import Desk, contents, copied

# What the night finds of steps that still wait, or of a day that is over, is no fault of the money.
WAITING = {
    "receipts_are_printed",
    "transfers_are_on_the_statement",
    "bank_receipts_are_recorded",
    "ebank_is_on_the_statement",
    "receipts_are_recorded",
    "carried_overnight",
    "day_closed",
    "day_money_kept",
    "day_circulated",
    "day_handed_over",
}
REFUSALS = {Exit.REFUSED, Exit.NOT_PERMITTED, Exit.BAD_INPUT, Exit.NOT_FOUND}
CUSTOMERS = ("KH0001", "KH0002", "KH0003")
# Accounts of what is there or owed to the house, and of what it owes: neither turns over.
OURS = ("1001", "1002", "1012", "101201", "1122", "112201", "1405", "1406", "122101", "122102")
THEIRS = ("2203", "2205", "224101", "224102", "224104")
# Mostly amounts that fit what is owed, and often enough some that do not.
yuan = st.one_of(st.sampled_from([100, 200, 300, 400]), st.integers(1, 500))
nth = st.integers(0, 9)


Act = Callable[..., None]


def action(weight: int = 1, **drawn: st.SearchStrategy[Any]) -> Callable[[Act], Act]:
    """Mark what may happen at the counter: how often beside the others, and with what values."""

    def marked(act: Act) -> Act:
        act.__dict__.update(weight=weight, drawn=drawn)
        return act

    return marked


def every_finding(reader: Reader, day: date) -> list[Finding]:
    """What the books and the proofs of the night find, the first of them first."""
    found = [each for check in books.CHECKS for each in check(reader)]
    return found + [each for check in night.CHECKS for each in check(reader, day)]


class Counter(RuleBasedStateMachine):
    """A desk at which commands are typed at random; a refused one must have changed nothing."""

    desks: list[Desk] = []  # noqa: RUF012

    @initialize()
    def open(self) -> None:
        self.home = tempfile.TemporaryDirectory()
        self.desk = copied(self.desks[0].ledger, Path(self.home.name))
        self.desk.now = self.desks[0].now
        self.mark = 0

    def teardown(self) -> None:
        self.home.cleanup()

    def typed(self, role: str, command: str) -> str:
        """Type a command; its number, or nothing when it was refused, and then nothing changed."""
        return str(self.answered(role, command).get("number", ""))

    def answered(self, role: str, command: str) -> dict[str, Any]:
        """The document that a command made; {} when it was refused."""
        before = contents(self.desk.ledger)
        result = self.desk.run(f"{command} --json", as_=role)
        if result.exit == Exit.DONE:
            return dict(json.loads(result.out))
        assert result.exit in REFUSALS, f"{command}: {result.exit}\n{result.err}"
        assert contents(self.desk.ledger) == before, f"{command}: refused, yet something changed"
        return {}

    def all_typed(self, *steps: tuple[str, str]) -> None:
        """(role, command) one after the other, until one is refused."""
        for role, command in steps:
            if not self.typed(role, command):
                return

    def marked(self) -> str:
        self.mark += 1
        return f"R{self.mark}"

    @property
    def today(self) -> date:
        return date.fromisoformat(self.desk.on)

    def pick(self, query: str, nth: int, *values: Any) -> str:
        """One of the documents that a query lists, or nothing where it lists none."""
        rows = self.desk.sql(query, *values)
        return str(rows[nth % len(rows)][0]) if rows else ""

    @rule(data=st.data())
    def something_happens(self, data: st.DataObject) -> None:
        """One of all actions: none is left out of an example, as rules of their own would be."""
        names = [name for name in dir(type(self)) if hasattr(getattr(type(self), name), "drawn")]
        weighed = [name for name in names for _ in range(getattr(type(self), name).weight)]
        act = getattr(self, data.draw(st.sampled_from(weighed)))
        values = {name: data.draw(values, name) for name, values in act.drawn.items()}
        note(f"{act.__name__}: {values}")
        act(**values)

    @invariant()
    def the_books_hold(self) -> None:
        if not hasattr(self, "desk"):
            return
        with reading(self.desk.ledger) as reader:
            nothing_is_missing(reader, self.today)
            nothing_is_below_zero(reader)
            for customer in CUSTOMERS:
                exposure_is_the_sum_of_its_documents(reader, customer)
            credit_is_the_sum_of_its_sales(reader)


def nothing_is_missing(reader: Reader, day: date) -> None:
    """The trial balance is zero, and every derived balance is what the ledger says."""
    found = every_finding(reader, day)
    hard = [each for each in found if not each.soft and each.check not in WAITING]
    assert not hard, hard


def nothing_is_below_zero(reader: Reader) -> None:
    """No till, no debt, no money held for somebody, no part of a payment is less than nothing."""
    for account in OURS:
        assert books.balance(reader, account) >= 0, account
    for account in THEIRS:
        assert books.balance(reader, account) <= 0, account
    below = reader.all(
        "SELECT number FROM v_payment WHERE free_fen < 0 OR free_fen > amount_fen"
        " UNION ALL SELECT number FROM v_order WHERE received_fen > total_fen AND state <> 'voided'"
        " UNION ALL SELECT number FROM v_card_batch WHERE free_cards < 0 OR out_cards < 0"
        " UNION ALL SELECT number FROM v_card_sale"
        " WHERE settled_fen + carried_fen - back_fen > worth_fen"
        " UNION ALL SELECT number FROM v_wholesale"
        " WHERE settled_fen + carried_fen - back_fen > worth_fen"
        " UNION ALL SELECT number FROM v_credit WHERE used_fen > amount_fen"
    )
    assert not below, [row["number"] for row in below]
    held = reader.all(
        "SELECT w.customer_id, sum(s.debit_fen - s.credit_fen) AS fen FROM v_account_side s"
        " JOIN journal_entry e ON e.id = s.entry_id"
        " JOIN v_document_customer w ON w.document = e.document WHERE s.account = '2203'"
        " GROUP BY w.customer_id HAVING sum(s.debit_fen - s.credit_fen) > 0"
    )
    assert not held, [tuple(row) for row in held]


def exposure_is_the_sum_of_its_documents(reader: Reader, customer: str) -> None:
    """The total is the sum of its documents, and what orders and books say of the customer."""
    id_ = reader.value("SELECT id FROM customer WHERE number = :number", number=customer)
    exposure = covers.of_customer(reader, id_)
    assert exposure.total_fen == sum(part.amount_fen for part in exposure.parts)
    booked = reader.value(
        "SELECT coalesce(sum(s.debit_fen - s.credit_fen), 0) FROM v_account_side s"
        " JOIN journal_entry e ON e.id = s.entry_id"
        " JOIN v_document_customer w ON w.document = e.document"
        " WHERE s.account = '1122' AND w.customer_id = :id",
        id=id_,
    )
    assert exposure.of("receivable") == booked, (customer, exposure, booked)
    seen = reader.value(
        "SELECT coalesce(sum(o.total_fen - (SELECT coalesce(sum("
        "   CASE WHEN a.reverses IS NULL THEN a.amount_fen ELSE -a.amount_fen END), 0)"
        "   FROM payment_allocation a JOIN payment y ON y.id = a.payment_id"
        "   WHERE a.order_id = o.id AND y.state = 'verified')), 0) FROM v_order o"
        " WHERE o.customer_id = :id AND (o.state IN ('delivered', 'closed') OR"
        " (o.state IN ('reviewed', 'slip_issued') AND o.payment_terms IN ('credit', 'monthly')))",
        id=id_,
    )
    assert exposure.total_fen == seen, (customer, exposure, seen)


def credit_is_the_sum_of_its_sales(reader: Reader) -> None:
    """What an application has been used for, and what of it is owed, is what its sales say."""
    for row in credits.listing(reader):
        sales = reader.all(
            "SELECT * FROM v_on_account WHERE credit = :number", number=row["number"]
        )
        assert row["used_fen"] == sum(each["worth_fen"] for each in sales)
        assert row["owed_fen"] == sum(each["owed_fen"] for each in sales)
