"""Entries: what is booked, as values. Each posting names both accounts, so it always balances."""

from __future__ import annotations

from kac.core.money import Money
from kac.core.values import dataclass
from kac.ledger.chart import ACCOUNTS


@dataclass(frozen=True, slots=True)
class Posting:
    """An amount above zero, from the credited to the debited account."""

    debit: str
    credit: str
    amount: Money

    def __post_init__(self) -> None:
        assert self.amount.fen > 0, "a posting moves something"
        assert self.debit != self.credit, "a posting has two accounts"
        assert self.debit in ACCOUNTS, self.debit
        assert self.credit in ACCOUNTS, self.credit

    def reversed(self) -> Posting:
        """The same amount the other way round."""
        return Posting(self.credit, self.debit, self.amount)


@dataclass(frozen=True, slots=True)
class Entry:
    """What one business event books. `key` names the event: booked once, whatever is repeated."""

    key: str
    document: str
    memo: str
    postings: tuple[Posting, ...]

    def reversed(self, why: str) -> Entry:
        """The entry that takes this one back."""
        return Entry(
            f"{self.key}:reversed", self.document, why, tuple(p.reversed() for p in self.postings)
        )


@dataclass(frozen=True, slots=True)
class Move:
    """Goods from one place to another, in base units, at what they cost."""

    key: str
    document: str
    product_id: int
    from_place: str
    to_place: str
    quantity: int
    value: Money

    def __post_init__(self) -> None:
        assert self.quantity > 0, "a move moves something"
        assert self.value.fen >= 0, "goods are never worth less than nothing"
        assert self.from_place != self.to_place, "a move has two places"


def value_of_part(value: Money, quantity: int, part: int) -> Money:
    """What `part` of `quantity` is worth at the moving average; the last piece takes all."""
    if part >= quantity:
        return value
    return Money((2 * value.fen * part + quantity) // (2 * quantity))
