"""Rules of the inquiry: what reception writes down, what comes before a quotation, call backs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _, ngettext
from kac.core.values import dataclass
from kac.desk.approvals import rules as approvals
from kac.desk.approvals.rules import Signed, Step
from kac.desk.inquiries.policy import InquiryPolicy, Intent
from kac.desk.inquiries.states import POINTS
from kac.desk.stock.rules import Supply

# What must be open before a gate is anybody's work.
AFTER: dict[str, tuple[str, ...]] = {
    "points_explained": ("handed_over",),
    "replied": ("handed_over",),
}
# Work of clerks, and work that is never one's own: whoever received does not release.
OF_CLERKS = frozenset({"filed", "handed_over", "points_explained", "supply_answered", "replied"})
NOT_ONES_OWN = frozenset({"escalation_released", "resale_released"})

# From the mildest to the gravest: what a shortage of goods makes of an inquiry.
SHORTAGES = ("ordinary", "partial", "sample_only", "out_of_stock")


@dataclass(frozen=True)
class NotedDraft:
    """Goods as they are asked for; None is the list price, and the samples counted in the shop."""

    product_id: int
    quantity: int
    unit_price_fen: int | None = None
    shelf: int | None = None


@dataclass(frozen=True)
class Reception:
    """What reception writes down.

    An empty `via` is the role of who writes, an empty `intent` what the stock makes of the goods;
    without an `answer` at once a call back is owed.
    """

    need: str
    customer_id: int | None = None
    asked_by: str = ""
    phone: str = ""
    via: str = ""
    intent: str = ""
    lines: tuple[NotedDraft, ...] = ()
    wishes: tuple[str, ...] = ()
    wanted_by: date | None = None
    payment: str = ""
    store: str = ""
    accompanied_by: str = ""
    explained: bool = False
    answer: str = ""
    opinion: str = ""


@dataclass(frozen=True)
class NotedLine:
    """Goods as reception noted them, in base units; `shelf` None where nobody looked."""

    line: int
    product_id: int
    code: str
    name: str
    quantity: int
    unit_price_fen: int
    shelf: int | None


@dataclass(frozen=True)
class InquiryFacts:
    """An inquiry as its gates see it; empty texts and None are not known yet.

    `reply_due` is None after an answer at once; `answered_on` is the day of the first answer.
    """

    via: str
    phone: str
    intent: str
    lines: tuple[NotedLine, ...]
    wanted_by: date | None
    payment: str
    store: str
    accompanied_by: str
    explained_by: str
    reply_due: date | None
    number: str = ""
    recorded_by: str = ""
    handed_to: str = ""
    supply: str = ""
    supply_by: str = ""
    answered_on: date | None = None
    answered_by: str = ""
    request: str = ""
    steps: tuple[Step, ...] = ()
    signed: tuple[Signed, ...] = ()


def intent_of(supplies: Sequence[Supply]) -> str:
    """What the stock makes of goods asked for: enough, not enough, only samples, or nothing.

    BLK-INT-01..03; display samples are not for sale (C-15).
    """
    found = ["ordinary", *(_shortage(supply) for supply in supplies if supply.short)]
    return max(found, key=SHORTAGES.index)


def _shortage(supply: Supply) -> str:
    if supply.available > 0:
        return "partial"
    return "sample_only" if supply.on_hand > 0 else "out_of_stock"


def wishes_of(intent: str, wishes: Sequence[str], intents: Sequence[Intent]) -> tuple[str, ...]:
    """Everything a manager has to release: what was asked for, and what the intent brings along."""
    brought = next((one.wishes for one in intents if one.id == intent), ())
    return tuple(sorted({*wishes, *brought}))


def to_take_down(facts: InquiryFacts, policy: InquiryPolicy) -> list[Gate]:
    """What must hold before an inquiry is written down, and whenever it is changed."""
    return [
        received(facts, policy),
        reachable(facts),
        accompanied(facts),
        items_first(facts),
        shelf_noted(facts),
    ]


def to_quote(
    facts: InquiryFacts, policy: InquiryPolicy, may: Mapping[str, Sequence[str]]
) -> list[Gate]:
    """What must hold before a quotation: filed, handed over, explained, goods named, released."""
    return [
        filed(facts, may["inquiry.record"]),
        handed_over(facts, policy, may["inquiry.handover"]),
        points_explained(facts, policy, may["inquiry.edit"]),
        items_named(facts, may["inquiry.edit"]),
        *releases(facts),
    ]


def to_close(
    facts: InquiryFacts, policy: InquiryPolicy, may: Mapping[str, Sequence[str]], today: date
) -> list[Gate]:
    """What must hold before an inquiry is closed; a release that was refused holds nothing up."""
    return [
        filed(facts, may["inquiry.record"]),
        handed_over(facts, policy, may["inquiry.handover"]),
        replied(facts, may["inquiry.answer"], today),
        *(gate for gate in releases(facts) if not refused(facts)),
    ]


def checklist(
    facts: InquiryFacts, policy: InquiryPolicy, may: Mapping[str, Sequence[str]], today: date
) -> list[Gate]:
    """All gates of an inquiry in the order of the reception."""
    return [
        *to_take_down(facts, policy),
        filed(facts, may["inquiry.record"]),
        handed_over(facts, policy, may["inquiry.handover"]),
        points_explained(facts, policy, may["inquiry.edit"]),
        supply_answered(facts, may["inquiry.supply"]),
        *releases(facts),
        replied(facts, may["inquiry.answer"], today),
    ]


def _gate(
    name: str,
    rules: tuple[str, ...],
    is_open: bool,
    says: tuple[str, str],
    opened_by: Sequence[str] = (),
    command: str = "",
) -> Gate:
    """A gate that says the first sentence while it is open, the second while it is shut."""
    if is_open:
        return Gate(name, rules, True, says[0])
    return Gate(name, rules, False, says[1], tuple(opened_by), command)


def _mend(facts: InquiryFacts, option: str) -> str:
    """What mends an inquiry, or one that is only being taken down."""
    verb = f"edit {facts.number}" if facts.number else "new …"
    return f"kac inquiry {verb} {option}"


def received(facts: InquiryFacts, policy: InquiryPolicy) -> Gate:
    """Group purchases are received by the roles of the reception and nobody else (FLW-REC-01)."""
    says = _("received by {role}").format(role=facts.via or "-")
    return _gate("received", ("FLW-REC-01",), facts.via in policy.receivers, (says, says))


def reachable(facts: InquiryFacts) -> Gate:
    """Without an answer at once a telephone number is kept (RTL-REC-18)."""
    return _gate(
        "reachable",
        ("RTL-REC-18",),
        bool(facts.phone) or facts.reply_due is None,
        (
            _("the customer can be called back, or was answered"),
            _("no answer at once and no telephone number to call back"),
        ),
        command=_mend(facts, "--phone NUMBER"),
    )


def accompanied(facts: InquiryFacts) -> Gate:
    """Who picks goods in a store is accompanied by a receptionist, who is named (RTL-REC-09)."""
    says = _("nothing was picked in a store")
    if facts.store:
        says = _("picked at {store}, accompanied by {staff}").format(
            store=facts.store, staff=facts.accompanied_by or _("nobody")
        )
    is_open = not facts.store or bool(facts.accompanied_by)
    command = _mend(facts, "--accompanied-by STAFF")
    return _gate("accompanied", ("RTL-REC-09",), is_open, (says, says), command=command)


def items_named(facts: InquiryFacts, roles: Sequence[str]) -> Gate:
    """The goods are identified before anything else (RTL-REC-20); new ones stand in the need."""
    says = ngettext("{count} product named", "{count} products named", len(facts.lines)).format(
        count=len(facts.lines)
    )
    command = _mend(facts, "--line CODE:QTY")
    return _gate("items_named", ("RTL-REC-20",), _has_items(facts), (says, says), roles, command)


def items_first(facts: InquiryFacts) -> Gate:
    """Goods first, then the day of pick-up and the way of payment (RTL-REC-12)."""
    return _gate(
        "items_first",
        ("RTL-REC-12",),
        _has_items(facts) or not (facts.wanted_by or facts.payment),
        (_("goods come before day and payment"), _("day and payment are named, but no goods")),
        command=_mend(facts, "--line CODE:QTY"),
    )


def _has_items(facts: InquiryFacts) -> bool:
    return bool(facts.lines) or facts.intent == "not_carried"


def shelf_noted(facts: InquiryFacts) -> Gate:
    """Beside name, barcode, price and quantity the display on the shelf is noted.

    RTL-REC-10, RTL-REC-11.
    """
    missing = [f"{line.code} {line.name}" for line in facts.lines if line.shelf is None]
    return _gate(
        "shelf_noted",
        ("RTL-REC-10", "RTL-REC-11"),
        not missing,
        (
            _("the shelf was looked at"),
            _("how much is on the shelf was not noted: {goods}").format(goods=", ".join(missing)),
        ),
        command=_mend(facts, "--line CODE:QTY/SHELF"),
    )


def filed(facts: InquiryFacts, roles: Sequence[str]) -> Gate:
    """Every reception is put on file by customer service, which follows it up (BLK-REC-01)."""
    return _gate(
        "filed",
        ("BLK-REC-01",),
        bool(facts.recorded_by),
        (
            _("on file with customer service, by {staff}").format(staff=facts.recorded_by),
            _("not on file with customer service yet"),
        ),
        roles,
        f"kac inquiry record {facts.number}",
    )


def handed_over(facts: InquiryFacts, policy: InquiryPolicy, roles: Sequence[str]) -> Gate:
    """Floor staff introduce goods and lead the customer to a specialist (BLK-REC-02..04)."""
    says = _("handed over to {staff}").format(staff=facts.handed_to)
    if facts.via not in policy.introduces:
        says = _("received by those who may go on")
    return _gate(
        "handed_over",
        ("BLK-REC-03", "BLK-REC-02"),
        facts.via not in policy.introduces or bool(facts.handed_to),
        (
            says,
            _("came to {role}: not handed over to a specialist yet").format(role=facts.via),
        ),
        roles,
        f"kac inquiry handover {facts.number} --to STAFF",
    )


def takes_over(staff: str, roles: Sequence[str], policy: InquiryPolicy) -> Gate:
    """An inquiry is handed over to a group-purchase specialist (BLK-REC-03)."""
    says = _("{staff} holds {roles}; taken over by: {takers}").format(
        staff=staff, roles=", ".join(roles) or "-", takers=", ".join(policy.takes_over)
    )
    is_open = not set(roles).isdisjoint(policy.takes_over)
    return _gate("takes_over", ("BLK-REC-03",), is_open, (says, says))


def points_explained(facts: InquiryFacts, policy: InquiryPolicy, roles: Sequence[str]) -> Gate:
    """The points of ordering were explained at reception (RTL-REC-07, RTL-REC-08)."""
    points = ", ".join(_(POINTS[point]) for point in policy.points)
    return _gate(
        "points_explained",
        ("RTL-REC-07", "RTL-REC-08"),
        bool(facts.explained_by),
        (
            _("explained by {staff}: {points}").format(staff=facts.explained_by, points=points),
            _("not explained yet: {points}").format(points=points),
        ),
        roles,
        _mend(facts, "--explained"),
    )


def supply_answered(facts: InquiryFacts, roles: Sequence[str]) -> Gate:
    """Logistics was asked whether the goods can be had, and said so (RTL-REC-13, RTL-REC-19)."""
    says = _("no goods to be had yet")
    if facts.supply:
        can, cannot = (
            _("the need can be met, says {staff}"),
            _("the need cannot be met, says {staff}"),
        )
        says = (can if facts.supply == "yes" else cannot).format(staff=facts.supply_by)
    return _gate(
        "supply_answered",
        ("RTL-REC-13", "RTL-REC-19"),
        bool(facts.supply) or not facts.lines,
        (says, _("nobody has said whether the need can be met")),
        roles,
        f"kac inquiry supply {facts.number} yes",
    )


def releases(facts: InquiryFacts) -> list[Gate]:
    """What the manager or the manager on duty releases, any one of them suffices (A-19, A-55).

    BLK-ESC-01..06 and, where resale by a competitor is feared, BLK-INT-09.
    """
    return approvals.gates(facts.request, facts.steps, facts.signed)


def refused(facts: InquiryFacts) -> bool:
    """Whether the release was refused."""
    return any(signature.verdict == "reject" for signature in facts.signed)


def responded(number: str, said: str) -> Gate:
    """A record of a talk holds our answer, not only what the customer wants (CRG-CNT-02)."""
    says = (said, _("our answer to the customer is not written down"))
    command = f"kac inquiry answer {number} --reply TEXT"
    return _gate("responded", ("CRG-CNT-02",), bool(said), says, command=command)


def replied(facts: InquiryFacts, roles: Sequence[str], today: date) -> Gate:
    """Who got no answer at once is called back within one working day (RTL-REC-18, A-38)."""
    late, timely = (
        _("should have been called back by {day} 24:00"),
        _("to be called back by {day} 24:00"),
    )
    shut = late if overdue(facts, today) else timely
    return _gate(
        "replied",
        ("RTL-REC-18",),
        facts.answered_on is not None,
        (
            _("answered by {staff} on {day}").format(
                staff=facts.answered_by, day=facts.answered_on
            ),
            shut.format(day=facts.reply_due),
        ),
        roles,
        f"kac inquiry answer {facts.number} --reply …",
    )


def overdue(facts: InquiryFacts, today: date) -> bool:
    """Whether the call back is late; late is reported, never refused."""
    due = facts.reply_due
    return not facts.answered_on and due is not None and today > due
