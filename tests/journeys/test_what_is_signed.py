"""What a signer sees: the facts as they were frozen, and what may be signed for somebody else."""

from __future__ import annotations

import json

import pytest

from kac.cli.matterview import NAMES

ORDER = "order new -c KH0002 -l P0006:10@188 --need-by +7d --submit"
FRAME = (
    "--from 2026-12-01 --to 2027-11-30 --terms 月结 --service 供货 --prices 九折 --mode 框架"
    " --rights 见第五条 --floor-price 88.50"
)
ASKED = (
    ("gp_specialist", ORDER),
    ("merchant_supervisor", "order review DD20261120-0040 --dry-run"),
    ("gp_specialist", "deposit waive DD20261120-0040 --short 10 --reason 老客户"),
    ("regional_supervisor", "quote new -c KH0001 -l P0001:5@260 --need-by +7d --send"),
    ("customer_service", "inquiry new -c KH0001 --need 福利 --explained --wants cheque"),
    (
        "merchant_staff",
        "credit set KH0001 --limit 100 --until 2027-05-31 --investigated-by finance --document X",
    ),
    ("sales_office", f"contract add KH0001 --amount 150000 {FRAME}"),
    ("sales_office", "contract submit HT20261120-0001"),
    ("administrator", "policy set deposit.rate_bp 3500 --from +1d --reason 年末"),
)


@pytest.fixture
def asked(desk):
    """A desk on which a request of many kinds waits."""
    for who, command in ASKED:
        desk.ok(command, as_=who)
    return desk


def test_every_fact_that_was_frozen_is_shown_by_its_name(asked) -> None:
    """DST-AUT-07, C-09: what was asked for, in money and words, whatever kind it is of."""
    requests = asked.sql("SELECT number, facts FROM approval ORDER BY id")
    assert len(requests) == 7
    for number, facts in requests:
        frozen = {
            key.removesuffix("_fen").removesuffix("_bp")
            for key, value in json.loads(facts).items()
            if key not in ("lines", "changes") and value not in ("", [])
        }
        shown = asked.ok(f"approval show {number} --json", as_="general_manager").json
        assert {fact["fact"] for fact in shown["facts"]} == frozen <= set(NAMES), number


def test_costs_are_frozen_and_shown_to_those_who_may_see_them(asked) -> None:
    """RTL-REC-16: the margin is checked by who signs; a specialist reads no purchase cost."""
    told = {
        who: asked.ok("approval show SP20261120-0001 --json", as_=who).json["facts"]
        for who in ("merchant_manager", "gp_specialist")
    }
    assert {"fact": "cost", "value": "1710.00"} in told["merchant_manager"]
    assert "cost" not in {fact["fact"] for fact in told["gp_specialist"]}


DELEGATE = (
    "approval delegate --to regional_supervisor --scope order --cap 1900 --until +1d --doc 授权7"
)


def waiting(desk, who: str, on: str = "") -> list[str]:
    """The commands of somebody's list that sign for somebody else."""
    tasks = desk.ok("todo --json", as_=who, on=on).json
    return [task["command"] for task in tasks if "--for" in task["command"]]


def test_a_deputy_is_told_what_waits_for_the_one_who_delegated(desk) -> None:
    """DST-AUT-10: for as long as the delegation holds, and until it is signed."""
    desk.ok(ORDER, as_="gp_specialist")
    assert waiting(desk, "regional_supervisor") == []
    desk.ok(DELEGATE, as_="merchant_manager")
    command = "kac approval ok SP20261120-0001 --for merchant_manager"
    assert set(waiting(desk, "regional_supervisor")) == {command}
    mine = desk.ok("approval list --mine --json", as_="regional_supervisor").json
    assert [request["number"] for request in mine] == ["SP20261120-0001"]
    assert waiting(desk, "regional_supervisor", on="2026-11-22") == []
    desk.ok("approval ok SP20261120-0001 --for merchant_manager", as_="regional_supervisor")
    assert waiting(desk, "regional_supervisor") == []


@pytest.mark.parametrize("lines", ["P0006:11@188", "P0006:10@188"], ids=["above the cap", "made"])
def test_a_deputy_is_told_of_nothing_that_may_not_be_signed(desk, lines) -> None:
    """DST-AUT-10, A-56: neither above the cap, nor what the one who delegated has made."""
    maker = "merchant_manager" if lines == "P0006:10@188" else "gp_specialist"
    desk.ok(f"order new -c KH0002 -l {lines} --need-by +7d --submit", as_=maker)
    desk.ok(DELEGATE, as_="merchant_manager")
    assert waiting(desk, "regional_supervisor") == []
    desk.refused("approval ok SP20261120-0001", "DST-AUT-10", as_="regional_supervisor")


def test_a_rebate_waits_for_its_signature_and_then_for_finance(desk) -> None:
    """GPA-COL-02, C-23: in the list of whoever signs, then of whoever pays."""
    for who, command in (
        ("gp_specialist", "order new -c KH0001 -l P0001:10 --need-by +7d --submit"),
        ("merchant_supervisor", "order review DD20261120-0040"),
        ("finance_cashier", "payment record DD20261120-0040 --amount 2680 --ref R1"),
        ("finance", "payment verify R1"),
        ("gp_specialist", "rebate propose DD20261120-0040 --rate 1"),
    ):
        desk.ok(command, as_=who)

    def gates(who: str) -> list[str]:
        tasks = desk.ok("todo --json", as_=who).json
        return [task["gate"] for task in tasks if task["order"] == "FL20261120-0001"]

    assert (gates("merchant_manager"), gates("finance_cashier")) == (["rebate_approved"], [])
    desk.ok("approval ok FL20261120-0001", as_="merchant_manager")
    assert (gates("merchant_manager"), gates("finance_cashier")) == ([], ["rebate_paid"])
    explained = desk.ok("explain FL20261120-0001 --json").json
    assert [gate["gate"] for gate in explained["closed"]] == ["rebate_paid"]
