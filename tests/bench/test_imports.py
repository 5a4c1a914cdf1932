"""The speed of an import of orders, as ratios measured in one run."""

from __future__ import annotations

import shutil
import sys
from statistics import median

import pytest

from tests.bench import imports

ROUNDS = 5


@pytest.mark.bench
@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell here")
def test_orders_come_in_nearly_as_fast_as_the_shell_takes_in_the_same_rows() -> None:
    figures = imports.measure(ROUNDS)
    sys.stdout.write(f"\n{figures.table()}\n")
    assert median(figures.of_shell) >= imports.LEAST_OF_SHELL, figures.table()
    assert not figures.of_utils or median(figures.of_utils) >= imports.LEAST_OF_UTILS
    assert median(figures.gb18030) <= imports.MOST_FOR_GB18030, figures.table()
    assert figures.mib <= imports.MOST_MIB, figures.table()
    assert figures.odd_mib <= imports.MOST_MIB, figures.table()
    assert figures.mib / figures.few_mib <= imports.MOST_GROWTH, figures.table()
