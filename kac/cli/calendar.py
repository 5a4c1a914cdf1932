"""The calendar at the counter: take holidays and make-up days in, and show them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.options import Reading, Writing, examples, reading, writing
from kac.cli.show import Column
from kac.core.errors import UsageError
from kac.core.i18n import N_, _

app = Noun(help=_("The calendar: which days are worked"))
_WEEKDAYS = {
    "monday": N_("Monday"),
    "tuesday": N_("Tuesday"),
    "wednesday": N_("Wednesday"),
    "thursday": N_("Thursday"),
    "friday": N_("Friday"),
    "saturday": N_("Saturday"),
    "sunday": N_("Sunday"),
}


@app.command(
    "import",
    help=_("Take in the days that are not what their weekday says: holidays, make-up days."),
    epilog=examples("kac calendar import calendar.csv", "kac calendar import - < 2027.csv"),
)
@writing
def import_(
    asked: Writing,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help=_("a CSV file; - is what is piped in"))
    ],
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help=_("utf-8, gb18030 …; else found out"))
    ] = "",
) -> None:
    """Import a calendar."""
    from kac.cli.import_ import take_file

    take_file(asked, "calendar import", "calendar", file, encoding)


@app.command(
    "show",
    help=_("Show the named days of a year; all others are worked from Monday to Friday."),
    epilog=examples("kac calendar show", "kac calendar show 2027 --json"),
)
@reading
def show_(
    asked: Reading,
    year: Annotated[str, typer.Argument(metavar="YEAR", help=_("this year unless said"))] = "",
) -> None:
    """Show a year."""
    from kac.desk.workdays import queries

    meant = _year(year)
    with reading_ledger() as reader:
        found = queries.named(reader, meant)
        calendar = queries.calendar(reader, date(meant, 1, 1))
    for guess in queries.guesses(calendar, date(meant, 1, 1)):
        show.err(guess)
    columns = [
        Column("day", _("day"), "day"),
        Column("weekday", _("weekday"), "state", words=_WEEKDAYS),
        Column("is_workday", _("worked"), "flag"),
        Column("name", _("name")),
        Column("source", _("source"), priority=3),
    ]
    show.rows(asked, columns, [_dated(row) for row in found])


def _year(written: str) -> int:
    if not written:
        return setting.today().year
    if not (written.isascii() and written.isdigit() and 1 <= int(written) <= date.max.year):
        raise UsageError(_('"{written}" is not a year').format(written=written), code="E-CLI-005")
    return int(written)


def _dated(row: Any) -> dict[str, Any]:
    weekday = list(_WEEKDAYS)[date.fromisoformat(row["day"]).weekday()]
    return {**dict(row), "weekday": weekday}
