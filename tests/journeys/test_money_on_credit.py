"""Money of goods that went on credit: who takes it away answers for what is owed again."""

from __future__ import annotations

import pytest

ORDER = "DD20261120-0040"
SET = (
    "credit set KH0001 --limit {} --until 2027-05-31 --investigated-by finance --document 调查表 -q"
)
LETTER = (
    f"credit letter {ORDER} --guarantor gp_specialist --amount 100 --due 2026-12-20 --document 担保"
)


@pytest.fixture
def gone(desk, shelf):
    """An order on credit that was paid for before its goods went: nobody had to vouch for it."""
    shelf({"T1": ("50.00", "100.00")})
    limited(desk, 100)
    for who, words in (
        ("gp_specialist", "order new -c KH0001 -l T1:1 --need-by +7d --payment credit --submit"),
        ("merchant_supervisor", f"order review {ORDER}"),
        ("gp_specialist", f"order print {ORDER} -q"),
        ("finance_cashier", f"payment record {ORDER} --amount 100 --ref R1"),
        ("finance", "payment verify R1"),
        ("distribution_center", f"dispatch new {ORDER}"),
    ):
        desk.ok(words, as_=who)
    return desk


def limited(desk, yuan: int) -> None:
    number = desk.ok(SET.format(yuan), as_="merchant_staff").out.strip()
    desk.ok(f"approval ok {number}", as_="deputy_general_manager")


@pytest.mark.parametrize(
    "words",
    [f"payment unallocate R1 {ORDER} --reason 改", "payment reverse R1 --reason 没到账"],
)
def test_money_stays_with_goods_that_nobody_vouches_for(gone, words) -> None:
    """RTL-PRI-03, RTL-PRI-04, A-47: they went on its strength; with a letter it may go."""
    gone.refused(words, "RTL-PRI-03", as_="finance")
    gone.ok(LETTER, as_="gp_specialist")
    gone.ok(words, as_="finance")
    assert gone.ok("explain KH0001 --json").json["exposure"] == "100.00"


def test_what_is_owed_again_is_held_against_the_limit(gone) -> None:
    """A-65, RTL-CTL-01: taking money away raises what is owed; that it never came is no choice."""
    gone.ok(LETTER, as_="gp_specialist")
    limited(gone, 0)
    gone.refused(f"payment unallocate R1 {ORDER} --reason 改", "A-65", as_="finance")
    gone.ok("payment reverse R1 --reason 没到账", as_="finance")
    found = gone.run("reconcile run --json", as_="finance").json
    assert "exposures_are_within_limits" in {each["check"] for each in found}


def test_a_form_that_was_void_before_it_was_printed_is_not_printed(desk) -> None:
    """RTL-SHT-09, RTL-SHT-11: its copies would be with people who have no order."""
    line = "order new -c KH0001 -l P0001:1 --need-by +7d --submit"
    desk.ok(line, as_="gp_specialist")
    desk.ok(f"order void {ORDER} --reason 取消 --confirm {ORDER}", as_="merchant_supervisor")
    desk.refused(f"order print {ORDER}", "RTL-SHT-02", as_="gp_specialist")
    assert desk.run("reconcile run --check", as_="finance").exit == 0


def test_a_deposit_comes_before_the_goods(gone) -> None:
    """RTL-DEP-01, RTL-ORD-09: after the slip there is nothing to photocopy; it is a payment."""
    gone.ok(LETTER, as_="gp_specialist")
    gone.ok(f"payment unallocate R1 {ORDER} --reason 改", as_="finance")
    gone.refused(f"deposit apply R1 {ORDER} --amount 100", "RTL-ORD-09", as_="finance_cashier")
    gone.refused(
        f"deposit record {ORDER} --amount 50 --ref R2", "RTL-DEP-01", as_="finance_cashier"
    )
    gone.ok(f"payment allocate R1 --to {ORDER}:50", as_="finance_cashier")
