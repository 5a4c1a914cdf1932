"""Money actions in any order: after each the books balance, and a refusal has changed nothing."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from kac.core.errors import Exit
from kac.core.findings import Finding
from kac.db.reader import Reader, reading
from kac.desk.reconciliation import queries as night
from kac.ledger import checks as books
from tests.conftest import Desk, contents, copied

# What the night finds of steps that still wait is no fault of the money.
WAITING = {"receipts_are_printed", "transfers_are_on_the_statement", "receipts_are_recorded"}
SLIP = "--no {mark} --bank 工行 --issued 2026-11-19"
quantities, yuan = st.integers(1, 4), st.integers(1, 500)
REFUSALS = {Exit.REFUSED, Exit.NOT_PERMITTED, Exit.BAD_INPUT, Exit.NOT_FOUND}


def every_finding(reader: Reader) -> list[Finding]:
    """What the books and the proofs of the night find, the first of them first."""
    day = date(2026, 11, 20)
    found = [each for check in books.CHECKS for each in check(reader)]
    return found + [each for check in night.CHECKS for each in check(reader, day)]


class Money(RuleBasedStateMachine):
    """A desk where orders of goods at 100.00 are paid for, unpaid, moved and reversed at random."""

    desks: list[Desk] = []  # noqa: RUF012
    orders = Bundle("orders")
    money = Bundle("money")
    cheques = Bundle("cheques")

    @initialize()
    def open(self) -> None:
        self.home = tempfile.TemporaryDirectory()
        self.desk = copied(self.desks[0].ledger, Path(self.home.name))
        self.mark = 0

    def teardown(self) -> None:
        self.home.cleanup()

    def typed(self, role: str, command: str) -> str:
        """Type a command; its number, or nothing when it was refused, and then nothing changed."""
        before = contents(self.desk.ledger)
        result = self.desk.run(f"{command} --json", as_=role)
        if result.exit == Exit.DONE:
            return str(json.loads(result.out)["number"])
        assert result.exit in REFUSALS, f"{command}: {result.exit}\n{result.err}"
        assert contents(self.desk.ledger) == before, f"{command}: refused, yet something changed"
        return ""

    def marked(self) -> str:
        self.mark += 1
        return f"R{self.mark}"

    @rule(target=orders, quantity=quantities, customer=st.sampled_from(["KH0001", "KH0002"]))
    def take_an_order(self, quantity: int, customer: str):
        line = f"-c {customer} -l T1:{quantity} --need-by 2026-11-27 --submit"
        number = self.typed("gp_specialist", f"order new {line}")
        self.typed("merchant_supervisor", f"order review {number}")
        return number

    @rule(target=money, order=orders, amount=yuan, kind=st.sampled_from(["payment", "deposit"]))
    def take_money(self, order: str, amount: int, kind: str):
        paid = f"{kind} record {order} --amount {amount} --ref {self.marked()}"
        number = self.typed("finance_cashier", paid)
        return number if number else multiple()

    @rule(target=money, order=orders, part=st.sampled_from(["deposit", "rest"]))
    def take_what_is_due(self, order: str, part: str):
        said = self.desk.ok(f"deposit quote {order} --json").json
        owed = f"{float(said['total']) - float(said['received']):.2f}"
        due, kind = (said["short"], "deposit") if part == "deposit" else (owed, "payment")
        paid = f"{kind} record {order} --amount {due} --ref {self.marked()}"
        number = self.typed("finance_cashier", paid)
        return number if number else multiple()

    @rule(target=money, amount=yuan, customer=st.sampled_from(["KH0001", "KH0002"]))
    def take_money_on_account(self, amount: int, customer: str):
        paid = f"payment record -c {customer} --amount {amount} --ref {self.marked()}"
        return self.typed("finance_cashier", paid)

    @rule(target=money, order=orders, amount=yuan)
    def declare(self, order: str, amount: int):
        said = f"payment declare {order} --amount {amount} --ref {self.marked()}"
        number = self.typed("gp_specialist", said)
        return number if number else multiple()

    @rule(given=money, order=orders)
    def take_what_was_declared(self, given: str, order: str) -> None:
        self.typed("finance_cashier", f"payment record {order} --declared {given}")

    @rule(
        given=money, verb=st.sampled_from(["verify", "reverse --reason 错", "withdraw --reason 无"])
    )
    def judge(self, given: str, verb: str) -> None:
        word, _space, rest = verb.partition(" ")
        role = "gp_specialist" if word == "withdraw" else "finance"
        self.typed(role, f"payment {word} {given} {rest}".strip())

    @rule(given=money, order=orders, amount=yuan)
    def allocate(self, given: str, order: str, amount: int) -> None:
        self.typed("finance_cashier", f"payment allocate {given} --to {order}:{amount}")

    @rule(given=money)
    def allocate_to_the_oldest(self, given: str) -> None:
        self.typed("finance_cashier", f"payment allocate {given} --fifo")

    @rule(given=money, order=orders)
    def use_as_a_deposit(self, given: str, order: str) -> None:
        self.typed("finance_cashier", f"deposit apply {given} {order}")

    @rule(given=money, order=orders)
    def take_away(self, given: str, order: str) -> None:
        self.typed("finance_cashier", f"payment unallocate {given} {order} --reason 改")

    @rule(order=orders, successor=orders)
    def carry_over(self, order: str, successor: str) -> None:
        self.typed("finance_cashier", f"deposit move {order} {successor} --reason 换单")

    @rule(target=cheques, order=orders, amount=st.sampled_from([100, 200, 300, 400]))
    def take_a_cheque(self, order: str, amount: int):
        slip = SLIP.format(mark=self.marked())
        number = self.typed("finance_cashier", f"cheque record {order} --amount {amount} {slip}")
        return number if number else multiple()

    @rule(
        cheque=cheques,
        step=st.sampled_from(
            [
                "finance: check-seal {} --specimen 卡",
                "finance_cashier: bank {}",
                "finance: clear {} --ref C{}",
                "finance: bounce {} --reason 存款不足",
                "finance: hand-back {} --reason 印鉴不符",
            ]
        ),
    )
    def take_a_cheque_on(self, cheque: str, step: str) -> None:
        role, _colon, words = step.partition(": ")
        self.typed(role, f"cheque {words.format(cheque, self.marked())}")

    @rule(order=orders)
    def deliver(self, order: str) -> None:
        """Send the goods where every gate lets them go."""
        steps = (
            ("gp_specialist", f"order print {order}"),
            ("distribution_center", f"dispatch new {order}"),
            ("distribution_center", f"dispatch print {order}"),
        )
        for role, command in steps:
            self.typed(role, command)
        rows = self.desk.sql(
            "SELECT n.quantity FROM order_line n JOIN sales_order o ON o.id = n.order_id"
            " WHERE o.number = ?",
            order,
        )
        for role in ("distribution_center", "merchant_staff"):
            self.typed(role, f"dispatch count {order} 1:{rows[0][0]}")
        self.typed("distribution_center", f"dispatch load {order} --truck 粤S1 --driver 张")
        self.typed("driver", f"dispatch sign {order} --by 李")

    @rule(
        customer=st.sampled_from(["KH0001", "KH0002"]), verb=st.sampled_from(["make", "withdraw"])
    )
    def draw_up_or_take_back(self, customer: str, verb: str) -> None:
        if verb == "make":
            self.typed("finance", f"statement make {customer}")
        elif rows := self.desk.sql("SELECT max(number) FROM statement WHERE state = 'made'"):
            self.typed("finance", f"statement withdraw {rows[0][0]} --reason 重做")

    @invariant()
    def the_night_finds_nothing_missing(self) -> None:
        if not hasattr(self, "desk"):
            return
        with reading(self.desk.ledger) as reader:
            found = [
                each
                for each in every_finding(reader)
                if not each.soft and each.check not in WAITING
            ]
        assert found == []


@pytest.fixture
def begun(desk, shelf) -> Desk:
    shelf({"T1": ("50.00", "100.00")})
    return desk


def _played(begun: Desk, examples: int, steps: int) -> None:
    Money.desks = [begun]
    run_state_machine_as_test(
        Money,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            phases=[Phase.generate],
            derandomize=examples < 10,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_money_goes_any_way_and_the_books_balance(begun) -> None:
    """RTL-DUT-07, RTL-PRI-02, CRH-DAT-02."""
    _played(begun, examples=4, steps=20)


@pytest.mark.slow
def test_money_goes_any_way_for_long(begun) -> None:
    """RTL-DUT-07, RTL-PRI-02, CRH-DAT-02: the same, for as long as an hour of a busy desk."""
    _played(begun, examples=60, steps=50)
