"""Policy sets as files: shipped with the package, laid over their parents, written out again.

A file is TOML. Its body is its parent's with its own laid over it: tables are merged key by key,
everything else takes the parent's place.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kac.core.errors import BadInput
from kac.core.i18n import _

Body = dict[str, Any]

# What a file says of itself; none of it comes from the parent.
HEADS = ("set", "parent", "sources")
_DIR = Path(__file__).parents[1] / "data" / "policy"
_BARE = re.compile(r"[A-Za-z0-9_-]+")


@cache
def shipped() -> Mapping[str, Body]:
    """Every set of the package by name, whole, parents before their children."""
    files = {path.stem: parsed(path.read_text("utf-8")) for path in sorted(_DIR.glob("*.toml"))}
    found: dict[str, Body] = {}
    while files:
        name = next(name for name, own in files.items() if own.get("parent", "") not in files)
        own = files.pop(name)
        found[name] = laid_over(found.get(own.get("parent", ""), {}), own)
    return found


def parsed(text: str) -> Body:
    """The body that a file spells; BadInput says where it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise BadInput(
            _("this is no TOML: {trouble}").format(trouble=trouble), code="E-POL-005"
        ) from None


def laid_over(parent: Mapping[str, Any], own: Mapping[str, Any]) -> Body:
    """A set's whole body: its parent's with its own laid over it."""
    below = {key: value for key, value in parent.items() if key not in HEADS}
    return _merged(below, own)


def _merged(below: Mapping[str, Any], above: Mapping[str, Any]) -> Body:
    merged = dict(below)
    for key, value in above.items():
        under = merged.get(key)
        both = isinstance(under, Mapping) and isinstance(value, Mapping)
        merged[key] = _merged(under, value) if both else value  # type: ignore[arg-type]
    return merged


def written(body: Mapping[str, Any], *remarks: str) -> str:
    """The file that spells a body, with remarks at its head; `parsed` gives the body back."""
    heads = {key: value for key, value in body.items() if not isinstance(value, Mapping)}
    blocks = ["\n".join(f"# {remark}" for remark in remarks), "\n".join(_pairs(heads))]
    for key, value in body.items():
        if isinstance(value, Mapping):
            blocks += _section(_key(key), value)
    return "\n\n".join(block for block in blocks if block) + "\n"


def _section(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    if values and all(isinstance(value, Mapping) for value in values.values()):
        for key, each in values.items():
            yield "\n".join([f"[{name}.{_key(key)}]", *_pairs(each)])
        return
    rows = {key: value for key, value in values.items() if _are_tables(value)}
    plain = {key: value for key, value in values.items() if key not in rows}
    if plain or not rows:
        yield "\n".join([f"[{name}]", *_pairs(plain)])
    for key, each in rows.items():
        for row in each:
            yield "\n".join([f"[[{name}.{_key(key)}]]", *_pairs(row)])


def _pairs(values: Mapping[str, Any]) -> Iterator[str]:
    for key, value in values.items():
        yield f"{_key(key)} = {_value(value)}"


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _quoted(key)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, Mapping):
        return "{ " + ", ".join(_pairs(value)) + " }" if value else "{}"
    if _are_tables(value):
        return "[\n" + "".join(f"    {_value(row)},\n" for row in value) + "]"
    return "[" + ", ".join(_value(each) for each in value) + "]"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _are_tables(value: Any) -> bool:
    return (
        isinstance(value, list | tuple)
        and bool(value)
        and all(isinstance(row, Mapping) for row in value)
    )
