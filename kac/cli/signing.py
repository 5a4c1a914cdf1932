"""Signing where the document is at hand: `quote review`, `contract sign`, `contract approve`.

It is the signature that `kac approval ok` gives, asked for by the name that the rules give it.
"""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli.counter import write
from kac.cli.lazy import Noun
from kac.cli.options import Writing, writing
from kac.cli.papers import signed
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

ON_BEHALF_OF = Annotated[
    str,
    typer.Option("--for", metavar="STAFF", help=_("sign for who delegated to you in writing")),
]


def signing(
    app: Noun, words: str, argument: Any, queries: str, kind: str, *, help: str, epilog: str
) -> None:
    """Give a noun the verb of `words` (`contract sign`): it signs a `kind` of step of the route.

    `argument` is the annotation of what names the document, `queries` the module that finds it.
    """

    def command(asked: Writing, document: str, on_behalf_of: str) -> None:
        def act(work: Work) -> Outcome:
            from kac.desk.approvals import actions

            found = import_module(queries).find(work.reader, document, work.speaker)
            return actions.ok_document(work, found["number"], kind, on_behalf_of)

        typed = {"document": document, "for": on_behalf_of}
        write(asked, words, act, typed, step_up=True)

    keyword = inspect.Parameter.KEYWORD_ONLY
    given = inspect.Parameter("document", keyword, annotation=argument)
    deputy = inspect.Parameter("on_behalf_of", keyword, default="", annotation=ON_BEHALF_OF)
    signed(command, [given, deputy])
    app.command(words.split()[1], help=help, epilog=epilog)(writing(command))
