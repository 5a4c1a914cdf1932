"""Inquiries: what reception writes down, what a manager releases, who is called back when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import Signed, matrix_route, signable
from kac.desk.inquiries import rules
from kac.desk.inquiries.policy import InquiryPolicy
from kac.desk.inquiries.rules import InquiryFacts, NotedLine
from kac.desk.inquiries.states import INQUIRY, INTENTS, POINTS, WISHES

from .facts import MAY, RETAIL, TODAY, shut, supply

POLICY = RETAIL.section("inquiry", InquiryPolicy)
MATRIX = RETAIL.section("approvals", ApprovalPolicy).rows()
ESCALATIONS = {
    "discount": "BLK-ESC-01",
    "cheque": "BLK-ESC-02",
    "pay_later": "BLK-ESC-03",
    "long_term": "BLK-ESC-04",
    "new_product": "BLK-ESC-05",
}
COOKERS = NotedLine(1, 1, "P0001", "电饭煲", 12, 268_00, 2)


def inquiry(**changes: object) -> InquiryFacts:
    """Somebody asked for rice cookers at the service desk, and is to be called back tomorrow."""
    plain = InquiryFacts(
        via="service_desk",
        phone="13800138000",
        intent="ordinary",
        lines=(COOKERS,),
        wanted_by=None,
        payment="",
        store="",
        accompanied_by="",
        explained_by="service_desk",
        reply_due=TODAY + timedelta(days=3),
        number="XJ20261120-0001",
        recorded_by="customer_service",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def route(*wishes: str):
    return matrix_route(MATRIX, "inquiry", flags=wishes)


# What reception writes down


@pytest.mark.parametrize(
    ("changes", "gate", "rule"),
    [
        ({"via": "buyer"}, "received", "FLW-REC-01"),
        ({"phone": ""}, "reachable", "RTL-REC-18"),
        ({"store": "S01"}, "accompanied", "RTL-REC-09"),
        ({"lines": (), "payment": "cheque"}, "items_first", "RTL-REC-12"),
        ({"lines": (), "wanted_by": TODAY}, "items_first", "RTL-REC-12"),
        ({"lines": (replace(COOKERS, shelf=None),)}, "shelf_noted", "RTL-REC-11"),
    ],
)
def test_what_reception_leaves_out_is_refused_by_its_rule(changes, gate, rule):
    """FLW-REC-01, RTL-REC-09..12, RTL-REC-18."""
    found = rules.to_take_down(inquiry(**changes), POLICY)
    assert shut(found) == [gate]
    assert rule in next(one.rules for one in found if not one.open)


def test_who_was_answered_at_once_need_leave_no_number():
    """RTL-REC-18."""
    assert shut(rules.to_take_down(inquiry(phone="", reply_due=None), POLICY)) == []


def test_a_new_product_is_named_by_the_need_and_not_by_the_catalogue():
    """RTL-REC-20, BLK-INT-04."""
    facts = inquiry(lines=(), intent="not_carried", payment="cheque", wanted_by=TODAY)
    assert shut(rules.to_take_down(facts, POLICY)) == []


def test_a_shelf_with_nothing_on_it_was_looked_at_all_the_same():
    """RTL-REC-11."""
    assert rules.shelf_noted(inquiry(lines=(replace(COOKERS, shelf=0),))).open


# Before a quotation


@pytest.mark.parametrize(
    ("changes", "gate", "rule"),
    [
        ({"recorded_by": ""}, "filed", "BLK-REC-01"),
        ({"via": "floor_staff"}, "handed_over", "BLK-REC-03"),
        ({"explained_by": ""}, "points_explained", "RTL-REC-07"),
        ({"lines": ()}, "items_named", "RTL-REC-20"),
    ],
)
def test_nothing_is_quoted_before_reception_is_done(changes, gate, rule):
    """FLW-AFT-04, BLK-REC-01..03, RTL-REC-07, RTL-REC-20."""
    found = rules.to_quote(inquiry(**changes), POLICY, MAY)
    assert shut(found) == [gate]
    closed = next(one for one in found if not one.open)
    assert rule in closed.rules
    assert closed.opened_by


def test_floor_staff_have_handed_over_once_a_specialist_has_it():
    """BLK-REC-03, BLK-REC-04."""
    facts = inquiry(via="floor_staff", handed_to="gp_specialist")
    assert shut(rules.to_quote(facts, POLICY, MAY)) == []
    assert rules.takes_over("wang", ["gp_specialist"], POLICY).open
    assert not rules.takes_over("wang", ["floor_staff", "service_desk"], POLICY).open


# What a manager releases


@pytest.mark.parametrize(("wish", "rule"), ESCALATIONS.items())
def test_each_of_the_five_asks_the_manager_or_the_one_on_duty(wish, rule):
    """BLK-ESC-01..06, A-19, A-55, SC-30."""
    [step] = route(wish)
    assert (step.kind, step.role, step.rule) == ("escalation", "duty_manager", rule)
    assert RETAIL.holders("duty_manager") == {"duty_manager", "manager"}
    facts = inquiry(steps=(step,), request="SP1")
    assert shut(rules.to_quote(facts, POLICY, MAY)) == ["escalation_released"]
    signed = (Signed(step.kind, step.role, 0, "ok", "zhang"),)
    assert shut(rules.to_quote(replace(facts, signed=signed), POLICY, MAY)) == []


def test_an_ordinary_inquiry_asks_nobody():
    """BLK-ESC-07, SC-30."""
    assert route() == ()
    assert shut(rules.to_quote(inquiry(), POLICY, MAY)) == []


def test_the_fear_of_resale_shuts_a_gate_of_its_own():
    """BLK-INT-09, SC-32."""
    facts = inquiry(steps=route("cheque", "resale"), request="SP1")
    assert shut(rules.to_quote(facts, POLICY, MAY)) == ["escalation_released", "resale_released"]


@given(st.sets(st.sampled_from(sorted(WISHES)), min_size=1))
def test_one_manager_releases_everything_with_one_signature_of_each_kind(wishes):
    """A-19, A-55: any number of the five, and the flag, are one person's to release."""
    steps = route(*wishes)
    mine = signable(steps, (), frozenset({"duty_manager"}), "zhang")
    given_now = tuple(Signed(step.kind, step.role, 0, "ok", "zhang") for step in mine)
    assert len({(one.kind, one.role) for one in given_now}) == len(given_now)
    facts = inquiry(steps=steps, signed=given_now, request="SP1")
    assert {rule for step in steps for rule in [step.rule]} == {
        {**ESCALATIONS, "resale": "BLK-INT-09"}[wish] for wish in wishes
    }
    assert shut(rules.releases(facts)) == []


def test_a_new_product_and_a_long_term_customer_bring_their_escalation_along():
    """BLK-INT-04, BLK-INT-07, BLK-INT-09."""
    known = POLICY.known()
    assert rules.wishes_of("not_carried", (), known) == ("new_product",)
    assert rules.wishes_of("long_term", ("cheque",), known) == ("cheque", "long_term")
    assert rules.wishes_of("resale", (), known) == ("resale",)
    assert rules.wishes_of("event", (), known) == ()


def test_policy_and_labels_speak_of_the_same_words():
    """BLK-INT-01..09, RTL-REC-08."""
    assert [one.number for one in POLICY.known()] == list(range(1, 10))
    assert {one.id for one in POLICY.known()} | {"ordinary"} == set(INTENTS)
    assert {row.flag for row in MATRIX if row.subject == "inquiry"} == set(WISHES)
    assert set(POLICY.points) == set(POINTS)


# What the stock makes of it


@pytest.mark.parametrize(
    ("wanted", "on_hand", "display", "intent"),
    [
        (10, 12, 2, "ordinary"),
        (12, 12, 2, "partial"),
        (12, 2, 2, "sample_only"),
        (12, 0, 0, "out_of_stock"),
    ],
)
def test_the_stock_tells_with_what_a_customer_has_come(wanted, on_hand, display, intent):
    """BLK-INT-01..03, C-15, SC-32: samples are not for sale."""
    assert rules.intent_of([supply(wanted=wanted, on_hand=on_hand, display=display)]) == intent


def test_the_worst_of_several_goods_says_what_the_inquiry_is():
    plenty, few, none = supply(wanted=1), supply(wanted=99), supply(wanted=1, on_hand=0, display=0)
    assert rules.intent_of([]) == "ordinary"
    assert rules.intent_of([plenty, few]) == "partial"
    assert rules.intent_of([few, none, plenty]) == "out_of_stock"


# The call back


@pytest.mark.parametrize(("later", "is_late"), [(0, False), (3, False), (4, True)])
def test_a_call_back_is_late_when_its_day_is_over(later, is_late):
    """SC-24, RTL-REC-18, A-38: until 24:00 of the day."""
    facts, today = inquiry(), TODAY + timedelta(days=later)
    assert rules.overdue(facts, today) == is_late
    gate = rules.replied(facts, MAY["inquiry.answer"], today)
    assert not gate.open
    assert gate.says.startswith("should have been" if is_late else "to be")


@given(st.dates(date(2026, 11, 1), date(2027, 11, 1)))
def test_who_was_answered_is_never_late_again(today):
    facts = inquiry(answered_on=TODAY, answered_by="gp_specialist")
    assert not rules.overdue(facts, today)
    assert rules.replied(facts, MAY["inquiry.answer"], today).open


def test_a_talk_without_our_answer_is_no_record():
    """CRG-CNT-02."""
    assert not rules.responded("XJ1", "").open
    assert rules.responded("XJ1", "周三到货").open


def test_an_inquiry_is_closed_when_it_is_filed_answered_and_released():
    """BLK-REC-01, RTL-REC-18, BLK-ESC-06; a refusal holds nothing up."""
    steps = route("cheque")
    waiting = inquiry(recorded_by="", steps=steps, request="SP1")
    assert shut(rules.to_close(waiting, POLICY, MAY, TODAY)) == [
        "filed",
        "replied",
        "escalation_released",
    ]
    no = (Signed("escalation", "duty_manager", 0, "reject", "zhang", "不收支票"),)
    done = replace(
        waiting,
        recorded_by="customer_service",
        answered_on=TODAY,
        answered_by="gp_specialist",
        signed=no,
    )
    assert shut(rules.to_close(done, POLICY, MAY, TODAY)) == []
    assert shut(rules.to_quote(done, POLICY, MAY)) == ["not_rejected"]


def test_filing_never_loses_what_was_done_before():
    """BLK-REC-01: the customer may have been answered or handed over before it was filed."""
    assert INQUIRY.after("answered", "record") == "answered"
    assert INQUIRY.after("handed_over", "record") == "handed_over"
    assert INQUIRY.verbs_from("closed") == []
