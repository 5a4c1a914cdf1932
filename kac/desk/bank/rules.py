"""Rules of matching: a bank line proves a payment by reference and amount, never by choice.

Among equals nothing is chosen: they are listed for a person to link.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from kac.core.i18n import N_


@dataclass(frozen=True)
class StatementLine:
    """One line as a bank writes it; one of both amounts is above zero, in fen."""

    account: str
    reference: str
    day: date
    summary: str
    counterparty: str
    received_fen: int
    paid_fen: int


@dataclass(frozen=True)
class OpenLine:
    """A receipt on a statement that nothing was matched to yet."""

    id: int
    number: str
    reference: str
    text: str
    counterparty: str
    amount_fen: int


@dataclass(frozen=True)
class OpenPayment:
    """A transfer that no bank line proves yet."""

    id: int
    number: str
    order: str
    reference: str
    payer: str
    amount_fen: int


@dataclass(frozen=True)
class Match:
    """A line with the payment that it proves, and by what it was known."""

    line: OpenLine
    payment: OpenPayment
    how: str


Same = Callable[[OpenLine, OpenPayment], bool]


def _by_reference(line: OpenLine, payment: OpenPayment) -> bool:
    return bool(payment.reference) and line.reference.upper() == payment.reference.upper()


def _quoted(line: OpenLine, payment: OpenPayment) -> bool:
    return payment.number in line.text or payment.order in line.text


def _by_payer(line: OpenLine, payment: OpenPayment) -> bool:
    """The same payer, where one of both has no reference to know it by."""
    if line.reference and payment.reference:
        return False
    return bool(payment.payer) and line.counterparty == payment.payer


# What people call each way in which a line was settled; the last two are a person's.
HOW = {
    "reference": N_("reference"),
    "quoted": N_("quoted"),
    "payer": N_("payer"),
    "linked": N_("linked"),
    "ignored": N_("ignored"),
}

# Tried in this order; the amount must be equal in each.
WAYS: tuple[tuple[str, Same], ...] = (
    ("reference", _by_reference),
    ("quoted", _quoted),
    ("payer", _by_payer),
)


def match(lines: Sequence[OpenLine], payments: Sequence[OpenPayment]) -> list[Match]:
    """Pairs that are each other's only candidate in one way of knowing, the surest way first.

    A pair may leave another one without its rival: it goes on until nothing is found, so that a
    second run on the same night finds nothing either.
    """
    found: list[Match] = []
    for amount in dict.fromkeys(line.amount_fen for line in lines):
        free_lines = [line for line in lines if line.amount_fen == amount]
        free_payments = [payment for payment in payments if payment.amount_fen == amount]
        while sure := _surest(free_lines, free_payments):
            found += sure
            taken = {m.line.id for m in sure}, {m.payment.id for m in sure}
            free_lines = [line for line in free_lines if line.id not in taken[0]]
            free_payments = [payment for payment in free_payments if payment.id not in taken[1]]
    return found


def _surest(lines: Sequence[OpenLine], payments: Sequence[OpenPayment]) -> list[Match]:
    """The pairs without a rival in the surest way that has any; all are of one amount."""
    for how, same in WAYS:
        pairs = [(line, payment) for line in lines for payment in payments if same(line, payment)]
        line_count = Counter(line.id for line, _payment in pairs)
        payment_count = Counter(payment.id for _line, payment in pairs)
        unique = [
            Match(line, payment, how)
            for line, payment in pairs
            if line_count[line.id] == 1 and payment_count[payment.id] == 1
        ]
        if unique:
            return unique
    return []


def candidates(line: OpenLine, payments: Sequence[OpenPayment]) -> list[OpenPayment]:
    """Payments of the same amount, for a person to choose from."""
    return [payment for payment in payments if payment.amount_fen == line.amount_fen]
