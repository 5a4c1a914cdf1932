"""Staff at the counter: file people, give and take roles, set PINs, let them act no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import counter, identity, pins, show
from kac.cli.lazy import Noun
from kac.cli.options import (
    Reading,
    Writing,
    confirm_option,
    examples,
    needed,
    reading,
    typed_out,
    writing,
)
from kac.cli.show import Column, Part
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Reader, Row
    from kac.db.work import Outcome, Work

app = Noun(help=_("Staff: people, roles, PINs."))
_Code = Annotated[str, typer.Argument(metavar="STAFF", help=_("the code of the person"))]
_Roles = Annotated[
    list[str], typer.Option("--role", metavar="ROLE", help=_("a role; may be repeated"))
]


def _columns() -> list[Column]:
    return [
        Column("staff", _("staff"), "code"),
        Column("name", _("name")),
        Column("roles", _("roles"), priority=4),
        Column("active", _("active"), "flag"),
    ]


@app.command(
    "list",
    help=_("List the staff with their roles."),
    epilog=examples("kac staff list", "kac staff list --role finance --json"),
)
@reading
def list_(
    asked: Reading,
    role: Annotated[
        str, typer.Option("--role", metavar="ROLE", help=_("only who holds this role"))
    ] = "",
) -> None:
    """List the staff."""
    from kac.core.roles import meant

    wanted = meant(role) if role else ""
    with counter.reading_ledger() as reader:
        people = _people(reader)
    chosen = [person for person in people if not wanted or wanted in person["roles"]]
    show.rows(asked, _columns(), chosen, empty=_("nobody"))


_HISTORY = [
    Column("role", _("role"), "code"),
    Column("granted_by", _("given by"), "code"),
    Column("at", _("on"), "moment"),
    Column("ended_by", _("ended by"), "code"),
    Column("ended_at", _("until"), "moment"),
    Column("reason", _("reason"), priority=4),
]


@app.command(
    "show",
    help=_("Show one member of staff, with every role ever given and taken back."),
    epilog=examples("kac staff show wang"),
)
@reading
def show_one(asked: Reading, code: _Code) -> None:
    """Show one member of staff."""
    from kac.desk.staff import queries

    with counter.reading_ledger() as reader:
        person = queries.filed(reader, code)
        row = _person(person, queries.roles_of(reader, person["id"]))
        attempt = queries.attempts(reader, person["id"])
        given = queries.history(reader, person["id"])
    locked = attempt["locked_until"] if attempt else None
    columns = [*_columns(), Column("locked_until", _("locked until"), "moment")]
    parts = [Part("history", _("roles, given and taken back"), _HISTORY, given)]
    show.record(asked, columns, {**row, "locked_until": locked}, parts)


@app.command(help=_("List the roles there are."), epilog=examples("kac staff roles"))
@reading
def roles(asked: Reading) -> None:
    """List the roles there are."""
    from kac.core.roles import known

    columns = [
        Column("role", _("role"), "code"),
        Column("name", _("name")),
        Column("policy_set", _("policy set"), "code"),
        Column("aliases", _("also called"), priority=4),
    ]
    listed = [
        {
            "role": role.id,
            "name": role.name,
            "policy_set": role.policy_set,
            "aliases": list(role.aliases),
        }
        for role in known().values()
    ]
    show.rows(asked, columns, listed)


@app.command(
    help=_("File a member of staff; kac staff passwd gives a PIN."),
    epilog=examples("kac staff add wang 王敏 --role gp_specialist --role merchant_staff"),
)
@writing
def add(
    asked: Writing,
    code: _Code,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("the name on papers"))],
    role: _Roles = [],  # noqa: B006
) -> None:
    """File a member of staff."""

    def act(work: Work) -> Outcome:
        from kac.desk.staff import actions

        actions.require(work, "staff.add")
        filed = actions.add(work, code, name, role)
        return _outcome(
            work, filed, _("{staff} {name} is on the staff"), "kac staff passwd {staff}"
        )

    counter.write(asked, "staff add", act, {"code": code, "name": name, "role": role})


@app.command(
    help=_("Correct the name of a member of staff."),
    epilog=examples("kac staff edit wang --name 王晓敏"),
)
@writing
def edit(
    asked: Writing,
    code: _Code,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help=_("the name on papers"))] = "",
) -> None:
    """Correct the name of a member of staff."""
    called = needed(name, "--name", _("What is the name?"))

    def act(work: Work) -> Outcome:
        from kac.desk.staff import actions

        actions.require(work, "staff.edit")
        return _outcome(work, actions.edit(work, code, called), _("{staff} is now {name}"))

    counter.write(asked, "staff edit", act, {"code": code, "name": called})


@app.command(
    help=_("Give a member of staff further roles, by id or by name."),
    epilog=examples(
        "kac staff grant wang --role merchant_supervisor", "kac staff grant wang --role 招商部主管"
    ),
)
@writing
def grant(asked: Writing, code: _Code, role: _Roles) -> None:
    """Give further roles."""

    def act(work: Work) -> Outcome:
        from kac.desk.staff import actions

        actions.require(work, "staff.roles")
        actions.grant(work, code, role)
        return _outcome(work, code, _("{staff} {name} now holds: {roles}"))

    counter.write(asked, "staff grant", act, {"code": code, "role": role})


@app.command(
    help=_("Take roles back; what was done under them stays."),
    epilog=examples("kac staff revoke wang --role merchant_supervisor --reason 调岗"),
)
@writing
def revoke(
    asked: Writing,
    code: _Code,
    role: _Roles,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Take roles back."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.staff import actions

        actions.require(work, "staff.roles")
        actions.revoke(work, code, role, why)
        return _outcome(work, code, _("{staff} {name} now holds: {roles}"))

    counter.write(asked, "staff revoke", act, {"code": code, "role": role, "reason": why})


@app.command(
    help=_("Set a PIN: your own, or as administrator anybody's."),
    epilog=examples("kac staff passwd", "kac staff passwd wang"),
)
@writing
def passwd(
    asked: Writing,
    code: Annotated[str, typer.Argument(metavar="STAFF", help=_("whose PIN; your own"))] = "",
    new_pin_file: Annotated[
        str, typer.Option("--new-pin-file", metavar="FILE", help=_("the new PIN, mode 0600"))
    ] = "",
) -> None:
    """Set a PIN; whoever does it proves to be who they are first."""
    actor = identity.for_writing(counter.ledger_path(), step_up=True)
    whose = code or actor
    pin = pins.fresh(whose, _shortest_pin(), new_pin_file, "--new-pin-file")
    pin_hash = pins.hashed(pin)

    def act(work: Work) -> Outcome:
        from kac.desk.staff import actions, queries

        found = queries.find(work.reader, whose)["code"]
        if found != work.actor.code:
            actions.require(work, "staff.passwd")
        actions.set_pin(work, found, pin_hash)
        return _outcome(work, found, _("{staff} {name} has a new PIN"), "kac login {staff}")

    counter.write(asked, "staff passwd", act, {"code": whose}, actor=actor)


@app.command(
    help=_("Let a member of staff act no more; what they did stays."),
    epilog=examples("kac staff disable wang", "kac staff disable wang --confirm wang"),
)
@writing
def disable(asked: Writing, code: _Code, confirm: Annotated[str, confirm_option()] = "") -> None:
    """Let a member of staff act no more."""
    question = _("{staff} will act no more.").format(staff=code)
    typed_out(asked, code, code, confirm, question)

    def act(work: Work) -> Outcome:
        from kac.desk.staff import actions

        actions.require(work, "staff.disable")
        return _outcome(work, actions.disable(work, code), _("{staff} {name} acts no more"))

    counter.write(asked, "staff disable", act, {"code": code})


@app.command(
    help=_("Let a member of staff act again, once there is a new PIN."),
    epilog=examples("kac staff enable wang"),
)
@writing
def enable(asked: Writing, code: _Code) -> None:
    """Let a member of staff act again."""

    def act(work: Work) -> Outcome:
        from kac.desk.staff import actions

        actions.require(work, "staff.disable")
        staff = actions.enable(work, code)
        return _outcome(work, staff, _("{staff} {name} acts again"), "kac staff passwd {staff}")

    counter.write(asked, "staff enable", act, {"code": code})


def _people(reader: Reader) -> list[dict[str, Any]]:
    from kac.desk.staff import queries

    held = queries.roles_of_all(reader)
    return [_person(row, held.get(row["id"], [])) for row in queries.everybody(reader)]


def _person(row: Row, held: list[str]) -> dict[str, Any]:
    return {"staff": row["code"], "name": row["name"], "roles": held, "active": row["active"]}


def _outcome(work: Work, code: str, sentence: str, *hints: str) -> Outcome:
    from kac.db.work import Outcome
    from kac.desk.staff import queries

    row = queries.filed(work.reader, code)
    person = _person(row, queries.roles_of(work.reader, row["id"]))
    document = {
        "number": person["staff"],
        "state": "active" if person["active"] else "disabled",
        "name": person["name"],
        "roles": person["roles"],
    }
    shown = {**person, "roles": ", ".join(person["roles"]) or _("no role")}
    return Outcome(
        document, (sentence.format(**shown),), tuple(hint.format(**shown) for hint in hints)
    )


def _shortest_pin() -> int:
    from kac.cli import setting
    from kac.db.policybook import in_force
    from kac.desk.staff.policy import AccessPolicy

    with counter.reading_ledger() as reader:
        policy = in_force(reader, "retail", setting.today())
    return policy.section("access", AccessPolicy).pin_length
