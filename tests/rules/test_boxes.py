"""Boxes: a quantity on every lid, never more than the slip, and in the end all of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.boxes.policy import BoxPolicy
from kac.desk.boxes.rules import BoxedLine, boxed, quantity_on_lid, within_slip

LINE = BoxedLine(1, "电饭煲", "台", 1, 50, 0)
POLICY = BoxPolicy(required=False, place="团购货区")


@pytest.mark.parametrize(
    ("written", "is_open"),
    [({1: "20"}, True), ({1: ""}, False), ({1: "20", 2: ""}, False), ({}, False)],
)
def test_a_box_says_how_much_is_in_it(written, is_open) -> None:
    """SC-36, GPA-RCV-03: a box without a quantity is refused."""
    assert quantity_on_lid(written).open is is_open


@pytest.mark.parametrize(
    ("packed", "times", "is_open"),
    [({1: 25}, 2, True), ({1: 26}, 2, False), ({2: 1}, 1, False), ({1: 50}, 1, True)],
)
def test_boxes_hold_no_more_than_the_slip(packed, times, is_open) -> None:
    """GPA-RCV-02, RTL-CTL-07."""
    assert within_slip([LINE], packed, times).open is is_open


@given(st.lists(st.integers(1, 20), min_size=1, max_size=6))
def test_boxes_that_each_were_let_in_never_hold_more_than_the_slip(sizes: list[int]) -> None:
    """GPA-RCV-02: whatever is packed in whatever order."""
    line = LINE
    for size in sizes:
        if within_slip([line], {1: size}, 1).open:
            line = replace(line, boxed=line.boxed + size)
    assert line.boxed <= line.wanted
    [gate] = boxed("SH1", [line], POLICY, ())
    assert gate.open is (line.boxed == line.wanted)


@pytest.mark.parametrize(
    ("in_boxes", "required", "found"),
    [(0, False, []), (0, True, [False]), (49, False, [False]), (50, True, [True])],
)
def test_what_is_boxed_is_boxed_whole(in_boxes, required, found) -> None:
    """GPA-RCV-02: by policy of every slip."""
    gates = boxed("SH1", [replace(LINE, boxed=in_boxes)], replace(POLICY, required=required), ())
    assert [gate.open for gate in gates] == found
