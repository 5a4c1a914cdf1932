"""Verbs of reservations: promise an order its goods anew, let them go, let what is over lapse."""

from __future__ import annotations

from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.work import Outcome, Work
from kac.desk.lines.rules import wanted
from kac.desk.orders import actions as orders
from kac.desk.reservations import rules
from kac.desk.staff.actions import require
from kac.desk.stock import actions as stock
from kac.desk.stock import holds, queries
from kac.desk.stock.rules import supply_confirmed


def renew(work: Work, reference: str) -> Outcome:
    """Promise an order its goods again, which it was promised before (RTL-ORD-02)."""
    require(work, "stock.reserve")
    row, facts, _policies = orders.gathered(work, reference)
    number = row["number"]
    held = len(queries.open_reservations(work.reader, row["id"]))
    require_open(
        [
            rules.in_force(number, row["state"]),
            rules.promised(number, held, wanted=False),
            supply_confirmed(number, facts.supplies),
        ],
        _("nothing is promised to {number}").format(number=number),
        refs={"order": number},
    )
    stock.reserve(work, row["id"], row["location"], wanted(facts.lines))
    work.record("promise again", number)
    says = _("{number}: goods reserved again at {location}").format(
        number=number, location=row["location"]
    )
    return Outcome({"number": number, "state": row["state"]}, (says,), (f"kac explain {number}",))


def let_go(work: Work, reference: str, reason: str) -> Outcome:
    """Free what an order without any money was promised; the order stays and may ask again."""
    require(work, "stock.release")
    why = required_text(reason, field=_("reason"))
    row, _facts, _policies = orders.gathered(work, reference, supplied=False)
    number = row["number"]
    held = len(queries.open_reservations(work.reader, row["id"]))
    came = Money(row["received_fen"])
    require_open(
        [
            rules.in_force(number, row["state"]),
            rules.promised(number, held, wanted=True),
            rules.without_money(number, str(came), bool(came)),
        ],
        _("the goods of {number} are not let go").format(number=number),
        refs={"order": number},
    )
    stock.end_reservations(work, row["id"], "lapsed")
    work.record("release", number, reason=why)
    says = _("{number}: its goods are free for others: {reason}").format(number=number, reason=why)
    return Outcome(
        {"number": number, "state": row["state"]}, (says,), (f"kac stock reserve {number}",)
    )


def expire(work: Work) -> Outcome:
    """Free everything that is kept or promised beyond its day; cron does so every night."""
    require(work, "stock.expire")
    # Orders first: what one took out of a hold goes back there, and that may be over as well.
    numbers = holds.lapsed(work)
    for number in numbers:
        row = orders.gathered(work, number, supplied=False)[0]
        stock.end_reservations(work, row["id"], "lapsed")
        work.record("expire", number)
    ended = [*holds.expire(work), *numbers]
    says = _("goods free again: {numbers}").format(numbers=rules.names(ended))
    document = {"number": ended[0] if ended else "", "state": "expired", "expired": ended}
    return Outcome(document, (says,))
