"""Verbs of the contract: write down, hand in, change, file, execute, close, void, print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.db import attachments
from kac.db.attachments import Kept
from kac.db.policybook import DESK
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.rules import Signed, Step, unsigned
from kac.desk.contracts import queries, rules
from kac.desk.contracts.policy import ContractPolicies
from kac.desk.contracts.rules import ContractFacts, Terms
from kac.desk.contracts.states import CONTENTS, CONTRACT, SETS, SETTLEMENT
from kac.desk.customers import queries as customers
from kac.desk.papers import actions as papers
from kac.desk.staff.actions import require
from kac.desk.staff.rules import permit

if TYPE_CHECKING:
    from kac.desk.contracts.tables import Contract

_LONGEST_TEXT = 200


def add(work: Work, reference: str, kind: str, terms: Terms, files: Sequence[Kept] = ()) -> Outcome:
    """Write a contract down, whole; after an agreement and a decision where those are recorded."""
    from kac.desk.contracts.tables import Contract

    require(work, "contract.add")
    customer = customers.find(work.reader, reference)
    version = work.policy(SETS[kind])
    tidy = _tidy(terms)
    wished = _wished(work, customer, tidy)
    policies = queries.judged_by(version, work.policy(DESK))
    _require_one_of(work, "contract.add", policies.contracts.made_by, "A-56", policies)
    require_open(
        rules.to_submit(wished, policies),
        _("the contract cannot be made, and was not written"),
        refs={"customer": customer["number"]},
    )
    row = work.add(
        Contract(
            number=work.number("HT"),
            customer_id=customer["id"],
            kind=kind,
            state=CONTRACT.start,
            revision=1,
            asked_revision=0,
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            prepared_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    _write_version(work, row, tidy)
    for file in files:
        attachments.attach(work, row.number, file)
    work.record("draft contract", row.number, amount_fen=tidy.amount_fen)
    says = _("{number} with {customer} is drafted: {amount}").format(
        number=row.number, customer=customer["name"], amount=Money(tidy.amount_fen)
    )
    return _outcome(work, row.number, says, f"kac contract submit {row.number}")


def _wished(work: Work, customer: Row, terms: Terms) -> ContractFacts:
    """A contract that is only now being made, as far as the gates before it ask."""
    standing = work.reader.first(
        "SELECT (SELECT decision FROM customer_evaluation WHERE customer_id = :id"
        " ORDER BY id DESC LIMIT 1) AS evaluation,"
        " (SELECT status FROM negotiation WHERE customer_id = :id ORDER BY id DESC LIMIT 1)"
        " AS talks",
        id=customer["id"],
    )
    assert standing is not None
    return ContractFacts(
        number="",
        state=CONTRACT.start,
        customer=customer["number"],
        customer_name=customer["name"],
        terms=terms,
        evaluation=standing["evaluation"] or "",
        talks=standing["talks"] or "",
        siblings=(),
        approval="",
        steps=(),
        signed=(),
        filed_by="",
        filing="",
    )


def _tidy(terms: Terms) -> Terms:
    if terms.to_day < terms.from_day:
        raise BadInput(
            _("a term from {first} to {last} ends before it begins").format(
                first=terms.from_day, last=terms.to_day
            ),
            code="E-CON-002",
            rules=["CRF-DEV-07"],
        )
    if terms.amount_fen <= 0 or (terms.floor_price_fen or 1) <= 0:
        raise BadInput(_("a contract is about more than nothing"), code="E-CON-003")
    texts = {
        name: safe_text(getattr(terms, name), field=_(CONTENTS[name][0]), longest=_LONGEST_TEXT)
        for name in CONTENTS
    }
    return replace(
        terms,
        rights=safe_text(terms.rights, field=_("rights and duties"), longest=_LONGEST_TEXT),
        **texts,
    )


def submit(work: Work, reference: str) -> Outcome:
    """Hand a contract in: the signatures that its amount asks for are asked (DST-AUT-01..09)."""
    row, facts, policies = _mine(work, "contract.submit", reference)
    CONTRACT.after(row["state"], "submit", subject=row["number"])
    _require_contents(facts, rules.to_hand_in(facts, policies))
    contract = _row(work, row)
    contract.submitted_on = work.on
    contract.asked_revision = contract.revision
    work.move(contract, CONTRACT, "submit")
    request = _ask(work, row, facts, facts.steps)
    says = _("{number} is handed in: {amount}").format(
        number=row["number"], amount=Money(facts.terms.amount_fen)
    )
    return _asked(work, row["number"], says, facts, policies, request)


def edit(work: Work, reference: str, changes: dict[str, Any]) -> Outcome:
    """Change a contract: a new version, signed anew unless it only asks for less.

    Only whoever prepared it does, so that no signer has a hand in what is signed (A-56).
    """
    row, before, policies = _mine(work, "contract.edit", reference)
    CONTRACT.after(row["state"], "edit", subject=row["number"])
    if row["prepared_by"] != work.actor.code:
        raise NotPermitted(
            _("{number} was prepared by {maker}, who alone changes it").format(
                number=row["number"], maker=row["prepared_by"]
            ),
            rules=["A-56"],
            fix=[f"kac contract void {row['number']} --reason …"],
        )
    if not changes:
        raise BadInput(_("nothing to change was named"), code="E-VAL-005")
    facts = replace(before, terms=_tidy(replace(before.terms, **changes)))
    _require_contents(facts, rules.to_submit(facts, policies))
    contract = _row(work, row)
    contract.revision += 1
    work.move(contract, CONTRACT, "edit", _("terms changed"))
    _write_version(work, contract, facts.terms)
    says = _("{number} is changed (version {revision}): {amount}").format(
        number=row["number"], revision=contract.revision, amount=Money(facts.terms.amount_fen)
    )
    if contract.state == "draft":
        return _outcome(work, row["number"], says, f"kac contract submit {row['number']}")
    return _changed(work, row, contract, before, facts, policies, says)


def _changed(
    work: Work,
    row: Row,
    contract: Contract,
    before: ContractFacts,
    after: ContractFacts,
    policies: ContractPolicies,
    says: str,
) -> Outcome:
    """Ask for the signatures of a new version; those that still hold are carried over."""
    wanted = rules.with_route(after, policies)
    held: Sequence[Signed] = ()
    steps = wanted.steps
    if rules.no_riskier(before.terms, after.terms):
        steps, held = rules.still_held(before.steps, before.signed, wanted.steps)
    else:
        contract.asked_revision = contract.revision
        contract.submitted_on = work.on
    approvals.supersede(work, row["number"], _("the contract was changed"))
    if contract.state == "executing" and unsigned(steps, held):
        work.move(contract, CONTRACT, "ask_anew", _("signatures are asked anew"))
    work.add(contract)
    fresh = queries.find(work.reader, row["number"], work.speaker)
    request = _ask(work, fresh, after, steps, held, row["approval"])
    wanted = replace(wanted, steps=steps, signed=tuple(held))
    return _asked(work, row["number"], says, wanted, policies, request)


def file(work: Work, reference: str, place: str, files: Sequence[Kept] = ()) -> Outcome:
    """Put an approved contract on file (DST-AUT-02, RTL-MTH-06): a fact of its own."""
    from kac.desk.contracts.tables import ContractFiling

    require(work, "contract.file")
    row, facts, policies = gathered(work, reference)
    filing = policies.contracts
    _require_one_of(work, "contract.file", (filing.filed_by,), filing.filing_rule, policies)
    _refuse_ended(row)
    if facts.filed_by:
        raise Refused(
            _("{number} is on file as {filing}").format(number=row["number"], filing=facts.filing),
            code="E-CON-004",
            rules=[filing.filing_rule],
        )
    require_open(
        [rules.submitted(facts, policies), *rules.signatures(facts, policies)],
        _("{number} cannot be put on file").format(number=row["number"]),
        refs={"contract": row["number"]},
    )
    place = required_text(place, field=_("reference of the file"), longest=60)
    work.add(
        ContractFiling(
            contract_id=row["id"], revision=row["revision"], reference=place, **_by(work)
        )
    )
    for each in files:
        attachments.attach(work, row["number"], each, "filing")
    work.record("file", row["number"], reference=place)
    says = _("{number} is on file as {filing}").format(number=row["number"], filing=place)
    return _outcome(work, row["number"], says, f"kac contract execute {row['number']}")


def execute(work: Work, reference: str) -> Outcome:
    """Begin to execute a contract, after its last approval and its filing (DST-AUT-02, 07)."""
    row, facts, policies = _mine(work, "contract.execute", reference)
    require_open(
        rules.to_execute(facts, policies, work.on),
        _("{number} cannot be executed").format(number=row["number"]),
        refs={"contract": row["number"]},
    )
    work.move(_row(work, row), CONTRACT, "execute")
    says = _("{number} with {customer} is executed by its terms until {day}").format(
        number=row["number"], customer=row["customer_name"], day=row["to_day"]
    )
    return _outcome(work, row["number"], says, f"kac contract show {row['number']}")


def end(work: Work, reference: str, verb: str, reason: str) -> Outcome:
    """Close a contract that was executed, or make one void that never was; it stays readable."""
    row, _facts, _policies = _mine(work, f"contract.{verb}", reference)
    why = required_text(reason, field=_("reason"))
    contract = _row(work, row)
    work.move(contract, CONTRACT, verb, why)
    contract.end_reason = why
    work.add(contract)
    if verb == "void":
        approvals.supersede(work, row["number"], why)
    says = {"close": _("{number} is closed: {reason}"), "void": _("{number} is void: {reason}")}
    return _outcome(work, row["number"], says[verb].format(number=row["number"], reason=why))


def print_(work: Work, reference: str, reprint: str) -> Outcome:
    """Print the copies of a contract as it stands; a void one is not printed."""
    row, _facts, policies = _mine(work, "contract.print", reference)
    _refuse_ended(row)
    holders = {name: name for name in policies.contracts.copies}
    printing = papers.hand_out(work, row["number"], "contract", holders, reprint)
    work.record("print", row["number"], printing=printing)
    says = ngettext(
        "{number}: {count} copy printed", "{number}: {count} copies printed", len(holders)
    ).format(number=row["number"], count=len(holders))
    return _outcome(work, row["number"], says)


def _refuse_ended(row: Row) -> None:
    if row["state"] in ("closed", "voided"):
        raise Refused(
            _("{number} is {state}").format(
                number=row["number"], state=CONTRACT.label(row["state"])
            ),
            code="E-CON-001",
            fix=[f"kac contract show {row['number']}"],
        )


def _mine(work: Work, verb: str, reference: str) -> tuple[Row, ContractFacts, ContractPolicies]:
    """The contract meant, for somebody whose part it is to make contracts of its kind."""
    require(work, verb)
    row, facts, policies = gathered(work, reference)
    _require_one_of(work, verb, policies.contracts.made_by, "A-56", policies)
    return row, facts, policies


def _require_one_of(
    work: Work, verb: str, roles: Sequence[str], rule: str, policies: ContractPolicies
) -> None:
    permit(verb, work.actor, {"roles": roles, "rule": rule}, policies.holders)


def gathered(work: Work, reference: str) -> tuple[Row, ContractFacts, ContractPolicies]:
    """The contract meant, its facts, and the policy that judges it."""
    row = queries.find(work.reader, reference, work.speaker)
    policies = queries.policies(work.reader, row, work.on)
    return row, queries.facts(work.reader, row, policies, work.on), policies


def _require_contents(facts: ContractFacts, gates: Sequence[Gate]) -> None:
    says = _("{number} cannot be handed in").format(number=facts.number)
    require_open(gates, says, refs={"contract": facts.number})


def _ask(
    work: Work,
    row: Row,
    facts: ContractFacts,
    steps: Sequence[Step],
    held: Sequence[Signed] = (),
    held_from: str = "",
) -> str:
    amount = facts.terms.amount_fen
    frozen: dict[str, Any] = {
        "amount_fen": amount,
        "counted_fen": rules.counted_fen(facts),
        "beside": [each.number for each in facts.siblings],
        "floor_price_fen": facts.terms.floor_price_fen,
        "tier": steps[0].rule if steps else "",
    }
    subject = Subject(
        kind="contract",
        number=row["number"],
        revision=row["revision"],
        maker=row["prepared_by"],
        policy_set=row["policy_set"],
        policy_version=row["policy_version"],
        total_fen=amount,
        customer_id=row["customer_id"],
    )
    return approvals.request(work, subject, steps, frozen, held, held_from)


def _asked(
    work: Work,
    number: str,
    says: str,
    facts: ContractFacts,
    policies: ContractPolicies,
    request: str,
) -> Outcome:
    waiting = unsigned(facts.steps, facts.signed)
    told = _("{request}: every signature given before still holds").format(request=request)
    if waiting:
        told = _("{request} waits for: {roles}").format(
            request=request, roles=", ".join(dict.fromkeys(step.role for step in waiting))
        )
    note = rules.split_note(facts, policies)
    ways = (f"kac approval ok {request}",) if waiting else (f"kac contract show {number}",)
    outcome = _outcome(work, number, says, *ways)
    return replace(outcome, says=(says, told, *((note,) if note else ())))


def _write_version(work: Work, contract: Contract, terms: Terms) -> None:
    from kac.desk.contracts.tables import ContractVersion

    work.add(
        ContractVersion(
            contract_id=contract.id,
            revision=contract.revision,
            amount_fen=terms.amount_fen,
            floor_price_fen=terms.floor_price_fen,
            from_day=terms.from_day,
            to_day=terms.to_day,
            delivery_on=terms.delivery_on,
            **{name: getattr(terms, name) for name in (*queries.TEXTS, *SETTLEMENT)},
            **_by(work),
        )
    )


def _by(work: Work) -> dict[str, Any]:
    return {"by": work.actor.code, "on_day": work.on, "at": work.now}


def _row(work: Work, row: Row) -> Contract:
    from kac.desk.contracts.tables import Contract

    return work.get(Contract, row["id"])


def _outcome(work: Work, number: str, says: str, *ways: str) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    return Outcome(queries.document(row), (says,), ways or (f"kac contract show {number}",))
