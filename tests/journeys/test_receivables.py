"""What customers owe: by age, as of a day, chased by letters, proved against the books."""

from __future__ import annotations

from collections.abc import Callable

import pytest


@pytest.fixture
def on_credit(desk, shelf) -> Callable[..., str]:
    """Delivers on credit: KH0001 has goods of 300.00 since the 20th, to be paid by `due`."""
    shelf({"T1": ("50.00", "100.00")})

    def step(command: str, role: str):
        return desk.ok(f"{command} --json", as_=role, on="2026-11-20").json

    limit = "credit set KH0001 --limit 9000 --until 2027-06-30 --investigated-by finance"
    number = step(f"{limit} --document 资信", "merchant_staff")["number"]
    step(f"approval ok {number}", "deputy_general_manager")

    def deliver(due: str, pieces: int = 3) -> str:
        new = f"order new -c KH0001 -l T1:{pieces} --need-by 2026-11-20 --payment credit --submit"
        order = step(new, "gp_specialist")
        number, total = str(order["number"]), order["total"]
        step(f"order review {number}", "merchant_supervisor")
        step(f"order print {number}", "gp_specialist")
        letter = f"credit letter {number} --guarantor gp_specialist --amount {total} --due {due}"
        step(f"{letter} --document 担保书", "gp_specialist")
        slip = step(f"dispatch new {number}", "distribution_center")["number"]
        step(f"dispatch print {slip}", "distribution_center")
        step(f"dispatch count {slip} 1:{pieces}", "distribution_center")
        step(f"dispatch count {slip} 1:{pieces}", "merchant_staff")
        step(f"dispatch load {slip} --truck 粤S12345 --driver 张师傅", "distribution_center")
        step(f"dispatch sign {slip} --by 李主任", "driver")
        wish = step(f"invoice request {number}", "gp_specialist")["number"]
        step(f"invoice agree {wish} --with 李主任", "gp_specialist")
        return number

    return deliver


def aged(desk, options: str = "", **how) -> dict[str, str]:
    (row,) = desk.ok(f"ar aging {options} --json", as_="finance", **how).json
    return {key: value for key, value in row.items() if value not in ("0.00", "")}


def test_a_debt_grows_old_from_its_due_day_or_from_its_delivery(desk, on_credit) -> None:
    """DST-GDS-13: due on the day of the letter of guarantee; money held is never netted."""
    on_credit("2026-12-10")
    desk.ok("payment record -c KH0001 --amount 50 --ref Z1", as_="finance_cashier")
    late = {"on": "2027-01-20"}
    who = {
        "customer": "KH0001",
        "customer_name": "宏达电器配件厂",
        "owed": "300.00",
        "free": "50.00",
    }
    assert aged(desk, on="2026-12-10") == {**who, "not_due": "300.00"}
    assert aged(desk, on="2026-12-11") == {**who, "days_0_30": "300.00"}
    assert aged(desk, **late) == {**who, "days_31_60": "300.00"}
    assert aged(desk, "--by doc", **late) == {**who, "days_61_90": "300.00"}


def test_what_was_owed_on_an_earlier_day_is_still_told(desk, on_credit) -> None:
    """DST-GDS-13: money that came later has not paid for it yet."""
    order = on_credit("2026-11-25")
    paid = f"payment record {order} --amount 120 --ref Z1"
    desk.ok(paid, as_="finance_cashier", on="2026-11-27")
    assert aged(desk, on="2026-11-28")["owed"] == "180.00"
    assert aged(desk, "--on 2026-11-26", on="2026-11-28")["owed"] == "300.00"
    assert desk.ok("ar aging --on 2026-11-19 --json", on="2026-11-28").json == []
    (row,) = desk.ok("ar due KH0001 --overdue --json", on="2026-11-28").json
    assert (row["order"], row["due_on"], row["overdue_days"]) == (order, "2026-11-25", 3)


def test_the_night_proves_the_bands_and_names_what_is_late(desk, on_credit) -> None:
    """DST-GDS-13: to the fen, whatever came and went."""
    order = on_credit("2026-11-25")
    on_credit("2026-12-25", 2)
    desk.ok(f"payment record {order} --amount 0.01 --ref Z1", as_="finance_cashier")
    checks = {each["check"] for each in desk.run("reconcile run --json", as_="finance").json}
    assert not {"ageing_equals_account", "receivables_equal_account"} & checks
    assert desk.sql("SELECT balance_fen FROM v_account WHERE account = '1122'") == [(49999,)]
    assert aged(desk)["owed"] == "499.99"


def test_the_merchant_department_chases_and_finance_collects(desk, on_credit) -> None:
    """RTL-DUT-03: who chases takes no money; the letter is logged with who and when."""
    order = on_credit("2026-11-25")
    early = "ar dun KH0001"
    desk.refused(early, "0.00 of 300.00 is overdue", as_="merchant_staff", on="2026-11-25")
    late = {"on": "2026-12-01"}
    desk.refused(early, "RTL-DUT-03", as_="finance_cashier", exit=5, **late)
    paid = f"payment record {order} --amount 300 --ref Z1"
    desk.refused(paid, "RTL-DUT-03", as_="merchant_staff", exit=5, **late)

    def waits() -> list[str]:
        rows = desk.ok("todo --json", as_="merchant_staff", on="2026-12-01").json
        return [row["command"] for row in rows if row["gate"] == "dunned"]

    assert waits() == ["kac ar dun KH0001"]
    told = desk.ok(early, as_="merchant_staff", **late)
    assert "催 款 单" in told.out and "叁佰元整" in told.out and order in told.out
    assert waits() == []
    (row,) = desk.ok("ar letters KH0001 --json", **late).json
    assert (row["dunned_by"], row["on_day"], row["overdue"], row["pay_by"]) == (
        "merchant_staff",
        "2026-12-01",
        "300.00",
        "2026-12-08",
    )
    desk.ok(paid, as_="finance_cashier", **late)
    again = f"ar print {row['number']}"
    desk.refused(again, "needs a reason", as_="merchant_staff", **late)
    shown = desk.ok(f"{again} --reprint 未收到", as_="merchant_staff", **late)
    assert "叁佰元整" in shown.out, "a letter says what it said"
