"""Money back: by which way, who signs, and what becomes of it when nobody pays."""

from __future__ import annotations

import pytest


@pytest.fixture
def paid(desk, shelf):
    """Money on account of 230.00, verified; `paid(method)` returns its number."""
    shelf({"T1": ("50.00", "100.00")})

    def made(method: str = "transfer", ref: str = "A1") -> str:
        words = f"payment record -c KH0001 --amount 230 --method {method} --json"
        words += f" --ref {ref}" if method != "cash" else " --reason 散客"
        number = str(desk.ok(words, as_="finance_cashier").json["number"])
        desk.ok(f"payment verify {number}", as_="finance")
        desk.ok(f"payment print {number} -q", as_="finance_cashier")
        return number

    return made


def requested(desk, money: str, amount: str = "230"):
    words = f"refund request {money} --amount {amount} --reason 多付 --json"
    return desk.ok(words, as_="gp_specialist").json


def account(desk, code: str) -> int:
    rows = desk.sql(f"SELECT balance_fen FROM v_account WHERE account = '{code}'")
    return rows[0][0] if rows else 0


@pytest.mark.parametrize(
    ("method", "code"),
    [("transfer", "1002"), ("cash", "1001"), ("wechat", "101202"), ("pos", "101204")],
)
def test_money_goes_back_by_the_way_it_came(desk, paid, method, code) -> None:
    """A-36, RTL-SHT-15: the account that it arrived in is the one that it leaves."""
    money = paid(method)
    assert account(desk, code) == 23000
    refund = requested(desk, money)
    assert refund["method"] == method
    assert not refund["cancellation"]
    desk.ok(f"approval ok {refund['approval']}", as_="logistics_manager")
    ref = "" if method == "cash" else "--ref B1"
    desk.ok(f"refund pay {refund['number']} {ref}", as_="finance_cashier")
    assert account(desk, code) == account(desk, "2203") == 0
    assert desk.run("reconcile run --check", as_="finance").exit == 0


def test_who_asked_does_not_pay(desk, paid) -> None:
    """C-19, A-56: the cashier who found it paid twice leaves the paying to another."""
    money = paid()
    words = f"refund request {money} --amount 1 --reason 多付 --json"
    refund = desk.ok(words, as_="finance_cashier").json
    desk.ok(f"approval ok {refund['approval']}", as_="logistics_manager")
    pay = f"refund pay {refund['number']} --ref B1"
    desk.refused(pay, "C-19", "requested it", as_="finance_cashier", exit=5)
    desk.ok(pay, as_="finance")


def test_who_signed_does_not_pay_whatever_offices_are_held(desk, paid) -> None:
    """C-19, RTL-SHT-14: also not a person of finance who stands in for the logistics manager."""
    money = paid()
    refund = requested(desk, money, "5")
    delegate = "approval delegate --to finance --scope refund --cap 1000 --until +7d --doc 031"
    desk.ok(delegate, as_="logistics_manager")
    desk.ok(f"approval ok {refund['approval']}", as_="finance")
    desk.refused(f"refund pay {refund['number']} --ref B1", "C-19", as_="finance", exit=5)


def test_one_person_gives_one_signature_to_a_cancellation(desk, paid) -> None:
    """A-61, A-56: the merchant manager and the logistics manager are two persons."""
    money = paid()
    words = f"refund request {money} --amount 5 --reason 取消 --cancellation --json"
    refund = desk.ok(words, as_="gp_specialist").json
    desk.ok("staff grant logistics_manager --role merchant_manager", as_="administrator")
    desk.ok(f"approval ok {refund['approval']}", as_="logistics_manager")
    shown = desk.ok(f"refund show {refund['number']} --json").json
    assert shown["approval_state"] == "pending"
    desk.refused(f"approval ok {refund['approval']}", as_="logistics_manager", exit=5)


def test_a_refund_that_is_refused_or_dropped_frees_its_money(desk, paid) -> None:
    """RTL-SHT-14: what is not approved is never paid; the money stays the customer's (A-28)."""
    money = paid()
    refund = requested(desk, money)
    assert desk.ok(f"payment show {money} --json").json["free"] == "0.00"
    desk.ok(f"approval reject {refund['approval']} --reason 凭证不全", as_="logistics_manager")
    desk.refused(f"refund pay {refund['number']} --ref B1", "RTL-SHT-14", as_="finance_cashier")
    desk.ok(f"refund drop {refund['number']} --reason 凭证不全", as_="gp_specialist")
    assert desk.ok(f"payment show {money} --json").json["free"] == "230.00"
    desk.refused(f"refund pay {refund['number']} --ref B1", as_="finance_cashier")


def test_the_same_reference_is_not_sent_twice(desk, paid) -> None:
    """RTL-SHT-15: one transfer of the bank is one refund."""
    money = paid()
    for place in (1, 2):
        refund = requested(desk, money, "5")
        desk.ok(f"approval ok {refund['approval']}", as_="logistics_manager")
        pay = f"refund pay {refund['number']} --ref B1"
        if place == 1:
            desk.ok(pay, as_="finance_cashier")
        else:
            assert desk.run(f"{pay} --json", as_="finance_cashier").error["code"] == "E-RFD-001"


def test_money_of_two_payments_is_two_refunds(desk, paid) -> None:
    """A-36: each goes back the way it came, the oldest first."""
    first, second = paid("transfer", "A1"), paid("wechat", "A2")
    number = desk.ok(
        "order new -c KH0001 --need-by 2026-11-27 --submit --json -l T1:4", as_="gp_specialist"
    ).json["number"]
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    desk.ok(f"deposit apply {first} {number} --amount 200", as_="finance_cashier")
    desk.ok(f"payment allocate {second} --to {number}:200", as_="finance")
    for money in (first, second):
        desk.ok(f"payment unallocate {money} {number} --reason 取消", as_="finance")
    desk.ok(f"order void {number} --reason 取消 --yes", as_="merchant_supervisor")
    made = desk.ok(
        f"refund request {number} --amount 300 --reason 取消 --json", as_="gp_specialist"
    ).json
    rows = desk.sql("SELECT payment, amount_fen, cancellation FROM v_refund ORDER BY id")
    assert rows == [(first, 23000, 1), (second, 7000, 1)]
    assert len(made["refunds"]) == 2


def test_no_money_goes_back_on_a_day_before_it_came(desk, paid) -> None:
    """A-36: a refund stands on money that is there."""
    asked = f"refund request {paid()} --amount 1 --reason 多付 --on 2026-11-19"
    error = desk.refused(f"{asked} --json", as_="gp_specialist").error
    assert error["code"] == "E-VAL-034"


def test_the_way_out_has_a_reference_of_its_own(desk, paid) -> None:
    """RTL-DUT-07: one transfer of the bank is one sum, in or out."""
    refund = requested(desk, paid())
    desk.ok(f"approval ok {refund['approval']}", as_="logistics_manager")
    for reference in ("A1", "a1"):
        told = desk.refused(
            f"refund pay {refund['number']} --ref {reference}", as_="finance_cashier"
        )
        assert "E-RFD-001" in told.err
    desk.ok(f"refund pay {refund['number']} --ref B1", as_="finance_cashier")
