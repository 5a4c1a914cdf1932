"""The retail half of the money machine: orders, payments, cheques, credit, security, refunds."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.conftest import Desk
from tests.journeys.money_counter import CUSTOMERS, Counter, action, nth, yuan

SLIP = "--no {mark} --bank 工行 --issued {day}"
PRICE = 100
# What a cheque goes through, and what may come instead at any time.
CHEQUE = (
    ("finance", "cheque check-seal {} --specimen 卡"),
    ("finance_cashier", "cheque bank {}"),
    ("finance", "cheque clear {} --ref C{}"),
    ("finance", "cheque bounce {} --reason 存款不足"),
    ("finance", "cheque hand-back {} --reason 印鉴不符"),
)
REFUND = (
    ("logistics_manager", "approval ok {}"),
    ("merchant_manager", "approval ok {}"),
    ("logistics_manager", "approval reject {} --reason 不同意"),
    ("finance_cashier", "refund pay {} --ref T{}"),
    ("logistics_manager", "refund pay {} --ref T{}"),
    ("gp_specialist", "refund drop {} --reason 不退了"),
)
CONTRACT = (
    "contract add KH0003 --kind supply --amount 600000 --from 2026-11-01 --to 2027-10-31"
    " --terms 月结 --service 米油 --prices 零售价 --mode 月结供货 --rights 附件3"
    " --statement-day 25 --due-day 10 -q"
)
APPROVER = "deputy_general_manager"


def prepared(desk: Desk) -> None:
    """KH0001 may owe 900.00; KH0003 has a long-term contract against 500.00 of security."""
    limit_set(desk, 900)
    steps = (
        ("merchant_staff", CONTRACT),
        ("finance_cashier", "security record HT20261120-0001 --amount 500 --ref S0"),
        ("finance", "security verify BZ20261120-0001"),
        ("merchant_staff", "contract submit HT20261120-0001"),
        ("merchant_manager", "approval ok HT20261120-0001"),
        ("merchant_staff", "contract file HT20261120-0001 --reference 招商-2026-07"),
        ("merchant_staff", "contract execute HT20261120-0001"),
    )
    for role, command in steps:
        desk.ok(command, as_=role)


def limit_set(desk: Desk, yuan: int) -> None:
    """KH0001 may owe so much, from now on."""
    said = f"credit set KH0001 --limit {yuan} --until 2027-05-31 --investigated-by finance"
    number = desk.ok(f"{said} --document 资信调查表 -q", as_="merchant_staff").out.strip()
    desk.ok(f"approval ok {number}", as_=APPROVER)


_ORDERS = "SELECT number FROM sales_order WHERE state <> 'draft' ORDER BY id DESC"
_OWING = (
    "SELECT number FROM v_order WHERE state IN ('reviewed', 'slip_issued', 'delivered')"
    " AND received_fen < total_fen ORDER BY id DESC"
)
_OF_THE_DEBTOR = (
    "SELECT y.number FROM v_payment y JOIN sales_order o ON o.customer_id = y.customer_id"
    " WHERE o.number = ? AND y.free_fen > 0 ORDER BY y.id DESC"
)


class Retail(Counter):
    """Orders of goods at 100.00, prepaid, on credit or by the month, and their money."""

    def order(self, nth: int) -> str:
        return self.pick(_ORDERS, nth)

    def money(self, nth: int) -> str:
        return self.pick("SELECT number FROM payment ORDER BY id DESC", nth)

    @action(
        4,
        quantity=st.integers(1, 4),
        customer=st.sampled_from(CUSTOMERS),
        terms=st.sampled_from(["prepaid", "prepaid", "credit", "monthly"]),
        letter=st.sampled_from(["", "gp_specialist", "merchant_supervisor"]),
    )
    def take_an_order(self, quantity: int, customer: str, terms: str, letter: str) -> None:
        line = f"-c {customer} -l T1:{quantity} --need-by 2026-11-27 --payment {terms} --submit"
        number = self.typed("gp_specialist", f"order new {line}")
        self.typed("merchant_supervisor", f"order review {number}")
        if letter and terms == "credit":
            said = f"credit letter {number} --guarantor {letter} --amount 400 --due 2026-12-20"
            self.typed("gp_specialist", f"{said} --document 担保书")

    @action(limit=st.sampled_from([0, 300, 900]))
    def set_another_limit(self, limit: int) -> None:
        limit_set(self.desk, limit)

    @action(
        4,
        at=nth,
        amount=yuan,
        part=st.sampled_from(["deposit", "rest", "some"]),
        kind=st.sampled_from(["payment", "deposit"]),
        seen=st.booleans(),
    )
    def take_money(self, at: int, amount: int, part: str, kind: str, seen: bool) -> None:
        order = self.pick(_OWING, at) or self.order(at)
        if not order:
            return
        number = self.taken(order, part, amount, kind)
        if number and seen:
            self.typed("finance", f"payment verify {number}")

    def taken(self, order: str, part: str, amount: int, kind: str) -> str:
        """The money that an order asks for, or any amount."""
        said = self.desk.ok(f"deposit quote {order} --json").json
        owed = f"{float(said['total']) - float(said['received']):.2f}"
        due = {"deposit": said["short"], "rest": owed, "some": f"{amount}.00"}[part]
        paid = f"{kind} record {order} --amount {due} --ref {self.marked()}"
        return self.typed("finance_cashier", paid)

    @action(
        amount=yuan,
        customer=st.sampled_from(CUSTOMERS),
        way=st.sampled_from(["transfer", "cash", "wechat", "pos"]),
        seen=st.booleans(),
    )
    def take_money_on_account(self, amount: int, customer: str, way: str, seen: bool) -> None:
        proof = "--reason 零头" if way == "cash" else f"--ref {self.marked()}"
        paid = f"payment record -c {customer} --amount {amount} --method {way} {proof}"
        number = self.typed("finance_cashier", paid)
        if seen:
            self.typed("finance", f"payment verify {number}")

    @action(at=nth, amount=yuan, then=st.sampled_from(["", "record", "withdraw", "another"]))
    def declare(self, at: int, amount: int, then: str) -> None:
        order = self.order(at)
        said = f"payment declare {order} --amount {amount} --ref {self.marked()}"
        number = self.typed("gp_specialist", said) if order else ""
        if not number or not then:
            return
        if then == "withdraw":
            self.typed("gp_specialist", f"payment withdraw {number} --reason 无")
        else:
            for_ = order if then == "record" else self.order(at + 1)
            self.typed("finance_cashier", f"payment record {for_} --declared {number}")

    @action(at=nth, verb=st.sampled_from(["verify", "verify", "reverse --reason 错"]))
    def judge(self, at: int, verb: str) -> None:
        if given := self.money(at):
            word, _space, rest = verb.partition(" ")
            self.typed("finance", f"payment {word} {given} {rest}".strip())

    @action(3,
        at=nth,
        of=nth,
        amount=yuan,
        how=st.sampled_from(["payment allocate {} --to {}:{}", "payment allocate {} --fifo",
                             "deposit apply {} {} --amount {}"]),
    )  # fmt: skip
    def allocate(self, at: int, of: int, amount: int, how: str) -> None:
        order = self.pick(_OWING, at) or self.order(at)
        given = self.pick(_OF_THE_DEBTOR, of, order) or self.money(of)
        if order and given:
            free = self.desk.sql("SELECT free_fen FROM v_payment WHERE number = ?", given)[0][0]
            fits = min(amount, max(free // 100, 1))
            self.typed("finance_cashier", how.format(given, order, fits))

    @action(at=nth, role=st.sampled_from(["finance", "finance_cashier"]))
    def take_away(self, at: int, role: str) -> None:
        rows = self.desk.sql(
            "SELECT a.payment, o.number FROM v_allocation a JOIN sales_order o ON o.id = a.order_id"
        )
        if rows:
            given, order = rows[at % len(rows)]
            self.typed(role, f"payment unallocate {given} {order} --reason 改")

    @action(at=nth, to=nth)
    def carry_over(self, at: int, to: int) -> None:
        if order := self.order(at):
            successor = self.order(to)
            self.typed("finance_cashier", f"deposit move {order} {successor} --reason 换单")

    @action(
        2,
        at=nth,
        amount=st.sampled_from([100, 200, 300, 400]),
        steps=st.integers(0, 3),
        ends_well=st.booleans(),
    )
    def take_a_cheque(self, at: int, amount: int, steps: int, ends_well: bool) -> None:
        order = self.pick(_OWING, at) or self.order(at)
        slip = SLIP.format(mark=self.marked(), day=self.desk.on)
        written = f"cheque record {order} --amount {amount} {slip}"
        number = self.typed("finance_cashier", written) if order else ""
        last = CHEQUE[2] if ends_well else CHEQUE[3]
        for role, words in (*CHEQUE[:2], last)[: steps if number else 0]:
            self.typed(role, words.format(number, self.marked()))

    @action(at=nth, step=st.sampled_from(CHEQUE))
    def take_a_cheque_on(self, at: int, step: tuple[str, str]) -> None:
        role, words = step
        if cheque := self.pick("SELECT number FROM cheque ORDER BY id DESC", at):
            self.typed(role, words.format(cheque, self.marked()))

    @action(
        3,
        at=nth,
        amount=yuan,
        part=st.sampled_from(["whole", "some", "of an order"]),
        given_up=st.booleans(),
        steps=st.integers(0, 3),
    )
    def ask_for_money_back(
        self, at: int, amount: int, part: str, given_up: bool, steps: int
    ) -> None:
        free = "SELECT number FROM v_payment WHERE free_fen > 0 AND state = 'verified'"
        of = self.order(at) if part == "of an order" else self.pick(free, at)
        if not of:
            return
        wanted = f"{amount}.00"
        if part == "whole":
            wanted = self.desk.ok(f"payment show {of} --json").json["free"]
        asked = f"refund request {of} --amount {wanted} --reason 多付"
        made = self.answered("gp_specialist", asked + " --cancellation" * given_up)
        for role, words in (*REFUND[:2], REFUND[3])[: steps if made else 0]:
            self.typed(role, words.format(made["number"], self.marked()))

    @action(at=nth, step=st.sampled_from(REFUND))
    def take_a_refund_on(self, at: int, step: tuple[str, str]) -> None:
        role, words = step
        if refund := self.pick("SELECT number FROM refund ORDER BY id DESC", at):
            self.typed(role, words.format(refund, self.marked()))

    @action(at=nth, free_first=st.booleans())
    def give_an_order_up(self, at: int, free_first: bool) -> None:
        if not (order := self.order(at)):
            return
        money = "SELECT payment FROM v_allocation a JOIN sales_order o ON o.id = a.order_id"
        while free_first and (given := self.pick(f"{money} WHERE o.number = ?", 0, order)):
            if not self.typed("finance", f"payment unallocate {given} {order} --reason 取消"):
                break
        self.typed("merchant_supervisor", f"order void {order} --reason 取消 --confirm {order}")
        for copy in ("customer", "merchant_dept", "distribution_center"):
            self.typed("gp_specialist", f"order collect {order} --copy {copy}")

    @action(amount=yuan, seen=st.booleans())
    def take_security(self, amount: int, seen: bool) -> None:
        taken = f"security record HT20261120-0001 --amount {amount} --ref {self.marked()}"
        number = self.typed("finance_cashier", taken)
        if number and seen:
            self.typed("finance", f"security verify {number}")

    @action(at=nth)
    def give_security_back(self, at: int) -> None:
        of = self.pick("SELECT number FROM security_deposit ORDER BY id DESC", at)
        self.typed("finance", f"security return {of} --ref {self.marked()} --reason 退")

    @action(5, at=nth, paid_first=st.booleans())
    def deliver(self, at: int, paid_first: bool) -> None:
        """Send the goods where every gate lets them go."""
        if not (order := self.order(at)):
            return
        self.typed("gp_specialist", f"order print {order}")
        if paid_first and (number := self.taken(order, "rest", 0, "payment")):
            self.typed("finance", f"payment verify {number}")
        if not self.typed("distribution_center", f"dispatch new {order}"):
            return
        self.typed("distribution_center", f"dispatch print {order}")
        rows = self.desk.sql(
            "SELECT n.quantity FROM order_line n JOIN sales_order o ON o.id = n.order_id"
            " WHERE o.number = ?",
            order,
        )
        for role in ("distribution_center", "merchant_staff"):
            self.typed(role, f"dispatch count {order} 1:{rows[0][0]}")
        self.typed("distribution_center", f"dispatch load {order} --truck 粤S1 --driver 张")
        self.typed("driver", f"dispatch sign {order} --by 李")

    @action(2, at=nth)
    def agree_what_is_invoiced(self, at: int) -> None:
        """On credit nothing is collected before it."""
        if order := self.order(at):
            number = self.typed("gp_specialist", f"invoice request {order}")
            if number:
                self.typed("gp_specialist", f"invoice agree {number} --with 李")

    @action(
        customer=st.sampled_from(CUSTOMERS), verb=st.sampled_from(["make", "withdraw", "confirm"])
    )
    def draw_up_or_take_back(self, customer: str, verb: str) -> None:
        made = self.pick("SELECT number FROM statement WHERE state = 'made'", 0)
        if verb == "make":
            self.typed("finance", f"statement make {customer}")
        elif made:
            more = {"confirm": "--by 周 --sealed", "withdraw": "--reason 重做"}[verb]
            self.typed("finance", f"statement {verb} {made} {more}")
