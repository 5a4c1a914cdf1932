"""Policy of the order form: its copies; and everything that the gates of an order are judged by."""

from __future__ import annotations

from collections.abc import Mapping

from kac.core.values import dataclass
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.customers.policy import FilingPolicy
from kac.desk.discounts.policy import DiscountPolicy
from kac.desk.margins.policy import MarginPolicy


@dataclass(frozen=True)
class OrderPolicy:
    """Who keeps which copy of the form, and who is given the photocopy (RTL-ORD-06..09)."""

    copies: tuple[str, ...]
    photocopy: str
    most_lines: int


@dataclass(frozen=True)
class OrderPolicies:
    """The sections that judge an order, in the version that it was made under.

    `may` maps a verb to the roles that do it, so that a closed gate can say who opens it.
    """

    filing: FilingPolicy
    margins: MarginPolicy
    discounts: DiscountPolicy
    approvals: ApprovalPolicy
    order: OrderPolicy
    may: Mapping[str, tuple[str, ...]]
