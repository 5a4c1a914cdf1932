"""Rules of the campaign: planned in time, prepared by T-3, owners called, the absent again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from kac.core.gates import Gate
from kac.core.i18n import _, ngettext
from kac.core.values import dataclass
from kac.desk.campaigns.policy import CampaignItem, CampaignPolicy
from kac.desk.campaigns.states import CHANNELS, EXPECTED, ITEMS

# What must be open before a gate of a campaign is anybody's work; it is the work of clerks.
AFTER: dict[str, tuple[str, ...]] = {"campaign_owner_recalled": ("campaign_arrivals_checked",)}
OF_CLERKS = frozenset(
    {
        "campaign_item",
        "campaign_owner_called",
        "campaign_owner_notified",
        "campaign_arrivals_checked",
        "campaign_owner_recalled",
    }
)
_SHUT = ("closed", "cancelled")
Roles = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Ticked:
    """A line of the checklist as it was ticked."""

    value: str
    note: str
    staff: str
    day: date


@dataclass(frozen=True)
class OwnerFacts:
    """A homeowner as the rules see one: since when on the list, called when, and what about."""

    number: str
    name: str
    state: str
    registered_on: date
    called_on: date | None = None
    notified_on: date | None = None
    recalled_on: date | None = None
    souvenir_on: date | None = None


@dataclass(frozen=True)
class CampaignFacts:
    """A campaign as its gates see it; `ticks` by the ids of the checklist."""

    number: str
    state: str
    event_day: date
    begun_on: date
    ticks: Mapping[str, Ticked]
    owners: tuple[OwnerFacts, ...] = ()

    @property
    def days_before(self) -> int:
        """How many days before the event planning began."""
        return (self.event_day - self.begun_on).days


def in_time(days_before: int, policy: CampaignPolicy) -> bool:
    """Whether planning so many days before the event is in time, both ends included (A-50)."""
    fewest, most = policy.plan_days_before
    return fewest <= days_before <= most


def due(phase: str, event_day: date, policy: CampaignPolicy) -> date:
    """The day by which a phase of the checklist is done."""
    before = {"plan": policy.plan_days_before[0], "prepare": policy.prepare_days_before, "day": 0}
    return event_day - timedelta(days=before[phase])


def has_begun(phase: str, facts: CampaignFacts, policy: CampaignPolicy, today: date) -> bool:
    """Whether a phase is somebody's work by now: preparing follows planning (CMP-PRE-01)."""
    begins = {"prepare": due("plan", facts.event_day, policy), "day": facts.event_day}
    return today >= begins.get(phase, facts.begun_on)


def call_due(owner: OwnerFacts, event_day: date, policy: CampaignPolicy) -> date | None:
    """By when an owner is called about the event; who comes onto the list later, on that day.

    None for who is put down on the event day itself: they know (CMP-PRE-08).
    """
    if owner.registered_on >= event_day:
        return None
    return max(event_day - timedelta(days=policy.call_days_before), owner.registered_on)


def planned_in_time(facts: CampaignFacts, policy: CampaignPolicy) -> Gate:
    """Planning begins 15 to 20 days before; earlier or later is told, never refused."""
    fewest, most = policy.plan_days_before
    if in_time(facts.days_before, policy):
        text = _("begun at T-{days}, in time")
    elif facts.days_before > most:
        text = _("begun at T-{days}, earlier than T-{most}")
    else:
        text = _("begun at T-{days}, later than T-{fewest}")
    says = text.format(days=facts.days_before, fewest=fewest, most=most)
    return Gate("campaign_planned_in_time", ("CMP-PLN-01",), True, says)


def item_label(item: str) -> str:
    """What people call a line of the checklist."""
    return _(ITEMS[item]) if item in ITEMS else item


def item_gate(
    facts: CampaignFacts, item: CampaignItem, policy: CampaignPolicy, roles: Sequence[str]
) -> Gate:
    """One line of the checklist: ticked, by whom, or by when it must or should be."""
    label = item_label(item.id)
    ticked = facts.ticks.get(item.id)
    if ticked:
        told = " ".join(filter(None, (_shown(item, ticked.value), ticked.note)))
        text = _("{item}: {said} ({staff}, {day})") if told else _("{item} ({staff}, {day})")
        says = text.format(item=label, said=told, staff=ticked.staff, day=ticked.day)
        return Gate("campaign_item", (item.rule,), True, says, part=item.id)
    day = due(item.phase, facts.event_day, policy)
    text = _("{item}: must be done by {day}") if item.must else _("{item}: should be done by {day}")
    command = f"kac campaign tick {facts.number} {item.id}{_asked(item)}"
    says = text.format(item=label, day=day)
    return Gate("campaign_item", (item.rule,), False, says, tuple(roles), command, part=item.id)


def _shown(item: CampaignItem, value: str) -> str:
    if item.asks == "channels":
        return ", ".join(_(CHANNELS.get(word, word)) for word in value.split(","))
    if item.asks == "points":
        return _("{points} points").format(points=value)
    if item.asks == "yes_no":
        return {"yes": _("yes"), "no": _("no")}[value]
    return value


def _asked(item: CampaignItem) -> str:
    return (" …" if item.asks else "") + (" --note …" if item.note else "")


def items_due(
    facts: CampaignFacts, policy: CampaignPolicy, roles: Sequence[str], today: date
) -> list[Gate]:
    """The lines that are work by now: those of phases that have begun."""
    return [
        item_gate(facts, item, policy, roles)
        for item in policy.checklist()
        if has_begun(item.phase, facts, policy, today)
    ]


def must_be_done(
    facts: CampaignFacts, policy: CampaignPolicy, roles: Sequence[str], today: date
) -> list[Gate]:
    """What is not ticked though it must be, from three days before the event on (CMP-PRE-01)."""
    if today < due("prepare", facts.event_day, policy):
        return []
    gates = [
        item_gate(facts, item, policy, roles)
        for item in policy.checklist()
        if item.must and today >= due(item.phase, facts.event_day, policy)
    ]
    return [gate for gate in gates if not gate.open]


def owner_called(
    facts: CampaignFacts, owner: OwnerFacts, policy: CampaignPolicy, roles: Sequence[str]
) -> Gate | None:
    """Every owner is called three days before; a later call is told as late (CMP-PRE-08)."""
    day = call_due(owner, facts.event_day, policy)
    if day is None:
        return None
    named = ("CMP-PRE-08",)
    if owner.called_on:
        says = _("{name} was called on {day}").format(name=owner.name, day=owner.called_on)
        if late := max(0, (owner.called_on - day).days):
            text = ngettext("{says}, {days} day late", "{says}, {days} days late", late)
            says = text.format(says=says, days=late)
        return Gate("campaign_owner_called", named, True, says, part=owner.number)
    says = _("{name} is to be called about the event by {day}").format(name=owner.name, day=day)
    command = f"kac campaign call {facts.number} {owner.number} --about event"
    return Gate(
        "campaign_owner_called", named, False, says, tuple(roles), command, part=owner.number
    )


def owner_notified(facts: CampaignFacts, owner: OwnerFacts, roles: Sequence[str]) -> Gate | None:
    """On the day every owner is called once more; who came needs no call (CMP-DAY-02, -13)."""
    if owner.registered_on >= facts.event_day:
        return None
    named = ("CMP-DAY-13", "CMP-DAY-02")
    if owner.notified_on or owner.state == "arrived":
        says = _("{name} knows the time").format(name=owner.name)
        return Gate("campaign_owner_notified", named, True, says, part=owner.number)
    says = _("{name} is to be called on the day").format(name=owner.name)
    command = f"kac campaign call {facts.number} {owner.number} --about today"
    return Gate(
        "campaign_owner_notified", named, False, says, tuple(roles), command, part=owner.number
    )


def owner_recalled(facts: CampaignFacts, owner: OwnerFacts, roles: Sequence[str]) -> Gate | None:
    """Who was absent is called again (CMP-DAY-07); None for who was not."""
    if owner.state not in ("absent", "recalled"):
        return None
    named = ("CMP-DAY-07",)
    if owner.state == "recalled":
        says = _("{name} was absent and was called again").format(name=owner.name)
        return Gate("campaign_owner_recalled", named, True, says, part=owner.number)
    says = _("{name} was absent and is to be called again").format(name=owner.name)
    command = f"kac campaign call {facts.number} {owner.number} --about absent"
    return Gate(
        "campaign_owner_recalled", named, False, says, tuple(roles), command, part=owner.number
    )


def arrivals_checked(facts: CampaignFacts, roles: Sequence[str]) -> Gate:
    """Arrivals are held against the list: whoever did not come is absent (CMP-DAY-05, -06)."""
    named = ("CMP-DAY-05", "CMP-DAY-06")
    expected = sum(owner.state in EXPECTED for owner in facts.owners)
    if not expected:
        arrived = sum(owner.state == "arrived" for owner in facts.owners)
        says = _("{arrived} of {owners} arrived").format(arrived=arrived, owners=len(facts.owners))
        return Gate("campaign_arrivals_checked", named, True, says)
    says = ngettext(
        "{count} owner on the list neither arrived nor is absent",
        "{count} owners on the list neither arrived nor are absent",
        expected,
    ).format(count=expected)
    command = f"kac campaign check {facts.number}"
    return Gate("campaign_arrivals_checked", named, False, says, tuple(roles), command)


def owner_gates(
    facts: CampaignFacts, policy: CampaignPolicy, may: Roles, today: date
) -> list[Gate]:
    """What the list wants by now: calls before and on the day, the check, calls of the absent."""
    callers = may["campaign.call"]
    if today < due("prepare", facts.event_day, policy):
        return []
    if today < facts.event_day:
        found = [owner_called(facts, owner, policy, callers) for owner in facts.owners]
        return [gate for gate in found if gate]
    notified = [
        owner_notified(facts, owner, callers)
        for owner in facts.owners
        if today == facts.event_day and owner.state in (*EXPECTED, "arrived")
    ]
    recalled = [owner_recalled(facts, owner, callers) for owner in facts.owners]
    checked = arrivals_checked(facts, may["campaign.check"])
    return [gate for gate in (*notified, checked, *recalled) if gate]


def checklist(facts: CampaignFacts, policy: CampaignPolicy, may: Roles, today: date) -> list[Gate]:
    """All gates of a campaign as of a day; none once it is cancelled."""
    if facts.state == "cancelled":
        return []
    roles = may["campaign.tick"]
    items = [item_gate(facts, item, policy, roles) for item in policy.checklist()]
    return [planned_in_time(facts, policy), *items, *owner_gates(facts, policy, may, today)]


def work(facts: CampaignFacts, policy: CampaignPolicy, may: Roles, today: date) -> list[Gate]:
    """The gates that are somebody's work by now; none once the campaign is over."""
    if facts.state in _SHUT:
        return []
    items = items_due(facts, policy, may["campaign.tick"], today)
    return [*items, *owner_gates(facts, policy, may, today)]


def uncalled(
    facts: CampaignFacts, policy: CampaignPolicy, roles: Sequence[str], today: date
) -> list[Gate]:
    """Calls that are missing by the end of a day, where fewer were made than the policy asks.

    Those of T-3 before the event, those of the day on the day itself (CMP-PRE-08, CMP-DAY-02).
    """
    gates = [
        gate
        for gate in owner_gates(
            facts, policy, {"campaign.call": roles, "campaign.check": ()}, today
        )
        if gate.name in ("campaign_owner_called", "campaign_owner_notified")
    ]
    shut = [gate for gate in gates if not gate.open]
    made = len(gates) - len(shut)
    return shut if made * 100 < policy.notify_coverage_pct * len(gates) else []


def to_close(facts: CampaignFacts, may: Roles) -> list[Gate]:
    """What must hold before a campaign is closed: arrivals checked, the absent called again."""
    recalled = [owner_recalled(facts, owner, may["campaign.call"]) for owner in facts.owners]
    return [arrivals_checked(facts, may["campaign.check"]), *(gate for gate in recalled if gate)]


def at_the_cashier(facts: CampaignFacts, actor: str, roles: Sequence[str]) -> Gate:
    """A deposit is taken at the cashier's station, by the person who stands there (A-17)."""
    named = ("CMP-DAY-11", "A-17")
    station = facts.ticks.get("station_deposit")
    if station and station.value == actor:
        says = _("{actor} stands at the station of deposits").format(actor=actor)
        return Gate("campaign_at_cashier", named, True, says)
    if station:
        says = _("{staff} stands at the station of deposits, not {actor}").format(
            staff=station.value, actor=actor
        )
    else:
        says = _("nobody stands at the station of deposits")
    command = f"kac campaign tick {facts.number} station_deposit {actor}"
    return Gate("campaign_at_cashier", named, False, says, tuple(roles), command)
