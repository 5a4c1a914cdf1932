"""The statement of account on paper: every line as wide as the sheet, the closing in capitals."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kac.documents import outputs, statement
from kac.documents.characters import width
from kac.documents.imprint import Imprint
from kac.documents.statement import StatementLine, StatementPaper

GOLDEN = Path(__file__).parent / "statement.txt"
IMPRINT = Imprint(
    "榆江市佳和百货有限公司",
    "DZ20261130-0001",
    "417-9be2a1c0",
    datetime(2026, 11, 30, 9, 5, tzinfo=UTC),
    "赵倩",
)
LINES = (
    StatementLine(date(2026, 11, 5), "SK20261105-0002", "银行转账 宏达电器配件厂", 0, 3_640_000),
    StatementLine(date(2026, 11, 18), "SK20261118-0003", "银行转账 宏达电器配件厂", 0, 951_090),
    StatementLine(date(2026, 11, 19), "SK20261118-0003", "支票(红字) 宏达", 0, -951_090),
    StatementLine(date(2026, 11, 23), "SH20261123-0001", "送货 DD20261118-0007", 3_170_300, 0),
)


def paper(opening: int, lines) -> StatementPaper:
    closing = opening + sum(line.owed_fen - line.paid_fen for line in lines)
    return StatementPaper(
        IMPRINT,
        "宏达电器配件厂",
        date(2026, 11, 1),
        date(2026, 11, 30),
        date(2026, 12, 10),
        opening,
        tuple(lines),
        closing,
        "赵倩",
    )


def test_a_statement_looks_as_the_desk_knows_it():
    """DST-APP-05..07: two signatures, a seal, opening, movements, closing, room for differences."""
    shown = outputs.text(statement.compose(paper(3_640_000, LINES)))
    assert shown == GOLDEN.read_text("utf-8")


amounts = st.integers(-(10**11), 10**11)
lines = st.builds(
    StatementLine,
    st.dates(date(2026, 11, 1), date(2026, 11, 30)),
    st.just("SK20261118-0003"),
    st.text("货款银行转账 abc", max_size=60),
    amounts,
    amounts,
)


@given(amounts, st.lists(lines, max_size=60))
def test_no_line_is_crooked_and_the_last_balance_is_the_closing(opening, moved):
    told = paper(opening, moved)
    sheet = statement.compose(told)
    assert all(width(line) <= statement.COLUMNS for page in sheet.pages for line in page)
    assert statement._rows(told)[-2][-1] == statement._rows(told)[-1][-1] or not moved
