"""The desk on which the examples of help pages are typed: a document in every state they need."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kac.core import policyfile

GOODS = """商品编码,地点,库存,样品
P0001,DC,2000,2
P0002,DC,1000,1
P0003,DC,1000,1
P0005,DC,1000,1
P0006,DC,1000,1
"""
HOLIDAYS = "日期,上班或放假,名称\n2027-01-01,放假,元旦\n"
LONG = "--from 2026-12-01 --to 2027-11-30 --terms 月结30天 --service 供货 --prices 九折 --mode 框架"
CONTRACT = f"{LONG} --rights 见第五条"
DOSSIER = (
    *("application_form --text 原件", "contract_draft --text 草稿 --floor-price 88.50"),
    *("profile --text 概况", "business_licence --text 执照 --unified"),
    *("responsible_persons --text 周建平", "past_business --text 零售", "arrears --arrears 0"),
    *("evaluation --text 良好", "statement --not-applicable"),
)


SAMPLES = Path(__file__).parents[2] / "sample_data"
BANK = (SAMPLES / "bank_one_order.csv").read_text("utf-8").splitlines(keepends=True)
TRANSFER = (
    "44001641006405300128,榆江市佳和百货有限公司,20261120 09:12:40,0.00,13400.00,653278.55,人民币,"
    "宏达电器配件厂,44051200300001111,工商银行,20261120,转账收入,货款,2026112099990001\n"
)
REFUND = (
    "44001641006405300128,榆江市佳和百货有限公司,20261120 10:00:00,0.00,88.00,653366.55,人民币,"
    "榆江粮油批发部,44051200300002222,工商银行,20261120,转账收入,退款,2026112099990002\n"
)


class World:
    """A desk with a document in every state that an example needs; `named` are their numbers."""

    def __init__(self, desk: Any) -> None:
        self.desk = desk
        self.named: dict[str, str] = {}

    def typed(self, role: str, command: str) -> dict[str, Any]:
        """Type a command that must succeed; its document."""
        told: dict[str, Any] = self.desk.ok(f"{command} --json", as_=role).json
        return told

    def made(self, name: str, role: str, command: str, *steps: str) -> None:
        """Make a document and take it on; `{number}` in a step is its number."""
        number = str(self.typed(role, command)["number"])
        self.named[name] = number
        for step in steps:
            who, _colon, words = step.partition(": ")
            approval = self.desk.sql("SELECT max(number) FROM approval")[0][0]
            self.typed(who, words.format(number=number, approval=approval))

    def order(self, name: str, lines: str, *steps: str, customer: str = "KH0001") -> None:
        """Take an order as far as the steps go."""
        number = self.typed(
            "gp_specialist", f"order new -c {customer} {lines} --need-by +7d --request-id {name}"
        )["number"]
        self.named[name] = number
        for step in steps:
            role, _colon, command = step.partition(": ")
            request = self.named.get(f"{name} approval", "")
            made = self.typed(role, command.format(order=number, name=name, request=request))
            self.named[f"{name} {command.split()[0]}"] = str(made["number"])
            if made.get("approval"):
                self.named[f"{name} approval"] = str(made["approval"])


SUBMIT = "gp_specialist: order submit {order}"
REVIEW = "merchant_supervisor: order review {order}"
PRINT = "gp_specialist: order print {order}"
PAY = "finance_cashier: payment record {order} --amount 13400 --ref R{name}"
VERIFY = "finance: payment verify R{name}"
SLIP = "distribution_center: dispatch new {order}"
PRINT_SLIP = "distribution_center: dispatch print {order}"
COUNT = "distribution_center: dispatch count {order} 1:50"
COUNT_TOO = "merchant_staff: dispatch count {order} 1:50"
LOAD = "distribution_center: dispatch load {order} --truck 粤S12345 --driver 张师傅"
SIGN = "driver: dispatch sign {order} --by 李主任"
PAID = (SUBMIT, REVIEW, PRINT, PAY, VERIFY)


def policyfile_text() -> str:
    """The shipped policy with another rate."""
    path = Path(policyfile.__file__).parents[1] / "data" / "policy" / "retail.toml"
    text = path.read_text("utf-8")
    assert text.count("\nrate_bp = 3000\n") == 1
    return text.replace("\nrate_bp = 3000\n", "\nrate_bp = 3100\n")


def orders(world: World) -> None:
    """Orders at every step of their way."""
    fifty = "-l P0001:50"
    world.order("draft", "-l P0001:5 -l P0003:2")
    world.order("vouched", f"{fifty} --payment credit", SUBMIT)
    world.order("submitted", fifty, SUBMIT)
    world.order("reviewed", fifty, SUBMIT, REVIEW)
    deposit = "finance_cashier: deposit record {order} --amount 4020 --ref R{name}"
    world.order("deposited", fifty, SUBMIT, REVIEW, deposit)
    on_account = "payment record -c KH0001 --amount 20000 --ref RA"
    world.named["free money"] = str(world.typed("finance_cashier", on_account)["number"])
    world.typed(
        "gp_specialist", f"payment declare {world.named['deposited']} --amount 9380 --ref RD"
    )
    world.named["declared money"] = "RD"
    world.order("photocopied", fifty, SUBMIT, REVIEW, PRINT, deposit)
    slip = "--no 0031{name} --bank 工行 --issued 2026-11-19"
    paid = f"finance_cashier: cheque record {{order}} --amount 13400 {slip}"
    check = "finance: cheque check-seal 0031{name} --specimen 卡"
    for far, name in enumerate(("taken", "checked", "presented")):
        steps = (check, "finance_cashier: cheque bank 0031{name}")[:far]
        world.order(name, fifty, SUBMIT, REVIEW, paid, *steps)
    world.order("printed", fifty, SUBMIT, PRINT)
    world.order(
        "collecting",
        fifty,
        *(SUBMIT, PRINT),
        "merchant_supervisor: order void {order} --reason 客户取消",
    )
    world.order("paid", fifty, *PAID)
    world.order("issued", fifty, *PAID, SLIP)
    ring = "gp_specialist: dispatch till {order} 1:50 --ref 088001"
    world.order("rung", fifty, *PAID, SLIP, ring)
    box = "floor_supervisor: dispatch box {order} 1:10 --times 2"
    world.order("boxed", fifty, *PAID, SLIP, box)
    world.order("booked", fifty, SUBMIT, "gp_specialist: dispatch book {order} --with 刘调度")
    table = "gp_specialist: table new {order}"
    cheaper = "gp_specialist: dispatch till {order} 1:50@267.50 --ref 088002"
    world.order("tabulated", fifty, *PAID, table)
    world.order("cheaper", fifty, *PAID, table, SLIP, cheaper)
    world.order("recalled", fifty, *PAID, SLIP, PRINT_SLIP)
    world.named["recalled dispatch"] = world.typed(
        "distribution_center", f"dispatch show {world.named['recalled']}"
    )["number"]
    world.typed("distribution_center", f"dispatch void {world.named['recalled']} --reason 少两台")
    world.order("parted", fifty, *PAID, f"{SLIP} --line P0001:30")
    both = "finance_cashier: payment record {order} --amount 13725 --ref R{name}"
    world.order(
        "uncounted",
        "-l P0001:50 -l P0002:12.5",
        *(SUBMIT, REVIEW, PRINT, both, VERIFY, SLIP, PRINT_SLIP),
    )
    world.order("counted", fifty, *PAID, SLIP, PRINT_SLIP, COUNT, COUNT_TOO)
    world.order("loaded", fifty, *PAID, SLIP, PRINT_SLIP, COUNT, COUNT_TOO, LOAD)
    world.order("signed", fifty, *PAID, SLIP, PRINT_SLIP, COUNT, COUNT_TOO, LOAD, SIGN)
    world.order("returned", fifty, *PAID, SLIP, PRINT_SLIP, COUNT, COUNT_TOO, LOAD, SIGN)
    world.order("discounted", "-l P0006:60@188 -l P0001:10@260", SUBMIT)
    world.order("waived", fifty, SUBMIT, REVIEW)
    less = f"deposit waive {world.named['waived']} --short 1 --reason 老客户"
    world.made("waiver", "gp_specialist", less)
    propose = "gp_specialist: rebate propose {order} --rate 2"
    world.order("rebated", fifty, *PAID, propose)
    approve = "merchant_manager: approval ok {request}"
    world.order("approved", fifty, *PAID, propose, approve)
    refunds(world)
    short_ones(world)
    stock(world)


def stock(world: World) -> None:
    """Goods kept back, adjusted, on the road, and an order whose goods were let go."""
    keep = "stock reserve P0001:5 -c KH0001 --until +7d --reason 预订"
    world.made("goods kept back", "gp_specialist", keep)
    broken = "stock adjust P0001:-2 --reason 破损"
    world.made("adjustment", "distribution_center", broken)
    sent = "stock transfer P0001:20 --to S01 --reason 补货"
    world.made("goods on the road", "distribution_center", sent)
    wanted = "purchase new P0001:60 --supplier 美的 --reason 库存不足"
    world.made("purchase", "store_clerk", wanted)
    taken_back = "finance: payment reverse R{name} --reason 录错"
    receipt = "finance_cashier: payment print R{name}"
    paid = "finance_cashier: payment record {order} --amount 300 --ref R{name}"
    world.order("mistaken", "-l P0003:5", SUBMIT, REVIEW, paid, receipt, taken_back)
    world.named["reversed money"] = world.named["mistaken payment"]
    let_go = "merchant_supervisor: stock release {order} --reason 未付定金"
    world.order("letgo", "-l P0003:2", SUBMIT, let_go)


def short_ones(world: World) -> None:
    """Paid orders whose goods are short, one that waits, one that waits with a promise."""
    pay = "finance_cashier: payment record {order} --amount 3990 --ref R{name}"
    world.order("short", "-l P0007:100", SUBMIT, REVIEW, PRINT, pay, VERIFY)
    world.typed("distribution_center", "stock count P0007:80 --reason 破损")
    for name in ("waits", "promised", "arrived"):
        world.order(name, "-l P0001:50", *PAID)
    world.typed("distribution_center", "stock count P0001:42 --reason 破损")
    wait = "merchant_staff: order postpone {number} --until +20d --reason 缺货"
    promise = "distribution_center: order eta {number} --arrives +9d --signed-by 周仓"
    for name in ("waits", "promised", "arrived"):
        number = world.named[name]
        steps = [wait] if name == "waits" else [wait, f"{promise} --signed-on today"]
        for step in steps:
            role, _colon, words = step.partition(": ")
            world.typed(role, words.format(number=number))
    world.typed("distribution_center", "stock count P0001:2000 --reason 到货")
    world.typed("merchant_staff", f"order arrived {world.named['arrived']}")


def refunds(world: World) -> None:
    """Money to go back: of an order that was given up, asked for, and approved."""
    away = "finance: payment unallocate R{name} {order} --reason 客户取消"
    void = "merchant_supervisor: order void {order} --reason 客户取消 --yes"
    world.order("givenup", "-l P0001:50", SUBMIT, REVIEW, PAY, VERIFY, away, void)
    ask = f"refund request {world.named['givenup']} --amount 10 --reason 客户取消"
    world.made("refund", "gp_specialist", ask)
    world.made(
        "refund approved",
        "gp_specialist",
        ask,
        "logistics_manager: approval ok {approval}",
        "merchant_manager: approval ok {approval}",
    )


def invoices(world: World) -> None:
    """Invoices that are asked for, of a paid order, and issued."""
    for name, order in (("wish", "signed"), ("invoice", "paid"), ("invoice issued", "issued")):
        world.made(name, "gp_specialist", f"invoice request {world.named[order]}")
    number = world.named["invoice issued"]
    world.typed("service_desk", f"invoice issue {number} --invoice-no 2644200000{9:010d}")


def returns(world: World) -> None:
    """Returns of one delivered order: granted, back, and judged."""
    order = world.named["returned"]
    steps = (
        "merchant_manager: approval ok {approval}",
        "distribution_center: return receive {number} 1:10",
        "merchant_staff: return receive {number} 1:10",
        "distribution_center: return inspect {number} 1:stock",
    )
    ask = f"return new {order} 1:10 --reason 型号不合"
    for far, name in ((1, "return granted"), (3, "return back"), (4, "return judged")):
        world.made(name, "gp_specialist", ask, *steps[:far])


def debts(world: World) -> None:
    """Goods that a customer had on credit two days ago, overdue since, and the letter about it."""
    world.named["debtor"] = "KH0009"

    def typed(role: str, command: str) -> str:
        told = world.desk.ok(f"{command} --json", as_=role, on="2026-11-18").json
        return str(told["number"])

    limit = "credit set KH0009 --limit 9000 --until 2027-06-30 --investigated-by finance"
    limit = typed("merchant_staff", f"{limit} --document 资信")
    typed("deputy_general_manager", f"approval ok {limit}")
    new = "order new -c KH0009 -l P0001:5 --need-by 2026-11-18 --payment credit --submit"
    order = typed("gp_specialist", new)
    typed("merchant_supervisor", f"order review {order}")
    typed("gp_specialist", f"order print {order}")
    letter = f"credit letter {order} --guarantor gp_specialist --amount 1340 --due 2026-11-18"
    typed("gp_specialist", f"{letter} --document 担保书")
    slip = typed("distribution_center", f"dispatch new {order}")
    typed("distribution_center", f"dispatch print {slip}")
    typed("distribution_center", f"dispatch count {slip} 1:5")
    typed("merchant_staff", f"dispatch count {slip} 1:5")
    typed("distribution_center", f"dispatch load {slip} --truck 粤S12345 --driver 张师傅")
    typed("driver", f"dispatch sign {slip} --by 李主任")
    world.made("dunning", "merchant_staff", "ar dun KH0009")


def papers_before_orders(world: World) -> None:
    """Inquiries and quotations."""
    asked = "inquiry new -c KH0001 --need 厂庆 -l P0001:30/6 -l P0003:5/1 --explained"
    world.made("inquiry", "gp_specialist", asked)
    world.made(
        "inquiry of the floor",
        "floor_staff",
        "inquiry new --via floor_staff --need 米 --phone 0571-87654321",
    )
    world.made("inquiry to release", "gp_specialist", f"{asked} --wants discount")
    world.made(
        "inquiry answered",
        "gp_specialist",
        asked,
        "customer_service: inquiry record {number}",
        "gp_specialist: inquiry answer {number} --reply 有货",
    )
    world.made("visit planned", "gp_specialist", "visit plan 滨江酒店 --day +1d")
    met = "--contact 何经理 --phone 13800138002 --area 东湖区 --content 客房用品"
    world.made("visit recorded", "gp_specialist", f"visit new 江边饭店 {met}")
    sheet = "quote new -c KH0001 --line P0001:50@260 --need-by +7d"
    world.made("quote", "regional_supervisor", sheet)
    world.made("quote sent", "regional_supervisor", f"{sheet} --send")
    world.made(
        "quote reviewed",
        "regional_supervisor",
        f"{sheet} --send",
        "operations_manager: approval ok {approval}",
        "purchasing_manager: approval ok {approval}",
    )


def campaigns(world: World) -> None:
    """A campaign with an owner on its list, one on the day itself with owners who came."""
    host, registrar = "campaign_host", "registrar"
    for name, day in (("campaign", "+18d"), ("campaign today", "today")):
        world.made(name, host, f"campaign new 江畔花园 --event-day {day}")
        number = world.named[name]
        for item in ("channels phone", "station_deposit campaign_cashier"):
            world.typed(host, f"campaign tick {number} {item}")
        owner = f"campaign owner {number} 郑先生 --phone 13912340001 --channel phone"
        world.typed(registrar, owner)
    world.typed(registrar, f"campaign owner {number} 何女士 --phone 13912340002 --channel phone")
    world.typed(registrar, f"campaign arrive {number} 何女士")
    world.made("campaign over", host, "campaign new 江畔花园 --event-day today")


def contracts(world: World) -> None:
    """Contracts and dossiers of key accounts; each dossier is another customer's."""
    add = f"contract add KH0001 --amount 250000 {CONTRACT}"
    submit = "sales_office: contract submit {number}"
    signed = (
        "ka_department: approval ok {approval}",
        "deputy_sales_director: approval ok {approval}",
    )
    filed = "ka_department: contract file {number} --reference 备-031"
    world.made("contract", "sales_office", add)
    world.made("contract submitted", "sales_office", add, submit)
    world.made("contract half signed", "sales_office", add, submit, signed[0])
    world.made("contract signed", "sales_office", add, submit, *signed)
    world.made("contract filed", "sales_office", add, submit, *signed, filed)
    execute = "sales_office: contract execute {number}"
    world.made("contract executing", "sales_office", add, submit, *signed, filed, execute)
    days = "--statement-day 25 --due-day 10"
    supply = f"contract add KH0001 --kind supply --amount 600000 {CONTRACT} {days}"
    world.made("supply", "merchant_staff", supply)
    for name, steps in (("taken", ()), ("held", ("finance: security verify {number}",))):
        take = f"security record {world.named['supply']} --amount 50000 --ref BZ{name}"
        world.made(f"security {name}", "finance_cashier", take, *steps)
    give_back = f"security record {world.named['supply']} --amount 10 --ref BZsmall"
    world.made("security small", "finance_cashier", give_back, "finance: security verify {number}")
    for place, name in enumerate(("open", "complete", "submitted", "accepted"), start=11):
        _dossier(world, f"dossier {name}", f"KH{place:04d}", far=place - 10)


def shipments(world: World) -> None:
    """Goods for an office on their way, received, objected to, held with a reason, asked for."""
    now = "--from 2026-11-01 --to 2027-10-31 --terms 月结 --service 供货 --prices 九折 --mode 框架"
    terms = f"{now} --rights 见第五条"
    world.made(
        "contract running",
        "sales_office",
        f"contract add KH0001 --amount 250000 {terms}",
        "sales_office: contract submit {number}",
        "ka_department: approval ok {approval}",
        "deputy_sales_director: approval ok {approval}",
        "sales_office: contract execute {number}",
    )
    send = f"shipment new {world.named['contract running']} P0001:20@260 --to S01"
    got = "sales_office: shipment receive {number} --mark KH0001"
    object_ = "sales_office: shipment object {number} --reason 少两台"
    why = "sales_office: shipment reason {number} --reason 客户装修"
    settled = "sales_company: shipment settle {number} --reason 补发"
    made = {"sent": (), "received": (got,), "objected": (got, object_), "explained": (got, why)}
    made["charged"] = (got, object_, settled)
    for name, steps in made.items():
        world.made(f"shipment {name}", "distribution_center", send, *steps)
    oem = f"{send} --supplier 美的代工厂"
    world.made("shipment of a supplier", "distribution_center", oem)
    ask = f"shipment ask {world.named['shipment received']} P0001:2 --reason 抢险"
    review = "sales_company: shipment review {number}"
    filed = "sales_company: shipment file {number} --ref BA-1"
    drawn = {"asked": (), "reviewed": (review,), "filed": (review, filed)}
    for name, steps in drawn.items():
        world.made(f"draw {name}", "sales_office", ask, *steps)


def _dossier(world: World, name: str, customer: str, far: int) -> None:
    world.named[name] = customer
    apply = f"customer apply {customer} --office 办事处 --amount 250000 --tie-up 80000"
    world.named[f"{name} number"] = str(world.typed("sales_office", apply)["number"])
    for item in DOSSIER if far > 1 else ():
        world.typed("sales_office", f"customer dossier {customer} --item {item}")
    if far > 2:
        world.typed("sales_office", f"customer submit {customer}")
    if far > 3:
        world.typed("ka_department", f"customer judge {customer} --accept")
        world.typed("ka_department", f"customer grade {customer} A --reason 按期付款")
        add = f"contract add {customer} --amount 250000 {CONTRACT}"
        number = world.typed("sales_office", add)["number"]
        request = world.typed("sales_office", f"contract submit {number}")["approval"]
        world.typed("ka_department", f"approval ok {request}")
        world.typed("deputy_sales_director", f"approval ok {request}")


def house(world: World) -> None:
    """Policy, staff, delegation and the bank."""
    change = "policy set deposit.rate_bp 3300 --from 2026-12-01 --reason 年末"
    activate = "administrator: policy activate {number}"
    approve = "general_manager: approval ok {approval}"
    world.made("change in force", "administrator", change, approve, activate)
    again = change.replace("3300", "3400")
    world.made("change", "administrator", again)
    world.made("change approved", "administrator", again, approve)
    world.typed("administrator", "staff add wang 王敏 --role gp_specialist")
    world.typed("administrator", "staff grant wang --role merchant_supervisor")
    world.typed("administrator", "staff add qian 钱红 --role finance")
    world.typed("administrator", "staff disable qian --confirm qian")
    world.typed("administrator", "staff add zhou 周明 --role finance")
    world.made("statement", "finance", "statement make KH0001")
    path = world.desk.home / "bank.csv"
    path.write_text("".join([*BANK[:3], TRANSFER, REFUND]), "utf-8")
    world.typed("finance", f"reconcile import {path}")
    world.named["bank line"] = str(world.desk.sql("SELECT min(number) FROM bank_line")[0][0])
    world.named["settled line"] = str(world.desk.sql("SELECT max(number) FROM bank_line")[0][0])
    world.typed("finance", f"reconcile ignore {world.named['settled line']} --reason 别家的")
    world.made("price sheet", "purchasing", "price propose P0006 --cost 174 --reason 供应商")
    world.typed("sales_office", "contract negotiation KH0015 --text 谈价格")
    world.made(
        "delegation",
        "merchant_manager",
        "approval delegate --to wang --scope order --cap 50000 --until +7d --doc 031",
    )
