"""Verbs of the inquiry: take it down, file it, hand it over, complete it, answer and close it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.text import required_text, safe_text
from kac.db.policybook import PolicyVersion
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.approvals import rules as approval_rules
from kac.desk.approvals.actions import Subject
from kac.desk.approvals.rules import Signed
from kac.desk.inquiries import queries, rules
from kac.desk.inquiries.policy import InquiryPolicy
from kac.desk.inquiries.rules import InquiryFacts, NotedLine, Reception
from kac.desk.inquiries.states import INQUIRY, INTENTS, POINTS, WISHES
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require
from kac.desk.workdays import queries as workdays

if TYPE_CHECKING:
    from kac.desk.inquiries.tables import Inquiry


def new(work: Work, wish: Reception) -> Outcome:
    """Take an inquiry down (FLW-REC-01..03, RTL-REC-06..12, RTL-REC-18, BLK-REC-01..04).

    What customer service takes down is on file at once; what a manager has to release is asked
    for at once.
    """
    from kac.desk.inquiries.tables import Inquiry

    require(work, "inquiry.new")
    if wish.answer:
        require(work, "inquiry.answer")
    version = work.policy()
    policy = queries.section(version)
    calendar = workdays.calendar(work.reader, work.on)
    due = None if wish.answer else calendar.end_of(work.on, policy.reply_working_days)
    head, lines = _written_down(work, wish, version, due)
    # After this point the inquiry must be written.
    inquiry = work.add(
        Inquiry(
            **head,
            number=work.number("XJ"),
            state=INQUIRY.start,
            revision=1,
            reply_due=due,
            received_by=work.actor.code,
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    _write_lines(work, inquiry, lines)
    work.record("take down", inquiry.number, intent=inquiry.intent, wishes=inquiry.wishes)
    if work.actor.holds(*policy.files):
        _step(work, inquiry, "recorded")
        work.move(inquiry, INQUIRY, "record")
    if wish.answer:
        _step(work, inquiry, "answered", said=_text(wish.answer), opinion=_text(wish.opinion))
    _ask(work, inquiry, version)
    return _taken_down(
        work, inquiry.number, policy, workdays.guesses(calendar, *filter(None, [due]))
    )


def edit(work: Work, reference: str, changes: Mapping[str, Any]) -> Outcome:
    """Complete an inquiry: goods, day, payment, wishes, what was explained (RTL-REC-07..12).

    `changes` are fields of a Reception; lines take the place of those before, wishes come on top.
    A wish that nobody has released yet asks a manager anew, for all of them.
    """
    require(work, "inquiry.edit")
    row, facts, _policy = gathered(work, reference)
    INQUIRY.after(row["state"], "edit", subject=row["number"])
    version = queries.policy(work.reader, row)
    wish = queries.completed(row, facts, changes)
    head, lines = _written_down(work, wish, version, facts.reply_due, row)
    # After this point the inquiry must be changed.
    inquiry = _row(work, row["id"])
    for name, value in head.items():
        setattr(inquiry, name, value)
    inquiry.revision += 1
    work.move(inquiry, INQUIRY, "edit", _("goods or terms completed"))
    _write_lines(work, inquiry, lines)
    approvals.supersede(work, inquiry.number, _("the inquiry was completed"))
    more = set(head["wishes"].split(",")) - set(row["wishes"].split(","))
    held = [] if more else approval_rules.carried(facts.steps, facts.signed, facts.steps)
    _ask(work, inquiry, version, held, row["approval"])
    return _told(work, row["number"], _("{number} is completed"))


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
    _step(work, inquiry, "recorded", said=_text(work.note))
    return _told(work, row["number"], _("{number} is on file with customer service"))


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
    _step(work, inquiry, "handed_over", other=taker.code, said=_text(work.note))
    says = _("{number} is handed over to {staff}")
    return _told(work, row["number"], says, staff=taker.name)


def supply(work: Work, reference: str, verdict: str) -> Outcome:
    """Say for logistics or purchasing whether the goods can be had (RTL-REC-13, RTL-REC-19)."""
    require(work, "inquiry.supply")
    row, facts, _policy = gathered(work, reference)
    INQUIRY.after(row["state"], "edit", subject=row["number"])
    require_open(
        [rules.items_named(facts, _may(work, row)["inquiry.edit"])],
        _("nothing can be said about the supply of {number}").format(number=row["number"]),
        refs={"inquiry": row["number"]},
    )
    _step(work, _row(work, row["id"]), "supply", verdict=verdict, said=_text(work.note))
    work.record("answer supply", row["number"], verdict=verdict)
    says = _("{number}: the need can be met")
    if verdict == "no":
        says = _("{number}: the need cannot be met")
    return _told(work, row["number"], says)


def answer(work: Work, reference: str, reply: str, opinion: str = "") -> Outcome:
    """Answer the customer, by telephone within one working day (RTL-REC-18, CRG-CNT-02)."""
    require(work, "inquiry.answer")
    row, facts, policy = gathered(work, reference)
    INQUIRY.after(row["state"], "answer", subject=row["number"])
    require_open(
        [
            rules.handed_over(facts, policy, _may(work, row)["inquiry.handover"]),
            rules.responded(row["number"], _text(reply)),
        ],
        _("{number} cannot be answered").format(number=row["number"]),
        refs={"inquiry": row["number"]},
    )
    inquiry = _row(work, row["id"])
    work.move(inquiry, INQUIRY, "answer")
    _step(work, inquiry, "answered", said=_text(reply), opinion=_text(opinion))
    return _told(work, row["number"], _("{number} is answered"))


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
    return _told(work, row["number"], _("{number} is closed"))


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


def _text(text: str) -> str:
    return safe_text(text, field=_("text"), longest=400)


def _written_down(
    work: Work, wish: Reception, version: PolicyVersion, due: date | None, row: Row | None = None
) -> tuple[dict[str, Any], tuple[NotedLine, ...]]:
    """The columns and the lines of an inquiry; refused where a gate of the reception is shut."""
    head, lines = queries.written(work.reader, wish, version, work.actor)
    explained_by = row["explained_by"] if row else ""
    head["explained_by"] = work.actor.code if wish.explained else explained_by
    told = {name: value for name, value in head.items() if name in queries.GATED}
    facts = InquiryFacts(**told, lines=lines, reply_due=due, number=row["number"] if row else "")
    require_open(
        rules.to_take_down(facts, queries.section(version)),
        _("the inquiry cannot be taken down like this"),
        refs={"inquiry": facts.number} if row else {},
    )
    return head, lines


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


def _step(work: Work, inquiry: Inquiry, step: str, **what: str) -> None:
    from kac.desk.inquiries.tables import InquiryStep

    blank = dict.fromkeys(("other", "verdict", "said", "opinion"), "")
    work.add(
        InquiryStep(
            **{**blank, **what},
            inquiry_id=inquiry.id,
            step=step,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )


def _ask(
    work: Work,
    inquiry: Inquiry,
    version: PolicyVersion,
    held: Sequence[Signed] = (),
    held_from: str = "",
) -> None:
    """Ask a manager to release everything that was wished for."""
    wishes = [wish for wish in inquiry.wishes.split(",") if wish]
    subject = Subject(
        kind="inquiry",
        number=inquiry.number,
        revision=inquiry.revision,
        maker=inquiry.received_by,
        policy_set=inquiry.policy_set,
        policy_version=inquiry.policy_version,
        total_fen=0,
        customer_id=inquiry.customer_id,
    )
    frozen = {"intent": inquiry.intent, "wishes": inquiry.wishes, "need": inquiry.need}
    steps = queries.route(version, wishes)
    approvals.request(work, subject, steps, frozen, held, held_from)


def _taken_down(work: Work, number: str, policy: InquiryPolicy, guesses: Sequence[str]) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    says = [
        _("{number} is taken down: {intent}").format(
            number=number, intent=_(INTENTS[row["intent"]])
        )
    ]
    if row["reply_due"]:
        says.append(_("to be called back by {day} 24:00").format(day=row["reply_due"]))
    if row["approval"]:
        asked = ", ".join(_(WISHES[wish]) for wish in row["wishes"].split(","))
        says.append(
            _("{request} asks a manager to release: {wishes}").format(
                request=row["approval"], wishes=asked
            )
        )
    if not row["explained_by"]:
        points = ", ".join(_(POINTS[point]) for point in policy.points)
        says.append(_("explain: {points}").format(points=points))
    return Outcome(queries.document(row), (*says, *guesses), _next(work, row))


def _told(work: Work, number: str, sentence: str, **words: str) -> Outcome:
    row = queries.find(work.reader, number, work.speaker)
    says = sentence.format(number=number, **words)
    return Outcome(queries.document(row), (says,), _next(work, row))


def _next(work: Work, row: Row) -> tuple[str, ...]:
    """What opens the gates that are shut."""
    gates, _after = queries.case(work.reader, row, work.on)
    return tuple(gate.command for gate in gates if not gate.open and gate.command)
