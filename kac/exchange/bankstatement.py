"""Statements: the lines of a bank's file, read by its profile and proved by its own figures.

The header is found by what it says, not by where it stands. Totals and running balances that the
file states must come out, else a line is missing or was altered, and nothing of it is believed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from kac.core.errors import BadInput
from kac.core.i18n import _, ngettext
from kac.core.money import Money
from kac.core.text import shown
from kac.desk.bank.rules import StatementLine
from kac.exchange import bankline
from kac.exchange.bankfile import Table, every_table
from kac.exchange.bankprofile import Profile, plain, title_keys
from kac.exchange.cells import clean
from kac.exchange.sheet import CellError

_TOLD = 10


@dataclass(frozen=True)
class Statement:
    """What a file says: its lines, those without a movement of money left out."""

    profile: Profile
    encoding: str
    lines: list[StatementLine]
    left_out: int


@dataclass
class _Parts:
    """A file taken apart: the rows of its table, the line of totals in it, and all other lines."""

    profile: Profile
    encoding: str
    columns: Mapping[str, int]
    width: int
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    total: tuple[int, list[str]] | None = None
    outside: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class _Read:
    """One row of the file with what it says."""

    number: int
    found: bankline.Found

    @property
    def line(self) -> StatementLine | None:
        """The line that it is; None where it moves no money."""
        return self.found.line


def read(file: str, data: bytes, profiles: Mapping[str, Profile], today: date) -> Statement:
    """The statement that a file is, with every line believed.

    BadInput: E-IMP-001 where no profile knows the header, E-BNK-011 where several do, E-IMP-004
    with bad cells, E-BNK-004 where balances do not follow, E-BNK-012 where totals do not come out.
    """
    parts = _taken_apart(file, data, profiles)
    account = _account(parts)
    done: list[_Read] = []
    errors: list[CellError] = []
    for number, cells in parts.rows:
        try:
            _refuse_shifted(cells, parts.width)
            values = _values(cells, parts.columns)
            done.append(_Read(number, bankline.read(values, parts.profile, account, today)))
        except BadInput as wrong:
            errors.append(CellError(number, "", "", "; ".join((wrong.message, *wrong.cause))))
    if errors or not done:
        raise _bad_cells(file, errors)
    _prove_balances(file, done)
    _prove_totals(file, parts, done)
    lines = list(_told_apart(file, done))
    return Statement(parts.profile, parts.encoding, lines, len(done) - len(lines))


def _taken_apart(file: str, data: bytes, profiles: Mapping[str, Profile]) -> _Parts:
    first: Table | None = None
    for table in every_table(data):
        first = first or table
        for place, (_number, cells) in enumerate(table.rows):
            if found := _recognised(file, cells, profiles):
                profile, columns = found
                parts = _Parts(profile, table.encoding, columns, len(cells))
                return _split(parts, table, place)
    raise BadInput(
        _("{file} has no header that a profile knows").format(file=file),
        code="E-IMP-001",
        cause=[
            *(
                _("line {line}: {text}").format(line=number, text=shown(",".join(cells)[:80]))
                for number, cells in (first.rows[:3] if first else ())
            ),
            _("profiles: {names}").format(names=", ".join(sorted(profiles))),
        ],
        fix=["kac reconcile profiles"],
    )


def _recognised(
    file: str, cells: Sequence[str], profiles: Mapping[str, Profile]
) -> tuple[Profile, dict[str, int]] | None:
    """The profile whose header these cells are: the one with most to tell it from others."""
    found = [
        (len(profile.must), len(columns), profile, columns)
        for profile in profiles.values()
        if (columns := profile.header(cells))
    ]
    if not found:
        return None
    best = max(each[:2] for each in found)
    equals = [each for each in found if each[:2] == best]
    if len(equals) > 1:
        names = sorted(profile.name for _must, _known, profile, _columns in equals)
        raise BadInput(
            _("{file} fits more than one profile: {names}").format(
                file=file, names=", ".join(names)
            ),
            code="E-BNK-011",
            fix=[f"kac reconcile import {file} --profile {names[0]}"],
        )
    return equals[0][2], equals[0][3]


def _split(parts: _Parts, table: Table, header: int) -> _Parts:
    """Rows of the table, up to what ends it; comments and everything else are outside."""
    parts.outside += table.rows[:header]
    ended = False
    for number, cells in table.rows[header + 1 :]:
        first = next((clean(cell) for cell in cells if clean(cell)), "")
        if not first:
            continue
        if ended or (parts.profile.comment and first.startswith(parts.profile.comment)):
            parts.outside.append((number, cells))
        elif parts.profile.total_row and first.startswith(parts.profile.total_row):
            parts.total, ended = (number, cells), True
        elif parts.profile.totals_row and first == parts.profile.totals_row["header"]:
            parts.outside.append((number, cells))
            ended = True
        else:
            parts.rows.append((number, cells))
    return parts


def _refuse_shifted(cells: Sequence[str], width: int) -> None:
    """A comma too many moves every cell behind it under another title."""
    used = max((place for place, cell in enumerate(cells, start=1) if clean(cell)), default=0)
    if used > width:
        raise BadInput(
            ngettext(
                "{found} cell stands under {wanted} columns",
                "{found} cells stand under {wanted} columns",
                used,
            ).format(found=used, wanted=width)
        )


def _values(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, str]:
    return {key: clean(cells[at]) if at < len(cells) else "" for key, at in columns.items()}


def _account(parts: _Parts) -> str:
    """Our own account as a line outside the table names it; else the profile's name."""
    if parts.profile.account:
        for _number, cells in parts.outside:
            if match := re.search(parts.profile.account, ",".join(map(clean, cells))):
                return match[match.lastindex or 0].strip()
    return parts.profile.name


def _bad_cells(file: str, errors: Sequence[CellError]) -> BadInput:
    causes = [error.says() for error in errors[:_TOLD]]
    if len(errors) > _TOLD:
        causes.append(_("and {count} more").format(count=len(errors) - _TOLD))
    return BadInput(
        ngettext(
            "{file}: {count} line cannot be read; nothing was written",
            "{file}: {count} lines cannot be read; nothing was written",
            len(errors),
        ).format(file=file, count=len(errors)),
        code="E-IMP-004",
        cause=causes or [_("no rows stand below the header")],
    )


def _prove_balances(file: str, done: Sequence[_Read]) -> None:
    """Every balance follows from the one before, account by account, downwards or upwards."""
    accounts: dict[str, list[tuple[int, int, int]]] = {}
    for each in done:
        if each.line is not None and each.found.balance_fen is not None:
            moved = each.line.received_fen - each.line.paid_fen
            of = accounts.setdefault(each.line.account, [])
            of.append((each.number, moved, each.found.balance_fen))
    for rows in accounts.values():
        broken = min(_breaks(rows), _breaks(rows[::-1]), key=len)
        if broken:
            number, said, follows = min(broken)
            raise BadInput(
                _("{file}: the balance of line {line} does not follow").format(
                    file=file, line=number
                ),
                code="E-BNK-004",
                cause=[
                    _("it says {said}, what moved makes it {follows}").format(
                        said=Money(said), follows=Money(follows)
                    ),
                    _("a line is missing or was changed; nothing was written"),
                ],
            )


def _breaks(rows: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """(line, balance stated, balance that follows) wherever the two differ."""
    return [
        (number, balance, before + moved)
        for (_n, _m, before), (number, moved, balance) in zip(rows, rows[1:], strict=False)
        if before + moved != balance
    ]


def _prove_totals(file: str, parts: _Parts, done: Sequence[_Read]) -> None:
    """What the file says of itself is what its lines come to."""
    lines = [each.line for each in done if each.line is not None]
    sums = {
        "lines": len(done),
        "received": sum(each.found.received_fen for each in done),
        "received_lines": sum(line.received_fen > 0 for line in lines),
        "paid": sum(each.found.paid_fen for each in done),
        "paid_lines": sum(line.paid_fen > 0 for line in lines),
        "fee": sum(line.fee_fen for line in lines),
    }
    stated = list(_stated(parts))
    wrong = [
        _("line {line}: {what} {said}, the lines come to {found}").format(
            line=number,
            what=_(bankline.TOTALS[key]),
            said=_told(key, said),
            found=_told(key, found),
        )
        for number, key, said in stated
        if said != (found := sums[key])
    ]
    if not _is_whole(parts, stated):
        wrong.append(_("the end of the file is not there"))
    if wrong:
        raise BadInput(
            _("{file}: its own totals do not come out").format(file=file),
            code="E-BNK-012",
            cause=[*wrong, _("a line is missing or was changed; nothing was written")],
        )


def _is_whole(parts: _Parts, stated: Sequence[tuple[int, str, int]]) -> bool:
    """Whether what stands at the end of every such file stands there."""
    if parts.profile.totals_row and not stated:
        return False
    if not parts.profile.ends_with:
        return True
    last = parts.rows[-1][0]
    return any(
        number > last and re.search(parts.profile.ends_with, ",".join(cells))
        for number, cells in parts.outside
    )


def _told(key: str, figure: int) -> str:
    return str(figure) if key.endswith("lines") else str(Money(figure))


def _stated(parts: _Parts) -> Iterator[tuple[int, str, int]]:
    """(line, what, figure) of every total that the file states."""
    for number, cells in parts.outside:
        text = ",".join(clean(cell) for cell in cells).rstrip(",")
        for row in parts.profile.totals:
            if match := re.search(row["pattern"], text):
                for key, said in match.groupdict().items():
                    yield number, key, _figure(key, said)
    if parts.total is not None:
        number, cells = parts.total
        values = _values(cells, parts.columns)
        for key in ("received", "paid"):
            if values.get(key):
                yield number, key, bankline.fen(values[key])
    yield from _stated_in_row(parts)


def _stated_in_row(parts: _Parts) -> Iterator[tuple[int, str, int]]:
    """The totals of a header of their own, with the figures in the line below."""
    stated = dict(parts.profile.totals_row)
    first = plain(stated.pop("header", ""))
    names = {plain(name): key for key, name in stated.items()}
    for (_n, titles), (number, cells) in zip(parts.outside, parts.outside[1:], strict=False):
        if names and [plain(title) for title in titles[:1]] == [first]:
            for title, cell in zip(titles, cells, strict=False):
                for name in title_keys(title) & names.keys():
                    yield number, names[name], _figure(names[name], clean(cell))


def _figure(key: str, said: str) -> int:
    if key.endswith("lines"):
        return int(said) if said.isdigit() else -1
    return bankline.fen(said)


def _told_apart(file: str, done: Sequence[_Read]) -> Iterator[StatementLine]:
    """The lines, each with an identity of its own; the same line twice is refused.

    Where the running balance shows that two lines are two, the second gets a number behind.
    """
    seen: Counter[tuple[str, str, int, int]] = Counter()
    for each in done:
        line = each.line
        if line is None:
            continue
        key = line.account, line.identity, line.received_fen, line.paid_fen
        seen[key] += 1
        if seen[key] == 1:
            yield line
        elif each.found.balance_fen is None and line.reference:
            raise BadInput(
                _("{file}: line {line} repeats reference {reference}").format(
                    file=file, line=each.number, reference=line.reference
                ),
                code="E-BNK-013",
                cause=[_("nothing was written")],
            )
        else:
            yield replace(line, identity=f"{line.identity}#{seen[key]}")
