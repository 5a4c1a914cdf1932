"""Verbs of the shortage: the four ways of a paid order, and what follows when its copies are back.

Other goods, less, or two forms: the old form goes to be made void at once, with what the customer
chose written beside it; its goods stay promised to it. The new forms are made, the money carried
and the rest asked back in the one transaction in which the last copy is back (RTL-SHT-09..12).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.forms import actions as forms
from kac.desk.lines.queries import price
from kac.desk.lines.rules import (
    LineDraft,
    PricedLine,
    agreed,
    as_drafts,
    changed,
    numbered,
    wanted,
)
from kac.desk.orders import actions as orders
from kac.desk.orders import queries as order_queries
from kac.desk.orders import rules as order_rules
from kac.desk.orders.policy import OrderPolicies
from kac.desk.orders.rules import OrderFacts
from kac.desk.orders.states import ORDER
from kac.desk.papers import actions as papers
from kac.desk.papers.rules import COPIES
from kac.desk.payments import queries as payments
from kac.desk.refunds import queries as refunds
from kac.desk.refunds.rules import verified
from kac.desk.shortages import queries, rules
from kac.desk.shortages.settling import Settled, settle
from kac.desk.shortages.states import CUT, POSTPONE, SPLIT, SUBSTITUTE, WAYS
from kac.desk.staff.actions import require
from kac.desk.stock import actions as stock
from kac.desk.stock.queries import supplies


@dataclass(frozen=True)
class Case:
    """A paid order that is short: its row, facts, policies, and why the customer chooses."""

    row: Row
    facts: OrderFacts
    policies: OrderPolicies
    why: str


@dataclass(frozen=True)
class Form:
    """A form that is to be made: its lines, and whether its customer waits for the goods."""

    lines: tuple[PricedLine, ...]
    waits: bool = False


def substitute(
    work: Work,
    reference: str,
    put: Sequence[LineDraft],
    remove: Sequence[int],
    reason: str,
    *,
    refund: bool = False,
) -> Outcome:
    """The customer takes other goods: void form, new form, every approval anew (RTL-SHT-02..03)."""
    case = _case(work, "order.substitute", reference, reason)
    most = case.policies.order.most_lines
    new = price(work.reader, agreed(put, case.facts.lines), most)
    lines = changed(case.facts.lines, new, remove, most)
    return _choose(work, case, SUBSTITUTE, [Form(lines)], [], refund=refund)


def cut(
    work: Work, reference: str, named: Sequence[LineDraft], reason: str, *, refund: bool = False
) -> Outcome:
    """The customer takes what is there, and the money for the rest back (RTL-SHT-09..15).

    Without lines named, every line is cut to what is there.
    """
    case = _case(work, "order.cut", reference, reason)
    lines = case.facts.lines
    kept = rules.with_quantities(lines, _quantities(named)) if named else _there(case)
    gates = [rules.less(lines, kept)]
    if named:
        gates.append(_only_known(lines, named))
    return _choose(work, case, CUT, [Form(kept)], gates, refund=refund)


def split(
    work: Work,
    reference: str,
    now: Sequence[LineDraft],
    later: Sequence[LineDraft],
    until: date,
    reason: str,
) -> Outcome:
    """The customer takes what is there and waits for the rest: two forms (RTL-SHT-16..18).

    Of goods that are not named, what is there goes now; what is named for one form alone leaves
    the rest to the other.
    """
    case = _case(work, "order.split", reference, reason)
    lines = case.facts.lines
    first = _there(case)
    if now:
        first = rules.with_quantities(lines, _quantities(now))
    elif later:
        first = rules.rest(lines, rules.only(lines, _quantities(later)))
    second = rules.only(lines, _quantities(later)) if now and later else rules.rest(lines, first)
    gates = [rules.adds_up(lines, first, second), _only_known(lines, [*now, *later])]
    forms_ = [Form(first), Form(second, waits=True)]
    return _choose(work, case, SPLIT, forms_, gates, until=until)


def postpone(work: Work, reference: str, until: date, reason: str) -> Outcome:
    """The customer waits: the form stays, and the distribution centre orders at once (RTL-SHT-04).

    Until it has signed for the day, it is confirmed and the customer told, no slip is issued.
    """
    case = _case(work, "order.postpone", reference, reason)
    row = case.row
    if row["state"] not in ("submitted", "reviewed") and not row["dispatch"]:
        ORDER.after(row["state"], "void", subject=row["number"])
    require_open(
        [*_always(work, case), _later(row, until, work.on)],
        _("{number} cannot wait").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    # After this point the order must wait.
    _write(work, row["id"], POSTPONE, case.why, until=until)
    orders.note(work, row["id"], need_by=until)
    work.record("postpone", row["number"], before=row["need_by"], until=str(until), reason=case.why)
    says = _("{number} waits until {day}: the distribution centre orders at once").format(
        number=row["number"], day=until
    )
    document = {"number": row["number"], "state": row["state"], "need_by": until.isoformat()}
    number = row["number"]
    hints = (
        f"kac purchase new CODE:QTY --order {number} --urgency rush",
        f"kac order eta {number} --arrives DAY --signed-by NAME --signed-on DAY",
    )
    return Outcome(document, (says,), hints)


def collect(work: Work, reference: str, copy: str) -> Outcome:
    """Take a copy of a void form back; with the last one the new forms are made (RTL-SHT-12)."""
    return _followed(work, forms.collect(work, reference, copy))


def lose(work: Work, reference: str, copy: str, signed_by: str, reason: str) -> Outcome:
    """State with the customer that a copy is lost; the merchant manager signs (A-35)."""
    require(work, "order.lost_copy")
    signer = required_text(signed_by, field=_("who signed"), longest=40)
    why = required_text(reason, field=_("reason"))
    row, facts = forms.outside(work, reference, copy)
    loss = papers.Loss(row["number"], forms.KIND, copy, "merchant_dept")
    papers.state_lost(work, loss, signer, why)
    stated = _("{number}: copy {copy} is lost, stated by {signer} and {manager}").format(
        number=row["number"], copy=_(COPIES.get(copy, copy)), signer=signer, manager=work.actor.name
    )
    after = _followed(work, forms.came_back(work, row, facts, copy))
    return replace(after, says=(stated, *after.says[1:]))


def _case(work: Work, verb: str, reference: str, reason: str) -> Case:
    require(work, verb)
    why = required_text(reason, field=_("reason"))
    row, facts, policies = orders.gathered(work, reference)
    return Case(row, facts, policies, why)


def _always(work: Work, case: Case) -> list[Gate]:
    """What every way asks: money has come, goods are short, no slip is out (RTL-SHT-01, A-34)."""
    version = order_queries.policy(work.reader, case.row)
    number = case.row["number"]
    return [
        queries.paid_for(case.row, version, printed=bool(case.facts.copies)),
        rules.is_short(number, case.facts.supplies, case.facts.waits),
        rules.no_slip(number, case.row["dispatch"]),
    ]


def _later(row: Row, until: date, today: date) -> Gate:
    """The new day is after the one that was agreed, and has not passed (RTL-SHT-04)."""
    agreed_on = date.fromisoformat(row["need_by"])
    return Gate(
        "shortage_later",
        ("RTL-SHT-04", "RTL-REC-12"),
        until >= today and until > agreed_on,
        _("until {until}, agreed before was {day}").format(until=until, day=agreed_on),
    )


def _choose(
    work: Work,
    case: Case,
    way: str,
    planned: Sequence[Form],
    gates: Sequence[Gate],
    *,
    refund: bool = False,
    until: date | None = None,
) -> Outcome:
    row = case.row
    again = row["state"] == "collecting" and bool(row["shortage"])
    if not again and not row["dispatch"]:
        ORDER.after(row["state"], "void", subject=row["number"])
    shut = [*_always(work, case), *gates]
    if all(form.lines for form in planned):
        shut += _of_forms(work, case, planned, until)
    if refund:
        shut.append(verified([refunds.source(work.reader, each) for each in _money(work, row)]))
    require_open(
        shut,
        _("{number}: {way} is not possible").format(number=row["number"], way=_(WAYS[way])),
        refs={"order": row["number"]},
    )
    # After this point the old form must go.
    _write(work, row["id"], way, case.why, until=until, refund=refund, planned=planned)
    stock.end_reservations(work, row["id"], "released")
    after = _standing(row, case) if again else forms.take_back(work, row, case.facts, case.why)
    if after.document["state"] == "collecting":
        stock.reserve(work, row["id"], row["location"], _promised(planned))
    return _followed(work, _told(after, row, way))


def _standing(row: Row, case: Case) -> Outcome:
    """What is still outside of a form that was being voided already."""
    left = [copy.name for copy in case.facts.copies.values() if copy.out]
    return Outcome(
        {"number": row["number"], "state": "collecting", "copies_out": left},
        (),
        tuple(f"kac order collect {row['number']} --copy {name}" for name in left),
    )


def _told(after: Outcome, row: Row, way: str) -> Outcome:
    says = _("{number}: the customer chose {way}").format(number=row["number"], way=_(WAYS[way]))
    return replace(after, document={**after.document, "way": way}, says=(says, *after.says))


def _of_forms(work: Work, case: Case, planned: Sequence[Form], until: date | None) -> list[Gate]:
    """The gates of the new forms as if they were handed in today; each of them once."""
    found: dict[tuple[str, str], Gate] = {}
    for form in planned:
        lines = price(work.reader, as_drafts(form.lines), case.policies.order.most_lines)
        need_by = until if form.waits and until else case.facts.need_by
        would_be = replace(
            case.facts,
            lines=lines,
            supplies=tuple(
                supplies(work.reader, wanted(lines), case.row["location"], case.row["id"])
            ),
            need_by=max(need_by, work.on),
            made_on=work.on,
            waits=form.waits,
            goods_left=False,
        )
        for gate in order_rules.to_submit(would_be, case.policies):
            found[gate.name, gate.says] = gate
    return list(found.values())


def _promised(planned: Sequence[Form]) -> dict[int, int]:
    return wanted([line for form in planned for line in form.lines])


def _money(work: Work, row: Row) -> list[Row]:
    return payments.of_order(work.reader, row["id"])


def _there(case: Case) -> tuple[PricedLine, ...]:
    """The order's lines as far as stock covers them."""
    scale_of = {line.product_id: line.code for line in case.facts.lines}
    available = {
        product: supply.available
        for product, code in scale_of.items()
        for supply in case.facts.supplies
        if supply.code == code
    }
    return rules.there(case.facts.lines, available)


def _quantities(drafts: Sequence[LineDraft]) -> dict[tuple[int, bool], int]:
    return {(draft.product_id, draft.gift): draft.quantity for draft in drafts}


def _only_known(lines: Sequence[PricedLine], named: Sequence[LineDraft]) -> Gate:
    """Only goods of the order are named; others are a substitution."""
    strange = _quantities(named).keys() - {line.goods for line in lines}
    return Gate(
        "shortage_same_goods",
        ("RTL-SHT-09", "RTL-SHT-16"),
        not strange,
        _("only goods of the order are named")
        if not strange
        else _("goods are named that are not on the order"),
    )


def _write(
    work: Work,
    order_id: int,
    way: str,
    why: str,
    *,
    until: date | None = None,
    refund: bool = False,
    planned: Sequence[Form] = (),
) -> None:
    from kac.desk.shortages.tables import Shortage, ShortageLine

    shortage = work.add(
        Shortage(
            order_id=order_id,
            way=way,
            refund=refund,
            until=until,
            reason=why,
            made_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.add_all(
        [
            ShortageLine(
                shortage_id=shortage.id,
                form=place,
                line=line.line,
                product_id=line.product_id,
                quantity=line.quantity,
                unit_price_fen=line.unit_price_fen,
                gift=line.gift,
            )
            for place, form in enumerate(planned, start=1)
            for line in numbered(form.lines, len(form.lines))
        ]
    )


def _followed(work: Work, after: Outcome) -> Outcome:
    """What follows once a form is void: the new forms, the money, the refunds."""
    if after.document["state"] != "voided":
        return after
    made: Settled | None = settle(work, str(after.document["number"]))
    if made is None:
        return after
    document: Mapping[str, Any] = {
        **after.document,
        "successors": made.orders,
        "refunds": made.refunds,
    }
    return replace(after, document=dict(document), says=(*after.says, *made.says), hints=made.hints)
