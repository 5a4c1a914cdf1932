"""Vehicles and boxes at the counter: what is told at night, and what the labels say."""

from __future__ import annotations

import json

import pytest

ISSUED = """
gp_specialist: order print {order}
finance_cashier: payment record {order} --amount 13400 --ref B1
finance_cashier: payment print B1
finance: payment verify B1
distribution_center: dispatch new {order}
"""


@pytest.fixture
def order(desk) -> str:
    """An order of 50 rice cookers for the day after tomorrow, reviewed; its number."""
    new = "order new -c KH0001 -l P0001:50 --need-by +2d --submit --json"
    number = str(desk.ok(new, as_="gp_specialist").json["number"])
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    return number


def told(desk, day: str) -> list[tuple[str, list[str]]]:
    """What the night tells of vehicles on a day."""
    night = json.loads(desk.run("reconcile run --json", as_="finance", on=day).out)
    checks = ("deliveries_tomorrow", "bookings_followed_up")
    return [(each["check"], each["rules"]) for each in night if each["check"] in checks]


def test_who_was_reminded_in_time_is_not_told_again(desk, order) -> None:
    """GPA-VEH-01, GPA-VEH-02, GPA-VEH-03: reminders of the night, nothing is refused."""
    book = f"dispatch book {order} --with 刘调度"
    desk.ok(book, as_="gp_specialist")
    assert told(desk, "2026-11-21") == [("deliveries_tomorrow", ["GPA-VEH-02"])]
    desk.ok(f"dispatch remind {order}", as_="gp_specialist", on="2026-11-21")
    assert told(desk, "2026-11-21") == []
    assert told(desk, "2026-11-22") == [("bookings_followed_up", ["GPA-VEH-03"])]
    desk.ok(f"dispatch follow {order} --says 已到", as_="gp_specialist", on="2026-11-22")
    assert told(desk, "2026-11-22") == []


def test_a_later_booking_takes_the_place_of_an_earlier_one(desk, order) -> None:
    """GPA-VEH-02: what was said of the earlier one reminds nobody of the later one."""
    desk.ok(f"dispatch book {order} --with 刘调度", as_="gp_specialist")
    desk.ok(f"dispatch remind {order}", as_="gp_specialist")
    desk.ok(f"dispatch book {order} --with 陈调度 --for 2026-11-24", as_="gp_specialist")
    [row] = desk.ok("dispatch bookings --json").json
    assert (row["for_day"], row["told"], row["state"]) == ("2026-11-24", "陈调度", "booked")
    assert told(desk, "2026-11-21") == []
    assert told(desk, "2026-11-23") == [("deliveries_tomorrow", ["GPA-VEH-02"])]


def test_a_word_said_too_early_is_no_reminder(desk, order) -> None:
    """GPA-VEH-02: one calendar day before the delivery, not at the booking."""
    desk.ok(f"dispatch book {order} --with 刘调度", as_="gp_specialist")
    early = desk.ok(f"dispatch remind {order}", as_="gp_specialist")
    assert "2026-11-21" in early.out
    assert told(desk, "2026-11-21") == [("deliveries_tomorrow", ["GPA-VEH-02"])]


def test_no_vehicle_waits_for_a_void_order(desk, order) -> None:
    """GPA-VEH-02, GPA-VEH-03, RTL-SHT-02: nobody is reminded of what does not go out."""
    desk.ok(f"dispatch book {order} --with 刘调度", as_="gp_specialist")
    desk.ok(f"order void {order} --reason 不要了", as_="merchant_supervisor")
    assert desk.ok("dispatch bookings --json").json == []
    for words in (f"dispatch remind {order}", f"dispatch follow {order} --says 在途"):
        desk.refused(words, as_="gp_specialist")


def test_nothing_is_booked_for_goods_that_are_picked_up(desk) -> None:
    """GPA-VEH-01."""
    new = "order new -c KH0001 -l P0001:5 --need-by +2d --delivery pickup --submit --json"
    number = desk.ok(new, as_="gp_specialist").json["number"]
    desk.refused(f"dispatch book {number} --with 刘调度", "GPA-VEH-01", as_="gp_specialist")
    desk.refused(f"dispatch remind {number}", "GPA-VEH-01", as_="gp_specialist")


def test_a_label_for_every_box_and_none_for_an_opened_one(desk, order) -> None:
    """GPA-RCV-02, GPA-RCV-03, GPA-RCV-04: name, quantity, which box of how many; and its place."""
    for step in ISSUED.strip().splitlines():
        who, _colon, words = step.partition(": ")
        desk.ok(words.format(order=order), as_=who)
    desk.ok(f"dispatch box {order} 1:25 --times 2", as_="floor_supervisor")
    desk.ok(f"dispatch unbox {order} 1 --reason 破损", as_="floor_supervisor")
    missing = f"dispatch unbox {order} 1 --reason 破损"
    assert desk.run(missing, as_="floor_supervisor").exit == 6
    desk.ok(f"dispatch box {order} 1:5 --times 5 --place A3", as_="floor_supervisor")
    slip = desk.ok("dispatch list --json").json[0]["number"]
    paper = desk.ok(f"print {slip} --paper box_label", as_="distribution_center").out
    assert paper.count("数量: 25台") == 1
    assert paper.count("数量: 5台") == 5
    assert "第6箱/共6箱" in paper
    places = [row["place"] for row in desk.ok(f"dispatch boxes {slip} --json").json]
    assert places == ["团购货区", "团购货区", "A3", "A3", "A3", "A3", "A3"]


def test_a_delivery_note_is_as_its_customer_wants_it(desk, order) -> None:
    """GPA-UPD-02: another title, without prices; another wish is another printing."""
    for step in ISSUED.strip().splitlines():
        who, _colon, words = step.partition(": ")
        desk.ok(words.format(order=order), as_=who)
    paper = desk.ok(f"dispatch note {order} --title quotation", as_="gp_specialist").out
    assert "报价单" in paper
    assert "13,400.00" in paper
    plain = f"dispatch note {order} --no-prices"
    assert desk.run(plain, as_="gp_specialist").exit == 4
    paper = desk.ok(f"{plain} --reprint 客户要求", as_="gp_specialist").out
    assert "送货单" in paper
    assert "13,400.00" not in paper


def test_a_note_has_the_prices_of_the_receipt_once_they_are_in_the_table(desk, order) -> None:
    """GPA-UPD-01, GPA-UPD-02."""
    desk.ok(f"table new {order}", as_="gp_specialist")
    for step in ISSUED.strip().splitlines():
        who, _colon, words = step.partition(": ")
        desk.ok(words.format(order=order), as_=who)
    desk.ok(f"dispatch till {order} 1:50@267.50 --ref 0881", as_="gp_specialist")
    desk.refused(f"dispatch note {order}", "GPA-UPD-01", as_="gp_specialist")
    request = desk.ok(f"table update {order} --json", as_="gp_specialist").json["approval"]
    desk.refused(f"dispatch note {order}", "RTL-ORD-04", as_="gp_specialist")
    desk.ok(f"approval ok {request}", as_="purchasing")
    desk.ok(f"approval ok {request}", as_="merchant_manager")
    assert "13,375.00" in desk.ok(f"dispatch note {order}", as_="gp_specialist").out


def test_what_a_slip_waits_for_is_on_the_list_of_who_does_it(desk, order) -> None:
    """GPA-RCV-02, GPA-TIL-02, GPA-TAB-04: refusal, checklist and work queue say the same."""
    for step in ISSUED.strip().splitlines():
        who, _colon, words = step.partition(": ")
        desk.ok(words.format(order=order), as_=who)
    desk.ok(f"dispatch print {order}", as_="distribution_center")
    desk.ok(f"dispatch box {order} 1:25", as_="floor_supervisor")
    desk.ok(f"dispatch till {order} 1:50 --ref 0881", as_="gp_specialist")
    waits = {
        "floor_supervisor": "boxed",
        "loss_prevention": "till_checked",
        "gp_specialist": "order_tabulated",
    }
    for role, gate in waits.items():
        mine = desk.ok("todo --json", as_=role).json
        assert (order, gate) in [(task["order"], task["gate"]) for task in mine]
    shut = [gate["gate"] for gate in desk.ok(f"explain {order} --json").json["closed"]]
    assert set(waits.values()) < set(shut)
    shown = desk.ok(f"dispatch show {order} --json").json
    [receipt] = shown["receipts"]
    assert (receipt["total"], receipt["checked_by"]) == ("13400.00", "")
    assert [(box["quantity"], box["place"]) for box in shown["boxes"]] == [("25", "团购货区")]


def test_a_request_has_the_stock_here_and_in_all_and_the_supervisors_opinion(desk) -> None:
    """GPA-STK-01, GPA-STK-02, GPA-STK-03: what the clerk saw when asking stays beside it."""
    asked = "purchase new P0001:60 --supplier 美的 --reason 备货 --opinion 节前多订20台 --json"
    number = desk.ok(asked, as_="store_clerk").json["number"]
    here, in_all = desk.sql(
        "SELECT sum(CASE WHEN location = 'DC' THEN available END), sum(available) FROM v_stock"
        " WHERE code = 'P0001'"
    )[0]
    shown = desk.ok(f"purchase show {number} --json").json
    assert shown["opinion"] == "节前多订20台"
    [line] = shown["lines"]
    assert (line["stock_here"], line["stock_in_all"]) == (str(here), str(in_all))
    assert here < in_all


@pytest.mark.parametrize(("role", "exit"), [("gp_specialist", 0), ("finance", 5), ("buyer", 5)])
def test_physical_goods_are_sold_by_the_desk_and_cards_are_not(desk, role, exit) -> None:
    """GPM-PHY-01: group purchases of goods belong to the team; cards are another department's."""
    taken = desk.run("order new -c KH0001 -l P0001:5 --need-by +7d", as_=role)
    assert taken.exit == exit
    cards = desk.run("card sell -c KH0001 --amount 12800", as_=role)
    assert cards.exit == 5
    assert desk.sql("SELECT count(*) FROM card_sale") == [(0,)]


def test_the_desk_chases_money_and_takes_none(desk, order) -> None:
    """GPA-COL-01, BLK-MNY-01, C-05: a reminder is the clerk's, the money is the cashier's."""
    money = f"payment record {order} --amount 13400 --ref B1"
    desk.refused(money, "BLK-MNY-01", as_="gp_specialist", exit=5)
    due = desk.run("ar dun KH0001", as_="gp_specialist")
    assert due.exit == 4, "nothing is overdue yet, and it is not the right that is missing"
    assert desk.run("ar dun KH0001", as_="finance_cashier").exit == 5
