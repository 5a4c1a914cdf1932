"""Policy of call-backs: when customers are called after a delivery, and when once more."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class AfterSalesPolicy:
    """FLW-AFT-02: within `call_days` of the signature, and `again_days` after a call that settled
    nothing. A first call that was never made lapses after `lapse_days`.
    """

    call_days: int
    again_days: int
    lapse_days: int
