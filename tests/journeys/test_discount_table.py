"""The owner fills the table of discounts: from then on the desk gives what it says, no more.

RTL-DSC-01, RTL-DSC-02, A-67.
"""

from __future__ import annotations

import pytest

TABLE = """[discounts]

[[discounts.table]]
id = "生鲜不折"
highest_bp = 0
categories = ["生鲜"]

[[discounts.table]]
id = "长期伙伴"
highest_bp = 600
relations = ["long_term"]
from_units = 50

[[discounts.table]]
id = "一般"
highest_bp = 200
"""
NEW = "order new -c {} -l P0006:{}@{} --need-by 2026-11-30 --submit"


@pytest.fixture
def tabled(desk, tmp_path):
    """A desk whose table of discounts is in force from the next day on."""
    path = tmp_path / "retail.toml"
    desk.ok(f"policy export --set retail -o {path}", as_="finance")
    text = path.read_text("utf-8")
    assert text.count("[discounts]\ntable = []\n") == 1
    path.write_text(text.replace("[discounts]\ntable = []\n", TABLE), "utf-8")
    load = f"policy load {path} --from 2026-11-21 --reason 折扣表 --json"
    made = desk.ok(load, as_="finance").json
    desk.ok(f"approval ok {made['approval']}", as_="general_manager")
    desk.ok(f"policy activate {made['number']}", as_="administrator")
    desk.on = "2026-11-21"
    return desk


def test_until_there_is_a_table_signatures_alone_limit_discounts(desk) -> None:
    """A-67."""
    assert "signatures alone" in desk.ok("price discounts").err
    desk.ok(NEW.format("KH0001", 60, 188), as_="gp_specialist")


def test_the_table_is_read_and_asked_at_the_counter(tabled) -> None:
    """RTL-DSC-02: its rows, and what it gives for goods and a customer."""
    rows = tabled.ok("price discounts --json").json
    assert [row["id"] for row in rows] == ["生鲜不折", "长期伙伴", "一般"]
    partners = [
        number
        for (number,) in tabled.sql("SELECT number FROM customer WHERE long_term ORDER BY id")
    ]
    asked = f"price discounts P0006:50 P0006:49 P0002:10 -c {partners[0]} --json"
    assert [row["row"] for row in tabled.ok(asked).json] == ["长期伙伴", "一般", "生鲜不折"]
    [given] = tabled.ok(f"price discounts P0006:50 -c {partners[0]} --json").json
    assert (given["lowest"], given["highest"]) == ("187.06", "6.00")


def test_no_order_is_handed_in_under_what_the_table_gives(tabled) -> None:
    """RTL-DSC-01, RTL-DSC-02: and above it every signature is asked for as before."""
    (partner,), *_rest = tabled.sql("SELECT number FROM customer WHERE long_term ORDER BY id")
    (other,), *_rest = tabled.sql("SELECT number FROM customer WHERE NOT long_term ORDER BY id")
    deep = NEW.format(partner, 60, "187.05")
    tabled.refused(deep, "RTL-DSC-01", "RTL-DSC-02", "187.06", as_="gp_specialist")
    tabled.refused(NEW.format(other, 60, "188"), "RTL-DSC-02", "195.02", as_="gp_specialist")
    fresh = "order new -c KH0001 -l P0002:10@25.99 --need-by 2026-11-30 --submit"
    tabled.refused(fresh, "RTL-DSC-01", "26.00", as_="gp_specialist")
    made = tabled.ok(f"{NEW.format(partner, 60, '187.06')} --json", as_="gp_specialist").json
    assert "purchasing" in tabled.ok(f"approval show {made['approval']} --json").json["waits_for"]
    gates = tabled.ok(f"order show {made['number']} --json").json["gates"]
    assert [g["open"] for g in gates if g["gate"] == "discount_in_table"] == [True]
