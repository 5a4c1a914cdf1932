"""Money actions in any order: after each the books balance, and a refusal has changed nothing."""

from __future__ import annotations

import pytest

from tests.conftest import Desk
from tests.journeys import money_hypermarket, money_retail
from tests.journeys.money_hypermarket import Hypermarket
from tests.journeys.money_rest import Rest
from tests.journeys.money_retail import Retail
from tests.journeys.playing import played


class Money(Retail, Hypermarket, Rest):
    """Every money action of both houses at one desk, at random, and all that follows a sale."""


@pytest.fixture
def begun(desk, shelf) -> Desk:
    shelf({"T1": ("50.00", "100.00")})
    money_retail.prepared(desk)
    money_hypermarket.prepared(desk)
    return desk


def _played(begun: Desk, examples: int, steps: int) -> None:
    Money.desks = [begun]
    played(Money, examples, steps)


def test_money_goes_any_way_and_the_books_balance(begun) -> None:
    """RTL-DUT-07, RTL-PRI-02, HYP-FIN-01, HYP-CRD-06, CRH-DAT-02."""
    _played(begun, examples=6, steps=20)


@pytest.mark.slow
def test_money_goes_any_way_for_long(begun) -> None:
    """RTL-DUT-07, RTL-PRI-02, CRH-DAT-02: the same, for as long as an hour of a busy desk."""
    _played(begun, examples=60, steps=50)
