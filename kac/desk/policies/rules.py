"""Rules of a policy set: what a body must hold before it may judge anything, and when it may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from kac.core import roles, rulebook
from kac.core.bands import Band, misplaced
from kac.core.dotted import Change, spelled
from kac.core.errors import NotFound
from kac.core.gates import Gate
from kac.core.i18n import _
from kac.desk.approvals.rules import KINDS
from kac.desk.customers.rules import CLASSES, METRICS
from kac.desk.policies.policy import Fault, misshapen
from kac.desk.staff.rules import for_people_only

Body = Mapping[str, Any]
SUBJECT = "policy"

# Of what the law leaves no house a choice: the verb's noun, to whom alone, by which rules.
_MONEY = frozenset({"payment", "deposit", "cheque", "custody"})
_NEVER_MONEY = {"gp_specialist": "BLK-MNY-01", "gp_clerk": "BLK-MNY-01"}
_INVOICES_BY = "service_desk"


def faults(body: Body, verbs: frozenset[str], before: Body | None = None) -> list[Fault]:
    """Everything that is wrong with a body, at once, in the order of its keys.

    `verbs` are those that the product knows, `before` the version that this one follows.
    """
    found = list(misshapen(body))
    broken = {_section_of(fault.key) for fault in found}
    sound = {key: value for key, value in body.items() if key not in broken}
    for check in _CHECKS:
        found += check(sound)
    found += _unknown_verbs(sound, verbs)
    found += _no_criterion(body)
    if before is not None:
        found += _lost(body, before)
    return sorted(dict.fromkeys(found), key=lambda fault: fault.key)


def _section_of(key: str) -> str:
    return key.split(".")[0].split("[")[0]


# Criteria


def _no_criterion(body: Body) -> Iterator[Fault]:
    """A house says by what it tells key accounts and candidates (CRD-DEF-01, CRG-SCR-01)."""
    table = body.get("classes", {})
    if isinstance(table, Mapping) and not table.get("table"):
        yield Fault("classes.table", _("no criterion for key accounts"), ("CRD-DEF-01",))
    screening = body.get("screening", {})
    if isinstance(screening, Mapping) and not screening.get("indicators"):
        yield Fault("screening.indicators", _("no indicator to screen by"), ("CRG-SCR-01",))


def _classes(body: Body) -> Iterator[Fault]:
    """Each criterion names a class, a figure and a kind of customer that there are (C-01)."""
    known = {
        "id": frozenset(CLASSES),
        "metric": frozenset(METRICS),
        "designation": frozenset({"auto", "on_approval"}),
    }
    for place, row in enumerate(body.get("classes", {}).get("table", ())):
        key = f"classes.table[{place}]"
        for name, words in known.items():
            yield from _one_of(f"{key}.{name}", row[name], words)
        for kind in row["kinds"]:
            yield from _one_of(f"{key}.kinds", kind, frozenset({"unit", "person"}))
        if not row["kinds"]:
            yield Fault(f"{key}.kinds", _("is empty"), ("CRD-DEF-01",))


def _one_of(key: str, word: str, words: frozenset[str]) -> Iterator[Fault]:
    if word not in words:
        says = _('"{word}" is not one of: {words}')
        yield Fault(key, says.format(word=word, words=", ".join(sorted(words))))


# Bands


def _tiers(body: Body) -> Iterator[Fault]:
    """Margin tiers leave no gap, do not overlap and stand in order (RTL-DSC-04..06, A-26)."""
    rows = body.get("margins", {}).get("tiers", ())
    keys = [f"margins.tiers[{place}]" for place in range(len(rows))]
    for place, says in misplaced([Band(row["from_bp"], row["to_bp"]) for row in rows]):
        yield Fault(keys[place], says, ("A-26",))
    for key, row in zip(keys, rows, strict=True):
        if not row["roles"]:
            yield Fault(f"{key}.roles", _("nobody signs for it"), (row["rule"],))
        if row["to_included"] and key is not keys[-1]:
            yield Fault(f"{key}.to_included", _("only the last tier closes"), ("A-26",))


def _matrix(body: Body) -> Iterator[Fault]:
    """Every row asks for signatures that there are; each subject's bands cover all (C-09, A-05)."""
    rows = body.get("approvals", {}).get("matrix", ())
    for place, row in enumerate(rows):
        key = f"approvals.matrix[{place}].steps"
        if not row["steps"]:
            yield Fault(key, _("nobody signs for it"), ("C-09",))
        for number, step in enumerate(row["steps"]):
            yield from _one_of(f"{key}[{number}].kind", step["kind"], frozenset(KINDS))
    for subject in dict.fromkeys(row["subject"] for row in rows):
        yield from _ladder(rows, subject)


def _ladder(rows: Sequence[Body], subject: str) -> Iterator[Fault]:
    mine = [
        (f"approvals.matrix[{place}]", Band(row.get("from_fen", 0), row.get("to_fen")))
        for place, row in enumerate(rows)
        if row["subject"] == subject and not row.get("flag")
    ]
    for place, says in misplaced([band for _key, band in mine]):
        yield Fault(mine[place][0], says, ("C-09", "A-05"))
    if mine and mine[-1][1].end is not None:
        yield Fault(f"{mine[-1][0]}.to_fen", _("amounts above it ask nobody"), ("C-09",))


# Who signs


def _signatures(body: Body) -> Iterator[Fault]:
    """Discounts are checked and granted wherever margins are judged; a change asks a second one."""
    section = body.get("approvals")
    if section is None:
        return
    if "margins" in body:
        for name, rule in (("discount_check", "RTL-ORD-04"), ("concession", "RTL-REC-15")):
            if not section.get(f"{name}_role"):
                yield Fault(f"approvals.{name}_role", _("is empty"), (rule,))
    if not any(row["subject"] == SUBJECT and not row.get("flag") for row in section["matrix"]):
        yield Fault("approvals.matrix", _("nobody is asked about a change of policy"), ("A-56",))


def _copies(body: Body) -> Iterator[Fault]:
    """Two departments count, and the copy that comes back is one of the slip's."""
    section = body.get("dispatch")
    if section is None:
        return
    if len(section["departments"]) < 2:
        yield Fault("dispatch.departments", _("two departments count"), ("RTL-ORD-14",))
    if section["signed_copy"] not in section["slip_copies"]:
        yield Fault("dispatch.signed_copy", _("is no copy of the slip"), ("RTL-PAY-11",))


# Names


def _names(body: Body) -> Iterator[Fault]:
    """Roles, rules and source documents that are spoken of are known ones."""
    known = frozenset(roles.known())
    for key, word in _spoken(body, "", _is_role):
        if word not in known:
            yield Fault(key, _("no such role: {roles}").format(roles=word))
    for key, word in _spoken(body, "", _is_rule):
        if not _in_catalogue(word):
            yield Fault(key, _('no rule has the id "{reference}"').format(reference=word))
    papers = {document.id for document in rulebook.documents()}
    for word in body.get("sources", ()):
        if word not in papers:
            yield Fault("sources", _("{word} is no source document").format(word=word))
    for role, rule in _forbidden(body):
        if role not in known or not _in_catalogue(rule):
            yield Fault("verb", _("{role} or {rule} is unknown").format(role=role, rule=rule))


def _is_role(key: str) -> bool:
    name = key.rsplit(".", 1)[-1]
    return name in ("role", "roles") or name.endswith(("_role", "_roles")) or "includes." in key


def _is_rule(key: str) -> bool:
    name = key.rsplit(".", 1)[-1]
    return name == "rule" or name.endswith("_rule")


def _spoken(value: Any, key: str, wanted: Callable[[str], bool]) -> Iterator[tuple[str, str]]:
    """Every word at a key of the wanted kind; keys of `includes` are roles themselves."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            inner = f"{key}.{spelled(name)}" if key else name
            if key == "includes" and wanted(inner):
                yield inner, name
            yield from _spoken(each, inner, wanted)
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            inner = f"{key}[{place}]" if isinstance(each, Mapping) else key
            yield from _spoken(each, inner, wanted)
    elif isinstance(value, str) and value and wanted(key):
        yield key, value


def _in_catalogue(rule: str) -> bool:
    try:
        entry = rulebook.find(rule)
    except NotFound:
        return False
    kinds = (rulebook.Rule, rulebook.Ambiguity, rulebook.Conflict)
    return entry.id == rule and isinstance(entry, kinds)


# Rights


def _unknown_verbs(body: Body, verbs: frozenset[str]) -> Iterator[Fault]:
    for verb in body.get("verb", {}):
        if verb not in verbs:
            yield Fault(f"verb.{spelled(verb)}", _("there is no such verb"))


def _rights(body: Body) -> Iterator[Fault]:
    """What the law forbids no table allows; whoever signs may sign; no machine decides."""
    service = roles.service()
    for verb, permission in body.get("verb", {}).items():
        key = f"verb.{spelled(verb)}.roles"
        allowed = frozenset(permission["roles"])
        if for_people_only(verb) and (machines := allowed & service):
            says = _("service accounts never decide: {roles}")
            yield Fault(key, says.format(roles=", ".join(sorted(machines))), ("A-56",))
        if verb.split(".")[0] in _MONEY:
            for role in sorted(allowed & _NEVER_MONEY.keys()):
                says = _("{role} never takes money")
                yield Fault(key, says.format(role=role), (_NEVER_MONEY[role], "C-05"))
        if verb.split(".")[0] == "invoice" and (others := allowed - {_INVOICES_BY}):
            says = _("only the service desk fills in invoices, not {roles}")
            rules = ("BLK-INV-01", "BLK-INV-02")
            yield Fault(key, says.format(roles=", ".join(sorted(others))), rules)
    for upper, lower in body.get("includes", {}).items():
        if machines := {upper, *lower} & service:
            says = _("service accounts are no part of any other role: {roles}")
            key = f"includes.{upper}"
            yield Fault(key, says.format(roles=", ".join(sorted(machines))), ("A-56",))


def _forbidden(body: Body) -> Iterator[tuple[str, str]]:
    for permission in body.get("verb", {}).values():
        yield from permission.get("forbidden", {}).items()


_CHECKS: tuple[Callable[[Body], Iterator[Fault]], ...] = (
    _classes,
    _tiers,
    _matrix,
    _signatures,
    _copies,
    _names,
    _rights,
)


# What a version keeps of the one before it


def _lost(body: Body, before: Body) -> Iterator[Fault]:
    """A set keeps its sections, verbs and subjects: documents ask for them by name."""
    for name in before.keys() - body.keys():
        yield Fault(name, _("the version before has it"), ("DST-SCP-01",))
    for verb in before.get("verb", {}).keys() - body.get("verb", {}).keys():
        yield Fault(f"verb.{spelled(verb)}", _("the version before has it"), ("DST-SCP-01",))
    for subject in sorted(_subjects(before) - _subjects(body)):
        says = _("the version before asks for signatures of {subject}")
        yield Fault("approvals.matrix", says.format(subject=subject), ("C-09",))


def _subjects(body: Body) -> frozenset[str]:
    section = body.get("approvals", {})
    rows = section.get("matrix", ()) if isinstance(section, Mapping) else ()
    return frozenset(row.get("subject", "") for row in rows if isinstance(row, Mapping))


# When a change may be proposed, and when it comes into force


@dataclass(frozen=True)
class ChangeFacts:
    """A change of a set as the ledger has it; `base` is the version that it was made against."""

    number: str
    policy_set: str
    base: int
    latest: int
    from_day: date
    differs: tuple[Change, ...]


def to_propose(facts: ChangeFacts, today: date) -> list[Gate]:
    """The gates of a proposal."""
    return [something_changes(facts), day_to_come(facts, today)]


def to_activate(
    facts: ChangeFacts, found: Sequence[Fault], signatures: Sequence[Gate], today: date
) -> list[Gate]:
    """The gates of a change that is to come into force; `signatures` are those of its request."""
    return [*signatures, still_follows(facts), day_to_come(facts, today), sound(found)]


def something_changes(facts: ChangeFacts) -> Gate:
    """A version that says what the one before it says is none."""
    says = _("{count} keys of policy {name} change").format(
        count=len(facts.differs), name=facts.policy_set
    )
    return Gate("policy_changes", ("DST-SCP-01",), bool(facts.differs), says)


def day_to_come(facts: ChangeFacts, today: date) -> Gate:
    """A version is in force from today on or later: documents of yesterday were judged."""
    says = _("in force from {day}; today is {today}").format(day=facts.from_day, today=today)
    return Gate("policy_day", ("DST-SCP-01",), facts.from_day >= today, says)


def still_follows(facts: ChangeFacts) -> Gate:
    """Nobody else's change came in between; it would be undone unseen."""
    says = _("made against version {base}; the last is version {latest}").format(
        base=facts.base, latest=facts.latest
    )
    withdraw = f"kac policy withdraw {facts.number} --reason …"
    command = "" if facts.base == facts.latest else withdraw
    rules = ("DST-SCP-01",)
    return Gate("policy_base", rules, facts.base == facts.latest, says, (), command)


def sound(found: Sequence[Fault]) -> Gate:
    """The body has no fault."""
    rules = tuple(dict.fromkeys(rule for fault in found for rule in fault.rules))
    says = "; ".join(f"{fault.key}: {fault.says}" for fault in found) or _("nothing is wrong in it")
    return Gate("policy_sound", rules, not found, says)
