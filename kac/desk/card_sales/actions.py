"""Verbs of the sale of cards: order, make, receipt, deliver, agree the invoice, take back, void."""

from __future__ import annotations

from collections.abc import Sequence

from kac.core.capitals import amount_in_capitals, read_capitals
from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals.rules import CREDIT
from kac.desk.card_sales import postings, queries, rules
from kac.desk.card_sales.rules import CardSaleFacts
from kac.desk.card_sales.states import CARD_SALE
from kac.desk.cards import actions as cards
from kac.desk.cards import queries as card_queries
from kac.desk.cards.rules import CardRange, told
from kac.desk.credits import queries as credits
from kac.desk.credits import rules as credit_rules
from kac.desk.customers import queries as customers
from kac.desk.papers import actions as papers
from kac.desk.staff.actions import require
from kac.ledger import journal

SET = "hypermarket"
RECEIPT_COPIES = {"finance": "finance_window"}


@dataclass(frozen=True)
class Written:
    """A receipt as the customer wrote it by hand; without a seal it says why."""

    amount: Money
    words: str
    signer: str
    sealed: bool = False
    seal_reason: str = ""


def sell(work: Work, reference: str, amount: Money, credit: str = "") -> Outcome:
    """Take an order for cards: spot, or under an approved application for credit (HYP-CRE-05)."""
    from kac.desk.card_sales.tables import CardSale

    require(work, "card.sell")
    customer = customers.find(work.reader, reference)
    if amount.fen <= 0:
        raise BadInput(_("{amount} buys no card").format(amount=amount), code="E-VAL-010")
    application = _application(work, customer, amount, credit) if credit else None
    version = work.policy(SET)
    sale = work.add(
        CardSale(
            number=work.number("KS"),
            customer_id=customer["id"],
            credit_id=application["id"] if application else None,
            mode=CREDIT if application else "spot",
            amount_fen=amount.fen,
            state=CARD_SALE.start,
            delivered_to="",
            invoice_content="",
            end_reason="",
            policy_set=version.set,
            policy_version=version.version,
            prepared_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("order cards", sale.number, amount_fen=amount.fen)
    says = _("{number}: cards for {amount} ordered by {customer}").format(
        number=sale.number, amount=amount, customer=customer["name"]
    )
    next_step = f"kac card make {sale.number} --cards …"
    return _outcome(
        work, sale.number, says, next_step if credit else f"kac iou write {sale.number}"
    )


def _application(work: Work, customer: Row, amount: Money, reference: str) -> Row:
    row = credits.find(work.reader, reference, work.speaker)
    if row["customer_id"] != customer["id"]:
        raise Refused(
            _("{number} is for {other}, not for {customer}").format(
                number=row["number"], other=row["customer_name"], customer=customer["name"]
            ),
            code="E-CRD-002",
            rules=["HYP-CRE-05"],
        )
    standing = credits.standing(work.reader, row)
    require_open(
        credit_rules.to_sell(standing, amount.fen, work.on),
        _("nothing is sold to {customer} on credit").format(customer=customer["name"]),
        refs={"credit": row["number"]},
    )
    return row


def make(work: Work, reference: str, wanted: Sequence[CardRange]) -> Outcome:
    """Make the cards of a sale out of what lies at the window (HYP-CRD-04, HYP-CRD-07)."""
    row, facts, may = _mine(work, "card.make", reference)
    CARD_SALE.after(row["state"], "make", subject=row["number"])
    require_open(
        [
            *rules.to_make(facts, may),
            cards.free_now(work, wanted),
            rules.cards_worth(cards.worth(work, wanted), facts),
        ],
        _("no cards are made for {number}").format(number=row["number"]),
        refs={"sale": row["number"]},
    )
    cards.hand_out(work, row["number"], wanted)
    _move(work, row, "make")
    says = _("{number}: {cards} made, worth {amount}").format(
        number=row["number"], cards=told(wanted), amount=Money(facts.amount_fen)
    )
    to = "kac card print {number}" if facts.on_credit else "kac card deliver {number} --to …"
    return _outcome(work, row["number"], says, to.format(number=row["number"]))


def receipt(work: Work, reference: str, written: Written) -> Outcome:
    """Write down the receipt that the customer wrote: words and figures agree (HYP-CRD-08..10)."""
    from kac.desk.card_sales.tables import CardReceipt

    row, facts, may = _mine(work, "card.receipt", reference)
    fen, as_it_should = _words(written.words)
    if facts.receipt:
        raise Refused(
            _("{number} has its receipt").format(number=row["number"]),
            code="E-CRD-003",
            rules=["HYP-CRD-08"],
            fix=[f"kac card show {row['number']}"],
        )
    require_open(
        [
            rules.cards_made(facts, may),
            *rules.words_equal_figures(fen, written.amount.fen, facts),
        ],
        _("this is no receipt for {number}").format(number=row["number"]),
        refs={"sale": row["number"]},
    )
    reason = safe_text(written.seal_reason, field=_("reason"))
    if not written.sealed:
        reason = required_text(reason, field=_("why there is no seal"))
    words = amount_in_capitals(fen)
    work.add(
        CardReceipt(
            card_sale_id=row["id"],
            amount_fen=fen,
            words=safe_text(written.words, field=_("words"), longest=80),
            words_read=words,
            signer=required_text(written.signer, field=_("signer"), longest=40),
            sealed=written.sealed,
            seal_reason=reason,
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    papers.mark(work, row["number"], "card_receipt", "finance", "signed", "finance_window")
    work.record("card receipt", row["number"], amount_fen=fen)
    says = _("{number}: receipt for {amount} by {signer}, {seal}").format(
        number=row["number"],
        amount=Money(fen),
        signer=written.signer,
        seal=rules.seal_told(written.sealed, reason),
    )
    outcome = _outcome(work, row["number"], says, f"kac card deliver {row['number']} --to …")
    if as_it_should:
        return outcome
    warning = _('warning: "{written}" is read as {words}').format(
        written=written.words, words=words
    )
    document = {**outcome.document, "words_read": words}
    return Outcome(document, (*outcome.says, warning), outcome.hints)


def _words(written: str) -> tuple[int, bool]:
    if not written.strip():
        raise BadInput(
            _("a receipt says its amount in words"), code="E-CRD-004", rules=["HYP-CRD-09"]
        )
    return read_capitals(written)


def deliver(work: Work, reference: str, to: str) -> Outcome:
    """Hand the cards over: from now on they are owed for, and can be spent (HYP-CRD-05)."""
    from kac.desk.card_sales.tables import CardSale

    row, facts, may = _mine(work, "card.deliver", reference)
    CARD_SALE.after(row["state"], "deliver", subject=row["number"])
    require_open(
        rules.to_deliver(facts, may),
        _("the cards of {number} stay at the window").format(number=row["number"]),
        refs={"sale": row["number"]},
    )
    sale = work.get(CardSale, row["id"])
    sale.delivered_to = required_text(to, field=_("who takes them"), longest=40)
    sale.delivered_on = work.on
    work.move(sale, CARD_SALE, "deliver")
    journal.post(work, postings.delivered(row["number"], Money(facts.worth_fen)))
    says = _("{number}: cards worth {amount} are with {person}").format(
        number=row["number"], amount=Money(facts.worth_fen), person=sale.delivered_to
    )
    ways = f"kac day item {row['number']} --amount {Money(facts.worth_fen).plain()} --funds …"
    if facts.on_credit:
        ways = f"kac card invoice {row['number']} --content …"
    return _outcome(work, row["number"], says, ways)


def invoice(work: Work, reference: str, content: str) -> Outcome:
    """Write down what the invoice will say, as agreed with the customer (HYP-CRD-11)."""
    from kac.desk.card_sales.tables import CardSale

    row, facts, may = _mine(work, "card.invoice", reference)
    require_open(
        [rules.cards_delivered(facts, may)],
        _("nothing is to be invoiced for {number} yet").format(number=row["number"]),
        refs={"sale": row["number"]},
    )
    sale = work.get(CardSale, row["id"])
    sale.invoice_content = required_text(content, field=_("invoice content"), longest=80)
    work.add(sale)
    work.record("agree invoice", row["number"], content=sale.invoice_content)
    says = _("{number}: the invoice will say {content}").format(
        number=row["number"], content=sale.invoice_content
    )
    owed = Money(facts.owed_fen).plain()
    return _outcome(
        work, row["number"], says, f"kac day item {row['number']} --amount {owed} --funds …"
    )


def take_back(work: Work, reference: str, wanted: CardRange, reason: str) -> Outcome:
    """Take unused cards back from the customer: less is owed, or what was paid is owed back."""
    why = required_text(reason, field=_("reason"))
    row, facts, may = _mine(work, "card.return", reference)
    require_open(
        [rules.cards_delivered(facts, may)],
        _("no card of {number} is with the customer").format(number=row["number"]),
        refs={"sale": row["number"]},
    )
    value = cards.take_back(work, row["number"], wanted, why)
    require_open(
        [rules.money_at_rest(value, facts)],
        _("{cards} cannot come back").format(cards=wanted),
        refs={"sale": row["number"]},
    )
    which = work.reader.value(
        "SELECT count(*) FROM journal_entry WHERE key LIKE :key",
        key=f"cards:{row['number']}:back:%",
    )
    unpaid = Money(min(value, max(facts.owed_fen, 0)))
    paid = Money(value) - unpaid
    entry = postings.came_back(row["number"], str(wanted), which + 1, unpaid, paid)
    journal.post(work, entry)
    settle_up(work, row["number"])
    says = _("{number}: {cards} came back, {amount} less is owed").format(
        number=row["number"], cards=wanted, amount=unpaid
    )
    if not paid:
        return _outcome(work, row["number"], says)
    told = _("{number}: {amount} was paid for them and is to be given back").format(
        number=row["number"], amount=paid
    )
    way = f"kac refund request {row['number']} --amount {paid.plain()} --reason …"
    outcome = _outcome(work, row["number"], told, way)
    return Outcome(outcome.document, (says, told) if unpaid else (told,), outcome.hints)


def void(work: Work, reference: str, reason: str) -> Outcome:
    """Drop a sale while no card is with the customer; cards made lie at the window again."""
    why = required_text(reason, field=_("reason"))
    row, facts, may = _mine(work, "card.void", reference)
    CARD_SALE.after(row["state"], "void", subject=row["number"])
    require_open(
        rules.to_void(facts, may),
        _("{number} cannot be dropped").format(number=row["number"]),
        refs={"sale": row["number"]},
    )
    for piece in card_queries.pieces(work.reader, row["number"]):
        cards.take_back(work, row["number"], piece.cards, why)
    _move(work, row, "void", why)
    says = _("{number} is void: {reason}").format(number=row["number"], reason=why)
    return _outcome(work, row["number"], says)


def print_(work: Work, reference: str, reprint: str) -> Outcome:
    """Print the form on which the customer writes the receipt, with the numbers of the cards."""
    row, facts, may = _mine(work, "card.print", reference)
    require_open(
        [rules.cards_made(facts, may)],
        _("{number} has no cards to receipt").format(number=row["number"]),
        refs={"sale": row["number"]},
    )
    printing = papers.hand_out(work, row["number"], "card_receipt", RECEIPT_COPIES, reprint)
    work.record("print", row["number"], printing=printing)
    says = _("{number}: the form of the receipt is printed").format(number=row["number"])
    way = f"kac card receipt {row['number']} --amount {Money(facts.worth_fen).plain()} --words …"
    return _outcome(work, row["number"], says, way)


def settle_up(work: Work, number: str) -> None:
    """Bring a sale's state up to what finance has of it: settled, or owed again."""
    row = queries.by_number(work.reader, number)
    if row["state"] == "delivered" and row["owed_fen"] <= 0 < row["worth_fen"]:
        _move(work, row, "settle")
    elif row["state"] == "settled" and row["owed_fen"] > 0:
        _move(work, row, "owe")


def gathered(work: Work, reference: str) -> tuple[Row, CardSaleFacts, rules.May]:
    """The sale meant, its facts, and who may do what."""
    row = queries.find(work.reader, reference, work.speaker)
    return row, queries.facts(work.reader, row, work.on), work.house().may


def _mine(work: Work, verb: str, reference: str) -> tuple[Row, CardSaleFacts, rules.May]:
    require(work, verb)
    row, facts, may = gathered(work, reference)
    work.require_not_before(queries.latest_day(work.reader, row), row["number"])
    return row, facts, may


def _move(work: Work, row: Row, verb: str, reason: str = "") -> None:
    from kac.desk.card_sales.tables import CardSale

    sale = work.get(CardSale, row["id"])
    if reason:
        sale.end_reason = reason
    work.move(sale, CARD_SALE, verb, reason)


def _outcome(work: Work, number: str, says: str, *hints: str) -> Outcome:
    row = queries.by_number(work.reader, number)
    document = {
        "number": number,
        "state": row["state"],
        "mode": row["mode"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
        "owed": Money(row["owed_fen"]).plain(),
        "iou": row["iou"],
        "credit": row["credit"],
    }
    return Outcome(document, (says,), hints)
