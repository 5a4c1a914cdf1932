"""The list of rewards of a month, as the manager of sales reads it (SC-66, CRD-MGT-04)."""

from __future__ import annotations

from tests.journeys.example_world import World, contracts


def test_an_account_won_and_a_target_reached_by_one_are_both_told_once(desk) -> None:
    """SC-66, CRD-MGT-04: nobody before a target is set or an account is won."""
    assert desk.ok("report incentives --json").json == []
    change = "policy set report.target_fen 1000000 --from 2026-11-20 --reason 季度目标 --json"
    made = desk.ok(change, as_="finance").json
    desk.ok(f"approval ok {made['approval']}", as_="general_manager")
    desk.ok(f"policy activate {made['number']}", as_="administrator")
    world = World(desk)
    contracts(world)
    number = _designated(world)
    desk.ok(["staff", "grant", "sales_office", "--role", "gp_specialist"], as_="administrator")
    _delivered(desk)
    found = desk.ok("report incentives --json").json
    assert [(each["officer"], each["reason"]) for each in found] == [
        ("sales_office", "account_won"),
        ("sales_office", "target_reached"),
    ]
    assert (found[1]["sales"], found[1]["target"]) == ("13400.00", "10000.00")
    assert found[0]["customers"] == [number]


def _designated(world: World) -> str:
    """A dossier taken to its end; the customer's name."""
    customer = world.named["dossier accepted"]
    world.typed("ka_department", f"customer designate {customer}")
    [(name,)] = world.desk.sql("SELECT name FROM customer WHERE number = ?", customer)
    return str(name)


def _delivered(desk) -> None:
    """Fifty rice cookers, sold and signed for."""
    made = desk.ok("order new -c KH0001 -l P0001:50 --need-by +7d --submit -q", as_="sales_office")
    order = made.out.strip()
    for who, words in (
        ("merchant_supervisor", f"order review {order}"),
        ("gp_specialist", f"order print {order} -q"),
        ("finance_cashier", f"payment record {order} --amount 13400 --ref R1"),
        ("finance", "payment verify R1"),
        ("distribution_center", f"dispatch new {order}"),
        ("distribution_center", f"dispatch print {order} -q"),
        ("distribution_center", f"dispatch count {order} 1:50"),
        ("merchant_staff", f"dispatch count {order} 1:50"),
        ("distribution_center", f"dispatch load {order} --truck 粤S12345 --driver 张师傅"),
        ("driver", f"dispatch sign {order} --by 李主任"),
    ):
        desk.ok(words, as_=who)
