"""Who acts: named with `--as` or KAC_USER and proved by a PIN, or logged in before.

A training ledger believes the name alone. Default deny: nobody known, nothing written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kac.cli import pins, rights, session, setting
from kac.core.actor import SYSTEM, Actor
from kac.core.errors import NotPermitted
from kac.core.i18n import _
from kac.db import info
from kac.db.reader import Reader, Row, reading
from kac.desk.staff import queries

# Inside `proving_once`: whose PIN was right, by ledger, code and hash of the PIN.
_proved: set[tuple[Path, str, str]] | None = None


@contextmanager
def proving_once() -> Iterator[None]:
    """Around many commands: who has shown the PIN is not asked again, except to step up."""
    global _proved
    before, _proved = _proved, set()
    try:
        yield
    finally:
        _proved = before


def for_writing(ledger: Path, *, step_up: bool = False) -> str:
    """The code of the one who acts, proved; NotPermitted (exit 5) says how to log in.

    With `step_up` somebody who is only logged in is asked for the PIN again.
    """
    with reading(ledger) as reader:
        facts = info.of(reader)
        name = setting.named(facts.training)
        logged_in = session.person(reader, ledger, facts.ledger_id)
        person = queries.by_code(reader, name) if name else logged_in
    if person is None and not name:
        raise rights.nobody(facts.training)
    if facts.training:
        if person is None:
            raise _stranger(name)
        return str(person["code"])
    if step_up or (name and not _is_proved(ledger, person)):
        prove(ledger, person["code"] if person else name)
    assert person is not None, "prove() lets no stranger pass"
    return str(person["code"])


def acting(reader: Reader, ledger: Path) -> Actor | None:
    """The one who reads, where it is known; a reading command needs nobody.

    On a real ledger only a session counts here, since no PIN is asked for while reading: whoever
    is named without one is told to log in, never taken for nobody.
    """
    facts = info.of(reader)
    if facts.training and setting.named():
        person = queries.by_code(reader, setting.named())
        if person is None:
            raise _stranger(setting.named())
    else:
        person = session.person(reader, ledger, facts.ledger_id)
        _refuse_unproved(ledger, setting.named(), queries.by_code(reader, setting.named()), person)
    return queries.actor(reader, person["code"]) if person else None


def _refuse_unproved(ledger: Path, name: str, wanted: Row | None, person: Row | None) -> None:
    """Somebody named for reading is the one logged in, or has shown the PIN in this run."""
    code = person["code"] if person else ""
    if not name or (wanted and wanted["code"] == code):
        return
    if not _is_proved(ledger, wanted):
        raise NotPermitted(
            _("{code} is not logged in, and reading asks for no PIN").format(code=name),
            code="E-PER-004",
            fix=[f"kac login {name}"],
        )


def prove(ledger: Path, code: str) -> None:
    """Ask for the PIN of a member of staff and check it; attempts are counted and lock.

    Each is counted and written before its answer is known, and forgotten when it was right: a
    thousand guesses at once are no more than a thousand in a row. Somebody unknown is refused in
    the same words and after the same work.
    """
    with reading(ledger) as reader:
        person = queries.by_code(reader, code)
    pin = pins.current(code)
    _note_attempt(ledger, person["id"] if person else None, code, right=False)
    if not pins.matches(person["pin_hash"] if person else "", pin):
        raise NotPermitted(
            _("this is not the PIN of {code}").format(code=code),
            code="E-PER-002",
            cause=[_("wrong PINs are counted, and lock for a while")],
        )
    _note_attempt(ledger, person["id"] if person else None, code, right=True)
    if _proved is not None and person:
        _proved.add((ledger, person["code"], person["pin_hash"]))


def _is_proved(ledger: Path, person: Row | None) -> bool:
    return bool(person and _proved and (ledger, person["code"], person["pin_hash"]) in _proved)


def _stranger(code: str) -> NotPermitted:
    return NotPermitted(
        _("nobody of the staff has the code {code}").format(code=code),
        code="E-PER-005",
        fix=["kac staff list"],
    )


def _note_attempt(ledger: Path, staff_id: int | None, code: str, *, right: bool) -> None:
    from kac.db.work import Outcome, Request, Work, perform
    from kac.desk.staff import actions

    def act(work: Work) -> Outcome:
        actions.note_attempt(work, staff_id, code, right)
        return Outcome({"number": code, "state": "noted"})

    request_id = os.urandom(16).hex()
    request = Request(request_id, "pin", request_id, setting.current().now, setting.today())
    perform(ledger, request, lambda _reader: SYSTEM, act)
