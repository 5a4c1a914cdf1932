"""One receipt over several orders, several receipts over one, and money that is taken back."""

from __future__ import annotations

import pytest

NEW = "order new -c KH0001 --need-by 2026-11-27 --submit --json"


@pytest.fixture
def order(desk, shelf):
    """Makes reviewed orders of so many goods at 100.00."""
    shelf({"T1": ("50.00", "100.00")})

    def made(quantity: int) -> str:
        number = str(desk.ok(f"{NEW} -l T1:{quantity}", as_="gp_specialist").json["number"])
        desk.ok(f"order review {number}", as_="merchant_supervisor")
        return number

    return made


def cashier(desk, command: str):
    return desk.ok(f"{command} --json", as_="finance_cashier").json


def standing(desk, order: str) -> tuple[str, str]:
    shown = desk.ok(f"order show {order} --json").json
    return shown["received"], shown["owed"]


def night(desk) -> list[str]:
    """What the night finds missing in the money."""
    found = desk.run("reconcile run --json", as_="finance").json
    return [
        each["check"] for each in found if "account" in each["check"] or "twice" in each["check"]
    ]


def test_one_receipt_pays_several_orders_and_the_rest_stays_on_account(desk, order) -> None:
    """RTL-DUT-07: 30.00 of 230.00 is for nothing yet, until an order wants it."""
    one, two = order(1), order(1)
    paid = cashier(
        desk, f"payment record -c KH0001 --amount 230 --ref A1 --to {one}:100 --to {two}:100"
    )
    assert paid["free"] == "30.00"
    assert paid["allocated"] == [
        {"order": one, "amount": "100.00"},
        {"order": two, "amount": "100.00"},
    ]
    assert standing(desk, one) == standing(desk, two) == ("100.00", "0.00")
    third = order(1)
    desk.refused(
        f"payment allocate A1 --to {third}:40", "RTL-DUT-07", "30.00", as_="finance_cashier"
    )
    assert night(desk) == []


def test_several_receipts_pay_one_order(desk, order) -> None:
    """RTL-PAY-03: the order is verified when all of them are."""
    one = order(2)
    cashier(desk, f"deposit record {one} --amount 60 --ref B1")
    cashier(desk, f"payment record {one} --amount 140 --ref B2 --method wechat")
    desk.ok("payment verify B1", as_="finance")
    assert standing(desk, one) == ("200.00", "0.00")
    gates = {gate["gate"]: gate for gate in desk.ok(f"order show {one} --json").json["gates"]}
    assert not gates["money_verified"]["open"]
    desk.ok("payment verify B2", as_="finance")
    gates = {gate["gate"]: gate for gate in desk.ok(f"order show {one} --json").json["gates"]}
    assert gates["money_verified"]["open"]
    assert desk.sql("SELECT sum(amount_fen) FROM posting WHERE debit = '101202'") == [(14000,)]


def test_free_money_goes_to_the_oldest_orders_first(desk, order) -> None:
    paid = cashier(desk, "payment record -c KH0001 --amount 150 --ref C1")
    assert paid["free"] == "150.00"
    desk.refused("payment allocate C1 --fifo", "no order", as_="finance_cashier")
    one = order(1)
    assert cashier(desk, "payment allocate C1 --fifo")["allocated"] == [
        {"order": one, "amount": "100.00"}
    ]


def test_money_is_not_for_another_customers_order(desk, order) -> None:
    """DST-GDS-07."""
    one = order(1)
    cashier(desk, "payment record -c KH0002 --amount 100 --ref D1")
    desk.refused(f"payment allocate D1 --to {one}:100", "DST-GDS-07", as_="finance_cashier")


def test_a_part_that_comes_first_is_a_deposit_however_it_was_received(desk, order) -> None:
    """RTL-DEP-06, RTL-DEP-08: money on account goes round none of the deposit's rules."""
    one = order(10)
    cashier(desk, "payment record -c KH0001 --amount 400 --ref E1")
    desk.refused(f"payment allocate E1 --to {one}:400", "RTL-DEP-06", as_="finance_cashier")
    desk.refused(f"deposit apply E1 {one} --amount 299.99", "RTL-DEP-06", as_="finance_cashier")
    applied = cashier(desk, f"deposit apply E1 {one}")
    assert applied["allocated"] == [{"order": one, "amount": "300.00"}]
    assert applied["free"] == "100.00"


def test_nothing_is_no_part_of_a_payment(desk, order) -> None:
    """A deposit that is met already wants nothing more, and nothing is not allocated."""
    one = order(10)
    cashier(desk, f"deposit record {one} --amount 400 --ref N1")
    cashier(desk, "payment record -c KH0001 --amount 400 --ref N2")
    desk.refused(f"deposit apply N2 {one}", exit=6, as_="finance_cashier")
    for nothing in ("0", "-5"):
        desk.refused(f"payment allocate N2 --to {one}:{nothing}", exit=6, as_="finance_cashier")


def test_cash_on_account_is_no_deposit_without_a_reason(desk, order) -> None:
    """RTL-DEP-09."""
    one = order(10)
    cashier(desk, "payment record -c KH0001 --amount 400 --method cash")
    number = desk.sql("SELECT max(number) FROM payment")[0][0]
    desk.refused(f"deposit apply {number} {one}", "RTL-DEP-09", as_="finance_cashier")


def test_a_deposit_follows_to_the_order_that_takes_the_first_ones_place(desk, order) -> None:
    """RTL-SHT-03, A-34: an event of its own; nothing is lost on the way."""
    one, two = order(10), order(4)
    cashier(desk, f"deposit record {one} --amount 500 --ref F1")
    moved = cashier(desk, f"deposit move {one} {two} --reason 客户改数量")
    assert moved["amount"] == "400.00"
    assert standing(desk, one) == ("100.00", "900.00")
    assert standing(desk, two) == ("400.00", "0.00")
    told = desk.ok("payment show F1 --json").json["allocations"]
    assert [each["amount"] for each in told] == ["500.00", "-500.00", "400.00", "100.00"]
    desk.refused(f"deposit move {two} {order(1)}", exit=10, as_="finance_cashier")
    assert night(desk) == []


def test_money_that_was_never_there_is_reversed_by_another_person(desk, order) -> None:
    """RTL-DUT-07, A-56: a red entry; the same reference can then be recorded rightly."""
    one = order(1)
    cashier(desk, f"payment record {one} --amount 100 --ref G1")
    desk.refused("payment reverse G1 --reason 录错", exit=5, as_="finance_cashier")
    told = desk.ok("payment reverse G1 --reason 录错 --json", as_="finance").json
    assert (told["state"], told["free"]) == ("reversed", "0.00")
    assert standing(desk, one) == ("0.00", "100.00")
    desk.refused("payment reverse G1 --reason 再来", "reversed", as_="finance")
    desk.refused(f"payment allocate G1 --to {one}:100", "reversed", as_="finance_cashier")
    cashier(desk, f"payment record {one} --amount 100 --ref G1")
    desk.refused(f"payment record {one} --amount 1 --ref g1", "recorded", as_="finance_cashier")
    assert standing(desk, one) == ("100.00", "0.00")
    assert night(desk) == []


def test_verified_money_is_reversed_too_and_the_books_come_back_to_nothing(desk, order) -> None:
    one = order(1)
    cashier(desk, f"payment record {one} --amount 100 --ref H1")
    desk.ok("payment verify H1", as_="finance")
    desk.ok("payment reverse H1 --reason 银行退回", as_="finance")
    left = desk.sql("SELECT account, balance_fen FROM v_account WHERE account < '1400'")
    assert {fen for _account, fen in left} == {0}


def test_what_a_customer_says_was_sent_is_no_money_yet(desk, order) -> None:
    """BLK-MNY-01, RTL-DUT-03: a specialist writes it down, finance says whether it came."""
    one = order(1)
    said = desk.ok(f"payment declare {one} --amount 100 --ref J1 --json", as_="gp_specialist").json
    assert said["state"] == "declared"
    assert standing(desk, one) == ("0.00", "100.00")
    assert desk.sql("SELECT count(*) FROM posting WHERE document = ?", said["number"]) == [(0,)]
    desk.refused(f"dispatch new {one}", "RTL-PRI-02", as_="distribution_center")
    desk.refused(f"payment verify {said['number']}", "declared", as_="finance")
    taken = cashier(desk, f"payment record {one} --declared {said['number']}")
    assert (taken["number"], taken["state"]) == (said["number"], "received")
    assert standing(desk, one) == ("100.00", "0.00")
    desk.refused(
        f"payment record {one} --declared {said['number']}", "received", as_="finance_cashier"
    )


def test_a_declaration_can_be_withdrawn(desk, order) -> None:
    one = order(1)
    said = desk.ok(f"payment declare {one} --amount 100 --ref K1 --json", as_="gp_specialist").json[
        "number"
    ]
    desk.ok(f"payment withdraw {said} --reason 没有汇出", as_="gp_specialist")
    desk.refused(f"payment record {one} --declared {said}", "withdrawn", as_="finance_cashier")
    cashier(desk, f"payment record {one} --amount 100 --ref K1")


def test_what_one_customer_declared_is_taken_as_the_money_of_no_other(desk, order) -> None:
    """DST-GDS-07: neither for another's order nor on another's account; once, whichever way."""
    one = order(1)
    said = desk.ok(f"payment declare {one} --amount 100 --ref L1 --json", as_="gp_specialist").json[
        "number"
    ]
    other = str(
        desk.ok(f"{NEW.replace('KH0001', 'KH0002')} -l T1:1", as_="gp_specialist").json["number"]
    )
    desk.ok(f"order review {other}", as_="merchant_supervisor")
    for wrong in (f"payment record {other}", "payment record -c KH0002"):
        desk.refused(f"{wrong} --declared {said}", "DST-GDS-07", as_="finance_cashier")
    taken = cashier(desk, f"payment record -c KH0001 --declared {said}")
    assert (taken["number"], taken["state"], taken["free"]) == (said, "received", "100.00")
    for again in (f"payment record {one}", "payment record -c KH0001"):
        desk.refused(f"{again} --declared {said}", "received", as_="finance_cashier")
    assert night(desk) == []


@pytest.mark.parametrize("beside", ["--amount 99", "--ref X", "--payer 某人", "--reason 现金"])
def test_nothing_is_typed_beside_a_declaration(desk, order, beside) -> None:
    one = order(1)
    desk.ok(f"payment declare {one} --amount 100 --ref M1", as_="gp_specialist")
    for command in ("payment", "deposit"):
        refused = desk.refused(
            f"{command} record {one} --declared M1 {beside}", exit=2, as_="finance_cashier"
        )
        assert "E-CLI-036" in refused.err


def test_a_cheque_is_not_reversed_as_money(desk, order) -> None:
    """RTL-CTL-05, RTL-CTL-06: its own document says what became of it."""
    one = order(1)
    record = f"cheque record {one} --amount 100 --no Q2 --bank 建行 --issued 2026-11-20"
    desk.ok(record, as_="finance_cashier")
    desk.refused("payment reverse Q2 --reason 试", "RTL-CTL-06", as_="finance")


def test_money_moves_only_to_another_order_that_wants_it(desk, order) -> None:
    """RTL-SHT-03, A-34: not to the order itself, nor to one that is paid in full."""
    one, two = order(1), order(1)
    cashier(desk, f"deposit record {one} --amount 40 --ref N1")
    cashier(desk, f"payment record {two} --amount 100 --ref N2")
    for target in (one, two):
        desk.refused(
            f"deposit move {one} {target} --reason 改单", "RTL-SHT-03", as_="finance_cashier"
        )
    assert (standing(desk, one), standing(desk, two)) == (("40.00", "60.00"), ("100.00", "0.00"))
