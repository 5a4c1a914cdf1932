"""A contract as it is shown: what it says, its checklist, its versions and its files."""

from __future__ import annotations

from typing import Any

from kac.cli import setting
from kac.cli.attachmentview import files_part
from kac.cli.onlooker import speaker
from kac.cli.orderview import View, gate_columns, gate_row
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.contracts import queries
from kac.desk.contracts.states import KINDS, LABELS


def list_columns() -> list[Column]:
    """The columns of a list of contracts."""
    return [
        Column("number", _("contract"), "code"),
        Column("customer_name", _("customer"), priority=7),
        Column("kind", _("kind"), "state", priority=2, words=KINDS),
        Column("amount", _("amount"), "money"),
        Column("from", _("from"), "day", priority=3),
        Column("to", _("until"), "day"),
        Column("state", _("state"), "state", words=LABELS),
        Column("approval_state", _("signatures"), "state", words=APPROVALS),
        Column("filing", _("on file as"), "code", priority=4),
        Column("prepared_by", _("made by"), "code", priority=2),
    ]


def _head() -> list[Column]:
    columns = list_columns()
    return [
        *columns[:2],
        Column("customer", _("customer code"), "code"),
        Column("revision", _("version"), "count"),
        *columns[2:6],
        Column("terms", _("terms of payment")),
        Column("floor_price", _("settlement floor price"), "money"),
        Column("delivery_on", _("delivery by"), "day"),
        Column("statement_day", _("statement day"), "count"),
        Column("due_day", _("due day"), "count"),
        Column("security", _("security held"), "money"),
        Column("service", _("service content")),
        Column("prices", _("price policy")),
        Column("mode", _("mode of cooperation")),
        Column("rights", _("rights and duties")),
        *columns[6:8],
        Column("approval", _("approval"), "code"),
        Column("filing", _("on file as"), "code"),
        Column("filed_by", _("put on file by"), "code"),
        Column("filed_on", _("put on file on"), "day"),
        Column("end_reason", _("ended because")),
        Column("prepared_by", _("made by"), "code"),
        Column("on_day", _("made on"), "day"),
        Column("policy", _("judged by"), "code"),
    ]


def _versions() -> list[Column]:
    return [
        Column("revision", _("version"), "count"),
        Column("amount", _("amount"), "money"),
        Column("floor_price", _("settlement floor price"), "money"),
        Column("from", _("from"), "day"),
        Column("to", _("until"), "day"),
        Column("by", _("who"), "code"),
        Column("on_day", _("on"), "day"),
    ]


def listed(row: Row) -> dict[str, Any]:
    """A contract, or one of its versions, as lists take it."""
    return {
        **dict(row),
        "amount": row["amount_fen"],
        "floor_price": row["floor_price_fen"],
        "from": row["from_day"],
        "to": row["to_day"],
    }


def gather(reader: Reader, reference: str) -> View:
    """Everything about the contract meant."""
    row = queries.find(reader, reference, speaker(reader))
    gates, _after = queries.case(reader, row, setting.today())
    versions = [listed(each) for each in queries.versions(reader, row["id"])]
    held = {"security": row["security_fen"] or None}
    head = {**listed(row), **held, "policy": f"{row['policy_set']}/{row['policy_version']}"}
    return View(
        _head(),
        head,
        [
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
            Part("versions", _("versions"), _versions(), versions),
            files_part(reader, row["number"]),
        ],
    )
