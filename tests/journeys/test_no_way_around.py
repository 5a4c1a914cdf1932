"""No way leads round a signature: what lowers a price or raises exposure shuts the gate again.

RTL-REC-17, RTL-ORD-04, RTL-DSC-04..06, C-08, C-20, C-23, A-57, A-59: each path of the desk is
driven once, after everything was signed, and the order can then not be printed, paid or sent.
"""

from __future__ import annotations

import pytest

SIGNERS = ("purchasing_manager", "merchant_manager", "operations_manager")
ORDER = "DD20261120-0040"


@pytest.fixture
def signed(desk):
    """An order of ten air fryers at 188.00 (9.04 %), every signature given."""
    desk.ok("order new -c KH0002 -l P0006:10@188 --need-by +7d --submit", as_="gp_specialist")
    for who in SIGNERS:
        desk.ok("approval ok SP20261120-0001", as_=who)
    assert desk.run(f"order print {ORDER} --dry-run", as_="gp_specialist").exit == 0
    return desk


def shut(desk, order: str = ORDER) -> set[str]:
    """The gates of an order that are shut."""
    shown = desk.ok(f"order show {order} --json").json
    return {gate["gate"] for gate in shown["gates"] if not gate["open"]}


EDITS = {
    "a lower price": "-l P0006:10@187.99",
    "a price of the next tier": "-l P0006:10@180",
    "more of the same": "-l P0006:11@188",
    "other goods at a discount": "-l P0001:1@260",
    "other goods at list price, more exposure": "-l P0004:1",
    "a gift": "--gift P0005:1",
}


@pytest.mark.parametrize("change", EDITS.values(), ids=EDITS.keys())
def test_an_edit_that_lowers_margin_or_raises_amount_asks_everybody_again(signed, change):
    """C-08, A-59: and until they have signed nothing is printed and no money is taken."""
    signed.ok(f"order edit {ORDER} {change}", as_="gp_specialist")
    assert shut(signed) & {"discount_checked", "concession_granted", "margin_tier_signed"}
    signed.refused(f"order print {ORDER}", as_="gp_specialist")
    signed.ok(f"order review {ORDER}", as_="merchant_supervisor")
    signed.refused(f"payment record {ORDER} --amount 100 --ref R1", as_="finance_cashier")
    signed.refused(f"dispatch new {ORDER}", as_="distribution_center")


@pytest.mark.parametrize("change", ["-l P0006:9@188", "-l P0006:10@188 --need-by +9d"])
def test_an_edit_that_lowers_risk_does_not_ask_twice(signed, change):
    """C-08: who signed for more is not asked again for less."""
    signed.ok(f"order edit {ORDER} {change}", as_="gp_specialist")
    assert not shut(signed) & {"discount_checked", "concession_granted", "margin_tier_signed"}


def test_a_waiver_of_the_deposit_is_signed_for_and_lapses_when_the_order_grows(signed):
    """RTL-DEP-06, A-60: less than it was signed for it covers, more it does not."""
    ask = f"deposit waive {ORDER} --short 10 --reason 老客户 --json"
    request = signed.ok(ask, as_="gp_specialist").json["approval"]
    assert signed.ok(f"deposit quote {ORDER} --json").json["waived"] == "0.00"
    signed.ok(f"approval ok {request}", as_="merchant_manager")
    signed.ok(f"order edit {ORDER} -l P0006:9@188", as_="gp_specialist")
    assert signed.ok(f"deposit quote {ORDER} --json").json["waived"] == "10.00"
    signed.ok(f"order edit {ORDER} -l P0006:11@188", as_="gp_specialist")
    assert signed.ok(f"deposit quote {ORDER} --json").json["waived"] == "0.00"
    assert signed.ok(f"approval show {request} --json").json["state"] == "superseded"


def test_a_printed_form_is_not_changed_any_more(signed):
    """C-08, RTL-SHT-02: neither lines nor terms."""
    signed.ok(f"order print {ORDER} -q", as_="gp_specialist")
    signed.refused(f"order edit {ORDER} -l P0006:1@188", "RTL-SHT-02", as_="gp_specialist")


def test_a_form_made_anew_inherits_no_signature(signed):
    """A-59, RTL-SHT-03: void, and the same order again, asks everybody again."""
    signed.ok(f"order void {ORDER} --reason 重开", as_="merchant_supervisor")
    signed.ok("order new -c KH0002 -l P0006:10@188 --need-by +7d --submit", as_="gp_specialist")
    assert "margin_tier_signed" in shut(signed, "DD20261120-0041")
    signed.refused("approval ok SP20261120-0001", as_="operations_manager")


def test_an_imported_order_is_a_draft_like_any_other(signed, tmp_path):
    """RTL-REC-14: a file approves nothing; what it holds at a low price is signed for."""
    file = tmp_path / "orders.csv"
    file.write_text(
        "外部单号,客户编码,要货日期,商品编码,数量,成交价\nX-1,KH0002,+7d,P0006,5,181\n", "utf-8"
    )
    signed.ok(f"import orders {file}", as_="importer")
    number = signed.ok("order list --state draft --sort -number --json").json[0]["number"]
    signed.refused(f"order print {number}", as_="gp_specialist")
    signed.ok(f"order submit {number}", as_="gp_specialist")
    assert "margin_tier_signed" in shut(signed, number)


def test_a_new_purchase_cost_judges_the_next_version_and_not_the_signed_one(signed, tmp_path):
    """A-30: cost is frozen with the line; touching the line brings today's cost in."""
    file = tmp_path / "products.csv"
    file.write_text(
        "商品编码,条码,品名,规格,类别,生鲜,大小件,单位,计量,进价,零售价\n"
        + _product_row(signed, cost="187.00"),
        "utf-8",
    )
    signed.ok(f"import products {file}", as_="purchasing")
    signed.ok("price confirm 1", as_="purchasing_manager")
    assert "margin_tier_signed" not in shut(signed)
    signed.ok(f"order edit {ORDER} -l P0006:10@188", as_="gp_specialist")
    shown = signed.ok(f"approval show {ORDER} --json").json
    assert shown["tier"] == "RTL-DSC-04"
    assert "margin_tier_signed" in shut(signed)


def test_a_lower_cost_of_ones_own_moves_no_order_into_a_tier_that_asks_nobody(signed, tmp_path):
    """A-56, RTL-DSC-04..06, RTL-ORD-04: cost and list price move by two persons, whatever way."""
    file = tmp_path / "products.csv"
    header = "商品编码,条码,品名,规格,类别,生鲜,大小件,单位,计量,进价,零售价\n"
    file.write_text(header + _product_row(signed, cost="100.00"), "utf-8")
    signed.ok(f"import products {file}", as_="purchasing")
    signed.ok("price propose P0005 --cost 1 --reason 试", as_="purchasing_manager")
    again = f"order edit {ORDER} -l P0006:11@188"
    signed.ok(again, as_="gp_specialist")
    assert "margin_tier_signed" in shut(signed)
    signed.refused("price confirm 1", as_="purchasing", exit=5)
    signed.refused("price confirm 2", "A-56", as_="purchasing_manager", exit=5)
    assert signed.sql("SELECT cost_fen FROM v_product WHERE code = 'P0006'") == [(17100,)]
    signed.ok("price confirm 1", as_="purchasing_manager")
    signed.ok(f"{again} --need-by +8d", as_="gp_specialist")
    assert "margin_tier_signed" not in shut(signed)


def _product_row(desk, cost: str) -> str:
    [row] = desk.sql("SELECT barcode, name, spec, category, unit FROM product WHERE code = 'P0006'")
    barcode, name, spec, category, unit = row
    return f"P0006,{barcode},{name},{spec},{category},否,小件,{unit},计件,{cost},199.00\n"


def test_a_rebate_is_a_lower_price_and_asks_its_tier(signed):
    """C-23, A-57: money back after payment cannot go below what was signed for."""
    signed.ok(f"order review {ORDER}", as_="merchant_supervisor")
    signed.ok(f"payment record {ORDER} --amount 1880 --ref R1", as_="finance_cashier")
    signed.ok("payment verify R1", as_="finance")
    made = signed.ok(f"rebate propose {ORDER} --rate 5 --json", as_="gp_specialist").json
    shown = signed.ok(f"approval show {made['approval']} --json").json
    assert "general_manager" in shown["waits_for"]
    signed.refused(f"rebate pay {made['number']}", as_="finance_cashier")
    signed.refused(f"rebate propose {ORDER} --rate 10", as_="gp_specialist")
