"""The rest of the money machine: rebates, expenses, goods returned, invoices, lines of the bank."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.journeys.money_counter import Counter, action, nth

HEAD = "账号,交易时间,借方发生额,贷方发生额,余额,对方户名,对方账号,摘要,账户明细编号-交易流水号"
REBATE = (
    ("merchant_manager", "approval ok {}"),
    ("finance_cashier", "rebate pay {} --ref F{}"),
    ("gp_specialist", "rebate drop {} --reason 不返了"),
)
RETURN = (
    ("merchant_manager", "approval ok {}"),
    ("distribution_center", "return receive {} 1:{}"),
    ("merchant_staff", "return receive {} 1:{}"),
    ("logistics_manager", "return inspect {} 1:stock:{}"),
    ("finance", "return settle {}"),
)
EXPENSE = (
    ("store_person", "expense sign {}"),
    ("finance_window", "expense sign {}"),
    ("bulk_department_head", "approval ok {}"),
    ("business_manager", "expense receipt {} --ref POS{}"),
    ("finance", "expense reimburse 2026-11"),
)
INVOICE = (
    ("gp_specialist", "invoice agree {} --with 李"),
    ("service_desk", "invoice issue {} --invoice-no 2644200000{:010d}"),
    ("service_desk", "invoice red {} --invoice-no 2644200000{:010d} --reason 抬头写错"),
    ("service_desk", "invoice withdraw {} --reason 写错"),
)
_GONE = "SELECT number FROM v_order WHERE state IN ('delivered', 'closed') ORDER BY id DESC"
_ANY = "SELECT number FROM sales_order WHERE state <> 'draft' ORDER BY id DESC"


class Rest(Counter):
    """What follows a sale: what goes back of it, what is promised for it, what proves it."""

    def sold(self, at: int) -> str:
        return self.pick(_GONE, at) or self.pick(_ANY, at)

    @action(2, at=nth, rate=st.sampled_from([1, 3, 20]), steps=st.integers(0, 2))
    def promise_a_rebate(self, at: int, rate: int, steps: int) -> None:
        if not (order := self.sold(at)):
            return
        made = self.answered("gp_specialist", f"rebate propose {order} --rate {rate}")
        for role, words in REBATE[: steps if made else 0]:
            self.typed(role, words.format(made["number"], self.marked()))

    @action(at=nth, step=st.sampled_from(REBATE))
    def take_a_rebate_on(self, at: int, step: tuple[str, str]) -> None:
        if rebate := self.pick("SELECT number FROM rebate ORDER BY id DESC", at):
            self.typed(step[0], step[1].format(rebate, self.marked()))

    @action(3, at=nth, pieces=st.integers(1, 2), steps=st.integers(0, 5), refund=st.booleans())
    def take_sold_goods_back(self, at: int, pieces: int, steps: int, refund: bool) -> None:
        if not (order := self.sold(at)):
            return
        number = self.typed("gp_specialist", f"return new {order} 1:{pieces} --reason 型号不合")
        for role, words in RETURN[: steps if number else 0]:
            asked = words.format(number, pieces) + " --refund" * (refund and "settle" in words)
            self.typed(role, asked)

    @action(at=nth, step=st.sampled_from(RETURN), pieces=st.integers(1, 2))
    def take_a_return_on(self, at: int, step: tuple[str, str], pieces: int) -> None:
        if back := self.pick("SELECT number FROM goods_return ORDER BY id DESC", at):
            self.typed(step[0], step[1].format(back, pieces))

    @action(at=nth, bags=st.booleans(), steps=st.integers(0, 4))
    def spend(self, at: int, bags: bool, steps: int) -> None:
        sale = self.pick("SELECT number FROM wholesale_sale ORDER BY id DESC", at)
        if not sale:
            return
        said = f"expense bags {sale} --amount 5" if bags else f"expense delivery {sale} --amount 8"
        proof = "" if bags else f" --proof 证{self.marked()}"
        number = self.typed("business_manager", said + proof)
        for role, words in EXPENSE[: steps if number else 0]:
            self.typed(role, words.format(number, self.marked()))

    @action(at=nth, step=st.sampled_from(EXPENSE))
    def take_an_expense_on(self, at: int, step: tuple[str, str]) -> None:
        if spent := self.pick("SELECT number FROM expense ORDER BY id DESC", at):
            self.typed(step[0], step[1].format(spent, self.marked()))

    @action(2, at=nth, steps=st.integers(0, 3))
    def invoice_a_sale(self, at: int, steps: int) -> None:
        if not (order := self.sold(at)):
            return
        number = self.typed("gp_specialist", f"invoice request {order}")
        for role, words in INVOICE[: steps if number else 0]:
            self.mark += 1
            self.typed(role, words.format(number, self.mark))

    @action(at=nth, step=st.sampled_from(INVOICE))
    def take_an_invoice_on(self, at: int, step: tuple[str, str]) -> None:
        if invoice := self.pick("SELECT number FROM invoice ORDER BY id DESC", at):
            self.mark += 1
            self.typed(step[0], step[1].format(invoice, self.mark))

    @action(2, at=nth, fee=st.sampled_from(["", "0.50", "60"]), then=st.sampled_from(
        ["link", "link", "ignore", "unlink"]))  # fmt: skip
    def read_the_bank(self, at: int, fee: str, then: str) -> None:
        """A statement with one receipt, less what the bank kept of it; then what it proves."""
        rows = self.desk.sql(
            "SELECT number, amount_fen FROM payment WHERE method IN ('transfer', 'pos')"
            " AND state = 'verified' ORDER BY id DESC"
        )
        if not rows:
            return
        money, fen = rows[at % len(rows)]
        kept = round(float(fee or 0) * 100)
        if fen <= kept:
            return
        self.mark += 1
        amount = f"{(fen - kept) / 100:.2f}"
        path = self.desk.home / f"statement{self.mark}.csv"
        day = self.desk.on.replace("-", "")
        line = f"4400,{day},0,{amount},{amount},宏达,4409,汇入,S{self.mark:012d}"
        path.write_text(f"{HEAD}\n{line}\n", "utf-8")
        self.typed("finance", f"reconcile import {path}")
        written = self.pick("SELECT number FROM v_bank_line ORDER BY id DESC", 0)
        if not written:
            return
        words = f"reconcile link {written} {money}" + f" --fee {fee}" * bool(fee)
        self.typed(
            "finance", words if then != "ignore" else f"reconcile ignore {written} --reason 其他"
        )
        if then == "unlink":
            self.typed("finance", f"reconcile unlink {written} --reason 勾错")
