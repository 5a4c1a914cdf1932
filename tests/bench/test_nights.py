"""The ledger that the nights are timed on is a real one; and the figures themselves."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path

import pytest

from kac.db.reader import reading
from kac.desk.night import queries, since
from tests.bench import night_ledger, nights


@pytest.mark.bench
def test_the_ledger_that_is_timed_is_whole_and_a_day_more_is_proved_alike(tmp_path: Path) -> None:
    """Every check is in order on it, the chain too; going on says what everything says."""
    template = night_ledger.founded(tmp_path, date(2026, 11, 20))
    ledger = tmp_path / "ledger.db"
    night_ledger.grow(ledger, template, 4_000)
    with reading(ledger) as reader:
        proofs = [*queries.run(reader, nights.DAY), *queries.of_the_file(reader, ledger)]
        assert {proof.state for proof in proofs} == {"ok"}
        since.keep(reader, ledger, nights.DAY, proofs)
    night_ledger.work_a_day(ledger, template, 300)
    with reading(ledger) as reader:
        assert reader.value("SELECT count(*) FROM posting") > 4_200
        found = since.last(reader, ledger, nights.DAY)
        assert found is not None
        assert found.scope is not None
        assert found.faults == ()
        gone_on = queries.run(reader, nights.DAY, found.scope)
        assert gone_on == queries.run(reader, nights.DAY)
        assert queries.of_the_file(reader, ledger)[0].state == "ok"


@pytest.mark.bench
@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell here")
def test_a_night_of_many_postings_against_the_shell_and_against_itself() -> None:
    """KAC_BENCH_POSTINGS says how many; a hundred thousand where it does not."""
    postings = int(os.environ.get("KAC_BENCH_POSTINGS", "100000"))
    with nights.kept() as home:
        figures = nights.measure(home, postings)
    sys.stdout.write(f"\n{figures.table()}\n")
    assert figures.same
    assert figures.checks <= nights.MOST_OF_SHELL * figures.shell
    assert figures.mib <= nights.MOST_MIB
