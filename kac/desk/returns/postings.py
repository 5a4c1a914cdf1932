"""What the books say when goods come back: where they are, what they cost, what is not earned."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.money import Money, total
from kac.desk.returns.states import LOST, REFUSED, SCRAP
from kac.ledger.chart import (
    COST_OF_SALES,
    COUNT_DIFFERENCES,
    COUNTED,
    CUSTOMER,
    CUSTOMER_DEPOSITS,
    INVENTORY,
    RECEIVABLE,
    RETURNED,
    RETURNED_GOODS,
    REVENUE,
    SCRAPPED,
    SCRAPPED_GOODS,
    SHIPPED,
    TRANSIT,
)
from kac.ledger.entry import Entry, Move, Posting

# Where goods go by what becomes of them; what is not named here goes to a location.
_PLACES = {SCRAP: SCRAPPED, REFUSED: CUSTOMER, LOST: COUNTED}
_LEFT = {CUSTOMER: COST_OF_SALES, TRANSIT: SHIPPED}
_ACCOUNTS = {SCRAP: SCRAPPED_GOODS, REFUSED: COST_OF_SALES, LOST: COUNT_DIFFERENCES}


def comes_back(
    number: str, line: int, product_id: int, came_from: str, part: tuple[int, Money]
) -> Move:
    """A part of goods, quantity and value, into the corner where they wait to be judged.

    They come from the customer, or from the vehicle that was sent away with them.
    """
    quantity, value = part
    key = f"{number}:{line}:back"
    return Move(key, number, product_id, came_from, RETURNED, quantity, value)


def received(number: str, moves: Sequence[Move]) -> Entry | None:
    """Goods that were sold, or under way, are with us again; None when they are worth nothing."""
    cost = total([move.value for move in moves])
    if not cost:
        return None
    posting = Posting(RETURNED_GOODS, _LEFT[moves[0].from_place], cost)
    return Entry(f"return:{number}:received", number, "goods back from a customer", (posting,))


def judged(
    number: str, line: int, product_id: int, fate: str, location: str, part: tuple[int, Money]
) -> Move:
    """A part of a line, quantity and value, to where it belongs by what becomes of it.

    What is lost never came back from the vehicle.
    """
    quantity, value = part
    here = TRANSIT if fate == LOST else RETURNED
    to = _PLACES.get(fate, location)
    return Move(f"{number}:{line}:{fate}", number, product_id, here, to, quantity, value)


def inspected(number: str, moves: Sequence[tuple[str, Move]]) -> Entry | None:
    """The value of (fate, move) where it is now; None when nothing of it is worth anything."""
    postings = []
    for fate, move in moves:
        if move.value:
            debit = _ACCOUNTS.get(fate, INVENTORY)
            credit = SHIPPED if fate == LOST else RETURNED_GOODS
            postings.append(Posting(debit, credit, move.value))
    if not postings:
        return None
    return Entry(f"return:{number}:inspected", number, "returned goods judged", tuple(postings))


def settled(number: str, amount: Money) -> Entry | None:
    """What was earned with the goods is earned no more, and not owed; None for gifts alone."""
    if not amount:
        return None
    posting = Posting(REVENUE, RECEIVABLE, amount)
    return Entry(f"return:{number}:settled", number, "goods given back", (posting,))


def held_again(number: str, amount: Money) -> Entry | None:
    """Money that was for goods that came back, of an order that still goes out in parts."""
    if amount.fen <= 0:
        return None
    posting = Posting(RECEIVABLE, CUSTOMER_DEPOSITS, amount)
    return Entry(f"return:{number}:held", number, "goods given back", (posting,))
