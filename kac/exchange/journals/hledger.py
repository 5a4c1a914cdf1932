"""The books as an hledger journal, with assertions that it holds whenever it opens the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kac.exchange.journals.accounts import YUAN, in_hledger
from kac.exchange.journals.books import Booked, Event, Holds, Opened, Traded

_CODE = re.compile(r"[^\s()]+")
_PLAIN_COMMODITY = re.compile(r"[A-Za-z]+")


def head(company: str, remarks: Iterable[str]) -> Iterator[str]:
    """The first lines: whose books these are, remarks, and how amounts are written."""
    yield from (f"; {remark}" for remark in (company, *remarks))
    yield "decimal-mark ."
    yield f"commodity 1000.00 {YUAN}"
    yield ""


def lines(events: Iterable[Event]) -> Iterator[str]:
    """Events as directives and transactions; assertions hang on postings of nothing."""
    held: list[Holds] = []
    for event in events:
        if held and not _belongs(event, held[0]):
            yield from _assertions(held)
            held = []
        match event:
            case Opened():
                yield f"account {in_hledger(event.account)}"
            case Traded():
                yield f"commodity 1000. {_symbol(event.commodity)}  ; {_remark(event.name)}"
            case Booked():
                yield from _transaction(event)
            case Holds():
                held.append(event)
    if held:
        yield from _assertions(held)


def _belongs(event: Event, first: Holds) -> bool:
    """Whether an event is asserted in the same transaction as another."""
    return isinstance(event, Holds) and (event.day, event.source) == (first.day, first.source)


def _transaction(entry: Booked) -> Iterator[str]:
    code = f"({entry.document}) " if _CODE.fullmatch(entry.document) else ""
    yield ""
    yield f"{entry.day} * {code}{_remark(entry.memo)}"
    yield f"    ; key: {_tag(entry.key)}, document: {_tag(entry.document)}"
    for account, amount in entry.legs:
        yield f"    {in_hledger(account)}  {amount.number} {_symbol(amount.commodity)}"


def _assertions(held: list[Holds]) -> Iterator[str]:
    yield ""
    yield f"{held[0].day} * assertions  ; source: {held[0].source}"
    for each in held:
        symbol = _symbol(each.amount.commodity)
        yield f"    {in_hledger(each.account)}  0 {symbol} = {each.amount.number} {symbol}"


def _symbol(commodity: str) -> str:
    return commodity if _PLAIN_COMMODITY.fullmatch(commodity) else f'"{commodity}"'


def _remark(text: str) -> str:
    """A description, in which `;` would begin a comment and `|` divide payer and note."""
    return " ".join(re.sub(r"[;|]", " ", text).split())


def _tag(value: str) -> str:
    """The value of a tag, which a comma ends."""
    return value.replace(",", " ")
