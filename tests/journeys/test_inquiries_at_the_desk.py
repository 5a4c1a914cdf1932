"""Inquiries over the counter: stock that does not suffice, floor staff, and what is refused."""

from __future__ import annotations

import pytest

from kac.core.errors import Exit

PHONE = "--phone 13800138000"


@pytest.fixture
def twelve_pots(desk) -> None:
    """Twelve rice cookers at the distribution centre, two of them display samples."""
    path = desk.home / "stock.csv"
    path.write_text("商品编码,地点,库存,样品\nP0001,DC,12,2\n", "utf-8")
    desk.ok(f"import stock {path}", as_="importer")


def test_a_competitor_is_quoted_nothing_until_a_manager_has_released(desk, twelve_pots):
    """SC-32, BLK-INT-02, BLK-INT-09, C-15: of twelve with two samples ten are available."""
    made = desk.ok(
        f"inquiry new {PHONE} --need 锅 --line P0001:12 --wants resale --explained --json",
        as_="customer_service",
    ).json
    assert (made["intent"], made["wishes"]) == ("partial", ["resale"])
    quote = f"quote new -c KH0001 --inquiry {made['number']}"
    desk.refused(quote, "BLK-INT-09", as_="regional_supervisor")
    told = desk.ok(f"explain {made['number']} --json").json
    [flag] = [gate for gate in told["closed"] if gate["gate"] == "resale_released"]
    assert flag["now"] and flag["opened_by"] == ["duty_manager"]
    desk.ok(f"inquiry release {made['number']} --note 老客户自用", as_="manager")
    quoted = desk.ok(f"{quote} --json", as_="regional_supervisor").json
    assert (quoted["state"], quoted["total"]) == ("draft", "3216.00")
    [row] = desk.ok("inquiry list --json").json
    assert (row["state"], row["customer_name"]) == ("quoted", "宏达电器配件厂")


def test_a_competitor_whom_the_manager_refuses_is_never_quoted(desk, twelve_pots):
    """BLK-INT-09, A-07."""
    new = f"inquiry new {PHONE} --need 锅 --line P0001:12 --intent 9 --explained -q"
    number = desk.ok(new, as_="customer_service").out.strip()
    desk.ok(f"approval reject {number} --reason 同行", as_="duty_manager")
    desk.refused(f"quote new -c KH0001 --inquiry {number}", "A-07", as_="regional_supervisor")
    desk.ok(f"inquiry answer {number} --reply 不供货", as_="gp_specialist")
    desk.ok(f"inquiry close {number} --reason 同行", as_="customer_service")


def test_whoever_received_an_inquiry_does_not_release_it(desk):
    """A-56, BLK-ESC-06: with every role in one hand, the maker still does not sign."""
    desk.ok("staff grant customer_service --role duty_manager", as_="administrator")
    new = f"inquiry new {PHONE} --need x --line P0001:1 --wants cheque -q"
    number = desk.ok(new, as_="customer_service").out.strip()
    release = f"inquiry release {number}"
    desk.refused(release, "A-56", as_="customer_service", exit=Exit.NOT_PERMITTED)
    assert desk.ok("todo --json", as_="customer_service").json != []
    tasks = desk.ok("todo --json", as_="customer_service").json
    assert "escalation_released" not in {task["gate"] for task in tasks if task["order"] == number}


def test_floor_staff_introduce_hand_over_and_do_no_more(desk):
    """BLK-REC-01..04, FLW-REC-01, FLW-REC-03."""
    at_once = f"inquiry new {PHONE} --need 电饭煲 --answer 打八折"
    desk.refused(at_once, "BLK-REC-02", as_="floor_staff", exit=Exit.NOT_PERMITTED)
    number = desk.ok(f"inquiry new {PHONE} --need 电饭煲 -q", as_="floor_staff").out.strip()
    answer = f"inquiry answer {number} --reply 有货"
    desk.refused(answer, "BLK-REC-03", as_="gp_specialist")
    to = f"inquiry handover {number} --to"
    desk.refused(f"{to} service_desk", "BLK-REC-03", as_="floor_staff")
    desk.ok(f"{to} gp_specialist", as_="floor_staff")
    desk.refused(f"inquiry close {number} --reason x", "BLK-REC-01", as_="gp_specialist")
    desk.ok(f"inquiry record {number}", as_="customer_service")
    desk.ok(answer, as_="gp_specialist")
    shown = desk.ok(f"inquiry show {number} --json").json
    assert [step["step"] for step in shown["steps"]] == ["handed_over", "recorded", "answered"]
    assert shown["handed_to"] == "gp_specialist"


def test_customer_service_may_file_for_the_floor(desk):
    """BLK-REC-01: who writes is not who received."""
    made = desk.ok(
        f"inquiry new --via floor_staff {PHONE} --need 电饭煲 --json", as_="customer_service"
    ).json
    assert made["state"] == "recorded"
    command = f"inquiry new --via buyer {PHONE} --need x"
    desk.refused(command, "FLW-REC-01", as_="customer_service")
    command = f"inquiry new {PHONE} --need x"
    desk.refused(command, "FLW-REC-01", as_="buyer", exit=Exit.NOT_PERMITTED)


@pytest.mark.parametrize(
    ("options", "rule"),
    [
        ("--line P0001:5 --store S01", "RTL-REC-09"),
        ("--line P0001:5 --store S03", "RTL-REC-11"),
        ("--need-by +3d", "RTL-REC-12"),
        ("--payment 支票", "RTL-REC-12"),
    ],
)
def test_reception_is_written_down_whole(desk, options, rule):
    """RTL-REC-09..12, RTL-REC-20."""
    where = desk.home / "stock.csv"
    where.write_text("商品编码,地点,地点名称,库存,样品\nP0002,S03,新港店,5,0\n", "utf-8")
    desk.ok(f"import stock {where}", as_="importer")
    new = f"inquiry new {PHONE} --need x"
    desk.refused(f"{new} {options}", rule, as_="service_desk")
    desk.ok(f"{new} --line P0001:5/2 --store S03 --accompanied-by gp_specialist "
            "--need-by +3d --payment 转账 --explained", as_="service_desk")  # fmt: skip
    [line] = desk.ok("inquiry show XJ20261120-0001 --json").json["lines"]
    assert (line["quantity"], line["shelf"], line["price"]) == ("5", "2", "268.00")
    assert line["barcode"]


def test_logistics_says_whether_the_need_can_be_met(desk):
    """RTL-REC-13, RTL-REC-19: the answer is kept with who gave it."""
    new = f"inquiry new {PHONE} --need x --line P0001:500 -q"
    number = desk.ok(new, as_="service_desk").out.strip()
    supply = f"inquiry supply {number} no --note 月底到货"
    desk.refused(supply, "RTL-REC-13", as_="service_desk", exit=Exit.NOT_PERMITTED)
    desk.ok(supply, as_="distribution_center")
    shown = desk.ok(f"inquiry show {number} --json").json
    assert (shown["supply"], shown["supply_by"]) == ("no", "distribution_center")
    assert [step["said"] for step in shown["steps"]] == ["月底到货"]


def test_an_inquiry_is_filed_and_answered_before_it_is_closed_and_then_rests(desk):
    """BLK-REC-01, RTL-REC-18."""
    number = desk.ok(f"inquiry new {PHONE} --need x -q", as_="service_desk").out.strip()
    close = f"inquiry close {number} --reason x"
    desk.refused(close, "BLK-REC-01", "RTL-REC-18", as_="gp_specialist")
    desk.ok(f"inquiry record {number}", as_="customer_service")
    desk.refused(f"inquiry record {number}", "BLK-REC-01", as_="customer_service")
    desk.ok(f"inquiry answer {number} --reply 有", as_="gp_specialist")
    desk.ok(close, as_="gp_specialist")
    desk.refused(f"inquiry edit {number} --explained", as_="gp_specialist")
    desk.refused(f"inquiry answer {number} --reply 有", as_="gp_specialist")


def test_a_telephone_number_leaves_the_ledger_with_no_command(desk):
    """Scripts and the log read what a command made: no number of a person is in it."""
    made = desk.ok(f"inquiry new {PHONE} --need x --json", as_="service_desk")
    assert "13800138000" not in made.out
    assert not desk.sql("SELECT 1 FROM audit WHERE body LIKE '%13800138000%'")
    assert not desk.sql("SELECT 1 FROM command WHERE result LIKE '%13800138000%'")
