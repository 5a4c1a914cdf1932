"""Reading inquiries: one, many, the facts their gates need, and the call backs that are late."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from kac.core.actor import Actor
from kac.core.errors import BadInput
from kac.core.findings import Finding
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.identifiers import parse_phone
from kac.core.text import required_text, safe_text
from kac.db import policybook
from kac.db.policybook import PolicyVersion
from kac.db.reader import Reader, Row
from kac.db.references import Speaker, resolve
from kac.desk.approvals import queries as approvals
from kac.desk.approvals.policy import ApprovalPolicy
from kac.desk.approvals.rules import Step, matrix_route
from kac.desk.customers import queries as customers
from kac.desk.inquiries import rules
from kac.desk.inquiries.policy import InquiryPolicy
from kac.desk.inquiries.rules import InquiryFacts, NotedDraft, NotedLine, Reception
from kac.desk.inquiries.states import OPEN, WISHES
from kac.desk.lines.queries import price
from kac.desk.lines.rules import LineDraft
from kac.desk.staff import queries as staff
from kac.desk.stock import queries as stock


def find(reader: Reader, reference: str, speaker: Speaker) -> Row:
    """The inquiry meant, as a row of v_inquiry; NotFound (exit 3) where none is."""
    number = resolve(reader, "XJ", "inquiry", reference, speaker)
    return reader.one("SELECT * FROM v_inquiry WHERE number = :number", number=number)


def listing(reader: Reader, states: Sequence[str], customer_id: int = 0) -> list[Row]:
    """Inquiries in any of the states, the most urgent call back first."""
    marks = ", ".join(f":s{index}" for index in range(len(states)))
    return reader.all(
        f"SELECT * FROM v_inquiry WHERE state IN ({marks})"
        " AND (:customer = 0 OR customer_id = :customer)"
        " ORDER BY answered_on IS NOT NULL, coalesce(reply_due, '9999'), number",
        customer=customer_id,
        **{f"s{index}": state for index, state in enumerate(states)},
    )


def lines(reader: Reader, inquiry_id: int) -> list[Row]:
    """The goods in force, with their products."""
    return reader.all(
        "SELECT * FROM v_inquiry_line WHERE inquiry_id = :id ORDER BY line", id=inquiry_id
    )


def steps_taken(reader: Reader, inquiry_id: int) -> list[Row]:
    """What was done about an inquiry, in order."""
    return reader.all(
        "SELECT step, staff, other, verdict, said, opinion, on_day, at FROM inquiry_step"
        " WHERE inquiry_id = :id ORDER BY id",
        id=inquiry_id,
    )


def policy(reader: Reader, row: Row) -> PolicyVersion:
    """The policy version that an inquiry was taken down under and is judged by."""
    return policybook.version(reader, row["policy_set"], row["policy_version"])


def section(version: PolicyVersion) -> InquiryPolicy:
    """The section of a version that rules inquiries."""
    return version.section("inquiry", InquiryPolicy)


def route(version: PolicyVersion, wishes: Sequence[str]) -> tuple[Step, ...]:
    """The releases that wishes need, as the matrix of the policy says."""
    rows = version.section("approvals", ApprovalPolicy).rows()
    return matrix_route(rows, "inquiry", flags=wishes)


def noted(rows: Sequence[Row]) -> tuple[NotedLine, ...]:
    """Rows of `lines` as the rules take them."""
    names = ("line", "product_id", "code", "name", "quantity", "unit_price_fen", "shelf")
    return tuple(NotedLine(**{name: row[name] for name in names}) for row in rows)


def note(
    reader: Reader, drafts: Sequence[NotedDraft], store: str, most: int
) -> tuple[NotedLine, ...]:
    """Goods as asked for, priced by the list where no price was told.

    A shelf that nobody looked at is taken from the count of the place, where there is one.
    """
    priced = price(
        reader, [LineDraft(d.product_id, d.quantity, d.unit_price_fen) for d in drafts], most
    )
    return tuple(
        NotedLine(
            line=line.line,
            product_id=line.product_id,
            code=line.code,
            name=line.name,
            quantity=line.quantity,
            unit_price_fen=line.unit_price_fen,
            shelf=_shelf(reader, line.product_id, store) if draft.shelf is None else draft.shelf,
        )
        for line, draft in zip(priced, drafts, strict=True)
    )


def _shelf(reader: Reader, product_id: int, store: str) -> int | None:
    """The display of a place as it was counted last; None where it never was."""
    shelf: int | None = reader.value(
        "SELECT display FROM stock_count WHERE product_id = :product AND location = :location"
        " ORDER BY id DESC LIMIT 1",
        product=product_id,
        location=store or place(reader),
    )
    return shelf


def place(reader: Reader) -> str:
    """Where goods are dispatched from."""
    return str(reader.value("SELECT dispatch_location FROM ledger_info WHERE id = 1"))


def completed(row: Row, facts: InquiryFacts, changes: Mapping[str, Any]) -> Reception:
    """An inquiry as it would be after changes; wishes come on top of those there are.

    What the stock made of other goods is forgotten.
    """
    same = ("need", "customer_id", "asked_by", "phone", "via", "intent", "payment", "store")
    before = Reception(
        **{name: row[name] for name in (*same, "accompanied_by")},
        lines=tuple(
            NotedDraft(line.product_id, line.quantity, line.unit_price_fen, line.shelf)
            for line in facts.lines
        ),
        wanted_by=facts.wanted_by,
    )
    asked = tuple(wish for wish in row["wishes"].split(",") if wish)
    wishes = (*asked, *changes.get("wishes", ()))
    if "lines" in changes and row["intent"] in rules.SHORTAGES:
        before = replace(before, intent="")
    return replace(before, **{**changes, "wishes": wishes})


def written(
    reader: Reader, wish: Reception, version: PolicyVersion, actor: Actor
) -> tuple[dict[str, Any], tuple[NotedLine, ...]]:
    """The columns and the lines of an inquiry as it is asked for; BadInput names what is odd."""
    policy = section(version)
    store = stock.location(reader, wish.store) if wish.store else ""
    noted_lines = note(reader, wish.lines, store, policy.most_lines)
    came_for = _intent(wish.intent, policy) or intent(reader, noted_lines)
    _refuse_strange(came_for, wish.wishes, policy)
    accompanied_by = staff.find(reader, wish.accompanied_by)["code"] if wish.accompanied_by else ""
    head = {
        "customer_id": wish.customer_id,
        "via": wish.via or _via(version, actor, policy),
        "asked_by": safe_text(wish.asked_by, field=_("name"), longest=40),
        "phone": _phone(reader, wish),
        "intent": came_for,
        "wishes": ",".join(rules.wishes_of(came_for, wish.wishes, policy.known())),
        "need": required_text(wish.need, field=_("need")),
        "store": store,
        "accompanied_by": accompanied_by,
        "wanted_by": wish.wanted_by,
        "payment": safe_text(wish.payment, field=_("payment"), longest=40),
    }
    return head, noted_lines


# The columns that the gates of the reception look at.
GATED = (
    *("via", "phone", "intent", "wanted_by", "payment", "store"),
    *("accompanied_by", "explained_by"),
)


def _intent(written: str, policy: InquiryPolicy) -> str:
    """The intent by its word or its number."""
    by_number = {str(one.number): one.id for one in policy.known()}
    return by_number.get(written, written)


def _refuse_strange(intent: str, wishes: Sequence[str], policy: InquiryPolicy) -> None:
    known = ["ordinary", *(one.id for one in policy.known())]
    strange = [word for word in wishes if word not in WISHES]
    strange += [] if intent in known else [intent]
    if strange:
        raise BadInput(
            _("{words} is nothing that customers come with").format(words=", ".join(strange)),
            code="E-INQ-003",
            cause=[_("one of: {words}").format(words=", ".join([*known, *WISHES]))],
        )


def _via(version: PolicyVersion, actor: Actor, policy: InquiryPolicy) -> str:
    """The reception that somebody stands for: the first of its roles that they hold."""
    rights = version.rights(actor.roles)
    held = [role for role in policy.receivers if role in actor.roles]
    return next(iter([*held, *(role for role in policy.receivers if role in rights)]), "")


def _phone(reader: Reader, wish: Reception) -> str:
    if wish.phone.strip():
        return parse_phone(wish.phone)
    if wish.customer_id is None:
        return ""
    return str(customers.by_id(reader, wish.customer_id)["phone"])


def intent(reader: Reader, noted_lines: Sequence[NotedLine]) -> str:
    """What the stock makes of the goods asked for."""
    wanted: dict[int, int] = {}
    for line in noted_lines:
        wanted[line.product_id] = wanted.get(line.product_id, 0) + line.quantity
    return rules.intent_of(stock.supplies(reader, wanted, place(reader)))


def facts(reader: Reader, row: Row) -> InquiryFacts:
    """An inquiry as its gates see it."""
    signed = approvals.signed(reader, row["approval_id"]) if row["approval"] else ()
    return InquiryFacts(
        **{name: row[name] for name in _SAME},
        lines=noted(lines(reader, row["id"])),
        wanted_by=_day(row["wanted_by"]),
        reply_due=_day(row["reply_due"]),
        answered_on=_day(row["answered_on"]),
        request=row["approval"],
        steps=approvals.steps(row["route"]),
        signed=signed,
    )


_SAME = (
    *("number", "via", "phone", "intent", "payment", "store", "accompanied_by"),
    *("explained_by", "recorded_by", "handed_to", "supply", "supply_by", "answered_by"),
)


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def document(row: Row) -> dict[str, Any]:
    """An inquiry as writing commands hand it to scripts; telephone numbers stay in the ledger."""
    return {
        "number": row["number"],
        "state": row["state"],
        "customer": row["customer"],
        "intent": row["intent"],
        "wishes": row["wishes"].split(",") if row["wishes"] else [],
        "reply_due": row["reply_due"] or "",
        "approval": row["approval"],
    }


def case(reader: Reader, row: Row, today: date) -> tuple[list[Gate], Mapping[str, tuple[str, ...]]]:
    """All gates of an inquiry, none of a closed one, and what each of them waits for."""
    if row["state"] not in OPEN:
        return [], rules.AFTER
    version = policy(reader, row)
    gates = rules.checklist(facts(reader, row), section(version), version.may, today)
    return gates, rules.AFTER


def cases(
    reader: Reader, today: date
) -> Iterator[tuple[dict[str, Any], list[Gate], Mapping[str, tuple[str, ...]]]]:
    """Every living inquiry with its gates and what they wait for, the most urgent first."""
    for row in listing(reader, OPEN):
        due = row["wanted_by"] if row["answered_on"] else row["reply_due"]
        document = {**dict(row), "need_by": due, "prepared_by": row["received_by"]}
        yield document, *case(reader, row, today)


def replies_overdue(reader: Reader, on: date) -> list[Finding]:
    """Customers who were to be called back before today and were not (RTL-REC-18)."""
    rows = reader.all(
        "SELECT * FROM v_inquiry WHERE reply_due < :today AND answered_on IS NULL"
        " AND state <> 'closed' ORDER BY reply_due, number",
        today=on.isoformat(),
    )
    found = []
    for row in rows:
        may = policy(reader, row).may["inquiry.answer"]
        gate = rules.replied(facts(reader, row), may, on)
        found.append(
            Finding(
                "replies_overdue", row["number"], gate.says, gate.rules, gate.command, soft=True
            )
        )
    return found
