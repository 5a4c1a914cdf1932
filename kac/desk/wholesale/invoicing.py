"""Tax invoices of wholesale goods: open one, agree what it says, open the red one."""

from __future__ import annotations

from kac.core.errors import Refused
from kac.core.gates import require as require_open
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.wholesale import actions, queries, rules
from kac.desk.wholesale.rules import WholesaleFacts


def invoice(work: Work, reference: str, number: str) -> Outcome:
    """Open the tax invoice of spot goods: after payment, before they leave (HYP-GDS-03)."""
    from kac.desk.wholesale.tables import WholesaleSale

    row, facts, may = actions.mine(work, "wholesale.invoice", reference)
    collected = [] if facts.on_credit else [rules.prepared(facts, may)]
    require_open(
        [*collected, rules.kept(facts), rules.paid(facts, may)],
        _("no tax invoice is opened for {number}").format(number=row["number"]),
        refs={"wholesale": row["number"]},
    )
    if row["invoice_number"]:
        raise Refused(
            _("{number} has its tax invoice, {invoice}").format(
                number=row["number"], invoice=row["invoice_number"]
            ),
            code="E-WHO-007",
            rules=["HYP-GDS-03"],
            fix=[f"kac wholesale show {row['number']}"],
        )
    written = _unused(work, number)
    sale = work.get(WholesaleSale, row["id"])
    sale.invoice_number, sale.invoiced_fen = written, facts.worth_fen
    work.add(sale)
    work.record("open invoice", row["number"], invoice=sale.invoice_number)
    says = _("{number}: tax invoice {invoice}").format(
        number=row["number"], invoice=sale.invoice_number
    )
    return actions.outcome(
        work, row["number"], says, f"kac wholesale deliver {row['number']} --signed-by …"
    )


def _unused(work: Work, number: str) -> str:
    """The number of a tax invoice as it is kept; each is opened once."""
    written = required_text(number, field=_("tax invoice"), longest=40)
    known = queries.invoice_known(work.reader, written)
    if known:
        raise Refused(
            _("tax invoice {invoice} is of {number}").format(invoice=written, number=known),
            code="E-WHO-004",
            rules=["HYP-GDS-03"],
            fix=[f"kac wholesale show {known}"],
        )
    return written


def agree(work: Work, reference: str, content: str) -> Outcome:
    """Write down what the invoice of goods on credit will say (HYP-GDS-11)."""
    from kac.desk.wholesale.tables import WholesaleSale

    row, facts, may = actions.mine(work, "wholesale.agree", reference)
    require_open(
        [rules.delivered(facts, may)],
        _("nothing is to be invoiced for {number} yet").format(number=row["number"]),
        refs={"wholesale": row["number"]},
    )
    sale = work.get(WholesaleSale, row["id"])
    sale.invoice_content = required_text(content, field=_("invoice content"), longest=80)
    work.add(sale)
    work.record("agree invoice", row["number"], content=sale.invoice_content)
    says = _("{number}: the invoice will say {content}").format(
        number=row["number"], content=sale.invoice_content
    )
    return actions.outcome(work, row["number"], says, f"kac day item {row['number']} --amount …")


def red(work: Work, reference: str, number: str) -> Outcome:
    """Open the red tax invoice: for what came back, or for all where nothing is paid any more.

    HYP-GDS-03, C-14.
    """
    from kac.desk.wholesale.tables import WholesaleRedInvoice, WholesaleSale

    row, facts, _may = actions.mine(work, "wholesale.red", reference)
    amount, whole = _wrong(row, facts)
    paper = _unused(work, number)
    work.add(
        WholesaleRedInvoice(
            wholesale_sale_id=row["id"],
            invoice_number=row["invoice_number"],
            number=paper,
            amount_fen=amount,
            by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    if whole:
        sale = work.get(WholesaleSale, row["id"])
        sale.invoice_number, sale.invoiced_fen = "", 0
        work.add(sale)
    work.record("open red invoice", row["number"], invoice=paper, amount_fen=amount)
    says = _("{number}: red tax invoice {red} takes {amount} off {invoice}").format(
        number=row["number"], red=paper, amount=Money(amount), invoice=row["invoice_number"]
    )
    return actions.outcome(work, row["number"], says, f"kac wholesale show {row['number']}")


def _wrong(row: Row, facts: WholesaleFacts) -> tuple[int, bool]:
    """(fen that the tax invoice says too much, whether it is all of it); Refused at nothing."""
    if facts.red_due_fen:
        return facts.red_due_fen, False
    if facts.invoice_number and facts.settled_fen + facts.carried_fen <= 0 < facts.worth_fen:
        return facts.invoiced_fen - facts.red_fen, True
    raise Refused(
        _("no tax invoice of {number} says more than the customer keeps").format(
            number=row["number"]
        ),
        code="E-WHO-006",
        rules=["HYP-GDS-03"],
        fix=[f"kac wholesale show {row['number']}"],
    )
