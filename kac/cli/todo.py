"""`kac todo`: what waits for the roles of the one who asks, from the same gates as everything."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import acting, reading_ledger
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.sheets import Row
from kac.cli.show import Column
from kac.core.i18n import _

app = Noun(single=True)


def _columns(me: str) -> list[Column]:
    def to_paste(row: Row) -> str:
        return f"{row['command']} --as {me}" if me and row["command"] else str(row["command"])

    return [
        Column("need_by", _("due"), "day"),
        Column("age", _("days old"), "count", priority=2),
        Column("order", _("document"), "code"),
        Column("customer_name", _("customer"), aside=True),
        Column("matter", _("customer or matter"), priority=5),
        Column("gate", _("gate"), "code", aside=True),
        Column("says", _("says"), priority=8),
        Column("command", _("do"), "command", priority=7, spoken=to_paste),
        Column("opened_by", _("opened by"), aside=True),
        Column("rules", _("rules"), aside=True),
    ]


@app.command(
    help=_("What waits for you: your own work, most urgent first."),
    epilog=examples("kac todo", "kac --as finance todo --json", "kac todo --all"),
)
@reading
def todo(
    asked: Reading,
    everybody: Annotated[bool, typer.Option("--all", help=_("whoever it waits for"))] = False,
) -> None:
    """List what waits for my roles."""
    from kac.db import info
    from kac.desk.worklist import queries

    today = setting.today()
    with reading_ledger() as reader:
        # On a training ledger whoever was named must be named again for what is pasted.
        me = setting.current().staff if info.of(reader).training and not everybody else ""
        tasks = queries.todo(reader, None if everybody else acting(reader), today)
    rows = [
        {
            **task.gate.as_dict(),
            "need_by": task.document["need_by"],
            "age": (today - date.fromisoformat(task.document["on_day"])).days,
            "order": task.document["number"],
            "customer_name": task.document["customer_name"],
            "matter": _matter(task.document),
        }
        for task in tasks
    ]
    show.rows(asked, _columns(me), rows, empty=_("nothing waits for you"))


def _matter(document: Any) -> str:
    """Whose document it is, or what it is about where it is no customer's."""
    known = dict(document)
    return str(known["customer_name"] or known.get("matter", ""))
