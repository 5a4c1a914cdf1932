"""Quotations over the counter: who makes them, how long they hold, no way around the reviews."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.core.errors import Exit

NEW = "quote new -c KH0001 -l P0001:50@260 --need-by 2026-12-10"
NUMBER = "BJ20261120-0001"
ORDER = "DD20261120-0040"


def reviewed(desk) -> None:
    """Hongda's quotation, made, sent and reviewed by both managers."""
    desk.ok(f"{NEW} --send", as_="regional_supervisor")
    for manager in ("operations_manager", "purchasing_manager"):
        desk.ok(f"approval ok {NUMBER}", as_=manager)


def test_the_group_purchase_supervisor_makes_the_sheet_and_nobody_else(desk):
    """FLW-REC-04, FLW-QUO-01, FLW-QUO-02, FLW-APV-01."""
    for role in ("gp_specialist", "gp_clerk", "merchant_manager", "operations_manager"):
        desk.refused(NEW, "FLW-QUO-01", as_=role, exit=Exit.NOT_PERMITTED)
    reviewed(desk)
    take_up = f"quote to-order {NUMBER}"
    desk.refused(take_up, "FLW-APV-01", as_="regional_supervisor", exit=Exit.NOT_PERMITTED)
    desk.ok(take_up, as_="gp_specialist")


def test_one_rejection_rejects_and_a_change_asks_both_anew(desk):
    """A-07, FLW-QUO-03, CRF-SAL-02."""
    desk.ok(f"{NEW} --send", as_="regional_supervisor")
    desk.ok(f"quote review {NUMBER}", as_="operations_manager")
    desk.ok(f"approval reject {NUMBER} --reason 毛利过低", as_="purchasing_manager")
    assert desk.ok(f"quote show {NUMBER} --json").json["state"] == "rejected"
    desk.refused(f"quote to-order {NUMBER}", "FLW-QUO-03", "A-07", as_="gp_specialist")
    [task] = desk.ok("todo --json", as_="regional_supervisor").json
    assert (task["gate"], task["order"]) == ("not_rejected", NUMBER)
    desk.ok(f"quote edit {NUMBER} --line P0001:50@265", as_="regional_supervisor")
    shown = desk.ok(f"approval show {NUMBER} --json", as_="operations_manager").json
    assert [step["signed_by"] for step in shown["steps"]] == ["", ""]
    assert shown["lines"][0]["price"] == "265.00"


@pytest.mark.parametrize(("day", "exit"), [("2026-12-05", Exit.DONE), ("2026-12-06", Exit.REFUSED)])
def test_an_order_is_made_while_the_prices_are_good(desk, day, exit):
    """FLW-QUO-01: through the last day, and not a day longer."""
    reviewed(desk)
    result = desk.run(f"quote to-order {NUMBER}", as_="gp_specialist", on=day)
    assert result.exit == exit, result.err
    if exit:
        assert "FLW-QUO-01" in result.err


def test_what_has_lapsed_expires_and_what_is_good_does_not(desk):
    """FLW-QUO-01: cron may let quotations expire; it is done once."""
    reviewed(desk)
    desk.ok(NEW, as_="regional_supervisor", on="2026-11-25")
    desk.refused(f"quote expire {NUMBER}", "FLW-QUO-01", as_="cron", on="2026-12-05")
    assert desk.ok("quote expire --json", as_="cron", on="2026-12-06").json["expired"] == [NUMBER]
    assert desk.ok("quote expire --json", as_="cron", on="2026-12-06").json["expired"] == []
    desk.refused(f"quote to-order {NUMBER}", as_="gp_specialist", on="2026-12-06")
    desk.refused(f"approval ok {NUMBER}", as_="operations_manager", on="2026-12-06")


@pytest.mark.parametrize(("until", "exit"), [("2026-12-20", 0), ("2026-12-21", 6), ("11-19", 6)])
def test_how_long_a_quotation_is_good_has_a_limit(desk, until, exit):
    """FLW-QUO-01: thirty days at most, and not before it is made."""
    result = desk.run(f"{NEW} --valid-until {until}", as_="regional_supervisor")
    assert result.exit == exit, result.err


def test_an_order_needs_a_day_and_takes_the_terms_and_prices_over(desk):
    """FLW-APV-01, CRF-SAL-03, C-20."""
    new = "quote new -c KH0001 -l P0001:50@260 --gift P0003:1 --delivery pickup --send"
    desk.ok(new, as_="regional_supervisor")
    for manager in ("operations_manager", "purchasing_manager"):
        desk.ok(f"approval ok {NUMBER}", as_=manager)
    take_up = f"quote to-order {NUMBER}"
    desk.refused(take_up, as_="gp_specialist", exit=Exit.INPUT_NEEDED)
    desk.ok(f"{take_up} --need-by +7d", as_="gp_specialist")
    order = desk.ok(f"order show {ORDER} --json").json
    assert [line["price"] for line in order["lines"]] == ["260.00", "0.00"]
    assert (order["delivery"], order["quotation"]) == ("pickup", NUMBER)
    assert (order["state"], order["need_by"]) == ("draft", "2026-11-27")
    events = [json.loads(body)["events"] for (body,) in desk.sql("SELECT body FROM audit")]
    [form] = [e for made in events for e in made if e["verb"] == "make approval form"]
    assert (form["subject"], form["order"]) == (NUMBER, ORDER)


def test_a_quotation_belongs_to_the_customer_who_asked(desk):
    new = "inquiry new -c KH0002 --need x --line P0001:1 --explained -q"
    number = desk.ok(new, as_="customer_service").out.strip()
    wrong = f"quote new -c KH0001 --inquiry {number}"
    assert desk.refused(wrong, as_="regional_supervisor", exit=Exit.BAD_INPUT)
    desk.ok(f"quote new -c KH0002 --inquiry {number}", as_="regional_supervisor")


def test_a_quotation_names_goods(desk):
    """RTL-REC-20."""
    desk.refused("quote new -c KH0001", "RTL-REC-20", as_="regional_supervisor", exit=6)


def test_the_internal_sheet_alone_shows_what_goods_cost(desk):
    """FLW-QUO-02: those who review see margins; the customer and the clerks never do."""
    desk.ok(f"{NEW} --send", as_="regional_supervisor")
    internal = desk.ok(f"quote print {NUMBER} --internal", as_="operations_manager").out
    assert "220.00" in internal and "15.38%" in internal
    desk.refused(f"quote print {NUMBER} --internal", as_="gp_specialist", exit=Exit.NOT_PERMITTED)
    for manager in ("operations_manager", "purchasing_manager"):
        desk.ok(f"approval ok {NUMBER}", as_=manager)
    sheet = desk.ok(f"quote print {NUMBER}", as_="gp_specialist").out
    assert "报价单" in sheet and "260.00" in sheet
    assert "220.00" not in sheet and "毛利" not in sheet
    desk.refused(f"quote print {NUMBER}", "RTL-ORD-05", as_="gp_specialist")
    desk.ok(f"quote print {NUMBER} --reprint 卡纸", as_="gp_specialist")
    assert "margin" in desk.ok(f"quote show {NUMBER} --json", as_="operations_manager").json
    assert "margin" not in desk.ok(f"quote show {NUMBER} --json", as_="gp_specialist").json


def test_terms_that_are_open_on_a_quotation_are_settled_on_its_order(desk):
    """CRF-SAL-03, GPM-PHY-04."""
    desk.ok(f"{NEW} --delivery open --payment open --send", as_="regional_supervisor")
    for manager in ("operations_manager", "purchasing_manager"):
        desk.ok(f"approval ok {NUMBER}", as_=manager)
    desk.ok(f"quote to-order {NUMBER}", as_="gp_specialist")
    desk.refused(f"order submit {ORDER}", "CRF-SAL-03", as_="gp_specialist")
    settle = f"order edit {ORDER} --delivery deliver --payment prepaid"
    desk.ok(settle, as_="gp_specialist")
    desk.ok(f"order submit {ORDER}", as_="gp_specialist")


MOVES = {
    "send": ("regional_supervisor", f"quote send {NUMBER}"),
    "dearer": ("regional_supervisor", f"quote edit {NUMBER} --line P0001:50@265"),
    "cheaper": ("regional_supervisor", f"quote edit {NUMBER} --line P0001:50@230"),
    "operations": ("operations_manager", f"approval ok {NUMBER}"),
    "purchasing": ("purchasing_manager", f"approval ok {NUMBER}"),
    "no": ("purchasing_manager", f"approval reject {NUMBER} --reason 贵"),
    "take up": ("gp_specialist", f"quote to-order {NUMBER}"),
    "pay": ("finance_cashier", f"payment record {NUMBER} --amount 1 --ref R1"),
}


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(st.sampled_from(sorted(MOVES)), min_size=3, max_size=9))
def test_whatever_is_done_in_whatever_order_nothing_is_ordered_without_both_reviews(
    desk_again, moves
):
    """FLW-QUO-03, FLW-APV-01, A-07: the order of events opens no way around."""
    desk = desk_again()
    desk.ok(NEW, as_="regional_supervisor")
    signed: set[str] = set()
    sent = refused = False
    for move in moves:
        role, command = MOVES[move]
        done = desk.run(command, as_=role).exit == Exit.DONE
        if done and move == "send":
            sent = True
        if done and move in ("dearer", "cheaper"):
            signed, refused = set(), False
        if done and move in ("operations", "purchasing"):
            signed.add(move)
        refused = refused or (done and move == "no")
        if done and move == "take up":
            assert sent and not refused and signed == {"operations", "purchasing"}, moves
        assert not (done and move == "pay"), "the order of a quotation has gates of its own"
