"""Who changed an order made it too; steps run forward in time; a draft is priced when handed in."""

from __future__ import annotations

import pytest

NEW = "order new -c KH0001 --need-by 2026-11-27"


@pytest.fixture
def order(desk, shelf) -> str:
    """An order of goods that cost 50.00 and are sold at 100.00, handed in by a specialist."""
    shelf({"T1": ("50.00", "100.00")})
    return str(desk.ok(f"{NEW} --submit -l T1:10 --json", as_="gp_specialist").json["number"])


def test_who_changed_an_order_neither_signs_nor_reviews_it(desk, order) -> None:
    """SC-09, A-56: a manager who cuts the price himself has made the order too."""
    edit = desk.ok(f"order edit {order} --line T1:10@53 --json", as_="merchant_manager").json
    desk.refused(f"approval ok {edit['approval']}", "A-56", exit=5, as_="merchant_manager")
    desk.refused(f"order review {order}", "A-56", exit=5, as_="merchant_manager")
    ask = f"deposit waive {order} --short 10 --reason 老客户 --json"
    request = desk.ok(ask, as_="merchant_staff").json["approval"]
    desk.refused(f"approval ok {request}", "A-56", exit=5, as_="merchant_manager")


def test_who_changed_it_is_named_on_the_request(desk, order) -> None:
    """A-56: whoever reads the request sees everybody who made what is to be signed."""
    edit = desk.ok(f"order edit {order} --line T1:10@53 --json", as_="merchant_manager").json
    shown = desk.ok(f"approval show {edit['approval']} --json").json
    assert shown["maker"] == "gp_specialist, merchant_manager"


def test_a_line_put_without_a_price_keeps_the_price_agreed(desk, shelf) -> None:
    """A change of quantity alone takes nothing back that was agreed."""
    shelf({"T1": ("50.00", "100.00")})
    made = desk.ok(f"{NEW} -l T1:10@90 --json", as_="gp_specialist").json["number"]
    assert desk.ok(f"order edit {made} --line T1:5 --json", as_="gp_specialist").json["total"] == (
        "450.00"
    )


def test_money_does_not_come_before_the_order(desk, order) -> None:
    """RTL-DEP-01, RTL-PAY-04: no step stands on a day before the one that it rests on."""
    late = "--on 2026-11-19"
    desk.refused(f"order review {order} {late}", "--on 2026-11-20", as_="merchant_supervisor")
    desk.ok(f"order review {order}", as_="merchant_supervisor")
    paid = f"payment record {order} --amount 1000 --ref R1"
    desk.refused(f"{paid} {late}", "--on 2026-11-20", as_="finance_cashier")
    money = desk.ok(f"{paid} --json", as_="finance_cashier", on="2026-11-21").json["number"]
    desk.refused(f"payment verify {money} --on 2026-11-20", as_="finance", on="2026-11-21")


def test_a_draft_is_judged_by_the_cost_of_the_day_it_is_handed_in(desk, shelf) -> None:
    """RTL-DSC-03, A-30: a drawer of old drafts sells nothing below the cost of today."""
    shelf({"T1": ("50.00", "100.00")})
    made = desk.ok(f"{NEW} -l T1:10@60 --json", as_="gp_specialist").json["number"]
    path = desk.home / "dearer.csv"
    code = desk.sql("SELECT barcode FROM product WHERE code = 'T1'")[0][0]
    header = (desk.home / "products.csv").read_text("utf-8").splitlines()[0]
    path.write_text(f"{header}\nT1,{code},T1号货,,试验,否,小件,件,计件,70.00,100.00", "utf-8")
    desk.ok(f"import products {path}", as_="importer")
    desk.ok("price confirm 1", as_="purchasing_manager")
    desk.refused(f"order submit {made}", "RTL-DSC-03", as_="gp_specialist")
    desk.ok(f"order edit {made} --line T1:10@90", as_="gp_specialist")
    desk.ok(f"order submit {made}", as_="gp_specialist")
    assert desk.sql("SELECT max(cost_fen) FROM order_line WHERE revision > 1") == [(7000,)]


@pytest.mark.parametrize("again", ["--ref ab1", "--ref ＡＢ1", "--ref AB1 --method cash"])
def test_one_bank_reference_is_one_payment(desk, order, again) -> None:
    """RTL-DEP-08: however it is typed, and by whatever way the money is said to have come."""
    desk.ok(f"order review {order}", as_="merchant_supervisor")
    desk.ok(f"deposit record {order} --amount 300 --ref AB1", as_="finance_cashier")
    paid = f"payment record {order} --amount 700 {again} --reason 无法转账"
    desk.refused(paid, "has been recorded as SK", as_="finance_cashier")


def test_a_short_number_never_means_part_of_a_date(desk, order) -> None:
    """`11` stands in every number of November; it means the eleventh order of a day."""
    short = str(int(order[-4:]))
    shown = desk.ok(f"order show {short} --json", on="2026-11-21").json
    assert shown["number"] == order


def test_a_policy_cannot_be_chosen_by_choosing_a_past_day(desk, shelf) -> None:
    """RTL-DEP-06: a new order is judged by the policy of the day on which it is written."""
    shelf({"T1": ("50.00", "100.00")})
    change = "policy set deposit.rate_bp 4000 --from 2026-11-21 --reason 年末备货 -q"
    number = desk.ok(change, as_="finance").out.strip()
    request = desk.sql("SELECT number FROM approval WHERE subject = ?", number)[0][0]
    desk.ok(f"approval ok {request}", as_="general_manager")
    desk.ok(f"policy activate {number} --confirm {number}", as_="administrator")
    late = f"{NEW} -l T1:10 --on 2026-11-20 -q"
    made = desk.ok(late, as_="gp_specialist", on="2026-11-21").out.strip()
    assert desk.sql("SELECT policy_version FROM sales_order WHERE number = ?", made) == [(2,)]
