"""Rules of cover: who or what answers for goods that are not paid for before they go."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.covers.exposure import Exposure
from kac.desk.limits import rules as limits
from kac.desk.limits.rules import Limit


@dataclass(frozen=True)
class Letter:
    """A guarantee letter for one order: who vouches, for how much, until when."""

    number: str
    guarantor: str
    amount_fen: int
    due_on: date


@dataclass(frozen=True)
class Agreement:
    """A long-term supply contract that is executed, with the security verified under it, in fen."""

    number: str
    from_day: date
    to_day: date
    security_fen: int
    statement_day: int = 31
    due_day: int = 31


def due_on(picked_up: date, agreement: Agreement) -> date:
    """The day by which goods by the month are paid for (RTL-MTH-07, A-25).

    Up to the statement day they stand on the statement of the month, later on that of the next; it
    is paid by the due day of the month after. Days that a month does not have are its last.
    """
    months = picked_up.year * 12 + picked_up.month - 1
    stands = months + (picked_up.day > agreement.statement_day)
    year, month = divmod(stands + 1, 12)
    return date(year, month + 1, min(agreement.due_day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True)
class Pickup:
    """Goods picked up under contract on a day, in fen; below nothing for goods that came back.

    `day` is None while a slip is issued and nothing has left.
    """

    document: str
    order: str
    day: date | None
    amount_fen: int


def month_fen(pickups: Sequence[Pickup], today: date) -> int:
    """What was picked up in the calendar month of a day, less what came back in it (A-46)."""
    month = (today.year, today.month)
    taken = sum(
        each.amount_fen
        for each in pickups
        if each.day is not None and (each.day.year, each.day.month) == month
    )
    # Goods of an earlier month that come back give no more room than the security itself.
    return max(taken, 0)


def waiting_fen(pickups: Sequence[Pickup]) -> int:
    """What has a slip and has not left yet."""
    return sum(each.amount_fen for each in pickups if each.day is None)


@dataclass(frozen=True)
class CoverFacts:
    """What stands behind an order that is not paid for before it leaves; amounts in fen.

    `beside_fen` is the customer's exposure by everything else, `approvers` who reviewed or signed
    the order. `nature` is named where it alone is good credit; `pickups` are those of other
    orders, of which those that only have a slip count until this order has its own: `slip`;
    `own_pickups` are those of the order itself.
    """

    order: str
    customer: str
    customer_name: str
    terms: str
    limit: Limit | None = None
    beside_fen: int = 0
    letter: Letter | None = None
    approvers: tuple[str, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    nature: str = ""
    pickups: tuple[Pickup, ...] = ()
    own_pickups: tuple[Pickup, ...] = ()
    slip: bool = False

    def living(self, today: date) -> tuple[Agreement, ...]:
        """The contracts in whose term a day is."""
        return tuple(each for each in self.agreements if each.from_day <= today <= each.to_day)

    def security_fen(self, today: date) -> int:
        """The security that is held under the contracts of a day."""
        return sum(each.security_fen for each in self.living(today))


def over(exposure: Exposure, limit: Limit | None, customer: str, today: date) -> str:
    """What to tell of a customer who owes more than the limit; empty where nobody need look."""
    owed = exposure.total_fen
    left = limits.left_fen(limit, owed, today)
    if owed <= 0 or (left is not None and left >= 0):
        return ""
    return _("{owed} open, {limit}").format(
        owed=Money(owed), limit=limits.said(limit, customer, today)
    )


def to_review(
    facts: CoverFacts, owed_fen: int, may: Mapping[str, tuple[str, ...]], today: date
) -> list[Gate]:
    """What must hold before a sale on credit is approved, which raises the exposure."""
    covers = credit_covers(facts, owed_fen, may["credit.set"], today)
    if facts.terms != "monthly":
        return [covers]
    contract = contract_covers(facts, may, today)
    limited = limits.holds(facts.limit, today) and not facts.security_fen(today)
    return [contract, covers] if limited else [contract]


def going(
    facts: CoverFacts | None,
    total_fen: int,
    owed_fen: int,
    may: Mapping[str, tuple[str, ...]],
    today: date,
    part: tuple[str, int] | None = None,
) -> list[Gate]:
    """What must hold before an order goes that is not paid for, or a part; nothing for a prepaid.

    `part` is the number of its slip, empty before it has one, with what it costs: the other slips
    of the order are goods picked up beside it. Of a whole order those are that have left.
    """
    if facts is None:
        return []
    if part is None:
        beside = tuple(each for each in facts.own_pickups if each.day is not None)
        slip, left = facts.slip, total_fen - sum(max(0, each.amount_fen) for each in beside)
    else:
        beside = tuple(each for each in facts.own_pickups if each.document != part[0])
        slip, left = bool(part[0]), part[1]
    seen = replace(facts, pickups=(*facts.pickups, *beside), slip=slip)
    return to_go(seen, left, owed_fen, may, today)


def to_go(
    facts: CoverFacts,
    total_fen: int,
    owed_fen: int,
    may: Mapping[str, tuple[str, ...]],
    today: date,
) -> list[Gate]:
    """What must hold before goods go that are not paid for (C-04, A-63, A-65).

    A letter and a limit; or a long-term contract, with the month's pick-ups inside its security,
    or inside the limit where one is set and no security is held.
    """
    if facts.terms == "monthly":
        gates = to_review(facts, owed_fen, may, today)
        if facts.security_fen(today):
            gates.append(month_covered(facts, total_fen, may["security.record"], today))
        return gates
    return [
        guaranteed(facts, owed_fen, may["credit.letter"], today),
        credit_covers(facts, owed_fen, may["credit.set"], today),
    ]


def guaranteed(facts: CoverFacts, owed_fen: int, roles: Sequence[str], today: date) -> Gate:
    """Somebody responsible has vouched in writing for what is owed, and approved none of it.

    RTL-PRI-03, RTL-PRI-04, A-47.
    """
    wrong = _letter_wrong(facts, owed_fen, today)
    letter = facts.letter
    if letter and not wrong:
        says = _("{staff} vouches for {amount} until {day} ({number})").format(
            staff=letter.guarantor,
            amount=Money(letter.amount_fen),
            day=letter.due_on,
            number=letter.number,
        )
        return Gate("guaranteed", LETTER_RULES, True, says)
    command = f"kac credit letter {facts.order} --guarantor …"
    command += f" --amount {Money(owed_fen).plain()} --due … --document …"
    return Gate("guaranteed", LETTER_RULES, False, wrong, tuple(roles), command)


LETTER_RULES = ("RTL-PRI-03", "RTL-PRI-04", "A-47")


def _letter_wrong(facts: CoverFacts, owed_fen: int, today: date) -> str:
    letter = facts.letter
    if letter is None:
        return _("nobody vouches in writing for {amount}").format(amount=Money(owed_fen))
    figures = {"number": letter.number, "staff": letter.guarantor, "day": letter.due_on}
    if letter.guarantor in facts.approvers:
        return _("{staff} vouches in {number}, and approved the sale or its limit").format(
            **figures
        )
    if letter.due_on < today:
        return _("the letter {number} of {staff} was due on {day}").format(**figures)
    if letter.amount_fen < owed_fen:
        return _("{number} vouches for {amount}, {owed} is owed").format(
            number=letter.number, amount=Money(letter.amount_fen), owed=Money(owed_fen)
        )
    return ""


def independent(guarantor: str, order: str, approvers: Sequence[str]) -> Gate:
    """Who approved a sale or the limit behind it does not vouch for it (A-47)."""
    says = _("{staff} vouches for {order}").format(staff=guarantor, order=order)
    if guarantor in approvers:
        says = _("{staff} approved {order} or its limit, and cannot vouch for it too").format(
            staff=guarantor, order=order
        )
    return Gate("guarantor_independent", ("A-47",), guarantor not in approvers, says)


def credit_covers(facts: CoverFacts, owed_fen: int, roles: Sequence[str], today: date) -> Gate:
    """The approved limit holds what the customer owes already and this sale (A-65).

    RTL-CTL-01..03, RTL-CTL-08. Nothing set means money first; a limit of 0 allows nothing, and
    one whose day is over does not count.
    """
    limit = facts.limit
    says = limits.said(limit, facts.customer_name, today)
    if limit is not None and limits.holds(limit, today):
        over = facts.beside_fen + owed_fen - limit.limit_fen
        says = _("{limit}: {beside} open and {owed} of this sale").format(
            limit=says, beside=Money(facts.beside_fen), owed=Money(owed_fen)
        )
        if over <= 0:
            return Gate("credit_covers", limits.RULES, True, says)
        says = _("{says}, {over} too much").format(says=says, over=Money(over))
    wanted = Money(facts.beside_fen + owed_fen).plain()
    command = f"kac credit set {facts.customer} --limit {wanted} --until … --investigated-by …"
    return Gate("credit_covers", limits.RULES, False, says, tuple(roles), f"{command} --document …")


def contract_covers(facts: CoverFacts, may: Mapping[str, tuple[str, ...]], today: date) -> Gate:
    """Goods by the month go under a contract, with who is of good credit or has left security.

    RTL-MTH-01..03, RTL-MTH-05, C-04.
    """
    rules = ("RTL-MTH-01", "RTL-MTH-02", "RTL-MTH-03", "RTL-MTH-05")
    living = facts.living(today)
    if not living:
        says = _("no long-term supply contract with {customer} is executed on {day}")
        command = f"kac contract list -c {facts.customer}"
        says = says.format(customer=facts.customer_name, day=today)
        return Gate("contract_covers", rules, False, says, may["contract.execute"], command)
    numbers = ", ".join(each.number for each in living)
    security = facts.security_fen(today)
    why = _("security of {amount} is held").format(amount=Money(security))
    why = why if security else _good(facts, today)
    if why:
        says = _("{contracts}: {why}").format(contracts=numbers, why=why)
        return Gate("contract_covers", rules, True, says)
    return Gate(
        "contract_covers",
        rules,
        False,
        _("{contracts}: no credit, and no security deposit is verified").format(contracts=numbers),
        may["security.record"],
        f"kac security record {living[0].number} --amount … --ref …",
    )


def month_covered(facts: CoverFacts, total_fen: int, roles: Sequence[str], today: date) -> Gate:
    """The month's pick-ups with this one are not above the security; equal is enough.

    RTL-MTH-04, A-46, A-63.
    """
    rules = ("RTL-MTH-04", "A-46", "A-63")
    security = facts.security_fen(today)
    taken = month_fen(facts.pickups, today)
    if not facts.slip:
        taken += waiting_fen(facts.pickups)
    above = taken + total_fen - security
    says = _(
        "security of {security}: {taken} picked up in {month} and {sale} of this order"
    ).format(
        security=Money(security),
        taken=Money(taken),
        month=f"{today:%Y-%m}",
        sale=Money(total_fen),
    )
    if above <= 0:
        return Gate("month_covered", rules, True, says)
    living = facts.living(today)
    command = f"kac security record {living[0].number} --amount {Money(above).plain()} --ref …"
    says = _("{says}, {over} too much").format(says=says, over=Money(above))
    return Gate("month_covered", rules, False, says, tuple(roles), command if living else "")


def _good(facts: CoverFacts, today: date) -> str:
    natures = (facts.nature,) if facts.nature else ()
    return limits.good_standing(facts.nature, natures, facts.limit, today)
