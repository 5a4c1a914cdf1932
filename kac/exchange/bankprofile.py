"""Profiles: how each bank lays out its statements, as files that anybody can add to."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any

from kac.core.errors import BadInput, EnvironmentTrouble, UsageError, system_says
from kac.core.i18n import _
from kac.exchange.cells import clean

_DIR = Path(__file__).parents[1] / "data" / "bank"
CHANNELS = ("bank", "wechat", "alipay")
# What every direction needs besides the day.
_NEEDED = {
    "two_columns": ("day", "received", "paid"),
    "signed": ("day", "amount"),
    "flag": ("day", "amount", "flag"),
}
_COLUMNS = frozenset(
    {
        *("account", "day", "time", "received", "paid", "amount", "flag", "balance", "fee"),
        *("currency", "status", "counterparty", "counterparty_account"),
        *("payer", "payer_account", "payee", "payee_account"),
        *("reference", "paid_reference", "summary", "remark", "further"),
    }
)
TOTALS = ("lines", "received", "received_lines", "paid", "paid_lines", "fee")
_PATTERNS = ("ends_with", "account", "left_out", "fee_in_remark", "counterparty_pattern")


@dataclass(frozen=True)
class Profile:
    """One layout of one bank.

    `columns` names for each key what headers call it; `must` are titles that tell this layout from
    others. `direction`: two amounts, one with a sign, or one with a `flag` of the words given.
    Patterns are regular expressions. `totals` are searched in the lines outside the table,
    `totals_row` is a header of totals with its values below, `total_row` the first word of a line
    of totals in the table's own columns, `ends_with` what stands behind the table in every file.
    """

    name: str
    title: str
    channel: str
    direction: str
    columns: Mapping[str, Sequence[str]]
    must: Sequence[str]
    personal: bool = False
    comment: str = ""
    account: str = ""
    received_words: Sequence[str] = ()
    paid_words: Sequence[str] = ()
    neutral_words: Sequence[str] = ()
    left_out: str = ""
    without_amount: str = "refused"
    fee_sign: int = 1
    fee_in_remark: str = ""
    counterparty_pattern: str = ""
    totals: Sequence[Mapping[str, str]] = ()
    totals_row: Mapping[str, str] = field(default_factory=dict)
    total_row: str = ""
    ends_with: str = ""
    origin: str = ""

    def text(self) -> str:
        """The file that spells it, to begin another one with."""
        path = Path(self.origin) if self.origin else _DIR / f"{self.name}.toml"
        return path.read_text("utf-8-sig")

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which a line says nothing."""
        return _NEEDED[self.direction]

    def header(self, cells: Sequence[str]) -> dict[str, int] | None:
        """Where each column stands, if these cells are the header; else None."""
        titles = [title_keys(cell) for cell in cells]
        if not all(any(plain(title) in keys for keys in titles) for title in self.must):
            return None
        found = {
            key: place
            for key, names in self.columns.items()
            if (place := _place(titles, names)) is not None
        }
        return found if all(key in found for key in self.needed) else None


def _place(titles: Sequence[frozenset[str]], names: Sequence[str]) -> int | None:
    """Where the first of the names stands that the header has."""
    for name in map(plain, names):
        for place, keys in enumerate(titles):
            if name in keys:
                return place
    return None


def plain(title: str) -> str:
    """A title without spaces and full-width forms: `借方发生额（支取）` → `借方发生额(支取)`."""
    return "".join(unicodedata.normalize("NFKC", clean(title)).lower().split())


def title_keys(cell: str) -> frozenset[str]:
    """What a title is known by: all of it, and what stands before its first bracket."""
    whole = plain(cell)
    return frozenset({whole, re.split(r"[\[(]", whole)[0]}) - {""}


@cache
def shipped() -> Mapping[str, Profile]:
    """The profiles that come with the product, by name."""
    found = [parsed(path.read_text("utf-8"), path.name) for path in sorted(_DIR.glob("*.toml"))]
    return {profile.name: profile for profile in found}


def known(directories: Sequence[Path] = ()) -> Mapping[str, Profile]:
    """All profiles by name; one in a later directory stands in for one of the same name."""
    found = dict(shipped())
    for directory in directories:
        for path in sorted(directory.glob("*.toml")) if directory.is_dir() else ():
            try:
                profile = parsed(path.read_text("utf-8-sig"), path.name, str(path))
            except (OSError, UnicodeDecodeError) as trouble:
                said = system_says(trouble) if isinstance(trouble, OSError) else str(trouble)
                raise EnvironmentTrouble(
                    _("{path} cannot be read: {trouble}").format(path=path, trouble=said),
                    code="E-ENV-020",
                ) from trouble
            found[profile.name] = profile
    return found


def named(profiles: Mapping[str, Profile], name: str) -> Profile:
    """The profile of this name."""
    if name not in profiles:
        raise UsageError(
            _("there is no profile {name}").format(name=name),
            cause=[_("one of: {words}").format(words=", ".join(sorted(profiles)))],
            fix=["kac reconcile profiles"],
        )
    return profiles[name]


def parsed(text: str, file_name: str, origin: str = "") -> Profile:
    """The profile that a file spells; BadInput E-BNK-010 names everything that is wrong with it."""
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as trouble:
        raise _misshapen(file_name, [str(trouble)]) from None
    faults = list(_faults(body))
    if faults:
        raise _misshapen(file_name, faults)
    return Profile(**body, origin=origin)


def _misshapen(file_name: str, faults: Sequence[str]) -> BadInput:
    return BadInput(
        _("{file} is no profile of a bank's statements").format(file=file_name),
        code="E-BNK-010",
        cause=faults,
        fix=["kac reconcile profiles ccb-corp"],
    )


def _faults(body: Mapping[str, Any]) -> Iterator[str]:
    kinds = {each.name: each for each in fields(Profile) if each.name != "origin"}
    required = ("name", "title", "channel", "direction", "columns", "must")
    yield from (_("{key} is missing").format(key=key) for key in required if key not in body)
    yield from (_("{key} is unknown").format(key=key) for key in body if key not in kinds)
    for key, value in body.items():
        if key in kinds and not _fits(key, value):
            yield _("{key} cannot be {value}").format(key=key, value=repr(value)[:60])
    columns = body.get("columns", {})
    if not isinstance(columns, dict):
        return
    for key in columns:
        if key not in _COLUMNS:
            yield _("{key} is unknown").format(key=f"columns.{key}")
    for key in _NEEDED.get(str(body.get("direction")), ()):
        if key not in columns:
            yield _("{key} is missing").format(key=f"columns.{key}")


def _fits(key: str, value: Any) -> bool:
    """Whether a key of a profile may hold a value."""
    choices = {
        "channel": CHANNELS,
        "direction": tuple(_NEEDED),
        "without_amount": ("refused", "left_out"),
        "fee_sign": (1, -1),
    }
    if key in choices:
        return value in choices[key] and not isinstance(value, bool)
    if key == "personal":
        return isinstance(value, bool)
    if key == "columns":
        return isinstance(value, dict) and all(map(_words, value.values()))
    if key == "totals":
        return isinstance(value, list) and all(
            isinstance(row, dict) and row.keys() == {"pattern"} and _pattern(row["pattern"], TOTALS)
            for row in value
        )
    if key == "totals_row":
        names = {"header", *TOTALS}
        return isinstance(value, dict) and "header" in value and value.keys() <= names
    if key in ("must", "received_words", "paid_words", "neutral_words"):
        return _words(value) and bool(value)
    if key in _PATTERNS:
        return isinstance(value, str) and _pattern(value, ("name", "account"))
    return isinstance(value, str)


def _words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value)


def _pattern(value: Any, names: Sequence[str]) -> bool:
    try:
        return set(re.compile(value).groupindex) <= set(names)
    except (re.error, TypeError):
        return False
