"""Payments, visits and prices from files: facts and proposals, for others to act on."""

from __future__ import annotations

import pytest

from kac.core.errors import NotPermitted, Refused
from tests.exchange.conftest import IMPORTER
from tests.exchange.test_bad_rows_of_more_kinds import GOOD, HEADS, busy, busy_ledger
from tests.exchange.test_undone_imports import undo

__all__ = ["busy", "busy_ledger"]


def text(kind: str) -> str:
    return "\n".join([HEADS[kind], *GOOD[kind], ""])


def test_money_of_a_file_is_only_announced(busy) -> None:
    """BLK-MNY-01, HYP-FIN-12: nothing is booked, received, verified or for anything by it."""
    booked = busy.rows("SELECT count(*) FROM posting")
    told = busy.bring("payments", text("payments"))
    assert told.document["counts"] == {"declared": 5}
    assert busy.rows("SELECT DISTINCT state, received_by, verified_by FROM payment") == [
        ("declared", "", "")
    ]
    assert busy.rows("SELECT count(*) FROM payment_allocation") == [(0,)]
    assert busy.rows("SELECT count(*) FROM posting") == booked
    assert busy.sound()


def test_one_reference_of_the_bank_is_one_sum_whatever_file_it_comes_in(busy) -> None:
    """RTL-DUT-07: the second file is refused as a double; what was withdrawn may come again."""
    from kac.exchange.imports import FileRefused

    batch = busy.bring("payments", text("payments")).document["number"]
    other = text("payments").replace("10.00", "11.00")
    with pytest.raises(FileRefused) as refused:
        busy.bring("payments", other)
    assert len(refused.value.errors) == 5
    assert "UTR-1 has been recorded as SK" in refused.value.cause[0]
    undo(busy, batch)
    assert busy.bring("payments", other).document["counts"] == {"declared": 5}
    assert busy.sound()


def test_announced_money_that_finance_has_taken_stays(busy) -> None:
    from kac.core.actor import Actor
    from kac.db.work import Request, perform
    from kac.desk.payments import actions, queries
    from tests.exchange.conftest import NOW

    batch = busy.bring("payments", text("payments")).document["number"]
    number = busy.rows("SELECT max(number) FROM payment")[0][0]
    cashier = Actor(7, "cashier", "出纳", frozenset({"finance_cashier"}))
    perform(
        busy.ledger,
        Request("take", "payment record", "", NOW, busy.day),
        lambda _reader: cashier,
        lambda work: actions.arrive(work, queries.by_number(work.reader, number)) and _done(number),
    )
    before = busy.rows("SELECT number, state FROM payment ORDER BY id")
    with pytest.raises(Refused) as refused:
        undo(busy, batch)
    assert refused.value.code == "E-IMP-010"
    assert number in refused.value.cause[0]
    assert busy.rows("SELECT number, state FROM payment ORDER BY id") == before


def _done(number: str):
    from kac.db.work import Outcome

    return Outcome({"number": number}, ())


def test_visits_are_written_down_by_whom_the_file_names_and_none_is_filed(busy) -> None:
    """RTL-VIS-02: the register has who, whom, when and what about."""
    planned = "2026-11-20,admin,,新厂,,,,黄页,看样,"
    told = busy.bring("visits", text("visits") + planned + "\n").document
    assert told["counts"] == {"visits": 6}
    asked = "SELECT state, visitor, prepared_by, filed_by FROM visit WHERE id > 1"
    assert set(busy.rows(asked)) == {
        ("recorded", "admin", "importer", ""),
        ("planned", "admin", "importer", ""),
    }
    more = text("visits") + planned + "\n2026-11-09,admin,KH0001,,,,,,,谈\n"
    assert busy.bring("visits", more).document["counts"] == {"visits": 1, "visits_there": 6}


def test_visits_are_taken_back_and_keep_their_line(busy) -> None:
    batch = busy.bring("visits", text("visits")).document["number"]
    undo(busy, batch)
    asked = "SELECT state, drop_reason, planned_on, content <> '' FROM visit WHERE id > 1"
    assert busy.rows(asked) == [("dropped", "文件拿错了", f"2026-11-1{n}", 1) for n in range(1, 6)]
    assert busy.bring("visits", text("visits")).document["counts"] == {"visits": 5}
    assert busy.sound()


def test_prices_of_a_file_wait_for_a_second_person(busy) -> None:
    """RTL-ORD-04, A-56: never in force by the import, nor by the one who brought it."""
    from kac.core.actor import Actor
    from kac.db.work import Request, perform
    from kac.desk.prices import actions
    from tests.exchange.conftest import NOW

    now = "SELECT code, cost_fen, list_price_fen FROM v_product ORDER BY code"
    before = busy.rows(now)
    told = busy.bring("prices", text("prices")).document
    assert told["counts"] == {"same_prices": 0, "prices": 3}
    assert busy.rows(now) == before

    def confirm(actor: Actor):
        request = Request(f"c{actor.code}", "price confirm", "", NOW, busy.day)
        return perform(
            busy.ledger,
            request,
            lambda _reader: actor,
            lambda work: actions.confirm(work, told["prices"]),
        )

    with pytest.raises(NotPermitted):
        confirm(Actor(3, IMPORTER.code, "x", frozenset({"purchasing_manager"})))
    confirm(Actor(4, "boss", "x", frozenset({"purchasing_manager"})))
    assert busy.rows(now) == [("P0001", 22000, 27000), ("P0002", 2100, 2600), ("P0003", 4800, 6100)]
    with pytest.raises(Refused) as refused:
        undo(busy, told["number"])
    assert refused.value.code == "E-IMP-010"


def test_prices_that_nobody_confirmed_are_taken_back(busy) -> None:
    batch = busy.bring("prices", text("prices")).document["number"]
    undo(busy, batch)
    assert busy.rows("SELECT DISTINCT state FROM v_price_line") == [("rejected",)]
    assert busy.bring("prices", text("prices")).document["counts"]["prices"] == 3
