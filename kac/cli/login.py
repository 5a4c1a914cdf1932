"""`kac login`: say who you are, with your PIN, and stay known for some hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from kac.cli import counter, setting
from kac.cli.lazy import Noun
from kac.cli.options import Writing, examples, needed, writing
from kac.core.calendar import instant_text, local_text, parse_instant
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(single=True)


@app.command(
    help=_("Log in with your PIN; commands after this one are yours."),
    epilog=examples("kac login wang", "KAC_PIN_FILE=~/pin kac login wang"),
)
@writing
def login(
    asked: Writing,
    staff: Annotated[str, typer.Argument(metavar="STAFF", help=_("your code"))] = "",
) -> None:
    """Log in."""
    code = needed(staff or setting.named(), "STAFF", _("Who are you?"))
    with setting.using(replace(setting.current(), staff=code)):
        outcome = counter.write(asked, "login", _log_in, {"staff": code})
    if not asked.dry_run:
        _keep(outcome)


def _log_in(work: Work) -> Outcome:
    from kac.db.work import Outcome
    from kac.desk.staff.policy import AccessPolicy

    hours = work.house().section("access", AccessPolicy).session_hours
    until = work.now + timedelta(hours=hours)
    work.record("log in", work.actor.code, until=instant_text(until))
    document = {
        "number": work.actor.code,
        "state": "logged_in",
        "name": work.actor.name,
        "roles": sorted(work.actor.roles),
        "until": instant_text(until),
    }
    sentence = _("{name} is logged in until {time}").format(
        name=work.actor.name, time=local_text(until)
    )
    return Outcome(document, (sentence,), ("kac todo",))


def _keep(outcome: Outcome) -> None:
    """Write the session down, once the ledger has the login in its log."""
    from kac.cli import session
    from kac.db import audit, info
    from kac.desk.staff import queries

    ledger = counter.ledger_path()
    with counter.reading_ledger() as reader:
        facts = info.of(reader)
        person = queries.find(reader, outcome.document["number"])
    session.save(
        audit.read_key(ledger),
        facts.ledger_id,
        person["code"],
        person["pin_hash"],
        parse_instant(outcome.document["until"]),
    )
