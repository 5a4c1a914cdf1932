"""The examples of every help page are typed: on a desk where the documents that they need stand.

The numbers of an example are made up; here they are those of documents in the right state.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from kac.cli import lazy
from kac.cli.registry import GROUPS
from kac.core import policyfile
from kac.db.audit import key_path
from tests.journeys.example_world import (
    BANK,
    GOODS,
    HOLIDAYS,
    SAMPLES,
    World,
    campaigns,
    contracts,
    debts,
    house,
    invoices,
    orders,
    papers_before_orders,
    policyfile_text,
    returns,
    shipments,
)
from tests.journeys.hypermarket_world import BEFORE, cards, expenses, goods

NUMBER = re.compile(r"[A-Z]{2}\d{8}-\d{4}|(?<!\S)(?:@|1120-\d+)(?!\S)")


@pytest.fixture(scope="module")
def world(training_ledger, copied_desk, tmp_path_factory) -> World:
    """The desk, made once; every example is typed on a copy of it."""
    found = World(copied_desk(training_ledger, tmp_path_factory.mktemp("world")))
    path = found.desk.home / "stock.csv"
    path.write_text(GOODS, "utf-8")
    found.typed("importer", f"import stock {path}")
    papers_before_orders(found)
    contracts(found)
    campaigns(found)
    shipments(found)
    orders(found)
    invoices(found)
    returns(found)
    debts(found)
    cards(found)
    goods(found)
    expenses(found)
    house(found)
    found.order("last", "-l P0001:1")
    return found


# The document that a command is typed for, by its name in the world.
FOR = {
    "ar print": "dunning",
    "statement confirm": "statement",
    "statement dispute": "statement",
    "statement print": "statement",
    "statement show": "statement",
    "statement withdraw": "statement",
    "cheque acknowledge": "taken cheque",
    "cheque bank": "checked cheque",
    "cheque bounce": "presented cheque",
    "cheque check-seal": "taken cheque",
    "cheque clear": "presented cheque",
    "cheque hand-back": "taken cheque",
    "cheque record": "reviewed",
    "cheque show": "taken cheque",
    "approval ok": "discounted approval",
    "approval reject": "discounted approval",
    "approval show": "discounted approval",
    "approval undelegate": "delegation",
    "card deliver": "cards made",
    "card invoice": "cards delivered",
    "card make": "cards signed",
    "card print": "cards made",
    "card receipt": "cards on credit",
    "card sell": "credit approved",
    "card void": "cards ordered",
    "contract close": "contract executing",
    "contract edit": "contract",
    "contract execute": "contract filed",
    "contract approve": "contract half signed",
    "contract file": "contract signed",
    "contract sign": "contract submitted",
    "contract print": "contract",
    "contract show": "contract",
    "contract submit": "contract",
    "contract void": "contract",
    "credit close": "credit approved",
    "credit letter": "vouched",
    "credit show": "credit approved",
    "day archive": "day",
    "day close": "day",
    "day custody": "item cash",
    "day handover": "item ebank",
    "day item": "cards delivered",
    "day print": "day",
    "day reopen": "day",
    "day return": "item cash",
    "day settle": "item cash",
    "day show": "item cash",
    "day sign": "day",
    "day status": "day",
    "day voucher": "item ebank",
    "deposit quote": "reviewed",
    "deposit print": "paid payment",
    "deposit record": "reviewed",
    "deposit unwaive": "waiver",
    "deposit waive": "reviewed",
    "dispatch archive": "signed dispatch",
    "dispatch arrived": "issued dispatch",
    "dispatch check": "rung dispatch",
    "dispatch till": "issued dispatch",
    "dispatch box": "issued dispatch",
    "dispatch boxes": "boxed dispatch",
    "dispatch unbox": "boxed dispatch",
    "dispatch book": "submitted",
    "dispatch remind": "booked",
    "dispatch follow": "booked",
    "dispatch loaders": "issued dispatch",
    "dispatch unloaded": "loaded dispatch",
    "dispatch note": "issued dispatch",
    "dispatch count": "uncounted",
    "dispatch cut": "parted",
    "dispatch load": "counted",
    "dispatch new": "paid",
    "dispatch print": "issued dispatch",
    "dispatch show": "issued dispatch",
    "dispatch sign": "loaded",
    "dispatch void": "issued dispatch",
    "expense bags": "goods delivered",
    "expense delivery": "goods delivered",
    "expense drop": "cost",
    "expense receipt": "bags",
    "expense show": "bags",
    "expense sign": "cost",
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
    "invoice agree": "wish",
    "invoice issue": "invoice",
    "invoice red": "invoice issued",
    "invoice request": "reviewed",
    "invoice show": "invoice",
    "invoice waive": "wish",
    "invoice withdraw": "wish",
    "iou print": "iou unprinted",
    "iou show": "iou made",
    "iou void": "iou written",
    "iou withdraw": "iou paid",
    "iou write": "cards ordered",
    "order collect": "collecting",
    "order edit": "draft",
    "order photocopy": "photocopied",
    "order print": "reviewed",
    "order review": "submitted",
    "order show": "draft",
    "order submit": "draft",
    "order void": "printed",
    "order substitute": "short",
    "order cut": "short",
    "order split": "short",
    "order postpone": "short",
    "order eta": "waits",
    "order arrived": "promised",
    "order informed": "arrived",
    "order lost-copy": "collecting",
    "paper collect": "reversed money",
    "paper lost": "recalled dispatch",
    "paper hand": "printed",
    "paper show": "printed",
    "payment declare": "reviewed",
    "payment print": "paid payment",
    "payment reverse": "deposited deposit",
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
    "quote review": "quote sent",
    "quote new": "inquiry answered",
    "quote print": "quote reviewed",
    "quote send": "quote",
    "quote show": "quote",
    "quote to-order": "quote reviewed",
    "table new": "paid",
    "table print": "tabulated table",
    "table show": "tabulated table",
    "table simple": "rung dispatch",
    "table update": "cheaper table",
    "rebate drop": "rebated rebate",
    "rebate pay": "approved rebate",
    "rebate propose": "paid",
    "rebate show": "rebated rebate",
    "refund drop": "refund",
    "refund pay": "refund approved",
    "refund print": "refund",
    "refund request": "givenup",
    "refund show": "refund",
    "callback log": "signed",
    "return new": "signed",
    "return exchange": "signed",
    "return receive": "return granted",
    "return inspect": "return back",
    "return settle": "return judged",
    "return drop": "return granted",
    "return print": "return granted",
    "return show": "return granted",
    "security print": "security taken",
    "security record": "supply",
    "security return": "security small",
    "security verify": "security taken",
    "purchase answer": "purchase",
    "purchase drop": "purchase",
    "purchase list": "letgo",
    "purchase new": "letgo",
    "purchase show": "purchase",
    "purchase track": "purchase",
    "shipment new": "contract running",
    "shipment faxed": "shipment of a supplier",
    "shipment receive": "shipment sent",
    "shipment object": "shipment received",
    "shipment settle": "shipment objected",
    "shipment remit": "shipment charged",
    "shipment reason": "shipment received",
    "shipment accept": "shipment explained",
    "shipment decline": "shipment explained",
    "shipment ask": "shipment received",
    "shipment review": "draw asked",
    "shipment refuse": "draw asked",
    "shipment file": "draw reviewed",
    "shipment take": "draw filed",
    "shipment show": "shipment received",
    "stock arrive": "goods on the road",
    "stock in": "purchase",
    "stock check": "submitted",
    "stock confirm": "adjustment",
    "stock reject": "adjustment",
    "stock reserve": "letgo",
    "wholesale agree": "goods delivered",
    "wholesale book": "goods on credit",
    **dict.fromkeys(("campaign tick", "campaign owner", "campaign call"), "campaign"),
    **dict.fromkeys(("campaign show", "campaign cancel"), "campaign"),
    **dict.fromkeys(("campaign arrive", "campaign check"), "campaign today"),
    **dict.fromkeys(("campaign souvenir", "campaign deposit"), "campaign today"),
    "campaign close": "campaign over",
    "visit call": "visit planned",
    "visit drop": "visit planned",
    "visit file": "visit recorded",
    "visit record": "visit planned",
    "visit show": "visit recorded",
    "wholesale deliver": "goods booked",
    "wholesale invoice": "goods paid",
    "wholesale new": "credit approved",
    "wholesale prepare": "goods priced",
    "wholesale price": "goods selected",
    "wholesale red": "goods back",
    "wholesale return": "goods delivered",
    "wholesale show": "goods booked",
    "wholesale void": "goods delivered",
}


# People and customers that stand for those of an example.
PEOPLE = {
    "ar due": {"KH0001": "debtor"},
    "ar dun": {"KH0001": "debtor"},
    "ar letters": {"KH0001": "debtor"},
    "print": {"SH20261120-0001": "issued dispatch", "DD20261120-0003": "printed"},
    "statement make": {"KH0001": "KH0002"},
    "refund request": {"KS20261120-0001": "cards paid"},
    "card return": {"KS20261120-0001": "cards delivered", "KP20261120-0001": "card batch"},
    "deposit apply": {"SK20261120-0001": "free money", "DD20261120-0001": "reviewed"},
    "deposit move": {"DD20261120-0001": "deposited", "DD20261120-0002": "reviewed"},
    "payment allocate": {"SK20261120-0001": "free money", "DD20261120-0001": "deposited"},
    "payment record": {"2026112100010009": "declared money"},
    "payment withdraw": {"SK20261120-0001": "declared money"},
    "payment unallocate": {"DD20261120-0001": "paid", "SK20261120-0001": "paid payment"},
    "customer application": {"KH0001": "dossier open"},
    "customer apply": {"KH0001 --tie-up": "KH0011 --tie-up"},
    "customer designate": {"KH0001": "dossier accepted"},
    "customer dossier": {"KH0001": "dossier open"},
    "customer judge": {"KH0001": "dossier submitted", "SQ20261120-0001": "dossier submitted"},
    "customer submit": {"KH0001": "dossier complete"},
    "contract negotiation": {"KH0001": "KH0015"},
    "payment verify": {"2026112000010001": "deposited deposit"},
    "staff add": {"wang": "zhao"},
    "visit excuse": {"wang": "gp_specialist"},
    "staff enable": {"wang": "qian"},
    "staff grant": {"wang": "zhou"},
    "stock release": {"YL20261120-0001": "goods kept back", "DD20261120-0003": "submitted"},
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
    "opening.csv": (Path(__file__).parent / "opening.csv").read_text("utf-8"),
    "payments.csv": "订单号,方式,金额,流水号,付款人\nDD20261120-0013,转账,10.00,UTR-77,宏达\n",
    "prices.csv": "商品编码,零售价\nP0001,277.00\n",
    "visits.csv": "日期,拜访人,客户编码,内容\n2026-11-18,gp_specialist,KH0001,谈中秋福利\n",
    "products.csv": (SAMPLES / "products.csv").read_text("utf-8"),
    "stock.csv": GOODS,
    "inbox/bank.csv": "".join(BANK),
    "morning.kac": "order list --limit 1\nstock list --limit 1\n",
    "pin": "482913\n",
    "retail.toml": policyfile_text(),
}
# Whom an example is typed by, where the first role that may is not the right one.
BY = {
    "deposit apply": "finance_cashier",
    "deposit unwaive": "gp_specialist",
    "payment withdraw": "gp_specialist",
    "kac quote print @ --internal -o internal.txt": "operations_manager",
    "kac print SH20261120-0001 --profile a5 --to html": "distribution_center",
    "print": "gp_specialist",
    "approval ok": "purchasing",
    "contract approve": "deputy_sales_director",
    "contract sign": "ka_department",
    "quote review": "operations_manager",
    "customer application": "sales_office",
    "approval reject": "merchant_manager",
    "approval undelegate": "merchant_manager",
    "inquiry release": "duty_manager",
    "expense bags": "business_manager",
    "expense delivery": "business_manager",
    "last": "gp_specialist",
    "undo": "gp_specialist",
    "stock arrive": "store_clerk",
    "policy withdraw": "administrator",
    "calendar import": "customer_service",
    "order void": "merchant_supervisor",
    "rebate drop": "gp_specialist",
    "campaign souvenir": "registrar",
    "visit drop": "gp_specialist",
    "visit new": "gp_specialist",
    "visit excuse": "merchant_supervisor",
    "reconcile import": "finance",
    "reconcile inbox": "finance",
    "reconcile ignore": "finance",
    "staff grant": "administrator",
    "staff revoke": "administrator",
    "staff enable": "administrator",
    "import orders": "importer",
    "opening confirm": "general_manager",
    "import payments": "importer",
    "import prices": "importer",
    "import visits": "importer",
    "import template": "importer",
    "import undo": "importer",
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
    "kac --db copy.db import all ledger-2026": 6,  # nothing was exported there
    "kac reconcile run --check": 7,  # copies of a void form are outside
}
# Typed on a later day, and what is typed where a PIN is asked for.
ON = {"kac day open": "2026-11-21", "kac quote expire BJ20261120-0001": "2026-12-20"}
PIPED = {"staff passwd": "482913\n"}
# Only for books in which nothing stands yet.
BEGUN = ("import opening", "opening confirm", "opening reject", "opening settle", "opening show")
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


@pytest.mark.parametrize(("command", "line"), list(examples()))
def test_an_example_of_a_help_page_does_what_it_says(
    world, training_ledger, copied_desk, tmp_path, monkeypatch, command: str, line: str
) -> None:
    begun = command in BEGUN
    desk = copied_desk(training_ledger if begun else world.desk.ledger, tmp_path)
    desk.now = world.desk.now
    for step in BEFORE.get(command, ()):
        who, _colon, typed = step.partition(": ")
        desk.ok(typed.format_map(world.named), as_=who)
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).parent.mkdir(exist_ok=True)
        Path(name).write_text(text, "utf-8")
        Path(name).chmod(0o600)
    if command == "db restore":
        backed_up(desk, line)
    env, words, stdin = prepared(world, command, line, tmp_path)
    known = "--as" in words or command in ("init", "login")
    role = "" if known else actor(command, line)
    result = desk.run(words, as_=role, env=env, stdin=stdin, on=ON.get(line, ""))
    told = f"{line}\n{words}\n{result.out}{result.err}"
    assert result.exit == ENDS.get(line, 0), told


def backed_up(desk, line: str) -> None:
    """A backup of the desk's ledger under the name that the example gives it."""
    Path("backup").mkdir()
    copy = Path(desk.ok("db backup --to backup --json").json["path"])
    named = Path(shlex.split(line)[3])
    for before, after in ((copy, named), (key_path(copy), key_path(named))):
        before.replace(after)


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
