"""Commands for a paid order whose goods are short: the four ways, waiting, a lost copy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli.counter import write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.options import Writing, count_option, day, day_option, examples, needed, writing
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Goods are short"))

Order = Annotated[
    str, typer.Argument(metavar="ORDER", help=_("number, 1120-7, 7 of today, or @ for the last"))
]
_LINE = typer.Option("--line", "-l", metavar="CODE:QTY[@PRICE]", help=_("goods to put in place"))
_LESS = typer.Option("--line", "-l", metavar="CODE:QTY", help=_("what is left of these goods"))
_NOW = typer.Option("--now", metavar="CODE:QTY", help=_("what goes now"))
_LATER = typer.Option("--later", metavar="CODE:QTY", help=_("what the customer waits for"))
_BACK = typer.Option("--refund", help=_("ask for the money over back"))
Back = Annotated[bool, _BACK]
Until = Annotated[Any, day_option("--until", help=_("the day to which the customer waits"))]


@app.command(
    "substitute",
    help=_("Paid and short: other goods on a new form; the old one becomes void."),
    epilog=examples(
        "kac order substitute DD20261120-0003 --remove 1 --line P0001:20 --reason 缺货换锅",
    ),
)
@writing
def substitute(
    asked: Writing,
    order: Order,
    line: Annotated[list[str], _LINE] = [],  # noqa: B006
    remove: Annotated[
        list[Any], count_option("--remove", help=_("number of a line to take out"))
    ] = [],  # noqa: B006
    reason: REASON = "",
    refund: Back = False,
) -> None:
    """Take other goods."""
    lines = line or needed("", "--line", _("Which goods instead? CODE:QTY[@PRICE] …")).split()
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.shortages import actions

        put = drafts(work.reader, lines, [])
        return actions.substitute(work, order, put, remove, why, refund=refund)

    typed = {"order": order, "lines": lines, "remove": remove, "reason": why, "refund": refund}
    write(asked, "order substitute", act, typed)


@app.command(
    "cut",
    help=_("Paid and short: only what is there, on a new form; the rest of the money is free."),
    epilog=examples(
        "kac order cut DD20261120-0003 --refund --reason 缺货",
        "kac order cut DD20261120-0003 --line P0007:60 --refund --reason 破损",
    ),
)
@writing
def cut(
    asked: Writing,
    order: Order,
    line: Annotated[list[str], _LESS] = [],  # noqa: B006
    reason: REASON = "",
    refund: Back = False,
) -> None:
    """Take what is there."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.shortages import actions

        return actions.cut(work, order, drafts(work.reader, line, []), why, refund=refund)

    typed = {"order": order, "lines": line, "reason": why, "refund": refund}
    write(asked, "order cut", act, typed)


@app.command(
    "split",
    help=_("Paid and short: what is there now, the rest later, on two new forms."),
    epilog=examples(
        "kac order split DD20261120-0003 --until +20d --reason 缺货",
        "kac order split DD20261120-0003 --now P0007:60 --until +20d --reason 缺货",
    ),
)
@writing
def split(
    asked: Writing,
    order: Order,
    now: Annotated[list[str], _NOW] = [],  # noqa: B006
    later: Annotated[list[str], _LATER] = [],  # noqa: B006
    until: Until = None,
    reason: REASON = "",
) -> None:
    """Take part now and the rest later."""
    wanted = _day(needed(until, "--until", _("Until which day does the customer wait?")))
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.cli.lines import drafts
        from kac.desk.shortages import actions

        first, second = drafts(work.reader, now, []), drafts(work.reader, later, [])
        return actions.split(work, order, first, second, wanted, why)

    typed = {"order": order, "now": now, "later": later, "until": wanted, "reason": why}
    write(asked, "order split", act, typed)


@app.command(
    "postpone",
    help=_("Paid and short: the customer waits; the form stays, the centre orders at once."),
    epilog=examples("kac order postpone DD20261120-0003 --until +20d --reason 缺货"),
)
@writing
def postpone(asked: Writing, order: Order, until: Until = None, reason: REASON = "") -> None:
    """Wait for the goods."""
    wanted = _day(needed(until, "--until", _("Until which day does the customer wait?")))
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shortages import actions

        return actions.postpone(work, order, wanted, why)

    write(asked, "order postpone", act, {"order": order, "until": wanted, "reason": why})


@app.command(
    "eta",
    help=_("Write down the day of arrival that the centre has signed for, with its date."),
    epilog=examples(
        "kac order eta DD20261120-0003 --arrives +15d --signed-by 周仓 --signed-on today",
    ),
)
@writing
def eta(
    asked: Writing,
    order: Order,
    arrives: Annotated[Any, day_option("--arrives", help=_("day on which the goods come"))] = None,
    signed_by: Annotated[
        str, typer.Option("--signed-by", metavar="NAME", help=_("who signed on the order form"))
    ] = "",
    signed_on: Annotated[
        Any, day_option("--signed-on", help=_("date beside the signature"))
    ] = None,
) -> None:
    """Promise the arrival."""
    comes = _day(needed(arrives, "--arrives", _("On which day do the goods come?")))

    def act(work: Work) -> Outcome:
        from kac.desk.shortages import arrivals

        return arrivals.promise(work, order, comes, signed_by, signed_on)

    typed = {"order": order, "arrives": comes, "signed_by": signed_by, "signed_on": signed_on}
    write(asked, "order eta", act, typed)


@app.command(
    "arrived",
    help=_("Confirm with the centre that the goods are here, before the customer comes."),
    epilog=examples("kac order arrived DD20261120-0003"),
)
@writing
def arrived(asked: Writing, order: Order) -> None:
    """Confirm the arrival."""

    def act(work: Work) -> Outcome:
        from kac.desk.shortages import arrivals

        return arrivals.arrive(work, order)

    write(asked, "order arrived", act, {"order": order})


@app.command(
    "informed",
    help=_("Write down that the customer is told; not before the arrival is confirmed."),
    epilog=examples("kac order informed DD20261120-0003"),
)
@writing
def informed(asked: Writing, order: Order) -> None:
    """Inform the customer."""

    def act(work: Work) -> Outcome:
        from kac.desk.shortages import arrivals

        return arrivals.inform(work, order)

    write(asked, "order informed", act, {"order": order})


@app.command(
    "lost-copy",
    help=_("State as merchant manager, with the customer, that a copy of a void form is lost."),
    epilog=examples(
        "kac order lost-copy DD20261120-0003 --copy customer --signed-by 李主任 --reason 遗失",
    ),
)
@writing
def lost_copy(
    asked: Writing,
    order: Order,
    copy: Annotated[
        str, typer.Option("--copy", metavar="COPY", help=_("merchant_dept, customer …"))
    ] = "",
    signed_by: Annotated[
        str, typer.Option("--signed-by", metavar="NAME", help=_("who signed for the customer"))
    ] = "",
    reason: REASON = "",
) -> None:
    """State a copy lost."""
    which = needed(copy, "--copy", _("Which copy is lost?"))
    signer = needed(signed_by, "--signed-by", _("Who signed for the customer?"))
    why = needed(reason, "--reason", _("How was it lost?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shortages import actions

        return actions.lose(work, order, which, signer, why)

    typed = {"order": order, "copy": which, "signed_by": signer, "reason": why}
    write(asked, "order lost-copy", act, typed, step_up=True)


def _day(value: Any) -> Any:
    return day(value) if isinstance(value, str) else value
