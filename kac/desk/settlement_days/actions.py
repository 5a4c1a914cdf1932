"""Verbs of the settlement day: open, circulate, hand over, close, sign, archive, reopen."""

from __future__ import annotations

from kac.core.errors import NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.db import audit
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.papers import actions as papers
from kac.desk.papers import queries as paper_queries
from kac.desk.rosters.policy import SettlementPolicy, SignatureRule
from kac.desk.settlement_days import queries, rules
from kac.desk.settlement_days.rules import DayFacts
from kac.desk.settlement_days.states import RUNNING, SETTLEMENT_DAY
from kac.desk.staff.actions import require

SHEET = "settlement"


def open_(work: Work) -> Outcome:
    """Open the business day: by who is on its roster, and takes over what was left (HYP-FIN-04)."""
    from kac.desk.settlement_days.tables import SettlementDay

    require(work, "day.open")
    there = queries.of_day(work.reader, work.on)
    if there:
        raise Refused(
            _("{number} of {day} is opened").format(number=there["number"], day=work.on),
            code="E-DAY-005",
            rules=["HYP-FIN-04"],
            fix=[f"kac day status {there['number']}"],
        )
    require_open(
        rules.to_open(queries.opening(work.reader, work.actor.code, work.on), work.house().may),
        _("{day} cannot be opened by {actor}").format(day=work.on, actor=work.actor.code),
    )
    version = work.policy(queries.SET)
    row = work.add(
        SettlementDay(
            number=work.number("RJ"),
            officer=work.actor.code,
            state=SETTLEMENT_DAY.start,
            revision=1,
            circulated_to="",
            audit_seq=0,
            audit_hash="",
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("open day", row.number)
    left = queries.open_items(work.reader, work.on.isoformat())
    says = _("{number}: {day} is open, left over from before: {count}").format(
        number=row.number, day=work.on, count=len(left)
    )
    return _outcome(work, row.number, says, "kac day items", f"kac day status {row.number}")


def require_running(work: Work) -> None:
    """Pass on a day that is open; what was circulated of it no longer holds (HYP-FIN-05)."""
    row = queries.of_day(work.reader, work.on)
    number, state = (row["number"], row["state"]) if row else ("", "")
    require_open(
        [rules.running(number, state, work.on, work.house().may)],
        _("no money moves on {day}").format(day=work.on),
    )
    assert row is not None
    if state != "open":
        _move(work, row, "resume", _("money moved after the results were circulated"))


def circulate(work: Work, reference: str, to: str) -> Outcome:
    """Tell the department the day's results (HYP-FIN-07)."""
    row, _facts, _policy = _mine(work, "day.circulate", reference)
    whom = required_text(to, field=_("who is told"), longest=80)
    day = _row(work, row)
    day.circulated_to = whom
    work.move(day, SETTLEMENT_DAY, "circulate")
    left = queries.open_items(work.reader, row["on_day"])
    says = _("{number}: settled {done}, left over {left}, told to {whom}").format(
        number=row["number"],
        done=Money(row["settled_fen"]),
        left=Money(sum(each.amount_fen for each in left)),
        whom=whom,
    )
    way = f"kac day {'handover' if left else 'close'} {row['number']}"
    return _outcome(work, row["number"], says, way)


def hand_over(work: Work, reference: str, item: str = "", note: str = "") -> Outcome:
    """Hand what is left over to the next officer: all of it, or one special item with its note."""
    row, facts, _policy = _mine(work, "day.handover", reference)
    may = work.house().may
    waiting = [each.number for each in facts.items if each.number not in facts.handed]
    wanted = [_special(item, note, waiting)] if item else waiting
    require_open(
        [
            rules.money_kept(facts, may),
            rules.circulated(facts, may),
            rules.next_rostered(facts, may),
        ],
        _("nothing of {number} is handed over").format(number=row["number"]),
        refs={"day": row["number"]},
    )
    for number in wanted:
        _write_handover(work, row, facts.next_officer, number, bool(item), note)
    work.record("hand over", row["number"], to=facts.next_officer, items=",".join(wanted))
    if row["state"] == "circulated" and len(wanted) == len(waiting):
        _move(work, row, "hand_over")
    says = _("{number}: handed to {officer}: {items}").format(
        number=row["number"], officer=facts.next_officer, items=", ".join(wanted) or "-"
    )
    return _outcome(work, row["number"], says, f"kac day close {row['number']}")


def _special(item: str, note: str, waiting: list[str]) -> str:
    required_text(note, field=_("note"))
    found = [number for number in waiting if number == item.strip().upper()]
    if not found:
        raise Refused(
            _("{item} is not left over").format(item=item),
            code="E-DAY-006",
            rules=["HYP-FIN-09"],
            fix=["kac day items"],
        )
    return found[0]


def _write_handover(
    work: Work, row: Row, receiver: str, item: str, special: bool, note: str
) -> None:
    from kac.desk.settlement_days.tables import SettlementHandover

    work.add(
        SettlementHandover(
            settlement_day_id=row["id"],
            revision=row["revision"],
            item=item,
            giver=work.actor.code,
            receiver=receiver,
            special=special,
            note=safe_text(note, field=_("note")),
            on_day=work.on,
            at=work.now,
        )
    )


def close(work: Work, reference: str) -> Outcome:
    """Close the day: nothing lies about, and what is left over is handed over (HYP-FIN-01/08)."""
    row, facts, _policy = _mine(work, "day.close", reference)
    require_open(
        rules.to_close(facts, work.house().may),
        _("{number} of {day} cannot be closed").format(number=row["number"], day=row["on_day"]),
        refs={"day": row["number"]},
    )
    day = _row(work, row)
    day.audit_seq, day.audit_hash, _at = audit.head(work.connection)
    work.move(day, SETTLEMENT_DAY, "close")
    says = _("{number}: {day} is closed, audit head {seq}-{head}").format(
        number=row["number"], day=row["on_day"], seq=day.audit_seq, head=day.audit_hash[:8]
    )
    number = row["number"]
    return _outcome(work, number, says, f"kac day print {number}", f"kac day sign {number}")


def print_(work: Work, reference: str, reprint: str) -> Outcome:
    """Print the settlement confirmation of a closed day, with the head of the audit chain."""
    require(work, "day.print")
    row, facts, _policy = gathered(work, reference)
    require_open(
        [rules.closed(facts, work.house().may)],
        _("{number} has no confirmation yet").format(number=row["number"]),
        refs={"day": row["number"]},
    )
    printing = papers.hand_out(work, row["number"], SHEET, rules.SHEET, reprint)
    work.record("print", row["number"], printing=printing)
    says = _("{number}: the settlement confirmation is printed").format(number=row["number"])
    return _outcome(work, row["number"], says, f"kac day sign {row['number']}")


def sign(work: Work, reference: str) -> Outcome:
    """Sign the confirmation for one's side; never by the officer who made it (HYP-FIN-10/14)."""
    from kac.desk.settlement_days.tables import SettlementSignature

    require(work, "day.sign")
    row, facts, policy = gathered(work, reference)
    require_open(
        [rules.closed(facts, work.house().may)],
        _("{number} has no confirmation yet").format(number=row["number"]),
        refs={"day": row["number"]},
    )
    wanted = _side(work, facts, policy)
    work.add(
        SettlementSignature(
            settlement_day_id=row["id"],
            revision=row["revision"],
            side=wanted.side,
            staff=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("sign", row["number"], side=wanted.side)
    says = _("{number}: signed for {side}").format(
        number=row["number"], side=_(rules.SIDES[wanted.side])
    )
    _row_, facts, policy = gathered(work, row["number"])
    left = [each.side for each in policy.wanted() if each.side not in facts.signed]
    way = f"kac day {'sign' if left else 'archive'} {row['number']}"
    return _outcome(work, row["number"], says, way)


def _side(work: Work, facts: DayFacts, policy: SettlementPolicy) -> SignatureRule:
    """The side that this person signs for and that has not signed yet."""
    own = work.house().rights(work.actor.roles)
    mine = [each for each in policy.wanted() if not own.isdisjoint(each.roles)]
    free = [each for each in mine if each.side not in facts.signed]
    signed_already = work.actor.code in facts.signed.values()
    if not free or signed_already or work.actor.code == facts.officer:
        raise NotPermitted(
            _("{number} does not wait for {actor}").format(
                number=facts.number, actor=work.actor.code
            ),
            rules=[*(each.rule for each in policy.wanted()), "A-56"],
            fix=[f"kac day status {facts.number}"],
        )
    return free[0]


def archive(work: Work, reference: str) -> Outcome:
    """Take the signed sheet into the papers of the month; its keeper does (HYP-FIN-11, A-14)."""
    require(work, "day.archive")
    row, facts, policy = gathered(work, reference)
    SETTLEMENT_DAY.after(row["state"], "archive", subject=row["number"])
    require_open(
        rules.to_archive(facts, policy, work.actor.code, work.house().may),
        _("{number} does not go on file").format(number=row["number"]),
        refs={"day": row["number"]},
    )
    if paper_queries.copies(work.reader, row["number"], SHEET):
        papers.mark(work, row["number"], SHEET, "original", "archived", "settlement_keeper")
    _move(work, row, "archive")
    says = _("{number} is on file of {month} with {keeper}").format(
        number=row["number"], month=row["on_day"][:7], keeper=work.actor.code
    )
    return _outcome(work, row["number"], says)


def reopen(work: Work, reference: str, reason: str) -> Outcome:
    """Open a closed day again before it is on file; its signatures are void (HYP-FIN-10)."""
    require(work, "day.reopen")
    why = required_text(reason, field=_("reason"))
    row, _facts, _policy = gathered(work, reference)
    SETTLEMENT_DAY.after(row["state"], "reopen", subject=row["number"])
    after = queries.later(work.reader, row["on_day"])
    if after:
        raise Refused(
            _("{number} was opened after it, and took over").format(number=after["number"]),
            code="E-DAY-007",
            rules=["HYP-FIN-08"],
            fix=[f"kac day status {after['number']}"],
        )
    day = _row(work, row)
    day.revision += 1
    day.end_reason = why
    work.move(day, SETTLEMENT_DAY, "reopen", why)
    if paper_queries.copies(work.reader, row["number"], SHEET):
        papers.mark(work, row["number"], SHEET, "original", "voided", "bulk_department", why)
    says = _("{number} of {day} is open again: {reason}").format(
        number=row["number"], day=row["on_day"], reason=why
    )
    return _outcome(work, row["number"], says, f"kac day status {row['number']}")


def gathered(work: Work, reference: str) -> tuple[Row, DayFacts, SettlementPolicy]:
    """The day meant, its facts, and the policy that judges it."""
    row = queries.find(work.reader, reference, work.speaker)
    return row, queries.facts(work.reader, row), queries.policy(work.reader, row)


def _mine(work: Work, verb: str, reference: str) -> tuple[Row, DayFacts, SettlementPolicy]:
    """The day meant, for the officer who is responsible for it."""
    require(work, verb)
    row, facts, policy = gathered(work, reference)
    if row["officer"] != work.actor.code:
        raise NotPermitted(
            _("{number} is {officer}'s day").format(number=row["number"], officer=row["officer"]),
            rules=["HYP-FIN-04"],
            fix=[f"kac day status {row['number']}"],
        )
    if row["state"] not in RUNNING:
        SETTLEMENT_DAY.after(row["state"], "close", subject=row["number"])
    return row, facts, policy


def _row(work: Work, row: Row):  # type: ignore[no-untyped-def]
    from kac.desk.settlement_days.tables import SettlementDay

    return work.get(SettlementDay, row["id"])


def _move(work: Work, row: Row, verb: str, reason: str = "") -> None:
    work.move(_row(work, row), SETTLEMENT_DAY, verb, reason)


def _outcome(work: Work, number: str, says: str, *hints: str) -> Outcome:
    row = queries.by_number(work.reader, number)
    document = {
        "number": number,
        "state": row["state"],
        "day": row["on_day"],
        "officer": row["officer"],
        "revision": row["revision"],
        "audit": f"{row['audit_seq']}-{row['audit_hash']}" if row["audit_seq"] else "",
    }
    return Outcome(document, (says,), hints)
