"""Wholesale goods that come back: counted in by the store, less is owed or some is owed back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.errors import BadInput
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.quantity import format_quantity
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.wholesale import actions, postings, queries, rules
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part


@dataclass(frozen=True)
class Back:
    """A part of one line that came back: base units, those of them scrapped, fen at its price."""

    line: Row
    quantity: int
    scrapped: int
    amount_fen: int


def take_back(
    work: Work, reference: str, back: Mapping[int, int], scrap: Mapping[int, int], reason: str
) -> Outcome:
    """Count goods of {product id: base units} in: less is owed, or what was paid is owed back.

    `scrap` are those good for nothing. RTL-SHT-15, HYP-GDS-07, A-56.
    """
    why = required_text(reason, field=_("reason"))
    row, facts, may = actions.mine(work, "wholesale.return", reference)
    goods = [_back(line, back, scrap) for line in _named(work, row, back, scrap)]
    value = sum(each.amount_fen for each in goods)
    require_open(
        [
            rules.delivered(facts, may),
            rules.another_hand(work.actor.code, (row["prepared_by"], row["issuer"]), row["number"]),
            *(_there(each) for each in goods),
            rules.money_at_rest(value, facts),
        ],
        _("goods of {number} are not taken back").format(number=row["number"]),
        refs={"wholesale": row["number"]},
    )
    # After this point the goods must be on the shelf.
    unpaid = Money(min(value, max(facts.owed_fen, 0)))
    _booked(work, row, goods, unpaid, why)
    actions.settle_up(work, row["number"])
    return _told(work, row["number"], unpaid, Money(value) - unpaid)


def _named(
    work: Work, row: Row, back: Mapping[int, int], scrap: Mapping[int, int]
) -> Sequence[Row]:
    lines = queries.lines(work.reader, row["id"])
    wanted = back.keys() | scrap.keys()
    known = {line["product_id"] for line in lines}
    if not wanted or not wanted <= known or any(q <= 0 for q in (*back.values(), *scrap.values())):
        raise BadInput(
            _("each quantity is above nothing and of goods of {number}").format(
                number=row["number"]
            ),
            code="E-WHO-005",
            rules=["HYP-GDS-09"],
            fix=[f"kac wholesale show {row['number']}"],
        )
    return [line for line in lines if line["product_id"] in wanted]


def _back(line: Row, back: Mapping[int, int], scrap: Mapping[int, int]) -> Back:
    """The part of a line that came back, at what was asked for it: all parts cost the line."""
    worthless = scrap.get(line["product_id"], 0)
    quantity = back.get(line["product_id"], 0) + worthless
    until = rules.price_of(line["unit_price_fen"] or 0, line["back"] + quantity, line["scale"])
    amount = until - rules.price_of(line["unit_price_fen"] or 0, line["back"], line["scale"])
    return Back(line, quantity, worthless, amount)


def _there(back: Back) -> Gate:
    line = back.line
    left = line["quantity"] - line["back"]
    wanted, there = (format_quantity(each, line["scale"]) for each in (back.quantity, left))
    return rules.still_there(line["name"], wanted, there, back.quantity <= left)


def _booked(work: Work, row: Row, goods: Sequence[Back], unpaid: Money, why: str) -> None:
    from kac.desk.wholesale.tables import WholesaleReturn, WholesaleReturnLine

    nth = 1 + len({each["nth"] for each in queries.returns(work.reader, row["id"])})
    value = Money(sum(each.amount_fen for each in goods))
    header = work.add(
        WholesaleReturn(
            wholesale_sale_id=row["id"],
            nth=nth,
            amount_fen=value.fen,
            reason=why,
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    out: list[Move] = []
    for each in goods:
        mine = _moved(work, row, nth, each)
        out += mine
        work.add(
            WholesaleReturnLine(
                wholesale_return_id=header.id or 0,
                wholesale_line_id=each.line["line_id"],
                quantity=each.quantity,
                scrapped=each.scrapped,
                amount_fen=each.amount_fen,
                cost_fen=sum(move.value.fen for move in mine),
            )
        )
    moves.post(work, out)
    if entry := postings.came_back(row["number"], nth, unpaid, value - unpaid, out):
        journal.post(work, entry)
    work.record("take goods back", row["number"], amount_fen=value.fen, reason=why)


def _moved(work: Work, row: Row, nth: int, back: Back) -> list[Move]:
    """The moves of one line, at what its goods had cost; the last piece takes what is left."""
    number, product = row["number"], back.line["product_id"]
    held, cost = queries.with_customer(work.reader, number, product)
    sound = back.quantity - back.scrapped
    value = value_of_part(Money(cost), held, sound) if sound else Money(0)
    found = []
    if sound:
        part = (sound, value)
        found.append(postings.returned(number, nth, product, row["location"], part))
    if back.scrapped:
        rest = value_of_part(Money(cost) - value, held - sound, back.scrapped)
        found.append(postings.scrapped(number, nth, product, (back.scrapped, rest)))
    return found


def _told(work: Work, number: str, unpaid: Money, paid: Money) -> Outcome:
    row, facts, _may = actions.gathered(work, number)
    says = [
        _("{number}: goods came back, {amount} less is owed").format(number=number, amount=unpaid)
    ]
    hints = []
    if facts.red_due_fen:
        hints.append(f"kac wholesale red {number} --ref …")
    if paid:
        told = _("{number}: {amount} was paid for them and is to be given back")
        said = told.format(number=number, amount=paid)
        says = [*says, said] if unpaid else [said]
        hints.append(f"kac refund request {number} --amount {paid.plain()} --reason …")
    made = actions.outcome(work, row["number"], says[0], *hints)
    return Outcome(made.document, tuple(says), made.hints)
