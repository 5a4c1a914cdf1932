"""Reading shortages: what was chosen, who waits for what, and whether the new forms add up."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.desk.deposits import queries as deposits
from kac.desk.deposits.rules import minimum
from kac.desk.lines.rules import LineDraft
from kac.desk.orders.rules import OrderFacts
from kac.desk.shortages import rules
from kac.desk.shortages.rules import Waiting

_PAID_STATES = ("submitted", "reviewed", "slip_issued", "partly_delivered")


def chosen(reader: Reader, order_id: int) -> Row | None:
    """The way that is in force for an order."""
    return reader.first("SELECT * FROM v_shortage WHERE order_id = :id", id=order_id)


def forms(reader: Reader, order_id: int) -> dict[int, list[LineDraft]]:
    """The lines of the forms that are to be made in the place of an order, by form."""
    rows = reader.all(
        "SELECT * FROM v_shortage_line WHERE order_id = :id ORDER BY line", id=order_id
    )
    found: dict[int, list[LineDraft]] = {}
    for row in rows:
        draft = LineDraft(
            row["product_id"], row["quantity"], row["unit_price_fen"], bool(row["gift"])
        )
        found.setdefault(row["form"], []).append(draft)
    return dict(sorted(found.items()))


def successors(reader: Reader, order_id: int) -> list[str]:
    """The forms that were made in the place of a void one."""
    rows = reader.all(
        "SELECT number FROM sales_order WHERE replaces_id = :id ORDER BY id", id=order_id
    )
    return [str(row["number"]) for row in rows]


def waiting(reader: Reader, order: Row) -> Waiting | None:
    """An order whose customer waits, or has waited, for its goods; `order` has its gate facts."""
    if order["shortage"] != "postpone":
        return None
    row = reader.one("SELECT * FROM v_shortage WHERE order_id = :id", id=order["id"])
    return Waiting(
        order=order["number"],
        need_by=date.fromisoformat(order["need_by"]),
        arrives_on=_day(row["arrives_on"]),
        signed_by=row["signed_by"],
        signed_on=_day(row["signed_on"]),
        arrived_by=row["arrived_by"],
        informed_by=row["informed_by"],
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def gates(reader: Reader, order: Row, facts: OrderFacts, version: PolicyVersion) -> list[Gate]:
    """What a shortage asks of an order before its slip; none where nothing is or was short."""
    if held := waiting(reader, order):
        return rules.gates(held, version.may)
    if order["state"] not in _PAID_STATES or facts.goods_left:
        return []
    short = rules.is_short(order["number"], facts.supplies, waits=False)
    paid = paid_for(order, version, printed=bool(facts.copies))
    if not (short.open and paid.open):
        return []
    partly = order["state"] == "partly_delivered"
    roles = version.may["dispatch.cut" if partly else "order.cut"]
    return [rules.settled(order["number"], short, roles, partly=partly)]


def paid_for(order: Row, version: PolicyVersion, *, printed: bool) -> Gate:
    """Whether an order counts as paid (A-34)."""
    least = minimum(deposits.facts(order), deposits.policy(version)).whole_fen
    return rules.paid_for(order["number"], order["received_fen"], least, printed)


def split_forms_add_up(reader: Reader, _on: date) -> list[Finding]:
    """The two forms that came of a split have the quantities of the void one (RTL-SHT-18)."""
    rows = reader.all(
        "SELECT t.number, t.code, sum(t.quantity) AS difference FROM"
        " (SELECT l.number, l.code, l.quantity FROM v_order_line l"
        "  JOIN v_shortage s ON s.order_id = l.order_id"
        "  WHERE s.way = 'split' AND s.order_state = 'voided'"
        "  UNION ALL SELECT o.number, p.code, -n.quantity AS quantity FROM sales_order c"
        "  JOIN order_line n ON n.order_id = c.id AND n.revision = 1"
        "  JOIN product p ON p.id = n.product_id JOIN sales_order o ON o.id = c.replaces_id"
        "  JOIN v_shortage s ON s.order_id = o.id AND s.way = 'split') t"
        " GROUP BY t.number, t.code HAVING sum(t.quantity) <> 0 ORDER BY t.number, t.code"
    )
    return [
        Finding(
            "split_forms_add_up",
            row["number"],
            _("{code}: the new forms differ from the void one by {difference} base units").format(
                code=row["code"], difference=row["difference"]
            ),
            ("RTL-SHT-18",),
            f"kac order show {row['number']}",
        )
        for row in rows
    ]


def lost_copies_are_stated(reader: Reader, _on: date) -> list[Finding]:
    """Every copy that counts as lost has the statement of customer and merchant manager (A-35)."""
    rows = reader.all(
        "SELECT p.document, p.copy_name FROM v_paper p WHERE p.event = 'lost' AND NOT EXISTS"
        " (SELECT 1 FROM loss_statement s WHERE s.document = p.document"
        "  AND s.copy_name = p.copy_name)"
        " ORDER BY p.document, p.copy_name"
    )
    return [
        Finding(
            "lost_copies_are_stated",
            row["document"],
            _("copy {copy} is lost without a statement").format(copy=row["copy_name"]),
            ("A-35", "RTL-SHT-09"),
            f"kac paper show {row['document']}",
        )
        for row in rows
    ]
