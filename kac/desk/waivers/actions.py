"""Verbs of the waiver: ask for it, take it back, let it lapse when its order outgrows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import matrix_route
from kac.desk.staff.actions import require
from kac.desk.waivers import queries, rules


@dataclass(frozen=True)
class Wish:
    """What is to be left off of which order, which comes to these sums in fen."""

    order: Row
    total_fen: int
    ordinary_fen: int
    short_fen: int
    reason: str


def ask(
    work: Work,
    wish: Wish,
    policy: ApprovalPolicy,
    makers: Sequence[str],
    figures: Mapping[str, Any],
) -> tuple[str, str]:
    """Write a waiver down and ask for its signature; (its number, that of the request).

    Neither who asks nor who made the order signs (A-56). The caller has judged the gates.
    """
    from kac.desk.waivers.tables import DepositException

    row = work.add(
        DepositException(
            number=work.number("JM"),
            order_id=wish.order["id"],
            revision=wish.order["revision"],
            total_fen=wish.total_fen,
            ordinary_fen=wish.ordinary_fen,
            short_fen=wish.short_fen,
            reason=wish.reason,
            asked_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    subject = Subject(
        kind=rules.KIND,
        number=row.number,
        revision=1,
        maker=", ".join(dict.fromkeys([work.actor.code, *makers])),
        policy_set=wish.order["policy_set"],
        policy_version=wish.order["policy_version"],
        total_fen=wish.short_fen,
        customer_id=wish.order["customer_id"],
    )
    steps = matrix_route(policy.rows(), rules.KIND, wish.short_fen)
    frozen = {
        "order": wish.order["number"],
        "revision": wish.order["revision"],
        "total_fen": wish.total_fen,
        "ordinary_fen": wish.ordinary_fen,
        "short_fen": wish.short_fen,
        "reason": wish.reason,
        **figures,
    }
    return row.number, approvals.request(work, subject, steps, frozen)


def take_back(work: Work, reference: str, reason: str) -> Outcome:
    """Take a waiver back: the whole deposit is due again (A-60)."""
    require(work, "deposit.waive")
    why = required_text(reason, field=_("reason"))
    row = queries.find(work.reader, reference, work.speaker)
    if row["state"] not in ("pending", "approved"):
        raise Refused(
            _("{number} leaves nothing off any more").format(number=row["number"]),
            code="E-DEP-002",
            rules=list(rules.RULES),
            fix=[f"kac deposit quote {row['order_number']}"],
        )
    approvals.supersede(work, row["number"], why)
    says = _("{number} is taken back: the whole deposit of {order} is due").format(
        number=row["number"], order=row["order_number"]
    )
    return Outcome(
        {"number": row["number"], "state": "superseded", "order": row["order_number"]},
        (says,),
        (f"kac deposit quote {row['order_number']}",),
    )


def outgrown(work: Work, order_id: int, total_fen: int, fresh_fen: int) -> tuple[str, ...]:
    """Let the waiver of an order lapse that comes to more now; what is to be told of it.

    A change that raises no sum leaves it standing (RTL-DEP-06, A-60).
    """
    waiver = queries.of_order(work.reader, order_id)
    if waiver is None or waiver.state not in ("pending", "approved"):
        return ()
    if rules.covers(waiver, total_fen, total_fen - fresh_fen):
        return ()
    approvals.supersede(work, waiver.number, _("the order comes to more than it was asked for"))
    return (_("{number} lapses: the whole deposit is due again").format(number=waiver.number),)


def lapse(work: Work, order_id: int, reason: str) -> None:
    """Let the waiver of an order lapse with its form."""
    waiver = queries.of_order(work.reader, order_id)
    if waiver is not None and waiver.state != "superseded":
        approvals.supersede(work, waiver.number, reason)
