"""Reports add up to the books: every heading to the same sum, and that sum to an account."""

from __future__ import annotations

import json

import pytest

from kac.core.errors import Exit

HEADINGS = ("customer", "product", "category", "officer", "order", "day", "month")
ALL = "--from 2026-01-01 --to 2026-12-31"


def fen(written: str | None) -> int:
    return int((written or "0").replace(".", ""))


def balance(desk, account: str) -> int:
    return int(desk.sql("SELECT balance_fen FROM v_account WHERE account = ?", account)[0][0])


def report(desk, words: str, as_: str = "finance") -> list[dict]:
    return desk.ok(f"report {words} --json", as_=as_).json


@pytest.mark.parametrize("by", HEADINGS)
def test_sales_less_rebates_are_what_account_6001_has_earned(traded, by):
    """CRH-DAT-02: 13,880.00 and 13,400.00, less 268.00 given back."""
    rows = report(traded, f"margin --by {by} {ALL}")
    sales, rebates = (sum(fen(row[key]) for row in rows) for key in ("sales", "rebates"))
    assert (sales, rebates) == (2_728_000, 26_800)
    assert sales - rebates == -balance(traded, "6001")
    assert sum(fen(row["sales"]) for row in report(traded, f"sales --by {by} {ALL}")) == sales


@pytest.mark.parametrize("by", HEADINGS)
def test_what_was_sold_cost_what_account_6401_says(traded, by):
    rows = report(traded, f"margin --by {by} {ALL}")
    assert sum(fen(row["cost"]) for row in rows) == balance(traded, "6401")
    assert sum(fen(row["margin"]) for row in rows) == -balance(traded, "6001") - balance(
        traded, "6401"
    )


def test_a_rebate_belongs_to_no_product_and_is_told_all_the_same(traded):
    rows = report(traded, f"margin --by product {ALL}")
    assert [row["key"] for row in rows] == ["P0001", "P0006", "P0002", ""]
    assert rows[-1]["rebates"] == "268.00"
    assert rows[-1]["margin"] == "-268.00"
    assert {row["rebates"] for row in rows[:-1]} == {"0.00"}


def test_a_margin_is_the_one_that_the_order_shows(traded):
    rows = {row["key"]: row for row in report(traded, f"margin --by order {ALL}")}
    number = traded.sql("SELECT min(order_number) FROM v_sale")[0][0]
    shown = traded.ok(f"order show {number} --json", as_="finance").json
    assert f"{rows[number]['rate']}%" in (shown["margin"], f"{shown['margin']}%")


def test_days_that_were_not_asked_for_are_left_out(traded):
    (row,) = report(traded, "sales --by day --from 2026-12-01 --to 2026-12-31")
    assert (row["key"], row["sales"], row["orders"]) == ("2026-12-12", "13400.00", 1)
    assert report(traded, "sales --from 2026-10-01 --to 2026-10-31") == []
    this_month = report(traded, "sales --from 2026-12-01 --to 2026-12-18")
    assert report(traded, "sales") == this_month


def test_sales_stand_beside_those_of_the_year_before(traded):
    """A year later the same customer has bought nothing, and that is told."""
    rows = report(traded, "sales --by month --from 2027-01-01 --to 2027-12-31")
    assert [(row["key"], row["sales"], row["last_year"]) for row in rows] == [
        ("2027-11", "0.00", "13880.00"),
        ("2027-12", "0.00", "13400.00"),
    ]
    assert [row["change"] for row in rows] == ["-100.00", "-100.00"]


def test_the_season_before_a_holiday_is_told_with_its_best_day(traded):
    """元旦 of 2027 is in no calendar here; 2026's had no sales, whatever came after it."""
    rows = {row["key"]: row for row in report(traded, "sales --by season --to 2026-12-31")}
    assert rows["元旦"]["to_day"] == "2026-01-01"
    assert {row["sales"] for row in rows.values()} == {"0.00"}
    traded.home.joinpath("2027.csv").write_text(
        "日期,上班或放假,名称\n2027-01-01,放假,元旦\n", "utf-8"
    )
    traded.ok(f"calendar import {traded.home}/2027.csv", as_="importer")
    (row,) = report(traded, "sales --by season --to 2027-03-01")
    assert (row["from_day"], row["to_day"]) == ("2026-12-02", "2027-01-01")
    assert (row["sales"], row["last_year"]) == ("13400.00", "0.00")
    assert (row["peak_day"], row["peak"]) == ("2026-12-12", "13400.00")


def test_deposits_held_are_what_account_2203_owes(traded):
    rows = report(traded, "deposits")
    assert sum(fen(row["held"]) for row in rows) == -balance(traded, "2203")
    (row,) = rows
    assert (row["key"], row["held"], row["unverified"]) == ("KH0003", "720.00", "720.00")
    assert (row["orders"], row["last_on"]) == (1, "2026-12-14")


def test_an_officers_work_is_counted_once(traded):
    rows = {row["key"]: row for row in report(traded, f"officers {ALL}")}
    assert rows["gp_specialist"]["taken"] == 3
    assert rows["gp_specialist"]["delivered"] == 2
    assert rows["gp_specialist"]["sales"] == "27280.00"
    assert rows["gp_specialist"]["open"] == 1
    taken = sum(row["taken"] for row in rows.values())
    assert taken == traded.sql("SELECT count(*) FROM sales_order")[0][0]
    worth = sum(fen(row["taken_total"]) for row in rows.values())
    assert worth == traded.sql("SELECT sum(total_fen) FROM v_order")[0][0]


def test_a_delivery_after_the_day_is_late_and_so_is_one_that_never_came(traded):
    """Wanted on 10 December, had on the 12th; wanted on the 15th, not there on the 18th."""
    rows = {row["key"]: row for row in report(traded, "punctuality --by month")}
    december = rows["2026-12"]
    assert (december["due"], december["late"], december["on_time"]) == (2, 2, 0)
    assert (december["days_late"], december["worst"]) == (5, 3)
    assert rows["2026-11"]["on_time"] == 1
    assert rows["2026-11"]["rate"] == "100.00"
    by_driver = report(traded, f"punctuality --by driver {ALL}")
    assert {row["key"]: row["late"] for row in by_driver} == {"": 1, "张师傅": 1}


def test_bars_are_for_those_who_look_and_never_for_scripts(traded):
    words = f"report sales --by product {ALL}"
    assert "█" not in traded.ok(words).out
    assert "█" in traded.ok(f"{words} --chart").out
    for width in ("80", "100"):
        assert "█" in traded.ok(f"{words} --color always", env={"COLUMNS": width}).out
    assert "█" not in traded.ok(f"{words} --color always", env={"COLUMNS": "70"}).out
    assert "█" not in traded.ok(f"{words} --color always --no-chart").out
    ascii_only = traded.ok(f"{words} --chart", env={"KAC_ASCII": "1"}).out
    assert "#" * 24 in ascii_only
    for form in ("--json", "--csv", "--format ndjson"):
        assert "█" not in traded.ok(f"{words} {form} --color always").out
    assert "bar" not in json.loads(traded.ok(f"{words} --json").out)[0]


def test_margins_are_for_those_who_see_what_goods_cost(traded):
    """RTL-DUT-08: neither whoever takes orders nor somebody unknown is told."""
    for as_ in ("gp_specialist", ""):
        traded.refused("report margin", as_=as_, exit=Exit.NOT_PERMITTED)
    result = traded.run("report margin --json", as_="gp_specialist")
    assert "RTL-DUT-08" in result.err
    assert "auditor" in result.err
    assert "cost" not in traded.ok(f"report sales --by product {ALL} --json").out


@pytest.mark.parametrize(
    "words",
    [
        "sales --by season --from 2026-01-01",
        "sales --from 2026-12-02 --to 2026-12-01",
        "sales --by moon",
        "punctuality --by product",
    ],
)
def test_days_and_headings_that_cannot_be_are_refused(traded, words):
    assert traded.run(f"report {words}").exit == Exit.USAGE


def test_where_nothing_was_sold_people_are_told_so(desk):
    for words, told in (
        ("sales", "nothing was sold"),
        ("deposits", "nothing is held for anybody"),
        ("punctuality --from 2020-01-01 --to 2020-02-01", "nothing was due"),
    ):
        result = desk.ok(f"report {words}")
        assert result.out == ""
        assert told in result.err
