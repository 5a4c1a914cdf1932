"""Verbs of the dossier: apply, hand papers in, submit, judge the whole, designate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, fields, replace
from typing import TYPE_CHECKING, Any

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import closed
from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db import attachments
from kac.db.attachments import Kept
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.customers import queries as customers
from kac.desk.dossiers import queries, rules
from kac.desk.dossiers.policy import DossierPolicies, DossierPolicy, ItemRule
from kac.desk.dossiers.rules import ITEMS, ItemFacts
from kac.desk.dossiers.states import KA_APPLICATION
from kac.desk.staff.actions import require

if TYPE_CHECKING:
    from kac.desk.dossiers.tables import KaApplication

_CORRECTABLE = ("draft", "returned")


@dataclass(frozen=True)
class Form:
    """What stands on the application form; None is not said. Amounts in fen."""

    office: str | None = None
    amount_fen: int | None = None
    tie_up_fen: int | None = None


@dataclass(frozen=True)
class Paper:
    """What is said of a paper that is handed in; None keeps what was said before."""

    text: str | None = None
    our_signature: str | None = None
    their_signature: str | None = None
    sealed: bool | None = None
    unified: bool | None = None
    floor_price_fen: int | None = None
    arrears_fen: int | None = None


def apply(work: Work, reference: str, form: Form) -> Outcome:
    """Open an application, or correct one that the office still has; the office alone does."""
    require(work, "customer.apply")
    customer = customers.find(work.reader, reference)
    last = queries.last(work.reader, customer["id"])
    if last is None or last["state"] == "rejected":
        return _opened(work, customer, form)
    if last["state"] not in _CORRECTABLE:
        raise Refused(
            _("{customer} has applied already: {number} is {state}").format(
                customer=customer["name"],
                number=last["number"],
                state=KA_APPLICATION.label(last["state"]),
            ),
            code="E-DOS-001",
            rules=["DST-APP-02"],
            fix=[f"kac customer application {last['number']}"],
        )
    row = _row(work, last)
    for field in fields(Form):
        value = getattr(form, field.name)
        if value is not None:
            setattr(row, field.name, _tidy(field.name, value))
    work.add(row)
    work.record("correct application", row.number)
    return _outcome(work, row.number, _("{number} of {customer} is corrected"))


def _opened(work: Work, customer: Row, form: Form) -> Outcome:
    from kac.desk.dossiers.tables import KaApplication

    version = work.policy(queries.SET)
    if form.office is None or form.amount_fen is None:
        raise BadInput(
            _("an application names the office and the amount of the contract"),
            code="E-DOS-002",
            rules=["DST-APP-02"],
        )
    row = work.add(
        KaApplication(
            number=work.number("SQ"),
            customer_id=customer["id"],
            state=KA_APPLICATION.start,
            office=_tidy("office", form.office),
            amount_fen=_tidy("amount_fen", form.amount_fen),
            tie_up_fen=_tidy("tie_up_fen", form.tie_up_fen or 0),
            policy_set=version.set,
            policy_version=version.version,
            opened_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("apply", row.number, customer=customer["number"])
    return _outcome(work, row.number, _("{number} is opened for {customer}"))


def _tidy(field: str, value: Any) -> Any:
    if field == "office":
        return required_text(value, field=_("office"), longest=40)
    if value < 0:
        raise BadInput(_("an amount of less than nothing is not meant"), code="E-DOS-008")
    return value


def hand_in(
    work: Work,
    reference: str,
    item: str,
    paper: Paper,
    files: Sequence[Kept] = (),
    *,
    applicable: bool = True,
) -> Outcome:
    """Put a paper into the dossier, or say that it does not apply; what is not said stays."""
    require(work, "customer.dossier")
    row = queries.find(work.reader, reference, work.speaker)
    policies = queries.policies(work.reader, row, work.on)
    rule = _item(policies.dossier, item)
    _refuse_out_of_hand(row)
    here = _merged(work, row, item, paper, applicable=applicable)
    _refuse_odd_waiver(row, rule, applicable=applicable)
    if not (here.text or here.files or files or not applicable or paper.arrears_fen is not None):
        raise BadInput(
            _("{item}: attach it, or say where it lies").format(item=_(ITEMS[item])),
            code="E-DOS-003",
            rules=[rule.rule],
            fix=[f"kac customer dossier {row['customer']} --item {item} --attach FILE"],
        )
    _write(work, row, item, here)
    for file in files:
        attachments.attach(work, row["number"], file, item)
    work.record("hand in", row["number"], item=item, applicable=int(applicable))
    return _handed_in(work, row, item, policies)


def _item(policy: DossierPolicy, item: str) -> ItemRule:
    known = {rule.id: rule for rule in policy.table()}
    if item not in known:
        raise BadInput(
            _("a dossier has no item {item}").format(item=item),
            code="E-DOS-004",
            cause=[_("one of: {items}").format(items=", ".join(known))],
        )
    return known[item]


def _refuse_out_of_hand(row: Row) -> None:
    if row["state"] not in _CORRECTABLE:
        raise Refused(
            _("{number} is {state}: its papers are out of the office's hand").format(
                number=row["number"], state=KA_APPLICATION.label(row["state"])
            ),
            code="E-DOS-005",
            rules=["DST-APP-01"],
            fix=[f"kac customer judge {row['number']} --return --reason …"],
        )


def _refuse_odd_waiver(row: Row, rule: ItemRule, *, applicable: bool) -> None:
    """A paper is not applicable only where policy says so and no business is known (A-03)."""
    if applicable or (rule.waived_without_business and not row["business"]):
        return
    says = _("{item} always applies").format(item=_(ITEMS[rule.id]))
    if rule.waived_without_business:
        says = ngettext(
            "{item} applies: the ledger knows {count} document of business",
            "{item} applies: the ledger knows {count} documents of business",
            row["business"],
        ).format(item=_(ITEMS[rule.id]), count=row["business"])
    raise Refused(
        says,
        code="E-DOS-006",
        rules=[rule.rule, *(["A-03"] if rule.waived_without_business else [])],
        fix=[f"kac customer dossier {row['customer']} --item {rule.id} --attach FILE"],
    )


def _merged(work: Work, row: Row, item: str, paper: Paper, *, applicable: bool) -> ItemFacts:
    """What is known of a paper after this: what was said before, and what is said now."""
    if not applicable:
        return ItemFacts(applicable=False)
    before = {
        each["item"]: queries.item_facts(each) for each in queries.handed_in(work.reader, row["id"])
    }.get(item, ItemFacts())
    said: dict[str, Any] = {
        name: value for name, value in asdict(paper).items() if value is not None
    }
    for name, label in (
        ("text", _("text")),
        ("our_signature", _("signature")),
        ("their_signature", _("signature")),
    ):
        if name in said:
            said[name] = safe_text(said[name], field=label)
    if said.get("arrears_fen", 0) < 0 or said.get("floor_price_fen", 1) <= 0:
        raise BadInput(_("an amount of less than nothing is not meant"), code="E-DOS-008")
    return replace(before, applicable=True, **said)


def _write(work: Work, row: Row, item: str, here: ItemFacts) -> None:
    from kac.desk.dossiers.tables import DossierItem

    step = work.reader.value(
        "SELECT count(*) FROM dossier_item WHERE application_id = :id AND item = :item",
        id=row["id"],
        item=item,
    )
    kept = {name: value for name, value in asdict(here).items() if name != "files"}
    work.add(
        DossierItem(
            application_id=row["id"],
            item=item,
            step=step + 1,
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
            **kept,
        )
    )


def _handed_in(work: Work, before: Row, item: str, policies: DossierPolicies) -> Outcome:
    row = queries.find(work.reader, before["number"], work.speaker)
    facts = queries.facts(work.reader, row)
    shut = closed(rules.items(facts, policies))
    here = [gate.says for gate in shut if gate.name.startswith(f"dossier_{item}")]
    says = ngettext(
        "{item} of {customer} is in the dossier; {count} gate is still shut",
        "{item} of {customer} is in the dossier; {count} gates are still shut",
        len(shut),
    ).format(item=_(ITEMS[item]), customer=row["customer_name"], count=len(shut))
    document = {**queries.document(row), "item": item, "lacking": [gate.name for gate in shut]}
    way = shut[0].command if shut else f"kac customer submit {row['customer']}"
    return Outcome(document, (says, *here), (way,))


def submit(work: Work, reference: str) -> Outcome:
    """Hand the whole dossier in; every paper must be there (DST-APP-01..14)."""
    require(work, "customer.submit")
    row = queries.find(work.reader, reference, work.speaker)
    KA_APPLICATION.after(row["state"], "submit", subject=row["number"])
    facts, policies = queries.facts(work.reader, row), queries.policies(work.reader, row, work.on)
    require_open(
        rules.items(facts, policies),
        _("the dossier {number} of {customer} is not complete").format(
            number=row["number"], customer=row["customer_name"]
        ),
        refs={"application": row["number"]},
    )
    _move(work, row, "submit")
    return _outcome(
        work,
        row["number"],
        _("{number} of {customer} is handed in"),
        f"kac customer judge {row['number']} --accept",
    )


def judge(work: Work, reference: str, verdict: str, reason: str) -> Outcome:
    """Accept a dossier as complete, return it to the office, or reject it; never one's own."""
    require(work, "customer.judge")
    row = queries.find(work.reader, reference, work.speaker)
    KA_APPLICATION.after(row["state"], verdict, subject=row["number"])
    _refuse_own(work, row)
    why = safe_text(reason, field=_("reason"))
    if verdict != "accept":
        why = required_text(reason, field=_("reason"))
    _move(work, row, verdict, why)
    says = {
        "accept": _("{number} of {customer} is complete"),
        "return": _("{number} of {customer} goes back to the office"),
        "reject": _("{number} of {customer} is rejected"),
    }[verdict]
    ways = (f"kac customer designate {row['customer']}",) if verdict == "accept" else ()
    return _outcome(work, row["number"], says, *ways)


def designate(work: Work, reference: str) -> Outcome:
    """Make the customer a key account (DST-DEF-01..05); nothing does it by itself."""
    require(work, "customer.designate")
    row = queries.find(work.reader, reference, work.speaker)
    facts, policies = queries.facts(work.reader, row), queries.policies(work.reader, row, work.on)
    if row["state"] != "designated":
        require_open(
            [
                rules.submitted(facts, policies.may),
                rules.accepted(facts, policies.may),
                *rules.to_designate(facts, policies),
            ],
            _("{customer} cannot be made a key account").format(customer=row["customer_name"]),
            refs={"application": row["number"]},
        )
    _refuse_own(work, row)
    _move(work, row, "designate")
    return _outcome(work, row["number"], _("{customer} is a key account by {number}"))


def _by(work: Work) -> dict[str, Any]:
    return {"by": work.actor.code, "on_day": work.on, "at": work.now}


def _refuse_own(work: Work, row: Row) -> None:
    if work.actor.code in (row["opened_by"], row["submitted_by"]):
        raise NotPermitted(
            _("{actor} handed {number} in and may not judge it").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["A-56"],
        )


def _row(work: Work, row: Row) -> KaApplication:
    from kac.desk.dossiers.tables import KaApplication

    return work.get(KaApplication, row["id"])


def _move(work: Work, row: Row, verb: str, reason: str = "") -> None:
    from kac.desk.dossiers.tables import KaApplicationEvent

    work.move(_row(work, row), KA_APPLICATION, verb, reason)
    step = work.reader.value(
        "SELECT count(*) FROM ka_application_event WHERE application_id = :id", id=row["id"]
    )
    work.add(
        KaApplicationEvent(
            application_id=row["id"],
            step=step + 1,
            verb=verb,
            reason=reason or work.note,
            **_by(work),
        )
    )


def _outcome(work: Work, number: str, says: str, *ways: str) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    sentence = says.format(number=number, customer=row["customer_name"])
    return Outcome(
        queries.document(row), (sentence,), ways or (f"kac customer application {number}",)
    )
