"""Goods refused at delivery come back by a return of their own: counted, judged, never credited."""

from __future__ import annotations

from datetime import date

import pytest

from kac.core.actor import SYSTEM
from kac.core.errors import BadInput, Refused
from kac.db.work import Outcome, Request, Work, perform
from kac.desk.dispatch import queries as dispatch
from kac.desk.returns.refused import RefusedLine, from_refused_delivery

DAY = date(2026, 11, 20)


@pytest.fixture
def under_way(desk) -> str:
    """A slip with 50 rice cookers on its way; its number."""
    new = "order new -c KH0001 -l P0001:50 --need-by +7d --submit --json"
    order = desk.ok(new, as_="gp_specialist").json["number"]
    desk.ok(f"order review {order}", as_="merchant_supervisor")
    desk.ok(f"order print {order}", as_="gp_specialist")
    paid = f"payment record {order} --amount 13400 --ref B1 --json"
    money = desk.ok(paid, as_="finance_cashier").json["number"]
    desk.ok(f"payment print {money}", as_="finance_cashier")
    desk.ok("payment verify B1", as_="finance")
    slip = desk.ok(f"dispatch new {order} --json", as_="distribution_center").json["number"]
    desk.ok(f"dispatch print {slip}", as_="distribution_center")
    for who in ("distribution_center", "gp_specialist"):
        desk.ok(f"dispatch count {slip} 1:50", as_=who)
    load = f"dispatch load {slip} --truck 粤S12345 --driver 张师傅"
    desk.ok(load, as_="distribution_center")
    return str(slip)


def refused(desk, slip: str, *lines: RefusedLine) -> str:
    """What the verb that signs a slip does with what the customer refused."""

    def act(work: Work) -> Outcome:
        row = dispatch.find(work.reader, slip, work.speaker)
        number = from_refused_delivery(work, row, lines)
        return Outcome({"number": number, "state": "awaited"}, ())

    request = Request("r1", "test", "digest", desk.now, DAY)
    return str(perform(desk.ledger, request, lambda _reader: SYSTEM, act).document["number"])


def test_damaged_goods_come_back_and_missing_ones_are_looked_for(desk, under_way) -> None:
    """RTL-PAY-10, FLW-AFT-01: 2 damaged and 3 missing of 50; one of the missing is found."""
    number = refused(desk, under_way, RefusedLine(1, short=3, damaged=2))
    for who in ("distribution_center", "merchant_staff"):
        desk.ok(f"return receive {number} 1:2 2:1", as_=who)
    desk.refused(
        f"return inspect {number} 1:refused 2:stock", "FLW-AFT-01", as_="logistics_manager"
    )
    told = desk.ok(f"return inspect {number} 1:scrap 2:stock --json", as_="logistics_manager").json
    assert (told["state"], told["amount"]) == ("settled", "0.00")
    places = dict(
        desk.sql(
            "SELECT place, quantity FROM v_place v JOIN product p ON p.id = v.product_id"
            " WHERE p.code = 'P0001'"
        )
    )
    assert places["@transit"] == 45
    assert (places["@returned"], places["@scrapped"]) == (0, 2)
    found = desk.run("db check --json", as_="auditor").json
    assert all(row["sound"] for row in found)


def test_nobody_grants_it_and_nobody_settles_it(desk, under_way) -> None:
    """FLW-AFT-01: the customer never took the goods, so there is no money in it."""
    number = refused(desk, under_way, RefusedLine(1, damaged=2))
    shown = desk.ok(f"return show {number} --json").json
    assert (shown["approval"], shown["origin"]) == ("", "delivery")
    assert [gate["gate"] for gate in shown["gates"]] == ["return_received", "return_inspected"]


def test_no_more_is_refused_than_the_vehicle_left_with(desk, under_way) -> None:
    """RTL-PAY-10."""
    refused(desk, under_way, RefusedLine(1, damaged=20))
    with pytest.raises(Refused, match="is not signed so"):
        refused_again(desk, under_way, RefusedLine(1, short=51))
    with pytest.raises(BadInput, match="no line 2"):
        refused_again(desk, under_way, RefusedLine(2, short=1))
    with pytest.raises(BadInput, match="nothing is named"):
        refused_again(desk, under_way, RefusedLine(1))


def refused_again(desk, slip: str, line: RefusedLine) -> None:
    def act(work: Work) -> Outcome:
        from_refused_delivery(work, dispatch.find(work.reader, slip, work.speaker), [line])
        return Outcome({}, ())

    request = Request("r2", "test", "digest", desk.now, DAY)
    perform(desk.ledger, request, lambda _reader: SYSTEM, act)
