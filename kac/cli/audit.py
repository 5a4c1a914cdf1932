"""The log of all acts at the counter, and the proof that nothing in it was changed."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kac.cli import counter, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, day_option, examples, reading
from kac.cli.show import Column
from kac.core.errors import Exit
from kac.core.i18n import N_, _

VERBS = {
    "accept": N_("accept"),
    "acknowledge": N_("acknowledge"),
    "activate": N_("activate"),
    "agree": N_("agree"),
    "agree invoice": N_("agree the invoice"),
    "allocate": N_("allocate"),
    "answer": N_("answer"),
    "answer supply": N_("answer supply"),
    "apply": N_("apply"),
    "apply for credit": N_("apply for credit"),
    "approve": N_("approve"),
    "archive": N_("archive"),
    "ask": N_("ask"),
    "ask for": N_("ask for an invoice"),
    "ask for return": N_("ask for a return"),
    "inspect": N_("judge what came back"),
    "red": N_("red"),
    "waive": N_("waive"),
    "dun": N_("dun"),
    "ask_anew": N_("ask anew"),
    "bank": N_("present to the bank"),
    "book": N_("book on account"),
    "bounce": N_("bounce"),
    "call back": N_("call a customer back"),
    "card receipt": N_("write down a receipt"),
    "check_seal": N_("compare the seal"),
    "circulate": N_("circulate"),
    "clear": N_("clear"),
    "close": N_("close"),
    "collect": N_("collect"),
    "confirm": N_("confirm"),
    "correct application": N_("correct application"),
    "correct customer": N_("correct customer"),
    "count": N_("count"),
    "custody": N_("take into custody"),
    "declare": N_("declare"),
    "delegate": N_("delegate"),
    "deliver": N_("deliver"),
    "deliver_part": N_("deliver a part"),
    "cut rest": N_("cut the rest"),
    "ring": N_("ring"),
    "tabulate": N_("tabulate"),
    "seal boxes": N_("seal boxes"),
    "open box": N_("open box"),
    "book vehicle": N_("book vehicle"),
    "vehicle reminded": N_("vehicle reminded"),
    "vehicle followed": N_("vehicle followed"),
    "hands": N_("hands"),
    "check goods": N_("check the goods"),
    "vehicle came": N_("vehicle came"),
    "designate": N_("designate"),
    "disable": N_("disable"),
    "dispute": N_("name differences"),
    "draft": N_("make a draft"),
    "draft contract": N_("draft contract"),
    "drop": N_("drop"),
    "edit": N_("edit"),
    "enable": N_("enable"),
    "end delegation": N_("end delegation"),
    "evaluate": N_("evaluate"),
    "execute": N_("execute"),
    "call": N_("call"),
    "excuse": N_("excuse"),
    "plan campaign": N_("plan a campaign"),
    "tick": N_("tick"),
    "sign up": N_("sign up"),
    "reserve": N_("reserve"),
    "call_again": N_("call again"),
    "cancel": N_("cancel"),
    "miss": N_("stay away"),
    "souvenir": N_("give a souvenir"),
    "check arrivals": N_("check arrivals"),
    "take deposit": N_("take a deposit"),
    "plan visit": N_("plan a visit"),
    "expire": N_("expire"),
    "fail": N_("fail"),
    "file": N_("put on file"),
    "file customer": N_("file customer"),
    "file staff": N_("file staff"),
    "found": N_("found a ledger"),
    "give_back": N_("give back"),
    "grade": N_("grade"),
    "grant roles": N_("grant roles"),
    "hand in": N_("hand in"),
    "hand out cards": N_("hand out cards"),
    "hand over": N_("hand over"),
    "hand_back": N_("hand back"),
    "hand_over": N_("hand over"),
    "ignore": N_("ignore"),
    "import": N_("import"),
    "issue": N_("issue"),
    "issue_slip": N_("issue slip"),
    "keep receipt": N_("keep a receipt"),
    "link": N_("link"),
    "load": N_("load"),
    "log in": N_("log in"),
    "make": N_("make cards"),
    "make approval form": N_("make approval form"),
    "make statement": N_("draw up a statement"),
    "match": N_("match"),
    "name keeper": N_("name a keeper"),
    "negotiate": N_("negotiate"),
    "note expense": N_("note an expense"),
    "open": N_("open talks"),
    "open day": N_("open a day"),
    "open invoice": N_("open a tax invoice"),
    "order cards": N_("order cards"),
    "owe": N_("owe again"),
    "keep back": N_("keep back"),
    "ship": N_("ship"),
    "take the list": N_("take a shipping list"),
    "remit": N_("hand money on"),
    "state lost": N_("state a copy lost"),
    "state why": N_("state why goods are held"),
    "object": N_("object"),
    "charge": N_("charge to the office"),
    "decline": N_("decline"),
    "draw": N_("draw on held goods"),
    "refuse": N_("refuse"),
    "promise": N_("promise"),
    "promise again": N_("promise again"),
    "receive goods": N_("receive goods"),
    "release": N_("release"),
    "send goods": N_("send goods"),
    "arrive": N_("arrive"),
    "ask for goods": N_("ask for goods"),
    "follow up": N_("follow up"),
    "supplier refuses": N_("supplier refuses"),
    "complete": N_("complete"),
    "hand on": N_("hand on"),
    "pay": N_("pay"),
    "photocopy": N_("photocopy"),
    "prepare": N_("set goods aside"),
    "price": N_("set prices"),
    "print": N_("print"),
    "propose": N_("propose"),
    "propose limit": N_("propose a limit"),
    "put on roster": N_("put on roster"),
    "quote": N_("quote"),
    "receive": N_("receive"),
    "receive cards": N_("receive cards"),
    "record": N_("put on file"),
    "reimburse": N_("reimburse"),
    "reject": N_("reject"),
    "rename": N_("rename"),
    "reopen": N_("open again"),
    "report money": N_("report money"),
    "resume": N_("resume"),
    "return": N_("send back"),
    "return cards": N_("return cards"),
    "reverse": N_("reverse"),
    "review": N_("review"),
    "revoke roles": N_("revoke roles"),
    "right pin": N_("right pin"),
    "select goods": N_("select goods"),
    "send": N_("send"),
    "set pin": N_("set pin"),
    "settle": N_("settle"),
    "take over": N_("take over"),
    "sign": N_("sign"),
    "submit": N_("submit"),
    "take goods back": N_("take goods back"),
    "open red invoice": N_("open a red invoice"),
    "supersede": N_("supersede"),
    "take": N_("take a cheque"),
    "take back cards": N_("take back cards"),
    "take down": N_("take down"),
    "take_up": N_("take up"),
    "unallocate": N_("take away"),
    "undo import": N_("take an import back"),
    "unlink": N_("unlink"),
    "verify": N_("verify"),
    "void": N_("make void"),
    "vouch": N_("vouch for"),
    "request refund": N_("refund requested"),
    "postpone": N_("postpone"),
    "recall": N_("slip taken back"),
    "promised": N_("arrival signed for"),
    "arrived": N_("arrival confirmed"),
    "informed": N_("customer told"),
    "count stock": N_("stock counted"),
    "withdraw": N_("withdraw"),
    "write IOU": N_("write an IOU"),
    "write letter": N_("write a letter"),
    "wrong pin": N_("wrong pin"),
}

app = Noun(help=_("The log of all acts, and the proof that it is whole."))


@app.command(
    help=_("Show what was done, by whom, in order; of one document or one person."),
    epilog=examples("kac audit log DD20261120-0001", "kac audit log --user finance --since -1w"),
)
@reading
def log(
    asked: Reading,
    document: Annotated[
        str, typer.Argument(metavar="[DOCUMENT]", help=_("its number, or a part of it"))
    ] = "",
    user: Annotated[
        str, typer.Option("--user", metavar="STAFF", help=_("only what this person did"))
    ] = "",
    since: Annotated[Any, day_option("--since", help=_("from this business day on"))] = None,
) -> None:
    """Show the log."""
    from kac.db import events

    with counter.reading_ledger() as reader:
        found = events.log(reader, document, user, since)
    states = _states()
    columns = [
        Column("seq", _("entry"), "count"),
        Column("at", _("time"), "moment"),
        Column("actor", _("who"), "code"),
        Column("verb", _("did"), "state", words=VERBS),
        Column("subject", _("what"), "code"),
        Column("before", _("before"), "state", words=states),
        Column("after", _("after"), "state", words=states),
        Column("reason", _("reason"), priority=6),
        Column("facts", _("figures"), priority=3),
        Column("command", _("command"), priority=2),
        Column("on_day", _("business day"), "day"),
        Column("request", _("request id"), priority=1),
    ]
    show.rows(asked, columns, found, empty=_("nothing was done"))


def _states() -> dict[str, str]:
    """What people call the states of every kind of document; a log has them all."""
    from importlib import import_module
    from importlib.util import find_spec
    from pkgutil import iter_modules

    from kac import desk
    from kac.core.machine import Machine

    nouns = [each.name for each in iter_modules(desk.__path__, "kac.desk.") if each.ispkg]
    names = [f"{noun}.states" for noun in nouns if find_spec(f"{noun}.states")]
    modules = [import_module(name) for name in names]
    machines = [m for module in modules for m in vars(module).values() if isinstance(m, Machine)]
    return {state: label for machine in machines for state, label in machine.labels.items()}


@app.command(
    help=_("Prove the chain of entries, and that every row is as it was written; else exit 9."),
    epilog=examples("kac audit verify", "kac audit verify --json"),
)
@reading
def verify(asked: Reading) -> None:
    """Prove the chain."""
    from kac.db import checks
    from kac.db.audit import code

    ledger = counter.ledger_path()
    with counter.reading_ledger() as reader:
        head = code(reader.connection)
        faults = list(checks.chain_is_whole(reader.connection, ledger))
    columns = [
        Column("head", _("last entry"), "code"),
        Column("sound", _("sound"), "flag"),
        Column("faults", _("faults"), "count"),
    ]
    listed = [{"fault": fault} for fault in faults]
    part = show.Part("found", _("What is wrong"), [Column("fault", _("fault"))], listed)
    row = {"head": head, "sound": not faults, "faults": len(faults)}
    show.record(asked, columns, row, [part])
    if faults:
        raise typer.Exit(int(Exit.ENVIRONMENT))
