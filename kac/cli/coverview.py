"""What a customer owes and may owe, as it is shown: the exposure as a sum of its documents."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from kac.cli.orderview import View
from kac.cli.show import Column, Part
from kac.core.i18n import _
from kac.db.reader import Reader, Row
from kac.desk.approvals.states import LABELS as APPROVALS
from kac.desk.covers import queries as covers
from kac.desk.covers.rules import CoverFacts, credit_covers, month_fen
from kac.desk.customers import queries as customers
from kac.desk.limits import queries as limits
from kac.desk.limits import rules

if TYPE_CHECKING:
    from kac.desk.covers.exposure import Exposure


def _head() -> list[Column]:
    return [
        Column("number", _("customer"), "code"),
        Column("name", _("name")),
        Column("says", _("credit standing")),
        Column("limit", _("limit"), "money"),
        Column("until", _("until"), "day"),
        Column("exposure", _("owes and will owe"), "money"),
        Column("left", _("left of it"), "money"),
        Column("on_account", _("paid, for nothing yet"), "money"),
        Column("security", _("security held"), "money"),
        Column("month", _("picked up by the month"), "money"),
        Column("window", _("owed to the hypermarket"), "money"),
        Column("apart", _("which stands apart")),
    ]


def _documents() -> list[Column]:
    from kac.desk.covers.exposure import PARTS

    return [
        Column("part", _("part"), "state", words=PARTS),
        Column("document", _("document"), "code"),
        Column("order", _("order"), "code"),
        Column("amount", _("amount"), "money"),
    ]


def _window() -> list[Column]:
    from kac.desk.takings.states import DEBTS

    return [
        Column("document", _("document"), "code"),
        Column("kind", _("for"), "state", words=DEBTS),
        Column("paper", _("IOU or credit"), "code"),
        Column("owed", _("owed"), "money"),
        Column("carried", _("of it on its way"), "money"),
    ]


def _letters() -> list[Column]:
    return [
        Column("number", _("letter"), "code"),
        Column("order_number", _("order"), "code"),
        Column("guarantor", _("vouches"), "code"),
        Column("amount", _("amount"), "money"),
        Column("due_on", _("due"), "day"),
        Column("document", _("document")),
    ]


def limit_columns() -> list[Column]:
    """The columns of limits."""
    return [
        Column("number", _("limit"), "code"),
        Column("customer_name", _("customer"), priority=6),
        Column("limit", _("amount"), "money"),
        Column("until_day", _("until"), "day"),
        Column("investigated_by", _("looked into by"), "code", priority=4),
        Column("document", _("document"), priority=3),
        Column("approval", _("approval"), "code"),
        Column("approval_state", _("signatures"), "state", words=APPROVALS),
        Column("prepared_by", _("made by"), "code", priority=2),
    ]


def gather(reader: Reader, reference: str, today: date) -> View:
    """Everything about the credit of a customer; the exposure adds up to the fen."""
    customer = customers.find(reader, reference)
    exposure = covers.of_customer(reader, customer["id"])
    proposals = limits.listing(reader, customer["id"])
    letters = reader.all(
        "SELECT * FROM v_guarantee WHERE customer_id = :id AND counts ORDER BY id DESC",
        id=customer["id"],
    )
    return View(
        _head(),
        _told(reader, customer, exposure, today),
        [
            Part("exposure_of", _("the sum of"), _documents(), _summed(exposure)),
            Part("window_of", _("owed to the hypermarket"), _window(), _apart(reader, customer)),
            Part("letters", _("letters"), _letters(), [_paid(row) for row in letters]),
            Part("limits", _("limits"), limit_columns(), [_limit(row) for row in proposals]),
        ],
    )


def _told(reader: Reader, customer: Row, exposure: Exposure, today: date) -> dict[str, Any]:
    limit = limits.of_customer(reader, customer["id"])
    free = reader.value(
        "SELECT coalesce(sum(free_fen), 0) FROM v_payment WHERE customer_id = :id",
        id=customer["id"],
    )
    return {
        "number": customer["number"],
        "name": customer["name"],
        "says": rules.said(limit, customer["name"], today),
        "limit": limit.limit_fen if limit and rules.holds(limit, today) else None,
        "until": limit.until.isoformat() if limit else None,
        "exposure": exposure.total_fen,
        "left": rules.left_fen(limit, exposure.total_fen, today),
        "on_account": free,
        "security": sum(each.security_fen for each in covers.agreed(reader, customer["id"]))
        or None,
        **_beside(reader, customer),
        "month": month_fen(covers.pickups(reader, customer["id"]), today) or None,
    }


def _apart(reader: Reader, customer: Row) -> list[dict[str, Any]]:
    """The other relationship of a unit, with books of its own: cards, IOUs, wholesale goods."""
    from kac.desk.takings import queries as takings

    return [
        {
            "document": row["number"],
            "kind": row["kind"],
            "paper": row["paper"],
            "owed": row["owed_fen"],
            "carried": row["carried_fen"] or None,
        }
        for row in takings.of_customer(reader, customer["id"])
    ]


def _beside(reader: Reader, customer: Row) -> dict[str, Any]:
    """What is owed there, and that it is no part of the sum (C-04, SC-62)."""
    owed = _apart(reader, customer)
    if not owed:
        return {"window": None, "apart": ""}
    says = _("not in what is owed here, nor in its limit: IOUs have a ledger of their own [C-04]")
    return {"window": sum(each["owed"] for each in owed), "apart": says}


def _summed(exposure: Exposure) -> list[dict[str, Any]]:
    return [
        {
            "part": part.kind,
            "document": part.document,
            "order": part.order if part.order != part.document else "",
            "amount": part.amount_fen,
        }
        for part in exposure.parts
    ]


def _paid(row: Row) -> dict[str, Any]:
    return {**dict(row), "amount": row["amount_fen"]}


def _limit(row: Row) -> dict[str, Any]:
    return {**dict(row), "limit": row["limit_fen"]}


def check_columns() -> list[Column]:
    """The columns of a check."""
    return [
        *_head(),
        Column("sale", _("this sale"), "money"),
        Column("covered", _("covered"), "flag"),
        Column("answer", _("says")),
    ]


def checked(reader: Reader, reference: str, sale_fen: int, today: date) -> dict[str, Any]:
    """Whether the limit would cover one more sale of an amount, by the gate that goods go by."""
    customer = customers.find(reader, reference)
    exposure = covers.of_customer(reader, customer["id"])
    facts = CoverFacts(
        order="",
        customer=customer["number"],
        customer_name=customer["name"],
        terms="credit",
        limit=limits.of_customer(reader, customer["id"]),
        beside_fen=exposure.total_fen,
    )
    gate = credit_covers(facts, sale_fen, (), today)
    told = _told(reader, customer, exposure, today)
    return {**told, "sale": sale_fen, "covered": gate.open, "answer": gate.says}
