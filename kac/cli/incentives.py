"""Who is to be rewarded: officers who reached the month's target or won a key account."""

from __future__ import annotations

from calendar import monthrange
from typing import Annotated, Any

from kac.cli import setting, show
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.options import Reading, day_option, examples, reading
from kac.cli.show import Column
from kac.core.i18n import N_, _

app = Noun()

_REASONS = {
    "target_reached": N_("sales target reached"),
    "account_won": N_("key account won"),
}


@app.command(
    "incentives",
    help=_("Who is to be rewarded for a month: target reached, key account won."),
    epilog=examples("kac report incentives", "kac report incentives --month 2026-11-01 --json"),
)
@reading
def incentives(
    asked: Reading,
    month: Annotated[Any, day_option("--month", help=_("any day of the month; else this"))] = None,
) -> None:
    """List rewards."""
    from kac.db import policybook
    from kac.desk.reports import queries
    from kac.desk.reports.policy import ReportPolicy
    from kac.desk.reports.rules import rewards

    day = month or setting.today()
    first, last = day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1])
    with reading_ledger() as reader:
        policy = policybook.in_force(reader, policybook.DESK, last)
        target = policy.section("report", ReportPolicy).target_fen
        found = rewards(
            queries.sold_by_officer(reader, first, last),
            queries.won_by_officer(reader, first, last),
            target,
        )
    columns = [
        Column("officer", _("customer officer"), "code"),
        Column("reason", _("reason"), "state", words=_REASONS),
        Column("sales", _("sold for"), "money"),
        Column("target", _("target"), "money"),
        Column("customers", _("customers won")),
    ]
    rows = [
        {
            "officer": each.officer,
            "reason": each.reason,
            "sales": each.sales_fen,
            "target": target if each.sales_fen is not None else None,
            "customers": list(each.customers),
        }
        for each in found
    ]
    show.rows(asked, columns, rows, empty=_("nobody is to be rewarded for this month"))
