"""Custody of paper: copies pass on while their document is in force, and then come back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kac.desk.custody import rules
from kac.desk.custody.rules import CopyFacts
from kac.desk.papers.rules import Copy

RECEIPT = CopyFacts("SK1", "receipt", Copy("customer", "printed", "customer"), void=False)


@pytest.mark.parametrize(
    ("event", "outside"),
    [
        *(("printed", True), ("signed", True), ("handed", True), ("returned", True)),
        *(("voided", False), ("archived", False), ("lost", False)),
    ],
)
def test_what_is_in_the_file_goes_nowhere(event, outside):
    """RTL-SHT-11."""
    copy = replace(RECEIPT.copy, event=event)
    assert rules.outside(replace(RECEIPT, copy=copy)).open == outside


def test_a_copy_of_what_is_in_force_is_handed_on_to_somebody_else():
    """RTL-ORD-06, RTL-ORD-07, RTL-ORD-08."""
    assert rules.in_force(RECEIPT).open
    assert rules.another_holder(RECEIPT, "finance").open
    assert not rules.another_holder(RECEIPT, "customer").open


def test_a_copy_of_what_is_void_comes_back_and_goes_to_nobody():
    """RTL-SHT-09, RTL-SHT-10, C-27."""
    void = replace(RECEIPT, void=True)
    assert rules.void(void).open
    assert not rules.void(RECEIPT).open
    gate = rules.in_force(void)
    assert (gate.open, gate.command) == (False, "kac paper collect SK1 --copy customer")


def test_an_order_form_has_a_way_back_of_its_own():
    """RTL-SHT-09."""
    form = replace(RECEIPT, document="DD1", kind="order_form", void=True)
    gate = rules.no_own_way(form)
    assert (gate.open, gate.command) == (False, "kac order collect DD1 --copy customer")
    assert rules.no_own_way(RECEIPT).open
