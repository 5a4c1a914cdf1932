"""The dunning letter on paper: what is overdue, since when, in capitals, and who collects."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kac.documents import dunning, outputs
from kac.documents.characters import width
from kac.documents.dunning import DunningLine, DunningPaper
from kac.documents.imprint import Imprint

GOLDEN = Path(__file__).parent / "dunning.txt"
IMPRINT = Imprint(
    "榆江市佳和百货有限公司",
    "CK20261201-0001",
    "417-9be2a1c0",
    datetime(2026, 12, 1, 1, 5, tzinfo=UTC),
    "周敏",
)
LINES = (
    DunningLine("DD20261105-0002", date(2026, 11, 6), date(2026, 11, 20), 3_640_000, 3_640_000),
    DunningLine("DD20261118-0007", date(2026, 11, 23), date(2026, 11, 25), 3_170_300, 951_090),
)


def letter(lines, more: int) -> DunningPaper:
    late = sum(line.owed_fen for line in lines)
    return DunningPaper(
        imprint=IMPRINT,
        on_day=date(2026, 12, 1),
        pay_by=date(2026, 12, 8),
        customer_name="宏达电器配件厂",
        contact="周建平",
        lines=tuple(lines),
        overdue_fen=late,
        owed_fen=late + more,
        written_by="周敏",
    )


def test_a_letter_says_what_is_late_and_that_finance_collects():
    """RTL-DUT-03. KAC_GOLDEN=write writes it anew."""
    shown = outputs.text(dunning.compose(letter(LINES, 2_000_000)))
    if os.environ.get("KAC_GOLDEN") == "write":
        GOLDEN.write_text(shown, "utf-8")
    assert shown == GOLDEN.read_text("utf-8")


lines = st.builds(
    DunningLine,
    st.just("DD20261118-0007"),
    st.dates(date(2026, 1, 1), date(2026, 11, 30)),
    st.dates(date(2024, 1, 1), date(2026, 11, 30)),
    st.integers(1, 10**12),
    st.integers(1, 10**12),
)


@given(st.lists(lines, min_size=1, max_size=60), st.integers(0, 10**12))
def test_no_line_is_wider_than_the_sheet(late, more):
    sheet = dunning.compose(letter(late, more))
    assert all(width(line) <= dunning.COLUMNS for page in sheet.pages for line in page)
