"""Usage errors in the clerk's language: what typer says, told as kac tells it."""

from __future__ import annotations

import re
from typing import Any

import typer

from kac.core import i18n
from kac.core.errors import InputNeeded, KacError, UsageError
from kac.core.i18n import _

_EXTRA = r"unexpected extra argument\(s\) \((.*)\)$"


def explained(trouble: typer.TyperException) -> KacError:
    """Typer's error as one of ours. Its classes are private; what they carry tells them apart."""
    if hasattr(trouble, "possibilities"):
        return _no_such_option(trouble)
    if hasattr(trouble, "param_type"):
        return _missing(trouble)
    if isinstance(trouble, typer.BadParameter):
        return UsageError(
            _("{name}: this is not understood").format(name=_name(trouble)),
            code="E-CLI-005",
            cause=[trouble.message],
            fix=_help(trouble),
        )
    if option := getattr(trouble, "option_name", ""):
        return _wrong_use(option, trouble)
    if extra := re.search(_EXTRA, trouble.message):
        return UsageError(
            _("too much was typed: {words}").format(words=extra[1]),
            code="E-CLI-009",
            fix=_help(trouble),
        )
    return UsageError(
        _("this command is not understood"),
        code="E-CLI-001",
        cause=[trouble.format_message()] if i18n.language() == "en" else [],
        fix=_help(trouble),
    )


def _wrong_use(option: str, trouble: Any) -> UsageError:
    takes_none = "does not take" in trouble.message
    said = _("{option} takes no value") if takes_none else _("{option} needs a value")
    return UsageError(said.format(option=option), code="E-CLI-003", fix=_help(trouble))


def _no_such_option(trouble: Any) -> UsageError:
    near = trouble.possibilities or []
    return UsageError(
        _("there is no option {option} here").format(option=trouble.option_name),
        code="E-CLI-004",
        cause=[_("did you mean: {names}").format(names=", ".join(near))] if near else [],
        fix=_help(trouble),
    )


def _missing(trouble: Any) -> KacError:
    """A missing option is exit 10 and named; a missing argument is a command typed wrong."""
    name = _name(trouble)
    if getattr(trouble.param, "param_type_name", "") == "option":
        from kac.cli import rights

        rights.refuse_early(trouble.ctx.command_path if trouble.ctx else "")
        return InputNeeded(
            _("{option} is missing").format(option=name), fix=_help(trouble), refs={"option": name}
        )
    return UsageError(
        _("{argument} is missing").format(argument=name), code="E-CLI-008", fix=_help(trouble)
    )


def _name(trouble: Any) -> str:
    param = getattr(trouble, "param", None)
    if param is None:
        return "kac"
    if param.param_type_name == "option":
        return str(max(param.opts, key=len))
    return str(param.make_metavar(trouble.ctx) if trouble.ctx else param.name.upper())


def _help(trouble: Any) -> list[str]:
    ctx = getattr(trouble, "ctx", None)
    return [f"{ctx.command_path if ctx else 'kac'} --help"]
