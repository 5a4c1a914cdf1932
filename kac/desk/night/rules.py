"""Rules of the night: what a check came to, and what the whole of it tells cron."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kac.core.errors import Exit
from kac.core.findings import Finding
from kac.core.i18n import N_, _

STATES = {
    "ok": N_("in order"),
    "reminders": N_("reminders"),
    "differences": N_("differences"),
    "failed": N_("could not be checked"),
}

# What each check is called, and the rules that it proves.
TITLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "trial_balance": (N_("debits equal credits"), ("CRH-DAT-02",)),
    "stock_never_negative": (N_("no stock below nothing"), ("CRH-DAT-02",)),
    "stock_value_equals_accounts": (
        N_("goods are worth what the books say"),
        ("CRH-DAT-02", "RTL-DUT-08"),
    ),
    "deposits_equal_liability": (N_("money held for customers"), ("CRH-DAT-02",)),
    "unverified_equals_account": (N_("money not verified yet"), ("CRH-DAT-02",)),
    "cheques_equal_account": (N_("cheques in hand"), ("CRH-DAT-02", "RTL-CTL-06")),
    "receivables_equal_account": (N_("what customers owe"), ("CRH-DAT-02",)),
    "no_money_is_used_twice": (N_("no money used twice"), ("RTL-DUT-07",)),
    "reservations_equal_orders": (N_("what is promised is reserved"), ("RTL-ORD-02", "CRH-DAT-02")),
    "reserved_goods_are_there": (N_("what is reserved is there"), ("RTL-ORD-02", "BLK-INT-01")),
    "dispatched_are_paid": (N_("goods that left are paid"), ("RTL-PRI-02", "RTL-PAY-04")),
    "dispatched_equals_ordered": (N_("goods that left were ordered"), ("RTL-CTL-07",)),
    "goods_wait_for_cheques": (N_("goods waited for cheques"), ("RTL-CTL-06",)),
    "not_cleared": (N_("cheques not cleared"), ("RTL-CTL-06",)),
    "void_copies_are_kept": (N_("void copies are kept"), ("RTL-SHT-09", "RTL-SHT-11")),
    "paper_copies_are_accounted": (
        N_("every copy is accounted for"),
        ("RTL-ORD-05", "RTL-PAY-05", "RTL-PAY-11"),
    ),
    "receipts_are_printed": (
        N_("receipts are printed"),
        ("RTL-DEP-03", "RTL-DEP-04", "RTL-DEP-05"),
    ),
    "steps_run_forward": (N_("steps run forward"), ("RTL-PRI-02",)),
    "replies_overdue": (N_("call-backs overdue"), ("RTL-REC-18",)),
    "gates_that_should_be_open": (N_("deadlines of orders"), ("RTL-PAY-11", "A-24")),
    "deliveries_tomorrow": (N_("deliveries tomorrow"), ("GPA-VEH-02",)),
    "quotations_lapsed": (N_("quotations out of date"), ("FLW-QUO-01",)),
    "contracts_over": (N_("contracts over"), ("CRF-DEV-07",)),
    "collections_overdue": (N_("collections overdue"), ("RTL-DUT-03", "HYP-CRE-02")),
    "numbers_in_one_place": (N_("card numbers in one place"), ("HYP-CRD-07",)),
    "cards_equal_books": (N_("cards are worth what the books say"), ("CRH-DAT-02",)),
    "carried_equals_books": (
        N_("money in hand is what the books say"),
        ("HYP-FIN-01", "CRH-DAT-02"),
    ),
    "carried_overnight": (N_("money carried overnight"), ("HYP-FIN-01",)),
    "in_the_right_place": (N_("IOUs in the right place"), ("HYP-CRD-06",)),
    "bank_receipts_are_recorded": (N_("bank receipts are recorded"), ("RTL-DUT-07",)),
    "transfers_are_on_the_statement": (
        N_("money verified is on the statement"),
        ("RTL-DUT-07", "RTL-PAY-03"),
    ),
    "lines_are_used_once": (N_("bank lines are used once"), ("RTL-DUT-07", "CRH-DAT-02")),
    "proved_money_stands": (N_("money proved still stands"), ("RTL-DUT-07",)),
    "bank_matching": (N_("matching of the bank"), ("RTL-DUT-07",)),
    "bank_inbox": (N_("statements in the inbox"), ("RTL-DUT-07",)),
    "pages_are_whole": (N_("pages of the ledger file"), ("CRH-DAT-02",)),
    "references_hold": (N_("references between rows"), ("CRH-DAT-02",)),
    "schema_is_ours": (N_("tables, triggers and views"), ("CRH-DAT-02",)),
    "chain_is_whole": (N_("the audit chain"), ("CRH-DAT-02",)),
    "numbers_have_no_gaps": (N_("numbers without gaps"), ("RTL-SHT-11",)),
    "attachments_are_there": (N_("attached files"), ("CRH-DAT-02",)),
}


@dataclass(frozen=True)
class Proof:
    """What one check came to; `trouble` is why it could not be carried out, and nothing else is."""

    name: str
    findings: tuple[Finding, ...] = ()
    trouble: str = ""

    @property
    def title(self) -> str:
        """What people call the check."""
        return TITLES[self.name][0] if self.name in TITLES else self.name

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that it proves, and those of what it found."""
        own = TITLES[self.name][1] if self.name in TITLES else ()
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
            "title": _(self.title),
            "rules": list(self.rules),
            "state": self.state,
            "count": len(self.findings),
            "says": self.trouble,
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
