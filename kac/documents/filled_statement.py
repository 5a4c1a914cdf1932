"""The statement of account filled in from the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from kac.db.policybook import DESK, in_force
from kac.db.reader import Reader, Row
from kac.db.references import Speaker
from kac.desk.receivables import queries as receivables
from kac.desk.receivables import rules as receivable_rules
from kac.desk.statements import queries, rules
from kac.desk.statements.rules import Movement
from kac.documents.stamped import imprint, name
from kac.documents.statement import StatementLine, StatementPaper
from kac.documents.wording import METHODS, joined, said


def statement(reader: Reader, number: str) -> StatementPaper:
    """One statement, its lines drawn up from the books as they stood when it was made."""
    made = reader.one("SELECT * FROM v_statement WHERE number = :number", number=number)
    on_day = date.fromisoformat(made["on_day"])
    row = queries.find(reader, number, Speaker(on_day))
    policy = queries.policy(in_force(reader, DESK, on_day))
    account = queries.account(reader, row)
    return StatementPaper(
        imprint=imprint(reader, number, "statement", void=row["state"] == "withdrawn"),
        customer_name=row["customer_name"],
        from_day=date.fromisoformat(row["from_day"]),
        to_day=date.fromisoformat(row["to_day"]),
        answer_by=rules.due(on_day, policy),
        opening_fen=row["opening_fen"],
        lines=tuple(_line(reader, movement) for movement in account.movements),
        closing_fen=row["closing_fen"],
        made_by=name(reader, row["made_by"]),
        **_aged(reader, row),
    )


def _aged(reader: Reader, row: Row) -> dict[str, Any]:
    """The bands of what the customer owed on the last day, and what was held beside it.

    None where what was booked later for earlier days makes them another sum than the closing.
    """
    last = date.fromisoformat(row["to_day"])
    debts = receivables.owed(reader, last, row["customer"])
    policy = receivables.policy(in_force(reader, DESK, date.fromisoformat(row["on_day"])))
    rows = receivable_rules.ageing(debts, (), policy, last, "due")
    held = sum(each.owed_fen for each in rows) - row["closing_fen"]
    if not rows or held < 0:
        return {}
    spans = receivable_rules.bands(policy)
    named = {receivable_rules.NOT_DUE: "未到期"} | {
        key: f"逾期{max(first, 1)}-{end}天" if end else f"逾期{first}天以上"
        for key, (first, end) in spans.items()
    }
    aged = tuple((named[key], fen) for key, fen in rows[0].bands.items())
    return {"ageing": aged, "held_fen": held}


def _line(reader: Reader, movement: Movement) -> StatementLine:
    """Goods stand in the column of what is owed, money in that of what was paid; red below zero."""
    goods = movement.document.startswith(("SH", "TH", "QC"))
    return StatementLine(
        movement.day,
        movement.document,
        _told(reader, movement),
        movement.change_fen if goods else 0,
        0 if goods else -movement.change_fen,
    )


def _told(reader: Reader, movement: Movement) -> str:
    document = movement.document
    if document.startswith("SH"):
        row = reader.one("SELECT order_number FROM v_dispatch WHERE number = :n", n=document)
        return f"送货 {row['order_number']}"
    if document.startswith("SK"):
        row = reader.one("SELECT * FROM v_payment WHERE number = :n", n=document)
        red = "(红字)" if movement.change_fen > 0 else ""
        return joined(said(METHODS, row["method"]) + red, row["payer"])
    if document.startswith("TH"):
        row = reader.one("SELECT order_number FROM v_return WHERE number = :n", n=document)
        return f"退货 {row['order_number']}"
    return {"TK": "退款", "QC": "期初余额"}.get(document[:2], "")
