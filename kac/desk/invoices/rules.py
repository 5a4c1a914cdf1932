"""Rules of the tax invoice: never before its ground, never above its order, only at the desk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.invoices.policy import DELIVERED, InvoicePolicy

# What the steps of an invoice wait for.
AFTER: dict[str, tuple[str, ...]] = {
    "invoice_issued": ("content_agreed", "invoice_covered", "invoice_within_total"),
}
NOT_ONES_OWN: frozenset[str] = frozenset()
OF_CLERKS = frozenset({"invoice_issued", "content_agreed", "invoice_of_kept"})


@dataclass(frozen=True)
class SaleFacts:
    """An order as its invoices see it, in fen.

    `asked_fen` and `issued_fen` are those of its other living invoices: all, and those issued;
    `delivered_fen` is what the customer has of it.
    """

    order: str
    state: str
    terms: str
    total_fen: int
    verified_fen: int
    asked_fen: int = 0
    issued_fen: int = 0
    delivered_fen: int = 0

    @property
    def stands(self) -> bool:
        """Whether the form is handed in and not void."""
        return self.state not in ("draft", "collecting", "voided")


@dataclass(frozen=True)
class InvoiceFacts:
    """One invoice with its order, in fen."""

    number: str
    state: str
    amount_fen: int
    sale: SaleFacts


def ground_fen(sale: SaleFacts, policy: InvoicePolicy) -> int:
    """Up to where an order may be invoiced: what finance has seen, or what was delivered.

    Money counts when finance has verified it, so a cheque does when it has cleared (RTL-CTL-06).
    Where goods go before money, what was delivered counts too (HYP-GDS-07), never above the total.
    """
    if not sale.stands:
        return 0
    on_delivery = policy.precondition.get(sale.terms) == DELIVERED
    ground = max(sale.verified_fen, sale.delivered_fen) if on_delivery else sale.verified_fen
    return min(ground, sale.total_fen)


def order_stands(sale: SaleFacts) -> Gate:
    """Only a form that was handed in and is not void is invoiced."""
    return Gate(
        "invoice_order_stands",
        ("C-14",),
        sale.stands,
        _("{order} is handed in and not void").format(order=sale.order)
        if sale.stands
        else _("{order} is a draft, or void").format(order=sale.order),
        command=f"kac order show {sale.order}",
    )


def within_total(sale: SaleFacts, amount_fen: int) -> Gate:
    """The living invoices of an order are together never above what it costs (C-14)."""
    figures = {
        "amount": Money(amount_fen),
        "asked": Money(sale.asked_fen),
        "total": Money(sale.total_fen),
    }
    return Gate(
        "invoice_within_total",
        ("C-14",),
        sale.asked_fen + amount_fen <= sale.total_fen,
        _("{amount} beside {asked} on other invoices, the order is {total}").format(**figures),
        command=f"kac invoice list --order {sale.order}",
    )


def covered(sale: SaleFacts, amount_fen: int, policy: InvoicePolicy) -> Gate:
    """Invoiced is what was paid, or delivered on credit, and no more (HYP-GDS-03, C-14)."""
    ground = ground_fen(sale, policy)
    room = ground - sale.issued_fen
    after_delivery = policy.precondition.get(sale.terms) == DELIVERED
    says = (
        _("{amount} wanted, {room} of what was delivered or paid is not invoiced yet")
        if after_delivery
        else _("{amount} wanted, {room} of what was paid and verified is not invoiced yet")
    )
    return Gate(
        "invoice_covered",
        ("HYP-GDS-03", "C-14"),
        amount_fen <= room,
        says.format(amount=Money(amount_fen), room=Money(max(room, 0))),
        command=f"kac order show {sale.order}",
    )


def tax_number_given(kind: str, tax_number: str) -> Gate:
    """A special VAT invoice is made out to a taxpayer's number."""
    return Gate(
        "tax_number_given",
        ("C-14",),
        kind != "special" or bool(tax_number),
        tax_number or _("no tax number"),
        command="--tax-number …",
    )


def part_named(whole: bool, content: str) -> Gate:
    """An invoice of a part says what of; that of the whole order has the order's lines."""
    return Gate(
        "invoice_part_named",
        ("HYP-GDS-11", "C-14"),
        whole or bool(content),
        content
        or (
            _("as on the order form") if whole else _("a part of the order: what is written on it?")
        ),
        command="--content …",
    )


def issued(facts: InvoiceFacts, roles: Sequence[str]) -> Gate:
    """The service desk has issued it, nobody else (BLK-INV-02)."""
    rules = ("BLK-INV-02", "BLK-INV-01")
    if facts.state == "issued":
        return Gate("invoice_issued", rules, True, _("issued"))
    says = _("{amount} to be invoiced at the service desk").format(amount=Money(facts.amount_fen))
    command = f"kac invoice issue {facts.number} --invoice-no …"
    return Gate("invoice_issued", rules, False, says, tuple(roles), command)


def not_above_kept(number: str, issued_fen: int, kept_fen: int) -> Gate:
    """What was given back is not invoiced any more: a red letter, then one of what was kept (C-14).

    A red letter takes an invoice back whole.
    """
    says = _("{issued} is invoiced, goods for {kept} were kept: a red letter is due").format(
        issued=Money(issued_fen), kept=Money(kept_fen)
    )
    command = f"kac invoice red {number} --invoice-no … --reason …"
    return Gate("invoice_of_kept", ("C-14", "BLK-INV-02"), False, says, (), command)


def to_issue(facts: InvoiceFacts, agreed: Gate, policy: InvoicePolicy) -> list[Gate]:
    """What must be open before an invoice is issued; `agreed` is the gate of its content."""
    return [
        order_stands(facts.sale),
        agreed,
        within_total(facts.sale, facts.amount_fen),
        covered(facts.sale, facts.amount_fen, policy),
    ]


def steps(
    facts: InvoiceFacts, agreed: Gate, policy: InvoicePolicy, may: Mapping[str, tuple[str, ...]]
) -> list[Gate]:
    """Everything that an invoice waits for."""
    return [*to_issue(facts, agreed, policy), issued(facts, may["invoice.issue"])]
