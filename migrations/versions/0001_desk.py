"""The first schema: the desk from the customer's file to the reconciled ledger."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from alembic import op

from kac.db.columns import Instant
from kac.db.guards import append_only, fixed, no_delete, no_replace, no_swap

revision = "0001"
down_revision = None

APPEND_ONLY = [
    "customer_call",
    "outing_excuse",
    "approval_signature",
    "attachment",
    "audit",
    "bank_line",
    "bank_match",
    "calendar_day",
    "callback",
    "card_allocation",
    "card_batch",
    "card_receipt",
    "card_return",
    "command",
    "contract_filing",
    "contract_version",
    "credit_grade",
    "credit_limit",
    "custody_note",
    "customer_evaluation",
    "delegation",
    "delegation_end",
    "deposit_exception",
    "dispatch_count",
    "dispatch_cut",
    "dispatch_line",
    "dispatch_refusal",
    "dossier_item",
    "dunning",
    "dunning_line",
    "guarantee_letter",
    "import_batch",
    "import_undo",
    "inquiry_line",
    "inquiry_step",
    "invoice_reversal",
    "journal_entry",
    "ka_application_event",
    "location",
    "negotiation",
    "order_line",
    "order_review",
    "paper_event",
    "payment_allocation",
    "policy",
    "posting",
    "campaign_call",
    "campaign_deposit",
    "campaign_tick",
    "price_decision",
    "opening_booking",
    "opening_decision",
    "opening_line",
    "opening_settlement",
    "opening_sheet",
    "price_sheet",
    "price_sheet_line",
    "product_price",
    "quotation_line",
    "reservation",
    "return_count",
    "return_credit",
    "return_fate",
    "return_line",
    "reservation_end",
    "settlement_handover",
    "settlement_keeper",
    "settlement_roster",
    "settlement_signature",
    "staff_role",
    "staff_role_end",
    "shipment_agreed",
    "shipment_line",
    "shipment_remittance",
    "shortage",
    "shortage_line",
    "shortage_step",
    "loss_statement",
    "stock_count",
    "stock_hold",
    "stock_hold_line",
    "stock_hold_use",
    "stock_promise",
    "stock_promise_arrival",
    "stock_promise_end",
    "purchase_line",
    "purchase_track",
    "purchase_answer",
    "purchase_arrival",
    "purchase_promise",
    "stock_transfer_arrival",
    "stock_transfer_line",
    "goods_receipt",
    "goods_receipt_line",
    "stock_move",
    "expense_signature",
    "taking_voucher",
    "vehicle_run",
    "box",
    "box_line",
    "box_opening",
    "vehicle_booking",
    "vehicle_word",
    "slip_hand",
    "delivery_wish",
    "order_table",
    "order_table_version",
    "order_table_line",
    "till_receipt",
    "till_line",
    "slip_step",
    "wholesale_line",
    "wholesale_price",
    "wholesale_return",
    "wholesale_return_line",
    "wholesale_red_invoice",
]
CHANGING = [
    "campaign",
    "campaign_owner",
    "visit",
    "statement",
    "cheque",
    "rebate",
    "refund",
    "approval",
    "card_sale",
    "contract",
    "credit_application",
    "customer",
    "customer_contact",
    "dispatch",
    "inquiry",
    "invoice",
    "expense",
    "goods_return",
    "held_draw",
    "iou",
    "ka_application",
    "ledger_info",
    "number_counter",
    "payment",
    "policy_change",
    "product",
    "purchase",
    "quotation",
    "sales_order",
    "settlement_day",
    "shipment",
    "security_deposit",
    "staff",
    "staff_attempt",
    "stock_adjustment",
    "stock_transfer",
    "taking",
    "wholesale_sale",
]
FIXED = {
    "campaign": [
        "number",
        "name",
        "event_day",
        "prepared_by",
        "policy_set",
        "policy_version",
        "on_day",
        "at",
    ],
    "campaign_owner": [
        "number",
        "campaign_id",
        "name",
        "phone",
        "channel",
        "registered_by",
        "on_day",
        "at",
    ],
    "visit": ["number", "prepared_by", "policy_set", "policy_version", "on_day", "at"],
    "invoice": [
        "number",
        "order_id",
        "kind",
        "title",
        "tax_number",
        "content",
        "amount_fen",
        "asked_by",
        "on_day",
    ],
    "statement": [
        "number",
        "customer_id",
        "from_day",
        "to_day",
        "follows",
        "last_entry",
        "opening_fen",
        "closing_fen",
        "made_by",
        "on_day",
    ],
    "cheque": [
        "number",
        "payment_id",
        "taking_id",
        "cheque_number",
        "bank",
        "drawer",
        "issued_on",
        "taken_by",
    ],
    "rebate": ["number", "order_id", "rate_bp", "amount_fen", "maker", "on_day"],
    "refund": [
        "number",
        "payment_id",
        "taking_id",
        "order_id",
        "amount_fen",
        "reason",
        "cancellation",
        "requested_by",
        "policy_set",
        "policy_version",
        "on_day",
    ],
    "goods_return": [
        "number",
        "order_id",
        "dispatch_id",
        "exchange_id",
        "origin",
        "reason",
        "late",
        "by_day",
        "location",
        "made_by",
        "policy_set",
        "policy_version",
        "on_day",
    ],
    "sales_order": [
        "number",
        "customer_id",
        "quotation_id",
        "quotation_revision",
        "replaces_id",
        "policy_set",
        "policy_version",
        "prepared_by",
        "on_day",
    ],
    "payment": [
        "number",
        "customer_id",
        "method",
        "amount_fen",
        "reference",
        "recorded_nth",
        "declared_by",
        "declared_for",
        "on_day",
    ],
    "dispatch": ["number", "order_id", "rest", "deposit_fen", "issued_by", "on_day"],
    "inquiry": ["number", "reply_due", "received_by", "policy_set", "policy_version", "on_day"],
    "quotation": [
        "number",
        "customer_id",
        "inquiry_id",
        "policy_set",
        "policy_version",
        "prepared_by",
        "on_day",
    ],
    "contract": [
        "number",
        "customer_id",
        "kind",
        "policy_set",
        "policy_version",
        "prepared_by",
        "on_day",
    ],
    "ka_application": [
        "number",
        "customer_id",
        "policy_set",
        "policy_version",
        "opened_by",
        "on_day",
    ],
    "security_deposit": ["number", "contract_id", "amount_fen", "method", "reference", "on_day"],
    "approval": ["number", "kind", "subject", "revision", "total_fen", "facts", "route", "maker"],
    "policy_change": [
        "number",
        "policy_set",
        "base_version",
        "from_day",
        "body",
        "reason",
        "proposed_by",
    ],
    "card_sale": [
        "number",
        "customer_id",
        "credit_id",
        "mode",
        "amount_fen",
        "policy_set",
        "policy_version",
        "prepared_by",
        "on_day",
    ],
    "credit_application": [
        "number",
        "customer_id",
        "amount_fen",
        "collection_on",
        "method",
        "credibility",
        "record",
        "exception",
        "prepared_by",
        "on_day",
    ],
    "iou": ["number", "card_sale_id", "amount_fen", "writer", "on_day"],
    "taking": [
        "number",
        "kind",
        "document",
        "customer_id",
        "amount_fen",
        "funds",
        "reference",
        "manager",
        "on_day",
    ],
    "settlement_day": ["number", "officer", "policy_set", "policy_version", "on_day"],
    "wholesale_sale": [
        "number",
        "customer_id",
        "credit_id",
        "mode",
        "location",
        "policy_set",
        "policy_version",
        "prepared_by",
        "on_day",
    ],
    "expense": [
        "number",
        "kind",
        "document",
        "location",
        "amount_fen",
        "proof",
        "spender",
        "on_day",
    ],
    "stock_adjustment": [
        "number",
        "product_id",
        "location",
        "quantity",
        "reason",
        "proposed_by",
        "on_day",
    ],
    "shipment": [
        "number",
        "customer_id",
        "office",
        "from_location",
        "supplier",
        "mark",
        "policy_set",
        "policy_version",
        "made_by",
        "on_day",
    ],
    "held_draw": ["number", "stock_hold_line_id", "quantity", "reason", "asked_by", "on_day"],
    "stock_transfer": ["number", "from_location", "to_location", "reason", "sent_by", "on_day"],
    "purchase": [
        "number",
        "order_id",
        "location",
        "urgency",
        "direct",
        "due_at",
        "prepared_by",
        "policy_set",
        "policy_version",
        "on_day",
    ],
    "customer": ["number"],
    "product": ["code", "scale"],
    "staff": ["code"],
}


def upgrade() -> None:
    """Make tables, then the guards behind them, then the published views."""
    tables()
    guards()
    views()


def guards() -> None:
    """Nothing is deleted; history does not change."""
    statements = [line for table in APPEND_ONLY for line in append_only(table)]
    statements += [line for table in CHANGING for line in no_delete(table)]
    statements += [line for table, columns in FIXED.items() for line in fixed(table, *columns)]
    for table in [*APPEND_ONLY, *CHANGING]:
        statements += no_replace(table, unique_keys(table))
    statements += [line for table in CHANGING for line in no_swap(table, unique_keys(table))]
    for statement in statements:
        op.execute(statement)


def unique_keys(table: str) -> list[list[str]]:
    """The columns of each unique key of a table."""
    keys = sa.inspect(op.get_bind()).get_unique_constraints(table)
    return sorted(key["column_names"] for key in keys)


def views() -> None:
    """The read model, as the files beside this one spell it: the desk's own first."""
    scripts = sorted((Path(__file__).parent.parent / "sql").glob("0001_*.sql"))
    for script in sorted(scripts, key=lambda path: path.name != "0001_views.sql"):
        for statement in script.read_text("utf-8").split(";\n"):
            if "CREATE VIEW" in statement:
                op.execute(statement[statement.index("CREATE VIEW") :])


def tables() -> None:
    """Every table of the desk."""
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("length(digest) = 64", name=op.f("ck_attachment_digest")),
        sa.CheckConstraint("size > 0", name=op.f("ck_attachment_size")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
        sa.UniqueConstraint(
            "document", "about", "digest", name=op.f("uq_attachment_document_about_digest")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("command", sa.String(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.UniqueConstraint("previous", name=op.f("uq_audit_previous")),
        sa.UniqueConstraint("seq", name=op.f("uq_audit_seq")),
        sqlite_strict=True,
    )
    op.create_table(
        "bank_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("profile", sa.String(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("identity", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("counterparty", sa.String(), nullable=False),
        sa.Column("counterparty_account", sa.String(), nullable=False),
        sa.Column("received_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "received_fen >= 0 AND paid_fen >= 0 AND (received_fen > 0) <> (paid_fen > 0)",
            name=op.f("ck_bank_line_amounts"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_line")),
        sa.UniqueConstraint(
            "account",
            "identity",
            "received_fen",
            "paid_fen",
            name=op.f("uq_bank_line_account_identity_received_fen_paid_fen"),
        ),
        sa.UniqueConstraint("number", name=op.f("uq_bank_line_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "calendar_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("is_workday", sa.Boolean(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("is_workday IN (0, 1)", name=op.f("ck_calendar_day_is_workday")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_day")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_calendar_day_day"), "calendar_day", ["day"], unique=False)
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("event_day", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_campaign_name")),
        sa.CheckConstraint(
            "state <> 'cancelled' OR end_reason <> ''", name=op.f("ck_campaign_cancelled")
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'closed', 'cancelled')", name=op.f("ck_campaign_state")
        ),
        sa.CheckConstraint("event_day >= on_day", name=op.f("ck_campaign_event")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("number", name=op.f("uq_campaign_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "card_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("series", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("first_card", sa.Integer(), nullable=False),
        sa.Column("last_card", sa.Integer(), nullable=False),
        sa.Column("face_fen", sa.BigInteger(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("face_fen > 0", name=op.f("ck_card_batch_face")),
        sa.CheckConstraint(
            "first_card >= 0 AND first_card <= last_card", name=op.f("ck_card_batch_range")
        ),
        sa.CheckConstraint("width > 0 AND width <= 18", name=op.f("ck_card_batch_width")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_card_batch_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_card_batch_series"), "card_batch", ["series"], unique=False)
    op.create_table(
        "command",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("request_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("input_digest", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_command")),
        sa.UniqueConstraint("request_id", name=op.f("uq_command_request_id")),
        sqlite_strict=True,
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("nature", sa.String(), nullable=False),
        sa.Column("uscc", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("long_term", sa.Boolean(), nullable=False),
        sa.Column("mnemonic", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('unit', 'person')", name=op.f("ck_customer_kind")),
        sa.CheckConstraint("long_term IN (0, 1)", name=op.f("ck_customer_long_term")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
        sa.UniqueConstraint("number", name=op.f("uq_customer_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_customer_search_key"), "customer", ["search_key"], unique=False)
    op.create_table(
        "delegation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("delegator", sa.String(), nullable=False),
        sa.Column("deputy", sa.String(), nullable=False),
        sa.Column("scope", sa.String(), nullable=False),
        sa.Column("cap_fen", sa.BigInteger(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("attachment", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("document <> ''", name=op.f("ck_delegation_written")),
        sa.CheckConstraint("cap_fen > 0", name=op.f("ck_delegation_cap")),
        sa.CheckConstraint("delegator <> deputy", name=op.f("ck_delegation_persons")),
        sa.CheckConstraint("from_day <= until_day", name=op.f("ck_delegation_days")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation")),
        sa.UniqueConstraint("number", name=op.f("uq_delegation_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_delegation_deputy"), "delegation", ["deputy"], unique=False)
    op.create_table(
        "expense",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("till_receipt", sa.String(), nullable=False),
        sa.Column("spender", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reimbursed_by", sa.String(), nullable=False),
        sa.Column("reimbursed_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'reimbursed') = (reimbursed_by <> '')", name=op.f("ck_expense_reimbursed")
        ),
        sa.CheckConstraint("kind <> 'delivery' OR proof <> ''", name=op.f("ck_expense_proof")),
        sa.CheckConstraint("kind IN ('delivery', 'bags')", name=op.f("ck_expense_kind")),
        sa.CheckConstraint(
            "state IN ('noted', 'reimbursed', 'dropped')", name=op.f("ck_expense_state")
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_expense_amount")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense")),
        sa.UniqueConstraint("number", name=op.f("uq_expense_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_expense_document"), "expense", ["document"], unique=False)
    op.create_table(
        "goods_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_receipt")),
        sa.UniqueConstraint("number", name=op.f("uq_goods_receipt_number")),
        sa.UniqueConstraint(
            "supplier", "reference", name=op.f("uq_goods_receipt_supplier_reference")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content_digest", sa.String(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.CheckConstraint("rows > 0", name=op.f("ck_import_batch_rows")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sa.UniqueConstraint("number", name=op.f("uq_import_batch_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_import_batch_content_digest"), "import_batch", ["content_digest"], unique=False
    )
    op.create_table(
        "import_undo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_undo")),
        sa.UniqueConstraint("batch", name=op.f("uq_import_undo_batch")),
        sqlite_strict=True,
    )
    op.create_table(
        "journal_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("memo", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_journal_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_journal_entry_key")),
        sqlite_strict=True,
    )
    op.create_table(
        "ledger_info",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ledger_id", sa.String(), nullable=False),
        sa.Column("company", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("training", sa.Boolean(), nullable=False),
        sa.Column("dispatch_location", sa.String(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_ledger_info_one_row")),
        sa.CheckConstraint("training IN (0, 1)", name=op.f("ck_ledger_info_training")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger_info")),
        sqlite_strict=True,
    )
    op.create_table(
        "location",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_location")),
        sa.UniqueConstraint("code", name=op.f("uq_location_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "loss_statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("copy_name", sa.String(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_loss_statement")),
        sa.UniqueConstraint(
            "document", "copy_name", name=op.f("uq_loss_statement_document_copy_name")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "number_counter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("period", sa.String(), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.CheckConstraint("last >= 0", name=op.f("ck_number_counter_positive")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_number_counter")),
        sa.UniqueConstraint("kind", "period", name=op.f("uq_number_counter_kind_period")),
        sqlite_strict=True,
    )
    op.create_table(
        "opening_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_sheet")),
        sa.UniqueConstraint("number", name=op.f("uq_opening_sheet_number")),
        sa.UniqueConstraint("source", name=op.f("uq_opening_sheet_source")),
        sqlite_strict=True,
    )
    op.create_table(
        "outing_excuse",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("excused_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_outing_excuse_reason")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outing_excuse")),
        sa.UniqueConstraint("staff", "excused_on", name=op.f("uq_outing_excuse_staff_excused_on")),
        sqlite_strict=True,
    )
    op.create_table(
        "paper_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("copy_name", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "event IN ('printed', 'reprinted', 'signed', 'handed', 'returned', 'voided', 'lost', 'archived')",
            name=op.f("ck_paper_event_event"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_event")),
        sa.UniqueConstraint(
            "document",
            "kind",
            "copy_name",
            "step",
            name=op.f("uq_paper_event_document_kind_copy_name_step"),
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy")),
        sa.UniqueConstraint("policy_set", "version", name=op.f("uq_policy_policy_set_version")),
        sqlite_strict=True,
    )
    op.create_table(
        "policy_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(version > base_version) = (state = 'in_force')", name=op.f("ck_policy_change_version")
        ),
        sa.CheckConstraint(
            "state IN ('approved', 'in_force', 'proposed', 'rejected', 'withdrawn')",
            name=op.f("ck_policy_change_state"),
        ),
        sa.CheckConstraint("base_version > 0", name=op.f("ck_policy_change_base_version")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_policy_change")),
        sa.UniqueConstraint("number", name=op.f("uq_policy_change_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "price_sheet",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_sheet")),
        sa.UniqueConstraint("number", name=op.f("uq_price_sheet_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "product",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("barcode", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("spec", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("size_class", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("scale", sa.Integer(), nullable=False),
        sa.Column("mnemonic", sa.String(), nullable=False),
        sa.Column("search_key", sa.String(), nullable=False),
        sa.CheckConstraint("size_class IN ('large', 'small')", name=op.f("ck_product_size_class")),
        sa.CheckConstraint("fresh IN (0, 1)", name=op.f("ck_product_fresh")),
        sa.CheckConstraint("scale IN (1, 1000)", name=op.f("ck_product_scale")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product")),
        sa.UniqueConstraint("barcode", name=op.f("uq_product_barcode")),
        sa.UniqueConstraint("code", name=op.f("uq_product_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "schema_info",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("manifest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_schema_info")),
        sqlite_strict=True,
    )
    op.create_table(
        "settlement_day",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("circulated_to", sa.String(), nullable=False),
        sa.Column("audit_seq", sa.Integer(), nullable=False),
        sa.Column("audit_hash", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'circulated', 'handed_over', 'closed', 'archived')",
            name=op.f("ck_settlement_day_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('closed', 'archived') OR (audit_seq > 0 AND audit_hash <> '')",
            name=op.f("ck_settlement_day_head"),
        ),
        sa.CheckConstraint("revision > 0", name=op.f("ck_settlement_day_revision")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_day")),
        sa.UniqueConstraint("number", name=op.f("uq_settlement_day_number")),
        sa.UniqueConstraint("on_day", name=op.f("uq_settlement_day_on_day")),
        sqlite_strict=True,
    )
    op.create_table(
        "settlement_keeper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("keeper", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("keeper <> ''", name=op.f("ck_settlement_keeper_keeper")),
        sa.CheckConstraint("length(month) = 7", name=op.f("ck_settlement_keeper_month")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_keeper")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_settlement_keeper_month"), "settlement_keeper", ["month"], unique=False
    )
    op.create_table(
        "settlement_roster",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("officer <> ''", name=op.f("ck_settlement_roster_officer")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_roster")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_settlement_roster_day"), "settlement_roster", ["day"], unique=False)
    op.create_table(
        "staff",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("pin_hash", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.CheckConstraint("active IN (0, 1)", name=op.f("ck_staff_active")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff")),
        sa.UniqueConstraint("code", name=op.f("uq_staff_code")),
        sqlite_strict=True,
    )
    op.create_table(
        "stock_transfer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("from_location", sa.String(), nullable=False),
        sa.Column("to_location", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("sent_by", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("missing_reason", sa.String(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'moving') = (received_by = '') AND received_by <> sent_by",
            name=op.f("ck_stock_transfer_second"),
        ),
        sa.CheckConstraint("state IN ('moving', 'arrived')", name=op.f("ck_stock_transfer_state")),
        sa.CheckConstraint("from_location <> to_location", name=op.f("ck_stock_transfer_places")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_transfer")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_transfer_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "vehicle_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("vehicle", sa.String(), nullable=False),
        sa.Column("driver", sa.String(), nullable=False),
        sa.Column("loaded_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_run")),
        sa.UniqueConstraint("number", name=op.f("uq_vehicle_run_number")),
        sqlite_strict=True,
    )
    op.create_table(
        "approval",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("facts", sa.String(), nullable=False),
        sa.Column("route", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('pending', 'approved', 'rejected', 'superseded')",
            name=op.f("ck_approval_state"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_approval_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval")),
        sa.UniqueConstraint("number", name=op.f("uq_approval_number")),
        sa.UniqueConstraint("subject", "revision", name=op.f("uq_approval_subject_revision")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_approval_customer_id"), "approval", ["customer_id"], unique=False)
    op.create_table(
        "campaign_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("channel", sa.String(), nullable=False),
        sa.Column("time", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("arrived_on", sa.Date(), nullable=True),
        sa.Column("souvenir_on", sa.Date(), nullable=True),
        sa.Column("registered_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'arrived') = (arrived_on IS NOT NULL)", name=op.f("ck_campaign_owner_arrived")
        ),
        sa.CheckConstraint(
            "state IN ('signed_up', 'reserved', 'called', 'confirmed', 'arrived', 'absent', 'recalled')",
            name=op.f("ck_campaign_owner_state"),
        ),
        sa.CheckConstraint(
            "souvenir_on IS NULL OR arrived_on IS NOT NULL", name=op.f("ck_campaign_owner_souvenir")
        ),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_owner_campaign_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_owner")),
        sa.UniqueConstraint(
            "campaign_id", "phone", name=op.f("uq_campaign_owner_campaign_id_phone")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_campaign_owner_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_campaign_owner_campaign_id"), "campaign_owner", ["campaign_id"], unique=False
    )
    op.create_table(
        "campaign_tick",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("item <> ''", name=op.f("ck_campaign_tick_item")),
        sa.ForeignKeyConstraint(
            ["campaign_id"],
            ["campaign.id"],
            name=op.f("fk_campaign_tick_campaign_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_tick")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_campaign_tick_campaign_id"), "campaign_tick", ["campaign_id"], unique=False
    )
    op.create_table(
        "card_allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("first_card", sa.Integer(), nullable=False),
        sa.Column("last_card", sa.Integer(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("document <> ''", name=op.f("ck_card_allocation_document")),
        sa.CheckConstraint("first_card <= last_card", name=op.f("ck_card_allocation_range")),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["card_batch.id"],
            name=op.f("fk_card_allocation_batch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_allocation")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_card_allocation_batch_id"), "card_allocation", ["batch_id"], unique=False
    )
    op.create_index(
        op.f("ix_card_allocation_document"), "card_allocation", ["document"], unique=False
    )
    op.create_table(
        "contract",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("asked_revision", sa.Integer(), nullable=False),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('sale', 'supply')", name=op.f("ck_contract_kind")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'executing', 'closed', 'voided')",
            name=op.f("ck_contract_state"),
        ),
        sa.CheckConstraint(
            "asked_revision >= 0 AND asked_revision <= revision",
            name=op.f("ck_contract_asked_revision"),
        ),
        sa.CheckConstraint("revision > 0", name=op.f("ck_contract_revision")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_contract_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract")),
        sa.UniqueConstraint("number", name=op.f("uq_contract_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_contract_customer_id"), "contract", ["customer_id"], unique=False)
    op.create_table(
        "credit_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("collection_on", sa.Date(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("credibility", sa.String(), nullable=False),
        sa.Column("record", sa.String(), nullable=False),
        sa.Column("outside", sa.Boolean(), nullable=False),
        sa.Column("exception", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("credibility <> ''", name=op.f("ck_credit_application_credibility")),
        sa.CheckConstraint(
            "method IN ('cash', 'cheque', 'ebank', 'wire')",
            name=op.f("ck_credit_application_method"),
        ),
        sa.CheckConstraint(
            "outside IN (0, 1) AND (outside = 0 OR exception <> '')",
            name=op.f("ck_credit_application_outside"),
        ),
        sa.CheckConstraint(
            "state IN ('applied', 'closed')", name=op.f("ck_credit_application_state")
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000",
            name=op.f("ck_credit_application_amount"),
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_credit_application_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_application")),
        sa.UniqueConstraint("number", name=op.f("uq_credit_application_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_credit_application_customer_id"),
        "credit_application",
        ["customer_id"],
        unique=False,
    )
    op.create_table(
        "credit_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_credit_grade_reason")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_credit_grade_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_grade")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_credit_grade_customer_id"), "credit_grade", ["customer_id"], unique=False
    )
    op.create_table(
        "credit_limit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("limit_fen", sa.BigInteger(), nullable=False),
        sa.Column("until_day", sa.Date(), nullable=False),
        sa.Column("investigated_by", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("document <> ''", name=op.f("ck_credit_limit_document")),
        sa.CheckConstraint("investigated_by <> ''", name=op.f("ck_credit_limit_investigated")),
        sa.CheckConstraint(
            "limit_fen >= 0 AND limit_fen < 9000000000000", name=op.f("ck_credit_limit_amount")
        ),
        sa.CheckConstraint("on_day < until_day", name=op.f("ck_credit_limit_term")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_credit_limit_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_credit_limit")),
        sa.UniqueConstraint("number", name=op.f("uq_credit_limit_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_credit_limit_customer_id"), "credit_limit", ["customer_id"], unique=False
    )
    op.create_table(
        "customer_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_customer_contact_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_contact")),
        sa.UniqueConstraint(
            "customer_id", "line", name=op.f("uq_customer_contact_customer_id_line")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_customer_contact_customer_id"), "customer_contact", ["customer_id"], unique=False
    )
    op.create_table(
        "customer_evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "decision IN ('go', 'no_go')", name=op.f("ck_customer_evaluation_decision")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_customer_evaluation_reason")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_customer_evaluation_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_evaluation")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_customer_evaluation_customer_id"),
        "customer_evaluation",
        ["customer_id"],
        unique=False,
    )
    op.create_table(
        "delegation_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("delegation_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["delegation_id"],
            ["delegation.id"],
            name=op.f("fk_delegation_end_delegation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delegation_end")),
        sa.UniqueConstraint("delegation_id", name=op.f("uq_delegation_end_delegation_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_delegation_end_delegation_id"), "delegation_end", ["delegation_id"], unique=False
    )
    op.create_table(
        "dunning",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("overdue_fen", sa.BigInteger(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.Column("pay_by", sa.Date(), nullable=False),
        sa.Column("dunned_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "overdue_fen > 0 AND overdue_fen < 9000000000000", name=op.f("ck_dunning_overdue")
        ),
        sa.CheckConstraint("owed_fen >= overdue_fen", name=op.f("ck_dunning_owed")),
        sa.CheckConstraint("pay_by >= on_day", name=op.f("ck_dunning_asked")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_dunning_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dunning")),
        sa.UniqueConstraint("number", name=op.f("uq_dunning_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dunning_customer_id"), "dunning", ["customer_id"], unique=False)
    op.create_table(
        "expense_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("expense_id", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["expense_id"],
            ["expense.id"],
            name=op.f("fk_expense_signature_expense_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_expense_signature")),
        sa.UniqueConstraint(
            "expense_id", "staff", name=op.f("uq_expense_signature_expense_id_staff")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_expense_signature_expense_id"), "expense_signature", ["expense_id"], unique=False
    )
    op.create_table(
        "goods_receipt_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("goods_receipt_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_goods_receipt_line_quantity")),
        sa.CheckConstraint("value_fen >= 0", name=op.f("ck_goods_receipt_line_value")),
        sa.ForeignKeyConstraint(
            ["goods_receipt_id"],
            ["goods_receipt.id"],
            name=op.f("fk_goods_receipt_line_goods_receipt_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_goods_receipt_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_receipt_line")),
        sa.UniqueConstraint(
            "goods_receipt_id",
            "product_id",
            name=op.f("uq_goods_receipt_line_goods_receipt_id_product_id"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_goods_receipt_line_goods_receipt_id"),
        "goods_receipt_line",
        ["goods_receipt_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_goods_receipt_line_product_id"), "goods_receipt_line", ["product_id"], unique=False
    )
    op.create_table(
        "inquiry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("via", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("intent", sa.String(), nullable=False),
        sa.Column("wishes", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("store", sa.String(), nullable=False),
        sa.Column("accompanied_by", sa.String(), nullable=False),
        sa.Column("explained_by", sa.String(), nullable=False),
        sa.Column("wanted_by", sa.Date(), nullable=True),
        sa.Column("payment", sa.String(), nullable=False),
        sa.Column("reply_due", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('open', 'recorded', 'handed_over', 'quoted', 'answered', 'closed')",
            name=op.f("ck_inquiry_state"),
        ),
        sa.CheckConstraint("revision > 0", name=op.f("ck_inquiry_revision")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_inquiry_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry")),
        sa.UniqueConstraint("number", name=op.f("uq_inquiry_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_inquiry_customer_id"), "inquiry", ["customer_id"], unique=False)
    op.create_table(
        "ka_application",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("tie_up_fen", sa.BigInteger(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("opened_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'returned', 'complete', 'designated', 'rejected')",
            name=op.f("ck_ka_application_state"),
        ),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_ka_application_amount")),
        sa.CheckConstraint("tie_up_fen >= 0", name=op.f("ck_ka_application_tie_up")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_ka_application_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ka_application")),
        sa.UniqueConstraint("number", name=op.f("uq_ka_application_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_ka_application_customer_id"), "ka_application", ["customer_id"], unique=False
    )
    op.create_table(
        "negotiation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "status IN ('open', 'agreed', 'failed')", name=op.f("ck_negotiation_status")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_negotiation_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_negotiation")),
        sa.UniqueConstraint("customer_id", "step", name=op.f("uq_negotiation_customer_id_step")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_negotiation_customer_id"), "negotiation", ["customer_id"], unique=False
    )
    op.create_table(
        "opening_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_sheet_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'rejected')", name=op.f("ck_opening_decision_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["opening_sheet_id"],
            ["opening_sheet.id"],
            name=op.f("fk_opening_decision_opening_sheet_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_decision")),
        sa.UniqueConstraint("opening_sheet_id", name=op.f("uq_opening_decision_opening_sheet_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_opening_decision_opening_sheet_id"),
        "opening_decision",
        ["opening_sheet_id"],
        unique=False,
    )
    op.create_table(
        "posting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entry_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("debit", sa.String(), nullable=False),
        sa.Column("credit", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_posting_positive")
        ),
        sa.CheckConstraint("debit <> credit", name=op.f("ck_posting_two_accounts")),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["journal_entry.id"],
            name=op.f("fk_posting_entry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_posting")),
        sa.UniqueConstraint("entry_id", "line", name=op.f("uq_posting_entry_id_line")),
        sqlite_strict=True,
    )
    op.create_index("ix_posting_credit", "posting", ["credit", "amount_fen"], unique=False)
    op.create_index("ix_posting_debit", "posting", ["debit", "amount_fen"], unique=False)
    op.create_index(op.f("ix_posting_entry_id"), "posting", ["entry_id"], unique=False)
    op.create_table(
        "price_sheet_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("price_sheet_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("old_cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("old_list_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("list_price_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("cost_fen >= 0", name=op.f("ck_price_sheet_line_cost")),
        sa.CheckConstraint("list_price_fen >= 0", name=op.f("ck_price_sheet_line_list_price")),
        sa.ForeignKeyConstraint(
            ["price_sheet_id"],
            ["price_sheet.id"],
            name=op.f("fk_price_sheet_line_price_sheet_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_price_sheet_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_sheet_line")),
        sa.UniqueConstraint(
            "price_sheet_id",
            "product_id",
            name=op.f("uq_price_sheet_line_price_sheet_id_product_id"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_price_sheet_line_price_sheet_id"),
        "price_sheet_line",
        ["price_sheet_id"],
        unique=False,
    )
    op.create_index("ix_price_sheet_line_product", "price_sheet_line", ["product_id"], unique=False)
    op.create_index(
        op.f("ix_price_sheet_line_product_id"), "price_sheet_line", ["product_id"], unique=False
    )
    op.create_table(
        "product_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("list_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("cost_fen >= 0", name=op.f("ck_product_price_cost")),
        sa.CheckConstraint("list_price_fen >= 0", name=op.f("ck_product_price_list_price")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_product_price_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_product_price")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_product_price_product_id"), "product_price", ["product_id"], unique=False
    )
    op.create_table(
        "settlement_handover",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settlement_day_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("giver", sa.String(), nullable=False),
        sa.Column("receiver", sa.String(), nullable=False),
        sa.Column("special", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "giver <> '' AND receiver <> ''", name=op.f("ck_settlement_handover_people")
        ),
        sa.CheckConstraint(
            "special IN (0, 1) AND (special = 0 OR note <> '')",
            name=op.f("ck_settlement_handover_special"),
        ),
        sa.ForeignKeyConstraint(
            ["settlement_day_id"],
            ["settlement_day.id"],
            name=op.f("fk_settlement_handover_settlement_day_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_handover")),
        sa.UniqueConstraint(
            "settlement_day_id",
            "revision",
            "item",
            name=op.f("uq_settlement_handover_settlement_day_id_revision_item"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_settlement_handover_item"), "settlement_handover", ["item"], unique=False
    )
    op.create_index(
        op.f("ix_settlement_handover_settlement_day_id"),
        "settlement_handover",
        ["settlement_day_id"],
        unique=False,
    )
    op.create_table(
        "settlement_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("settlement_day_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "side IN ('finance', 'department')", name=op.f("ck_settlement_signature_side")
        ),
        sa.ForeignKeyConstraint(
            ["settlement_day_id"],
            ["settlement_day.id"],
            name=op.f("fk_settlement_signature_settlement_day_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_settlement_signature")),
        sa.UniqueConstraint(
            "settlement_day_id",
            "revision",
            "side",
            name=op.f("uq_settlement_signature_settlement_day_id_revision_side"),
        ),
        sa.UniqueConstraint(
            "settlement_day_id",
            "revision",
            "staff",
            name=op.f("uq_settlement_signature_settlement_day_id_revision_staff"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_settlement_signature_settlement_day_id"),
        "settlement_signature",
        ["settlement_day_id"],
        unique=False,
    )
    op.create_table(
        "shipment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("office", sa.String(), nullable=False),
        sa.Column("from_location", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("mark", sa.String(), nullable=False),
        sa.Column("list_number", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("objected_on", sa.Date(), nullable=True),
        sa.Column("objected_by", sa.String(), nullable=False),
        sa.Column("objection", sa.String(), nullable=False),
        sa.Column("charged_on", sa.Date(), nullable=True),
        sa.Column("charged_fen", sa.BigInteger(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("reason_state", sa.String(), nullable=False),
        sa.Column("reason_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(from_location = '') <> (supplier = '') AND from_location <> office",
            name=op.f("ck_shipment_source"),
        ),
        sa.CheckConstraint(
            "(objection = '') = (objected_on IS NULL)", name=op.f("ck_shipment_objection")
        ),
        sa.CheckConstraint("(reason = '') = (reason_state = '')", name=op.f("ck_shipment_reason")),
        sa.CheckConstraint(
            "(state = 'charged') = (charged_on IS NOT NULL)", name=op.f("ck_shipment_charged")
        ),
        sa.CheckConstraint(
            "(state = 'shipped') = (received_on IS NULL)", name=op.f("ck_shipment_received")
        ),
        sa.CheckConstraint("mark <> ''", name=op.f("ck_shipment_mark")),
        sa.CheckConstraint(
            "outcome IN ('', 'silence', 'agreed') AND (state = 'charged') = (outcome <> '')",
            name=op.f("ck_shipment_outcome"),
        ),
        sa.CheckConstraint(
            "reason_state IN ('', 'stated', 'accepted', 'declined')",
            name=op.f("ck_shipment_reason_state"),
        ),
        sa.CheckConstraint(
            "state IN ('shipped', 'received', 'objected', 'charged')",
            name=op.f("ck_shipment_state"),
        ),
        sa.CheckConstraint(
            "charged_fen >= 0 AND charged_fen < 9000000000000", name=op.f("ck_shipment_charged_fen")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_shipment_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment")),
        sa.UniqueConstraint("number", name=op.f("uq_shipment_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_shipment_customer_id"), "shipment", ["customer_id"], unique=False)
    op.create_table(
        "staff_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("locked_until", Instant(), nullable=True),
        sa.CheckConstraint("failures >= 0", name=op.f("ck_staff_attempt_failures")),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_staff_attempt_staff_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_attempt")),
        sa.UniqueConstraint("staff_id", name=op.f("uq_staff_attempt_staff_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_staff_attempt_staff_id"), "staff_attempt", ["staff_id"], unique=False)
    op.create_table(
        "staff_role",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("granted_by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("turn > 0", name=op.f("ck_staff_role_turn")),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff.id"],
            name=op.f("fk_staff_role_staff_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role")),
        sa.UniqueConstraint(
            "staff_id", "role", "turn", name=op.f("uq_staff_role_staff_id_role_turn")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_staff_role_staff_id"), "staff_role", ["staff_id"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("follows", sa.Integer(), nullable=True),
        sa.Column("last_entry", sa.Integer(), nullable=False),
        sa.Column("opening_fen", sa.BigInteger(), nullable=False),
        sa.Column("closing_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("signed_for_customer", sa.String(), nullable=False),
        sa.Column("signed_for_us", sa.String(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("their_balance_fen", sa.BigInteger(), nullable=True),
        sa.Column("difference", sa.String(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "sealed IN (0, 1) AND (state <> 'confirmed' OR sealed = 1)",
            name=op.f("ck_statement_sealed"),
        ),
        sa.CheckConstraint(
            "state <> 'disputed' OR difference <> ''", name=op.f("ck_statement_difference")
        ),
        sa.CheckConstraint(
            "state IN ('made', 'confirmed', 'disputed', 'withdrawn')",
            name=op.f("ck_statement_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('confirmed', 'disputed') OR signed_for_customer <> ''",
            name=op.f("ck_statement_signed"),
        ),
        sa.CheckConstraint("from_day <= to_day", name=op.f("ck_statement_days")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_statement_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["follows"],
            ["statement.id"],
            name=op.f("fk_statement_follows"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
        sa.UniqueConstraint("number", name=op.f("uq_statement_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_statement_customer_id"), "statement", ["customer_id"], unique=False)
    op.create_index(op.f("ix_statement_follows"), "statement", ["follows"], unique=False)
    op.create_table(
        "stock_adjustment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("proposed_by", sa.String(), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'proposed') = (decided_by = '') AND decided_by <> proposed_by",
            name=op.f("ck_stock_adjustment_second"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'booked', 'rejected')", name=op.f("ck_stock_adjustment_state")
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_stock_adjustment_quantity")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_stock_adjustment_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_adjustment")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_adjustment_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_adjustment_product_id"), "stock_adjustment", ["product_id"], unique=False
    )
    op.create_table(
        "stock_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("counted", sa.BigInteger(), nullable=False),
        sa.Column("display", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("counted >= 0", name=op.f("ck_stock_count_counted")),
        sa.CheckConstraint(
            "display >= 0 AND display <= counted", name=op.f("ck_stock_count_display")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_stock_count_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_count")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_stock_count_product_id"), "stock_count", ["product_id"], unique=False)
    op.create_table(
        "stock_move",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("from_place", sa.String(), nullable=False),
        sa.Column("to_place", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("from_place <> to_place", name=op.f("ck_stock_move_two_places")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_move_positive")),
        sa.CheckConstraint("value_fen >= 0", name=op.f("ck_stock_move_value")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_stock_move_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_move")),
        sa.UniqueConstraint("key", name=op.f("uq_stock_move_key")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_stock_move_into",
        "stock_move",
        ["product_id", "to_place", "quantity", "value_fen"],
        unique=False,
    )
    op.create_index(
        "ix_stock_move_out_of",
        "stock_move",
        ["product_id", "from_place", "quantity", "value_fen"],
        unique=False,
    )
    op.create_index(op.f("ix_stock_move_product_id"), "stock_move", ["product_id"], unique=False)
    op.create_table(
        "stock_transfer_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_transfer_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_transfer_line_quantity")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_stock_transfer_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["stock_transfer_id"],
            ["stock_transfer.id"],
            name=op.f("fk_stock_transfer_line_stock_transfer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_transfer_line")),
        sa.UniqueConstraint(
            "stock_transfer_id",
            "product_id",
            name=op.f("uq_stock_transfer_line_stock_transfer_id_product_id"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_transfer_line_product_id"),
        "stock_transfer_line",
        ["product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_stock_transfer_line_stock_transfer_id"),
        "stock_transfer_line",
        ["stock_transfer_id"],
        unique=False,
    )
    op.create_table(
        "taking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("funds", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("notes", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'returned') = (returned_on IS NOT NULL)", name=op.f("ck_taking_returned")
        ),
        sa.CheckConstraint("funds = 'cash' OR reference <> ''", name=op.f("ck_taking_reference")),
        sa.CheckConstraint(
            "funds IN ('cash', 'cheque', 'ebank', 'wire')", name=op.f("ck_taking_funds")
        ),
        sa.CheckConstraint("kind IN ('card', 'goods')", name=op.f("ck_taking_kind")),
        sa.CheckConstraint("notes <> ''", name=op.f("ck_taking_notes")),
        sa.CheckConstraint(
            "state <> 'at_bank' OR funds = 'cheque'", name=op.f("ck_taking_at_bank")
        ),
        sa.CheckConstraint(
            "state <> 'settled' OR (settled_by <> '' AND place <> '')",
            name=op.f("ck_taking_settled"),
        ),
        sa.CheckConstraint(
            "state IN ('with_manager', 'in_custody', 'at_bank', 'settled', 'returned')",
            name=op.f("ck_taking_state"),
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_taking_amount")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_taking_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking")),
        sa.UniqueConstraint("number", name=op.f("uq_taking_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_taking_customer_id"), "taking", ["customer_id"], unique=False)
    op.create_index(op.f("ix_taking_document"), "taking", ["document"], unique=False)
    op.create_index(
        "ix_taking_reference",
        "taking",
        ["funds", "reference"],
        unique=True,
        sqlite_where=sa.text("reference <> '' AND state <> 'returned'"),
        postgresql_where=sa.text("reference <> '' AND state <> 'returned'"),
    )
    op.create_table(
        "visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("visited_on", sa.Date(), nullable=True),
        sa.Column("visitor", sa.String(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("drop_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'dropped') = (drop_reason <> '')", name=op.f("ck_visit_dropped")
        ),
        sa.CheckConstraint("(state = 'filed') = (filed_by <> '')", name=op.f("ck_visit_filed")),
        sa.CheckConstraint(
            "(state IN ('recorded', 'filed')) = (visited_on IS NOT NULL)",
            name=op.f("ck_visit_visited"),
        ),
        sa.CheckConstraint(
            "state IN ('planned', 'recorded', 'filed', 'dropped')", name=op.f("ck_visit_state")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_visit_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_visit")),
        sa.UniqueConstraint("number", name=op.f("uq_visit_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_visit_customer_id"), "visit", ["customer_id"], unique=False)
    op.create_table(
        "approval_signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("approval_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_behalf_of", sa.String(), nullable=False),
        sa.Column("delegation", sa.String(), nullable=False),
        sa.Column("carried_from", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('ok', 'reject')", name=op.f("ck_approval_signature_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["approval_id"],
            ["approval.id"],
            name=op.f("fk_approval_signature_approval_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approval_signature")),
        sa.UniqueConstraint(
            "approval_id",
            "step",
            "role",
            "line",
            name=op.f("uq_approval_signature_approval_id_step_role_line"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_approval_signature_approval_id"),
        "approval_signature",
        ["approval_id"],
        unique=False,
    )
    op.create_table(
        "campaign_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "about IN ('event', 'today', 'absent')", name=op.f("ck_campaign_call_about")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["campaign_owner.id"],
            name=op.f("fk_campaign_call_owner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_call")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_campaign_call_owner_id"), "campaign_call", ["owner_id"], unique=False)
    op.create_table(
        "campaign_deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("method = 'cash'", name=op.f("ck_campaign_deposit_method")),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_campaign_deposit_amount")
        ),
        sa.ForeignKeyConstraint(
            ["owner_id"],
            ["campaign_owner.id"],
            name=op.f("fk_campaign_deposit_owner_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_deposit")),
        sa.UniqueConstraint("number", name=op.f("uq_campaign_deposit_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_campaign_deposit_owner_id"), "campaign_deposit", ["owner_id"], unique=False
    )
    op.create_table(
        "card_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("allocation_id", sa.Integer(), nullable=True),
        sa.Column("first_card", sa.Integer(), nullable=False),
        sa.Column("last_card", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_card_return_reason")),
        sa.CheckConstraint("first_card <= last_card", name=op.f("ck_card_return_range")),
        sa.ForeignKeyConstraint(
            ["allocation_id"],
            ["card_allocation.id"],
            name=op.f("fk_card_return_allocation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["card_batch.id"],
            name=op.f("fk_card_return_batch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_return")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_card_return_allocation_id"), "card_return", ["allocation_id"], unique=False
    )
    op.create_index(op.f("ix_card_return_batch_id"), "card_return", ["batch_id"], unique=False)
    op.create_table(
        "card_sale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("delivered_to", sa.String(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("invoice_content", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(mode = 'credit') = (credit_id IS NOT NULL)", name=op.f("ck_card_sale_credit")
        ),
        sa.CheckConstraint("mode IN ('spot', 'credit')", name=op.f("ck_card_sale_mode")),
        sa.CheckConstraint(
            "state IN ('ordered', 'made', 'delivered', 'settled', 'voided')",
            name=op.f("ck_card_sale_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('delivered', 'settled') OR delivered_to <> ''",
            name=op.f("ck_card_sale_handed"),
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_card_sale_amount")
        ),
        sa.ForeignKeyConstraint(
            ["credit_id"],
            ["credit_application.id"],
            name=op.f("fk_card_sale_credit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_card_sale_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_sale")),
        sa.UniqueConstraint("number", name=op.f("uq_card_sale_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_card_sale_credit_id"), "card_sale", ["credit_id"], unique=False)
    op.create_index(op.f("ix_card_sale_customer_id"), "card_sale", ["customer_id"], unique=False)
    op.create_table(
        "contract_filing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_contract_filing_reference")),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_contract_filing_contract_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_filing")),
        sa.UniqueConstraint(
            "contract_id", "revision", name=op.f("uq_contract_filing_contract_id_revision")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_contract_filing_contract_id"), "contract_filing", ["contract_id"], unique=False
    )
    op.create_table(
        "contract_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("floor_price_fen", sa.BigInteger(), nullable=True),
        sa.Column("from_day", sa.Date(), nullable=False),
        sa.Column("to_day", sa.Date(), nullable=False),
        sa.Column("delivery_on", sa.Date(), nullable=True),
        sa.Column("statement_day", sa.Integer(), nullable=True),
        sa.Column("due_day", sa.Integer(), nullable=True),
        sa.Column("terms", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("prices", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("rights", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_contract_version_amount")
        ),
        sa.CheckConstraint("due_day BETWEEN 1 AND 31", name=op.f("ck_contract_version_due_day")),
        sa.CheckConstraint("floor_price_fen > 0", name=op.f("ck_contract_version_floor_price")),
        sa.CheckConstraint("from_day <= to_day", name=op.f("ck_contract_version_term")),
        sa.CheckConstraint(
            "statement_day BETWEEN 1 AND 31", name=op.f("ck_contract_version_statement_day")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_contract_version_contract_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contract_version")),
        sa.UniqueConstraint(
            "contract_id", "revision", name=op.f("uq_contract_version_contract_id_revision")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_contract_version_contract_id"), "contract_version", ["contract_id"], unique=False
    )
    op.create_table(
        "custody_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taking_id", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("manager", sa.String(), nullable=False),
        sa.Column("custodian", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "unit <> '' AND manager <> '' AND custodian <> ''", name=op.f("ck_custody_note_named")
        ),
        sa.ForeignKeyConstraint(
            ["taking_id"],
            ["taking.id"],
            name=op.f("fk_custody_note_taking_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_custody_note")),
        sa.UniqueConstraint("taking_id", name=op.f("uq_custody_note_taking_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_custody_note_taking_id"), "custody_note", ["taking_id"], unique=False)
    op.create_table(
        "customer_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("visit_id", sa.Integer(), nullable=True),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(customer_id IS NULL) <> (visit_id IS NULL)", name=op.f("ck_customer_call_whom")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_customer_call_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["visit_id"],
            ["visit.id"],
            name=op.f("fk_customer_call_visit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_call")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_customer_call_customer_id"), "customer_call", ["customer_id"], unique=False
    )
    op.create_index(op.f("ix_customer_call_visit_id"), "customer_call", ["visit_id"], unique=False)
    op.create_table(
        "dossier_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("applicable", sa.Boolean(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("our_signature", sa.String(), nullable=False),
        sa.Column("their_signature", sa.String(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("unified", sa.Boolean(), nullable=False),
        sa.Column("floor_price_fen", sa.BigInteger(), nullable=True),
        sa.Column("arrears_fen", sa.BigInteger(), nullable=True),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("applicable IN (0, 1)", name=op.f("ck_dossier_item_applicable")),
        sa.CheckConstraint("arrears_fen >= 0", name=op.f("ck_dossier_item_arrears")),
        sa.CheckConstraint("floor_price_fen > 0", name=op.f("ck_dossier_item_floor_price")),
        sa.CheckConstraint("sealed IN (0, 1)", name=op.f("ck_dossier_item_sealed")),
        sa.CheckConstraint("unified IN (0, 1)", name=op.f("ck_dossier_item_unified")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ka_application.id"],
            name=op.f("fk_dossier_item_application_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dossier_item")),
        sa.UniqueConstraint(
            "application_id", "item", "step", name=op.f("uq_dossier_item_application_id_item_step")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_dossier_item_application_id"), "dossier_item", ["application_id"], unique=False
    )
    op.create_table(
        "inquiry_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("shelf", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_inquiry_line_quantity")),
        sa.CheckConstraint("shelf >= 0", name=op.f("ck_inquiry_line_shelf")),
        sa.CheckConstraint("unit_price_fen >= 0", name=op.f("ck_inquiry_line_unit_price")),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_inquiry_line_inquiry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_inquiry_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_line")),
        sa.UniqueConstraint(
            "inquiry_id", "revision", "line", name=op.f("uq_inquiry_line_inquiry_id_revision_line")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_inquiry_line_inquiry_id"), "inquiry_line", ["inquiry_id"], unique=False
    )
    op.create_index(
        op.f("ix_inquiry_line_product_id"), "inquiry_line", ["product_id"], unique=False
    )
    op.create_table(
        "inquiry_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("other", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "step IN ('recorded', 'handed_over', 'supply', 'answered', 'closed')",
            name=op.f("ck_inquiry_step_step"),
        ),
        sa.CheckConstraint("verdict IN ('', 'yes', 'no')", name=op.f("ck_inquiry_step_verdict")),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_inquiry_step_inquiry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiry_step")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_inquiry_step_inquiry_id"), "inquiry_step", ["inquiry_id"], unique=False
    )
    op.create_table(
        "ka_application_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("verb", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("step > 0", name=op.f("ck_ka_application_event_step")),
        sa.ForeignKeyConstraint(
            ["application_id"],
            ["ka_application.id"],
            name=op.f("fk_ka_application_event_application_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ka_application_event")),
        sa.UniqueConstraint(
            "application_id", "step", name=op.f("uq_ka_application_event_application_id_step")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_ka_application_event_application_id"),
        "ka_application_event",
        ["application_id"],
        unique=False,
    )
    op.create_table(
        "opening_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("opening_sheet_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("contract_id", sa.Integer(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(contract_id IS NOT NULL) = (kind = 'security')", name=op.f("ck_opening_line_contract")
        ),
        sa.CheckConstraint(
            "(customer_id IS NULL) = (kind = 'cards')", name=op.f("ck_opening_line_customer")
        ),
        sa.CheckConstraint(
            "(method <> '') = (kind IN ('deposit', 'security'))",
            name=op.f("ck_opening_line_method"),
        ),
        sa.CheckConstraint(
            "kind IN ('owed', 'deposit', 'security', 'cards')", name=op.f("ck_opening_line_kind")
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_opening_line_positive")
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_opening_line_contract_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_opening_line_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["opening_sheet_id"],
            ["opening_sheet.id"],
            name=op.f("fk_opening_line_opening_sheet_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_line")),
        sa.UniqueConstraint("number", name=op.f("uq_opening_line_number")),
        sa.UniqueConstraint(
            "opening_sheet_id", "line", name=op.f("uq_opening_line_opening_sheet_id_line")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_opening_line_contract_id"), "opening_line", ["contract_id"], unique=False
    )
    op.create_index(
        op.f("ix_opening_line_customer_id"), "opening_line", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_opening_line_opening_sheet_id"), "opening_line", ["opening_sheet_id"], unique=False
    )
    op.create_table(
        "price_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("price_sheet_line_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "verdict IN ('confirmed', 'rejected')", name=op.f("ck_price_decision_verdict")
        ),
        sa.ForeignKeyConstraint(
            ["price_sheet_line_id"],
            ["price_sheet_line.id"],
            name=op.f("fk_price_decision_price_sheet_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_price_decision")),
        sa.UniqueConstraint(
            "price_sheet_line_id", name=op.f("uq_price_decision_price_sheet_line_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_price_decision_price_sheet_line_id"),
        "price_decision",
        ["price_sheet_line_id"],
        unique=False,
    )
    op.create_table(
        "quotation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("need_by", sa.Date(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("payment_terms", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'sent', 'ordered', 'expired')", name=op.f("ck_quotation_state")
        ),
        sa.CheckConstraint("revision > 0", name=op.f("ck_quotation_revision")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_quotation_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_quotation_inquiry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation")),
        sa.UniqueConstraint("number", name=op.f("uq_quotation_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_quotation_customer_id"), "quotation", ["customer_id"], unique=False)
    op.create_index(op.f("ix_quotation_inquiry_id"), "quotation", ["inquiry_id"], unique=False)
    op.create_table(
        "security_deposit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("verified_by", sa.String(), nullable=False),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.Column("returned_by", sa.String(), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("returned_reference", sa.String(), nullable=False),
        sa.Column("return_reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'received') = (verified_by = '')", name=op.f("ck_security_deposit_verifier")
        ),
        sa.CheckConstraint(
            "(state = 'returned') = (returned_by <> '')", name=op.f("ck_security_deposit_returned")
        ),
        sa.CheckConstraint(
            "state IN ('received', 'verified', 'returned')", name=op.f("ck_security_deposit_state")
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000",
            name=op.f("ck_security_deposit_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_security_deposit_contract_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_security_deposit")),
        sa.UniqueConstraint(
            "method", "reference", name=op.f("uq_security_deposit_method_reference")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_security_deposit_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_security_deposit_contract_id"), "security_deposit", ["contract_id"], unique=False
    )
    op.create_table(
        "shipment_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shipment_id", sa.Integer(), nullable=False),
        sa.Column("contract_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "price_fen > 0 AND price_fen < 9000000000000", name=op.f("ck_shipment_line_price")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_shipment_line_quantity")),
        sa.ForeignKeyConstraint(
            ["contract_id"],
            ["contract.id"],
            name=op.f("fk_shipment_line_contract_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_shipment_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["shipment.id"],
            name=op.f("fk_shipment_line_shipment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_line")),
        sa.UniqueConstraint(
            "shipment_id", "product_id", name=op.f("uq_shipment_line_shipment_id_product_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_shipment_line_contract_id"), "shipment_line", ["contract_id"], unique=False
    )
    op.create_index(
        op.f("ix_shipment_line_product_id"), "shipment_line", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_shipment_line_shipment_id"), "shipment_line", ["shipment_id"], unique=False
    )
    op.create_table(
        "shipment_remittance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shipment_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_shipment_remittance_reference")),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000",
            name=op.f("ck_shipment_remittance_amount"),
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["shipment.id"],
            name=op.f("fk_shipment_remittance_shipment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_remittance")),
        sa.UniqueConstraint(
            "shipment_id", "reference", name=op.f("uq_shipment_remittance_shipment_id_reference")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_shipment_remittance_shipment_id"),
        "shipment_remittance",
        ["shipment_id"],
        unique=False,
    )
    op.create_table(
        "staff_role_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("staff_role_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("ended_by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_role_id"],
            ["staff_role.id"],
            name=op.f("fk_staff_role_end_staff_role_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_staff_role_end")),
        sa.UniqueConstraint("staff_role_id", name=op.f("uq_staff_role_end_staff_role_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_staff_role_end_staff_role_id"), "staff_role_end", ["staff_role_id"], unique=False
    )
    op.create_table(
        "stock_hold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("shipment_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(until IS NULL) = (shipment_id IS NOT NULL)", name=op.f("ck_stock_hold_until")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_stock_hold_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["shipment.id"],
            name=op.f("fk_stock_hold_shipment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_hold")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_hold_number")),
        sa.UniqueConstraint("shipment_id", name=op.f("uq_stock_hold_shipment_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_stock_hold_customer_id"), "stock_hold", ["customer_id"], unique=False)
    op.create_index(op.f("ix_stock_hold_shipment_id"), "stock_hold", ["shipment_id"], unique=False)
    op.create_table(
        "stock_transfer_arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_transfer_line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_transfer_arrival_quantity")),
        sa.ForeignKeyConstraint(
            ["stock_transfer_line_id"],
            ["stock_transfer_line.id"],
            name=op.f("fk_stock_transfer_arrival_stock_transfer_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_transfer_arrival")),
        sa.UniqueConstraint(
            "stock_transfer_line_id", name=op.f("uq_stock_transfer_arrival_stock_transfer_line_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_transfer_arrival_stock_transfer_line_id"),
        "stock_transfer_arrival",
        ["stock_transfer_line_id"],
        unique=False,
    )
    op.create_table(
        "taking_voucher",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("taking_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reference <> ''", name=op.f("ck_taking_voucher_reference")),
        sa.ForeignKeyConstraint(
            ["taking_id"],
            ["taking.id"],
            name=op.f("fk_taking_voucher_taking_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_taking_voucher")),
        sa.UniqueConstraint("reference", name=op.f("uq_taking_voucher_reference")),
        sa.UniqueConstraint("taking_id", name=op.f("uq_taking_voucher_taking_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_taking_voucher_taking_id"), "taking_voucher", ["taking_id"], unique=False
    )
    op.create_table(
        "wholesale_sale",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("credit_id", sa.Integer(), nullable=True),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("invoice_number", sa.String(), nullable=False),
        sa.Column("invoiced_fen", sa.BigInteger(), nullable=False),
        sa.Column("invoice_content", sa.String(), nullable=False),
        sa.Column("proof", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("list_reason", sa.String(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(invoice_number = '') = (invoiced_fen = 0)", name=op.f("ck_wholesale_sale_invoiced")
        ),
        sa.CheckConstraint(
            "(mode = 'credit') = (credit_id IS NOT NULL)", name=op.f("ck_wholesale_sale_credit")
        ),
        sa.CheckConstraint("mode IN ('spot', 'credit')", name=op.f("ck_wholesale_sale_mode")),
        sa.CheckConstraint(
            "proof IN ('', 'slip', 'list') AND (proof <> 'list' OR list_reason <> '')",
            name=op.f("ck_wholesale_sale_proof"),
        ),
        sa.CheckConstraint(
            "state IN ('selected', 'priced', 'prepared', 'booked', 'delivered', 'settled', 'voided')",
            name=op.f("ck_wholesale_sale_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('delivered', 'settled') OR received_by <> ''",
            name=op.f("ck_wholesale_sale_received"),
        ),
        sa.ForeignKeyConstraint(
            ["credit_id"],
            ["credit_application.id"],
            name=op.f("fk_wholesale_sale_credit_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_wholesale_sale_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wholesale_sale")),
        sa.UniqueConstraint("number", name=op.f("uq_wholesale_sale_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_wholesale_sale_credit_id"), "wholesale_sale", ["credit_id"], unique=False
    )
    op.create_index(
        op.f("ix_wholesale_sale_customer_id"), "wholesale_sale", ["customer_id"], unique=False
    )
    op.create_table(
        "card_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("card_sale_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("words_read", sa.String(), nullable=False),
        sa.Column("signer", sa.String(), nullable=False),
        sa.Column("sealed", sa.Boolean(), nullable=False),
        sa.Column("seal_reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "sealed IN (0, 1) AND (sealed = 1 OR seal_reason <> '')",
            name=op.f("ck_card_receipt_sealed"),
        ),
        sa.CheckConstraint("signer <> ''", name=op.f("ck_card_receipt_signer")),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_card_receipt_amount")),
        sa.ForeignKeyConstraint(
            ["card_sale_id"],
            ["card_sale.id"],
            name=op.f("fk_card_receipt_card_sale_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_card_receipt")),
        sa.UniqueConstraint("card_sale_id", name=op.f("uq_card_receipt_card_sale_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_card_receipt_card_sale_id"), "card_receipt", ["card_sale_id"], unique=False
    )
    op.create_table(
        "iou",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("card_sale_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("withdrawn_by", sa.String(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_by <> '')", name=op.f("ck_iou_withdrawn")
        ),
        sa.CheckConstraint(
            "state IN ('written', 'withdrawn', 'voided')", name=op.f("ck_iou_state")
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_iou_amount")),
        sa.ForeignKeyConstraint(
            ["card_sale_id"],
            ["card_sale.id"],
            name=op.f("fk_iou_card_sale_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_iou")),
        sa.UniqueConstraint("number", name=op.f("uq_iou_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_iou_card_sale_id"), "iou", ["card_sale_id"], unique=False)
    op.create_index(
        "ix_iou_living",
        "iou",
        ["card_sale_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'voided'"),
        postgresql_where=sa.text("state <> 'voided'"),
    )
    op.create_table(
        "opening_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_line_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["opening_line_id"],
            ["opening_line.id"],
            name=op.f("fk_opening_booking_opening_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_booking")),
        sa.UniqueConstraint("document", name=op.f("uq_opening_booking_document")),
        sa.UniqueConstraint("opening_line_id", name=op.f("uq_opening_booking_opening_line_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_opening_booking_opening_line_id"),
        "opening_booking",
        ["opening_line_id"],
        unique=False,
    )
    op.create_table(
        "quotation_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("list_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "amount_fen >= 0 AND amount_fen < 9000000000000", name=op.f("ck_quotation_line_amount")
        ),
        sa.CheckConstraint("fresh IN (0, 1)", name=op.f("ck_quotation_line_fresh")),
        sa.CheckConstraint(
            "gift IN (0, 1) AND (gift = 0 OR unit_price_fen = 0)",
            name=op.f("ck_quotation_line_gift"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_quotation_line_quantity")),
        sa.CheckConstraint("unit_price_fen >= 0", name=op.f("ck_quotation_line_unit_price")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_quotation_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotation.id"],
            name=op.f("fk_quotation_line_quotation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quotation_line")),
        sa.UniqueConstraint(
            "quotation_id",
            "revision",
            "line",
            name=op.f("uq_quotation_line_quotation_id_revision_line"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_quotation_line_product_id"), "quotation_line", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_quotation_line_quotation_id"), "quotation_line", ["quotation_id"], unique=False
    )
    op.create_table(
        "sales_order",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("quotation_id", sa.Integer(), nullable=True),
        sa.Column("quotation_revision", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("need_by", sa.Date(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("delivery", sa.String(), nullable=False),
        sa.Column("payment_terms", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("external_number", sa.String(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'reviewed', 'slip_issued', 'partly_delivered', 'delivered', 'closed', 'collecting', 'voided')",
            name=op.f("ck_sales_order_state"),
        ),
        sa.CheckConstraint(
            "(quotation_id IS NULL) = (quotation_revision IS NULL)",
            name=op.f("ck_sales_order_quotation"),
        ),
        sa.CheckConstraint("revision > 0", name=op.f("ck_sales_order_revision")),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_sales_order_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["quotation_id"],
            ["quotation.id"],
            name=op.f("fk_sales_order_quotation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["sales_order.id"],
            name=op.f("fk_sales_order_replaces_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_order")),
        sa.UniqueConstraint("number", name=op.f("uq_sales_order_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_sales_order_customer_id"), "sales_order", ["customer_id"], unique=False
    )
    op.create_index(
        op.f("ix_sales_order_external_number"), "sales_order", ["external_number"], unique=False
    )
    op.create_index(
        op.f("ix_sales_order_quotation_id"), "sales_order", ["quotation_id"], unique=False
    )
    op.create_index(
        op.f("ix_sales_order_replaces_id"), "sales_order", ["replaces_id"], unique=False
    )
    op.create_index("ix_sales_order_state", "sales_order", ["state"], unique=False)
    op.create_table(
        "shipment_agreed",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shipment_line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_shipment_agreed_quantity")),
        sa.ForeignKeyConstraint(
            ["shipment_line_id"],
            ["shipment_line.id"],
            name=op.f("fk_shipment_agreed_shipment_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_agreed")),
        sa.UniqueConstraint("shipment_line_id", name=op.f("uq_shipment_agreed_shipment_line_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_shipment_agreed_shipment_line_id"),
        "shipment_agreed",
        ["shipment_line_id"],
        unique=False,
    )
    op.create_table(
        "stock_hold_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_hold_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_hold_line_quantity")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_stock_hold_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["stock_hold_id"],
            ["stock_hold.id"],
            name=op.f("fk_stock_hold_line_stock_hold_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_hold_line")),
        sa.UniqueConstraint(
            "stock_hold_id", "product_id", name=op.f("uq_stock_hold_line_stock_hold_id_product_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_hold_line_product_id"), "stock_hold_line", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_stock_hold_line_stock_hold_id"), "stock_hold_line", ["stock_hold_id"], unique=False
    )
    op.create_table(
        "wholesale_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wholesale_sale_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_wholesale_line_quantity")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_wholesale_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["wholesale_sale_id"],
            ["wholesale_sale.id"],
            name=op.f("fk_wholesale_line_wholesale_sale_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wholesale_line")),
        sa.UniqueConstraint(
            "wholesale_sale_id", "line", name=op.f("uq_wholesale_line_wholesale_sale_id_line")
        ),
        sa.UniqueConstraint(
            "wholesale_sale_id",
            "product_id",
            name=op.f("uq_wholesale_line_wholesale_sale_id_product_id"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_wholesale_line_product_id"), "wholesale_line", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_wholesale_line_wholesale_sale_id"),
        "wholesale_line",
        ["wholesale_sale_id"],
        unique=False,
    )
    op.create_table(
        "wholesale_red_invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wholesale_sale_id", sa.Integer(), nullable=False),
        sa.Column("invoice_number", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "number <> '' AND invoice_number <> ''", name=op.f("ck_wholesale_red_invoice_number")
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_wholesale_red_invoice_amount")),
        sa.ForeignKeyConstraint(
            ["wholesale_sale_id"],
            ["wholesale_sale.id"],
            name=op.f("fk_wholesale_red_invoice_wholesale_sale_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wholesale_red_invoice")),
        sa.UniqueConstraint("number", name=op.f("uq_wholesale_red_invoice_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_wholesale_red_invoice_wholesale_sale_id"),
        "wholesale_red_invoice",
        ["wholesale_sale_id"],
        unique=False,
    )
    op.create_table(
        "wholesale_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wholesale_sale_id", sa.Integer(), nullable=False),
        sa.Column("nth", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_wholesale_return_reason")),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_wholesale_return_amount")),
        sa.ForeignKeyConstraint(
            ["wholesale_sale_id"],
            ["wholesale_sale.id"],
            name=op.f("fk_wholesale_return_wholesale_sale_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wholesale_return")),
        sa.UniqueConstraint(
            "wholesale_sale_id", "nth", name=op.f("uq_wholesale_return_wholesale_sale_id_nth")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_wholesale_return_wholesale_sale_id"),
        "wholesale_return",
        ["wholesale_sale_id"],
        unique=False,
    )
    op.create_table(
        "callback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("said", sa.String(), nullable=False),
        sa.Column("need", sa.String(), nullable=False),
        sa.Column("inquiry_id", sa.Integer(), nullable=True),
        sa.Column("again_on", sa.Date(), nullable=True),
        sa.Column("called_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(result = 'satisfied') = (again_on IS NULL)", name=op.f("ck_callback_again")
        ),
        sa.CheckConstraint("inquiry_id IS NULL OR need <> ''", name=op.f("ck_callback_asked")),
        sa.CheckConstraint("result = 'unreachable' OR said <> ''", name=op.f("ck_callback_heard")),
        sa.CheckConstraint(
            "result IN ('satisfied', 'complaint', 'unreachable')", name=op.f("ck_callback_result")
        ),
        sa.ForeignKeyConstraint(
            ["inquiry_id"],
            ["inquiry.id"],
            name=op.f("fk_callback_inquiry_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_callback_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_callback")),
        sa.UniqueConstraint("number", name=op.f("uq_callback_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_callback_inquiry_id"), "callback", ["inquiry_id"], unique=False)
    op.create_index(op.f("ix_callback_order_id"), "callback", ["order_id"], unique=False)
    op.create_table(
        "deposit_exception",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("ordinary_fen", sa.BigInteger(), nullable=False),
        sa.Column("short_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "ordinary_fen >= short_fen AND total_fen >= ordinary_fen",
            name=op.f("ck_deposit_exception_part"),
        ),
        sa.CheckConstraint("short_fen > 0", name=op.f("ck_deposit_exception_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_deposit_exception_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deposit_exception")),
        sa.UniqueConstraint("number", name=op.f("uq_deposit_exception_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_deposit_exception_order_id"), "deposit_exception", ["order_id"], unique=False
    )
    op.create_table(
        "dispatch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("vehicle", sa.String(), nullable=False),
        sa.Column("driver", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("rest", sa.String(), nullable=False),
        sa.Column("deposit_fen", sa.BigInteger(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("loaded_on", sa.Date(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("archived_on", sa.Date(), nullable=True),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("rest IN ('kept', 'released')", name=op.f("ck_dispatch_rest")),
        sa.CheckConstraint(
            "state IN ('issued', 'loaded', 'signed', 'archived', 'void')",
            name=op.f("ck_dispatch_state"),
        ),
        sa.CheckConstraint("deposit_fen >= 0", name=op.f("ck_dispatch_deposit")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_dispatch_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["run_id"],
            ["vehicle_run.id"],
            name=op.f("fk_dispatch_run_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch")),
        sa.UniqueConstraint("number", name=op.f("uq_dispatch_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dispatch_order_id"), "dispatch", ["order_id"], unique=False)
    op.create_index(op.f("ix_dispatch_run_id"), "dispatch", ["run_id"], unique=False)
    op.create_table(
        "dispatch_cut",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cut_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "amount_fen >= 0 AND cost_fen >= 0", name=op.f("ck_dispatch_cut_amounts")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_dispatch_cut_quantity")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_dispatch_cut_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_cut")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_dispatch_cut_order_id"), "dispatch_cut", ["order_id"], unique=False)
    op.create_table(
        "dunning_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dunning_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("owed_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "owed_fen > 0 AND owed_fen < 9000000000000", name=op.f("ck_dunning_line_owed")
        ),
        sa.ForeignKeyConstraint(
            ["dunning_id"],
            ["dunning.id"],
            name=op.f("fk_dunning_line_dunning_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_dunning_line_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dunning_line")),
        sa.UniqueConstraint("dunning_id", "line", name=op.f("uq_dunning_line_dunning_id_line")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_dunning_line_dunning_id"), "dunning_line", ["dunning_id"], unique=False
    )
    op.create_index(op.f("ix_dunning_line_order_id"), "dunning_line", ["order_id"], unique=False)
    op.create_table(
        "guarantee_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("guarantor", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("document <> ''", name=op.f("ck_guarantee_letter_document")),
        sa.CheckConstraint("guarantor <> ''", name=op.f("ck_guarantee_letter_guarantor")),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_guarantee_letter_amount")
        ),
        sa.CheckConstraint("on_day <= due_on", name=op.f("ck_guarantee_letter_due")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_guarantee_letter_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_guarantee_letter")),
        sa.UniqueConstraint("number", name=op.f("uq_guarantee_letter_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_guarantee_letter_order_id"), "guarantee_letter", ["order_id"], unique=False
    )
    op.create_table(
        "held_draw",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("stock_hold_line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("reviewed_by", sa.String(), nullable=False),
        sa.Column("filing", sa.String(), nullable=False),
        sa.Column("filed_by", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state IN ('filed', 'drawn')) = (filing <> '')", name=op.f("ck_held_draw_filing")
        ),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_held_draw_reason")),
        sa.CheckConstraint(
            "state IN ('asked', 'reviewed', 'filed', 'drawn', 'refused')",
            name=op.f("ck_held_draw_state"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_held_draw_quantity")),
        sa.CheckConstraint("reviewed_by <> asked_by", name=op.f("ck_held_draw_second")),
        sa.ForeignKeyConstraint(
            ["stock_hold_line_id"],
            ["stock_hold_line.id"],
            name=op.f("fk_held_draw_stock_hold_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_draw")),
        sa.UniqueConstraint("number", name=op.f("uq_held_draw_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_held_draw_stock_hold_line_id"), "held_draw", ["stock_hold_line_id"], unique=False
    )
    op.create_table(
        "invoice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("tax_number", sa.String(), nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("agreed_by", sa.String(), nullable=False),
        sa.Column("agreed_with", sa.String(), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("invoice_no", sa.String(), nullable=True),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(issued_by <> '') = (invoice_no IS NOT NULL)", name=op.f("ck_invoice_numbered")
        ),
        sa.CheckConstraint(
            "(state IN ('issued', 'reversed')) = (issued_by <> '')", name=op.f("ck_invoice_issued")
        ),
        sa.CheckConstraint(
            "(state IN ('waived', 'withdrawn')) = (end_reason <> '')", name=op.f("ck_invoice_ended")
        ),
        sa.CheckConstraint("kind = 'ordinary' OR tax_number <> ''", name=op.f("ck_invoice_taxed")),
        sa.CheckConstraint("kind IN ('ordinary', 'special')", name=op.f("ck_invoice_kind")),
        sa.CheckConstraint("state <> 'agreed' OR agreed_by <> ''", name=op.f("ck_invoice_agreed")),
        sa.CheckConstraint(
            "state IN ('requested', 'agreed', 'issued', 'reversed', 'waived', 'withdrawn')",
            name=op.f("ck_invoice_state"),
        ),
        sa.CheckConstraint("title <> ''", name=op.f("ck_invoice_titled")),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_invoice_amount")
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_invoice_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice")),
        sa.UniqueConstraint("invoice_no", name=op.f("uq_invoice_invoice_no")),
        sa.UniqueConstraint("number", name=op.f("uq_invoice_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_invoice_order_id"), "invoice", ["order_id"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("list_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("fresh", sa.Boolean(), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "amount_fen >= 0 AND amount_fen < 9000000000000", name=op.f("ck_order_line_amount")
        ),
        sa.CheckConstraint("fresh IN (0, 1)", name=op.f("ck_order_line_fresh")),
        sa.CheckConstraint(
            "gift IN (0, 1) AND (gift = 0 OR unit_price_fen = 0)", name=op.f("ck_order_line_gift")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_line_quantity")),
        sa.CheckConstraint("unit_price_fen >= 0", name=op.f("ck_order_line_unit_price")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_order_line_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_order_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
        sa.UniqueConstraint(
            "order_id", "revision", "line", name=op.f("uq_order_line_order_id_revision_line")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_order_line_order_id"), "order_line", ["order_id"], unique=False)
    op.create_index(op.f("ix_order_line_product_id"), "order_line", ["product_id"], unique=False)
    op.create_table(
        "order_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_order_review_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_review")),
        sa.UniqueConstraint("order_id", "revision", name=op.f("uq_order_review_order_id_revision")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_order_review_order_id"), "order_review", ["order_id"], unique=False)
    op.create_table(
        "payment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("recorded_nth", sa.Integer(), nullable=False),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("cash_reason", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("declared_by", sa.String(), nullable=False),
        sa.Column("declared_for", sa.Integer(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=False),
        sa.Column("verified_by", sa.String(), nullable=False),
        sa.Column("taken_back_by", sa.String(), nullable=False),
        sa.Column("taken_back_reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("verified_at", Instant(), nullable=True),
        sa.Column("taken_back_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(declared_by = '') = (declared_for IS NULL)", name=op.f("ck_payment_declared")
        ),
        sa.CheckConstraint(
            "(state IN ('declared', 'withdrawn')) = (received_by = '')",
            name=op.f("ck_payment_receiver"),
        ),
        sa.CheckConstraint(
            "(state IN ('reversed', 'bounced', 'withdrawn')) = (taken_back_by <> '')",
            name=op.f("ck_payment_taken_back"),
        ),
        sa.CheckConstraint(
            "method IN ('transfer', 'cash', 'wechat', 'alipay', 'pos', 'cheque')",
            name=op.f("ck_payment_method"),
        ),
        sa.CheckConstraint(
            "state <> 'verified' OR verified_by <> ''", name=op.f("ck_payment_verifier")
        ),
        sa.CheckConstraint(
            "state IN ('declared', 'received', 'verified', 'reversed', 'bounced', 'withdrawn')",
            name=op.f("ck_payment_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('declared', 'received') OR verified_by = ''",
            name=op.f("ck_payment_unverified"),
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_payment_positive")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
            name=op.f("fk_payment_customer_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["declared_for"],
            ["sales_order.id"],
            name=op.f("fk_payment_declared_for"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment")),
        sa.UniqueConstraint(
            "method",
            "reference",
            "recorded_nth",
            name=op.f("uq_payment_method_reference_recorded_nth"),
        ),
        sa.UniqueConstraint("number", name=op.f("uq_payment_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_payment_customer_id"), "payment", ["customer_id"], unique=False)
    op.create_index(op.f("ix_payment_declared_for"), "payment", ["declared_for"], unique=False)
    op.create_index("ix_payment_state", "payment", ["state", "method", "amount_fen"], unique=False)
    op.create_table(
        "purchase",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("urgency", sa.String(), nullable=False),
        sa.Column("supplier", sa.String(), nullable=False),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("opinion", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('sent', 'answered', 'arrived', 'dropped')", name=op.f("ck_purchase_state")
        ),
        sa.CheckConstraint(
            "urgency IN ('ordinary', 'rush', 'critical')", name=op.f("ck_purchase_urgency")
        ),
        sa.CheckConstraint("direct IN (0, 1)", name=op.f("ck_purchase_direct")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_purchase_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase")),
        sa.UniqueConstraint("number", name=op.f("uq_purchase_number")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_purchase_order_id"), "purchase", ["order_id"], unique=False)
    op.create_table(
        "rebate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("rate_bp", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("maker", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("(state = 'paid') = (paid_by <> '')", name=op.f("ck_rebate_paid")),
        sa.CheckConstraint(
            "state IN ('proposed', 'paid', 'dropped')", name=op.f("ck_rebate_state")
        ),
        sa.CheckConstraint("amount_fen > 0", name=op.f("ck_rebate_amount")),
        sa.CheckConstraint("rate_bp > 0 AND rate_bp <= 10000", name=op.f("ck_rebate_rate")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_rebate_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rebate")),
        sa.UniqueConstraint("number", name=op.f("uq_rebate_number")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_rebate_living",
        "rebate",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'dropped'"),
        postgresql_where=sa.text("state <> 'dropped'"),
    )
    op.create_index(op.f("ix_rebate_order_id"), "rebate", ["order_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservation_positive")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_reservation_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_reservation_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_reservation_order_id"), "reservation", ["order_id"], unique=False)
    op.create_index(op.f("ix_reservation_product_id"), "reservation", ["product_id"], unique=False)
    op.create_index(
        "ix_reservation_promised",
        "reservation",
        ["product_id", "location", "order_id", "quantity"],
        unique=False,
    )
    op.create_table(
        "shortage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("refund", sa.Boolean(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "way IN ('substitute', 'postpone', 'cut', 'split')", name=op.f("ck_shortage_way")
        ),
        sa.CheckConstraint(
            "way NOT IN ('postpone', 'split') OR until IS NOT NULL", name=op.f("ck_shortage_until")
        ),
        sa.CheckConstraint("refund IN (0, 1)", name=op.f("ck_shortage_refund")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_shortage_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortage")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_shortage_order_id"), "shortage", ["order_id"], unique=False)
    op.create_table(
        "stock_hold_use",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_hold_line_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(order_id IS NULL) = (how IN ('released', 'expired'))",
            name=op.f("ck_stock_hold_use_order"),
        ),
        sa.CheckConstraint(
            "how IN ('taken', 'given_back', 'released', 'expired')",
            name=op.f("ck_stock_hold_use_how"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_hold_use_quantity")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_stock_hold_use_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["stock_hold_line_id"],
            ["stock_hold_line.id"],
            name=op.f("fk_stock_hold_use_stock_hold_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_hold_use")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_hold_use_order_id"), "stock_hold_use", ["order_id"], unique=False
    )
    op.create_index(
        op.f("ix_stock_hold_use_stock_hold_line_id"),
        "stock_hold_use",
        ["stock_hold_line_id"],
        unique=False,
    )
    op.create_table(
        "stock_promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=False),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "signed_by <> '' AND signed_on <= on_day AND arrives_on >= on_day",
            name=op.f("ck_stock_promise_signed"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_promise_quantity")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_stock_promise_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_stock_promise_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"],
            ["stock_promise.id"],
            name=op.f("fk_stock_promise_replaces_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_promise")),
        sa.UniqueConstraint("number", name=op.f("uq_stock_promise_number")),
        sa.UniqueConstraint("replaces_id", name=op.f("uq_stock_promise_replaces_id")),
        sqlite_strict=True,
    )
    op.create_index(
        "ix_stock_promise_coming",
        "stock_promise",
        ["product_id", "location", "arrives_on"],
        unique=False,
    )
    op.create_index(op.f("ix_stock_promise_order_id"), "stock_promise", ["order_id"], unique=False)
    op.create_index(
        op.f("ix_stock_promise_product_id"), "stock_promise", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_stock_promise_replaces_id"), "stock_promise", ["replaces_id"], unique=False
    )
    op.create_table(
        "vehicle_booking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("for_day", sa.Date(), nullable=False),
        sa.Column("vehicle", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("told <> ''", name=op.f("ck_vehicle_booking_told")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_vehicle_booking_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_booking")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_vehicle_booking_order_id"), "vehicle_booking", ["order_id"], unique=False
    )
    op.create_table(
        "wholesale_price",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wholesale_line_id", sa.Integer(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("unit_price_fen > 0", name=op.f("ck_wholesale_price_price")),
        sa.ForeignKeyConstraint(
            ["wholesale_line_id"],
            ["wholesale_line.id"],
            name=op.f("fk_wholesale_price_wholesale_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wholesale_price")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_wholesale_price_wholesale_line_id"),
        "wholesale_price",
        ["wholesale_line_id"],
        unique=False,
    )
    op.create_table(
        "wholesale_return_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("wholesale_return_id", sa.Integer(), nullable=False),
        sa.Column("wholesale_line_id", sa.Integer(), nullable=False),
        sa.Column("scrapped", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("cost_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "amount_fen >= 0 AND cost_fen >= 0", name=op.f("ck_wholesale_return_line_amount")
        ),
        sa.CheckConstraint(
            "quantity > 0 AND scrapped >= 0 AND scrapped <= quantity",
            name=op.f("ck_wholesale_return_line_quantity"),
        ),
        sa.ForeignKeyConstraint(
            ["wholesale_line_id"],
            ["wholesale_line.id"],
            name=op.f("fk_wholesale_return_line_wholesale_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["wholesale_return_id"],
            ["wholesale_return.id"],
            name=op.f("fk_wholesale_return_line_wholesale_return_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_wholesale_return_line")),
        sa.UniqueConstraint(
            "wholesale_return_id",
            "wholesale_line_id",
            name=op.f("uq_wholesale_return_line_wholesale_return_id_wholesale_line_id"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_wholesale_return_line_wholesale_line_id"),
        "wholesale_return_line",
        ["wholesale_line_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_wholesale_return_line_wholesale_return_id"),
        "wholesale_return_line",
        ["wholesale_return_id"],
        unique=False,
    )
    op.create_table(
        "bank_match",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bank_line_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("line_fen", sa.BigInteger(), nullable=False),
        sa.Column("payment_fen", sa.BigInteger(), nullable=False),
        sa.Column("fee_fen", sa.BigInteger(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(payment_id IS NULL) = (how IN ('ignored', 'unlinked'))",
            name=op.f("ck_bank_match_payment"),
        ),
        sa.CheckConstraint(
            "(reverses_id IS NOT NULL) = (how = 'unlinked')", name=op.f("ck_bank_match_reversal")
        ),
        sa.CheckConstraint(
            "how IN ('reference', 'quoted', 'payer', 'linked', 'ignored', 'unlinked')",
            name=op.f("ck_bank_match_how"),
        ),
        sa.CheckConstraint(
            "line_fen >= 0 AND (line_fen = 0) = (how = 'unlinked')", name=op.f("ck_bank_match_line")
        ),
        sa.CheckConstraint(
            "fee_fen >= 0 AND payment_fen <= line_fen + fee_fen", name=op.f("ck_bank_match_fee")
        ),
        sa.CheckConstraint(
            "payment_fen >= 0 AND (payment_fen = 0) = (payment_id IS NULL)",
            name=op.f("ck_bank_match_proved"),
        ),
        sa.ForeignKeyConstraint(
            ["bank_line_id"],
            ["bank_line.id"],
            name=op.f("fk_bank_match_bank_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
            name=op.f("fk_bank_match_payment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["reverses_id"],
            ["bank_match.id"],
            name=op.f("fk_bank_match_reverses_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bank_match")),
        sa.UniqueConstraint("reverses_id", name=op.f("uq_bank_match_reverses_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_bank_match_bank_line_id"), "bank_match", ["bank_line_id"], unique=False
    )
    op.create_index(op.f("ix_bank_match_payment_id"), "bank_match", ["payment_id"], unique=False)
    op.create_index(op.f("ix_bank_match_reverses_id"), "bank_match", ["reverses_id"], unique=False)
    op.create_table(
        "box",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("box", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("sealed_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("place <> ''", name=op.f("ck_box_place")),
        sa.CheckConstraint("box > 0", name=op.f("ck_box_box")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_box_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box")),
        sa.UniqueConstraint("dispatch_id", "box", name=op.f("uq_box_dispatch_id_box")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_box_dispatch_id"), "box", ["dispatch_id"], unique=False)
    op.create_table(
        "cheque",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("taking_id", sa.Integer(), nullable=True),
        sa.Column("cheque_number", sa.String(), nullable=False),
        sa.Column("bank", sa.String(), nullable=False),
        sa.Column("drawer", sa.String(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("told_by", sa.String(), nullable=False),
        sa.Column("checked_by", sa.String(), nullable=False),
        sa.Column("specimen", sa.String(), nullable=False),
        sa.Column("presented_on", sa.Date(), nullable=True),
        sa.Column("cleared_by", sa.String(), nullable=False),
        sa.Column("cleared_on", sa.Date(), nullable=True),
        sa.Column("bank_reference", sa.String(), nullable=False),
        sa.Column("end_reason", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'cleared') = (cleared_by <> '')", name=op.f("ck_cheque_cleared")
        ),
        sa.CheckConstraint(
            "(state IN ('bounced', 'handed_back')) = (end_reason <> '')",
            name=op.f("ck_cheque_ended"),
        ),
        sa.CheckConstraint(
            "state IN ('taken', 'checked', 'presented', 'cleared', 'bounced', 'handed_back')",
            name=op.f("ck_cheque_state"),
        ),
        sa.CheckConstraint(
            "state NOT IN ('checked', 'presented', 'cleared') OR checked_by <> ''",
            name=op.f("ck_cheque_checked"),
        ),
        sa.CheckConstraint(
            "(payment_id IS NULL) <> (taking_id IS NULL)", name=op.f("ck_cheque_money")
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
            name=op.f("fk_cheque_payment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["taking_id"],
            ["taking.id"],
            name=op.f("fk_cheque_taking_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cheque")),
        sa.UniqueConstraint("number", name=op.f("uq_cheque_number")),
        sa.UniqueConstraint("payment_id", name=op.f("uq_cheque_payment_id")),
        sa.UniqueConstraint("taking_id", name=op.f("uq_cheque_taking_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_cheque_payment_id"), "cheque", ["payment_id"], unique=False)
    op.create_index(op.f("ix_cheque_taking_id"), "cheque", ["taking_id"], unique=False)
    op.create_table(
        "delivery_wish",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("prices", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "title IN ('delivery', 'quotation')", name=op.f("ck_delivery_wish_title")
        ),
        sa.CheckConstraint("prices IN (0, 1)", name=op.f("ck_delivery_wish_prices")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_delivery_wish_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery_wish")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_delivery_wish_dispatch_id"), "delivery_wish", ["dispatch_id"], unique=False
    )
    op.create_table(
        "dispatch_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_dispatch_count_quantity")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_dispatch_count_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_count")),
        sa.UniqueConstraint(
            "dispatch_id",
            "department",
            "line",
            name=op.f("uq_dispatch_count_dispatch_id_department_line"),
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_dispatch_count_dispatch_id"), "dispatch_count", ["dispatch_id"], unique=False
    )
    op.create_table(
        "dispatch_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("order_line_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_dispatch_line_amount")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_dispatch_line_quantity")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_dispatch_line_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["order_line_id"],
            ["order_line.id"],
            name=op.f("fk_dispatch_line_order_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_line")),
        sa.UniqueConstraint("dispatch_id", "line", name=op.f("uq_dispatch_line_dispatch_id_line")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_dispatch_line_dispatch_id"), "dispatch_line", ["dispatch_id"], unique=False
    )
    op.create_index(
        op.f("ix_dispatch_line_order_line_id"), "dispatch_line", ["order_line_id"], unique=False
    )
    op.create_table(
        "dispatch_refusal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("short", sa.BigInteger(), nullable=False),
        sa.Column("damaged", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_dispatch_refusal_amount")),
        sa.CheckConstraint(
            "short >= 0 AND damaged >= 0 AND short + damaged > 0",
            name=op.f("ck_dispatch_refusal_refused"),
        ),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_dispatch_refusal_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dispatch_refusal")),
        sa.UniqueConstraint(
            "dispatch_id", "line", name=op.f("uq_dispatch_refusal_dispatch_id_line")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_dispatch_refusal_dispatch_id"), "dispatch_refusal", ["dispatch_id"], unique=False
    )
    op.create_table(
        "goods_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("exchange_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("by_day", sa.Date(), nullable=False),
        sa.Column("location", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'settled') = (settled_on IS NOT NULL)",
            name=op.f("ck_goods_return_settled_on"),
        ),
        sa.CheckConstraint(
            "(state = 'settled') = (way <> '')", name=op.f("ck_goods_return_settled")
        ),
        sa.CheckConstraint(
            "origin IN ('customer', 'delivery')", name=op.f("ck_goods_return_origin")
        ),
        sa.CheckConstraint(
            "state IN ('awaited', 'back', 'inspected', 'settled', 'dropped')",
            name=op.f("ck_goods_return_state"),
        ),
        sa.CheckConstraint(
            "way IN ('', 'refund', 'credit', 'exchange', 'nothing')",
            name=op.f("ck_goods_return_way"),
        ),
        sa.CheckConstraint("late IN (0, 1)", name=op.f("ck_goods_return_late")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_goods_return_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["exchange_id"],
            ["sales_order.id"],
            name=op.f("fk_goods_return_exchange_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_goods_return_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_goods_return")),
        sa.UniqueConstraint("number", name=op.f("uq_goods_return_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_goods_return_dispatch_id"), "goods_return", ["dispatch_id"], unique=False
    )
    op.create_index(
        op.f("ix_goods_return_exchange_id"), "goods_return", ["exchange_id"], unique=False
    )
    op.create_index(op.f("ix_goods_return_order_id"), "goods_return", ["order_id"], unique=False)
    op.create_table(
        "invoice_reversal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("invoice_id", sa.Integer(), nullable=False),
        sa.Column("invoice_no", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("issued_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_invoice_reversal_reasoned")),
        sa.ForeignKeyConstraint(
            ["invoice_id"],
            ["invoice.id"],
            name=op.f("fk_invoice_reversal_invoice_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invoice_reversal")),
        sa.UniqueConstraint("invoice_id", name=op.f("uq_invoice_reversal_invoice_id")),
        sa.UniqueConstraint("invoice_no", name=op.f("uq_invoice_reversal_invoice_no")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_invoice_reversal_invoice_id"), "invoice_reversal", ["invoice_id"], unique=False
    )
    op.create_table(
        "opening_settlement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opening_line_id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("settled_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000",
            name=op.f("ck_opening_settlement_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["opening_line_id"],
            ["opening_line.id"],
            name=op.f("fk_opening_settlement_opening_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
            name=op.f("fk_opening_settlement_payment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening_settlement")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_opening_settlement_opening_line_id"),
        "opening_settlement",
        ["opening_line_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_opening_settlement_payment_id"), "opening_settlement", ["payment_id"], unique=False
    )
    op.create_table(
        "order_table",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("accepted_at", Instant(), nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("prepared_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'list') = (dispatch_id IS NOT NULL)", name=op.f("ck_order_table_slip")
        ),
        sa.CheckConstraint("kind IN ('table', 'list')", name=op.f("ck_order_table_kind")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_order_table_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_order_table_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_table")),
        sa.UniqueConstraint("dispatch_id", name=op.f("uq_order_table_dispatch_id")),
        sa.UniqueConstraint("number", name=op.f("uq_order_table_number")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_table_dispatch_id"), "order_table", ["dispatch_id"], unique=False
    )
    op.create_index(
        "ix_order_table_one",
        "order_table",
        ["order_id"],
        unique=True,
        sqlite_where=sa.text("kind = 'table'"),
        postgresql_where=sa.text("kind = 'table'"),
    )
    op.create_index(op.f("ix_order_table_order_id"), "order_table", ["order_id"], unique=False)
    op.create_table(
        "payment_allocation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reverses", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("allocated_by", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('deposit', 'payment')", name=op.f("ck_payment_allocation_kind")
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000",
            name=op.f("ck_payment_allocation_positive"),
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_payment_allocation_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
            name=op.f("fk_payment_allocation_payment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payment_allocation")),
        sa.UniqueConstraint("reverses", name=op.f("uq_payment_allocation_reverses")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_payment_allocation_order_id"), "payment_allocation", ["order_id"], unique=False
    )
    op.create_index(
        op.f("ix_payment_allocation_payment_id"), "payment_allocation", ["payment_id"], unique=False
    )
    op.create_table(
        "purchase_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(verdict = 'yes') = (arrives_on IS NOT NULL)", name=op.f("ck_purchase_answer_day")
        ),
        sa.CheckConstraint("verdict IN ('yes', 'no')", name=op.f("ck_purchase_answer_verdict")),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchase.id"],
            name=op.f("fk_purchase_answer_purchase_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_answer")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_purchase_answer_purchase_id"), "purchase_answer", ["purchase_id"], unique=False
    )
    op.create_table(
        "purchase_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("stock_here", sa.BigInteger(), nullable=False),
        sa.Column("stock_in_all", sa.BigInteger(), nullable=False),
        sa.Column("sold", sa.BigInteger(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchase_line_quantity")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_purchase_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchase.id"],
            name=op.f("fk_purchase_line_purchase_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_line")),
        sa.UniqueConstraint(
            "purchase_id", "product_id", name=op.f("uq_purchase_line_purchase_id_product_id")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_purchase_line_product_id"), "purchase_line", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_purchase_line_purchase_id"), "purchase_line", ["purchase_id"], unique=False
    )
    op.create_table(
        "purchase_track",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purchase_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("says <> ''", name=op.f("ck_purchase_track_says")),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["purchase.id"],
            name=op.f("fk_purchase_track_purchase_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_track")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_purchase_track_purchase_id"), "purchase_track", ["purchase_id"], unique=False
    )
    op.create_table(
        "refund",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("payment_id", sa.Integer(), nullable=True),
        sa.Column("taking_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("cancellation", sa.Boolean(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("requested_by", sa.String(), nullable=False),
        sa.Column("policy_set", sa.String(), nullable=False),
        sa.Column("policy_version", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("paid_by", sa.String(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(state = 'paid') = (paid_by <> '') AND (state = 'paid') = (paid_on IS NOT NULL)",
            name=op.f("ck_refund_paid"),
        ),
        sa.CheckConstraint(
            "reference IS NULL OR state = 'paid'", name=op.f("ck_refund_referenced")
        ),
        sa.CheckConstraint(
            "state IN ('requested', 'paid', 'dropped')", name=op.f("ck_refund_state")
        ),
        sa.CheckConstraint(
            "(payment_id IS NULL) <> (taking_id IS NULL)", name=op.f("ck_refund_money")
        ),
        sa.CheckConstraint(
            "amount_fen > 0 AND amount_fen < 9000000000000", name=op.f("ck_refund_positive")
        ),
        sa.CheckConstraint("cancellation IN (0, 1)", name=op.f("ck_refund_cancellation")),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["sales_order.id"],
            name=op.f("fk_refund_order_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["payment_id"],
            ["payment.id"],
            name=op.f("fk_refund_payment_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["taking_id"],
            ["taking.id"],
            name=op.f("fk_refund_taking_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refund")),
        sa.UniqueConstraint("number", name=op.f("uq_refund_number")),
        sa.UniqueConstraint("reference", name=op.f("uq_refund_reference")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_refund_order_id"), "refund", ["order_id"], unique=False)
    op.create_index(op.f("ix_refund_payment_id"), "refund", ["payment_id"], unique=False)
    op.create_index(op.f("ix_refund_taking_id"), "refund", ["taking_id"], unique=False)
    op.create_table(
        "reservation_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reservation_id", sa.Integer(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "how IN ('released', 'loaded', 'lapsed')", name=op.f("ck_reservation_end_how")
        ),
        sa.ForeignKeyConstraint(
            ["reservation_id"],
            ["reservation.id"],
            name=op.f("fk_reservation_end_reservation_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation_end")),
        sa.UniqueConstraint("reservation_id", name=op.f("uq_reservation_end_reservation_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_reservation_end_reservation_id"),
        "reservation_end",
        ["reservation_id"],
        unique=False,
    )
    op.create_table(
        "shortage_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shortage_id", sa.Integer(), nullable=False),
        sa.Column("form", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.CheckConstraint("form IN (1, 2)", name=op.f("ck_shortage_line_form")),
        sa.CheckConstraint("gift IN (0, 1)", name=op.f("ck_shortage_line_gift")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_shortage_line_quantity")),
        sa.CheckConstraint("unit_price_fen >= 0", name=op.f("ck_shortage_line_unit_price")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_shortage_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["shortage_id"],
            ["shortage.id"],
            name=op.f("fk_shortage_line_shortage_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortage_line")),
        sa.UniqueConstraint(
            "shortage_id", "form", "line", name=op.f("uq_shortage_line_shortage_id_form_line")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_shortage_line_product_id"), "shortage_line", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_shortage_line_shortage_id"), "shortage_line", ["shortage_id"], unique=False
    )
    op.create_table(
        "shortage_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("shortage_id", sa.Integer(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("arrives_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(step = 'promised') = (signed_by <> '') AND (step = 'promised') = (signed_on IS NOT NULL) AND (step = 'promised') = (arrives_on IS NOT NULL)",
            name=op.f("ck_shortage_step_signed"),
        ),
        sa.CheckConstraint(
            "step IN ('promised', 'arrived', 'informed')", name=op.f("ck_shortage_step_step")
        ),
        sa.ForeignKeyConstraint(
            ["shortage_id"],
            ["shortage.id"],
            name=op.f("fk_shortage_step_shortage_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shortage_step")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_shortage_step_shortage_id"), "shortage_step", ["shortage_id"], unique=False
    )
    op.create_table(
        "slip_hand",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_slip_hand_name")),
        sa.CheckConstraint(
            "part IN ('loader', 'center', 'clerk', 'customer')", name=op.f("ck_slip_hand_part")
        ),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_slip_hand_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_hand")),
        sa.UniqueConstraint(
            "dispatch_id", "part", "name", name=op.f("uq_slip_hand_dispatch_id_part_name")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_slip_hand_dispatch_id"), "slip_hand", ["dispatch_id"], unique=False)
    op.create_table(
        "stock_promise_arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_promise_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_stock_promise_arrival_quantity")),
        sa.ForeignKeyConstraint(
            ["stock_promise_id"],
            ["stock_promise.id"],
            name=op.f("fk_stock_promise_arrival_stock_promise_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_promise_arrival")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_promise_arrival_stock_promise_id"),
        "stock_promise_arrival",
        ["stock_promise_id"],
        unique=False,
    )
    op.create_table(
        "stock_promise_end",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("stock_promise_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["stock_promise_id"],
            ["stock_promise.id"],
            name=op.f("fk_stock_promise_end_stock_promise_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_promise_end")),
        sa.UniqueConstraint("stock_promise_id", name=op.f("uq_stock_promise_end_stock_promise_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_stock_promise_end_stock_promise_id"),
        "stock_promise_end",
        ["stock_promise_id"],
        unique=False,
    )
    op.create_table(
        "till_receipt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_till_receipt_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_receipt")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_till_receipt_dispatch_id"), "till_receipt", ["dispatch_id"], unique=False
    )
    op.create_table(
        "vehicle_word",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("booking_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("says", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("kind IN ('reminded', 'followed')", name=op.f("ck_vehicle_word_kind")),
        sa.ForeignKeyConstraint(
            ["booking_id"],
            ["vehicle_booking.id"],
            name=op.f("fk_vehicle_word_booking_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vehicle_word")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_vehicle_word_booking_id"), "vehicle_word", ["booking_id"], unique=False
    )
    op.create_table(
        "box_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_box_line_quantity")),
        sa.ForeignKeyConstraint(
            ["box_id"],
            ["box.id"],
            name=op.f("fk_box_line_box_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_line")),
        sa.UniqueConstraint("box_id", "line", name=op.f("uq_box_line_box_id_line")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_box_line_box_id"), "box_line", ["box_id"], unique=False)
    op.create_table(
        "box_opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("box_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_box_opening_reason")),
        sa.ForeignKeyConstraint(
            ["box_id"],
            ["box.id"],
            name=op.f("fk_box_opening_box_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_opening")),
        sa.UniqueConstraint("box_id", name=op.f("uq_box_opening_box_id")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_box_opening_box_id"), "box_opening", ["box_id"], unique=False)
    op.create_table(
        "order_table_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("order_table_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("total_fen >= 0", name=op.f("ck_order_table_version_total")),
        sa.ForeignKeyConstraint(
            ["order_table_id"],
            ["order_table.id"],
            name=op.f("fk_order_table_version_order_table_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_table_version")),
        sa.UniqueConstraint(
            "order_table_id", "version", name=op.f("uq_order_table_version_order_table_id_version")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_table_version_order_table_id"),
        "order_table_version",
        ["order_table_id"],
        unique=False,
    )
    op.create_table(
        "purchase_arrival",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purchase_line_id", sa.Integer(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_purchase_arrival_quantity")),
        sa.ForeignKeyConstraint(
            ["purchase_line_id"],
            ["purchase_line.id"],
            name=op.f("fk_purchase_arrival_purchase_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_arrival")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_purchase_arrival_purchase_line_id"),
        "purchase_arrival",
        ["purchase_line_id"],
        unique=False,
    )
    op.create_table(
        "purchase_promise",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purchase_line_id", sa.Integer(), nullable=False),
        sa.Column("stock_promise_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_line_id"],
            ["purchase_line.id"],
            name=op.f("fk_purchase_promise_purchase_line_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["stock_promise_id"],
            ["stock_promise.id"],
            name=op.f("fk_purchase_promise_stock_promise_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purchase_promise")),
        sa.UniqueConstraint("stock_promise_id", name=op.f("uq_purchase_promise_stock_promise_id")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_purchase_promise_purchase_line_id"),
        "purchase_promise",
        ["purchase_line_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_purchase_promise_stock_promise_id"),
        "purchase_promise",
        ["stock_promise_id"],
        unique=False,
    )
    op.create_table(
        "return_count",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("department", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_return_count_quantity")),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["goods_return.id"],
            name=op.f("fk_return_count_return_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_count")),
        sa.UniqueConstraint(
            "return_id",
            "department",
            "line",
            name=op.f("uq_return_count_return_id_department_line"),
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_return_count_return_id"), "return_count", ["return_id"], unique=False)
    op.create_table(
        "return_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "amount_fen >= 0 AND amount_fen < 9000000000000", name=op.f("ck_return_credit_amount")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_credit_quantity")),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["goods_return.id"],
            name=op.f("fk_return_credit_return_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_credit")),
        sa.UniqueConstraint("return_id", "line", name=op.f("uq_return_credit_return_id_line")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_return_credit_return_id"), "return_credit", ["return_id"], unique=False
    )
    op.create_table(
        "return_fate",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("fate", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "fate IN ('stock', 'sample', 'scrap', 'refused', 'lost')",
            name=op.f("ck_return_fate_fate"),
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_fate_quantity")),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["goods_return.id"],
            name=op.f("fk_return_fate_return_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_fate")),
        sa.UniqueConstraint(
            "return_id", "line", "fate", name=op.f("uq_return_fate_return_id_line_fate")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_return_fate_return_id"), "return_fate", ["return_id"], unique=False)
    op.create_table(
        "return_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("return_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("order_line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("kind IN ('back', 'short')", name=op.f("ck_return_line_kind")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_line_quantity")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_return_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["return_id"],
            ["goods_return.id"],
            name=op.f("fk_return_line_return_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_line")),
        sa.UniqueConstraint("return_id", "line", name=op.f("uq_return_line_return_id_line")),
        sa.UniqueConstraint(
            "return_id", "order_line", "kind", name=op.f("uq_return_line_return_id_order_line_kind")
        ),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_return_line_product_id"), "return_line", ["product_id"], unique=False)
    op.create_index(op.f("ix_return_line_return_id"), "return_line", ["return_id"], unique=False)
    op.create_table(
        "slip_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("dispatch_id", sa.Integer(), nullable=False),
        sa.Column("till_receipt_id", sa.Integer(), nullable=True),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("staff", sa.String(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.CheckConstraint(
            "(step = 'checked') = (till_receipt_id IS NOT NULL)", name=op.f("ck_slip_step_receipt")
        ),
        sa.CheckConstraint("step IN ('checked', 'arrived')", name=op.f("ck_slip_step_step")),
        sa.ForeignKeyConstraint(
            ["dispatch_id"],
            ["dispatch.id"],
            name=op.f("fk_slip_step_dispatch_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["till_receipt_id"],
            ["till_receipt.id"],
            name=op.f("fk_slip_step_till_receipt_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_slip_step")),
        sqlite_strict=True,
    )
    op.create_index(op.f("ix_slip_step_dispatch_id"), "slip_step", ["dispatch_id"], unique=False)
    op.create_index(
        op.f("ix_slip_step_till_receipt_id"), "slip_step", ["till_receipt_id"], unique=False
    )
    op.create_table(
        "till_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("till_receipt_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_till_line_quantity")),
        sa.CheckConstraint("unit_price_fen >= 0", name=op.f("ck_till_line_unit_price")),
        sa.ForeignKeyConstraint(
            ["till_receipt_id"],
            ["till_receipt.id"],
            name=op.f("fk_till_line_till_receipt_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_till_line")),
        sa.UniqueConstraint(
            "till_receipt_id", "line", name=op.f("uq_till_line_till_receipt_id_line")
        ),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_till_line_till_receipt_id"), "till_line", ["till_receipt_id"], unique=False
    )
    op.create_table(
        "order_table_line",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("order_line", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.Integer(), nullable=False),
        sa.Column("brand", sa.String(), nullable=False),
        sa.Column("packaging", sa.String(), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("unit_price_fen", sa.BigInteger(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("receipt", sa.String(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_table_line_quantity")),
        sa.CheckConstraint(
            "unit_price_fen >= 0 AND amount_fen >= 0", name=op.f("ck_order_table_line_amounts")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
            name=op.f("fk_order_table_line_product_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["order_table_version.id"],
            name=op.f("fk_order_table_line_version_id"),
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_table_line")),
        sa.UniqueConstraint("version_id", "line", name=op.f("uq_order_table_line_version_id_line")),
        sqlite_strict=True,
    )
    op.create_index(
        op.f("ix_order_table_line_product_id"), "order_table_line", ["product_id"], unique=False
    )
    op.create_index(
        op.f("ix_order_table_line_version_id"), "order_table_line", ["version_id"], unique=False
    )
