"""`kac explain ORDER`: why it stands where it does, in figures and rules, and what moves it on."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.counter import reading_ledger
from kac.cli.lazy import Noun
from kac.cli.onlooker import speaker
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column, Part
from kac.core.i18n import _, language
from kac.desk.orders.states import LABELS

app = Noun(single=True)

_HEAD = [
    Column("number", _("order"), "code"),
    Column("state", _("state"), "state", words=LABELS),
    Column("customer_name", _("customer")),
    Column("total", _("total"), "money"),
    Column("received", _("received"), "money"),
    Column("policy", _("judged by"), "code"),
    Column("next", _("next")),
]
_GATES = [
    Column("gate", _("gate"), "code", aside=True),
    Column("says", _("says"), priority=9),
    Column("now", _("can be opened now"), "flag"),
    Column("opened_by", _("opened by"), priority=5),
    Column("command", _("do"), priority=6),
    Column("rules", _("rules"), priority=4),
]
_RULES = [
    Column("id", _("rule"), "code"),
    Column("statement", _("says"), aside=language() == "zh_CN"),
    Column("original", _("original words"), priority=2),
]


@app.command(
    help=_("Why an order stands where it does, and what opens it."),
    epilog=examples("kac explain DD20261120-0003", "kac explain @ --json"),
)
@reading
def explain(
    asked: Reading,
    order: Annotated[str, typer.Argument(metavar="ORDER", help=_("the order"))],
) -> None:
    """Explain an order."""
    from kac.desk.orders import queries as orders
    from kac.desk.worklist import queries as worklist
    from kac.desk.worklist.rules import waiting

    with reading_ledger() as reader:
        row = orders.find(reader, order, speaker(reader))
        gates = worklist.checklist(reader, row, setting.today())
    ready = {gate.name for gate in waiting(gates)}
    shut = [gate for gate in gates if not gate.open]
    head = {
        **dict(row),
        "total": row["total_fen"],
        "received": row["received_fen"],
        "policy": f"{row['policy_set']}/{row['policy_version']}",
        "next": [gate.command for gate in shut if gate.name in ready and gate.command],
    }
    closed = [{**gate.as_dict(), "now": gate.name in ready} for gate in shut]
    show.record(
        asked,
        _HEAD,
        head,
        [
            Part("closed", _("what is shut"), _GATES, closed),
            Part("rules", _("the rules"), _RULES, _rules(shut)),
        ],
    )


def _rules(shut: list[Any]) -> list[dict[str, str]]:
    from kac.core import rulebook

    ids = dict.fromkeys(rule for gate in shut for rule in gate.rules)
    entries = [rulebook.find(rule) for rule in ids]
    return [
        {"id": entry.id, "statement": entry.statement, "original": entry.original}
        for entry in entries
        if isinstance(entry, rulebook.Rule)
    ]
