"""Invoices: together never above their order, never before their ground."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.allocations.rules import AgreementFacts, content_agreed
from kac.desk.invoices import rules
from kac.desk.invoices.policy import InvoicePolicy
from kac.desk.invoices.rules import SaleFacts

POLICY = InvoicePolicy(20, {"prepaid": "paid", "credit": "delivered", "monthly": "delivered"})
fen = st.integers(0, 10**9)
states = st.sampled_from(
    ["draft", "submitted", "reviewed", "slip_issued", "partly_delivered", "delivered", "closed"]
    + ["collecting", "voided"]
)
terms = st.sampled_from(sorted(POLICY.precondition))


@given(states, terms, fen, st.lists(st.tuples(st.sampled_from("rix"), fen), max_size=12), fen)
def test_whatever_is_asked_for_and_issued_the_sums_stay_below(state, term, total, wishes, money):
    """HYP-GDS-03, C-14: the living never above the total, the issued never above their ground."""
    asked = issued = 0
    for what, amount in wishes:
        sale = SaleFacts("DD1", state, term, total, money, asked, issued)
        if what == "r" and rules.within_total(sale, amount).open:
            asked += amount
        elif what == "i" and rules.covered(sale, amount, POLICY).open:
            if rules.within_total(sale, amount).open:
                issued, asked = issued + amount, asked + amount
        elif what == "x":
            asked = issued
        assert issued <= asked <= total
        assert issued <= rules.ground_fen(sale, POLICY) <= total


@given(states, terms, fen, fen)
def test_goods_that_went_first_are_invoiced_once_delivered(state, term, total, money):
    """HYP-GDS-03, HYP-GDS-11: spot sales wait for money, others for the delivery."""
    out = {"delivered": total, "closed": total, "partly_delivered": total // 2}.get(state, 0)
    sale = SaleFacts("DD1", state, term, total, money, delivered_fen=out)
    ground = rules.ground_fen(sale, POLICY)
    if state in ("draft", "collecting", "voided"):
        assert ground == 0
    elif term != "prepaid" and out:
        assert ground == min(max(out, money), total)
    else:
        assert ground == min(money, total)


@given(st.booleans(), st.sampled_from(["", "requested", "agreed", "issued", "waived"]))
def test_content_is_agreed_before_collection_where_goods_went_first(asked, state):
    """HYP-GDS-11: a customer who wants no invoice has agreed too."""
    gate = content_agreed(AgreementFacts("DD1", asked, "FP1" if state else "", state), ("x",))
    assert gate.open == (not asked or state in ("agreed", "issued", "waived"))
