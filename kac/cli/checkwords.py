"""What people call the checks of the file, of the books and of the night.

In English a check is called by its name, which scripts know it by too.
"""

from __future__ import annotations

from kac.core.i18n import N_

CHECKS = {
    "accounts_equal_books": N_("accounts_equal_books"),
    "ageing_equals_account": N_("ageing_equals_account"),
    "attachments_are_there": N_("attachments_are_there"),
    "cards_equal_books": N_("cards_equal_books"),
    "carried_equals_books": N_("carried_equals_books"),
    "carried_overnight": N_("carried_overnight"),
    "chain_is_whole": N_("chain_is_whole"),
    "cheques_equal_account": N_("cheques_equal_account"),
    "days_are_closed": N_("days_are_closed"),
    "deposits_equal_liability": N_("deposits_equal_liability"),
    "dispatched_are_paid": N_("dispatched_are_paid"),
    "dispatched_equals_ordered": N_("dispatched_equals_ordered"),
    "exposures_are_within_limits": N_("exposures_are_within_limits"),
    "gates_that_should_be_open": N_("gates_that_should_be_open"),
    "in_the_right_place": N_("in_the_right_place"),
    "invoices_have_their_ground": N_("invoices_have_their_ground"),
    "invoices_wait": N_("invoices_wait"),
    "letters_are_paid_by_their_day": N_("letters_are_paid_by_their_day"),
    "lines_are_used_once": N_("lines_are_used_once"),
    "no_money_is_used_twice": N_("no_money_is_used_twice"),
    "not_cleared": N_("not_cleared"),
    "numbers_have_no_gaps": N_("numbers_have_no_gaps"),
    "numbers_in_one_place": N_("numbers_in_one_place"),
    "pages_are_whole": N_("pages_are_whole"),
    "paper_copies_are_accounted": N_("paper_copies_are_accounted"),
    "proved_money_stands": N_("proved_money_stands"),
    "receipts_are_printed": N_("receipts_are_printed"),
    "receipts_are_recorded": N_("receipts_are_recorded"),
    "receivables_overdue": N_("receivables_overdue"),
    "receivables_equal_account": N_("receivables_equal_account"),
    "references_hold": N_("references_hold"),
    "replies_overdue": N_("replies_overdue"),
    "reservations_equal_orders": N_("reservations_equal_orders"),
    "reserved_goods_are_there": N_("reserved_goods_are_there"),
    "schema_is_ours": N_("schema_is_ours"),
    "sold_on_credit_is_vouched_for": N_("sold_on_credit_is_vouched_for"),
    "statements_stand": N_("statements_stand"),
    "steps_run_forward": N_("steps_run_forward"),
    "stock_never_negative": N_("stock_never_negative"),
    "stock_value_equals_accounts": N_("stock_value_equals_accounts"),
    "transfers_are_on_the_statement": N_("transfers_are_on_the_statement"),
    "trial_balance": N_("trial_balance"),
    "unanswered": N_("unanswered"),
    "unverified_equals_account": N_("unverified_equals_account"),
    "void_copies_are_kept": N_("void_copies_are_kept"),
}
