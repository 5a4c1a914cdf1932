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
from kac.desk.callbacks import queries as callbacks
from kac.desk.campaigns import queries as campaigns
from kac.desk.cheques import queries as cheques
from kac.desk.covers import queries as covers
from kac.desk.custody import queries as custody
from kac.desk.deliveries import queries as deliveries
from kac.desk.deliveries.rules import earned as earned_of
from kac.desk.dispatch.policy import DispatchPolicy
from kac.desk.fulfilments import queries as fulfilments
from kac.desk.inquiries import queries as inquiries
from kac.desk.invoices import queries as invoices
from kac.desk.orders.policy import OrderPolicy
from kac.desk.papers.rules import HOLDERS
from kac.desk.payments.rules import RECEIPT_COPIES
from kac.desk.promises import queries as promises
from kac.desk.purchases import queries as purchases
from kac.desk.rebates import queries as rebates
from kac.desk.receivables import queries as receivables
from kac.desk.reconciliation import goods
from kac.desk.reconciliation.rules import StepFacts, dated_before
from kac.desk.refunds import queries as refunds
from kac.desk.reservations import queries as reservations
from kac.desk.returns import proofs as returns
from kac.desk.securities import queries as securities
from kac.desk.shipments import queries as shipments
from kac.desk.shortages import queries as shortages
from kac.desk.statements import queries as statements
from kac.desk.tabulations import queries as tabulations
from kac.desk.takings import queries as takings
from kac.desk.transfers import queries as transfers
from kac.desk.vehicles import queries as vehicles
from kac.desk.visits import queries as visits
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
    earned += sum(earned_of(sale) for _order, sale in deliveries.unfinished(reader))
    earned += reader.value("SELECT coalesce(sum(amount_fen), 0) FROM opening_settlement")
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


# Orders whose goods the customer has: what was paid for them is earned, the rest is owed. Of those
# that are partly delivered it is what the customer has, and the money that is for it.
_DELIVERED = "FROM v_order WHERE state IN ('delivered', 'closed')"


def receivables_equal_account(reader: Reader, _on: date) -> list[Finding]:
    """What customers have had and not paid for is what account 1122 says that they owe."""
    owed = reader.value(
        f"SELECT coalesce(sum(total_fen - returned_fen - received_fen), 0) {_DELIVERED}"
    )
    for _order, sale in deliveries.unfinished(reader):
        owed += sale.owed_fen
    owed += reader.value("SELECT coalesce(sum(open_fen), 0) FROM v_opening_line")
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
    """Cheques that are not money yet are what account 101201 holds, of both houses (RTL-CTL-06).

    At the hypermarket's window those that lie with the bank; before that somebody carries them.
    """
    waiting = reader.value(
        "SELECT coalesce(sum(amount_fen), 0) FROM (SELECT amount_fen FROM payment"
        " WHERE state = 'received' AND method = 'cheque'"
        " UNION ALL SELECT amount_fen FROM taking WHERE state = 'at_bank') waiting"
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
    for row in reader.each(_COPIES_OF):
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
        " WHERE y.state IN ('received', 'verified') AND NOT y.opening AND (SELECT count(*)"
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
    reservations.reservations_equal_orders,
    reservations.reserved_goods_are_there,
    transfers.road_equals_moves,
    transfers.on_the_road_too_long,
    promises.promises_broken,
    reservations.reservations_over,
    purchases.purchases_followed_up,
    purchases.purchases_late,
    *shipments.CHECKS,
    *goods.CHECKS,
    fulfilments.loading_took_long,
    tabulations.tables_late,
    vehicles.bookings_followed_up,
    void_copies_are_kept,
    custody.void_copies_come_back,
    shortages.split_forms_add_up,
    shortages.lost_copies_are_stated,
    paper_copies_are_accounted,
    receipts_are_printed,
    steps_run_forward,
    cheques.not_cleared,
    cheques.cheques_at_the_window,
    *returns.CHECKS,
    rebates.rebates_after_returns,
    *callbacks.CHECKS,
    *invoices.CHECKS,
    *receivables.CHECKS,
    statements.accounts_equal_books,
    statements.statements_stand,
    statements.unanswered,
    inquiries.replies_overdue,
    gates_that_should_be_open,
    *visits.CHECKS,
    *campaigns.CHECKS,
    *covers.CHECKS,
    *securities.CHECKS,
    *takings.CHECKS,
    bank.bank_receipts_are_recorded,
    bank.transfers_are_on_the_statement,
    bank.lines_are_used_once,
    bank.proved_money_stands,
)
