"""The settlement day at the counter: roster, open, status, hand over, close, sign, keep it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import papers, setting, show
from kac.cli.counter import reading_ledger, write
from kac.cli.dayitems import app
from kac.cli.options import Reading, Writing, day_option, examples, needed, reading, writing
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

__all__ = ["app"]

Day = Annotated[
    str, typer.Argument(metavar="[DAY]", help=_("its number or its date, today's unless said"))
]


@app.command(
    "roster",
    help=_("Put somebody on the roster of a day, or of all days until another."),
    epilog=examples(
        "kac day roster 2026-12-01 --until 2026-12-31 --officer settlement_duty_officer"
    ),
)
@writing
def roster(
    asked: Writing,
    first: Annotated[str, typer.Argument(metavar="DAY", help=_("the first day"))],
    until: Annotated[
        Any, day_option("--until", help=_("the last day, the same unless said"))
    ] = None,
    officer: Annotated[
        str, typer.Option("--officer", metavar="STAFF", help=_("who settles on these days"))
    ] = "",
) -> None:
    """Assign days."""
    from kac.cli.options import day

    who = needed(officer, "--officer", _("Who settles on these days?"))
    begins = day(first)
    ends = until or begins

    def act(work: Work) -> Outcome:
        from kac.desk.rosters import actions

        return actions.assign(work, who, begins, ends)

    write(asked, "day roster", act, {"officer": who, "first": begins, "last": ends})


@app.command(
    "keeper",
    help=_("Name who keeps the papers of a month."),
    epilog=examples("kac day keeper 2026-11 --staff business_manager"),
)
@writing
def keeper(
    asked: Writing,
    month: Annotated[str, typer.Argument(metavar="MONTH", help=_("such as 2026-11"))],
    staff: Annotated[
        str, typer.Option("--staff", metavar="STAFF", help=_("who keeps its papers"))
    ] = "",
) -> None:
    """Name a keeper."""
    who = needed(staff, "--staff", _("Who keeps its papers?"))

    def act(work: Work) -> Outcome:
        from kac.desk.rosters import actions

        return actions.name_keeper(work, month, who)

    write(asked, "day keeper", act, {"month": month, "staff": who})


@app.command(
    "open",
    help=_("Open the business day: by its officer, who takes over what was left."),
    epilog=examples("kac day open"),
)
@writing
def open_(asked: Writing) -> None:
    """Open a day."""

    def act(work: Work) -> Outcome:
        from kac.desk.settlement_days import actions

        return actions.open_(work)

    write(asked, "day open", act, {})


@app.command(
    "circulate",
    help=_("Tell the department the day's results."),
    epilog=examples("kac day circulate --to 全体业务经理"),
)
@writing
def circulate(
    asked: Writing,
    day: Day = "",
    to: Annotated[str, typer.Option("--to", metavar="NAME", help=_("who is told"))] = "",
) -> None:
    """Circulate results."""
    whom = needed(to, "--to", _("Who is told?"))

    def act(work: Work) -> Outcome:
        from kac.desk.settlement_days import actions

        return actions.circulate(work, day, whom)

    write(asked, "day circulate", act, {"day": day, "to": whom})


@app.command(
    "handover",
    help=_("Hand what is left over to the next officer; a special item with a note of its own."),
    epilog=examples(
        "kac day handover", "kac day handover --item JS20261120-0001 --remark 支票限三天内兑付"
    ),
)
@writing
def handover(
    asked: Writing,
    day: Day = "",
    item: Annotated[
        str, typer.Option("--item", metavar="ITEM", help=_("one special item, person to person"))
    ] = "",
    remark: Annotated[
        str, typer.Option("--remark", metavar="TEXT", help=_("what is special about it"))
    ] = "",
) -> None:
    """Hand over."""
    note = remark or asked.note

    def act(work: Work) -> Outcome:
        from kac.desk.settlement_days import actions

        return actions.hand_over(work, day, item, note)

    write(asked, "day handover", act, {"day": day, "item": item, "remark": note})


@app.command(
    "close",
    help=_("Close the day: nothing lies about, what is left over is handed over."),
    epilog=examples("kac day close", "kac day close RJ20261120-0001"),
)
@writing
def close(asked: Writing, day: Day = "") -> None:
    """Close a day."""

    def act(work: Work) -> Outcome:
        from kac.desk.settlement_days import actions

        return actions.close(work, day)

    write(asked, "day close", act, {"day": day})


papers.printing(
    app,
    "day",
    Day,
    "kac.desk.settlement_days.actions",
    help=_("Print the settlement confirmation of a closed day."),
    epilog=examples("kac day print RJ20261120-0001"),
    copies=False,
    default="",
)


@app.command(
    "sign",
    help=_("Sign the confirmation for one's side: finance, and the department head."),
    epilog=examples("kac day sign RJ20261120-0001"),
)
@writing
def sign(asked: Writing, day: Day = "") -> None:
    """Sign the confirmation."""

    def act(work: Work) -> Outcome:
        from kac.desk.settlement_days import actions

        return actions.sign(work, day)

    write(asked, "day sign", act, {"day": day}, step_up=True)


@app.command(
    "archive",
    help=_("Take the signed confirmation into the papers of the month; its keeper does."),
    epilog=examples("kac day archive RJ20261120-0001"),
)
@writing
def archive(asked: Writing, day: Day = "") -> None:
    """Archive the confirmation."""

    def act(work: Work) -> Outcome:
        from kac.desk.settlement_days import actions

        return actions.archive(work, day)

    write(asked, "day archive", act, {"day": day})


@app.command(
    "reopen",
    help=_("Open a closed day again before it is on file; its signatures are void."),
    epilog=examples("kac day reopen RJ20261120-0001 --reason 漏报一笔"),
)
@writing
def reopen(
    asked: Writing,
    day: Day = "",
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Reopen a day."""
    why = needed(reason, "--reason", _("Why is it opened again?"))

    def act(work: Work) -> Outcome:
        from kac.desk.settlement_days import actions

        return actions.reopen(work, day, why)

    write(asked, "day reopen", act, {"day": day, "reason": why})


@app.command(
    "status",
    help=_("Show a day: its checklist, what is left over, what was handed over, who signed."),
    epilog=examples("kac day status", "kac day status RJ20261120-0001 --json"),
)
@reading
def status(asked: Reading, day: Day = "") -> None:
    """Show a day."""
    from kac.cli import dayview

    with reading_ledger() as reader:
        view = dayview.gather(reader, day, setting.today())
    show.record(asked, view.columns, view.row, view.parts)


@app.command(
    "report",
    help=_("Report what was settled on a day, by category, and what is left over."),
    epilog=examples("kac day report", "kac day report 2026-11-20 --json"),
)
@reading
def report(asked: Reading, day: Day = "") -> None:
    """Report a day."""
    from kac.cli import dayview

    with reading_ledger() as reader:
        found = dayview.report(reader, day)
    show.rows(asked, dayview.report_columns(), found, empty=_("nothing was settled"))


@app.command(
    "list",
    help=_("List settlement days with who settled, who signed."),
    epilog=examples("kac day list"),
)
@reading
def list_(asked: Reading) -> None:
    """List days."""
    from kac.cli import dayview
    from kac.desk.settlement_days import queries

    with reading_ledger() as reader:
        found = [dayview.listed(row) for row in queries.listing(reader)]
    show.rows(asked, dayview.list_columns(), found, empty=_("no day was opened"))


@app.command(
    "duty",
    help=_("Show the roster from a day on, and who keeps the papers of its month."),
    epilog=examples("kac day duty", "kac day duty 2026-12-01"),
)
@reading
def duty(asked: Reading, day: Day = "") -> None:
    """Show the roster."""
    from kac.cli import dayview

    with reading_ledger() as reader:
        found = dayview.duty(reader, day, setting.today())
    show.rows(asked, dayview.duty_columns(), found, empty=_("nobody is on the roster"))
