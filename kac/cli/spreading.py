"""Commands that say what money is for: spread it, take it away from an order, reverse it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kac.cli.counter import write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.options import Writing, examples, money, needed, writing
from kac.core.errors import UsageError
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work
    from kac.desk.allocations.rules import Share

app = Noun(help=_("What money is for"))

Money = Annotated[
    str, typer.Argument(metavar="MONEY", help=_("its number, or the bank's reference"))
]
SHARES = Annotated[
    list[str], typer.Option("--to", metavar="ORDER:YUAN", help=_("a part for an order"))
]


def share_of(written: str) -> Share:
    """A part as it is typed: `DD20261120-0001:9380`, `1120-1:9380`."""
    from kac.desk.allocations.rules import Share

    order, colon, amount = written.replace("：", ":").rpartition(":")
    if not (colon and order and amount):
        raise UsageError(
            _('"{written}" is not ORDER:YUAN').format(written=written),
            code="E-CLI-005",
            fix=["kac payment allocate MONEY --to 1120-1:9380"],
        )
    return Share(order, money(amount).fen)


@app.command(
    "allocate",
    help=_("Say what money on account is for: parts for orders, or the oldest orders first."),
    epilog=examples(
        "kac payment allocate SK20261120-0001 --to DD20261120-0001:9380",
        "kac payment allocate SK20261120-0001 --fifo",
    ),
)
@writing
def allocate(
    asked: Writing,
    given: Money,
    to: SHARES = [],  # noqa: B006
    fifo: Annotated[bool, typer.Option("--fifo", help=_("the oldest orders first"))] = False,
) -> None:
    """Allocate money."""
    if not fifo:
        needed(" ".join(to), "--to", _("For which order, and how much?"))
    elif to:
        raise UsageError(_("--to and --fifo exclude each other"), code="E-CLI-005")
    shares = [share_of(each) for each in to]

    def act(work: Work) -> Outcome:
        from kac.desk.allocations import actions

        return actions.allocate(work, given, shares, fifo=fifo)

    write(asked, "payment allocate", act, {"money": given, "to": to, "fifo": fifo})


@app.command(
    "unallocate",
    help=_("Take money away from an order whose goods are still here."),
    epilog=examples("kac payment unallocate SK20261120-0001 DD20261120-0001 --reason 客户取消"),
)
@writing
def unallocate(
    asked: Writing,
    given: Money,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
    reason: REASON = "",
) -> None:
    """Take money away."""
    why = needed(reason, "--reason", _("Why is it taken away?"))

    def act(work: Work) -> Outcome:
        from kac.desk.allocations import actions

        return actions.unallocate(work, given, order, why)

    write(asked, "payment unallocate", act, {"money": given, "order": order, "reason": why})


@app.command(
    "reverse",
    help=_("Take money that was never there out of the books by a red entry."),
    epilog=examples("kac payment reverse SK20261120-0001 --reason 金额录错"),
)
@writing
def reverse(asked: Writing, given: Money, reason: REASON = "") -> None:
    """Reverse money."""
    why = needed(reason, "--reason", _("Why was it never there?"))

    def act(work: Work) -> Outcome:
        from kac.desk.allocations import actions

        return actions.reverse(work, given, why)

    write(asked, "payment reverse", act, {"money": given, "reason": why}, step_up=True)


@app.command(
    "withdraw",
    help=_("Take back what a customer only said was sent."),
    epilog=examples("kac payment withdraw SK20261120-0001 --reason 客户没有汇出"),
)
@writing
def withdraw(asked: Writing, given: Money, reason: REASON = "") -> None:
    """Withdraw a declaration."""
    why = needed(reason, "--reason", _("Why is it taken back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.payments import actions

        return actions.withdraw(work, given, why)

    write(asked, "payment withdraw", act, {"money": given, "reason": why})
