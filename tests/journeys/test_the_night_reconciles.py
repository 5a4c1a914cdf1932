"""The night: what the bank says against what the desk wrote down, and what is overdue."""

from __future__ import annotations

import pytest

HEAD = "账号,交易时间,借方发生额,贷方发生额,余额,对方户名,摘要,账户明细编号-交易流水号"
# Two equal receipts of one payer without a word for what, the bank's fee, a supplier's refund.
STATEMENT = [
    "4400,20261120 10:32:11,0.00,4020.00,4020.00,宏达电器配件厂,电子汇入,2026112000010001",
    "4400,20261120 13:55:19,0.00,1200.00,5220.00,云溪康寿养老院,电子汇入,2026112000010009",
    "4400,20261120 17:00:00,45.50,0.00,5174.50,,手续费,2026112000010020",
    "4400,20261120 17:05:00,0.00,88.00,5262.50,榆江粮油批发部,退款,2026112000010021",
]


@pytest.fixture
def bank(desk, tmp_path):
    """Writes a statement and hands it to finance."""

    def hand_in(*lines: str, as_: str = "finance"):
        path = tmp_path / "statement.csv"
        path.write_text("\n".join(["账户明细查询", HEAD, *(lines or STATEMENT)]), "gb18030")
        return desk.ok(f"reconcile import {path} --json", as_=as_).json

    return hand_in


@pytest.fixture
def paid(desk):
    """Takes an order and its money: what finance still has to verify."""

    def take(customer: str, line: str, command: str, reference: str) -> str:
        order = f"order new -c {customer} -l {line} --need-by +7d --submit -q"
        number = desk.ok(order, as_="gp_specialist").out.strip()
        desk.ok(f"order review {number}", as_="merchant_supervisor")
        words = f"{command.format(number)} --ref {reference} -q"
        money = desk.ok(words, as_="finance_cashier").out.strip()
        desk.ok(f"payment print {money} -q", as_="finance_cashier")
        return money

    return take


def night(desk, exit: int, on: str = "") -> list[dict]:
    """What the nightly run finds, as cron runs it."""
    result = desk.run("reconcile run --check --json", as_="cron", on=on)
    assert result.exit == exit, result.err
    return result.json


def test_reference_and_amount_prove_a_payment_without_anybodys_doing(desk, bank, paid) -> None:
    """RTL-DUT-07: matched once, known by its reference; the second run changes nothing (SC-60)."""
    money = paid("KH0001", "P0001:50", "deposit record {} --amount 4020", "2026112000010001")
    assert bank(STATEMENT[0]) == {
        "number": "IM20261120-0006",
        "state": "imported",
        "profile": "ccb-corp",
        "encoding": "gb18030",
        "personal": False,
        "new": 1,
        "known": 0,
        "left_out": 0,
    }
    first = desk.run("reconcile run --check", as_="cron")
    assert (first.exit, first.out) == (0, "")
    assert f"proves {money}: 4,020.00, known by reference" in first.err
    again = desk.ok("reconcile run --check", as_="cron")
    assert (again.out, again.err) == ("", "")
    [line] = desk.ok("reconcile list --json").json
    assert (line["how"], line["payment"], line["received"]) == ("reference", money, "4020.00")


def test_among_equals_nothing_is_chosen_and_a_person_links(desk, bank, paid) -> None:
    """RTL-DUT-07: two orders of 1,200.00, one receipt of 1,200.00; reasons stay on record."""
    first = paid("KH0045", "P0003:20", "payment record {} --amount 1200", "柜台回单1")
    second = paid("KH0045", "P0003:20", "payment record {} --amount 1200", "柜台回单2")
    bank(*STATEMENT[1:])
    pair, refund = night(desk, exit=7)
    assert pair["says"].endswith(f"same amount: {first}, {second}")
    assert pair["command"] == f"kac reconcile link {pair['subject']} {first}"
    assert refund["says"].startswith("88.00 from 榆江粮油批发部")
    assert refund["command"].startswith(f"kac reconcile ignore {refund['subject']}")

    desk.refused(f"reconcile link 2026112000010021 {second}", "RTL-DUT-07", as_="finance")
    desk.refused(f"reconcile link 2026112000010009 {second}", "RTL-DUT-07", as_="cron", exit=5)
    desk.ok(f"reconcile link 2026112000010009 {second} --note 电话确认", as_="finance")
    desk.refused(f"reconcile link 2026112000010009 {first}", "E-BNK-001", as_="finance")
    desk.refused(f"reconcile ignore {refund['subject']}", as_="finance", exit=10)
    desk.refused("reconcile ignore 2026112000010020 --reason 费", as_="finance", exit=6)
    desk.ok(f"reconcile ignore {refund['subject']} --reason 供应商退货款", as_="finance")

    assert night(desk, exit=0) == []
    settled = {line["how"]: line for line in desk.ok("reconcile list --json").json}
    assert (settled["linked"]["payment"], settled["linked"]["reason"]) == (second, "电话确认")
    assert settled["ignored"]["reason"] == "供应商退货款"


def test_money_verified_that_no_statement_shows_is_a_difference(desk, bank, paid) -> None:
    """RTL-PAY-03: finance said that it is there, the bank does not."""
    money = paid("KH0001", "P0001:50", "payment record {} --amount 13400", "2026112000019999")
    desk.ok(f"payment verify {money}", as_="finance")
    bank(STATEMENT[0])
    found = {finding["check"]: finding for finding in night(desk, exit=7)}
    missing = found["transfers_are_on_the_statement"]
    assert (missing["subject"], missing["soft"]) == (money, False)
    assert "RTL-PAY-03" in missing["rules"]
    assert found["bank_receipts_are_recorded"]["rules"] == ["RTL-DUT-07"]


def test_a_statement_is_taken_in_once_and_only_whole(desk, bank, tmp_path) -> None:
    """A line that is missing or was changed breaks the running balance; nothing is written."""
    path = tmp_path / "torn.csv"
    path.write_text("\n".join([HEAD, STATEMENT[0], *STATEMENT[2:]]), "utf-8")
    desk.refused(f"reconcile import {path}", "E-BNK-004", as_="finance", exit=6)
    assert bank()["new"] == 4
    assert bank()["state"] == "imported_before"
    more = "4400,20261121 09:00:00,0.00,9380.00,14642.50,宏达电器配件厂,汇入,2026112100010002"
    taken = bank(*STATEMENT, more)
    assert (taken["number"], taken["new"], taken["known"]) == ("IM20261120-0007", 1, 4)
    for role in ("gp_specialist", "distribution_center"):
        desk.refused(f"reconcile import {path}", "RTL-DUT-07", as_=role, exit=5)


def test_a_receipt_never_printed_and_a_day_gone_by_are_told_apart(desk) -> None:
    """RTL-DEP-03..05: a missing receipt is a difference; goods not out by the day a reminder."""
    order = "order new -c KH0001 -l P0001:50 --need-by 2026-11-23 --submit -q"
    number = desk.ok(order, as_="gp_specialist").out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    record = f"deposit record {number} --amount 4020 --ref 2026112000010001 -q"
    money = desk.ok(record, as_="finance_cashier").out.strip()
    [missing] = night(desk, exit=7)
    assert (missing["check"], missing["soft"]) == ("receipts_are_printed", False)
    assert missing["rules"] == ["RTL-DEP-03", "RTL-DEP-04", "RTL-DEP-05"]

    desk.ok(f"payment print {money}", as_="finance_cashier")
    assert night(desk, exit=0, on="2026-11-23") == []
    late = night(desk, exit=0, on="2026-11-24")
    assert {finding["soft"] for finding in late} == {True}
    assert {finding["subject"] for finding in late} == {number}


def test_a_receipt_never_printed_stays_a_difference_after_the_order_is_closed(desk, paid) -> None:
    """RTL-DEP-03: money without a receipt does not become right by being old."""
    number = desk.ok(
        "order new -c KH0001 -l P0001:1 --need-by +7d --submit -q", as_="gp_specialist"
    ).out.strip()
    for command, role in (
        (f"order review {number}", "merchant_supervisor"),
        (f"order print {number}", "gp_specialist"),
        (f"payment record {number} --amount 268 --ref 1", "finance_cashier"),
        ("payment verify 1", "finance"),
        (f"dispatch new {number}", "distribution_center"),
        (f"dispatch print {number}", "distribution_center"),
        (f"dispatch count {number} 1:1", "distribution_center"),
        (f"dispatch count {number} 1:1", "merchant_staff"),
        (f"dispatch load {number} --truck 粤S12345 --driver 张师傅", "distribution_center"),
        (f"dispatch sign {number} --by 李主任", "driver"),
        (f"dispatch archive {number}", "distribution_center"),
    ):
        desk.ok(command, as_=role)
    assert [finding["check"] for finding in night(desk, exit=7)] == ["receipts_are_printed"]
