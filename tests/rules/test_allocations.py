"""Allocations: free money goes to the oldest orders first, and no fen of it twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.money import Money
from kac.desk.allocations import postings
from kac.desk.allocations.rules import (
    Share,
    Want,
    enough_free,
    first_in_first_out,
    goods_still_here,
    same_customer,
)
from kac.ledger.chart import CUSTOMER_DEPOSITS, RECEIVABLE
from kac.ledger.entry import Posting

owed = st.lists(st.integers(0, 10**7), max_size=8)


@given(st.integers(0, 10**8), owed)
def test_the_oldest_orders_are_paid_first_and_nothing_is_spread_that_is_not_there(free, debts):
    """RTL-DUT-07: every order but the last that gets anything is paid in full."""
    wants = [Want(f"DD{place}", fen) for place, fen in enumerate(debts)]
    shares = first_in_first_out(free, wants)
    spread = sum(share.amount_fen for share in shares)
    assert spread == min(free, sum(debts))
    paid = {share.order: share.amount_fen for share in shares}
    reached = [want for want in wants if want.owed_fen and want.order in paid]
    assert [want.order for want in wants if want.owed_fen][: len(reached)] == list(paid)
    assert all(paid[want.order] == want.owed_fen for want in reached[:-1])


def test_one_receipt_pays_two_orders_and_leaves_a_rest():
    wants = [Want("DD1", 13_400_00), Want("DD2", 0), Want("DD3", 5_000_00)]
    assert first_in_first_out(20_000_00, wants) == [
        Share("DD1", 13_400_00),
        Share("DD3", 5_000_00),
    ]


@pytest.mark.parametrize(("wanted", "is_open"), [(100, True), (101, False)])
def test_no_fen_is_used_twice(wanted, is_open):
    """RTL-DUT-07: both figures are told."""
    gate = enough_free("SK1", 100, wanted)
    assert gate.open is is_open
    assert "1.00" in gate.says


def test_money_of_one_customer_pays_for_no_other():
    """DST-GDS-07: each customer has an account of its own."""
    assert same_customer("SK1", "宏达", "DD1", "宏达").open
    assert not same_customer("SK1", "宏达", "DD1", "红星").open


def test_money_stays_with_goods_that_are_going():
    """RTL-PRI-02."""
    assert goods_still_here("DD1", "").open
    assert not goods_still_here("DD1", "SH1").open


@given(st.integers(1, 10**12))
def test_what_settles_a_delivery_can_be_taken_away_again_without_a_trace_in_the_sums(fen):
    there = postings.applied(7, "SK1", Money(fen))
    back = postings.released(7, "SK1", Money(fen))
    assert there.postings == (Posting(CUSTOMER_DEPOSITS, RECEIVABLE, Money(fen)),)
    assert [p.reversed() for p in back.postings] == list(there.postings)
    assert there.key != back.key
