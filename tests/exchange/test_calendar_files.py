"""Calendars from a file: a day is taken as it was announced last, and only with its year."""

from __future__ import annotations

from datetime import date

import pytest

from kac.db.reader import reading
from kac.desk.workdays import queries
from kac.exchange.imports import FileRefused

HEADER = "日期,上班或放假,名称,依据"


def calendar(shop, year: int = 2027):
    with reading(shop.ledger) as reader:
        return queries.calendar(reader, date(year, 1, 1))


def test_holidays_and_make_up_days_are_taken_in(shop):
    """A-38: make-up Saturdays count as working days."""
    rows = "2027-10-01,放假,国庆节,通知\n2027/10/9,上班,国庆节调休,\n20271004,休,国庆节,\n"
    outcome = shop.bring("calendar", f"{HEADER}\n{rows}")
    assert outcome.document["counts"] == {"days": 3}
    taken = calendar(shop)
    assert not taken.is_workday(date(2027, 10, 1))
    assert not taken.is_workday(date(2027, 10, 4))
    assert taken.is_workday(date(2027, 10, 9))
    assert taken.knows(2027)
    assert not taken.knows(2028)


def test_what_is_announced_later_holds_and_what_was_said_before_stays_readable(shop):
    shop.bring("calendar", f"{HEADER}\n2027-10-09,上班,调休,\n2027-10-01,放假,国庆节,\n")
    again = shop.bring("calendar", f"{HEADER}\n2027-10-09,放假,国庆节,\n2027-10-01,放假,国庆节,\n")
    assert again.document["counts"] == {"days": 1}
    assert not calendar(shop).is_workday(date(2027, 10, 9))
    history = shop.rows("SELECT is_workday FROM calendar_day WHERE day = '2027-10-09' ORDER BY id")
    assert history == [(1,), (0,)]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("10-01,放假,国庆节,", "日期", "names no year"),
        ("2027-02-30,放假,春节,", "日期", "no calendar has"),
        ("+3d,放假,国庆节,", "日期", "names no year"),
        ("2027-10-01,也许,国庆节,", "上班或放假", "one of"),
        ("2027-10-01,放假,,", "名称", "is empty"),
    ],
)
def test_a_day_that_is_not_surely_one_is_refused_with_its_line(shop, row, column, why):
    with pytest.raises(FileRefused) as refused:
        shop.bring("calendar", f"{HEADER}\n{row}\n")
    [error] = refused.value.errors
    assert (error.line, error.column) == (2, column)
    assert why in error.reason


def test_a_day_stands_once_in_a_file(shop):
    with pytest.raises(FileRefused) as refused:
        shop.bring("calendar", f"{HEADER}\n2027-10-01,放假,国庆节,\n2027-10-01,上班,国庆节,\n")
    [error] = refused.value.errors
    assert (error.line, error.reason) == (3, "it stands in line 2 already")
