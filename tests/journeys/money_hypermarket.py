"""The hypermarket half of the money machine: cards and IOUs, goods, money to settle, days."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.conftest import Desk
from tests.journeys.money_counter import CUSTOMERS, Counter, action, nth, yuan

SELLER, WINDOW, OFFICER = "business_manager", "finance_window", "settlement_duty_officer"
CREDIT = "XY20261120-0001"
FUNDS = ("cash", "cheque", "ebank", "wire")
TAKING = (
    ("ebank_auditor", "day voucher {} --ref V{}"),
    (WINDOW, "day settle {}"),
    (OFFICER, "day custody {} --unit KH0001 --manager business_manager --custodian finance"),
    (WINDOW, "day return {} --reason 退"),
    ("finance_supervisor", "day return {} --reason 退"),
)
# What a cheque goes through before the voucher; each step may also come at any other time.
CHEQUE = (
    ("finance", "cheque check-seal {} --specimen 卡"),
    (OFFICER, "cheque bank {}"),
    ("ebank_auditor", "cheque clear {} --ref C{}"),
    (WINDOW, "cheque bounce {} --reason 存款不足"),
    (WINDOW, "cheque hand-back {} --reason 印鉴不符"),
)
CARD = (
    (SELLER, "iou void {} --reason 错"),
    (WINDOW, "iou withdraw {}"),
    (WINDOW, "card make {} --cards HZ880001+2"),
    (SELLER, "card deliver {} --to 周"),
    (SELLER, "card invoice {} --content 办公用品"),
    (SELLER, "card void {} --reason 不要了"),
)
GOODS = (
    ("store_person", "wholesale prepare {}"),
    (SELLER, "wholesale book {}"),
    ("store_person", "wholesale deliver {} --signed-by 李"),
    (SELLER, "wholesale agree {} --content 家电"),
    (WINDOW, "wholesale invoice {} --ref F{}"),
    (WINDOW, "wholesale red {} --ref H{}"),
    (SELLER, "wholesale void {} --reason 不要了"),
    ("store_person", "wholesale return {} --line T1:1 --reason 多订"),
    ("store_person", "wholesale return {} --scrap T1:1 --line T1:1 --reason 破损"),
)
REFUND = (
    ("logistics_manager", "approval ok {}"),
    ("finance_cashier", "refund pay {} --ref T{}"),
)
DAY = (
    (OFFICER, "day circulate --to 部门"),
    (OFFICER, "day handover"),
    (OFFICER, "day close"),
    ("bulk_department_head", "day reopen {} --reason 漏记"),
)


def prepared(desk: Desk) -> None:
    """A day that is open, 100 cards of 100.00 at the window, credit of 900.00 for KH0002."""
    duty = f"day roster 2026-11-20 --until 2026-11-30 --officer {OFFICER}"
    applied = "credit apply -c KH0002 --amount 900 --collect +30d --by ebank --credibility 好"
    steps = (
        ("bulk_department_head", duty),
        (OFFICER, "day open"),
        (WINDOW, "card receive HZ880001+100 --face 100"),
        (SELLER, f"{applied} --record 合同"),
        ("bulk_department_head", f"approval ok {CREDIT}"),
        ("company_leader", f"approval ok {CREDIT}"),
    )
    for role, command in steps:
        desk.ok(command, as_=role)


class Hypermarket(Counter):
    """Cards of 100.00 and goods at 100.00, spot and on credit, and the money for them."""

    def sale(self, noun: str, nth: int) -> str:
        table = {"card": "card_sale", "wholesale": "wholesale_sale"}[noun]
        return self.pick(f"SELECT number FROM {table} ORDER BY id DESC", nth)

    @action(
        2, cards=st.integers(1, 4), customer=st.sampled_from(CUSTOMERS), steps=st.integers(1, 6)
    )
    def sell_cards(self, cards: int, customer: str, steps: int) -> None:
        number = self.typed(SELLER, f"card sell -c {customer} --amount {cards * 100}")
        iou = self.typed(SELLER, f"iou write {number}") if steps > 1 else ""
        self.all_typed(
            *(
                ("bulk_department_head", f"approval ok {iou}"),
                (WINDOW, f"iou print {iou}"),
                (WINDOW, f"card make {number} --cards {self.free_cards(cards)}"),
                (SELLER, f"card deliver {number} --to 周"),
            )[: max(steps - 2, 0)]
        )

    @action(2, cards=st.integers(1, 4), steps=st.integers(1, 6))
    def sell_cards_on_credit(self, cards: int, steps: int) -> None:
        sold = f"card sell -c KH0002 --amount {cards * 100} --credit {CREDIT}"
        number = self.typed(SELLER, sold)
        if not number:
            return
        words = "壹贰叁肆"[cards - 1] + "佰元整"
        receipt = f"card receipt {number} --amount {cards * 100} --words {words} --by 陈"
        self.all_typed(
            *(
                (WINDOW, f"card make {number} --cards {self.free_cards(cards)}"),
                (WINDOW, f"card print {number}"),
                (SELLER, f"{receipt} --no-seal 会计外出"),
                (SELLER, f"card deliver {number} --to 陈"),
                (SELLER, f"card invoice {number} --content 办公用品"),
            )[: steps - 1]
        )

    def free_cards(self, count: int) -> str:
        """Cards that nobody has had yet, as far as the batch knows."""
        last = self.desk.sql("SELECT coalesce(max(last_card), 880000) FROM card_allocation")[0][0]
        return f"HZ{min(last + 1, 880101 - count):06d}+{count}"

    @action(3, at=nth, step=st.sampled_from(CARD))
    def take_cards_on(self, at: int, step: tuple[str, str]) -> None:
        role, words = step
        if sale := self.sale("card", at):
            self.typed(role, words.format(sale))

    @action(2, at=nth, count=st.integers(1, 2))
    def take_cards_back(self, at: int, count: int) -> None:
        rows = self.desk.sql("SELECT document, first_card FROM card_allocation ORDER BY id DESC")
        if rows:
            sale, first = rows[at % len(rows)]
            self.typed(WINDOW, f"card return {sale} HZ{first}+{count} --reason 少用")

    @action(
        3,
        noun=st.sampled_from(["card", "wholesale"]),
        at=nth,
        amount=yuan,
        whole=st.booleans(),
        steps=st.integers(0, 2),
    )
    def ask_for_money_of_a_sale_back(
        self, noun: str, at: int, amount: int, whole: bool, steps: int
    ) -> None:
        """What was paid for cards or goods that came back."""
        view = {"card": "v_card_sale", "wholesale": "v_wholesale"}[noun]
        owed_back = f"SELECT number FROM {view} WHERE back_fen > 0 ORDER BY id DESC"
        if not (sale := self.pick(owed_back, at) or self.sale(noun, at)):
            return
        if noun == "wholesale" and steps:
            self.typed(WINDOW, f"wholesale red {sale} --ref H{self.marked()}")
        back = self.desk.sql(f"SELECT back_fen FROM {view} WHERE number = ?", sale)[0][0]
        wanted = back // 100 if whole and back else amount
        made = self.answered(SELLER, f"refund request {sale} --amount {wanted} --reason 退卡")
        for role, words in REFUND[: steps if made else 0]:
            self.typed(role, words.format(made["number"], self.marked()))

    @action(
        2,
        quantity=st.integers(1, 4),
        customer=st.sampled_from(CUSTOMERS),
        on_credit=st.booleans(),
        steps=st.integers(0, 5),
    )
    def sell_goods(self, quantity: int, customer: str, on_credit: bool, steps: int) -> None:
        whose = "KH0002" if on_credit else customer
        asked = f"wholesale new -c {whose} --line T1:{quantity}"
        number = self.typed(SELLER, f"{asked} --credit {CREDIT}" if on_credit else asked)
        priced = ("purchasing", f"wholesale price {number} --line T1@100")
        way = GOODS[:4] if on_credit else GOODS[:1]
        if number:
            self.all_typed(
                *(priced, *((role, words.format(number)) for role, words in way))[:steps]
            )

    @action(3, at=nth, step=st.sampled_from(GOODS))
    def take_goods_on(self, at: int, step: tuple[str, str]) -> None:
        role, words = step
        if sale := self.sale("wholesale", at):
            self.typed(role, words.format(sale, self.marked()))

    @action(
        5,
        noun=st.sampled_from(["card", "wholesale"]),
        at=nth,
        amount=yuan,
        whole=st.booleans(),
        funds=st.sampled_from(FUNDS),
        steps=st.integers(0, 2),
    )
    def bring_money(
        self, noun: str, at: int, amount: int, whole: bool, funds: str, steps: int
    ) -> None:
        owing = {
            "card": "SELECT number FROM v_card_sale WHERE owed_fen > 0 ORDER BY id DESC",
            "wholesale": "SELECT number FROM v_wholesale WHERE settled_fen < worth_fen"
            " AND state IN ('prepared', 'delivered') ORDER BY id DESC",
        }[noun]
        if not (document := self.pick(owing, at) or self.sale(noun, at)):
            return
        owed = self.desk.ok(f"{noun} show {document} --json").json["owed"]
        paid = owed if whole else f"{amount}.00"
        ref = "" if funds == "cash" else f"--ref {self.marked()}"
        said = f"day item {document} --amount {paid} --funds {funds} --notes 无 {ref}"
        if funds == "cheque":
            said += f" --bank 工行 --issued {self.desk.on}"
        number = self.typed(SELLER, said)
        ahead = CHEQUE[:2] if funds == "cheque" and steps else ()
        for role, words in (*ahead, *TAKING[:steps]) if number else ():
            self.typed(role, words.format(number, self.marked()))
        if number and whole and steps == 2:
            last = "iou withdraw {}" if noun == "card" else "wholesale invoice {} --ref F{}"
            self.typed(WINDOW, last.format(document, self.marked()))

    @action(at=nth, step=st.sampled_from(CHEQUE))
    def take_a_cheque_of_the_window_on(self, at: int, step: tuple[str, str]) -> None:
        role, words = step
        taken = "SELECT number FROM taking WHERE funds = 'cheque' ORDER BY id DESC"
        if item := self.pick(taken, at):
            self.typed(role, words.format(item, self.marked()))

    @action(2, at=nth, step=st.sampled_from(TAKING))
    def take_money_on(self, at: int, step: tuple[str, str]) -> None:
        role, words = step
        if taking := self.pick("SELECT number FROM taking ORDER BY id DESC", at):
            self.typed(role, words.format(taking, self.marked()))

    @action(steps=st.integers(1, 4), what=st.sampled_from(["end", "end", "night", "past"]), at=nth)
    def end_the_day(self, steps: int, what: str, at: int) -> None:
        """End the day and begin the next one, or try what may not be done any more."""
        if what == "past":
            self.act_on_a_day_that_is_over(at)
            return
        for role, words in DAY[: 3 if what == "night" else steps]:
            self.typed(role, words.format(self.desk.on))
        loose = self.desk.sql(
            "SELECT count(*) FROM taking t JOIN settlement_day d ON d.on_day >= t.on_day"
            " WHERE t.state = 'with_manager' AND t.funds IN ('cash', 'cheque')"
            " AND d.state IN ('closed', 'archived') AND d.on_day = ?",
            self.desk.on,
        )
        assert loose == [(0,)], "a day is closed with money in the drawer"
        if what == "night":
            self.desk.on = f"2026-11-{min(self.today.day + 1, 30):02d}"
            self.typed(OFFICER, "day open")

    def act_on_a_day_that_is_over(self, at: int) -> None:
        """Commands dated before what they rest on are refused."""
        for noun, verb, role in (
            ("payment", "payment verify", "finance"),
            ("taking", "day settle", WINDOW),
            ("refund", "refund pay", "finance_cashier"),
            ("cheque", "cheque bank", "finance_cashier"),
        ):
            if number := self.pick(f"SELECT number FROM {noun} ORDER BY id DESC", at):
                ref = f" --ref P{self.marked()}" if noun == "refund" else ""
                done = self.typed(role, f"{verb} {number}{ref} --on 2026-11-19")
                assert not done, f"{verb} {number} was dated before what it rests on"
