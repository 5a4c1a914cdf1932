"""Customers: what a file must hold before goods are promised, and who is a key account."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.money import Money
from kac.desk.customers.rules import CustomerFacts, Purchases, classes, customer_filed

from .facts import CLASSES, HONGDA, POLICIES

FILING = POLICIES.filing
YUAN_2000, YUAN_20000 = 2_000_00, 20_000_00
UNIT = HONGDA
LONG_TERM = replace(UNIT, long_term=True)
PERSON = replace(UNIT, kind="person")
sums = st.integers(0, 3 * YUAN_20000) | st.sampled_from(
    [limit + off for limit in (YUAN_2000, YUAN_20000) for off in (-1, 0, 1)]
)


def reached(facts: CustomerFacts, month: int = 0, cumulative: int = 0) -> set[str]:
    bought = Purchases(Money(month), Money(max(month, cumulative)))
    return {verdict.id for verdict in classes(facts, bought, CLASSES) if verdict.reached}


# Classes


@pytest.mark.parametrize(
    ("facts", "cumulative", "found"),
    [
        (UNIT, 1_999_99, set()),
        (UNIT, 2_000_00, {"group_purchase"}),
        (PERSON, 1_999_99, set()),
        (PERSON, 2_000_00, {"group_purchase"}),
    ],
)
def test_whoever_has_bought_for_2000_yuan_altogether_is_a_group_purchaser(facts, cumulative, found):
    """SC-23, RTL-DEF-01: units and persons alike (C-02)."""
    assert reached(facts, cumulative=cumulative) == found


@pytest.mark.parametrize(
    ("month", "is_candidate"), [(19_999_99, False), (20_000_00, False), (20_000_01, True)]
)
def test_a_fixed_partner_buys_for_more_than_20000_yuan_a_month(month, is_candidate):
    """SC-23, RTL-DEF-02, A-22: 20,000.00 itself is not more, and stays a group purchaser."""
    found = reached(LONG_TERM, month)
    assert ("fixed_partner" in found) == is_candidate
    assert "group_purchase" in found


@pytest.mark.parametrize(
    ("facts", "month", "found"),
    [
        (LONG_TERM, 2_000_00, {"bulk", "group_purchase"}),
        (LONG_TERM, 1_999_99, set()),
        (UNIT, 2_000_00, {"group_purchase"}),
    ],
)
def test_a_unit_of_long_standing_is_a_bulk_purchaser_from_2000_yuan_a_month_on(facts, month, found):
    """SC-28, BLK-DEF-01, BLK-DEF-02, A-52: 2,000.00 included, and only with long cooperation."""
    assert reached(facts, month) == found


def test_bulk_is_by_month_and_group_purchase_by_all_time():
    """C-01, A-29: an old customer who bought little this month is one and not the other."""
    assert reached(LONG_TERM, 1_999_99, 50_000_00) == {"group_purchase"}


def test_a_fixed_partner_is_only_a_candidate_and_the_others_are_what_they_are():
    """C-03: 即视为 is automatic, 长期固定合作 is agreed."""
    verdicts = classes(LONG_TERM, Purchases(Money(YUAN_20000 + 1), Money(YUAN_20000 + 1)), CLASSES)
    assert {v.id: v.automatic for v in verdicts if v.reached} == {
        "bulk": True,
        "group_purchase": True,
        "fixed_partner": False,
    }


@given(st.sampled_from(["unit", "person"]), st.booleans(), sums, sums)
def test_the_classes_are_those_of_the_documents_to_the_fen(kind, long_term, month, earlier):
    """BLK-DEF-01, BLK-DEF-02, RTL-DEF-01, RTL-DEF-02, A-22, A-29, A-52, C-01, C-02."""
    facts = replace(UNIT, kind=kind, long_term=long_term)
    cooperating = kind == "unit" and long_term
    expected = {
        "bulk": cooperating and month >= YUAN_2000,
        "group_purchase": month + earlier >= YUAN_2000,
        "fixed_partner": cooperating and month > YUAN_20000,
    }
    assert reached(facts, month, month + earlier) == {name for name, yes in expected.items() if yes}


@given(st.booleans(), sums, sums, sums, sums)
def test_nobody_loses_a_class_by_buying_more(long_term, month, earlier, more, more_earlier):
    facts = replace(UNIT, long_term=long_term)
    before = reached(facts, month, month + earlier)
    after = reached(facts, month + more, month + more + earlier + more_earlier)
    assert before <= after


@given(sums, sums)
def test_every_verdict_says_its_rule_its_figure_and_its_limit(month, earlier):
    """C-01: each class records the rule and the figures that qualified it."""
    bought = Purchases(Money(month), Money(month + earlier))
    says = {v.id: (v.rule, v.says) for v in classes(PERSON, bought, CLASSES)}
    assert says["bulk"][0] == "BLK-DEF-01"
    assert says["group_purchase"] == (
        "RTL-DEF-01",
        f"bought altogether {bought.cumulative}, needed ≥ 2,000.00",
    )
    assert says["fixed_partner"] == (
        "RTL-DEF-02",
        f"bought this month {bought.month}, needed > 20,000.00; units only;"
        " needs long-term cooperation",
    )


# Files


def test_a_complete_file_opens_the_gate():
    """RTL-REC-02, RTL-REC-04, BLK-VIS-04."""
    assert customer_filed(HONGDA, FILING).open


@pytest.mark.parametrize("field", ["phone", "address", "nature", "area", "need"])
def test_no_goods_are_promised_to_a_customer_whose_file_lacks(field):
    """RTL-REC-02 phone, address, nature; BLK-VIS-04 the area; RTL-REC-06 what is needed."""
    gate = customer_filed(replace(HONGDA, fields={**HONGDA.fields, field: ""}), FILING)
    assert not gate.open
    assert {"RTL-REC-02", "RTL-REC-04", "BLK-VIS-04"} <= set(gate.rules)
    assert gate.says == f"the file of 宏达电器厂 lacks: {field}"
    assert gate.command == f"kac customer edit KH0001 --{field} …"


@given(st.sets(st.sampled_from(FILING.required)))
def test_everything_that_a_file_lacks_is_named_at_once(missing):
    fields = {name: text for name, text in HONGDA.fields.items() if name not in missing}
    gate = customer_filed(replace(HONGDA, fields=fields), FILING)
    assert gate.open == (not missing)
    for name in FILING.required:
        assert (f"--{name} …" in gate.command) == (name in missing)
