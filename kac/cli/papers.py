"""Printing at the counter: custody is written first, then the paper goes where it is wanted."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import configfile, setting
from kac.cli.counter import reading_ledger, write
from kac.cli.lazy import Noun
from kac.cli.options import Writing, choice_option, writing
from kac.cli.show import err, form_of, out
from kac.cli.wholefile import write_file
from kac.cli.wishes import PROFILES
from kac.core.errors import UsageError
from kac.core.i18n import _
from kac.core.values import dataclass

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work
    from kac.documents.imprint import House
    from kac.documents.layout import Paper
    from kac.documents.sheets import Sheet

TARGETS = ("screen", "file", "printer", "html", "pdf")
_LASER = ("html", "pdf")
_ENDINGS = {".txt": "text", ".html": "html", ".htm": "html", ".pdf": "pdf", ".prn": "bytes"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Where a paper goes, on which sheet, and whether each copy is printed alone."""

    profile: str = ""
    to: str = ""
    output: Path | None = None
    copies: str = ""

    @property
    def form(self) -> str:
        """What is made of it: text, html, pdf or the bytes for a printer."""
        if self.to in _LASER:
            return self.to
        return form_of(self.output, _ENDINGS, "text") if self.output else "text"


def options(*, copies: bool = True) -> list[inspect.Parameter]:
    """The options of every command that prints."""
    said = typer.Option
    found = [
        _option(
            "reprint", str, said("--reprint", metavar="REASON", help=_("why it is printed again"))
        ),
        _option("profile", Any, choice_option("--profile", of=PROFILES, help=_("on which sheet"))),
        _option("to", Any, choice_option("--to", of=TARGETS, help=_("where it goes"))),
        _option(
            "output",
            Path | None,
            said("-o", "--output", metavar="FILE", help=_("to a .txt, .html, .pdf or .prn file")),
            None,
        ),
    ]
    if copies:
        alone = choice_option(
            "--copies", of=("carbon", "each"), help=_("once for all, or each alone")
        )
        found.append(_option("copies", Any, alone))
    return found


def _option(name: str, kind: Any, option: Any, default: Any = "") -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=Annotated[kind, option]
    )


def printing(
    app: Noun,
    noun: str,
    argument: Any,
    actions: str,
    *,
    help: str,
    epilog: str,
    copies: bool = True,
    default: Any = inspect.Parameter.empty,
) -> None:
    """Give a noun its verb `print`: `print_` of its actions, then the paper.

    `argument` is the annotation of what names the document, `default` where it need not be named.
    """

    def command(asked: Writing, document: str, reprint: str, **how: Any) -> None:
        def act(work: Work) -> Outcome:
            return import_module(actions).print_(work, document, reprint)  # type: ignore[no-any-return]

        typed = {"document": document, "reprint": reprint}
        printed(asked, f"{noun} print", act, typed, Wanted(**how))

    named = inspect.Parameter(
        "document", inspect.Parameter.KEYWORD_ONLY, default=default, annotation=argument
    )
    signed(command, [named, *options(copies=copies)])
    app.command("print", help=help, epilog=epilog)(writing(command))


def signed(command: Callable[..., None], parameters: Sequence[inspect.Parameter]) -> None:
    """Give a command the parameters that typer shows for it."""
    asked = inspect.Parameter("asked", inspect.Parameter.KEYWORD_ONLY)
    command.__signature__ = inspect.Signature([asked, *parameters])  # type: ignore[attr-defined]


def printed(
    asked: Writing,
    command: str,
    act: Callable[[Work], Outcome],
    typed: Mapping[str, Any],
    wanted: Wanted,
    paper: str = "",
) -> None:
    """Carry out a printing command, then hand over the paper; nothing is lost where that fails.

    What can be found wrong beforehand is refused before anything is written. Nothing goes to
    stdout beside `--json` or `-q`, unless a file is named.
    """
    hand_over = _way(wanted, paper)

    def tell(outcome: Outcome) -> None:
        for sentence in outcome.says:
            err(sentence)
        if hand_over is None and not outcome.dry:
            for name, number in _papers(outcome, paper):
                out(text_of(_made(name, number, wanted)).rstrip("\n"))

    write(asked, command, act, typed, tell=tell, hand_over=hand_over)


def _papers(outcome: Outcome, paper: str) -> list[tuple[str, str]]:
    """The papers of an outcome, by name and number."""
    from kac.documents.library import OF

    each = outcome.document.get("documents") or [outcome.document]
    numbers = [str(document["number"]) for document in each]
    return [(paper or OF[number[:2]][0], number) for number in numbers]


def _way(wanted: Wanted, paper: str) -> Callable[[Outcome], None] | None:
    """What hands papers over, made sure of; None for the screen."""
    to, output = wanted.to, wanted.output
    if output is not None and to in ("screen", "printer"):
        raise UsageError(_("-o and --to {to} do not go together").format(to=to), code="E-PRN-008")
    if to == "printer":
        from kac.cli import printers

        sheet = _sheet(wanted, paper, printed=True)
        return partial(_to_printer, wanted, paper, printers.ready(sheet.kind, sheet.name))
    if wanted.form == "pdf":
        from kac.documents import pdf

        pdf.ready(configfile.value("print.font"))
    return partial(_to_files, wanted, paper) if path_of(wanted, "") else None


def _to_files(wanted: Wanted, paper: str, outcome: Outcome) -> None:
    for name, number in _papers(outcome, paper):
        path = path_of(wanted, number)
        if path is not None:
            to_file(path, _made(name, number, wanted), wanted.form, number)


def path_of(wanted: Wanted, number: str) -> Path | None:
    """The file that a paper goes to; None for the screen."""
    if wanted.output is None and wanted.to not in (*_LASER, "file"):
        return None
    return wanted.output or Path(f"{number}.{'txt' if wanted.form == 'text' else wanted.form}")


def to_file(path: Path, paper: Paper, form: str, title: str) -> None:
    """Put a paper into a file, whole, and say so."""
    write_file(path, _bytes(paper, form, title))
    err(_("written to {path}").format(path=path))


def _to_printer(wanted: Wanted, paper: str, printer: str, outcome: Outcome) -> None:
    for name, number in _papers(outcome, paper):
        made = _made(name, number, wanted, printed=True)
        deliver(printer, made, number)


def deliver(printer: str, made: Paper, title: str) -> None:
    """Hand a paper to a printer: its own bytes, or a PDF for a laser printer."""
    from kac.cli import printers

    form = "pdf" if made.sheet.kind == "laser" else "bytes"
    printers.send(printer, _bytes(made, form, title), title, raw=form == "bytes")
    err(_("{number} was handed to the printer {printer}").format(number=title, printer=printer))


def _made(name: str, number: str, wanted: Wanted, *, printed: bool = False) -> Paper:
    from kac.documents import library

    sheet = _sheet(wanted, name, printed=printed)
    copies = wanted.copies or configfile.value(f"print.profiles.{sheet.name}.copies")
    each = copies == "each" if copies else sheet.kind != "matrix"
    with reading_ledger() as reader:
        return library.made(
            reader, name, number, sheet, each=each, today=setting.today(), house=_house()
        )


def _house() -> House:
    """What the config file says of the company for its papers."""
    from kac.documents.imprint import House

    return House(*(configfile.value(f"company.{key}") for key in House.__dataclass_fields__))


def _sheet(wanted: Wanted, paper: str, *, printed: bool = False) -> Sheet:
    """The sheet that was named, else the house's own, else what the paper is made for."""
    from kac.documents.library import KINDS
    from kac.documents.sheets import PROFILES as SHEETS

    named = wanted.profile or configfile.value("print.default_profile")
    if named:
        return SHEETS[named]
    laser = not printed and wanted.form in _LASER
    return KINDS[paper or "slip"].sheet(laser=laser)


def text_of(paper: Paper) -> str:
    """A paper as lines for the screen; what it cannot say is told."""
    from kac.documents import outputs

    warn_unprintable(paper)
    return outputs.text(paper, page_break="\n")


def _bytes(paper: Paper, form: str, title: str) -> bytes:
    from kac.documents import outputs, pdf, web

    warn_unprintable(paper)
    if form == "html":
        return web.html(paper, title=title).encode()
    if form == "pdf":
        return pdf.pdf(paper, title=title, font=configfile.value("print.font"))
    return outputs.job(paper) if form == "bytes" else outputs.text(paper).encode()


def warn_unprintable(paper: Paper) -> None:
    """Say which characters no printer of the desk has."""
    if paper.unprintable:
        err(
            _("printed as 〓, since printers lack them: {characters}").format(
                characters=" ".join(paper.unprintable)
            )
        )
