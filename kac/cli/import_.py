"""Files in: what other programs know, or a whole ledger; all of it or nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kac.cli import counter, show
from kac.cli.files import file_bytes, file_source
from kac.cli.lazy import Noun
from kac.cli.options import Reading, Writing, examples, needed, reading, writing
from kac.cli.progress import bar
from kac.cli.show import Column
from kac.cli.wholefile import write_file
from kac.core.errors import BadInput, Exit
from kac.core.i18n import N_, _

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

# What files are called by what is in them; a bank's statements are taken in by reconcile.
_CALLED = {
    "customers": N_("customers"),
    "products": N_("goods"),
    "prices": N_("prices"),
    "stock": N_("stock"),
    "orders": N_("orders"),
    "payments": N_("payments"),
    "visits": N_("visit register"),
    "calendar": N_("calendar"),
    "bank": N_("statement of account"),
}
app = Noun(help=_("Files in: customers, products, stock, orders."))
_KINDS = {
    "customers": N_("Take in customers; a code on file already is refused."),
    "products": N_("Take in products, and new prices of those there are."),
    "stock": N_("Take in a stock count of one or more locations."),
    "orders": N_("Take in orders as drafts."),
    "prices": N_("Take in other prices of goods on file, for a second person to confirm."),
    "payments": N_("Take in what customers say was sent for orders; nothing is booked by it."),
    "opening": N_("Take in what is owed and held from before, for a second person to confirm."),
    "visits": N_("Take in visits that were made or are planned."),
}
_COLUMNS = [
    Column("title", _("column")),
    Column("key", _("in English"), "code"),
    Column("optional", _("may be missing"), "flag"),
    Column("also", _("also called"), priority=2),
]
_File = Annotated[
    str, typer.Argument(metavar="FILE", help=_("a CSV, XLS or XLSX file; - is what is piped in"))
]
_Encoding = Annotated[
    str, typer.Option("--encoding", metavar="NAME", help=_("utf-8, gb18030 …; else found out"))
]

_Partial = Annotated[
    bool,
    typer.Option("--partial", help=_("take in the sound rows of a file that has bad ones too")),
]
_Map = Annotated[
    Path | None,
    typer.Option("--map", metavar="FILE", help=_("what the file calls the columns: theirs,ours")),
]


def _register(kind: str) -> None:
    @app.command(
        kind,
        help=_(_KINDS[kind]),
        epilog=examples(f"kac import {kind} {kind}.csv --dry-run", f"kac import {kind} {kind}.csv"),
    )
    @writing
    def take_in(
        asked: Writing,
        file: _File,
        encoding: _Encoding = "",
        partial: _Partial = False,
        map_: _Map = None,
    ) -> None:
        take_file(asked, f"import {kind}", kind, file, encoding, partial=partial, map_=map_)


for _kind in _KINDS:
    _register(_kind)


@app.command(
    "template",
    help=_("Show the columns of a kind of file, or write an empty one to fill in."),
    epilog=examples("kac import template orders", "kac import template customers -o customers.csv"),
)
@reading
def template(
    asked: Reading,
    kind: Annotated[
        str, typer.Argument(metavar="KIND", help=_("customers, products, prices, orders …"))
    ],
) -> None:
    """Show the columns of a kind."""
    from kac.exchange.imports import kind_named

    columns = kind_named(kind).columns
    if asked.output is not None and not asked.format:
        text = ",".join(column.aliases[0] for column in columns) + "\r\n"
        write_file(asked.output, text.encode("utf-8-sig"))
        return
    rows = [
        {
            "key": column.key,
            "title": column.aliases[0],
            "also": ", ".join(column.aliases[1:]),
            "optional": column.optional,
        }
        for column in columns
    ]
    show.rows(asked, _COLUMNS, rows)


@app.command(
    "list",
    help=_("List the files that were imported, the last one first."),
    epilog=examples("kac import list", "kac import list --json"),
)
@reading
def list_(asked: Reading) -> None:
    """List the batches."""
    from kac.exchange.undoing import listing

    with counter.reading_ledger() as reader:
        found = listing(reader)
    columns = [
        Column("number", _("number"), "code"),
        Column("kind", _("kind"), "state", words=_CALLED),
        Column("file_name", _("file"), priority=3),
        Column("rows", _("rows"), "count"),
        Column("at", _("moment"), "moment"),
        Column("by", _("who"), "code", priority=3),
        Column("undone", _("taken back"), "flag"),
        Column("undone_because", _("reason"), priority=1),
    ]
    show.rows(asked, columns, found, empty=_("no file was imported"))


@app.command(
    "undo",
    help=_("Take a whole batch back, while nothing stands on it."),
    epilog=examples("kac import undo 4 --reason wrong-file"),
)
@writing
def undo(
    asked: Writing,
    batch: Annotated[str, typer.Argument(metavar="BATCH", help=_("number of the import"))],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help=_("why"))] = "",
) -> None:
    """Take a batch back."""
    why = needed(reason, "--reason", _("Why is it taken back?"))

    def act(work: Work) -> Outcome:
        from kac.exchange import undoing

        return undoing.undo(work, batch, why)

    counter.write(asked, "import undo", act, {"batch": batch, "reason": why})


@app.command(
    "all",
    help=_("Make a ledger of what `export all` wrote: whole and proved, or no ledger."),
    epilog=examples("kac --db copy.db import all ledger-2026"),
)
@writing
def import_all(
    asked: Writing,
    directory: Annotated[Path, typer.Argument(metavar="DIRECTORY", help=_("what was exported"))],
) -> None:
    """Make a ledger of an export."""
    from kac.db.work import Outcome
    from kac.exchange.whole.taking_in import take_in

    ledger = counter.ledger_path()
    made = take_in(ledger, directory.expanduser().absolute(), keep=not asked.dry_run)
    document = {
        "number": made.ledger,
        "state": "imported",
        "ledger": str(ledger),
        "head": made.head,
        "rows": made.rows,
    }
    said = _("the ledger is at {ledger}, whole and proved up to entry {head}").format(
        ledger=ledger, head=made.head
    )
    counter.answer(asked, Outcome(document, (said,), dry=asked.dry_run))


def take_file(
    asked: Writing,
    command: str,
    kind: str,
    file: str,
    encoding: str,
    *,
    partial: bool = False,
    map_: Path | None = None,
) -> None:
    """Take a file of a kind in; its bad rows are kept beside it."""
    source = file_source(file, encoding)
    with source.open() as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    names = _names(map_)
    typed = {"kind": kind, "file": source.name, "digest": digest}
    typed |= {"partial": partial, "names": names} if partial or names else {}
    drawn = bar(quiet=asked.quiet)

    def act(work: Work) -> Outcome:
        from kac.exchange.imports import Wish, run

        wish = Wish(partial=partial, names=names, progress=drawn)
        try:
            return run(work, kind, source.name, source, wish)
        finally:
            if drawn is not None:
                drawn.done()

    beside = Path.cwd() if file == "-" else Path(file).absolute().parent
    try:
        outcome = counter.write(asked, command, act, typed)
    except BadInput as trouble:
        _keep_rejects(trouble, beside)
        raise
    rejected = getattr(outcome, "rejected", None)
    if rejected is not None:
        _keep_rejects(rejected, beside)
        show.err(rejected.cause[-1])
        raise typer.Exit(Exit.DIFFERENCES)


def _names(file: Path | None) -> dict[str, str]:
    if file is None:
        return {}
    from kac.exchange.naming import names_of

    return names_of(file_bytes(str(file)))


def _keep_rejects(trouble: BadInput, directory: Path) -> None:
    """Write the bad rows beside the file, now that the transaction is gone."""
    rejects = getattr(trouble, "rejects", b"")
    if rejects:
        path = directory / trouble.rejects_name  # type: ignore[attr-defined]
        write_file(path, rejects)
        trouble.cause = (*trouble.cause, _("the bad rows are in {path}").format(path=path))
