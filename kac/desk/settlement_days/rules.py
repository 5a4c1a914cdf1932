"""Rules of the settlement day: nothing is left lying, what is left over is handed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kac.core.gates import Gate
from kac.core.i18n import N_, _
from kac.core.money import Money
from kac.core.values import dataclass
from kac.desk.rosters.policy import SettlementPolicy, SignatureRule
from kac.desk.settlement_days.states import RUNNING

SIDES = {"finance": N_("finance"), "department": N_("department head")}
SHEET = {"original": "bulk_department"}
AFTER: dict[str, tuple[str, ...]] = {
    "day_circulated": ("day_money_kept",),
    "day_handed_over": ("day_money_kept", "day_circulated"),
    "day_closed": ("day_money_kept", "day_circulated", "day_handed_over"),
    "sheet_signed_finance": ("day_closed",),
    "sheet_signed_department": ("day_closed",),
    "sheet_archived": ("day_closed", "sheet_signed_finance", "sheet_signed_department"),
}
May = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class OpenItem:
    """Money that is not settled: its number, fen, whether a manager has it in hand."""

    number: str
    amount_fen: int
    in_hand: bool


@dataclass(frozen=True)
class DayFacts:
    """A settlement day as its gates see it.

    `items` are all that is open on it, whenever reported; `handed` those handed over; `signed`
    says who signed the sheet as it stands for which side.
    """

    number: str
    state: str
    day: date
    officer: str
    items: tuple[OpenItem, ...]
    handed: frozenset[str]
    next_officer: str
    signed: Mapping[str, str]
    keeper: str


@dataclass(frozen=True)
class Opening:
    """What somebody who opens a day finds: the roster, the day before, what was handed over."""

    actor: str
    day: date
    rostered: str
    before: str
    before_state: str
    handed_to: frozenset[str]


def to_open(opening: Opening, may: May) -> list[Gate]:
    """Exactly one person is responsible for a day, and takes over from the day before.

    HYP-FIN-04, HYP-FIN-08.
    """
    says = _("nobody is on the roster of {day}").format(day=opening.day)
    if opening.rostered:
        says = _("{officer} is on the roster of {day}").format(
            officer=opening.rostered, day=opening.day
        )
    command = f"kac day roster {opening.day} --officer …"
    mine = opening.rostered == opening.actor
    gates = [Gate("day_rostered", ("HYP-FIN-04",), mine, says, may["day.roster"], command)]
    done = opening.before_state in ("", "closed", "archived")
    left = _("no day is left open")
    if not done:
        left = _("{number} is not closed").format(number=opening.before)
    close = f"kac day close {opening.before}"
    gates.append(Gate("day_before_closed", ("HYP-FIN-08",), done, left, may["day.close"], close))
    strangers = sorted(opening.handed_to - {opening.actor})
    taken = _("what was left over is handed to {officer}").format(officer=opening.actor)
    if strangers:
        taken = _("what was left over is handed to {officer}").format(officer=", ".join(strangers))
    gates.append(Gate("day_taken_over", ("HYP-FIN-08", "HYP-FIN-09"), not strangers, taken))
    return gates


def running(number: str, state: str, day: date, may: May) -> Gate:
    """Money moves on a day that its officer has opened and not closed (HYP-FIN-04, HYP-FIN-05)."""
    rules = ("HYP-FIN-04", "HYP-FIN-05")
    if state in RUNNING:
        says = _("{number} of {day} is open").format(number=number, day=day)
        return Gate("day_running", rules, True, says)
    if not number:
        says = _("{day} is not opened yet").format(day=day)
        return Gate("day_running", rules, False, says, may["day.open"], "kac day open")
    says = _("{number} of {day} is closed").format(number=number, day=day)
    command = f"kac day reopen {number} --reason …"
    return Gate("day_running", rules, False, says, may["day.reopen"], command)


def money_kept(facts: DayFacts, may: May) -> Gate:
    """No cash and no cheque is left in anybody's hands: settled, or in custody (HYP-FIN-01)."""
    loose = [item for item in facts.items if item.in_hand]
    if not loose:
        says = _("all cash and cheques are settled or in custody")
        return Gate("day_money_kept", ("HYP-FIN-01",), True, says)
    return Gate(
        "day_money_kept",
        ("HYP-FIN-01",),
        False,
        _("neither settled nor in custody: {items}").format(items=_told(loose)),
        may["day.custody"],
        f"kac day custody {loose[0].number} --unit … --manager … --custodian …",
    )


def _told(items: list[OpenItem]) -> str:
    return ", ".join(f"{item.number} {Money(item.amount_fen)}" for item in items)


def circulated(facts: DayFacts, may: May) -> Gate:
    """The day's results were told to the department (HYP-FIN-07)."""
    if facts.state != "open":
        return Gate("day_circulated", ("HYP-FIN-07",), True, _("the results are circulated"))
    return Gate(
        "day_circulated",
        ("HYP-FIN-07",),
        False,
        _("the results of {day} are not circulated").format(day=facts.day),
        may["day.circulate"],
        f"kac day circulate {facts.number} --to …",
    )


def handed_over(facts: DayFacts, may: May) -> Gate:
    """Everything left over is handed, item by item, to the next officer (HYP-FIN-08/09)."""
    rules = ("HYP-FIN-08", "HYP-FIN-09")
    left = [item for item in facts.items if item.number not in facts.handed]
    if not left:
        says = _("items handed to {officer}: {count}").format(
            officer=facts.next_officer or "-", count=len(facts.items)
        )
        if not facts.items:
            says = _("nothing is left over")
        return Gate("day_handed_over", rules, True, says)
    to = facts.next_officer or _("nobody: the roster names no later day")
    return Gate(
        "day_handed_over",
        rules,
        False,
        _("not handed to {officer}: {items}").format(officer=to, items=_told(left)),
        may["day.handover"],
        f"kac day handover {facts.number}",
    )


def next_rostered(facts: DayFacts, may: May) -> Gate:
    """There is somebody to hand over to (HYP-FIN-04, HYP-FIN-08)."""
    says = _("{officer} is next").format(officer=facts.next_officer)
    if not facts.next_officer:
        says = _("the roster names nobody after {day}").format(day=facts.day)
    return Gate(
        "day_next_rostered",
        ("HYP-FIN-04", "HYP-FIN-08"),
        bool(facts.next_officer),
        says,
        may["day.roster"],
        "kac day roster DAY --officer …",
    )


def to_close(facts: DayFacts, may: May) -> list[Gate]:
    """What must hold before a day is closed (HYP-FIN-01, HYP-FIN-07, HYP-FIN-08)."""
    return [money_kept(facts, may), circulated(facts, may), handed_over(facts, may)]


def closed(facts: DayFacts, may: May) -> Gate:
    """The day is closed by its officer."""
    if facts.state not in RUNNING:
        return Gate("day_closed", ("HYP-FIN-08",), True, _("the day is closed"))
    says = _("{day} is still open").format(day=facts.day)
    command = f"kac day close {facts.number}"
    return Gate("day_closed", ("HYP-FIN-08",), False, says, may["day.close"], command)


def sheet_signed(facts: DayFacts, wanted: SignatureRule) -> Gate:
    """One side has signed the confirmation as it stands (HYP-FIN-10, HYP-FIN-14)."""
    who = facts.signed.get(wanted.side, "")
    side = _(SIDES[wanted.side])
    says = _("not signed for {side}").format(side=side)
    if who:
        says = _("signed for {side} by {staff}").format(side=side, staff=who)
    return Gate(
        "sheet_signed_finance" if wanted.side == "finance" else "sheet_signed_department",
        (wanted.rule,),
        bool(who),
        says,
        () if who else wanted.roles,
        "" if who else f"kac day sign {facts.number}",
    )


def archived(facts: DayFacts, may: May) -> Gate:
    """The signed sheet is with the keeper of the month (HYP-FIN-11, A-14)."""
    if facts.state == "archived":
        says = _("kept by {keeper}").format(keeper=facts.keeper)
        return Gate("sheet_archived", ("HYP-FIN-11",), True, says)
    says = _("{keeper} does not have the sheet yet").format(
        keeper=facts.keeper or _("the keeper of the month")
    )
    command = f"kac day archive {facts.number}"
    return Gate("sheet_archived", ("HYP-FIN-11",), False, says, may["day.archive"], command)


def keeper_named(facts: DayFacts, actor: str, may: May) -> Gate:
    """The sheet is taken by who keeps the papers of its month (HYP-FIN-11, A-14)."""
    month = facts.day.strftime("%Y-%m")
    says = _("nobody keeps the papers of {month}").format(month=month)
    if facts.keeper:
        says = _("{keeper} keeps the papers of {month}").format(keeper=facts.keeper, month=month)
    command = f"kac day keeper {month} --staff …"
    mine = facts.keeper == actor
    return Gate("month_keeper", ("HYP-FIN-11", "A-14"), mine, says, may["day.keeper"], command)


def to_archive(facts: DayFacts, policy: SettlementPolicy, actor: str, may: May) -> list[Gate]:
    """What must hold before the sheet goes to the keeper (HYP-FIN-10, HYP-FIN-11, HYP-FIN-14)."""
    signed = [sheet_signed(facts, wanted) for wanted in policy.wanted()]
    return [closed(facts, may), *signed, keeper_named(facts, actor, may)]


def checklist(facts: DayFacts, policy: SettlementPolicy, may: May) -> list[Gate]:
    """All gates of a day in the order of its life."""
    running_gates = to_close(facts, may) if facts.state in RUNNING else []
    signed = [sheet_signed(facts, wanted) for wanted in policy.wanted()]
    return [*running_gates, closed(facts, may), *signed, archived(facts, may)]
