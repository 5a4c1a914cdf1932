"""The limits of the start-up, as ratios measured in one run; not part of the ordinary test run."""

from __future__ import annotations

import pytest

from tests.bench.startup import PEAK_MIB, measure, peak_mib, table, ways

ROUNDS = 9


@pytest.mark.bench
@pytest.mark.parametrize("way", ways())
def test_no_command_keeps_a_clerk_waiting_longer_than_promised(way) -> None:
    bare_ms, measured = measure(ROUNDS, ways()[way])
    over = [case.name for case in measured if case.is_over]
    assert not over, table(way, bare_ms, measured)


@pytest.mark.bench
@pytest.mark.parametrize("way", ways())
def test_a_read_holds_little_memory(way) -> None:
    assert peak_mib(ways()[way]) <= PEAK_MIB
