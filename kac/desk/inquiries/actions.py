"""Verbs of the inquiry: take it down, file it, hand it over, complete it, answer and close it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kac.core.errors import BadInput, Refused
from kac.core.gates import Gate
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.identifiers import parse_phone
from kac.core.text import required_text, safe_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals import rules as approval_rules
from kac.desk.approvals.actions import Subject
from kac.desk.customers.queries import by_id as customer_by_id
from kac.desk.inquiries import queries, rules
from kac.desk.inquiries.policy import InquiryPolicy
from kac.desk.inquiries.rules import InquiryFacts, NotedDraft, NotedLine
from kac.desk.inquiries.states import INQUIRY, WISHES
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require
from kac.desk.stock.queries import location as known_location
from kac.desk.workdays import queries as workdays

if TYPE_CHECKING:
    from kac.desk.inquiries.tables import Inquiry


@dataclass(frozen=True)
class Reception:
    """What reception writes down. An empty `via` is the role of who writes, an empty `intent`
    what the stock makes of the goods; an empty `answer` leaves a call back owed.
    """

    need: str
    customer_id: int | None = None
    asked_by: str = ""
    phone: str = ""
    via: str = ""
    intent: str = ""
    lines: tuple[NotedDraft, ...] = ()
    wishes: tuple[str, ...] = ()
    wanted_by: date | None = None
    payment: str = ""
    store: str = ""
    accompanied_by: str = ""
    explained: bool = False
    answer: str = ""
    opinion: str = ""


@dataclass(frozen=True)
class Addition:
    """What is learned about an inquiry later; None and empty values leave it as it is.

    `lines`, where there are any, take the place of all lines before.
    """

    lines: tuple[NotedDraft, ...] = ()
    wishes: tuple[str, ...] = ()
    wanted_by: date | None = None
    payment: str = ""
    store: str = ""
    accompanied_by: str = ""
    explained: bool = False
    phone: str = ""


def new(work: Work, wish: Reception) -> Outcome:
    """Take an inquiry down (FLW-REC-01..03, RTL-REC-06..12, RTL-REC-18, BLK-REC-01..04).

    What customer service takes down is on file at once; what a manager has to release is asked
    for at once.
    """
    from kac.desk.inquiries.tables import Inquiry

    require(work, "inquiry.new")
    version = work.policy()
    policy = queries.section(version)
    if wish.answer:
        require(work, "inquiry.answer")
    calendar = workdays.calendar(work.reader, work.on)
    due = None if wish.answer else calendar.end_of(work.on, policy.reply_working_days)
    lines = queries.note(work.reader, wish.lines, _store(work, wish.store), policy.most_lines)
    head = _head(work, wish, policy, lines)
    require_open(
        rules.to_take_down(_facts(head, lines, due), policy),
        _("the inquiry cannot be taken down, and was not written"),
    )
    # After this point the inquiry must be written.
    row = work.add(
        Inquiry(
            number=work.number("XJ"),
            state=INQUIRY.start,
            revision=1,
            reply_due=due,
            received_by=work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
            **head,
        )
    )
    _write_lines(work, row, lines)
    work.record("take down", row.number, intent=row.intent, wishes=row.wishes)
    if work.actor.holds(*policy.files):
        _step(work, row, "recorded")
        work.move(row, INQUIRY, "record")
    if wish.answer:
        _step(work, row, "answered", said=_said(wish.answer), opinion=_said(wish.opinion))
    _ask(work, row)
    guesses = workdays.guesses(calendar, work.on, due) if due else ()
    return _taken_down(work, row.number, guesses)


def edit(work: Work, reference: str, addition: Addition) -> Outcome:
    """Complete an inquiry: goods, day, payment, wishes, what was explained (RTL-REC-07..12).

    A wish that nobody has released yet asks a manager anew, for all of them.
    """
    require(work, "inquiry.new")
    row, facts, policy = gathered(work, reference)
    INQUIRY.after(row["state"], "edit", subject=row["number"])
    store = _store(work, addition.store) or row["store"]
    lines = facts.lines
    if addition.lines:
        lines = queries.note(work.reader, addition.lines, store, policy.most_lines)
    changes = _changes(work, row, addition, store)
    after = replace(
        facts,
        lines=lines,
        **{name: changes[name] for name in _GATED if name in changes},
    )
    require_open(
        rules.to_take_down(after, policy),
        _("{number} cannot be changed").format(number=row["number"]),
        refs={"inquiry": row["number"]},
    )
    # After this point the inquiry must be changed.
    inquiry = _row(work, row["id"])
    for name, value in changes.items():
        setattr(inquiry, name, value)
    inquiry.revision += 1
    work.move(inquiry, INQUIRY, "edit", _("goods or terms completed"))
    _write_lines(work, inquiry, lines)
    asked = set(row["wishes"].split(",")) - {""}
    if set(addition.wishes) <= asked:
        _keep(work, row, inquiry, facts)
    else:
        approvals.supersede(work, inquiry.number, _("there is more to release"))
        _ask(work, inquiry)
    return _said_of(work, row["number"], _("{number} is completed"))


_GATED = ("wanted_by", "payment", "store", "accompanied_by", "explained_by", "phone")


def record(work: Work, reference: str) -> Outcome:
    """Put an inquiry on file with customer service, which follows it up (BLK-REC-01)."""
    require(work, "inquiry.record")
    row, facts, _policy = gathered(work, reference)
    if facts.recorded_by:
        raise Refused(
            _("{number} is on file already, by {staff}").format(
                number=row["number"], staff=facts.recorded_by
            ),
            code="E-INQ-001",
            rules=["BLK-REC-01"],
        )
    inquiry = _row(work, row["id"])
    work.move(inquiry, INQUIRY, "record")
    _step(work, inquiry, "recorded", said=_said(work.note))
    return _said_of(work, row["number"], _("{number} is on file with customer service"))


def hand_over(work: Work, reference: str, to: str) -> Outcome:
    """Lead the customer to a specialist and hand the inquiry over (BLK-REC-03)."""
    require(work, "inquiry.handover")
    row, _facts_, policy = gathered(work, reference)
    taker = staff.actor(work.reader, to)
    require_open(
        [rules.takes_over(taker.code, sorted(taker.roles), policy)],
        _("{number} cannot be handed over to {staff}").format(
            number=row["number"], staff=taker.code
        ),
        refs={"inquiry": row["number"]},
    )
    inquiry = _row(work, row["id"])
    work.move(inquiry, INQUIRY, "hand_over")
    _step(work, inquiry, "handed_over", other=taker.code, said=_said(work.note))
    says = _("{number} is handed over to {staff}")
    return _said_of(work, row["number"], says, staff=taker.name)


def supply(work: Work, reference: str, verdict: str) -> Outcome:
    """Say for logistics or purchasing whether the goods can be had (RTL-REC-13, RTL-REC-19)."""
    require(work, "inquiry.supply")
    row, facts, _policy = gathered(work, reference)
    INQUIRY.after(row["state"], "edit", subject=row["number"])
    require_open(
        [rules.items_named(facts)],
        _("nothing can be said about the supply of {number}").format(number=row["number"]),
        refs={"inquiry": row["number"]},
    )
    _step(work, _row(work, row["id"]), "supply", verdict=verdict, said=_said(work.note))
    work.record("answer supply", row["number"], verdict=verdict)
    says = _("{number}: the need can be met")
    if verdict == "no":
        says = _("{number}: the need cannot be met")
    return _said_of(work, row["number"], says)


def answer(work: Work, reference: str, reply: str, opinion: str = "") -> Outcome:
    """Answer the customer, by telephone within one working day (RTL-REC-18, CRG-CNT-02)."""
    require(work, "inquiry.answer")
    row, facts, policy = gathered(work, reference)
    INQUIRY.after(row["state"], "answer", subject=row["number"])
    require_open(
        [
            rules.handed_over(facts, policy, _may(work, row)["inquiry.handover"]),
            rules.responded(_said(reply)),
        ],
        _("{number} cannot be answered").format(number=row["number"]),
        refs={"inquiry": row["number"]},
    )
    inquiry = _row(work, row["id"])
    work.move(inquiry, INQUIRY, "answer")
    _step(work, inquiry, "answered", said=_said(reply), opinion=_said(opinion))
    return _said_of(work, row["number"], _("{number} is answered"))


def close(work: Work, reference: str, reason: str) -> Outcome:
    """Close an inquiry that is on file, answered, and waits for no release (BLK-REC-01)."""
    require(work, "inquiry.close")
    why = required_text(reason, field=_("reason"))
    row, facts, policy = gathered(work, reference)
    INQUIRY.after(row["state"], "close", subject=row["number"])
    require_open(
        rules.to_close(facts, policy, _may(work, row), work.on),
        _("{number} cannot be closed").format(number=row["number"]),
        refs={"inquiry": row["number"]},
    )
    inquiry = _row(work, row["id"])
    work.move(inquiry, INQUIRY, "close", why)
    _step(work, inquiry, "closed", said=why)
    return _said_of(work, row["number"], _("{number} is closed"))


def release(work: Work, reference: str, on_behalf_of: str = "") -> Outcome:
    """Release what a manager or the manager on duty has to (BLK-ESC-06, BLK-INT-09, A-55)."""
    row = queries.find(work.reader, reference, work.speaker)
    if not row["approval"]:
        raise Refused(
            _("nothing of {number} waits for a release").format(number=row["number"]),
            code="E-INQ-002",
            rules=["BLK-ESC-07"],
            fix=[f"kac inquiry show {row['number']}"],
        )
    signed = approvals.ok(work, row["approval"], on_behalf_of=on_behalf_of)
    after = queries.find(work.reader, row["number"], work.speaker)
    waits = {"waits_for": signed.document["waits_for"]}
    hints = (f"kac inquiry show {row['number']}",)
    return Outcome({**queries.document(after), **waits}, signed.says, hints)


def to_be_quoted(work: Work, reference: str) -> Row:
    """The inquiry that a quotation answers, where nothing holds a quotation up (FLW-AFT-04)."""
    row, facts, policy = gathered(work, reference)
    INQUIRY.after(row["state"], "quote", subject=row["number"])
    require_open(
        rules.to_quote(facts, policy, _may(work, row)),
        _("{number} cannot be quoted for yet").format(number=row["number"]),
        refs={"inquiry": row["number"]},
    )
    return row


def quoted(work: Work, inquiry_id: int, customer_id: int, quotation: str) -> None:
    """Note the quotation that was made, and the customer where none was known."""
    inquiry = _row(work, inquiry_id)
    inquiry.customer_id = inquiry.customer_id or customer_id
    work.move(inquiry, INQUIRY, "quote", quotation)


def gathered(work: Work, reference: str) -> tuple[Row, InquiryFacts, InquiryPolicy]:
    """The inquiry meant, its facts, and the policy that judges it."""
    row = queries.find(work.reader, reference, work.speaker)
    policy = queries.section(queries.policy(work.reader, row))
    return row, queries.facts(work.reader, row), policy


def _may(work: Work, row: Row) -> dict[str, tuple[str, ...]]:
    return queries.policy(work.reader, row).may


def _row(work: Work, inquiry_id: int) -> Inquiry:
    from kac.desk.inquiries.tables import Inquiry

    return work.get(Inquiry, inquiry_id)


def _store(work: Work, written: str) -> str:
    return known_location(work.reader, written) if written else ""


def _said(text: str) -> str:
    return safe_text(text, field=_("text"), longest=400)


def _head(
    work: Work, wish: Reception, policy: InquiryPolicy, lines: Sequence[NotedLine]
) -> dict[str, Any]:
    """The columns of an inquiry as they are asked for, tidied and completed."""
    strange = sorted(set(wish.wishes) - WISHES.keys())
    known = [intent.id for intent in policy.known()]
    intent = wish.intent or queries.intent(work.reader, lines)
    if strange or intent not in ("ordinary", *known):
        raise BadInput(
            _("{word} is nothing that customers come with").format(
                word=", ".join(strange) or intent
            ),
            code="E-INQ-003",
            cause=[_("one of: {words}").format(words=", ".join([*known, *WISHES]))],
        )
    return {
        "customer_id": wish.customer_id,
        "via": wish.via or _via(work, policy),
        "asked_by": safe_text(wish.asked_by, field=_("name"), longest=40),
        "phone": _phone(work, wish),
        "intent": intent,
        "wishes": ",".join(rules.wishes_of(intent, wish.wishes, policy.known())),
        "need": required_text(wish.need, field=_("need")),
        "store": _store(work, wish.store),
        "accompanied_by": _accompanying(work, wish.accompanied_by),
        "explained_by": work.actor.code if wish.explained else "",
        "wanted_by": wish.wanted_by,
        "payment": safe_text(wish.payment, field=_("payment"), longest=40),
    }


def _via(work: Work, policy: InquiryPolicy) -> str:
    """The reception that somebody stands for: the first of its roles that they hold."""
    rights = work.policy().rights(work.actor.roles)
    held = [role for role in policy.receivers if role in work.actor.roles]
    return next(iter([*held, *(role for role in policy.receivers if role in rights)]), "")


def _phone(work: Work, wish: Reception) -> str:
    if wish.phone.strip():
        return parse_phone(wish.phone)
    if wish.customer_id is None:
        return ""
    return str(customer_by_id(work.reader, wish.customer_id)["phone"])


def _accompanying(work: Work, code: str) -> str:
    return str(staff.find(work.reader, code)["code"]) if code else ""


def _facts(head: dict[str, Any], lines: tuple[NotedLine, ...], due: date | None) -> InquiryFacts:
    """An inquiry that is only now being taken down."""
    same = ("via", "phone", "intent", "wanted_by", "payment", "store", "accompanied_by")
    return InquiryFacts(
        **{name: head[name] for name in (*same, "explained_by")},
        number="",
        state=INQUIRY.start,
        lines=lines,
        recorded_by="",
        handed_to="",
        supply="",
        supply_by="",
        reply_due=due,
        answered_on=None,
        answered_by="",
        request="",
        steps=(),
        signed=(),
    )


def _changes(work: Work, row: Row, addition: Addition, store: str) -> dict[str, Any]:
    changes: dict[str, Any] = {"store": store}
    if addition.wanted_by is not None:
        changes["wanted_by"] = addition.wanted_by
    if addition.payment:
        changes["payment"] = safe_text(addition.payment, field=_("payment"), longest=40)
    if addition.accompanied_by:
        changes["accompanied_by"] = _accompanying(work, addition.accompanied_by)
    if addition.explained:
        changes["explained_by"] = work.actor.code
    if addition.phone.strip():
        changes["phone"] = parse_phone(addition.phone)
    wishes = {*row["wishes"].split(","), *addition.wishes} - {""}
    changes["wishes"] = ",".join(sorted(wishes))
    return changes


def _write_lines(work: Work, inquiry: Inquiry, lines: Sequence[NotedLine]) -> None:
    from kac.desk.inquiries.tables import InquiryLine

    names = ("line", "product_id", "quantity", "unit_price_fen", "shelf")
    work.add_all(
        [
            InquiryLine(
                inquiry_id=inquiry.id,
                revision=inquiry.revision,
                **{name: getattr(line, name) for name in names},
            )
            for line in lines
        ]
    )


def _step(
    work: Work,
    inquiry: Inquiry,
    step: str,
    *,
    other: str = "",
    verdict: str = "",
    said: str = "",
    opinion: str = "",
) -> None:
    from kac.desk.inquiries.tables import InquiryStep

    work.add(
        InquiryStep(
            inquiry_id=inquiry.id,
            step=step,
            staff=work.actor.code,
            other=other,
            verdict=verdict,
            said=said,
            opinion=opinion,
            on_day=work.on,
            at=work.now,
        )
    )


def _ask(work: Work, inquiry: Inquiry) -> str:
    """Ask for the releases of everything wished for."""
    wishes = [wish for wish in inquiry.wishes.split(",") if wish]
    version = queries.policy(work.reader, _as_row(inquiry))
    return approvals.request(work, _subject(inquiry), queries.route(version, wishes), _frozen(inquiry))


def _keep(work: Work, before: Row, inquiry: Inquiry, facts: InquiryFacts) -> None:
    """Carry the releases over to the completed version: nothing more is asked for."""
    if not before["approval"]:
        return
    approvals.supersede(work, inquiry.number, _("the inquiry was completed"))
    held = approval_rules.carried(facts.steps, facts.signed, facts.steps)
    approvals.request(
        work, _subject(inquiry), facts.steps, _frozen(inquiry), held, before["approval"]
    )


def _subject(inquiry: Inquiry) -> Subject:
    return Subject(
        kind="inquiry",
        number=inquiry.number,
        revision=inquiry.revision,
        maker=inquiry.received_by,
        policy_set=inquiry.policy_set,
        policy_version=inquiry.policy_version,
        total_fen=0,
        customer_id=inquiry.customer_id,
    )


def _frozen(inquiry: Inquiry) -> dict[str, Any]:
    return {"intent": inquiry.intent, "wishes": inquiry.wishes, "need": inquiry.need}
