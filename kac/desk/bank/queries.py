"""Reading bank statements: their lines, the payments they may prove, and what is left over."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.i18n import _
from kac.core.money import Money, format_fen
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.bank.rules import OpenLine, OpenPayment, candidates


def find_line(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The statement line meant by its number or by the bank's own reference."""
    rows = reader.all("SELECT * FROM bank_line WHERE reference = :word", word=reference.strip())
    if len(rows) == 1:
        return rows[0]
    number = resolve(reader, "YH", "bank_line", reference, speaker)
    return reader.one("SELECT * FROM bank_line WHERE number = :number", number=number)


def listing(reader: Reader, open_only: bool = False) -> list[Row]:
    """Statement lines with what became of them, the newest first."""
    return reader.all(
        "SELECT b.id, b.number, b.day, b.reference, b.counterparty, b.summary, b.received_fen,"
        " b.paid_fen, coalesce(m.how, '') AS how, coalesce(y.number, '') AS payment,"
        " coalesce(m.reason, '') AS reason"
        " FROM bank_line b LEFT JOIN bank_match m ON m.bank_line_id = b.id"
        " LEFT JOIN payment y ON y.id = m.payment_id"
        " WHERE :open = 0 OR (m.id IS NULL AND b.received_fen > 0) ORDER BY b.id DESC",
        open=int(open_only),
    )


def open_lines(reader: Reader) -> list[OpenLine]:
    """Receipts on statements that nothing was matched to yet."""
    rows = reader.all(
        "SELECT b.* FROM bank_line b WHERE b.received_fen > 0 AND NOT EXISTS"
        " (SELECT 1 FROM bank_match m WHERE m.bank_line_id = b.id) ORDER BY b.id"
    )
    return [
        OpenLine(
            row["id"],
            row["number"],
            row["reference"],
            row["summary"],
            row["counterparty"],
            row["received_fen"],
        )
        for row in rows
    ]


def open_payments(reader: Reader) -> list[OpenPayment]:
    """Transfers that no statement line proves yet."""
    rows = reader.all(
        "SELECT y.* FROM v_payment y WHERE y.method = 'transfer'"
        " AND y.state IN ('received', 'verified') AND NOT EXISTS"
        " (SELECT 1 FROM bank_match m WHERE m.payment_id = y.id) ORDER BY y.id"
    )
    return [
        OpenPayment(
            row["id"],
            row["number"],
            row["order_number"],
            row["reference"] or "",
            row["payer"],
            row["amount_fen"],
        )
        for row in rows
    ]


def receipts_are_recorded(reader: Reader, _on: date) -> list[Finding]:
    """Every receipt on a statement proves a payment, or somebody said why it does not."""
    payments = open_payments(reader)
    found = []
    for line in open_lines(reader):
        equals = candidates(line, payments)
        says = _("{amount} from {payer} on the statement ({reference})").format(
            amount=format_fen(line.amount_fen),
            payer=line.counterparty or "?",
            reference=line.reference or "-",
        )
        if equals:
            says += "; " + _("same amount: {numbers}").format(
                numbers=", ".join(payment.number for payment in equals)
            )
            command = f"kac reconcile link {line.number} {equals[0].number}"
        else:
            says += "; " + _("no payment of this amount")
            command = _way_to_settle(reader, line)
        found.append(
            Finding("bank_receipts_are_recorded", line.number, says, ("RTL-DUT-07",), command)
        )
    return found


def _way_to_settle(reader: Reader, line: OpenLine) -> str:
    """A customer's money is recorded; what somebody else paid is set aside with a reason."""
    known = reader.first("SELECT 1 FROM customer WHERE name = :name", name=line.counterparty)
    if known is None:
        return f"kac reconcile ignore {line.number} --reason …"
    yuan = Money(line.amount_fen).plain()
    return f"kac payment record ORDER --amount {yuan} --ref {line.reference or '…'}"


def transfers_are_on_the_statement(reader: Reader, _on: date) -> list[Finding]:
    """Every verified transfer of the days that statements cover is on one of them."""
    covered = reader.value("SELECT max(day) FROM bank_line")
    if covered is None:
        return []
    rows = reader.all(
        "SELECT y.number, y.order_number, y.amount_fen, y.reference FROM v_payment y"
        " WHERE y.method = 'transfer' AND y.state = 'verified' AND y.on_day <= :covered"
        " AND NOT EXISTS (SELECT 1 FROM bank_match m WHERE m.payment_id = y.id) ORDER BY y.id",
        covered=covered,
    )
    return [
        Finding(
            "transfers_are_on_the_statement",
            row["number"],
            _("{amount} for {order}, reference {reference}, is on no statement").format(
                amount=Money(row["amount_fen"]),
                order=row["order_number"],
                reference=row["reference"] or "-",
            ),
            ("RTL-DUT-07", "RTL-PAY-03"),
            f"kac payment show {row['number']}",
        )
        for row in rows
    ]
