"""Reading order tables: the version in force, what it should be, the gates that ask for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from kac.core.calendar import local_text, parse_instant
from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.db.policybook import PolicyVersion, version
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.approvals import rules as approval_rules
from kac.desk.lines.queries import priced
from kac.desk.lines.rules import PricedLine
from kac.desk.orders import queries as orders
from kac.desk.papers import queries as papers
from kac.desk.papers import rules as paper_rules
from kac.desk.tabulations import rules
from kac.desk.tabulations.policy import OrderTablePolicy
from kac.desk.tabulations.rules import Rung, TableFacts, TableLine

KIND, PAPER = "ZB", "order_table"
# What must be open before a gate of a table is anybody's work.
AFTER: dict[str, tuple[str, ...]] = {"table_handed_on": ("table_as_rung",)}
_GOING = ("submitted", "reviewed", "slip_issued", "partly_delivered")


def policy(found: PolicyVersion) -> OrderTablePolicy:
    """The section of a version that rules order tables."""
    return found.section("order_table", OrderTablePolicy)


Told = Mapping[str, Any]


def _told(row: Row) -> Told:
    made, due = parse_instant(row["at"]), parse_instant(row["due_at"])
    return {**dict(row), "state": rules.punctuality(made, due)}


def find(reader: Reader, reference: str, speaker: Speaker) -> Told:
    """The table or list meant by its number, or the table of an order, or the list of a slip."""
    row = reader.first(
        "SELECT * FROM v_order_table WHERE order_number = upper(:word) OR slip = upper(:word)"
        " ORDER BY kind = 'list', id DESC LIMIT 1",
        word=reference.strip(),
    )
    if row is not None:
        return _told(row)
    number = resolve(reader, KIND, "order_table", reference, speaker)
    return _told(reader.one("SELECT * FROM v_order_table WHERE number = :number", number=number))


def of_order(reader: Reader, order_id: int) -> Told | None:
    """The table of an order."""
    row = reader.first(
        "SELECT * FROM v_order_table WHERE order_id = :id AND kind = 'table'", id=order_id
    )
    return _told(row) if row else None


def of_slip(reader: Reader, dispatch_id: int) -> Told | None:
    """The simple list of a slip."""
    row = reader.first("SELECT * FROM v_order_table WHERE dispatch_id = :id", id=dispatch_id)
    return _told(row) if row else None


def listing(reader: Reader) -> list[Told]:
    """Tables and lists, the newest first."""
    return [_told(row) for row in reader.all("SELECT * FROM v_order_table ORDER BY id DESC")]


def versions(reader: Reader, table_id: int) -> list[Row]:
    """The versions of a table, the first one first."""
    return reader.all(
        "SELECT version, revision, reason, total_fen, staff, on_day, at FROM order_table_version"
        " WHERE order_table_id = :id ORDER BY version",
        id=table_id,
    )


def lines(reader: Reader, table_id: int, number: int) -> list[Row]:
    """The lines of one version with their goods."""
    return reader.all(
        "SELECT * FROM v_order_table_line WHERE order_table_id = :id AND version = :number"
        " ORDER BY line",
        id=table_id,
        number=number,
    )


def in_force(reader: Reader, row: Told) -> list[TableLine]:
    """The lines of the version in force."""
    names = ("order_line", "quantity", "unit_price_fen", "scale", "receipt")
    return [
        TableLine(**{name: line[name] for name in names})
        for line in lines(reader, row["id"], row["version"])
    ]


def accepted_at(reader: Reader, order: Row) -> datetime:
    """The moment from which the order was the department's: its goods were promised then (A-51)."""
    at = reader.value(
        "SELECT min(at) FROM reservation WHERE order_id = :id", id=order["id"]
    ) or reader.value("SELECT at FROM sales_order WHERE id = :id", id=order["id"])
    return parse_instant(at)


def form_lines(reader: Reader, order_id: int) -> tuple[PricedLine, ...]:
    """The lines of the form."""
    return priced(orders.lines(reader, order_id))


def slip_lines(reader: Reader, order_id: int, dispatch_id: int) -> tuple[PricedLine, ...]:
    """The lines of the form so far as they are on a slip."""
    rows = reader.all(
        "SELECT line, quantity FROM dispatch_line WHERE dispatch_id = :id", id=dispatch_id
    )
    on_slip = {row["line"]: row["quantity"] for row in rows}
    return tuple(
        replace(line, quantity=on_slip[line.line])
        for line in form_lines(reader, order_id)
        if line.line in on_slip
    )


def rung(reader: Reader, order_id: int, dispatch_id: int | None = None) -> list[Rung]:
    """The last till receipt of every living slip of an order, or of one slip."""
    rows = reader.all(
        "SELECT t.id, t.reference, n.line, n.quantity, n.unit_price_fen FROM till_receipt t"
        " JOIN dispatch d ON d.id = t.dispatch_id JOIN till_line n ON n.till_receipt_id = t.id"
        " WHERE d.order_id = :id AND d.state <> 'void'"
        " AND (:slip IS NULL OR d.id = :slip)"
        " AND t.id = (SELECT max(x.id) FROM till_receipt x WHERE x.dispatch_id = d.id)"
        " ORDER BY t.id, n.line",
        id=order_id,
        slip=dispatch_id,
    )
    found: dict[int, Rung] = {}
    for row in rows:
        told = found.get(row["id"], Rung(row["reference"], {}))
        here = {row["line"]: (row["quantity"], row["unit_price_fen"])}
        found[row["id"]] = replace(told, lines={**told.lines, **here})
    return list(found.values())


def form_of(reader: Reader, row: Told) -> tuple[PricedLine, ...]:
    """What a table or list is of: the lines of the form, or those of a slip."""
    if row["kind"] == rules.LIST:
        return slip_lines(reader, row["order_id"], row["dispatch_id"])
    return form_lines(reader, row["order_id"])


def should_be(reader: Reader, row: Told) -> list[TableLine]:
    """The lines as the form and the till receipts have them now."""
    slip = row["dispatch_id"] if row["kind"] == rules.LIST else None
    return rules.as_rung(form_of(reader, row), rung(reader, row["order_id"], slip))


def signatures(reader: Reader, row: Told, may: Sequence[str]) -> list[Gate]:
    """What was asked for the prices of the version in force; nothing where they are the form's."""
    request = approvals.of_subject(reader, row["number"], row["version"])
    if request is None:
        return []
    return approval_rules.gates(
        request["number"],
        approvals.steps(request["route"]),
        approvals.signed(reader, request["id"]),
        may,
        f"kac order void {row['order_number']} --reason …",
    )


def gates(reader: Reader, slip: Row, found: PolicyVersion) -> list[Gate]:
    """What loading a slip asks of its order's table and of its own list."""
    table, simple = of_order(reader, slip["order_id"]), of_slip(reader, slip["id"])
    used = table or simple
    facts = TableFacts(
        order=slip["order_number"],
        slip=slip["number"],
        table=table["number"] if table else "",
        simple=simple["number"] if simple else "",
        rung=bool(rung(reader, slip["order_id"], slip["id"])),
        current=used is None or in_force(reader, used) == should_be(reader, used),
    )
    asked = rules.gates(facts, policy(found), found.may)
    if used is None:
        return asked
    signed = signatures(reader, used, found.may["order.void"])
    out = [] if table else [handed_on(reader, used, policy(found), found.may["table.print"])]
    return [*asked, *signed, *out]


def checklist(reader: Reader, row: Told) -> list[Gate]:
    """The gates of a table or list whose order has still goods to go out."""
    found = version(reader, row["policy_set"], row["policy_version"])
    same = in_force(reader, row) == should_be(reader, row)
    current = rules.as_on_receipt(row["number"], found.may["table.update"], current=same)
    return [
        current,
        *signatures(reader, row, found.may["order.void"]),
        handed_on(reader, row, policy(found), found.may["table.print"]),
    ]


def handed_on(reader: Reader, row: Told, told: OrderTablePolicy, roles: Sequence[str]) -> Gate:
    """The version in force is out: to clerk and floor supervisor, a list to the customer.

    GPA-TAB-05, GPA-TAB-04.
    """
    there = papers.copies(reader, row["number"], PAPER) if printed(reader, row) else {}
    wanted = ("customer",) if row["kind"] == rules.LIST else told.copies
    rule = "GPA-TAB-04" if row["kind"] == rules.LIST else "GPA-TAB-05"
    label = _("simple list") if row["kind"] == rules.LIST else _("order table")
    command = f"kac table print {row['number']}"
    return paper_rules.printed("table_handed_on", (rule,), label, wanted, there, roles, command)


def printed(reader: Reader, row: Told) -> bool:
    """Whether the version in force has been printed."""
    return bool(
        reader.value(
            "SELECT count(*) FROM paper_event WHERE document = :number AND kind = :kind"
            " AND event IN ('printed', 'reprinted') AND at >= :since",
            number=row["number"],
            kind=PAPER,
            since=row["version_at"],
        )
    )


def case(
    reader: Reader, row: Told, _today: date
) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """The gates of a table or list, none once its order is delivered."""
    return (checklist(reader, row) if row["order_state"] in _GOING else []), AFTER


def cases(
    reader: Reader, _today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every table of an order that still goes out, with its gates, the oldest first."""
    for row in reader.all(f"SELECT * FROM v_order_table WHERE order_state IN {_GOING} ORDER BY id"):
        told = _told(row)
        yield dict(told), checklist(reader, told), AFTER


def tables_late(reader: Reader, on: date) -> list[Finding]:
    """Tables of the day that took longer than they should: reported, never refused (A-66)."""
    found = []
    for row in map(
        _told,
        reader.all(
            "SELECT * FROM v_order_table WHERE kind = 'table' AND on_day = :day ORDER BY id",
            day=on.isoformat(),
        ),
    ):
        if row["state"] == "late":
            says = _("{number} of {order} was made at {made}, it was due at {due}").format(
                number=row["number"],
                order=row["order_number"],
                made=local_text(parse_instant(row["at"])),
                due=local_text(parse_instant(row["due_at"])),
            )
            command = f"kac table show {row['number']}"
            names = ("GPA-TAB-01", "A-51", "A-66")
            found.append(
                Finding("tables_late", row["order_number"], says, names, command, soft=True)
            )
    return found
