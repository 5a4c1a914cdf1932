"""The command tree: a root that imports a group only when it is called, and plain help pages.

All contact with typer's inner classes is here; only its public ones are used.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from difflib import get_close_matches
from functools import cache
from inspect import getdoc
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kac.cli import registry
from kac.cli.helppage import aligned, placeholder
from kac.cli.hoist import GLOBALS
from kac.cli.options import with_shared
from kac.cli.rights import under_way
from kac.core import i18n
from kac.core.errors import Exit, KacError, UsageError
from kac.core.i18n import N_, _

HELP_NAMES = {"help_option_names": ["-h", "--help"]}
# What typer itself says on help pages, through the standard library's gettext.
TYPER_SAYS = (
    N_("Arguments"),
    N_("Options"),
    N_("Commands"),
    N_("required"),
    N_("default: {default}"),
)
_LONGEST_LINE = 200
# Names by which a module asks for words in the language spoken.
_TRANSLATES = ("_", "ngettext")
# The language of the words that modules beside the groups took when they were imported.
_helpers_speak = i18n.language()
# The commands of each group as they were built, and the language that their help speaks.
_built: dict[str, tuple[str, Any]] = {}


class Command(TyperCommand):
    """A command with a help page in the language spoken."""

    def __init__(self, *args: Any, **settings: Any) -> None:
        super().__init__(*args, **settings)
        for parameter in self.params:
            parameter.metavar = placeholder(parameter.metavar or "") or None

    def invoke(self, ctx: typer.Context) -> Any:
        """Run it; whatever is asked while it runs is asked for this command."""
        with under_way(ctx.command_path):
            return super().invoke(ctx)

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:
        """Write the whole page."""
        super().format_help(ctx, aligned(formatter))

    def format_usage(self, ctx: typer.Context, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: typer.Context) -> Any:
        """The `-h, --help` option."""
        return _translated(super().get_help_option(ctx))


class NounGroup(TyperGroup):
    """A noun with its verbs; alone it prints its help, a wrong verb brings up the right one."""

    def format_help(self, ctx: typer.Context, formatter: Any) -> None:
        """Write the whole page."""
        super().format_help(ctx, aligned(formatter))

    def parse_args(self, ctx: typer.Context, args: list[str]) -> list[str]:
        """Print the help where no verb was typed."""
        if args in ([], ["--"]) and not ctx.resilient_parsing:
            sys.stderr.write(ctx.get_help() + "\n")
            raise typer.Exit(int(Exit.USAGE))
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:
        """The verb's command, or a usage error that names the nearest."""
        if not _is_option(args[0]) and args[0] not in self.commands:
            raise no_such_command(ctx.command_path, args[0], list(self.commands))
        return super().resolve_command(ctx, args)

    def format_usage(self, ctx: typer.Context, formatter: Any) -> None:
        """Write the usage line."""
        _write_usage(self, ctx, formatter)

    def get_help_option(self, ctx: typer.Context) -> Any:
        """The `-h, --help` option."""
        return _translated(super().get_help_option(ctx))

    def format_commands(self, ctx: typer.Context, formatter: Any) -> None:
        """Write the verbs, each with its line of help; none of them is built for that."""
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, self.line_of(name)) for name in self.list_commands(ctx)])

    def line_of(self, name: str) -> str:
        """What a verb does, in one line."""
        return str(self.commands.line_of(name))  # type: ignore[attr-defined]


class Verbs(Mapping[str, Any]):
    """The verbs of a noun by name, in the order they were written; each is built when asked for."""

    def __init__(self, registered: Sequence[Any]) -> None:
        self._registered = {each.name or each.callback.__name__: each for each in registered}
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = _command(self._registered[name])
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._registered)

    def __len__(self) -> int:
        return len(self._registered)

    def line_of(self, name: str) -> str:
        """What a verb does, in one line."""
        verb = self._registered[name]
        stand_in = TyperCommand(name, help=verb.help or getdoc(verb.callback))
        return str(stand_in.get_short_help_str(_LONGEST_LINE))


class Root(NounGroup):
    """`kac` itself: knows every group by name and help, and imports the one that is called."""

    def list_commands(self, ctx: typer.Context) -> list[str]:
        """The names of all groups."""
        return list(registry.GROUPS)

    def line_of(self, name: str) -> str:
        """What a group is for, with its short names; the group itself is not imported."""
        group = registry.GROUPS[name]
        aliases = f" ({', '.join(group.aliases)})" if group.aliases else ""
        return _(group.help) + aliases

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:
        """Import the group that was called."""
        name = registry.canonical(args[0])
        if name is None:
            if _is_option(args[0]):
                return super().resolve_command(ctx, args)
            raise no_such_command("kac", args[0], [*registry.GROUPS, *registry.ALIASES])
        return name, load(name), args[1:]

    def format_options(self, ctx: typer.Context, formatter: Any) -> None:
        """Write the commands, then the options that may stand anywhere."""
        self.format_commands(ctx, formatter)
        with formatter.section(_("Options, anywhere")):
            formatter.write_dl(
                [(each.shown, _(each.help)) for each in GLOBALS]
                + [("-h, --help", _("Show this help.")), ("--version", _("Show the version."))]
            )


def _is_option(word: str) -> bool:
    return len(word) > 1 and word.startswith("-")


class Noun(typer.Typer):
    """The verbs of one noun, or one command of its own where `single`."""

    def __init__(self, help: str = "", *, single: bool = False) -> None:
        super().__init__(
            cls=NounGroup,
            help=help,
            rich_markup_mode=None,
            pretty_exceptions_enable=False,
            add_completion=False,
            context_settings=HELP_NAMES,
        )
        if not single:
            # Without a callback typer would fold a noun with one verb into that verb.
            self.callback()(lambda: None)

    def command(self, name: str | None = None, **settings: Any) -> Any:
        """Register a verb; what the function's docstring says is its help."""
        settings.setdefault("cls", Command)
        return super().command(name, **settings)


def root() -> Root:
    """The root of the command tree, its help in the language spoken now."""
    return Root(
        name="kac",
        help=_("The key-account counter: bulk orders from filing to reconciliation."),
        rich_markup_mode=None,
        context_settings=HELP_NAMES,
    )


def load(name: str) -> Any:
    """Import a group and build its commands, once; anew where the language has changed since."""
    # First: a group that was built in this language shows what its helpers say now.
    _let_helpers_speak()
    language, command = _built.get(name, ("", None))
    if language == i18n.language():
        return command
    path = registry.GROUPS[name].module
    was_there = path in sys.modules
    module = importlib.import_module(path)
    if was_there:
        module = importlib.reload(module)
    command = _built_of(module.app)
    command.name = name
    _built[name] = i18n.language(), command
    return command


def _let_helpers_speak() -> None:
    """Import anew what was put in words of another language."""
    global _helpers_speak
    if _helpers_speak == i18n.language():
        return
    groups = {group.module for group in registry.GROUPS.values()}
    beside = [name for name in sys.modules if name.startswith("kac.cli.") and name not in groups]
    # Twice, since one of them may take its words from another.
    for name in [each for each in beside if _speaks_at_import(each)] * 2:
        importlib.reload(sys.modules[name])
    _helpers_speak = i18n.language()


@cache
def _speaks_at_import(name: str) -> bool:
    """Whether a module asks for words while it is imported: titles, options of several verbs."""
    import dis

    spec = sys.modules[name].__spec__
    get_code: Any = getattr(spec.loader if spec else None, "get_code", None)
    code = get_code(name) if get_code else None
    return code is not None and any(
        each.opname == "LOAD_NAME" and each.argval in _TRANSLATES
        for each in dis.get_instructions(code)
    )


def _built_of(noun: Noun) -> Any:
    """The command of a noun; its verbs are built one by one, when they are called."""
    if noun.registered_callback is None:
        return _command(noun.registered_commands[0])
    without_verbs = copy(noun)
    without_verbs.registered_commands = []
    group = typer.main.get_command(without_verbs)
    group.commands = Verbs(noun.registered_commands)  # type: ignore[attr-defined]
    return group


def _command(registered: Any) -> Any:
    complete = copy(registered)
    complete.callback = with_shared(registered.callback)
    alone = Noun(single=True)
    alone.registered_commands.append(complete)
    return typer.main.get_command(alone)


def understood(name: str, verb: str, words: list[str]) -> dict[str, Any] | None:
    """What is meant by the words after a verb, by parameter, without running it.

    None where they ask for help or cannot be understood: the command itself says so when it runs.
    """
    command = load(name).commands.get(verb)
    if command is None or not {"-h", "--help"}.isdisjoint(words):
        return None
    try:
        with command.make_context(verb, list(words)) as context:
            return dict(context.params)
    except (typer.TyperException, KacError):
        return None


def no_such_command(path: str, typed: str, known: list[str]) -> UsageError:
    """The usage error for a command that there is not, with the one that was meant."""
    near = get_close_matches(typed, known, n=3)
    return UsageError(
        _('there is no command "{typed}" in {path}').format(typed=typed, path=path),
        code="E-CLI-002",
        cause=[_("did you mean: {names}").format(names=", ".join(near))] if near else [],
        fix=[f"{path} {near[0]}" if near else f"{path} --help"],
    )


def _write_usage(command: Any, ctx: typer.Context, formatter: Any) -> None:
    pieces = placeholder(" ".join(command.collect_usage_pieces(ctx)))
    formatter.write_usage(ctx.command_path, pieces, prefix=_("Usage:") + " ")


def _translated(option: Any) -> Any:
    if option is not None:
        option.help = _("Show this help.")
    return option
