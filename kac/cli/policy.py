"""The policy at the counter: every number of the business and every right, as in force on a day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from kac.cli import counter, setting, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, day_option, examples, reading
from kac.cli.show import Column
from kac.core.errors import NotFound
from kac.core.i18n import _

app = Noun(help=_("The policy in force: tiers, rates, rights."))


@app.command(
    "show",
    help=_("Show the policy in force on a day, or one section of it."),
    epilog=examples("kac policy show deposit", "kac policy show verb --on 2026-11-20"),
)
@reading
def show_(
    asked: Reading,
    section: Annotated[
        str, typer.Argument(metavar="[SECTION]", help=_("such as deposit or margins"))
    ] = "",
    policy_set: Annotated[
        str, typer.Option("--set", metavar="SET", help=_("the policy set"))
    ] = "retail",
    on: Annotated[Any, day_option("--on", help=_("in force on this day; today"))] = None,
) -> None:
    """Show the policy."""
    from kac.db.policybook import in_force

    with counter.reading_ledger() as reader:
        version = in_force(reader, policy_set, on or setting.today())
    if section and section not in version.body:
        raise NotFound(
            _("policy {name} has no section {section}").format(name=policy_set, section=section),
            cause=[_("one of: {sections}").format(sections=", ".join(version.body))],
        )
    body = {section: version.body[section]} if section else version.body
    listed = [{"key": key, "value": value} for key, value in _flat("", body)]
    show.rows(asked, [Column("key", _("key"), "code"), Column("value", _("value"))], listed)
    if asked.format in ("", "table", "plain"):
        show.err(
            _("policy {name}, version {version}").format(name=policy_set, version=version.version)
        )


@app.command(
    "list", help=_("List all versions of all policy sets."), epilog=examples("kac policy list")
)
@reading
def list_(asked: Reading) -> None:
    """List the versions."""
    from kac.db.policybook import versions

    with counter.reading_ledger() as reader:
        found = versions(reader)
    columns = [
        Column("policy_set", _("policy set"), "code"),
        Column("version", _("version"), "count"),
        Column("effective_from", _("in force from"), "day"),
        Column("set_by", _("set by"), "code"),
        Column("at", _("time"), "moment"),
        Column("reason", _("reason")),
    ]
    show.rows(asked, columns, found)


def _flat(prefix: str, value: Any) -> Iterator[tuple[str, str]]:
    """Leaves of a section by dotted key: `margins.tiers.0.to_bp`; lists of words are one leaf."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield from _flat(f"{prefix}.{key}" if prefix else key, each)
    elif isinstance(value, list) and any(isinstance(each, dict) for each in value):
        for place, each in enumerate(value):
            yield from _flat(f"{prefix}.{place}", each)
    elif isinstance(value, list):
        yield prefix, ", ".join(str(each) for each in value)
    else:
        yield prefix, str(value).lower() if isinstance(value, bool) else str(value)
