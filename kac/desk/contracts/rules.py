"""Rules of the contract: what it must say, who signs it, when it may be executed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kac.core.errors import BadInput
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step, matrix_route
from kac.desk.contracts.policy import ContractPolicies
from kac.desk.contracts.states import CONTENTS, SETTLEMENT
from kac.desk.limits import rules as limits

AFTER: dict[str, tuple[str, ...]] = {
    "contract_submitted": (
        "evaluation_go",
        "talks_agreed",
        "contract_contents",
        "contract_rights",
        "contract_secured",
    ),
    "contract_signed": ("contract_submitted",),
    "contract_approved": ("contract_submitted", "contract_signed"),
    "contract_filed": ("not_rejected", "contract_signed", "contract_approved"),
    "contract_executing": (
        "not_rejected",
        "contract_signed",
        "contract_approved",
        "contract_filed",
        "contract_in_term",
        "contract_secured",
    ),
    "contract_in_term": ("contract_submitted",),
}
# Work of clerks: their managers may do it too, but are not reminded of it.
OF_CLERKS = frozenset(
    {
        "contract_contents",
        "contract_rights",
        "contract_submitted",
        "contract_executing",
        "contract_in_term",
    }
)
# Work that is never one's own: whoever prepared the contract does not sign it.
NOT_ONES_OWN = frozenset({"contract_signed", "contract_approved"})


@dataclass(frozen=True)
class Terms:
    """What a contract says; amounts in fen, both days of the term included."""

    amount_fen: int
    from_day: date
    to_day: date
    terms: str = ""
    service: str = ""
    prices: str = ""
    mode: str = ""
    rights: str = ""
    floor_price_fen: int | None = None
    delivery_on: date | None = None
    statement_day: int | None = None
    due_day: int | None = None

    def __post_init__(self) -> None:
        for each in (self.statement_day, self.due_day):
            if each is not None and not 1 <= each <= 31:
                says = _("{day} is no day of a month").format(day=each)
                raise BadInput(says, code="E-CON-005", rules=["A-25"])


@dataclass(frozen=True)
class Sibling:
    """Another living contract with the same customer, and the day its signatures were asked."""

    number: str
    amount_fen: int
    submitted_on: date


@dataclass(frozen=True)
class ContractFacts:
    """A contract as its gates see it; `siblings` were handed in within the days of the policy.

    `evaluation` is the last decision about the customer, `talks` how the last talks stand; both
    are empty where none was recorded. `good` says why the customer is one of good credit, and is
    empty where nothing does; `security_fen` are the verified deposits.
    """

    number: str
    state: str
    customer: str
    customer_name: str
    terms: Terms
    evaluation: str
    talks: str
    siblings: tuple[Sibling, ...]
    approval: str
    steps: tuple[Step, ...]
    signed: tuple[Signed, ...]
    filed_by: str
    filing: str
    good: str = ""
    security_fen: int = 0


def secured(facts: ContractFacts, policies: ContractPolicies) -> list[Gate]:
    """Who has no credit leaves security first (RTL-MTH-03); other sets ask for none."""
    if policies.security is None:
        return []
    roles = policies.may["security.record"]
    security = Money(facts.security_fen)
    return [limits.secured(facts.number, facts.customer_name, facts.good, security, roles)]


def to_submit(facts: ContractFacts, policies: ContractPolicies) -> list[Gate]:
    """What must hold before a contract is written down or handed in."""
    return [
        evaluation_go(facts, policies),
        talks_agreed(facts, policies),
        contents(facts, policies),
        rights(facts, policies),
    ]


def to_hand_in(facts: ContractFacts, policies: ContractPolicies) -> list[Gate]:
    """What must hold before signatures are asked for it."""
    return [*to_submit(facts, policies), *secured(facts, policies)]


def evaluation_go(facts: ContractFacts, policies: ContractPolicies) -> Gate:
    """Whoever was evaluated was found worth going on with (CRB-EVA-03, CRB-CON-01)."""
    rules = ("CRB-EVA-03", "CRB-CON-01")
    if facts.evaluation != "no_go":
        says = (
            _("{customer}: evaluated, go") if facts.evaluation else _("{customer}: no evaluation")
        )
        return Gate("evaluation_go", rules, True, says.format(customer=facts.customer_name))
    return Gate(
        "evaluation_go",
        rules,
        False,
        _("{customer}: the evaluation ended in no cooperation").format(
            customer=facts.customer_name
        ),
        policies.may["customer.evaluate"],
        f"kac customer evaluate {facts.customer} --go --reason …",
    )


def talks_agreed(facts: ContractFacts, policies: ContractPolicies) -> Gate:
    """Talks that were opened ended in agreement (CRA-CON-01, CRH-PRC-07, CRG-BIZ-02)."""
    rules = ("CRA-CON-01", "CRH-PRC-07", "CRG-BIZ-02")
    if facts.talks in ("", "agreed"):
        says = _("talks ended in agreement") if facts.talks else _("no talks are recorded")
        return Gate("talks_agreed", rules, True, says)
    says = _("talks with {customer} are still under way")
    if facts.talks == "failed":
        says = _("talks with {customer} ended without agreement")
    return Gate(
        "talks_agreed",
        rules,
        False,
        says.format(customer=facts.customer_name),
        policies.may["contract.negotiation"],
        f"kac contract negotiation {facts.customer} --closed",
    )


def contents(facts: ContractFacts, policies: ContractPolicies) -> Gate:
    """Term, service content, price policy, mode and payment are agreed (CRB-CON-02, CRF-DEV-07).

    A contract by the month names its days of settlement too (RTL-MTH-07, A-25).
    """
    rules = ("CRB-CON-02", "CRF-DEV-07", *(("RTL-MTH-07",) if policies.security else ()))
    asked = {**CONTENTS, **(SETTLEMENT if policies.security else {})}
    missing = [name for name in asked if not getattr(facts.terms, name)]
    if not missing:
        says = _("it says: term, {contents}").format(
            contents=", ".join(_(label) for label, _typed in asked.values())
        )
        return Gate("contract_contents", rules, True, says)
    return Gate(
        "contract_contents",
        rules,
        False,
        _("it does not say: {contents}").format(
            contents=", ".join(_(asked[name][0]) for name in missing)
        ),
        policies.contracts.made_by,
        _edit(facts, " ".join(asked[name][1] for name in missing)),
    )


def rights(facts: ContractFacts, policies: ContractPolicies) -> Gate:
    """Rights and duties of both sides are in it (CRA-CON-02, CRB-CON-03, CRH-PRC-05)."""
    rules = ("CRA-CON-02", "CRB-CON-03", "CRH-PRC-05")
    if facts.terms.rights:
        return Gate("contract_rights", rules, True, _("it says rights and duties of both sides"))
    return Gate(
        "contract_rights",
        rules,
        False,
        _("it does not say rights and duties of both sides"),
        policies.contracts.made_by,
        _edit(facts, "--rights TEXT"),
    )


def _edit(facts: ContractFacts, options: str) -> str:
    if not facts.number:
        return f"kac contract add {facts.customer} … {options}"
    return f"kac contract edit {facts.number} {options}"


def counted_fen(facts: ContractFacts) -> int:
    """The amount with those of the contracts beside it (A-53)."""
    return facts.terms.amount_fen + sum(each.amount_fen for each in facts.siblings)


def route(facts: ContractFacts, policies: ContractPolicies) -> tuple[Step, ...]:
    """The signatures that the amount asks for (DST-AUT-01..09, A-05)."""
    decides = policies.contracts.split_decides
    amount = counted_fen(facts) if decides else facts.terms.amount_fen
    return matrix_route(policies.matrix, "contract", amount)


def with_route(facts: ContractFacts, policies: ContractPolicies) -> ContractFacts:
    """The facts with the signatures that would be asked for now, none of them given."""
    return replace(facts, approval="", steps=route(facts, policies), signed=())


def split_note(facts: ContractFacts, policies: ContractPolicies) -> str:
    """What to tell where contracts beside it would have asked for other signatures (A-53)."""
    alone = matrix_route(policies.matrix, "contract", facts.terms.amount_fen)
    together = matrix_route(policies.matrix, "contract", counted_fen(facts))
    if alone == together:
        return ""
    says = _("with {contracts} it comes to {total} within {days} days, which asks: {roles}")
    if policies.contracts.split_decides:
        says = _("{contracts} count in: {total} within {days} days decide who signs: {roles}")
    return says.format(
        contracts=", ".join(f"{each.number} ({Money(each.amount_fen)})" for each in facts.siblings),
        total=Money(counted_fen(facts)),
        days=policies.contracts.split_days,
        roles=", ".join(dict.fromkeys(step.role for step in together)),
    )


def not_split(facts: ContractFacts, policies: ContractPolicies) -> list[Gate]:
    """A remark on the checklist where amounts may have been split; it shuts nothing (A-53)."""
    note = split_note(facts, policies)
    return [Gate("amount_not_split", ("A-53",), True, note)] if note else []


def submitted(facts: ContractFacts, policies: ContractPolicies) -> Gate:
    """Its signatures have been asked for (DST-AUT-07)."""
    if facts.state != "draft":
        return Gate("contract_submitted", ("DST-AUT-07",), True, _("it is handed in"))
    return Gate(
        "contract_submitted",
        ("DST-AUT-07",),
        False,
        _("{number} is a draft").format(number=facts.number),
        policies.contracts.made_by,
        f"kac contract submit {facts.number}",
    )


def signatures(facts: ContractFacts, policies: ContractPolicies) -> list[Gate]:
    """The gates of its signatures and of its approval (DST-AUT-01..07)."""
    return approvals.gates(
        facts.approval,
        facts.steps,
        facts.signed,
        policies.contracts.made_by,
        f"kac contract edit {facts.number} …",
    )


def filed(facts: ContractFacts, policies: ContractPolicies) -> Gate:
    """It is on file, a fact of its own beside the approval, where that is waited for (A-32)."""
    policy = policies.contracts
    rules = (policy.filing_rule, "A-32")
    if facts.filed_by:
        says = _("on file as {filing} by {staff}").format(filing=facts.filing, staff=facts.filed_by)
        return Gate("contract_filed", rules, True, says)
    if not policy.filing_blocks(facts.terms.amount_fen):
        says = _("not on file yet, which {amount} does not wait for")
        says = says.format(amount=Money(facts.terms.amount_fen))
        return Gate("contract_filed", rules, True, says)
    return Gate(
        "contract_filed",
        rules,
        False,
        _("{number} is not on file").format(number=facts.number),
        (policy.filed_by,),
        f"kac contract file {facts.number} --reference …",
    )


def in_term(facts: ContractFacts, policies: ContractPolicies, today: date) -> Gate:
    """Its term is not over (CRF-DEV-07)."""
    last = facts.terms.to_day
    if facts.state not in ("submitted", "executing") or today <= last:
        says = _("its term ends on {day}").format(day=last)
        return Gate("contract_in_term", ("CRF-DEV-07",), True, says)
    closing = facts.state == "executing"
    return Gate(
        "contract_in_term",
        ("CRF-DEV-07",),
        False,
        _("its term ended on {day}").format(day=last),
        policies.contracts.made_by,
        f"kac contract {'close' if closing else 'void'} {facts.number} --reason …",
    )


def executing(facts: ContractFacts, policies: ContractPolicies) -> Gate:
    """It is executed by its terms, after all of this (CRE-DEV-06)."""
    if facts.state in ("executing", "closed"):
        return Gate("contract_executing", ("CRE-DEV-06",), True, _("it is executed"))
    return Gate(
        "contract_executing",
        ("CRE-DEV-06",),
        False,
        _("{number} is not executed yet").format(number=facts.number),
        policies.contracts.made_by,
        f"kac contract execute {facts.number}",
    )


def to_execute(facts: ContractFacts, policies: ContractPolicies, today: date) -> list[Gate]:
    """What must hold before a contract is executed."""
    return [
        *secured(facts, policies),
        submitted(facts, policies),
        *signatures(facts, policies),
        filed(facts, policies),
        in_term(facts, policies, today),
    ]


def checklist(facts: ContractFacts, policies: ContractPolicies, today: date) -> list[Gate]:
    """All gates of a contract in the order of its life; a void one has none."""
    if facts.state == "voided":
        return []
    return [
        *(to_submit(facts, policies) if facts.state == "draft" else ()),
        *not_split(facts, policies),
        *to_execute(facts, policies, today),
        executing(facts, policies),
    ]


def no_riskier(before: Terms, after: Terms) -> bool:
    """Whether a change lowers the amount or raises the floor price and touches nothing else.

    Whoever signed for more is not asked twice; any other change is signed anew.
    """
    same = ("from_day", "to_day", "delivery_on", "rights", *CONTENTS, *SETTLEMENT)
    if any(getattr(before, name) != getattr(after, name) for name in same):
        return False
    floor = before.floor_price_fen or 0
    return after.amount_fen <= before.amount_fen and (after.floor_price_fen or 0) >= floor


def still_held(
    before: Sequence[Step], signed: Sequence[Signed], wanted: Sequence[Step]
) -> tuple[tuple[Step, ...], list[Signed]]:
    """The signatures that a version which is no riskier needs, and those that it has already.

    One that was wholly signed for stays so, by the signatures that it asked for; otherwise each
    office that signed for more has signed for less. Of a refused one nothing is held.
    """
    if any(each.verdict == "reject" for each in signed):
        return tuple(wanted), []
    if before and not approvals.unsigned(before, signed):
        return tuple(before), list(signed)
    asked = {(step.kind, step.role) for step in wanted}
    return tuple(wanted), [each for each in signed if (each.kind, each.role) in asked]
