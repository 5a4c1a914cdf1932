"""The night at the counter: one at a time, the inbox first, then matching, then every check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kac.cli import bankview, setting, show
from kac.cli.counter import ledger_path, permitted, reading_ledger, write
from kac.cli.options import Reading, Writing
from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _, ngettext

if TYPE_CHECKING:
    from kac.core.findings import Finding
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work
    from kac.desk.night.rules import Proof
    from kac.desk.night.since import Since


def spent(
    on: date,
    *,
    inbox: str = "",
    full: bool = False,
    wait_seconds: int = 0,
    with_page: bool = False,
) -> tuple[list[Proof], bytes]:
    """What the night comes to, check by check, and its page of the same moment where wanted.

    Busy (exit 8) while another run is under way.
    """
    actor = permitted("reconcile.run")
    with _alone(wait_seconds):
        done = [_inbox(Path(inbox), actor)] if inbox else []
        done.append(_matching(actor))
        done.append(_expiry(actor))
        done.append(_statements(actor, on))
        done.append(_shipments(actor, on))
        with reading_ledger() as reader:
            done += _proved(reader, on, full=full)
            _keep(reader, on, done)
            page = _page(reader, on, done) if with_page else b""
    return done, page


def _proved(reader: Reader, on: date, *, full: bool) -> list[Proof]:
    """Every check: from the last checkpoint on, or of everything where the chain has a fault."""
    from dataclasses import replace

    from kac.db import checks as file_checks
    from kac.desk.night import queries
    from kac.desk.night.rules import Proof

    since = None if full else _since(reader, on)
    if since is not None and not since.faults:
        code = since.point.code
        done = queries.run(reader, on, since.scope, code)
        return [*done, Proof(file_checks.chain_is_whole.__name__, since=code)]
    done = queries.run(reader, on)
    file = file_checks.CHECKS if full else (file_checks.chain_is_whole,)
    done += queries.of_the_file(reader, ledger_path(), file)
    if since is not None and not done[-1].findings and not done[-1].trouble:
        done[-1] = replace(done[-1], findings=since.faults)
    return done


def _since(reader: Reader, on: date) -> Since | None:
    """The last checkpoint; where it cannot be told what came after it, everything is proved."""
    from kac.core.errors import KacError
    from kac.desk.night import since

    try:
        return since.last(reader, ledger_path(), on)
    except KacError:
        # The check of the chain tells what is wrong, on its own line.
        return None


def _keep(reader: Reader, on: date, proofs: Sequence[Proof]) -> None:
    """Write the checkpoint; a place where nothing can be written costs time, not the night."""
    from kac.desk.night import since

    try:
        since.keep(reader, ledger_path(), on, proofs)
    except OSError as trouble:
        show.err(_("the checkpoint of the night was not written: {why}").format(why=trouble))


def _page(reader: Reader, on: date, proofs: Sequence[Proof]) -> bytes:
    """The night as a page for the browser; that it was written is told nobody, for cron's sake."""
    from kac.cli.checkwords import CHECKS
    from kac.documents.nightly import facts, page

    checks = [
        facts.Check(CHECKS.get(proof.name, proof.name), proof.state, len(proof.findings))
        for proof in proofs
    ]
    night = facts.gather(reader, on, _all_found(proofs), checks)
    return page.html(night, setting.current().now).encode()


def _all_found(proofs: Sequence[Proof]) -> list[Finding]:
    return [finding for proof in proofs for finding in proof.told()]


@contextmanager
def _alone(wait_seconds: int) -> Iterator[None]:
    """One night at a time: who comes second waits, or leaves with exit 8."""
    from kac.db.lock import turn_of

    ledger = ledger_path()
    night = ledger.with_name(f"{ledger.name}.night")
    with turn_of(night, "reconcile run", wait_seconds=wait_seconds):
        yield


def _inbox(directory: Path, actor: str) -> Proof:
    """The statements of the inbox; a file that is refused is a difference."""
    from kac.cli import inbox
    from kac.core.findings import Finding
    from kac.desk.night import queries

    def findings() -> Iterator[Finding]:
        for each in inbox.emptied(Writing(), directory, actor):
            if each.trouble:
                says = str(each.as_dict()["says"])
                command = f"kac reconcile import {directory / each.file}"
                yield Finding("bank_inbox", each.file, says, ("RTL-DUT-07",), command)

    return queries.proved("bank_inbox", findings)


def _matching(actor: str) -> Proof:
    """A line of its own: where matching fails, the checks are still carried out."""
    from kac.desk.night import queries

    def findings() -> Sequence[Finding]:
        _match(actor)
        return ()

    return queries.proved("bank_matching", findings)


def _match(actor: str) -> None:
    """Write the matches that are certain, where there are any; otherwise nothing is written."""
    from kac.desk.bank import queries

    with reading_ledger() as reader:
        certain = queries.certain(reader, queries.policy_of(reader, setting.today()))
    if not certain:
        return

    def act(work: Work) -> Outcome:
        from kac.desk.bank import actions

        return actions.match(work)

    pairs = {"pairs": len(certain)}
    write(Writing(), "reconcile match", act, pairs, actor=actor, tell=_aside)


def _statements(actor: str, on: date) -> Proof:
    """The monthly statements of days that are over, drawn up where the night's actor may."""
    from kac.desk.night import queries
    from kac.desk.statements import queries as statements

    today = setting.today()
    upto = min(on, today - timedelta(days=1))

    def findings() -> Sequence[Finding]:
        _issue(actor, upto)
        with reading_ledger() as reader:
            return statements.to_send(reader, upto, today)

    return queries.proved("monthly_statements", findings)


def _issue(actor: str, upto: date) -> None:
    """Draw them up where there are any; otherwise nothing is written."""
    from kac.desk.statements import queries

    with reading_ledger() as reader:
        due = queries.monthly(reader, upto, setting.today())
        if not due or not _may(reader, actor, "statement.draw"):
            return

    def act(work: Work) -> Outcome:
        from kac.desk.statements import actions

        return actions.issue(work, upto)

    typed = {"upto": upto, "statements": len(due)}
    write(Writing(), "statement issue", act, typed, actor=actor, tell=_aside)


def _expiry(actor: str) -> Proof:
    """Goods kept or promised beyond their day are free again by the morning (C-15, RTL-ORD-02)."""
    from kac.desk.night import queries

    def findings() -> Sequence[Finding]:
        _expire(actor)
        return ()

    return queries.proved("reservations_expire", findings)


def _expire(actor: str) -> None:
    """Free them where there are any; the checks that follow remind of them otherwise."""
    from kac.desk.reservations import queries

    with reading_ledger() as reader:
        over = queries.reservations_over(reader, setting.today())
        if not over or not _may(reader, actor, "stock.expire"):
            return

    def act(work: Work) -> Outcome:
        from kac.desk.reservations import actions

        return actions.expire(work)

    typed = {"over": [each.subject for each in over]}
    write(Writing(), "stock expire", act, typed, actor=actor, tell=_aside)


def _shipments(actor: str, on: date) -> Proof:
    """Shipments that nobody objected to in time are charged to their offices (DST-GDS-08, -09)."""
    from kac.desk.night import queries

    def findings() -> Sequence[Finding]:
        _charge(actor, min(on, setting.today()))
        return ()

    return queries.proved("deemed_correct", findings)


def _charge(actor: str, night: date) -> None:
    """Charge them where there are any, once; a night that was missed is caught up."""
    from kac.desk.shipments import queries

    with reading_ledger() as reader:
        due = queries.deemed_correct(reader, night)
        if not due or not _may(reader, actor, "shipment.deem"):
            return

    def act(work: Work) -> Outcome:
        from kac.desk.shipments import answering

        return answering.charge(work, night)

    typed = {"night": night, "shipments": [row["number"] for row in due]}
    write(Writing(), "shipment deem", act, typed, actor=actor, tell=_aside)


def _may(reader: Reader, actor: str, verb: str) -> bool:
    """Whether the night's actor may: an auditor looks, and writes nothing."""
    from kac.db import policybook
    from kac.desk.staff import queries as staff

    house = policybook.in_force(reader, policybook.DESK, setting.today())
    roles = house.rights(staff.actor(reader, actor).roles)
    return not roles.isdisjoint(house.may[verb])


def _aside(outcome: Outcome) -> None:
    """What the night did, on stderr: its report is data."""
    for sentence in outcome.says:
        show.err(sentence)


def told(asked: Reading, proofs: Sequence[Proof], *, check: bool, lines: bool) -> None:
    """Show the night, and leave with what cron branches on: 0, 7 for differences, 1 for failures.

    People see every check and what was found; scripts get rows of findings, or with `lines` of
    checks. With `check` nothing is said when nothing was found.
    """
    from kac.desk.night import rules

    found = _all_found(proofs)
    for_people = not (asked.format or asked.output or check)
    if lines or for_people:
        show.rows(asked, bankview.PROOFS, [proof.as_dict() for proof in proofs])
    if for_people:
        _tell_since(proofs)
    if not lines and (found or asked.format):
        if for_people:
            show.out("")
        show.rows(asked, bankview.FINDINGS, [finding.as_dict() for finding in found])
    if found:
        show.err(_counted(proofs, found))
    code = rules.outcome(proofs, check)
    if code:
        raise typer.Exit(int(code))


def _tell_since(proofs: Sequence[Proof]) -> None:
    """From where on the night was reckoned."""
    gone_on = [proof for proof in proofs if proof.since]
    if gone_on:
        says = ngettext(
            "{count} check looked at what is new since entry {code} of the chain; --full looks at"
            " everything",
            "{count} checks looked at what is new since entry {code} of the chain; --full looks at"
            " everything",
            len(gone_on),
        )
        show.err(says.format(count=len(gone_on), code=gone_on[0].since))


def mailed(proofs: Sequence[Proof], on: date, page: bytes) -> None:
    """Mail what was found to whom the config file names; what cannot be sent is said on stderr."""
    from kac.cli import configfile, mailing, sheets

    to, found = configfile.value("report.mail_to"), _all_found(proofs)
    if not (to and found):
        return
    counted = _counted(proofs, found)
    listed = sheets.columns_text(bankview.FINDINGS, [each.as_dict() for each in found])
    subject = _("kac, {day}: {counted}").format(day=on, counted=counted)
    try:
        mailing.send(to, subject, f"{counted}\n\n{listed}\n", page)
    except EnvironmentTrouble as trouble:
        # The report itself follows: cron sends it on, whoever else cannot.
        show.err(trouble.as_text())


def _counted(proofs: Sequence[Proof], found: Sequence[Finding]) -> str:
    """How many findings there are of each kind."""
    failed = sum(bool(proof.trouble) for proof in proofs)
    soft = sum(finding.soft for finding in found)
    hard = len(found) - soft - failed
    parts = [
        ngettext("{count} difference", "{count} differences", hard).format(count=hard),
        ngettext("{count} reminder", "{count} reminders", soft).format(count=soft),
    ]
    if failed:
        parts.append(
            ngettext("{count} check failed", "{count} checks failed", failed).format(count=failed)
        )
    return ", ".join(parts)
