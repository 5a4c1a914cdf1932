"""`--state`: a state by its code, or by what people call it in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import typer

from kac.core.errors import UsageError
from kac.core.i18n import N_, _
from kac.core.text import folded

# Words beside the states: those that stand for several of them.
_SEVERAL = {"all": N_("all"), "open": N_("still open")}


def state_option(labels: Mapping[str, str], *several: str, help: str) -> Any:
    """An option that takes one of the states, or of the words for several of them."""
    words = (*labels, *several)
    says = {word: _SEVERAL[word] for word in several} | dict(labels)
    return typer.Option("--state", parser=_known(words, says), metavar="|".join(words), help=help)


def called(parameter: Any) -> list[tuple[str, str]]:
    """The states that an option takes, each with what it is called; none for another option."""
    says = getattr(getattr(getattr(parameter, "type", None), "func", None), "says", {})
    return [(code, _(label)) for code, label in says.items()]


def _known(words: tuple[str, ...], says: Mapping[str, str]) -> Callable[[str], str]:
    def word(written: str) -> str:
        if written in words or written == "":
            return written
        found = list(_meant(written, says))
        if len(found) == 1:
            return found[0]
        raise _unclear(written, words, says, found)

    word.says = says  # type: ignore[attr-defined]
    return word


def _meant(written: str, says: Mapping[str, str]) -> Iterator[str]:
    wanted = folded(written)
    for code, label in says.items():
        if wanted in (code, folded(label), folded(_(label))):
            yield code


def _unclear(
    written: str, words: tuple[str, ...], says: Mapping[str, str], found: list[str]
) -> UsageError:
    named = [f"{word} {_(says[word])}" if _(says[word]) != word else word for word in words]
    message = _('"{written}" is called more than one state: {words}')
    if not found:
        message = _('"{written}" is not one of: {words}')
    return UsageError(
        message.format(written=written, words=", ".join(found or named)), code="E-CLI-005"
    )
