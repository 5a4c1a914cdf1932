"""Invoices of parts, those not wanted, and what the night says of those without their ground."""

from __future__ import annotations

import pytest

NEW = "order new -c KH0001 --need-by 2026-11-27 --submit --json"
NUMBER = "264420000001234567{:02d}"


@pytest.fixture
def order(desk, shelf) -> str:
    """A reviewed order of 100.00, of which nothing is paid."""
    shelf({"T1": ("50.00", "100.00")})
    number = str(desk.ok(f"{NEW} -l T1:1", as_="gp_specialist").json["number"])
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    return number


def asked(desk, order: str, options: str = "") -> str:
    told = desk.ok(f"invoice request {order} {options} --json", as_="customer_service").json
    return str(told["number"])


def paid(desk, order: str) -> None:
    desk.ok(f"payment record {order} --amount 100 --ref R1", as_="finance_cashier")
    desk.ok("payment verify R1", as_="finance")


def test_parts_are_together_never_above_the_order(desk, order) -> None:
    """C-14, HYP-GDS-03: what is asked for takes up room, what is withdrawn gives it back."""
    part = "--content 慰问品 --amount"
    desk.refused(
        f"invoice request {order} --amount 60", "what is written on it", as_="service_desk"
    )
    first = asked(desk, order, f"{part} 60")
    desk.refused(f"invoice request {order} {part} 40.01", "C-14", as_="service_desk")
    second = asked(desk, order, f"{part} 40")
    desk.refused(f"invoice request {order}", "C-14", as_="service_desk")
    desk.ok(f"invoice withdraw {first} --reason 写错", as_="gp_specialist")
    third = asked(desk, order, "--content 食品")
    assert desk.ok(f"invoice show {third} --json").json["amount"] == "60.00"
    paid(desk, order)
    for each, number in ((second, 1), (third, 2)):
        desk.ok(f"invoice issue {each} --invoice-no {NUMBER.format(number)}", as_="service_desk")
    listed = desk.ok("invoice register --json").json
    assert [row["amount"] for row in listed] == ["40.00", "60.00"]


def test_a_deposit_is_invoiced_up_to_what_was_paid(desk, order) -> None:
    """HYP-GDS-03: not above the money that finance has seen."""
    whole = asked(desk, order)
    desk.ok(f"deposit record {order} --amount 30 --ref D1", as_="finance_cashier")
    desk.ok("payment verify D1", as_="finance")
    number = NUMBER.format(1)
    desk.refused(f"invoice issue {whole} --invoice-no {number}", "30.00 of", as_="service_desk")
    desk.ok(f"invoice withdraw {whole} --reason 先开定金", as_="service_desk")
    part = asked(desk, order, "--content 预付款 --amount 30")
    desk.ok(f"invoice issue {part} --invoice-no {number}", as_="service_desk")


def test_money_taken_back_leaves_an_invoice_without_its_ground(desk, order) -> None:
    """HYP-GDS-03, C-14: the night says so until a red letter is out."""
    number = asked(desk, order)
    paid(desk, order)
    desk.ok(f"invoice issue {number} --invoice-no {NUMBER.format(1)}", as_="service_desk")
    desk.ok("payment print R1", as_="finance")
    assert not found(desk)
    desk.ok("payment reverse R1 --reason 不是本公司的款", as_="finance")
    assert found(desk) == {("invoices_have_their_ground", order, False)}
    red = f"invoice red {number} --invoice-no {NUMBER.format(2)} --reason 款项退回"
    desk.ok(red, as_="service_desk")
    assert not found(desk)


def found(desk) -> set[tuple[str, str, bool]]:
    told = desk.run("reconcile run --json", as_="finance").json
    return {
        (row["check"], row["subject"], row["soft"])
        for row in told
        if row["check"].startswith("invoices")
    }


def test_a_draft_is_not_invoiced_and_a_special_invoice_names_a_taxpayer(desk, order) -> None:
    """C-14: nor is a void form."""
    draft = desk.ok("order new -c KH0001 --need-by 2026-11-27 -l T1:1 --json", as_="gp_specialist")
    desk.refused(f"invoice request {draft.json['number']}", "C-14", as_="service_desk")
    code = desk.sql("SELECT min(number) FROM customer WHERE uscc = ''")[0][0]
    mine = desk.ok(
        f"order new -c {code} --need-by 2026-11-27 -l T1:1 --submit --address 家 --json",
        as_="gp_specialist",
    ).json["number"]
    desk.refused(f"invoice request {mine} --kind special", "no tax number", as_="service_desk")
    asked(desk, mine)


def test_whoever_issues_finds_what_can_be_issued_in_the_todo(desk, order) -> None:
    """BLK-INV-02: the service desk, and only once the money is there."""
    number = asked(desk, order)

    def waits() -> set[str]:
        rows = desk.ok("todo --json", as_="service_desk").json
        return {row["order"] for row in rows if row["gate"] == "invoice_issued"}

    assert waits() == set()
    paid(desk, order)
    assert waits() == {number}


def test_the_tax_client_gets_a_workbook_with_chinese_titles(desk, order, tmp_path) -> None:
    """A-41: the amounts include tax, and no tax is worked out."""
    from python_calamine import CalamineWorkbook

    asked(desk, order)
    path = tmp_path / "rows.xlsx"

    def exported() -> list[list[object]]:
        desk.ok(f"invoice export -o {path}", as_="service_desk")
        return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    assert len(exported()) == 1
    paid(desk, order)
    rows = exported()
    assert rows[0][:4] == ["单据编号", "发票种类", "购方名称", "购方税号"]
    assert rows[1][rows[0].index("含税金额")] == 100
    assert rows[1][rows[0].index("数量")] == 1
