"""Writes what the README says of the code from the code: `python -m tests.tidy.refresh_readme`."""

from __future__ import annotations

import re
from pathlib import Path

from kac.core import policyfile, rulebook
from kac.core.machine import Machine
from kac.db.policybook import DESK, PolicyVersion
from kac.desk import NOUNS
from kac.desk.adjustments.states import ADJUSTMENT
from kac.desk.amendments.states import POLICY_CHANGE
from kac.desk.approvals.states import APPROVAL
from kac.desk.campaigns.states import CAMPAIGN, OWNER
from kac.desk.card_sales.states import CARD_SALE
from kac.desk.cheques.states import CHEQUE
from kac.desk.contracts.states import CONTRACT
from kac.desk.credits.states import CREDIT
from kac.desk.dispatch.states import DISPATCH
from kac.desk.dossiers.states import KA_APPLICATION
from kac.desk.expenses.states import EXPENSE
from kac.desk.inquiries.states import INQUIRY
from kac.desk.invoices.states import INVOICE
from kac.desk.ious.states import IOU
from kac.desk.negotiations.states import NEGOTIATION
from kac.desk.orders.states import ORDER
from kac.desk.payments.states import PAYMENT
from kac.desk.purchases.states import PURCHASE
from kac.desk.quotations.states import QUOTATION
from kac.desk.refunds.states import REFUND
from kac.desk.returns.states import RETURN
from kac.desk.securities.states import SECURITY
from kac.desk.settlement_days.states import SETTLEMENT_DAY
from kac.desk.shipments.states import HELD_DRAW, SHIPMENT
from kac.desk.statements.states import STATEMENT
from kac.desk.takings.states import TAKING
from kac.desk.transfers.states import TRANSFER
from kac.desk.visits.states import VISIT
from kac.desk.wholesale.states import WHOLESALE

README = Path(__file__).parents[2] / "README.md"
MACHINES: tuple[Machine, ...] = (
    *(VISIT, CAMPAIGN, OWNER, INQUIRY, QUOTATION, ORDER),
    *(KA_APPLICATION, NEGOTIATION, CONTRACT),
    *(CREDIT, CARD_SALE, IOU, TAKING, SETTLEMENT_DAY, WHOLESALE, EXPENSE),
    *(
        APPROVAL,
        PAYMENT,
        REFUND,
        RETURN,
        SECURITY,
        CHEQUE,
        STATEMENT,
        DISPATCH,
        INVOICE,
        POLICY_CHANGE,
    ),
    *(ADJUSTMENT, TRANSFER, PURCHASE, SHIPMENT, HELD_DRAW),
)


def state_diagrams() -> str:
    """Every state machine as a Mermaid diagram."""
    return "\n\n".join(f"```mermaid\n{machine.diagram()}\n```" for machine in MACHINES)


def permissions() -> str:
    """Every verb with the roles that may do it, and those to which a rule forbids it."""
    version = PolicyVersion(DESK, 1, dict(policyfile.shipped()[DESK]))
    alike: dict[tuple[str, str, str], list[str]] = {}
    for verb in sorted(version.body["verb"]):
        noun, _dot, word = verb.partition(".")
        alike.setdefault((noun, _may(version, verb), _never(version, verb)), []).append(word)
    rows = [
        f"| {noun} | {' '.join(words)} | {may} | {never} |"
        for (noun, may, never), words in alike.items()
    ]
    return "\n".join(["| noun | verb | may | never |", "| --- | --- | --- | --- |", *rows])


def _may(version: PolicyVersion, verb: str) -> str:
    named = version.permission(verb)["roles"]
    wider = set().union(*(version.holders(role) for role in named)) - set(named)
    return ", ".join([*named, *(f"*{role}*" for role in sorted(wider))])


def _never(version: PolicyVersion, verb: str) -> str:
    forbidden = version.permission(verb).get("forbidden", {})
    return ", ".join(f"{role} ({rule})" for role, rule in forbidden.items())


def nouns() -> str:
    """The nouns of the desk in the order that their imports follow."""
    return " · ".join(f"`{noun}`" for noun in NOUNS)


BLOCKS = {
    "nouns": nouns,
    "permissions": permissions,
    "rule counts": rulebook.counts_table,
    "state diagrams": state_diagrams,
}


def refreshed(text: str) -> str:
    """The README with every generated block written anew."""
    for name, made in BLOCKS.items():
        pattern = rf"(<!-- generated: {name} -->\n).*?(<!-- /generated -->)"
        found = re.findall(pattern, text, flags=re.DOTALL)
        assert len(found) == 1, name
        block = made().strip()
        text = re.sub(pattern, lambda m, b=block: f"{m[1]}{b}\n{m[2]}", text, flags=re.DOTALL)
    return text


if __name__ == "__main__":
    README.write_text(refreshed(README.read_text("utf-8")), "utf-8")
