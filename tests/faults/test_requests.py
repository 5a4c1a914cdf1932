"""Request ids: whatever is sent again, by whom and after what, the work is done once."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.db import outbox
from tests.conftest import contents

NEW = "order new -c KH0001 -l P0003:1 --need-by +7d"


def test_the_same_request_twice_does_the_work_once_with_the_same_answer(desk) -> None:
    first = desk.ok(f"{NEW} --request-id a-1 --json", as_="gp_specialist").json
    after = contents(desk.ledger)
    second = desk.ok(f"{NEW} --request-id a-1 --json", as_="gp_specialist")
    assert second.json == first | {"replayed": True}
    assert "already done" in second.err
    assert contents(desk.ledger) == after
    told = desk.ok("status a-1 --json").json
    assert (told["state"], told["number"]) == ("committed", first["number"])


@pytest.mark.parametrize(
    ("words", "who"),
    [
        ("order new -c KH0001 -l P0003:2 --need-by +7d", "gp_specialist"),
        ("order new -c KH0002 -l P0003:1 --need-by +7d", "gp_specialist"),
        (f"{NEW} --submit", "gp_specialist"),
        (f"{NEW} --note 急", "gp_specialist"),
        (f"{NEW} --on -1d", "gp_specialist"),
        (NEW, "merchant_staff"),
        ("order review 1", "merchant_supervisor"),
    ],
)
def test_a_request_id_is_never_used_for_something_else(desk, words, who) -> None:
    desk.ok(f"{NEW} --request-id a-1", as_="gp_specialist")
    refusal = desk.refused(f"{words} --request-id a-1", as_=who)
    assert "E-REQ-001" in refusal.err
    assert "kac status a-1" in refusal.err


def test_a_refused_request_may_be_sent_again_once_the_reason_is_gone(desk) -> None:
    number = desk.ok(f"{NEW} --submit -q", as_="gp_specialist").out.strip()
    deposit = f"deposit record {number} --amount 60 --ref 77 --request-id a-2"
    desk.refused(deposit, "RTL-DEP-01", as_="finance_cashier")
    assert desk.run("status a-2").exit == 3
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    desk.ok(deposit, as_="finance_cashier")
    assert desk.ok(deposit, as_="finance_cashier").err.startswith("already done")
    assert desk.sql("SELECT count(*) FROM payment") == [(1,)]


def test_a_dry_run_uses_up_no_request_id(desk) -> None:
    desk.ok(f"{NEW} --request-id a-3 --dry-run", as_="gp_specialist")
    assert desk.run("status a-3").exit == 3
    desk.ok(f"{NEW} --request-id a-3", as_="gp_specialist")


def test_status_knows_what_was_begun_and_never_written(desk) -> None:
    _begun(desk, "a-4", NEW)
    told = desk.ok("status a-4 --json").json
    assert (told["state"], told["number"], told["command"]) == ("left", None, "order new")
    assert desk.run("status never").exit == 3
    settled = desk.ok("retry --json").json
    assert [row["state"] for row in settled] == ["sent"]
    assert desk.ok("status a-4 --json").json["state"] == "committed"
    assert desk.ok("retry --json").json == []


def _begun(desk, request_id: str, words: str, today: str = "2026-11-20") -> None:
    """What a command that was killed before the ledger was touched leaves in the outbox."""
    argv = ["--as", "gp_specialist", *words.split()]
    at = "2026-11-20T01:00:00.000000Z"
    entry = {"argv": argv, "command": "order new", "today": today, "actor": "gp_specialist"}
    outbox.put(desk.ledger, request_id, {**entry, "at": at})


def test_a_retry_on_the_next_day_does_the_work_on_the_day_it_was_meant_for(desk) -> None:
    _begun(desk, "a-5", NEW)
    settled = desk.ok("retry --json", on="2026-11-21").json
    assert settled[0]["number"].startswith("DD20261120-")
    assert desk.sql("SELECT on_day FROM audit WHERE request_id = 'a-5'") == [("2026-11-20",)]


def test_what_cannot_mean_the_same_again_is_not_sent(desk) -> None:
    """`@` was the last document that the clerk had touched: by now that is another one."""
    desk.ok(NEW, as_="gp_specialist")
    _begun(desk, "a-6", "order submit @")
    before = contents(desk.ledger)
    told = desk.run("retry --json")
    assert (told.exit, told.json[0]["state"]) == (4, "unclear")
    assert contents(desk.ledger) == before
    desk.ok("retry --drop a-6")
    assert desk.ok("retry --json").json == []


def test_an_entry_that_was_not_whole_yet_is_left_to_its_writer(desk) -> None:
    """Another process may just be writing it: taking it away would lose its command."""
    box = outbox.outbox_of(desk.ledger)
    box.mkdir()
    torn = box / "torn.json"
    torn.write_bytes(json.dumps({"argv": ["订单"]}, ensure_ascii=False).encode()[:-5])
    assert desk.ok("retry --json").json == []
    assert desk.run("status torn").exit == 3
    assert torn.exists()
    long_ago = torn.stat().st_mtime_ns - 3600 * 10**9
    _age(torn, long_ago)
    assert desk.ok("retry --json").json == []
    assert not torn.exists()


def _age(path, when_ns: int) -> None:
    import os

    os.utime(path, ns=(when_ns, when_ns))


SENDS = st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=8)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sends=SENDS)
def test_in_whatever_order_requests_are_sent_again_each_is_done_once(sends, desk_again) -> None:
    """Four requests, sent directly or by way of the outbox, any number of times."""
    desk = desk_again()
    orders = desk.sql("SELECT count(*) FROM sales_order")[0][0]
    numbers: dict[int, str] = {}
    for which, through_outbox in sends:
        words = f"order new -c KH0001 -l P0003:{which + 1} --need-by +7d"
        if through_outbox:
            _begun(desk, f"r{which}", words)
            number = desk.ok("retry --json").json[0]["number"]
        else:
            sent = desk.ok(f"{words} --request-id r{which} --json", as_="gp_specialist")
            number = sent.json["number"]
        assert numbers.setdefault(which, number) == number
    assert len(set(numbers.values())) == len(numbers)
    assert desk.sql("SELECT count(*) FROM sales_order") == [(orders + len(numbers),)]
