"""Refunds: no fen above what is free, only money that was seen, and a third person pays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.money import Money
from kac.desk.payments.postings import ARRIVES, received, verified
from kac.desk.refunds import postings
from kac.desk.refunds.rules import Source, free, other_hands, spread
from kac.desk.refunds.rules import verified as seen
from kac.ledger.chart import CUSTOMER_DEPOSITS

sources = st.lists(
    st.builds(
        Source,
        number=st.uuids().map(str),
        state=st.sampled_from(["received", "verified"]),
        free_fen=st.integers(0, 10**7),
    ),
    max_size=6,
)


@given(st.integers(1, 10**8), sources)
def test_money_goes_back_from_what_is_free_and_was_seen(amount, money):
    """RTL-SHT-15, A-36: no payment gives back more than it has; all of it where there is enough."""
    parts = dict(spread(amount, money))
    there = {one.number: one.free_fen for one in money if one.state == "verified"}
    assert all(0 < fen <= there[number] for number, fen in parts.items())
    assert sum(parts.values()) == min(amount, sum(there.values()))


@given(st.integers(0, 10**8), sources)
def test_a_refund_that_both_gates_let_pass_is_covered_to_the_fen(amount, money):
    """RTL-SHT-15, RTL-DUT-07: what the gates allow, the money has."""
    if free(amount, money).open and seen(money).open:
        assert sum(fen for _number, fen in spread(amount, money)) == amount


def test_one_fen_too_much_shuts_the_gate_with_both_figures():
    """A-34: refunds are limited to money received that nothing else needs."""
    shut = free(10001, [Source("SK1", "verified", 10000, "DD1")])
    assert not shut.open
    assert "100.01" in shut.says
    assert "100.00" in shut.says
    assert shut.command == "kac payment unallocate SK1 DD1 --reason …"


@pytest.mark.parametrize("method", ARRIVES)
def test_money_leaves_the_account_that_it_had_arrived_in(method):
    """A-36: after receipt, verification and refund every account stands where it stood."""
    sums: dict[str, int] = {}
    amount = Money(12345)
    entries = (
        received("SK1", method, amount),
        verified("SK1", method, amount),
        postings.paid("TK1", method, amount),
    )
    for posting in (each for entry in entries for each in entry.postings):
        sums[posting.debit] = sums.get(posting.debit, 0) + posting.amount.fen
        sums[posting.credit] = sums.get(posting.credit, 0) - posting.amount.fen
    assert CUSTOMER_DEPOSITS in sums
    assert set(sums.values()) == {0}


def test_who_asked_or_signed_does_not_pay():
    """C-19: finance pays, and a third person."""
    assert len(other_hands("a", "a, b", ["a"])) == 2
    assert other_hands("b", "a, b", ["c"])
    assert not other_hands("d", "a, b", ["c"])
