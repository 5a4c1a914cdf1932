"""The options that all commands share, as two decorators, and what is typed for days and money."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from kac.cli import rights, setting
from kac.core.calendar import parse_day
from kac.core.errors import BadInput, Exit, InputNeeded, KacError, UsageError
from kac.core.i18n import _, ngettext
from kac.core.money import Money, parse_money, parse_rate
from kac.core.values import dataclass

FORMATS = ("table", "plain", "csv", "json", "ndjson", "md", "xlsx")
ENCODINGS = ("utf-8-sig", "utf-8", "gb18030")
_LONGEST_ID = 64


class Declined(KacError):
    """The clerk was asked, and said no."""

    exit = Exit.INTERRUPTED
    code = "E-CLI-011"


@dataclass(frozen=True, slots=True)
class Reading:
    """How the result of a reading command is wanted."""

    format: str = ""
    output: Path | None = None
    columns: tuple[str, ...] = ()
    sort: str = ""
    limit: int | None = None
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Writing:
    """How a writing command is to be carried out; `typed_on` is the day only where it was typed."""

    json: bool = False
    quiet: bool = False
    dry_run: bool = False
    typed_on: date | None = None
    note: str = ""
    request_id: str = ""
    yes: bool = False

    @property
    def on(self) -> date:
        """The business day of the command."""
        return self.typed_on or setting.today()


def day(written: str) -> date:
    """A day as it is typed; named for what help shows in its place."""
    return parse_day(written, setting.today())


def money(written: str) -> Money:
    """An amount as it is typed; named for what help shows in its place."""
    return parse_money(written)


def count(written: str) -> int:
    """A whole number of at least one, as it is typed."""
    if not (written.isascii() and written.isdigit() and int(written) > 0):
        raise UsageError(
            _('"{written}" is not a whole number above 0').format(written=written),
            code="E-CLI-005",
        )
    return int(written)


def day_option(*names: str, help: str) -> Any:
    """An option that takes a day: `Annotated[Any, day_option("--need-by", help=…)] = None`."""
    return typer.Option(*names, parser=day, metavar="DAY", help=help)


def money_option(*names: str, help: str) -> Any:
    """An option that takes an amount: `Annotated[Any, money_option("--amount", help=…)] = None`."""
    return typer.Option(*names, parser=money, metavar="YUAN", help=help)


def rate(written: str) -> int:
    """A rate in per cent as it is typed, in basis points: `3`, `2.5`, `3%`."""
    return parse_rate(written)


def rate_option(*names: str, help: str) -> Any:
    """An option that takes per cent: `Annotated[Any, rate_option("--rate", help=…)] = None`."""
    return typer.Option(*names, parser=rate, metavar="PERCENT", help=help)


def count_option(*names: str, help: str) -> Any:
    """An option that takes a whole number: `Annotated[Any, count_option("--days", …)] = None`."""
    return typer.Option(*names, parser=count, metavar="N", help=help)


def choice_option(*names: str, of: tuple[str, ...], help: str) -> Any:
    """An option that takes one of a few words."""
    return typer.Option(*names, parser=one_of(*of), metavar="|".join(of), help=help)


def one_of(*words: str) -> Callable[[str], str]:
    """A parser that takes one of a few words and refuses the rest with exit 2."""

    def word(written: str) -> str:
        if written in words or written == "":
            return written
        raise UsageError(
            _('"{written}" is not one of: {words}').format(written=written, words=", ".join(words)),
            code="E-CLI-005",
        )

    return word


def needed(value: Any, option: str, question: str) -> Any:
    """A value that must be there: as given, else asked for on a terminal, else exit 10.

    What is asked for, or missing, is told to those alone who may do the command.
    """
    return needed_all((value, option, question))[0]


def needed_all(*wanted: tuple[Any, str, str]) -> list[Any]:
    """Values that must all be there, each (as given, option, question); what lacks is told at once.

    Prefer it to several `needed`, each of which names one option only.
    """
    lacking = {option: question for value, option, question in wanted if value in (None, "")}
    if lacking:
        rights.refuse_early()
    if lacking and not setting.may_ask():
        raise _lacking(lacking)
    return [
        typer.prompt(question, err=True) if option in lacking else value
        for value, option, question in wanted
    ]


def _lacking(questions: dict[str, str]) -> InputNeeded:
    message = ngettext(
        "{option} is missing, and nobody is there to be asked",
        "{option} are missing, and nobody is there to be asked",
        len(questions),
    )
    return InputNeeded(
        message.format(option=", ".join(questions)),
        cause=list(questions.values()),
        refs={"option": ", ".join(questions)},
    )


def change_named(named: Any, example: str) -> None:
    """Pass when a command that changes something names what; those alone who may are told."""
    if not named:
        rights.refuse_early()
        raise InputNeeded(_("nothing to change was named"), fix=[example])


def confirmed(asked: Writing, question: str) -> None:
    """Pass when the clerk says yes, or said `--yes`; without a terminal `--yes` is needed."""
    if asked.yes or asked.dry_run:
        return
    rights.refuse_early()
    if not setting.may_ask():
        raise InputNeeded(
            _("this needs a yes: repeat it with --yes"), cause=[question], refs={"option": "--yes"}
        )
    if not typer.confirm(question, err=True):
        raise Declined(_("not done; nothing was written"))


def confirm_option() -> Any:
    """`--confirm NUMBER` of an act that is hard to take back."""
    return typer.Option("--confirm", metavar="NUMBER", help=_("the number typed out, for scripts"))


def typed_out(asked: Writing, number: str, named: str, confirm: str, question: str) -> None:
    """Pass when the number of what is hard to take back was typed out; `--yes` is no answer here.

    On a terminal the clerk types it. Where nobody can be asked, `--confirm` carries it, or the
    command itself does: one that names the document whole (`named`) means that document.
    """
    if asked.dry_run:
        return
    rights.refuse_early()
    if not confirm and setting.may_ask():
        confirm = typer.prompt(f"{question} {_('Type {number}').format(number=number)}", err=True)
        if confirm.strip().upper() != number.upper():
            raise Declined(_("not done; nothing was written"))
    if (confirm or named).strip().upper() == number.upper():
        return
    if confirm:
        raise UsageError(
            _("{typed} was confirmed, but this is about {number}").format(
                typed=confirm, number=number
            ),
            code="E-CLI-026",
        )
    raise InputNeeded(
        _("this needs the number typed out: --confirm {number}").format(number=number),
        cause=[question],
        refs={"option": "--confirm"},
    )


def one_flag(flags: dict[str, bool]) -> str:
    """The one flag that was given; UsageError where none or several were."""
    chosen = [name for name, given in flags.items() if given]
    if len(chosen) != 1:
        raise UsageError(
            _("say one of: {flags}").format(flags=", ".join(f"--{name}" for name in flags)),
            code="E-CLI-013",
        )
    return chosen[0]


def examples(*lines: str) -> str:
    """Example commands as the foot of a help page; never wrapped."""
    return "\b\n" + "\n".join([_("Examples:"), *(f"  {line}" for line in lines)])


def reading(command: Callable[..., None]) -> Callable[..., None]:
    """Give a reading command its shared options; it gets them as its first value, `asked`."""
    command.shares = _reading_options, _asked_to_read  # type: ignore[attr-defined]
    return command


def writing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a writing command its shared options; it gets them as its first value, `asked`."""
    command.shares = _writing_options, _asked_to_write  # type: ignore[attr-defined]
    return command


def with_shared(command: Callable[..., None]) -> Callable[..., None]:
    """A command with the options that it shares, as typer sees it once its turn has come."""
    shares = getattr(command, "shares", None)
    return _sharing(command, shares[0](), shares[1]) if shares else command


def _sharing(
    command: Callable[..., None],
    shared: list[inspect.Parameter],
    gather: Callable[[dict[str, Any]], Any],
) -> Callable[..., None]:
    names = [parameter.name for parameter in shared]
    _asked, *own = inspect.signature(command, eval_str=True).parameters.values()
    own = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in own]

    def wrapped(**values: Any) -> None:
        asked = gather({name: values.pop(name) for name in names})
        command(asked, **values)

    wrapped.__name__ = command.__name__
    wrapped.__doc__ = command.__doc__
    wrapped.__module__ = command.__module__
    parameters = [*own, *shared]
    wrapped.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    wrapped.__annotations__ = {each.name: each.annotation for each in parameters}
    return wrapped


def _shared(name: str, annotation: Any, option: Any, default: Any) -> inspect.Parameter:
    return inspect.Parameter(
        name,
        inspect.Parameter.KEYWORD_ONLY,
        default=default,
        annotation=Annotated[annotation, option],
    )


def _reading_options() -> list[inspect.Parameter]:
    option = typer.Option
    return [
        _shared("as_json", bool, option("--json", help=_("JSON, for scripts")), False),
        _shared("as_csv", bool, option("--csv", help=_("CSV, for spreadsheets")), False),
        _shared("format", Any, choice_option("--format", of=FORMATS, help=_("how to show it")), ""),
        _shared(
            "output", str, option("-o", "--output", metavar="FILE", help=_("write to a file")), ""
        ),
        _shared(
            "encoding",
            Any,
            choice_option(
                "--encoding", of=ENCODINGS, help=_("of a CSV file; Excel reads the first")
            ),
            "",
        ),
        _shared(
            "columns", str, option("--columns", metavar="A,B", help=_("only these columns")), ""
        ),
        _shared(
            "sort", str, option("--sort", metavar="[-]COLUMN", help=_("order by a column")), ""
        ),
        _shared("limit", Any, count_option("--limit", help=_("at most so many rows")), None),
    ]


def _asked_to_read(values: dict[str, Any]) -> Reading:
    chosen = [name for name, is_set in _formats(values).items() if is_set]
    if len(chosen) > 1:
        raise UsageError(
            _("one format at a time, not {formats}").format(formats=", ".join(chosen)),
            code="E-CLI-006",
        )
    return Reading(
        format=chosen[0] if chosen else "",
        output=Path(values["output"]) if values["output"] else None,
        columns=tuple(name.strip() for name in values["columns"].split(",") if name.strip()),
        sort=values["sort"],
        limit=values["limit"],
        encoding=values["encoding"],
    )


def _formats(values: dict[str, Any]) -> dict[str, bool]:
    named = {"json": values["as_json"], "csv": values["as_csv"]}
    if values["format"]:
        named[values["format"]] = True
    return named


def _writing_options() -> list[inspect.Parameter]:
    option = typer.Option
    return [
        _shared("as_json", bool, option("--json", help=_("print the document as JSON")), False),
        _shared(
            "quiet", bool, option("-q", "--quiet", help=_("print the number and no more")), False
        ),
        _shared("dry_run", bool, option("--dry-run", help=_("judge it, write nothing")), False),
        _shared("on", Any, day_option("--on", help=_("business day, today unless said")), None),
        _shared("note", str, option("--note", metavar="TEXT", help=_("a note for the log")), ""),
        _shared(
            "request_id",
            str,
            option("--request-id", metavar="ID", help=_("the same id twice does the work once")),
            "",
        ),
        _shared("yes", bool, option("-y", "--yes", help=_("answer questions with yes")), False),
    ]


def _asked_to_write(values: dict[str, Any]) -> Writing:
    from kac.core.text import safe_text

    return Writing(
        json=values["as_json"],
        quiet=values["quiet"],
        dry_run=values["dry_run"],
        typed_on=values["on"],
        note=safe_text(values["note"], field=_("note"), longest=200),
        request_id=_request_id(values["request_id"]),
        yes=values["yes"],
    )


def _request_id(written: str) -> str:
    plain = written.isascii() and written.replace("-", "").replace("_", "").isalnum()
    if written and not (plain and len(written) <= _LONGEST_ID):
        raise BadInput(
            _('"{written}" is no request id').format(written=written),
            code="E-VAL-006",
            cause=[_("up to {longest} letters, digits, - and _").format(longest=_LONGEST_ID)],
        )
    return written
