"""Wholesale goods: one step after the other, one proof of receipt, books that add up."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.core.gates import closed
from kac.core.money import Money
from kac.db.policybook import PolicyVersion
from kac.desk.stock.rules import Supply
from kac.desk.wholesale import postings, rules
from kac.desk.wholesale.rules import WholesaleFacts

MAY = PolicyVersion("retail", 1, dict(policyfile.shipped()["retail"])).may


def sale(**changes: object) -> WholesaleFacts:
    plain = WholesaleFacts(
        number="PF1",
        state="prepared",
        mode="spot",
        customer_name="宏达",
        total_fen=260000,
        worth_fen=260000,
        unpriced=(),
        settled_fen=0,
        carried_fen=0,
        supplies=(),
        issuer="",
        invoice_number="",
        invoice_content="",
        credit=None,
        today=date(2026, 11, 20),
    )
    changes.setdefault("worth_fen", changes.get("total_fen", plain.worth_fen))
    return replace(plain, **changes)  # type: ignore[arg-type]


def names(gates: list) -> set[str]:
    return {gate.name for gate in closed(gates)}


@given(
    st.sampled_from(["selected", "priced", "prepared"]),
    st.integers(1, 10**9),
    st.integers(0, 10**9),
    st.sampled_from(["", "0440-1"]),
)
def test_spot_goods_leave_prepared_paid_and_invoiced_and_not_before(state, total, settled, invoice):
    """HYP-GDS-01, HYP-GDS-03, SC-47."""
    facts = sale(state=state, total_fen=total, settled_fen=settled, invoice_number=invoice)
    wanted = set()
    if state != "prepared":
        wanted.add("goods_prepared")
    if settled < total:
        wanted.add("goods_paid")
    if not invoice:
        wanted.add("goods_invoiced")
    assert names(rules.to_deliver(facts, MAY)) == wanted


def test_goods_on_credit_are_booked_by_a_slip_whose_issuer_follows_them_up():
    """HYP-GDS-07, HYP-GDS-08, HYP-CRE-06, HYP-CRE-07."""
    facts = sale(mode="credit")
    assert names(rules.to_deliver(facts, MAY)) == {"goods_booked"}
    assert names(rules.to_book(facts, MAY)) == {"credit_applied"}
    booked = replace(facts, state="delivered", issuer="wu")
    assert "wu" in rules.paid(booked, MAY).says
    assert names(rules.to_collect(booked, MAY)) == {"goods_invoice_agreed"}


@pytest.mark.parametrize(
    ("slip_by", "list_by", "reason", "whole"),
    [
        ("", "", "", False),
        ("李主任", "", "", True),
        ("", "李主任", "", False),
        ("", "李主任", "不收单据", True),
        ("李主任", "李主任", "不收单据", False),
    ],
)
def test_there_is_exactly_one_proof_of_receipt(slip_by, list_by, reason, whole):
    """HYP-GDS-09, HYP-GDS-10, HYP-CRE-08, HYP-CRE-09, A-58."""
    assert rules.proof(slip_by, list_by, reason, True).open == whole


def test_goods_without_a_price_or_short_in_the_store_are_not_prepared():
    """HYP-GDS-01, HYP-GDS-02."""
    short = Supply("P1", "电饭煲", "台", 1, "DC", 10, 9, 0, 0, 0)
    facts = sale(state="priced", supplies=(short,))
    assert not rules.at_store(facts).open
    assert rules.at_store(sale(state="priced", supplies=(replace(short, on_hand=10),))).open
    assert not rules.priced(sale(unpriced=("电饭煲",)), MAY).open


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.booleans())
def test_a_sale_taken_back_leaves_nothing_in_the_books(price, cost, was_delivered):
    """HYP-GDS-01: goods and money end where they began."""
    aside = postings.set_aside("PF1", 1, "DC", 5, Money(cost))
    entries = [postings.prepared("PF1", [aside])]
    if was_delivered:
        handed = postings.handed("PF1", 1, 5, Money(cost))
        entries.append(postings.delivered("PF1", Money(price), [handed]))
    sums: dict[str, int] = {}
    for entry in [each for each in entries if each]:
        for posting in (*entry.postings, *entry.reversed("x").postings):
            sums[posting.debit] = sums.get(posting.debit, 0) + posting.amount.fen
            sums[posting.credit] = sums.get(posting.credit, 0) - posting.amount.fen
    assert set(sums.values()) <= {0}


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_nothing_is_void_while_money_is_there(settled, carried):
    """HYP-FIN-06."""
    assert rules.unpaid(sale(settled_fen=settled, carried_fen=carried)).open == (
        settled + carried == 0
    )


@given(
    st.integers(1, 10**7),
    st.sampled_from([1, 1000]),
    st.lists(st.integers(1, 5000), min_size=1, max_size=6),
)
def test_parts_of_a_line_cost_together_what_the_line_costs(price, scale, parts):
    """RTL-SHT-15: no fen is made or lost by taking goods back in parts."""
    back, cost = 0, 0
    for part in parts:
        cost += rules.price_of(price, back + part, scale) - rules.price_of(price, back, scale)
        back += part
    assert cost == rules.price_of(price, sum(parts), scale)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_red_invoice_is_due_for_what_the_invoice_says_too_much(invoiced, worth, red):
    """HYP-GDS-03, C-14: and for no more."""
    facts = sale(worth_fen=worth, invoiced_fen=invoiced, red_fen=red, invoice_number="F1")
    assert facts.red_due_fen == max(0, invoiced - red - worth)
    assert rules.red_invoiced(facts, MAY).open == (facts.red_due_fen == 0)
