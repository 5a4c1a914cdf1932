"""What a price leaves decides who must sign for it, and what is due before goods are prepared."""

from __future__ import annotations

import pytest

GENERAL, DEPUTY = ["general_manager"], ["deputy_general_manager"]
THREE = ["operations_manager", "purchasing_manager", "merchant_manager"]
# Goods at 100.00: what they cost, the rule of their tier, who signs (SC-05). Margins between the
# tiers of the source belong to the higher authority.
TIERS = [
    ("100.00", "RTL-DSC-04", GENERAL),  # 0 %
    ("95.50", "RTL-DSC-04", GENERAL),  # 4.50 %
    ("95.01", "RTL-DSC-04", GENERAL),  # 4.99 %
    ("95.00", "RTL-DSC-05", DEPUTY),  # 5.00 %
    ("91.50", "RTL-DSC-05", DEPUTY),  # 8.50 %
    ("91.01", "RTL-DSC-05", DEPUTY),  # 8.99 %
    ("91.00", "RTL-DSC-06", THREE),  # 9.00 %
    ("90.00", "RTL-DSC-06", THREE),  # 10.00 %
]
NEW = "order new -c KH0001 --need-by 2026-11-27 --submit"
MAY_ORDER = ["gp_specialist", "merchant_staff", "customer_service", "service_desk"]


@pytest.mark.parametrize(("cost", "rule", "roles"), TIERS, ids=[tier[0] for tier in TIERS])
def test_the_thinner_the_margin_the_higher_who_signs(desk, shelf, cost, rule, roles) -> None:
    """SC-05: RTL-DSC-04, RTL-DSC-05, RTL-DSC-06; no discount, and yet they sign (A-31)."""
    shelf({"T1": (cost, "100.00")})
    order = desk.ok(f"{NEW} -l T1:10 --json", as_="gp_specialist").json
    asked = desk.ok(f"approval show {order['approval']} --json").json
    assert (asked["state"], asked["tier"]) == ("pending", rule)
    assert asked["waits_for"] == roles
    for role in roles:
        desk.refused(f"order print {order['number']}", rule, role, as_="gp_specialist")
        desk.ok(f"approval ok {order['approval']}", as_=role)
    desk.ok(f"order print {order['number']}", as_="gp_specialist")


def test_a_margin_above_ten_percent_asks_nobody(desk, shelf) -> None:
    """SC-05, RTL-DSC-07: 89.99 of 100.00 leaves 10.01 %."""
    shelf({"T1": ("89.99", "100.00")})
    order = desk.ok(f"{NEW} -l T1:10 --json", as_="gp_specialist").json
    assert order["approval"] == ""
    desk.ok(f"order print {order['number']}", as_="gp_specialist")


@pytest.mark.parametrize("role", [*MAY_ORDER, "merchant_manager"])
def test_nobody_at_all_sells_below_cost(desk, shelf, role) -> None:
    """SC-05, RTL-DSC-03: one fen below cost is below cost, for managers too."""
    shelf({"T1": ("100.01", "100.00")})
    desk.refused(f"{NEW} -l T1:10", "RTL-DSC-03", as_=role)
    drafted = desk.ok(f"{NEW.removesuffix('--submit')} -l T1:10 -q", as_=role).out.strip()
    desk.refused(f"order submit {drafted}", "RTL-DSC-03", "100.00 is below", as_=role)
    assert desk.ok("approval list --state all --json").json == []


def test_a_price_agreed_below_cost_is_refused_as_the_list_price_would_be(desk) -> None:
    """RTL-DSC-03 with the rice cooker: cost 220.00; at 220.00 the general manager decides."""
    desk.refused(f"{NEW} -l P0001:1@219.99", "RTL-DSC-03", as_="gp_specialist")
    order = desk.ok(f"{NEW} -l P0001:1@220 --json", as_="gp_specialist").json
    waits_for = desk.ok(f"approval show {order['approval']} --json").json["waits_for"]
    assert waits_for == ["purchasing", "merchant_manager", "general_manager"]


def test_the_worst_line_decides_and_is_not_averaged_away(desk, shelf) -> None:
    """SC-08, A-30: 8 at 30 % and 5 at 4 % make 20 % together; the general manager signs."""
    shelf({"T1": ("70.00", "100.00"), "T2": ("96.00", "100.00")})
    order = desk.ok(f"{NEW} -l T1:8 -l T2:5 --json", as_="gp_specialist").json
    asked = desk.ok(f"approval show {order['approval']} --json").json
    assert (order["total"], asked["tier"], asked["waits_for"]) == ("1300.00", "RTL-DSC-04", GENERAL)
    desk.refused(f"order print {order['number']}", "RTL-DSC-04", as_="gp_specialist")
    desk.refused(f"approval ok {order['approval']}", as_="deputy_general_manager", exit=5)


def test_a_gift_that_makes_the_order_a_loss_is_refused(desk) -> None:
    """A-33, C-22: an oven sold at 500.00 (cost 440.00) with a kettle given (cost 80.00)."""
    desk.refused(f"{NEW} -l P0004:1 --gift P0005:1", "RTL-DSC-03", as_="gp_specialist")


def test_a_deposit_of_30_percent_is_rounded_up_to_the_fen(desk, shelf) -> None:
    """SC-04, RTL-DEP-06, A-60: 30 % of 3,333.33 is 999.999; 999.99 is too little."""
    shelf({"T1": ("2000.00", "3333.33")})
    number = desk.ok(f"{NEW} -l T1:1 -q", as_="gp_specialist").out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    assert desk.ok(f"deposit quote {number} --json").json["minimum"] == "1000.00"
    record = f"deposit record {number} --ref 2026112000010001 --amount"
    short = desk.refused(f"{record} 999.99", "RTL-DEP-06", as_="finance_cashier")
    assert "999.99 received, 0.01 short" in short.err
    desk.ok(f"{record} 1000.00", as_="finance_cashier")


def test_a_clerk_of_purchasing_checks_discounts(desk) -> None:
    """RTL-ORD-04: purchasing checks; the request waits for `purchasing` and its todo says so."""
    order = desk.ok(f"{NEW} -l P0001:10@255 --json", as_="gp_specialist").json
    todo = desk.ok("todo --json", as_="purchasing").json
    [task] = [line for line in todo if line["order"] == order["number"]]
    assert task["command"] == f"kac approval ok {order['approval']}"
    desk.ok(f"approval ok {order['approval']}", as_="purchasing")
