"""Money explained by its number: what finance has still to do, and what stands on it.

RTL-DEP-03..05, RTL-PAY-04, RTL-DUT-07; and a slip is meant by the short number of its order.
"""

from __future__ import annotations

import pytest

ORDER = "DD20261120-0040"
MONEY = "SK20261120-0001"


@pytest.fixture
def taken(desk):
    """An order paid in full at the cashier's; nobody of finance has looked yet."""
    for who, words in (
        ("gp_specialist", "order new -c KH0001 -l P0001:50 --need-by +7d --submit"),
        ("merchant_supervisor", f"order review {ORDER}"),
        ("gp_specialist", f"order print {ORDER} -q"),
        ("finance_cashier", f"payment record {ORDER} --amount 13400 --ref R1"),
    ):
        desk.ok(words, as_=who)
    return desk


def test_money_tells_what_it_waits_for_and_what_stands_on_it(taken) -> None:
    """RTL-DEP-03, RTL-PAY-04: receipt and verification; both done, nothing is shut."""
    told = taken.ok(f"explain {MONEY} --json").json
    assert (told["number"], told["amount"], told["free"]) == (MONEY, "13400.00", "0.00")
    assert told["next"] == [f"kac payment print {MONEY}", f"kac payment verify {MONEY}"]
    [stands] = told["stands"]
    assert (stands["order_number"], stands["amount"], stands["slip"]) == (ORDER, "13400.00", "")
    taken.ok(f"payment print {MONEY} -q", as_="finance_cashier")
    taken.ok(f"payment verify {MONEY}", as_="finance")
    assert taken.ok(f"explain {MONEY} --json").json["closed"] == []


def test_declared_money_waits_for_finance(desk) -> None:
    """RTL-ORD-12, BLK-MNY-01: what a customer says is no money yet."""
    desk.ok("order new -c KH0001 -l P0001:50 --need-by +7d --submit", as_="gp_specialist")
    declared = f"payment declare {ORDER} --amount 13400 --ref R1 -q"
    money = desk.ok(declared, as_="gp_specialist").out.strip()
    [gate] = desk.ok(f"explain {money} --json").json["closed"]
    assert gate["command"] == f"kac payment record {ORDER} --declared {money}"
    assert gate["rules"] == ["RTL-ORD-12", "BLK-MNY-01"]


def test_what_a_refused_undo_tells_to_type_can_be_typed(taken) -> None:
    """RTL-DUT-07: money is taken back by another person of finance, which the hint says."""
    refused = taken.run("undo --yes --json", as_="finance_cashier")
    assert refused.exit == 4
    [hint] = refused.error["fix"]
    taken.ok(hint.removeprefix("kac ").replace("…", "记错"), as_="finance")
    told = taken.ok(f"explain {MONEY} --json").json
    assert (told["state"], told["closed"], told["stands"]) == ("reversed", [], [])


def test_a_slip_is_meant_by_the_short_number_of_its_order(taken) -> None:
    """RTL-PAY-05: `dispatch show 40`, as its help says; its own number comes first."""
    taken.refused("dispatch show 40", exit=3)
    taken.ok(f"payment verify {MONEY}", as_="finance")
    taken.ok("dispatch new 40", as_="distribution_center")
    for written in ("40", "1120-40", ORDER, "1", "SH20261120-0001"):
        shown = taken.ok(f"dispatch show {written} --json").json
        assert (shown["number"], shown["order_number"]) == ("SH20261120-0001", ORDER)
    taken.refused("dispatch show 39", "E-REF-001", exit=3)
