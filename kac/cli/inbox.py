"""Statements as files: one named at the counter, or all that lie in an inbox."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kac.cli import configfile
from kac.cli.counter import write
from kac.cli.files import file_bytes
from kac.cli.options import Writing
from kac.core.errors import BadInput, EnvironmentTrouble, system_says
from kac.core.i18n import _
from kac.core.values import dataclass

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work
    from kac.exchange.bankprofile import Profile

DONE = "done"
_UNFINISHED = (".part", ".partial", ".tmp", ".crdownload", "~")


def profile_directories() -> list[Path]:
    """Where profiles of the site and of the user lie; the last has the last word."""
    return [
        *([configfile.SITE.parent / "bank"] if os.name == "posix" else []),
        configfile.home("config") / "bank",
    ]


def profiles() -> Mapping[str, Profile]:
    """Every profile that there is, by name."""
    from kac.exchange import bankprofile

    return bankprofile.known(profile_directories())


def profiles_of_this_house() -> Mapping[str, Profile]:
    """The profiles that the config file says this house gets; all where it says nothing."""
    from kac.exchange.bankprofile import named

    found = profiles()
    said = configfile.value("recon.profiles")
    return {name: named(found, name) for name in said.split(",")} if said else found


def take_file(
    asked: Writing,
    file: str,
    data: bytes,
    profile: str = "",
    *,
    actor: str = "",
    quiet: bool = False,
) -> Outcome:
    """Take one statement in, in a transaction of its own."""
    found = profiles() if profile else profiles_of_this_house()
    name = "stdin.csv" if file == "-" else Path(file).name

    def act(work: Work) -> Outcome:
        from kac.exchange.bank import take

        outcome = take(work, name, data, found, profile)
        return replace(outcome, hints=()) if quiet else outcome

    typed = {"file": name, "sha256": hashlib.sha256(data).hexdigest(), "profile": profile}
    tell = _silent if quiet else None
    return write(asked, "reconcile import", act, typed, actor=actor, tell=tell)


def _silent(_outcome: Outcome) -> None:
    """What came of one file of many is told with the others."""


@dataclass(frozen=True)
class Delivered:
    """What became of a file of the inbox; `trouble` says why it was refused."""

    file: str
    document: Mapping[str, object]
    trouble: BadInput | None = None

    def as_dict(self) -> dict[str, object]:
        """The file as JSON shows it."""
        told = {key: self.document.get(key) for key in ("number", "profile", "new", "known")}
        state = "refused" if self.trouble else self.document.get("state", "")
        says = "; ".join((self.trouble.message, *self.trouble.cause)) if self.trouble else ""
        return {"file": self.file, "state": state, **told, "says": says}


def emptied(asked: Writing, directory: Path, actor: str) -> Iterator[Delivered]:
    """Take in every file of the inbox, by name; those taken in go to `done`, or to
    the folder that the config file names.

    A file that is refused stays, and is told again each time, until somebody sees to it.
    """
    # Every file is known by its own content: an id of the command would make them all one.
    asked = Writing(dry_run=asked.dry_run, typed_on=asked.typed_on, note=asked.note)
    for path in waiting(directory):
        try:
            outcome = take_file(asked, str(path), file_bytes(str(path)), actor=actor, quiet=True)
        except BadInput as trouble:
            yield Delivered(path.name, {}, trouble)
            continue
        if not asked.dry_run:
            _put_away(path, str(outcome.document["number"]))
        yield Delivered(path.name, outcome.document)


def waiting(directory: Path) -> list[Path]:
    """The files of an inbox by name; hidden ones, and those still being written, are none."""
    try:
        found = sorted(directory.iterdir())
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} cannot be read: {trouble}").format(
                path=directory, trouble=system_says(trouble)
            ),
            code="E-ENV-020",
        ) from trouble
    return [
        path
        for path in found
        if path.is_file()
        and not path.name.startswith(".")
        and not path.name.lower().endswith(_UNFINISHED)
    ]


def _put_away(path: Path, number: str) -> None:
    """Move a file that is taken in to where such files are kept, under its batch's number."""
    import shutil

    archive = configfile.value("import.archive")
    done = Path(archive).expanduser() if archive else path.parent / DONE
    try:
        done.mkdir(exist_ok=True)
        shutil.move(path, done / f"{number}-{path.name}")
    except OSError as trouble:
        raise EnvironmentTrouble(
            _("{path} is taken in, but cannot be moved: {trouble}").format(
                path=path, trouble=system_says(trouble)
            ),
            code="E-ENV-020",
            cause=[_("it will be known as taken in the next time")],
        ) from trouble
