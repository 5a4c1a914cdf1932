"""Reading shipments: the one meant, what is held where, requests to draw, and open work."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.quantity import format_quantity
from kac.db.policybook import DESK, in_force, version
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.shipments import rules
from kac.desk.shipments.policy import ShipmentPolicy
from kac.desk.shipments.rules import Batch, Dealing
from kac.desk.shipments.states import OPEN_DRAWS
from kac.ledger.chart import OWED_BY_OFFICES
from kac.ledger.checks import balance

KIND = "FH"
DRAW = "DY"
SET = "distributor"


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The shipment meant, as a row of v_shipment."""
    number = resolve(reader, KIND, "shipment", reference, speaker)
    return reader.one("SELECT * FROM v_shipment WHERE number = :number", number=number)


def find_draw(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The request to draw that is meant, as a row of v_held_draw."""
    number = resolve(reader, DRAW, "held_draw", reference, speaker)
    return reader.one("SELECT * FROM v_held_draw WHERE number = :number", number=number)


def listing(reader: Reader, state: str = "", customer_id: int = 0, office: str = "") -> list[Row]:
    """Shipments, the newest first."""
    return reader.all(
        "SELECT * FROM v_shipment WHERE (:state = '' OR state = :state)"
        " AND (:customer = 0 OR customer_id = :customer) AND (:office = '' OR office = :office)"
        " ORDER BY id DESC",
        state=state,
        customer=customer_id,
        office=office,
    )


def lines(reader: Reader, shipment_id: int) -> list[Row]:
    """What was sent, what came of it, and what is still held."""
    return reader.all(
        "SELECT * FROM v_shipment_line WHERE shipment_id = :id ORDER BY id", id=shipment_id
    )


def batches(reader: Reader, shipment_id: int) -> list[Batch]:
    """The same as the rules take it."""
    names = ("product_id", "code", "name", "unit", "scale", "quantity", "price_fen", "kept")
    return [
        Batch(
            line_id=row["id"],
            hold_line_id=row["hold_line_id"] or 0,
            **{name: row[name] for name in names},
        )
        for row in lines(reader, shipment_id)
    ]


def dealing(contract: Row) -> Dealing:
    """A row of v_contract as the rules take it."""
    return Dealing(
        number=contract["number"],
        kind=contract["kind"],
        state=contract["state"],
        customer=contract["customer"],
        customer_name=contract["customer_name"],
        from_day=date.fromisoformat(contract["from_day"]),
        to_day=date.fromisoformat(contract["to_day"]),
    )


def policy(reader: Reader, row: Row) -> ShipmentPolicy:
    """The section of the version that a shipment was made under."""
    made_under = version(reader, row["policy_set"], row["policy_version"])
    return made_under.section("shipment", ShipmentPolicy)


def held(reader: Reader, office: str = "", customer_id: int = 0) -> list[Row]:
    """Goods of key accounts at offices; `counted` says whether they are the office's stock."""
    return reader.all(
        "SELECT * FROM v_held WHERE (:office = '' OR office = :office)"
        " AND (:customer = 0 OR customer_id = :customer) ORDER BY office, number, code",
        office=office,
        customer=customer_id,
    )


def draws(reader: Reader, shipment: str = "", state: str = "") -> list[Row]:
    """Requests to draw on held goods, the newest first."""
    return reader.all(
        "SELECT * FROM v_held_draw WHERE (:shipment = '' OR shipment = :shipment)"
        " AND (:state = '' OR state = :state) ORDER BY id DESC",
        shipment=shipment,
        state=state,
    )


def charged(reader: Reader, office: str = "") -> list[Row]:
    """What offices were charged, shipment by shipment, the oldest first (DST-GDS-07, -09)."""
    return reader.all(
        "SELECT * FROM v_shipment WHERE state = 'charged' AND (:office = '' OR office = :office)"
        " ORDER BY charged_on, id",
        office=office,
    )


def remittances(reader: Reader, number: str) -> list[Row]:
    """What the office has handed on for a shipment, in order (DST-GDS-14)."""
    return reader.all(
        "SELECT r.* FROM shipment_remittance r JOIN shipment s ON s.id = r.shipment_id"
        " WHERE s.number = :number ORDER BY r.id",
        number=number,
    )


def deemed_correct(reader: Reader, night: date) -> list[Row]:
    """Shipments that a night takes for correct: received long enough ago, and nobody objected."""
    return [
        row
        for row in reversed(listing(reader, "received"))
        if rules.is_deemed_correct(
            date.fromisoformat(row["received_on"]), night, policy(reader, row).objection_days
        )
    ]


def told(row: Row) -> str:
    """The goods of a request to draw, in words."""
    return _("{quantity} {unit} {name}").format(
        quantity=format_quantity(row["quantity"], row["scale"]), unit=row["unit"], name=row["name"]
    )


def checklist(reader: Reader, row: Row, may: Mapping[str, tuple[str, ...]]) -> list[Gate]:
    """The gates of a shipment."""
    number, found = row["number"], []
    if row["state"] == "shipped":
        roles = may["shipment.receive"]
        found.append(rules.shipment_received(number, row["office"], row["mark"], roles))
    if row["supplier"]:
        paper, roles = row["list_number"], may["shipment.faxed"]
        found.append(rules.list_faxed(number, row["supplier"], paper, roles))
    if row["state"] == "objected":
        found.append(rules.objection_settled(number, row["objection"], may["shipment.settle"]))
    if row["state"] != "shipped":
        kept, state = batches(reader, row["id"]), row["reason_state"]
        found.append(rules.held_explained(number, kept, state, may["shipment.reason"]))
        if state == "stated" and rules.told(kept):
            found.append(rules.reason_judged(number, row["reason"], may["shipment.accept"]))
    return found


def draw_checklist(row: Row, may: Mapping[str, tuple[str, ...]]) -> list[Gate]:
    """The gates of a request to draw."""
    number, goods = row["number"], told(row)
    return [
        rules.draw_reviewed(number, row["state"], goods, may["shipment.review"]),
        rules.draw_filed(number, row["state"], row["filing"], may["shipment.file"]),
        rules.draw_made(number, goods, may["shipment.take"]),
    ]


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every shipment that wants something, then every open request to draw; the oldest first."""
    may = in_force(reader, DESK, today).may
    for row in reversed(listing(reader)):
        gates = checklist(reader, row, may)
        if any(not gate.open for gate in gates):
            document = {**dict(row), "need_by": row["received_on"] or row["on_day"]}
            yield {**document, "matter": row["customer_name"]}, gates, rules.AFTER
    for row in reversed(draws(reader)):
        if row["state"] in OPEN_DRAWS:
            document = {**dict(row), "need_by": row["on_day"], "matter": row["reason"]}
            yield document, draw_checklist(row, may), rules.AFTER


def offices_equal_account(reader: Reader, _on: date) -> list[Finding]:
    """What offices were charged, batch by batch, is what their goods accounts say.

    DST-GDS-07, DST-GDS-09.
    """
    booked = balance(reader, OWED_BY_OFFICES)
    told = reader.value("SELECT coalesce(sum(charged_fen - remitted_fen), 0) FROM v_shipment")
    if booked == told:
        return []
    says = _("shipments were charged {told}, account {account} says {booked}").format(
        told=Money(told), account=OWED_BY_OFFICES, booked=Money(booked)
    )
    names = ("DST-GDS-07", "DST-GDS-09", "CRH-DAT-02")
    return [Finding("offices_equal_account", OWED_BY_OFFICES, says, names, "kac shipment account")]


def charged_in_time(reader: Reader, on: date) -> list[Finding]:
    """Nothing that was received and not objected to waits for its charge (DST-GDS-08, A-06)."""
    return [
        Finding(
            "charged_in_time",
            row["number"],
            _("received on {day}, nobody objected, and {office} was not charged").format(
                day=row["received_on"], office=row["office"]
            ),
            ("DST-GDS-08", "DST-GDS-09", "A-06"),
            "kac reconcile run",
        )
        for row in deemed_correct(reader, on)
    ]


def shipments_followed_up(reader: Reader, on: date) -> list[Finding]:
    """Shipping lists that have not come, goods that are held too long without a word.

    DST-GDS-10, DST-GDS-12, DST-GDS-19.
    """
    may = in_force(reader, DESK, on).may
    found = []
    for row in reversed(listing(reader)):
        terms = policy(reader, row)
        since = {
            "list_faxed": _days_after(row["on_day"], terms.list_days),
            "held_explained": _days_after(row["received_on"], terms.deliver_days),
        }
        found += [
            Finding(
                *("shipments_followed_up", row["number"], gate.says, gate.rules, gate.command),
                soft=True,
            )
            for gate in checklist(reader, row, may)
            if not gate.open and gate.name in since and on > since[gate.name]
        ]
    return found


def _days_after(written: str | None, days: int) -> date:
    return date.fromisoformat(written) + timedelta(days=days) if written else date.max


CHECKS = (offices_equal_account, charged_in_time, shipments_followed_up)
