"""Wholesale goods that come back: nobody keeps goods and money, and the books say the same."""

from __future__ import annotations

import pytest

from tests.journeys.test_hypermarket_money import opened

GOODS = "PF20261120-0001"
CREDIT = "XY20261120-0001"


@pytest.fixture
def store(desk, shelf):
    """A day that is open, T1 at 9.99 (cost 5.00), and credit of 900.00 for KH0002."""
    shelf({"T1": ("5.00", "9.99")})
    opened(desk)
    apply = "credit apply -c KH0002 --amount 900 --collect +30d --by ebank --credibility 好"
    desk.ok(f"{apply} --record 合同", as_="business_manager")
    desk.ok(f"approval ok {CREDIT}", as_="bulk_department_head")
    desk.ok(f"approval ok {CREDIT}", as_="company_leader")
    return desk


def steps(desk, *words: tuple[str, str]) -> None:
    for who, command in words:
        desk.ok(command, as_=who)


def prepared(desk, new: str) -> None:
    steps(
        desk,
        ("business_manager", f"wholesale new {new}"),
        ("purchasing", f"wholesale price {GOODS} --line T1@9.99"),
        ("store_person", f"wholesale prepare {GOODS}"),
    )


def sold_for_cash(desk, pieces: int = 3) -> None:
    """Spot goods: paid in cash, invoiced as F1, delivered."""
    prepared(desk, f"-c KH0001 --line T1:{pieces}")
    owed = desk.ok(f"wholesale show {GOODS} --json").json["owed"]
    steps(
        desk,
        ("business_manager", f"day item {GOODS} --amount {owed} --funds cash --notes 无"),
        ("finance_window", "day settle JS20261120-0001"),
        ("finance_window", f"wholesale invoice {GOODS} --ref F1"),
        ("store_person", f"wholesale deliver {GOODS} --signed-by 李"),
    )


def sold_on_credit(desk, pieces: int = 3) -> None:
    prepared(desk, f"-c KH0002 --line T1:{pieces} --credit {CREDIT}")
    steps(
        desk,
        ("business_manager", f"wholesale book {GOODS}"),
        ("store_person", f"wholesale deliver {GOODS} --signed-by 陈"),
        ("business_manager", f"wholesale agree {GOODS} --content 家电"),
    )


def balance(desk, account: str) -> int:
    rows = desk.sql("SELECT balance_fen FROM v_account WHERE account = ?", account)
    return rows[0][0] if rows else 0


def shown(desk) -> dict:
    return desk.ok(f"wholesale show {GOODS} --json").json


def sound(desk) -> None:
    """The night finds nothing wrong."""
    found = desk.run("reconcile run --json", as_="cron").json
    assert [each for each in found if not each["soft"]] == []


def test_paid_goods_come_back_for_money_the_way_it_came(store) -> None:
    """RTL-SHT-14, RTL-SHT-15, A-36, C-19, HYP-GDS-03, C-14: red invoice first, then the refund."""
    sold_for_cash(store)
    stock = store.sql("SELECT quantity FROM v_place v JOIN product p ON p.id = v.product_id"
                      " WHERE p.code = 'T1' AND place = '@customer'")  # fmt: skip
    assert stock == [(3,)]
    store.ok(f"wholesale return {GOODS} --line T1:1 --scrap T1:1 --reason 多订", as_="store_person")
    told = shown(store)
    assert (told["returned"], told["to_refund"], told["owed"]) == ("19.98", "19.98", "-19.98")
    assert (balance(store, "224104"), balance(store, "112202")) == (-1998, 0)
    assert (balance(store, "6001"), balance(store, "6711")) == (-999, 500)
    sound(store)
    asked = f"refund request {GOODS} --amount 19.98 --reason 退货 --json"
    store.refused(asked, "HYP-GDS-03", as_="business_manager")
    waits = {each["gate"] for each in store.ok("todo --json", as_="finance_window").json}
    assert "goods_red_invoiced" in waits
    store.refused(f"wholesale red {GOODS} --ref F1", "HYP-GDS-03", as_="finance_window")
    store.ok(f"wholesale red {GOODS} --ref R1", as_="finance_window")
    store.refused(f"wholesale red {GOODS} --ref R2", "HYP-GDS-03", as_="finance_window")
    store.refused(asked.replace("19.98", "19.99"), "RTL-SHT-15", as_="business_manager")
    refund = store.ok(asked, as_="business_manager").json["number"]
    store.refused(asked, "RTL-SHT-15", as_="business_manager")
    store.ok(f"approval ok {refund}", as_="logistics_manager")
    store.ok(f"refund pay {refund}", as_="finance_cashier")
    assert (balance(store, "224104"), shown(store)["to_refund"]) == (0, None)
    assert shown(store)["invoiced"] == "9.99"
    store.refused(asked, "RTL-SHT-15", as_="business_manager")
    sound(store)


def test_what_came_back_of_goods_on_credit_is_owed_no_more(store) -> None:
    """HYP-GDS-07, HYP-CRE-05: the credit is free again by as much, and the rest is collected."""
    sold_on_credit(store)
    assert store.ok(f"credit show {CREDIT} --json").json["used"] == "29.97"
    store.ok(f"wholesale return {GOODS} --line T1:1 --reason 多订", as_="store_person")
    assert (shown(store)["owed"], balance(store, "224104")) == ("19.98", 0)
    assert store.ok(f"credit show {CREDIT} --json").json["used"] == "19.98"
    store.refused(
        f"day item {GOODS} --amount 19.99 --funds cash --notes 无",
        "HYP-FIN-05",
        as_="business_manager",
    )
    steps(
        store,
        ("business_manager", f"day item {GOODS} --amount 15 --funds cash --notes 无"),
        ("finance_window", "day settle JS20261120-0001"),
    )
    store.ok(f"wholesale return {GOODS} --line T1:1 --reason 又退", as_="store_person")
    told = shown(store)
    assert (told["owed"], told["to_refund"], told["state"]) == ("-5.01", "5.01", "settled")
    assert (balance(store, "112202"), balance(store, "224104")) == (0, -501)
    sound(store)
    store.ok(f"refund request {GOODS} --amount 5.01 --reason 退货", as_="business_manager")


def test_parts_that_come_back_cost_together_what_the_line_cost(store) -> None:
    """RTL-SHT-15: to the fen, however the pieces come."""
    sold_on_credit(store, 7)
    for pieces in (2, 4, 1):
        store.ok(f"wholesale return {GOODS} --line T1:{pieces} --reason 退", as_="store_person")
    told = shown(store)
    assert (told["returned"], told["owed"], told["state"]) == ("69.93", "0.00", "settled")
    assert (balance(store, "6001"), balance(store, "6401"), balance(store, "112202")) == (0, 0, 0)
    sound(store)
    more = f"wholesale return {GOODS} --line T1:1 --reason 退"
    store.refused(more, "RTL-SHT-15", as_="store_person")
    store.refused(f"wholesale invoice {GOODS} --ref F1", "HYP-GDS-03", as_="finance_window")


def test_no_way_to_have_goods_back_twice_or_money_over_the_window(store) -> None:
    """HYP-GDS-01, HYP-GDS-03, A-56, RTL-SHT-14, RTL-SHT-15."""
    sold_for_cash(store)
    back = f"wholesale return {GOODS} --reason 退 --line"
    store.refused(f"{back} T1:1", "RTL-SHT-15", as_="business_manager", exit=5)
    store.refused(f"{back} T1:4", "RTL-SHT-15", as_="store_person")
    store.refused(f"{back} T1:2 --scrap T1:2", "RTL-SHT-15", as_="store_person")
    store.refused(f"{back} P0001:1", "HYP-GDS-09", as_="store_person", exit=6)
    store.refused(f"wholesale void {GOODS} --reason 退", as_="business_manager")
    store.ok(f"{back} T1:3", as_="store_person")
    store.refused("day return JS20261120-0001 --reason 退", "RTL-SHT-14", as_="finance_window")
    store.refused(f"wholesale void {GOODS} --reason 退", as_="business_manager")
    sound(store)


def test_goods_wait_while_money_for_them_is_on_its_way(store) -> None:
    """RTL-SHT-15: else the manager would carry money for goods that are back on the shelf."""
    sold_on_credit(store)
    store.ok(f"day item {GOODS} --amount 20 --funds cash --notes 无", as_="business_manager")
    back = f"wholesale return {GOODS} --reason 退 --line"
    store.refused(f"{back} T1:1", "RTL-SHT-15", as_="store_person")
    store.ok("day settle JS20261120-0001", as_="finance_window")
    store.ok(f"{back} T1:1", as_="store_person")
    assert shown(store)["to_refund"] == "0.02"
    sound(store)


def test_an_invoice_of_goods_that_nobody_pays_is_taken_back_before_the_sale_is_void(store) -> None:
    """HYP-GDS-03, C-14: and one invoice number is for one sale."""
    prepared(store, "-c KH0001 --line T1:1")
    steps(
        store,
        ("business_manager", f"day item {GOODS} --amount 9.99 --funds cash --notes 无"),
        ("finance_window", "day settle JS20261120-0001"),
        ("finance_window", f"wholesale invoice {GOODS} --ref F1"),
    )
    store.refused(f"wholesale invoice {GOODS} --ref F2", "F1", as_="finance_window")
    store.refused(f"wholesale red {GOODS} --ref R1", "HYP-GDS-03", as_="finance_window")
    store.ok("day return JS20261120-0001 --reason 不买了", as_="finance_supervisor")
    void = f"wholesale void {GOODS} --reason 不买了"
    store.refused(void, "HYP-GDS-03", as_="business_manager")
    store.ok(f"wholesale red {GOODS} --ref R1", as_="finance_window")
    store.ok(void, as_="business_manager")
    sound(store)


def test_a_seller_who_also_works_in_the_store_does_not_count_in_what_they_sold(store) -> None:
    """A-56."""
    sold_on_credit(store)
    store.ok("staff grant business_manager --role store_person", as_="administrator")
    back = f"wholesale return {GOODS} --line T1:1 --reason 退"
    store.refused(back, "A-56", as_="business_manager")
    store.ok(back, as_="store_person")


@pytest.mark.parametrize(
    ("who", "command"),
    [
        ("store_person", f"wholesale return {GOODS} --line T1:1 --reason 多订"),
        ("finance_window", f"wholesale invoice {GOODS} --ref F1"),
        ("store_person", f"wholesale deliver {GOODS} --signed-by 李"),
    ],
)
def test_no_step_stands_on_a_day_before_the_money(store, who, command) -> None:
    """HYP-GDS-01, HYP-GDS-03: neither delivery, invoice nor return is dated back before it."""
    early = GOODS.replace("1120", "1118")
    steps(
        store,
        ("business_manager", "wholesale new -c KH0001 --line T1:3 --on 2026-11-18"),
        ("purchasing", f"wholesale price {early} --line T1@9.99 --on 2026-11-18"),
        ("store_person", f"wholesale prepare {early} --on 2026-11-18"),
        ("business_manager", f"day item {early} --amount 29.97 --funds cash --notes 无"),
        ("finance_window", "day settle JS20261120-0001"),
    )
    typed = f"{command.replace(GOODS, early)} --on 2026-11-19 --json"
    error = store.refused(typed, as_=who).error
    assert error["code"] == "E-VAL-034"
