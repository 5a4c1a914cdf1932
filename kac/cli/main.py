"""The front door: from what was typed to an exit code, with the one place that tells errors."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import NoReturn

from kac.cli import setting
from kac.cli.hoist import hoist, language_said, wants_json
from kac.core import i18n
from kac.core.calendar import system_now
from kac.core.errors import EnvironmentTrouble, Exit, KacError, UsageError
from kac.core.i18n import _
from kac.core.text import shown


def run() -> NoReturn:
    """`kac` as a process: collects no garbage, leaves nothing readable, and is gone at once."""
    gc.disable()
    if hasattr(os, "umask"):
        os.umask(0o077)
    _hold_closed_streams()
    _ready_streams()
    code = main(sys.argv[1:])
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            # The reader went away; main() has told what that means for the exit code.
            continue
    os._exit(code)


def main(
    argv: Sequence[str], now: datetime | None = None, repeat: setting.Repeat | None = None
) -> int:
    """Run one command and return its exit code; errors are told on stderr here and only here."""
    as_json = wants_json(argv)
    completing = list(argv[:1]) == ["__complete"]
    chosen = setting.Setting(argv=tuple(argv))
    i18n.speak(i18n.preferred_language(language_said(argv) or None) or "en")
    try:
        chosen, rest = hoist(argv, now or system_now(), repeat)
        with setting.using(chosen), _connections(rest):
            _choose_language(chosen, rest)
            code = _dispatch(rest)
            sys.stdout.flush()
            return code
    except KacError as trouble:
        if not completing:
            with setting.using(chosen):
                _tell(trouble, as_json)
        return int(trouble.exit)
    except BrokenPipeError:
        return int(Exit.DONE)
    except KeyboardInterrupt:
        return _interrupted()
    except OSError as trouble:
        said = _("the system refused: {trouble}").format(trouble=trouble)
        refusal = EnvironmentTrouble(said, code="E-ENV-022", fix=["kac doctor"])
        _tell(refusal, as_json)
        return int(refusal.exit)
    except Exception as trouble:
        return _internal(trouble, as_json, chosen.debug)


def _dispatch(words: list[str]) -> int:
    if not words:
        from kac.cli import front

        front.page()
        return int(Exit.DONE)
    if words == ["--version"]:
        from kac import __version__

        sys.stdout.write(f"kac {__version__}\n")
        return int(Exit.DONE)
    if words[0] == "__complete":
        from kac.cli import completion

        completion.answer(words[1:])
        return int(Exit.DONE)
    return _call(words)


def _call(words: list[str]) -> int:
    import typer

    from kac.cli import lazy, usage

    try:
        result = lazy.root().main(words, prog_name="kac", complete_var="", standalone_mode=False)
    except typer.TyperException as trouble:
        raise usage.explained(trouble) from trouble
    except typer.Abort as trouble:
        raise KeyboardInterrupt from trouble
    if result == Exit.INTERRUPTED:
        return _interrupted()
    return result if isinstance(result, int) else int(Exit.DONE)


@contextmanager
def _connections(words: list[str]) -> Iterator[None]:
    """One connection to read and one to write for the whole command: each reads the schema once."""
    if _is_about_kac(words):
        yield
        return
    _be_patient()
    from kac.db.kept import keeping

    with keeping(many=False):
        yield


def _be_patient() -> None:
    """Wait for others as long as the config file says."""
    from kac.cli.places import config

    if said := config("db", "busy_timeout_ms"):
        from kac.db import patience

        patience.wait(int(said) / 1000)


def _choose_language(chosen: setting.Setting, words: list[str]) -> None:
    from kac.cli.places import config

    wanted = chosen.lang or os.environ.get("KAC_LANG") or config("ui", "lang")
    if wanted and not i18n.is_spoken(wanted):
        raise UsageError(
            _("kac does not speak {language}").format(language=wanted),
            code="E-CLI-005",
            cause=[_("one of: {words}").format(words=", ".join(i18n.LANGUAGES))],
        )
    language = i18n.preferred_language(wanted or None)
    if language is None and not _is_about_kac(words):
        from kac.cli.places import ledger_path
        from kac.db.info import language_of

        language = language_of(ledger_path())
    i18n.speak(language or "en")
    if i18n.language() != "en":
        _teach_typer()


def _is_about_kac(words: list[str]) -> bool:
    """Whether the command is answered without any ledger."""
    return not {"-h", "--help", "--version"}.isdisjoint(words) or words[:1] == ["completion"]


def _teach_typer() -> None:
    """Typer asks the standard library's default catalogue for its own words."""
    import gettext

    gettext.bindtextdomain("kac", str(i18n.LOCALE_DIR))
    gettext.textdomain("kac")
    os.environ["LANGUAGE"] = i18n.language()


def _hold_closed_streams() -> None:
    """Keep the numbers of closed streams from files of ours; writing to them fails, as it must."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            opened = os.open(os.devnull, os.O_RDONLY)
            if opened != number:
                os.dup2(opened, number)
                os.close(opened)
            setattr(sys, name, os.fdopen(number, "w" if number else "r"))


def _ready_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        is_screen = stream.isatty()
        stream.reconfigure(  # type: ignore[union-attr]
            encoding=None if is_screen else "utf-8", errors="backslashreplace"
        )


def _tell(trouble: KacError, as_json: bool) -> None:
    if as_json:
        _stderr(json.dumps(trouble.as_dict(), ensure_ascii=True))
        return
    if trouble.fix:
        from kac.cli import rights

        trouble.fix = tuple(rights.pasteable(command) for command in trouble.fix)
    _stderr("\n".join(shown(line) for line in trouble.as_text().split("\n")))


def _interrupted() -> int:
    _stderr(_("interrupted; what was under way is found with: kac retry --list"))
    return int(Exit.INTERRUPTED)


def _internal(trouble: Exception, as_json: bool, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exception(trouble)
    first = str(trouble).strip().split("\n")[0]
    error = KacError(
        _("internal error: {trouble}").format(trouble=first or _("an assumption does not hold")),
        cause=[_("at {place}").format(place=_place(trouble))],
        fix=[_("repeat it with --debug and report what it prints")],
    )
    _tell(error, as_json)
    return int(error.exit)


def _place(trouble: Exception) -> str:
    """The innermost line of kac that the error came through."""
    place = "kac"
    frame = trouble.__traceback__
    while frame is not None:
        file = frame.tb_frame.f_code.co_filename
        if f"{os.sep}kac{os.sep}" in file:
            place = f"kac{os.sep}{file.rpartition(f'{os.sep}kac{os.sep}')[2]}:{frame.tb_lineno}"
        frame = frame.tb_next
    return place


def _stderr(text: str) -> None:
    try:
        sys.stderr.write(text + "\n")
        sys.stderr.flush()
    except OSError:
        # Nobody reads stderr: the exit code alone has to tell.
        return
