"""The shape of a policy set: its sections, the kind of each row, and what in a body is none of it.

The dataclass that a noun reads its section with is the one definition of that section.
"""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from typing import Any

from kac.core.dotted import spelled
from kac.core.i18n import _
from kac.core.text import is_harmful
from kac.desk.approvals.policy import ApprovalPolicy, MatrixRow
from kac.desk.customers.policy import ClassPolicy, ClassRule, FilingPolicy
from kac.desk.delegations.policy import DelegationPolicy
from kac.desk.deposits.policy import DepositPolicy
from kac.desk.dispatch.policy import Department, DispatchPolicy
from kac.desk.margins.policy import MarginPolicy, Tier
from kac.desk.orders.policy import OrderPolicy
from kac.desk.rebates.policy import RebatePolicy
from kac.desk.staff.policy import AccessPolicy

WHOLE_BP = 10000


@dataclass(frozen=True)
class ScreeningPolicy:
    """By what candidates for key accounts are looked at (CRG-SCR-01)."""

    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Permission:
    """Who may do a verb, by which rule, and the roles to which a rule forbids it."""

    roles: tuple[str, ...]
    rule: str
    forbidden: dict[str, str] | None = None


@dataclass(frozen=True)
class Fault:
    """One thing that is wrong with a body: the key, what is wrong, the rules that say so."""

    key: str
    says: str
    rules: tuple[str, ...] = ()


SECTIONS: Mapping[str, type[Any]] = {
    "classes": ClassPolicy,
    "screening": ScreeningPolicy,
    "filing": FilingPolicy,
    "margins": MarginPolicy,
    "approvals": ApprovalPolicy,
    "delegation": DelegationPolicy,
    "deposit": DepositPolicy,
    "rebate": RebatePolicy,
    "order": OrderPolicy,
    "dispatch": DispatchPolicy,
    "access": AccessPolicy,
}
# What the rows and tables are that sections keep as plain dictionaries.
ROWS: Mapping[str, type[Any]] = {
    "classes.table": ClassRule,
    "margins.tiers": Tier,
    "approvals.matrix": MatrixRow,
    "dispatch.departments": Department,
}
HEADS = {"set": str, "parent": str, "sources": tuple[str, ...]}
# Tables whose keys are names, not fields.
TABLES = {"verb": Permission, "includes": tuple[str, ...]}
# Whole numbers that mean nothing below one.
_AT_LEAST_ONE = frozenset({"pin_length", "pin_failures", "session_hours", "most_lines"})


def in_order(body: Mapping[str, Any]) -> dict[str, Any]:
    """A body with its sections as they are published, and their keys as they are defined."""
    order = [*HEADS, *SECTIONS, *reversed(TABLES)]
    known = [name for name in order if name in body]
    return {
        name: _ordered(name, body[name], SECTIONS.get(name, TABLES.get(name)))
        for name in dict.fromkeys([*known, *body])
    }


def _ordered(key: str, value: Any, kind: Any) -> Any:
    if isinstance(value, list):
        arguments = typing.get_args(_row_kind(key, kind))
        inner = arguments[0] if arguments else None
        return [_ordered(key, each, inner) for each in value]
    if not isinstance(value, Mapping):
        return value
    if not is_dataclass(kind):
        inner = kind if key in TABLES else None
        return {name: _ordered("", value[name], inner) for name in sorted(value)}
    hints = typing.get_type_hints(kind)
    names = [name for name in hints if name in value]
    return {
        name: _ordered(f"{key}.{name}", value[name], hints.get(name))
        for name in dict.fromkeys([*names, *value])
    }


def misshapen(body: Mapping[str, Any]) -> Iterator[Fault]:
    """Unknown and missing keys, wrong types, figures out of range; each by its dotted key."""
    for key in HEADS.keys() - body.keys() - {"parent"}:
        yield Fault(key, _("is missing"))
    for key, value in body.items():
        if key in HEADS:
            yield from _wrong(key, value, HEADS[key])
        elif key in TABLES:
            yield from _wrong(key, value, dict[str, TABLES[key]])  # type: ignore[misc]
        elif key in SECTIONS:
            yield from _wrong(key, value, SECTIONS[key])
        else:
            yield Fault(key, _("no section has this name"))


def _wrong(key: str, value: Any, kind: Any) -> Iterator[Fault]:
    kind = _row_kind(key, kind)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if is_dataclass(kind):
        yield from _wrong_fields(key, value, kind)
    elif origin is tuple:
        yield from _wrong_list(key, value, arguments[0])
    elif origin is dict:
        yield from _wrong_table(key, value, arguments[1])
    elif origin is types.UnionType:
        yield from _wrong(key, value, next(one for one in arguments if one is not type(None)))
    elif type(value) is not kind:
        yield Fault(key, _("must be {kind}").format(kind=_name_of(kind)))
    elif kind is int:
        yield from _out_of_range(key, value)
    elif kind is str and any(map(is_harmful, value)):
        yield Fault(key, _("holds a character that cannot be printed"))


def _row_kind(key: str, kind: Any) -> Any:
    """The dataclass that stands behind a plain dictionary, or behind a list of them."""
    row = ROWS.get(key)
    if row is None:
        return kind
    return tuple[row, ...] if typing.get_origin(kind) is tuple else row  # type: ignore[valid-type]


def _wrong_fields(key: str, value: Any, kind: Any) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(key, _("must be {kind}").format(kind=_name_of(dict)))
        return
    hints = typing.get_type_hints(kind)
    needed = {field.name for field in fields(kind) if field.default is MISSING}
    for name in value.keys() - hints.keys():
        yield Fault(f"{key}.{spelled(name)}", _("no such key is known"))
    for name in needed - value.keys():
        yield Fault(f"{key}.{name}", _("is missing"))
    for name in hints:
        if name in value:
            yield from _wrong(f"{key}.{name}", value[name], hints[name])


def _wrong_list(key: str, value: Any, kind: Any) -> Iterator[Fault]:
    if not isinstance(value, list | tuple):
        yield Fault(key, _("must be {kind}").format(kind=_name_of(list)))
        return
    for place, each in enumerate(value):
        yield from _wrong(f"{key}[{place}]", each, kind)


def _wrong_table(key: str, value: Any, kind: Any) -> Iterator[Fault]:
    if not isinstance(value, Mapping):
        yield Fault(key, _("must be {kind}").format(kind=_name_of(dict)))
        return
    for name, each in value.items():
        yield from _wrong(f"{key}.{spelled(name)}", each, kind)


def _out_of_range(key: str, value: int) -> Iterator[Fault]:
    name = key.rsplit(".", 1)[-1]
    if name.endswith("_bp") and not 0 <= value <= WHOLE_BP:
        yield Fault(
            key,
            _("{value} is no rate: 0 to {whole} basis points").format(value=value, whole=WHOLE_BP),
        )
    least = 1 if name in _AT_LEAST_ONE else 0
    if value < least:
        yield Fault(
            key, _("{value} is too little: {least} at least").format(value=value, least=least)
        )


def _name_of(kind: type[Any]) -> str:
    names = {
        str: _("a text"),
        int: _("a whole number"),
        bool: _("true or false"),
        list: _("a list"),
        dict: _("a table"),
    }
    return names[kind]
