"""The settlement confirmation filled in from the ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from kac.core.calendar import business_day, parse_instant
from kac.db.reader import Reader, Row
from kac.desk.rosters import queries as rosters
from kac.desk.settlement_days import queries
from kac.desk.takings import queries as takings
from kac.documents.imprint import Signature
from kac.documents.settlement import LeftLine, SettledLine, SettlementPaper
from kac.documents.stamped import imprint, name

_SIDES = {"finance": ("确认", "财务部"), "department": ("确认", "部门负责人")}


def settlement(reader: Reader, number: str) -> SettlementPaper:
    """The confirmation of one day as it stands."""
    row = queries.by_number(reader, number)
    keeper = rosters.keeper(reader, row["on_day"][:7])
    return SettlementPaper(
        imprint=imprint(reader, number, "settlement"),
        on_day=date.fromisoformat(row["on_day"]),
        revision=row["revision"],
        officer=name(reader, row["officer"]),
        settled=(
            *(_settled(each) for each in queries.settled(reader, row["on_day"])),
            *(_taken_out(each) for each in queries.taken_out(reader, row["on_day"])),
        ),
        left=tuple(_left(reader, row)),
        circulated_to=row["circulated_to"],
        audit_head=f"{row['audit_seq']}-{row['audit_hash']}",
        signatures=tuple(_signatures(reader, row)),
        keeper=name(reader, keeper) if keeper else "",
    )


def _settled(row: Row) -> SettledLine:
    return SettledLine(
        number=row["number"],
        customer_name=row["customer_name"],
        document=row["document"],
        funds=row["funds"],
        amount_fen=row["amount_fen"],
        evidence=row["voucher"] or row["reference"],
    )


def _taken_out(row: Row) -> SettledLine:
    plain = _settled(row)
    return replace(plain, funds="returned", amount_fen=-plain.amount_fen, evidence=row["reference"])


def _left(reader: Reader, row: Row) -> list[LeftLine]:
    handed = {each["item"]: each for each in queries.handovers(reader, row)}
    found = []
    for number, fen in queries.left_over(reader, row):
        taking = takings.by_number(reader, number)
        to = handed.get(number)
        found.append(
            LeftLine(
                number=number,
                customer_name=taking["customer_name"],
                funds=taking["funds"],
                amount_fen=fen,
                state=_where(taking, row["on_day"]),
                custodian=name(reader, taking["custodian"]) if taking["custodian"] else "",
                receiver=name(reader, to["receiver"]) if to else "",
                note=to["note"] if to else "",
            )
        )
    return found


def _where(taking: Row, day: str) -> str:
    """Where money was at the end of a day."""
    if taking["presented_on"] and taking["presented_on"] <= day:
        return "at_bank"
    return "in_custody" if taking["custodian"] else "with_manager"


def _signatures(reader: Reader, row: Row) -> list[Signature]:
    given = {each["side"]: each for each in queries.signatures(reader, row)}
    found = []
    for wanted in queries.policy(reader, row).wanted():
        act, role = _SIDES[wanted.side]
        mine = given.get(wanted.side)
        who = name(reader, mine["staff"]) if mine else ""
        day = business_day(parse_instant(mine["at"])) if mine else None
        found.append(Signature(act, role, who, day))
    return found
