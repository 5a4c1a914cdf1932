"""Whether nested data has the shape of a dataclass: every departure by its dotted key.

Plain dictionaries in a dataclass stand for dataclasses too; `rows` names those by dotted key.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from typing import Any

from kac.core.dotted import spelled
from kac.core.i18n import N_, _
from kac.core.text import is_harmful

Rows = Mapping[str, type[Any]]
Misfit = tuple[str, str]

_NAMES = {
    str: N_("a text"),
    int: N_("a whole number"),
    bool: N_("true or false"),
    list: N_("a list"),
    dict: N_("a table"),
}


def misfits(value: Any, kind: Any, key: str, rows: Rows) -> Iterator[Misfit]:
    """(key, what is wrong): unknown and missing keys, values of another type."""
    kind = meant(key, kind, rows)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        yield from _of_fields(value, kind, key, rows)
    elif origin is tuple:
        yield from _of_list(value, arguments[0], key, rows)
    elif origin is dict:
        yield from _of_table(value, arguments[1], key, rows)
    elif origin is types.UnionType:
        one = next(each for each in arguments if each is not type(None))
        yield from misfits(value, one, key, rows)
    elif type(value) is not kind:
        yield _must_be(key, kind)
    elif kind is str and any(map(is_harmful, value)):
        yield key, _("holds a character that cannot be printed")


def meant(key: str, kind: Any, rows: Rows) -> Any:
    """The kind that a key really has, where a plain dictionary stands for a dataclass."""
    row = rows.get(key)
    if row is None:
        return kind
    return tuple[row, ...] if typing.get_origin(kind) is tuple else row  # type: ignore[valid-type]


def ordered(value: Any, kind: Any, key: str, rows: Rows) -> Any:
    """The same data with the keys of every table as its dataclass defines them."""
    kind = meant(key, kind, rows)
    arguments = typing.get_args(kind)
    if isinstance(value, list):
        inner = arguments[0] if arguments else None
        return [ordered(each, inner, "", rows) for each in value]
    if not isinstance(value, Mapping):
        return value
    if is_dataclass(kind):
        hints = typing.get_type_hints(kind)
        names = dict.fromkeys([*(name for name in hints if name in value), *value])
        return {name: ordered(value[name], hints.get(name), _in(key, name), rows) for name in names}
    inner = arguments[1] if typing.get_origin(kind) is dict else None
    return {name: ordered(value[name], inner, "", rows) for name in sorted(value)}


def _in(key: str, name: str) -> str:
    return f"{key}.{spelled(name)}" if key else spelled(name)


def _of_fields(value: Any, kind: Any, key: str, rows: Rows) -> Iterator[Misfit]:
    if not isinstance(value, Mapping):
        yield _must_be(key, dict)
        return
    hints = typing.get_type_hints(kind)
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    for name in sorted(value.keys() - hints.keys()):
        yield _in(key, name), _("no such key is known")
    for name in sorted(needed - value.keys()):
        yield _in(key, name), _("is missing")
    for name, hint in hints.items():
        if name in value:
            yield from misfits(value[name], hint, _in(key, name), rows)


def _of_list(value: Any, kind: Any, key: str, rows: Rows) -> Iterator[Misfit]:
    if not isinstance(value, list | tuple):
        yield _must_be(key, list)
        return
    for place, each in enumerate(value):
        yield from misfits(each, kind, f"{key}[{place}]", rows)


def _of_table(value: Any, kind: Any, key: str, rows: Rows) -> Iterator[Misfit]:
    if not isinstance(value, Mapping):
        yield _must_be(key, dict)
        return
    for name, each in value.items():
        yield from misfits(each, kind, _in(key, name), rows)


def _must_be(key: str, kind: type[Any]) -> Misfit:
    return key, _("must be {kind}").format(kind=_(_NAMES[kind]))
