"""The order of business days: no step of a document is dated before the step that it rests on."""

from __future__ import annotations

from datetime import date


def too_early(step: date, rests_on: date) -> bool:
    """Whether a step of this day stands before the day of the step that it rests on."""
    return step < rests_on
