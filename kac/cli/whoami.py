"""`kac whoami`: who acts here, with which roles, on which ledger."""

from __future__ import annotations

from kac.cli import counter, session, setting, show
from kac.cli.lazy import Noun
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.core.i18n import _

app = Noun(single=True)


@app.command(
    help=_("Show who acts here, with which roles, and on which ledger."),
    epilog=examples("kac whoami", "kac --as finance whoami --json"),
)
@reading
def whoami(asked: Reading) -> None:
    """Show who acts here."""
    from kac.db import info

    with counter.reading_ledger() as reader:
        facts = info.of(reader)
        person = counter.acting(reader)
    today, civil = setting.today(), setting.civil_day()
    known = session.load(facts.ledger_id)
    lasts = known is not None and person is not None and known.staff == person.code
    show.record(
        asked,
        [
            Column("staff", _("staff"), "code"),
            Column("name", _("name")),
            Column("roles", _("roles")),
            Column("until", _("session until"), "moment"),
            Column("company", _("company")),
            Column("training", _("training ledger"), "flag"),
            Column("ledger", _("ledger")),
            Column("day", _("business day"), "day"),
            Column("civil_day", _("by KAC_ON; today is"), "day"),
        ],
        {
            "staff": person.code if person else None,
            "name": person.name if person else None,
            "roles": sorted(person.roles) if person else None,
            "until": known.until if known is not None and lasts else None,
            "company": facts.company,
            "training": facts.training,
            "ledger": str(counter.ledger_path()),
            "day": today.isoformat(),
            "civil_day": civil.isoformat() if civil != today else None,
        },
    )
    if person is None:
        show.err(_("nobody is logged in: kac login STAFF"))
