"""Settlement days as they are shown: one day, its report, the list, the roster."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from kac.cli.onlooker import speaker
from kac.cli.options import day as parsed_day
from kac.cli.orderview import View, gate_columns, gate_row
from kac.cli.show import Column, Part
from kac.core.i18n import N_, _
from kac.db.reader import Reader, Row
from kac.desk.rosters import queries as rosters
from kac.desk.settlement_days import queries
from kac.desk.settlement_days.rules import SIDES
from kac.desk.settlement_days.states import LABELS
from kac.desk.takings.states import FUNDS
from kac.desk.takings.states import LABELS as ITEMS

_CATEGORIES = {**FUNDS, "returned": N_("given back"), "total": N_("total"), "left": N_("left over")}
_ROSTER_DAYS = 31


def list_columns() -> list[Column]:
    """The columns of a list of days."""
    return [
        Column("number", _("settlement day"), "code"),
        Column("on_day", _("day"), "day"),
        Column("officer", _("officer"), "code"),
        Column("state", _("state"), "state", words=LABELS),
        Column("settled", _("settled"), "money"),
        Column("finance", _("signed for finance"), "code", priority=4),
        Column("department", _("signed for the department"), "code", priority=4),
    ]


def listed(row: Row) -> dict[str, Any]:
    """A day as lists take it."""
    return {**dict(row), "settled": row["settled_fen"]}


def gather(reader: Reader, reference: str, today: date) -> View:
    """Everything about a day."""
    row = queries.find(reader, reference, speaker(reader))
    gates, _after = queries.case(reader, row, today)
    columns = [
        *list_columns(),
        Column("circulated_to", _("circulated to")),
        Column("next_officer", _("next officer"), "code"),
        Column("keeper", _("keeper of the month"), "code"),
        Column("revision", _("version"), "count"),
        Column("audit", _("audit head"), "code"),
        Column("end_reason", _("opened again because")),
    ]
    head = {
        **listed(row),
        "next_officer": rosters.next_officer(reader, row["on_day"]),
        "keeper": rosters.keeper(reader, row["on_day"][:7]),
        "audit": f"{row['audit_seq']}-{row['audit_hash'][:16]}" if row["audit_seq"] else "",
    }
    signed = [dict(each) for each in queries.signatures(reader, row)]
    return View(
        columns,
        head,
        [
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
            Part("left", _("left over"), _left_columns(), _left(reader, row)),
            Part("handed", _("handed over"), _handed_columns(), _handed(reader, row)),
            Part("signatures", _("signatures"), _signature_columns(), signed),
        ],
    )


def _signature_columns() -> list[Column]:
    return [
        Column("side", _("side"), "state", words=SIDES),
        Column("staff", _("who"), "code"),
        Column("at", _("when"), "moment"),
    ]


def _left_columns() -> list[Column]:
    return [
        Column("number", _("item"), "code"),
        Column("customer_name", _("unit"), priority=6),
        Column("amount", _("amount"), "money"),
        Column("funds", _("funds"), "state", words=FUNDS),
        Column("state", _("state"), "state", words=ITEMS),
        Column("custodian", _("kept by"), "code", priority=3),
        Column("notes", _("notes"), priority=2),
    ]


def _left(reader: Reader, row: Row) -> list[dict[str, Any]]:
    from kac.desk.takings.queries import by_number

    numbers = [number for number, _fen in queries.left_over(reader, row)]
    found = [by_number(reader, number) for number in numbers]
    return [{**dict(each), "amount": each["amount_fen"]} for each in found]


def _handed_columns() -> list[Column]:
    return [
        Column("item", _("item"), "code"),
        Column("customer_name", _("unit"), priority=6),
        Column("amount", _("amount"), "money"),
        Column("giver", _("handed over by"), "code"),
        Column("receiver", _("taken over by"), "code"),
        Column("special", _("one to one"), "flag", priority=4),
        Column("note", _("note"), priority=3),
    ]


def _handed(reader: Reader, row: Row) -> list[dict[str, Any]]:
    rows = queries.handovers(reader, row)
    return [{**dict(each), "amount": each["amount_fen"]} for each in rows]


def report_columns() -> list[Column]:
    """The columns of a day's report: one row for each category."""
    return [
        Column("category", _("category"), "state", words=_CATEGORIES),
        Column("count", _("items"), "count"),
        Column("amount", _("amount"), "money"),
    ]


def report(reader: Reader, reference: str) -> list[dict[str, Any]]:
    """What was settled on a day by category, in all, and what is left over (HYP-FIN-07/13)."""
    row = queries.find(reader, reference, speaker(reader))
    done = queries.settled(reader, row["on_day"])
    out = queries.taken_out(reader, row["on_day"])
    left = queries.left_over(reader, row)
    sums = {
        funds: [each["amount_fen"] for each in done if each["funds"] == funds] for funds in FUNDS
    }
    sums = {funds: amounts for funds, amounts in sums.items() if amounts}
    if out:
        sums["returned"] = [-each["amount_fen"] for each in out]
    sums["total"] = [each for amounts in sums.values() for each in amounts]
    sums["left"] = [fen for _number, fen in left]
    return [
        {"category": name, "count": len(amounts), "amount": sum(amounts)}
        for name, amounts in sums.items()
    ]


def duty_columns() -> list[Column]:
    """The columns of the roster."""
    return [
        Column("day", _("day"), "day"),
        Column("officer", _("officer"), "code"),
        Column("keeper", _("keeper of the month"), "code"),
        Column("by", _("put there by"), "code", priority=2),
    ]


def duty(reader: Reader, first: str, today: date) -> list[dict[str, Any]]:
    """The roster of a month's days from one on."""
    begins = parsed_day(first) if first else today
    last = begins + timedelta(days=_ROSTER_DAYS)
    rows = rosters.roster(reader, begins.isoformat(), last.isoformat())
    return [{**dict(row), "keeper": rosters.keeper(reader, row["day"][:7])} for row in rows]
