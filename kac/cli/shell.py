"""`kac shell`: the desk's own prompt, where every command is typed without `kac`."""

from __future__ import annotations

from kac.cli import setting
from kac.cli.lazy import Noun
from kac.cli.options import examples
from kac.core.errors import InputNeeded
from kac.core.i18n import _

app = Noun(single=True)


@app.command(
    help=_("Work at the desk: type commands without kac, take orders line by line."),
    epilog=examples("kac shell", "kac --as gp_specialist shell"),
)
def shell() -> None:
    """Open the desk's prompt."""
    if not setting.may_ask():
        raise InputNeeded(
            _("nobody is there to type: kac shell needs a terminal"),
            code="E-INP-003",
            fix=["kac run FILE", "kac run -"],
        )
    from kac.cli.shelling import loop

    loop.work()
