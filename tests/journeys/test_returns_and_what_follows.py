"""What follows from goods that came back: debts, invoices, rebates, classes, a month's security."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from kac.db.reader import reading
from kac.desk.customers import queries as customers

DAY = "2026-11-20"
Step = Callable[..., Any]


@pytest.fixture
def step(desk, shelf) -> Step:
    """A counter for goods at 100.00 that cost 50.00; commands must succeed."""
    shelf({"T1": ("50.00", "100.00")})

    def typed(command: str, role: str, on: str = DAY) -> Any:
        return desk.ok(f"{command} --json", as_=role, on=on).json

    return typed


def sent(step: Step, order: str, pieces: int, on: str = DAY) -> None:
    """Send an order out that may go, and have it signed for."""
    step(f"dispatch new {order}", "distribution_center", on)
    step(f"dispatch print {order}", "distribution_center", on)
    for role in ("distribution_center", "merchant_staff"):
        step(f"dispatch count {order} 1:{pieces}", role, on)
    load = f"dispatch load {order} --truck 粤S12345 --driver 张师傅"
    step(load, "distribution_center", on)
    step(f"dispatch sign {order} --by 李主任", "driver", on)


def paid(step: Step, pieces: int = 10) -> str:
    """A paid order of so many pieces, delivered; its number."""
    new = f"order new -c KH0001 -l T1:{pieces} --need-by 2026-11-27 --submit"
    order = str(step(new, "gp_specialist")["number"])
    step(f"order review {order}", "merchant_supervisor")
    step(f"order print {order}", "gp_specialist")
    record = f"payment record {order} --amount {pieces}00 --ref R{order}"
    money = step(record, "finance_cashier")["number"]
    step(f"payment print {money}", "finance_cashier")
    step(f"payment verify {money}", "finance")
    sent(step, order, pieces)
    return order


def given_back(step: Step, order: str, pieces: int, on: str = DAY, settle: str = "") -> str:
    """Take so many pieces back into the stock and settle them; the number of the return."""
    number = str(
        step(f"return new {order} 1:{pieces} --reason 多订", "gp_specialist", on)["number"]
    )
    step(f"approval ok {number}", "merchant_manager", on)
    if on > "2026-11-27":
        step(f"approval ok {number}", "operations_manager", on)
    for role in ("distribution_center", "merchant_staff"):
        step(f"return receive {number} 1:{pieces}", role, on)
    step(f"return inspect {number} 1:stock", "distribution_center", on)
    step(f"return settle {number} {settle}".strip(), "finance", on)
    return number


def differences(desk, on: str = DAY) -> list[str]:
    """The checks of the night that find more than reminders."""
    found = desk.run("reconcile run --check --json", as_="cron", on=on).json
    return [row["check"] for row in found if not row["soft"]]


def reminders(desk, on: str = DAY) -> list[str]:
    found = desk.run("reconcile run --check --json", as_="cron", on=on).json
    return [row["check"] for row in found if row["soft"]]


@pytest.fixture
def on_credit(desk, step) -> str:
    """Goods of 300.00 that KH0001 has on credit."""
    limit = "credit set KH0001 --limit 9000 --until 2027-06-30 --investigated-by finance"
    number = step(f"{limit} --document 资信", "merchant_staff")["number"]
    step(f"approval ok {number}", "deputy_general_manager")
    new = "order new -c KH0001 -l T1:3 --need-by 2026-11-20 --payment credit --submit"
    order = str(step(new, "gp_specialist")["number"])
    step(f"order review {order}", "merchant_supervisor")
    step(f"order print {order}", "gp_specialist")
    letter = f"credit letter {order} --guarantor gp_specialist --amount 300 --due 2026-12-10"
    step(f"{letter} --document 担保书", "gp_specialist")
    sent(step, order, 3)
    return order


def test_what_came_back_is_not_owed_and_no_money_goes_back(desk, step, on_credit) -> None:
    """FLW-AFT-01, DST-GDS-13: nothing was paid, so nothing above what was received is given."""
    number = given_back(step, on_credit, 1, settle="--refund")
    assert step(f"return show {number}", "finance")["way"] == "refund"
    assert step("refund list", "finance") == []
    (row,) = step("ar aging", "finance")
    assert row["owed"] == "200.00"
    (debt,) = step("ar due", "finance")
    assert (debt["order"], debt["owed"]) == (on_credit, "200.00")
    assert differences(desk) == []


def test_money_paid_beyond_what_was_kept_is_free_and_only_that(desk, step, on_credit) -> None:
    """RTL-SHT-15: 250.00 of 300.00 is paid; 2 of 3 come back: 50.00 less is owed, 150.00 free."""
    wish = step(f"invoice request {on_credit}", "gp_specialist")["number"]
    step(f"invoice agree {wish} --with 李主任", "gp_specialist")
    money = step(f"payment record {on_credit} --amount 250 --ref R1", "finance_cashier")["number"]
    step(f"payment print {money}", "finance_cashier")
    ask = f"return new {on_credit} 1:2 --reason 多订"
    number = str(step(ask, "gp_specialist")["number"])
    step(f"approval ok {number}", "merchant_manager")
    for role in ("distribution_center", "merchant_staff"):
        step(f"return receive {number} 1:2", role)
    step(f"return inspect {number} 1:stock", "distribution_center")
    # Money that finance has not seen does not go back.
    desk.refused(f"return settle {number} --refund", "RTL-DUT-07", as_="finance", on=DAY)
    step("payment verify R1", "finance")
    told = step(f"return settle {number} --refund", "finance")
    (refund,) = told["refunds"]
    assert step(f"refund show {refund}", "finance")["amount"] == "150.00"
    shown = step(f"order show {on_credit}", "finance")
    assert (shown["returned"], shown["received"], shown["owed"]) == ("200.00", "100.00", "0.00")
    assert differences(desk) == []


def test_a_customer_who_leaves_the_money_has_it_for_the_next_order(desk, step) -> None:
    """FLW-AFT-01: credited, not paid out."""
    order = paid(step)
    given_back(step, order, 4)
    (money,) = step("payment list", "finance")
    assert money["free"] == "400.00"
    assert differences(desk) == []


def test_an_invoice_of_goods_that_came_back_waits_for_a_red_letter(desk, step) -> None:
    """C-14, BLK-INV-02: the service desk takes it back whole, then invoices what was kept."""
    order = paid(step)
    wish = step(f"invoice request {order}", "gp_specialist")["number"]
    issue = f"invoice issue {wish} --invoice-no 26442000000123456701"
    step(issue, "service_desk")
    given_back(step, order, 4, settle="--refund")
    assert "invoices_after_returns" in reminders(desk)
    assert differences(desk) == []
    waiting = step("todo", "service_desk")
    assert ("invoice_of_kept", wish) in [(task["gate"], task["order"]) for task in waiting]
    red = f"invoice red {wish} --invoice-no 26442000000123456702 --reason 退货"
    step(red, "service_desk")
    assert "invoices_after_returns" not in reminders(desk)
    too_much = f"invoice request {order} --amount 600.01 --content 电器"
    desk.refused(too_much, "C-14", as_="gp_specialist", on=DAY)
    again = step(f"invoice request {order} --content 电器", "gp_specialist")
    assert again["amount"] == "600.00"
    # What is invoiced of a part says what of.
    desk.refused(f"invoice request {order} --amount 1", "HYP-GDS-11", as_="gp_specialist", on=DAY)


def test_a_rebate_is_of_what_was_kept(desk, step) -> None:
    """GPA-COL-02, FLW-AFT-01."""
    order = paid(step)
    rebate = step(f"rebate propose {order} --rate 2", "gp_specialist")["number"]
    step(f"approval ok {rebate}", "merchant_manager")
    given_back(step, order, 5)
    pay = f"rebate pay {rebate} --ref B2"
    desk.refused(pay, "20.00 of 10.00", as_="finance_cashier", on=DAY)
    step(f"rebate drop {rebate} --reason 退货", "gp_specialist")
    rebate = step(f"rebate propose {order} --rate 2", "gp_specialist")
    assert rebate["amount"] == "10.00"
    step(f"approval ok {rebate['number']}", "merchant_manager")
    step(f"rebate pay {rebate['number']} --ref B2", "finance_cashier")
    assert "rebates_after_returns" not in reminders(desk)
    given_back(step, order, 1)
    assert "rebates_after_returns" in reminders(desk)


def test_a_customer_is_classed_by_what_was_kept(desk, step) -> None:
    """A-29: purchases are what was dispatched less what came back, in the month of the return."""
    order = paid(step, pieces=30)
    given_back(step, order, 12, on="2026-12-02")
    with reading(desk.ledger) as reader:
        (row,) = reader.all("SELECT id FROM customer WHERE number = 'KH0001'")
        bought = [
            customers.purchases(reader, row["id"], day)
            for day in (date(2026, 11, 30), date(2026, 12, 2))
        ]
    assert [(each.month.fen, each.cumulative.fen) for each in bought] == [
        (300000, 300000),
        (-120000, 180000),
    ]


def test_a_late_return_asks_for_one_more_signature(desk, step) -> None:
    """FLW-AFT-01: seven days on one word, then the operations manager's too."""
    order = paid(step)
    in_time = step(f"return new {order} 1:1 --reason 多订", "gp_specialist", "2026-11-27")
    late = step(f"return new {order} 1:1 --reason 多订", "gp_specialist", "2026-11-28")
    for told, who in (
        (in_time, "merchant_manager"),
        (late, "merchant_manager, operations_manager"),
    ):
        gate = step(f"return show {told['number']}", "finance", "2026-11-28")["gates"][0]
        assert gate["says"].endswith(f"waits for {who}")
    desk.refused(
        f"return new {order} 1:1 --reason 多订 --by 2026-11-19",
        "is past",
        as_="gp_specialist",
        on=DAY,
        exit=6,
    )


def test_goods_of_this_month_that_come_back_give_room_in_it(desk, step) -> None:
    """RTL-MTH-04, A-46: 50,000.00 of security; what came back can be picked up again."""
    secured(step, 50000)
    first = monthly(step, 480)
    sent(step, first, 480)
    second = monthly(step, 30)
    desk.refused(f"dispatch new {second}", "RTL-MTH-04", as_="distribution_center", on=DAY)
    given_back(step, first, 10)
    sent(step, second, 30)
    assert differences(desk) == []
    # What comes back in the next month gives room there, and never more than the security.
    given_back(step, first, 100, on="2026-12-01")
    third = monthly(step, 501, on="2026-12-01")
    desk.refused(f"dispatch new {third}", "RTL-MTH-04", as_="distribution_center", on="2026-12-01")


def test_goods_give_room_in_the_month_in_which_they_came_back(desk, step) -> None:
    """A-46: back on 30 November, settled on 1 December: it is November's, and not December's."""
    secured(step, 1000)
    first = monthly(step, 10)
    sent(step, first, 10)
    step(f"return new {first} 1:4 --reason 多订", "gp_specialist", "2026-11-30")
    number = desk.sql("SELECT max(number) FROM goods_return")[0][0]
    for who in ("merchant_manager", "operations_manager"):
        step(f"approval ok {number}", who, "2026-11-30")
    for role in ("distribution_center", "merchant_staff"):
        step(f"return receive {number} 1:4", role, "2026-11-30")
    step(f"return inspect {number} 1:stock", "logistics_manager", "2026-12-01")
    step(f"return settle {number}", "finance", "2026-12-01")
    days = "SELECT day, amount_fen FROM v_pickup_back"
    assert desk.sql(days) == [("2026-11-30", 40000)]
    second = monthly(step, 10, on="2026-12-01")
    sent(step, second, 10, on="2026-12-01")
    third = monthly(step, 1, on="2026-12-01")
    desk.refused(f"dispatch new {third}", "RTL-MTH-04", as_="distribution_center", on="2026-12-01")


def secured(step: Step, yuan: int) -> str:
    """A contract by the month that is executed, with security."""
    add = "contract add KH0001 --kind supply --amount 600000 --from 2026-11-01 --to 2027-10-31"
    more = "--terms 月结 --service 供货 --prices 零售价 --mode 月结供货 --rights 见附件3"
    contract = step(f"{add} {more} --statement-day 25 --due-day 10", "merchant_staff")["number"]
    taken = f"security record {contract} --amount {yuan} --ref S1"
    step(f"security verify {step(taken, 'finance_cashier')['number']}", "finance")
    step(f"contract submit {contract}", "merchant_staff")
    step(f"approval ok {contract}", "merchant_manager")
    step(f"contract file {contract} --reference 招商-1", "merchant_staff")
    step(f"contract execute {contract}", "merchant_staff")
    return str(contract)


def monthly(step: Step, pieces: int, on: str = DAY) -> str:
    new = f"order new -c KH0001 -l T1:{pieces} --need-by {on} --payment monthly --submit"
    order = str(step(new, "gp_specialist", on)["number"])
    step(f"order review {order}", "merchant_supervisor", on)
    step(f"order print {order}", "gp_specialist", on)
    return order


def test_the_books_go_to_other_programs_with_what_came_back(desk, step) -> None:
    """CRH-DAT-02: accounts of goods come back and scrapped are in the journal, and it balances."""
    order = paid(step)
    number = str(step(f"return new {order} 1:4 --reason 多订", "gp_specialist")["number"])
    step(f"approval ok {number}", "merchant_manager")
    for role in ("distribution_center", "merchant_staff"):
        step(f"return receive {number} 1:4", role)
    step(f"return inspect {number} 1:stock:2 1:scrap:1 1:sample:1", "logistics_manager")
    step(f"return settle {number}", "finance")
    book = desk.ok("export beancount", as_="finance", on=DAY).out
    loader = pytest.importorskip("beancount.loader")
    _entries, errors, _options = loader.load_string(book)
    assert errors == []
    assert "6711" in book
    assert "140501" in book
    (stock,) = step("stock check T1 --at DC", "gp_specialist")
    assert stock["display"] == "1"


def test_a_part_that_came_back_is_settled_while_the_rest_is_still_to_go(desk, step) -> None:
    """RTL-PAY-10, FLW-AFT-01: 30 paid for, 11 and 9 sent, 2 come back, 1 was damaged on its way."""
    new = "order new -c KH0001 -l T1:30 --need-by 2026-11-27 --submit"
    order = str(step(new, "gp_specialist")["number"])
    step(f"order review {order}", "merchant_supervisor")
    step(f"order print {order}", "gp_specialist")
    money = step(f"payment record {order} --amount 3000 --ref P1", "finance_cashier")["number"]
    step(f"payment print {money}", "finance_cashier")
    step("payment verify P1", "finance")
    slips = []
    for pieces in (11, 9):
        issued = step(f"dispatch new {order} --line T1:{pieces}", "distribution_center")
        slip = str(issued["number"])
        step(f"dispatch print {slip}", "distribution_center")
        for role in ("distribution_center", "merchant_staff"):
            step(f"dispatch count {slip} 1:{pieces}", role)
        step(f"dispatch load {slip} --truck 粤S12345 --driver 张师傅", "distribution_center")
        slips.append(slip)
    step(f"dispatch sign {slips[0]} --by 李主任", "driver")
    signed = step(f"dispatch sign {slips[1]} --by 李主任 --damaged T1:1", "driver")
    assert differences(desk) == []
    # What was refused was never the customer's: 8 of the second slip could come back, and no more.
    too_many = f"return new {slips[1]} 1:9 --reason 多订"
    desk.refused(too_many, "FLW-AFT-01", as_="gp_specialist", on=DAY)
    given_back(step, slips[0], 2, settle="--refund")
    shown = step(f"order show {order}", "finance")
    assert (shown["returned"], shown["received"], shown["owed"]) == ("200.00", "2800.00", "0.00")
    assert differences(desk) == []
    damaged = str(signed["return"])
    for role in ("distribution_center", "merchant_staff"):
        step(f"return receive {damaged} 1:1", role)
    told = step(f"return inspect {damaged} 1:scrap", "logistics_manager")
    assert (told["state"], told["amount"]) == ("settled", "0.00")
    assert differences(desk) == []
    # The rest goes out and is paid for already: 10 that were open, and 1 for the damaged one.
    last = step(f"dispatch new {order}", "distribution_center")["number"]
    step(f"dispatch print {last}", "distribution_center")
    for role in ("distribution_center", "merchant_staff"):
        step(f"dispatch count {last} 1:11", role)
    step(f"dispatch load {last} --truck 粤S12345 --driver 张师傅", "distribution_center")
    step(f"dispatch sign {last} --by 李主任", "driver")
    assert differences(desk) == []
    # All that is left comes back, slip by slip: nothing is kept, and not a fen is left over.
    for slip, pieces in ((slips[0], 9), (slips[1], 8), (str(last), 11)):
        given_back(step, slip, pieces, settle="--refund")
    shown = step(f"order show {order}", "finance")
    assert (shown["returned"], shown["received"], shown["owed"]) == ("3000.00", "0.00", "0.00")
    assert differences(desk) == []
