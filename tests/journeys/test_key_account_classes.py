"""Who is a key account: what was delivered to a customer, this month and altogether."""

from __future__ import annotations

import pytest

HEAD = "--nature 其他 --contact 李敏 --phone 13800138000 --address 工业路8号 --area 东区 --need 米"
# Kind, whether for the long term, what was bought, the classes reached by it.
CASES = [
    ("unit", True, "1999.99", []),
    ("unit", True, "2000.00", ["bulk", "group_purchase"]),
    ("unit", False, "1999.99", []),
    ("unit", False, "2000.00", ["group_purchase"]),
    ("person", False, "1999.99", []),
    ("person", False, "2000.00", ["group_purchase"]),
    ("unit", True, "20000.00", ["bulk", "group_purchase"]),
    ("unit", True, "20000.01", ["bulk", "group_purchase", "fixed_partner"]),
    ("unit", False, "20000.01", ["group_purchase"]),
    ("person", False, "20000.01", ["group_purchase"]),
]


def filed(desk, kind: str, long_term: bool) -> str:
    """The number of a customer newly on file."""
    return filed_as(desk, "试验客户", kind, long_term)


def filed_as(desk, name: str, kind: str, long_term: bool) -> str:
    """The same under a name and telephone of its own."""
    flag = "--long-term" if long_term else "--no-long-term"
    head = HEAD.replace("13800138000", f"138001380{len(name):02}") if name != "试验客户" else HEAD
    head = head.replace("李敏", name[:2] + "敏")
    added = desk.ok(f"customer add {name} --kind {kind} {flag} {head} -q", as_="gp_specialist")
    return added.out.strip()


def reached(desk, customer: str, on: str = "") -> list[str]:
    """The classes that a customer reaches on a day."""
    shown = desk.ok(f"customer show {customer} --json", on=on).json
    return [line["class"] for line in shown["classes"] if line["reached"]]


@pytest.mark.parametrize(("kind", "long_term", "amount", "classes"), CASES)
def test_classes_follow_from_what_was_delivered(
    desk, shelf, delivered, kind, long_term, amount, classes
) -> None:
    """SC-23, SC-28: BLK-DEF-01, BLK-DEF-02, RTL-DEF-01, RTL-DEF-02; C-01, C-02, A-22.

    2,000.00 is enough and 1,999.99 is not; a fixed partner needs more than 20,000.00.
    """
    shelf({"T1": ("100.00", amount)})
    customer = filed(desk, kind, long_term)
    assert reached(desk, customer) == []
    delivered(customer, "T1:1")
    assert reached(desk, customer) == classes


def test_the_file_says_with_which_figures_a_class_is_reached(desk, shelf, delivered) -> None:
    """C-01: each class with the rule and the figures that qualify for it."""
    shelf({"T1": ("100.00", "2000.00")})
    customer = filed(desk, "unit", True)
    delivered(customer, "T1:1")
    classes = desk.ok(f"customer show {customer} --json").json["classes"]
    said = {line["class"]: (line["rule"], line["says"]) for line in classes}
    assert said["bulk"] == ("BLK-DEF-01", "bought this month 2,000.00, needed ≥ 2,000.00")
    assert said["fixed_partner"] == ("RTL-DEF-02", "bought this month 2,000.00, needed > 20,000.00")


def test_what_is_only_paid_for_does_not_count_yet(desk, shelf) -> None:
    """A-29: purchases are what was delivered."""
    shelf({"T1": ("100.00", "2000.00")})
    customer = filed(desk, "unit", True)
    order = f"order new -c {customer} -l T1:1 --need-by 2026-11-20 --submit --json"
    number = desk.ok(order, as_="gp_specialist").json["number"]
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    desk.ok(f"payment record {number} --amount 2000 --ref 1", as_="finance_cashier")
    assert reached(desk, customer) == []


def test_a_month_begins_anew_and_the_sum_of_all_years_does_not(desk, shelf, delivered) -> None:
    """BLK-DEF-01 looks at the calendar month, RTL-DEF-01 at everything (A-29)."""
    shelf({"T1": ("100.00", "1000.00")})
    customer = filed(desk, "unit", True)
    delivered(customer, "T1:1", on="2026-11-29")
    delivered(customer, "T1:1", on="2026-11-30")
    assert reached(desk, customer, on="2026-11-30") == ["bulk", "group_purchase"]
    assert reached(desk, customer, on="2026-12-01") == ["group_purchase"]


@pytest.mark.parametrize(
    ("option", "rule"),
    [("--nature", "RTL-REC-02"), ("--need", "RTL-REC-04"), ("--area", "BLK-VIS-04")],
)
def test_no_goods_are_promised_to_a_customer_whose_file_has_a_gap(desk, option, rule) -> None:
    """RTL-REC-01..06, BLK-DEF-03, BLK-VIS-04: phone, address, nature, area and need come first."""
    words = f"customer add 试验客户 --kind unit {HEAD}".split()
    at = words.index(option)
    value = words[at + 1]
    added = desk.run([*words[:at], *words[at + 2 :], "-q"], as_="gp_specialist")
    if added.exit != 0:
        assert (added.exit, option in added.err) == (10, True), added.err
        return
    customer = added.out.strip()
    order = f"order new -c {customer} -l P0001:1 --need-by +7d --submit"
    refusal = desk.refused(order, rule, as_="gp_specialist")
    assert f"kac customer edit {customer} {option}" in refusal.err
    desk.ok(f"customer edit {customer} {option} {value}", as_="gp_specialist")
    desk.ok(order, as_="gp_specialist")


@pytest.mark.parametrize("option", ["--phone", "--address"])
def test_nobody_is_filed_without_a_phone_and_an_address(desk, option) -> None:
    """RTL-REC-02."""
    words = f"customer add 试验客户 --kind unit {HEAD}".split()
    at = words.index(option)
    desk.refused([*words[:at], *words[at + 2 :]], option, as_="gp_specialist", exit=10)


def told(desk, on: str) -> list[tuple[str, str]]:
    """What the night of a day tells of classes: whose, and what."""
    found = desk.ok(f"reconcile run --date {on} --json", as_="finance", on=on).json
    found = [each for each in found if each["check"] == "classes_requalified"]
    return [(each["subject"], each["says"]) for each in found]


def test_the_first_nights_of_a_month_tell_who_won_and_who_lost_a_class(
    desk, shelf, delivered
) -> None:
    """BLK-DEF-01, RTL-DEF-02: classes of a month are judged anew every month; 20,000 is not above.

    What a person or a unit that comes once bought changes nothing, nor does the second night.
    """
    shelf({"T1": ("100.00", "2000.00"), "T2": ("100.00", "20000.01"), "T3": ("1.00", "1999.99")})
    steady, grown = filed(desk, "unit", True), filed_as(desk, "长期二号", "unit", True)
    once = filed_as(desk, "散客三号", "person", False)
    delivered(steady, "T1:1", on="2026-11-20")
    delivered(steady, "T1:1", on="2026-12-01")
    delivered(grown, "T3:1", on="2026-11-20")
    delivered(grown, "T2:1", on="2026-12-31")
    delivered(once, "T1:1", on="2026-12-31")
    assert told(desk, "2026-12-31") == []
    won = "长期二号 bought 20,000.01 in 2026-12: now "
    assert told(desk, "2027-01-01") == told(desk, "2027-01-07")
    assert told(desk, "2027-01-07") == [
        (grown, won + "bulk purchaser (大宗购物)"),
        (grown, won + "fixed partner (长期固定合作单位)"),
    ]
    assert told(desk, "2027-01-08") == []
    lost = "bought 0.00 in 2027-01: no longer"
    assert [subject for subject, _says in told(desk, "2027-02-01")] == [steady, grown, grown]
    assert all(lost in says for _subject, says in told(desk, "2027-02-01"))
