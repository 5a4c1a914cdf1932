"""Columns of the reconciliation: findings, statement lines, matches, files and layouts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kac.cli.checkwords import CHECKS
from kac.cli.show import Column
from kac.core.i18n import N_, _
from kac.desk.bank.rules import HOW
from kac.desk.night.rules import STATES

FILE_STATES = {
    "imported": N_("taken in"),
    "imported_before": N_("taken in before"),
    "refused": N_("refused"),
}
FINDINGS = [
    Column("check", _("check"), "state", words=CHECKS),
    Column("subject", _("about"), "code"),
    Column("says", _("says"), priority=9),
    Column("command", _("do"), "command", priority=6),
    Column("rules", _("rules"), aside=True),
    Column("soft", _("reminder"), "flag"),
]
PROOFS = [
    Column("check", _("check"), "state", words=CHECKS),
    Column("state", _("state"), "state", words=STATES),
    Column("count", _("found"), "count"),
    Column("says", _("says"), priority=3),
    Column("rules", _("rules"), aside=True),
    Column("since", _("proved since"), "code", aside=True),
]
LINES = [
    Column("number", _("bank line"), "code"),
    Column("day", _("day"), "day"),
    Column("received", _("received"), "money"),
    Column("paid", _("paid"), "money"),
    Column("counterparty", _("other side"), priority=6),
    Column("reference", _("reference"), "code", priority=5),
    Column("summary", _("summary"), priority=2),
    Column("how", _("settled by"), "state", words=HOW),
    Column("payment", _("money"), "code"),
    Column("reason", _("reason"), priority=1),
]


LINE = [
    *LINES[:4],
    Column("open", _("not used yet"), "money"),
    Column("fee", _("charge"), "money"),
    *LINES[4:7],
    Column("counterparty_account", _("account of the other side"), "code"),
    Column("account", _("account"), "code"),
    Column("profile", _("layout"), "code"),
    Column("batch", _("taken in as"), "code"),
]
SAID = [
    Column("payment", _("money"), "code"),
    Column("how", _("settled by"), "state", words=HOW),
    Column("line", _("of the line"), "money"),
    Column("proved", _("of the money"), "money"),
    Column("fee", _("charge"), "money"),
    Column("score", _("points"), "count"),
    Column("reason", _("reason"), priority=9),
    Column("taken_back", _("taken back"), "flag"),
    Column("by", _("who"), "code"),
    Column("at", _("at"), "moment"),
]
OFFERS = [
    Column("payment", _("money"), "code"),
    Column("score", _("points"), "count"),
    Column("reasons", _("because"), priority=9),
    Column("difference", _("difference"), "money"),
    Column("command", _("do"), "command", priority=6),
]
FILES = [
    Column("file", _("file"), "code"),
    Column("state", _("state"), "state", words=FILE_STATES),
    Column("number", _("taken in as"), "code"),
    Column("profile", _("layout"), "code", priority=4),
    Column("new", _("new"), "count"),
    Column("known", _("known before"), "count", priority=4),
    Column("says", _("says"), priority=9),
]
PROFILES = [
    Column("name", _("layout"), "code"),
    Column("title", _("title"), priority=9),
    Column("channel", _("channel"), "code"),
    Column("personal", _("personal account"), "flag"),
    Column("file", _("file"), "code"),
]


def amounts(row: Mapping[str, Any]) -> dict[str, Any]:
    """The row with its amounts under the names that JSON gives them."""
    names = ("received", "paid", "open", "fee", "line", "proved")
    return {**row, **{name: row[f"{name}_fen"] for name in names if f"{name}_fen" in row}}
