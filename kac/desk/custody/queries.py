"""Reading custody: every copy of every document, what happened to it, and what is to come back."""

from __future__ import annotations

from datetime import date

from kac.core.errors import NotFound
from kac.core.findings import Finding
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.db.references import Speaker
from kac.desk.custody import rules
from kac.desk.custody.rules import CopyFacts
from kac.desk.papers.rules import COPIES, HOLDERS, Copy

_OUTSIDE = ("printed", "signed", "returned", "handed")
# The documents that `void` of v_custody is about, with the table and the states of each.
_VOID = (
    ("receipt", "payment", "('reversed', 'bounced', 'withdrawn')"),
    ("refund_slip", "refund", "('dropped')"),
    ("slip", "dispatch", "('void')"),
    ("contract", "contract", "('voided')"),
    ("statement", "statement", "('withdrawn')"),
)


def listing(
    reader: Reader, holder: str = "", kind: str = "", *, everything: bool = False
) -> list[Row]:
    """Copies with whom they are and since when, the longest there first; those outside alone."""
    marks = ", ".join(f"'{event}'" for event in _OUTSIDE)
    return reader.all(
        "SELECT * FROM v_custody WHERE (:holder = '' OR holder = :holder)"
        " AND (:kind = '' OR kind = :kind)"
        f" AND (:everything = 1 OR event IN ({marks})) ORDER BY on_day, at, document, first_id",
        holder=holder,
        kind=kind,
        everything=int(everything),
    )


def find(reader: Reader, reference: str, speaker: Speaker) -> str:
    """The printed document meant: its number or the unique end of one; `@` the last touched."""
    word = reference.strip().upper()
    if word == "@":
        last = reader.value(
            "SELECT document FROM command WHERE actor = :actor AND document IN"
            " (SELECT document FROM paper_event) ORDER BY id DESC LIMIT 1",
            actor=speaker.actor,
        )
        word = str(last or "")
    rows = reader.all(
        "SELECT DISTINCT document FROM paper_event WHERE document = :word"
        " OR document LIKE :part ORDER BY document = :word DESC, document LIMIT 3",
        word=word,
        part=f"%{word}",
    )
    if word and rows and (len(rows) == 1 or rows[0]["document"] == word):
        return str(rows[0]["document"])
    raise NotFound(
        _("no printed document is {reference}").format(reference=reference),
        cause=[_("several are: {numbers}").format(numbers=", ".join(r["document"] for r in rows))]
        if word and rows
        else [],
        fix=["kac paper list"],
    )


def copies(reader: Reader, document: str) -> dict[tuple[str, str], CopyFacts]:
    """The copies of a document by kind and name."""
    rows = reader.all(
        "SELECT * FROM v_custody WHERE document = :document ORDER BY first_id", document=document
    )
    return {
        (row["kind"], row["copy_name"]): CopyFacts(
            document=document,
            kind=row["kind"],
            copy=Copy(row["copy_name"], row["event"], row["holder"], row["reprints"], row["by"]),
            void=bool(row["void"]),
        )
        for row in rows
    }


def void_copies_come_back(reader: Reader, _on: date) -> list[Finding]:
    """Copies of void receipts, slips, contracts and statements that are still outside.

    Reminders: order forms are proved by a check of their own (RTL-SHT-09, C-27).
    """
    found = []
    for row in _of_void(reader):
        copy = row["copy_name"]
        says = _("copy {copy} of a void {kind} is with {holder}").format(
            copy=_(COPIES.get(copy, copy)),
            kind=_(rules.KINDS.get(row["kind"], row["kind"])),
            holder=_(HOLDERS.get(row["holder"], row["holder"])),
        )
        command = f"kac paper collect {row['document']} --copy {copy}"
        names = ("RTL-SHT-09", "C-27")
        found.append(
            Finding(*("void_copies_come_back", row["document"], says, names, command), soft=True)
        )
    return found


def _of_void(reader: Reader) -> list[Row]:
    """Copies outside of void documents that the night asks for; found by the documents."""
    marks = ", ".join(f"'{event}'" for event in _OUTSIDE)
    void = " UNION ALL ".join(
        f"SELECT '{kind}' AS kind, number FROM {table} WHERE state IN {states}"
        for kind, table, states in _VOID
    )
    rows = reader.all(
        f"SELECT c.* FROM ({void}) d CROSS JOIN v_custody c WHERE c.document = d.number"
        f" AND c.kind = d.kind AND c.event IN ({marks})"
        " ORDER BY c.on_day, c.at, c.document, c.first_id"
    )
    return [row for row in rows if row["void"] and row["kind"] not in rules.OWN_WAY]
