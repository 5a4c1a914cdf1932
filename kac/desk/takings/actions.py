"""Verbs of takings: report money, vouch for it, keep it, settle it, give it back."""

from __future__ import annotations

import unicodedata
from datetime import date

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.card_sales import actions as sales
from kac.desk.card_sales import rules as sale_rules
from kac.desk.credits.policy import CountyPolicy
from kac.desk.customers import queries as customers
from kac.desk.settlement_days import actions as days
from kac.desk.staff import queries as staff
from kac.desk.staff.actions import require
from kac.desk.takings import postings, queries, rules
from kac.desk.takings.policy import TakingPolicy
from kac.desk.takings.rules import Debt, Note, TakingFacts
from kac.desk.takings.states import FUNDS, TAKING
from kac.desk.wholesale import actions as wholesale
from kac.desk.wholesale import rules as wholesale_rules
from kac.ledger import journal

# The numbers of goods; everything else that money is reported for are cards.
_GOODS = "PF"


@dataclass(frozen=True)
class Report:
    """Money as a business manager reports it: four fields, and the number of cheque or transfer."""

    amount: Money
    funds: str
    notes: str
    reference: str = ""


def report(work: Work, reference: str, said: Report) -> Outcome:
    """Report money to the officer of the day: unit, amount, funds, notes (HYP-FIN-05)."""
    from kac.desk.takings.tables import Taking

    require(work, "day.item")
    days.require_running(work)
    tidy = _tidied(work, said)
    debt = _debt(work, reference)
    require_open(
        [
            *debt.gates,
            rules.not_too_much(tidy.amount, debt.owed_fen, debt.carried_fen, debt.number),
        ],
        _("no money is taken for {document}").format(document=debt.number),
        refs={"document": debt.number},
    )
    # After this point the money must be recorded.
    version = work.policy(queries.SET)
    taking = work.add(
        Taking(
            number=work.number("JS"),
            kind=debt.kind,
            document=debt.number,
            customer_id=debt.customer_id,
            amount_fen=tidy.amount.fen,
            funds=tidy.funds,
            reference=tidy.reference,
            notes=tidy.notes,
            manager=work.actor.code,
            state=TAKING.start,
            place="",
            settled_by="",
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            on_day=work.on,
            at=work.now,
        )
    )
    policy = version.section("takings", TakingPolicy)
    if tidy.funds in policy.carried:
        journal.post(work, postings.reported(taking.number, debt.kind, tidy.amount))
    work.record("report money", taking.number, document=debt.number, amount_fen=tidy.amount.fen)
    return _reported(work, taking.number, policy)


def _reported(work: Work, number: str, policy: TakingPolicy) -> Outcome:
    row = queries.by_number(work.reader, number)
    county = work.policy(queries.SET).section("county", CountyPolicy)
    facts = queries.facts(row, county)
    warning = rules.county_warning(facts.funds, county.preferred, facts.outside)
    says = _("{number}: {amount} of {customer} for {document}, {funds}").format(
        number=number,
        amount=Money(row["amount_fen"]),
        customer=row["customer_name"],
        document=row["document"],
        funds=_(FUNDS[row["funds"]]),
    )
    way = f"kac day settle {number}"
    if facts.funds in policy.vouchers:
        way = f"kac day voucher {number} --ref …"
    return outcome(work, number, (says, *([warning] if warning else [])), way)


def _debt(work: Work, reference: str) -> Debt:
    if reference.strip().upper().startswith(_GOODS):
        return _debt_of_goods(work, reference)
    sale, facts, may = sales.gathered(work, reference)
    return Debt(
        "card",
        sale["number"],
        sale["customer_id"],
        facts.owed_fen,
        facts.carried_fen,
        tuple(sale_rules.to_collect(facts, may)),
        iou_withdrawn=facts.iou_state == "withdrawn",
    )


def _debt_of_goods(work: Work, reference: str) -> Debt:
    sale, facts, may = wholesale.gathered(work, reference)
    return Debt(
        "goods",
        sale["number"],
        sale["customer_id"],
        facts.owed_fen,
        facts.carried_fen,
        tuple(wholesale_rules.to_collect(facts, may)),
        spot_gone=not facts.on_credit and facts.state in ("delivered", "settled"),
    )


def _tidied(work: Work, said: Report) -> Report:
    if said.amount.fen <= 0:
        raise BadInput(
            _("{amount} is not an amount to receive").format(amount=said.amount), code="E-VAL-010"
        )
    written = unicodedata.normalize("NFKC", said.reference)
    reference = safe_text(written, field=_("reference"), longest=60)
    if said.funds != "cash" and not reference:
        raise BadInput(
            _("{funds} has a number of its own: --ref NUMBER").format(funds=_(FUNDS[said.funds])),
            code="E-TAK-001",
            rules=["HYP-FIN-05"],
        )
    known = work.reader.first(
        "SELECT number FROM taking WHERE funds = :funds AND upper(reference) = :reference"
        " AND reference <> '' AND state <> 'returned'",
        funds=said.funds,
        reference=reference.upper(),
    )
    if known:
        raise Refused(
            _("{reference} has been reported as {number}").format(
                reference=reference, number=known["number"]
            ),
            code="E-TAK-002",
            rules=["HYP-FIN-06"],
            fix=[f"kac day show {known['number']}"],
        )
    notes = required_text(said.notes, field=_("notes"))
    return Report(said.amount, said.funds, notes, reference)


def vouch(work: Work, reference: str, voucher: str) -> Outcome:
    """The e-bank auditor confirms that money arrived, and gives the voucher (HYP-FIN-12)."""
    row, facts, policy = mine(work, "day.voucher", reference)
    waits = facts.state in ("with_manager", "in_custody") and not facts.voucher
    if facts.funds not in policy.vouchers or facts.cheque or not waits:
        raise Refused(
            _("{number} waits for no voucher").format(number=facts.number),
            code="E-TAK-003",
            rules=["HYP-FIN-12"],
            fix=[f"kac day show {facts.number}"],
        )
    paper = write_voucher(work, row, voucher)
    says = _("{number}: {amount} has arrived, voucher {voucher}").format(
        number=facts.number, amount=Money(facts.amount_fen), voucher=paper
    )
    return outcome(work, facts.number, (says,), f"kac day settle {facts.number}")


def write_voucher(work: Work, row: Row, voucher: str) -> str:
    """Write down the voucher for money of which the caller has judged that it can have one."""
    from kac.desk.takings.tables import TakingVoucher

    latest = max(row["on_day"], row["presented_on"] or "")
    work.require_not_before(date.fromisoformat(latest), row["number"])
    paper = required_text(voucher, field=_("voucher"), longest=60)
    if work.reader.first("SELECT 1 FROM taking_voucher WHERE reference = :ref", ref=paper):
        raise Refused(
            _("voucher {voucher} was given before").format(voucher=paper),
            code="E-TAK-004",
            rules=["HYP-FIN-12"],
        )
    work.add(
        TakingVoucher(
            taking_id=row["id"],
            reference=paper,
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("vouch", row["number"], voucher=paper)
    return paper


def present(work: Work, row: Row) -> None:
    """Book a cheque as the bank's, out of the hand or the custody that it was in."""
    TAKING.after(row["state"], "bank", subject=row["number"])
    journal.post(work, postings.presented(row["number"], row["state"], Money(row["amount_fen"])))
    _move(work, row, "bank")


def keep(work: Work, reference: str, note: Note) -> Outcome:
    """Put cash or a cheque into the department's custody, with its note (HYP-FIN-01/02)."""
    from kac.desk.takings.tables import CustodyNote

    row, facts, policy = mine(work, "day.custody", reference)
    days.require_running(work)
    TAKING.after(facts.state, "custody", subject=facts.number)
    tidy = _noted(work, note)
    require_open(
        [*rules.to_hold(facts, tidy, policy), rules.of_its_unit(tidy, row["customer_name"])],
        _("{number} is not taken into custody").format(number=facts.number),
        refs={"taking": facts.number},
    )
    work.add(
        CustodyNote(
            taking_id=row["id"],
            unit=tidy.unit,
            manager=tidy.manager,
            custodian=tidy.custodian,
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    _move(work, row, "custody")
    journal.post(work, postings.in_custody(facts.number, Money(facts.amount_fen)))
    says = _("{number}: {amount} of {unit} is kept by {custodian}").format(
        number=facts.number,
        amount=Money(facts.amount_fen),
        unit=tidy.unit,
        custodian=tidy.custodian,
    )
    return outcome(work, facts.number, (says,), f"kac day settle {facts.number}")


def _noted(work: Work, note: Note) -> Note:
    """The note with the codes and names of the people and the unit that it means."""
    manager = staff.find(work.reader, note.manager)["code"] if note.manager else ""
    unit = customers.find(work.reader, note.unit)["name"] if note.unit else ""
    return Note(manager, unit, staff.find(work.reader, note.custodian)["code"])


def settle(work: Work, reference: str, place: str) -> Outcome:
    """Settle one item at the finance window (HYP-FIN-06, HYP-FIN-13); not by whoever carried it."""
    from kac.desk.takings.tables import Taking

    row, facts, policy = mine(work, "day.settle", reference)
    days.require_running(work)
    TAKING.after(facts.state, "settle", subject=facts.number)
    refuse_own(work, facts)
    may = work.house().may
    require_open(
        [
            rules.in_place(facts, place, policy),
            rules.vouched(facts, policy, may),
            *_debt(work, facts.document).gates,
        ],
        _("{number} cannot be settled").format(number=facts.number),
        refs={"taking": facts.number, "document": facts.document},
    )
    amount = Money(facts.amount_fen)
    carried = facts.funds in policy.carried
    journal.post(
        work,
        postings.settled(facts.number, facts.kind, facts.funds, facts.state, carried, amount),
    )
    taking = work.get(Taking, row["id"])
    taking.place, taking.settled_by, taking.settled_on = place, work.actor.code, work.on
    work.move(taking, TAKING, "settle")
    _settle_up(work, facts)
    owed = Money(_debt(work, facts.document).owed_fen)
    says = _("{number}: {amount} settled for {document}, {owed} still owed").format(
        number=facts.number, amount=amount, document=facts.document, owed=owed
    )
    return outcome(work, facts.number, (says,), *_after(facts, owed))


def _after(facts: TakingFacts, owed: Money) -> tuple[str, ...]:
    if owed.fen > 0:
        return (f"kac day item {facts.document} --amount {owed.plain()} --funds …",)
    return (_shown(facts),)


def _shown(facts: TakingFacts) -> str:
    noun = "wholesale" if facts.kind == "goods" else "card"
    return f"kac {noun} show {facts.document}"


def give_back(work: Work, reference: str, reason: str) -> Outcome:
    """Give money back, or take a bounced cheque out again: the customer owes it as before."""
    why = required_text(reason, field=_("reason"))
    row, facts, policy = mine(work, "day.return", reference)
    days.require_running(work)
    TAKING.after(facts.state, "return", subject=facts.number)
    refuse_own(work, facts)
    require_open(
        rules.stays(facts, _debt(work, facts.document)),
        _("{number} is not given back").format(number=facts.number),
        refs={"taking": facts.number, "document": facts.document},
    )
    _refuse_who_settled(work, row)
    amount = Money(facts.amount_fen)
    carried = facts.funds in policy.carried
    entry = postings.returned(facts.number, facts.kind, facts.funds, facts.state, carried, amount)
    if entry:
        journal.post(work, entry)
    _move(work, row, "return", why)
    _settle_up(work, facts)
    says = _("{number}: {amount} is given back: {reason}").format(
        number=facts.number, amount=amount, reason=why
    )
    return outcome(work, facts.number, (says,), _shown(facts))


def _settle_up(work: Work, facts: TakingFacts) -> None:
    noun = wholesale if facts.kind == "goods" else sales
    noun.settle_up(work, facts.document)


def _refuse_who_settled(work: Work, row: Row) -> None:
    """Money that finance has goes out of the window by another hand than took it in (A-56)."""
    if row["state"] == "settled" and row["settled_by"] == work.actor.code:
        raise NotPermitted(
            _("{actor} settled {number} and does not give it back").format(
                actor=work.actor.code, number=row["number"]
            ),
            rules=["HYP-FIN-06", "A-56"],
        )


def refuse_own(work: Work, facts: TakingFacts) -> None:
    """Pass unless the actor took the money (HYP-FIN-06, A-56)."""
    if facts.manager == work.actor.code:
        raise NotPermitted(
            _("{actor} took {number} and does not settle it").format(
                actor=work.actor.code, number=facts.number
            ),
            rules=["HYP-FIN-06", "A-56"],
        )


def mine(work: Work, verb: str, reference: str) -> tuple[Row, TakingFacts, TakingPolicy]:
    """Money that the actor may do a verb with: its row, its facts, and what judges it."""
    require(work, verb)
    row = queries.find(work.reader, reference, work.speaker)
    county = work.policy(queries.SET).section("county", CountyPolicy)
    return row, queries.facts(row, county), queries.policy(work.reader, row)


def _move(work: Work, row: Row, verb: str, reason: str = "") -> None:
    from kac.desk.takings.tables import Taking

    taking = work.get(Taking, row["id"])
    taking.end_reason = reason
    if verb == "return":
        taking.returned_on = work.on
    work.move(taking, TAKING, verb, reason)


def outcome(work: Work, number: str, says: tuple[str, ...], *hints: str) -> Outcome:
    """What a verb tells of money, and hands to scripts."""
    row = queries.by_number(work.reader, number)
    document = {
        "number": number,
        "state": row["state"],
        "document": row["document"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
        "funds": row["funds"],
        "voucher": row["voucher"],
    }
    return Outcome(document, says, hints)
