"""Where the clerk stands: who they are, which day it is, and the document they last worked on."""

from __future__ import annotations

import re

from kac.cli import identity, setting
from kac.cli.places import ledger_path
from kac.core.i18n import N_, _
from kac.core.text import shown
from kac.db import info
from kac.db.reader import Reader, reading
from kac.desk.orders.states import LABELS

_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))
_NUMBER = re.compile(r"[A-Z]{2}\d[\d-]*")
_FINISHED = ("closed", "voided")


class Standing:
    """What the prompt says, read from the ledger before every line."""

    def __init__(self) -> None:
        self.operator = ""
        self._training = True
        self._documents: list[str] = []
        with reading(ledger_path()) as reader:
            self._seen = reader.value("SELECT coalesce(max(id), 0) FROM command")

    def question(self) -> str:
        """`王敏 11-20周五 [DD20261120-0007 草稿]> `; what a training ledger is, it says."""
        with reading(ledger_path()) as reader:
            who = identity.acting(reader, ledger_path())
            self._training = info.of(reader).training
            self.operator = who.code if who else ""
            self._note(reader)
            document = self._document(reader)
        day = setting.today()
        name = shown(who.name) if who else _("nobody")
        parts = [
            *([_("training")] if self._training else []),
            name,
            f"{day:%m-%d}{_(_WEEKDAYS[day.weekday()])}",
            *([f"[{document}]"] if document else []),
        ]
        return " ".join(parts) + "> "

    def drafts(self) -> list[str]:
        """The orders of this session that are drafts still."""
        with reading(ledger_path()) as reader:
            self._note(reader)
            return [n for n in self._documents if _state(reader, n) == "draft"]

    def has_pin(self) -> bool:
        """Whether there is somebody whose PIN could be asked for."""
        return bool(self.operator) and not self._training

    def _note(self, reader: Reader) -> None:
        """Take down what the operator made or changed since the last line."""
        rows = reader.all(
            "SELECT id, document FROM command WHERE id > :seen AND actor = :actor ORDER BY id",
            seen=self._seen,
            actor=self.operator,
        )
        for row in rows:
            self._seen = row["id"]
            if _NUMBER.fullmatch(row["document"]):
                self._documents = [n for n in self._documents if n != row["document"]]
                self._documents.append(row["document"])

    def _document(self, reader: Reader) -> str:
        """The document worked on last, with the state of an order; nothing once it is finished."""
        if not self._documents:
            return ""
        number = self._documents[-1]
        state = _state(reader, number)
        if state in _FINISHED:
            return ""
        return f"{number} {_(LABELS[state])}" if state else number


def _state(reader: Reader, number: str) -> str:
    return str(
        reader.value("SELECT state FROM sales_order WHERE number = :number", number=number) or ""
    )
