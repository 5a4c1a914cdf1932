"""An inquiry as it is shown: head, goods, checklist of gates, what was done about it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kac.cli import setting
from kac.cli.orderview import gate_columns, gate_row
from kac.cli.show import Column, Part
from kac.core.i18n import N_, _
from kac.db.reader import Reader, Row
from kac.db.references import Speaker
from kac.desk.inquiries import queries
from kac.desk.inquiries.states import INTENTS, LABELS, SUPPLY, WISHES

_STEPS = {
    "recorded": N_("put on file"),
    "handed_over": N_("handed over"),
    "supply": N_("asked for supply"),
    "answered": N_("answered"),
    "closed": N_("closed"),
}


def gather(
    reader: Reader, reference: str, speaker: Speaker
) -> tuple[Sequence[Column], dict[str, Any], list[Part]]:
    """The columns of the head, the head, and the lists that belong to it."""
    row = queries.find(reader, reference, speaker)
    gates, _after = queries.case(reader, row, setting.today())
    lines = [_line(line) for line in queries.lines(reader, row["id"])]
    done = [dict(step) for step in queries.steps_taken(reader, row["id"])]
    head = {**dict(row), "policy": f"{row['policy_set']}/{row['policy_version']}"}
    return (
        _head(),
        head,
        [
            Part("lines", _("goods"), _lines(), lines),
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
            Part("steps", _("what was done"), _done(), done),
        ],
    )


def _head() -> list[Column]:
    return [
        Column("state", _("state"), "state", words=LABELS),
        Column("asked_by", _("asked by")),
        Column("phone", _("phone"), "code"),
        Column("via", _("received as"), "code"),
        Column("need", _("need")),
        Column("intent", _("came for"), "state", words=INTENTS),
        Column("wishes", _("to release"), words=WISHES),
        Column("wanted_by", _("pick-up"), "day"),
        Column("payment", _("payment")),
        Column("store", _("picked at"), "code"),
        Column("accompanied_by", _("accompanied by"), "code"),
        Column("explained_by", _("explained by"), "code"),
        Column("supply", _("can be met"), "state", words=SUPPLY),
        Column("supply_by", _("answered by"), "code"),
        Column("reply_due", _("call back by"), "day"),
        Column("answered_on", _("answered"), "day"),
        Column("handed_to", _("handed to"), "code"),
        Column("approval", _("approval"), "code"),
        Column("received_by", _("received by"), "code"),
        Column("on_day", _("received on"), "day"),
        Column("policy", _("judged by"), "code"),
    ]


def _lines() -> list[Column]:
    return [
        Column("line", _("line"), "count"),
        Column("code", _("code"), "code"),
        Column("barcode", _("barcode"), "code", priority=3),
        Column("name", _("name"), priority=9),
        Column("quantity", _("quantity"), "quantity"),
        Column("unit", _("unit"), "code"),
        Column("price", _("price"), "money"),
        Column("shelf", _("on the shelf"), "quantity"),
    ]


def _done() -> list[Column]:
    return [
        Column("step", _("step"), "state", words=_STEPS),
        Column("staff", _("who"), "code"),
        Column("other", _("handed to"), "code"),
        Column("verdict", _("verdict"), "state", words=SUPPLY),
        Column("said", _("we said"), priority=8),
        Column("opinion", _("customer said"), priority=7),
        Column("at", _("when"), "moment"),
    ]


def _line(row: Row) -> dict[str, Any]:
    return {**dict(row), "price": row["unit_price_fen"]}
