"""Reading deposits: what an order must leave, what is left off of it, what slips have drawn."""

from __future__ import annotations

from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.desk.deliveries.rules import SIGNED, SaleMoney, SlipMoney
from kac.desk.deposits import rules
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.deposits.rules import DepositFacts
from kac.desk.waivers import queries as waivers


def facts(order: Row) -> DepositFacts:
    """An order as the deposit's rules see it; `order` is a row of v_order_gate_facts."""
    return DepositFacts(
        order=order["number"],
        total_fen=order["total_fen"],
        fresh_fen=order["fresh_fen"],
        # Money that went back for goods that came back had been there when the deposit was asked.
        received_fen=order["received_fen"] + order["returned_fen"],
        waiver=waivers.of_row(order),
    )


def policy(version: PolicyVersion) -> DepositPolicy:
    """The rates that a version names."""
    return version.section("deposit", DepositPolicy)


_DEPOSITS = """
SELECT a.payment_id, a.order_id, a.amount_fen, o.total_fen, o.deposit_fen, o.received_fen,
       o.returned_fen,
       coalesce((SELECT sum(b.amount_fen) FROM v_allocation b WHERE b.order_id = a.order_id
                 AND b.kind = 'deposit' AND b.id < a.id AND b.held), 0) AS before_fen
FROM v_allocation a JOIN v_order o ON o.id = a.order_id
WHERE a.kind = 'deposit' AND a.held ORDER BY a.id
"""
_SLIPS = """
SELECT d.order_id, d.state, d.deposit_fen, d.amount_fen - d.refused_fen AS net_fen
FROM v_dispatch d WHERE d.state <> 'void'
AND d.order_id IN (SELECT a.order_id FROM v_allocation a WHERE a.kind = 'deposit' AND a.held)
"""


def draws(reader: Reader) -> dict[int, dict[str, int]]:
    """{payment id: fen of it held as deposits, drawn for goods delivered, on slips, left}.

    RTL-DEP-06: what is drawn, on slips and left is what is held, to the fen.
    """
    slips: dict[int, list[SlipMoney]] = {}
    for slip in reader.all(_SLIPS):
        money = SlipMoney(slip["net_fen"], slip["deposit_fen"], slip["state"] in SIGNED)
        slips.setdefault(slip["order_id"], []).append(money)
    found: dict[int, dict[str, int]] = {}
    for row in reader.all(_DEPOSITS):
        names = ("total_fen", "deposit_fen", "received_fen")
        mine = tuple(slips.get(row["order_id"], ()))
        sale = SaleMoney(*(row[name] for name in names), mine, row["returned_fen"])
        drawn, gone = rules.drawn(sale), row["deposit_fen"] - sale.undrawn_fen
        past, all_ = (
            rules.share(fen, row["before_fen"], row["amount_fen"])
            for fen in (drawn, max(gone, drawn))
        )
        told = found.setdefault(
            row["payment_id"], {"deposit": 0, "drawn": 0, "going": 0, "left": 0}
        )
        told["deposit"] += row["amount_fen"]
        told["drawn"] += past
        told["going"] += all_ - past
        told["left"] += row["amount_fen"] - all_
    return found
