"""`kac init`: make a ledger, or one to learn with."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kac.cli import counter, pins, setting
from kac.cli.lazy import Noun
from kac.cli.options import Writing, choice_option, examples, needed, writing
from kac.cli.places import config
from kac.core import i18n
from kac.core.i18n import _
from kac.core.values import dataclass

if TYPE_CHECKING:
    from kac.db.work import Outcome
    from kac.exchange.founding import Founding

app = Noun(single=True)
_MAIN_LOCATION = "配送中心"


@dataclass(frozen=True, slots=True)
class Given:
    """What was typed for a founding; empty texts are asked for, or have a value for training."""

    company: str
    admin: str
    admin_name: str
    language: str
    location: str
    training: bool


_TRAINING = Given(
    company="榆江市佳和百货有限公司",
    admin="administrator",
    admin_name="系统管理员",
    language="",
    location="",
    training=True,
)


@app.command(
    help=_("Make a ledger: its company, its policy, its first administrator."),
    epilog=examples(
        "kac init --training",
        "KAC_PIN_FILE=~/pin kac init --company 佳和百货 --admin wang --admin-name 王敏",
    ),
)
@writing
def init(
    asked: Writing,
    company: Annotated[
        str, typer.Option("--company", metavar="NAME", help=_("whose ledger it is"))
    ] = "",
    language: Annotated[
        str, choice_option("--language", of=i18n.LANGUAGES, help=_("what the ledger speaks"))
    ] = "",
    admin: Annotated[
        str, typer.Option("--admin", metavar="CODE", help=_("code of the first administrator"))
    ] = "",
    admin_name: Annotated[
        str, typer.Option("--admin-name", metavar="NAME", help=_("the administrator's name"))
    ] = "",
    training: Annotated[
        bool, typer.Option("--training", help=_("one to learn with: sample goods, no PINs"))
    ] = False,
    location: Annotated[
        str, typer.Option("--location", metavar="CODE", help=_("where orders are dispatched from"))
    ] = "DC",
) -> None:
    """Make a ledger."""
    from kac.db import migrate

    ledger = counter.ledger_path()
    if ledger.exists():
        raise migrate.taken(ledger)
    counter.refuse_future(asked.on, training=training)
    given = Given(company, admin, admin_name, language or i18n.language(), location, training)
    founding = _training(given) if training else _real(given)
    if asked.dry_run:
        outcome = _would_be(founding)
    else:
        from kac.exchange.founding import found

        outcome = found(ledger, founding, setting.current().now, asked.on)
    counter.answer(asked, _told(outcome, ledger, training))


def _training(given: Given) -> Founding:
    return _founding(
        replace(
            given,
            company=given.company or _TRAINING.company,
            admin=given.admin or _TRAINING.admin,
            admin_name=given.admin_name or _TRAINING.admin_name,
        ),
        pin_hash="",
    )


def _real(given: Given) -> Founding:
    from kac.exchange.founding import shortest_pin

    whole = replace(
        given,
        company=needed(
            given.company or config("company", "name"), "--company", _("Whose ledger is it?")
        ),
        admin=needed(given.admin, "--admin", _("Which code has the first administrator?")),
        admin_name=needed(given.admin_name, "--admin-name", _("And which name?")),
    )
    path = os.environ.get("KAC_PIN_FILE", "")
    pin = pins.fresh(whole.admin, shortest_pin(), path, "KAC_PIN_FILE")
    return _founding(whole, pin_hash=pins.hashed(pin))


def _founding(given: Given, pin_hash: str) -> Founding:
    from kac.exchange.founding import Founding

    return Founding(
        company=given.company,
        language=given.language,
        admin_code=given.admin,
        admin_name=given.admin_name,
        pin_hash=pin_hash,
        training=given.training,
        location=given.location.upper(),
        location_name=_MAIN_LOCATION if given.location.upper() == "DC" else given.location,
    )


def _would_be(founding: Founding) -> Outcome:
    from kac.db.work import Outcome

    document = {"number": "", "state": "founded", "company": founding.company}
    return Outcome(document, dry=True)


def _told(outcome: Outcome, ledger: Path, training: bool) -> Outcome:
    sentence = _("the ledger of {company} is at {ledger}").format(
        company=outcome.document["company"], ledger=ledger
    )
    key = _("its key lies beside it: {key}; both belong in every backup").format(
        key=f"{ledger.name}.key"
    )
    ways = ("kac --as gp_specialist whoami", "kac staff list", "kac demo")
    real = (f"kac login {outcome.document.get('administrator', '')}", "kac staff add CODE NAME")
    document = outcome.document | {"ledger": str(ledger)}
    return replace(
        outcome, document=document, says=(sentence, key), hints=ways if training else real
    )
