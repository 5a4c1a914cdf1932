"""What our accounts and goods are called in beancount and hledger: legal names, codes in front."""

from __future__ import annotations

import re
from functools import lru_cache

from kac.core.i18n import _
from kac.ledger.chart import ACCOUNTS

YUAN = "CNY"
_PLACES = {
    "@counted": "Equity",
    "@customer": "Expenses",
    "@scrapped": "Expenses",
    "@supplier": "Equity",
}
_COMMODITY = re.compile(r"[A-Z][A-Z0-9'._-]{0,22}[A-Z0-9]")


def root_of(account: str) -> str:
    """The one of five roots that an account belongs to, by the first digits of its code.

    1 is assets, 2 liabilities, 4 equity, 5 costs; of 6, up to 6399 is earned and the rest is spent.
    """
    if account[:1] == "6":
        return "Income" if account[:4] < "6400" else "Expenses"
    roots = {"1": "Assets", "2": "Liabilities", "5": "Expenses"}
    return roots.get(account[:1], "Equity")


def title_of(account: str) -> str:
    """Code and name of an account in the language spoken; the code alone where it has no name."""
    name = ACCOUNTS.get(account)
    return f"{account} {_(name)}" if name else account


def place_of(place: str) -> str:
    """The account that stands for a place of goods, whole: `Assets:Goods DC`."""
    return f"{_PLACES.get(place, 'Assets')}:Goods {place.lstrip('@')}"


def account_of(account: str) -> str:
    """The account of a code, whole: `Assets:1002 bank deposits`."""
    return f"{root_of(account)}:{title_of(account)}"


@lru_cache(maxsize=4096)
def in_beancount(account: str) -> str:
    """An account as beancount lets one be called: `Assets:1002-bank-deposits`."""
    root, _colon, title = account.partition(":")
    return f"{root}:" + re.sub(r"[\W_]+", "-", title).strip("-")


@lru_cache(maxsize=4096)
def in_hledger(account: str) -> str:
    """An account as hledger lets one be called: single spaces inside, no remark, no level more."""
    root, _colon, title = account.partition(":")
    return f"{root}:" + " ".join(re.sub(r"[:;()\[\]]", " ", title).split())


def commodity_of(code: str, product_id: int) -> str:
    """The commodity that stands for a product: its code where that is a legal name."""
    known = _COMMODITY.fullmatch(code) and code != YUAN and not code.startswith("GOODS-")
    return code if known else f"GOODS-{product_id}"
