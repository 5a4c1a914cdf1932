"""Deposits: 30 % of ordinary goods, 50 % of fresh food, never a fen less than that."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.money import Money, parse_money
from kac.desk.deposits.rules import (
    FRESH,
    ORDINARY,
    DepositFacts,
    deposit_met,
    method_allowed,
    minimum,
    share,
    waivable,
)
from kac.desk.waivers.rules import WaiverFacts, covers, granted_fen, none_asked

from .facts import DEPOSIT, MAY

CASHIER = MAY["deposit.record"]
COOKERS = DepositFacts("DD1", 13_400_00, 0, 0)
PORK_AND_RICE = DepositFacts("DD1", 11_200_00, 5_200_00, 0)
sums = st.integers(0, 10**10)


@st.composite
def orders(draw: st.DrawFn) -> DepositFacts:
    """An order of some total, some of it fresh, with some money and some leave."""
    total = draw(sums)
    fresh = draw(st.just(0) | st.just(total) | st.integers(0, total))
    known = DepositFacts("DD1", total, fresh, draw(sums))
    return draw(st.just(known) | st.integers(1, 10**10).map(lambda short: waived(known, short)))


def waived(facts: DepositFacts, short_fen: int, state: str = "approved") -> DepositFacts:
    """The order with leave to fall short, asked for as it stands; signed for unless said."""
    asked = WaiverFacts(
        *("JM1", "SP1", state, short_fen, facts.total_fen, facts.ordinary_fen, "old customer"),
        by="manager",
    )
    return replace(facts, waiver=asked)


def due(facts: DepositFacts) -> int:
    return minimum(facts, DEPOSIT).whole_fen


def accepted(facts: DepositFacts, fen: int) -> bool:
    return deposit_met(facts, DEPOSIT, CASHIER, Money(fen)).open


# The minimum


def test_the_deposit_on_13400_00_is_4020_00():
    """SC-01, RTL-DEP-06."""
    assert due(COOKERS) == 4_020_00
    assert accepted(COOKERS, 4_020_00)


def test_a_deposit_that_is_one_fen_short_is_refused_with_the_figures():
    """SC-02, RTL-DEP-06."""
    gate = deposit_met(COOKERS, DEPOSIT, CASHIER, Money(4_019_99))
    assert (gate.open, gate.rules) == (False, ("RTL-DEP-06",))
    assert gate.says == (
        "deposit of at least 4,020.00 (30% of 13,400.00): 4,019.99 received, 0.01 short"
    )
    assert gate.opened_by == ("finance_cashier",)
    assert gate.command == "kac deposit record DD1 --amount 4020.00 --ref …"


def test_the_merchant_manager_may_leave_off_the_fen():
    """SC-02, RTL-DEP-06 (一般), A-60."""
    assert waivable(COOKERS, DEPOSIT, ORDINARY, Money(1)).open
    assert accepted(waived(COOKERS, 1), 4_019_99)
    assert not accepted(waived(COOKERS, 1), 4_019_98)


def test_pork_and_rice_ask_2600_00_and_1800_00():
    """SC-03, RTL-DEP-07, A-23: 50 % of the fresh line and 30 % of the other."""
    parts = minimum(PORK_AND_RICE, DEPOSIT)
    assert (parts.fresh_fen, parts.ordinary_fen, parts.whole_fen) == (2_600_00, 1_800_00, 4_400_00)
    assert accepted(PORK_AND_RICE, 4_400_00)
    gate = deposit_met(PORK_AND_RICE, DEPOSIT, CASHIER, Money(4_399_99))
    assert (gate.open, gate.rules) == (False, ("RTL-DEP-07", "RTL-DEP-06"))


def test_the_deposit_on_fresh_food_is_not_waived_but_that_on_the_rice_may_be():
    """SC-03, RTL-DEP-07 (须): the missing fen is the rice's, or it is refused."""
    refused = waivable(PORK_AND_RICE, DEPOSIT, FRESH, Money(1))
    assert (refused.open, refused.rules, refused.opened_by) == (False, ("RTL-DEP-07",), ())
    assert "2,600.00" in refused.says
    assert waivable(PORK_AND_RICE, DEPOSIT, ORDINARY, Money(1)).open
    assert accepted(waived(PORK_AND_RICE, 1), 4_399_99)


def test_a_third_of_a_fen_is_asked_for_as_a_whole_one():
    """SC-04, A-60: 30 % of 3,333.33 is 999.999."""
    facts = DepositFacts("DD1", 3_333_33, 0, 0)
    assert due(facts) == 1_000_00
    assert not accepted(facts, 999_99)
    assert accepted(facts, 1_000_00)


@given(orders())
def test_the_minimum_is_the_exact_share_rounded_up_once_by_less_than_a_fen(facts):
    """RTL-DEP-06, RTL-DEP-07, A-23, A-60."""
    plain = replace(facts, waiver=None)
    exact = Fraction(plain.ordinary_fen * 30 + plain.fresh_fen * 50, 100)
    parts = minimum(plain, DEPOSIT)
    assert parts.whole_fen == ceil(exact)
    assert 0 <= parts.whole_fen - exact < 1
    assert parts.fresh_fen == ceil(Fraction(plain.fresh_fen, 2))
    assert parts.ordinary_fen + parts.fresh_fen == parts.whole_fen
    assert 0 <= parts.ordinary_fen <= ceil(Fraction(plain.ordinary_fen * 30, 100))


@given(orders(), sums, sums)
def test_a_larger_order_or_more_fresh_food_in_it_never_asks_less(facts, more, fresher):
    """RTL-DEP-06, RTL-DEP-07."""
    grown = replace(facts, total_fen=facts.total_fen + more)
    fresh = replace(facts, fresh_fen=min(facts.total_fen, facts.fresh_fen + fresher))
    assert due(grown) >= due(facts)
    assert due(fresh) >= due(facts)


@given(orders(), st.integers(1, 10**10))
def test_no_leave_ever_takes_anything_off_the_share_of_fresh_food(facts, leave):
    """RTL-DEP-07: 须, with no exception; only the ordinary part gives way (RTL-DEP-06)."""
    plain, eased = replace(facts, waiver=None), waived(facts, leave)
    share = Fraction(facts.fresh_fen, 2)
    assert due(eased) >= share
    assert due(eased) == max(due(plain) - leave, ceil(share))
    assert due(eased) <= due(plain)


# Whether it has come


@given(orders(), st.none() | sums.map(Money))
def test_the_deposit_is_there_when_at_least_the_minimum_has_come(facts, offered):
    """RTL-DEP-06, RTL-DEP-07, A-60: more is allowed."""
    came = facts.received_fen + (offered.fen if offered else 0)
    gate = deposit_met(facts, DEPOSIT, CASHIER, offered)
    assert gate.open == (came >= due(facts))
    if not gate.open:
        assert f"{Money(due(facts) - came)} short" in gate.says


@given(orders())
def test_what_the_gate_asks_for_is_enough_and_a_fen_less_is_not(facts):
    gate = deposit_met(facts, DEPOSIT, CASHIER)
    if not gate.open:
        asked = parse_money(gate.command.split()[5]).fen
        assert accepted(facts, asked)
        assert not accepted(facts, asked - 1)


@given(st.lists(st.integers(1, 10**6), max_size=6), st.randoms())
def test_a_deposit_may_come_in_parts_and_in_any_order(parts, dice):
    total = DepositFacts("DD1", sum(parts) * 3, 0, 0)
    dice.shuffle(parts)
    for part in parts:
        total = replace(total, received_fen=total.received_fen + part)
    assert deposit_met(total, DEPOSIT, CASHIER).open == (sum(parts) >= due(total))


@pytest.mark.parametrize(
    ("fresh", "rules"),
    [(0, ("RTL-DEP-06",)), (1, ("RTL-DEP-07", "RTL-DEP-06")), (11_200_00, ("RTL-DEP-07",))],
)
def test_the_gate_names_the_rule_that_the_goods_fall_under(fresh, rules):
    """RTL-DEP-06, RTL-DEP-07."""
    assert deposit_met(replace(PORK_AND_RICE, fresh_fen=fresh), DEPOSIT, CASHIER).rules == rules


# Leave


@given(orders(), st.integers(-5, 10**10))
def test_no_more_is_waived_than_is_due_on_goods_that_are_not_fresh(facts, short):
    """RTL-DEP-06, RTL-DEP-07, A-60: and whatever may be waived leaves the fresh share whole."""
    plain = replace(facts, waiver=None)
    allowed = waivable(plain, DEPOSIT, ORDINARY, Money(short)).open
    assert allowed == (0 < short <= minimum(plain, DEPOSIT).ordinary_fen)
    if allowed:
        assert due(waived(plain, short)) == due(plain) - short
        assert due(waived(plain, short, "pending")) == due(plain)
    assert not waivable(plain, DEPOSIT, FRESH, Money(short)).open


@pytest.mark.parametrize("state", ["pending", "rejected", "superseded"])
def test_nothing_is_left_off_before_somebody_has_signed(state):
    """SC-02, RTL-DEP-06, A-60: asked for, refused or lapsed, the whole deposit is due."""
    assert due(waived(COOKERS, 10_00, state)) == 4_020_00
    gate = deposit_met(waived(COOKERS, 10_00, state), DEPOSIT, CASHIER, Money(4_010_00))
    assert not gate.open
    assert ("once SP1 is signed" in gate.says) == (state == "pending")


@given(orders(), st.integers(1, 10**6), sums, sums)
def test_a_waiver_holds_for_what_was_signed_and_for_less_never_for_more(facts, short, total, part):
    """RTL-DEP-06, A-60: a rise of the amount voids it, whatever else the change brings."""
    signed = waived(replace(facts, waiver=None), short).waiver
    assert signed is not None
    now = (min(total, part), max(total, part))
    ordinary, whole = now
    holds = whole <= facts.total_fen and ordinary <= facts.ordinary_fen
    assert covers(signed, whole, ordinary) == holds
    assert granted_fen(signed, whole, ordinary) == (short if holds else 0)


@pytest.mark.parametrize(
    ("state", "is_open"),
    [("pending", False), ("approved", False), ("rejected", True), ("superseded", True)],
)
def test_a_deposit_is_lowered_once(state, is_open):
    """RTL-DEP-06: anew only after the first was refused, taken back, or lapsed."""
    gate = none_asked("DD1", waived(COOKERS, 1, state).waiver)
    assert (gate.open, gate.rules) == (is_open, ("RTL-DEP-06", "A-60"))
    assert gate.command == "kac deposit unwaive JM1 --reason …"
    assert none_asked("DD1", None).open


# How it comes


@pytest.mark.parametrize(
    ("method", "reason", "is_open", "rule"),
    [
        ("transfer", "", True, "RTL-DEP-08"),
        ("transfer", "as always", True, "RTL-DEP-08"),
        ("cash", "", False, "RTL-DEP-09"),
        ("cash", "the bank is closed", True, "RTL-DEP-09"),
    ],
)
def test_a_deposit_comes_by_transfer_and_in_cash_only_with_a_reason(method, reason, is_open, rule):
    """SC-10, RTL-DEP-08, RTL-DEP-09."""
    gate = method_allowed("DD1", method, reason, DEPOSIT)
    assert gate.open == is_open
    assert rule in gate.rules
    if not is_open:
        assert gate.opened_by == CASHIER
        assert gate.command.endswith("--method cash --reason …")


def test_a_policy_without_cash_takes_none_for_any_reason():
    """Policy is data (RTL-DEP-09)."""
    strict = replace(DEPOSIT, methods_with_reason=())
    assert not method_allowed("DD1", "cash", "the bank is closed", strict).open


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6), st.integers(0, 10**10))
def test_what_is_drawn_falls_on_the_oldest_deposits_and_no_fen_is_lost(deposits, drawn):
    """RTL-DEP-06: the shares of all deposits of an order are what its slips drew."""
    drawn = min(drawn, sum(deposits))
    shares = [share(drawn, sum(deposits[:at]), mine) for at, mine in enumerate(deposits)]
    assert sum(shares) == drawn
    assert all(0 <= part <= mine for part, mine in zip(shares, deposits, strict=True))
    assert all(shares[at] == deposits[at] or not any(shares[at + 1 :]) for at in range(len(shares)))
