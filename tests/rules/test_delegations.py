"""Delegations: written, capped, for named days and papers, and never for one's own order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.delegations.policy import DelegationPolicy
from kac.desk.delegations.rules import DelegationFacts, Use, to_grant, to_use

from .facts import RETAIL, shut

POLICY = RETAIL.section("delegation", DelegationPolicy)
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)
WRITTEN = DelegationFacts("WT1", "wang", "li", ("order",), 50_000_00, FIRST, LAST, "授权书2026-06")
SIGNING = Use("order", "DD1", 50_000_00, "gp_specialist", date(2026, 6, 30))


def granted(facts: DelegationFacts, *, deputy_is_service: bool = False) -> list[str]:
    return shut(to_grant(facts, POLICY, deputy_is_service=deputy_is_service))


@pytest.mark.parametrize(
    ("changes", "gate"),
    [
        ({"document": ""}, "delegation_written"),
        ({"deputy": "wang"}, "delegation_to_another"),
        ({"cap_fen": 0}, "delegation_capped"),
        ({"until_day": FIRST - timedelta(days=1)}, "delegation_days"),
        ({"until_day": FIRST + timedelta(days=POLICY.longest_days)}, "delegation_days"),
        ({"scope": ()}, "delegation_scope"),
        ({"scope": ("order", "everything")}, "delegation_scope"),
    ],
)
def test_a_delegation_is_a_written_one_with_a_cap_days_and_papers_that_it_covers(changes, gate):
    """DST-AUT-10, SC-50: what was only said is none."""
    assert granted(WRITTEN) == []
    assert granted(replace(WRITTEN, **changes)) == [gate]


def test_a_machine_is_nobodys_deputy():
    """DST-AUT-10: a service account decides nothing."""
    assert granted(WRITTEN, deputy_is_service=True) == ["delegation_to_another"]


@given(st.integers(-3, 400))
def test_a_delegation_lasts_as_many_days_as_the_policy_allows_and_at_least_one(days):
    facts = replace(WRITTEN, until_day=FIRST + timedelta(days=days - 1))
    assert (granted(facts) == []) == (1 <= days <= POLICY.longest_days)


def test_a_delegation_to_the_thirtieth_is_not_used_on_the_first():
    """SC-50, DST-AUT-10."""
    assert shut(to_use(WRITTEN, SIGNING)) == []
    late = replace(SIGNING, on=date(2026, 7, 1))
    assert shut(to_use(WRITTEN, late)) == ["delegation_living"]


@given(
    st.integers(-2, 33),
    st.sampled_from(["order", "quotation"]),
    st.integers(49_999_99, 50_000_01),
    st.sampled_from(["wang", "li", "zhao"]),
    st.booleans(),
)
def test_a_deputy_signs_what_the_paper_covers_and_all_that_it_does_not_is_said_at_once(
    day, kind, total, maker, ended
):
    """DST-AUT-10, A-56: both days included, up to the cap, and for neither's own order."""
    use = Use(kind, "DD1", total, maker, FIRST + timedelta(days=day))
    closed = {
        "delegation_living": ended or not FIRST <= use.on <= LAST,
        "delegation_covers": kind != "order",
        "delegation_suffices": total > 50_000_00,
        "delegation_not_the_maker": maker in ("wang", "li"),
    }
    facts = replace(WRITTEN, ended=ended)
    assert shut(to_use(facts, use)) == [name for name, is_shut in closed.items() if is_shut]
    assert all("DST-AUT-10" in gate.rules for gate in to_use(facts, use))
