"""Verbs of the bank statement: take one in, match it, link or set aside a line, take that back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kac.core.errors import BadInput, KacError, Refused
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.bank import postings, queries, rules
from kac.desk.bank.policy import BankPolicy
from kac.desk.bank.rules import Share, StatementLine
from kac.desk.payments import queries as payments
from kac.desk.payments.postings import ARRIVES
from kac.desk.payments.states import HELD, PAYMENT
from kac.desk.staff.actions import require
from kac.ledger import journal


def take_in(work: Work, batch: str, lines: Sequence[StatementLine]) -> tuple[int, int]:
    """Write the lines of a statement; (new ones, ones known from an earlier statement)."""
    from kac.desk.bank.tables import BankLine

    new = [line for line in lines if not _known(work, line)]
    work.add_all(
        [BankLine(number=work.number("YH"), **vars(line), batch=batch, at=work.now) for line in new]
    )
    return len(new), len(lines) - len(new)


def _known(work: Work, line: StatementLine) -> bool:
    return bool(
        work.reader.first(
            "SELECT 1 FROM bank_line WHERE account = :account AND identity = :identity"
            " AND received_fen = :received AND paid_fen = :paid",
            account=line.account,
            identity=line.identity,
            received=line.received_fen,
            paid=line.paid_fen,
        )
    )


def match(work: Work) -> Outcome:
    """Match what is certain: at the bar, to the fen, never a choice among equals (RTL-DUT-07)."""
    require(work, "reconcile.run")
    found = queries.certain(work.reader, _policy(work))
    for each in found:
        line = _line(work, each.line.id)
        shares = [Share(p.amount_fen, p.amount_fen, 0) for p in each.payments]
        ids = [payment.id for payment in each.payments]
        _settle(work, line, ids, shares, how=each.how, score=each.score, reason=rules.says(each))
        numbers = ", ".join(each.numbers)
        work.record("match", each.line.number, payment=numbers, how=each.how, score=each.score)
    says = tuple(
        _("{line} proves {payment}: {amount}, known by {how}").format(
            line=each.line.number,
            payment=", ".join(each.numbers),
            amount=Money(each.line.amount_fen),
            how=_(rules.HOW[each.how]),
        )
        for each in found
    )
    matches = [
        {
            "line": each.line.number,
            "payment": ", ".join(each.numbers),
            "how": each.how,
            "score": each.score,
        }
        for each in found
    ]
    return Outcome({"number": "", "state": "matched", "matches": matches}, says)


def link(
    work: Work,
    line_reference: str,
    payment_references: Sequence[str],
    fee: Money | None = None,
    part: bool = False,
) -> Outcome:
    """Say by hand which payments a line proves: to the fen, less a charge, or in part."""
    require(work, "reconcile.link")
    line = queries.find_line(work.reader, line_reference, work.speaker)
    _refuse_settled(line)
    fee_fen = _allowed_fee(work, fee)
    chosen = _chosen(work, payment_references)
    unproved = [row["amount_fen"] - queries.proved_fen(work.reader, row["id"]) for row in chosen]
    shares = rules.shares(line["received_fen"] - line["used_fen"], unproved, fee_fen, part)
    if not shares:
        raise _different(line, chosen, unproved, fee_fen)
    _settle(work, line, [row["id"] for row in chosen], shares, how="linked", reason=work.note)
    numbers = ", ".join(row["number"] for row, _share in zip(chosen, shares, strict=False))
    work.record("link", line["number"], payment=numbers, fee_fen=fee_fen)
    says = [_("{line} proves {payment}").format(line=line["number"], payment=numbers)]
    left = line["received_fen"] - line["used_fen"] - sum(share.line_fen for share in shares)
    if left:
        says.append(_("{amount} of it is still open").format(amount=Money(left)))
    document = {
        "number": line["number"],
        "state": "linked",
        "payment": numbers,
        "open": Money(left).plain(),
        "fee": Money(fee_fen).plain(),
    }
    return Outcome(document, tuple(says))


def ignore(work: Work, line_reference: str, reason: str) -> Outcome:
    """Say why a line, or what is left of it, is no customer's payment."""
    require(work, "reconcile.link")
    why = required_text(reason, field=_("reason"))
    line = queries.find_line(work.reader, line_reference, work.speaker)
    _refuse_settled(line)
    left = line["received_fen"] - line["used_fen"]
    _settle(work, line, [None], [Share(left, 0, 0)], how="ignored", reason=why)
    work.record("ignore", line["number"], reason=why)
    says = _("{line} is set aside: {reason}").format(line=line["number"], reason=why)
    return Outcome({"number": line["number"], "state": "ignored"}, (says,))


def unlink(work: Work, line_reference: str, reason: str) -> Outcome:
    """Take back what was said of a line; the rows stay, and each is reversed once.

    What it proved is unproved again, and the same pair is never linked by itself any more.
    """
    require(work, "reconcile.unlink")
    why = required_text(reason, field=_("reason"))
    line = queries.find_line(work.reader, line_reference, work.speaker)
    matches = queries.standing(work.reader, line["id"])
    if not matches:
        raise Refused(
            _("nothing was said of {line} that could be taken back").format(line=line["number"]),
            code="E-BNK-006",
            fix=[f"kac reconcile show {line['number']}"],
        )
    for row in matches:
        _reverse(work, line, row, why)
    freed = ", ".join(row["payment"] for row in matches if row["payment"])
    work.record("unlink", line["number"], payment=freed, reason=why)
    says = _("{line} is open again: {reason}").format(line=line["number"], reason=why)
    document = {"number": line["number"], "state": "open", "payment": freed}
    return Outcome(document, (says,), (f"kac reconcile show {line['number']}",))


def _policy(work: Work) -> BankPolicy:
    return work.house().section("bank", BankPolicy)


def _line(work: Work, line_id: int) -> Row:
    return work.reader.one("SELECT * FROM v_bank_line WHERE id = :id", id=line_id)


def _refuse_settled(line: Row) -> None:
    if not line["received_fen"]:
        raise BadInput(
            _("{line} is money that went out").format(line=line["number"]), code="E-BNK-003"
        )
    if line["used_fen"] >= line["received_fen"]:
        raise _settled(_("{line} is settled already").format(line=line["number"]), line["number"])


def _settled(says: str, line: str) -> Refused:
    return Refused(says, code="E-BNK-001", fix=[f"kac reconcile show {line}"])


def _allowed_fee(work: Work, fee: Money | None) -> int:
    """The charge in fen; one above what the policy believes of a bank is refused."""
    if fee is None:
        return 0
    highest = Money(_policy(work).highest_fee_fen)
    if fee.fen <= 0 or fee > highest:
        raise Refused(
            _("{fee} is no bank charge: they are above 0 and at most {highest}").format(
                fee=fee, highest=highest
            ),
            code="E-BNK-007",
            rules=["RTL-DUT-07"],
        )
    return fee.fen


def _chosen(work: Work, references: Sequence[str]) -> list[Row]:
    """The payments that were named, each once, standing, and of a kind that a bank shows."""
    chosen = [payments.find(work.reader, reference, work.speaker) for reference in references]
    for row in chosen:
        if row["method"] == "cash":
            raise Refused(
                _("{payment} is cash from the drawer: no statement line proves it").format(
                    payment=row["number"]
                ),
                code="E-BNK-005",
                rules=["RTL-DUT-07"],
                fix=["kac reconcile list --open"],
            )
        if row["state"] not in HELD:
            raise _settled(
                _("{payment} is {state}: no line proves it").format(
                    payment=row["number"], state=PAYMENT.label(row["state"])
                ),
                row["number"],
            )
        if queries.proved_fen(work.reader, row["id"]) >= row["amount_fen"]:
            raise _proved(work, row)
    if len({row["id"] for row in chosen}) < len(chosen):
        raise BadInput(_("the same payment is named twice"), code="E-BNK-008")
    return chosen


def _proved(work: Work, payment: Row) -> KacError:
    line = work.reader.value(
        "SELECT b.number FROM v_bank_match m JOIN bank_line b ON b.id = m.bank_line_id"
        " WHERE m.payment_id = :id ORDER BY m.id",
        id=payment["id"],
    )
    says = _("{payment} is proved already by {line}").format(payment=payment["number"], line=line)
    return _settled(says, line)


def _different(line: Row, chosen: Sequence[Row], unproved: Sequence[int], fee: int) -> Refused:
    left, due = line["received_fen"] - line["used_fen"], sum(unproved)
    numbers = " ".join(row["number"] for row in chosen)
    ways = [f"kac reconcile show {line['number']}"]
    if due != left:
        ways.append(f"kac reconcile link {line['number']} {numbers} --part")
    return Refused(
        _("{line} is {received}, {payment} is {amount}: they differ").format(
            line=line["number"], received=Money(left), payment=numbers, amount=Money(due)
        ),
        code="E-BNK-002",
        rules=["RTL-DUT-07"],
        cause=[_("the difference is {amount}").format(amount=Money(due - left - fee))],
        fix=ways,
    )


def _settle(
    work: Work,
    line: Row,
    payment_ids: Sequence[int | None],
    shares: Sequence[Share],
    **said: Any,
) -> None:
    """Write what each payment takes of a line; the first bears what the statement kept of it."""
    kept = 0 if queries.standing(work.reader, line["id"]) else line["fee_fen"]
    for payment_id, share in zip(payment_ids, shares, strict=False):
        fee_fen = share.fee_fen + (kept if payment_id is not None else 0)
        row = _write(work, line, payment_id, share, fee_fen=fee_fen, **said)
        kept = 0
        if fee_fen:
            _book_charge(work, row.id, line["number"], payment_id, Money(fee_fen))


def _book_charge(work: Work, match_id: int, line: str, payment_id: int | None, fee: Money) -> None:
    """The charge is taken from where the money of the payment lies."""
    method = work.reader.value("SELECT method FROM v_payment WHERE id = :id", id=payment_id)
    account = _policy(work).fee_account
    journal.post(work, postings.charge(match_id, line, account, ARRIVES[method], fee))


def _reverse(work: Work, line: Row, match_row: Row, why: str) -> None:
    nothing = Share(0, 0, 0)
    _write(work, line, None, nothing, how="unlinked", reason=why, reverses_id=match_row["id"])
    if match_row["fee_fen"]:
        key = f"bank_match:{match_row['id']}:fee"
        booked = work.reader.one(
            "SELECT p.debit, p.credit, p.amount_fen FROM journal_entry e"
            " JOIN posting p ON p.entry_id = e.id WHERE e.key = :key",
            key=key,
        )
        amount = Money(booked["amount_fen"])
        charge = postings.charge(
            match_row["id"], line["number"], booked["debit"], booked["credit"], amount
        )
        journal.post(work, charge.reversed("bank charge taken back"))


def _write(
    work: Work, line: Row, payment_id: int | None, share: Share, fee_fen: int = 0, **said: Any
) -> Any:
    from kac.desk.bank.tables import BankMatch

    return work.add(
        BankMatch(
            bank_line_id=line["id"],
            payment_id=payment_id,
            line_fen=share.line_fen,
            payment_fen=share.payment_fen,
            fee_fen=fee_fen,
            by=work.actor.code,
            at=work.now,
            **{"score": 0, "reason": "", "reverses_id": None, **said},
        )
    )
