"""Worklists: what is to be done now, by whom, and nothing before what it waits for."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from graphlib import TopologicalSorter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile, roles
from kac.core.actor import Actor
from kac.core.errors import NotPermitted
from kac.core.gates import Gate
from kac.desk.approvals.rules import Step
from kac.desk.boxes.policy import BoxPolicy
from kac.desk.boxes.rules import BoxedLine, boxed
from kac.desk.covers.rules import Agreement, CoverFacts, Letter
from kac.desk.discounts.policy import DiscountPolicy
from kac.desk.dispatch.rules import SlipFacts
from kac.desk.fulfilments.policy import FulfilmentPolicy
from kac.desk.fulfilments.rules import TillFacts, checked
from kac.desk.limits.rules import Limit
from kac.desk.orders.states import ORDER
from kac.desk.quotations.rules import Review
from kac.desk.shortages import rules as shortages
from kac.desk.shortages.rules import Waiting
from kac.desk.staff.rules import permit
from kac.desk.tabulations.policy import OrderTablePolicy
from kac.desk.tabulations.rules import TableFacts
from kac.desk.tabulations.rules import gates as table_gates
from kac.desk.worklist.rules import AFTER, checklist, is_for, reported, waiting

from .facts import (
    HONGDA,
    ORDER_COPIES,
    RETAIL,
    TODAY,
    case,
    copies,
    goods,
    ok,
    order,
    rejected,
    shut,
    supply,
)

ROLES = sorted(roles.known())
READING = {"stock.check"}
FOUR = copies(*ORDER_COPIES, "photocopy")
DEPOSIT, TOTAL = 4_020_00, 13_400_00
SLIP = SlipFacts("DD20261120-0001", "SH1", "issued", "榆江市工业路8号")
COUNTED = replace(
    SLIP,
    copies=copies("driver", "customer"),
    counted={"merchant_dept": "xiaolin", "distribution_center": "laozhou"},
)

REVIEWS = tuple(
    Step("review", f"{role}_manager", "FLW-QUO-03") for role in ("operations", "purchasing")
)
DRAFT = order(state="draft", approval="")
REVIEWED = order(state="reviewed", reviewed_by="merchant_supervisor")
WITH_DEPOSIT = replace(
    REVIEWED, copies=copies(*ORDER_COPIES), deposit_fen=DEPOSIT, received_fen=DEPOSIT
)
SEEN = replace(WITH_DEPOSIT, copies=FOUR, verified_fen=DEPOSIT)
PAID = replace(SEEN, received_fen=TOTAL, verified_fen=TOTAL)
OUT = replace(PAID, state="slip_issued")
GONE = replace(OUT, goods_left=True, supplies=(supply(on_hand=30),))
SIGNED = replace(COUNTED, state="signed", signed_on=TODAY)
DELIVERED = replace(GONE, state="delivered")
DISCOUNTED = order(goods(188_00, 171_00, list_price_fen=200_00))
EMPTY = order(
    goods(100_00, 100_01),
    state="draft",
    customer=replace(HONGDA, fields={}),
    need_by=TODAY - timedelta(days=1),
    supplies=(supply(wanted=99),),
    address="",
)
QUOTED = order(quotation=Review("BJ20261120-0001", 1, 1, "SP20261120-0002", REVIEWS, ()))
REJECTED = replace(DISCOUNTED, signed=(rejected(DISCOUNTED.steps[0]),))
VOIDED = order(state="collecting", copies=copies(*ORDER_COPIES))

# The day of SC-01, and what waits at each point of it.
DAY = [
    ("drafted", case(DRAFT), ["submitted"]),
    ("submitted", case(order()), ["reviewed", "form_printed"]),
    ("reviewed", case(REVIEWED), ["form_printed", "deposit_met"]),
    (
        "deposit taken",
        case(WITH_DEPOSIT, unverified=["SK1"], unreceipted=["SK1"]),
        ["receipts_issued", "paid_in_full", "money_verified", "photocopied"],
    ),
    ("deposit seen", case(SEEN), ["paid_in_full"]),
    ("balance said to be here", case(PAID, unverified=["SK2"]), ["money_verified"]),
    ("balance verified", case(PAID), ["slip_issued"]),
    ("slip issued", case(OUT, SLIP), ["slip_printed"]),
    ("slip printed", case(OUT, replace(COUNTED, counted={})), ["counted"]),
    ("counted", case(OUT, COUNTED), ["loaded"]),
    ("loaded", case(GONE, replace(COUNTED, state="loaded")), ["signed"]),
    ("signed", case(DELIVERED, SIGNED), ["copy_archived"]),
    ("archived", case(replace(GONE, state="closed"), replace(SIGNED, state="archived")), []),
]
# The same goods on credit: a limit before the review, a letter before the slip, the money at last.
VOUCHED = CoverFacts(
    "DD20261120-0001",
    "KH0001",
    HONGDA.name,
    "credit",
    Limit("ED1", TOTAL, TODAY),
    letter=Letter("DB1", "gp_specialist", TOTAL, TODAY),
)
ON_CREDIT = order(payment_terms="credit", cover=replace(VOUCHED, limit=None, letter=None))
LIMITED = replace(ON_CREDIT, cover=replace(VOUCHED, letter=None))
PASSED = replace(
    LIMITED, state="reviewed", reviewed_by="merchant_supervisor", copies=copies(*ORDER_COPIES)
)
SENT = replace(PASSED, cover=VOUCHED, state="delivered", goods_left=True)
CREDIT_DAY = [
    ("on credit", case(ON_CREDIT), ["form_printed", "guaranteed", "credit_covers"]),
    ("with a limit", case(LIMITED), ["reviewed", "form_printed", "guaranteed"]),
    ("reviewed on credit", case(PASSED), ["guaranteed"]),
    ("vouched for", case(replace(PASSED, cover=VOUCHED)), ["slip_issued"]),
    ("delivered on credit", case(SENT, SIGNED), ["copy_archived", "settled"]),
    (
        "paid at last",
        case(replace(SENT, received_fen=TOTAL), SIGNED, unverified=["SK1"]),
        ["copy_archived", "money_verified"],
    ),
]
BY_THE_MONTH = replace(
    PASSED,
    payment_terms="monthly",
    cover=replace(
        VOUCHED,
        terms="monthly",
        limit=None,
        letter=None,
        agreements=(Agreement("HT1", TODAY, TODAY, TOTAL - 1),),
    ),
)
OTHERS = [
    ("by the month", case(BY_THE_MONTH)),
    *((name, facts) for name, facts, _waits in CREDIT_DAY),
    ("nothing right", case(EMPTY)),
    ("discounted", case(DISCOUNTED)),
    ("rejected", case(REJECTED)),
    ("of a quotation", case(QUOTED)),
    ("being voided", case(VOIDED)),
]
SHORT = (
    shortages.settled("DD1", Gate("shortage_there", (), True, "short"), ("merchant_supervisor",)),
    *shortages.gates(Waiting("DD1", TODAY), RETAIL.may),
)
WAITING = [("short", replace(DAY[0][1], short=SHORT))]
CASES = [(name, facts) for name, facts, _waits in DAY] + OTHERS + WAITING
SHUT = [
    pytest.param(gate, id=f"{name}: {gate.name}")
    for name, facts in CASES
    for gate in checklist(facts, TODAY)
    if not gate.open
]
names = sorted({name for name, before in AFTER.items() for name in (name, *before)})
some_gates = st.lists(
    st.tuples(st.sampled_from([*names, "receipts_issued"]), st.booleans()), unique_by=lambda g: g[0]
).map(lambda found: [Gate(name, (), is_open, name) for name, is_open in found])


def names_of(gates) -> list[str]:
    return [gate.name for gate in gates]


def allowed(verb: str, role: str) -> bool:
    actor = Actor(1, "wang", "王敏", frozenset({role}))
    try:
        permit(verb, actor, RETAIL.permission(verb), RETAIL.holders)
    except NotPermitted:
        return False
    return True


def verb_of(gate: Gate) -> str:
    """The verb that a gate's command types: `kac order edit DD1 …` is `order.edit`."""
    return ".".join(gate.command.split()[1:3])


# A day of the desk


@pytest.mark.parametrize(("facts", "waits"), [row[1:] for row in DAY], ids=[row[0] for row in DAY])
def test_an_order_waits_for_one_thing_after_another_until_its_copy_is_filed(facts, waits):
    """SC-01: RTL-DEP-01, RTL-ORD-09, RTL-PRI-02, RTL-PAY-03..05, RTL-ORD-14, RTL-PAY-08..11."""
    assert names_of(waiting(checklist(facts, TODAY))) == waits


@pytest.mark.parametrize(
    ("facts", "waits"), [row[1:] for row in CREDIT_DAY], ids=[row[0] for row in CREDIT_DAY]
)
def test_an_order_on_credit_waits_for_limit_and_letter_and_at_last_for_the_money(facts, waits):
    """SC-22: RTL-PRI-03, RTL-PRI-04, RTL-CTL-01, A-65."""
    assert names_of(waiting(checklist(facts, TODAY))) == waits


def test_an_order_by_the_month_waits_for_room_under_the_contract():
    """SC-20: RTL-MTH-04."""
    assert names_of(waiting(checklist(case(BY_THE_MONTH), TODAY))) == ["month_covered"]


def test_every_gate_of_the_day_is_open_at_its_end():
    """SC-01."""
    assert shut(checklist(DAY[-1][1], TODAY)) == []


@pytest.mark.parametrize("at", range(1, len(DAY)))
def test_what_was_opened_stays_open_but_for_the_papers_and_proofs_of_new_money(at):
    """RTL-ORD-09, RTL-DEP-03, RTL-PAY-04: a photocopy, a receipt, a check of its own."""
    before = set(shut(checklist(DAY[at - 1][1], TODAY)))
    after = set(shut(checklist(DAY[at][1], TODAY)))
    assert after - before <= {"photocopied", "receipts_issued", "money_verified"}


def test_signatures_and_review_are_asked_for_together_once_the_order_is_submitted():
    """SC-06, RTL-REC-17: and no money or paper before all of them are there."""
    assert names_of(waiting(checklist(case(DISCOUNTED), TODAY))) == [
        "discount_checked",
        "concession_granted",
        "margin_tier_signed",
        "reviewed",
    ]
    signed = replace(DISCOUNTED, signed=tuple(map(ok, DISCOUNTED.steps)))
    assert names_of(waiting(checklist(case(signed), TODAY))) == ["reviewed", "form_printed"]


def test_a_draft_with_nothing_right_asks_for_what_must_be_mended_first():
    """RTL-REC-14: file, day, supply and price before it is handed in."""
    assert names_of(waiting(checklist(case(EMPTY), TODAY))) == [
        "customer_filed",
        "need_by_ahead",
        "supply_confirmed",
        "margin_not_negative",
        "address_known",
    ]


@pytest.mark.parametrize("state", ["collecting", "voided"])
def test_a_void_form_wants_nothing_but_its_copies(state):
    """RTL-SHT-09."""
    found = checklist(case(replace(VOIDED, state=state)), TODAY)
    assert names_of(found) == ["copies_collected"]


@pytest.mark.parametrize("state", sorted(ORDER.states))
def test_a_checklist_names_every_gate_once(state):
    found = names_of(checklist(case(replace(DISCOUNTED, state=state)), TODAY))
    assert len(set(found)) == len(found)


# What waits for what


def prepared() -> tuple[Gate, ...]:
    """What a slip that was rung and half boxed waits for before it is loaded."""
    retail = policyfile.shipped()["retail"]
    may = {"table.simple": ("gp_specialist",), "table.update": ("gp_specialist",)}
    rung = TillFacts("SH1", "0881", "gp_specialist")
    return (
        *checked(rung, FulfilmentPolicy(**retail["fulfilment"]), ("loss_prevention",)),
        *boxed("SH1", [BoxedLine(1, "电饭煲", "台", 1, 50, 25)], BoxPolicy(**retail["box"]), ()),
        *table_gates(
            TableFacts("DD1", "SH1", rung=True), OrderTablePolicy(**retail["order_table"]), may
        ),
    )


def test_loading_waits_for_boxes_for_loss_prevention_and_for_a_list():
    """GPA-RCV-02, GPA-TIL-02, GPA-TAB-04: each can be opened at once, loading not before them."""
    slip = replace(COUNTED, prepared=prepared())
    now = names_of(waiting(checklist(case(REVIEWED, slip=slip), TODAY)))
    assert {"boxed", "till_checked", "order_tabulated"} <= set(now)
    assert "loaded" not in now


def test_whatever_waits_and_whatever_is_waited_for_is_a_gate_of_some_checklist():
    there = {gate.name for _name, facts in CASES for gate in checklist(facts, TODAY)}
    table = DiscountPolicy(({"id": "none", "highest_bp": 0},))
    tabled = case(DRAFT)
    tabled = replace(tabled, policies=replace(tabled.policies, discounts=table))
    there |= {gate.name for gate in checklist(tabled, TODAY)}
    boxed_slip = case(REVIEWED, slip=replace(SLIP, prepared=prepared()))
    there |= {gate.name for gate in checklist(boxed_slip, TODAY)}
    assert set(names) <= there


def test_nothing_waits_for_itself_by_any_detour():
    assert set(TopologicalSorter(AFTER).static_order()) >= AFTER.keys()


@given(some_gates)
def test_a_gate_is_never_worked_on_while_something_it_waits_for_is_shut(gates):
    closed = {gate.name for gate in gates if not gate.open}
    now = names_of(waiting(gates))
    assert set(now) <= closed
    for name in closed:
        assert (name in now) == closed.isdisjoint(AFTER.get(name, ()))


@given(some_gates)
def test_an_order_that_is_not_finished_always_waits_for_something(gates):
    assert bool(waiting(gates)) == any(not gate.open for gate in gates)


@given(some_gates, st.data())
def test_opening_a_gate_takes_nothing_else_off_the_list(gates, data):
    now = waiting(gates)
    if not now:
        return
    opened = data.draw(st.sampled_from(now))
    later = [replace(gate, open=True) if gate is opened else gate for gate in gates]
    assert set(names_of(now)) - {opened.name} <= set(names_of(waiting(later)))


# For whom


@pytest.mark.parametrize("gate", SHUT)
def test_whoever_a_shut_gate_names_may_do_what_it_tells_them_to(gate):
    """RTL-CTL-04: by the policy as it is shipped; RTL-ORD-04 names purchasing itself."""
    verb = verb_of(gate)
    if not gate.command or verb in READING or not gate.opened_by:
        return
    assert verb in RETAIL.body["verb"]
    assert [role for role in gate.opened_by if not allowed(verb, role)] == []


@pytest.mark.parametrize("gate", SHUT)
def test_nobody_is_reminded_of_what_they_may_not_do(gate):
    """RTL-CTL-04: a worklist has no command in it that its owner is refused."""
    verb = verb_of(gate)
    if verb not in RETAIL.body["verb"]:
        return
    for role in ROLES:
        for own in (False, True):
            if is_for(gate, frozenset({role}), RETAIL.holders, own=own):
                assert allowed(verb, role), (role, verb)


@pytest.mark.parametrize(
    ("name", "opened_by", "reminded"),
    [
        ("reviewed", "merchant_supervisor", {"merchant_supervisor", "merchant_manager"}),
        ("deposit_met", "finance_cashier", {"finance_cashier"}),
        ("counted", "merchant_staff", {"merchant_staff"}),
        ("copy_archived", "distribution_center", {"distribution_center"}),
    ],
)
def test_reviews_wait_for_whoever_ranks_high_enough_and_clerks_work_for_clerks(
    name, opened_by, reminded
):
    """SC-11, A-39: 主管以上 may review; a manager is not reminded to count or to file."""
    gate = Gate(name, (), False, "shut", (opened_by,))
    found = {role for role in ROLES if is_for(gate, frozenset({role}), RETAIL.holders)}
    assert found == reminded


def test_whoever_made_the_order_is_reminded_of_it_manager_or_not():
    gate = Gate("form_printed", (), False, "shut", ("merchant_staff",))
    manager = frozenset({"merchant_manager"})
    assert not is_for(gate, manager, RETAIL.holders)
    assert is_for(gate, manager, RETAIL.holders, own=True)


def test_a_loss_is_mended_by_whoever_writes_orders_and_approved_by_nobody():
    """RTL-DSC-03."""
    loss = next(g for g in checklist(case(EMPTY), TODAY) if g.name == "margin_not_negative")
    assert verb_of(loss) == "order.edit"
    for role in ROLES:
        mine = is_for(loss, frozenset({role}), RETAIL.holders)
        assert mine == (role in RETAIL.may["order.edit"])


def test_a_rejected_order_goes_back_to_whoever_writes_orders():
    """A-07, SC-06, RTL-REC-17: it is changed and asks anew; no form, no money till then."""
    now = waiting(checklist(case(REJECTED), TODAY))
    assert names_of(now) == ["not_rejected", "reviewed"]
    assert verb_of(now[0]) == "order.edit"
    assert is_for(now[0], frozenset({"gp_specialist"}), RETAIL.holders)


# What the night reminds of


def reminders(facts, today) -> list[str]:
    return names_of(reported(facts, checklist(facts, today), today))


def test_a_signed_copy_that_is_not_back_is_reminded_of_from_the_second_day_on():
    """SC-26, A-24, RTL-PAY-11."""
    facts = case(DELIVERED, SIGNED)
    assert reminders(facts, TODAY + timedelta(days=1)) == []
    assert reminders(facts, TODAY + timedelta(days=2)) == ["copy_archived"]


@pytest.mark.parametrize(("name", "facts"), CASES, ids=[name for name, _facts in CASES])
@pytest.mark.parametrize("days", [6, 7, 8])
def test_goods_not_delivered_by_the_day_that_they_were_wanted_are_reminded_of(name, facts, days):
    """GPA-VEH-03, A-66: reported with what they wait for, never refused; a draft is not late."""
    today = TODAY + timedelta(days=days)
    on_the_way = facts.order.state in ("submitted", "reviewed", "slip_issued")
    late = on_the_way and facts.order.need_by < today
    expected = names_of(waiting(checklist(facts, today))) if late else []
    found = [gate for gate in reminders(facts, today) if late or gate != "copy_archived"]
    assert found == expected
