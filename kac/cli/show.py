"""What the counter shows: rows and records, in the form asked for, on the screen or in a file."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kac.cli import configfile, screen, sheets, terminal
from kac.cli.options import FORMATS, Reading
from kac.cli.sheets import Column, Row
from kac.cli.wholefile import write_file
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.core.text import shown
from kac.core.values import dataclass

__all__ = ["Column", "Part", "err", "out", "record", "rows"]

# By its name a file tells what is to stand in it.
_ENDINGS = {
    ".csv": "csv",
    ".json": "json",
    ".ndjson": "ndjson",
    ".jsonl": "ndjson",
    ".md": "md",
    ".txt": "plain",
    ".xlsx": "xlsx",
}


@dataclass(frozen=True, slots=True)
class Part:
    """A list that belongs to a record: its JSON key, its title, its columns and rows."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]


def out(text: str) -> None:
    """Lines of data, on stdout."""
    sys.stdout.write(_safe(text) + "\n")


def err(text: str) -> None:
    """Lines that are not data, on stderr."""
    sys.stderr.write(_safe(text) + "\n")


def rows(
    asked: Reading, columns: Sequence[Column], found: Iterable[Row], *, empty: str = ""
) -> None:
    """Show a list. `empty` is what people are told when there is nothing to list."""
    listed = _ordered(asked, columns, list(found))
    style = _style(asked)
    most = asked.limit or _page(asked, style)
    kept = listed[:most]
    if not kept and style in ("table", "plain") and empty:
        err(empty)
        return
    chosen = _chosen(asked, columns)
    if style == "xlsx":
        _deliver_workbook(asked, Part("", "", chosen, kept))
    else:
        _deliver(asked, _list_text(style, chosen, kept, asked.output is not None))
    if len(kept) < len(listed):
        said = _("{shown} of {all} shown").format(shown=len(kept), all=len(listed))
        err(said if asked.limit else f"{said}: --limit {len(listed)}")


def _page(asked: Reading, style: str) -> int | None:
    """How many rows a screen is given where nobody said; None for all of them."""
    if style != "table" or asked.output is not None or not terminal.wanted():
        return None
    return int(configfile.value("ui.page_size") or 0) or None


def record(asked: Reading, columns: Sequence[Column], row: Row, parts: Sequence[Part] = ()) -> None:
    """Show one thing with the lists that belong to it. CSV and ndjson carry the thing alone."""
    style = _style(asked)
    chosen = _chosen(asked, columns)
    if style == "xlsx":
        _deliver_workbook(asked, Part("", "", chosen, [row]), *parts)
    elif style == "json":
        document = sheets.as_objects(chosen, [row])[0]
        document |= {part.key: sheets.as_objects(part.columns, part.rows) for part in parts}
        _deliver(asked, sheets.json_text(document))
    elif style in ("table", "plain"):
        on_screen = style == "table" and asked.output is None and terminal.wanted()
        fields = terminal.record_text if on_screen else sheets.fields_text
        blocks = [fields(chosen, row)]
        blocks += [_part_text(style, part, on_screen) for part in parts if part.rows]
        _deliver(asked, "\n\n".join(blocks))
    else:
        _deliver(asked, _list_text(style, chosen, [row], to_file=True))


def _style(asked: Reading) -> str:
    """The form that was asked for, or that the file's name or the environment asks for."""
    default = os.environ.get("KAC_FORMAT", "")
    style = default if default in FORMATS and default != "xlsx" else "table"
    if asked.output is not None:
        style = asked.format or _ending(asked.output)
    style = asked.format or style
    if (style == "xlsx" or asked.encoding) and asked.output is None:
        raise UsageError(
            _("this goes into a file: add -o FILE"), code="E-CLI-031", refs={"option": "-o"}
        )
    if asked.encoding and style != "csv":
        raise UsageError(
            _("--encoding is for CSV; {form} has its own").format(form=style), code="E-CLI-031"
        )
    return style


def _ending(path: Path) -> str:
    """The form that a file's name asks for; one without an ending is plain text."""
    return form_of(path, _ENDINGS, "plain", _("or add --format"))


def form_of(path: Path, endings: Mapping[str, str], nameless: str, otherwise: str = "") -> str:
    """What the end of a file's name asks for; refused where nobody knows such an end."""
    ending = path.suffix.lower()
    if ending and ending not in endings:
        known = _("one of: {words}").format(words=", ".join(endings))
        raise UsageError(
            _("nothing is known of files that end in {ending}").format(ending=path.suffix),
            code="E-CLI-035",
            cause=[f"{known}; {otherwise}" if otherwise else known],
            refs={"option": "-o"},
        )
    return endings.get(ending, nameless)


def _chosen(asked: Reading, columns: Sequence[Column]) -> list[Column]:
    if not asked.columns:
        return list(columns)
    return [replace(_column(columns, key), aside=False) for key in asked.columns]


def _column(columns: Sequence[Column], key: str) -> Column:
    for column in columns:
        if column.key == key:
            return column
    raise UsageError(
        _("there is no column {key}").format(key=key),
        code="E-CLI-007",
        cause=[_("one of: {keys}").format(keys=", ".join(column.key for column in columns))],
    )


def _ordered(asked: Reading, columns: Sequence[Column], listed: list[Row]) -> list[Row]:
    if not asked.sort:
        return listed
    key = _column(columns, asked.sort.removeprefix("-")).key
    known = sorted((row for row in listed if row[key] is not None), key=lambda row: row[key])
    if asked.sort.startswith("-"):
        known.reverse()
    return known + [row for row in listed if row[key] is None]


def _list_text(
    style: str, columns: Sequence[Column], kept: Sequence[Row], to_file: bool = False
) -> str:
    if style in ("table", "plain", "md"):
        columns = [column for column in columns if not column.aside]
    if style == "json":
        return sheets.json_text(sheets.as_objects(columns, kept))
    if style == "ndjson":
        return sheets.ndjson_text(columns, kept)
    if style == "csv":
        return sheets.csv_text(columns, kept)
    if style == "md":
        return sheets.columns_text(columns, kept, "github")
    if style == "table" and not to_file and terminal.wanted():
        text, hidden = terminal.table_text(columns, kept)
        if hidden:
            for line in terminal.hidden_note(hidden):
                err(line)
        return text
    return sheets.columns_text(columns, kept)


def _part_text(style: str, part: Part, on_screen: bool) -> str:
    title = terminal.title_text(part.title) if on_screen else part.title
    return f"{title}\n" + _list_text(style, part.columns, part.rows, not on_screen)


def _deliver(asked: Reading, text: str) -> None:
    if asked.output is None:
        if text and not screen.paged(text):
            sys.stdout.write(text + "\n")
        return
    if _style(asked) == "csv":
        # As spreadsheets write it themselves: lines end as in Excel, and a mark tells UTF-8.
        data = (text + "\n").replace("\n", "\r\n").encode(asked.encoding or "utf-8-sig")
    else:
        data = (text + "\n").encode()
    _put(asked.output, data)


def _deliver_workbook(asked: Reading, *parts: Part) -> None:
    from kac.cli.workbook import Sheet, workbook

    assert asked.output is not None, "_style() asks for a file"
    sheets = [Sheet(part.title, part.columns, part.rows) for part in parts]
    _put(asked.output, workbook(sheets))


def _put(path: Path, data: bytes) -> None:
    write_file(path, data)
    err(_("written to {path}").format(path=path))


def _safe(text: str) -> str:
    return "\n".join(shown(line) for line in text.split("\n"))
