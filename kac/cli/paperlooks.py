"""The doctor's looks at paper: the font that a PDF would have, the printers that are named."""

from __future__ import annotations

from collections.abc import Iterator

from kac.cli import configfile
from kac.cli.verdict import DOUBTFUL, FINE, Verdict
from kac.core.errors import EnvironmentTrouble
from kac.core.i18n import _


def font() -> Iterator[Verdict]:
    """Where the font of a PDF lies; without one everything but PDF is printed all the same."""
    from kac.documents import fonts

    named = configfile.value("print.font")
    try:
        found = fonts.find(named)
    except EnvironmentTrouble as trouble:
        said = _("no PDF: {why}").format(why=trouble.cause[0])
        yield Verdict("font", DOUBTFUL if named else FINE, said, trouble.fix[0])
    else:
        yield Verdict("font", FINE, str(found.path))


def printers() -> Iterator[Verdict]:
    """Whether each printer that the config file names can be given a job."""
    from kac.cli import printers as ways

    for kind in ("matrix", "laser", "roll"):
        named = configfile.value(f"print.{kind}")
        if not named:
            continue
        try:
            ways.ready(kind)
        except EnvironmentTrouble as trouble:
            said = f"print.{kind} = {named}: {trouble.cause[0]}"
            yield Verdict("printer", DOUBTFUL, said, trouble.fix[0])
        else:
            yield Verdict("printer", FINE, f"print.{kind} = {named}")


LOOKS = (font, printers)
