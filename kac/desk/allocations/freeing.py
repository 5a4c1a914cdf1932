"""Money that an order has no use for any more: taken off it, the customer's again."""

from __future__ import annotations

from kac.core.money import Money
from kac.db.reader import Row
from kac.db.work import Work
from kac.desk.allocations import actions, queries
from kac.desk.allocations.rules import Share


def free(work: Work, order: Row, amount: Money, reason: str) -> list[tuple[str, Money]]:
    """Take an amount off an order, the last money first; the payments with what is free of each."""
    left, found = amount.fen, []
    for each in reversed(queries.of_order(work.reader, order["id"])):
        part = min(left, each["amount_fen"])
        if part <= 0:
            break
        taken = {**dict(each), "order_number": order["number"]}
        actions.release(work, each["payment"], taken, reason)
        if rest := each["amount_fen"] - part:
            actions.put(work, each["payment"], order, Share(order["number"], rest, each["kind"]))
        found.append((str(each["payment"]), Money(part)))
        left -= part
    return found
