"""Cheques at the finance window: nothing goes for one before the bank has paid it."""

from __future__ import annotations

import pytest

from tests.journeys.test_hypermarket_money import opened

GOODS, SALE = "PF20261120-0001", "KS20261120-0001"
CHEQUE = "day item {} --amount {} --funds cheque --ref 30501123 --notes 无"


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


def test_spot_goods_wait_until_the_bank_has_paid(taken) -> None:
    """RTL-CTL-06, A-48, HYP-GDS-01, HYP-GDS-03."""
    taken.refused("day settle 30501123", "RTL-CTL-06", as_="finance_window")
    taken.refused(f"wholesale invoice {GOODS} --ref F1", "HYP-GDS-03", as_="finance_window")
    taken.refused(f"wholesale deliver {GOODS} --signed-by 李", "HYP-GDS-01", as_="store_person")
    taken.refused("day voucher 30501123 --ref V1", as_="business_manager", exit=5)
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
    desk.ok("day voucher 30501123 --ref V1", as_="ebank_auditor")
    desk.ok("day settle 30501123", as_="finance_window")
    desk.ok("iou withdraw QT20261120-0001", as_="finance_window")
