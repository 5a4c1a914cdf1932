"""SC-59: a campaign for 120 homeowners, from its plan to the day when 96 of them come."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

HOST, REGISTRAR = "campaign_host", "registrar"
CAMPAIGN = "HD20260930-0001"
EVENT = "2026-10-20"
TICKS = (
    *("survey --note 入户调查", "decoration_phase yes", "content --note 建材八折"),
    *("concession 5 --note 厂家让3点", "channels phone,estate_desk", "day_flow --note 按流程"),
    *("station_reception registrar", "station_guide shop_guide", "station_order shop_guide"),
    *("station_deposit campaign_cashier", "station_see_off driver", "station_deliver driver"),
)


def night(desk: Any, on: str) -> list[dict[str, str]]:
    """What the night tells of campaigns."""
    told = desk.run("reconcile run --check --format csv", as_="cron", on=on).out
    known = ("campaigns_planned_in_time", "campaigns_prepared", "owners_called", "owners_absent")
    return [row for row in csv.DictReader(io.StringIO(told)) if row["check"] in known]


@pytest.mark.parametrize(
    ("begun", "told"),
    [
        ("2026-09-29", "earlier than T-20"),
        ("2026-09-30", ""),
        ("2026-10-05", ""),
        ("2026-10-06", "later than T-15"),
    ],
)
def test_planning_outside_its_days_is_told_and_never_refused(desk, begun, told) -> None:
    """CMP-PLN-01, A-50: both ends included."""
    made = desk.ok(f"campaign new 江畔花园 --event-day {EVENT}", as_=HOST, on=begun)
    assert (told in made.out) and (("than" in made.out) == bool(told))
    found = [row["check"] for row in night(desk, begun)]
    assert found == (["campaigns_planned_in_time"] if told else [])


def test_nobody_is_put_down_before_the_channels_are_fixed(desk) -> None:
    """CMP-REG-01, CMP-PLN-08."""
    desk.ok(f"campaign new 江畔花园 --event-day {EVENT}", as_=HOST, on="2026-09-30")
    owner = f"campaign owner {CAMPAIGN} 郑先生 --phone 13800138010 --channel"
    desk.refused(f"{owner} phone", "CMP-REG-01", as_=REGISTRAR, on="2026-09-30")
    tick = f"campaign tick {CAMPAIGN}"
    desk.ok(f"{tick} channels estate_desk,phone", as_=HOST, on="2026-09-30")
    desk.refused(f"{owner} website", "CMP-REG-01", as_=REGISTRAR, on="2026-09-30", exit=6)
    desk.refused(f"{tick} concession 5", "CMP-PLN-08", as_=HOST, on="2026-09-30", exit=6)
    guide = f"{tick} station_deposit shop_guide"
    desk.refused(guide, "CMP-PRE-05", as_=HOST, on="2026-09-30")
    desk.ok(f"{owner} phone --time 9:30", as_=REGISTRAR, on="2026-10-02")
    desk.refused(f"{owner} phone", "CMP-DAY-06", as_=REGISTRAR, on="2026-10-02")


@pytest.fixture
def campaign(desk) -> Any:
    """A campaign that is prepared, with 120 owners on its list."""
    desk.ok(f"campaign new 江畔花园 --event-day {EVENT}", as_=HOST, on="2026-09-30")
    for tick in TICKS:
        desk.ok(f"campaign tick {CAMPAIGN} {tick}", as_=HOST, on="2026-10-01")
    for nth in range(1, 121):
        phone = f"1391234{nth:04}"
        line = f"campaign owner {CAMPAIGN} 业主{nth} --phone {phone} --channel phone"
        desk.ok(line, as_=REGISTRAR, on="2026-10-02")
    return desk


def owners(first: int, last: int) -> str:
    return " ".join(f"{CAMPAIGN}/{nth}" for nth in range(first, last + 1))


def test_sc59_two_are_not_called_and_twenty_four_stay_away(campaign) -> None:
    """SC-59: CMP-PRE-08, CMP-DAY-02, -05, -06, -07, -09, -11, -13, A-17."""
    desk = campaign
    call = f"campaign call {CAMPAIGN}"
    assert night(desk, "2026-10-16") == []
    desk.ok(f"{call} {owners(1, 118)}", as_=REGISTRAR, on="2026-10-17")
    told = night(desk, "2026-10-17")
    assert [row["says"].split()[0] for row in told] == ["业主119", "业主120"]
    assert {row["check"] for row in told} == {"owners_called"}
    assert night(desk, "2026-10-17") == told

    arrive = f"campaign arrive {CAMPAIGN}"
    desk.refused(f"{arrive} 业主1", "CMP-DAY-01", as_=REGISTRAR, on="2026-10-19")
    desk.ok(f"{call} {owners(1, 120)} --about today", as_=REGISTRAR, on=EVENT)
    desk.ok(f"{arrive} {owners(1, 95)} --souvenir", as_=REGISTRAR, on=EVENT)
    desk.ok(f"{arrive} 业主96", as_=REGISTRAR, on=EVENT)
    souvenir = f"campaign souvenir {CAMPAIGN}"
    desk.refused(f"{souvenir} 业主1", "CMP-DAY-09", as_=REGISTRAR, on=EVENT)
    desk.refused(f"{souvenir} 业主97", "CMP-DAY-09", as_=REGISTRAR, on=EVENT)

    deposit = f"campaign deposit {CAMPAIGN} 业主1 --amount 500"
    desk.refused(deposit, "A-17", as_="shop_guide", on=EVENT, exit=5)
    receipt = desk.ok(f"{deposit} --json", as_="campaign_cashier", on=EVENT).json
    assert (receipt["number"], receipt["amount"]) == ("DJ20261020-0001", "500.00")
    away = deposit.replace("业主1", "业主97")
    desk.refused(away, "CMP-DAY-11", as_="campaign_cashier", on=EVENT)

    desk.refused(f"campaign close {CAMPAIGN}", "CMP-DAY-06", as_=HOST, on=EVENT)
    checked = desk.ok(f"campaign check {CAMPAIGN} --json", as_=REGISTRAR, on=EVENT).json
    assert (checked["arrived"], checked["absent"], checked["souvenirs"]) == (96, 24, 95)
    tasks = desk.ok("todo --json", as_=REGISTRAR, on=EVENT).json
    again = [task for task in tasks if task["gate"] == "campaign_owner_recalled"]
    assert len(again) == 24
    assert [row["says"] for row in night(desk, "2026-10-21")] == [
        "24 absent owners are to be called again"
    ]

    desk.refused(f"campaign close {CAMPAIGN}", "CMP-DAY-07", as_=HOST, on=EVENT)
    desk.ok(f"{call} {owners(97, 120)} --about absent", as_=REGISTRAR, on="2026-10-21")
    desk.ok(f"campaign close {CAMPAIGN}", as_=HOST, on="2026-10-21")
    assert night(desk, "2026-10-21") == []
    found = desk.run("reconcile run --check --json", as_="cron", on="2026-10-21").out
    assert "campaign_deposits_equal_account" not in found


def test_three_days_before_everything_that_must_be_is_ticked(desk) -> None:
    """CMP-PRE-01: what is not is told night by night; soft lines never are."""
    desk.ok(f"campaign new 江畔花园 --event-day {EVENT}", as_=HOST, on="2026-09-30")
    for tick in TICKS[1:]:
        desk.ok(f"campaign tick {CAMPAIGN} {tick}", as_=HOST, on="2026-10-01")
    assert night(desk, "2026-10-16") == []
    told = night(desk, "2026-10-17")
    assert [(row["check"], row["rules"], row["soft"]) for row in told] == [
        ("campaigns_prepared", "CMP-PLN-02", "yes")
    ]
    waits = desk.ok(f"explain {CAMPAIGN} --json", as_=HOST, on="2026-10-17").json
    assert "kac campaign tick HD20260930-0001 survey --note …" in waits["next"]
    desk.ok(f"campaign tick {CAMPAIGN} {TICKS[0]}", as_=HOST, on="2026-10-17")
    assert night(desk, "2026-10-17") == []
