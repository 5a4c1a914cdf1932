"""Rules of credit: five preconditions, all of them, and no way round them (HYP-CRE-01..05)."""

from __future__ import annotations

from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step

METHODS = {
    "cash": N_("cash"),
    "cheque": N_("cheque"),
    "ebank": N_("e-bank"),
    "wire": N_("wire transfer"),
}
SOLD_ON_CREDIT = "credit"
AFTER: dict[str, tuple[str, ...]] = {}
# Work that is never one's own: whoever applied does not sign.
NOT_ONES_OWN = frozenset({"credit_approved"})


@dataclass(frozen=True)
class CreditFacts:
    """What an application says, and what the ledger knows of the customer; amounts in fen.

    `business` counts dealings in this ledger, `record` names earlier ones on paper, `overdue` are
    documents whose day of collection is over, `exception` says why credit out of the county.
    """

    customer: str
    customer_name: str
    business: int
    record: str
    overdue: tuple[str, ...]
    credibility: str
    collection_on: date | None
    method: str
    outside: bool
    exception: str
    today: date


@dataclass(frozen=True)
class CreditStanding:
    """An application as a sale under it sees it; amounts in fen, `used_fen` of other sales."""

    number: str
    state: str
    customer: str
    amount_fen: int
    used_fen: int
    collection_on: date
    request: str
    steps: tuple[Step, ...]
    signed: tuple[Signed, ...]


def preconditions(facts: CreditFacts) -> list[Gate]:
    """All that must hold before anybody is asked for a signature; any missing one refuses."""
    return [
        cooperation(facts),
        reputation(facts),
        collection_day(facts),
        collection_method(facts),
        county(facts),
    ]


def _named(facts: CreditFacts, rule: str) -> tuple[str, ...]:
    """The rule, and outside the county the one that lets nobody waive it."""
    return (rule, "HYP-OUT-04") if facts.outside else (rule,)


def cooperation(facts: CreditFacts) -> Gate:
    """There is a record of cooperation with the unit (HYP-CRE-01)."""
    says = _("{customer}: dealings on record: {count}").format(
        customer=facts.customer_name, count=facts.business
    )
    if facts.record:
        says = _("{customer}: recorded in {record}").format(
            customer=facts.customer_name, record=facts.record
        )
    known = facts.business > 0 or bool(facts.record)
    return Gate("cooperation_recorded", _named(facts, "HYP-CRE-01"), known, says)


def reputation(facts: CreditFacts) -> Gate:
    """It pays back reliably: somebody says why, and nothing of it is overdue (HYP-CRE-02)."""
    rules = _named(facts, "HYP-CRE-02")
    if facts.overdue:
        says = _("overdue: {documents}").format(documents=", ".join(facts.overdue))
        return Gate("repayment_credible", rules, False, says)
    says = facts.credibility or _("nobody has said why it will pay: --credibility TEXT")
    return Gate("repayment_credible", rules, bool(facts.credibility), says)


def collection_day(facts: CreditFacts) -> Gate:
    """The day of collection is fixed, and lies ahead (HYP-CRE-03)."""
    rules = _named(facts, "HYP-CRE-03")
    if facts.collection_on is None:
        return Gate("collection_day_fixed", rules, False, _("no day of collection: --collect DAY"))
    says = _("collected on {day}").format(day=facts.collection_on)
    return Gate("collection_day_fixed", rules, facts.collection_on >= facts.today, says)


def collection_method(facts: CreditFacts) -> Gate:
    """The way of collection is fixed (HYP-CRE-04)."""
    rules = _named(facts, "HYP-CRE-04")
    if facts.method not in METHODS:
        says = _("no way of collection: --by {ways}").format(ways="|".join(METHODS))
        return Gate("collection_way_fixed", rules, False, says)
    says = _("collected by {way}").format(way=_(METHODS[facts.method]))
    return Gate("collection_way_fixed", rules, True, says)


def county(facts: CreditFacts) -> Gate:
    """Out of the county credit is not granted, unless a written reason asks for it (HYP-OUT-03)."""
    if not facts.outside:
        return Gate("credit_in_county", ("HYP-OUT-03",), True, _("the customer is of this county"))
    says = facts.exception or _("out of the county, and no reason is given: --exception TEXT")
    return Gate("credit_in_county", ("HYP-OUT-03",), bool(facts.exception), says)


def checklist(standing: CreditStanding) -> list[Gate]:
    """The gates of an application: both approvals (HYP-CRE-05, A-42)."""
    if standing.state == "closed":
        return []
    return approvals.gates(standing.request, standing.steps, standing.signed)


def to_sell(standing: CreditStanding | None, wanted_fen: int, today: date) -> list[Gate]:
    """What must hold before anything leaves on account (HYP-CRE-05)."""
    rules = ("HYP-CRE-05",)
    if standing is None:
        says = _("no application for credit was approved for this customer")
        return [Gate("credit_applied", rules, False, says, (), "kac credit apply -c CUSTOMER …")]
    room = standing.amount_fen - standing.used_fen
    says = _("{number}: {wanted} wanted, {room} of {amount} left").format(
        number=standing.number,
        wanted=Money(wanted_fen),
        room=Money(room),
        amount=Money(standing.amount_fen),
    )
    in_force = standing.state == "applied" and today <= standing.collection_on
    lasts = _("{number} is for collection on {day}").format(
        number=standing.number, day=standing.collection_on
    )
    return [
        Gate("credit_in_force", ("HYP-CRE-03",), in_force, lasts),
        *checklist(standing),
        Gate("credit_room", rules, wanted_fen <= room, says),
    ]
