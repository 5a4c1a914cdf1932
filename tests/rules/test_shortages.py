"""Shortages: over any of the four ways no piece and no fen is lost or made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.desk.lines.rules import PricedLine
from kac.desk.shortages import rules
from kac.desk.shortages.rules import Waiting, shares
from kac.desk.stock.rules import Supply

MAY = dict.fromkeys(("order.eta", "order.arrived", "order.informed"), ("somebody",))


def line(product: int, quantity: int, price: int = 26800, *, gift: bool = False) -> PricedLine:
    return PricedLine(
        line=product,
        product_id=product,
        code=f"P{product:04d}",
        name="电饭煲",
        unit="台",
        scale=1,
        quantity=quantity,
        list_price_fen=price,
        unit_price_fen=0 if gift else price,
        cost_fen=price,
        gift=gift,
        fresh=False,
    )


orders = st.lists(
    st.builds(
        line,
        product=st.integers(1, 4),
        quantity=st.integers(1, 1000),
        price=st.integers(1, 10**6),
        gift=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)
stocks = st.dictionaries(st.integers(1, 4), st.integers(-50, 1500), max_size=4)


def pieces(lines) -> dict[tuple[int, bool], int]:
    found: dict[tuple[int, bool], int] = {}
    for each in lines:
        found[each.goods] = found.get(each.goods, 0) + each.quantity
    return found


@given(orders, stocks)
def test_what_is_there_and_the_rest_are_the_whole_order(lines, stock):
    """RTL-SHT-09, RTL-SHT-16, RTL-SHT-18: never more than is there, and nothing is lost."""
    now = rules.there(lines, stock)
    later = rules.rest(lines, now)
    whole, both = pieces(lines), pieces([*now, *later])
    assert whole == both
    for product in stock:
        taken = sum(each.quantity for each in now if each.product_id == product)
        assert taken <= max(0, stock[product])
    assert rules.adds_up(lines, now, later).open == bool(now and later)


@given(orders, stocks, st.lists(st.sampled_from(["cut", "split"]), min_size=1, max_size=5))
def test_over_any_sequence_of_ways_goods_and_money_add_up(lines, stock, ways):
    """RTL-SHT-13, RTL-SHT-15, RTL-SHT-18, A-34: forms, refunds and what is cut are the order."""
    forms = [tuple(lines)]
    paid = [sum(each.amount_fen for each in lines)]
    received, back, dropped = paid[0], 0, []
    for way in ways:
        form, money = forms.pop(0), paid.pop(0)
        now = rules.there(form, stock)
        later = rules.rest(form, now)
        if not now or not later:
            forms.append(form)
            paid.append(money)
            continue
        made = [now, later] if way == "split" else [now]
        dropped += [] if way == "split" else later
        totals = [sum(each.amount_fen for each in one) for one in made]
        given_to = shares(money, totals, [total // 3 for total in totals])
        forms += made
        paid += given_to
        back += money - sum(given_to)
    assert sum(paid) + back == received
    assert pieces(lines) == pieces([*(each for one in forms for each in one), *dropped])
    assert all(fen >= 0 for fen in [*paid, back])


@given(
    st.integers(0, 10**9),
    st.lists(st.tuples(st.integers(0, 10**8), st.integers(0, 100)), min_size=1, max_size=3),
)
def test_no_form_gets_more_than_it_costs_and_each_its_deposit_first(received, made):
    """A-34: nothing is kept back while a form still costs something."""
    totals = [total for total, _rate in made]
    least = [total * rate // 100 for total, rate in made]
    given_to = shares(received, totals, least)
    assert all(0 <= fen <= total for fen, total in zip(given_to, totals, strict=True))
    assert sum(given_to) == min(received, sum(totals))
    if received >= sum(least):
        assert all(fen >= minimum for fen, minimum in zip(given_to, least, strict=True))


def test_sc14_sixty_and_forty_one_are_not_a_hundred():
    """RTL-SHT-18: both figures are told."""
    whole = [line(1, 100)]
    assert rules.adds_up(whole, [line(1, 60)], [line(1, 40)]).open
    shut = rules.adds_up(whole, [line(1, 60)], [line(1, 41)])
    assert not shut.open
    assert "100" in shut.says
    assert "101" in shut.says


@pytest.mark.parametrize("after", [[line(1, 100)], [line(1, 101)], [line(1, 60), line(2, 1)]])
def test_a_cut_takes_something_away_and_adds_nothing(after):
    """RTL-SHT-09."""
    assert not rules.less([line(1, 100)], after).open
    assert rules.less([line(1, 100)], [line(1, 60)]).open


@pytest.mark.parametrize(
    ("received", "least", "is_open"), [(0, 0, False), (99, 100, False), (100, 100, True)]
)
def test_paid_means_the_deposit_at_least(received, least, is_open):
    """RTL-SHT-01, A-34."""
    gate = rules.paid_for("DD1", received, least, printed=False)
    assert gate.open is is_open
    assert gate.command.startswith("kac order edit")
    assert rules.paid_for("DD1", 0, least, printed=True).command.startswith("kac order void")


DAY = date(2024, 6, 20)


@pytest.mark.parametrize(
    ("name", "signed_on", "is_open"),
    [
        ("周仓", DAY, True),
        ("", DAY, False),
        ("周仓", None, False),
        ("", None, False),
        ("周仓", date(2024, 6, 21), False),
    ],
)
def test_an_arrival_is_signed_with_name_and_date(name, signed_on, is_open):
    """RTL-SHT-06: 签名并注明日期; a date that lies ahead is none."""
    assert rules.arrival_signed("DD1", name, signed_on, DAY).open is is_open


def test_promised_then_arrived_then_told():
    """RTL-SHT-04..08: three gates, each shut until its step is there."""
    held = Waiting("DD1", date(2024, 6, 30))
    shut = [gate.name for gate in rules.gates(held, MAY) if not gate.open]
    assert shut == ["arrival_promised", "arrival_confirmed", "customer_informed"]
    held = replace(held, arrives_on=DAY, signed_by="周仓", signed_on=DAY, arrived_by="wang")
    shut = [gate.name for gate in rules.gates(held, MAY) if not gate.open]
    assert shut == ["customer_informed"]
    assert not rules.before_pickup(held, held.need_by).open
    assert rules.before_pickup(held, date(2024, 6, 29)).open


def supply(**figures: int) -> Supply:
    plain = {"wanted": 60, "on_hand": 62, "display": 2, "reserved": 0, "held": 0, "awaited": 0}
    return Supply("P1", "电饭煲", "台", 1, "DC", **{**plain, **figures})


def test_what_is_here_is_not_for_those_who_wait():
    """RTL-SHT-16: the form of today keeps its sixty beside the forty that somebody waits for."""
    assert supply(held=60, reserved=40, awaited=40).short == 0
    assert supply(held=0, reserved=100, awaited=40).available == -40
    assert supply(held=40, wanted=40, reserved=60).short == 40
    assert supply(held=60, wanted=61, reserved=40, awaited=40).short == 1
