"""Rules of the worklist: which closed gate waits for which, and for whose hands it is now."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from kac.core.gates import Gate
from kac.core.values import dataclass
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.deposits.rules import DepositFacts, deposit_met
from kac.desk.dispatch import rules as dispatch
from kac.desk.dispatch.policy import DispatchPolicy
from kac.desk.dispatch.rules import SlipFacts
from kac.desk.forms import rules as forms
from kac.desk.orders import rules as orders
from kac.desk.orders.policy import OrderPolicies
from kac.desk.orders.rules import OrderFacts
from kac.desk.payments import rules as payments
from kac.desk.payments.rules import MoneyFacts
from kac.desk.shortages import rules as shortages

# What must be open before a gate is anybody's work. A gate that is not named here waits for
# nothing; names that a document has no gate for do not hold anything up.
_SIGNED = (
    "submitted",
    "not_rejected",
    "quotation_reviewed",
    "discount_checked",
    "concession_granted",
    "margin_tier_signed",
)
_FORM = (
    *("customer_filed", "need_by_ahead", "terms_agreed"),
    *("supply_confirmed", "margin_not_negative", "discount_in_table"),
)
_MONEY = (*_SIGNED, "reviewed")
_COVER = ("guaranteed", "credit_covers", "contract_covers", "month_covered")
_SHORT = ("shortage_settled", "arrival_promised", "arrival_confirmed", "customer_informed")
_SLIP = (
    *(*_FORM, *_MONEY, "form_printed", "photocopied"),
    *("paid_in_full", "money_verified", *_COVER, *_SHORT, "address_known"),
)
AFTER: dict[str, tuple[str, ...]] = {
    **shortages.AFTER,
    "submitted": _FORM,
    "discount_checked": ("submitted",),
    "concession_granted": ("submitted",),
    "margin_tier_signed": ("submitted",),
    "reviewed": ("submitted", "credit_covers", "contract_covers"),
    "guaranteed": ("submitted",),
    "credit_covers": ("submitted",),
    "contract_covers": ("submitted",),
    "month_covered": ("submitted", "contract_covers"),
    "form_printed": (*_FORM, *_SIGNED),
    "photocopied": ("form_printed",),
    "deposit_met": _MONEY,
    "paid_in_full": (*_MONEY, "deposit_met"),
    "slip_issued": _SLIP,
    "slip_printed": ("slip_issued",),
    "counted": ("slip_printed",),
    "loaded": ("counted", "till_checked", "boxed", "order_tabulated"),
    "signed": ("loaded",),
    "copy_archived": ("signed",),
    "settled": ("signed",),
}


# Orders of these states that the customer wanted before today are late.
LATE_STATES = ("submitted", "reviewed", "slip_issued", "partly_delivered")
# The part of an order that is on no slip yet.
OPEN_PART = "open"


@dataclass(frozen=True)
class CaseFacts:
    """Everything about one order, with the policy sections that judge it.

    `more` are the slips after the first, of an order that goes out in parts.
    """

    order: OrderFacts
    money: MoneyFacts
    deposit: DepositFacts
    slip: SlipFacts
    policies: OrderPolicies
    deposit_policy: DepositPolicy
    dispatch_policy: DispatchPolicy
    holders: Callable[[str], frozenset[str]]
    short: tuple[Gate, ...] = ()
    more: tuple[SlipFacts, ...] = ()


def checklist(case: CaseFacts, today: date) -> list[Gate]:
    """All gates of an order in the order of the desk's day; a void form has the one it needs."""
    may = case.policies.may
    if case.order.state in ("collecting", "voided"):
        return [forms.collected(case.order, may["order.collect"])]
    return [
        *orders.to_submit(case.order, case.policies),
        orders.submitted(case.order, may["order.submit"]),
        *orders.signatures(case.order, case.policies),
        orders.reviewed(case.order, may["order.review"]),
        orders.form_printed(case.order, case.policies),
        *_money(case, today),
        *orders.photocopied(case.order, may["order.photocopy"]),
        *case.short,
        *_goods(case, today),
        *_owed(case),
    ]


def _money(case: CaseFacts, today: date) -> list[Gate]:
    may = case.policies.may
    receipts = payments.receipts_issued(case.money, may["payment.print"])
    covering = orders.covering(case.order, case.policies, today)
    going = payments.goods_may_go(case.money, covering, may)
    if case.order.cover is None:
        deposit = deposit_met(case.deposit, case.deposit_policy, may["deposit.record"])
        return [deposit, receipts, *going]
    return [receipts] if case.order.goods_left else [receipts, *going]


def _owed(case: CaseFacts) -> list[Gate]:
    """What is to be collected of an order that may go out before its money."""
    if case.order.cover is None:
        return []
    may = case.policies.may
    settled = payments.settled(case.money, may["payment.record"])
    if not case.order.goods_left:
        return [settled]
    return [settled, payments.money_verified(case.money, may["payment.verify"])]


def _goods(case: CaseFacts, today: date) -> list[Gate]:
    may = case.policies.may
    found = [dispatch.address_known(case.order.number, case.slip.address, may["order.edit"])]
    if not case.more:
        return [*found, *_of_slip(case, case.slip, today)]
    for slip in (case.slip, *case.more):
        gates = _of_slip(case, slip, today)
        found += [_part_of(slip, gate) for gate in (gates if slip.number else gates[:1])]
    return found


def _part_of(slip: SlipFacts, gate: Gate) -> Gate:
    says = f"{slip.number}: {gate.says}" if slip.number else gate.says
    return replace(gate, says=says, part=slip.number or OPEN_PART)


def _of_slip(case: CaseFacts, slip: SlipFacts, today: date) -> list[Gate]:
    may, policy = case.policies.may, case.dispatch_policy
    return [
        dispatch.slip_issued(slip, may["dispatch.new"]),
        dispatch.slip_printed(slip, policy, may["dispatch.print"]),
        dispatch.counted(slip, policy.counting()),
        *slip.prepared,
        dispatch.loaded(slip, may["dispatch.load"]),
        dispatch.signed(slip, may["dispatch.sign"]),
        dispatch.copy_archived(slip, policy, may["dispatch.archive"], today),
    ]


def waiting(gates: Sequence[Gate], after: Mapping[str, tuple[str, ...]] = AFTER) -> list[Gate]:
    """The closed gates that can be opened now: what they wait for is open.

    A gate of one part waits for those of its own part and of the whole; one of the whole waits for
    those of parts only while they are shut in every part.
    """
    shut = {
        part: _shut([gate for gate in gates if gate.part in ("", part)])
        for part in dict.fromkeys(gate.part for gate in gates)
    }
    shut[""] = _shut(gates)
    return [
        gate
        for gate in gates
        if not gate.open and not shut[gate.part].intersection(after.get(gate.name, ()))
    ]


def _shut(gates: Sequence[Gate]) -> set[str]:
    return {gate.name for gate in gates} - {gate.name for gate in gates if gate.open}


_OF_CLERKS = frozenset(
    {
        *_FORM,
        "submitted",
        "not_rejected",
        "form_printed",
        "photocopied",
        "address_known",
        "slip_issued",
        "slip_printed",
    }
    | {"counted", "loaded", "copy_archived"}
)
_NOT_ONES_OWN = frozenset(
    {"discount_checked", "concession_granted", "margin_tier_signed", "reviewed"}
)


# The rules of the other documents are imported where work is handed out, since showing one order
# asks for its own gates alone.
@cache
def of_clerks() -> frozenset[str]:
    """Work of clerks: their managers may do it too, but are not reminded of it."""
    from kac.desk.callbacks import rules as callbacks
    from kac.desk.campaigns import rules as campaigns
    from kac.desk.card_sales import rules as card_sales
    from kac.desk.cheques import rules as cheques
    from kac.desk.contracts import rules as contracts
    from kac.desk.dossiers import rules as dossiers
    from kac.desk.inquiries import rules as inquiries
    from kac.desk.invoices import rules as invoices
    from kac.desk.purchases import rules as purchases
    from kac.desk.quotations import rules as quotations
    from kac.desk.receivables import rules as receivables
    from kac.desk.returns import rules as returns
    from kac.desk.shipments import rules as shipments
    from kac.desk.statements import rules as statements
    from kac.desk.transfers import rules as transfers
    from kac.desk.visits import rules as visits
    from kac.desk.wholesale import rules as wholesale

    others = (
        callbacks,
        visits,
        campaigns,
        card_sales,
        wholesale,
        cheques,
        contracts,
        dossiers,
        inquiries,
        invoices,
        quotations,
        receivables,
        returns,
        statements,
        transfers,
        purchases,
        shipments,
    )
    return _OF_CLERKS.union(*(noun.OF_CLERKS for noun in others))


@cache
def not_ones_own() -> frozenset[str]:
    """Work that is never one's own (A-56): of orders and of the other documents."""
    from kac.desk.adjustments import rules as adjustments
    from kac.desk.amendments import rules as amendments
    from kac.desk.card_sales import rules as card_sales
    from kac.desk.cheques import rules as cheques
    from kac.desk.contracts import rules as contracts
    from kac.desk.credits import rules as credits
    from kac.desk.dossiers import rules as dossiers
    from kac.desk.expenses import rules as expenses
    from kac.desk.inquiries import rules as inquiries
    from kac.desk.prices import rules as prices
    from kac.desk.quotations import rules as quotations
    from kac.desk.rebates import rules as rebates
    from kac.desk.refunds import rules as refunds
    from kac.desk.returns import rules as returns
    from kac.desk.shipments import rules as shipments
    from kac.desk.transfers import rules as transfers
    from kac.desk.waivers import rules as waivers

    others = (
        adjustments,
        transfers,
        contracts,
        dossiers,
        inquiries,
        amendments,
        quotations,
        credits,
        card_sales,
        expenses,
        cheques,
        prices,
        rebates,
        refunds,
        returns,
        shipments,
        waivers,
    )
    return _NOT_ONES_OWN.union(*(noun.NOT_ONES_OWN for noun in others))


def is_for(
    gate: Gate,
    roles: frozenset[str],
    holders: Callable[[str], frozenset[str]],
    *,
    own: bool = False,
) -> bool:
    """Whether a gate waits for somebody of these roles; `holders` widens a role to those above.

    `own` is set for whoever prepared the document, manager or not.
    """
    if gate.name in of_clerks() and not own:
        return not roles.isdisjoint(gate.opened_by)
    return any(not holders(role).isdisjoint(roles) for role in gate.opened_by)


def reported(case: CaseFacts, gates: Sequence[Gate], today: date) -> list[Gate]:
    """The shut gates that the night reminds of: late signed copies, and goods that are late (A-24).

    Late is reported, never refused.
    """
    found: list[Gate] = []
    for slip in (case.slip, *case.more):
        if dispatch.overdue(slip, case.dispatch_policy, today):
            part = slip.number if case.more else ""
            found += [g for g in gates if g.name == "copy_archived" and g.part == part]
    if case.order.need_by < today and case.order.state in LATE_STATES:
        found += [gate for gate in waiting(gates) if gate not in found]
    return found
