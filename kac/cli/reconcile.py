"""Reconciliation at the counter: statements in, the nightly run, lines settled by hand."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import setting, show
from kac.cli.checkwords import CHECKS
from kac.cli.counter import is_for_training, ledger_path, reading_ledger, refuse_future, write
from kac.cli.files import file_bytes
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.options import Reading, Writing, day_option, examples, needed, reading, writing
from kac.cli.show import Column
from kac.core.errors import Exit
from kac.core.i18n import _, ngettext
from kac.desk.bank.rules import HOW

if TYPE_CHECKING:
    from kac.core.findings import Finding
    from kac.db.reader import Reader
    from kac.db.work import Outcome, Work

app = Noun(help=_("Reconciliation: bank lines, differences, the nightly run"))

Line = Annotated[str, typer.Argument(metavar="LINE", help=_("a statement line, or its reference"))]
_FINDINGS = [
    Column("check", _("check"), "state", words=CHECKS),
    Column("subject", _("about"), "code"),
    Column("says", _("says"), priority=9),
    Column("command", _("do"), "command", priority=6),
    Column("rules", _("rules"), aside=True),
    Column("soft", _("reminder"), "flag"),
]
_LINES = [
    Column("number", _("bank line"), "code"),
    Column("day", _("day"), "day"),
    Column("received", _("received"), "money"),
    Column("paid", _("paid"), "money"),
    Column("counterparty", _("other side"), priority=6),
    Column("reference", _("reference"), "code", priority=5),
    Column("summary", _("summary"), priority=2),
    Column("how", _("settled by"), "state", words=HOW),
    Column("payment", _("money"), "code"),
    Column("reason", _("reason"), priority=1),
]


@app.command(
    "run",
    help=_("Match what is certain, prove every balance anew, list what is missing."),
    epilog=examples(
        "kac reconcile run --check", "kac --as cron reconcile run --date yesterday --json"
    ),
)
@reading
def run(
    asked: Reading,
    date: Annotated[
        Any,
        day_option(
            "--date",
            help=_("count what is overdue from this day; the books are proved as they stand"),
        ),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help=_("finish with exit code 7 when something is missing"))
    ] = False,
) -> None:
    """Run the reconciliation; silent when all is well."""
    from kac.desk.reconciliation import queries

    on = date or setting.today()
    refuse_future(on, training=is_for_training(ledger_path()))
    _match(asked)
    with reading_ledger() as reader:
        found = queries.run(reader, on) + _chain(reader)
    if found or asked.format:
        show.rows(asked, _FINDINGS, [finding.as_dict() for finding in found])
    hard = [finding for finding in found if not finding.soft]
    if found:
        show.err(_counted(len(hard), len(found) - len(hard)))
    if check and hard:
        raise typer.Exit(int(Exit.DIFFERENCES))


def _counted(hard: int, soft: int) -> str:
    """How many findings there are of each kind."""
    differences = ngettext("{count} difference", "{count} differences", hard).format(count=hard)
    reminders = ngettext("{count} reminder", "{count} reminders", soft).format(count=soft)
    return f"{differences}, {reminders}"


def _match(asked: Reading) -> None:
    """Write the matches that are certain, where there are any; otherwise nothing is written."""
    from kac.desk.bank import queries, rules

    with reading_ledger() as reader:
        certain = rules.match(queries.open_lines(reader), queries.open_payments(reader))
    if not certain:
        return

    def act(work: Work) -> Outcome:
        from kac.desk.bank import actions

        return actions.match(work)

    def tell(outcome: Outcome) -> None:
        for sentence in outcome.says:
            show.err(sentence)

    write(Writing(), "reconcile match", act, {"pairs": len(certain)}, tell=tell)


def _chain(reader: Reader) -> list[Finding]:
    """What is wrong with the audit chain, as findings beside the others."""
    from kac.core.findings import Finding
    from kac.db.checks import chain_is_whole

    faults = chain_is_whole(reader.connection, ledger_path())
    return [Finding("chain_is_whole", "", fault, command="kac audit verify") for fault in faults]


@app.command(
    "import",
    help=_("Take in a bank statement (CSV); the same lines are taken once."),
    epilog=examples("kac reconcile import bank.csv"),
)
@writing
def import_(
    asked: Writing,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("the bank's file"))],
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help=_("utf-8, gb18030 …; else found out"))
    ] = "",
) -> None:
    """Import a statement."""
    data = file_bytes(file, encoding)
    name = Path(file).name

    def act(work: Work) -> Outcome:
        from kac.exchange.bank import take

        return take(work, name, data)

    digest = hashlib.sha256(data).hexdigest()
    write(asked, "reconcile import", act, {"file": name, "sha256": digest})


@app.command(
    "list",
    help=_("List statement lines; --open: receipts that nothing was matched to."),
    epilog=examples("kac reconcile list --open", "kac r list --json"),
)
@reading
def list_(
    asked: Reading,
    open_only: Annotated[bool, typer.Option("--open", help=_("not settled yet"))] = False,
) -> None:
    """List statement lines."""
    from kac.desk.bank import queries

    with reading_ledger() as reader:
        found = queries.listing(reader, open_only)
        empty = none_of(reader, "bank_line", found, _("no statement line"))
    rows = [
        {**dict(row), "received": row["received_fen"], "paid": row["paid_fen"]} for row in found
    ]
    show.rows(asked, _LINES, rows, empty=empty)


@app.command(
    "link",
    help=_("Say which payment a statement line proves."),
    epilog=examples("kac reconcile link YH20261120-0003 SK20261120-0001"),
)
@writing
def link(
    asked: Writing,
    line: Line,
    payment: Annotated[str, typer.Argument(metavar="MONEY", help=_("the payment"))],
) -> None:
    """Link a line."""

    def act(work: Work) -> Outcome:
        from kac.desk.bank import actions

        return actions.link(work, line, payment)

    write(asked, "reconcile link", act, {"line": line, "payment": payment})


@app.command(
    "ignore",
    help=_("Say why a statement line is no customer's payment."),
    epilog=examples("kac reconcile ignore YH20261120-0004 --reason 供应商退款"),
)
@writing
def ignore(
    asked: Writing,
    line: Line,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Set a line aside."""
    why = needed(reason, "--reason", _("Why is it none of ours?"))

    def act(work: Work) -> Outcome:
        from kac.desk.bank import actions

        return actions.ignore(work, line, why)

    write(asked, "reconcile ignore", act, {"line": line, "reason": why})
