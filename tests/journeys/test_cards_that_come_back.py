"""Gift cards that come back unused after they were paid for, and where their money goes."""

from __future__ import annotations

import pytest

from tests.journeys.test_hypermarket_money import opened

SALE = "KS20261120-0001"
CODES = {"cash": "1001", "ebank": "1002"}


@pytest.fixture
def paid(desk):
    """Ten cards of 200.00 paid for by e-bank 1,500.00 and cash 500.00, their IOU withdrawn."""
    opened(desk)
    ebank = f"day item {SALE} --amount 1500 --funds ebank --ref W1 --notes 无"
    for who, words in (
        ("business_manager", ebank),
        ("ebank_auditor", "day voucher JS20261120-0001 --ref V1"),
        ("finance_window", "day settle JS20261120-0001"),
        ("business_manager", f"day item {SALE} --amount 500 --funds cash --notes 无"),
        ("finance_window", "day settle JS20261120-0002"),
        ("finance_window", "iou withdraw QT20261120-0001"),
    ):
        desk.ok(words, as_=who)
    return desk


def balance(desk, account: str) -> int:
    rows = desk.sql("SELECT balance_fen FROM v_account WHERE account = ?", account)
    return rows[0][0] if rows else 0


def returned(desk, cards: str) -> dict:
    words = f"card return {SALE} {cards} --reason 没用完 --json"
    return desk.ok(words, as_="finance_window").json


def asked(desk, amount: str) -> list[str]:
    words = f"refund request {SALE} --amount {amount} --reason 退卡 --json"
    return desk.ok(words, as_="business_manager").json["refunds"]


def sound(desk) -> None:
    """The night finds nothing wrong."""
    found = desk.run("reconcile run --json", as_="cron").json
    assert [each for each in found if not each["soft"]] == []


def test_what_was_paid_goes_back_the_way_it_came_and_the_books_agree(paid) -> None:
    """HYP-CRD-07, RTL-SHT-14, RTL-SHT-15, A-36, C-19: 1,600.00 is 1,500.00 by e-bank, then cash."""
    returned(paid, "HZ880001+8")
    assert balance(paid, "2205") == -40_000
    assert (balance(paid, "112201"), balance(paid, "224102")) == (0, -160_000)
    sound(paid)
    paid.refused(f"refund request {SALE} --amount 1600.01 --reason 退卡", "RTL-SHT-15",
                 as_="business_manager")  # fmt: skip
    first, second = asked(paid, "1600")
    shown = [paid.ok(f"refund show {each} --json").json for each in (first, second)]
    assert [(each["payment"], each["amount"], each["method"]) for each in shown] == [
        ("JS20261120-0001", "1500.00", "transfer"),
        ("JS20261120-0002", "100.00", "cash"),
    ]
    words = f"refund request {SALE} --amount 0.01 --reason 退卡"
    paid.refused(words, "RTL-SHT-15", as_="business_manager")
    paid.refused(f"refund pay {first} --ref B1", "RTL-SHT-14", as_="finance_cashier")
    for number, proof in ((first, "--ref B1"), (second, "")):
        paid.ok(f"approval ok {number}", as_="logistics_manager")
        paid.refused(f"refund pay {number} {proof}", as_="logistics_manager", exit=5)
        paid.ok(f"refund pay {number} {proof}", as_="finance_cashier")
        paid.refused(f"refund pay {number} --ref B9", as_="finance_cashier")
    assert (balance(paid, "1002"), balance(paid, "1001")) == (0, 40_000)
    assert balance(paid, "224102") == balance(paid, "112201") == 0
    row = paid.sql("SELECT worth_fen, settled_fen, owed_fen, back_fen, state FROM v_card_sale")
    assert row == [(40_000, 40_000, 0, 0, "settled")]
    sound(paid)


def test_the_window_gives_nothing_back_beside_the_refund(paid) -> None:
    """HYP-CRD-06, RTL-SHT-14, C-19: not for cards that are out, and not a second time."""
    paid.refused("day return JS20261120-0002 --reason 退", "HYP-CRD-06", as_="finance_window")
    returned(paid, "HZ880001+2")
    paid.refused("day return JS20261120-0002 --reason 退", "RTL-SHT-14", as_="finance_window")
    [number] = asked(paid, "400")
    paid.ok(f"approval ok {number}", as_="logistics_manager")
    paid.ok(f"refund pay {number} --ref B1", as_="finance_cashier")
    paid.refused("day return JS20261120-0001 --reason 退", "RTL-SHT-14", as_="finance_window")
    sound(paid)


def test_a_refund_that_is_given_up_is_asked_for_again_and_never_twice_at_once(paid) -> None:
    """RTL-SHT-14, A-28: what is not approved is never paid; nothing is forfeited."""
    returned(paid, "HZ880001+2")
    [number] = asked(paid, "400")
    paid.ok(f"refund drop {number} --reason 改日", as_="business_manager")
    [again] = asked(paid, "400")
    paid.refused(f"refund pay {number} --ref B1", as_="finance_cashier")
    paid.ok(f"approval reject {again} --reason 单据不全", as_="logistics_manager")
    paid.refused(f"refund pay {again} --ref B1", as_="finance_cashier")
    sound(paid)


def test_cards_partly_paid_lower_the_debt_first(desk) -> None:
    """HYP-CRD-07: 1,900.00 of 2,000.00 paid, two cards back: 100.00 less, 300.00 goes back."""
    opened(desk)
    desk.ok(f"day item {SALE} --amount 1900 --funds cash --notes 无", as_="business_manager")
    back = f"card return {SALE} HZ880001+2 --reason 没用完"
    desk.refused(back, "HYP-CRD-07", as_="finance_window")
    desk.ok("day settle JS20261120-0001", as_="finance_window")
    told = desk.ok(back, as_="finance_window")
    assert "100.00 less is owed" in told.out
    assert "300.00 was paid" in told.out
    assert f"kac refund request {SALE} --amount 300.00 --reason …" in told.err
    assert desk.ok(f"card show {SALE} --json").json["state"] == "settled"
    desk.ok("iou withdraw QT20261120-0001", as_="finance_window")
    slip = desk.ok(f"refund print {asked(desk, '300')[0]}", as_="business_manager").out
    assert "叁佰元整" in slip
    sound(desk)


@pytest.mark.parametrize("document", [SALE, "KP20261120-0001"])
def test_cards_come_back_on_no_day_before_they_went(paid, document) -> None:
    """HYP-CRD-07: neither from the customer before the sale nor to the issuer before the batch."""
    cards = "HZ880001+1" if document == SALE else "HZ880090+1"
    words = f"card return {document} {cards} --reason 试 --on 2026-11-19 --json"
    assert paid.refused(words, as_="finance_window").error["code"] == "E-VAL-034"
