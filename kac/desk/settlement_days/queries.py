"""Reading settlement days: what is open, what was handed over, who signed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.db import policybook
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.rosters import queries as rosters
from kac.desk.rosters.policy import SettlementPolicy
from kac.desk.settlement_days import rules
from kac.desk.settlement_days.rules import DayFacts, Opening, OpenItem
from kac.desk.settlement_days.states import RUNNING

SET = "hypermarket"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The day meant: its number, a date, or nothing for today's."""
    word = reference.strip() or speaker.today.isoformat()
    row = reader.first("SELECT * FROM v_settlement_day WHERE on_day = :day", day=word)
    if row is not None:
        return row
    number = resolve(reader, "RJ", "settlement_day", word, speaker)
    return by_number(reader, number)


def by_number(reader: Reader, number: str) -> Row:
    """The day of a number."""
    return reader.one("SELECT * FROM v_settlement_day WHERE number = :number", number=number)


def of_day(reader: Reader, day: date) -> Row | None:
    """The settlement of a business day, where it was opened."""
    return reader.first("SELECT * FROM v_settlement_day WHERE on_day = :day", day=day.isoformat())


def listing(reader: Reader) -> list[Row]:
    """Every day, the newest first."""
    return reader.all("SELECT * FROM v_settlement_day ORDER BY on_day DESC")


def later(reader: Reader, day: str) -> Row | None:
    """A day that was opened after this one."""
    return reader.first("SELECT * FROM v_settlement_day WHERE on_day > :day LIMIT 1", day=day)


def policy(reader: Reader, row: Row) -> SettlementPolicy:
    """The policy that judges a day, in the version that it was opened under."""
    version = policybook.version(reader, row["policy_set"], row["policy_version"])
    return version.section("settlement", SettlementPolicy)


def opening(reader: Reader, actor: str, day: date) -> Opening:
    """What somebody who opens a day finds."""
    before = reader.first(
        "SELECT * FROM v_settlement_day WHERE on_day < :day ORDER BY on_day DESC LIMIT 1",
        day=day.isoformat(),
    )
    handed = reader.all(
        "SELECT DISTINCT receiver FROM settlement_handover"
        " WHERE settlement_day_id = :id AND revision = :revision",
        id=before["id"] if before else 0,
        revision=before["revision"] if before else 0,
    )
    return Opening(
        actor=actor,
        day=day,
        rostered=rosters.officer(reader, day),
        before=before["number"] if before else "",
        before_state=before["state"] if before else "",
        handed_to=frozenset(row["receiver"] for row in handed),
    )


def open_items(reader: Reader, day: str) -> tuple[OpenItem, ...]:
    """Money reported up to a day that is neither settled nor given back."""
    rows = reader.all(
        "SELECT number, amount_fen, funds IN ('cash', 'cheque') AND state = 'with_manager' AS held"
        " FROM taking WHERE state IN ('with_manager', 'in_custody', 'at_bank') AND on_day <= :day"
        " ORDER BY number",
        day=day,
    )
    return tuple(OpenItem(row["number"], row["amount_fen"], bool(row["held"])) for row in rows)


def handovers(reader: Reader, row: Row) -> list[Row]:
    """What was handed over on a day as it stands, in order."""
    return reader.all(
        "SELECT h.item, h.giver, h.receiver, h.special, h.note, h.on_day, t.customer_name,"
        " t.amount_fen, t.funds, t.state, t.custodian FROM settlement_handover h"
        " JOIN v_taking t ON t.number = h.item"
        " WHERE h.settlement_day_id = :id AND h.revision = :revision ORDER BY h.id",
        id=row["id"],
        revision=row["revision"],
    )


def signatures(reader: Reader, row: Row) -> list[Row]:
    """The signatures on a day's sheet as it stands."""
    return reader.all(
        "SELECT side, staff, at FROM settlement_signature"
        " WHERE settlement_day_id = :id AND revision = :revision ORDER BY id",
        id=row["id"],
        revision=row["revision"],
    )


def settled(reader: Reader, day: str) -> list[Row]:
    """What was settled on a day, by category, whatever became of it on later days."""
    return reader.all(
        "SELECT * FROM v_taking WHERE settled_on = :day"
        " AND (returned_on IS NULL OR returned_on > :day) ORDER BY funds, number",
        day=day,
    )


def taken_out(reader: Reader, day: str) -> list[Row]:
    """What was given back on a day that had been settled before it, such as bounced cheques."""
    return reader.all(
        "SELECT * FROM v_taking WHERE returned_on = :day AND settled_on < :day ORDER BY number",
        day=day,
    )


def left_over(reader: Reader, row: Row) -> list[tuple[str, int]]:
    """(item, fen) left over on a day: once it is closed, what was handed over then."""
    if row["state"] in RUNNING:
        return [(each.number, each.amount_fen) for each in open_items(reader, row["on_day"])]
    return [(each["item"], each["amount_fen"]) for each in handovers(reader, row)]


def facts(reader: Reader, row: Row) -> DayFacts:
    """A day as its gates see it."""
    return DayFacts(
        number=row["number"],
        state=row["state"],
        day=date.fromisoformat(row["on_day"]),
        officer=row["officer"],
        items=open_items(reader, row["on_day"]),
        handed=frozenset(each["item"] for each in handovers(reader, row)),
        next_officer=rosters.next_officer(reader, row["on_day"]),
        signed={each["side"]: each["staff"] for each in signatures(reader, row)},
        keeper=rosters.keeper(reader, row["on_day"][:7]),
    )


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, Any]]:
    """All gates of a day, and what each of them waits for."""
    may = policybook.in_force(reader, policybook.DESK, today).may
    return rules.checklist(facts(reader, row), policy(reader, row), may), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, Any]]]:
    """Every day that still wants something, with its gates."""
    for row in listing(reader):
        if row["state"] != "archived":
            document = {**dict(row), "need_by": row["on_day"], "customer_name": ""}
            yield {**document, "prepared_by": row["officer"]}, *case(reader, row, today)


def days_are_closed(reader: Reader, on: date) -> list[Finding]:
    """Days gone by are closed, signed on both sides, and with the keeper (HYP-FIN-08/10/11)."""
    found = []
    for document, gates, after in cases(reader, on):
        if document["on_day"] >= on.isoformat():
            continue
        shut = {gate.name for gate in gates if not gate.open}
        found += [
            Finding(
                gate.name,
                document["number"],
                gate.says,
                gate.rules,
                gate.command,
                soft=not gate.name.startswith("day_"),
            )
            for gate in gates
            if not gate.open and not shut.intersection(after.get(gate.name, ()))
        ]
    return found
