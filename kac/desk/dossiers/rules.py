"""Rules of the dossier: what each paper must be, and what makes a customer a key account."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.gates import Gate
from kac.core.i18n import N_, _, ngettext
from kac.core.money import Money
from kac.core.text import folded
from kac.core.values import dataclass
from kac.desk.dossiers.policy import Ask, DossierPolicies, DossierPolicy, ItemRule

ITEMS = {
    "application_form": N_("application form"),
    "contract_draft": N_("contract draft"),
    "statement": N_("statement of account"),
    "profile": N_("profile of the customer"),
    "business_licence": N_("business licence"),
    "tax_certificate": N_("tax registration certificate"),
    "responsible_persons": N_("contacts of the responsible persons"),
    "past_business": N_("business done so far"),
    "arrears": N_("declaration of arrears"),
    "evaluation": N_("the office's evaluation"),
}
# What a paper must state or bear: how it is called, and how it is typed.
FACTS = {
    "floor_price": (N_("settlement floor price"), "--floor-price YUAN"),
    "both_signatures": (
        N_("signatures of both parties"),
        "--our-signature NAME --their-signature NAME",
    ),
    "seal": (N_("the customer's official seal"), "--sealed"),
    "amount_owed": (N_("a word on whether money is owed"), "--arrears YUAN"),
}
# Work of the office's clerks: their manager may do it too, but is not reminded of it.
OF_CLERKS = frozenset(
    {f"dossier_{item}" for item in ITEMS}
    | {f"dossier_{item}_{fact}" for item in ITEMS for fact in FACTS}
    | {"dossier_submitted", "capital_tied_up", "contract_exists"}
)
# Work that is never one's own: whoever handed the dossier in does not judge it.
NOT_ONES_OWN = frozenset({"dossier_accepted", "designated"})
_TO_DESIGNATE = ("contract_exists", "credit_good")


@dataclass(frozen=True)
class ItemFacts:
    """One paper as it was handed in last; amounts in fen, None where nothing is stated."""

    applicable: bool = True
    text: str = ""
    files: int = 0
    our_signature: str = ""
    their_signature: str = ""
    sealed: bool = False
    unified: bool = False
    floor_price_fen: int | None = None
    arrears_fen: int | None = None


@dataclass(frozen=True)
class DossierFacts:
    """An application as its gates see it.

    `business` counts the documents of business with the customer that the ledger knows;
    `contract` is one that is signed for, empty where there is none.
    """

    number: str
    state: str
    customer: str
    customer_name: str
    office: str
    submitted_by: str
    tie_up_fen: int
    items: Mapping[str, ItemFacts]
    business: int
    grade: str
    contract: str


May = Mapping[str, tuple[str, ...]]


def items(facts: DossierFacts, policies: DossierPolicies) -> list[Gate]:
    """A gate for every paper, one for all that a paper must state or bear, and the capital."""
    found: list[Gate] = []
    for item in policies.dossier.table():
        if not item.is_statement:
            found.append(_handed_in(facts, item, policies.may))
        found += [_bears(facts, item, ask, policies.may) for ask in item.asks]
    return [*found, capital_tied_up(facts, policies)]


def _handed_in(facts: DossierFacts, item: ItemRule, may: May) -> Gate:
    """The paper is there, is covered by another, or does not apply (DST-APP-02..14)."""
    label, here = _(ITEMS[item.id]), facts.items.get(item.id)
    name, rules = f"dossier_{item.id}", _rules(item)
    if _waived(facts, item):
        says = _("{item}: not applicable, no business with {customer} is known")
        return Gate(name, rules, True, says.format(item=label, customer=facts.customer_name))
    if here is not None and here.applicable:
        return Gate(name, rules, True, _("{item}: handed in").format(item=label))
    cover = facts.items.get(item.covered_by)
    if cover is not None and cover.applicable and cover.unified:
        says = _("{item}: covered by the unified {cover}").format(
            item=label, cover=_(ITEMS[item.covered_by])
        )
        return Gate(name, rules, True, says)
    says = _("{item}: not handed in").format(item=label)
    if here is not None:
        says = ngettext(
            "{item}: said not to apply, and {count} document of business is known",
            "{item}: said not to apply, and {count} documents of business are known",
            facts.business,
        ).format(item=label, count=facts.business)
    typed = " ".join(["--attach FILE", *(FACTS[ask.fact][1] for ask in item.asks)])
    command = f"kac customer dossier {facts.customer} --item {item.id} {typed}"
    return Gate(name, rules, False, says, may["customer.dossier"], command)


def _rules(item: ItemRule) -> tuple[str, ...]:
    further = ("A-04",) if item.covered_by else ()
    return (item.rule, *further, *(("A-03",) if item.waived_without_business else ()))


def _waived(facts: DossierFacts, item: ItemRule) -> bool:
    here = facts.items.get(item.id)
    """Said not to apply, and rightly: none was known until the dossier was found complete."""
    said = here is not None and not here.applicable
    unknown = facts.business == 0 or facts.state in ("complete", "designated")
    return said and item.waived_without_business and unknown


def _bears(facts: DossierFacts, item: ItemRule, ask: Ask, may: May) -> Gate:
    """What the paper must state or bear is on it (DST-APP-04, 06, 07, 13)."""
    label, typed = FACTS[ask.fact]
    here = facts.items.get(item.id, ItemFacts())
    on_it = _states(here, ask.fact)
    texts = {"item": _(ITEMS[item.id]), "fact": _(label)}
    name = f"dossier_{item.id}_{ask.fact}"
    if _waived(facts, item) or on_it:
        says = _("{item}: {fact} {value}").format(value=on_it or _("not applicable"), **texts)
        return Gate(name, (ask.rule,), True, says)
    return Gate(
        name,
        (ask.rule,),
        False,
        _("{item}: lacks {fact}").format(**texts),
        may["customer.dossier"],
        f"kac customer dossier {facts.customer} --item {item.id} {typed}",
    )


def _states(here: ItemFacts, fact: str) -> str:
    """What the paper has of a fact, for people; empty where it lacks it."""
    if fact == "floor_price":
        return str(Money(here.floor_price_fen)) if here.floor_price_fen else ""
    if fact == "both_signatures":
        hands = (here.our_signature, here.their_signature)
        two = all(hands) and folded(hands[0]) != folded(hands[1])
        return ", ".join(hands) if two else ""
    if fact == "seal":
        return "√" if here.sealed else ""
    return "" if here.arrears_fen is None else str(Money(here.arrears_fen))


def submitted(facts: DossierFacts, may: May) -> Gate:
    """The office has handed the dossier in (DST-APP-01)."""
    if facts.state not in ("draft", "returned"):
        says = _("handed in by {staff} of {office}")
        says = says.format(staff=facts.submitted_by, office=facts.office)
        return Gate("dossier_submitted", ("DST-APP-01",), True, says)
    return Gate(
        "dossier_submitted",
        ("DST-APP-01",),
        False,
        _("{office} has not handed the dossier in").format(office=facts.office),
        may["customer.submit"],
        f"kac customer submit {facts.customer}",
    )


def accepted(facts: DossierFacts, may: May) -> Gate:
    """The key-account department, not the office, has found the dossier complete (A-56)."""
    if facts.state in ("complete", "designated"):
        return Gate("dossier_accepted", ("A-56",), True, _("the dossier is found complete"))
    return Gate(
        "dossier_accepted",
        ("A-56",),
        False,
        _("nobody has found the dossier complete yet"),
        may["customer.judge"],
        f"kac customer judge {facts.customer} --accept",
    )


def to_designate(facts: DossierFacts, policies: DossierPolicies) -> list[Gate]:
    """A contract that is signed for and good credit make a key account (DST-DEF-01, 03, 05)."""
    may, grades = policies.may, policies.grades
    return [
        _gate(
            "contract_exists",
            ("DST-DEF-01",),
            bool(facts.contract),
            _("contract {number} is signed for").format(number=facts.contract)
            if facts.contract
            else _("no contract with {customer} is signed for").format(
                customer=facts.customer_name
            ),
            may["contract.submit"],
            f"kac contract list -c {facts.customer}",
        ),
        _gate(
            "credit_good",
            ("DST-DEF-03", "DST-DEF-05"),
            facts.grade in grades.good,
            _("grade of credit: {grade}; good are {good}").format(
                grade=facts.grade or _("none yet"), good=", ".join(grades.good)
            ),
            may["customer.grade"],
            f"kac customer grade {facts.customer} {'|'.join(grades.names)} --reason …",
        ),
    ]


def capital_tied_up(facts: DossierFacts, policies: DossierPolicies) -> Gate:
    """The customer will owe us money or hold goods of ours (DST-DEF-02)."""
    return _gate(
        "capital_tied_up",
        ("DST-DEF-02",),
        facts.tie_up_fen > 0,
        _("capital tied up: {amount}").format(amount=Money(facts.tie_up_fen)),
        policies.may["customer.apply"],
        f"kac customer apply {facts.customer} --tie-up YUAN",
    )


def designated(facts: DossierFacts, may: May) -> Gate:
    """The customer may then be called a key account; nothing makes it one by itself."""
    is_one = facts.state == "designated"
    return _gate(
        "designated",
        ("DST-DEF-04",),
        is_one,
        _("{customer} is a key account").format(customer=facts.customer_name)
        if is_one
        else _("{customer} is no key account yet").format(customer=facts.customer_name),
        may["customer.designate"],
        f"kac customer designate {facts.customer}",
    )


def _gate(
    name: str,
    rules: tuple[str, ...],
    is_open: bool,
    says: str,
    opened_by: Sequence[str],
    command: str,
) -> Gate:
    if is_open:
        return Gate(name, rules, True, says)
    return Gate(name, rules, False, says, tuple(opened_by), command)


def checklist(facts: DossierFacts, policies: DossierPolicies) -> list[Gate]:
    """All gates of an application, in the order of its life."""
    return [
        *items(facts, policies),
        submitted(facts, policies.may),
        accepted(facts, policies.may),
        *to_designate(facts, policies),
        designated(facts, policies.may),
    ]


def after(policy: DossierPolicy) -> dict[str, tuple[str, ...]]:
    """What must be open before a gate of a dossier is anybody's work."""
    found: dict[str, tuple[str, ...]] = {}
    papers: list[str] = []
    for item in policy.table():
        paper = f"dossier_{item.id}"
        borne = [f"{paper}_{ask.fact}" for ask in item.asks]
        found |= dict.fromkeys(borne, (paper,))
        papers += [paper, *borne]
    papers.append("capital_tied_up")
    facts = dict.fromkeys(_TO_DESIGNATE, ("dossier_accepted",))
    return {
        **found,
        "dossier_submitted": tuple(papers),
        "dossier_accepted": ("dossier_submitted",),
        **facts,
        "designated": ("dossier_accepted", *facts),
    }
