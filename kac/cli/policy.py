"""The policy at the counter: every number of the business and every right, and how they change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import counter, setting, show
from kac.cli.lazy import Noun
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    confirm_option,
    count,
    day_option,
    examples,
    needed,
    reading,
    typed_out,
    writing,
)
from kac.cli.show import Column, Part
from kac.cli.states import state_option
from kac.cli.wholefile import write_file
from kac.core.errors import NotFound, UsageError
from kac.core.i18n import _, ngettext
from kac.desk.amendments.states import LABELS

if TYPE_CHECKING:
    from kac.db.policybook import PolicyVersion
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work

app = Noun(help=_("The policy in force: tiers, rates, rights; and how it is changed."))

_Set = Annotated[str, typer.Option("--set", metavar="SET", help=_("the policy set"))]
_From = Annotated[Any, day_option("--from", help=_("in force from this day on"))]
_Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))]
_Change = Annotated[str, typer.Argument(metavar="CHANGE", help=_("the change, PC…"))]

_KEYS = [Column("key", _("key"), "code"), Column("value", _("value"))]
_DIFFERENCES = [
    Column("key", _("key"), "code"),
    Column("before", _("old value")),
    Column("after", _("new value")),
]
_CHANGES = [
    Column("number", _("change"), "code"),
    Column("policy_set", _("policy set"), "code"),
    Column("from_day", _("in force from"), "day"),
    Column("state", _("state"), "state", words=LABELS),
    Column("approval", _("approval"), "code"),
    Column("proposed_by", _("proposed by"), "code"),
    Column("reason", _("reason"), priority=4),
]
_VERSIONS = [
    Column("policy_set", _("policy set"), "code"),
    Column("version", _("version"), "count"),
    Column("effective_from", _("in force from"), "day"),
    Column("change", _("change"), "code"),
    Column("proposed_by", _("proposed by"), "code"),
    Column("set_by", _("set by"), "code"),
    Column("at", _("time"), "moment"),
    Column("reason", _("reason")),
]
_GATES = [
    Column("gate", _("gate"), "code", aside=True),
    Column("says", _("says"), priority=9),
    Column("open", _("passed"), "flag"),
    Column("opened_by", _("opened by"), priority=5),
    Column("command", _("do"), "command", priority=6),
    Column("rules", _("rules"), priority=4),
]


@app.command(
    "show",
    help=_("Show the policy in force on a day, or one section of it; or one change of it."),
    epilog=examples(
        "kac policy show deposit",
        "kac policy show verb --on 2026-11-20",
        "kac policy show PC20261120-0001",
    ),
)
@reading
def show_(
    asked: Reading,
    section: Annotated[
        str,
        typer.Argument(metavar="[SECTION|CHANGE]", help=_("such as deposit or margins, or PC…")),
    ] = "",
    policy_set: _Set = "retail",
    on: Annotated[Any, day_option("--on", help=_("in force on this day; today"))] = None,
) -> None:
    """Show the policy, or a change of it."""
    with counter.reading_ledger() as reader:
        version = _in_force(reader, policy_set, on)
        if section and section not in version.body:
            head, parts = _change(reader, section, version)
        else:
            head, parts = {}, []
    if head:
        show.record(asked, _CHANGES, head, parts)
    else:
        _show_keys(asked, version, section)


def _in_force(reader: Reader, policy_set: str, on: Any) -> PolicyVersion:
    from kac.db.policybook import in_force, latest

    latest(reader, policy_set)
    return in_force(reader, policy_set, on or setting.today())


def _show_keys(asked: Reading, version: PolicyVersion, section: str) -> None:
    from kac.core.dotted import leaves

    body = {section: version.body[section]} if section else version.body
    show.rows(asked, _KEYS, [{"key": key, "value": value} for key, value in leaves(body)])
    if asked.format in ("", "table", "plain"):
        show.err(
            _("policy {name}, version {version}").format(name=version.set, version=version.version)
        )


def _change(
    reader: Reader, reference: str, version: PolicyVersion
) -> tuple[dict[str, Any], list[Part]]:
    from kac.desk.amendments import queries

    if not (reference.upper().startswith(queries.KIND) or reference.startswith("@")):
        raise NotFound(
            _("policy {name} has no section {section}").format(name=version.set, section=reference),
            cause=[_("one of: {sections}").format(sections=", ".join(version.body))],
        )
    row = queries.find(reader, reference, speaker(reader))
    differs = [_difference(each) for each in queries.differences(reader, row)]
    gates = [gate.as_dict() for gate in queries.checklist(reader, row, setting.today())]
    return dict(row), [
        Part("changes", _("what changes"), _DIFFERENCES, differs),
        Part("checklist", _("checklist"), _GATES, gates),
    ]


def _difference(change: Any) -> dict[str, Any]:
    return {"key": change.key, "before": change.before, "after": change.after}


@app.command(
    "list",
    help=_("List changes of policy, the newest first."),
    epilog=examples("kac policy list", "kac policy list --state proposed --json"),
)
@reading
def list_(
    asked: Reading,
    state: Annotated[Any, state_option(LABELS, help=_("in this state"))] = "",
) -> None:
    """List the changes."""
    from kac.desk.amendments import queries

    with counter.reading_ledger() as reader:
        found = queries.listing(reader, state)
    show.rows(asked, _CHANGES, found, empty=_("no change of policy"))


@app.command(
    help=_("List all versions of one policy set, or of all."),
    epilog=examples("kac policy history", "kac policy history --set retail --json"),
)
@reading
def history(asked: Reading, policy_set: _Set = "") -> None:
    """List the versions."""
    from kac.desk.amendments import queries

    with counter.reading_ledger() as reader:
        found = queries.history(reader, policy_set)
    show.rows(asked, _VERSIONS, found, empty=_("no version"))


@app.command(
    help=_("Show what differs between two versions of a policy set."),
    epilog=examples("kac policy diff 1 2", "kac policy diff 1 3 --set distributor"),
)
@reading
def diff(
    asked: Reading,
    before: Annotated[Any, typer.Argument(metavar="V1", parser=count, help=_("a version"))],
    after: Annotated[Any, typer.Argument(metavar="V2", parser=count, help=_("another version"))],
    policy_set: _Set = "retail",
) -> None:
    """Show what differs between two versions."""
    from kac.core.dotted import changes

    with counter.reading_ledger() as reader:
        old, new = (_version(reader, policy_set, number) for number in (before, after))
    found = [_difference(each) for each in changes(old.body, new.body)]
    show.rows(asked, _DIFFERENCES, found, empty=_("nothing differs"))


def _version(reader: Reader, policy_set: str, number: int) -> PolicyVersion:
    from kac.db.policybook import latest, version

    last = latest(reader, policy_set)
    if number > last:
        raise NotFound(
            ngettext(
                "policy {name} has {count} version, no version {number}",
                "policy {name} has {count} versions, no version {number}",
                last,
            ).format(name=policy_set, count=last, number=number),
            code="E-POL-003",
            fix=[f"kac policy history --set {policy_set}"],
        )
    return version(reader, policy_set, number)


@app.command(
    help=_("Write a policy set as the file that it can be loaded from again."),
    epilog=examples("kac policy export -o retail.toml", "kac policy export --version 1"),
)
@reading
def export(
    asked: Reading,
    policy_set: _Set = "retail",
    version: Annotated[
        Any, typer.Option("--version", metavar="N", parser=count, help=_("this version"))
    ] = None,
    on: Annotated[Any, day_option("--on", help=_("in force on this day; today"))] = None,
) -> None:
    """Write a policy set as a file."""
    from kac.cli.sheets import json_text
    from kac.core.policyfile import written
    from kac.desk.policies.policy import in_order

    with counter.reading_ledger() as reader:
        found = (
            _version(reader, policy_set, version) if version else _in_force(reader, policy_set, on)
        )
    remark = _("policy {name}, version {version}").format(name=found.set, version=found.version)
    body = in_order(found.body)
    text = json_text(body) + "\n" if asked.format == "json" else written(body, remark)
    if asked.output is None:
        show.out(text.rstrip("\n"))
    else:
        write_file(asked.output, text.encode())
        show.err(_("written to {path}").format(path=asked.output))


@app.command(
    "set",
    help=_("Propose other values of some keys; a second person approves them."),
    epilog=examples(
        "kac policy set deposit.rate_bp 3500 --from 2026-12-01 --reason 年末备货",
        "kac policy set margins.tiers[0].to_bp 450 margins.tiers[1].from_bp 450 --from +1d"
        " --reason 收紧",
        "kac policy set verb.order.new.roles gp_specialist,merchant_staff --from +1d --reason 分工",
    ),
)
@writing
def set_(
    asked: Writing,
    keys: Annotated[
        list[str],
        typer.Argument(metavar="KEY VALUE…", help=_("dotted keys, each with its new value")),
    ],
    policy_set: _Set = "retail",
    first: _From = None,
    reason: _Reason = "",
) -> None:
    """Propose other values of some keys."""
    if len(keys) % 2:
        raise UsageError(
            _("{key} has no value: keys and values come in pairs").format(key=keys[-1]),
            code="E-CLI-012",
        )
    pairs = list(zip(keys[::2], keys[1::2], strict=True))
    typed = {"set": policy_set, "pairs": pairs, **_when_and_why(first, reason)}

    def act(work: Work) -> Outcome:
        from kac.desk.amendments import actions

        return actions.set_keys(work, policy_set, pairs, typed["from"], typed["reason"])

    counter.write(asked, "policy set", act, typed)


def _when_and_why(first: Any, reason: str) -> dict[str, Any]:
    day = needed(first, "--from", _("From which day on?"))
    why = needed(reason, "--reason", _("Why?"))
    return {"from": _as_day(day), "reason": why}


def _as_day(typed: Any) -> Any:
    from kac.cli.options import day

    return day(typed) if isinstance(typed, str) else typed


@app.command(
    help=_("Propose a whole policy set from a file; a second person approves it."),
    epilog=examples("kac policy load retail.toml --from 2026-12-01 --reason 年度修订"),
)
@writing
def load(
    asked: Writing,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("a policy set, TOML"))],
    policy_set: _Set = "retail",
    first: _From = None,
    reason: _Reason = "",
) -> None:
    """Propose a whole policy set."""
    from hashlib import sha256

    from kac.cli.files import file_bytes

    data = file_bytes(file, "utf-8-sig")
    typed = {
        "set": policy_set,
        "file": Path(file).name,
        "sha256": sha256(data).hexdigest(),
        **_when_and_why(first, reason),
    }

    def act(work: Work) -> Outcome:
        from kac.core.policyfile import parsed
        from kac.desk.amendments import actions

        own = parsed(data.decode("utf-8"))
        return actions.load(work, policy_set, own, typed["from"], typed["reason"])

    counter.write(asked, "policy load", act, typed)


@app.command(
    help=_("Let an approved change come into force from its day on."),
    epilog=examples("kac policy activate PC20261120-0001"),
)
@writing
def activate(
    asked: Writing, change: _Change, confirm: Annotated[str, confirm_option()] = ""
) -> None:
    """Let an approved change come into force."""
    if number := _number_of(change):
        typed_out(asked, number, change, confirm, _("From its day on everybody works by it."))

    def act(work: Work) -> Outcome:
        from kac.desk.amendments import actions

        return actions.activate(work, change)

    counter.write(asked, "policy activate", act, {"change": change}, step_up=True)


def _number_of(change: str) -> str:
    """The change that is meant; empty where the verb itself will say that there is none."""
    from kac.desk.amendments import queries

    with counter.reading_ledger() as reader:
        try:
            return str(queries.find(reader, change, speaker(reader))["number"])
        except NotFound:
            return ""


@app.command(
    help=_("Take back a change that is not in force."),
    epilog=examples("kac policy withdraw PC20261120-0001 --reason 重新提议"),
)
@writing
def withdraw(asked: Writing, change: _Change, reason: _Reason = "") -> None:
    """Take back a change."""
    why = needed(reason, "--reason", _("Why?"))

    def act(work: Work) -> Outcome:
        from kac.desk.amendments import actions

        return actions.withdraw(work, change, why)

    counter.write(asked, "policy withdraw", act, {"change": change, "reason": why})
