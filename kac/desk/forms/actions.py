"""Verbs of the printed form: print it, make it void, take its copies back."""

from __future__ import annotations

from kac.core.errors import BadInput, NotPermitted, Refused
from kac.core.gates import require as require_open
from kac.core.i18n import N_, _, ngettext
from kac.core.text import required_text
from kac.db.reader import Row
from kac.db.work import Outcome, Work
from kac.desk.approvals import actions as approvals
from kac.desk.forms import rules
from kac.desk.orders import actions as orders
from kac.desk.orders import rules as order_rules
from kac.desk.orders.rules import OrderFacts
from kac.desk.papers import actions as papers
from kac.desk.papers import queries
from kac.desk.papers.rules import COPIES, HOLDERS, PHOTOCOPY
from kac.desk.staff.actions import require
from kac.desk.stock import actions as stock
from kac.desk.waivers import actions as waivers

KIND = "order_form"
VOID_NOTICE = "void_notice"
# The papers beside the form.
WORKING = {
    "picking_list": N_("picking list"),
    "box_label": N_("box labels"),
    VOID_NOTICE: N_("void notice"),
}


def print_(work: Work, reference: str, reason: str = "") -> Outcome:
    """Print the copies of the form; printing again needs a reason and is counted.

    A void form is printed again, marked as such, and never for the first time (RTL-SHT-11).
    Three copies; the photocopy for finance is a step of its own (RTL-ORD-05..09).
    """
    require(work, "order.print")
    row, facts, policies = orders.gathered(work, reference)
    void = row["state"] in ("voided", "collecting")
    if not (void and facts.copies):
        require_open(
            [rules.living(facts)] if void else rules.to_print(facts, policies),
            _("{number} cannot be printed").format(number=row["number"]),
            refs={"order": row["number"]},
        )
    holders = {copy: copy for copy in policies.order.copies}
    printing = papers.hand_out(work, row["number"], KIND, holders, reason)
    work.record("print", row["number"], printing=printing, reason=reason)
    says = ngettext(
        "{number}: order form printed, {count} copy",
        "{number}: order form printed, {count} copies",
        len(holders),
    ).format(number=row["number"], count=len(holders))
    document = {
        "number": row["number"],
        "state": row["state"],
        "copies": holders,
        "printing": printing,
    }
    if void:
        return Outcome(document, (says,))
    after = order_rules.next_of(facts) if facts.reviewed_by else "order review"
    return Outcome(document, (says,), (f"kac {after} {row['number']}",))


def print_working(work: Work, reference: str, paper: str, reason: str = "") -> Outcome:
    """Print the picking list, the box labels (GPA-RCV-03) or the notice that a form is void.

    A notice goes with a form that is void or being voided (RTL-SHT-09); the other two with one in
    force whose copies are out.
    """
    require(work, f"order.{paper}")
    row, facts, policies = orders.gathered(work, reference, supplied=False)
    if paper == VOID_NOTICE and row["state"] not in ("voided", "collecting"):
        raise _not_voided(row)
    if paper != VOID_NOTICE:
        require_open(
            [rules.living(facts), order_rules.form_printed(facts, policies)],
            _("{number} cannot be printed").format(number=row["number"]),
            refs={"order": row["number"]},
        )
    holder = "merchant_dept" if paper == VOID_NOTICE else "distribution_center"
    printing = papers.hand_out(work, row["number"], paper, {holder: holder}, reason)
    work.record("print", row["number"], kind=paper, printing=printing, reason=reason)
    says = _("{number}: {paper} printed").format(number=row["number"], paper=_(WORKING[paper]))
    document = {
        "number": row["number"],
        "state": row["state"],
        "paper": paper,
        "printing": printing,
    }
    return Outcome(document, (says,))


def photocopy(work: Work, reference: str) -> Outcome:
    """Write down that the form was photocopied for finance, since a deposit came (RTL-ORD-09)."""
    require(work, "order.photocopy")
    row, facts, policies = orders.gathered(work, reference)
    _refuse_second(row, facts)
    require_open(
        [
            rules.living(facts),
            rules.deposit_came(facts, policies.may["deposit.record"]),
            order_rules.form_printed(facts, policies),
        ],
        _("{number} cannot be photocopied for finance").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    work.require_not_before(queries.printed_on(work.reader, row["number"], KIND), row["number"])
    papers.mark(
        work, row["number"], KIND, PHOTOCOPY, "printed", policies.order.photocopy, work.note
    )
    work.record("photocopy", row["number"], holder=policies.order.photocopy)
    says = _("{number}: photocopy of the form made for finance by {staff}").format(
        number=row["number"], staff=work.actor.name
    )
    document = {
        "number": row["number"],
        "state": row["state"],
        "holder": policies.order.photocopy,
        "made_by": work.actor.code,
        "on": work.on.isoformat(),
    }
    return Outcome(document, (says,), (f"kac order show {row['number']}",))


def _refuse_second(row: Row, facts: OrderFacts) -> None:
    if copy := facts.copies.get(PHOTOCOPY):
        raise Refused(
            _("{number} was photocopied for finance by {staff} on {day}").format(
                number=row["number"], staff=copy.by, day=copy.on_day
            ),
            code="E-PAP-004",
            rules=["RTL-ORD-09"],
            fix=[f"kac order show {row['number']}"],
        )


def void(work: Work, reference: str, reason: str) -> Outcome:
    """Make a form void: its goods are free again at once, its copies come back one by one.

    RTL-SHT-02, RTL-SHT-09..11: the form stays readable for ever, marked 作废.
    """
    require(work, "order.void")
    why = required_text(reason, field=_("reason"))
    row, facts, _policies = orders.gathered(work, reference)
    if row["state"] != "draft" and not work.actor.holds(*_supervisors(work)):
        raise NotPermitted(
            _("{number} has been submitted: a supervisor makes it void").format(
                number=row["number"]
            ),
            rules=["RTL-CTL-04"],
        )
    require_open(
        rules.to_void(facts),
        _("{number} cannot be made void").format(number=row["number"]),
        refs={"order": row["number"]},
    )
    return take_back(work, row, facts, why)


def take_back(work: Work, row: Row, facts: OrderFacts, why: str) -> Outcome:
    """Begin to make a form void, which the caller has judged; void at once when none is out."""
    orders.move(work, row["id"], "void", why)
    orders.note(work, row["id"], void_reason=why)
    approvals.supersede(work, row["number"], why)
    waivers.lapse(work, row["id"], why)
    stock.end_reservations(work, row["id"], "released")
    if not facts.copies:
        orders.move(work, row["id"], "collect", why)
        return _void(row, _("{number} is void: {reason}").format(number=row["number"], reason=why))
    holders = ", ".join(_(HOLDERS.get(name, name)) for name in facts.copies)
    return Outcome(
        {"number": row["number"], "state": "collecting", "copies_out": list(facts.copies)},
        (
            _(
                "{number} is being voided: collect the copies of {holders} and mark them 作废"
            ).format(number=row["number"], holders=holders),
        ),
        tuple(f"kac order collect {row['number']} --copy {name}" for name in facts.copies),
    )


def _supervisors(work: Work) -> frozenset[str]:
    policy = work.policy()
    return frozenset().union(*(policy.holders(role) for role in policy.may["order.review"]))


def collect(work: Work, reference: str, copy: str) -> Outcome:
    """Take one copy of a void form back and mark it; the last one makes the void complete."""
    require(work, "order.collect")
    row, facts = outside(work, reference, copy)
    papers.mark(work, row["number"], KIND, copy, "voided", "merchant_dept", _("marked 作废"))
    return came_back(work, row, facts, copy)


def outside(work: Work, reference: str, copy: str) -> tuple[Row, OrderFacts]:
    """A form that is being voided, one copy of which is outside; refused where it is not."""
    row, facts, _policies = orders.gathered(work, reference, supplied=False)
    there = facts.copies.get(copy)
    if there is not None and there.event == "voided":
        raise Refused(
            _("copy {copy} of {number} is back already: {staff} collected it on {day}").format(
                copy=_(COPIES.get(copy, copy)),
                number=row["number"],
                staff=there.by,
                day=there.on_day,
            ),
            code="E-PAP-005",
            rules=["RTL-SHT-09", "RTL-SHT-10"],
            fix=[f"kac order show {row['number']}"],
        )
    if row["state"] != "collecting":
        raise _not_voided(row)
    if there is None or not there.out:
        raise BadInput(
            _("{number} has no copy {copy} outside").format(number=row["number"], copy=copy),
            code="E-PAP-002",
            cause=[
                _("outside: {copies}").format(
                    copies=", ".join(c.name for c in facts.copies.values() if c.out)
                )
            ],
        )
    return row, facts


def _not_voided(row: Row) -> Refused:
    return Refused(
        _("{number} is not being voided").format(number=row["number"]),
        code="E-PAP-003",
        rules=["RTL-SHT-09"],
    )


def came_back(work: Work, row: Row, facts: OrderFacts, copy: str) -> Outcome:
    """One copy is accounted for; with the last one the form is void."""
    left = [c.name for c in facts.copies.values() if c.out and c.name != copy]
    if not left:
        orders.move(work, row["id"], "collect", row["void_reason"])
        return _void(
            row, _("{number} is void, every copy is back and kept").format(number=row["number"])
        )
    work.record("collect", row["number"], copy=copy)
    says = _("{number}: copy {copy} is back; still out: {left}").format(
        number=row["number"],
        copy=_(COPIES.get(copy, copy)),
        left=", ".join(_(COPIES.get(name, name)) for name in left),
    )
    return Outcome(
        {"number": row["number"], "state": "collecting", "copies_out": left},
        (says,),
        tuple(f"kac order collect {row['number']} --copy {name}" for name in left),
    )


def _void(row: Row, says: str) -> Outcome:
    return Outcome(
        {"number": row["number"], "state": "voided", "copies_out": []},
        (says,),
        ("kac order list --state voided",),
    )
