"""Verbs of the tax invoice: ask for it, agree its content, issue it, reverse it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kac.core.errors import BadInput, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.identifiers import parse_uscc
from kac.core.money import Money
from kac.core.text import narrow, required_text, safe_text
from kac.core.values import dataclass
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.customers import queries as customers
from kac.desk.invoices import queries, rules
from kac.desk.invoices.states import INVOICE, KINDS
from kac.desk.orders import queries as orders
from kac.desk.staff.actions import require

if TYPE_CHECKING:
    from kac.desk.invoices.tables import Invoice


@dataclass(frozen=True)
class Wish:
    """An invoice as it is asked for; what is empty is the customer's own, or the whole order."""

    title: str = ""
    tax_number: str = ""
    content: str = ""
    kind: str = "ordinary"
    amount: Money | None = None


def request(work: Work, reference: str, wish: Wish) -> Outcome:
    """Ask for an invoice of an order, or of a part of it; nothing is issued yet (C-14)."""
    from kac.desk.invoices.tables import Invoice

    require(work, "invoice.request")
    order = orders.find(work.reader, reference, work.speaker)
    work.require_not_before(date.fromisoformat(order["on_day"]), order["number"])
    customer = customers.by_id(work.reader, order["customer_id"])
    sale = queries.sale(work.reader, order)
    left = Money(max(sale.total_fen - sale.asked_fen, 0))
    amount = left if wish.amount is None else wish.amount
    content = safe_text(wish.content, field=_("content"), longest=100)
    tax_number = parse_uscc(wish.tax_number) if wish.tax_number.strip() else customer["uscc"]
    if amount.fen <= 0:
        raise _nothing_left(sale)
    require_open(
        [
            rules.order_stands(sale),
            rules.within_total(sale, amount.fen),
            rules.tax_number_given(wish.kind, tax_number),
            rules.part_named(amount.fen == order["total_fen"], content),
        ],
        _("no invoice can be asked for of {number}").format(number=order["number"]),
        refs={"order": order["number"]},
    )
    row = work.add(
        Invoice(
            number=work.number(queries.KIND),
            order_id=order["id"],
            kind=wish.kind,
            title=required_text(wish.title or customer["name"], field=_("title"), longest=100),
            tax_number=tax_number,
            content=content,
            amount_fen=amount.fen,
            state=INVOICE.start,
            asked_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.record("ask for", row.number, order=order["number"], amount_fen=amount.fen)
    says = _("{number}: invoice of {amount} for {order} asked for, {kind}, made out to {title}")
    told = says.format(
        number=row.number,
        amount=amount,
        order=order["number"],
        kind=_(KINDS[wish.kind]),
        title=row.title,
    )
    hints = (f"kac invoice agree {row.number} --with …", f"kac invoice show {row.number}")
    return Outcome(_document(work, row.number), (told,), hints)


def agree(work: Work, reference: str, person: str) -> Outcome:
    """Say with whom of the customer the content was agreed, as it is before collection.

    HYP-GDS-11, C-14.
    """
    require(work, "invoice.agree")
    row, invoice = _gathered(work, reference)
    who = required_text(person, field=_("with whom"), longest=40)
    INVOICE.after(row["state"], "agree", subject=row["number"])
    invoice.agreed_by, invoice.agreed_with, invoice.agreed_on = work.actor.code, who, work.on
    work.move(invoice, INVOICE, "agree", who)
    says = _("{number}: content agreed with {person}").format(number=row["number"], person=who)
    hints = (f"kac invoice issue {row['number']} --invoice-no …",)
    return Outcome(_document(work, row["number"]), (says,), hints)


def issue(work: Work, reference: str, written: str) -> Outcome:
    """Register the invoice that the service desk has issued (BLK-INV-01, BLK-INV-02, HYP-GDS-03).

    Not before payment on spot sales, not before delivery on credit, never above either.
    """
    require(work, "invoice.issue")
    row, invoice = _gathered(work, reference)
    INVOICE.after(row["state"], "issue", subject=row["number"])
    order = orders.by_id(work.reader, row["order_id"])
    version = orders.policy(work.reader, order)
    number = _invoice_no(work, written)
    require_open(
        rules.to_issue(
            queries.facts(work.reader, row, order),
            queries.agreed(work.reader, row, order, version.may),
            queries.policy(version),
        ),
        _("{number} cannot be issued").format(number=row["number"]),
        refs={"invoice": row["number"], "order": order["number"]},
    )
    invoice.invoice_no, invoice.issued_by = number, work.actor.code
    invoice.issued_on = work.on
    work.move(invoice, INVOICE, "issue", number)
    says = _("{number}: invoice {invoice_no} of {amount} is issued").format(
        number=row["number"], invoice_no=number, amount=Money(row["amount_fen"])
    )
    return Outcome(_document(work, row["number"]), (says,))


def red(work: Work, reference: str, written: str, reason: str) -> Outcome:
    """Take an issued invoice back whole by a red letter, which is linked to it (BLK-INV-02)."""
    from kac.desk.invoices.tables import InvoiceReversal

    require(work, "invoice.red")
    row, invoice = _gathered(work, reference)
    why = required_text(reason, field=_("reason"))
    INVOICE.after(row["state"], "red", subject=row["number"])
    work.require_not_before(date.fromisoformat(row["issued_on"]), row["number"])
    number = _invoice_no(work, written)
    work.add(
        InvoiceReversal(
            invoice_id=row["id"],
            invoice_no=number,
            reason=why,
            issued_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    work.move(invoice, INVOICE, "red", why)
    says = _("{number}: {invoice_no} is reversed by the red letter {red_no} ({reason})").format(
        number=row["number"], invoice_no=row["invoice_no"], red_no=number, reason=why
    )
    hints = (f"kac invoice request {row['order_number']}",)
    return Outcome(_document(work, row["number"]), (says,), hints)


def waive(work: Work, reference: str, reason: str) -> Outcome:
    """The customer wants no invoice; that is agreed too (HYP-GDS-11)."""
    require(work, "invoice.waive")
    return _ended(work, reference, "waive", reason)


def withdraw(work: Work, reference: str, reason: str) -> Outcome:
    """Take back a wish that was wrong, while nothing is issued."""
    require(work, "invoice.withdraw")
    return _ended(work, reference, "withdraw", reason)


def _ended(work: Work, reference: str, verb: str, reason: str) -> Outcome:
    row, invoice = _gathered(work, reference)
    INVOICE.after(row["state"], verb, subject=row["number"])
    invoice.end_reason = required_text(reason, field=_("reason"))
    work.move(invoice, INVOICE, verb, invoice.end_reason)
    says = _("{number} is {state} ({reason})").format(
        number=row["number"], state=INVOICE.label(invoice.state), reason=invoice.end_reason
    )
    return Outcome(_document(work, row["number"]), (says,))


def _invoice_no(work: Work, written: str) -> str:
    """The tax bureau's number: as many digits as the policy says, and nobody else's."""
    digits = queries.policy(work.policy()).number_digits
    number = narrow(written).replace(" ", "")
    if not (number.isascii() and number.isdigit() and len(number) == digits):
        raise BadInput(
            _('"{written}" is no invoice number: it has {digits} digits').format(
                written=written, digits=digits
            ),
            code="E-INV-001",
            refs={"option": "--invoice-no"},
        )
    if other := queries.number_taken(work.reader, number):
        raise Refused(
            _("invoice number {invoice_no} stands on {number} already").format(
                invoice_no=number, number=other
            ),
            code="E-INV-002",
            rules=["BLK-INV-02"],
            fix=[f"kac invoice show {other}"],
        )
    return number


def _nothing_left(sale: rules.SaleFacts) -> Refused:
    return Refused(
        _("nothing of {order} is left to be invoiced: {asked} of {total} is asked for").format(
            order=sale.order, asked=Money(sale.asked_fen), total=Money(sale.total_fen)
        ),
        code="E-INV-003",
        rules=["C-14"],
        fix=[f"kac invoice list --order {sale.order}"],
    )


def _gathered(work: Work, reference: str) -> tuple[Row, Invoice]:
    from kac.desk.invoices.tables import Invoice

    row = queries.find(work.reader, reference, work.speaker)
    return row, work.get(Invoice, row["id"])


def _document(work: Work, number: str) -> dict[str, str]:
    row = queries.by_number(work.reader, number)
    return {
        "number": number,
        "state": row["state"],
        "order": row["order_number"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
        "invoice_no": row["invoice_no"],
        "red_no": row["red_no"],
    }
