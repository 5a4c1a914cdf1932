"""Rules of fulfilment: rung from the goods, checked by loss prevention, loaded in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kac.core.gates import Gate
from kac.core.i18n import _
from kac.core.quantity import format_quantity
from kac.core.values import dataclass
from kac.desk.fulfilments.policy import FulfilmentPolicy


@dataclass(frozen=True)
class TillFacts:
    """The last till receipt of a slip: its number, who rang it, who checked it; empty for none."""

    slip: str
    reference: str = ""
    rung_by: str = ""
    checked_by: str = ""


@dataclass(frozen=True)
class RungLine:
    """A line of a slip with what was rung of it, in base units; fen per selling unit."""

    line: int
    name: str
    unit: str
    scale: int
    wanted: int
    rung: int
    unit_price_fen: int = 0


def checked(facts: TillFacts, policy: FulfilmentPolicy, roles: Sequence[str]) -> list[Gate]:
    """Loss prevention has checked the goods by their till receipt before loading (GPA-TIL-02).

    No gate where nothing was rung and the policy does not ask for it.
    """
    if not facts.reference and not policy.till_required:
        return []
    rules = ("GPA-TIL-02", "GPA-TIL-01")
    if facts.checked_by:
        says = _("till receipt {receipt} checked by {staff}").format(
            receipt=facts.reference, staff=facts.checked_by
        )
        return [Gate("till_checked", rules, True, says)]
    says = _("loss prevention has not checked till receipt {receipt} yet").format(
        receipt=facts.reference
    )
    command = f"kac dispatch check {facts.slip}"
    if not facts.reference:
        says = _("no till receipt has been rung from the goods yet")
        command = f"kac dispatch till {facts.slip} LINE:QTY … --ref …"
    return [Gate("till_checked", rules, False, says, tuple(roles), command)]


def rung(facts: TillFacts, roles: Sequence[str]) -> Gate:
    """There is a till receipt to check by (GPA-TIL-01)."""
    says = _("till receipt {receipt} rung by {staff}").format(
        receipt=facts.reference, staff=facts.rung_by
    )
    if facts.reference:
        return Gate("till_rung", ("GPA-TIL-01",), True, says)
    says = _("no till receipt has been rung from the goods yet")
    command = f"kac dispatch till {facts.slip} LINE:QTY … --ref …"
    return Gate("till_rung", ("GPA-TIL-01",), False, says, tuple(roles), command)


def rung_equals_slip(lines: Sequence[RungLine]) -> Gate:
    """What was rung from the goods is what the slip says, line by line (RTL-CTL-07)."""
    off = [
        _("line {line} {name}: {found} {unit} rung, {wanted} on the slip").format(
            line=line.line,
            name=line.name,
            unit=line.unit,
            found=format_quantity(line.rung, line.scale),
            wanted=format_quantity(line.wanted, line.scale),
        )
        for line in lines
        if line.rung != line.wanted
    ]
    says = "; ".join(off) or _("every line as on the slip")
    return Gate("rung_equals_slip", ("RTL-CTL-07", "GPA-TIL-01"), not off, says)


def as_rung(facts: TillFacts, lines: Sequence[RungLine]) -> list[Gate]:
    """The gate of what was rung; none before anything was."""
    return [rung_equals_slip(lines)] if facts.reference else []


def on_the_slip(wanted: Mapping[int, int], found: Mapping[int, int]) -> Gate:
    """Lines that are rung stand on the slip (GPA-TIL-01)."""
    strange = sorted(found.keys() - wanted.keys())
    says = _("every line is on the slip")
    if strange:
        says = _("line {lines}: not on the slip").format(lines=", ".join(map(str, strange)))
    return Gate("on_the_slip", ("GPA-TIL-01",), not strange and bool(found), says)


def another_checks(facts: TillFacts, staff: str) -> Gate:
    """Whoever rang the goods does not check them (GPA-TIL-02, A-56)."""
    says = _("rung by {rung}, checked by {staff}").format(rung=facts.rung_by, staff=staff)
    return Gate("another_checks", ("GPA-TIL-02", "A-56"), facts.rung_by != staff, says)


def too_long(minutes: int, policy: FulfilmentPolicy) -> bool:
    """Whether loading took longer than it should; exactly the minutes are in time (GPA-LOD-02)."""
    return minutes > policy.loading_minutes
