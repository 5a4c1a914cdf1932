"""Brings the Chinese catalogue up to the source and compiles it.

Run `python -m tests.tidy.refresh_catalogue`: messages that are gone leave the catalogue, new ones
come in empty and are named; translate them in `kac.po` and run it again. Nothing is guessed.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from kac.core import rulebook

KAC = Path(__file__).parents[2] / "kac"
PO = KAC / "locale" / "zh_CN" / "LC_MESSAGES" / "kac.po"
MO = PO.with_suffix(".mo")
KEYWORDS = {"_": None, "N_": None}
WIDTH = 100
# A compiled catalogue carries dates; one that never changes makes equal catalogues equal files.
DATED = datetime(2026, 1, 1, tzinfo=UTC)
HEADER = """\
# Chinese of the key-account counter. Refresh: python -m tests.tidy.refresh_catalogue
msgid ""
msgstr ""
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def extracted() -> set[str]:
    """Every message: what `_()` says and `N_()` marks in the source, and the rule registers."""
    found = extract_from_dir(KAC, keywords=KEYWORDS, comment_tags=())
    messages = {message for _file, _line, message, _comments, _context in found if message}
    return messages | rulebook.spoken_texts()


def translated() -> dict[str, str]:
    """What the catalogue has for each message; the header is not one of them."""
    if not PO.exists():
        return {}
    with PO.open("rb") as file:
        return {str(each.id): str(each.string) for each in read_po(file) if each.id}


def catalogue(pairs: dict[str, str]) -> Catalog:
    """A catalogue of these pairs, without flags, places and dates of its own."""
    made = Catalog(locale="zh_CN", creation_date=DATED, revision_date=DATED)
    for source, target in pairs.items():
        message = Message(source, target)
        message.flags.clear()
        made[source] = message
    return made


def written(pairs: dict[str, str]) -> bytes:
    """The text of the catalogue, in the order of its messages."""
    text = BytesIO()
    write_po(text, catalogue(pairs), width=WIDTH, omit_header=True, sort_output=True)
    return HEADER.encode() + text.getvalue()


def compiled(pairs: dict[str, str]) -> bytes:
    """The catalogue as gettext reads it."""
    data = BytesIO()
    write_mo(data, catalogue(pairs))
    return data.getvalue()


def refresh() -> list[str]:
    """Write both files anew; the messages that have no translation yet."""
    known = translated()
    pairs = {message: known.get(message, "") for message in extracted()}
    PO.write_bytes(written(pairs))
    MO.write_bytes(compiled(pairs))
    return sorted(message for message, target in pairs.items() if not target)


if __name__ == "__main__":
    missing = refresh()
    sys.stdout.write("".join(f"not translated: {message}\n" for message in missing))
    sys.exit(1 if missing else 0)
