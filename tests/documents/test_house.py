"""What papers say of the company: where it is reached, and where money is to be paid."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from kac.documents import contract, dunning, outputs, statement
from kac.documents.characters import width
from kac.documents.imprint import House
from kac.documents.sheets import PROFILES
from tests.documents import test_contract_paper, test_dunning, test_statement

HOUSE = House(
    "91110000600037341L",
    "榆江市东湖区解放路一百二十八号佳和大厦六层大客户团购服务台",
    "0571-87654321",
    "建设银行榆江市解放路支行 1100 0102 0304 0506 078",
)
PAPERS = {
    "contract": (contract, test_contract_paper.PAPER),
    "dunning": (dunning, test_dunning.letter(test_dunning.LINES, 0)),
    "statement": (statement, test_statement.paper(0, test_statement.LINES)),
}


def told(name: str, house: House, **how: Any) -> str:
    layout, paper = PAPERS[name]
    paper = replace(paper, imprint=replace(paper.imprint, house=house))
    return outputs.text(layout.compose(paper, **how))


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_papers_that_ask_for_money_say_where_it_is_paid(name) -> None:
    shown = told(name, HOUSE)
    assert f"收款账户: {HOUSE.bank}" in shown
    assert HOUSE.address in shown and HOUSE.phone in shown
    assert (HOUSE.uscc in shown) == (name == "contract")


@pytest.mark.parametrize("name", sorted(PAPERS))
def test_a_house_that_says_nothing_leaves_no_empty_line(name) -> None:
    assert told(name, House()) == outputs.text(PAPERS[name][0].compose(PAPERS[name][1]))


@pytest.mark.parametrize("profile", ["a4", "th80", "dm1"])
@pytest.mark.parametrize("name", sorted(PAPERS))
def test_no_line_is_longer_than_the_sheet(name, profile) -> None:
    sheet = PROFILES[profile]
    lines = told(name, HOUSE, sheet=sheet).splitlines()
    assert max(map(width, lines)) <= sheet.most
