"""Policy of approvals: who checks discounts, who grants concessions."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ApprovalPolicy:
    """The check of RTL-ORD-04 and the concession of RTL-REC-15, each with its role and rule."""

    discount_check_role: str
    discount_check_rule: str
    concession_role: str
    concession_rule: str
