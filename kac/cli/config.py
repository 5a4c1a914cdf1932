"""`kac config`: where the config file lies, and what it says."""

from __future__ import annotations

import typer

from kac.cli import configfile, places, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.core.errors import Exit
from kac.core.i18n import N_, _

app = Noun(help=_("The config file: where it is looked for, what it says"))
_WHAT = {
    "config": N_("config file"),
    "ledger": N_("ledger"),
    "state": N_("sessions and history"),
}


@app.command(
    "path",
    help=_("Show where the config files, the ledger and the sessions lie."),
    epilog=examples("kac config path", "kac config path --json"),
)
@reading
def path(asked: Reading) -> None:
    """Show where things lie."""
    found = [("config", file) for file in configfile.files()]
    found += [("ledger", places.ledger_path()), ("state", places.state_dir())]
    columns = [
        Column("what", _("what"), "state", words=_WHAT),
        Column("path", _("path"), priority=9),
        Column("exists", _("is there"), "flag"),
    ]
    listed = [{"what": what, "path": str(at), "exists": at.exists()} for what, at in found]
    show.rows(asked, columns, listed)


@app.command(
    "show",
    help=_("Show every setting: its value, which file says so, what it may be."),
    epilog=examples("kac config show", "kac config show --json"),
)
@reading
def show_(asked: Reading) -> None:
    """Show every setting."""
    from kac.cli.wishes import PROFILED, WISHES

    said = configfile.merged()
    listed = []
    of_sheets = {name: wish for name, wish in PROFILED.items() if name in said}
    for name, wish in (WISHES | of_sheets).items():
        value, file = said.get(name, (wish.default, None))
        if wish.kind is bool:
            value = "yes" if value == "1" else "no"
        source = str(file) if file else None
        listed.append({"name": name, "value": value, "file": source, "says": _(wish.says)})
    columns = [
        Column("name", _("setting"), "code"),
        Column("value", _("value"), priority=9),
        Column("file", _("said by"), priority=4),
        Column("says", _("what for")),
    ]
    show.rows(asked, columns, listed)
    wrong = configfile.troubles()
    for trouble in wrong:
        show.err(trouble.as_text())
    if wrong:
        raise typer.Exit(int(Exit.ENVIRONMENT))
