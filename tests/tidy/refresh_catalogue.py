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
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
WIDTH = 100
# A compiled catalogue carries dates; one that never changes makes equal catalogues equal files.
DATED = datetime(2026, 1, 1, tzinfo=UTC)
# A message as it is looked up; the words for one thing and for many are one message.
Words = str | tuple[str, ...]
HEADER = """\
# Chinese of the key-account counter. Refresh: python -m tests.tidy.refresh_catalogue
msgid ""
msgstr ""
"Language: zh_CN\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def extracted() -> set[Words]:
    """Every message: what `_()` and `ngettext()` say, `N_()` marks, and the rule registers."""
    found = extract_from_dir(KAC, keywords=KEYWORDS, comment_tags=())
    messages = {message for _file, _line, message, _comments, _context in found if message}
    return messages | rulebook.spoken_texts()


def translated() -> dict[Words, str]:
    """What the catalogue has for each message; the header is not one of them.

    Chinese says the same of one thing and of many, so that there is one text in any case.
    """
    if not PO.exists():
        return {}
    with PO.open("rb") as file:
        return {each.id: _only(each.string) for each in read_po(file) if each.id}


def _only(said: Words) -> str:
    return said if isinstance(said, str) else said[0]


def catalogue(pairs: dict[Words, str]) -> Catalog:
    """A catalogue of these pairs, without flags, places and dates of its own."""
    made = Catalog(locale="zh_CN", creation_date=DATED, revision_date=DATED)
    for source, target in pairs.items():
        message = Message(source, target if isinstance(source, str) else (target,))
        message.flags.clear()
        made[source] = message
    return made


def written(pairs: dict[Words, str]) -> bytes:
    """The text of the catalogue, in the order of its messages."""
    text = BytesIO()
    write_po(text, catalogue(pairs), width=WIDTH, omit_header=True, sort_output=True)
    return HEADER.encode() + text.getvalue()


def compiled(pairs: dict[Words, str]) -> bytes:
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
    return sorted(many_of(message) for message, target in pairs.items() if not target)


def many_of(message: Words) -> str:
    """The English of a message; of the words for one thing and for many, those for many."""
    return message if isinstance(message, str) else message[-1]


if __name__ == "__main__":
    missing = refresh()
    sys.stdout.write("".join(f"not translated: {message}\n" for message in missing))
    sys.exit(1 if missing else 0)
