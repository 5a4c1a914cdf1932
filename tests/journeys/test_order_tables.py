"""Order tables at the counter: in time or late, in versions, to the clerk and the supervisor."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest


@pytest.fixture
def order(desk) -> str:
    """An order of 100 helmets that was accepted; its number."""
    new = "order new -c KH0001 -l P0183:100 --need-by +7d --submit --json"
    return str(desk.ok(new, as_="gp_specialist").json["number"])


@pytest.mark.parametrize(("seconds", "state"), [(7200, "in_time"), (7201, "late")])
def test_a_late_table_is_made_and_told(desk, order, seconds, state) -> None:
    """SC-35, GPA-TAB-01, A-66: late is reported and never refused."""
    desk.now += timedelta(seconds=seconds - 60)
    made = desk.ok(f"table new {order} --json", as_="gp_specialist").json
    assert (made["state"], made["version"], made["total"]) == (state, 1, "2900.00")
    night = desk.run("reconcile run --check --json", as_="finance")
    assert night.exit == 0
    told = [each["check"] for each in json.loads(night.out)]
    assert told == (["tables_late"] if state == "late" else [])


def test_brand_and_packaging_are_of_lines_and_stay(desk, order) -> None:
    """GPA-TAB-02: what the clerk found out is kept by every later version."""
    wrong = f"table new {order} --brand 2:安途"
    assert desk.run(wrong, as_="gp_specialist").exit == 6
    desk.ok(f"table new {order} --brand 1:安途 --pack 1:每箱20顶", as_="gp_specialist")
    desk.ok(f"table update {order} --pack 1:每箱40顶", as_="gp_specialist")
    for version, packed in ((1, "每箱20顶"), (2, "每箱40顶")):
        shown = desk.ok(f"table show {order} --version {version} --json").json
        assert [(line["brand"], line["packaging"]) for line in shown["lines"]] == [("安途", packed)]
        assert shown["version"] == 2


def test_each_version_is_printed_once_for_clerk_and_supervisor(desk, order) -> None:
    """GPA-TAB-05: again the same version needs a reason, a new version none."""
    desk.ok(f"table new {order}", as_="gp_specialist")
    desk.ok(f"table print {order} -o {desk.home}/a.txt", as_="gp_specialist")
    assert desk.run(f"table print {order}", as_="gp_specialist").exit == 4
    desk.ok(f"table update {order} --brand 1:安途", as_="gp_specialist")
    desk.ok(f"table print {order} -o {desk.home}/b.txt", as_="gp_specialist")
    held = desk.sql("SELECT copy_name, holder FROM v_paper WHERE kind = 'order_table'")
    assert held == [("store_clerk", "store_clerk"), ("floor_supervisor", "floor_supervisor")]
    assert "第2版" in (desk.home / "b.txt").read_text("utf-8")


def test_only_the_desk_tabulates(desk, order) -> None:
    """GPA-TAB-01."""
    desk.refused(f"table new {order}", "GPA-TAB-01", as_="finance", exit=5)


def test_what_is_asked_for_a_table_leads_back_to_it(desk, order) -> None:
    """GPA-UPD-01: whoever signs for the prices, or rejects them, is shown the table."""
    steps = (
        ("merchant_supervisor", f"order review {order}"),
        ("gp_specialist", f"order print {order}"),
        ("finance_cashier", f"payment record {order} --amount 2900 --ref R1"),
        ("finance", "payment verify R1"),
        ("finance_cashier", "payment print R1"),
        ("distribution_center", f"dispatch new {order}"),
        ("gp_specialist", f"dispatch till {order} 1:100@28.90 --ref 1"),
        ("gp_specialist", f"table new {order}"),
    )
    for who, words in steps:
        desk.ok(words, as_=who)
    table, request = desk.sql("SELECT subject, number FROM approval WHERE kind = 'order_table'")[0]
    rejected = desk.ok(f"approval reject {request} --reason 太低", as_="purchasing")
    assert f"kac table show {table}" in rejected.err
    desk.ok(f"table show {table}")


def test_a_table_of_a_void_order_says_so(desk, order) -> None:
    """RTL-SHT-10: nobody prepares goods by it."""
    desk.ok(f"table new {order}", as_="gp_specialist")
    desk.ok(f"table print {order} -o {desk.home}/a.txt", as_="gp_specialist")
    assert "作 废" not in (desk.home / "a.txt").read_text("utf-8")
    desk.ok(f"order void {order} --reason 不要了", as_="merchant_supervisor")
    desk.ok(f"table print {order} --reprint 归档 -o {desk.home}/b.txt", as_="gp_specialist")
    assert "作 废" in (desk.home / "b.txt").read_text("utf-8")
