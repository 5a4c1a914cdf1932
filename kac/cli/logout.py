"""`kac logout`: end the session on this machine."""

from __future__ import annotations

from kac.cli import counter, session
from kac.cli.lazy import Noun
from kac.cli.options import Writing, examples, writing
from kac.core.i18n import _

app = Noun(single=True)


@app.command(help=_("End your session on this machine."), epilog=examples("kac logout"))
@writing
def logout(asked: Writing) -> None:
    """End the session; the ledger itself is not written to."""
    from kac.db import info
    from kac.db.work import Outcome

    with counter.reading_ledger() as reader:
        ledger_id = info.of(reader).ledger_id
    known = session.load(ledger_id)
    if known is not None and not asked.dry_run:
        session.forget(ledger_id)
    document = {"number": known.staff if known else "", "state": "logged_out"}
    said = (
        _("{staff} is logged out").format(staff=known.staff) if known else _("nobody is logged in")
    )
    counter.answer(asked, Outcome(document, (said,), dry=asked.dry_run))
