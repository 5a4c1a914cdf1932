"""The same command typed twice: a hand that pressed the key again, told from one that means it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from kac.cli import setting
from kac.cli.options import Declined, Writing
from kac.core.calendar import instant_text
from kac.core.errors import InputNeeded
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row
    from kac.db.work import Outcome, Request, Work

WITHIN = timedelta(seconds=60)
_every_line_meant = False


@contextmanager
def every_line_meant() -> Iterator[None]:
    """Around a file of commands: whoever wrote a line twice means it twice."""
    global _every_line_meant
    before, _every_line_meant = _every_line_meant, True
    try:
        yield
    finally:
        _every_line_meant = before


def refusing(
    asked: Writing,
    request: Request,
    actor: str,
    ledger: Path,
    what: str,
    act: Callable[[Work], Outcome],
) -> Callable[[Work], Outcome]:
    """The act, refused where the same person did the same within a minute and did not mean it.

    A clerk is asked before the ledger is held; where nobody can be asked, `--yes` or a request id
    of its own says that it is meant. Judged once more inside the transaction, for two at once.
    """
    from kac.db.reader import reading

    explicit = asked.request_id or setting.current().repeat is not None
    if asked.yes or asked.dry_run or explicit or _every_line_meant:
        return act
    with reading(ledger) as reader:
        earlier = _earlier(reader, request, actor)
    if earlier is not None:
        _ask(earlier, what)
        return act

    def judged(work: Work) -> Outcome:
        twin = _earlier(work.reader, request, actor)
        if twin is not None:
            raise _double(twin, what)
        return act(work)

    return judged


def _earlier(reader: Reader, request: Request, actor: str) -> Row | None:
    return reader.first(
        "SELECT document FROM command WHERE name = :name AND actor = :actor"
        " AND input_digest = :digest AND at > :since ORDER BY id DESC LIMIT 1",
        name=request.command,
        actor=actor,
        digest=request.digest,
        since=instant_text(request.now - WITHIN),
    )


def _ask(earlier: Row, what: str) -> None:
    import typer

    trouble = _double(earlier, what)
    if not setting.may_ask():
        raise trouble
    if not typer.confirm(f"{trouble.message}. {_('Once more?')}", err=True):
        raise Declined(_("not done; nothing was written"))


def _double(earlier: Row, what: str) -> InputNeeded:
    return InputNeeded(
        _("{number} is {what}, taken by you less than a minute ago").format(
            number=earlier["document"], what=what
        ),
        code="E-DUP-001",
        cause=[_("where it is meant a second time, say --yes")],
        fix=[f"kac order show {earlier['document']}"],
        refs={"option": "--yes", "number": str(earlier["document"])},
    )
