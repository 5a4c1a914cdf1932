"""The manual that is shipped with kac: its topics in order, and each of them in both languages."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from kac.cli import plainpage, screen, show
from kac.cli.options import Reading
from kac.cli.wholefile import write_file
from kac.core import errorbook, i18n
from kac.core.i18n import _
from kac.core.text import folded

_PAGES = Path(__file__).parent.parent / "data" / "guide"
# In the order in which a new clerk reads them.
TOPICS = (
    *("desk", "typing", "shell", "order", "approvals", "money", "goods", "papers", "shortage"),
    *("customers", "inquiries", "quotations", "contracts", "cards", "imports", "night"),
    *("month-end", "reports", "new-year", "staff", "disaster", "config", "scripts", "glossary"),
)
_NARROWEST, _WIDEST = 40, 92
_SHORTEST = 2


def source(topic: str, language: str = "") -> str:
    """The Markdown of a topic, in the language spoken unless another is named."""
    return _read(topic, language or i18n.language())


@cache
def _read(topic: str, language: str) -> str:
    return (_PAGES / language / f"{topic}.md").read_text("utf-8")


def listed() -> list[dict[str, Any]]:
    """Every topic with its title and what it is about."""
    return [
        {
            "topic": topic,
            "title": plainpage.title(source(topic)),
            "about": plainpage.summary(source(topic)),
        }
        for topic in TOPICS
    ]


def named(word: str) -> str:
    """The topic of this name, or the only one whose name or title has this in it; else empty."""
    wanted = folded(word)
    if wanted in TOPICS or len(wanted) < _SHORTEST:
        return wanted if wanted in TOPICS else ""
    begun = [topic for topic in TOPICS if topic.startswith(wanted)]
    called = [topic for topic in TOPICS if any(wanted in title for title in _titles(topic))]
    found = begun or called
    return found[0] if len(found) == 1 else ""


def _titles(topic: str) -> list[str]:
    """The titles of a topic in all languages, as they are searched."""
    return [folded(plainpage.title(source(topic, language))) for language in i18n.LANGUAGES]


def find(word: str) -> str:
    """The topic that was meant; NotFound (E-REF-004) names those near it."""
    topic = named(word)
    if not topic:
        raise errorbook.unknown(word, errorbook.near(folded(word), TOPICS), "kac guide")
    return topic


def text(markdown: str) -> str:
    """A page as people read it, as wide as the screen but never too wide to read."""
    import shutil

    width = min(max(shutil.get_terminal_size().columns, _NARROWEST), _WIDEST)
    return screen.unmarked(screen.marked(plainpage.plain(markdown, width, _filled)))


def is_for_people(asked: Reading) -> bool:
    """Whether a page is to be read, rather than taken apart by a script."""
    ending = asked.output.suffix.lower() if asked.output and not asked.format else ""
    return asked.format in ("", "table", "plain", "md") and ending in ("", ".txt", ".md")


def tell(asked: Reading, markdown: str) -> None:
    """Show a page, through the pager where it is longer than the screen; or write it to a file."""
    wants_source = asked.format == "md" or (asked.output is not None and _ends_as_source(asked))
    page = markdown.rstrip("\n") if wants_source else text(markdown)
    if asked.output is not None:
        write_file(asked.output, f"{page}\n".encode())
        show.err(_("written to {path}").format(path=asked.output))
    elif not screen.paged(page):
        show.out(page)


def _ends_as_source(asked: Reading) -> bool:
    return not asked.format and asked.output is not None and asked.output.suffix.lower() == ".md"


def _filled(directive: str, value: str) -> str:
    """What a directive of the manual stands for: the life of a document."""
    from kac.cli import lifecycle

    assert directive == "life", directive
    return lifecycle.drawn(value)
