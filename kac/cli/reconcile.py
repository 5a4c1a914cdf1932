"""Reconciliation at the counter: statements in, the nightly run, lines settled by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import bankview, setting, show
from kac.cli.counter import (
    is_for_training,
    ledger_path,
    permitted,
    reading_ledger,
    refuse_future,
    write,
)
from kac.cli.files import file_bytes
from kac.cli.lazy import Noun
from kac.cli.noneyet import none_of
from kac.cli.onlooker import speaker
from kac.cli.options import (
    Reading,
    Writing,
    count_option,
    day_option,
    examples,
    money_option,
    needed,
    reading,
    writing,
)
from kac.cli.sheets import json_text
from kac.cli.show import Part
from kac.cli.wholefile import write_file
from kac.core.errors import Exit
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(help=_("Reconciliation: bank lines, differences, the nightly run"))

Line = Annotated[str, typer.Argument(metavar="LINE", help=_("a statement line, or its reference"))]


@app.command(
    "run",
    help=_("Take the inbox in, match what is certain, prove every balance anew, list the rest."),
    epilog=examples(
        "kac reconcile run --check",
        "kac --as cron reconcile run --date yesterday --json",
        "kac reconcile run --checks --format csv",
        "kac --as cron reconcile run --inbox inbox --full",
        "kac --as finance reconcile run --html night.html",
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
        bool,
        typer.Option(
            "--check", help=_("say nothing when all is well, and exit 7 when something is missing")
        ),
    ] = False,
    checks: Annotated[
        bool, typer.Option("--checks", help=_("list the checks, each with what it came to"))
    ] = False,
    inbox: Annotated[
        str,
        typer.Option("--inbox", metavar="DIRECTORY", help=_("take in the statements there first")),
    ] = "",
    full: Annotated[
        bool,
        typer.Option(
            "--full", help=_("prove everything anew, and the file too: pages, references, numbers")
        ),
    ] = False,
    wait: Annotated[
        Any,
        count_option("--wait", help=_("seconds to wait for another run; at once exit 8 without")),
    ] = None,
    page: Annotated[
        str, typer.Option("--html", metavar="FILE", help=_("write a page with charts as well"))
    ] = "",
) -> None:
    """Run the reconciliation."""
    from kac.cli import night

    on = date or setting.today()
    refuse_future(on, training=is_for_training(ledger_path()))
    proofs, made = night.spent(
        on, inbox=inbox, full=full, wait_seconds=wait or 0, with_page=bool(page)
    )
    if page:
        write_file(Path(page).expanduser(), made)
    if check:
        night.mailed(proofs, on, made)
    night.told(asked, proofs, check=check, lines=checks)


@app.command(
    "import",
    help=_("Take in a statement of a bank, WeChat or Alipay; the same lines are taken once."),
    epilog=examples(
        "kac reconcile import bank.csv", "kac reconcile import bank.csv --profile ccb-corp"
    ),
)
@writing
def import_(
    asked: Writing,
    file: Annotated[str, typer.Argument(metavar="FILE", help=_("the bank's file"))],
    encoding: Annotated[
        str, typer.Option("--encoding", metavar="NAME", help=_("utf-8, gb18030 …; else found out"))
    ] = "",
    profile: Annotated[
        str, typer.Option("--profile", metavar="NAME", help=_("its layout; else found out"))
    ] = "",
) -> None:
    """Import a statement."""
    from kac.cli.inbox import take_file

    take_file(asked, file, file_bytes(file, encoding), profile)


@app.command(
    "inbox",
    help=_("Take in every statement that lies in a directory; those taken in are moved to done."),
    epilog=examples("kac reconcile inbox inbox", "kac reconcile inbox inbox --dry-run --json"),
)
@writing
def inbox_(
    asked: Writing,
    directory: Annotated[
        str, typer.Argument(metavar="[DIRECTORY]", help=_("where statements are put"))
    ] = "",
) -> None:
    """Empty the inbox."""
    from kac.cli import inbox
    from kac.cli.places import config

    directory = needed(directory or config("import", "inbox"), "DIRECTORY", _("Which directory?"))
    actor = permitted("import.bank")
    found = [each.as_dict() for each in inbox.emptied(asked, Path(directory), actor)]
    refused = any(each["state"] == "refused" for each in found)
    if asked.json:
        state = "refused" if refused else "emptied"
        show.out(json_text({"number": "", "state": state, "files": found}))
    else:
        show.rows(Reading(), bankview.FILES, found, empty=_("no statement lies there"))
    if refused:
        raise typer.Exit(int(Exit.DIFFERENCES))


@app.command(
    "profiles",
    help=_("List the layouts of statements that are known; with a name, the file that spells one."),
    epilog=examples("kac reconcile profiles", "kac reconcile profiles ccb-corp"),
)
@reading
def profiles_(
    asked: Reading,
    name: Annotated[str, typer.Argument(metavar="NAME", help=_("a layout"))] = "",
) -> None:
    """List profiles."""
    from kac.cli import inbox
    from kac.exchange import bankprofile

    found = inbox.profiles()
    if name:
        show.out(bankprofile.named(found, name).text().rstrip())
        return
    rows = [
        {
            "name": each.name,
            "title": each.title,
            "channel": each.channel,
            "personal": each.personal,
            "file": each.origin or _("comes with kac"),
        }
        for each in sorted(found.values(), key=lambda each: each.name)
    ]
    show.rows(asked, bankview.PROFILES, rows)


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
    show.rows(asked, bankview.LINES, [bankview.amounts(row) for row in found], empty=empty)


@app.command(
    "show",
    help=_("Show a statement line: what it proves, what it may prove, and why."),
    epilog=examples("kac reconcile show YH20261120-0003", "kac r show 2026112000010009 --json"),
)
@reading
def show_(asked: Reading, line: Line) -> None:
    """Show a statement line."""
    from kac.desk.bank import queries, rules

    with reading_ledger() as reader:
        row = dict(queries.find_line(reader, line, speaker(reader)))
        history = [dict(each) for each in queries.history(reader, row["id"])]
        candidates = queries.offered(reader, row["id"], queries.policy_of(reader, setting.today()))
    row["open_fen"] = row["received_fen"] - row["used_fen"] if row["received_fen"] else 0
    offers = [
        {
            "payment": ", ".join(each.numbers),
            "score": each.score,
            "reasons": rules.says(each),
            "difference": each.difference_fen,
            "command": queries.link_command(each),
        }
        for each in candidates
    ]
    said = [bankview.amounts({**each, "proved_fen": each["payment_fen"]}) for each in history]
    parts = [
        Part("matches", _("what was said of it"), bankview.SAID, said),
        Part("candidates", _("what it may prove"), bankview.OFFERS, offers),
    ]
    show.record(asked, bankview.LINE, bankview.amounts(row), parts=parts)


@app.command(
    "link",
    help=_("Say which payments a statement line proves."),
    epilog=examples(
        "kac reconcile link YH20261120-0003 SK20261120-0001",
        "kac reconcile link YH20261120-0003 SK20261120-0001 --part --note 分两笔到账",
    ),
)
@writing
def link(
    asked: Writing,
    line: Line,
    payments: Annotated[list[str], typer.Argument(metavar="MONEY...", help=_("the payments"))],
    fee: Annotated[
        Any, money_option("--fee", help=_("what the bank kept of it; booked as a charge"))
    ] = None,
    part: Annotated[
        bool, typer.Option("--part", help=_("as far as the line goes; what is left stays open"))
    ] = False,
) -> None:
    """Link a line."""

    def act(work: Work) -> Outcome:
        from kac.desk.bank import actions

        return actions.link(work, line, payments, fee, part)

    typed = {"line": line, "payments": payments, "fee": fee, "part": part}
    write(asked, "reconcile link", act, typed)


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


@app.command(
    "unlink",
    help=_("Take back what was said of a statement line; it stays on record."),
    epilog=examples("kac reconcile unlink YH20261120-0003 --reason 勾错了"),
)
@writing
def unlink(
    asked: Writing,
    line: Line,
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Take a link back."""
    why = needed(reason, "--reason", _("Why is it taken back?"))

    def act(work: Work) -> Outcome:
        from kac.desk.bank import actions

        return actions.unlink(work, line, why)

    write(asked, "reconcile unlink", act, {"line": line, "reason": why})
