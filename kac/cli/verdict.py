"""A doctor's verdict: what was looked at, how it stands, what was found, and what mends it."""

from __future__ import annotations

from kac.core.values import dataclass

FINE, DOUBTFUL, BAD = "fine", "doubtful", "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One finding. `bad` needs its mend before the desk works; `doubtful` is worth a look."""

    what: str
    verdict: str
    says: str
    mend: str = ""


def judged(what: str, sound: bool, says: str, mend: str, otherwise: str = BAD) -> Verdict:
    """Fine where it is sound; else as bad as said, with what mends it."""
    return Verdict(what, FINE if sound else otherwise, says, "" if sound else mend)
