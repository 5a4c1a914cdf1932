"""Days that somebody with the file turned: the night tells every step dated before its ground.

The chain tells that a row was touched; this tells what it would have hidden: money before the
review, goods before the money, a signature before it was asked for (RTL-DEP-01, RTL-PRI-02,
RTL-PAY-04, RTL-CTL-04, CRH-DAT-02).
"""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.sequence import too_early

# What is turned back, and the step that is told with the rule of its place.
TURNED = {
    "UPDATE payment_allocation SET on_day = '2026-11-19' WHERE id = 4": (
        "taken for it on 2026-11-19",
        "DEP-01",
    ),
    "UPDATE payment SET on_day = '2026-11-21' WHERE id = 2": (
        "taken for it on 2026-11-20, but what it rests on was received on 2026-11-21",
        "DEP-01",
    ),
    "UPDATE sales_order SET on_day = '2026-11-21' WHERE number = :closed": (
        "slip made out on 2026-11-20, but what it rests on was made on 2026-11-21",
        "PRI-02",
    ),
    "UPDATE dispatch SET on_day = '2026-11-19'": ("slip made out on 2026-11-19", "PAY-04"),
    "UPDATE payment_allocation SET on_day = '2026-11-21' WHERE id = 5": (
        "slip made out on 2026-11-20, but what it rests on was received on 2026-11-21",
        "PRI-02",
    ),
    "UPDATE dispatch SET loaded_on = '2026-11-19'": ("loaded on 2026-11-19", "PAY-08"),
    "UPDATE dispatch SET signed_on = '2026-11-19'": ("signed on 2026-11-19", "PAY-10"),
    "UPDATE dispatch SET archived_on = '2026-11-19'": ("archived on 2026-11-19", "PAY-11"),
    "UPDATE dispatch_count SET at = '2026-11-19T01:00:00.000000Z'": (
        "counted on 2026-11-19",
        "ORD-14",
    ),
    "UPDATE payment SET verified_at = '2026-11-19T01:00:00.000000Z' WHERE id = 2": (
        "verified on 2026-11-19",
        "PAY-04",
    ),
    "UPDATE order_review SET at = '2026-11-21T01:00:00.000000Z'": (
        "taken for it on 2026-11-20, but what it rests on was reviewed on 2026-11-21",
        "DEP-01",
    ),
    "UPDATE approval_signature SET at = '2026-11-18T01:00:00.000000Z'": (
        "signed for on 2026-11-18",
        "CTL-04",
    ),
    "UPDATE paper_event SET on_day = '2026-11-19' WHERE kind = 'order_form'": (
        "printed on 2026-11-19",
        "ORD-05",
    ),
    "UPDATE paper_event SET on_day = '2026-11-19' WHERE event = 'voided'": (
        "made void on 2026-11-19",
        "SHT-09",
    ),
    "UPDATE paper_event SET on_day = '2026-11-19' WHERE kind = 'receipt'": (
        "printed on 2026-11-19",
        "ORD-05",
    ),
    "UPDATE paper_event SET on_day = '2026-11-19' WHERE copy_name = 'photocopy'": (
        "photocopied on 2026-11-19",
        "ORD-09",
    ),
    "UPDATE paper_event SET on_day = '2026-11-19' WHERE event = 'signed'": (
        "signed on 2026-11-19",
        "PAY-10",
    ),
}


def turn(ledger, statement: str, **values: str) -> None:
    """Change a row past kac, with every guard away and put back."""
    with sqlite3.connect(ledger) as connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        used = {key: value for key, value in values.items() if f":{key}" in statement}
        assert connection.execute(statement, used).rowcount > 0
        for _name, sql in guards:
            connection.execute(sql)


def told_at_night(desk) -> list[dict]:
    found = desk.run("reconcile run --json", as_="finance").json
    return [finding for finding in found if finding["check"] == "steps_run_forward"]


def test_steps_as_the_desk_took_them_run_forward(again) -> None:
    """No false alarm."""
    assert told_at_night(again.desk) == []


@pytest.mark.parametrize("statement", TURNED)
def test_a_day_that_was_turned_is_told_with_step_and_rule(again, statement) -> None:
    says, rule = TURNED[statement]
    turn(again.desk.ledger, statement, closed=again.closed)
    found = told_at_night(again.desk)
    told = [each for each in found if says in each["says"]]
    assert told, found
    assert all(f"RTL-{rule}" in each["rules"] for each in told)
    assert not any(each["soft"] for each in found)


EARLY = "--on 2026-11-20"


@pytest.mark.parametrize(
    ("who", "command"),
    [
        ("driver", "dispatch sign {closed} --by 李主任"),
        ("distribution_center", "dispatch archive {closed}"),
        ("distribution_center", "dispatch print {closed} --reprint 卡纸"),
        ("finance_cashier", "payment print 2026112000010001"),
        ("finance", "payment verify 2026112000010001"),
    ],
)
def test_what_the_night_would_tell_the_counter_refuses(desk, who, command) -> None:
    """RTL-DEP-01, RTL-PAY-10: the same judgement, before anything is written."""
    number = desk.ok(
        "order new -c KH0001 -l P0001:50 --need-by +9d --submit -q", as_="gp_specialist"
    ).out.strip()
    steps = [
        ("merchant_supervisor", f"order review {number}"),
        ("gp_specialist", f"order print {number} -q"),
        (
            "finance_cashier",
            f"payment record {number} --amount 13400 --ref 2026112000010001 --on 2026-11-21",
        ),
        ("finance_cashier", "payment print 2026112000010001 -q"),
        ("finance", "payment verify 2026112000010001"),
        ("distribution_center", f"dispatch new {number}"),
        ("distribution_center", f"dispatch print {number} -q"),
        ("distribution_center", f"dispatch count {number} 1:50"),
        ("merchant_staff", f"dispatch count {number} 1:50"),
        ("distribution_center", f"dispatch load {number} --truck 粤S12345 --driver 张师傅"),
    ]
    verb = command.split()[1]
    for role, words in steps:
        if words.removesuffix(" -q") == command:
            break
        desk.ok(words, as_=role, on="2026-11-21")
    if verb == "archive":
        desk.ok(f"dispatch sign {number} --by 李主任", as_="driver", on="2026-11-22")
    words = command.format(closed=number)
    desk.refused(f"{words} {EARLY}", "E-VAL-034", as_=who, on="2026-11-22")


@given(st.dates(), st.dates())
def test_a_step_may_stand_on_the_day_that_it_rests_on_and_never_before(step, ground) -> None:
    assert too_early(step, ground) == ((ground - step).days > 0)
