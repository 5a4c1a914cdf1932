"""The counter: one way to read the ledger, and one way to write to it and say what came of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kac.cli import setting
from kac.cli.options import Writing
from kac.cli.places import ledger_path
from kac.cli.show import err, out
from kac.core.calendar import instant_text
from kac.core.errors import BadInput, Exit, KacError, NotPermitted, OutcomeUnknown
from kac.core.i18n import _

# Help is asked of every command and reads no ledger: what reads one is imported when it is opened.
if TYPE_CHECKING:
    from kac.core.actor import Actor
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Request, Work

__all__ = [
    "acting",
    "answer",
    "is_for_training",
    "ledger_path",
    "permitted",
    "reading_ledger",
    "refuse_future",
    "write",
]


class NotPrinted(KacError):
    """The work is committed, but the answer could not be printed."""

    exit = Exit.NOT_PRINTED
    code = "E-OUT-002"


@contextmanager
def reading_ledger() -> Iterator[Reader]:
    """The ledger, read-only, at one moment. Fetch here; show after the block."""
    from kac.db.reader import reading

    with reading(ledger_path()) as reader:
        yield reader


def acting(reader: Reader) -> Actor | None:
    """The one who reads, where it is known; decides whether costs are shown."""
    from kac.cli import identity

    return identity.acting(reader, ledger_path())


def permitted(verb: str) -> str:
    """The one who acts, proved; NotPermitted where a command that only looks needs a right."""
    from kac.cli import identity
    from kac.db import policybook
    from kac.desk.staff import queries
    from kac.desk.staff.rules import permit

    code = identity.for_writing(ledger_path())
    with reading_ledger() as reader:
        policy = policybook.in_force(reader, policybook.DESK, setting.today())
        permit(verb, queries.actor(reader, code), policy.permission(verb), policy.holders)
    return code


def write(
    asked: Writing,
    command: str,
    act: Callable[[Work], Outcome],
    typed: Mapping[str, Any],
    *,
    actor: str = "",
    step_up: bool = False,
    tell: Callable[[Outcome], None] | None = None,
    hand_over: Callable[[Outcome], None] | None = None,
    double: str = "",
) -> Outcome:
    """Carry out one writing command: whole, once, in its turn; then say what came of it.

    `command` is `noun verb`, `typed` everything that was typed for it, parsed. `step_up` asks for
    the PIN again; `actor` is somebody proved already. `tell` prints the answer for people in place
    of the outcome's own sentences; `hand_over` writes what belongs to it, whoever reads.
    `double` names what nobody types twice within a minute but by mistake.
    """
    from kac.cli import doubles, identity
    from kac.db.kept import about_to_write

    ledger = ledger_path()
    with about_to_write():
        actor = actor or identity.for_writing(ledger, step_up=step_up)
        training = is_for_training(ledger)
    repeat = setting.current().repeat
    if repeat is not None and repeat.actor != actor:
        raise _another(repeat.actor)
    refuse_future(asked.on, training=training)
    if not training and asked.typed_on is None and asked.on != setting.civil_day():
        err(
            _("KAC_ON: this is written for {day}; today is {today}").format(
                day=asked.on, today=setting.civil_day()
            )
        )
    request = _request(asked, command, typed)
    if double:
        with about_to_write():
            act = doubles.refusing(asked, request, actor, ledger, double, act)
    if not asked.dry_run:
        _put(ledger, request, actor)
    outcome = _performed(ledger, request, actor, act)
    _told(asked, request, outcome, tell, hand_over)
    if not asked.dry_run:
        _settle(ledger, request.id)
    return outcome


def is_for_training(ledger: Path) -> bool:
    """Whether a ledger is one to learn on, where names are believed and days may be set."""
    from kac.db import info
    from kac.db.reader import reading

    with reading(ledger) as reader:
        return info.of(reader).training


def _request(asked: Writing, command: str, typed: Mapping[str, Any]) -> Request:
    import hashlib

    from kac.db.audit import canonical
    from kac.db.work import Request

    repeat = setting.current().repeat
    said = {"command": command, "typed": typed, "on": asked.typed_on, "note": asked.note}
    return Request(
        id=repeat.request_id if repeat else asked.request_id or os.urandom(16).hex(),
        command=command,
        digest=hashlib.sha256(canonical(_plain(said)).encode()).hexdigest(),
        now=setting.current().now,
        on=asked.on,
        note=asked.note,
        dry=asked.dry_run,
    )


def _another(actor: str) -> NotPermitted:
    return NotPermitted(
        _("{staff} began this, and only {staff} can send it again").format(staff=actor),
        code="E-PER-006",
        fix=[f"kac login {actor}"],
    )


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value if value is None or isinstance(value, str | int) else str(value)


def refuse_future(on: date, *, training: bool) -> None:
    """No day is booked before it comes; a real ledger does not believe KAC_ON about that."""
    latest = setting.today()
    if not training:
        latest = min(latest, setting.civil_day())
    if on > latest:
        raise BadInput(
            _("{day} has not come yet; today is {today}").format(day=on, today=latest),
            code="E-VAL-013",
        )


def _put(ledger: Path, request: Request, actor: str) -> None:
    from kac.db import outbox

    outbox.put(
        ledger,
        request.id,
        {
            "argv": list(setting.current().argv),
            "command": request.command,
            "today": setting.today().isoformat(),
            "actor": actor,
            "at": instant_text(request.now),
        },
    )


def _performed(
    ledger: Path, request: Request, actor: str, act: Callable[[Work], Outcome]
) -> Outcome:
    from kac.db.work import perform
    from kac.desk.staff.queries import actor as who

    try:
        return perform(ledger, request, lambda reader: who(reader, actor), act)
    except OutcomeUnknown:
        raise
    except Exception:
        _settle(ledger, request.id)
        raise


def _settle(ledger: Path, request_id: str) -> None:
    from kac.db import outbox

    try:
        outbox.settle(ledger, request_id)
    except OSError as trouble:
        # What became of the command stands; only the note of it would not go.
        said = _("{id} stays in the outbox: {trouble}").format(id=request_id, trouble=trouble)
        err(said)


def _told(
    asked: Writing,
    request: Request,
    outcome: Outcome,
    tell: Callable[[Outcome], None] | None,
    hand_over: Callable[[Outcome], None] | None,
) -> None:
    try:
        answer(asked, outcome, tell)
        if hand_over is not None and not outcome.dry:
            hand_over(outcome)
        sys.stdout.flush()
    except (OSError, KacError) as trouble:
        if outcome.dry:
            raise
        raise NotPrinted(
            _("{number} is written, but it could not be printed: {trouble}").format(
                number=outcome.document.get("number", request.id), trouble=trouble
            ),
            fix=[f"kac status {request.id}", "kac retry"],
            refs={"number": str(outcome.document.get("number", "")), "request": request.id},
        ) from trouble


def answer(asked: Writing, outcome: Outcome, tell: Callable[[Outcome], None] | None = None) -> None:
    """Print what came of a command: the document, the number, or sentences and next steps."""
    if asked.json:
        from kac.cli.sheets import json_text

        marks = {"dry_run": outcome.dry, "replayed": outcome.replayed}
        out(json_text(outcome.document | {key: True for key, on in marks.items() if on}))
    elif asked.quiet:
        # What makes no document has nothing to say to a script: cron sends no empty letter.
        if number := str(outcome.document["number"]):
            out(number)
    elif tell is not None:
        tell(outcome)
    else:
        for sentence in outcome.says:
            out(sentence)
    if outcome.dry:
        err(_("this was a dry run: nothing was written"))
        return
    if outcome.replayed:
        err(_("already done: nothing was written again"))
    if not (asked.json or asked.quiet):
        from kac.cli import rights

        for hint in outcome.hints:
            err(_("next: {command}").format(command=rights.pasteable(hint)))
