"""Part deliveries: any split of any order comes out exactly, in pieces, in money, in deposit."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.deliveries.policy import DRAWS, PAID_BEFORE, DeliveryPolicy
from kac.desk.deliveries.rules import (
    PartLine,
    SaleMoney,
    SlipLine,
    SlipMoney,
    by_product,
    draw,
    earned,
    refused_fen,
    stand,
    to_be_paid,
)
from kac.desk.dispatch.parts import something_open, tier_stands, within_open, within_slip
from kac.desk.dispatch.rules import SlipLine as Counted
from kac.desk.lines.rules import LineDraft

from .facts import goods

fen = st.integers(0, 10**7)
policies = st.builds(
    DeliveryPolicy, st.sampled_from(PAID_BEFORE), st.sampled_from(DRAWS), st.integers(0, 10**6)
)


def split(draw_: st.DrawFn, quantity: int) -> list[int]:
    """A quantity in slips, some of which may be void or partly refused later."""
    parts = []
    while quantity:
        parts.append(draw_(st.integers(1, quantity)))
        quantity -= parts[-1]
    return parts


@st.composite
def deliveries(draw_: st.DrawFn) -> tuple[PartLine, list[int]]:
    """A line of an order, and what slips take of it."""
    line = PartLine(1, 1, 1, draw_(st.integers(1, 200)), draw_(fen))
    return line, split(draw_, line.quantity)


@given(deliveries())
def test_slips_of_a_line_cost_what_the_line_costs(case):
    """RTL-CTL-07: never below nothing, never above, and the last takes what is left."""
    line, parts = case
    slips: list[SlipLine] = []
    for quantity in parts:
        now = stand(line, slips)
        share = now.share_fen(quantity)
        assert 0 <= share <= now.open_fen
        slips.append(SlipLine(1, "issued", quantity, share))
    assert stand(line, slips).open == stand(line, slips).open_fen == 0
    assert sum(slip.amount_fen for slip in slips) == line.amount_fen


@given(deliveries(), st.randoms(use_true_random=False))
def test_what_is_refused_is_open_again_and_nothing_is_lost(case, random):
    """RTL-PAY-10, RTL-CTL-07: ordered is delivered and open and cut, in pieces and in money."""
    line, parts = case
    slips = []
    for quantity in parts:
        now = stand(line, slips)
        refused = random.randint(0, quantity)
        amount = now.share_fen(quantity)
        back = refused_fen(amount, quantity, refused)
        assert 0 <= back <= amount
        slips.append(
            SlipLine(1, random.choice(("signed", "archived")), quantity, amount, refused, back)
        )
    now = stand(line, slips)
    assert now.delivered + now.open == line.quantity
    assert now.delivered_fen + now.open_fen == line.amount_fen
    cut = random.randint(0, now.open)
    after = stand(line, slips, cut, now.share_fen(cut) if now.open else 0)
    assert after.delivered + after.open + after.cut == line.quantity
    assert after.delivered_fen + after.open_fen + after.cut_fen == line.amount_fen
    last = SlipLine(1, "issued", after.open, after.open_fen)
    assert stand(line, [*slips, last], after.cut, after.cut_fen).open == 0


@given(deliveries(), st.booleans())
def test_reserved_is_what_has_still_to_leave(case, released):
    """RTL-ORD-02: a released rest is held by nobody, what is on slips always is."""
    line, parts = case
    slips = [SlipLine(1, "issued" if i else "loaded", q, 0) for i, q in enumerate(parts[:-1])]
    now = stand(line, slips)
    unloaded = sum(parts[1:-1])
    assert now.held(released=released) == unloaded + (0 if released else parts[-1])
    assert by_product([now], [now.held(released=True)]) == ({1: unloaded} if unloaded else {})


@st.composite
def orders(draw_: st.DrawFn) -> tuple[int, list[int]]:
    """A deposit, and what the slips of its order cost; the deposit is never above the order."""
    amounts = draw_(st.lists(fen, min_size=1, max_size=8))
    return draw_(st.integers(0, sum(amounts))), amounts


@given(orders(), policies)
def test_a_deposit_is_drawn_exactly_once_over_any_slips(case, policy):
    """RTL-DEP-06, A-34: to the fen, never below nothing, never above what a slip costs."""
    deposit, amounts = case
    left = deposit
    for place, amount in enumerate(amounts):
        share = draw(policy, left, amount, sum(amounts[place + 1 :]))
        assert 0 <= share <= min(amount, left)
        left -= share
    assert left == 0


@given(orders(), policies, st.integers(0, 8), fen)
def test_no_money_is_earned_before_its_goods_are_delivered(case, policy, signed, more):
    """RTL-PRI-02: what is earned is never above what came, nor above what the customer has."""
    deposit, amounts = case
    left, slips = deposit, []
    for place, amount in enumerate(amounts):
        share = draw(policy, left, amount, sum(amounts[place + 1 :]))
        left -= share
        slips.append(SlipMoney(amount, share, signed=place < signed))
    received = min(deposit + more, sum(amounts))
    sale = SaleMoney(sum(amounts), deposit, received, tuple(slips))
    assert 0 <= earned(sale) <= min(sale.delivered_fen, received)
    if signed >= len(amounts):
        assert earned(sale) == received
    if received == sale.total_fen:
        assert earned(sale) == sale.delivered_fen


@given(orders(), policies, st.integers(1, 8))
def test_a_part_goes_when_its_goods_are_paid_and_the_rest_is_secured(case, policy, out):
    """RTL-PRI-02, RTL-CTL-03: by the policy, the whole order first, or what is on slips."""
    deposit, amounts = case
    left, slips = deposit, []
    for place, amount in enumerate(amounts[:out]):
        share = draw(policy, left, amount, sum(amounts[place + 1 :]))
        left -= share
        slips.append(SlipMoney(amount, share, signed=False))
    sale = SaleMoney(sum(amounts), deposit, 0, tuple(slips))
    due = to_be_paid(sale, policy)
    if policy.paid_before == "order":
        assert due == sale.total_fen
    else:
        assert min(sum(amounts[:out]) + left, sale.total_fen) == due
        assert due >= sum(amounts[:out])


LINE = replace(goods(), quantity=50)
PART = PartLine(1, LINE.line, LINE.product_id, 50, LINE.amount_fen, on_slips=30)


def test_no_slip_takes_more_than_is_open_nor_other_goods():
    """RTL-CTL-07: over is refused with both figures, and so are goods of no line."""
    assert within_open([LINE], [PART], {LINE.line: 20}, []).open
    over = within_open([LINE], [PART], {LINE.line: 21}, [])
    assert not over.open and "21" in over.says and "20" in over.says
    assert not within_open([LINE], [PART], {}, [LineDraft(9, 1)]).open
    assert something_open("DD1", [PART]).open
    assert not something_open("DD1", [replace(PART, on_slips=50)]).open


def test_no_more_is_refused_than_was_on_the_slip():
    """RTL-PAY-10."""
    line = Counted(1, "电饭煲", "台", 1, 30)
    assert within_slip([line], {1: 30}, []).open
    assert not within_slip([line], {1: 31}, []).open
    assert not within_slip([line], {}, [LineDraft(9, 1)]).open


def test_what_is_left_is_in_no_tier_that_nobody_signed_for():
    """RTL-DSC-04..06."""
    assert tier_stands(None, None).open and tier_stands(500, None).open
    assert tier_stands(500, 500).open and tier_stands(500, 900).open
    assert not tier_stands(900, 500).open and not tier_stands(None, 500).open
