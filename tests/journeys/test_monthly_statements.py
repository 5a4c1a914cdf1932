"""The night draws up the monthly statements: by the contract's statement day, else the policy's."""

from __future__ import annotations

import pytest

from tests.conftest import contents
from tests.journeys.money_retail import CONTRACT


@pytest.fixture
def sold(desk, shelf, delivered):
    """KH0001 and KH0002 had goods in November; KH0003 has a contract and had none."""
    shelf({"T1": ("50.00", "100.00")})
    for customer in ("KH0001", "KH0002"):
        delivered(customer, "T1:2")
    return desk


def night(desk, on: str, *, extra: str = "", as_: str = "cron") -> list[dict]:
    """What the night of a day tells of monthly statements."""
    told = desk.ok(f"reconcile run --json {extra}", as_=as_, on=on).json
    return [each for each in told if each["check"] == "monthly_statements"]


def drawn(desk) -> list[tuple]:
    return desk.sql(
        "SELECT number, customer, from_day, to_day FROM v_statement"
        " WHERE state <> 'withdrawn' ORDER BY number"
    )


def test_each_customer_has_one_when_the_month_is_over_and_its_own_line(sold) -> None:
    """RTL-MTH-07, A-25: not on the last day, which is not over; once, whoever runs it again."""
    assert night(sold, "2026-11-30") == []
    first = night(sold, "2026-12-01")
    assert drawn(sold) == [
        ("DZ20261201-0001", "KH0001", "2026-11-01", "2026-11-30"),
        ("DZ20261201-0002", "KH0002", "2026-11-01", "2026-11-30"),
    ]
    assert [(each["subject"], each["command"], each["soft"]) for each in first] == [
        ("DZ20261201-0001", "kac statement print DZ20261201-0001", True),
        ("DZ20261201-0002", "kac statement print DZ20261201-0002", True),
    ]
    before = contents(sold.ledger)
    for on in ("2026-12-01", "2026-12-02", "2026-12-30"):
        assert night(sold, on) == first
    assert contents(sold.ledger) == before
    sold.ok("statement print DZ20261201-0001 -q", as_="finance", on="2026-12-30")
    assert [each["subject"] for each in night(sold, "2026-12-30")] == ["DZ20261201-0002"]


def test_the_night_of_yesterday_draws_up_what_is_over_and_no_more(sold) -> None:
    """A-25: cron counts from yesterday; of a day before the statement day nothing is due."""
    assert night(sold, "2026-12-01", extra="--date 2026-11-29") == []
    assert len(night(sold, "2026-12-01", extra="--date yesterday")) == 2


def test_months_that_no_night_saw_are_made_up_for(sold) -> None:
    """A-25: of who owes nothing and had nothing there is none; money held is told each month."""
    night(sold, "2026-12-01")
    paid = "payment record -c KH0002 --amount 5 --ref R9 -q"
    sold.ok(paid, as_="finance_cashier", on="2026-12-15")
    night(sold, "2027-03-02")
    assert drawn(sold)[2:] == [
        ("DZ20270302-0001", "KH0002", "2026-12-01", "2026-12-31"),
        ("DZ20270302-0002", "KH0002", "2027-01-01", "2027-01-31"),
        ("DZ20270302-0003", "KH0002", "2027-02-01", "2027-02-28"),
    ]
    rows = sold.sql("SELECT opening_fen, closing_fen FROM statement ORDER BY id")[2:]
    assert rows == [(0, -500), (-500, -500), (-500, -500)]
    told = sold.run("reconcile run --json", as_="cron", on="2027-03-02").json
    assert "statements_stand" not in {each["check"] for each in told}


def test_a_contract_names_the_day_of_its_customer(sold) -> None:
    """RTL-MTH-07, A-25: up to the 25th, and from the 26th on."""
    for who, words in (
        ("merchant_staff", CONTRACT),
        ("finance_cashier", "security record HT20261120-0001 --amount 500 --ref S0"),
        ("finance", "security verify BZ20261120-0001"),
        ("merchant_staff", "contract submit HT20261120-0001"),
        ("merchant_manager", "approval ok HT20261120-0001"),
        ("merchant_staff", "contract file HT20261120-0001 --reference 招商-2026-07"),
        ("merchant_staff", "contract execute HT20261120-0001"),
        ("finance_cashier", "payment record -c KH0003 --amount 5 --ref R9"),
    ):
        sold.ok(words, as_=who)
    assert night(sold, "2026-11-25") == []
    night(sold, "2026-11-26")
    night(sold, "2026-12-26")
    assert [row for row in drawn(sold) if row[1] == "KH0003"] == [
        ("DZ20261126-0001", "KH0003", "2026-11-01", "2026-11-25"),
        ("DZ20261226-0003", "KH0003", "2026-11-26", "2026-12-25"),
    ]


def test_one_that_was_taken_back_is_drawn_up_again_and_one_by_hand_is_gone_on_from(sold) -> None:
    """DST-APP-05: no day is on two statements and none on no statement."""
    sold.ok("statement make KH0001", as_="finance", on="2026-11-21")
    paid = "payment record -c KH0001 --amount 5 --ref R9 -q"
    sold.ok(paid, as_="finance_cashier", on="2026-11-25")
    night(sold, "2026-12-01")
    assert [row[1:] for row in drawn(sold)] == [
        ("KH0001", "2026-11-01", "2026-11-21"),
        ("KH0001", "2026-11-22", "2026-11-30"),
        ("KH0002", "2026-11-01", "2026-11-30"),
    ]
    withdrawn = "statement withdraw DZ20261201-0002 --reason 漏记"
    sold.ok(withdrawn, as_="finance", on="2026-12-01")
    night(sold, "2026-12-02")
    assert drawn(sold)[-1] == ("DZ20261202-0001", "KH0002", "2026-11-01", "2026-11-30")


def test_who_only_looks_draws_nothing_up_and_sees_what_is_due(sold) -> None:
    """A-25: the auditor's night changes nothing."""
    before = contents(sold.ledger)
    told = night(sold, "2026-12-01", as_="auditor")
    assert contents(sold.ledger) == before
    assert [each["command"] for each in told] == [
        "kac statement make KH0001 --to 2026-11-30",
        "kac statement make KH0002 --to 2026-11-30",
    ]


def test_the_printed_statement_tells_how_old_what_is_owed_is(desk, shelf) -> None:
    """DST-GDS-13, DST-APP-05: the bands less what is held are the closing."""
    shelf({"T1": ("50.00", "100.00")})
    number = desk.ok(
        "credit set KH0001 --limit 900 --until 2027-05-31 --investigated-by finance"
        " --document 资信调查表 -q",
        as_="merchant_staff",
    ).out.strip()
    order = "DD20261120-0040"
    for who, words in (
        ("deputy_general_manager", f"approval ok {number}"),
        ("gp_specialist", "order new -c KH0001 -l T1:3 --need-by +7d --payment credit --submit"),
        ("merchant_supervisor", f"order review {order}"),
        ("gp_specialist", f"order print {order} -q"),
        (
            "gp_specialist",
            f"credit letter {order} --guarantor gp_specialist --amount 300 --due 2026-11-25"
            " --document 担保书",
        ),
        ("distribution_center", f"dispatch new {order}"),
        ("distribution_center", f"dispatch print {order} -q"),
        ("distribution_center", f"dispatch count {order} 1:3"),
        ("merchant_staff", f"dispatch count {order} 1:3"),
        ("distribution_center", f"dispatch load {order} --truck 粤S1 --driver 张"),
        ("driver", f"dispatch sign {order} --by 李"),
        ("finance_cashier", "payment record -c KH0001 --amount 50 --ref R1"),
    ):
        desk.ok(words, as_=who)
    first, last = "2026-11-20", "2026-12-31"
    made = "statement make KH0001 --to {} -q"
    early = desk.ok(made.format(first), as_="finance", on=first).out.strip()
    late = desk.ok(made.format(last), as_="finance", on=last).out.strip()
    told = desk.ok(f"statement print {early}", as_="finance", on=last).out
    assert "账龄(按到期日): 未到期 ￥300.00" in told
    assert "另存预收款 ￥50.00" in told
    told = desk.ok(f"statement print {late}", as_="finance", on=last).out
    assert "账龄(按到期日): 逾期31-60天 ￥300.00" in told
    none = desk.ok("statement make KH0002 -q", as_="finance", on=last).out.strip()
    assert "账龄" not in desk.ok(f"statement print {none}", as_="finance", on=last).out
