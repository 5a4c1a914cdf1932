"""The clerk's shell: commands without `kac`, one transaction each, until the clerk leaves.

No command ends it. What fails is told by the front door, and the next begins anew.
"""

from __future__ import annotations

import os
import threading
from dataclasses import replace
from datetime import timedelta

import typer

from kac import __version__
from kac.cli import configfile, session, setting, show
from kac.cli.hoist import hoist
from kac.cli.lazy import understood
from kac.cli.places import ledger_path
from kac.cli.registry import canonical
from kac.cli.shelling import commands, lock, suggest, taking
from kac.cli.shelling.asking import Clerk, Gone
from kac.cli.shelling.history import History
from kac.cli.shelling.standing import Standing
from kac.core.calendar import system_now
from kac.core.errors import KacError, UsageError
from kac.core.i18n import N_, _
from kac.db import info
from kac.db.reader import reading

OWN = {
    "enter": N_("Take an order line by line, or go on with a draft: enter ORDER"),
    "lock": N_("Lock the desk until your PIN is typed"),
    "help": N_("All commands, or one of them: help order new"),
    "exit": N_("Leave the shell"),
    "quit": N_("Leave the shell"),
}
_is_open = False


def work() -> None:
    """Answer the clerk until they leave."""
    global _is_open
    if _is_open:
        raise UsageError(_("you are in the shell already"), code="E-CLI-025")
    _is_open = True
    try:
        with commands.warm(), setting.using(_logged_in()):
            _Shell().run()
    finally:
        _is_open = False


class _Shell:
    def __init__(self) -> None:
        self.standing = Standing()
        self.clerk = Clerk(History(OWN), _idle(), self._unlock)
        self.over = False

    def run(self) -> None:
        """Greet, then ask and answer."""
        threading.Thread(target=_warm_up, daemon=True).start()
        show.out(
            _("kac {version}: help shows all commands, exit leaves").format(version=__version__)
        )
        try:
            while not self.over:
                self._step()
        except Gone:
            show.out(_("left while locked; your session is ended"))

    def _step(self) -> None:
        try:
            typed = self.clerk.ask(self._question(), self._suggested, command=True)
        except EOFError:
            self._leave()
            return
        try:
            self._do(typed)
        except KacError as trouble:
            show.err(trouble.as_text())
        except KeyboardInterrupt:
            show.err(_("interrupted"))

    def _question(self) -> str:
        try:
            with setting.using(setting.now()):
                return self.standing.question()
        except KacError as trouble:
            show.err(trouble.as_text())
            return "kac> "

    def _suggested(self, before: str) -> list[suggest.Suggestion]:
        return suggest.command_line(before, [(name, _(says)) for name, says in OWN.items()])

    def _do(self, typed: str) -> None:
        words = commands.split(typed)
        if not words:
            return
        if words[0] in ("exit", "quit"):
            self._leave()
        elif words[0] == "help":
            self._help(words[1:])
        elif words[0] == "lock":
            self._lock()
        elif words[0] == "enter":
            self._enter(words)
        elif not self._took_order(words):
            commands.typed(words)

    def _enter(self, words: list[str]) -> None:
        if len(words) == 2:
            taking.take_up(self.clerk, words[1])
        elif not self._took_order(["order", "new", *words[1:]]):
            commands.typed(["order", "new", "--help"])

    def _took_order(self, words: list[str]) -> bool:
        """Whether the words open the order loop: an order without lines, an edit of nothing."""
        said, rest = hoist(words, system_now())
        if len(rest) < 2 or canonical(rest[0]) != "order":
            return False
        typed = understood("order", rest[1], rest[2:])
        if typed is None or any(typed.get(name) for name in ("as_json", "quiet", "dry_run")):
            return False
        with setting.using(_over(setting.current(), said)):
            if rest[1] == "new" and not any(typed[name] for name in ("line", "gift", "from_file")):
                taking.take_new(self.clerk, rest[2:], typed)
                return True
            if rest[1] == "edit" and not any(typed[name] for name in typed if name != "order"):
                taking.take_up(self.clerk, typed["order"])
                return True
        return False

    def _help(self, words: list[str]) -> None:
        commands.typed(["help", *words] if words else ["--help"])
        if not words:
            show.out("\n".join(["", *(f"  {name:<8}{_(says)}" for name, says in OWN.items())]))

    def _leave(self) -> None:
        """Leave; ask before that where a draft of this session was not submitted."""
        drafts = self.standing.drafts()
        if not drafts:
            self.over = True
            return
        question = _("{numbers}: still a draft. Leave all the same? (y/n) ")
        try:
            answer = self.clerk.ask(question.format(numbers=", ".join(drafts)), suggest.nothing)
        except EOFError:
            answer = "y"
        self.over = answer.lower() in taking.YES

    def _lock(self) -> None:
        if not self.standing.has_pin():
            raise UsageError(
                _("there is nothing to lock: nobody is logged in, or the ledger asks for no PIN"),
                code="E-CLI-026",
            )
        self.clerk.lock()

    def _unlock(self) -> None:
        if self.standing.has_pin():
            lock.until_opened(self.standing.operator)


def _logged_in() -> setting.Setting:
    """What was said for the whole program; on a real ledger the PIN is asked for once, here."""
    said = setting.current()
    name = setting.named()
    with reading(ledger_path()) as reader:
        if info.of(reader).training or not name:
            return said
        known = session.logged_in(reader, ledger_path())
    if known != name and (code := commands.typed(["login", name])):
        raise typer.Exit(code)
    # From here on the session says who acts; a name would ask for the PIN with every command.
    os.environ.pop("KAC_USER", None)
    return replace(said, staff="")


def _over(said: setting.Setting, typed: setting.Setting) -> setting.Setting:
    """What was said for the whole program, with what one line says otherwise."""
    return replace(
        said, db=typed.db or said.db, staff=typed.staff or said.staff, lenient=typed.lenient
    )


def _idle() -> timedelta | None:
    """How long the keyboard may rest before the desk locks; None for ever."""
    from kac.cli.wishes import WISHES

    minutes = int(configfile.value("ui.idle_lock") or WISHES["ui.idle_lock"].default)
    return timedelta(minutes=minutes) if minutes else None


def _warm_up() -> None:
    """Load what the first writing command needs while the clerk still reads the prompt."""
    import sqlalchemy.orm

    import kac.desk.orders.actions
    import kac.desk.orders.tables  # noqa: F401

    sqlalchemy.orm.configure_mappers()
