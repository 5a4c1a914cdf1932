"""Policy of visits: who goes out, to how many customers, and how often customers are called."""

from __future__ import annotations

from kac.core.values import dataclass


@dataclass(frozen=True)
class VisitPolicy:
    """BLK-VIS-01, BLK-VIS-02, BLK-VIS-05: the roles that go out, the fewest valid customers of an
    outing, and after how many days without a word a customer on file is to be called.

    `sources` are where prospects come from; those of `call_first` are called before they are
    visited (BLK-VIS-06).
    """

    goes_out: tuple[str, ...]
    fewest_valid: int
    call_after_days: int
    sources: tuple[str, ...]
    call_first: tuple[str, ...]
