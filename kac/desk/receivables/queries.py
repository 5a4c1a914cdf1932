"""Reading receivables: what was owed on a day, what is held beside it, the letters written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.db.policybook import DESK, PolicyVersion, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.covers import queries as covers
from kac.desk.covers.rules import due_on
from kac.desk.deliveries import queries as deliveries
from kac.desk.deliveries.rules import SaleMoney, SlipMoney, earned
from kac.desk.receivables import rules
from kac.desk.receivables.policy import ReceivablePolicy
from kac.desk.receivables.rules import Debt, Held
from kac.ledger.chart import RECEIVABLE
from kac.ledger.checks import balance

KIND = "CK"
# What had come back of an order by a day, as it was credited.
_BACK = (
    "coalesce((SELECT sum(k.amount_fen) FROM return_credit k"
    " JOIN goods_return g ON g.id = k.return_id"
    " WHERE g.order_id = {order} AND k.on_day <= :day), 0)"
)
_BACK_OF_SLIP = (
    "coalesce((SELECT sum(k.amount_fen) FROM return_credit k"
    " JOIN goods_return g ON g.id = k.return_id"
    " WHERE g.dispatch_id = {slip} AND k.on_day <= :day), 0)"
)
# Money that was for an order by a day: what was allocated less what was taken away again.
_PAID = (
    "coalesce((SELECT sum(CASE WHEN a.reverses IS NULL THEN a.amount_fen ELSE -a.amount_fen END)"
    " FROM payment_allocation a WHERE a.order_id = {order} AND a.on_day <= :day), 0)"
)


def policy(version: PolicyVersion) -> ReceivablePolicy:
    """The bands, and how customers are chased."""
    return version.section("receivable", ReceivablePolicy)


def debts(reader: Reader, on: date, customer: str = "") -> list[Debt]:
    """Delivered slips not paid for at the end of a day, the soonest due first.

    What came back by then is not owed.
    """
    rows = reader.all(
        f"SELECT * FROM (SELECT v.*, {_PAID.format(order='v.order_id')} AS paid_fen,"
        f" {_BACK.format(order='v.order_id')} AS back_fen,"
        f" {_BACK_OF_SLIP.format(slip='v.slip_id')} AS back_of_slip_fen"
        " FROM v_receivable v WHERE v.delivered_on <= :day"
        " AND (:customer = '' OR v.customer = :customer)) t"
        " WHERE paid_fen <> order_total_fen - back_fen"
        " ORDER BY order_id, slip_id",
        day=on.isoformat(),
        customer=customer,
    )
    found = []
    for order_id, slips in groupby(rows, key=lambda row: row["order_id"]):
        found += _debts_of(reader, order_id, list(slips), on)
    return sorted(found, key=lambda debt: (debt.due_on, debt.order, debt.slip))


def owed(reader: Reader, on: date, customer: str = "") -> list[Debt]:
    """All that is owed at the end of a day: delivered slips, and what was owed from before."""
    found = debts(reader, on, customer) + _from_before(reader, on, customer)
    return sorted(found, key=lambda debt: (debt.due_on, debt.order, debt.slip))


def _from_before(reader: Reader, on: date, customer: str) -> list[Debt]:
    """Opening balances not settled at the end of a day; they have no order."""
    rows = reader.all(
        "SELECT * FROM (SELECT l.*, l.amount_fen - coalesce((SELECT sum(x.amount_fen)"
        "  FROM opening_settlement x WHERE x.opening_line_id = l.id AND x.on_day <= :day), 0)"
        "  AS owed_fen FROM v_opening_line l"
        "  WHERE l.kind = 'owed' AND l.state = 'confirmed' AND l.decided_on <= :day"
        "  AND (:customer = '' OR l.customer = :customer)) t WHERE owed_fen <> 0 ORDER BY id",
        day=on.isoformat(),
        customer=customer,
    )
    return [
        Debt(
            order_id=0,
            order=row["number"],
            customer=row["customer"],
            customer_name=row["customer_name"],
            delivered_on=date.fromisoformat(row["since"]),
            due_on=date.fromisoformat(row["due_on"]),
            total_fen=row["amount_fen"],
            owed_fen=row["owed_fen"],
        )
        for row in rows
    ]


def _debts_of(reader: Reader, order_id: int, slips: Sequence[Row], on: date) -> list[Debt]:
    """What is owed for each delivered slip of an order: its money pays for the first first."""
    left, found = _earned_on(reader, order_id, slips, on), []
    for row in slips:
        kept = row["total_fen"] - row["back_of_slip_fen"]
        paid = left if row is slips[-1] else min(left, kept)
        left -= paid
        if kept != paid:
            found.append(_debt(reader, row, kept - paid))
    return found


def _earned_on(reader: Reader, order_id: int, slips: Sequence[Row], on: date) -> int:
    """How much of an order's money was for its delivered slips at the end of a day."""
    first = slips[0]
    signed = sum(row["total_fen"] for row in slips)
    if signed >= first["order_total_fen"]:  # what came back is taken off both alike
        return int(first["paid_fen"])
    deposit = reader.value(
        "SELECT coalesce(sum(CASE WHEN reverses IS NULL THEN amount_fen ELSE -amount_fen END), 0)"
        " FROM payment_allocation WHERE order_id = :id AND kind = 'deposit' AND on_day <= :day",
        id=order_id,
        day=on.isoformat(),
    )
    drawn = {row["id"]: row["deposit_fen"] for row in deliveries.slips(reader, order_id)}
    money = tuple(SlipMoney(row["total_fen"], drawn[row["slip_id"]], True) for row in slips)
    came = (first["order_total_fen"], deposit, first["paid_fen"])
    return earned(SaleMoney(*came, money, returned_fen=first["back_fen"]))


def _debt(reader: Reader, row: Row, owed_fen: int) -> Debt:
    return Debt(
        order_id=row["order_id"],
        order=row["number"],
        customer=row["customer"],
        customer_name=row["customer_name"],
        delivered_on=date.fromisoformat(row["delivered_on"]),
        due_on=_due_on(reader, row),
        total_fen=row["total_fen"],
        owed_fen=owed_fen,
        letter=row["letter"],
        by_the_month=row["payment_terms"] == "monthly",
        slip=row["slip"],
    )


def _due_on(reader: Reader, row: Row) -> date:
    """The due day of the contract for goods by the month, else of the letter, else the delivery."""
    if row["payment_terms"] == "monthly":
        picked_up = date.fromisoformat(row["loaded_on"])
        agreements = covers.agreed(reader, row["customer_id"])
        if agreements:
            return max(due_on(picked_up, each) for each in agreements)
    return date.fromisoformat(row["due_on"])


def held(reader: Reader) -> list[Held]:
    """What is held for each customer now: for orders not delivered yet, and for nothing yet."""
    rows = reader.all(
        "SELECT c.id, c.number, c.name,"
        " (SELECT coalesce(sum(a.amount_fen), 0) FROM v_allocation a"
        "  JOIN sales_order o ON o.id = a.order_id WHERE o.customer_id = c.id AND a.held"
        "  AND o.state NOT IN ('delivered', 'closed')) AS deposits_fen,"
        " (SELECT coalesce(sum(y.free_fen), 0) FROM v_payment y WHERE y.customer_id = c.id)"
        "  AS free_fen"
        " FROM customer c WHERE c.id IN (SELECT customer_id FROM payment) ORDER BY c.number"
    )
    used: dict[int, int] = {}
    for order, sale in deliveries.unfinished(reader):
        used[order["customer_id"]] = used.get(order["customer_id"], 0) + earned(sale)
    found = [
        Held(
            row["number"],
            row["name"],
            row["deposits_fen"] - used.get(row["id"], 0),
            row["free_fen"],
        )
        for row in rows
    ]
    return [each for each in found if each.deposits_fen or each.free_fen]


def last_dunned(reader: Reader, customer: str) -> date | None:
    """The day of the last letter to a customer."""
    found = reader.value(
        "SELECT max(on_day) FROM v_dunning WHERE customer = :customer", customer=customer
    )
    return date.fromisoformat(found) if found else None


def letters(reader: Reader, customer: str = "") -> list[Row]:
    """The dunning letters, the newest first."""
    return reader.all(
        "SELECT * FROM v_dunning WHERE (:customer = '' OR customer = :customer) ORDER BY id DESC",
        customer=customer,
    )


def letter(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The dunning letter meant."""
    number = resolve(reader, KIND, "dunning", reference, speaker)
    return reader.one("SELECT * FROM v_dunning WHERE number = :number", number=number)


def letter_lines(reader: Reader, dunning_id: int) -> list[Row]:
    """What a letter asked for, as it stood then."""
    return reader.all(
        "SELECT n.*, o.number AS order_number FROM dunning_line n"
        " JOIN sales_order o ON o.id = n.order_id WHERE n.dunning_id = :id ORDER BY n.line",
        id=dunning_id,
    )


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every customer who owes something overdue, with the gate of the letter."""
    version = in_force(reader, DESK, today)
    for customer, owed in rules.by_customer(debts(reader, today)).items():
        late = rules.overdue(owed, today)
        if not late:
            continue
        first = late[0].due_on.isoformat()
        document = {
            "number": customer,
            "customer_name": owed[0].customer_name,
            "need_by": first,
            "on_day": first,
            "prepared_by": "",
        }
        last = last_dunned(reader, customer)
        gate = rules.dunned(customer, owed, last, policy(version), today, version.may["ar.dun"])
        yield document, [gate], rules.AFTER


def ageing_equals_account(reader: Reader, on: date) -> list[Finding]:
    """The bands of all customers come to what account 1122 says, to the fen (DST-GDS-13)."""
    version = in_force(reader, DESK, on)
    rows = rules.ageing(owed(reader, date.max), held(reader), policy(version), on, "due")
    aged, booked = sum(row.owed_fen for row in rows), balance(reader, RECEIVABLE)
    if aged == booked:
        return []
    says = _("the bands come to {aged}, account {account} says {booked}").format(
        aged=Money(aged), account=RECEIVABLE, booked=Money(booked)
    )
    rules_ = ("DST-GDS-13", "CRH-DAT-02")
    return [Finding("ageing_equals_account", RECEIVABLE, says, rules_, "kac ar aging")]


def receivables_overdue(reader: Reader, on: date) -> list[Finding]:
    """Overdue debts that no other check reminds of: not by the month, without a letter."""
    return [
        Finding(
            "receivables_overdue",
            debt.order,
            _("{customer} owes {owed}, due since {day}").format(
                customer=debt.customer_name, owed=Money(debt.owed_fen), day=debt.due_on
            ),
            ("RTL-DUT-03", "DST-GDS-13"),
            f"kac ar dun {debt.customer}" if debt.order_id else f"kac ar due {debt.customer}",
            soft=True,
        )
        for debt in rules.overdue(owed(reader, on), on)
        if not debt.letter and not debt.by_the_month
    ]


CHECKS = (ageing_equals_account, receivables_overdue)
