"""Rules of the night: a step that is dated before the step that it rests on, in words."""

from __future__ import annotations

from datetime import date

from kac.core.findings import Finding
from kac.core.i18n import N_, _
from kac.core.sequence import too_early
from kac.core.values import dataclass

# What the steps of the view are called, and the rules by which each has its place.
STEPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "made": (N_("made"), ()),
    "reviewed": (N_("reviewed"), ("RTL-DEP-01",)),
    "asked": (N_("asked for"), ()),
    "approved": (N_("signed for"), ("RTL-CTL-04",)),
    "printed": (N_("printed"), ("RTL-ORD-05",)),
    "reprinted": (N_("printed again"), ("RTL-ORD-05",)),
    "photocopied": (N_("photocopied"), ("RTL-ORD-09",)),
    "returned": (N_("returned"), ("RTL-SHT-09",)),
    "voided": (N_("made void"), ("RTL-SHT-09",)),
    "lost": (N_("stated lost"), ("RTL-SHT-09", "A-35")),
    "received": (N_("received"), ("RTL-DEP-01",)),
    "allocated": (N_("taken for it"), ("RTL-DEP-01",)),
    "taken_away": (N_("taken away from it"), ("RTL-SHT-13",)),
    "taken_back": (N_("reversed"), ("RTL-DUT-07",)),
    "verified": (N_("verified"), ("RTL-PAY-04",)),
    "issued": (N_("slip made out"), ("RTL-PRI-02", "RTL-PAY-04")),
    "counted": (N_("counted"), ("RTL-ORD-14",)),
    "loaded": (N_("loaded"), ("RTL-PAY-08",)),
    "signed": (N_("signed"), ("RTL-PAY-10",)),
    "archived": (N_("archived"), ("RTL-PAY-11",)),
    "back": (N_("taken back"), ("FLW-AFT-01",)),
    "settled": (N_("settled"), ("FLW-AFT-01",)),
}


@dataclass(frozen=True)
class StepFacts:
    """A step of an order on its day, beside the step that it rests on; `number` is the order's."""

    number: str
    subject: str
    step: str
    day: date
    rests_on: str
    since: date


def dated_before(facts: StepFacts) -> Finding | None:
    """What to tell of a step that is dated before its ground; None when it is in its place."""
    if not too_early(facts.day, facts.since):
        return None
    says = _("{subject}: {step} on {day}, but what it rests on was {rests_on} on {since}")
    word, rules = STEPS[facts.step]
    return Finding(
        "steps_run_forward",
        facts.number,
        says.format(
            subject=facts.subject,
            step=_(word),
            day=facts.day,
            rests_on=_(STEPS[facts.rests_on][0]),
            since=facts.since,
        ),
        (*rules, "CRH-DAT-02"),
        "kac audit verify",
    )
