"""Paper at the counter: which copy is with whom since when, handed on, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import show
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.moneyview import REASON
from kac.cli.onlooker import speaker
from kac.cli.options import Reading, Writing, choice_option, examples, needed, reading, writing
from kac.cli.show import Column
from kac.core.i18n import _
from kac.desk.custody.rules import KINDS
from kac.desk.papers.rules import COPIES, EVENTS, HOLDERS

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Paper: which copy is with whom since when"))

Document = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help=_("a printed document by its number, or @"))
]
CopyName = Annotated[
    str, typer.Option("--copy", metavar="COPY", help=_("merchant_dept, customer …"))
]
_COPY = [
    Column("document", _("document"), "code"),
    Column("kind", _("form"), "state", words=KINDS),
    Column("copy_name", _("copy"), "state", words=COPIES),
]
_LIST = [
    *_COPY,
    Column("holder", _("with"), "state", words=HOLDERS),
    Column("on_day", _("since"), "day"),
    Column("event", _("last"), "state", words=EVENTS),
    Column("by", _("who"), "code", priority=3),
    Column("reprints", _("reprints"), "count", priority=3),
    Column("void", _("void"), "flag", priority=4),
]
_HISTORY = [
    *_COPY[1:],
    Column("event", _("what"), "state", words=EVENTS),
    Column("holder", _("with"), "state", words=HOLDERS),
    Column("on_day", _("on"), "day"),
    Column("by", _("who"), "code"),
    Column("reason", _("why"), priority=4),
]


@app.command(
    "list",
    help=_("List the copies that are outside: with whom, since when, the longest there first."),
    epilog=examples(
        "kac paper list", "kac paper list --with customer --kind receipt", "kac paper list --all"
    ),
)
@reading
def list_(
    asked: Reading,
    holder: Annotated[
        Any, choice_option("--with", of=tuple(HOLDERS), help=_("with this holder"))
    ] = "",
    kind: Annotated[Any, choice_option("--kind", of=tuple(KINDS), help=_("of this form"))] = "",
    everything: Annotated[
        bool, typer.Option("--all", help=_("also what is archived, void or lost"))
    ] = False,
) -> None:
    """List copies."""
    from kac.desk.custody import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, holder or "", kind or "", everything=everything)
    show.rows(asked, _LIST, found, empty=_("no copy is outside"))


@app.command(
    "show",
    help=_("Show everything that happened to the copies of a document, reprints with reasons."),
    epilog=examples("kac paper show DD20261120-0003", "kac paper show DD20261120-0003 --json"),
)
@reading
def show_(asked: Reading, document: Document) -> None:
    """Show custody."""
    from kac.desk.custody import queries
    from kac.desk.papers.queries import history

    with reading_ledger() as reader:
        number = queries.find(reader, document, speaker(reader))
        found = history(reader, number)
    show.rows(asked, _HISTORY, found)


@app.command(
    "hand",
    help=_("Write down that a copy is with somebody else now."),
    epilog=examples(
        "kac paper hand DD20261120-0003 --copy merchant_dept --to finance --reason 财务查账"
    ),
)
@writing
def hand(
    asked: Writing,
    document: Document,
    copy: CopyName = "",
    to: Annotated[
        Any,
        choice_option(
            "--to",
            of=tuple(each for each in HOLDERS if each != "photocopy"),
            help=_("who holds it now"),
        ),
    ] = "",
    reason: REASON = "",
) -> None:
    """Hand a copy on."""
    which = needed(copy, "--copy", _("Which copy?"))
    holder = needed(to, "--to", _("To whom?"))

    def act(work: Work) -> Outcome:
        from kac.desk.custody import actions

        return actions.hand(work, document, which, holder, reason)

    typed = {"document": document, "copy": which, "to": holder, "reason": reason}
    write(asked, "paper hand", act, typed)


@app.command(
    "collect",
    help=_("Take a copy of a void receipt, slip, refund slip, contract or statement back."),
    epilog=examples("kac paper collect SK20261120-0001 --copy customer"),
)
@writing
def collect(asked: Writing, document: Document, copy: CopyName = "") -> None:
    """Collect a copy."""
    which = needed(copy, "--copy", _("Which copy came back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.custody import actions

        return actions.collect(work, document, which)

    write(asked, "paper collect", act, {"document": document, "copy": which})


@app.command(
    "lost",
    help=_("State as merchant manager, with its holder, that a copy of a void document is lost."),
    epilog=examples(
        "kac paper lost SH20261120-0001 --copy customer --signed-by 张师傅 --reason 途中遗失"
    ),
)
@writing
def lost(
    asked: Writing,
    document: Document,
    copy: CopyName = "",
    signed_by: Annotated[
        str, typer.Option("--signed-by", metavar="NAME", help=_("who held it and signed"))
    ] = "",
    reason: REASON = "",
) -> None:
    """State a copy lost."""
    which = needed(copy, "--copy", _("Which copy is lost?"))
    signer = needed(signed_by, "--signed-by", _("Who held it and signed?"))
    why = needed(reason, "--reason", _("How was it lost?"))

    def act(work: Work) -> Outcome:
        from kac.desk.custody import actions

        return actions.lose(work, document, which, signer, why)

    typed = {"document": document, "copy": which, "signed_by": signer, "reason": why}
    write(asked, "paper lost", act, typed, step_up=True)
