"""Dotted keys into nested tables: `margins.tiers[0].to_bp`, `verb."order.new".roles`."""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.core.values import dataclass

Path = tuple[str | int, ...]

_PART = re.compile(r'"(?P<quoted>[^"]+)"|\[(?P<place>\d+)\]|(?P<name>[^.\[\]"]+)')
_YES, _NO = frozenset({"true", "yes"}), frozenset({"false", "no"})


@dataclass(frozen=True, slots=True)
class Change:
    """A leaf that differs between two bodies; None on the side that lacks it."""

    key: str
    before: str | None
    after: str | None


def spelled(name: str) -> str:
    """A name as a part of a dotted key: quoted where it has a dot of its own."""
    return f'"{name}"' if "." in name else name


def leaves(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """Every leaf as (dotted key, text); a list of words is one leaf."""
    if isinstance(value, Mapping) and (value or not key):
        for name, each in value.items():
            yield from leaves(each, f"{key}.{spelled(name)}" if key else spelled(name))
    elif _has_tables(value):
        for place, each in enumerate(value):
            yield from leaves(each, f"{key}[{place}]")
    else:
        yield key, _told(value)


def figures(value: Any, key: str = "") -> Iterator[tuple[str, int]]:
    """Every whole number as (dotted key, figure)."""
    if isinstance(value, Mapping):
        for name, each in value.items():
            yield from figures(each, f"{key}.{spelled(name)}" if key else spelled(name))
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            yield from figures(each, f"{key}[{place}]")
    elif isinstance(value, int) and not isinstance(value, bool):
        yield key, value


def _has_tables(value: Any) -> bool:
    return isinstance(value, list | tuple) and any(isinstance(each, Mapping) for each in value)


def _told(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list | tuple):
        return ", ".join(str(each) for each in value)
    return "" if isinstance(value, Mapping) else str(value)


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """Every leaf that differs, in the order of the keys."""
    old, new = dict(leaves(before)), dict(leaves(after))
    return [
        Change(key, old.get(key), new.get(key))
        for key in sorted(old.keys() | new.keys())
        if old.get(key) != new.get(key)
    ]


def path(body: Mapping[str, Any], key: str) -> Path:
    """The way into a body that a key spells; BadInput names what there is where it leads nowhere.

    Quotes may be left out where the name is there. The last part may be new.
    """
    parts = _parts(key)
    found: list[str | int] = []
    here: Any = body
    while parts:
        step = _step(here, parts)
        if step is None:
            raise _astray(key, here)
        taken, count = step
        found.append(taken)
        parts = parts[count:]
        here = here[taken] if _leads_on(here, taken) else None
    return tuple(found)


def _parts(key: str) -> list[str | int]:
    matches = list(_PART.finditer(key))
    between = _PART.sub("", key).replace(".", "")
    if not matches or between:
        raise BadInput(_('"{key}" is no key').format(key=key), code="E-POL-006")
    return [int(m["place"]) if m["place"] else m["quoted"] or m["name"] for m in matches]


def _step(here: Any, parts: Sequence[str | int]) -> tuple[str | int, int] | None:
    """The next step from here, and how many parts of the key it takes; None where there is none."""
    first = parts[0]
    if isinstance(here, list) and isinstance(first, int):
        return (first, 1) if first < len(here) else None
    if not isinstance(here, Mapping) or isinstance(first, int):
        return None
    names = [str(part) for part in parts]
    for count in range(len(names), 0, -1):
        if (joined := ".".join(names[:count])) in here:
            return joined, count
    return (first, 1) if len(parts) == 1 else None


def _leads_on(here: Any, taken: str | int) -> bool:
    return isinstance(here, list) or taken in here


def _astray(key: str, here: Any) -> BadInput:
    known: list[str] = []
    if isinstance(here, Mapping):
        known = [spelled(name) for name in here]
    elif isinstance(here, list):
        known = [f"[{place}]" for place in range(len(here))]
    return BadInput(
        _('"{key}" leads nowhere').format(key=key),
        code="E-POL-006",
        cause=[_("there is: {keys}").format(keys=", ".join(known))] if known else [],
    )


def at(body: Mapping[str, Any], way: Path) -> Any:
    """What stands at the end of a way; None where its last part is new."""
    here: Any = body
    for step in way[:-1]:
        here = here[step]
    return here[way[-1]] if _leads_on(here, way[-1]) else None


def put(body: Mapping[str, Any], way: Path, value: Any) -> dict[str, Any]:
    """A copy of a body with another value at the end of a way."""
    made = copy.deepcopy(dict(body))
    here: Any = made
    for step in way[:-1]:
        here = here[step]
    here[way[-1]] = value
    return made


def like(present: Any, written: str) -> Any:
    """A value as it is typed, of the type of what stands there now; BadInput where it is not.

    Words of a list are set apart by commas. Tables, and what is new, are spelled in TOML.
    """
    if isinstance(present, bool):
        return _yes_or_no(written)
    if isinstance(present, int):
        return _whole(written)
    if isinstance(present, str):
        return written
    if isinstance(present, list) and not _has_tables(present) and not written.startswith("["):
        return [word.strip() for word in written.split(",") if word.strip()]
    try:
        return tomllib.loads(f"value = {written}")["value"]
    except tomllib.TOMLDecodeError:
        if present is None:
            return written
        raise _not_a(written, _("spelled in TOML")) from None


def _yes_or_no(written: str) -> bool:
    word = written.lower()
    if word not in _YES | _NO:
        raise _not_a(written, _("true or false"))
    return word in _YES


def _whole(written: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,15}", written):
        raise _not_a(written, _("a whole number"))
    return int(written)


def _not_a(written: str, kind: str) -> BadInput:
    return BadInput(
        _('"{written}" is not {kind}').format(written=written, kind=kind), code="E-POL-007"
    )
