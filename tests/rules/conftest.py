"""Rules are asked in English, and no example of a property is timed."""

from __future__ import annotations

import pytest
from hypothesis import settings

from kac.core.i18n import speak

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(autouse=True, scope="module")
def _english() -> None:
    speak("en")
