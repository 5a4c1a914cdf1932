"""Staff: what a role may do, what it must never do, and how long a wrong PIN keeps one out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import roles
from kac.core.actor import SYSTEM, Actor
from kac.core.errors import NotPermitted, Refused
from kac.desk.staff.policy import AccessPolicy
from kac.desk.staff.rules import locked_until, permit, refuse_mixed_service, sees_costs

from .facts import RETAIL

ACCESS = RETAIL.section("access", AccessPolicy)
VERBS = sorted(RETAIL.body["verb"])
ROLES = sorted(roles.known())
MACHINES = roles.service()
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)


def may(verb: str, *held: str) -> bool:
    try:
        permit(
            verb, Actor(1, "wang", "王敏", frozenset(held)), RETAIL.permission(verb), RETAIL.holders
        )
    except NotPermitted:
        return False
    return True


def refused(verb: str, *held: str) -> NotPermitted:
    with pytest.raises(NotPermitted) as error:
        permit(
            verb, Actor(1, "wang", "王敏", frozenset(held)), RETAIL.permission(verb), RETAIL.holders
        )
    return error.value


def test_whoever_holds_no_role_may_do_nothing():
    for verb in VERBS:
        assert not may(verb)
        with pytest.raises(NotPermitted):
            permit(verb, SYSTEM, RETAIL.permission(verb), RETAIL.holders)


def test_a_verb_that_no_policy_speaks_of_is_nobodys():
    assert not any(may("ledger.burn", role) for role in ROLES)


@pytest.mark.parametrize("verb", ["deposit.record", "payment.record"])
def test_group_purchase_staff_never_take_money(verb):
    """SC-10, BLK-MNY-01, A-18, C-05."""
    for role in ("gp_specialist", "gp_clerk"):
        assert refused(verb, role).rules == ("BLK-MNY-01",)


def test_no_other_office_lifts_what_is_forbidden_to_group_purchase_staff():
    """BLK-MNY-01, A-18: no exception is named, so there is none."""
    assert may("deposit.record", "finance_cashier")
    assert refused("deposit.record", "finance_cashier", "gp_specialist").rules == ("BLK-MNY-01",)


def test_the_merchant_department_chases_money_and_does_not_take_it():
    """RTL-DUT-03, RTL-DEP-02: finance's designated clerk alone takes it."""
    assert refused("payment.record", "merchant_staff").rules == ("RTL-DUT-03",)
    assert [role for role in ROLES if may("deposit.record", role)] == ["finance_cashier"]
    assert refused("deposit.record", "finance").rules == ("RTL-DEP-02",)


def test_an_order_is_reviewed_by_a_supervisor_or_above():
    """SC-11, RTL-DEP-01, A-39: 主管 and whoever stands above; not the staff below."""
    assert [role for role in ROLES if may("order.review", role)] == [
        "merchant_manager",
        "merchant_supervisor",
    ]
    assert refused("order.review", "merchant_staff").rules == ("RTL-DEP-01",)


def test_finance_does_not_ask_for_less_than_it_has_to_collect():
    """SC-02, RTL-DEP-06: whoever looks after the customer asks, the merchant manager signs."""
    assert not may("deposit.waive", "finance_cashier")
    assert may("deposit.waive", "gp_specialist")
    [row] = [row for row in RETAIL.body["approvals"]["matrix"] if row["subject"] == "exception"]
    assert [step["role"] for step in row["steps"]] == ["merchant_manager"]


def test_the_distribution_centre_issues_the_slip_and_finance_verifies_the_money():
    """RTL-PAY-05, RTL-DUT-07: whoever holds one of these does not hold the other by it."""
    assert not may("payment.verify", "distribution_center")
    assert not may("dispatch.new", "finance")
    assert not may("payment.verify", "finance_cashier")


def a_machine_may(verb: str) -> bool:
    """Bring files in, watch the calendar, report, draw up accounts: no more is a machine's."""
    words = (".run", ".expire", ".deem", ".remind", ".draw")
    return verb.startswith("import.") or verb.endswith(words)


def test_neither_the_night_nor_an_import_approves_pays_voids_or_decides_anything():
    """A-56: a service account has no more rights than that, whatever the policy says."""
    assert {"cron", "importer"} <= MACHINES
    done = {verb for verb in VERBS for machine in MACHINES if may(verb, machine)}
    assert {"import.orders", "reconcile.run"} <= done
    assert all(map(a_machine_may, done))
    everybody = {"roles": ROLES, "rule": "A-56"}
    for machine in MACHINES:
        actor = Actor(1, "night", "夜间作业", frozenset({machine}))
        with pytest.raises(NotPermitted):
            permit("approval.ok", actor, everybody, RETAIL.holders)


@given(st.frozensets(st.sampled_from(ROLES), min_size=1, max_size=4))
def test_a_service_account_holds_its_one_role_and_no_other(held):
    """A-56: nobody decides through a machine."""
    if held & MACHINES and len(held) > 1:
        with pytest.raises(Refused) as error:
            refuse_mixed_service("night", held)
        assert all(role in error.value.message for role in held)
    else:
        refuse_mixed_service("night", held)


@given(st.sampled_from(VERBS), st.frozensets(st.sampled_from(ROLES), max_size=4))
def test_a_person_may_do_what_one_of_the_roles_allows_and_none_forbids(verb, held):
    """Default deny; what is forbidden to a role, or to a machine, outweighs the rest (A-18)."""
    rule = RETAIL.permission(verb)
    allowed = any(RETAIL.rights(held) & {role} for role in rule["roles"])
    forbidden = held & rule.get("forbidden", {}).keys()
    deciding_machine = held & MACHINES and not a_machine_may(verb)
    assert may(verb, *held) == (allowed and not forbidden and not deciding_machine)


@pytest.mark.parametrize("verb", VERBS)
def test_a_refusal_names_who_may_and_the_rule(verb):
    error = refused(verb)
    assert error.rules == (RETAIL.permission(verb)["rule"],)
    assert error.cause[0] == "wang holds: no role"
    assert all(role in error.cause[1] for role in RETAIL.permission(verb)["roles"])


def test_every_role_that_the_policy_speaks_of_is_a_known_one():
    named = {role for rule in RETAIL.body["verb"].values() for role in rule["roles"]}
    named |= {role for rule in RETAIL.body["verb"].values() for role in rule.get("forbidden", {})}
    named |= set(RETAIL.body["includes"]) | set(ACCESS.cost_roles)
    assert named <= set(ROLES)


# PINs and costs


@given(st.integers(0, 40))
def test_wrong_pins_lock_longer_and_longer_and_never_for_ever(failures):
    until = locked_until(failures, NOON, ACCESS)
    assert (until is None) == (failures < ACCESS.pin_failures)
    if until:
        longer = locked_until(failures + 1, NOON, ACCESS)
        assert longer is not None
        assert NOON + timedelta(minutes=ACCESS.pin_lock_minutes) <= until <= longer
        assert longer <= NOON + timedelta(days=1)


@pytest.mark.parametrize("role", ROLES)
def test_costs_are_seen_by_whoever_judges_margins_and_by_nobody_at_the_counter(role):
    seen = sees_costs(Actor(1, "wang", "王敏", frozenset({role})), ACCESS)
    assert seen == (role in ACCESS.cost_roles)
    if role in {"gp_specialist", "merchant_staff", "service_desk", "driver", "importer", "cron"}:
        assert not seen
