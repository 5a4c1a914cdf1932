"""Reading campaigns: the campaign, its list, its gates; what the night tells of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from kac.core.errors import NotFound
from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.text import folded
from kac.db import policybook
from kac.db.policybook import DESK
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.campaigns import rules
from kac.desk.campaigns.policy import CampaignPolicy
from kac.desk.campaigns.rules import CampaignFacts, OwnerFacts, Ticked
from kac.ledger.chart import CAMPAIGN_DEPOSITS
from kac.ledger.checks import balance

SET = "campaign"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The campaign meant by its number, or a part of it."""
    number = resolve(reader, "HD", "campaign", reference, speaker)
    return reader.one("SELECT * FROM v_campaign WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "") -> list[Row]:
    """All campaigns, the latest event at the head."""
    return reader.all(
        "SELECT * FROM v_campaign WHERE (:state = '' OR state = :state)"
        " ORDER BY event_day DESC, id DESC",
        state=state,
    )


def owners(reader: Reader, campaign_id: int) -> list[Row]:
    """The list of a campaign, in the order of registration."""
    return reader.all(
        "SELECT * FROM v_campaign_owner WHERE campaign_id = :id ORDER BY id", id=campaign_id
    )


def owner(reader: Reader, campaign: Row, written: str) -> Row:
    """The owner meant: a number on the list, a name, or a telephone; NotFound otherwise."""
    word = folded(written.strip())
    found = [
        row
        for row in owners(reader, campaign["id"])
        if word in (folded(row["number"]), folded(row["name"]), row["phone"])
    ]
    if len(found) == 1:
        return found[0]
    raise NotFound(
        _("{owner} is no one owner on the list of {campaign}").format(
            owner=written, campaign=campaign["number"]
        ),
        code="E-CMP-003",
        cause=[f"{row['number']} {row['name']} {row['phone']}" for row in found],
        fix=[f"kac campaign show {campaign['number']}"],
    )


def policy(reader: Reader, row: Row) -> CampaignPolicy:
    """The policy that judges a campaign, in the version that it was planned under."""
    version = policybook.version(reader, row["policy_set"], row["policy_version"])
    return version.section("campaign", CampaignPolicy)


def facts(reader: Reader, row: Row) -> CampaignFacts:
    """A campaign with its ticks and its list; the last tick of a line counts."""
    ticks = reader.all(
        "SELECT * FROM campaign_tick WHERE campaign_id = :id ORDER BY id", id=row["id"]
    )
    return CampaignFacts(
        number=row["number"],
        state=row["state"],
        event_day=date.fromisoformat(row["event_day"]),
        begun_on=date.fromisoformat(row["on_day"]),
        ticks={
            tick["item"]: Ticked(
                tick["value"], tick["note"], tick["staff"], date.fromisoformat(tick["on_day"])
            )
            for tick in ticks
        },
        owners=tuple(owner_facts(each) for each in owners(reader, row["id"])),
    )


def owner_facts(row: Row) -> OwnerFacts:
    """A row of v_campaign_owner as the rules see it."""
    return OwnerFacts(
        number=row["number"],
        name=row["name"],
        state=row["state"],
        registered_on=date.fromisoformat(row["on_day"]),
        called_on=_day(row["called_on"]),
        notified_on=_day(row["notified_on"]),
        recalled_on=_day(row["recalled_on"]),
        souvenir_on=_day(row["souvenir_on"]),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def may(reader: Reader, on: date) -> Mapping[str, tuple[str, ...]]:
    """Who does what of a campaign."""
    return policybook.in_force(reader, DESK, on).may


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a campaign as of a day, and what each of them waits for."""
    known = facts(reader, row)
    return rules.checklist(known, policy(reader, row), may(reader, today), today), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every campaign that is not over, with the gates that are work by now."""
    for row in reversed(listing(reader, "planned")):
        gates = rules.work(facts(reader, row), policy(reader, row), may(reader, today), today)
        yield dict(row), gates, rules.AFTER


def campaigns_planned_in_time(reader: Reader, on: date) -> list[Finding]:
    """Campaigns whose planning was begun today, too early or too late (CMP-PLN-01, A-50)."""
    found = []
    for row in reversed(listing(reader, "planned")):
        known, judged = facts(reader, row), policy(reader, row)
        if known.begun_on == on and not rules.in_time(known.days_before, judged):
            gate = rules.planned_in_time(known, judged)
            command = f"kac campaign show {known.number}"
            found.append(_finding("campaigns_planned_in_time", row, gate, command))
    return found


def campaigns_prepared(reader: Reader, on: date) -> list[Finding]:
    """What must be ticked and is not, from three days before the event on (CMP-PRE-01)."""
    ways = may(reader, on)["campaign.tick"]
    return [
        _finding("campaigns_prepared", row, gate, gate.command)
        for row in reversed(listing(reader, "planned"))
        for gate in rules.must_be_done(facts(reader, row), policy(reader, row), ways, on)
    ]


def owners_called(reader: Reader, on: date) -> list[Finding]:
    """Owners who were not called: by three days before, and on the day (CMP-PRE-08, CMP-DAY-02)."""
    ways = may(reader, on)["campaign.call"]
    return [
        _finding("owners_called", row, gate, gate.command)
        for row in reversed(listing(reader, "planned"))
        for gate in rules.uncalled(facts(reader, row), policy(reader, row), ways, on)
    ]


def owners_absent(reader: Reader, on: date) -> list[Finding]:
    """Campaigns whose day is here or over: arrivals not checked, absent owners not called again.

    CMP-DAY-06, CMP-DAY-07.
    """
    found = []
    for row in reversed(listing(reader, "planned")):
        if row["event_day"] > on.isoformat():
            continue
        shut = [
            gate for gate in rules.to_close(facts(reader, row), may(reader, on)) if not gate.open
        ]
        absent = [gate for gate in shut if gate.name == "campaign_owner_recalled"]
        found += [
            _finding("owners_absent", row, gate, gate.command) for gate in shut if not gate.part
        ]
        if absent:
            says = ngettext(
                "{count} absent owner is to be called again",
                "{count} absent owners are to be called again",
                len(absent),
            ).format(count=len(absent))
            command = f"kac campaign show {row['number']}"
            found.append(_said("owners_absent", row, says, absent[0].rules, command))
    return found


def _finding(check: str, row: Row, gate: Gate, command: str) -> Finding:
    return _said(check, row, gate.says, gate.rules, command)


def _said(check: str, row: Row, says: str, named: tuple[str, ...], command: str) -> Finding:
    return Finding(check, row["number"], says, named, command, soft=True)


def campaign_deposits_equal_account(reader: Reader, _on: date) -> list[Finding]:
    """The receipts of campaigns add up to what the books owe homeowners."""
    taken = int(reader.value("SELECT coalesce(sum(amount_fen), 0) FROM campaign_deposit"))
    booked = -balance(reader, CAMPAIGN_DEPOSITS)
    if taken == booked:
        return []
    says = _("receipts of campaigns say {taken}, account {account} says {booked}").format(
        taken=Money(taken), account=CAMPAIGN_DEPOSITS, booked=Money(booked)
    )
    return [Finding("campaign_deposits_equal_account", "", says, ("CMP-DAY-11",))]


CHECKS = (
    campaigns_planned_in_time,
    campaigns_prepared,
    owners_called,
    owners_absent,
    campaign_deposits_equal_account,
)
