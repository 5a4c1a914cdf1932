"""Cutting the rest of an order that goes out in parts: nothing more goes, its money is free."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money, per_scale_half_up
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.allocations.freeing import free
from kac.desk.deliveries import actions as deliveries
from kac.desk.deliveries import queries as delivered
from kac.desk.deliveries.rules import PartLine
from kac.desk.dispatch import parts as rules
from kac.desk.dispatch import postings
from kac.desk.dispatch.receiving import settle
from kac.desk.lines.rules import LineDraft, PricedLine
from kac.desk.margins.rules import margin_not_negative
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders import rules as order_rules
from kac.desk.orders.policy import OrderPolicies
from kac.desk.orders.rules import OrderFacts
from kac.desk.payments import queries as payments
from kac.desk.refunds import actions as refunds
from kac.desk.staff.actions import require
from kac.ledger import journal


@dataclass(frozen=True)
class Cut:
    """What of a line is not wanted any more: base units, and what it would have cost and costs."""

    line: PricedLine
    quantity: int
    amount_fen: int

    @property
    def cost_fen(self) -> int:
        """What the goods cost us."""
        return per_scale_half_up(self.line.cost_fen, self.quantity, self.line.scale)


def cut(
    work: Work,
    reference: str,
    named: Sequence[LineDraft],
    reason: str,
    *,
    refund: bool = False,
) -> Outcome:
    """Nothing more, or less, of an order that has a slip: the form stays for what went out.

    Without lines named all that is open is cut. Money above what the order then costs is the
    customer's again, and asked back at once where that is wanted (RTL-SHT-13..15).
    """
    require(work, "dispatch.cut")
    why = required_text(reason, field=_("reason"))
    row, facts, policies = orders.gathered(work, reference)
    parts = delivered.parts(work.reader, row["id"])
    quantities, gates = _wanted(facts, parts, named)
    cuts = _cuts(facts, parts, quantities)
    require_open(
        [
            rules.on_its_way(row["number"], row["dispatch"]),
            *gates,
            *_margins(row["number"], facts, policies, parts, quantities),
        ],
        _("{number} cannot be cut").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    # After this point the rest must go.
    before = delivered.earned_fen(work.reader, row["id"])
    _write(work, row, cuts, why)
    _settled(work, row, before)
    deliveries.hold(work, row, "released")
    freed = _free(work, row, why)
    settle(work, row["id"], why)
    asked = _asked(work, row, freed, why) if refund else []
    return _told(work, row, cuts, freed, asked)


def _wanted(
    facts: OrderFacts, parts: Sequence[PartLine], named: Sequence[LineDraft]
) -> tuple[dict[int, int], list[Gate]]:
    gates = [rules.something_open(facts.number, parts)]
    if not named:
        return {part.line: part.open for part in parts if part.open}, gates
    room = {part.line: part.open for part in parts}
    quantities, strange = rules.named_lines(facts.lines, named, lambda line: room[line.line])
    return quantities, [*gates, rules.within_open(facts.lines, parts, quantities, strange)]


def _cuts(facts: OrderFacts, parts: Sequence[PartLine], quantities: Mapping[int, int]) -> list[Cut]:
    return [
        Cut(line, quantities[line.line], part.share_fen(quantities[line.line]))
        for line, part in zip(facts.lines, parts, strict=True)
        if quantities.get(line.line)
    ]


def _margins(
    number: str,
    facts: OrderFacts,
    policies: OrderPolicies,
    parts: Sequence[PartLine],
    quantities: Mapping[int, int],
) -> list[Gate]:
    """What is left is not sold below cost, nor in a tier that nobody signed for (RTL-DSC-03)."""
    kept = [
        replace(line, quantity=part.quantity - part.cut - quantities.get(part.line, 0))
        for line, part in zip(facts.lines, parts, strict=True)
    ]
    left = tuple(line for line in kept if line.quantity > 0)
    was, now = order_rules.tier(facts.lines, policies), order_rules.tier(left, policies)
    return [
        margin_not_negative(number, [line.margin_facts for line in left]),
        rules.tier_stands(was.from_bp if was else None, now.from_bp if now else None),
    ]


def _write(work: Work, row: Row, cuts: Sequence[Cut], why: str) -> None:
    from kac.desk.dispatch.tables import DispatchCut

    work.add_all(
        [
            DispatchCut(
                order_id=row["id"],
                line=each.line.line,
                quantity=each.quantity,
                amount_fen=each.amount_fen,
                cost_fen=each.cost_fen,
                reason=why,
                cut_by=work.actor.code,
                on_day=work.on,
                at=work.now,
            )
            for each in cuts
        ]
    )
    amount = sum(each.amount_fen for each in cuts)
    work.record("cut rest", row["number"], amount_fen=amount, reason=why)


def _settled(work: Work, row: Row, before: int) -> None:
    """The deposit that was kept for the rest is for what went out, now that nothing more does."""
    after = delivered.earned_fen(work.reader, row["id"])
    signed = [s["number"] for s in delivered.slips(work.reader, row["id"]) if s["signed_on"]]
    nth = work.reader.value("SELECT count(*) FROM dispatch_cut WHERE order_id = :id", id=row["id"])
    if signed and (entry := postings.cut(row["number"], nth, signed[-1], Money(after - before))):
        journal.post(work, entry)


def _free(work: Work, row: Row, why: str) -> list[tuple[str, Money]]:
    now = order_queries.by_id(work.reader, row["id"])
    over = now["received_fen"] - (now["total_fen"] - now["returned_fen"])
    return free(work, now, Money(over), why) if over > 0 else []


def _asked(work: Work, row: Row, freed: Sequence[tuple[str, Money]], why: str) -> list[str]:
    """Ask the freed money back, as far as finance has seen it."""
    found = []
    for number, amount in freed:
        payment = payments.by_number(work.reader, number)
        if payment["state"] == "verified":
            found.append(refunds.ask(work, payment, row, refunds.Wish(amount, why)))
    return found


def _told(
    work: Work,
    row: Row,
    cuts: Sequence[Cut],
    freed: Sequence[tuple[str, Money]],
    asked: Sequence[str],
) -> Outcome:
    now = order_queries.by_id(work.reader, row["id"])
    amount = Money(sum(each.amount_fen for each in cuts))
    says = [
        _("{order}: {amount} of goods are cut, {total} remain").format(
            order=row["number"], amount=amount, total=Money(now["total_fen"])
        )
    ]
    says += [
        _("{payment}: {amount} is free again").format(payment=number, amount=free_)
        for number, free_ in freed
    ]
    made = {
        **order_queries.document(now),
        "cut": amount.plain(),
        "freed": [{"payment": number, "amount": free_.plain()} for number, free_ in freed],
        "refunds": list(asked),
    }
    hints = [f"kac refund print {each}" for each in asked]
    if freed and not asked:
        hints = [f"kac refund request {freed[0][0]} --amount {freed[0][1].plain()} --reason …"]
    return Outcome(made, tuple(says), tuple(hints))
