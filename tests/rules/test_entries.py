"""Entries and moves: books that balance by their shape, and goods that never lose their value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.money import Money
from kac.desk.dispatch import postings as dispatch
from kac.desk.payments import postings as payments
from kac.desk.stock import postings as stock
from kac.ledger.chart import (
    ACCOUNTS,
    BANK,
    CASH,
    COST_OF_SALES,
    COUNT_DIFFERENCES,
    COUNTED,
    CUSTOMER,
    CUSTOMER_DEPOSITS,
    INVENTORY,
    REVENUE,
    SHIPPED,
    TRANSIT,
    UNVERIFIED,
)
from kac.ledger.entry import Entry, Move, Posting, value_of_part

money = st.integers(1, 10**11).map(Money)
postings = st.builds(
    lambda pair, amount: Posting(*pair, amount),
    st.permutations(sorted(ACCOUNTS)).map(lambda accounts: accounts[:2]),
    money,
)
entries = st.builds(
    Entry, st.just("payment:1"), st.just("1"), st.just("why"), st.lists(postings).map(tuple)
)


def balances(booked: Iterable[Entry | None]) -> Counter[str]:
    """Debit less credit of every account, in fen."""
    found: Counter[str] = Counter()
    for entry in booked:
        for posting in entry.postings if entry else ():
            found[posting.debit] += posting.amount.fen
            found[posting.credit] -= posting.amount.fen
    return found


def standing(booked: Iterable[Entry | None]) -> dict[str, int]:
    """The accounts that do not stand at zero."""
    return {account: fen for account, fen in balances(booked).items() if fen}


@given(entries)
def test_a_reversal_takes_everything_back_under_a_key_of_its_own(entry):
    back = entry.reversed("typed twice")
    assert standing([entry, back]) == {}
    assert back.key != entry.key
    assert back.document == entry.document
    assert back.memo == "typed twice"


@given(entries)
def test_what_is_reversed_twice_is_itself_again(entry):
    again = entry.reversed("no").reversed("yes")
    assert again.postings == entry.postings
    assert len({entry.key, entry.reversed("no").key, again.key}) == 3


@pytest.mark.parametrize(
    ("debit", "credit", "amount"),
    [(CASH, REVENUE, 0), (CASH, REVENUE, -1), (CASH, CASH, 1), ("9999", CASH, 1), (CASH, "", 1)],
)
def test_a_posting_moves_something_between_two_accounts_of_the_chart(debit, credit, amount):
    with pytest.raises(AssertionError):
        Posting(debit, credit, Money(amount))


@pytest.mark.parametrize(
    ("to_place", "quantity", "value"), [("SHOP", 1, 1), ("DC", 0, 1), ("DC", -1, 1), ("DC", 1, -1)]
)
def test_a_move_takes_goods_from_one_place_to_another(to_place, quantity, value):
    with pytest.raises(AssertionError):
        Move("k", "d", 1, "SHOP", to_place, quantity, Money(value))


# What a part of the stock is worth


@given(st.integers(0, 10**11), st.integers(1, 10**7), st.data())
def test_a_part_of_the_stock_is_worth_its_share_half_a_fen_rounded_up(value, quantity, data):
    part = data.draw(st.integers(0, quantity))
    exact = Fraction(value * part, quantity)
    assert value_of_part(Money(value), quantity, part).fen == floor(exact + Fraction(1, 2))


@given(money, st.integers(1, 10**6), st.integers(0, 5))
def test_the_last_piece_takes_all_that_is_left_and_never_more(value, quantity, beyond):
    assert value_of_part(value, quantity, quantity + beyond) == value


@given(st.integers(0, 10**9), st.lists(st.integers(1, 500), min_size=1, max_size=12))
def test_stock_taken_away_in_any_steps_leaves_neither_value_nor_debt(value, parts):
    left, quantity, taken = Money(value), sum(parts), []
    for part in parts:
        worth = value_of_part(left, quantity, part)
        assert Money(0) <= worth <= left
        taken.append(worth.fen)
        left, quantity = left - worth, quantity - part
    assert (left, sum(taken)) == (Money(0), value)


# The story of an order in the books


@given(st.lists(money, min_size=1, max_size=4), st.lists(money, max_size=3))
def test_a_paid_and_delivered_order_leaves_money_sales_and_cost_and_nothing_between(paid, costs):
    """RTL-PRI-02: what was received is owed in goods until they are delivered, then earned."""
    price = Money(sum(amount.fen for amount in paid))
    cost = sum(value.fen for value in costs)
    ways = ["cash" if n % 2 else "transfer" for n in range(len(paid))]
    booked = [payments.received(f"SK{n}", "transfer", amount) for n, amount in enumerate(paid)]
    assert standing(booked) == {UNVERIFIED: price.fen, CUSTOMER_DEPOSITS: -price.fen}
    booked += [payments.verified(f"SK{n}", ways[n], amount) for n, amount in enumerate(paid)]
    out = [dispatch.leaves("SH1", n, "DC", 1, value) for n, value in enumerate(costs)]
    booked.append(dispatch.loaded("SH1", out))
    arrived = [dispatch.arrives("SH1", m.product_id, m.quantity, m.value) for m in out]
    booked.append(dispatch.delivered("SH1", price, price, arrived))
    cash = sum(amount.fen for n, amount in enumerate(paid) if n % 2)
    expected = {
        CASH: cash,
        BANK: price.fen - cash,
        REVENUE: -price.fen,
        COST_OF_SALES: cost,
        INVENTORY: -cost,
    }
    assert standing(booked) == {account: fen for account, fen in expected.items() if fen}
    keys = [entry.key for entry in booked if entry]
    assert len(set(keys)) == len(keys)


def test_goods_go_from_the_shelf_to_the_vehicle_to_the_customer():
    """RTL-PAY-08, RTL-PAY-10."""
    out = dispatch.leaves("SH1", 7, "DC", 50, Money(1_100_000))
    there = dispatch.arrives("SH1", 7, 50, Money(1_100_000))
    assert (out.from_place, out.to_place) == ("DC", TRANSIT)
    assert (there.from_place, there.to_place) == (TRANSIT, CUSTOMER)
    assert out.key != there.key
    loaded = dispatch.loaded("SH1", [out])
    assert loaded is not None
    assert standing([loaded]) == {SHIPPED: 1_100_000, INVENTORY: -1_100_000}


def test_goods_that_cost_nothing_and_are_given_away_leave_the_books_alone():
    free = dispatch.leaves("SH1", 7, "DC", 50, Money(0))
    assert dispatch.loaded("SH1", [free]) is None
    assert dispatch.delivered("SH1", Money(0), Money(0), [free]) is None


@given(st.lists(st.integers(0, 500), min_size=1, max_size=10))
def test_after_every_count_the_ledger_holds_what_was_counted(counts):
    """RTL-ORD-02: the stock in the computer is the stock that was found."""
    held = 0
    for n, found in enumerate(counts):
        if found == held:
            continue
        move = stock.counted(f"IM{n}:P1", f"IM{n}", 1, "DC", found - held, Money(0))
        assert {move.from_place, move.to_place} == {"DC", COUNTED}
        held += move.quantity if move.to_place == "DC" else -move.quantity
        assert held == found


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_what_a_count_found_and_missed_is_booked_as_the_difference_of_the_stock(gained, lost):
    entry = stock.count_booked("IM1", Money(gained), Money(lost))
    assert (entry is None) == (gained == lost == 0)
    expected = {INVENTORY: gained - lost, COUNT_DIFFERENCES: lost - gained}
    assert standing([entry]) == {account: fen for account, fen in expected.items() if fen}
