"""The doctor's looks at what leaves the machine: PDF's font, printers, statements, mail."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from kac.cli import configfile, counter
from kac.cli.verdict import BAD, DOUBTFUL, FINE, Verdict, judged
from kac.cli.wishes import PROFILES
from kac.core.errors import BadInput, EnvironmentTrouble, UsageError
from kac.core.i18n import _


def font() -> Iterator[Verdict]:
    """Where the font of a PDF lies; without one everything but PDF is printed all the same."""
    from kac.documents import fonts

    named = configfile.value("print.font")
    try:
        found = fonts.find(named)
    except EnvironmentTrouble as trouble:
        said = _("no PDF: {why}").format(why=trouble.cause[0])
        yield Verdict("font", DOUBTFUL, said, trouble.fix[0])
        return
    if os.access(found.path, os.R_OK):
        yield Verdict("font", FINE, str(found.path))
    else:
        said = _("others alone can read {path}").format(path=found.path)
        yield Verdict("font", DOUBTFUL, said, f"chmod a+r {found.path}")


def printers() -> Iterator[Verdict]:
    """Whether each printer that the config file names can be given a job."""
    from kac.cli import printers as ways

    keys = [f"print.{kind}" for kind in ("matrix", "laser", "roll")]
    keys += [f"print.profiles.{name}.queue" for name in PROFILES]
    named = {key: configfile.value(key) for key in keys if configfile.value(key)}
    for key, printer in named.items():
        try:
            standing = ways.standing(ways.usable(printer))
        except EnvironmentTrouble as trouble:
            said = f"{key} = {printer}: {trouble.cause[0]}"
            yield Verdict("printer", DOUBTFUL, said, _printer_mend(printer))
        else:
            yield Verdict("printer", FINE, f"{key} = {printer}{standing}")
    if not named and not _is_training():
        said = _("no printer is named: --to printer is refused, files and screen are not")
        mend = _("in the config file: [print] matrix = …; lpstat -p lists the queues")
        yield Verdict("printer", DOUBTFUL, said, mend)


def _printer_mend(printer: str) -> str:
    from kac.cli import printers as ways

    if ways.is_device(printer):
        return _("switch the printer on, or correct its path: ls -l {path}").format(path=printer)
    if not ways.sender():
        return "apt install cups-client"
    return f"lpstat -p; cupsenable {printer}"


def _is_training() -> bool:
    from kac.db import info

    try:
        with counter.reading_ledger() as reader:
            return info.of(reader).training
    except EnvironmentTrouble:
        return True


def company() -> Iterator[Verdict]:
    """Whether what papers say of the company is right: its credit code, and one name for it."""
    from kac.core.identifiers import parse_uscc
    from kac.db import info

    if code := configfile.value("company.uscc"):
        try:
            parse_uscc(code)
        except BadInput as trouble:
            said = "; ".join([trouble.message, *trouble.cause])
            mend = _("correct company.uscc in the config file")
            yield Verdict("company", DOUBTFUL, said, mend)
    name = configfile.value("company.name")
    try:
        with counter.reading_ledger() as reader:
            known = info.of(reader).company
    except EnvironmentTrouble:
        return
    if name and name != known:
        said = _("the ledger is of {known}, the config file speaks of {name}").format(
            known=known, name=name
        )
        mend = _("correct company.name, or db.path if this is the wrong ledger")
        yield Verdict("company", DOUBTFUL, said, mend)


def statements() -> Iterator[Verdict]:
    """Whether statements can be laid in the inbox, and read by the layouts that are named."""
    from kac.cli import inbox

    for key in ("import.inbox", "import.archive"):
        if not (said := configfile.value(key)):
            continue
        path = Path(said).expanduser()
        if not path.is_dir():
            missing = _("there is no directory {path}").format(path=path)
            yield Verdict("inbox", BAD, missing, f"mkdir -p {path}")
        elif not os.access(path, os.R_OK | os.W_OK | os.X_OK):
            shut = _("this account may not write {path}").format(path=path)
            yield Verdict("inbox", BAD, shut, f"chmod u+rwx {path}")
        else:
            yield Verdict("inbox", FINE, f"{key} = {path}")
    try:
        inbox.profiles_of_this_house()
    except (UsageError, EnvironmentTrouble, BadInput) as trouble:
        wrong = "; ".join([trouble.message, *trouble.cause])
        yield Verdict("inbox", BAD, wrong, "kac reconcile profiles")


def mail() -> Iterator[Verdict]:
    """Whether the report of the night can be mailed, where the config file says to whom."""
    from kac.cli import mailing

    if to := configfile.value("report.mail_to"):
        sender = mailing.program()
        said = f"{to}: {sender}" if sender else _("no sendmail is installed here")
        yield judged("mail", sender is not None, said, "apt install msmtp-mta", DOUBTFUL)


LOOKS = (font, printers, company, statements, mail)
