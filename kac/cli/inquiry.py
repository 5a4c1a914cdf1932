"""Inquiries at the counter: take one down, file it, hand it over, complete, answer, close it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    change_named,
    choice_option,
    day_option,
    examples,
    needed,
    one_of,
    reading,
    writing,
)
from kac.cli.show import Column
from kac.cli.states import state_option
from kac.core.i18n import _
from kac.desk.inquiries.states import INTENTS, LABELS, OPEN, SUPPLY, WISHES

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Inquiries: take down, file, hand over, answer"))

Inquiry = Annotated[
    str, typer.Argument(metavar="INQUIRY", help=_("number, 1120-7, 7 of today, or @ for the last"))
]
Lines = Annotated[
    list[str],
    typer.Option("--line", "-l", metavar="CODE:QTY[@PRICE][/SHELF]", help=_("goods asked for")),
]
Wishes = Annotated[
    list[Any],
    choice_option("--wants", of=tuple(WISHES), help=_("what a manager has to release")),
]
Store = Annotated[
    str, typer.Option("--store", metavar="LOCATION", help=_("where the goods were picked"))
]
Accompanied = Annotated[
    str, typer.Option("--accompanied-by", metavar="STAFF", help=_("who went along"))
]
Explained = Annotated[
    bool,
    typer.Option("--explained", help=_("deposit, pick-up, delivery and payment were explained")),
]
Payment = Annotated[
    str, typer.Option("--payment", metavar="TEXT", help=_("how the customer wants to pay"))
]
Phone = Annotated[str, typer.Option("--phone", metavar="NUMBER", help=_("to call back"))]
Opinion = Annotated[
    str, typer.Option("--opinion", metavar="TEXT", help=_("what the customer thinks"))
]

_LIST = [
    Column("number", _("inquiry"), "code"),
    Column("customer_name", _("customer"), priority=7),
    Column("intent", _("came for"), "state", words=INTENTS),
    Column("wishes", _("to release"), words=WISHES, priority=4),
    Column("reply_due", _("call back by"), "day"),
    Column("answered_on", _("answered"), "day"),
    Column("state", _("state"), "state", words=LABELS),
    Column("handed_to", _("handed to"), "code", priority=3),
    Column("received_by", _("received by"), "code", priority=2),
]


@app.command(
    "new",
    help=_("Take an inquiry down; without --answer a call back is owed within a working day."),
    epilog=examples(
        "kac inquiry new --phone 13800138000 --need 中秋福利 --line P0003:100 --explained",
        "kac inquiry new -c KH0001 --intent 6 --need 厂庆 --wants cheque --wants discount",
        "kac inquiry new --via floor_staff --phone 0571-87654321 --need 电饭煲",
    ),
)
@writing
def new(
    asked: Writing,
    need: Annotated[str, typer.Option("--need", metavar="TEXT", help=_("what is wanted"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("where one is on file"))
    ] = "",
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("who asks"))] = "",
    phone: Phone = "",
    intent: Annotated[
        str,
        typer.Option("--intent", metavar="1..9|WORD", help=_("else what the stock makes of it")),
    ] = "",
    line: Lines = [],  # noqa: B006
    wants: Wishes = [],  # noqa: B006
    via: Annotated[
        str, typer.Option("--via", metavar="ROLE", help=_("who received, where it was not me"))
    ] = "",
    need_by: Annotated[Any, day_option("--need-by", help=_("day of pick-up"))] = None,
    payment: Payment = "",
    store: Store = "",
    accompanied_by: Accompanied = "",
    explained: Explained = False,
    answer: Annotated[
        str, typer.Option("--answer", metavar="TEXT", help=_("what was answered at once"))
    ] = "",
    opinion: Opinion = "",
) -> None:
    """Take an inquiry down."""
    typed = {
        "need": needed(need, "--need", _("What is wanted?")),
        "customer": customer,
        "asked_by": name,
        "phone": phone,
        "intent": intent,
        "lines": line,
        "wishes": tuple(wants),
        "via": via,
        "wanted_by": need_by,
        "payment": payment,
        "store": store,
        "accompanied_by": accompanied_by,
        "explained": explained,
        "answer": answer,
        "opinion": opinion,
    }

    def act(work: Work) -> Outcome:
        from kac.desk.inquiries import actions

        return actions.new(work, _reception(work, typed))

    write(asked, "inquiry new", act, typed)


def _reception(work: Work, typed: dict[str, Any]) -> Any:
    from kac.cli.lines import noted
    from kac.desk.customers.queries import find
    from kac.desk.inquiries.rules import Reception

    same = {name: value for name, value in typed.items() if name not in ("customer", "lines")}
    customer = find(work.reader, typed["customer"])["id"] if typed["customer"] else None
    return Reception(**same, customer_id=customer, lines=noted(work.reader, typed["lines"]))


@app.command(
    "edit",
    help=_("Complete an inquiry: goods, day, payment, wishes, what was explained."),
    epilog=examples(
        "kac inquiry edit @ --explained", "kac iq edit 2 --line P0001:50@260/6 --need-by +7d"
    ),
)
@writing
def edit(
    asked: Writing,
    inquiry: Inquiry,
    line: Lines = [],  # noqa: B006
    wants: Wishes = [],  # noqa: B006
    need_by: Annotated[Any, day_option("--need-by", help=_("day of pick-up"))] = None,
    payment: Payment = "",
    store: Store = "",
    accompanied_by: Accompanied = "",
    explained: Explained = False,
    phone: Phone = "",
) -> None:
    """Complete an inquiry."""
    typed = {
        "lines": line,
        "wishes": tuple(wants),
        "wanted_by": need_by,
        "payment": payment,
        "store": store,
        "accompanied_by": accompanied_by,
        "explained": explained,
        "phone": phone,
    }
    given = {name: value for name, value in typed.items() if value}
    change_named(given, "kac inquiry edit INQUIRY --explained")

    def act(work: Work) -> Outcome:
        from kac.cli.lines import noted
        from kac.desk.inquiries import actions

        changes = dict(given)
        if line:
            changes["lines"] = noted(work.reader, line)
        return actions.edit(work, inquiry, changes)

    write(asked, "inquiry edit", act, {"inquiry": inquiry, **typed})


@app.command(
    "record",
    help=_("Put an inquiry on file with customer service."),
    epilog=examples("kac inquiry record XJ20261120-0001"),
)
@writing
def record(asked: Writing, inquiry: Inquiry) -> None:
    """File an inquiry."""

    def act(work: Work) -> Outcome:
        from kac.desk.inquiries import actions

        return actions.record(work, inquiry)

    write(asked, "inquiry record", act, {"inquiry": inquiry})


@app.command(
    "handover",
    help=_("Hand an inquiry over to a group-purchase specialist."),
    epilog=examples("kac inquiry handover @ --to gp_specialist"),
)
@writing
def handover(
    asked: Writing,
    inquiry: Inquiry,
    to: Annotated[str, typer.Option("--to", metavar="STAFF", help=_("who takes it over"))] = "",
) -> None:
    """Hand an inquiry over."""
    taker = needed(to, "--to", _("Who takes it over?"))

    def act(work: Work) -> Outcome:
        from kac.desk.inquiries import actions

        return actions.hand_over(work, inquiry, taker)

    write(asked, "inquiry handover", act, {"inquiry": inquiry, "to": taker})


@app.command(
    "supply",
    help=_("Say for logistics or purchasing whether the need can be met."),
    epilog=examples("kac inquiry supply XJ20261120-0001 yes", "kac iq supply 1 no --note 断货"),
)
@writing
def supply(
    asked: Writing,
    inquiry: Inquiry,
    verdict: Annotated[
        Any, typer.Argument(parser=one_of(*SUPPLY), metavar="yes|no", help=_("can it be met"))
    ],
) -> None:
    """Answer for the supply."""

    def act(work: Work) -> Outcome:
        from kac.desk.inquiries import actions

        return actions.supply(work, inquiry, verdict)

    write(asked, "inquiry supply", act, {"inquiry": inquiry, "verdict": verdict})


@app.command(
    "answer",
    help=_("Write down what the customer was answered on the telephone."),
    epilog=examples("kac inquiry answer @ --reply 周三到货 --opinion 希望早一天"),
)
@writing
def answer(
    asked: Writing,
    inquiry: Inquiry,
    reply: Annotated[str, typer.Option("--reply", metavar="TEXT", help=_("what we answered"))] = "",
    opinion: Opinion = "",
) -> None:
    """Answer an inquiry."""

    def act(work: Work) -> Outcome:
        from kac.desk.inquiries import actions

        return actions.answer(work, inquiry, reply, opinion)

    write(asked, "inquiry answer", act, {"inquiry": inquiry, "reply": reply, "opinion": opinion})


@app.command(
    "release",
    help=_("Release what a manager or the manager on duty has to release."),
    epilog=examples("kac inquiry release XJ20261120-0001 --note 老客户"),
)
@writing
def release(
    asked: Writing,
    inquiry: Inquiry,
    on_behalf_of: Annotated[
        str, typer.Option("--for", metavar="STAFF", help=_("sign for who delegated to you"))
    ] = "",
) -> None:
    """Release an inquiry."""

    def act(work: Work) -> Outcome:
        from kac.desk.inquiries import actions

        return actions.release(work, inquiry, on_behalf_of)

    typed = {"inquiry": inquiry, "for": on_behalf_of}
    write(asked, "inquiry release", act, typed, step_up=True)


@app.command(
    "close",
    help=_("Close an inquiry that is on file and answered."),
    epilog=examples("kac inquiry close @ --reason 已下单"),
)
@writing
def close(
    asked: Writing,
    inquiry: Inquiry,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Close an inquiry."""
    why = needed(reason, "--reason", _("Why is it closed?"))

    def act(work: Work) -> Outcome:
        from kac.desk.inquiries import actions

        return actions.close(work, inquiry, why)

    write(asked, "inquiry close", act, {"inquiry": inquiry, "reason": why})


@app.command(
    "list",
    help=_("List inquiries, call backs that are owed first; without --state the open ones."),
    epilog=examples("kac inquiry list", "kac iq list --state all --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, "all", help=_("in this state"))] = "",
    customer: Annotated[
        str, typer.Option("-c", "--customer", metavar="CUSTOMER", help=_("of this customer"))
    ] = "",
) -> None:
    """List inquiries."""
    from kac.desk.customers.queries import find
    from kac.desk.inquiries import queries

    states = tuple(LABELS) if state == "all" else (state,) if state else OPEN
    with reading_ledger() as reader:
        customer_id = find(reader, customer)["id"] if customer else 0
        found = queries.listing(reader, states, customer_id)
        empty = none_of(reader, "inquiry", found, _("no such inquiry"))
    rows = [{**dict(row), "wishes": _words(row["wishes"])} for row in found]
    show.rows(asked, _LIST, rows, empty=empty)


def _words(joined: str) -> list[str]:
    return joined.split(",") if joined else []


@app.command(
    "show",
    help=_("Show an inquiry: its goods, its checklist, what was done about it."),
    epilog=examples("kac inquiry show @", "kac iq show 1120-1 --json"),
)
@reading
def show_(asked: Reading, inquiry: Inquiry) -> None:
    """Show an inquiry."""
    from kac.cli import inquiryview

    with reading_ledger() as reader:
        columns, head, parts = inquiryview.gather(reader, inquiry, speaker(reader))
    show.record(asked, [*_LIST[:2], *columns], {**head, "wishes": _words(head["wishes"])}, parts)
