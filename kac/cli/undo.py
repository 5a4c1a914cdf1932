"""`kac undo`: take back one's own last act by the verb that leads back from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kac.cli import undoing
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.onlooker import myself
from kac.cli.options import Writing, confirmed, examples, writing
from kac.core.errors import NotFound
from kac.core.i18n import _

if TYPE_CHECKING:
    from kac.db.reader import Row
    from kac.db.work import Outcome, Work

app = Noun(single=True)


@app.command(
    help=_("Undo your own last act, where nobody has signed, printed or paid since."),
    epilog=examples("kac last", "kac undo", "kac undo --yes"),
)
@writing
def undo(asked: Writing) -> None:
    """Undo the last act."""
    last = _last()
    way = undoing.way_back(last["name"])
    confirmed(
        asked,
        _("Undo {command} of {number}: {way}?").format(
            command=last["name"], number=last["document"], way=way
        ),
    )

    def act(work: Work) -> Outcome:
        return undoing.undo(work, last["request_id"])

    write(asked, "undo", act, {"request": last["request_id"]})


def _last() -> Row:
    """The last act of the one who works; refused at once where nothing leads back from it."""
    with reading_ledger() as reader:
        who = myself(reader)
        found = undoing.latest(reader, who.code)
        if not found:
            raise NotFound(_("you have done nothing yet that could be undone"), code="E-UND-001")
        undoing.refuse_past(reader, found[0])
    return found[0]
