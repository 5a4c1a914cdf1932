"""Rules of matching: signs are counted and shown, and among equals nothing is ever chosen.

A line proves a payment by itself only at the bar, to the fen, and without a rival on either side.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from operator import attrgetter
from typing import NamedTuple

from kac.core.i18n import N_, _
from kac.core.text import narrow
from kac.core.values import dataclass
from kac.desk.bank.policy import BankPolicy


@dataclass(frozen=True)
class StatementLine:
    """One line as a bank writes it; one of both amounts is above zero, in fen.

    `identity` is what tells it from every other line of the account; `fee_fen` is what a payment
    service keeps of the amount.
    """

    channel: str
    profile: str
    account: str
    reference: str
    identity: str
    day: date
    summary: str
    counterparty: str
    counterparty_account: str
    received_fen: int
    paid_fen: int
    fee_fen: int = 0


@dataclass(frozen=True)
class OpenLine:
    """A receipt on a statement, with what of it no payment has used yet."""

    id: int
    number: str
    channel: str
    reference: str
    day: date
    text: str
    counterparty: str
    counterparty_account: str
    amount_fen: int


@dataclass(frozen=True)
class OpenPayment:
    """Money recorded, with what of it no line proves yet; `numbers` are what a payer may quote."""

    id: int
    number: str
    numbers: tuple[str, ...]
    channel: str
    reference: str
    payer: str
    day: date
    amount_fen: int


# Whose money came from an account, or from a name, in links that stand.
Learned = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Known:
    """What earlier links tell: payers by account and name, and the pairs that people took apart."""

    payers: Learned
    parted: frozenset[tuple[int, int]] = frozenset()


class Reason(NamedTuple):
    """One sign that a line is a payment's, or that it is not, and its points."""

    name: str
    points: int


@dataclass(frozen=True)
class Candidate:
    """Payments that a line may prove, with the signs that speak for it."""

    line: OpenLine
    payments: tuple[OpenPayment, ...]
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """All points."""
        return sum(reason.points for reason in self.reasons)

    @property
    def how(self) -> str:
        """The surest sign, by which the pair is known."""
        found = {reason.name for reason in self.reasons}
        return next((name for name in ("reference", "quoted") if name in found), "payer")

    @property
    def numbers(self) -> list[str]:
        """The numbers of the payments."""
        return [payment.number for payment in self.payments]

    @property
    def difference_fen(self) -> int:
        """What the payments are more than the line."""
        return sum(payment.amount_fen for payment in self.payments) - self.line.amount_fen


# What people call each way in which a line was settled; the last three are a person's.
HOW = {
    "reference": N_("reference"),
    "quoted": N_("quoted"),
    "payer": N_("payer"),
    "linked": N_("linked"),
    "ignored": N_("ignored"),
    "unlinked": N_("unlinked"),
}
REASONS = {
    "reference": N_("same reference"),
    "quoted": N_("its number is quoted"),
    "amount": N_("same amount"),
    "amount_less_fee": N_("same amount less a charge"),
    "payer": N_("same payer"),
    "payer_account": N_("account known for this payer"),
    "day": N_("days close together"),
    "alone": N_("nothing else of this amount"),
    "other_reference": N_("another reference"),
}
_WORD = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")
_SHORTEST_NUMBER = 4


def quoted_words(text: str) -> frozenset[str]:
    """The numbers that stand in a text, as they are compared: `DD202611200001`, `WX0029`."""
    return frozenset(map(_bare, _WORD.findall(narrow(text).upper())))


def _bare(number: str) -> str:
    return number.upper().replace("-", "")


def number_keys(payment: OpenPayment) -> Iterator[str]:
    """How the numbers that a payer may quote are compared; short words are no numbers."""
    for number in payment.numbers:
        bare = _bare(number)
        if len(bare) >= _SHORTEST_NUMBER and any(map(str.isdigit, bare)):
            yield bare


def learnt_keys(line: OpenLine) -> list[str]:
    """By what the payer of a line is known again: the account, or else the name."""
    return [line.counterparty_account or line.counterparty] if line.counterparty else []


def weigh(
    line: OpenLine, payments: Sequence[OpenPayment], policy: BankPolicy, known: Known, alone: bool
) -> Candidate:
    """Everything that speaks for these payments being what the line paid; all of them share it."""
    words = quoted_words(line.text)
    payers = {payer for key in learnt_keys(line) for payer in known.payers.get(key, ())}
    sum_fen = sum(payment.amount_fen for payment in payments)
    signs = {
        "reference": all(same_reference(line, payment) for payment in payments),
        "quoted": all(not words.isdisjoint(number_keys(payment)) for payment in payments),
        "amount": sum_fen == line.amount_fen,
        "amount_less_fee": 0 < sum_fen - line.amount_fen <= policy.highest_fee_fen,
        "payer": all(p.payer and p.payer == line.counterparty for p in payments),
        "payer_account": all(payment.payer in payers for payment in payments),
        "day": all(abs((line.day - p.day).days) <= policy.days for p in payments),
        "alone": alone,
    }
    other = any(p.reference and line.reference for p in payments) and not signs["reference"]
    signs["other_reference"] = other and not signs["quoted"]
    points = {name: getattr(policy, name) for name, there in signs.items() if there}
    if "other_reference" in points:
        points["other_reference"] *= -1
    return Candidate(line, tuple(payments), tuple(Reason(*each) for each in points.items()))


def same_reference(line: OpenLine, payment: OpenPayment) -> bool:
    """Whether the cashier wrote down the reference that the bank gives."""
    return bool(payment.reference) and line.reference.upper() == payment.reference.upper()


def says(candidate: Candidate) -> str:
    """The signs in words, each with its points."""
    return ", ".join(f"{_(REASONS[each.name])} {each.points}" for each in candidate.reasons)


class Share(NamedTuple):
    """What one payment takes of a line, in fen; the bank kept `fee_fen` of it."""

    line_fen: int
    payment_fen: int
    fee_fen: int


def shares(
    line_fen: int, payments_fen: Sequence[int], fee_fen: int = 0, part: bool = False
) -> list[Share]:
    """How a line is spread over payments; empty where it does not come out.

    To the fen; or with a charge that the bank kept, which the last payment bears; or, with `part`,
    in turn as far as the line goes, and what is left on either side stays open.
    """
    due = sum(payments_fen)
    if due == line_fen + fee_fen and (not fee_fen or payments_fen[-1] > fee_fen):
        exact = [Share(amount, amount, 0) for amount in payments_fen]
        return [*exact[:-1], Share(payments_fen[-1] - fee_fen, payments_fen[-1], fee_fen)]
    if not part or fee_fen:
        return []
    spread = []
    for amount in payments_fen:
        taken = min(amount, line_fen)
        line_fen -= taken
        if taken:
            spread.append(Share(taken, taken, 0))
    return spread


def match(
    lines: Sequence[OpenLine], payments: Sequence[OpenPayment], policy: BankPolicy, known: Known
) -> list[Candidate]:
    """What is certain: to the fen, at the bar, and with no rival at the bar on either side.

    Each pair that is found takes its rivals away and may teach whose an account is, so it goes on
    until nothing more is found: a second run on the same night finds nothing either.
    """
    found: list[Candidate] = []
    payers = dict(known.payers)
    lines, payments = list(lines), list(payments)
    while sure := _sure(lines, payments, policy, Known(payers, known.parted)):
        found += sure
        for each in sure:
            for key in learnt_keys(each.line):
                payers[key] = payers.get(key, frozenset()) | {each.payments[0].payer}
        taken = {each.line.id for each in sure}, {p.id for each in sure for p in each.payments}
        lines = [line for line in lines if line.id not in taken[0]]
        payments = [payment for payment in payments if payment.id not in taken[1]]
    return found


def _sure(
    lines: Sequence[OpenLine], payments: Sequence[OpenPayment], policy: BankPolicy, known: Known
) -> list[Candidate]:
    """The candidates at the bar whose line and payments stand in no other one at the bar."""
    index = _Index(lines, payments, known)
    at_bar = [
        candidate
        for line in lines
        for candidate in index.candidates(line, policy)
        if candidate.score >= policy.bar
    ]
    of_line = Counter(each.line.id for each in at_bar)
    of_payment = Counter(payment.id for each in at_bar for payment in each.payments)
    return [
        each
        for each in at_bar
        if of_line[each.line.id] == 1 and all(of_payment[p.id] == 1 for p in each.payments)
    ]


class _Index:
    """Payments by every sign that could bring one of them to the bar, so that no pair is missed.

    Amount, days and being alone are no signs of whose money it is: something else must speak too.
    """

    def __init__(
        self, lines: Sequence[OpenLine], payments: Sequence[OpenPayment], known: Known
    ) -> None:
        self.known = known
        self.by_reference = _grouped((p.reference.upper(), p) for p in payments if p.reference)
        self.by_number = _grouped((key, p) for p in payments for key in set(number_keys(p)))
        self.by_payer = _grouped(((p.payer, p.amount_fen), p) for p in payments if p.payer)
        self.by_channel = _grouped((p.channel, p) for p in payments)
        for of_channel in self.by_channel.values():
            of_channel.sort(key=lambda payment: (payment.amount_fen, payment.id))
        self.theirs = _grouped(((p.channel, p.payer), p) for p in payments if p.payer)
        self.lines_of = Counter((line.channel, line.amount_fen) for line in lines)
        self.payments_of = Counter((p.channel, p.amount_fen) for p in payments)

    def candidates(self, line: OpenLine, policy: BankPolicy) -> Iterator[Candidate]:
        """What a line may prove by itself: one payment, or all that it quotes."""
        quoted = {
            payment.id: payment
            for word in quoted_words(line.text)
            for payment in self.by_number.get(word, ())
            if self._possible(line, payment)
        }
        single = [
            *self.by_reference.get(line.reference.upper(), ()),
            *quoted.values(),
            *(self._of_payers(line) if self._payer_is_enough(line, policy) else ()),
        ]
        for payment in {p.id: p for p in single}.values():
            if payment.amount_fen == line.amount_fen and self._possible(line, payment):
                yield weigh(line, [payment], policy, self.known, self.alone(line))
        many = sorted(quoted.values(), key=lambda payment: payment.id)
        if len(many) > 1 and sum(p.amount_fen for p in many) == line.amount_fen:
            yield weigh(line, many, policy, self.known, alone=True)

    def payers(self, line: OpenLine) -> set[str]:
        """Whose money a line may be, by its name and by what its account is known for."""
        learnt = {p for key in learnt_keys(line) for p in self.known.payers.get(key, ())}
        return ({line.counterparty} | learnt) - {""}

    def _of_payers(self, line: OpenLine) -> Iterator[OpenPayment]:
        for payer in self.payers(line):
            yield from self.by_payer.get((payer, line.amount_fen), ())

    def _payer_is_enough(self, line: OpenLine, policy: BankPolicy) -> bool:
        """Whether all signs of a payer together could reach the bar; else nobody looks at them."""
        most = policy.amount + policy.payer + policy.payer_account + policy.day
        return most + (policy.alone if self.alone(line) else 0) >= policy.bar

    def near(self, line: OpenLine, most_fen: int) -> list[OpenPayment]:
        """Payments of the line's channel that are its amount, or at most so much more."""
        mine = self.by_channel.get(line.channel, [])
        amount = attrgetter("amount_fen")
        first = bisect_left(mine, line.amount_fen, key=amount)
        return mine[first : bisect_right(mine, line.amount_fen + most_fen, key=amount)]

    def _possible(self, line: OpenLine, payment: OpenPayment) -> bool:
        parted = (line.id, payment.id) in self.known.parted
        return payment.channel == line.channel and not parted

    def alone(self, line: OpenLine) -> bool:
        """Whether no other line and no other payment of this channel has the amount."""
        key = line.channel, line.amount_fen
        return self.lines_of[key] == 1 and self.payments_of[key] == 1


def _grouped(pairs: Iterable[tuple[Hashable, OpenPayment]]) -> dict[Hashable, list[OpenPayment]]:
    groups: dict[Hashable, list[OpenPayment]] = {}
    for key, payment in pairs:
        groups.setdefault(key, []).append(payment)
    return groups


class Offers:
    """What a person may link each line to; nothing here is linked by itself."""

    def __init__(
        self,
        lines: Sequence[OpenLine],
        payments: Sequence[OpenPayment],
        policy: BankPolicy,
        known: Known,
    ) -> None:
        self.policy, self.known = policy, known
        self._index = _Index(lines, payments, known)

    def of(self, line: OpenLine) -> list[Candidate]:
        """All payments of the amount, all within a bank charge of it, the likeliest first.

        Beside them the one set of a payer's payments that makes up the amount, where there is
        exactly one.
        """
        alone = self._index.alone(line)
        found = [
            weigh(line, [payment], self.policy, self.known, alone)
            for payment in self._index.near(line, self.policy.highest_fee_fen)
        ]
        theirs = [
            payment
            for payer in sorted(self._index.payers(line))
            for payment in self._index.theirs.get((line.channel, payer), ())
        ]
        if together := _only_sum(theirs, line.amount_fen):
            found.append(weigh(line, together, self.policy, self.known, alone=True))
        return sorted(found, key=lambda each: (-each.score, each.payments[0].id))


_MOST_ADDED = 12


def _only_sum(payments: Sequence[OpenPayment], amount_fen: int) -> list[OpenPayment]:
    """The two or more payments that make up an amount, where only one choice of them does."""
    if len(payments) > _MOST_ADDED:
        return []
    found: list[list[OpenPayment]] = []
    for size in range(2, len(payments) + 1):
        sets = combinations(payments, size)
        found += [list(some) for some in sets if sum(p.amount_fen for p in some) == amount_fen]
    return found[0] if len(found) == 1 else []
