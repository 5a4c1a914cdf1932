"""Expenses: two different hands in the store, bags approved and with their receipt, month ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.core.gates import closed
from kac.db.policybook import PolicyVersion, build
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import Signed, matrix_route
from kac.desk.expenses import rules
from kac.desk.expenses.policy import ExpensePolicy
from kac.desk.expenses.rules import ExpenseFacts

SHIPPED = dict(policyfile.shipped()["hypermarket"])
POLICY = build(ExpensePolicy, SHIPPED["expenses"], "expenses")
MATRIX = PolicyVersion("hypermarket", 1, SHIPPED).section("approvals", ApprovalPolicy).rows()
MAY = PolicyVersion("retail", 1, dict(policyfile.shipped()["retail"])).may
PEOPLE = ("sun", "li", "zhao", "wu")


def expense(**changes: object) -> ExpenseFacts:
    plain = ExpenseFacts("BX1", "delivery", "noted", "wu", "", (), "", (), ())
    return replace(plain, **changes)  # type: ignore[arg-type]


def names(gates: list) -> set[str]:
    return {gate.name for gate in closed(gates)}


@given(st.lists(st.sampled_from(PEOPLE), max_size=6))
def test_a_delivery_cost_ends_with_two_different_hands_and_never_the_spenders(tries):
    """HYP-GDS-05, SC-46: whoever tries how often."""
    facts = expense()
    for who in tries:
        if rules.another_hand(facts, who).open:
            facts = replace(facts, signers=(*facts.signers, who))
    assert len(set(facts.signers)) == len(facts.signers)
    assert "wu" not in facts.signers
    done = rules.cost_signed(facts, POLICY, MAY).open
    assert done == (len(set(tries) - {"wu"}) >= 2)


@given(st.sets(st.sampled_from(["approved", "receipt"])))
def test_bags_are_reimbursed_approved_and_with_their_till_receipt(held):
    """HYP-BAG-01, HYP-BAG-03, SC-46."""
    steps = matrix_route(MATRIX, "bags", 4500)
    signed = (Signed("bags", "bulk_department_head", 0, "ok", "zhao"),)
    facts = expense(
        kind="bags",
        till_receipt="POS3" if "receipt" in held else "",
        request="SP1",
        steps=steps,
        signed=signed if "approved" in held else (),
    )
    wanted = set()
    if "approved" not in held:
        wanted.add("bags_approved")
    if "receipt" not in held:
        wanted.add("till_receipt_kept")
    assert names(rules.to_reimburse(facts, POLICY, MAY)) == wanted


def test_bags_are_bought_where_the_goods_leave_by_who_handles_them():
    """HYP-BAG-02."""
    assert rules.at_dispatching_store("S01", "S01").open
    assert not rules.at_dispatching_store("S02", "S01").open
    assert rules.own_purchase(expense(), "wu").open
    assert not rules.own_purchase(expense(), "li").open


@given(st.dates(date(2024, 1, 1), date(2030, 12, 31)), st.integers(0, 70))
def test_a_months_expenses_wait_for_its_last_day(day, later):
    """HYP-BAG-04, HYP-GDS-06."""
    month = day.strftime("%Y-%m")
    today = day + timedelta(days=later)
    last = (today + timedelta(days=1)).month != today.month
    over = today.strftime("%Y-%m") > month
    assert rules.month_over(month, today).open == (over or last)
