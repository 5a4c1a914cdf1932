"""Security goes back whole: a smaller deposit takes its place first, and no money is sent twice."""

from __future__ import annotations

import pytest

from tests.journeys.money_retail import CONTRACT

BACK = "security return BZ20261120-000{} --ref {} --reason 减少"


@pytest.fixture
def held(desk):
    """KH0003 has a long-term contract against 500.00 of security."""
    for who, words in (
        ("merchant_staff", CONTRACT),
        ("finance_cashier", "security record HT20261120-0001 --amount 500 --ref S0"),
        ("finance", "security verify BZ20261120-0001"),
        ("merchant_staff", "contract submit HT20261120-0001"),
        ("merchant_manager", "approval ok HT20261120-0001"),
        ("merchant_staff", "contract file HT20261120-0001 --reference 招商-2026-07"),
        ("merchant_staff", "contract execute HT20261120-0001"),
    ):
        desk.ok(words, as_=who)
    return desk


def test_a_smaller_deposit_that_is_verified_lets_the_larger_one_go(held) -> None:
    """RTL-MTH-03, RTL-MTH-04: the contract is never without, not for a moment."""
    held.refused(BACK.format(1, "Z1"), "RTL-MTH-03", as_="finance")
    held.ok("security record HT20261120-0001 --amount 300 --ref S1", as_="finance_cashier")
    held.refused(BACK.format(1, "Z1"), "RTL-MTH-03", as_="finance")
    held.ok("security verify BZ20261120-0002", as_="finance")
    held.ok(BACK.format(1, "Z1"), as_="finance")
    held.refused(BACK.format(1, "Z2"), as_="finance")
    assert held.ok("explain KH0003 --json").json["security"] == "300.00"


def test_one_reference_of_the_bank_sends_money_once(held) -> None:
    """RTL-DUT-07: not for two deposits, in whatever case it is typed."""
    for number, amount in ((2, 300), (3, 200)):
        paid = f"security record HT20261120-0001 --amount {amount} --ref S{number}"
        held.ok(paid, as_="finance_cashier")
        held.ok(f"security verify BZ20261120-000{number}", as_="finance")
    held.ok(BACK.format(1, "Z1"), as_="finance")
    held.refused(BACK.format(2, "z1"), "RTL-DUT-07", as_="finance")
    held.ok(BACK.format(2, "Z2"), as_="finance")
