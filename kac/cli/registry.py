"""Every command of the counter, in the order of the desk's day; none imported before its turn."""

from __future__ import annotations

from kac.core.i18n import N_
from kac.core.values import dataclass


@dataclass(frozen=True, slots=True)
class Group:
    """A noun, or a command of its own: its module, its line in the help, its short names."""

    module: str
    help: str
    aliases: tuple[str, ...] = ()


GROUPS: dict[str, Group] = {
    "todo": Group(
        "kac.cli.todo", N_("What waits for you: your own work, most urgent first"), ("td",)
    ),
    "customer": Group("kac.cli.customer", N_("Customers: file, correct, find them"), ("c",)),
    "visit": Group("kac.cli.visit", N_("Visits: plan, record, file them; call customers")),
    "campaign": Group(
        "kac.cli.campaign",
        N_("Campaigns: plan, prepare them; owners called, arrived, absent"),
        ("hd",),
    ),
    "contract": Group(
        "kac.cli.contract", N_("Contracts: add, sign for, file, execute, close them"), ("ht",)
    ),
    "product": Group("kac.cli.product", N_("Products: codes, prices, units"), ("p",)),
    "opening": Group("kac.cli.opening", N_("Opening balances: confirm them, settle what was owed")),
    "price": Group("kac.cli.price", N_("Prices: propose others, confirm or reject them")),
    "stock": Group("kac.cli.stock", N_("Stock: what is there and what is promised"), ("s",)),
    "purchase": Group(
        "kac.cli.purchase", N_("Purchases: ask for goods, follow up, answer, receive"), ("cg",)
    ),
    "shipment": Group(
        "kac.cli.shipment",
        N_("Shipments: goods of key accounts to offices, received, charged, held"),
        ("fh",),
    ),
    "inquiry": Group(
        "kac.cli.inquiry", N_("Inquiries: take down, file, hand over, answer"), ("iq",)
    ),
    "quote": Group("kac.cli.quote", N_("Quotations: make, send, print them, take them up"), ("q",)),
    "order": Group("kac.cli.order", N_("Orders: take, submit, review, print, void them"), ("o",)),
    "approval": Group("kac.cli.approval", N_("Approvals: sign or reject what asks for it"), ("a",)),
    "deposit": Group("kac.cli.deposit", N_("Deposits: record them, or except from them"), ("dp",)),
    "payment": Group("kac.cli.payment", N_("Payments: record and verify money"), ("py",)),
    "refund": Group(
        "kac.cli.refund", N_("Refunds: ask for money back, pay it out, print the slip"), ("tk",)
    ),
    "cheque": Group("kac.cli.cheque", N_("Cheques: take, compare, present, clear them"), ("zp",)),
    "dispatch": Group("kac.cli.dispatch", N_("Dispatch: slip, count, load, sign, archive"), ("d",)),
    "table": Group(
        "kac.cli.table", N_("Order tables: tabulate, list, correct, print them"), ("zb",)
    ),
    "paper": Group(
        "kac.cli.paper", N_("Paper: which copy is with whom since when, handed on, taken back")
    ),
    "return": Group(
        "kac.cli.return_", N_("Returns: take goods back, exchange, judge, settle them"), ("th",)
    ),
    "callback": Group(
        "kac.cli.callback", N_("Call-backs: whom to call after a delivery, what was said"), ("hf",)
    ),
    "invoice": Group(
        "kac.cli.invoice", N_("Tax invoices: ask for, agree, issue, reverse them"), ("fp",)
    ),
    "ar": Group(
        "kac.cli.ar", N_("Receivables: their age, what is due, letters that chase it"), ("ys",)
    ),
    "security": Group(
        "kac.cli.security", N_("Security deposits under contracts: take, verify, give them back")
    ),
    "credit": Group(
        "kac.cli.credit", N_("Credit: limits, letters, applications, what is left of it")
    ),
    "card": Group("kac.cli.card", N_("Gift cards: batches, sales, receipts, what comes back")),
    "wholesale": Group(
        "kac.cli.wholesale", N_("Wholesale: goods for money or on account, slip and proof"), ("ws",)
    ),
    "expense": Group(
        "kac.cli.expense",
        N_("Expenses: delivery costs and bags, reimbursed at the end of the month"),
    ),
    "iou": Group("kac.cli.iou", N_("IOUs for cards: write, print, withdraw them")),
    "day": Group("kac.cli.day", N_("The day's money: report, keep, settle it")),
    "statement": Group(
        "kac.cli.statement", N_("Statements of account: draw up, print, confirm them"), ("st",)
    ),
    "rebate": Group("kac.cli.rebate", N_("Rebates: money back on collected orders")),
    "reconcile": Group(
        "kac.cli.reconcile", N_("Reconciliation: bank lines, differences, the nightly run"), ("r",)
    ),
    "explain": Group(
        "kac.cli.explain", N_("Why a document stands where it does, and what opens it")
    ),
    "import": Group("kac.cli.import_", N_("Files in: customers, products, stock, orders")),
    "export": Group(
        "kac.cli.export", N_("Files out: the books for beancount and hledger, or the whole ledger")
    ),
    "report": Group(
        "kac.cli.report", N_("Reports: sales, margins, deposits held, officers, promises kept")
    ),
    "print": Group(
        "kac.cli.print_", N_("Print any document, on carbon stock, A4, A5 or a roll; a test page")
    ),
    "calendar": Group("kac.cli.calendar", N_("The calendar: which days are worked")),
    "rule": Group("kac.cli.rule", N_("The rules of the house, by id")),
    "policy": Group("kac.cli.policy", N_("The policy in force: tiers, rates, rights")),
    "login": Group("kac.cli.login", N_("Say who you are, with your PIN")),
    "logout": Group("kac.cli.logout", N_("End your session")),
    "whoami": Group("kac.cli.whoami", N_("Who acts here, with which roles, on which ledger")),
    "staff": Group("kac.cli.staff", N_("Staff: people, roles, PINs")),
    "audit": Group("kac.cli.audit", N_("The log of all acts, and the proof that it is whole")),
    "last": Group("kac.cli.last", N_("What you did last, and what comes next")),
    "undo": Group("kac.cli.undo", N_("Undo your own last act, where that is possible")),
    "status": Group("kac.cli.status", N_("Whether a command was written, by its request id")),
    "retry": Group("kac.cli.retry", N_("Send again what was left unanswered")),
    "init": Group("kac.cli.init", N_("Make a ledger, or a training ledger to learn with")),
    "db": Group("kac.cli.db", N_("The ledger file: check, back up, upgrade")),
    "config": Group("kac.cli.config", N_("The config file: where it is, what it says")),
    "doctor": Group("kac.cli.doctor", N_("Whether this machine is fit for the desk")),
    "completion": Group("kac.cli.completion", N_("Print a completion script for your shell")),
    "shell": Group("kac.cli.shell", N_("The desk's own prompt: every command, and order entry")),
    "run": Group("kac.cli.run", N_("A file of commands, one a line")),
    "demo": Group("kac.cli.demo", N_("Walk an order through the desk on a ledger of its own")),
    "guide": Group(
        "kac.cli.guide", N_("The manual: the desk's day, every document, what to do when")
    ),
    "help": Group("kac.cli.help_", N_("What an error code means, how a command is typed")),
}

ALIASES = {alias: name for name, group in GROUPS.items() for alias in group.aliases}


def canonical(typed: str) -> str | None:
    """The command that was meant by its name or alias; None where there is none."""
    return typed if typed in GROUPS else ALIASES.get(typed)
