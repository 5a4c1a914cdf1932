"""A quotation as it is shown: head, lines with margins for who may see them, gates, papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kac.cli import setting
from kac.cli.onlooker import sees_costs, speaker
from kac.cli.orderview import cost_columns, gate_columns, gate_row, line_columns, line_row
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.margins.rules import rate_text
from kac.desk.papers import queries as papers
from kac.desk.papers.rules import COPIES, EVENTS
from kac.desk.quotations import queries
from kac.desk.quotations.states import DELIVERIES, PAYMENT_TERMS, STANDINGS


def gather(reader: Reader, reference: str) -> tuple[Sequence[Column], dict[str, Any], list[Part]]:
    """The columns of the head, the head, and the lists that belong to it."""
    row = queries.find(reader, reference, speaker(reader))
    costs = sees_costs(reader)
    gates, _after = queries.case(reader, row, setting.today())
    lines = [line_row(line) for line in queries.lines(reader, row["id"])]
    margin = [Column("margin", _("margin"), "code")] if costs else []
    return (
        [*_head(), *margin],
        _row(row),
        [
            Part("lines", _("lines"), _lines(costs=costs), lines),
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
            Part("papers", _("papers"), _papers(), _custody(reader, row["number"])),
        ],
    )


def _row(row: Row) -> dict[str, Any]:
    return {
        **dict(row),
        "state": row["standing"],
        "total": row["total_fen"],
        "order": row["order_number"],
        "policy": f"{row['policy_set']}/{row['policy_version']}",
        "margin": rate_text(row["total_fen"], row["cost_total_fen"]),
    }


def _head() -> list[Column]:
    return [
        Column("number", _("quotation"), "code"),
        Column("state", _("state"), "state", words=STANDINGS),
        Column("revision", _("version"), "count"),
        Column("customer", _("customer"), "code"),
        Column("customer_name", _("name")),
        Column("inquiry", _("inquiry"), "code"),
        Column("total", _("total"), "money"),
        Column("valid_until", _("good until"), "day"),
        Column("need_by", _("wanted by"), "day"),
        Column("delivery", _("delivery"), "state", words=DELIVERIES),
        Column("address", _("goes to")),
        Column("payment_terms", _("payment"), "state", words=PAYMENT_TERMS),
        Column("approval", _("approval"), "code"),
        Column("order", _("order"), "code"),
        Column("prepared_by", _("made by"), "code"),
        Column("on_day", _("made on"), "day"),
        Column("policy", _("judged by"), "code"),
        Column("note", _("note")),
    ]


def _lines(*, costs: bool) -> list[Column]:
    plain = line_columns()
    return [*plain[:-1], *(cost_columns() if costs else []), plain[-1]]


def _papers() -> list[Column]:
    return [
        Column("kind", _("paper"), "code"),
        Column("copy", _("copy"), "state", words=COPIES),
        Column("event", _("last"), "state", words=EVENTS),
        Column("by", _("who"), "code"),
        Column("on_day", _("since"), "day"),
        Column("reason", _("reason")),
    ]


def _custody(reader: Reader, number: str) -> list[dict[str, Any]]:
    return [{**dict(row), "copy": row["copy_name"]} for row in papers.history(reader, number)]
