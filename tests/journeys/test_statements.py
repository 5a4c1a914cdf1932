"""A customer's account: drawn up from the books, signed by both, sealed, or disputed."""

from __future__ import annotations

import pytest


@pytest.fixture
def busy(desk, shelf, delivered) -> str:
    """A customer that had goods of 300.00, and has 50.00 on account beside."""
    shelf({"T1": ("50.00", "100.00")})
    delivered("KH0001", "T1:3")
    desk.ok("payment record -c KH0001 --amount 50 --ref Z1", as_="finance_cashier")
    return "KH0001"


def made(desk, customer: str, **how):
    return desk.ok(f"statement make {customer} --json", as_="finance", **how).json


def test_opening_and_movements_make_the_closing(desk, busy) -> None:
    """DST-APP-05, DST-GDS-07: money first, then goods; what is ahead stands below zero."""
    statement = made(desk, busy)
    assert (statement["opening"], statement["closing"]) == ("0.00", "-50.00")
    lines = desk.ok(f"statement show {statement['number']} --json").json["lines"]
    assert [each["change"] for each in lines] == ["-300.00", "300.00", "-50.00"]
    assert lines[-1]["balance"] == "-50.00"


def test_what_is_booked_later_stands_on_the_next_one(desk, busy) -> None:
    first = made(desk, busy)
    desk.refused(f"statement make {busy}", first["number"], as_="finance")
    cashier = {"as_": "finance_cashier", "on": "2026-11-21"}
    desk.ok("payment record -c KH0001 --amount 7 --ref Z2 --on 2026-11-20", **cashier)
    second = made(desk, busy, on="2026-11-22")
    assert (second["from"], second["opening"], second["closing"]) == (
        "2026-11-21",
        "-50.00",
        "-57.00",
    )
    kept = desk.ok(f"statement show {first['number']} --json").json
    assert (kept["closing"], kept["lines"][-1]["balance"]) == ("-50.00", "-50.00")
    desk.refused(f"statement withdraw {first['number']} --reason 重做", as_="finance")


def test_it_is_confirmed_signed_by_both_and_sealed(desk, busy) -> None:
    """DST-APP-06, DST-APP-07: without the seal or the hand it is not confirmed."""
    number = made(desk, busy)["number"]
    desk.ok(f"statement print {number}", as_="finance")
    desk.refused(f"statement confirm {number} --by 周建平", "DST-APP-07", as_="finance")
    desk.refused(f"statement confirm {number} --sealed", "DST-APP-06", as_="finance")
    desk.refused(f"statement confirm {number} --by 周建平 --sealed", exit=5, as_="finance_cashier")
    told = desk.ok(f"statement confirm {number} --by 周建平 --sealed --json", as_="finance").json
    assert told["state"] == "confirmed"
    desk.refused(f"statement withdraw {number} --reason 重做", "confirmed", as_="finance")


def test_a_difference_is_named_with_its_figures(desk, busy) -> None:
    number = made(desk, busy)["number"]
    dispute = f"statement dispute {number} --by 周建平 --reason 退货未入账 --balance"
    desk.refused(f"{dispute} -50", exit=6, as_="finance")
    assert "-20.00" in desk.ok(f"{dispute} -70", as_="finance").out
    shown = desk.ok(f"statement show {number} --json").json
    assert (shown["state"], shown["their_balance"]) == ("disputed", "-70.00")
    desk.ok(f"statement withdraw {number} --reason 查明重做", as_="finance")
    assert made(desk, busy)["closing"] == "-50.00"


def test_the_night_makes_one_of_each_customer_and_none_the_second_time(desk, busy) -> None:
    """RTL-MTH-07, A-25: twice is once."""
    make = "statement make --all --json"
    assert len(desk.ok(make, as_="cron").json["made"]) == 1
    assert desk.ok(make, as_="cron").json["made"] == []
    desk.refused("statement confirm 1 --by 周建平 --sealed", exit=5, as_="cron")


def test_the_night_finds_a_statement_that_the_books_do_not_bear_out(desk, busy) -> None:
    """CRH-DAT-02: the printed closing is proved against the books every night."""
    made(desk, busy)
    number = desk.sql("SELECT max(number) FROM statement")[0][0]
    desk.ok(f"statement print {number} -q", as_="finance")
    checks = desk.run("reconcile run --json", as_="finance").json
    assert not [each for each in checks if "statement" in each["check"]]
    late = desk.run("reconcile run --json --date 2026-12-01", as_="finance", on="2026-12-01").json
    told = {each["check"] for each in late if "statement" in each["check"]}
    assert told == {"statements_unanswered", "monthly_statements"}
