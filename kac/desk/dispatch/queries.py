"""Reading dispatches: slips, what was counted against them, and the facts their gates need."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from kac.core.errors import NotFound
from kac.core.gates import Gate
from kac.db.policybook import PolicyVersion, version
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.boxes import queries as boxes
from kac.desk.deliveries import queries as deliveries
from kac.desk.dispatch.policy import DispatchPolicy
from kac.desk.dispatch.rules import SlipFacts, SlipLine, Wish
from kac.desk.fulfilments import queries as fulfilments
from kac.desk.fulfilments import rules as till_rules
from kac.desk.papers import queries as papers
from kac.desk.tabulations import queries as tabulations

_OF_SLIP = frozenset({"till_checked", "boxed", "order_tabulated"})


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The slip meant by its number, a part of it, or the number of its order."""
    row = reader.first(
        "SELECT * FROM v_dispatch WHERE order_number = upper(:word) ORDER BY id DESC",
        word=reference.strip(),
    )
    if row is not None:
        return row
    try:
        number = resolve(reader, "SH", "dispatch", reference, speaker)
    except NotFound:
        # No slip has such a number: its order's may be written short, as a slip's may.
        if (row := _of_order(reader, reference, speaker)) is None:
            raise
        return row
    return reader.one("SELECT * FROM v_dispatch WHERE number = :number", number=number)


def void_copies(reader: Reader, order_id: int) -> list[tuple[str, str]]:
    """(slip, copy) of every copy of an order's void slips that is not back (C-27)."""
    rows = reader.all(
        "SELECT p.document, p.copy_name FROM v_paper p JOIN dispatch d ON d.number = p.document"
        " WHERE d.order_id = :order AND d.state = 'void' AND p.kind = 'slip'"
        " AND p.event NOT IN ('voided', 'lost', 'archived') ORDER BY p.document, p.copy_name",
        order=order_id,
    )
    return [(row["document"], row["copy_name"]) for row in rows]


def _of_order(reader: Reader, reference: str, speaker: Speaker) -> Row | None:
    """The slip of an order that is written short; None where no order is meant, or has no slip."""
    try:
        order = resolve(reader, "DD", "sales_order", reference, speaker)
    except NotFound:
        return None
    return reader.first(
        "SELECT * FROM v_dispatch WHERE order_number = :number ORDER BY id DESC", number=order
    )


def listing(reader: Reader, state: str = "", since: str = "") -> list[Row]:
    """Slips, the newest first."""
    return reader.all(
        "SELECT * FROM v_dispatch WHERE (:state = '' OR state = :state) AND on_day >= :since"
        " ORDER BY id DESC",
        state=state,
        since=since,
    )


def latest_day(slip: Row) -> date:
    """The day of the last step of a slip."""
    days = (slip[name] for name in ("on_day", "loaded_on", "signed_on", "archived_on"))
    return date.fromisoformat(max(day for day in days if day))


def facts(reader: Reader, order: Row) -> tuple[SlipFacts, ...]:
    """The living slips of an order as their gates see them; `order` has its gate facts.

    The last has no number where something is still to go on a slip.
    """
    if not order["dispatch"]:
        return (SlipFacts(order["number"], address=order["address"]),)
    found = [_with_prepared(reader, slip) for slip in deliveries.slips(reader, order["id"])]
    open_lines = sum(part.open > 0 for part in deliveries.parts(reader, order["id"]))
    if open_lines:
        found.append(SlipFacts(order["number"], address=order["address"], open_lines=open_lines))
    return tuple(found)


def _with_prepared(reader: Reader, slip: Row) -> SlipFacts:
    told = slip_facts(reader, slip)
    if slip["state"] != "issued":
        return told
    # What an order table asks for besides is the work of that table.
    gates = prepared(reader, slip, version(reader, slip["policy_set"], slip["policy_version"]))
    return replace(told, prepared=tuple(gate for gate in gates if gate.name in _OF_SLIP))


def prepared(reader: Reader, slip: Row, judged_by: PolicyVersion) -> list[Gate]:
    """What a slip waits for besides its counts: boxes, the check of its till receipt, its table."""
    return [
        *till_rules.checked(
            fulfilments.till(reader, slip["id"], slip["number"]),
            fulfilments.policy(judged_by),
            judged_by.may["dispatch.check"],
        ),
        *boxes.gates(reader, slip, judged_by),
        *tabulations.gates(reader, slip, judged_by),
    ]


def slip_facts(reader: Reader, slip: Row) -> SlipFacts:
    """One slip as its gates see it; `slip` is a row of v_dispatch."""
    return SlipFacts(
        order=slip["order_number"],
        number=slip["number"],
        state=slip["state"],
        address=slip["address"],
        counted=counted_by(reader, slip["id"]),
        copies=papers.copies(reader, slip["number"], "slip"),
        signed_on=date.fromisoformat(slip["signed_on"]) if slip["signed_on"] else None,
    )


def counted_by(reader: Reader, dispatch_id: int) -> dict[str, str]:
    """Who counted for each department."""
    rows = reader.all(
        "SELECT DISTINCT department, staff FROM dispatch_count WHERE dispatch_id = :id",
        id=dispatch_id,
    )
    return {row["department"]: row["staff"] for row in rows}


def lines(reader: Reader, dispatch_id: int) -> list[Row]:
    """The lines of a slip with their goods."""
    return reader.all(
        "SELECT * FROM v_dispatch_line WHERE dispatch_id = :id ORDER BY line", id=dispatch_id
    )


def slip_lines(reader: Reader, dispatch_id: int) -> list[SlipLine]:
    """The lines of a slip as they are counted, and as they are taken."""
    return [
        SlipLine(
            **{name: row[name] for name in ("line", "name", "unit", "scale", "quantity")},
            code=row["code"],
            product_id=row["product_id"],
            amount_fen=row["amount_fen"],
            gift=bool(row["gift"]),
        )
        for row in lines(reader, dispatch_id)
    ]


def quantities(reader: Reader, dispatch_ids: Sequence[int]) -> dict[int, int]:
    """Base units of each product on slips."""
    found: dict[int, int] = {}
    for dispatch_id in dispatch_ids:
        for row in lines(reader, dispatch_id):
            found[row["product_id"]] = found.get(row["product_id"], 0) + row["quantity"]
    return found


def runs(reader: Reader, vehicle: str = "") -> list[Row]:
    """What vehicles left with, the newest first."""
    return reader.all(
        "SELECT * FROM v_run WHERE (:vehicle = '' OR vehicle = :vehicle) ORDER BY id DESC",
        vehicle=vehicle,
    )


def run(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The vehicle run meant."""
    number = resolve(reader, "CC", "vehicle_run", reference, speaker)
    return reader.one("SELECT * FROM v_run WHERE number = :number", number=number)


def of_run(reader: Reader, number: str) -> list[Row]:
    """The slips that a vehicle left with."""
    return reader.all("SELECT * FROM v_dispatch WHERE run = :number ORDER BY id", number=number)


def wish(reader: Reader, dispatch_id: int) -> Wish:
    """How the customer of a slip wants its delivery note; as a delivery note with prices."""
    row = reader.first(
        "SELECT title, prices, remark, staff FROM delivery_wish WHERE dispatch_id = :id"
        " ORDER BY id DESC LIMIT 1",
        id=dispatch_id,
    )
    if row is None:
        return Wish()
    return Wish(row["title"], bool(row["prices"]), row["remark"], row["staff"])


def policy(version: PolicyVersion) -> DispatchPolicy:
    """The section of a version that rules the dispatch."""
    return version.section("dispatch", DispatchPolicy)


def shipped_value(reader: Reader, slip: str) -> list[Row]:
    """What a slip took out of the stock: product, quantity and value of each move."""
    return reader.all(
        "SELECT product_id, quantity, value_fen FROM stock_move"
        " WHERE document = :slip AND to_place = '@transit' ORDER BY id",
        slip=slip,
    )
