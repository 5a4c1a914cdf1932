"""Verbs of purchases: ask for goods, follow up, write down the supplier's answer, receive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from kac.core.calendar import local_text
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.orders import queries as orders
from kac.desk.promises import actions as promises
from kac.desk.purchases import queries, rules
from kac.desk.purchases.policy import PurchasePolicy
from kac.desk.purchases.states import PURCHASE
from kac.desk.receipts import actions as receipts
from kac.desk.staff.actions import require
from kac.desk.stock.policy import StockPolicy


@dataclass(frozen=True)
class Wish:
    """Goods to be bought: {product id: base units}; `order` is whose they are, if anybody's.

    Without an `urgency` the day that the order's customer named decides (GPA-STK-05, GPA-STK-07).
    `opinion` is the floor supervisor's on the quantity (GPA-STK-03).
    """

    location: str
    goods: Mapping[int, int]
    order: str = ""
    urgency: str = ""
    supplier: str = ""
    direct: bool = False
    reason: str = ""
    opinion: str = ""


def ask(work: Work, wish: Wish) -> Outcome:
    """Send a request to purchasing, with stock and sales beside what is asked for (GPA-STK-02)."""
    from kac.desk.purchases.tables import Purchase

    require(work, "purchase.new")
    order = orders.find(work.reader, wish.order, work.speaker) if wish.order else None
    version = work.policy()
    policy = version.section("purchase", PurchasePolicy)
    urgency = wish.urgency or _urgency(work, order)
    row = work.add(
        Purchase(
            number=work.number(queries.KIND),
            order_id=order["id"] if order else None,
            location=order["location"] if order else wish.location,
            urgency=urgency,
            supplier=safe_text(wish.supplier, field=_("supplier"), longest=60),
            direct=wish.direct,
            reason=safe_text(wish.reason, field=_("reason")),
            opinion=safe_text(wish.opinion, field=_("opinion")),
            state=PURCHASE.start,
            due_at=rules.due_at(urgency, work.now, work.on, policy),
            prepared_by=work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    _write_lines(work, row.id or 0, row.location, wish.goods)
    work.record("ask for goods", row.number, urgency=urgency, order=wish.order)
    told = queries.find(work.reader, row.number, work.speaker)
    facts = queries.facts(work.reader, told)
    says = _("{number}: {goods} asked of purchasing, due {moment}").format(
        number=row.number, goods=rules.told(facts.lines), moment=rules.due_text(facts)
    )
    hint = f"kac purchase track {row.number} --says …"
    return Outcome(_document(told), (says,), (hint,))


def _urgency(work: Work, order: Row | None) -> str:
    if order is None:
        return "ordinary"
    return rules.urgency_of(date.fromisoformat(order["need_by"]), work.on)


def _write_lines(work: Work, purchase_id: int, location: str, goods: Mapping[int, int]) -> None:
    from kac.desk.purchases.tables import PurchaseLine

    days = work.policy().section("stock", StockPolicy).sales_days
    since = (work.on - timedelta(days=days)).isoformat()
    figures = {
        product: work.reader.one(
            "SELECT coalesce(sum(CASE WHEN s.location = :place THEN s.available END), 0) AS here,"
            " coalesce(sum(s.available), 0) AS in_all,"
            " coalesce((SELECT sum(m.quantity) FROM stock_move m WHERE m.product_id = :product"
            "  AND m.to_place = '@customer' AND m.on_day >= :since), 0) AS sold"
            " FROM v_stock s WHERE s.product_id = :product",
            product=product,
            place=location,
            since=since,
        )
        for product in goods
    }
    work.add_all(
        [
            PurchaseLine(
                purchase_id=purchase_id,
                product_id=product,
                quantity=quantity,
                stock_here=figures[product]["here"],
                stock_in_all=figures[product]["in_all"],
                sold=figures[product]["sold"],
            )
            for product, quantity in goods.items()
        ]
    )


def track(work: Work, reference: str, says: str) -> Outcome:
    """Write down that a request was followed up, and what came of it (GPA-STK-09, GPA-STK-12)."""
    from kac.desk.purchases.tables import PurchaseTrack

    require(work, "purchase.track")
    found = required_text(says, field=_("what was found"))
    row = _open(work, reference, "answer")
    policy = queries.policies(work.reader, row)[1]
    rights = work.house().rights(work.actor.roles)
    held = [role for role in policy.trackers if role in work.actor.roles]
    role = next(iter([*held, *(each for each in policy.trackers if each in rights)]), "")
    work.add(
        PurchaseTrack(
            purchase_id=row["id"],
            role=role or sorted(work.actor.roles)[0],
            staff=work.actor.code,
            says=found,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("follow up", row["number"], says=found)
    gate = rules.tracked(queries.facts(work.reader, row), policy)
    told = _("{number}: followed up: {says}").format(number=row["number"], says=found)
    sentences = (told,) if gate.open else (told, gate.says)
    return Outcome(_document(row), sentences, (f"kac purchase show {row['number']}",))


@dataclass(frozen=True)
class Answer:
    """What a supplier said: the day of arrival, or that nothing comes; by whom, in which words."""

    by: str
    arrives_on: date | None = None
    says: str = ""


def answer(work: Work, reference: str, given: Answer) -> Outcome:
    """Write down a supplier's definite answer; its day is measured like any promise (GPA-STK-11).

    A day after that by which the goods are due is told, and not refused (A-66).
    """
    from kac.desk.purchases.tables import Purchase, PurchaseAnswer

    require(work, "purchase.answer")
    name = required_text(given.by, field=_("who answered"), longest=40)
    row = _open(work, reference, "answer")
    work.add(
        PurchaseAnswer(
            purchase_id=row["id"],
            verdict="yes" if given.arrives_on else "no",
            arrives_on=given.arrives_on,
            answered_by=name,
            says=safe_text(given.says, field=_("answer")),
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    if given.arrives_on:
        _promise(work, row, given.arrives_on, name)
        work.move(work.get(Purchase, row["id"]), PURCHASE, "answer")
    else:
        _end_promises(work, row, _("the supplier cannot deliver"))
        work.record("supplier refuses", row["number"], by=name)
    after = queries.find(work.reader, row["number"], work.speaker)
    says, hints = _answered(work, after, given)
    return Outcome(_document(after), says, hints)


def _answered(work: Work, row: Row, given: Answer) -> tuple[tuple[str, ...], tuple[str, ...]]:
    number, order = row["number"], row["order_number"]
    if given.arrives_on is None:
        says = _("{number}: {name} cannot deliver").format(number=number, name=given.by)
        again = f"kac purchase answer {number} --arrives DAY --by NAME"
        return (says,), (again,)
    facts = queries.facts(work.reader, row)
    told = [
        _("{number}: {name} delivers by {day}").format(
            number=number, name=given.by, day=given.arrives_on
        )
    ]
    if given.arrives_on.isoformat() > local_text(facts.due_at - timedelta(seconds=1))[:10]:
        told.append(
            _("that is after {moment}, when it is due").format(moment=rules.due_text(facts))
        )
    hints = [f"kac purchase track {number} --says …"]
    if order and _waits(work, row["order_id"]):
        day = given.arrives_on.isoformat()
        hints.append(f"kac order eta {order} --arrives {day} --signed-by NAME --signed-on DAY")
    return tuple(told), tuple(hints)


def _waits(work: Work, order_id: int) -> bool:
    return bool(orders.by_id(work.reader, order_id)["waits"])


def _promise(work: Work, row: Row, arrives_on: date, name: str) -> None:
    """Each line that is still to come is promised for the day, in place of an earlier promise."""
    from kac.desk.promises.queries import find
    from kac.desk.purchases.tables import PurchasePromise

    for line in queries.lines(work.reader, row["id"]):
        left = line["quantity"] - line["came"]
        if left <= 0:
            continue
        former = queries.open_promises(work.reader, line["id"])
        wish = promises.Wish(
            product_id=line["product_id"],
            location=row["location"],
            quantity=left,
            arrives_on=arrives_on,
            signed_by=name,
            signed_on=work.on,
            order=row["order_number"],
            replaces=former[-1]["number"] if former else "",
            note=row["number"],
        )
        made = find(work.reader, promises.write_down(work, wish), work.speaker)
        work.add(PurchasePromise(purchase_line_id=line["id"], stock_promise_id=made["id"]))


def _end_promises(work: Work, row: Row, reason: str) -> None:
    for line in queries.lines(work.reader, row["id"]):
        for former in queries.open_promises(work.reader, line["id"]):
            promises.end(work, former["id"], reason)


def drop(work: Work, reference: str, reason: str) -> Outcome:
    """Say that the rest of a request is not needed any more."""
    from kac.desk.purchases.tables import Purchase

    require(work, "purchase.drop")
    why = required_text(reason, field=_("reason"))
    row = _open(work, reference, "drop")
    _end_promises(work, row, why)
    work.move(work.get(Purchase, row["id"]), PURCHASE, "drop", why)
    says = _("{number} is dropped: {reason}").format(number=row["number"], reason=why)
    return Outcome({**_document(row), "state": "dropped"}, (says,), ("kac purchase list",))


def receive(work: Work, reference: str, wish: receipts.Wish) -> Outcome:
    """Receive goods that were asked for: all that is still to come, or what `wish` names.

    The request is closed when all of it is here; its order may then be confirmed (RTL-SHT-07).
    """
    from kac.desk.purchases.tables import Purchase, PurchaseArrival

    require(work, "stock.in")
    row = _open(work, reference, "complete")
    facts = queries.facts(work.reader, row)
    came = dict(wish.goods) or {
        each.product_id: (each.open, None) for each in facts.lines if each.open
    }
    require_open(
        [rules.asked_for(facts, came)],
        _("{number} is not received").format(number=row["number"]),
        refs={"purchase": row["number"]},
    )
    supplier = wish.supplier or row["supplier"]
    booked = receipts.Wish(row["location"], supplier, wish.reference, came)
    receipt, kept = receipts.write_down(work, booked)
    lines = {line["product_id"]: line["id"] for line in queries.lines(work.reader, row["id"])}
    work.add_all(
        [
            PurchaseArrival(
                purchase_line_id=lines[product],
                receipt=receipt,
                quantity=quantity,
                on_day=work.on,
                at=work.now,
            )
            for product, (quantity, _cost) in came.items()
        ]
    )
    complete = queries.facts(work.reader, row).complete
    if complete:
        work.move(work.get(Purchase, row["id"]), PURCHASE, "complete")
    return _received(work, row, receipt, kept)


def _received(work: Work, row: Row, receipt: str, kept: list[str]) -> Outcome:
    told = receipts.told(work, receipt, row["location"], kept)
    after = queries.find(work.reader, row["number"], work.speaker)
    facts = queries.facts(work.reader, after)
    says = [*told.says]
    if facts.complete:
        says.append(_("{number}: everything has come").format(number=row["number"]))
    else:
        left = rules.told(facts.lines)
        says.append(_("{number}: still to come: {goods}").format(number=row["number"], goods=left))
    late = queries.punctuality(work.reader, after, work.now) in ("late", "overdue")
    if late:
        due = rules.due_text(facts)
        says.append(_("{number} was due {moment}").format(number=row["number"], moment=due))
    hints = [*told.hints]
    if row["order_number"] and facts.complete and _waits(work, row["order_id"]):
        hints.insert(0, f"kac order arrived {row['order_number']}")
    document = {**told.document, "purchase": row["number"], "purchase_state": after["state"]}
    return Outcome({**document, "late": late}, tuple(says), tuple(hints))


def _open(work: Work, reference: str, verb: str) -> Row:
    row = queries.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(row["on_day"]), row["number"])
    PURCHASE.after(row["state"], verb, subject=row["number"])
    return row


def _document(row: Row) -> dict[str, object]:
    return {
        "number": row["number"],
        "state": row["state"],
        "urgency": row["urgency"],
        "order": row["order_number"],
        "due_at": row["due_at"],
    }
