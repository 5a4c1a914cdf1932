"""The proofs of the night: every figure derived anew and held against the books."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kac.core.calendar import business_day, parse_instant
from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money
from kac.db import policybook
from kac.db.reader import Reader
from kac.desk.bank import queries as bank
from kac.desk.cheques import queries as cheques
from kac.desk.covers import queries as covers
from kac.desk.dispatch.policy import DispatchPolicy
from kac.desk.inquiries import queries as inquiries
from kac.desk.invoices import queries as invoices
from kac.desk.orders.policy import OrderPolicy
from kac.desk.papers.rules import HOLDERS
from kac.desk.payments.rules import RECEIPT_COPIES
from kac.desk.receivables import queries as receivables
from kac.desk.reconciliation.rules import StepFacts, dated_before
from kac.desk.refunds import queries as refunds
from kac.desk.returns import proofs as returns
from kac.desk.securities import queries as securities
from kac.desk.shortages import queries as shortages
from kac.desk.statements import queries as statements
from kac.desk.takings import queries as takings
from kac.desk.waivers import queries as waivers
from kac.desk.worklist import queries as worklist
from kac.desk.worklist.rules import reported
from kac.ledger.chart import CHEQUES, CUSTOMER_DEPOSITS, RECEIVABLE, UNVERIFIED
from kac.ledger.checks import balance

Check = Callable[[Reader, date], list[Finding]]


def deposits_equal_liability(reader: Reader, _on: date) -> list[Finding]:
    """Money received, not used by delivered goods nor given back, is what account 2203 owes."""
    received = reader.value(
        "SELECT coalesce(sum(amount_fen), 0) FROM payment WHERE state IN ('received', 'verified')"
    )
    earned = reader.value(f"SELECT coalesce(sum(received_fen), 0) {_DELIVERED}")
    back = reader.value(
        "SELECT coalesce(sum(amount_fen), 0) FROM refund"
        " WHERE state = 'paid' AND payment_id IS NOT NULL"
    )
    return _equal(
        "deposits_equal_liability",
        CUSTOMER_DEPOSITS,
        _("money held for customers"),
        received - earned - back,
        -balance(reader, CUSTOMER_DEPOSITS),
    )


# Orders whose goods the customer has: what was paid for them is earned, the rest is owed.
_DELIVERED = "FROM v_order WHERE state IN ('delivered', 'closed')"


def receivables_equal_account(reader: Reader, _on: date) -> list[Finding]:
    """What customers have had and not paid for is what account 1122 says that they owe."""
    owed = reader.value(
        f"SELECT coalesce(sum(total_fen - returned_fen - received_fen), 0) {_DELIVERED}"
    )
    return _equal(
        "receivables_equal_account",
        RECEIVABLE,
        _("owed for delivered goods"),
        owed,
        balance(reader, RECEIVABLE),
    )


def no_money_is_used_twice(reader: Reader, _on: date) -> list[Finding]:
    """What payments are for is never more than what they are (RTL-DUT-07)."""
    rows = reader.all(
        "SELECT number, amount_fen, free_fen FROM v_payment WHERE free_fen < 0 ORDER BY number"
    )
    return [
        Finding(
            "no_money_is_used_twice",
            row["number"],
            _("{amount} came, {over} more is spread over orders").format(
                amount=Money(row["amount_fen"]), over=Money(-row["free_fen"])
            ),
            ("RTL-DUT-07",),
            f"kac payment show {row['number']}",
        )
        for row in rows
    ]


def unverified_equals_account(reader: Reader, _on: date) -> list[Finding]:
    """Money that finance has not seen yet is what account 1012 holds."""
    waiting = reader.value(
        "SELECT coalesce(sum(amount_fen), 0) FROM (SELECT amount_fen FROM payment"
        " WHERE state = 'received' AND method <> 'cheque'"
        " UNION ALL SELECT amount_fen FROM security_deposit WHERE state = 'received') waiting"
    )
    return _equal(
        "unverified_equals_account",
        UNVERIFIED,
        _("money not verified yet"),
        waiting,
        balance(reader, UNVERIFIED),
    )


def cheques_equal_account(reader: Reader, _on: date) -> list[Finding]:
    """Cheques that no bank has cleared yet are what account 101201 holds (RTL-CTL-06)."""
    waiting = reader.value(
        "SELECT coalesce(sum(amount_fen), 0) FROM payment"
        " WHERE state = 'received' AND method = 'cheque'"
    )
    return _equal(
        "cheques_equal_account",
        CHEQUES,
        _("cheques not cleared yet"),
        waiting,
        balance(reader, CHEQUES),
    )


def _equal(check: str, account: str, what: str, derived: int, booked: int) -> list[Finding]:
    if derived == booked:
        return []
    says = _("{what}: documents say {derived}, account {account} says {booked}").format(
        what=what, derived=Money(derived), account=account, booked=Money(booked)
    )
    return [Finding(check, account, says, ("CRH-DAT-02",), "kac audit verify")]


def reservations_equal_orders(reader: Reader, _on: date) -> list[Finding]:
    """Exactly what submitted orders want is reserved for them, and nothing for others."""
    rows = reader.all(
        "SELECT t.number, t.code, sum(t.wanted) AS wanted, sum(t.held) AS held FROM"
        " (SELECT l.number, l.code, l.quantity AS wanted, 0 AS held FROM v_order_line l"
        "  JOIN sales_order o ON o.id = l.order_id"
        "  LEFT JOIN dispatch d ON d.order_id = o.id AND d.state <> 'void'"
        "  WHERE o.state IN ('submitted', 'reviewed')"
        "  OR (o.state = 'slip_issued' AND d.state = 'issued')"
        "  UNION ALL SELECT order_number, code, quantity AS wanted, 0 AS held"
        "  FROM v_shortage_line WHERE order_state = 'collecting'"
        "  UNION ALL SELECT o.number, p.code, 0 AS wanted, r.quantity AS held"
        "  FROM v_reservation r JOIN sales_order o ON o.id = r.order_id"
        "  JOIN product p ON p.id = r.product_id) t"
        " GROUP BY t.number, t.code HAVING sum(t.wanted) <> sum(t.held) ORDER BY t.number, t.code"
    )
    return [
        Finding(
            "reservations_equal_orders",
            row["number"],
            _("{code}: {wanted} base units ordered, {held} reserved").format(
                code=row["code"], wanted=row["wanted"], held=row["held"]
            ),
            ("RTL-ORD-02", "CRH-DAT-02"),
            f"kac order show {row['number']}",
        )
        for row in rows
    ]


def reserved_goods_are_there(reader: Reader, _on: date) -> list[Finding]:
    """No location has promised more than it holds beside samples and what customers wait for."""
    rows = reader.all(
        "SELECT s.code, s.name, s.location, s.on_hand, s.display, s.reserved FROM v_stock s"
        " LEFT JOIN v_awaited w ON w.product_id = s.product_id AND w.location = s.location"
        " WHERE s.available + coalesce(w.quantity, 0) < 0 AND s.reserved > 0"
        " ORDER BY s.code, s.location"
    )
    return [
        Finding(
            "reserved_goods_are_there",
            row["code"],
            _(
                "{name} at {location}: {reserved} promised of {on_hand} with {display} samples"
            ).format(**dict(row)),
            ("RTL-ORD-02", "BLK-INT-01"),
            f"kac stock check {row['code']}",
        )
        for row in rows
    ]


def dispatched_are_paid(reader: Reader, _on: date) -> list[Finding]:
    """Three-way match: a slip has an order, and its money came and was verified, all of it.

    What is sold on credit has proofs of its own.
    """
    rows = reader.all(
        "SELECT o.number, o.dispatch, o.total_fen - o.returned_fen AS total_fen, o.verified_fen"
        " FROM v_order_gate_facts o"
        " WHERE o.dispatch <> '' AND o.verified_fen <> o.total_fen - o.returned_fen"
        " AND o.payment_terms NOT IN ('credit', 'monthly') ORDER BY o.number"
    )
    return [
        Finding(
            "dispatched_are_paid",
            row["number"],
            _("{slip} went out for {total}, verified money is {verified}").format(
                slip=row["dispatch"],
                total=Money(row["total_fen"]),
                verified=Money(row["verified_fen"]),
            ),
            ("RTL-PRI-02", "RTL-PAY-04"),
            f"kac order show {row['number']}",
        )
        for row in rows
    ]


def dispatched_equals_ordered(reader: Reader, _on: date) -> list[Finding]:
    """Three-way match: the goods that left are the goods on the form, line by line."""
    rows = reader.all(
        "SELECT t.number, t.slip, t.product_id, sum(t.ordered) AS ordered, sum(t.left_) AS moved"
        " FROM (SELECT l.number, d.number AS slip, l.product_id, l.quantity AS ordered, 0 AS left_"
        "  FROM v_order_line l JOIN dispatch d ON d.order_id = l.order_id"
        "  AND d.state NOT IN ('issued', 'void')"
        "  UNION ALL SELECT o.number, m.document AS slip, m.product_id, 0 AS ordered,"
        "  m.quantity AS left_ FROM stock_move m JOIN dispatch d ON d.number = m.document"
        "  JOIN sales_order o ON o.id = d.order_id WHERE m.to_place = '@transit') t"
        " GROUP BY t.number, t.slip, t.product_id HAVING sum(t.ordered) <> sum(t.left_)"
    )
    return [
        Finding(
            "dispatched_equals_ordered",
            row["number"],
            _("{slip}: {ordered} base units ordered, {moved} left").format(
                slip=row["slip"], ordered=row["ordered"], moved=row["moved"]
            ),
            ("RTL-CTL-07",),
            f"kac dispatch show {row['slip']}",
        )
        for row in rows
    ]


def void_copies_are_kept(reader: Reader, _on: date) -> list[Finding]:
    """Every copy of a void form is back, marked 作废 and kept."""
    rows = reader.all(
        "SELECT o.number, p.copy_name, p.holder FROM sales_order o JOIN v_paper p"
        " ON p.document = o.number AND p.kind = 'order_form'"
        " WHERE o.state IN ('collecting', 'voided') AND p.event NOT IN ('voided', 'lost')"
        " ORDER BY o.number, p.copy_name"
    )
    return [
        Finding(
            "void_copies_are_kept",
            row["number"],
            _("copy {copy} is still with {holder}").format(
                copy=_(HOLDERS.get(row["copy_name"], row["copy_name"])),
                holder=_(HOLDERS.get(row["holder"], row["holder"])),
            ),
            ("RTL-SHT-09", "RTL-SHT-11"),
            f"kac order collect {row['number']} --copy {row['copy_name']}",
        )
        for row in rows
    ]


# What must have been printed, and in how many copies, for a slip in these states to be honest.
_COPIES_OF = """
SELECT d.number, d.state, o.number AS order_number,
       (SELECT count(*) FROM v_paper p WHERE p.document = o.number AND p.kind = 'order_form'
        AND p.copy_name <> 'photocopy') AS forms,
       (SELECT count(*) FROM v_paper p WHERE p.document = o.number AND p.kind = 'order_form'
        AND p.copy_name = 'photocopy') AS photocopies, o.deposit_fen,
       (SELECT count(*) FROM v_paper p WHERE p.document = d.number AND p.kind = 'slip') AS slips,
       (SELECT count(*) FROM v_paper p WHERE p.document = d.number AND p.kind = 'slip'
        AND p.event = 'archived') AS filed
FROM dispatch d JOIN v_order o ON o.id = d.order_id AND d.state <> 'void'
ORDER BY d.number
"""


def paper_copies_are_accounted(reader: Reader, on: date) -> list[Finding]:
    """Every copy of what left the desk exists, and the signed one is where it should be."""
    policy = policybook.in_force(reader, "retail", on)
    forms = len(policy.section("order", OrderPolicy).copies)
    slips = len(policy.section("dispatch", DispatchPolicy).slip_copies)
    found = []
    for row in reader.all(_COPIES_OF):
        short = row["forms"] < forms or (row["state"] != "issued" and row["slips"] < slips)
        short = short or (row["deposit_fen"] > 0 and not row["photocopies"])
        if short or (row["state"] == "archived") != bool(row["filed"]):
            says = _(
                "{forms} copies of {order}, {photocopies} photocopied; {slips} of the slip,"
                " {filed} archived"
            ).format(
                forms=row["forms"],
                order=row["order_number"],
                photocopies=row["photocopies"],
                slips=row["slips"],
                filed=row["filed"],
            )
            command = f"kac dispatch show {row['number']}"
            rules = ("RTL-ORD-05", "RTL-ORD-09", "RTL-PAY-05", "RTL-PAY-11")
            found.append(Finding("paper_copies_are_accounted", row["number"], says, rules, command))
    return found


def receipts_are_printed(reader: Reader, _on: date) -> list[Finding]:
    """Money has a receipt in two copies, whatever became of its order (RTL-DEP-03..05)."""
    rows = reader.all(
        "SELECT y.number, y.order_number, y.amount_fen FROM v_payment y"
        " WHERE y.state IN ('received', 'verified') AND (SELECT count(*)"
        " FROM v_paper p WHERE p.document = y.number AND p.kind = 'receipt') < :copies"
        " ORDER BY y.id",
        copies=len(RECEIPT_COPIES),
    )
    return [
        Finding(
            "receipts_are_printed",
            row["number"],
            _("no receipt printed for {amount} of {order}").format(
                amount=Money(row["amount_fen"]), order=row["order_number"]
            ),
            ("RTL-DEP-03", "RTL-DEP-04", "RTL-DEP-05"),
            f"kac payment print {row['number']}",
        )
        for row in rows
    ]


def steps_run_forward(reader: Reader, _on: date) -> list[Finding]:
    """No step of an order is dated before the step that it rests on: money, slips, signatures."""
    rows = reader.all("SELECT * FROM v_step WHERE stamp < since ORDER BY number, subject, step")
    judged = [
        dated_before(
            StepFacts(
                row["number"],
                row["subject"],
                row["step"],
                _day_of(row["stamp"]),
                row["rests_on"],
                _day_of(row["since"]),
            )
        )
        for row in rows
    ]
    return list(dict.fromkeys(finding for finding in judged if finding))


def _day_of(stamp: str) -> date:
    """The day of a stored day, or the business day of a stored moment."""
    return business_day(parse_instant(stamp)) if "T" in stamp else date.fromisoformat(stamp)


def gates_that_should_be_open(reader: Reader, on: date) -> list[Finding]:
    """Goods that are late, signed copies that did not come back: reminders.

    The same gates as on every checklist (RTL-PAY-11, A-24).
    """
    return [
        Finding(gate.name, row["number"], gate.says, gate.rules, gate.command, soft=True)
        for row, case, gates in worklist.open_cases(reader, on)
        for gate in reported(case, gates, on)
    ]


CHECKS: tuple[Check, ...] = (
    deposits_equal_liability,
    unverified_equals_account,
    cheques_equal_account,
    receivables_equal_account,
    no_money_is_used_twice,
    waivers.waivers_are_signed,
    refunds.refunds_are_covered,
    reservations_equal_orders,
    reserved_goods_are_there,
    dispatched_are_paid,
    dispatched_equals_ordered,
    void_copies_are_kept,
    shortages.split_forms_add_up,
    shortages.lost_copies_are_stated,
    paper_copies_are_accounted,
    receipts_are_printed,
    steps_run_forward,
    cheques.not_cleared,
    *returns.CHECKS,
    *invoices.CHECKS,
    *receivables.CHECKS,
    statements.accounts_equal_books,
    statements.statements_stand,
    statements.unanswered,
    inquiries.replies_overdue,
    gates_that_should_be_open,
    *covers.CHECKS,
    *securities.CHECKS,
    *takings.CHECKS,
    bank.bank_receipts_are_recorded,
    bank.transfers_are_on_the_statement,
    bank.lines_are_used_once,
    bank.proved_money_stands,
)
