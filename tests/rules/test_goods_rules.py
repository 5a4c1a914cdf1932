"""Goods beside orders: what may be kept back or sent, what two persons say, promises measured."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.adjustments import rules as adjustments
from kac.desk.adjustments.rules import AdjustmentFacts
from kac.desk.promises import rules as promises
from kac.desk.promises.rules import Arrival, PromiseFacts
from kac.desk.stock import rules as stock
from kac.desk.transfers import rules as transfers
from kac.desk.transfers.rules import Sent, TransferFacts

from .facts import supply

TODAY = date(2026, 11, 20)
BROKEN = AdjustmentFacts("TZ1", "电饭煲", "台", 1, "DC", -2, 80, "distribution_center")
SENT = TransferFacts(
    "YK1", "S01", "distribution_center", TODAY, (Sent(7, "P1", "电饭煲", "台", 1, 20),)
)
DUE = date(2026, 11, 25)
PROMISED = PromiseFacts(100, DUE)
pieces = st.integers(0, 10**4)


@given(pieces, pieces, pieces, pieces)
def test_what_is_kept_for_another_customer_is_not_available(on_hand, display, reserved, kept):
    """C-15: on hand less samples less what others were promised less what is kept for others."""
    found = supply(wanted=1, on_hand=on_hand, display=display, reserved=reserved, kept=kept)
    assert found.available == on_hand - display - reserved - kept


@pytest.mark.parametrize(("until", "is_open"), [(-1, False), (0, True), (31, True), (32, False)])
def test_goods_are_kept_back_until_a_day_to_come_and_not_for_ever(until, is_open):
    """C-15."""
    gate = stock.until_ahead(TODAY + timedelta(days=until), TODAY, 31)
    assert gate.open == is_open


def test_a_sample_is_neither_kept_back_nor_sent():
    """BLK-INT-01, C-15: of 12 with 2 on display, 11 are not free."""
    gate = stock.free_to_go([supply(wanted=11, on_hand=12, display=2)])
    assert (gate.open, gate.rules) == (False, ("C-15", "BLK-INT-01"))
    assert stock.free_to_go([supply(wanted=10, on_hand=12, display=2)]).open


def test_a_second_person_confirms_and_nothing_falls_below_nothing():
    """RTL-DUT-06, A-56."""
    assert not adjustments.other_person(BROKEN, "distribution_center").open
    assert adjustments.other_person(BROKEN, "logistics_manager").open
    assert adjustments.pieces_there(replace(BROKEN, on_hand=2)).open
    assert not adjustments.pieces_there(replace(BROKEN, on_hand=1)).open
    assert not adjustments.confirmed(BROKEN, ["finance"]).open
    assert adjustments.confirmed(replace(BROKEN, state="booked"), ["finance"]).open


def test_what_does_not_come_is_explained_and_nothing_comes_that_was_not_sent():
    """RTL-DUT-06."""
    assert transfers.came(SENT, {7: 20}, "").open
    assert not transfers.came(SENT, {7: 18}, "").open
    assert transfers.came(SENT, {7: 18}, "途中破损").open
    assert not transfers.came(SENT, {7: 21}, "多了").open
    assert not transfers.came(SENT, {7: 20, 8: 1}, "多了").open
    assert not transfers.other_receiver(SENT, "distribution_center").open


def test_goods_on_the_road_are_late_after_their_days_and_never_refused():
    """A-66."""
    assert not transfers.overdue(SENT, 2, TODAY + timedelta(days=2))
    assert transfers.overdue(SENT, 2, TODAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("name", "signed_on", "is_open"),
    [
        ("李采购", TODAY, True),
        ("李采购", None, False),
        ("", TODAY, False),
        ("李采购", TODAY + timedelta(days=1), False),
    ],
)
def test_a_promise_has_a_name_a_signature_and_a_date(name, signed_on, is_open):
    """RTL-ORD-03, RTL-SHT-06."""
    assert promises.signed(name, signed_on, TODAY).open == is_open


@pytest.mark.parametrize(
    ("arrivals", "today", "state"),
    [
        ((), DUE, "open"),
        ((), DUE + timedelta(days=1), "broken"),
        ((Arrival(DUE, 100),), DUE, "kept"),
        ((Arrival(DUE, 60), Arrival(DUE + timedelta(days=1), 40)), DUE + timedelta(days=2), "late"),
        ((Arrival(DUE, 99),), DUE + timedelta(days=9), "broken"),
    ],
)
def test_a_promise_is_kept_when_all_of_it_is_there_on_its_day(arrivals, today, state):
    """RTL-ORD-03: measured by what came, and when."""
    assert promises.state(replace(PROMISED, arrivals=arrivals), today) == state


def test_another_promise_in_its_place_leaves_nothing_to_come_and_the_old_one_measured():
    """RTL-ORD-03."""
    replaced = replace(PROMISED, replaced=True)
    assert (replaced.open, promises.state(replaced, DUE + timedelta(days=1))) == (0, "broken")


@given(st.lists(pieces, max_size=6), pieces)
def test_what_comes_is_for_the_promise_that_is_due_first_and_counted_once(open_, came):
    """RTL-ORD-03."""
    parts = promises.shares(open_, came)
    assert sum(parts) == min(came, sum(open_))
    assert all(part <= wanted for part, wanted in zip(parts, open_, strict=True))
    assert not came or parts[:1] == [min(open_[0], came)] if open_ else parts == []
