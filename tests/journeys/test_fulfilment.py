"""Goods on their way to the door: rung at the till, checked by loss prevention, loaded in time."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from kac.desk.fulfilments.policy import FulfilmentPolicy
from kac.desk.fulfilments.rules import TillFacts, checked, too_long


@pytest.fixture
def counted(desk) -> str:
    """A slip of 50 rice cookers that both departments have counted; its number."""
    return counted_slip(desk, 50, "B1")


def counted_slip(desk, pieces: int, reference: str) -> str:
    """The same of so many, paid by the transfer of a reference."""
    new = f"order new -c KH0001 -l P0001:{pieces} --need-by +7d --submit --json"
    order = desk.ok(new, as_="gp_specialist").json["number"]
    desk.ok(f"order review {order}", as_="merchant_supervisor")
    desk.ok(f"order print {order}", as_="gp_specialist")
    paid = f"payment record {order} --amount {pieces * 268} --ref {reference}"
    desk.ok(paid, as_="finance_cashier")
    desk.ok(f"payment print {reference}", as_="finance_cashier")
    desk.ok(f"payment verify {reference}", as_="finance")
    slip = desk.ok(f"dispatch new {order} --json", as_="distribution_center").json["number"]
    desk.ok(f"dispatch print {slip}", as_="distribution_center")
    for who in ("distribution_center", "merchant_staff"):
        desk.ok(f"dispatch count {slip} 1:{pieces}", as_=who)
    return str(slip)


def test_a_till_receipt_is_of_the_goods_of_one_slip(desk, counted) -> None:
    """GPA-TIL-01: neither typed in small letters nor once more is it another one's."""
    other = counted_slip(desk, 5, "B2")
    desk.ok(f"dispatch till {counted} 1:50 --ref T088", as_="gp_specialist")
    for reference in ("T088", "t088"):
        desk.refused(
            f"dispatch till {other} 1:5 --ref {reference}", "GPA-TIL-01", as_="gp_specialist"
        )
    desk.ok(f"dispatch till {counted} 1:50 --ref T088", as_="gp_specialist")
    desk.ok(f"dispatch till {other} 1:5 --ref T089", as_="gp_specialist")


def test_what_was_rung_is_not_loaded_before_loss_prevention_has_checked_it(desk, counted) -> None:
    """SC-36, GPA-TIL-01, GPA-TIL-02: the receipt is of the goods; one short is rung anew."""
    load = f"dispatch load {counted} --truck 粤S12345 --driver 张师傅"
    check = f"dispatch check {counted}"
    desk.refused(check, "GPA-TIL-01", as_="loss_prevention")
    desk.ok(f"dispatch till {counted} 1:49 --ref 088123", as_="gp_specialist")
    desk.refused(load, "GPA-TIL-02", as_="distribution_center")
    desk.refused(check, "RTL-CTL-07", as_="loss_prevention")
    desk.ok(f"dispatch till {counted} 1:50 --ref 088124", as_="gp_specialist")
    desk.refused(load, "GPA-TIL-02", as_="distribution_center")
    desk.ok(check, as_="loss_prevention")
    desk.refused(load, "GPA-TAB-04", as_="distribution_center")
    desk.ok(f"table simple {counted} --reason 数量少", as_="gp_specialist")
    desk.refused(load, "GPA-TAB-04", as_="distribution_center")
    desk.ok(f"table print {counted} -o {desk.home}/list.txt", as_="gp_specialist")
    desk.ok(load, as_="distribution_center")
    desk.refused(check, as_="loss_prevention")


def test_a_line_that_is_not_on_the_slip_is_not_rung(desk, counted) -> None:
    """GPA-TIL-01."""
    desk.refused(f"dispatch till {counted} 2:1 --ref 1", "GPA-TIL-01", as_="gp_specialist")


def test_who_loads_unrung_goods_is_refused_where_every_slip_is_rung() -> None:
    """GPA-TIL-02: by policy; otherwise only what was rung waits."""
    plain, strict = FulfilmentPolicy(False, 20), FulfilmentPolicy(True, 20)
    assert checked(TillFacts("SH1"), plain, ()) == []
    assert [gate.open for gate in checked(TillFacts("SH1"), strict, ())] == [False]
    rung = TillFacts("SH1", "088123", "gp_specialist")
    assert [gate.open for gate in checked(rung, plain, ())] == [False]
    done = TillFacts("SH1", "088123", "gp_specialist", "loss_prevention")
    assert [gate.open for gate in checked(done, strict, ())] == [True]


@pytest.mark.parametrize(("minutes", "late"), [(19, False), (20, False), (21, True)])
def test_loading_has_twenty_minutes(minutes, late) -> None:
    """GPA-LOD-02: exactly twenty are in time."""
    assert too_long(minutes, FulfilmentPolicy(False, 20)) is late


@pytest.mark.parametrize(("minutes", "told"), [(15, []), (40, ["loading_took_long"])])
def test_the_night_tells_of_a_vehicle_that_waited(desk, counted, minutes, told) -> None:
    """GPA-LOD-02, GPA-LOD-03: late is reported, never refused."""
    desk.ok(f"dispatch arrived {counted}", as_="distribution_center")
    desk.now += timedelta(minutes=minutes)
    load = f"dispatch load {counted} --truck 粤S12345 --driver 张师傅"
    desk.ok(load, as_="distribution_center")
    night = desk.run("reconcile run --check --json", as_="finance")
    assert night.exit == 0
    assert [each["check"] for each in json.loads(night.out)] == told
