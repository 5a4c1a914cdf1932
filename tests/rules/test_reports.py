"""Arithmetic of reports: nothing is lost under any heading, and bars are as long as values."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kac.desk.reports import rules
from kac.desk.reports.rules import Promise, Sold

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
FEN = st.integers(0, 10**10)


@given(parts=st.lists(FEN, min_size=1, max_size=20))
def test_shares_add_up_to_the_whole_but_for_rounding(parts):
    whole = sum(parts)
    shares = [rules.share_bp(part, whole) for part in parts]
    if not whole:
        assert shares == [None] * len(parts)
    else:
        assert abs(sum(shares) - 10_000) <= len(parts)
        assert all(0 <= share <= 10_000 for share in shares)


def test_growth_is_told_beside_what_was_before():
    assert rules.change_bp(150, 100) == 5_000
    assert rules.change_bp(50, 100) == -5_000
    assert rules.change_bp(100, 0) is None


@given(sales=FEN, cost=FEN, rebate=FEN)
def test_a_margin_is_never_told_better_than_it_is(sales, cost, rebate):
    row = Sold("x", "x", 1, sales, cost, rebate)
    assert row.margin_fen == sales - cost - rebate
    rate = rules.margin_bp(row)
    if sales > rebate:
        assert rate * (sales - rebate) <= row.margin_fen * 10_000 < (rate + 1) * (sales - rebate)
    else:
        assert rate is None


@given(st.lists(st.tuples(DAYS, FEN), max_size=40))
def test_a_year_on_no_sale_is_lost(sales):
    """The 29th of February joins the 28th."""
    rows = [Sold(day.isoformat(), "", 1, fen) for day, fen in sales]
    moved = rules.a_year_on(rows)
    assert sum(row.sales_fen for row in moved) == sum(fen for _day, fen in sales)
    assert sum(row.orders for row in moved) == len(sales)
    for row in moved:
        assert date.fromisoformat(row.key)
    assert {row.key[5:] for row in moved} <= {day.isoformat()[5:] for day, _fen in sales} | {
        "02-28"
    }


def test_the_29th_of_february_is_the_28th_a_year_before_and_after():
    assert rules.a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert [row.key for row in rules.a_year_on([Sold("2024-02-29", "")])] == ["2025-02-28"]
    assert [row.key for row in rules.a_year_on([Sold("2024-02", "")])] == ["2025-02"]


@given(day=DAYS)
def test_a_month_ends_before_the_first_of_the_next(day):
    end = rules.end_of_month(day)
    assert end >= day
    assert (end + timedelta(days=1)).day == 1
    assert end.month == day.month


@given(
    now=st.dictionaries(st.sampled_from("abcdef"), FEN),
    before=st.dictionaries(st.sampled_from("abcdef"), FEN),
)
def test_whoever_bought_last_year_and_not_this_is_told_too(now, before):
    rows = [Sold(key, key, 1, fen) for key, fen in now.items()]
    then = [Sold(key, key, 1, fen) for key, fen in before.items()]
    pairs = rules.joined(rows, then)
    assert {row.key for row, _last in pairs} == now.keys() | before.keys()
    assert sum(row.sales_fen for row, _last in pairs) == sum(now.values())
    assert sum(last for _row, last in pairs) == sum(before.values())


def test_a_season_ends_with_the_first_day_off_of_each_holiday():
    holidays = [
        (date(2026, 2, 16), "春节"),
        (date(2026, 2, 15), "春节"),
        (date(2026, 9, 25), "中秋节、国庆节"),
        (date(2026, 10, 1), "国庆节"),
        (date(2025, 1, 29), "春节"),
    ]
    found = {each.name: each for each in rules.seasons(holidays, 2026, 30)}
    assert found["春节"].last == date(2026, 2, 15)
    assert found["春节"].first == date(2026, 1, 16)
    assert found["中秋节"].last == found["国庆节"].last == date(2026, 9, 25)
    assert len(found) == 3


@given(
    st.lists(
        st.tuples(st.sampled_from("ab"), DAYS, st.none() | DAYS),
        max_size=30,
    ),
    DAYS,
)
def test_every_promise_was_kept_or_broken_or_still_waits(promises, today):
    rows = rules.kept([Promise(key, key, need, signed) for key, need, signed in promises], today)
    assert sum(row.due for row in rows) == len(promises)
    for row in rows:
        assert row.due == row.on_time + row.late + row.waiting
        assert row.worst <= row.days_late
        assert (row.worst > 0) == (row.late > 0)


def test_what_is_wanted_today_is_not_late_before_the_day_is_over():
    today = date(2026, 11, 20)
    (row,) = rules.kept([Promise("a", "a", today, None)], today)
    assert (row.waiting, row.late) == (1, 0)
    (row,) = rules.kept([Promise("a", "a", today, None)], today + timedelta(days=1))
    assert (row.late, row.days_late) == (1, 1)


@given(
    values=st.lists(st.integers(-(10**9), 10**12), min_size=1, max_size=12),
    cells=st.integers(1, 60),
)
def test_the_largest_value_has_the_whole_width_and_no_bar_is_longer(values, cells):
    bars = rules.bars(values, cells)
    assert all(len(bar) <= cells for bar in bars)
    assert all(not bar for bar, value in zip(bars, values, strict=True) if value <= 0)
    if max(values) > 0:
        assert bars[values.index(max(values))] == "█" * cells
    halves = [2 * bar.count("█") + bar.count("▌") for bar in bars]
    assert sorted(range(len(values)), key=lambda place: (max(values[place], 0), place)) == sorted(
        range(len(values)), key=lambda place: (halves[place], max(values[place], 0), place)
    )
