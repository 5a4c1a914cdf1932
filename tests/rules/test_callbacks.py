"""Call-backs: due after the delivery, again until all is well, and never refused for being late."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.callbacks import rules
from kac.desk.callbacks.policy import AfterSalesPolicy
from kac.desk.callbacks.states import COMPLAINT, RESULTS, SATISFIED, UNREACHABLE

TERMS = AfterSalesPolicy(call_days=7, again_days=1, lapse_days=30)
DAY = date(2026, 11, 20)


def test_a_customer_is_called_within_the_days_of_the_policy() -> None:
    """FLW-AFT-02."""
    assert rules.first_due(DAY, TERMS) == date(2026, 11, 27)
    assert not rules.lapsed(DAY, DAY + timedelta(days=30), TERMS)
    assert rules.lapsed(DAY, DAY + timedelta(days=31), TERMS)


@pytest.mark.parametrize("result", [COMPLAINT, UNREACHABLE])
def test_a_call_that_settled_nothing_owes_another(result) -> None:
    """FLW-AFT-02: tomorrow, or on the day that was agreed."""
    assert rules.again_on(result, None, DAY, TERMS) == DAY + timedelta(days=1)
    assert rules.again_on(result, date(2026, 12, 1), DAY, TERMS) == date(2026, 12, 1)


@given(st.none() | st.dates())
def test_a_satisfied_customer_is_not_called_again(wished) -> None:
    """FLW-AFT-02."""
    assert rules.again_on(SATISFIED, wished, DAY, TERMS) is None


@pytest.mark.parametrize("last", ["", *RESULTS])
def test_a_call_that_is_owed_is_work_for_the_desk(last) -> None:
    """FLW-AFT-02, FLW-AFT-03: soft rules; the gate is never asked before another step."""
    call = rules.CallFacts("DD20261120-0001", "宏达电器配件厂", DAY, DAY, last)
    gate = rules.called_back(call, ("customer_service",))
    assert not gate.open
    assert gate.opened_by == ("customer_service",)
    assert ("again" in gate.says) is bool(last)
