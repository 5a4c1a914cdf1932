"""Reading quotations: one, many, the facts their gates need, and the review that orders rest on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from kac.core.gates import Gate
from kac.core.money import Money
from kac.db import policybook
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.lines.queries import priced
from kac.desk.lines.rules import PricedLine
from kac.desk.quotations import rules
from kac.desk.quotations.policy import QuotationPolicy
from kac.desk.quotations.rules import QuotationFacts, Review
from kac.desk.quotations.states import OPEN


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The quotation meant, as a row of v_quotation; NotFound (exit 3) where none is."""
    number = resolve(reader, "BJ", "quotation", reference, speaker)
    return reader.one("SELECT * FROM v_quotation WHERE number = :number", number=number)


def listing(reader: Reader, standings: Sequence[str], customer_id: int = 0) -> list[Row]:
    """Quotations that stand in any of these ways, the first to lapse first."""
    marks = ", ".join(f":s{index}" for index in range(len(standings)))
    return reader.all(
        f"SELECT * FROM v_quotation WHERE standing IN ({marks})"
        " AND (:customer = 0 OR customer_id = :customer) ORDER BY valid_until, number",
        customer=customer_id,
        **{f"s{index}": standing for index, standing in enumerate(standings)},
    )


def open_ones(reader: Reader) -> list[Row]:
    """Quotations that still want something, the first to lapse first; ordered ones do not."""
    return [row for row in listing(reader, (*OPEN, "reviewed", "rejected")) if row["state"] in OPEN]


def lapsed(reader: Reader, today: date) -> list[Row]:
    """Quotations whose last day is over."""
    return [row for row in open_ones(reader) if row["valid_until"] < today.isoformat()]


def lines(reader: Reader, quotation_id: int) -> list[Row]:
    """The lines in force, with their products."""
    return reader.all(
        "SELECT * FROM v_quotation_line WHERE quotation_id = :id ORDER BY line", id=quotation_id
    )


def lines_of(reader: Reader, number: str, revision: int) -> list[Row]:
    """The lines of one version of a quotation, also of one that was changed since."""
    return reader.all(
        "SELECT n.line, n.product_id, p.code, p.barcode, p.name, p.spec, p.unit, p.scale,"
        " n.quantity, n.list_price_fen, n.unit_price_fen, n.amount_fen, n.cost_fen, n.gift, n.fresh"
        " FROM quotation_line n JOIN quotation q ON q.id = n.quotation_id"
        " JOIN product p ON p.id = n.product_id"
        " WHERE q.number = :number AND n.revision = :revision ORDER BY n.line",
        number=number,
        revision=revision,
    )


def policy(reader: Reader, row: Row) -> PolicyVersion:
    """The policy version that a quotation was made under and is judged by."""
    return policybook.version(reader, row["policy_set"], row["policy_version"])


def section(version: PolicyVersion) -> QuotationPolicy:
    """The section of a version that rules quotations."""
    return version.section("quotation", QuotationPolicy)


def facts(reader: Reader, row: Row, changed: Sequence[PricedLine] | None = None) -> QuotationFacts:
    """A quotation as its gates see it; `changed` are lines that would take the place of its own."""
    own = priced(lines(reader, row["id"])) if changed is None else tuple(changed)
    return QuotationFacts(
        number=row["number"],
        state=row["state"],
        lines=own,
        valid_until=date.fromisoformat(row["valid_until"]),
        review=review(reader, row["number"], row["revision"]),
        order=row["order_number"],
        order_received_fen=row["order_received_fen"],
    )


def review(reader: Reader, number: str, revision: int) -> Review:
    """The review of one version of a quotation, also for an order that was made from it."""
    row = reader.one("SELECT * FROM v_quotation WHERE number = :number", number=number)
    request = approvals.of_subject(reader, number, revision)
    if request is None:
        return Review(number, revision, row["revision"], "", (), ())
    return Review(
        number,
        revision,
        row["revision"],
        request["number"],
        approvals.steps(request["route"]),
        approvals.signed(reader, request["id"]),
        policy(reader, row).may["quote.edit"],
    )


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of a quotation, none of an expired one, and what each of them waits for."""
    if row["state"] == "expired":
        return [], rules.AFTER
    return rules.checklist(facts(reader, row), policy(reader, row).may, today), rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every open quotation with its gates and what they wait for, the first to lapse first."""
    for row in open_ones(reader):
        yield {**dict(row), "need_by": row["valid_until"]}, *case(reader, row, today)


def document(row: Row) -> dict[str, Any]:
    """A quotation as writing commands hand it to scripts; money in yuan."""
    return {
        "number": row["number"],
        "state": row["standing"],
        "revision": row["revision"],
        "customer": row["customer"],
        "lines": row["lines"],
        "total": Money(row["total_fen"]).plain(),
        "valid_until": row["valid_until"],
        "approval": row["approval"],
        "order": row["order_number"],
    }
