"""An order as it is shown: head, lines, checklist of gates, money, papers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kac.cli import partview, setting
from kac.cli.onlooker import sees_costs, speaker
from kac.cli.show import Column, Part
from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.values import dataclass
from kac.db.reader import Reader, Row
from kac.desk.margins.rules import rate_text
from kac.desk.orders import queries as orders
from kac.desk.orders.states import LABELS
from kac.desk.papers.rules import COPIES, EVENTS, HOLDERS
from kac.desk.payments import queries as payments
from kac.desk.payments.states import KINDS, WAYS
from kac.desk.payments.states import LABELS as MONEY_LABELS
from kac.desk.quotations.states import DELIVERIES, PAYMENT_TERMS
from kac.desk.shortages import queries as shortages
from kac.desk.worklist import queries as worklist

_REMARKS = {"gift": N_("gift"), "fresh": N_("fresh")}


def _head() -> list[Column]:
    return [
        Column("number", _("order"), "code"),
        Column("state", _("state"), "state", words=LABELS),
        Column("revision", _("version"), "count"),
        Column("customer", _("customer"), "code"),
        Column("customer_name", _("name")),
        Column("need_by", _("wanted by"), "day"),
        Column("delivery", _("delivery"), "state", words=DELIVERIES),
        Column("address", _("goes to")),
        Column("payment_terms", _("payment"), "state", words=PAYMENT_TERMS),
        Column("quotation", _("quotation"), "code"),
        Column("location", _("taken from"), "code"),
        Column("total", _("total"), "money"),
        Column("returned", _("given back"), "money"),
        Column("received", _("received"), "money"),
        Column("owed", _("still owed"), "money"),
        Column("cut", _("cut"), "money"),
        Column("deposit_waived", _("deposit waived"), "money"),
        Column("waived_by", _("waived by"), "code"),
        Column("waived_because", _("waived because")),
        Column("approval", _("approval"), "code"),
        Column("dispatch", _("slip"), "code"),
        Column("prepared_by", _("made by"), "code"),
        Column("on_day", _("made on"), "day"),
        Column("policy", _("judged by"), "code"),
        Column("external_number", _("external number"), "code"),
        Column("replaces", _("in place of"), "code"),
        Column("replaced_by", _("replaced by"), "code"),
        Column("note", _("note")),
        Column("void_reason", _("void because")),
    ]


def line_columns() -> list[Column]:
    """The columns of lines with prices."""
    return [
        Column("line", _("line"), "count"),
        Column("code", _("code"), "code"),
        Column("name", _("name"), priority=9),
        Column("quantity", _("quantity"), "quantity"),
        Column("unit", _("unit"), "code"),
        Column("list_price", _("list price"), "money"),
        Column("price", _("price"), "money"),
        Column("amount", _("amount"), "money"),
        Column("remark", _("remark"), words=_REMARKS),
    ]


def cost_columns() -> list[Column]:
    """The columns that only those see who see costs."""
    return [Column("cost", _("cost"), "money"), Column("margin", _("margin"), "code")]


def gate_columns() -> list[Column]:
    """The columns of a checklist."""
    return [
        Column("mark", "", "code", tones={"√": "green", "×": "red"}),
        Column("open", _("passed"), "flag", aside=True),
        Column("gate", _("gate"), "code", aside=True),
        Column("says", _("says"), priority=9),
        Column("command", _("do"), "command", priority=6),
        Column("opened_by", _("opened by"), aside=True),
        Column("rules", _("rules"), aside=True),
    ]


def _money() -> list[Column]:
    return [
        Column("number", _("money"), "code"),
        Column("kind", _("kind"), "state", words=KINDS),
        Column("amount", _("amount"), "money"),
        Column("method", _("by"), "state", words=WAYS),
        Column("reference", _("reference"), "code"),
        Column("state", _("state"), "state", words=MONEY_LABELS),
    ]


def _papers() -> list[Column]:
    return [
        Column("document", _("document"), "code"),
        Column("copy", _("copy"), "state", words=COPIES),
        Column("holder", _("with"), "state", words=HOLDERS),
        Column("event", _("last"), "state", words=EVENTS),
        Column("by", _("who"), "code", priority=2),
        Column("on_day", _("since"), "day"),
        Column("reprints", _("reprints"), "count"),
    ]


@dataclass(frozen=True)
class View:
    """What `show.record` takes."""

    columns: Sequence[Column]
    row: dict[str, Any]
    parts: Sequence[Part]


def gather(reader: Reader, reference: str) -> View:
    """Everything about the order meant, for the eyes of the one who reads."""
    row = orders.find(reader, reference, speaker(reader))
    costs = sees_costs(reader)
    lines = [line_row(line) for line in orders.lines(reader, row["id"])]
    columns = [*line_columns()[:-1], *(cost_columns() if costs else []), line_columns()[-1]]
    slips = partview.slips(reader, row)
    if partview.in_parts(slips, row):
        lines = partview.with_parts(reader, row, lines)
        columns = [*columns[:5], *partview.part_columns(), *columns[5:]]
    gates = worklist.checklist(reader, row, setting.today())
    money = payments.of_order(reader, row["id"])
    head = {
        **dict(row),
        "total": row["total_fen"],
        "received": row["received_fen"],
        "cut": row["cut_fen"] or None,
        "returned": row["returned_fen"] or None,
        "owed": row["total_fen"] - row["returned_fen"] - row["received_fen"],
        **_waived(row),
        "policy": f"{row['policy_set']}/{row['policy_version']}",
        "replaced_by": ", ".join(shortages.successors(reader, row["id"])),
        "margin": rate_text(row["total_fen"], row["cost_total_fen"]),
    }
    shown = [*_head(), *([Column("margin", _("margin"), "code")] if costs else [])]
    return View(
        shown,
        head,
        [
            Part("lines", _("lines"), columns, lines),
            Part("gates", _("checklist"), gate_columns(), [gate_row(gate) for gate in gates]),
            *partview.part_of_slips(slips, row),
            Part("payments", _("money"), _money(), [_paid(paid) for paid in money]),
            Part("papers", _("papers"), _papers(), _custody(reader, row, money, slips)),
        ],
    )


def _waived(row: Row) -> dict[str, Any]:
    """What of its deposit is left off, by whom and why; what is only asked for is not."""
    from kac.desk.deposits import queries as deposits

    facts = deposits.facts(row)
    waived = facts.waiver if facts.waived_fen else None
    return {
        "deposit_waived": facts.waived_fen or None,
        "waived_by": waived.hand if waived else "",
        "waived_because": waived.reason if waived else "",
    }


def gate_row(gate: Gate) -> dict[str, Any]:
    """A gate as one line of a checklist."""
    return {
        **gate.as_dict(),
        "mark": "√" if gate.open else "×",
        "command": "" if gate.open else gate.command,
        "opened_by": [] if gate.open else list(gate.opened_by),
    }


def line_row(line: Row) -> dict[str, Any]:
    """A line with its prices, cost and margin."""
    return {
        **dict(line),
        "list_price": line["list_price_fen"],
        "price": line["unit_price_fen"],
        "amount": line["amount_fen"],
        "cost": line["cost_fen"],
        "margin": "" if line["gift"] else rate_text(line["unit_price_fen"], line["cost_fen"]),
        "remark": [remark for remark in _REMARKS if line[remark]],
    }


def _paid(row: Row) -> dict[str, Any]:
    return {**dict(row), "amount": row["allocated_fen"], "kind": row["allocated_as"]}


def _custody(
    reader: Reader, row: Row, money: Sequence[Row], slips: Sequence[Row]
) -> list[dict[str, Any]]:
    documents = [row["number"], *dict.fromkeys(paid["number"] for paid in money)]
    documents += [slip["number"] for slip in slips]
    found = []
    for document in documents:
        for paper in reader.all(
            "SELECT * FROM v_paper WHERE document = :document ORDER BY first_id", document=document
        ):
            found.append({**dict(paper), "copy": paper["copy_name"]})
    return found
