"""The digest of what a file says: its cells by the names of their columns, however it was saved."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from operator import itemgetter

# What ends a cell and a row in the bytes that are hashed; no sound cell holds either.
ENDS = ("\x1f", "\x1e")
_FIELD, _ROW = ENDS


class Digest:
    """Rows are added in the order of the file; columns without a key do not count."""

    def __init__(self, keys: Sequence[str | None]) -> None:
        order = sorted((key, place) for place, key in enumerate(keys) if key)
        self._hash = hashlib.sha256(_FIELD.join(key for key, _place in order).encode())
        self._hash.update(_ROW.encode())
        places = [place for _key, place in order]
        self._pick = itemgetter(*places) if len(places) > 1 else lambda row: (row[places[0]],)

    def text(self, rows: Sequence[Sequence[str]]) -> str:
        """Rows of clean cells as they are hashed."""
        return _ROW.join(map(_FIELD.join, map(self._pick, rows))) + _ROW

    def add(self, text: str) -> None:
        """Count what `text` made."""
        self._hash.update(text.encode("utf-8", "surrogatepass"))

    def value(self) -> str:
        """The digest of all that was added."""
        return self._hash.hexdigest()
