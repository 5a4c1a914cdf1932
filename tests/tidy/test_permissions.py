"""Who may do what: every role on every verb, and a sample of them typed at the counter."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from kac.core import policyfile, roles
from kac.core.actor import SYSTEM, Actor
from kac.core.errors import Exit, NotPermitted
from kac.db.policybook import DESK, PolicyVersion
from kac.desk.staff.rules import for_people_only, permit

KAC = Path(__file__).parents[2] / "kac"
DESKS = PolicyVersion(DESK, 1, dict(policyfile.shipped()[DESK]))
TABLE = DESKS.body["verb"]
INCLUDES = DESKS.body["includes"]
VERBS = sorted(TABLE)
ROLES = sorted(roles.known())
MACHINES = ("cron", "importer")

# One command for each of these verbs, as it is typed.
COMMANDS = {
    "approval.ok": "approval ok SP20261120-0001",
    "approval.reject": "approval reject SP20261120-0001 --reason x",
    "customer.add": "customer add X --kind unit --phone 0571-87654321 --address x --need x"
    " --area x --nature 工厂 --contact x",
    "deposit.record": "deposit record 1 --amount 1 --ref 1",
    "deposit.waive": "deposit waive 1 --short 1 --reason x",
    "dispatch.count": "dispatch count 1 1:1",
    "dispatch.load": "dispatch load 1 --truck x --driver x",
    "dispatch.new": "dispatch new 1",
    "dispatch.sign": "dispatch sign 1 --by x",
    "order.new": "order new -c KH0001 -l P0001:1 --need-by +7d",
    "order.review": "order review 1",
    "order.void": "order void 1 --reason x",
    "payment.record": "payment record 1 --amount 1 --ref 1",
    "payment.verify": "payment verify 1",
    "policy.activate": "policy activate 1",
    "policy.propose": "policy set deposit.rate_bp 1 --from +1d --reason x",
    "price.confirm": "price confirm 1",
    "price.propose": "price propose P0006 --cost 1 --reason x",
    "reconcile.link": "reconcile link 1 1",
    "staff.add": "staff add x x",
    "staff.disable": "staff disable driver --yes",
    "staff.edit": "staff edit driver --name x",
    "staff.roles": "staff revoke driver --role driver --reason x",
}


def actor(*held: str) -> Actor:
    return Actor(1, "wang", "王敏", frozenset(held))


def passes(verb: str, who: Actor) -> bool:
    try:
        permit(verb, who, DESKS.permission(verb), DESKS.holders)
    except NotPermitted:
        return False
    return True


def included(role: str) -> set[str]:
    """The role with all that it includes, as the file says: reckoned here once more."""
    found = {role}
    while more := {lower for each in found for lower in INCLUDES.get(each, ())} - found:
        found |= more
    return found


def told(verb: str, role: str) -> bool:
    """What the table says of a cell."""
    named = not included(role).isdisjoint(TABLE[verb]["roles"])
    return named and role not in TABLE[verb].get("forbidden", {})


@pytest.mark.parametrize("verb", VERBS)
def test_every_role_may_do_exactly_the_verbs_that_the_table_gives_it(verb):
    cells = {role: passes(verb, actor(role)) for role in ROLES}
    assert cells == {role: told(verb, role) for role in ROLES}


@pytest.mark.parametrize("verb", VERBS)
def test_a_refusal_names_every_role_that_may_and_a_rule(verb):
    for role in ROLES:
        if told(verb, role):
            continue
        with pytest.raises(NotPermitted) as refusal:
            permit(verb, actor(role), DESKS.permission(verb), DESKS.holders)
        said = " ".join(refusal.value.cause)
        assert refusal.value.exit == Exit.NOT_PERMITTED
        assert refusal.value.rules
        assert all(each in said for each in TABLE[verb]["roles"]), (verb, role, said)


@pytest.mark.parametrize("verb", [*VERBS, "ledger.burn"])
def test_whoever_holds_nothing_may_do_nothing(verb):
    assert not passes(verb, actor())
    assert not passes(verb, SYSTEM)
    assert verb in TABLE or not any(passes(verb, actor(role)) for role in ROLES)


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("verb", [verb for verb in VERBS if for_people_only(verb)])
def test_a_machine_decides_nothing_even_if_the_table_were_wrong(verb, machine):
    """Not though its role were named, nor though it held the role that may besides its own."""
    opened = {"roles": [*TABLE[verb]["roles"], machine], "rule": TABLE[verb]["rule"]}
    for held in ((machine,), (machine, TABLE[verb]["roles"][0])):
        with pytest.raises(NotPermitted, match="wang may not do"):
            permit(verb, actor(*held), opened, DESKS.holders)


def test_machines_bring_files_in_and_watch_the_calendar_and_no_more():
    theirs = {verb for verb in VERBS for role in MACHINES if told(verb, role)}
    assert theirs
    assert not any(map(for_people_only, theirs))


def test_every_forbidden_role_is_refused_whatever_else_is_held():
    forbidden = [(verb, role) for verb in VERBS for role in TABLE[verb].get("forbidden", {})]
    assert forbidden
    for verb, role in forbidden:
        for allowed in TABLE[verb]["roles"]:
            assert passes(verb, actor(allowed))
            assert not passes(verb, actor(allowed, role))


def strings() -> Iterator[str]:
    for path in KAC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def required() -> Iterator[str]:
    """The verbs that the code asks a permission for in so many words."""
    for path in KAC.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "require":
                yield from (a.value for a in node.args if isinstance(a, ast.Constant))
            if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "require":
                yield from (a.value for a in node.args if isinstance(a, ast.Constant))


def test_the_table_has_the_verbs_that_the_code_asks_for_and_no_others():
    asked = {verb for verb in required() if isinstance(verb, str) and verb.count(".") == 1}
    assert asked <= TABLE.keys(), asked - TABLE.keys()
    spoken = set(strings())
    dead = {verb for verb in VERBS if not {verb, f"{verb.split('.')[0]}."} & spoken}
    assert not dead, dead


@pytest.mark.parametrize("verb", COMMANDS)
def test_the_counter_refuses_with_exit_5_and_names_the_role_that_may(desk, verb):
    """Every third of the roles that may not, and those that may get on."""
    discounted = "order new -c KH0003 -l P0003:100@57 --need-by +7d --submit"
    desk.ok(discounted, as_="gp_specialist")
    others = [role for role in ROLES if not told(verb, role)]
    before = desk.sql("SELECT count(*) FROM audit")
    for role in others[len(verb) % 3 :: 3]:
        result = desk.run(f"{COMMANDS[verb]} --json", as_=role)
        assert result.exit == Exit.NOT_PERMITTED, (verb, role, result.err)
        error = json.loads(result.err)["error"]
        assert error["rules"], (verb, role)
        said = " ".join(error["cause"])
        assert all(each in said for each in TABLE[verb]["roles"]), (verb, role, said)
    assert desk.sql("SELECT count(*) FROM audit") == before
    may = [role for role in ROLES if told(verb, role)]
    assert any(desk.run(COMMANDS[verb], as_=role).exit != Exit.NOT_PERMITTED for role in may)
