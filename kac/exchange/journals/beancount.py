"""The books as a beancount ledger, which `bean-check` proves without a line of ours."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from kac.exchange.journals.accounts import YUAN, in_beancount
from kac.exchange.journals.books import Booked, Event, Holds, Opened, Traded

_LINK = re.compile(r"[A-Za-z0-9._/-]+")


def head(company: str, remarks: Iterable[str]) -> Iterator[str]:
    """The first lines: remarks, whose books these are, and what they are kept in."""
    yield from (f"; {remark}" for remark in remarks)
    yield f'option "title" {_quoted(company)}'
    yield f'option "operating_currency" "{YUAN}"'
    yield ""


def lines(events: Iterable[Event]) -> Iterator[str]:
    """Events as directives; what must be there is asserted to the last fen."""
    before: Event | None = None
    for event in events:
        if isinstance(event, Holds) and isinstance(before, Booked):
            yield ""
        before = event
        match event:
            case Opened():
                yield f"{event.day} open {in_beancount(event.account)}"
            case Traded():
                yield f"{event.day} commodity {event.commodity}"
                yield f"  name: {_quoted(event.name)}"
            case Booked():
                yield from _transaction(event)
            case Holds():
                yield _balance(event)


def _transaction(entry: Booked) -> Iterator[str]:
    link = f" ^{entry.document}" if _LINK.fullmatch(entry.document) else ""
    yield ""
    yield f"{entry.day} * {_quoted(entry.memo)}{link}"
    yield f"  document: {_quoted(entry.document)}"
    yield f"  key: {_quoted(entry.key)}"
    for account, amount in entry.legs:
        yield f"  {in_beancount(account)}  {amount.number} {amount.commodity}"


def _balance(held: Holds) -> str:
    """The assertion, which beancount takes at the beginning of a day: the next one."""
    after = date.fromisoformat(held.day) + timedelta(days=1)
    amount = f"{held.amount.number} ~ 0 {held.amount.commodity}"
    return f"{after} balance {in_beancount(held.account)}  {amount}  ; {held.source}"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
