"""Rules of a policy set: what a body must hold before it may judge anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kac.core import roles, rulebook
from kac.core.bands import Band, misplaced
from kac.core.dotted import spelled
from kac.core.errors import NotFound
from kac.core.i18n import _
from kac.desk.approvals.rules import KINDS
from kac.desk.customers.rules import CLASSES, FIELDS, METRICS, NATURES
from kac.desk.deliveries.policy import DRAWS, PAID_BEFORE
from kac.desk.discounts.rules import RELATIONS
from kac.desk.payments.rules import METHODS
from kac.desk.policies.policy import Fault, misshapen
from kac.desk.settlement_days.rules import SIDES
from kac.desk.staff.rules import for_people_only
from kac.desk.takings.states import FUNDS, PLACES

Body = Mapping[str, Any]
SUBJECT = "policy"

# Of what the law leaves no house a choice: the verb's noun, to whom alone, by which rules.
_MONEY = {
    "payment": "BLK-MNY-01",
    "deposit": "BLK-MNY-01",
    "security": "BLK-MNY-02",
    "cheque": "BLK-MNY-03",
}
# What a customer says was sent is no money yet, nor is what is asked to be left off: whoever serves
# the customer writes it down.
_NO_MONEY_YET = frozenset({"payment.declare", "deposit.waive"})
_NEVER_MONEY = frozenset({"gp_specialist", "gp_clerk"})
_INVOICES_BY = "service_desk"
_INVOICING = frozenset({"invoice.issue", "invoice.red"})
# Keys that hold roles, besides those that end in `_role` and `_roles`.
_ROLE_KEYS = frozenset({"role", "roles", "receivers", "introduces", "takes_over", "files"})
# Words that the product acts by, where a set chooses among them.
_WORDS = {
    "contracts.split.mode": frozenset({"warn", "enforce"}),
    "security.methods": frozenset(METHODS),
    "security.good_natures": frozenset(NATURES),
    "delivery.paid_before": frozenset(PAID_BEFORE),
    "delivery.deposit_draw": frozenset(DRAWS),
    "deposit.methods": frozenset(METHODS),
    "deposit.methods_with_reason": frozenset(METHODS),
    "filing.required": frozenset(FIELDS),
    "county.preferred": frozenset(FUNDS),
    "takings.carried": frozenset(FUNDS),
    "takings.vouchers": frozenset(FUNDS),
    "takings.places.card": frozenset(PLACES),
    "takings.places.goods": frozenset(PLACES),
}
# Verbs without which nothing could ever be changed again.
_NEVER_EMPTY = ("approval.ok", "policy.activate", "policy.propose", "staff.add", "staff.roles")


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


def _chosen_words(body: Body) -> Iterator[Fault]:
    """Words that the product acts by are among those that it knows."""
    for key, words in _WORDS.items():
        value: Any = body
        for part in key.split("."):
            value = value.get(part, {})
        for word in (value,) if isinstance(value, str) else value:
            yield from _one_of(key, word, words)
    grades = body.get("grades", {})
    for word in grades.get("good", ()):
        yield from _one_of("grades.good", word, frozenset(grades["names"]))


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


def _discounts(body: Body) -> Iterator[Fault]:
    """Rows of the table of discounts have names of their own, and bands that hold something."""
    rows = body.get("discounts", {}).get("table", ())
    names = [row["id"] for row in rows]
    for place, row in enumerate(rows):
        key = f"discounts.table[{place}]"
        if names.index(row["id"]) != place:
            yield Fault(f"{key}.id", _("another row has this name"), ("RTL-DSC-02",))
        for word in row.get("relations", ()):
            yield from _one_of(f"{key}.relations", word, frozenset(RELATIONS))
        for low, high in (
            ("from_fen", "to_fen"),
            ("from_margin_bp", "to_margin_bp"),
            ("from_units", "to_units"),
        ):
            if high in row and row[high] <= row.get(low, 0):
                yield Fault(f"{key}.{high}", _("nothing lies in this band"), ("RTL-DSC-02",))


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


def _sides(body: Body) -> Iterator[Fault]:
    """Both sides sign the settlement confirmation, once each (HYP-FIN-10, HYP-FIN-14)."""
    section = body.get("settlement")
    if section is None:
        return
    if sorted(row["side"] for row in section["signatures"]) != sorted(SIDES):
        says = _("one signature for each side: {sides}").format(sides=", ".join(sorted(SIDES)))
        yield Fault("settlement.signatures", says, ("HYP-FIN-10", "HYP-FIN-14"))


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
    return name in _ROLE_KEYS or name.endswith(("_role", "_roles")) or "includes." in key


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
        if verb not in _NO_MONEY_YET and (rule := _MONEY.get(verb.split(".")[0])):
            for role in sorted(allowed & _NEVER_MONEY):
                yield Fault(key, _("{role} never takes money").format(role=role), (rule, "C-05"))
        if verb in _INVOICING and (others := allowed - {_INVOICES_BY}):
            says = _("only the service desk fills in invoices, not {roles}")
            rules = ("BLK-INV-01", "BLK-INV-02")
            yield Fault(key, says.format(roles=", ".join(sorted(others))), rules)
    for upper, lower in body.get("includes", {}).items():
        if machines := service.intersection({upper, *lower}):
            says = _("service accounts are no part of any other role: {roles}")
            key = f"includes.{upper}"
            yield Fault(key, says.format(roles=", ".join(sorted(machines))), ("A-56",))


def _signable(body: Body) -> Iterator[Fault]:
    """Whoever is to sign may sign, and nobody is locked out of changing policy and staff (A-56)."""
    verbs = body.get("verb")
    if verbs is None:
        return
    for verb in _NEVER_EMPTY:
        if not verbs.get(verb, {}).get("roles"):
            yield Fault(f'verb."{verb}".roles', _("nobody could do it any more"), ("A-56",))
    includes = body.get("includes", {})
    may = [roles.holders(role, includes) for role in verbs.get("approval.ok", {}).get("roles", ())]
    signers = frozenset().union(*may)
    for section in ("approvals", "margins"):
        for key, role in _spoken(body.get(section, {}), section, _is_role):
            if role in roles.known() and roles.holders(role, includes).isdisjoint(signers):
                says = _("nobody who is {role} may do approval ok")
                yield Fault(key, says.format(role=role), ("C-09",))


def _forbidden(body: Body) -> Iterator[tuple[str, str]]:
    for permission in body.get("verb", {}).values():
        yield from permission.get("forbidden", {}).items()


_CHECKS: tuple[Callable[[Body], Iterator[Fault]], ...] = (
    _classes,
    _chosen_words,
    _tiers,
    _discounts,
    _matrix,
    _signatures,
    _copies,
    _sides,
    _names,
    _rights,
    _signable,
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
