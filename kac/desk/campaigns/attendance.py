"""Verbs of the list of owners: put down, call, register who arrives, check, take the deposit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.identifiers import parse_phone
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.campaigns import postings, queries, rules
from kac.desk.campaigns.actions import document, gathered, other_day, running
from kac.desk.campaigns.policy import CampaignPolicy
from kac.desk.campaigns.rules import CampaignFacts
from kac.desk.campaigns.states import ABOUT, EXPECTED, OWNER
from kac.desk.staff.actions import require
from kac.ledger import journal

if TYPE_CHECKING:
    from kac.desk.campaigns.tables import CampaignOwner


@dataclass(frozen=True)
class Registration:
    """A homeowner who signs up: name, telephone, the way it came in, the time they reserve."""

    name: str
    phone: str
    channel: str
    time: str = ""


def register(work: Work, reference: str, asked: Registration) -> Outcome:
    """Put an owner on the list, by a channel that was fixed before (CMP-REG-01)."""
    from kac.desk.campaigns.tables import CampaignOwner

    require(work, "campaign.owner")
    known, facts, policy = running(work, reference)
    phone = parse_phone(asked.phone)
    _refuse_channel(work, known, facts, policy, asked.channel)
    _refuse_twice(work, known, phone)
    row: CampaignOwner = work.add(
        CampaignOwner(
            number=f"{known['number']}/{known['owners'] + 1}",
            campaign_id=known["id"],
            name=required_text(asked.name, field=_("name"), longest=40),
            phone=phone,
            channel=asked.channel,
            time=_time(asked.time),
            state=OWNER.start,
            registered_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    if row.time:
        work.move(row, OWNER, "reserve")
    else:
        work.record("sign up", row.number)
    says = _("{number}: {name} is on the list").format(number=row.number, name=row.name)
    known, _facts, _policy = gathered(work, known["number"])
    told = {**document(known), "number": row.number, "state": row.state, "name": row.name}
    return Outcome({**told, "campaign": known["number"]}, (says,))


def _refuse_channel(
    work: Work, known: Row, facts: CampaignFacts, policy: CampaignPolicy, channel: str
) -> None:
    """Pass when the channel is one of those that were fixed for this campaign."""
    may = work.house().may
    line = next((line for line in policy.checklist() if line.asks == "channels"), None)
    if line is None:
        return
    require_open(
        [rules.item_gate(facts, line, policy, may["campaign.tick"])],
        _("nobody is put on the list of {number} yet").format(number=known["number"]),
        refs={"campaign": known["number"]},
    )
    fixed = facts.ticks[line.id].value.split(",")
    if channel not in fixed:
        raise BadInput(
            _("{channel} is no channel of registration").format(channel=channel or "-"),
            cause=[_("one of: {natures}").format(natures=", ".join(fixed))],
            code="E-CMP-004",
            rules=["CMP-REG-01"],
        )


def _refuse_twice(work: Work, known: Row, phone: str) -> None:
    earlier = work.reader.first(
        "SELECT number, name FROM campaign_owner WHERE campaign_id = :id AND phone = :phone",
        id=known["id"],
        phone=phone,
    )
    if earlier:
        raise Refused(
            _("{phone} is on the list already: {number} {name}").format(
                phone=phone, number=earlier["number"], name=earlier["name"]
            ),
            code="E-CMP-006",
            rules=["CMP-DAY-06"],
            fix=[f"kac campaign show {known['number']}"],
        )


def _time(written: str) -> str:
    """A time of the day as it is kept; empty where none was reserved."""
    text = safe_text(written, field=_("time"), longest=10).replace("：", ":")
    match = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text)
    if text and not match:
        raise BadInput(
            _('"{written}" is no time of the day, such as 9:30').format(written=written),
            code="E-CMP-009",
        )
    return f"{int(match[1]):02}:{match[2]}" if match else ""


def call(work: Work, reference: str, owners: Sequence[str], about: str, content: str) -> Outcome:
    """Write down calls: of the event, of the day, or since somebody was absent.

    CMP-PRE-08, CMP-DAY-02, CMP-DAY-13, CMP-DAY-07.
    """
    from kac.desk.campaigns.tables import CampaignCall

    require(work, "campaign.call")
    known, facts, _policy = running(work, reference)
    _refuse_day(work, known, facts, about)
    said = safe_text(content, field=_("what was said"), longest=200)
    rows = [_owner(work, known, written) for written in owners]
    for row in rows:
        work.require_not_before(row.on_day, row.number)
        _step(work, row, ABOUT[about])
        work.add(
            CampaignCall(
                owner_id=row.id or 0,
                about=about,
                content=said,
                staff=work.actor.code,
                on_day=work.on,
                at=work.now,
            )
        )
    says = [_("{name} was called").format(name=row.name) for row in rows]
    return _listed(work, known["number"], rows, says)


def _refuse_day(work: Work, known: Row, facts: CampaignFacts, about: str) -> None:
    """Pass when the call is of its day: the event's before it, the day's on it (CMP-DAY-01)."""
    right = {
        "event": work.on < facts.event_day,
        "today": work.on == facts.event_day,
        "absent": work.on >= facts.event_day,
    }
    if not right[about]:
        raise Refused(
            _("the day of {number} is {day}: no call about {about} on {on}").format(
                number=known["number"], day=facts.event_day, about=about, on=work.on
            ),
            code="E-CMP-005",
            rules=["CMP-DAY-01"],
            fix=[f"kac campaign show {known['number']}"],
        )


def _step(work: Work, row: CampaignOwner, verb: str) -> None:
    """Move somebody on; who is there already, or further on, stays."""
    order = ("signed_up", "reserved", "called", "confirmed")
    after = {"call": "called", "confirm": "confirmed", "call_again": "recalled"}[verb]
    stays = row.state == after or (
        row.state in order and after in order and order.index(row.state) > order.index(after)
    )
    if stays:
        work.record("call", row.number)
    else:
        work.move(row, OWNER, verb)


def arrive(work: Work, reference: str, owners: Sequence[str], *, souvenir: bool) -> Outcome:
    """Register who arrived on the day, with a souvenir for each where asked (CMP-DAY-05, -09)."""
    require(work, "campaign.arrive")
    known, facts, _policy = running(work, reference)
    _refuse_other_day(work, known, facts)
    rows = [_owner(work, known, written) for written in owners]
    for row in rows:
        row.arrived_on = work.on
        row.souvenir_on = work.on if souvenir else None
        work.move(row, OWNER, "arrive")
    says = [_("{name} arrived").format(name=row.name) for row in rows]
    return _listed(work, known["number"], rows, says)


def hand_souvenir(work: Work, reference: str, owner: str) -> Outcome:
    """Give a souvenir to somebody who arrived, once (CMP-DAY-09)."""
    require(work, "campaign.arrive")
    known, _facts, _policy = running(work, reference)
    row = _owner(work, known, owner)
    if row.arrived_on is None or row.souvenir_on is not None:
        told = _("{name} has not arrived, and souvenirs are for who arrived")
        if row.arrived_on is not None:
            told = _("{name} has a souvenir already, given on {day}")
        raise Refused(
            told.format(name=row.name, day=row.souvenir_on),
            code="E-CMP-010",
            rules=["CMP-DAY-09"],
            fix=[f"kac campaign show {known['number']}"],
        )
    row.souvenir_on = work.on
    work.session.add(row)
    work.session.flush()
    work.record("souvenir", row.number)
    says = [_("{name} was given a souvenir").format(name=row.name)]
    return _listed(work, known["number"], [row], says)


def check(work: Work, reference: str) -> Outcome:
    """Hold arrivals against the list: whoever did not come is absent (CMP-DAY-05, CMP-DAY-06)."""
    require(work, "campaign.check")
    known, facts, _policy = running(work, reference)
    if work.on < facts.event_day:
        raise other_day(known)
    rows = [_owner(work, known, owner.number) for owner in facts.owners if owner.state in EXPECTED]
    for row in rows:
        work.move(row, OWNER, "miss")
    work.record("check arrivals", known["number"], absent=len(rows))
    told, facts, _policy = gathered(work, known["number"])
    says = [rules.arrivals_checked(facts, ()).says]
    says += [_("{name} was absent and is to be called again").format(name=row.name) for row in rows]
    return Outcome(document(told), tuple(says), ("kac todo",) if rows else ())


def deposit(work: Work, reference: str, owner: str, amount: Money, method: str) -> Outcome:
    """Take a deposit at the cashier's station against a receipt; the guide never does (A-17)."""
    from kac.desk.campaigns.tables import CampaignDeposit

    require(work, "campaign.deposit")
    known, facts, policy = running(work, reference)
    _refuse_other_day(work, known, facts)
    row = _owner(work, known, owner)
    _refuse_money(row, amount, method, policy)
    require_open(
        [rules.at_the_cashier(facts, work.actor.code, work.house().may["campaign.tick"])],
        _("no deposit is taken for {number}").format(number=row.number),
        refs={"campaign": known["number"]},
    )
    taken = work.add(
        CampaignDeposit(
            number=work.number("DJ"),
            owner_id=row.id or 0,
            amount_fen=amount.fen,
            method=method,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    journal.post(work, postings.deposited(taken.number, amount))
    work.record("take deposit", taken.number, owner=row.number, amount_fen=amount.fen)
    says = _("receipt {number}: {amount} in cash of {name}").format(
        number=taken.number, amount=amount, name=row.name
    )
    told = {
        "number": taken.number,
        "state": row.state,
        "campaign": known["number"],
        "owner": row.number,
        "name": row.name,
        "amount": amount.plain(),
    }
    return Outcome(told, (says,))


def _refuse_money(row: CampaignOwner, amount: Money, method: str, policy: CampaignPolicy) -> None:
    if amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an amount to receive").format(amount=amount), code="E-VAL-010"
        )
    if row.state != "arrived" or method not in policy.deposit_methods:
        told = _("{name} has not arrived: a deposit is taken on the spot")
        if row.state == "arrived":
            told = _("a deposit of a campaign is not taken by {method}")
        raise Refused(
            told.format(name=row.name, method=method),
            code="E-CMP-011",
            rules=["CMP-DAY-11", "A-17"],
        )


def _refuse_other_day(work: Work, known: Row, facts: CampaignFacts) -> None:
    """Pass on the day of the event alone (CMP-DAY-01)."""
    if work.on != facts.event_day:
        raise other_day(known)


def _owner(work: Work, known: Row, written: str) -> CampaignOwner:
    from kac.desk.campaigns.tables import CampaignOwner

    return work.get(CampaignOwner, queries.owner(work.reader, known, written)["id"])


def _listed(work: Work, number: str, rows: Sequence[CampaignOwner], says: Sequence[str]) -> Outcome:
    """What a verb tells of the owners that it was of."""
    known, _facts, _policy = gathered(work, number)
    told = [{"number": row.number, "name": row.name, "state": row.state} for row in rows]
    return Outcome({**document(known), "list": told}, tuple(says))
