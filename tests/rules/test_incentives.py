"""Rewards: the month's target reached, a key account won, each reason once (SC-66, CRD-MGT-04)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.reports.rules import TARGET, WON, Reward, rewards

OFFICERS = st.sampled_from(["li", "wang", "zhao"])


def test_one_who_won_an_account_and_reached_the_target_is_told_for_both_once_each():
    """SC-66, CRD-MGT-04: two customers won are one reason, a customer won twice is one."""
    won = [("li", "宏达"), ("li", "红星"), ("li", "宏达")]
    assert rewards([("li", 500_000), ("wang", 499_999)], won, 500_000) == [
        Reward("li", WON, customers=("宏达", "红星")),
        Reward("li", TARGET, sales_fen=500_000),
    ]


def test_without_a_target_nobody_is_rewarded_for_one():
    """CRD-MGT-04: the source names none; the owner sets it."""
    assert rewards([("li", 10**9)], [], 0) == []


@given(
    st.dictionaries(OFFICERS, st.integers(0, 10**6)),
    st.lists(st.tuples(OFFICERS, st.text(min_size=1, max_size=3))),
    st.integers(1, 10**6),
)
def test_each_reason_stands_once_for_an_officer_and_nobody_is_left_out(sales, won, target):
    """CRD-MGT-04."""
    found = rewards(sales.items(), won, target)
    assert len({(each.officer, each.reason) for each in found}) == len(found)
    reached = {officer for officer, fen in sales.items() if fen >= target}
    assert {each.officer for each in found if each.reason == TARGET} == reached
    assert {each.officer for each in found if each.reason == WON} == {who for who, _c in won}
