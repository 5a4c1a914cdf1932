"""`kac guide`: the manual, topic by topic. Needs no ledger."""

from __future__ import annotations

from typing import Annotated

import typer

from kac.cli import manual, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.core import i18n
from kac.core.i18n import _

app = Noun(single=True)


@app.command(
    help=_("Read the manual: the list of its topics, or one of them."),
    epilog=examples("kac guide", "kac guide shortage", "kac guide order -o order.md"),
)
@reading
def guide(
    asked: Reading,
    topic: Annotated[
        str, typer.Argument(metavar="[TOPIC]", help=_("its name or title, or how it begins"))
    ] = "",
) -> None:
    """Show the topics, or one of them."""
    if topic:
        page(asked, manual.find(topic))
        return
    columns = [
        Column("topic", _("topic"), "code"),
        Column("title", _("title"), priority=8),
        Column("about", _("contents"), priority=6),
    ]
    show.rows(asked, columns, manual.listed())
    if not asked.format and asked.output is None:
        show.err(_("next: {command}").format(command="kac guide desk"))


def page(asked: Reading, topic: str) -> None:
    """Show one topic, as a page for people or as one object for scripts."""
    markdown = manual.source(topic)
    if manual.is_for_people(asked):
        manual.tell(asked, markdown)
        return
    row = {
        **next(each for each in manual.listed() if each["topic"] == topic),
        "language": i18n.language(),
        "text": manual.text(markdown),
    }
    columns = [
        Column("topic", _("topic"), "code"),
        Column("title", _("title")),
        Column("about", _("contents")),
        Column("language", _("language"), "code"),
        Column("text", _("text")),
    ]
    show.record(asked, columns, row)
