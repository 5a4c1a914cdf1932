"""Single copies of an order form: the photocopy for finance, and what comes back of a void one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kac.cli.counter import write
from kac.cli.lazy import Noun
from kac.cli.options import Writing, examples, needed, writing
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun()

Order = Annotated[
    str,
    typer.Argument(metavar="ORDER", help=_("number, 1120-7, 7 of today, or @ for the last")),
]


@app.command(
    "photocopy",
    help=_("Write down that you photocopied the form for finance: a deposit came first."),
    epilog=examples("kac order photocopy DD20261120-0003"),
)
@writing
def photocopy(asked: Writing, order: Order) -> None:
    """Photocopy the form."""

    def act(work: Work) -> Outcome:
        from kac.desk.forms import actions

        return actions.photocopy(work, order)

    write(asked, "order photocopy", act, {"order": order})


@app.command(
    "collect",
    help=_("Take a copy of a void form back."),
    epilog=examples("kac order collect DD20261120-0003 --copy customer"),
)
@writing
def collect(
    asked: Writing,
    order: Order,
    copy: Annotated[
        str, typer.Option("--copy", metavar="COPY", help=_("merchant_dept, customer …"))
    ] = "",
) -> None:
    """Collect a copy."""
    which = needed(copy, "--copy", _("Which copy came back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.shortages import actions

        return actions.collect(work, order, which)

    write(asked, "order collect", act, {"order": order, "copy": which})
