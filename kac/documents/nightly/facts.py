"""What the nightly page tells, gathered at one moment; every figure is derived anew."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kac.core.findings import Finding
from kac.core.i18n import N_, _
from kac.db import audit, info, policybook
from kac.db.reader import Reader
from kac.desk.reports import queries as reports
from kac.desk.reports import rules
from kac.desk.reports.policy import ReportPolicy
from kac.desk.worklist import queries as worklist
from kac.desk.worklist.rules import waiting
from kac.ledger.chart import CHEQUES, CUSTOMER_DEPOSITS, RECEIVABLE, UNVERIFIED
from kac.ledger.checks import balance

_DAYS = 30
# What an order waits for, by the gate that is to be opened next.
WAITS_FOR = {
    "customer_filed": N_("the customer's file"),
    "need_by_ahead": N_("a day that is still to come"),
    "terms_agreed": N_("terms to be agreed"),
    "supply_confirmed": N_("goods to be had"),
    "shortage_settled": N_("a way out of a shortage"),
    "arrival_promised": N_("a day of arrival"),
    "arrival_confirmed": N_("goods to arrive"),
    "customer_informed": N_("the customer to be told"),
    "margin_not_negative": N_("a price above cost"),
    "submitted": N_("being handed in"),
    "not_rejected": N_("a change after rejection"),
    "quotation_reviewed": N_("review of its quotation"),
    "discount_in_table": N_("a discount of the table"),
    "discount_checked": N_("the check of discounts"),
    "concession_granted": N_("a granted discount or gift"),
    "margin_tier_signed": N_("signatures for the margin"),
    "reviewed": N_("a supervisor's review"),
    "form_printed": N_("the printed form"),
    "deposit_met": N_("the deposit"),
    "photocopied": N_("the photocopy for finance"),
    "receipts_issued": N_("printed receipts"),
    "paid_in_full": N_("the rest of the money"),
    "credit_covers": N_("room in the credit limit"),
    "guaranteed": N_("a letter of guarantee"),
    "contract_covers": N_("a contract with days of settlement"),
    "month_covered": N_("the month's security deposit"),
    "settled": N_("the receivable to be settled"),
    "money_verified": N_("finance to see the money"),
    "address_known": N_("an address"),
    "slip_issued": N_("the wholesale slip"),
    "shipment_received": N_("a shipment to be received"),
    "list_faxed": N_("a supplier's shipping list"),
    "objection_settled": N_("an objection to be settled"),
    "held_explained": N_("goods held at an office"),
    "reason_judged": N_("a reason to be accepted"),
    "draw_reviewed": N_("the sales company's review"),
    "draw_filed": N_("a review to be put on file"),
    "draw_made": N_("held goods to be drawn"),
    "purchase_tracked": N_("a request to be followed up"),
    "purchase_answered": N_("the supplier's answer"),
    "purchase_arrived": N_("goods from the supplier"),
    "adjustment_confirmed": N_("a second person for an adjustment"),
    "transfer_received": N_("goods on the road to be received"),
    "slip_printed": N_("the printed slip"),
    "counted": N_("two counts"),
    "till_checked": N_("the check of loss prevention"),
    "boxed": N_("goods to be boxed"),
    "order_tabulated": N_("an order table or a simple list"),
    "loaded": N_("loading"),
    "signed": N_("the customer's signature"),
    "copy_archived": N_("the signed copy"),
    "copies_collected": N_("copies of a void form"),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One check of the night: what people call it, `ok` or what it came to, how much it found."""

    name: str
    state: str
    count: int


@dataclass(frozen=True)
class Night:
    """Everything on the page: whose and when, what is missing, how the desk stands.

    `sales` are (day, fen, fen a year before); ages are (label, fen).
    """

    company: str
    ledger: str
    head: str
    on: date
    findings: Sequence[Finding]
    checks: Sequence[Check]
    figures: Sequence[tuple[str, int]]
    open_orders: int
    gates: Sequence[tuple[str, int]]
    sales: Sequence[tuple[date, int, int]]
    owed: Sequence[tuple[str, int]]
    held: Sequence[tuple[str, int]]


def gather(reader: Reader, on: date, findings: Sequence[Finding], checks: Sequence[Check]) -> Night:
    """The night of a day, as the ledger stands now."""
    facts = info.of(reader)
    gates = _gates(reader, on)
    sales = _sales(reader, on)
    policy = policybook.in_force(reader, policybook.DESK, on).section("report", ReportPolicy)
    return Night(
        company=facts.company,
        ledger=facts.ledger_id,
        head=audit.code(reader.connection),
        on=on,
        findings=findings,
        checks=checks,
        figures=_figures(reader, on, sales),
        open_orders=sum(count for _name, count in gates),
        gates=gates,
        sales=sales,
        owed=_ages(reports.owed(reader), on, policy.ageing_days),
        held=_ages(reports.held(reader), on, policy.ageing_days),
    )


def _gates(reader: Reader, on: date) -> list[tuple[str, int]]:
    """Open orders by what each waits for first, the most at the head."""
    first = Counter(
        next(iter(waiting(gates)), gates[-1]).name
        for _row, _case, gates in worklist.open_cases(reader, on)
        if any(not gate.open for gate in gates)
    )
    named = [(_(WAITS_FOR.get(name, name)), count) for name, count in first.items()]
    return sorted(named, key=lambda each: (-each[1], each[0]))


def _sales(reader: Reader, on: date) -> list[tuple[date, int, int]]:
    first = on - timedelta(days=_DAYS - 1)
    now = reports.sold(reader, "day", first, on)
    then = reports.sold(reader, "day", rules.a_year_before(first), rules.a_year_before(on))
    pairs = rules.joined(now, rules.a_year_on(then))
    known = {row.key: (row.sales_fen, before) for row, before in pairs}
    days = [first + timedelta(days=place) for place in range(_DAYS)]
    return [(day, *known.get(day.isoformat(), (0, 0))) for day in days]


def _figures(
    reader: Reader, on: date, sales: Sequence[tuple[date, int, int]]
) -> list[tuple[str, int]]:
    month = reports.sold(reader, "month", on.replace(day=1), on)
    return [
        (_("sold on the day"), sales[-1][1]),
        (_("sold this month"), sum(row.sales_fen for row in month)),
        (_("held for customers"), -balance(reader, CUSTOMER_DEPOSITS)),
        (_("owed for goods"), balance(reader, RECEIVABLE)),
        (_("money not seen by finance"), balance(reader, UNVERIFIED) + balance(reader, CHEQUES)),
    ]


def _ages(
    amounts: Sequence[tuple[date, int]], on: date, bands: Sequence[int]
) -> list[tuple[str, int]]:
    return [(_named(since, until), fen) for since, until, fen in rules.aged(amounts, on, bands)]


def _named(since: int, until: int | None) -> str:
    if until is None:
        return _("more than {age} days").format(age=since - 1)
    return _("{since} to {until} days").format(since=since, until=until)
