"""Goods at the customer: signed for, without what is missing or damaged; the copy back on file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from kac.core.gates import require as require_open
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.quantity import format_quantity
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.deliveries import queries as delivered
from kac.desk.deliveries.rules import SIGNED, refused_fen
from kac.desk.dispatch import postings, queries, rules
from kac.desk.dispatch.actions import SLIP, document, gathered
from kac.desk.dispatch.parts import named_lines, within_slip
from kac.desk.dispatch.rules import SlipLine
from kac.desk.dispatch.states import DISPATCH
from kac.desk.lines.rules import LineDraft
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.papers import actions as papers
from kac.desk.staff.actions import require
from kac.ledger import journal, moves
from kac.ledger.entry import Move, value_of_part


@dataclass(frozen=True)
class RefusedLine:
    """What a customer did not take of a line of a slip, in base units."""

    line: SlipLine
    short: int
    damaged: int

    @property
    def quantity(self) -> int:
        """All that was not taken."""
        return self.short + self.damaged

    @property
    def amount_fen(self) -> int:
        """What it would have cost."""
        return refused_fen(self.line.amount_fen, self.line.quantity, self.quantity)


def sign(
    work: Work,
    reference: str,
    by: str,
    short: Sequence[LineDraft] = (),
    damaged: Sequence[LineDraft] = (),
) -> Outcome:
    """The customer has checked the goods and signed: the sale of what was taken is made.

    RTL-PAY-10. What was missing or damaged is written down by line, and is open again.
    """
    from kac.desk.dispatch.tables import Dispatch

    require(work, "dispatch.sign")
    signer = required_text(by, field=_("who signed"), longest=40)
    slip, row = gathered(work, reference)
    dispatch = work.get(Dispatch, slip["id"])
    DISPATCH.after(slip["state"], "sign", subject=slip["number"])
    refused = _refused(work, slip, short, damaged)
    # After this point the goods are the customer's.
    earned = delivered.earned_fen(work.reader, row["id"])
    out = _arrived(work, slip, refused)
    moves.post(work, out)
    _write(work, slip, refused)
    dispatch.received_by, dispatch.signed_on = signer, work.on
    work.move(dispatch, DISPATCH, "sign", _told(refused))
    settle(work, row["id"])
    price = slip["amount_fen"] - sum(each.amount_fen for each in refused)
    paid = delivered.earned_fen(work.reader, row["id"]) - earned
    if entry := postings.delivered(slip["number"], Money(price), Money(paid), out):
        journal.post(work, entry)
    policy = queries.policy(order_queries.policy(work.reader, row))
    papers.mark(work, slip["number"], SLIP, policy.signed_copy, "signed", "driver", signer)
    due = work.on + timedelta(days=policy.copy_due_days)
    says = _("{number} is signed by {signer}; the signed copy is due back by {day}").format(
        number=slip["number"], signer=signer, day=due
    )
    made = {**document(slip["number"], dispatch.state, row), "signed_by": signer}
    hints = (f"kac dispatch archive {slip['number']}",)
    if not refused:
        return Outcome(made, (says,), hints)
    made["refused"] = [_shown(each) for each in refused]
    told = _("not taken, open again: {goods}").format(goods=_told(refused))
    return Outcome(made, (says, told), hints)


def settle(work: Work, order_id: int, reason: str = "") -> None:
    """Take an order on: it is delivered when all that is wanted of it is signed for.

    It is closed when the copies of all its slips are on file besides.
    """
    row = order_queries.by_id(work.reader, order_id)
    slips = delivered.slips(work.reader, order_id)
    state = row["state"]
    if state in ("slip_issued", "partly_delivered"):
        signed = [slip for slip in slips if slip["state"] in SIGNED]
        parts = delivered.parts(work.reader, order_id)
        done = len(signed) == len(slips) and not any(part.open for part in parts)
        if signed and (done or state == "slip_issued"):
            orders.move(work, order_id, "deliver" if done else "deliver_part", reason)
            state = "delivered" if done else "partly_delivered"
    if state == "delivered" and all(slip["state"] == "archived" for slip in slips):
        orders.move(work, order_id, "close")


def _refused(
    work: Work, slip: Row, short: Sequence[LineDraft], damaged: Sequence[LineDraft]
) -> list[RefusedLine]:
    """What is named as missing and damaged, on the lines of the slip; no more than was on it."""
    if not (short or damaged):
        return []
    lines = queries.slip_lines(work.reader, slip["id"])
    missing, strange = named_lines(lines, short, lambda line: line.quantity)
    broken, odd = named_lines(
        lines, damaged, lambda line: line.quantity - missing.get(line.line, 0)
    )
    found = [
        RefusedLine(line, missing.get(line.line, 0), broken.get(line.line, 0)) for line in lines
    ]
    off = {each.line.line: each.quantity for each in found}
    require_open(
        [within_slip(lines, off, [*strange, *odd])],
        _("{number} cannot be signed so").format(number=slip["number"]),
        refs={"dispatch": slip["number"]},
    )
    return [each for each in found if each.quantity]


def _arrived(work: Work, slip: Row, refused: Sequence[RefusedLine]) -> list[Move]:
    """Goods from the vehicle to the customer: what was loaded less what was not taken."""
    left: dict[int, int] = {}
    for each in refused:
        product = each.line.product_id
        left[product] = left.get(product, 0) + each.quantity
    found = []
    for move in queries.shipped_value(work.reader, slip["number"]):
        quantity = move["quantity"] - left.get(move["product_id"], 0)
        if quantity:
            worth = value_of_part(Money(move["value_fen"]), move["quantity"], quantity)
            found.append(postings.arrives(slip["number"], move["product_id"], quantity, worth))
    return found


def _write(work: Work, slip: Row, refused: Sequence[RefusedLine]) -> None:
    from kac.desk.dispatch.tables import DispatchRefusal

    work.add_all(
        [
            DispatchRefusal(
                dispatch_id=slip["id"],
                line=each.line.line,
                short=each.short,
                damaged=each.damaged,
                amount_fen=each.amount_fen,
            )
            for each in refused
        ]
    )


def _told(refused: Sequence[RefusedLine]) -> str:
    return "; ".join(
        _("{name}: {short} {unit} missing, {damaged} damaged").format(
            name=each.line.name,
            unit=each.line.unit,
            short=format_quantity(each.short, each.line.scale),
            damaged=format_quantity(each.damaged, each.line.scale),
        )
        for each in refused
    )


def _shown(each: RefusedLine) -> Mapping[str, object]:
    return {
        "line": each.line.line,
        "code": each.line.code,
        "short": format_quantity(each.short, each.line.scale),
        "damaged": format_quantity(each.damaged, each.line.scale),
        "amount": Money(each.amount_fen).plain(),
    }


def archive(work: Work, references: Sequence[str]) -> Outcome:
    """Signed copies are back and on file; unsigned ones are not taken (RTL-PAY-11, A-24).

    All of them, or none.
    """
    require(work, "dispatch.archive")
    back = {slip["id"]: (slip, row) for slip, row in (gathered(work, r) for r in references)}
    first, order = next(iter(back.values()))
    require_open(
        [
            rules.signed(
                queries.slip_facts(work.reader, slip),
                order_queries.policy(work.reader, row).may["dispatch.sign"],
            )
            for slip, row in back.values()
        ],
        _("the copy of {number} cannot be archived").format(
            number=", ".join(slip["number"] for slip, _row in back.values())
        ),
        refs={"dispatch": first["number"], "order": order["number"]} if len(back) == 1 else {},
    )
    says = tuple(_filed(work, slip, row) for slip, row in back.values())
    made = document(first["number"], "archived", order)
    if len(back) == 1:
        return Outcome(made, says)
    numbers = [slip["number"] for slip, _row in back.values()]
    told = ngettext("{count} copy is on file", "{count} copies are on file", len(numbers))
    return Outcome({**made, "slips": numbers}, (*says, told.format(count=len(numbers))))


def _filed(work: Work, slip: Row, row: Row) -> str:
    from kac.desk.dispatch.tables import Dispatch

    dispatch = work.get(Dispatch, slip["id"])
    dispatch.archived_on = work.on
    work.move(dispatch, DISPATCH, "archive")
    policy = queries.policy(order_queries.policy(work.reader, row))
    papers.mark(work, slip["number"], SLIP, policy.signed_copy, "archived", policy.archive_holder)
    settle(work, row["id"])
    says = _("{number}: signed copy archived, {order} goes on")
    if order_queries.by_id(work.reader, row["id"])["state"] == "closed":
        says = _("{number}: signed copy archived, {order} is closed")
    return says.format(number=slip["number"], order=row["number"])
