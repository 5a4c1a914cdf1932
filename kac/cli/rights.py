"""Who may do a command: judged before anybody is asked, and named in commands to be pasted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kac.cli import registry, setting
from kac.cli.places import ledger_path
from kac.core.calendar import business_day
from kac.core.errors import KacError, NotPermitted
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.core.actor import Actor
    from kac.db.policybook import PolicyVersion
    from kac.db.reader import Reader

# Commands whose permission has another name than their own.
_NAMED_OTHERWISE = {
    "contract.approve": "approval.ok",
    "contract.sign": "approval.ok",
    "inquiry.release": "inquiry.answer",
    "policy.load": "policy.propose",
    "policy.set": "policy.propose",
    "policy.withdraw": "policy.propose",
    "quote.review": "approval.ok",
    "rebate.drop": "rebate.propose",
    "reconcile.ignore": "reconcile.link",
    "reconcile.import": "import.bank",
    "staff.enable": "staff.disable",
    "staff.grant": "staff.roles",
    "staff.revoke": "staff.roles",
}
# Whoever can touch the file itself needs no right that stands in it, and it may be spoilt.
_ABOUT_THE_FILE = "db"
_SIGNING = ("approval.ok", "approval.reject")
_under_way = ""


@contextmanager
def under_way(path: str) -> Iterator[None]:
    """The command of the block, as `kac NOUN VERB`."""
    global _under_way
    before, _under_way = _under_way, path
    try:
        yield
    finally:
        _under_way = before


def refuse_early(path: str = "") -> None:
    """Refuse the command under way to whom it is not permitted; nobody is asked in vain.

    The verb itself judges again, inside its transaction. Whoever is still to show a PIN is taken
    for the one that they say they are: rights are no secret.
    """
    verb = _verb((path or _under_way).split())
    if not verb:
        return
    from kac.db.reader import reading
    from kac.desk.staff.rules import permit

    with reading(ledger_path()) as reader:
        policy = _policy(reader)
        if verb not in policy.may:
            return
        who = _claimed(reader)
    if who is not None:
        permit(verb, who, policy.permission(verb), policy.holders)


def pasteable(command: str) -> str:
    """A command that can be pasted: on a training ledger with `--as` somebody who may do it.

    Whoever acts here stays where they may; a command that asks no permission stays as it is.
    """
    return _with_name(command, _verb(_words(command)))


def nobody(training: bool) -> NotPermitted:
    """The refusal of a writing command that nobody stands behind."""
    here = _as_typed() or "kac --as gp_specialist …"
    ways = [here] if training else ["kac login STAFF"]
    return NotPermitted(_("nobody is logged in"), code="E-PER-004", fix=ways)


def _as_typed() -> str:
    """The command under way as it was typed, with `--as` somebody who may; empty for nobody."""
    import shlex

    typed = shlex.join(["kac", *setting.current().argv])
    named = _with_name(typed, _verb(_under_way.split()))
    return named if named != typed else ""


def _with_name(command: str, verb: str) -> str:
    if not verb or not command.startswith("kac ") or "--as " in command:
        return command
    if command.endswith(" --help"):
        # Whoever reads how it is typed needs no right to do it.
        return command
    from kac.db import info
    from kac.db.reader import reading

    try:
        with reading(ledger_path()) as reader:
            found = _fit(reader, verb, command) if info.of(reader).training else ""
    except KacError:
        # The ledger cannot be read, which its own error tells; a hint is no place for another.
        return command
    return f"{command} --as {found}" if found else command


def _words(command: str) -> list[str]:
    import shlex

    try:
        return shlex.split(command)
    except ValueError:
        return command.split()


def _verb(words: list[str]) -> str:
    """The permission that `kac NOUN VERB …` asks for; empty for what is no such command."""
    noun = registry.canonical(words[1]) if words[:1] == ["kac"] and len(words) > 2 else None
    if noun in (None, _ABOUT_THE_FILE):
        return ""
    verb = f"{noun}.{words[2].replace('-', '_')}"
    return _NAMED_OTHERWISE.get(verb, verb)


def _policy(reader: Reader) -> PolicyVersion:
    from kac.db.policybook import DESK, in_force

    today = max(setting.today(), business_day(setting.current().now))
    return in_force(reader, DESK, today)


def _claimed(reader: Reader) -> Actor | None:
    """Who this run says that it is, PIN or not; None for a stranger, whom the PIN keeps out."""
    from kac.cli import session
    from kac.db import info
    from kac.desk.staff import queries

    training = info.of(reader).training
    code = setting.named(training) or session.logged_in(reader, ledger_path())
    if not code:
        raise nobody(training)
    person = queries.by_code(reader, code)
    return queries.actor(reader, person["code"]) if person else None


def _fit(reader: Reader, verb: str, command: str) -> str:
    """Who is to be named: nobody where the one who acts here may, and need not be named again."""
    from kac.db import kept

    policy = _policy(reader)
    if verb not in policy.may:
        return ""
    named = setting.named(training=True)
    for person in _by_rank(reader, policy, verb, first=named):
        if _may(reader, policy, verb, command, person):
            said_here = bool(setting.current().staff) and not kept.is_keeping()
            return person.code if person.code != named or said_here else ""
    return ""


def _by_rank(reader: Reader, policy: PolicyVersion, verb: str, first: str) -> Iterator[Actor]:
    """The staff: the one who acts, then those who hold the roles that the policy names, in order.

    Whoever may only because their role includes such a one comes last.
    """
    from kac.core.actor import Actor
    from kac.desk.staff import queries

    held = queries.roles_of_all(reader)
    people = [
        Actor(row["id"], row["code"], row["name"], frozenset(held.get(row["id"], ())))
        for row in queries.everybody(reader)
        if row["active"]
    ]
    order = policy.permission(verb)["roles"]

    def rank(person: Actor) -> tuple[bool, int, str]:
        places = [order.index(role) for role in person.roles if role in order]
        return person.code != first, min(places, default=len(order)), person.code

    yield from sorted(people, key=rank)


def _may(reader: Reader, policy: PolicyVersion, verb: str, command: str, person: Actor) -> bool:
    from kac.desk.staff.rules import permit

    try:
        permit(verb, person, policy.permission(verb), policy.holders)
    except NotPermitted:
        return False
    return verb not in _SIGNING or _signs(reader, policy, command, person)


def _signs(reader: Reader, policy: PolicyVersion, command: str, person: Actor) -> bool:
    """Whether a request for approval waits for this person now, who did not make its document."""
    from kac.desk.approvals import queries, rules

    number = next((word for word in _words(command)[3:] if word.startswith("SP")), "")
    row = reader.first("SELECT * FROM v_approval WHERE number = :number", number=number)
    if row is None or row["maker"] == person.code:
        return False
    steps, signed = queries.steps(row["route"]), queries.signed(reader, row["id"])
    return bool(rules.signable(steps, signed, policy.rights(person.roles), person.code))
