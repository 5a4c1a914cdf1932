"""The dossier: every paper that an office hands in, and what makes a customer a key account."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.db.policybook import PolicyVersion
from kac.desk.assessments.policy import GradePolicy
from kac.desk.dossiers import rules
from kac.desk.dossiers.policy import DossierPolicies, DossierPolicy
from kac.desk.dossiers.rules import DossierFacts, ItemFacts

from .facts import RETAIL, shut

DISTRIBUTOR = PolicyVersion("distributor", 1, policyfile.shipped()["distributor"])
POLICIES = DossierPolicies(
    dossier=DISTRIBUTOR.section("dossier", DossierPolicy),
    grades=DISTRIBUTOR.section("grades", GradePolicy),
    may=RETAIL.may,
)
PAPER = ItemFacts(text="见附件")
WHOLE = {
    **dict.fromkeys(rules.ITEMS, PAPER),
    "contract_draft": replace(PAPER, floor_price_fen=88_50),
    "statement": replace(PAPER, our_signature="王敏", their_signature="李强", sealed=True),
    "arrears": ItemFacts(arrears_fen=0),
}
# Each paper with the rule that asks for it, in the order of the source.
ASKED = {
    "application_form": "DST-APP-02",
    "contract_draft": "DST-APP-03",
    "statement": "DST-APP-05",
    "profile": "DST-APP-08",
    "business_licence": "DST-APP-09",
    "tax_certificate": "DST-APP-10",
    "responsible_persons": "DST-APP-11",
    "past_business": "DST-APP-12",
    "arrears": "DST-APP-13",
    "evaluation": "DST-APP-14",
}


def dossier(**changes) -> DossierFacts:
    """An application with every paper."""
    facts = DossierFacts(
        number="SQ20261120-0001",
        state="draft",
        customer="KH0001",
        customer_name="宏达电器厂",
        office="榆江办事处",
        submitted_by="",
        tie_up_fen=80_000_00,
        items=WHOLE,
        business=2,
        grade="",
        contract="",
    )
    return replace(facts, **changes)


def without(item: str) -> dict[str, ItemFacts]:
    return {name: paper for name, paper in WHOLE.items() if name != item}


def closed(facts: DossierFacts) -> dict[str, tuple[str, ...]]:
    return {gate.name: gate.rules for gate in rules.items(facts, POLICIES) if not gate.open}


def test_the_dossier_has_its_four_items_the_last_in_seven_parts():
    """DST-APP-02..14."""
    assert {item.id: item.rule for item in POLICIES.dossier.table()} == ASKED
    assert closed(dossier()) == {}


@pytest.mark.parametrize(("item", "rule"), ASKED.items())
def test_a_dossier_without_any_one_paper_is_not_complete(item, rule):
    """DST-APP-02, DST-APP-03, DST-APP-05, DST-APP-08..14."""
    found = closed(dossier(items=without(item)))
    assert any(rule in named for named in found.values()), found
    assert all(name.startswith(f"dossier_{item}") for name in found)


def test_a_draft_that_states_no_settlement_floor_price_is_incomplete():
    """SC-49, DST-APP-04."""
    items = WHOLE | {"contract_draft": PAPER}
    assert closed(dossier(items=items)) == {"dossier_contract_draft_floor_price": ("DST-APP-04",)}


@pytest.mark.parametrize(
    ("lacking", "gate", "rule"),
    [
        ({"sealed": False}, "dossier_statement_seal", "DST-APP-07"),
        ({"our_signature": ""}, "dossier_statement_both_signatures", "DST-APP-06"),
        ({"their_signature": ""}, "dossier_statement_both_signatures", "DST-APP-06"),
        ({"their_signature": "王敏"}, "dossier_statement_both_signatures", "DST-APP-06"),
    ],
)
def test_the_statement_of_account_is_signed_by_both_and_sealed_by_the_customer(lacking, gate, rule):
    """SC-49, DST-APP-06, DST-APP-07."""
    items = WHOLE | {"statement": replace(WHOLE["statement"], **lacking)}
    assert closed(dossier(items=items)) == {gate: (rule,)}


@pytest.mark.parametrize(("business", "is_open"), [(0, True), (1, False)])
def test_no_statement_is_asked_of_a_customer_without_any_business(business, is_open):
    """SC-49, A-03, DST-APP-05: only while the ledger knows of none."""
    items = WHOLE | {"statement": ItemFacts(applicable=False)}
    found = closed(dossier(items=items, business=business))
    assert (found == {}) == is_open
    if not is_open:
        assert found["dossier_statement"] == ("DST-APP-05", "A-03")


def test_business_that_began_after_the_dossier_was_accepted_does_not_open_it_again():
    """A-03."""
    items = WHOLE | {"statement": ItemFacts(applicable=False)}
    assert closed(dossier(items=items, business=3, state="complete")) == {}


def test_one_unified_licence_is_both_licence_and_tax_certificate():
    """SC-49, A-04, DST-APP-09, DST-APP-10: still two items, by one paper."""
    items = without("tax_certificate")
    assert "dossier_tax_certificate" in closed(dossier(items=items))
    items["business_licence"] = replace(PAPER, unified=True)
    assert closed(dossier(items=items)) == {}


@pytest.mark.parametrize("owed", [0, 12_000_00])
def test_arrears_are_declared_whatever_they_are_and_refuse_nothing(owed):
    """DST-APP-13: yes or no, and how much."""
    assert closed(dossier(items=WHOLE | {"arrears": ItemFacts(arrears_fen=owed)})) == {}
    silent = WHOLE | {"arrears": PAPER}
    assert closed(dossier(items=silent)) == {"dossier_arrears_amount_owed": ("DST-APP-13",)}


@given(st.sets(st.sampled_from(sorted(ASKED))))
def test_every_missing_paper_is_named_at_once(missing):
    """DST-APP-02..14: and whoever reads it sees the command that hands each in."""
    items = {name: paper for name, paper in WHOLE.items() if name not in missing}
    gates = [gate for gate in rules.items(dossier(items=items), POLICIES) if not gate.open]
    named = {rule for gate in gates for rule in gate.rules}
    assert {ASKED[item] for item in missing} <= named
    assert {gate.opened_by for gate in gates} <= {("sales_office",)}
    for item in missing:
        assert any(f"--item {item} " in gate.command for gate in gates)


# The way to a key account


def at(state: str, **changes) -> DossierFacts:
    """An application that has come to a state, with all that a key account needs."""
    given = {"submitted_by": "li", "grade": "A", "contract": "HT20261120-0001"} | changes
    return dossier(state=state, **given)


def designation(facts: DossierFacts) -> list[str]:
    return shut(rules.to_designate(facts, POLICIES))


def test_a_signed_contract_capital_tied_up_and_good_credit_make_a_key_account():
    """DST-DEF-01..03, DST-DEF-05."""
    assert designation(at("complete")) == []
    assert rules.capital_tied_up(at("complete"), POLICIES).open


@pytest.mark.parametrize(
    ("lacking", "gate"),
    [
        ({"contract": ""}, "contract_exists"),
        ({"grade": ""}, "credit_good"),
        ({"grade": "C"}, "credit_good"),
        ({"grade": "D"}, "credit_good"),
    ],
)
def test_without_any_one_condition_nobody_is_made_a_key_account(lacking, gate):
    """DST-DEF-01, DST-DEF-03, DST-DEF-05, A-02."""
    assert designation(at("complete", **lacking)) == [gate]


@pytest.mark.parametrize(("tie_up", "is_open"), [(0, False), (1, True)])
def test_a_customer_that_ties_up_no_capital_is_no_key_account(tie_up, is_open):
    """DST-DEF-02: and the office hears it when it hands the dossier in."""
    found = closed(dossier(tie_up_fen=tie_up))
    assert found == ({} if is_open else {"capital_tied_up": ("DST-DEF-02",)})


@pytest.mark.parametrize("state", ["draft", "submitted", "returned", "complete", "designated"])
def test_nobody_becomes_a_key_account_by_meeting_the_conditions(state):
    """DST-DEF-04: may be designated; nothing designates by itself."""
    gate = rules.designated(at(state), POLICIES.may)
    assert gate.open == (state == "designated")


def test_the_work_goes_from_the_office_to_the_department_and_never_before_it_is_due():
    """DST-APP-01, DST-DEF-04: the checklist is the order of the work."""
    after = rules.after(POLICIES.dossier)
    gates = rules.checklist(dossier(items=without("statement"), grade="A"), POLICIES)
    names = {gate.name for gate in gates}
    assert set(after) <= names | {"dossier_arrears"}
    assert {name for waits in after.values() for name in waits} <= names | {"dossier_arrears"}
    order = [gate.name for gate in gates]
    for name, waits in after.items():
        for earlier in set(waits) & names:
            assert order.index(earlier) < order.index(name)
    assert "dossier_statement" in after["dossier_statement_seal"]
    assert after["dossier_accepted"] == ("dossier_submitted",)
