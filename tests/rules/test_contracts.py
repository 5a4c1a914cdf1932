"""Contracts: what they say, whose signatures an amount asks for, and what waits for the filing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.db.policybook import PolicyVersion
from kac.desk.approvals.rules import Signed, Step, next_turn, signable, unsigned
from kac.desk.contracts import queries, rules
from kac.desk.contracts.rules import ContractFacts, Sibling, Terms

from .facts import TODAY, ok, rejected, shut

DESK = PolicyVersion("retail", 1, policyfile.shipped()["retail"])
DISTRIBUTOR = PolicyVersion("distributor", 1, policyfile.shipped()["distributor"])
POLICIES = queries.judged_by(DISTRIBUTOR, DESK)
SUPPLY = queries.judged_by(DESK, DESK)
WHOLE = Terms(
    amount_fen=50_000_00,
    from_day=date(2026, 12, 1),
    to_day=date(2027, 11, 30),
    terms="月结30天",
    service="按月供货",
    prices="零售价九折",
    mode="年度框架",
    rights="见第五、六条",
)
OFFICE, DEPARTMENT = "office_manager", "ka_department"
DEPUTY, DIRECTOR = "deputy_sales_director", "sales_director"
TIERS = {
    99_999_99: [("sign", OFFICE, "DST-AUT-01"), ("approve", DEPARTMENT, "DST-AUT-02")],
    100_000_00: [("sign", DEPARTMENT, "DST-AUT-03"), ("approve", DEPUTY, "DST-AUT-04")],
    299_999_99: [("sign", DEPARTMENT, "DST-AUT-03"), ("approve", DEPUTY, "DST-AUT-04")],
    300_000_00: [
        ("sign", DEPARTMENT, "DST-AUT-05"),
        ("sign", DEPUTY, "DST-AUT-05"),
        ("approve", DIRECTOR, "DST-AUT-06"),
    ],
}


def contract(amount_fen: int = 50_000_00, **changes) -> ContractFacts:
    """A contract that is written down, with the signatures that it will ask for."""
    facts = ContractFacts(
        number="HT20261120-0001",
        state="draft",
        customer="KH0001",
        customer_name="宏达电器厂",
        terms=replace(WHOLE, amount_fen=amount_fen),
        evaluation="",
        talks="",
        siblings=(),
        approval="",
        steps=(),
        signed=(),
        filed_by="",
        filing="",
    )
    facts = replace(facts, **changes)
    return facts if facts.steps else rules.with_route(facts, POLICIES)


def handed_in(amount_fen: int = 50_000_00, **changes) -> ContractFacts:
    """A contract whose signatures are asked for."""
    asked = contract(amount_fen)
    signed = tuple(ok(step, f"holder of {step.role}") for step in asked.steps)
    given = {"state": "submitted", "approval": "SP20261120-0001", "signed": signed} | changes
    return replace(asked, **given)


# Whose signatures an amount asks for


@pytest.mark.parametrize(("amount", "asked"), TIERS.items(), ids=lambda value: str(value)[:9])
def test_each_amount_asks_its_tier_to_the_fen(amount, asked):
    """SC-48: DST-AUT-01..09; 100,000.00 and 300,000.00 belong to the higher tier (A-05)."""
    steps = rules.route(contract(amount), POLICIES)
    assert [(step.kind, step.role, step.rule) for step in steps] == asked


@given(st.integers(1, 60_000_000))
def test_every_amount_has_one_tier_whose_approval_comes_last(amount):
    """DST-AUT-01..06, A-05."""
    steps = rules.route(contract(amount), POLICIES)
    lower = max((each for each in TIERS if each <= amount), default=99_999_99)
    assert [(step.kind, step.role, step.rule) for step in steps] == TIERS[lower]
    last = max(steps, key=lambda step: step.turn)
    assert [step for step in steps if step.turn == last.turn] == [last]
    assert last.kind == "approve"


def test_the_sales_director_does_not_approve_before_the_deputy_has_signed():
    """SC-48, DST-AUT-06."""
    steps = rules.route(contract(300_000_00), POLICIES)
    signed = [ok(steps[0], "li")]
    assert signable(steps, signed, frozenset({DIRECTOR}), "wang") == []
    signed.append(ok(steps[1], "zhao"))
    assert signable(steps, signed, frozenset({DIRECTOR}), "wang") == [steps[2]]


def test_department_and_deputy_sign_in_either_order():
    """DST-AUT-05: both sign first, and neither waits for the other."""
    steps = rules.route(contract(300_000_00), POLICIES)
    assert [step.role for step in next_turn(steps)] == [DEPARTMENT, DEPUTY]


def test_whoever_holds_every_office_signs_once():
    """A-56: a signature of one person is not two."""
    offices = frozenset({OFFICE, DEPARTMENT, DEPUTY, DIRECTOR})
    steps = rules.route(contract(300_000_00), POLICIES)
    first = signable(steps, [], offices, "wang")
    assert len(first) == 1
    assert signable(steps, [ok(first[0], "wang")], offices, "wang") == []


def test_a_supply_contract_is_signed_by_the_merchant_department_whatever_its_amount():
    """RTL-MTH-01; nothing of the distributor set leaks into it."""
    for amount in TIERS:
        steps = rules.route(contract(amount, steps=(Step("sign", "x", "x"),)), SUPPLY)
        assert [(step.role, step.rule) for step in steps] == [("merchant_manager", "RTL-MTH-01")]


# What it must say


def test_a_whole_contract_may_be_handed_in():
    """CRA-CON-02, CRB-CON-02, CRB-CON-03, CRF-DEV-07, CRH-PRC-05."""
    assert shut(rules.to_submit(contract(), POLICIES)) == []


@pytest.mark.parametrize("missing", rules.CONTENTS)
def test_a_contract_without_any_part_of_its_content_is_refused(missing):
    """SC-64, CRB-CON-02, CRF-DEV-07: service content, price policy, mode, terms."""
    facts = contract(terms=replace(WHOLE, **{missing: ""}))
    [gate] = [gate for gate in rules.to_submit(facts, POLICIES) if not gate.open]
    assert (gate.name, gate.rules) == ("contract_contents", ("CRB-CON-02", "CRF-DEV-07"))
    assert f"--{missing}" in gate.command


def test_a_contract_without_rights_and_duties_is_refused():
    """CRA-CON-02, CRB-CON-03, CRH-PRC-05."""
    gates = rules.to_submit(contract(terms=replace(WHOLE, rights="")), POLICIES)
    assert shut(gates) == ["contract_rights"]


@pytest.mark.parametrize(
    ("decision", "closed"), [("", []), ("go", []), ("no_go", ["evaluation_go"])]
)
def test_no_agreement_with_whom_the_evaluation_turned_down(decision, closed):
    """SC-64, CRB-EVA-03, CRB-CON-01; where nobody was evaluated nothing is asked."""
    assert shut(rules.to_submit(contract(evaluation=decision), POLICIES)) == closed


@pytest.mark.parametrize(
    ("talks", "closed"),
    [("", []), ("agreed", []), ("open", ["talks_agreed"]), ("failed", ["talks_agreed"])],
)
def test_no_contract_before_the_talks_have_ended_in_agreement(talks, closed):
    """SC-63, CRA-CON-01, CRH-PRC-07, CRG-BIZ-02."""
    assert shut(rules.to_submit(contract(talks=talks), POLICIES)) == closed


# Execution


@pytest.mark.parametrize("amount", TIERS)
def test_only_the_lowest_tier_waits_for_its_filing(amount):
    """SC-50, DST-AUT-02, A-32."""
    gates = rules.to_execute(handed_in(amount), POLICIES, TODAY)
    assert shut(gates) == (["contract_filed"] if amount < 100_000_00 else [])
    filed = handed_in(amount, filed_by="li", filing="备-31")
    assert shut(rules.to_execute(filed, POLICIES, TODAY)) == []


def test_a_supply_contract_waits_for_the_merchant_departments_file():
    """RTL-MTH-06: 须提交至招商部备档."""
    for amount in TIERS:
        gate = rules.filed(handed_in(amount), SUPPLY)
        assert (gate.open, gate.opened_by) == (False, ("merchant_staff",))
        assert "RTL-MTH-06" in gate.rules


@given(st.sampled_from(sorted(TIERS)), st.data())
def test_nothing_is_executed_before_every_signature_is_there(amount, data):
    """DST-AUT-07."""
    facts = handed_in(amount, filed_by="li", filing="备-31")
    some = data.draw(st.lists(st.sampled_from(facts.signed), unique=True))
    partly = replace(facts, signed=tuple(some))
    gates = rules.to_execute(partly, POLICIES, TODAY)
    assert (shut(gates) == []) == (len(some) == len(facts.steps))


def test_one_refusal_refuses_the_contract_and_is_its_makers_work():
    """A-07, DST-AUT-07."""
    facts = handed_in(filed_by="li", filing="备-31")
    facts = replace(facts, signed=(ok(facts.steps[0]), rejected(facts.steps[1], "价低")))
    [gate] = [gate for gate in rules.to_execute(facts, POLICIES, TODAY) if not gate.open]
    assert "A-07" in gate.rules
    assert gate.opened_by == POLICIES.contracts.made_by
    assert gate.command == "kac contract edit HT20261120-0001 …"


def test_a_contract_is_executed_until_the_last_day_of_its_term():
    """CRF-DEV-07, CRE-DEV-06."""
    facts = handed_in(200_000_00)
    last = WHOLE.to_day
    assert shut(rules.to_execute(facts, POLICIES, last)) == []
    assert shut(rules.to_execute(facts, POLICIES, last + timedelta(days=1))) == ["contract_in_term"]


def test_a_draft_is_not_executed():
    """CRE-DEV-06, DST-AUT-07."""
    assert "contract_submitted" in shut(rules.to_execute(contract(), POLICIES, TODAY))


# Changes


@pytest.mark.parametrize(
    ("changes", "harmless"),
    [
        ({"amount_fen": 49_999_99}, True),
        ({"amount_fen": 50_000_01}, False),
        ({"floor_price_fen": 90_00}, True),
        ({"amount_fen": 40_000_00, "floor_price_fen": 88_00}, True),
        ({"floor_price_fen": 87_99}, False),
        ({"floor_price_fen": None}, False),
        ({"terms": "月结60天"}, False),
        ({"prices": "零售价八折"}, False),
        ({"to_day": date(2028, 11, 30)}, False),
        ({"delivery_on": date(2027, 3, 1)}, False),
    ],
)
def test_only_a_change_that_asks_for_less_leaves_signatures_standing(changes, harmless):
    """DST-AUT-07, C-10: an amount lowered, or a floor price raised; all else is signed anew."""
    before = replace(WHOLE, floor_price_fen=88_00)
    assert rules.no_riskier(before, replace(before, **changes)) == harmless


def test_who_signed_for_more_is_not_asked_twice():
    """DST-AUT-01..06: an approved contract stays approved when its amount goes down."""
    facts = handed_in(300_000_00)
    wanted = rules.route(contract(50_000_00), POLICIES)
    steps, held = rules.still_held(facts.steps, facts.signed, wanted)
    assert unsigned(steps, held) == []
    assert held == list(facts.signed)


def test_half_signed_it_asks_the_lower_tier_and_keeps_whose_signature_counts_there():
    """DST-AUT-03, DST-AUT-05."""
    facts = handed_in(300_000_00)
    wanted = rules.route(contract(200_000_00), POLICIES)
    steps, held = rules.still_held(facts.steps, facts.signed[:1], wanted)
    assert steps == wanted
    assert [step.role for step in unsigned(steps, held)] == [DEPUTY]


def test_of_a_refused_contract_no_signature_is_held():
    """A-07."""
    facts = handed_in(100_000_00)
    signed = (facts.signed[0], rejected(facts.steps[1]))
    assert rules.still_held(facts.steps, signed, facts.steps) == (facts.steps, [])


amounts = st.integers(1, 45_000_000)


@given(amounts, amounts, st.integers(0, 3))
def test_lowering_never_makes_a_signature_count_that_nobody_gave(high, low, count):
    """DST-AUT-07: what is held was given, in the order that the new version asks for."""
    high, low = max(high, low), min(high, low)
    facts = handed_in(high)
    given_first = facts.signed[:count]
    steps, held = rules.still_held(facts.steps, given_first, rules.route(contract(low), POLICIES))
    assert set(held) <= set(given_first)
    waiting = unsigned(steps, held)
    signed_turns = {step.turn for step in steps if step not in waiting}
    assert all(step.turn >= max(signed_turns, default=0) for step in waiting)


# Amounts that are split


def beside(*amounts_fen: int) -> tuple[Sibling, ...]:
    return tuple(
        Sibling(f"HT20261101-{place:04d}", amount, date(2026, 11, 1))
        for place, amount in enumerate(amounts_fen, start=1)
    )


def test_contracts_beside_it_that_lift_the_tier_are_named_and_by_default_only_told():
    """A-53: 60,000 and 50,000 together ask the deputy director; nobody is asked for more."""
    facts = contract(50_000_00, siblings=beside(60_000_00))
    note = rules.split_note(facts, POLICIES)
    for said in ("HT20261101-0001", "60,000.00", "110,000.00", "30", DEPUTY):
        assert said in note
    assert [step.role for step in rules.route(facts, POLICIES)] == [OFFICE, DEPARTMENT]
    [gate] = rules.not_split(facts, POLICIES)
    assert (gate.open, gate.rules) == (True, ("A-53",))


def test_where_policy_enforces_it_the_sum_decides_who_signs():
    """A-53."""
    strict = replace(
        POLICIES, contracts=replace(POLICIES.contracts, split={"days": 30, "mode": "enforce"})
    )
    facts = contract(50_000_00, siblings=beside(60_000_00, 190_000_00))
    assert [step.role for step in rules.route(facts, strict)] == [DEPARTMENT, DEPUTY, DIRECTOR]
    assert "HT20261101-0002" in rules.split_note(facts, strict)


@given(amounts, st.lists(amounts, max_size=4))
def test_it_is_told_exactly_when_the_sum_has_another_tier(amount, others):
    """A-53, A-05."""

    def tier(fen: int) -> int:
        return (fen >= 100_000_00) + (fen >= 300_000_00)

    facts = contract(amount, siblings=beside(*others))
    told = rules.split_note(facts, POLICIES) != ""
    assert told == (tier(amount) != tier(amount + sum(others)))


# No interleaving


PEOPLE = ("wang", "li", "zhao", "qian", "sun")
OFFICES = (OFFICE, DEPARTMENT, DEPUTY, DIRECTOR)
# Everybody holds an office but the first, who prepares the contract; some hold several.
HELD = dict(zip(PEOPLE[1:], OFFICES, strict=True))
signing = st.tuples(st.just("sign"), st.sampled_from(PEOPLE))
acts = st.one_of(
    *(signing, signing),
    *(st.tuples(st.just("whoever may"), st.just("")),) * 3,
    st.tuples(st.just("amount"), amounts),
    st.tuples(st.just("refuse"), st.sampled_from(PEOPLE)),
)


@given(
    amounts,
    st.fixed_dictionaries({name: st.frozensets(st.sampled_from(OFFICES)) for name in PEOPLE}),
    st.lists(acts, min_size=6, max_size=24),
)
def test_no_interleaving_is_executed_without_every_signature_in_order_by_others(
    first, offices, attempts
):
    """DST-AUT-01..07, A-56, A-07: of different persons, none of them the maker."""
    maker = PEOPLE[0]
    offices = {who: held | {HELD[who]} if who in HELD else held for who, held in offices.items()}
    asked = contract(first)
    facts = replace(asked, state="submitted", approval="SP1", filed_by="li", filing="备-1")
    signed_for: dict[tuple[str, str], int] = {}
    for what, value in attempts:
        if what == "whoever may":
            able = [
                who for who in PEOPLE[1:] if signable(facts.steps, facts.signed, offices[who], who)
            ]
            what, value = "sign", able[-1] if able else maker
        if what == "amount":
            terms = replace(facts.terms, amount_fen=value)
            steps, held = rules.route(contract(value), POLICIES), []
            if rules.no_riskier(facts.terms, terms):
                steps, held = rules.still_held(facts.steps, facts.signed, steps)
            facts = replace(facts, terms=terms, steps=steps, signed=tuple(held))
        elif value != maker and not any(each.verdict == "reject" for each in facts.signed):
            for step in signable(facts.steps, facts.signed, offices[value], value)[:1]:
                verdict = "ok" if what == "sign" else "reject"
                given_now = Signed(step.kind, step.role, 0, verdict, value)
                facts = replace(facts, signed=(*facts.signed, given_now))
                signed_for[(step.role, value)] = facts.terms.amount_fen
        if shut(rules.to_execute(facts, POLICIES, TODAY)):
            continue
        hands = [each.staff for each in facts.signed]
        assert maker not in hands
        assert len(hands) == len(set(hands)) == len(facts.steps)
        assert {each.role for each in facts.signed} == {step.role for step in facts.steps}
        last = max(facts.steps, key=lambda step: step.turn)
        assert facts.signed[-1].role == last.role
        for each in facts.signed:
            assert each.role in offices[each.staff]
            assert signed_for[(each.role, each.staff)] >= facts.terms.amount_fen
