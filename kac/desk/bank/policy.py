"""Policy of matching: what each sign is worth, the bar, and what a bank charge may be."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class BankPolicy:
    """Points of each sign (RTL-DUT-07), `other_reference` against a pair; at `bar` it is linked.

    `days` is how far apart the statement's day and the payment's may be, `channels` through what
    each method of payment moves, `fee_account` where a charge that the bank kept is booked.
    """

    bar: int
    reference: int
    quoted: int
    amount: int
    amount_less_fee: int
    payer: int
    payer_account: int
    day: int
    alone: int
    other_reference: int
    days: int
    highest_fee_fen: int
    fee_account: str
    channels: dict[str, str]
