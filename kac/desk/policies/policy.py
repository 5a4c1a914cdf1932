"""The shape of a policy set: its sections, and the kind of every table in them.

The dataclass that a noun reads its section with is the one definition of that section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kac.core import policyfile, shape
from kac.core.dotted import figures
from kac.core.i18n import _
from kac.core.values import dataclass
from kac.desk.allocations.policy import CollectionPolicy
from kac.desk.approvals.policy import ApprovalPolicy, MatrixRow
from kac.desk.assessments.policy import GradePolicy
from kac.desk.bank.policy import BankPolicy
from kac.desk.boxes.policy import BoxPolicy
from kac.desk.callbacks.policy import AfterSalesPolicy
from kac.desk.campaigns.policy import CampaignItem, CampaignPolicy
from kac.desk.cheques.policy import ChequePolicy
from kac.desk.contracts.policy import ContractPolicy, SecurityPolicy
from kac.desk.credits.policy import CountyPolicy
from kac.desk.customers.policy import ClassPolicy, ClassRule, FilingPolicy
from kac.desk.delegations.policy import DelegationPolicy
from kac.desk.deliveries.policy import DeliveryPolicy
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.discounts.policy import DiscountPolicy, DiscountRow
from kac.desk.dispatch.policy import Department, DispatchPolicy
from kac.desk.dossiers.policy import DossierPolicy, ItemRule
from kac.desk.expenses.policy import ExpensePolicy
from kac.desk.fulfilments.policy import FulfilmentPolicy
from kac.desk.inquiries.policy import InquiryPolicy, Intent
from kac.desk.invoices.policy import InvoicePolicy
from kac.desk.limits.policy import CreditPolicy
from kac.desk.margins.policy import MarginPolicy, Tier
from kac.desk.orders.policy import OrderPolicy
from kac.desk.purchases.policy import PurchasePolicy
from kac.desk.quotations.policy import QuotationPolicy
from kac.desk.rebates.policy import RebatePolicy
from kac.desk.receivables.policy import ReceivablePolicy
from kac.desk.refunds.policy import RefundPolicy
from kac.desk.reports.policy import ReportPolicy
from kac.desk.returns.policy import ReturnPolicy
from kac.desk.rosters.policy import SettlementPolicy, SignatureRule
from kac.desk.shipments.policy import ShipmentPolicy
from kac.desk.staff.policy import AccessPolicy
from kac.desk.statements.policy import StatementPolicy
from kac.desk.stock.policy import StockPolicy
from kac.desk.tabulations.policy import OrderTablePolicy
from kac.desk.takings.policy import TakingPolicy
from kac.desk.visits.policy import VisitPolicy

WHOLE_BP = 10000


@dataclass(frozen=True)
class ScreeningPolicy:
    """By what candidates for key accounts are looked at (CRG-SCR-01)."""

    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Permission:
    """Who may do a verb, by which rule, and the roles to which a rule forbids it."""

    roles: tuple[str, ...]
    rule: str
    forbidden: dict[str, str] | None = None


@dataclass(frozen=True)
class Amounts:
    """A band of amounts, half-open."""

    from_fen: int
    to_fen: int | None = None


@dataclass(frozen=True)
class Filing:
    """Who files contracts, by which rule, and the amounts that wait for it."""

    role: str
    rule: str
    blocks: Amounts


@dataclass(frozen=True)
class Splitting:
    """Over how many days contracts are added up, and what the sum does."""

    days: int
    mode: str


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a body: the key, what is wrong, the rules that say so."""

    key: str
    says: str
    rules: tuple[str, ...] = ()


SECTIONS: Mapping[str, type[Any]] = {
    "classes": ClassPolicy,
    "grades": GradePolicy,
    "screening": ScreeningPolicy,
    "filing": FilingPolicy,
    "visits": VisitPolicy,
    "campaign": CampaignPolicy,
    "margins": MarginPolicy,
    "discounts": DiscountPolicy,
    "approvals": ApprovalPolicy,
    "delegation": DelegationPolicy,
    "dossier": DossierPolicy,
    "contracts": ContractPolicy,
    "security": SecurityPolicy,
    "credit": CreditPolicy,
    "cheque": ChequePolicy,
    "county": CountyPolicy,
    "takings": TakingPolicy,
    "statement": StatementPolicy,
    "settlement": SettlementPolicy,
    "expenses": ExpensePolicy,
    "deposit": DepositPolicy,
    "collection": CollectionPolicy,
    "invoice": InvoicePolicy,
    "receivable": ReceivablePolicy,
    "rebate": RebatePolicy,
    "refund": RefundPolicy,
    "returns": ReturnPolicy,
    "aftersales": AfterSalesPolicy,
    "inquiry": InquiryPolicy,
    "quotation": QuotationPolicy,
    "order": OrderPolicy,
    "delivery": DeliveryPolicy,
    "fulfilment": FulfilmentPolicy,
    "box": BoxPolicy,
    "order_table": OrderTablePolicy,
    "dispatch": DispatchPolicy,
    "stock": StockPolicy,
    "purchase": PurchasePolicy,
    "shipment": ShipmentPolicy,
    "report": ReportPolicy,
    "bank": BankPolicy,
    "access": AccessPolicy,
}
# What the rows and tables are that sections keep as plain dictionaries.
ROWS: Mapping[str, type[Any]] = {
    "classes.table": ClassRule,
    "inquiry.intents": Intent,
    "margins.tiers": Tier,
    "discounts.table": DiscountRow,
    "approvals.matrix": MatrixRow,
    "campaign.items": CampaignItem,
    "dossier.items": ItemRule,
    "contracts.filing": Filing,
    "settlement.signatures": SignatureRule,
    "contracts.split": Splitting,
    "dispatch.departments": Department,
    "returns.departments": Department,
}
# What a set says of itself, and the tables whose keys are names.
HEADS: Mapping[str, Any] = {"set": str, "parent": str, "sources": tuple[str, ...]}
TABLES: Mapping[str, Any] = {
    "includes": dict[str, tuple[str, ...]],
    "verb": dict[str, Permission],
}
_KINDS: Mapping[str, Any] = {**HEADS, **SECTIONS, **TABLES}
# Whole numbers that mean nothing below one.
_AT_LEAST_ONE = frozenset(
    {
        "pin_length",
        "pin_failures",
        "session_hours",
        "most_lines",
        "season_days",
        "delivery_signatures",
        "fewest_valid",
        "call_after_days",
    }
)


def known_verbs() -> frozenset[str]:
    """Every verb that the product asks a permission for: those of the sets that it ships."""
    sets = policyfile.shipped().values()
    return frozenset(verb for body in sets for verb in body.get("verb", {}))


def misshapen(body: Mapping[str, Any]) -> Iterator[Fault]:
    """Unknown and missing keys, wrong types, figures out of range; each by its dotted key."""
    for key in ("set", "sources"):
        if key not in body:
            yield Fault(key, _("is missing"))
    for key, value in body.items():
        if key in _KINDS:
            found = shape.misfits(value, _KINDS[key], key, ROWS)
            yield from (Fault(where, says) for where, says in found)
        else:
            yield Fault(key, _("no section has this name"))
    for key, figure in figures(body):
        yield from _out_of_range(key, figure)


def _out_of_range(key: str, figure: int) -> Iterator[Fault]:
    name = key.rsplit(".", 1)[-1]
    least = 1 if name in _AT_LEAST_ONE else 0
    if name.endswith("_bp") and not 0 <= figure <= WHOLE_BP:
        says = _("{value} is no rate: 0 to {whole} basis points")
        yield Fault(key, says.format(value=figure, whole=WHOLE_BP))
    elif figure < least:
        says = _("{value} is too little: {least} at least")
        yield Fault(key, says.format(value=figure, least=least))


def in_order(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with its sections as they are published, and their keys as they are defined."""
    names = dict.fromkeys([*(name for name in _KINDS if name in body), *body])
    return {name: shape.ordered(body[name], _KINDS.get(name), name, ROWS) for name in names}
