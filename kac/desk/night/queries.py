"""The checks of the night, each on its own line: books, stock, papers, money, deadlines, bank."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

from kac.core.errors import Busy
from kac.core.findings import Finding
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.db import checks as file_checks
from kac.db.reader import Reader, Row
from kac.desk.night.classes import classes_requalified
from kac.desk.night.rules import Proof
from kac.desk.night.scope import Scope, seen
from kac.desk.quotations import queries as quotations
from kac.desk.reconciliation import queries as proofs
from kac.ledger import checks as books

Check = Callable[[Reader, date], list[Finding]]


def proved(name: str, find: Callable[[], Iterable[Finding]]) -> Proof:
    """What a check comes to; its trouble is told on its own line and hides no other check.

    Busy goes through: the whole night is to be tried again.
    """
    try:
        return Proof(name, tuple(find()))
    except Busy:
        raise
    except Exception as trouble:  # whatever it is, the other checks are still wanted
        return Proof(name, trouble=f"{type(trouble).__name__}: {trouble}")


def of_the_file(
    reader: Reader,
    ledger: Path,
    checks: Sequence[file_checks.Check] = (file_checks.chain_is_whole,),
) -> list[Proof]:
    """Checks of the ledger file; the audit chain is always one of them."""

    def findings(check: file_checks.Check) -> Iterable[Finding]:
        name = check.__name__
        return [
            Finding(name, "", says, command="kac db check")
            for says in check(reader.connection, ledger)
        ]

    return [proved(check.__name__, partial(findings, check)) for check in checks]


def deliveries_tomorrow(reader: Reader, on: date) -> list[Finding]:
    """Orders that go out tomorrow: the distribution centre is told a day before (GPA-VEH-02)."""
    rows = reader.all(
        "SELECT o.number, o.customer_name, o.address, b.id AS booking FROM v_order o"
        " LEFT JOIN v_vehicle_booking b ON b.order_id = o.id AND b.counts"
        " WHERE coalesce(b.for_day, o.need_by) = :tomorrow"
        " AND o.delivery = 'deliver' AND b.reminded_on IS NULL"
        " AND o.state IN ('submitted', 'reviewed', 'slip_issued', 'partly_delivered')"
        " ORDER BY o.number",
        tomorrow=(on + timedelta(days=1)).isoformat(),
    )
    return [
        Finding(
            "deliveries_tomorrow",
            row["number"],
            _("to be delivered tomorrow to {customer}, {address}").format(
                customer=row["customer_name"], address=row["address"] or "-"
            ),
            ("GPA-VEH-02",),
            f"kac dispatch {'remind' if row['booking'] else 'book'} {row['number']}"
            + ("" if row["booking"] else " --with …"),
            soft=True,
        )
        for row in rows
    ]


def goods_wait_for_cheques(reader: Reader, _on: date) -> list[Finding]:
    """No goods have left before the cheque that pays them is cleared (RTL-CTL-06)."""
    rows = reader.all(
        "SELECT DISTINCT o.number, d.number AS slip, a.payment FROM dispatch d"
        " JOIN sales_order o ON o.id = d.order_id JOIN v_allocation a ON a.order_id = o.id"
        " WHERE d.state NOT IN ('issued', 'void')"
        " AND a.method = 'cheque' AND a.payment_state = 'received'"
        " ORDER BY o.number"
    )
    return [
        Finding(
            "goods_wait_for_cheques",
            row["number"],
            _("{slip} has left, and the cheque {payment} is not cleared").format(**dict(row)),
            ("RTL-CTL-06",),
            f"kac payment show {row['payment']}",
        )
        for row in rows
    ]


def collections_overdue(reader: Reader, on: date) -> list[Finding]:
    """Sales on account whose day of collection is over: whom the desk chases (RTL-DUT-03)."""
    rows = reader.all(
        "SELECT s.number, s.owed_fen, s.collection_on, c.name FROM v_on_account s"
        " JOIN v_customer c ON c.id = s.customer_id WHERE s.owed_fen > 0 AND s.collection_on < :on"
        " ORDER BY s.collection_on, s.number",
        on=on.isoformat(),
    )
    return [_overdue(row, on) for row in rows]


def _overdue(row: Row, on: date) -> Finding:
    days = (on - date.fromisoformat(row["collection_on"])).days
    says = ngettext(
        "{customer} owes {owed} since {day}, {days} day",
        "{customer} owes {owed} since {day}, {days} days",
        days,
    ).format(customer=row["name"], owed=Money(row["owed_fen"]), day=row["collection_on"], days=days)
    rules = ("RTL-DUT-03", "HYP-CRE-02")
    command = f"kac card show {row['number']}"
    return Finding("collections_overdue", row["number"], says, rules, command, soft=True)


def quotations_lapsed(reader: Reader, on: date) -> list[Finding]:
    """Quotations whose last day is over and that nobody let expire (FLW-QUO-01)."""
    return [
        Finding(
            "quotations_lapsed",
            row["number"],
            _("for {customer}, good until {day}").format(
                customer=row["customer_name"], day=row["valid_until"]
            ),
            ("FLW-QUO-01",),
            f"kac quote expire {row['number']}",
            soft=True,
        )
        for row in quotations.lapsed(reader, on)
    ]


def contracts_over(reader: Reader, on: date) -> list[Finding]:
    """Contracts that are still executed after their last day (CRF-DEV-07)."""
    rows = reader.all(
        "SELECT number, customer_name, to_day FROM v_contract"
        " WHERE state = 'executing' AND to_day < :on ORDER BY to_day, number",
        on=on.isoformat(),
    )
    return [
        Finding(
            "contracts_over",
            row["number"],
            _("with {customer}, ran until {day}").format(
                customer=row["customer_name"], day=row["to_day"]
            ),
            ("CRF-DEV-07",),
            f"kac contract close {row['number']} --reason …",
            soft=True,
        )
        for row in rows
    ]


def _of_the_books(check: Callable[[Reader], list[Finding]]) -> Check:
    """A check of the books beside the others, which also know the day."""

    def find(reader: Reader, _on: date) -> list[Finding]:
        return check(reader)

    find.__name__ = check.__name__
    return find


# Checks of the books first, which know no day; then those of the desk, then the deadlines.
CHECKS: tuple[Check, ...] = (
    *(_of_the_books(check) for check in books.CHECKS),
    *proofs.CHECKS,
    goods_wait_for_cheques,
    deliveries_tomorrow,
    quotations_lapsed,
    contracts_over,
    collections_overdue,
    classes_requalified,
)


# Checks that judge each order, payment or slip by what is written about it and by the policy it
# was made under, never by the day: what nothing was written about need not be looked at again.
OF_ORDERS = frozenset(
    {
        "no_money_is_used_twice",
        "dispatched_are_paid",
        "dispatched_equals_ordered",
        "slips_add_up",
        "void_copies_are_kept",
        "paper_copies_are_accounted",
        "receipts_are_printed",
        "steps_run_forward",
        "goods_wait_for_cheques",
    }
)


def run(reader: Reader, on: date, scope: Scope | None = None, since: str = "") -> list[Proof]:
    """Every check, one after the other; none hides another.

    With a scope the checks of orders look at its documents alone, and say since when.
    """
    named = {check.__name__: partial(check, reader, on) for check in CHECKS}
    few = OF_ORDERS if scope is not None else frozenset()
    done = {name: proved(name, find) for name, find in named.items() if name not in few}
    if scope is not None:
        with seen(reader, scope):
            for name in named.keys() & few:
                done[name] = replace(proved(name, named[name]), since=since)
    return [done[name] for name in named]
