"""Cheques at the finance window: nothing goes for one before the bank has paid it."""

from __future__ import annotations

import pytest

from tests.journeys.test_hypermarket_money import opened

GOODS, SALE = "PF20261120-0001", "KS20261120-0001"
CHEQUE = (
    "day item {} --amount {} --funds cheque --ref 30501123 --notes 无"
    " --bank 工行新港支行 --issued 2026-11-19"
)
AT_THE_BANK = (
    ("finance", "cheque check-seal 30501123 --specimen 印鉴卡031"),
    ("settlement_duty_officer", "cheque bank 30501123"),
)


@pytest.fixture
def taken(desk):
    """Spot goods for 260.00, ready in the store, and a cheque for them in the manager's hands."""
    opened(desk)
    for who, words in (
        ("business_manager", "wholesale new -c KH0001 --line P0001:1"),
        ("purchasing", f"wholesale price {GOODS} --line P0001@260"),
        ("store_person", f"wholesale prepare {GOODS}"),
        ("business_manager", CHEQUE.format(GOODS, 260)),
    ):
        desk.ok(words, as_=who)
    return desk


def presented(desk) -> None:
    for who, words in AT_THE_BANK:
        desk.ok(words, as_=who)


def test_spot_goods_wait_until_the_bank_has_paid(taken) -> None:
    """RTL-CTL-06, A-48, HYP-GDS-01, HYP-GDS-03."""
    taken.refused("day settle 30501123", "RTL-CTL-06", as_="finance_window")
    taken.refused(f"wholesale invoice {GOODS} --ref F1", "HYP-GDS-03", as_="finance_window")
    taken.refused(f"wholesale deliver {GOODS} --signed-by 李", "HYP-GDS-01", as_="store_person")
    taken.refused("day voucher 30501123 --ref V1", as_="business_manager", exit=5)
    taken.refused("day voucher 30501123 --ref V1", "taken", as_="ebank_auditor")
    presented(taken)
    taken.refused("day settle 30501123", "RTL-CTL-06", as_="finance_window")
    taken.ok("day voucher 30501123 --ref V1", as_="ebank_auditor")
    taken.ok("day settle 30501123", as_="finance_window")
    taken.ok(f"wholesale invoice {GOODS} --ref F1", as_="finance_window")
    taken.ok(f"wholesale deliver {GOODS} --signed-by 李", as_="store_person")
    taken.refused("day return 30501123 --reason 退", "HYP-GDS-01", as_="finance_window")


def test_a_cheque_that_bounced_is_taken_out_again_and_all_is_owed(taken) -> None:
    """RTL-CTL-06, HYP-FIN-01: also out of the department's custody; the books say the same."""
    kept = "--unit KH0001 --manager business_manager --custodian bulk_department_head"
    taken.ok(f"day custody 30501123 {kept}", as_="settlement_duty_officer")
    taken.ok("day return 30501123 --reason 退票", as_="finance_window")
    shown = taken.ok(f"wholesale show {GOODS} --json").json
    assert shown["owed"] == "260.00"
    assert taken.sql(
        "SELECT count(*) FROM v_account WHERE balance_fen <> 0 AND account = '122102'"
    ) == [(0,)]
    taken.ok(CHEQUE.format(GOODS, 260), as_="business_manager")
    found = taken.run("reconcile run --json", as_="cron").json
    assert [each for each in found if not each["soft"]] == []


def test_an_iou_stays_until_the_cheque_for_its_cards_is_paid(desk) -> None:
    """HYP-CRD-06, RTL-CTL-06."""
    opened(desk)
    desk.ok(CHEQUE.format(SALE, 2000), as_="business_manager")
    desk.refused("iou withdraw QT20261120-0001", "HYP-CRD-06", as_="finance_window")
    presented(desk)
    desk.ok("day voucher 30501123 --ref V1", as_="ebank_auditor")
    desk.ok("day settle 30501123", as_="finance_window")
    desk.ok("iou withdraw QT20261120-0001", as_="finance_window")


def test_a_cheque_of_the_window_is_a_cheque_like_any_other(taken) -> None:
    """RTL-CTL-05, RTL-CTL-06, A-48, A-56: its seal, its days, whose work it is, the night."""
    shown = taken.ok("cheque show 30501123 --json").json
    assert (shown["number"], shown["item"], shown["payment"], shown["last_day"]) == (
        *("ZP20261120-0001", "JS20261120-0001", "", "2026-11-29"),
    )
    due = taken.ok("cheque due --json").json
    assert [each["item"] for each in due] == ["JS20261120-0001"]
    gates = {each["gate"] for each in taken.ok("todo --json", as_="finance").json}
    assert "seal_matches" in gates
    assert not {
        each["number"]
        for each in taken.ok("todo --json", as_="duty_manager").json
        if each["gate"] == "manager_told"
    }
    taken.refused(
        "cheque check-seal 30501123 --specimen 卡", "RTL-CTL-05", as_="business_manager", exit=5
    )
    taken.refused("cheque bank 30501123", "RTL-CTL-05", as_="settlement_duty_officer")
    taken.ok("cheque check-seal 30501123 --specimen 卡", as_="finance")
    late = "cheque bank 30501123"
    taken.refused(late, "good until 2026-11-29", as_="settlement_duty_officer", on="2026-11-30")
    taken.ok("cheque bank 30501123", as_="settlement_duty_officer")
    night = taken.run("reconcile run --json", as_="cron").json
    assert [each["subject"] for each in night if each["check"] == "cheques_not_cleared"] == [
        "ZP20261120-0001"
    ]
    assert taken.sql("SELECT balance_fen FROM v_account WHERE account = '101201'") == [(26000,)]
    taken.ok("cheque clear 30501123 --ref V1", as_="ebank_auditor")
    assert taken.ok("day show 30501123 --json").json["voucher"] == "V1"
    taken.refused("day voucher 30501123 --ref V2", "cleared", as_="ebank_auditor")
    taken.ok("day settle 30501123", as_="finance_window")
    assert taken.sql("SELECT balance_fen FROM v_account WHERE account = '101201'") == [(0,)]
    assert taken.ok("cheque due --json").json == []


@pytest.mark.parametrize("words", ["cheque bounce 30501123", "day return 30501123"])
def test_what_the_bank_sends_back_is_owed_again_by_either_word(taken, words) -> None:
    """RTL-CTL-06: one event: the item is given back, the cheque has bounced."""
    presented(taken)
    taken.refused(f"{words} --reason 退票", "finance_window", as_="business_manager", exit=5)
    taken.ok(f"{words} --reason 退票", as_="finance_window")
    assert taken.sql("SELECT state, end_reason FROM cheque") == [("bounced", "退票")]
    assert taken.sql("SELECT state FROM taking") == [("returned",)]
    assert taken.ok(f"wholesale show {GOODS} --json").json["owed"] == "260.00"
    taken.refused("day voucher 30501123 --ref V1", as_="ebank_auditor", exit=3)
    taken.refused("cheque clear ZP20261120-0001 --ref V1", "bounced", as_="ebank_auditor")
    taken.ok(CHEQUE.format(GOODS, 260), as_="business_manager")
    assert len(taken.ok("cheque list --json").json) == 2


def test_a_cheque_that_was_paid_is_not_given_back_before_it_is_money(taken) -> None:
    """HYP-FIN-12, A-48: neither a cheque nor e-bank money that the auditor has seen."""
    presented(taken)
    taken.ok("day voucher 30501123 --ref V1", as_="ebank_auditor")
    taken.refused("day return 30501123 --reason 退", "HYP-FIN-12", as_="finance_window")
    taken.refused("cheque bounce 30501123 --reason 退", "cleared", as_="finance_window")
    taken.ok("day settle 30501123", as_="finance_window")
    taken.refused("day return 30501123 --reason 不买了", "A-56", as_="finance_window", exit=5)
    taken.ok("day return 30501123 --reason 不买了", as_="finance_supervisor")
    assert taken.sql("SELECT state FROM cheque") == [("cleared",)]
    found = taken.run("reconcile run --json", as_="cron").json
    assert [each for each in found if not each["soft"]] == []


def test_one_cheque_pays_at_one_desk(taken, shelf) -> None:
    """RTL-CTL-05: what the window took, the retail cashier does not take, nor the other way."""
    shelf({"T1": ("50.00", "100.00")})
    new = "order new -c KH0001 --need-by 2026-11-27 --submit -l T1:1 --json"
    order = taken.ok(new, as_="gp_specialist").json["number"]
    taken.ok(f"order review {order}", as_="merchant_supervisor")
    slip = f"cheque record {order} --amount 100 --bank 工行 --issued 2026-11-20 --no"
    taken.refused(f"{slip} 30501123", "ZP20261120-0001", as_="finance_cashier")
    taken.refused(f"{slip} ３０５０１１２３", "ZP20261120-0001", as_="finance_cashier")
    taken.ok(f"{slip} 30509999", as_="finance_cashier")
    again = CHEQUE.replace("30501123", "30509999").format(SALE, 100)
    taken.refused(again, "ZP20261120-0002", as_="business_manager")


def test_a_lapsed_cheque_is_not_taken_and_one_without_its_day_neither(taken) -> None:
    """RTL-CTL-05, HYP-FIN-05."""
    other = CHEQUE.replace("30501123", "30508888").format(SALE, 100)
    taken.refused(other.replace("2026-11-19", "2026-11-09"), "RTL-CTL-05", as_="business_manager")
    taken.refused(other.split(" --issued")[0], "--issued", as_="business_manager", exit=10)
    taken.ok(other.replace("2026-11-19", "2026-11-25"), as_="business_manager")
