"""What leads back from an act: the verbs that undo one honestly, and what to do about the others.

Nothing is ever taken out of the ledger. An act is undone by a later one which the same gates judge,
as long as it was one's own, the last on its document, and nobody has signed, printed or paid.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from kac.core.errors import NotFound, Refused
from kac.core.i18n import N_, _

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row
    from kac.db.work import Outcome, Work

# Commands that say who acts, and touch no document.
_ABOUT_ONESELF = ("login", "pin", "staff passwd")
# What is done instead, where nothing leads back: a sentence, and a command with the document.
INSTEAD = {
    "undo": (N_("an undoing stands; do the thing again"), ""),
    "order submit": (
        N_("what is handed in is not a draft again"),
        "kac order edit {number} --line CODE:QTY",
    ),
    "order review": (N_("a change of the order voids its review"), "kac order edit {number}"),
    "order print": (
        N_("a printed form is never taken back, it is made void"),
        "kac order void {number} --reason …",
    ),
    "order photocopy": (N_("a photocopy that was made stays with finance"), ""),
    "order void": (N_("what is void stays void; take the order anew"), "kac order new"),
    "payment record": (
        N_("money is taken back by a red entry, by another person of finance"),
        "kac payment reverse {number} --reason …",
    ),
    "deposit record": (
        N_("money is taken back by a red entry, by another person of finance"),
        "kac payment reverse {number} --reason …",
    ),
    "approval ok": (N_("a signature stands until its document is changed"), ""),
    "approval reject": (N_("a rejection stands until its document is changed"), ""),
    "customer add": (N_("a customer's file is corrected"), "kac customer edit {number}"),
    "staff grant": (
        N_("a role is taken away again"),
        "kac staff revoke {number} --role … --reason …",
    ),
    "staff revoke": (N_("a role is given again"), "kac staff grant {number} --role …"),
    "staff add": (N_("who is no longer to act is disabled"), "kac staff disable {number}"),
    "staff disable": (N_("whoever is to act again is enabled"), "kac staff enable {number}"),
    "staff enable": (N_("who is no longer to act is disabled"), "kac staff disable {number}"),
    "quote new": (N_("a quotation is changed, or expires by itself"), "kac quote edit {number}"),
    "inquiry new": (
        N_("an inquiry that was a mistake is closed"),
        "kac inquiry close {number} --reason …",
    ),
}


def latest(reader: Reader, actor: str, most: int = 1) -> list[Row]:
    """The last commands of a person that touched a document, the newest first."""
    marks = ", ".join(f"'{name}'" for name in _ABOUT_ONESELF)
    return reader.all(
        "SELECT id, request_id, name, document, result, at FROM command WHERE actor = :actor"
        f" AND name NOT IN ({marks}) ORDER BY id DESC LIMIT :most",
        actor=actor,
        most=most,
    )


def way_back(name: str) -> str:
    """What undoing a command means, in words; empty where nothing leads back."""
    return _(WAYS[name][0]) if name in WAYS else ""


def undo(work: Work, request_id: str) -> Outcome:
    """Undo the last act of the one who works, which must still be the one that was asked about."""
    found = latest(work.reader, work.actor.code)
    if not found:
        raise NotFound(_("you have done nothing yet that could be undone"), code="E-UND-001")
    last = found[0]
    if last["request_id"] != request_id:
        raise Refused(_("you have done something else since"), code="E-UND-002", fix=["kac last"])
    refuse_past(work.reader, last)
    outcome = WAYS[last["name"]][1](work, last, _("undone by {who}").format(who=work.actor.name))
    work.record("undo", last["document"], command=last["name"], request=last["request_id"])
    return outcome


def refuse_past(reader: Reader, last: Row, about: str = "") -> None:
    """Refuse where nothing leads back, where others acted since, or where somebody has signed.

    `about` is another document that came with the same command.
    """
    name, number = last["name"], about or last["document"]
    if name not in WAYS:
        says, command = INSTEAD.get(name, (N_("nothing leads back from it"), ""))
        raise Refused(
            _("{command} of {number} cannot be undone").format(command=name, number=number),
            code="E-UND-003",
            cause=[_(says)],
            fix=[command.format(number=number)] if command else [],
        )
    since = reader.first(
        "SELECT name, actor FROM command WHERE document = :number AND id > :id ORDER BY id LIMIT 1",
        number=number,
        id=last["id"],
    )
    if since is not None:
        raise _too_late(
            number, _("{staff} has done {command} since"), since["actor"], since["name"]
        )
    signed = reader.first(
        "SELECT s.staff, a.number FROM approval_signature s JOIN approval a ON a.id = s.approval_id"
        " WHERE a.subject = :number AND a.state <> 'superseded' ORDER BY s.id LIMIT 1",
        number=number,
    )
    if signed is not None:
        raise _too_late(
            number, _("{staff} has signed {command}"), signed["staff"], signed["number"]
        )


def _too_late(number: str, says: str, staff: str, command: str) -> Refused:
    return Refused(
        _("{number} is past undoing").format(number=number),
        code="E-UND-002",
        cause=[says.format(staff=staff, command=command)],
        fix=[f"kac explain {number}"] if number.startswith("DD") else ["kac last"],
    )


def _void_order(work: Work, last: Row, why: str) -> Outcome:
    from kac.desk.forms import actions

    _refuse_printed(work, last["document"])
    return actions.void(work, last["document"], why)


def _former_lines(work: Work, last: Row, _why: str) -> Outcome:
    """The lines of the version before, as a new version; day, address and terms stay."""
    from kac.desk.lines.rules import LineDraft
    from kac.desk.orders import actions, queries

    number = last["document"]
    row = queries.find(work.reader, number, work.speaker)
    former, present = (
        queries.lines_of(work.reader, number, revision)
        for revision in (row["revision"] - 1, row["revision"])
    )
    put = [
        LineDraft(each["product_id"], each["quantity"], each["unit_price_fen"], bool(each["gift"]))
        for each in former
    ]
    kept = {(each.product_id, each.gift) for each in put}
    gone = [
        each["line"] for each in present if (each["product_id"], bool(each["gift"])) not in kept
    ]
    if _compared(former) == _compared(present):
        raise Refused(
            _("{command} of {number} cannot be undone").format(command=last["name"], number=number),
            code="E-UND-003",
            cause=[_("only its terms were changed, and the former ones are not kept")],
            fix=[f"kac order edit {number}"],
        )
    return actions.edit(work, number, actions.Change(put=tuple(put), remove=tuple(gone)))


def _compared(lines: list[Row]) -> list[tuple[object, ...]]:
    names = ("product_id", "quantity", "unit_price_fen", "gift")
    return sorted(tuple(each[name] for name in names) for each in lines)


def _drop_rebate(work: Work, last: Row, why: str) -> Outcome:
    from kac.desk.rebates import actions

    return actions.drop(work, last["document"], why)


def _drop_return(work: Work, last: Row, why: str) -> Outcome:
    from kac.desk.returns import actions

    _refuse_return_printed(work, last["document"])
    return actions.drop(work, last["document"], why)


def _drop_exchange(work: Work, last: Row, why: str) -> Outcome:
    """The return and the order for the other goods came together, and go together."""
    from kac.desk.forms import actions
    from kac.desk.returns import actions as returns
    from kac.desk.returns import queries

    _refuse_return_printed(work, last["document"])
    order = queries.by_number(work.reader, last["document"])["exchange"]
    refuse_past(work.reader, last, order)
    _refuse_printed(work, order)
    dropped = returns.drop(work, last["document"], why)
    voided = actions.void(work, order, why)
    return replace(dropped, says=(dropped.says[0], *voided.says), hints=())


def _refuse_return_printed(work: Work, number: str) -> None:
    from kac.desk.papers import queries

    for copy in queries.copies(work.reader, number, "return_slip").values():
        raise _too_late(number, _("{staff} has printed {command}"), copy.by, number)


def _withdraw_policy(work: Work, last: Row, why: str) -> Outcome:
    from kac.desk.amendments import actions

    return actions.withdraw(work, last["document"], why)


def _end_delegation(work: Work, last: Row, why: str) -> Outcome:
    from kac.desk.delegations import actions

    used = work.reader.first(
        "SELECT staff FROM approval_signature WHERE delegation = :number", number=last["document"]
    )
    if used is not None:
        number = last["document"]
        raise _too_late(number, _("{staff} has signed under {command}"), used["staff"], number)
    return actions.end(work, last["document"], why)


def _refuse_printed(work: Work, number: str) -> None:
    from kac.core.gates import require
    from kac.desk.orders import queries, rules

    row = queries.find(work.reader, number, work.speaker)
    facts = queries.facts(work.reader, row, queries.policies(queries.policy(work.reader, row)))
    says = _("{number} is past undoing").format(number=number)
    require([rules.unprinted(facts), rules.unpaid(facts)], says, refs={"order": number})


WAYS: dict[str, tuple[str, Callable[[Work, Row, str], Outcome]]] = {
    "order new": (N_("the order is made void"), _void_order),
    "order edit": (N_("the former lines stand again, as a new version"), _former_lines),
    "rebate propose": (N_("the rebate is dropped"), _drop_rebate),
    "return new": (N_("the return is dropped"), _drop_return),
    "return exchange": (
        N_("the return is dropped, and the order for the other goods made void"),
        _drop_exchange,
    ),
    "policy set": (N_("the change is withdrawn"), _withdraw_policy),
    "policy load": (N_("the change is withdrawn"), _withdraw_policy),
    "approval delegate": (N_("the delegation is taken back"), _end_delegation),
}
