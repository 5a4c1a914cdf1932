"""Verbs of the campaign: plan it, tick its checklist, close it, give it up."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import parse_rate
from kac.core.text import folded, required_text, safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.campaigns import queries, rules
from kac.desk.campaigns.policy import CampaignItem, CampaignPolicy
from kac.desk.campaigns.states import CAMPAIGN
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require

if TYPE_CHECKING:
    from kac.desk.campaigns.tables import Campaign


def new(work: Work, name: str, event_day: date) -> Outcome:
    """Begin to plan a campaign; too early or too late is told, never refused (CMP-PLN-01)."""
    from kac.desk.campaigns.tables import Campaign

    require(work, "campaign.new")
    if event_day < work.on:
        raise BadInput(
            _("a campaign is not planned for a day that is over: {day}").format(day=event_day),
            code="E-CMP-001",
            rules=["CMP-PLN-01"],
        )
    version = work.policy(queries.SET)
    row: Campaign = work.add(
        Campaign(
            number=work.number("HD"),
            name=required_text(name, field=_("name"), longest=80),
            event_day=event_day,
            state=CAMPAIGN.start,
            end_reason="",
            prepared_by=work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("plan campaign", row.number, event_day=event_day.isoformat())
    known, facts, policy = gathered(work, row.number)
    says = [
        _("{number}: {name} is planned for {day}").format(
            number=row.number, name=row.name, day=event_day
        )
    ]
    if not rules.in_time(facts.days_before, policy):
        says.append(rules.planned_in_time(facts, policy).says)
    return Outcome(document(known), tuple(says), (f"kac campaign show {row.number}",))


def tick(work: Work, reference: str, item: str, value: str, note: str) -> Outcome:
    """Tick a line of the checklist, with what it asks for; ticked anew, the last one counts."""
    from kac.desk.campaigns.tables import CampaignTick

    require(work, "campaign.tick")
    known, facts, policy = running(work, reference)
    line = _line(policy, item)
    stated = _stated(work, line, policy, value)
    words = safe_text(note, field=_("note"), longest=200)
    if line.note and not words:
        raise BadInput(
            _("{item} needs words: --note TEXT").format(item=rules.item_label(line.id)),
            code="E-CMP-002",
            rules=[line.rule],
        )
    work.add(
        CampaignTick(
            campaign_id=known["id"],
            item=line.id,
            value=stated,
            note=words,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("tick", known["number"], item=line.id, value=stated)
    known, facts, policy = gathered(work, known["number"])
    gate = rules.item_gate(facts, line, policy, ())
    left = [each.id for each in policy.checklist() if each.must and each.id not in facts.ticks]
    says = _("{number}: {says}").format(number=known["number"], says=gate.says)
    told = {**document(known), "item": line.id, "value": stated, "left": left}
    return Outcome(told, (says,), (f"kac campaign show {known['number']}",) if left else ())


def _line(policy: CampaignPolicy, item: str) -> CampaignItem:
    lines = {line.id: line for line in policy.checklist()}
    word = folded(item.strip()).replace("-", "_")
    if word in lines:
        return lines[word]
    raise BadInput(
        _("{item} is no line of the checklist").format(item=item),
        cause=[_("one of: {natures}").format(natures=", ".join(lines))],
        code="E-CMP-002",
    )


def _stated(work: Work, line: CampaignItem, policy: CampaignPolicy, value: str) -> str:
    """What a tick states, as it is kept; BadInput says what the line asks for."""
    words = folded(value.strip())
    if line.asks == "person" and words:
        return _person(work, line, words)
    if line.asks == "channels" and words:
        return _channels(policy, words)
    if line.asks == "points" and words:
        points = parse_rate(words)
        return f"{points // 100}.{points % 100:02}".rstrip("0").rstrip(".")
    if (line.asks == "yes_no" and words in ("yes", "no")) or (not line.asks and not words):
        return words
    asked = {
        "": _("nothing is stated with it; words go into --note"),
        "person": _("name the person who stands there"),
        "channels": _("channels: {channels}").format(channels=",".join(policy.channels)),
        "points": _("name the points, such as 5 or 7.5"),
        "yes_no": _("answer yes or no"),
    }
    raise BadInput(
        _("{item}: {asked}").format(item=rules.item_label(line.id), asked=asked[line.asks]),
        code="E-CMP-002",
        rules=[line.rule],
    )


def _person(work: Work, line: CampaignItem, code: str) -> str:
    """Who stands at a station; one of the role that the station asks for."""
    person = staff.actor(work.reader, code)
    if line.role and work.house().holders(line.role).isdisjoint(person.roles):
        raise Refused(
            _("{item} is for one of {role}, and {staff} is none").format(
                item=rules.item_label(line.id), role=line.role, staff=person.code
            ),
            code="E-CMP-007",
            rules=[line.rule],
            fix=[f"kac staff show {person.code}"],
        )
    return person.code


def _channels(policy: CampaignPolicy, words: str) -> str:
    chosen = [word.strip() for word in words.replace("，", ",").split(",") if word.strip()]
    if unknown := [word for word in chosen if word not in policy.channels]:
        raise BadInput(
            _("{channel} is no channel of registration").format(channel=unknown[0]),
            cause=[_("one of: {natures}").format(natures=", ".join(policy.channels))],
            code="E-CMP-004",
            rules=["CMP-REG-01"],
        )
    return ",".join(word for word in policy.channels if word in chosen)


def close(work: Work, reference: str) -> Outcome:
    """Close a campaign: arrivals are checked and the absent called again (CMP-DAY-06, -07)."""
    require(work, "campaign.close")
    known, facts, policy = running(work, reference)
    if work.on < facts.event_day:
        raise other_day(known)
    require_open(
        rules.to_close(facts, work.house().may),
        _("{number} cannot be closed").format(number=known["number"]),
        refs={"campaign": known["number"]},
    )
    work.move(_row(work, known), CAMPAIGN, "close")
    known, facts, policy = gathered(work, known["number"])
    says = [
        _("{number} is closed: {arrived} of {owners} arrived, {souvenirs} souvenirs").format(
            number=known["number"],
            arrived=known["arrived"],
            owners=known["owners"],
            souvenirs=known["souvenirs"],
        )
    ]
    never = [
        rules.item_label(line.id)
        for line in policy.checklist()
        if line.must and line.id not in facts.ticks
    ]
    if never:
        says.append(_("never ticked: {items}").format(items=", ".join(never)))
    return Outcome(document(known), tuple(says))


def cancel(work: Work, reference: str, reason: str) -> Outcome:
    """Give a campaign up; not where owners came or left a deposit."""
    require(work, "campaign.cancel")
    why = required_text(reason, field=_("reason"))
    known, _facts, _policy = running(work, reference)
    if known["arrived"] or known["deposit_fen"]:
        raise Refused(
            _("{number} took place: it is closed, not cancelled").format(number=known["number"]),
            code="E-CMP-008",
            fix=[f"kac campaign close {known['number']}"],
        )
    row = _row(work, known)
    row.end_reason = why
    work.move(row, CAMPAIGN, "cancel", why)
    says = _("{number} is cancelled: {reason}").format(number=row.number, reason=why)
    return Outcome({"number": row.number, "state": row.state}, (says,))


def other_day(known: Row) -> Refused:
    """The refusal of what belongs to the day of the event (CMP-DAY-01)."""
    return Refused(
        _("the day of {number} is {day}").format(number=known["number"], day=known["event_day"]),
        code="E-CMP-005",
        rules=["CMP-DAY-01"],
        fix=[f"kac campaign show {known['number']}"],
    )


def gathered(work: Work, reference: str) -> tuple[Row, rules.CampaignFacts, CampaignPolicy]:
    """A campaign: its row, its facts, and what judges it."""
    known = queries.find(work.reader, reference, work.speaker)
    return known, queries.facts(work.reader, known), queries.policy(work.reader, known)


def running(work: Work, reference: str) -> tuple[Row, rules.CampaignFacts, CampaignPolicy]:
    """The same of one that is not over, and no later than today; Refused otherwise."""
    known, facts, policy = gathered(work, reference)
    CAMPAIGN.after(known["state"], "close", subject=known["number"])
    work.require_not_before(facts.begun_on, known["number"])
    return known, facts, policy


def _row(work: Work, known: Row) -> Campaign:
    from kac.desk.campaigns.tables import Campaign

    return work.get(Campaign, known["id"])


def document(known: Row) -> dict[str, object]:
    """What scripts are told of a campaign."""
    kept = ("number", "state", "name", "event_day", "owners", "called", "arrived", "absent")
    return {key: known[key] for key in (*kept, "souvenirs")}
