"""Rules of a change of policy: when it may be proposed, and when it comes into force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kac.core.dotted import Change
from kac.core.gates import Gate
from kac.core.i18n import _, ngettext
from kac.core.values import dataclass
from kac.desk.policies.policy import Fault

# What each gate waits for; and the signature that is never one's own.
AFTER: dict[str, tuple[str, ...]] = {
    "policy_in_force": ("policy_approved", "policy_base", "policy_day", "policy_sound"),
}
NOT_ONES_OWN = frozenset({"policy_approved"})
_TOLD = 2


@dataclass(frozen=True)
class ChangeFacts:
    """A change of a set as the ledger has it; `base` is the version that it was made against.

    `may` maps a verb to the roles that do it.
    """

    number: str
    policy_set: str
    base: int
    latest: int
    from_day: date
    differs: tuple[Change, ...]
    may: Mapping[str, tuple[str, ...]]

    def withdrawn_by(self) -> tuple[tuple[str, ...], str]:
        """Who takes the change back, and how; nobody before it has a number."""
        if not self.number:
            return (), ""
        return self.may["policy.propose"], f"kac policy withdraw {self.number} --reason …"


def matter(policy_set: str, from_day: str, differs: Sequence[Change]) -> str:
    """What a change is about, in a line: the set, from when, the first of the keys that change."""
    says = _("policy {name} from {day}: {changes}").format(
        name=policy_set, day=from_day, changes="; ".join(map(told, differs[:_TOLD]))
    )
    more = len(differs) - _TOLD
    return f"{says}; " + _("and {count} more").format(count=more) if more > 0 else says


def told(change: Change) -> str:
    """One change in a line: `deposit.rate_bp 3000 → 3500`."""
    return f"{change.key} {change.before or '–'} → {change.after or '–'}"


def to_propose(facts: ChangeFacts, today: date) -> list[Gate]:
    """The gates of a proposal."""
    return [something_changes(facts), day_to_come(facts, today)]


def to_activate(
    facts: ChangeFacts, found: Sequence[Fault], signatures: Sequence[Gate], today: date
) -> list[Gate]:
    """The gates of a change that is to come into force; `signatures` are those of its request."""
    return [*signatures, still_follows(facts), day_to_come(facts, today), sound(facts, found)]


def something_changes(facts: ChangeFacts) -> Gate:
    """A version that says what the one before it says is none."""
    says = ngettext(
        "{count} key of policy {name} changes",
        "{count} keys of policy {name} change",
        len(facts.differs),
    )
    if not facts.differs:
        says = _("nothing of policy {name} changes")
    told = says.format(count=len(facts.differs), name=facts.policy_set)
    return Gate("policy_changes", ("DST-SCP-01",), bool(facts.differs), told)


def day_to_come(facts: ChangeFacts, today: date) -> Gate:
    """A version is in force from today on or later: documents of yesterday were judged."""
    says = _("in force from {day}; today is {today}").format(day=facts.from_day, today=today)
    return _gate("policy_day", ("DST-SCP-01",), facts, facts.from_day >= today, says)


def still_follows(facts: ChangeFacts) -> Gate:
    """Nobody else's change came in between; it would be undone unseen."""
    says = _("made against version {base}; the last is version {latest}").format(
        base=facts.base, latest=facts.latest
    )
    return _gate("policy_base", ("DST-SCP-01",), facts, facts.base == facts.latest, says)


def sound(facts: ChangeFacts, found: Sequence[Fault]) -> Gate:
    """The body has no fault."""
    rules = tuple(dict.fromkeys(rule for fault in found for rule in fault.rules))
    says = "; ".join(f"{fault.key}: {fault.says}" for fault in found) or _("nothing is wrong in it")
    return _gate("policy_sound", rules, facts, not found, says)


def _gate(name: str, rules: tuple[str, ...], facts: ChangeFacts, is_open: bool, says: str) -> Gate:
    """A gate that, once shut, is opened by nothing but another proposal."""
    opened_by, command = ((), "") if is_open else facts.withdrawn_by()
    return Gate(name, rules, is_open, says, opened_by, command)


def in_force(facts: ChangeFacts) -> Gate:
    """The last step of a living change: somebody puts it in force."""
    says = _("policy {name} waits to be put in force from {day}").format(
        name=facts.policy_set, day=facts.from_day
    )
    command = f"kac policy activate {facts.number}"
    return Gate(
        "policy_in_force", ("DST-SCP-01",), False, says, facts.may["policy.activate"], command
    )
