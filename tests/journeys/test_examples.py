"""The examples of every help page are typed: on a desk where the documents that they need stand.

The numbers of an example are made up; here they are those of documents in the right state.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kac.cli import lazy
from kac.cli.registry import GROUPS
from kac.core import policyfile

NUMBER = re.compile(r"[A-Z]{2}\d{8}-\d{4}|(?<!\S)(?:@|1120-\d+)(?!\S)")
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
    world.order("submitted", fifty, SUBMIT)
    world.order("reviewed", fifty, SUBMIT, REVIEW)
    deposit = "finance_cashier: deposit record {order} --amount 4020 --ref R{name}"
    world.order("deposited", fifty, SUBMIT, REVIEW, deposit)
    world.order("photocopied", fifty, SUBMIT, REVIEW, PRINT, deposit)
    world.order("printed", fifty, SUBMIT, PRINT)
    world.order(
        "collecting",
        fifty,
        *(SUBMIT, PRINT),
        "merchant_supervisor: order void {order} --reason 客户取消",
    )
    world.order("paid", fifty, *PAID)
    world.order("issued", fifty, *PAID, SLIP)
    both = "finance_cashier: payment record {order} --amount 13725 --ref R{name}"
    world.order(
        "uncounted",
        "-l P0001:50 -l P0002:12.5",
        *(SUBMIT, REVIEW, PRINT, both, VERIFY, SLIP, PRINT_SLIP),
    )
    world.order("counted", fifty, *PAID, SLIP, PRINT_SLIP, COUNT, COUNT_TOO)
    world.order("loaded", fifty, *PAID, SLIP, PRINT_SLIP, COUNT, COUNT_TOO, LOAD)
    world.order("signed", fifty, *PAID, SLIP, PRINT_SLIP, COUNT, COUNT_TOO, LOAD, SIGN)
    world.order("discounted", "-l P0006:60@188 -l P0001:10@260", SUBMIT)
    propose = "gp_specialist: rebate propose {order} --rate 2"
    world.order("rebated", fifty, *PAID, propose)
    approve = "merchant_manager: approval ok {request}"
    world.order("approved", fifty, *PAID, propose, approve)


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
    world.made("contract signed", "sales_office", add, submit, *signed)
    world.made("contract filed", "sales_office", add, submit, *signed, filed)
    execute = "sales_office: contract execute {number}"
    world.made("contract executing", "sales_office", add, submit, *signed, filed, execute)
    for place, name in enumerate(("open", "complete", "submitted", "accepted"), start=11):
        _dossier(world, f"dossier {name}", f"KH{place:04d}", far=place - 10)


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


@pytest.fixture(scope="module")
def world(training_ledger, copied_desk, tmp_path_factory) -> World:
    """The desk, made once; every example is typed on a copy of it."""
    found = World(copied_desk(training_ledger, tmp_path_factory.mktemp("world")))
    path = found.desk.home / "stock.csv"
    path.write_text(GOODS, "utf-8")
    found.typed("importer", f"import stock {path}")
    papers_before_orders(found)
    contracts(found)
    orders(found)
    house(found)
    found.order("last", "-l P0001:1")
    return found


# The document that a command is typed for, by its name in the world.
FOR = {
    "approval ok": "discounted approval",
    "approval reject": "discounted approval",
    "approval show": "discounted approval",
    "approval undelegate": "delegation",
    "contract close": "contract executing",
    "contract edit": "contract",
    "contract execute": "contract filed",
    "contract file": "contract signed",
    "contract print": "contract",
    "contract show": "contract",
    "contract submit": "contract",
    "contract void": "contract",
    "deposit quote": "reviewed",
    "deposit record": "reviewed",
    "deposit waive": "reviewed",
    "dispatch archive": "signed dispatch",
    "dispatch count": "uncounted",
    "dispatch load": "counted",
    "dispatch new": "paid",
    "dispatch print": "issued dispatch",
    "dispatch show": "issued dispatch",
    "dispatch sign": "loaded",
    "explain": "submitted",
    "audit log": "submitted",
    "inquiry answer": "inquiry",
    "inquiry close": "inquiry answered",
    "inquiry edit": "inquiry",
    "inquiry handover": "inquiry of the floor",
    "inquiry record": "inquiry",
    "inquiry release": "inquiry to release",
    "inquiry show": "inquiry",
    "inquiry supply": "inquiry",
    "order collect": "collecting",
    "order edit": "draft",
    "order photocopy": "photocopied",
    "order print": "reviewed",
    "order review": "submitted",
    "order show": "draft",
    "order submit": "draft",
    "order void": "printed",
    "payment print": "paid payment",
    "payment record": "deposited",
    "payment show": "paid payment",
    "payment verify": "deposited deposit",
    "policy activate": "change approved",
    "policy show": "change",
    "policy withdraw": "change",
    "price confirm": "price sheet",
    "price reject": "price sheet",
    "price show": "price sheet",
    "quote edit": "quote",
    "quote expire": "quote",
    "quote new": "inquiry answered",
    "quote print": "quote reviewed",
    "quote send": "quote",
    "quote show": "quote",
    "quote to-order": "quote reviewed",
    "rebate drop": "rebated rebate",
    "rebate pay": "approved rebate",
    "rebate propose": "paid",
    "rebate show": "rebated rebate",
    "stock check": "submitted",
}


# People and customers that stand for those of an example.
PEOPLE = {
    "customer application": {"KH0001": "dossier open"},
    "customer apply": {"KH0001 --tie-up": "KH0011 --tie-up"},
    "customer designate": {"KH0001": "dossier accepted"},
    "customer dossier": {"KH0001": "dossier open"},
    "customer judge": {"KH0001": "dossier submitted", "SQ20261120-0001": "dossier submitted"},
    "customer submit": {"KH0001": "dossier complete"},
    "contract negotiation": {"KH0001": "KH0015"},
    "payment verify": {"2026112000010001": "deposited deposit"},
    "staff add": {"wang": "zhao"},
    "staff enable": {"wang": "qian"},
    "staff grant": {"wang": "zhou"},
    "reconcile link": {"YH20261120-0003": "bank line", "SK20261120-0001": "paid payment"},
    "reconcile ignore": {"YH20261120-0004": "bank line"},
    "reconcile show": {"YH20261120-0003": "bank line", "2026112000010009": "2026112099990001"},
    "reconcile unlink": {"YH20261120-0003": "settled line"},
}
FILES = {
    **dict.fromkeys(("申请表.pdf", "草稿.pdf", "执照.jpg", "合同.pdf"), "a scan\n"),
    "2027.csv": HOLIDAYS,
    "bank.csv": "".join(BANK),
    "calendar.csv": (SAMPLES / "calendar.csv").read_text("utf-8"),
    "customers.csv": "名称,类型,性质,联系人,电话,地址,区域,消费需求\n"
    "星海电子厂,单位,工厂,何工,15400120077,星海路9号,新港区,福利\n",
    "orders.csv": "外部单号,客户编码,要货日期,商品编码,数量\nW-9,KH0001,+5d,P0001,2\n",
    "products.csv": (SAMPLES / "products.csv").read_text("utf-8"),
    "stock.csv": GOODS,
    "morning.kac": "order list --limit 1\nstock list --limit 1\n",
    "pin": "482913\n",
    "retail.toml": policyfile_text(),
}
# Whom an example is typed by, where the first role that may is not the right one.
BY = {
    "kac quote print @ --internal -o internal.txt": "operations_manager",
    "approval ok": "purchasing",
    "customer application": "sales_office",
    "approval reject": "merchant_manager",
    "approval undelegate": "merchant_manager",
    "inquiry release": "duty_manager",
    "last": "gp_specialist",
    "undo": "gp_specialist",
    "policy withdraw": "administrator",
    "calendar import": "customer_service",
    "order void": "merchant_supervisor",
    "rebate drop": "gp_specialist",
    "reconcile import": "finance",
    "reconcile ignore": "finance",
    "staff grant": "administrator",
    "staff revoke": "administrator",
    "staff enable": "administrator",
    "import orders": "importer",
}
# What ends otherwise, and why.
ENDS = {
    "kac undo": 10,  # nobody is there to say yes
    "kac shell": 10,  # no terminal
    "kac --as gp_specialist shell": 10,
    "kac status 4b1d…": 3,  # an id that nobody used
    "kac status 4b1d… --json": 3,
    "kac retry --drop 4b1d…": 3,
    "kac policy diff 1 3 --set distributor": 3,
    "kac reconcile run --check": 7,  # copies of a void form are outside
}
# Typed on a later day, and what is typed where a PIN is asked for.
ON = {"kac quote expire BJ20261120-0001": "2026-12-20"}
PIPED = {"staff passwd": "482913\n"}
# Told more than once, and long: it is enough to run one of them.
AGAIN = ("kac demo", "kac demo --json")


def examples() -> Iterator[tuple[str, str]]:
    """(command, example) of every help page."""
    for name in GROUPS:
        group = lazy.load(name)
        verbs = getattr(group, "commands", None)
        each = {f"{name} {verb}": command for verb, command in verbs.items()} if verbs else {}
        for typed, command in (each or {name: group}).items():
            for line in (command.epilog or "").splitlines():
                if re.match(r"\s+(kac|[A-Z_]+=\S+ kac) ", line) and line.strip() not in AGAIN:
                    yield typed, line.strip()


def actor(command: str, line: str) -> str:
    """Somebody who may do it: as the policy says, else somebody who only looks."""
    may = policyfile.shipped()["retail"]["verb"]
    verb = command.replace(" ", ".").replace("-", "_")
    known = may.get(verb, {}).get("roles", ["finance"])
    return BY.get(line) or BY.get(command, known[0])


@pytest.mark.parametrize(("command", "line"), examples())
def test_an_example_of_a_help_page_does_what_it_says(
    world, copied_desk, tmp_path, monkeypatch, command: str, line: str
) -> None:
    desk = copied_desk(world.desk.ledger, tmp_path)
    desk.now = world.desk.now
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, "utf-8")
        Path(name).chmod(0o600)
    env, words, stdin = prepared(world, command, line, tmp_path)
    known = "--as" in words or command in ("init", "login")
    role = "" if known else actor(command, line)
    result = desk.run(words, as_=role, env=env, stdin=stdin, on=ON.get(line, ""))
    told = f"{line}\n{words}\n{result.out}{result.err}"
    assert result.exit == ENDS.get(line, 0), told


def prepared(
    world: World, command: str, line: str, home: Path
) -> tuple[dict[str, str], list[str], str]:
    """(environment, words, standard input) of an example with the names of this world."""
    for made_up, here in PEOPLE.get(command, {}).items():
        line = line.replace(made_up, world.named.get(here, here))
    if command in FOR:
        line = NUMBER.sub(world.named[FOR[command]], line)
    line = line.replace("~/", f"{home}/").replace("/srv/kac/backup", str(home))
    line, *read = re.split(" < | >+ ", line)
    words = shlex.split(line)
    env = {"KAC_DB": str(home / "new.db")} if command == "init" else {}
    while "=" in words[0]:
        name, _equals, value = words.pop(0).partition("=")
        env[name] = value
    if read and words[-1] == "-":
        words[-1] = read[0]
    stdin = FILES["morning.kac"] if words[-1] == "-" else PIPED.get(command, "")
    return env, words[1:], stdin
