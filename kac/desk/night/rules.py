"""Rules of the night: what a check came to, and what the whole of it tells cron."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.errors import Exit
from kac.core.findings import Finding
from kac.core.i18n import N_, _
from kac.core.values import dataclass

STATES = {
    "ok": N_("in order"),
    "reminders": N_("reminders"),
    "differences": N_("differences"),
    "failed": N_("could not be checked"),
}

# The rules that each check proves.
RULES: dict[str, tuple[str, ...]] = {
    "trial_balance": ("CRH-DAT-02",),
    "stock_never_negative": ("CRH-DAT-02",),
    "stock_value_equals_accounts": ("CRH-DAT-02", "RTL-DUT-08"),
    "deposits_equal_liability": ("CRH-DAT-02",),
    "unverified_equals_account": ("CRH-DAT-02",),
    "cheques_equal_account": ("CRH-DAT-02", "RTL-CTL-06"),
    "receivables_equal_account": ("CRH-DAT-02",),
    "no_money_is_used_twice": ("RTL-DUT-07",),
    "reservations_equal_orders": ("RTL-ORD-02", "CRH-DAT-02"),
    "reserved_goods_are_there": ("RTL-ORD-02", "BLK-INT-01"),
    "road_equals_moves": ("CRH-DAT-02",),
    "on_the_road_too_long": ("RTL-DUT-06", "A-66"),
    "promises_broken": ("RTL-ORD-03", "A-66"),
    "purchases_followed_up": ("GPA-STK-09", "GPA-STK-10"),
    "deemed_correct": ("DST-GDS-08", "DST-GDS-09", "A-06"),
    "offices_equal_account": ("DST-GDS-07", "DST-GDS-09", "CRH-DAT-02"),
    "charged_in_time": ("DST-GDS-08", "DST-GDS-09", "A-06"),
    "shipments_followed_up": ("DST-GDS-10", "DST-GDS-12", "DST-GDS-19"),
    "purchases_late": ("GPA-STK-05", "GPA-STK-07", "A-66"),
    "reservations_expire": ("C-15", "RTL-ORD-02"),
    "reservations_over": ("C-15", "RTL-ORD-02"),
    "dispatched_are_paid": ("RTL-PRI-02", "RTL-PAY-04"),
    "dispatched_equals_ordered": ("RTL-CTL-07",),
    "goods_wait_for_cheques": ("RTL-CTL-06",),
    "not_cleared": ("RTL-CTL-06",),
    "cheques_at_the_window": ("RTL-CTL-06", "A-48"),
    "void_copies_come_back": ("RTL-SHT-09", "C-27"),
    "void_copies_are_kept": ("RTL-SHT-09", "RTL-SHT-11"),
    "paper_copies_are_accounted": ("RTL-ORD-05", "RTL-PAY-05", "RTL-PAY-11"),
    "receipts_are_printed": ("RTL-DEP-03", "RTL-DEP-04", "RTL-DEP-05"),
    "steps_run_forward": ("RTL-PRI-02",),
    "replies_overdue": ("RTL-REC-18",),
    "gates_that_should_be_open": ("RTL-PAY-11", "A-24"),
    "deliveries_tomorrow": ("GPA-VEH-02",),
    "bookings_followed_up": ("GPA-VEH-02", "GPA-VEH-03"),
    "tables_late": ("GPA-TAB-01", "A-51", "A-66"),
    "classes_requalified": ("BLK-DEF-01", "RTL-DEF-02", "A-29"),
    "quotations_lapsed": ("FLW-QUO-01",),
    "contracts_over": ("CRF-DEV-07",),
    "collections_overdue": ("RTL-DUT-03", "HYP-CRE-02"),
    "numbers_in_one_place": ("HYP-CRD-07",),
    "cards_equal_books": ("CRH-DAT-02",),
    "carried_equals_books": ("HYP-FIN-01", "CRH-DAT-02"),
    "carried_overnight": ("HYP-FIN-01",),
    "accounts_equal_books": ("DST-GDS-07", "CRH-DAT-02"),
    "statements_stand": ("CRH-DAT-02",),
    "unanswered": ("DST-APP-05",),
    "days_are_closed": ("HYP-FIN-08", "HYP-FIN-10", "HYP-FIN-11"),
    "sold_on_credit_is_vouched_for": ("RTL-PRI-03", "RTL-PRI-04"),
    "exposures_are_within_limits": ("RTL-CTL-01", "A-65"),
    "letters_are_paid_by_their_day": ("RTL-PRI-03", "A-47"),
    "in_the_right_place": ("HYP-CRD-06",),
    "bank_receipts_are_recorded": ("RTL-DUT-07",),
    "transfers_are_on_the_statement": ("RTL-DUT-07", "RTL-PAY-03"),
    "lines_are_used_once": ("RTL-DUT-07", "CRH-DAT-02"),
    "proved_money_stands": ("RTL-DUT-07",),
    "bank_matching": ("RTL-DUT-07",),
    "monthly_statements": ("RTL-MTH-07", "A-25"),
    "bank_inbox": ("RTL-DUT-07",),
    "pages_are_whole": ("CRH-DAT-02",),
    "references_hold": ("CRH-DAT-02",),
    "schema_is_ours": ("CRH-DAT-02",),
    "chain_is_whole": ("CRH-DAT-02",),
    "numbers_have_no_gaps": ("RTL-SHT-11",),
    "attachments_are_there": ("CRH-DAT-02",),
}


@dataclass(frozen=True)
class Proof:
    """What one check came to; `trouble` is why it could not be carried out, and nothing else is.

    `since` is the link of the chain behind which it looked; empty where it looked at everything.
    """

    name: str
    findings: tuple[Finding, ...] = ()
    trouble: str = ""
    since: str = ""

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that it proves, and those of what it found."""
        own = RULES.get(self.name, ())
        return tuple(dict.fromkeys([*own, *(r for each in self.findings for r in each.rules)]))

    @property
    def state(self) -> str:
        """The worst of what was found."""
        if self.trouble:
            return "failed"
        if any(not finding.soft for finding in self.findings):
            return "differences"
        return "reminders" if self.findings else "ok"

    def as_dict(self) -> dict[str, object]:
        """The line of the check as JSON shows it."""
        return {
            "check": self.name,
            "rules": list(self.rules),
            "state": self.state,
            "count": len(self.findings),
            "says": self.trouble,
            "since": self.since,
        }

    def told(self) -> list[Finding]:
        """What it found; a check that failed is told as a difference, for nothing is proved."""
        if not self.trouble:
            return list(self.findings)
        says = _("could not be checked: {trouble}").format(trouble=self.trouble)
        return [Finding(self.name, "", says, self.rules, "kac db check")]


def outcome(proofs: Sequence[Proof], asked: bool) -> Exit:
    """What cron is told: a check that failed always, differences where it was asked for them."""
    states = {proof.state for proof in proofs}
    if "failed" in states:
        return Exit.INTERNAL
    if asked and "differences" in states:
        return Exit.DIFFERENCES
    return Exit.DONE
