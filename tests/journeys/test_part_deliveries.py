"""Orders that go out in several slips: pieces, money and deposit add up at every step."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest


class Counter:
    """The desk, with orders of T1 at 100.00 (cost 50.00) and T2 at 9.99, and their slips."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk

    def step(self, role: str, command: str) -> dict[str, Any]:
        """What a command that must pass tells scripts."""
        told = self.desk.ok(f"{command} --json", as_=role).json
        return dict(told)

    def order(self, lines: str, *, terms: str = "prepaid", deposit: str = "") -> str:
        """An order that is reviewed and printed; prepaid in full unless it is on credit."""
        new = f"order new -c KH0001 {lines} --need-by +7d --payment {terms} --submit"
        made = self.step("gp_specialist", new)
        number, total = made["number"], made["total"]
        self.step("merchant_supervisor", f"order review {number}")
        self.step("gp_specialist", f"order print {number}")
        if terms == "credit":
            letter = f"credit letter {number} --guarantor gp_specialist --amount {total}"
            self.step("gp_specialist", f"{letter} --due +30d --document 担保书")
        if deposit:
            self.paid(number, deposit, "deposit")
            self.step("gp_specialist", f"order photocopy {number}")
        elif terms == "prepaid":
            self.paid(number, total)
        return str(number)

    def paid(self, order: str, amount: str, kind: str = "payment") -> None:
        """Money of an order that finance has seen."""
        reference = f"{kind}{order[-4:]}"
        record = f"{kind} record {order} --amount {amount} --ref {reference}"
        money = self.step("finance_cashier", record)["number"]
        self.step("finance_cashier", f"payment print {money}")
        self.step("finance", f"payment verify {money}")

    def slip(self, order: str, lines: str = "") -> dict[str, Any]:
        """A slip for all that is open, or for the lines."""
        return self.step("distribution_center", f"dispatch new {order} {lines}")

    def ready(self, *slips: str) -> None:
        """Printed and counted by both departments."""
        for slip in slips:
            self.step("distribution_center", f"dispatch print {slip}")
            lines = self.desk.ok(f"dispatch show {slip} --json").json["lines"]
            found = " ".join(f"{line['line']}:{line['quantity']}" for line in lines)
            for role in ("distribution_center", "merchant_staff"):
                self.step(role, f"dispatch count {slip} {found}")

    def load(self, *slips: str) -> dict[str, Any]:
        """All of them on one vehicle."""
        load = f"dispatch load {' '.join(slips)} --truck 粤S12345 --driver 张师傅"
        return self.step("distribution_center", load)

    def sign(self, slip: str, refused: str = "") -> None:
        """Signed for at the customer's."""
        self.step("driver", f"dispatch sign {slip} --by 李主任 {refused}")

    def sent(self, order: str, lines: str = "", refused: str = "") -> dict[str, Any]:
        """A slip with its goods at the customer's."""
        made = self.slip(order, lines)
        self.ready(made["number"])
        self.load(made["number"])
        self.sign(made["number"], refused)
        return made

    def shown(self, order: str) -> dict[str, Any]:
        """The order as it is shown."""
        return dict(self.desk.ok(f"order show {order} --json").json)

    def sound(self) -> None:
        """Every proof of the night holds, and the books of the ledger file."""
        found = self.desk.run("reconcile run --check", as_="finance")
        assert found.exit == 0, found.out
        assert self.desk.run("db check").exit == 0

    def balance(self, account: str) -> int:
        """What an account holds on its debit side, in fen."""
        found = self.desk.sql("SELECT balance_fen FROM v_account WHERE account = ?", account)
        return int(found[0][0]) if found else 0


@pytest.fixture
def counter(desk, shelf) -> Counter:
    shelf({"T1": ("50.00", "100.00"), "T2": ("5.00", "9.99")})
    return Counter(desk)


@pytest.fixture
def creditor(counter) -> Counter:
    """The same where KH0001 has credit."""
    limit = "credit set KH0001 --limit 90000 --until 2027-06-30 --investigated-by finance"
    number = counter.step("merchant_staff", f"{limit} --document 资信")["number"]
    counter.step("general_manager", f"approval ok {number}")
    return counter


@pytest.fixture
def draws(desk) -> Callable[[str, str], None]:
    """Puts a way of drawing the deposit, or of paying before a part, into force."""

    def put(key: str, value: str) -> None:
        change = f"policy set delivery.{key} {value} --from 2026-11-20 --reason 分批 --json"
        made = desk.ok(change, as_="finance").json
        desk.ok(f"approval ok {made['approval']}", as_="general_manager")
        desk.ok(f"policy activate {made['number']} --yes", as_="administrator")

    return put


def test_two_slips_on_one_vehicle_and_what_was_damaged_goes_again(counter) -> None:
    """RTL-CTL-07, RTL-PAY-08, RTL-PAY-10, RTL-PAY-11: refused goods are open, not sold."""
    order = counter.order("-l T1:50 -l T2:10")
    first = counter.slip(order, "-l T1:30")
    second = counter.slip(order, "-l T1:10 -l T2:10")
    assert (first["amount"], second["amount"], second["open"]) == ("3000.00", "1099.90", "1000.00")
    counter.desk.refused(
        f"dispatch new {order} -l T1:11", "RTL-CTL-07", as_="distribution_center", exit=4
    )
    numbers = (first["number"], second["number"])
    counter.ready(*numbers)
    run = counter.load(*numbers)
    assert run["slips"] == list(numbers)
    counter.sound()
    counter.sign(numbers[0], "--short T1:1 --damaged T1:2")
    counter.sound()
    counter.sign(numbers[1])
    shown = counter.shown(order)
    line = shown["lines"][0]
    assert shown["state"] == "partly_delivered"
    assert (line["delivered"], line["on_slips"], line["open"]) == ("37", "40", "13")
    counter.sound()
    (told,) = counter.desk.ok("dispatch runs --json").json
    assert (told["number"], told["copies_out"]) == (run["run"], 2)
    scanned = f"{numbers[0]}\n\n{numbers[1]}\n"
    counter.desk.ok("dispatch archive -", as_="distribution_center", stdin=scanned)
    last = counter.sent(order)
    assert last["amount"] == "1300.00"
    assert counter.shown(order)["state"] == "delivered"
    counter.step("distribution_center", f"dispatch archive {last['number']}")
    assert counter.shown(order)["state"] == "closed"
    counter.sound()


def test_one_copy_that_is_not_signed_keeps_all_that_were_scanned(counter, written) -> None:
    """SC-26, RTL-PAY-11: all of them, or none."""
    order = counter.order("-l T1:5")
    first = counter.slip(order, "-l T1:2")["number"]
    second = counter.slip(order)["number"]
    counter.ready(first, second)
    counter.load(first, second)
    counter.sign(first)
    before = written()
    counter.desk.refused(
        f"dispatch archive {first} {second}", "RTL-PAY-11", as_="distribution_center", exit=4
    )
    assert written() == before


def test_a_vehicle_leaves_with_all_its_slips_or_with_none(counter) -> None:
    """RTL-ORD-14, RTL-PAY-08: one slip that is not counted keeps the vehicle."""
    orders = [counter.order(f"-l T1:{pieces}") for pieces in (2, 3)]
    first, second = (counter.slip(order)["number"] for order in orders)
    counter.ready(first)
    load = f"dispatch load {first} {second} --truck 粤S12345 --driver 张师傅"
    counter.desk.refused(load, "RTL-ORD-14", as_="distribution_center", exit=4)
    counter.ready(second)
    counter.load(first, second)
    counter.sound()


def test_the_rest_is_cut_and_its_money_given_back(counter) -> None:
    """RTL-SHT-13..15: the order is closed with what went out; the rest is asked back at once."""
    order = counter.order("-l T1:50")
    slip = counter.sent(order, "-l T1:30")["number"]
    counter.step("distribution_center", f"dispatch archive {slip}")
    told = counter.step("merchant_supervisor", f"dispatch cut {order} --reason 不要了 --refund")
    assert (told["state"], told["total"], told["cut"]) == ("closed", "3000.00", "2000.00")
    assert len(told["refunds"]) == 1
    assert counter.desk.sql("SELECT amount_fen FROM v_refund") == [(200000,)]
    counter.sound()


def test_gifts_are_not_kept_where_what_paid_for_them_is_cut(counter) -> None:
    """SC-07, RTL-DSC-03, RTL-DSC-04: a cut leaves no margin that nobody signed for."""
    new = "order new -c KH0001 -l T1:20@100 --gift T2:40 --need-by +7d --submit"
    made = counter.step("gp_specialist", new)
    order = made["number"]
    for role in ("purchasing", "merchant_manager", "purchasing_manager", "operations_manager"):
        counter.desk.run(f"approval ok {made['approval']}", as_=role)
    counter.step("merchant_supervisor", f"order review {order}")
    counter.step("gp_specialist", f"order print {order}")
    counter.paid(order, made["total"])
    counter.sent(order, "-l T1:3 -l T2:40")
    cut = f"dispatch cut {order} --reason 不要了"
    counter.desk.refused(cut, "RTL-DSC-03", as_="merchant_supervisor", exit=4)
    counter.sound()


def test_a_released_rest_is_anybodys_until_it_goes(counter) -> None:
    """RTL-ORD-02: what is on no slip is reserved, unless it was released."""
    order = counter.order("-l T1:600")
    slip = counter.slip(order, "-l T1:100 --release")["number"]
    assert counter.desk.sql("SELECT sum(quantity) FROM v_reservation") == [(100,)]
    other = counter.order("-l T1:700")
    counter.sound()
    counter.ready(slip)
    counter.load(slip)
    counter.sign(slip)
    counter.desk.refused(f"dispatch new {order}", "RTL-ORD-02", as_="distribution_center", exit=4)
    counter.sent(other, "-l T1:50")
    more = counter.slip(order, "-l T1:200")["number"]
    counter.sound()
    counter.step("distribution_center", f"dispatch void {more} --reason 改期")
    assert counter.shown(order)["state"] == "partly_delivered"
    counter.sound()


def test_before_a_part_goes_the_whole_order_is_paid(counter) -> None:
    """RTL-PRI-02, RTL-CTL-03: as the shipped policy reads it."""
    order = counter.order("-l T1:50", deposit="1500")
    counter.desk.refused(
        f"dispatch new {order} -l T1:10", "RTL-PRI-02", as_="distribution_center", exit=4
    )


def test_by_policy_a_part_goes_when_it_is_paid_and_the_deposit_secures_the_rest(
    counter, draws
) -> None:
    """RTL-PRI-02: 1,000.00 of goods beside a deposit of 1,500.00 for what is still open."""
    draws("paid_before", "slip")
    order = counter.order("-l T1:50", deposit="1500")
    part = f"dispatch new {order} -l T1:10"
    counter.desk.refused(part, "RTL-PRI-02", as_="distribution_center", exit=4)
    counter.paid(order, "999.99")
    counter.desk.refused(part, "RTL-PRI-02", as_="distribution_center", exit=4)
    counter.step("finance_cashier", f"payment record {order} --amount 0.01 --ref X1")
    counter.step("finance_cashier", "payment print X1")
    counter.step("finance", "payment verify X1")
    slip = counter.sent(order, "-l T1:10")
    assert slip["deposit"] == "0.00"
    counter.sound()
    # What is earned is the goods; the deposit is still held.
    assert (counter.balance("2203"), counter.balance("1122")) == (-150000, 0)
    counter.desk.refused(f"dispatch new {order}", "RTL-PRI-02", as_="distribution_center", exit=4)


WAYS = [
    ("last", "0", ["0.00", "0.00", "1500.00"]),
    ("proportional", "0", ["300.00", "600.00", "600.00"]),
    ("fixed", "40000", ["400.00", "400.00", "700.00"]),
]


@pytest.mark.parametrize(("way", "most", "drawn"), WAYS, ids=[way for way, *_ in WAYS])
def test_a_deposit_pays_for_parts_as_the_policy_says(creditor, draws, way, most, drawn) -> None:
    """RTL-DEP-06: 1,500.00 over slips of 1,000.00, 2,000.00 and 2,000.00; the rest is owed."""
    if way != "last":
        draws("deposit_draw", way)
    if most != "0":
        draws("fixed_draw_fen", most)
    order = creditor.order("-l T1:50", terms="credit", deposit="1500")
    found, owed = [], 0
    for pieces, share in zip((10, 20, 20), drawn, strict=True):
        found.append(creditor.sent(order, f"-l T1:{pieces}")["deposit"])
        owed += pieces * 10000 - int(share.replace(".", ""))
        assert creditor.balance("1122") == owed
        creditor.sound()
    assert found == drawn
    (row,) = creditor.desk.ok("ar aging --json", as_="finance").json
    assert (row["owed"], row["deposits"]) == ("3500.00", "0.00")
    quote = creditor.desk.ok(f"deposit quote {order} --json").json
    assert (quote["draws"], quote["drawn"]) == (way, "1500.00")


def test_the_list_of_deposits_says_what_is_drawn_and_what_is_left(creditor, draws) -> None:
    """RTL-DEP-06: two deposits of one order, the older drawn first, to the fen at every step."""
    draws("deposit_draw", "proportional")
    order = creditor.order("-l T1:50", terms="credit", deposit="1500")
    more = f"deposit record {order} --amount 333.33 --ref second"
    creditor.step(
        "finance_cashier", f"payment print {creditor.step('finance_cashier', more)['number']}"
    )

    def told() -> list[tuple[str, ...]]:
        rows = creditor.desk.ok("deposit list --json").json
        keys = ("amount", "deposit", "drawn", "going", "left")
        return [tuple(row[key] for key in keys) for row in reversed(rows)]

    second = ("333.33", "333.33", "0.00", "0.00", "333.33")
    assert told() == [("1500.00", "1500.00", "0.00", "0.00", "1500.00"), second]
    first = creditor.slip(order, "-l T1:17")
    assert first["deposit"] == "623.33"
    assert told() == [("1500.00", "1500.00", "0.00", "623.33", "876.67"), second]
    creditor.ready(first["number"])
    creditor.load(first["number"])
    creditor.sign(first["number"])
    assert told() == [("1500.00", "1500.00", "623.33", "0.00", "876.67"), second]
    creditor.sent(order, "-l T1:30")
    assert told()[0] == ("1500.00", "1500.00", "1500.00", "0.00", "0.00")
    assert told()[1] == ("333.33", "333.33", "223.33", "0.00", "110.00")
    creditor.sent(order)
    assert [row[2:] for row in told()] == [
        ("1500.00", "0.00", "0.00"),
        ("333.33", "0.00", "0.00"),
    ]
    assert "623.33" in creditor.desk.ok(f"deposit quote {order}").out
    creditor.sound()


def test_money_for_a_part_that_is_owed_settles_it_and_may_be_taken_away(creditor) -> None:
    """RTL-DUT-03: what comes for an order on credit pays first for what was delivered."""
    order = creditor.order("-l T1:50", terms="credit")
    creditor.sent(order, "-l T1:10")
    creditor.sent(order, "-l T1:10")
    wish = creditor.step("gp_specialist", f"invoice request {order} --amount 2000 --content 货物")[
        "number"
    ]
    creditor.step("gp_specialist", f"invoice agree {wish} --with 李主任")
    creditor.paid(order, "1500")
    assert creditor.balance("1122") == 50000
    debts = creditor.desk.ok("ar due KH0001 --json", as_="finance").json
    assert [each["owed"] for each in debts] == ["500.00"]
    creditor.sound()
    take = f"payment unallocate payment{order[-4:]} {order} --reason 记错"
    creditor.desk.ok(take, as_="finance")
    assert creditor.balance("1122") == 200000
    creditor.sound()


def test_nobody_cuts_an_order_that_has_no_slip(counter) -> None:
    """RTL-SHT-02, RTL-SHT-09: its form is changed, or made void."""
    order = counter.order("-l T1:50")
    cut = f"dispatch cut {order} --reason 不要了"
    counter.desk.refused(cut, "RTL-SHT-09", as_="merchant_supervisor", exit=4)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_happens_to_slips_the_books_and_the_goods_agree(creditor, seed) -> None:
    """RTL-CTL-07, RTL-DEP-06, RTL-PAY-10: any order of events, on credit with a deposit."""
    fate = random.Random(seed)
    order = creditor.order("-l T1:20 -l T2:7", terms="credit", deposit="620.98")
    for _turn in range(6):
        shown = creditor.shown(order)
        lines = shown["lines"]
        left = {each["code"]: int(each.get("open", each["quantity"])) for each in lines}
        named = {code: fate.randint(0, most) for code, most in left.items()}
        wish = " ".join(f"-l {code}:{n}" for code, n in named.items() if n)
        if not wish or shown["state"] in ("delivered", "closed"):
            break
        slip = creditor.slip(order, wish)["number"]
        if fate.random() < 0.25:
            creditor.step("distribution_center", f"dispatch void {slip} --reason 改期")
            creditor.sound()
            continue
        creditor.ready(slip)
        creditor.load(slip)
        off = {code: fate.randint(0, n) for code, n in named.items() if fate.random() < 0.3}
        creditor.sign(slip, " ".join(f"--short {code}:{n}" for code, n in off.items() if n))
        creditor.sound()
    shown = creditor.shown(order)
    if shown["state"] in ("slip_issued", "partly_delivered"):
        cut = f"dispatch cut {order} --reason 不要了"
        creditor.desk.run(cut, as_="merchant_supervisor")
        creditor.sound()
