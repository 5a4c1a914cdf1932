"""Every table there is, with the foreign keys between nouns; for migrations and tests alone."""

from __future__ import annotations

from sqlalchemy import ForeignKeyConstraint, MetaData
from sqlmodel import SQLModel

import kac.db.ledger_tables
import kac.db.tables
import kac.desk.adjustments.tables
import kac.desk.allocations.tables
import kac.desk.amendments.tables
import kac.desk.approvals.tables
import kac.desk.assessments.tables
import kac.desk.bank.tables
import kac.desk.boxes.tables
import kac.desk.callbacks.tables
import kac.desk.campaigns.tables
import kac.desk.card_sales.tables
import kac.desk.cards.tables
import kac.desk.catalogue.tables
import kac.desk.cheques.tables
import kac.desk.contracts.tables
import kac.desk.credits.tables
import kac.desk.customers.tables
import kac.desk.delegations.tables
import kac.desk.dispatch.tables
import kac.desk.dossiers.tables
import kac.desk.expenses.tables
import kac.desk.fulfilments.tables
import kac.desk.guarantees.tables
import kac.desk.inquiries.tables
import kac.desk.invoices.tables
import kac.desk.ious.tables
import kac.desk.limits.tables
import kac.desk.negotiations.tables
import kac.desk.openings.tables
import kac.desk.orders.review_tables
import kac.desk.orders.tables
import kac.desk.papers.tables
import kac.desk.payments.tables
import kac.desk.prices.tables
import kac.desk.promises.tables
import kac.desk.purchases.tables
import kac.desk.quotations.tables
import kac.desk.rebates.tables
import kac.desk.receipts.tables
import kac.desk.receivables.tables
import kac.desk.refunds.tables
import kac.desk.returns.tables
import kac.desk.rosters.tables
import kac.desk.securities.tables
import kac.desk.settlement_days.tables
import kac.desk.shipments.tables
import kac.desk.shortages.tables
import kac.desk.staff.tables
import kac.desk.statements.tables
import kac.desk.stock.reservation_tables
import kac.desk.stock.tables
import kac.desk.tabulations.tables
import kac.desk.takings.tables
import kac.desk.transfers.tables
import kac.desk.vehicles.tables
import kac.desk.visits.tables
import kac.desk.waivers.tables
import kac.desk.wholesale.tables
import kac.desk.workdays.tables
import kac.ledger.tables  # noqa: F401

# Rows that change: everything else is append-only, and nothing at all is ever deleted.
MUTABLE = frozenset(
    {
        "approval",
        "campaign",
        "campaign_owner",
        "cheque",
        "card_sale",
        "contract",
        "credit_application",
        "customer",
        "customer_contact",
        "dispatch",
        "expense",
        "goods_return",
        "held_draw",
        "inquiry",
        "invoice",
        "iou",
        "ka_application",
        "ledger_info",
        "number_counter",
        "payment",
        "policy_change",
        "product",
        "purchase",
        "quotation",
        "rebate",
        "refund",
        "sales_order",
        "security_deposit",
        "settlement_day",
        "shipment",
        "staff",
        "visit",
        "staff_attempt",
        "statement",
        "stock_adjustment",
        "stock_transfer",
        "taking",
        "wholesale_sale",
    }
)


def whole_metadata() -> MetaData:
    """All tables, with a deferred foreign key for every column that says what it refers to."""
    whole = MetaData(naming_convention=SQLModel.metadata.naming_convention)
    for table in SQLModel.metadata.tables.values():
        copy = table.to_metadata(whole)
        for column in table.columns:
            if "refers" in column.info:
                copy.append_constraint(
                    ForeignKeyConstraint(
                        [column.name],
                        [f"{column.info['refers']}.id"],
                        deferrable=True,
                        initially="DEFERRED",
                    )
                )
    return whole
