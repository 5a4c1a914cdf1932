"""Reading deposits: what an order must leave, and what is left off of it."""

from __future__ import annotations

from kac.db.policybook import PolicyVersion
from kac.db.reader import Row
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
