"""The founding of a ledger: its name, its policy, its first people, and goods to learn with."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path

from kac.core import policyfile, roles
from kac.core.actor import SYSTEM, Actor
from kac.core.i18n import _
from kac.core.text import required_text
from kac.db import audit, migrate
from kac.db.policybook import DESK
from kac.db.reader import Reader
from kac.db.work import Act, Outcome, Request, Work, perform
from kac.desk.staff import queries

# A ledger's first policy has always been in force: documents may be taken over from before.
ALWAYS = date.min
IMPORTS = ("customers", "products", "stock", "orders", "calendar")


@dataclass(frozen=True, slots=True)
class Founding:
    """What a ledger is founded with. An empty `pin_hash` is a PIN that nobody can type."""

    company: str
    language: str
    admin_code: str
    admin_name: str
    pin_hash: str
    training: bool
    location: str
    location_name: str


def found(ledger: Path, founding: Founding, now: datetime, on: date) -> Outcome:
    """Make a ledger; whatever goes wrong, no half of one is left.

    EnvironmentTrouble (exit 9) where a file stands at the path already.
    """
    with migrate.drafted(ledger) as draft:
        outcome = _perform(draft, "init", now, on, _by_system, partial(_first, founding))
        if founding.training:
            for kind in IMPORTS:
                data = (sample_dir() / f"{kind}.csv").read_bytes()
                act = partial(_import, kind=kind, data=data)
                _perform(draft, f"import {kind}", now, on, _by_importer, act)
    return outcome


def shortest_pin() -> int:
    """How long a PIN is at least, by the policy that a new ledger gets."""
    return int(policyfile.shipped()[DESK]["access"]["pin_length"])


def sample_dir() -> Path:
    """Where the sample files lie: inside an installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_sample_data"
    return installed if installed.is_dir() else package.parent / "sample_data"


def _perform(
    ledger: Path,
    command: str,
    now: datetime,
    on: date,
    identify: Callable[[Reader], Actor],
    act: Act,
) -> Outcome:
    request_id = os.urandom(16).hex()
    return perform(ledger, Request(request_id, command, request_id, now, on), identify, act)


def _by_system(_reader: Reader) -> Actor:
    return SYSTEM


def _by_importer(reader: Reader) -> Actor:
    return queries.actor(reader, "importer")


def _first(founding: Founding, work: Work) -> Outcome:
    from kac.db.ledger_tables import LedgerInfo
    from kac.desk.stock.actions import open_location

    ledger_id = os.urandom(8).hex()
    work.add(
        LedgerInfo(
            id=1,
            ledger_id=ledger_id,
            company=required_text(founding.company, field=_("company"), longest=60),
            language=founding.language,
            training=founding.training,
            dispatch_location=founding.location,
            created_at=work.now,
        )
    )
    _set_policies(work)
    open_location(work, founding.location, founding.location_name)
    _file_people(work, founding)
    work.record("found", founding.company, training=int(founding.training))
    return Outcome(
        {
            "number": ledger_id,
            "state": "founded",
            "company": founding.company,
            "language": founding.language,
            "training": founding.training,
            "administrator": founding.admin_code,
            "location": founding.location,
        }
    )


def _set_policies(work: Work) -> None:
    """Every set that the package has, as its first version."""
    from kac.db.ledger_tables import Policy

    work.add_all(
        [
            Policy(
                policy_set=name,
                version=1,
                effective_from=ALWAYS,
                body=audit.canonical(body),
                reason=_("founding"),
                set_by=work.actor.code,
                at=work.now,
            )
            for name, body in policyfile.shipped().items()
        ]
    )


def _file_people(work: Work, founding: Founding) -> None:
    from kac.desk.staff.actions import add

    add(work, founding.admin_code, founding.admin_name, ["administrator"], founding.pin_hash)
    if founding.training:
        for role in roles.known().values():
            if role.id != founding.admin_code:
                add(work, role.id, role.name, [role.id])


def _import(work: Work, kind: str, data: bytes) -> Outcome:
    from kac.exchange.imports import run

    return run(work, kind, f"{kind}.csv", data)
