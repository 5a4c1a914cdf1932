"""Paid orders whose goods are short: deposits alone, changed minds, lost copies, refusals."""

from __future__ import annotations

import pytest


@pytest.fixture
def paid(desk, shelf):
    """A reviewed, printed order of 100 at 100.00, of which 60 are there; `paid(money)`."""
    shelf({"T1": ("50.00", "100.00"), "T2": ("50.00", "100.00")})

    def made(kind: str = "payment", amount: str = "10000", lines: str = "-l T1:100") -> str:
        number = desk.ok(
            f"order new -c KH0001 {lines} --need-by 2026-11-27 --submit --json",
            as_="gp_specialist",
        ).json["number"]
        desk.ok(f"order review {number}", as_="merchant_supervisor")
        desk.ok(f"order print {number} -q", as_="gp_specialist")
        money = f"{kind} record {number} --amount {amount} --ref A{number[-4:]}"
        desk.ok(money, as_="finance_cashier")
        desk.ok(f"payment verify A{number[-4:]}", as_="finance")
        desk.ok(f"payment print A{number[-4:]} -q", as_="finance_cashier")
        desk.ok("stock count T1:60 --reason 破损", as_="distribution_center")
        return str(number)

    return made


def collected(desk, number: str, *more: str):
    told = {}
    for copy in ("merchant_dept", "distribution_center", "customer", *more):
        told = desk.ok(f"order collect {number} --copy {copy} --json", as_="gp_specialist").json
    return told


def received(desk, number: str) -> str:
    return str(desk.ok(f"order show {number} --json").json["received"])


def test_a_deposit_is_carried_so_that_each_form_has_its_own(desk, paid) -> None:
    """A-34, RTL-SHT-18: 30.00 % came; both new forms have theirs, nothing is asked back."""
    number = paid("deposit", "3000")
    desk.ok(f"order photocopy {number}", as_="gp_specialist")
    desk.ok(f"order split {number} --until 2026-12-20 --reason 缺货", as_="merchant_supervisor")
    told = collected(desk, number, "photocopy")
    first, second = told["successors"]
    assert told["refunds"] == []
    assert (received(desk, first), received(desk, second)) == ("1800.00", "1200.00")
    assert desk.sql("SELECT count(*) FROM v_payment WHERE free_fen <> 0") == [(0,)]


def test_a_changed_mind_before_the_last_copy_is_what_counts(desk, paid) -> None:
    """RTL-SHT-09, RTL-SHT-12: the last choice; nothing was made of the first."""
    number = paid()
    desk.ok(f"order split {number} --until 2026-12-20 --reason 缺货", as_="merchant_supervisor")
    desk.ok(f"order collect {number} --copy customer", as_="gp_specialist")
    desk.ok(f"order cut {number} --refund --reason 不等了", as_="merchant_supervisor")
    assert desk.sql(
        "SELECT sum(quantity) FROM v_reservation r JOIN product p"
        " ON p.id = r.product_id WHERE p.code = 'T1'"
    ) == [(60,)]
    told = {}
    for copy in ("merchant_dept", "distribution_center"):
        told = desk.ok(f"order collect {number} --copy {copy} --json", as_="gp_specialist").json
    assert len(told["successors"]) == len(told["refunds"]) == 1
    assert desk.sql("SELECT amount_fen FROM v_refund") == [(400000,)]
    assert desk.run("reconcile run --check", as_="finance").exit == 0


def test_the_rest_stays_on_account_where_nobody_asks_for_it(desk, paid) -> None:
    """A-28: never forfeited; what no form needs is the customer's."""
    number = paid()
    desk.ok(f"order cut {number} --line T1:50 --reason 缺货", as_="merchant_supervisor")
    told = collected(desk, number)
    assert told["refunds"] == []
    assert desk.sql("SELECT free_fen FROM v_payment") == [(500000,)]
    again = desk.ok(
        "refund request A0040 --amount 5000 --reason 不再要 --json", as_="gp_specialist"
    ).json
    assert not again["cancellation"], "the form was cut, not given up"


def test_who_planned_and_who_collected_do_not_sign_the_refund(desk, paid) -> None:
    """RTL-SHT-14, C-19, A-56: both had a hand in it."""
    number = paid()
    desk.ok("staff grant merchant_supervisor --role logistics_manager", as_="administrator")
    desk.ok(f"order cut {number} --refund --reason 缺货", as_="merchant_supervisor")
    refund = collected(desk, number)["refunds"][0]
    desk.refused(f"approval ok {refund}", "A-56", as_="merchant_supervisor", exit=5)
    rows = desk.sql("SELECT requested_by FROM refund")
    assert rows == [("merchant_supervisor, gp_specialist",)]


def test_money_not_verified_is_not_asked_back(desk, paid) -> None:
    """RTL-DUT-07, RTL-SHT-15: a second payment that finance has not seen yet."""
    number = paid("deposit", "5000")
    desk.ok(f"payment record {number} --amount 5000 --ref B1", as_="finance_cashier")
    desk.refused(
        f"order cut {number} --refund --reason 缺货", "RTL-DUT-07", as_="merchant_supervisor"
    )
    desk.ok("payment verify B1", as_="finance")
    desk.ok(f"order cut {number} --refund --reason 缺货", as_="merchant_supervisor")


REFUSED = {
    "more than was paid for": "order cut {number} --line T1:101 --refund --reason x",
    "other goods than the order's": "order cut {number} --line T2:1 --refund --reason x",
    "61 of 60 now": "order split {number} --now T1:61 --until 2026-12-20 --reason x",
    "60 and 41": "order split {number} --now T1:60 --later T1:41 --until 2026-12-20 --reason x",
    "not later": "order postpone {number} --until 2026-11-27 --reason x",
    "still short": "order substitute {number} --line T2:1 --reason x",
}


@pytest.mark.parametrize("command", REFUSED.values(), ids=REFUSED.keys())
def test_a_way_that_does_not_add_up_changes_nothing(desk, paid, command) -> None:
    """RTL-SHT-01..18: refused with its rules; `refused` looks that nothing was written."""
    number = paid()
    who = "merchant_staff" if "postpone" in command else "merchant_supervisor"
    desk.refused(command.format(number=number), as_=who)


def test_waiting_customers_come_before_new_ones(desk, paid) -> None:
    """RTL-SHT-04, RTL-ORD-02: goods that arrive are promised to who waits for them."""
    number = paid()
    desk.ok(f"order postpone {number} --until 2026-12-20 --reason 缺货", as_="merchant_staff")
    desk.ok("stock count T1:100 --reason 到货", as_="distribution_center")
    desk.refused(
        "order new -c KH0002 -l T1:1 --need-by 2026-12-01 --submit",
        "RTL-REC-14",
        as_="gp_specialist",
    )
    assert desk.run("reconcile run --check", as_="finance").exit == 0


def test_a_copy_is_lost_only_once_and_only_of_a_void_form(desk, paid) -> None:
    """A-35: signed by customer and merchant manager, kept for ever."""
    number = paid()
    lose = f"order lost-copy {number} --copy customer --signed-by 李主任 --reason 遗失"
    desk.refused(lose, "RTL-SHT-09", as_="merchant_manager")
    desk.ok(f"order cut {number} --refund --reason 缺货", as_="merchant_supervisor")
    desk.refused(lose, "A-35", as_="merchant_supervisor", exit=5)
    desk.ok(lose, as_="merchant_manager")
    assert desk.run(lose, as_="merchant_manager").exit == 6
    rows = desk.sql("SELECT copy_name, signed_by, manager FROM loss_statement")
    assert rows == [("customer", "李主任", "merchant_manager")]


def test_a_shortage_found_at_the_count_takes_the_slip_back_first(desk, paid) -> None:
    """RTL-CTL-07, RTL-SHT-01: 58 of 60 are counted; the slip is void, then the customer chooses."""
    number = paid(amount="6000", lines="-l T1:60")
    slip = desk.ok(f"dispatch new {number} --json", as_="distribution_center").json["number"]
    desk.ok(f"dispatch print {slip} -q", as_="distribution_center")
    desk.refused(f"dispatch count {slip} 1:58", "RTL-CTL-07", as_="distribution_center")
    desk.ok("stock count T1:58 --reason 少两台", as_="distribution_center")
    cut = f"order cut {number} --refund --reason 少两台"
    desk.refused(cut, "RTL-CTL-07", f"kac dispatch void {slip}", as_="merchant_supervisor")
    desk.refused(f"dispatch void {slip} --reason x", as_="merchant_supervisor", exit=5)
    desk.ok(f"dispatch void {slip} --reason 少两台", as_="distribution_center")
    desk.refused(f"dispatch count {slip} 1:60", as_="distribution_center")
    desk.ok(cut, as_="merchant_supervisor")
    told = collected(desk, number)
    assert received(desk, told["successors"][0]) == "5800.00"
    assert len(told["refunds"]) == 1
    assert desk.run("reconcile run --check", as_="finance").exit == 0


def test_an_order_whose_slip_was_void_gets_another_one(desk, paid) -> None:
    """RTL-PAY-05: one living slip for an order; what is loaded is never void."""
    number = paid(amount="6000", lines="-l T1:60")
    first = desk.ok(f"dispatch new {number} --json", as_="distribution_center").json["number"]
    desk.ok(f"dispatch void {first} --reason 换车", as_="distribution_center")
    second = desk.ok(f"dispatch new {number} --json", as_="distribution_center").json["number"]
    desk.ok(f"dispatch print {second} -q", as_="distribution_center")
    desk.ok(f"dispatch count {second} 1:60", as_="distribution_center")
    desk.ok(f"dispatch count {second} 1:60", as_="merchant_staff")
    desk.ok(f"dispatch load {number} --truck 粤S1 --driver 张", as_="distribution_center")
    desk.refused(f"dispatch void {second} --reason x", as_="distribution_center")
    desk.ok(f"dispatch sign {number} --by 李主任", as_="driver")
    desk.ok(f"dispatch archive {number}", as_="distribution_center")
    assert desk.run("reconcile run --check", as_="finance").exit == 0


def test_copies_of_a_void_slip_come_back_before_another_is_issued(desk, paid) -> None:
    """C-27, RTL-SHT-09, RTL-SHT-10, A-35: collected and marked; a lost one is signed for."""
    number = paid(amount="6000", lines="-l T1:60")
    first = desk.ok(f"dispatch new {number} --json", as_="distribution_center").json["number"]
    desk.ok(f"dispatch print {first} -q", as_="distribution_center")
    void = desk.ok(f"dispatch void {first} --reason 换车 --json", as_="distribution_center").json
    copies = void["copies_out"]
    assert len(copies) == 2
    again = f"dispatch new {number}"
    desk.refused(again, "C-27", f"kac paper collect {first}", as_="distribution_center")
    assert "void_copies_come_back" in reminders(desk)
    desk.ok(f"paper collect {first} --copy {copies[0]}", as_="distribution_center")
    desk.refused(again, "A-35", as_="distribution_center")
    lose = f"paper lost {first} --copy {copies[1]} --signed-by 张师傅 --reason 途中遗失"
    desk.refused(lose, "A-35", as_="distribution_center", exit=5)
    desk.ok(lose, as_="merchant_manager")
    desk.refused(lose, "RTL-SHT-11", as_="merchant_manager")
    assert "void_copies_come_back" not in reminders(desk)
    second = desk.ok(f"{again} --json", as_="distribution_center").json["number"]
    living = f"paper lost {second} --copy {copies[0]} --signed-by 张 --reason 丢了"
    desk.ok(f"dispatch print {second} -q", as_="distribution_center")
    desk.refused(living, "C-27", as_="merchant_manager")
    assert desk.run("reconcile run --check", as_="finance").exit == 0


def reminders(desk) -> set[str]:
    """The names of what the night finds."""
    return {each["check"] for each in desk.run("reconcile run --json", as_="finance").json}
