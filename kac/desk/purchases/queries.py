"""Reading purchases: requests, what is still to come, who followed them up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from kac.core.calendar import day_end, local_text, parse_instant
from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.db.policybook import PolicyVersion, version
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.purchases import rules
from kac.desk.purchases.policy import PurchasePolicy
from kac.desk.purchases.rules import PurchaseFacts, Wanted
from kac.desk.purchases.states import OPEN

KIND = "CG"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The request meant, as a row of v_purchase_request."""
    number = resolve(reader, KIND, "purchase", reference, speaker)
    return reader.one("SELECT * FROM v_purchase_request WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", order_id: int = 0) -> list[Row]:
    """Requests, the one due first before the others."""
    return reader.all(
        "SELECT * FROM v_purchase_request WHERE (:state = '' OR state = :state)"
        " AND (:order = 0 OR order_id = :order) ORDER BY due_at, id",
        state=state,
        order=order_id,
    )


def lines(reader: Reader, purchase_id: int) -> list[Row]:
    """What a request asks for, and what of it came."""
    return reader.all(
        "SELECT * FROM v_purchase_request_line WHERE purchase_id = :id ORDER BY id",
        id=purchase_id,
    )


def tracks(reader: Reader, purchase_id: int) -> list[Row]:
    """Who followed a request up, in order."""
    return reader.all(
        "SELECT role, staff, says, on_day, at FROM purchase_track WHERE purchase_id = :id"
        " ORDER BY id",
        id=purchase_id,
    )


def answers(reader: Reader, purchase_id: int) -> list[Row]:
    """What the supplier said, in order."""
    return reader.all(
        "SELECT verdict, arrives_on, answered_by, says, staff, on_day FROM purchase_answer"
        " WHERE purchase_id = :id ORDER BY id",
        id=purchase_id,
    )


def open_promises(reader: Reader, purchase_line_id: int) -> list[Row]:
    """The promise that the last answer made of a line; none where nothing is expected of it."""
    return reader.all(
        "SELECT s.* FROM purchase_promise p JOIN v_stock_promise s ON s.id = p.stock_promise_id"
        " WHERE p.purchase_line_id = :id AND s.replaced_by = '' AND NOT s.ended ORDER BY s.id",
        id=purchase_line_id,
    )


def facts(reader: Reader, row: Row) -> PurchaseFacts:
    """A request as its gates see it."""
    names = ("product_id", "code", "name", "unit", "scale", "quantity", "came")
    wanted = lines(reader, row["id"])
    return PurchaseFacts(
        number=row["number"],
        urgency=row["urgency"],
        direct=bool(row["direct"]),
        made_at=parse_instant(row["at"]),
        due_at=parse_instant(row["due_at"]),
        lines=tuple(Wanted(**{name: line[name] for name in names}) for line in wanted),
        tracked=frozenset(track["role"] for track in tracks(reader, row["id"])),
        answered_by=row["answered_by"],
        arrives_on=date.fromisoformat(row["arrives_on"]) if row["arrives_on"] else None,
        refused=row["verdict"] == "no",
    )


def policies(reader: Reader, row: Row) -> tuple[PolicyVersion, PurchasePolicy]:
    """The version that a request was made under, and its section."""
    found = version(reader, row["policy_set"], row["policy_version"])
    return found, found.section("purchase", PurchasePolicy)


def punctuality(reader: Reader, row: Row, now: datetime) -> str:
    """Whether a request came in time, late, or is still to come."""
    came = parse_instant(row["came_at"]) if row["came_at"] else None
    return rules.punctuality(facts(reader, row), came, now)


def checklist(reader: Reader, row: Row) -> list[Gate]:
    """The gates of a request, none once it is closed."""
    if row["state"] not in OPEN:
        return []
    found, policy = policies(reader, row)
    told = facts(reader, row)
    return [
        rules.tracked(told, policy),
        rules.answered(told, found.may["purchase.answer"]),
        rules.arrived(told, found.may["stock.in"]),
    ]


def cases(
    reader: Reader, _today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every open request with its gates, the one due first before the others."""
    for row in listing(reader):
        if row["state"] in OPEN:
            last = parse_instant(row["due_at"]) - timedelta(seconds=1)
            need_by = local_text(last)[:10]
            matter = row["customer_name"] or row["reason"] or row["supplier"]
            document = {**dict(row), "need_by": need_by, "matter": matter}
            yield document, checklist(reader, row), rules.AFTER


def purchases_followed_up(reader: Reader, on: date) -> list[Finding]:
    """A request that was sent and that nobody followed up is a breach (GPA-STK-09, GPA-STK-10)."""
    found = []
    for row in listing(reader):
        if row["state"] not in OPEN:
            continue
        told, policy = facts(reader, row), policies(reader, row)[1]
        if rules.forgotten(told, policy, day_end(on)):
            gate = rules.tracked(told, policy)
            found.append(
                Finding(
                    *("purchases_followed_up", row["number"], gate.says, gate.rules, gate.command),
                    soft=True,
                )
            )
    return found


def purchases_late(reader: Reader, on: date) -> list[Finding]:
    """Goods that should be here and are not: reported, never refused (GPA-STK-05, A-51, A-66)."""
    found = []
    for row in listing(reader):
        told = facts(reader, row)
        if row["state"] in OPEN and rules.overdue(told, day_end(on)):
            says = _("due {moment}, still to come: {goods}").format(
                moment=rules.due_text(told), goods=rules.told(told.lines)
            )
            names = ("GPA-STK-05", "GPA-STK-07", "A-66")
            command = f"kac purchase show {row['number']}"
            found.append(Finding("purchases_late", row["number"], says, names, command, soft=True))
    return found
