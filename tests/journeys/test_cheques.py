"""Cheques that come to nothing: what they paid for is owed again, and every sum is as before."""

from __future__ import annotations

import pytest

NEW = "order new -c KH0001 --need-by 2026-11-27 --submit --json"
SLIP = "--no 00312345 --bank 工行 --issued 2026-11-20"


@pytest.fixture
def cheque(desk, shelf) -> tuple[str, str]:
    """A cheque of 100.00 for an order of 100.00."""
    shelf({"T1": ("50.00", "100.00")})
    order = str(desk.ok(f"{NEW} -l T1:1", as_="gp_specialist").json["number"])
    desk.ok(f"order review {order}", as_="merchant_supervisor")
    taken = desk.ok(f"cheque record {order} --amount 100 {SLIP} --json", as_="finance_cashier").json
    return order, str(taken["number"])


def owed(desk, order: str) -> str:
    return str(desk.ok(f"order show {order} --json").json["owed"])


def money(desk) -> dict[str, int]:
    """What accounts of money and customers hold, those that hold nothing left out."""
    rows = desk.sql("SELECT account, balance_fen FROM v_account WHERE account < '3'")
    return {account: fen for account, fen in rows if fen and account[:2] not in ("14", "19")}


def test_a_cheque_whose_seal_differs_is_handed_back(desk, cheque) -> None:
    """SC-18, RTL-CTL-05: it was never money, and the order is unpaid again."""
    order, number = cheque
    assert owed(desk, order) == "0.00"
    assert money(desk) == {"101201": 10000, "2203": -10000}
    desk.ok(f"cheque hand-back {number} --reason 印鉴不符", as_="finance")
    assert owed(desk, order) == "100.00"
    assert money(desk) == {}
    desk.refused(f"cheque clear {number} --ref X1", "handed back", as_="finance")


def test_a_cheque_that_bounces_reopens_what_it_paid(desk, cheque) -> None:
    """RTL-CTL-06: by new entries; the first ones stand."""
    order, number = cheque
    desk.ok(f"cheque check-seal {number} --specimen 卡1", as_="finance")
    desk.ok(f"cheque bank {number}", as_="finance_cashier")
    before = desk.sql("SELECT count(*) FROM posting")[0][0]
    desk.ok(f"cheque bounce {number} --reason 存款不足", as_="finance")
    assert owed(desk, order) == "100.00"
    assert money(desk) == {}
    assert desk.sql("SELECT count(*) FROM posting")[0][0] == before + 1
    assert desk.sql("SELECT state FROM payment") == [("bounced",)]
    checks = {each["check"] for each in desk.run("reconcile run --json", as_="finance").json}
    assert not {check for check in checks if "account" in check or "liability" in check}
    desk.ok(f"cheque record {order} --amount 100 {SLIP}", as_="finance_cashier")


def test_a_cheque_is_presented_in_its_days_only(desk, cheque) -> None:
    """RTL-CTL-05: on the last day yes, on the day after no."""
    _order, number = cheque
    desk.ok(f"cheque check-seal {number} --specimen 卡1", as_="finance")
    late = f"cheque bank {number} --on 2026-12-01"
    desk.refused(late, "good until 2026-11-30", as_="finance_cashier", on="2026-12-01")
    desk.ok(f"cheque bank {number}", as_="finance_cashier", on="2026-11-30")


def test_whoever_must_do_something_about_a_cheque_finds_it_in_the_todo(desk, cheque) -> None:
    """BLK-ESC-02, RTL-CTL-05, RTL-CTL-06."""
    _order, number = cheque
    waits = {
        role: {each["gate"] for each in desk.ok("todo --json", as_=role).json}
        for role in ("duty_manager", "finance", "finance_cashier")
    }
    assert "manager_told" in waits["duty_manager"]
    assert "seal_matches" in waits["finance"]
    assert "cheque_presented" not in waits["finance_cashier"]
    desk.ok(f"cheque check-seal {number} --specimen 卡1", as_="finance")
    gates = {each["gate"] for each in desk.ok("todo --json", as_="finance_cashier").json}
    assert "cheque_presented" in gates
