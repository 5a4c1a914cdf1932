"""What stands on rows: rows of other tables that refer to them, by the references there are."""

from __future__ import annotations

from collections.abc import Collection

from kac.db.reader import Reader

_MOST = 5


def standing_on(
    reader: Reader, table: str, first: int, last: int, but: Collection[str] = ()
) -> list[str]:
    """Some of the rows, `table number`, that refer to rows with these ids; none of tables `but`."""
    found: list[str] = []
    names = reader.all("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
    for (name,) in names:
        if name in but:
            continue
        for key in reader.all(f'PRAGMA foreign_key_list("{name}")'):
            if key["table"] == table:
                found += _rows(reader, name, key["from"], first, last)
    return found


def _rows(reader: Reader, table: str, column: str, first: int, last: int) -> list[str]:
    columns = {row["name"] for row in reader.all(f'PRAGMA table_info("{table}")')}
    shown = "number" if "number" in columns else "id"
    rows = reader.all(
        f'SELECT {shown} AS shown FROM "{table}" WHERE "{column}" BETWEEN :first AND :last'
        f" ORDER BY id LIMIT {_MOST}",
        first=first,
        last=last,
    )
    return [f"{table} {row['shown']}" for row in rows]
