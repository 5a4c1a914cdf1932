"""Bank statements taken in: whole or not at all, the same one once, and of the rest what is new."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import PurePath

from kac.core.i18n import _, ngettext
from kac.core.text import required_text
from kac.db.work import Outcome, Work
from kac.desk.bank import actions
from kac.desk.staff.actions import require
from kac.exchange.bankprofile import Profile, named
from kac.exchange.bankstatement import Statement, read


def take(
    work: Work, path_name: str, data: bytes, profiles: Mapping[str, Profile], profile: str = ""
) -> Outcome:
    """Take a statement in; lines that an earlier statement brought are known and left alone.

    `profile` names the layout where it is not to be found out. BadInput as `bankstatement.read`.
    """
    require(work, "import.bank")
    name = required_text(PurePath(path_name).name, field=_("file name"))
    chosen = {profile: named(profiles, profile)} if profile else profiles
    statement = read(name, data, chosen, work.on)
    digest = hashlib.sha256(repr(statement.lines).encode()).hexdigest()
    earlier = work.reader.first(
        "SELECT number FROM import_batch WHERE kind = 'bank' AND content_digest = :digest",
        digest=digest,
    )
    if earlier:
        says = _("{file} was taken in before as {number}; nothing changed").format(
            file=name, number=earlier["number"]
        )
        return Outcome({"number": earlier["number"], "state": "imported_before"}, (says,))
    number = work.number("IM")
    new, known = actions.take_in(work, number, statement.lines)
    _register(work, number, name, digest, statement)
    document = {
        "number": number,
        "state": "imported",
        "profile": statement.profile.name,
        "encoding": statement.encoding,
        "personal": statement.profile.personal,
        "new": new,
        "known": known,
        "left_out": statement.left_out,
    }
    return Outcome(document, _says(number, name, statement, new, known), ("kac reconcile run",))


def _register(work: Work, number: str, name: str, digest: str, statement: Statement) -> None:
    from kac.db.ledger_tables import ImportBatch

    rows = len(statement.lines)
    work.add(
        ImportBatch(
            number=number,
            kind="bank",
            file_name=name,
            content_digest=digest,
            rows=rows,
            at=work.now,
            by=work.actor.code,
        )
    )
    profile = statement.profile.name
    work.record("import", number, kind="bank", rows=rows, digest=digest, profile=profile)


def _says(number: str, name: str, statement: Statement, new: int, known: int) -> tuple[str, ...]:
    taken = ngettext(
        "{number}: {count} line of {file} taken in, {known} known before",
        "{number}: {count} lines of {file} taken in, {known} known before",
        new,
    ).format(number=number, count=new, file=name, known=known)
    says = [taken, statement.profile.title]
    if statement.left_out:
        says.append(
            ngettext(
                "{count} line that moves no money was left out",
                "{count} lines that move no money were left out",
                statement.left_out,
            ).format(count=statement.left_out)
        )
    return tuple(says)
