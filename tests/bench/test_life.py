"""The life that the bench times is a whole one: it ends in the archive, and nothing is missing."""

from __future__ import annotations

from tests.bench.warm import life


def test_the_life_that_is_timed_is_a_whole_one(desk) -> None:
    number = "DD20261120-0040"  # 39 drafts lie in the sample data
    for line in life(number, "2026112000000001"):
        desk.ok(line)
    assert desk.sql("SELECT state FROM sales_order WHERE number = ?", number) == [("closed",)]
    desk.ok("reconcile run --check", as_="finance")
