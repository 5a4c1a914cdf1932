"""Files out: the books as journals for other programs, and a whole ledger as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kac.cli import outfile, show
from kac.cli.counter import ledger_path, reading_ledger
from kac.cli.lazy import Noun
from kac.cli.onlooker import refuse_stranger
from kac.cli.options import Reading, examples, reading
from kac.cli.show import Column
from kac.core.i18n import N_, _

if TYPE_CHECKING:
    from kac.db.reader import Reader

app = Noun(help=_("Files out: the books for beancount and hledger, or the whole ledger"))

_JOURNALS = {
    "beancount": N_("Write the books for beancount, every balance asserted: see bean-check."),
    "hledger": N_("Write the books for hledger, every balance asserted."),
}
_ENDINGS = {"beancount": "beancount", "hledger": "journal"}
_WRITTEN = [
    Column("format", _("format"), "code"),
    Column("path", _("file")),
    Column("bytes", _("bytes"), "count"),
    Column("sha256", "SHA-256", "code"),
    Column("head", _("audit head"), "code"),
]
_WHOLE = [
    Column("path", _("directory")),
    Column("ledger", _("ledger"), "code"),
    Column("head", _("audit head"), "code"),
    Column("tables", _("tables"), "count"),
    Column("rows", _("rows"), "count"),
    Column("files", _("attached files"), "count"),
]
_Goods = Annotated[bool, typer.Option("--goods", help=_("the moves of goods too, in their units"))]


def _register(name: str) -> None:
    lines = (f"kac --as finance export {name} -o books.{_ENDINGS[name]}",)

    @app.command(
        name,
        help=_(_JOURNALS[name]),
        epilog=examples(*lines, f"kac --as auditor export {name} --goods"),
    )
    @reading
    def write_journal(asked: Reading, goods: _Goods = False) -> None:
        _journal(asked, name, goods)


for _name in _JOURNALS:
    _register(_name)


def _journal(asked: Reading, name: str, goods: bool) -> None:
    from kac.db import audit

    with reading_ledger() as reader:
        refuse_stranger(reader, "export.journal")
        head = audit.code(reader.connection)
        pieces = (f"{line}\n".encode() for line in _lines(reader, name, head, goods))
        done = outfile.collect(pieces, asked.output)
    if asked.output is None:
        outfile.hand_on(done)
        return
    row = {
        "format": name,
        "path": str(asked.output),
        "bytes": done.bytes,
        "sha256": done.sha256,
        "head": head,
    }
    if asked.format:
        from dataclasses import replace

        show.record(replace(asked, output=None), _WRITTEN, row)
    else:
        show.err(_("written to {path}").format(path=asked.output))


def _lines(reader: Reader, name: str, head: str, goods: bool) -> Iterator[str]:
    from kac.db import info
    from kac.exchange.journals import beancount, books, hledger

    form = beancount if name == "beancount" else hledger
    facts = info.of(reader)
    remark = _("ledger {id}, audit head {head}").format(id=facts.ledger_id, head=head)
    yield from form.head(facts.company, [remark])
    yield from form.lines(books.money(reader))
    if goods:
        yield ""
        yield from form.lines(books.goods(reader))


@app.command(
    "all",
    help=_("Write the whole ledger as text into a new directory: tables, files, key, hashes."),
    epilog=examples("kac --as administrator export all ledger-2026"),
)
@reading
def export_all(
    asked: Reading,
    directory: Annotated[Path, typer.Argument(metavar="DIRECTORY", help=_("where nothing is yet"))],
) -> None:
    """Write the whole ledger."""
    from kac.exchange.whole.taking_out import export

    whole = directory.expanduser().absolute()
    with reading_ledger() as reader:
        refuse_stranger(reader, "export.all")
        written = export(reader, ledger_path(), whole)
    row = {
        "path": str(whole),
        "ledger": written.ledger,
        "head": written.head,
        "tables": len(written.tables),
        "rows": written.rows,
        "files": len(written.files),
    }
    show.record(asked, _WHOLE, row)
    if not asked.format:
        show.err(_("the key of the audit chain is in it: keep the directory as you keep backups"))
