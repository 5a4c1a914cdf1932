"""`kac print`: any document on any sheet, to the screen, a file or a printer; and a test page."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kac.cli import configfile, papers
from kac.cli.lazy import Noun
from kac.cli.onlooker import speaker
from kac.cli.options import Writing, choice_option, examples, writing
from kac.cli.papers import Wanted
from kac.core.errors import BadInput, NotFound, UsageError
from kac.core.i18n import _
from kac.core.text import folded

if TYPE_CHECKING:
    from kac.db.work import Outcome, Work

app = Noun(single=True)

# The verb that prints each paper and writes its custody.
_ACTIONS = {
    "order_form": "forms",
    "quotation": "quotations",
    "receipt": "payments",
    "security_receipt": "securities",
    "refund_slip": "refunds",
    "return_slip": "returns",
    "slip": "dispatch",
    "contract": "contracts",
    "guarantee": "guarantees",
    "iou": "ious",
    "card_receipt": "card_sales",
    "settlement": "settlement_days",
    "statement": "statements",
    "dunning": "receivables",
    "order_table": "tabulations",
}
PAPERS = (
    "order_form",
    "picking_list",
    "box_label",
    "delivery_note",
    "void_notice",
    "quotation",
    "quotation_internal",
)
_TEST = "test"


def print_(asked: Writing, documents: list[str], paper: str, reprint: str, **how: Any) -> None:
    """Print documents, or a test page."""
    wanted = Wanted(**how)
    if [folded(each) for each in documents] == [_TEST]:
        _print_test(asked, wanted)
        return
    if len(documents) > 1 and wanted.output is not None:
        raise UsageError(_("-o takes one document at a time"), code="E-PRN-008")
    from kac.documents.library import OF

    documents = [_number(each) for each in documents]
    known = [(each, OF[_kind(each)]) for each in documents]
    names = [_name(each, of, paper) for each, of in known]
    if len(set(names)) > 1 and wanted.to == "printer":
        raise UsageError(_("one kind of paper at a time goes to a printer"), code="E-PRN-008")

    def act(work: Work) -> Outcome:
        outcomes = [
            _printed(work, each, name, reprint) for each, name in zip(documents, names, strict=True)
        ]
        return outcomes[0] if len(outcomes) == 1 else _together(outcomes)

    typed = {"documents": documents, "paper": paper, "reprint": reprint}
    papers.printed(asked, "print", act, typed, wanted, names[0] if len(documents) == 1 else paper)


papers.signed(
    print_,
    [
        inspect.Parameter(
            "documents",
            inspect.Parameter.KEYWORD_ONLY,
            annotation=Annotated[
                list[str],
                typer.Argument(metavar="DOCUMENT…", help=_("numbers, or test for a test page")),
            ],
        ),
        inspect.Parameter(
            "paper",
            inspect.Parameter.KEYWORD_ONLY,
            default="",
            annotation=Annotated[
                Any, choice_option("--paper", of=PAPERS, help=_("which of its papers"))
            ],
        ),
        *papers.options(),
    ],
)
app.command(
    help=_("Print documents by number: forms, slips, receipts, labels, letters; or a test page."),
    epilog=examples(
        "kac print SH20261120-0001 --profile a5 --to html",
        "kac print DD20261120-0003 --paper picking_list",
        "kac print test --profile th80",
    ),
)(writing(print_))


def _number(reference: str) -> str:
    """A reference as it was typed; `@` is the last document of the speaker that has a paper."""
    if reference != "@":
        return reference
    from kac.cli.counter import reading_ledger
    from kac.db.references import last_of
    from kac.documents.library import OF

    with reading_ledger() as reader:
        return last_of(reader, tuple(OF), speaker(reader))


def _kind(reference: str) -> str:
    """The first letters of a number, which say what it belongs to."""
    from kac.documents.library import OF

    kind = folded(reference).upper()[:2]
    if kind in OF:
        return kind
    raise NotFound(
        _("{reference}: no document that is printed has such a number").format(reference=reference),
        code="E-REF-001",
        cause=[_("numbers begin with: {kinds}").format(kinds=", ".join(OF))],
    )


def _name(reference: str, of: tuple[str, ...], paper: str) -> str:
    if not paper:
        return of[0]
    if paper not in of:
        raise BadInput(
            _("{reference} has no such paper").format(reference=reference),
            code="E-PRN-007",
            cause=[_("its papers: {names}").format(names=", ".join(of))],
        )
    return paper


def _printed(work: Work, reference: str, name: str, reprint: str) -> Outcome:
    if name in _ACTIONS:
        actions = import_module(f"kac.desk.{_ACTIONS[name]}.actions")
        extra = {"internal": False} if name == "quotation" else {}
        return actions.print_(work, reference, reason=reprint, **extra)  # type: ignore[no-any-return]
    if name == "quotation_internal":
        from kac.desk.quotations import actions as quotations

        return quotations.print_(work, reference, internal=True, reason=reprint)
    if name == "delivery_note":
        from kac.desk.dispatch import notes

        return notes.print_(work, reference, reason=reprint)
    noun = "dispatch" if _kind(reference) == "SH" else "forms"
    actions = import_module(f"kac.desk.{noun}.actions")
    return actions.print_working(work, reference, name, reprint)  # type: ignore[no-any-return]


def _together(outcomes: list[Outcome]) -> Outcome:
    """Several papers printed in one act."""
    from kac.db.work import Outcome

    documents = [outcome.document for outcome in outcomes]
    says = tuple(sentence for outcome in outcomes for sentence in outcome.says)
    return Outcome({**documents[0], "documents": documents}, says)


def _print_test(asked: Writing, wanted: Wanted) -> None:
    """A page that belongs to no document and is written nowhere in the ledger."""
    from kac.cli import printers
    from kac.cli.show import err, out
    from kac.documents import test_page
    from kac.documents.sheets import PROFILES

    name = wanted.profile or configfile.value("print.default_profile") or "dm2"
    sheet = PROFILES[name]
    printer = printers.ready(sheet.kind, name) if wanted.to == "printer" else ""
    made = test_page.compose(sheet)
    if asked.dry_run:
        err(_("this was a dry run: nothing was written"))
        return
    if printer:
        papers.deliver(printer, made, _TEST)
    elif path := papers.path_of(wanted, f"kac-test-{name}"):
        papers.to_file(path, made, wanted.form, _TEST)
    if asked.json:
        from kac.cli.sheets import json_text

        out(json_text({"number": _TEST, "state": "printed", "profile": name}))
    elif not printer and not papers.path_of(wanted, _TEST):
        out(papers.text_of(made).rstrip("\n"))
