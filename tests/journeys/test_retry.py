"""What a command becomes when its answer is lost: asked after, sent again, and done once."""

from __future__ import annotations

import sqlite3
from unittest import mock

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from kac.db import outbox

ADD = "staff add wang 王敏 --role finance"
COMMIT = Session.commit


def lost(*, after: bool) -> object:
    """A disk that fails at the commit: after all was written, or before."""

    def commit(session: Session) -> None:
        if after:
            COMMIT(session)
        trouble = sqlite3.OperationalError("disk I/O error")
        trouble.sqlite_errorname = "SQLITE_IOERR_FSYNC"
        raise OperationalError("COMMIT", {}, trouble)

    return mock.patch.object(Session, "commit", commit)


def wangs(desk) -> int:
    return desk.sql("SELECT count(*) FROM staff WHERE code = 'wang'")[0][0]


@pytest.mark.parametrize(("after", "state"), [(True, "committed"), (False, "sent")])
def test_an_unknown_outcome_is_settled_by_retry_with_the_work_done_once(desk, after, state) -> None:
    with lost(after=after):
        unknown = desk.run(f"{ADD} --request-id r1", as_="administrator")
    assert unknown.exit == 11
    assert "kac status r1" in unknown.err
    assert "nothing was written" not in unknown.err
    assert wangs(desk) == int(after)

    told = desk.ok("status r1 --json").json
    assert told["state"] == ("committed" if after else "left")
    assert [row["state"] for row in desk.ok("retry --list --json").json] == [
        "committed" if after else "left"
    ]
    (row,) = desk.ok("retry --json").json or [{"state": "committed", "number": "wang"}]
    assert (row["state"], row["number"]) == (state, "wang")
    assert wangs(desk) == 1
    assert desk.ok("retry --json").json == []
    assert "already done" in desk.ok(f"{ADD} --request-id r1", as_="administrator").err


def test_what_is_sent_again_keeps_its_day_its_person_and_its_id(desk) -> None:
    with lost(after=False):
        desk.run(f"{ADD} --note late", env={"KAC_USER": "administrator"})
    (id,) = (id for id, _entry in outbox.pending(desk.ledger))
    desk.ok("login finance")
    desk.ok("retry", on="2026-11-23")
    found = desk.sql("SELECT request_id, on_day, actor FROM audit WHERE command = 'staff add'")
    assert found == [(id, "2026-11-20", "administrator")]


def test_what_is_refused_by_now_is_taken_out_with_its_exit_code(desk) -> None:
    with lost(after=False):
        desk.run(ADD, as_="administrator")
    desk.ok(ADD, as_="administrator")
    again = desk.run("retry --json")
    assert again.exit == 4
    assert again.json[0]["state"] == "refused"
    assert "E-STF-001" in again.err
    assert outbox.pending(desk.ledger) == []
    assert wangs(desk) == 1


@pytest.mark.parametrize("word", ["@", "@2", "-"])
def test_words_that_mean_something_else_by_now_are_not_sent_again(desk, word) -> None:
    with lost(after=False):
        desk.run(["staff", "add", "wang", word, "--role", "finance"], as_="administrator")
    again = desk.run("retry --json")
    assert (again.exit, again.json[0]["state"]) == (4, "unclear")
    assert wangs(desk) == 0
    desk.ok(f"retry --drop {again.json[0]['request']}")
    assert desk.ok("retry --json").json == []
    assert desk.run("retry --drop nothing").exit == 3


@pytest.mark.parametrize("after", [True, False])
def test_ctrl_c_at_the_commit_is_found_again(desk, after) -> None:
    def commit(session: Session) -> None:
        if after:
            COMMIT(session)
        raise KeyboardInterrupt

    with mock.patch.object(Session, "commit", commit):
        stopped = desk.run(ADD, as_="administrator")
    assert stopped.exit == 130
    assert "kac retry --list" in stopped.err
    desk.ok("retry")
    assert wangs(desk) == 1


def test_an_answered_command_leaves_nothing_behind(desk) -> None:
    desk.ok(ADD, as_="administrator")
    desk.ok(
        f"{ADD} --dry-run --request-id other --role auditor".replace("wang", "li"),
        as_="administrator",
    )
    assert outbox.pending(desk.ledger) == []


def test_an_id_that_nobody_knows_is_exit_3(desk) -> None:
    assert desk.refused("status nothing", exit=3).out == ""


def test_a_busy_ledger_is_exit_8_and_leaves_nothing_to_retry(desk) -> None:
    from kac.core.errors import Busy

    with mock.patch("kac.db.work.turn_of", side_effect=Busy("another command holds the ledger")):
        desk.refused(ADD, as_="administrator", exit=8)
