"""The terms of an order as options: how goods get to the customer, and when they are paid."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any

import typer

from kac.cli.options import one_of
from kac.core.i18n import _
from kac.desk.quotations.states import DELIVERIES, PAYMENT_TERMS

_OPEN = "open"


def _term(words: Iterable[str]) -> Callable[[str], str]:
    known = one_of(*words, _OPEN)

    def term(written: str) -> str:
        """A term as it is kept: empty while it is not agreed."""
        return known(written).replace(_OPEN, "")

    return term


def _option(name: str, words: Iterable[str], help: str) -> Any:
    metavar = "|".join([*words, _OPEN])
    return typer.Option(name, parser=_term(words), metavar=metavar, help=help)


Delivery = Annotated[Any, _option("--delivery", DELIVERIES, _("how the goods get there"))]
Payment = Annotated[Any, _option("--payment", PAYMENT_TERMS, _("when it is paid"))]
