"""Verbs of the bank statement: take one in, match it, link or set aside a line by hand."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import BadInput, Refused
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.bank import queries, rules
from kac.desk.bank.rules import StatementLine
from kac.desk.payments import queries as payments
from kac.desk.staff.actions import require


def take_in(work: Work, batch: str, lines: Sequence[StatementLine]) -> tuple[int, int]:
    """Write the lines of a statement; (new ones, ones known from an earlier statement)."""
    from kac.desk.bank.tables import BankLine

    rows = [
        BankLine(
            number=work.number("YH"),
            account=line.account,
            reference=line.reference,
            day=line.day,
            summary=line.summary,
            counterparty=line.counterparty,
            received_fen=line.received_fen,
            paid_fen=line.paid_fen,
            batch=batch,
            at=work.now,
        )
        for line in lines
        if not _known(work, line)
    ]
    work.add_all(rows)
    return len(rows), len(lines) - len(rows)


def _known(work: Work, line: StatementLine) -> bool:
    return bool(
        work.reader.first(
            "SELECT 1 FROM bank_line WHERE account = :account AND reference = :reference"
            " AND received_fen = :received AND paid_fen = :paid",
            account=line.account,
            reference=line.reference,
            received=line.received_fen,
            paid=line.paid_fen,
        )
    )


def match(work: Work) -> Outcome:
    """Match what is certain: reference and amount, never a choice among equals (RTL-DUT-07)."""
    require(work, "reconcile.run")
    found = rules.match(queries.open_lines(work.reader), queries.open_payments(work.reader))
    for pair in found:
        _write(work, pair.line.id, pair.payment.id, pair.how)
        work.record("match", pair.line.number, payment=pair.payment.number, how=pair.how)
    says = tuple(
        _("{line} proves {payment}: {amount}, known by {how}").format(
            line=pair.line.number,
            payment=pair.payment.number,
            amount=Money(pair.line.amount_fen),
            how=_(rules.HOW[pair.how]),
        )
        for pair in found
    )
    document = {
        "number": "",
        "state": "matched",
        "matches": [
            {"line": pair.line.number, "payment": pair.payment.number, "how": pair.how}
            for pair in found
        ],
    }
    return Outcome(document, says)


def link(work: Work, line_reference: str, payment_reference: str) -> Outcome:
    """Say by hand which payment a line proves; the amounts must be equal."""
    require(work, "reconcile.link")
    line = queries.find_line(work.reader, line_reference, work.speaker)
    payment = payments.find(work.reader, payment_reference, work.speaker)
    _refuse_settled(work, line, payment["id"])
    if payment["method"] == "cash":
        raise Refused(
            _("{payment} is cash from the drawer: no statement line proves it").format(
                payment=payment["number"]
            ),
            code="E-BNK-005",
            rules=["RTL-DUT-07"],
            fix=["kac reconcile list --open"],
        )
    if line["received_fen"] != payment["amount_fen"]:
        raise Refused(
            _("{line} is {received}, {payment} is {amount}: they differ").format(
                line=line["number"],
                received=Money(line["received_fen"]),
                payment=payment["number"],
                amount=Money(payment["amount_fen"]),
            ),
            code="E-BNK-002",
            rules=["RTL-DUT-07"],
        )
    _write(work, line["id"], payment["id"], "linked", work.note)
    work.record("link", line["number"], payment=payment["number"])
    says = _("{line} proves {payment}").format(line=line["number"], payment=payment["number"])
    return Outcome(
        {"number": line["number"], "state": "linked", "payment": payment["number"]}, (says,)
    )


def ignore(work: Work, line_reference: str, reason: str) -> Outcome:
    """Say why a line is no customer's payment."""
    require(work, "reconcile.link")
    why = required_text(reason, field=_("reason"))
    line = queries.find_line(work.reader, line_reference, work.speaker)
    _refuse_settled(work, line, None)
    _write(work, line["id"], None, "ignored", why)
    work.record("ignore", line["number"], reason=why)
    says = _("{line} is set aside: {reason}").format(line=line["number"], reason=why)
    return Outcome({"number": line["number"], "state": "ignored"}, (says,))


def _refuse_settled(work: Work, line: Row, payment_id: int | None) -> None:
    if not line["received_fen"]:
        raise BadInput(
            _("{line} is money that went out").format(line=line["number"]), code="E-BNK-003"
        )
    taken = work.reader.first(
        "SELECT b.number AS line, m.how, coalesce(y.number, '') AS payment FROM bank_match m"
        " JOIN bank_line b ON b.id = m.bank_line_id LEFT JOIN payment y ON y.id = m.payment_id"
        " WHERE m.bank_line_id = :line OR m.payment_id = :payment",
        line=line["id"],
        payment=payment_id,
    )
    if taken:
        raise Refused(
            _("{line} is settled already: {how} {payment}").format(
                **{**dict(taken), "how": _(rules.HOW[taken["how"]])}
            ),
            code="E-BNK-001",
            fix=["kac reconcile list"],
        )


def _write(work: Work, line_id: int, payment_id: int | None, how: str, reason: str = "") -> None:
    from kac.desk.bank.tables import BankMatch

    work.add(
        BankMatch(
            bank_line_id=line_id,
            payment_id=payment_id,
            how=how,
            reason=reason,
            by=work.actor.code,
            at=work.now,
        )
    )
