"""The order table: made in time, or a simple list; its prices those of the till receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core import policyfile
from kac.desk.lines.rules import PricedLine
from kac.desk.tabulations.policy import OrderTablePolicy
from kac.desk.tabulations.rules import (
    Rung,
    TableFacts,
    as_rung,
    differs,
    due_at,
    gates,
    may_be_simple,
    needs_no_table,
    no_price_rises,
    priced,
    punctuality,
)

POLICY = OrderTablePolicy(**policyfile.shipped()["retail"]["order_table"])
MAY = {"table.simple": ("gp_specialist",), "table.update": ("gp_specialist",)}
ACCEPTED = datetime(2024, 5, 10, 2, 0, tzinfo=UTC)


def line(number: int = 1, quantity: int = 100, price: int = 2800, scale: int = 1) -> PricedLine:
    goods = {"code": f"P{number}", "name": "饼干", "unit": "盒", "scale": scale}
    return PricedLine(
        line=number,
        product_id=number,
        quantity=quantity,
        list_price_fen=price,
        unit_price_fen=price,
        cost_fen=1960,
        gift=False,
        fresh=False,
        **goods,
    )


@pytest.mark.parametrize(
    ("seconds", "verdict"), [(7199, "in_time"), (7200, "in_time"), (7201, "late")]
)
def test_a_table_has_two_hours_from_the_acceptance(seconds: int, verdict: str) -> None:
    """SC-35, GPA-TAB-01, A-51: 12:00:00 is in time, 12:00:01 is late; late is only told (A-66)."""
    made = ACCEPTED + timedelta(seconds=seconds)
    assert punctuality(made, due_at(ACCEPTED, POLICY)) == verdict


def test_a_receipt_of_27_50_makes_2750_of_a_hundred_pieces() -> None:
    """SC-37, GPA-UPD-01: every piece at the price of the receipt."""
    form = (line(),)
    lines = as_rung(form, [Rung("0881", {1: (100, 2750)})])
    assert [(each.unit_price_fen, each.amount_fen, each.receipt) for each in lines] == [
        (2750, 275_000, "0881")
    ]
    assert differs(form, lines)
    assert not differs(form, as_rung(form, [Rung("0881", {1: (100, 2800)})]))


def test_a_line_of_which_a_part_was_rung_cheaper_is_parted() -> None:
    """GPA-UPD-01: what another slip brings keeps its price until it is rung."""
    lines = as_rung((line(),), [Rung("A", {1: (60, 2750)})])
    assert [(each.quantity, each.unit_price_fen) for each in lines] == [(60, 2750), (40, 2800)]
    assert [each.line for each in priced((line(),), lines)] == [1, 2]


@given(
    st.lists(st.tuples(st.integers(1, 50), st.integers(2000, 2800)), min_size=1, max_size=4),
    st.integers(0, 50),
)
def test_no_piece_is_lost_between_form_and_table(slips: list[tuple[int, int]], rest: int) -> None:
    """GPA-UPD-01: a table has the quantities of the form, whatever was rung at which price."""
    form = (line(quantity=sum(quantity for quantity, _price in slips) + rest),)
    lines = as_rung(form, [Rung(str(n), {1: each}) for n, each in enumerate(slips)])
    assert sum(each.quantity for each in lines) == form[0].quantity
    amount = sum(quantity * price for quantity, price in slips) + rest * 2800
    assert sum(each.amount_fen for each in lines) == amount
    assert no_price_rises("DD1", form, lines).open


def test_a_price_above_the_form_needs_a_new_form() -> None:
    """GPA-UPD-01, C-08: the customer agreed to the form."""
    form = (line(),)
    gate = no_price_rises("DD1", form, as_rung(form, [Rung("A", {1: (100, 2801)})]))
    assert not gate.open
    assert gate.command.startswith("kac order void DD1")


@pytest.mark.parametrize(
    ("small", "mixed", "lines", "spared"),
    [
        (0, 0, (line(quantity=1),), False),
        (10, 0, (line(quantity=10),), True),
        (10, 0, (line(quantity=11),), False),
        (10, 0, (line(quantity=9500, scale=1000),), True),
        (0, 3, (line(1), line(2)), False),
        (0, 3, (line(1), line(2), line(3)), True),
    ],
)
def test_small_and_mixed_orders_are_not_tabulated(small, mixed, lines, spared) -> None:
    """GPA-TAB-03, A-20: figures of the house, off where they are 0."""
    policy = replace(POLICY, small_units=small, mixed_lines=mixed)
    assert needs_no_table(lines, policy) is spared
    assert may_be_simple("DD1", lines, "", policy).open is spared
    assert may_be_simple("DD1", lines, "散单", policy).open


@pytest.mark.parametrize(
    ("facts", "required", "closed"),
    [
        ({}, False, []),
        ({}, True, ["order_tabulated"]),
        ({"rung": True}, False, ["order_tabulated"]),
        ({"rung": True, "table": "ZB1"}, False, []),
        ({"rung": True, "simple": "ZB1"}, True, []),
        ({"rung": True, "table": "ZB1", "current": False}, False, ["table_as_rung"]),
    ],
)
def test_goods_that_were_rung_go_out_with_a_table_or_a_list(facts, required, closed) -> None:
    """SC-37, GPA-TAB-04: without either the delivery is refused; by policy that of every slip."""
    policy = replace(POLICY, required=required)
    found = gates(TableFacts("DD1", "SH1", **facts), policy, MAY)
    assert [gate.name for gate in found if not gate.open] == closed
