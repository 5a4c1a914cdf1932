"""The hypermarket's pure rules: who signs IOUs, what credit needs, how money reaches finance."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.core.capitals import amount_in_capitals, read_capitals
from kac.core.errors import BadInput
from kac.core.gates import closed
from kac.core.money import Money
from kac.db.policybook import PolicyVersion, build
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import Signed, matrix_route, signable, unsigned
from kac.desk.card_sales import postings as card_postings
from kac.desk.card_sales import rules as sales
from kac.desk.card_sales.rules import CardSaleFacts
from kac.desk.credits import rules as credits
from kac.desk.credits.policy import CountyPolicy
from kac.desk.credits.rules import CreditFacts, CreditStanding
from kac.desk.takings import postings, rules
from kac.desk.takings.policy import TakingPolicy
from kac.desk.takings.rules import Note, TakingFacts
from kac.desk.takings.states import FUNDS, PLACES

SHIPPED = dict(policyfile.shipped()["hypermarket"])
VERSION = PolicyVersion("hypermarket", 1, SHIPPED)
MATRIX = VERSION.section("approvals", ApprovalPolicy).rows()
COUNTY = VERSION.section("county", CountyPolicy)
TAKINGS = build(TakingPolicy, SHIPPED["takings"], "takings")
MAY = PolicyVersion("retail", 1, dict(policyfile.shipped()["retail"])).may
TEN_THOUSAND = 1_000_000
TODAY = date(2026, 11, 20)


def iou_role(fen: int) -> list[tuple[str, str]]:
    return [(step.role, step.rule) for step in matrix_route(MATRIX, "iou", fen)]


@given(st.integers(1, 9 * 10**12))
def test_an_iou_has_one_signature_and_ten_thousand_is_the_first_of_the_higher(fen):
    """HYP-CRD-02, HYP-CRD-03, A-15."""
    low = [("bulk_department_head", "HYP-CRD-02")]
    high = [("finance_supervisor", "HYP-CRD-03")]
    assert iou_role(fen) == (low if fen < TEN_THOUSAND else high)


@pytest.mark.parametrize(("fen", "role"), [(999999, 0), (1000000, 1), (1000001, 1)])
def test_an_iou_at_its_boundary(fen, role):
    """HYP-CRD-02, HYP-CRD-03, A-15, SC-39."""
    assert iou_role(fen)[0][0] == ("bulk_department_head", "finance_supervisor")[role]


def test_credit_asks_the_department_first_and_then_another_person_of_the_company():
    """HYP-CRE-05, A-42, A-56."""
    steps = matrix_route(MATRIX, "credit", 100)
    both = frozenset({"bulk_department_head", "company_leader"})
    first = signable(steps, (), both, "zhao")
    assert [step.role for step in first] == ["bulk_department_head"]
    signed = (Signed("credit", "bulk_department_head", 0, "ok", "zhao"),)
    assert signable(steps, signed, both, "zhao") == []
    assert [step.role for step in signable(steps, signed, both, "qian")] == ["company_leader"]
    assert [step.role for step in unsigned(steps, signed)] == ["company_leader"]


def wish(**changes: object) -> CreditFacts:
    plain = CreditFacts(
        customer="KH0001",
        customer_name="宏达",
        business=1,
        record="",
        overdue=(),
        credibility="三年按期",
        collection_on=date(2026, 12, 20),
        method="ebank",
        outside=False,
        exception="",
        today=TODAY,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


MISSING = {
    "HYP-CRE-01": {"business": 0},
    "HYP-CRE-02": {"credibility": ""},
    "HYP-CRE-03": {"collection_on": None},
    "HYP-CRE-04": {"method": ""},
}


@given(st.sets(st.sampled_from(sorted(MISSING))), st.booleans(), st.sampled_from(["", "急需"]))
def test_every_precondition_that_is_missing_refuses_and_outside_nothing_is_waived(
    missing, outside, exception
):
    """HYP-CRE-01..04, HYP-OUT-03, HYP-OUT-04: all at once, whatever reason is given."""
    changes = {key: value for rule in missing for key, value in MISSING[rule].items()}
    facts = wish(outside=outside, exception=exception, **changes)
    shut = closed(credits.preconditions(facts))
    wanted = set(missing) | ({"HYP-OUT-03"} if outside and not exception else set())
    assert {gate.rules[0] for gate in shut} == wanted
    assert not any(gate.opened_by for gate in shut), "nobody waives a precondition"
    if outside and missing:
        assert all("HYP-OUT-04" in gate.rules for gate in shut if gate.rules[0] != "HYP-OUT-03")


def test_a_day_of_collection_that_is_over_is_none_and_an_overdue_debt_is_no_credibility():
    """HYP-CRE-02, HYP-CRE-03."""
    assert not credits.collection_day(wish(collection_on=date(2026, 11, 19))).open
    assert credits.collection_day(wish(collection_on=TODAY)).open
    owing = credits.reputation(wish(overdue=("KS20260901-0001",)))
    assert not owing.open
    assert "KS20260901-0001" in owing.says
    assert credits.cooperation(wish(business=0, record="合同 HZ-118")).open


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 10**9))
def test_nothing_is_sold_beyond_what_was_applied_for(amount, used, wanted):
    """HYP-CRE-05."""
    steps = matrix_route(MATRIX, "credit", amount)
    signed = tuple(Signed("credit", step.role, 0, "ok", step.role) for step in steps)
    standing = CreditStanding(
        "XY1", "applied", "KH0001", amount, used, date(2026, 12, 1), "SP1", steps, signed
    )
    assert (not closed(credits.to_sell(standing, wanted, TODAY))) == (used + wanted <= amount)
    late = credits.to_sell(standing, wanted, date(2026, 12, 2))
    assert "credit_in_force" in [gate.name for gate in closed(late)]
    assert closed(credits.to_sell(replace(standing, state="closed"), wanted, TODAY))


def test_without_an_approved_application_nothing_is_sold_on_account():
    """HYP-CRE-05."""
    assert [gate.name for gate in closed(credits.to_sell(None, 1, TODAY))] == ["credit_applied"]
    steps = matrix_route(MATRIX, "credit", 100)
    half = (Signed("credit", "bulk_department_head", 0, "ok", "zhao"),)
    standing = CreditStanding(
        "XY1", "applied", "KH0001", 100, 0, date(2026, 12, 1), "SP1", steps, half
    )
    shut = closed(credits.to_sell(standing, 100, TODAY))
    assert [(gate.name, gate.rules) for gate in shut] == [("credit_approved", ("HYP-CRE-05",))]


def test_whose_area_is_not_the_countys_is_out_of_the_county():
    """A-43: an area that nobody knows is none of ours."""
    assert not COUNTY.outside("东湖区")
    assert COUNTY.outside("安岭县")
    assert COUNTY.outside("")


def sale(**changes: object) -> CardSaleFacts:
    plain = CardSaleFacts(
        number="KS1",
        state="ordered",
        mode="spot",
        customer="KH0001",
        customer_name="宏达",
        amount_fen=1280000,
        worth_fen=1280000,
        settled_fen=0,
        carried_fen=0,
        iou="",
        iou_state="",
        iou_copies=0,
        request="",
        steps=(),
        signed=(),
        receipt="",
        invoice_content="",
        credit=None,
        today=TODAY,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def names(gates: list) -> list[str]:
    return [gate.name for gate in closed(gates)]


def test_spot_cards_wait_for_an_iou_that_is_signed_and_lies_at_the_window():
    """HYP-CRD-01..04."""
    assert names(sales.to_make(sale(), MAY)) == ["iou_written", "iou_on_paper"]
    steps = matrix_route(MATRIX, "iou", 1280000)
    written = sale(iou="QT1", iou_state="written", request="SP1", steps=steps)
    assert names(sales.to_make(written, MAY)) == ["iou_signed", "iou_on_paper"]
    signed = replace(written, signed=(Signed("iou", "finance_supervisor", 0, "ok", "zhao"),))
    assert names(sales.to_make(signed, MAY)) == ["iou_on_paper"]
    assert names(sales.to_make(replace(signed, iou_copies=1), MAY)) == []


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_an_iou_is_withdrawn_when_the_last_fen_is_settled_and_not_before(worth, settled, carried):
    """HYP-CRD-06: what is on its way does not count."""
    facts = sale(state="delivered", worth_fen=worth, settled_fen=settled, carried_fen=carried)
    assert sales.paid(facts, MAY).open == (settled >= worth)


def test_on_credit_a_receipt_stands_before_the_cards_and_the_invoice_before_the_money():
    """HYP-CRD-08, HYP-CRD-11, A-58."""
    facts = sale(mode="credit", state="made")
    assert not sales.receipt_written(facts, MAY).open
    assert names(sales.to_collect(replace(facts, state="delivered"), MAY)) == [
        "card_invoice_agreed"
    ]
    spot = sale(state="delivered")
    assert names(sales.to_collect(spot, MAY)) == []


@given(st.integers(1, 10**10), st.integers(1, 10**10))
def test_words_and_figures_of_a_receipt_are_one_amount(words, figures):
    """HYP-CRD-09."""
    facts = sale(mode="credit", worth_fen=figures)
    gates = sales.words_equal_figures(words, figures, facts)
    assert (not closed(gates)) == (words == figures)


@given(st.integers(1, 10**11))
def test_words_without_their_noughts_are_read_as_the_same_amount(fen):
    """HYP-CRD-09, SC-41: told, not refused."""
    words = amount_in_capitals(fen)
    assert read_capitals(words) == (fen, True)
    bare = words.replace("零", "")
    assert read_capitals(bare)[0] == fen


@pytest.mark.parametrize(
    ("words", "fen", "clean"),
    [
        ("壹万零伍拾元整", 1005000, True),
        ("壹万伍拾元整", 1005000, False),
        ("壹万零伍佰元整", 1050000, True),
        ("人民币壹仟零元整", 100000, False),
    ],
)
def test_what_a_customer_writes(words, fen, clean):
    """HYP-CRD-09, SC-41."""
    assert read_capitals(words) == (fen, clean)


@pytest.mark.parametrize("words", ["", "元整", "零", "一万元", "壹万拾伍", "伍拾壹万佰元整"])
def test_what_is_no_amount_in_words_is_refused(words):
    """HYP-CRD-09."""
    with pytest.raises(BadInput):
        read_capitals(words)


def item(**changes: object) -> TakingFacts:
    plain = TakingFacts("JS1", "with_manager", "card", "KS1", 860000, "cash", "wu", "", False)
    return replace(plain, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "place", "rule", "fits"),
    [
        ("card", "hq_finance", "HYP-CRD-12", True),
        ("card", "dispatching_store", "HYP-CRD-12", False),
        ("goods", "hq_finance", "HYP-GDS-12", True),
        ("goods", "dispatching_store", "HYP-GDS-12", True),
    ],
)
def test_cards_settle_at_headquarters_goods_also_where_they_left(kind, place, rule, fits):
    """HYP-CRD-12, HYP-GDS-12, C-18, SC-47."""
    gate = rules.in_place(item(kind=kind), place, TAKINGS)
    assert (gate.open, gate.rules[0]) == (fits, rule)


def test_ebank_money_and_cheques_need_the_auditors_voucher_and_nothing_else_does():
    """HYP-FIN-12, SC-44, RTL-CTL-06, A-48."""
    for funds in FUNDS:
        gate = rules.vouched(item(funds=funds), TAKINGS, MAY)
        assert gate.open == (funds not in ("ebank", "cheque"))
    assert rules.vouched(item(funds="ebank", voucher="0881"), TAKINGS, MAY).open


def test_a_note_of_custody_names_manager_and_unit_and_only_for_what_is_in_hand():
    """HYP-FIN-01, HYP-FIN-02, SC-43."""
    whole = Note("wu", "宏达", "zhao")
    assert names(rules.to_hold(item(), whole, TAKINGS)) == []
    assert names(rules.to_hold(item(), replace(whole, unit=""), TAKINGS)) == ["custody_note"]
    assert names(rules.to_hold(item(), replace(whole, manager=""), TAKINGS)) == ["custody_note"]
    assert names(rules.to_hold(item(funds="wire"), whole, TAKINGS)) == ["custody_of_cash"]


def test_a_note_of_custody_is_of_the_unit_whose_money_it_is():
    """HYP-FIN-02; a note without a unit is refused for that alone."""
    assert rules.of_its_unit(Note("wu", "宏达", "zhao"), "宏达").open
    assert not rules.of_its_unit(Note("wu", "宏达", "zhao"), "红星小学").open
    assert rules.of_its_unit(Note("wu", "", "zhao"), "红星小学").open


def test_out_of_the_county_a_cheque_is_warned_of_and_taken():
    """HYP-OUT-01, HYP-OUT-02, SC-45."""
    assert "HYP-OUT-02" in rules.county_warning("cheque", COUNTY.preferred, True)
    assert rules.county_warning("cheque", COUNTY.preferred, False) == ""
    assert all(rules.county_warning(way, COUNTY.preferred, True) == "" for way in COUNTY.preferred)


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 10**9))
def test_nobody_takes_more_than_is_owed_counting_what_is_on_its_way(amount, owed, carried):
    """HYP-FIN-05."""
    gate = rules.not_too_much(Money(amount), owed, carried, "KS1")
    assert gate.open == (amount + carried <= owed)


FATES = [
    ("settle",),
    ("custody", "settle"),
    ("return",),
    ("custody", "return"),
    ("settle", "return"),
    ("custody", "settle", "return"),
]


@given(
    st.sampled_from(sorted(FUNDS)),
    st.sampled_from(FATES),
    st.integers(1, 10**9),
)
def test_money_reaches_finance_or_goes_back_and_nothing_is_left_on_the_way(funds, fate, fen):
    """HYP-FIN-01, HYP-FIN-06: after any fate, what is on the way is nought and debts add up."""
    carried = funds in TAKINGS.carried
    if not carried and "custody" in fate:
        return
    amount, state = Money(fen), "with_manager"
    entries = [postings.reported("JS1", "card", amount)] if carried else []
    for verb in fate:
        if verb == "custody":
            entries.append(postings.in_custody("JS1", amount))
        elif verb == "settle":
            entries.append(postings.settled("JS1", "card", funds, state, carried, amount))
        elif entry := postings.returned("JS1", "card", funds, state, carried, amount):
            entries.append(entry)
        state = {"custody": "in_custody", "settle": "settled", "return": "returned"}[verb]
    sums: dict[str, int] = {}
    for entry in entries:
        for posting in entry.postings:
            sums[posting.debit] = sums.get(posting.debit, 0) + posting.amount.fen
            sums[posting.credit] = sums.get(posting.credit, 0) - posting.amount.fen
    at_rest = {"122101": 0, "122102": 0}
    assert {account: sums.get(account, 0) for account in at_rest} == at_rest
    paid = 0 if state == "returned" else fen
    assert sums.get("112201", 0) == -paid
    assert sums.get("1001", 0) + sums.get("1002", 0) == paid


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_cards_that_come_back_lessen_debt_and_liability_alike(worth, back):
    """HYP-CRD-05."""
    out = card_postings.delivered("KS1", Money(worth)).postings[0]
    home = card_postings.came_back("KS1", "HZ1", 1, Money(back), Money(0)).postings[0]
    assert (out.debit, out.credit) == (home.credit, home.debit)
    parts = card_postings.came_back("KS1", "HZ1", 1, Money(worth), Money(back)).postings
    owed_back = [(each.debit, each.credit, each.amount.fen) for each in parts]
    assert owed_back == [("2205", "112201", worth), ("2205", "224102", back)]


def test_every_place_and_fund_of_the_policy_is_one_that_the_product_knows():
    """C-18."""
    assert {place for kind in ("card", "goods") for place in TAKINGS.places_of(kind)} <= set(PLACES)
    assert {*TAKINGS.carried, *TAKINGS.vouchers, *COUNTY.preferred} <= set(FUNDS)
