"""Policy of cheques: how long one may be presented."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class ChequePolicy:
    """`valid_days` after its date a bank takes a cheque no more; the day itself is not counted."""

    valid_days: int
