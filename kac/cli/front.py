"""What `kac` alone says: where the day stands, and the five commands that are typed most."""

from __future__ import annotations

from kac import __version__
from kac.cli.helppage import cells, placeholder
from kac.cli.places import ledger_path
from kac.cli.setting import today
from kac.cli.show import out
from kac.core.i18n import N_, _
from kac.db import info
from kac.db.reader import Reader, reading

_COUNTS = (
    (N_("orders taken today"), "SELECT count(*) FROM sales_order WHERE on_day = :today"),
    (
        N_("orders under way"),
        "SELECT count(*) FROM sales_order WHERE state NOT IN ('closed', 'voided')",
    ),
    (N_("approvals waiting"), "SELECT count(*) FROM approval WHERE state = 'pending'"),
    (N_("payments to verify"), "SELECT count(*) FROM payment WHERE state = 'received'"),
    (
        N_("deliveries under way"),
        "SELECT count(*) FROM dispatch WHERE state NOT IN ('archived', 'void')",
    ),
)
_EXAMPLES = (
    ("kac todo", N_("what waits for you")),
    ("kac order new -c KH0001 --line CODE:QTY --need-by DAY", N_("take an order")),
    ("kac stock check CODE:QTY", N_("whether there is enough")),
    ("kac guide", N_("the manual, topic by topic")),
    ("kac --help", N_("all commands")),
)


def page() -> None:
    """Print the front page."""
    ledger = ledger_path()
    if ledger.exists():
        with reading(ledger) as reader:
            day = _day(reader)
    else:
        day = [_("there is no ledger yet: kac init, or kac init --training to learn with")]
    commands = [placeholder(command) for command, _help in _EXAMPLES]
    width = max(map(cells, commands)) + 2
    examples = [
        f"  {command}{' ' * (width - cells(command))}{_(help)}"
        for command, (_command, help) in zip(commands, _EXAMPLES, strict=True)
    ]
    head = _("kac {version}, the key-account counter").format(version=__version__)
    out("\n".join([head, *day, "", *examples]))


def _day(reader: Reader) -> list[str]:
    facts = info.of(reader)
    kind = _("training ledger") if facts.training else _("ledger")
    head = _("{kind} of {company}, {day}").format(kind=kind, company=facts.company, day=today())
    day = today().isoformat()
    figures = [(_(title), reader.value(sql, today=day)) for title, sql in _COUNTS]
    return [head, *(f"  {figure:>5}  {title}" for title, figure in figures)]
