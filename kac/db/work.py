"""Work: one command, one transaction, one actor, one moment.

Actions gather, judge and apply through a Work and never commit; `perform` commits once, after
the audit row and the command's own row, so that all of it is there or none.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable
from dataclasses import field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kac.core.actor import Actor
from kac.core.calendar import business_day, instant_text, parse_instant
from kac.core.errors import EnvironmentTrouble, Refused
from kac.core.i18n import _
from kac.core.machine import Machine
from kac.core.sequence import too_early
from kac.core.values import dataclass
from kac.db import audit, numbering, storage
from kac.db.blocks import Block
from kac.db.engine import engine_over
from kac.db.kept import lent
from kac.db.lock import turn_of
from kac.db.policybook import DESK, PolicyVersion, in_force
from kac.db.reader import Reader
from kac.db.references import Speaker

if TYPE_CHECKING:
    from sqlmodel import Session, SQLModel

    from kac.db.engine import Connection

RowT = TypeVar("RowT", bound="SQLModel")
CLOCK_SLACK = timedelta(seconds=120)


@dataclass(frozen=True)
class Request:
    """A writing command as it was asked for. `digest` covers everything that was typed."""

    id: str
    command: str
    digest: str
    now: datetime
    on: date
    note: str = ""
    dry: bool = False


@dataclass(frozen=True)
class Outcome:
    """What a command made: the document for scripts, sentences for people, whether replayed.

    `document` has at least `number` and `state`; `hints` are the next steps.
    """

    document: dict[str, Any]
    says: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    replayed: bool = False
    dry: bool = False


@dataclass(frozen=True)
class Mark:
    """How much had been done at a place in a transaction."""

    events: int
    touched: frozenset[tuple[str, int]]
    blocks: int


@dataclass
class Work:
    """The open transaction as actions see it."""

    session: Session
    connection: sqlite3.Connection
    request: Request
    actor: Actor
    events: list[dict[str, Any]] = field(default_factory=list)
    touched: set[tuple[str, int]] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The one moment of this command, UTC."""
        return self.request.now

    @property
    def on(self) -> date:
        """The business day."""
        return self.request.on

    @property
    def today(self) -> date:
        """The day that it is, also when work of an earlier business day is written down."""
        return max(self.on, business_day(self.now))

    @property
    def speaker(self) -> Speaker:
        """Who refers to documents, for `@` and for numbers of today."""
        return Speaker(self.on, self.actor.code)

    @property
    def note(self) -> str:
        """What the clerk noted with the command."""
        return self.request.note

    @property
    def reader(self) -> Reader:
        """Queries inside the transaction; they see what was added so far."""
        self.session.flush()
        return Reader(self.connection)

    def policy(self, policy_set: str = DESK) -> PolicyVersion:
        """The policy in force when a document is made: nobody picks it by picking a past day."""
        return in_force(self.reader, policy_set, self.today)

    def house(self) -> PolicyVersion:
        """The policy that rights are judged by: today's, whatever business day was named."""
        return in_force(self.reader, DESK, self.today)

    def require_not_before(self, day: date, subject: str) -> None:
        """No step stands on a day before the step that it rests on; Refused otherwise."""
        if too_early(self.on, day):
            raise Refused(
                _("{subject} has steps of {latest}: nothing is added on {day} before it").format(
                    subject=subject, latest=day, day=self.on
                ),
                code="E-VAL-034",
                fix=[f"--on {day}"],
            )

    def add(self, row: RowT) -> RowT:
        """Insert a row; it has its key when this returns."""
        self.session.add(row)
        self.session.flush()
        return row

    def add_all(self, rows: list[Any]) -> None:
        """Insert many rows."""
        self.session.add_all(rows)
        self.session.flush()

    def get(self, kind: type[RowT], key: int) -> RowT:
        """The row that must be there."""
        row = self.session.get(kind, key)
        assert row is not None, (kind, key)
        return row

    def move(self, row: Any, machine: Machine, verb: str, reason: str = "") -> None:
        """Take a document to its next state and write the event with it."""
        if isinstance(made_on := getattr(row, "on_day", None), date):
            self.require_not_before(made_on, row.number)
        before = row.state
        row.state = machine.after(before, verb, subject=row.number)
        self.session.add(row)
        self.session.flush()
        self.record(verb, row.number, before=before, after=row.state, reason=reason or self.note)

    def record(self, verb: str, subject: str, **facts: Any) -> None:
        """Write an event for the audit log; facts are texts and integers."""
        self.events.append({"verb": verb, "subject": subject, **facts})

    def mark(self) -> Mark:
        """A place in the transaction to which `back_to` can go back."""
        self.session.flush()
        self.connection.execute("SAVEPOINT mark")
        return Mark(len(self.events), frozenset(self.touched), len(self.blocks))

    def back_to(self, mark: Mark) -> None:
        """Undo everything since the mark, as if it had never been tried."""
        self.session.expunge_all()
        self.connection.execute("ROLLBACK TO mark")
        del self.events[mark.events :], self.blocks[mark.blocks :]
        self.touched.intersection_update(mark.touched)

    def number(self, kind: str) -> str:
        """Draw the next document number of a kind."""
        number, counter = numbering.draw(self.connection, kind, self.on)
        self.touched.add(("number_counter", counter))
        return number

    def number_taken(self, kind: str, number: int) -> None:
        """Remember that a number came from outside, so that it is not drawn again."""
        counter = numbering.taken(self.connection, kind, self.on, number)
        self.touched.add(("number_counter", counter))


Act = Callable[[Work], Outcome]


def perform(
    ledger: Path, request: Request, identify: Callable[[Reader], Actor], act: Act
) -> Outcome:
    """Run one writing command in its turn, whole or not at all.

    A request id that was committed before returns the first outcome. Raises what `act` raises,
    Busy, EnvironmentTrouble, or OutcomeUnknown when the disk failed at the commit itself.
    """
    # No plugin that lies on this machine has a say in the ledger, nor is one looked for.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # The half second that this import takes is not spent at the head of the queue.
    import sqlmodel  # noqa: F401

    key = audit.read_key(ledger)
    with (
        turn_of(ledger, request.command),
        storage.translated(ledger),
        lent(ledger, write=True) as connection,
    ):
        return _transaction(connection, key, request, identify, act)


def _transaction(
    connection: Connection,
    key: bytes,
    request: Request,
    identify: Callable[[Reader], Actor],
    act: Act,
) -> Outcome:
    from sqlmodel import Session

    with Session(engine_over(connection), expire_on_commit=False, autoflush=False) as session:
        session.connection()
        work = Work(session, connection, request, identify(Reader(connection)))
        _watch(session, work.touched)
        if (earlier := _replayed(connection, request, work.actor)) is not None:
            return earlier
        audit.refuse_other_key(connection, key)
        _refuse_clock_gone_back(connection, request)
        outcome = act(work)
        if request.dry:
            session.rollback()
            return Outcome(outcome.document, outcome.says, dry=True)
        _seal(work, key, outcome)
        with storage.committing(request.id):
            session.commit()
        return outcome


def _watch(session: Session, touched: set[tuple[str, int]]) -> None:
    from sqlalchemy import event

    @event.listens_for(session, "after_flush")
    def remember(flushed: Session, _context: object) -> None:
        assert not flushed.deleted, "rows are reversed, never deleted"
        touched.update((row.__tablename__, row.id) for row in [*flushed.new, *flushed.dirty])


def _replayed(connection: sqlite3.Connection, request: Request, actor: Actor) -> Outcome | None:
    row = connection.execute(
        "SELECT name, actor, input_digest, result FROM command WHERE request_id = ?", (request.id,)
    ).fetchone()
    if row is None:
        return None
    if (row["input_digest"], row["actor"]) != (request.digest, actor.code):
        raise Refused(
            _("request id {id} was used before for another command: {name} by {actor}").format(
                id=request.id, name=row["name"], actor=row["actor"]
            ),
            code="E-REQ-001",
            fix=[f"kac status {request.id}"],
        )
    stored = json.loads(row["result"])
    return Outcome(stored["document"], tuple(stored["says"]), tuple(stored["hints"]), replayed=True)


def _refuse_clock_gone_back(connection: sqlite3.Connection, request: Request) -> None:
    _seq, _hash, at = audit.head(connection)
    if at and request.now < parse_instant(at) - CLOCK_SLACK:
        raise EnvironmentTrouble(
            _("this machine's clock stands before the ledger's last entry, {at}").format(at=at),
            code="E-ENV-010",
            cause=[_("set the clock; nothing was written")],
        )


def _seal(work: Work, key: bytes, outcome: Outcome) -> None:
    """The last two rows of a transaction, in plain SQL: every writing command pays for them."""
    work.session.flush()
    request = work.request
    stored = {"document": outcome.document, "says": outcome.says, "hints": outcome.hints}
    moment = instant_text(request.now)
    command = {
        "request_id": request.id,
        "name": request.command,
        "input_digest": request.digest,
        "actor": work.actor.code,
        "document": str(outcome.document.get("number", "")),
        "result": audit.canonical(stored),
        "at": moment,
    }
    work.touched.add(("command", _inserted(work.connection, "command", command)))
    facts = {
        "at": moment,
        "on_day": request.on.isoformat(),
        "actor": work.actor.code,
        "command": request.command,
        "request_id": request.id,
    }
    link = audit.next_link(work.connection, key, facts, work.events, work.touched, work.blocks)
    _inserted(work.connection, "audit", link)


def _inserted(connection: sqlite3.Connection, table: str, values: dict[str, Any]) -> int:
    names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    statement = f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id"
    return int(connection.execute(statement, values).fetchone()[0])
