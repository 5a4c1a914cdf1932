"""Bank statements: a corporate account's movements as a bank exports them, taken in once.

The header is found by what it says, not by where it stands; the running balance must add up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath

from kac.core.calendar import parse_day
from kac.core.errors import BadInput
from kac.core.i18n import _, ngettext
from kac.core.money import parse_money
from kac.core.text import safe_text
from kac.db.work import Outcome, Work
from kac.desk.bank import actions
from kac.desk.bank.rules import StatementLine
from kac.desk.staff.actions import require
from kac.exchange.cells import clean
from kac.exchange.decoding import readings
from kac.exchange.rows import rows_of
from kac.exchange.sheet import CellError

# What banks call each column; the first name that a header has is taken.
NAMES: Mapping[str, tuple[str, ...]] = {
    "day": ("记账日期", "交易日期", "入账日期", "交易时间"),
    "received": ("贷方发生额", "贷方发生额（收入）", "收入金额", "贷方金额"),
    "paid": ("借方发生额", "借方发生额（支取）", "借方发生额（支出）", "支出金额", "借方金额"),
    "balance": ("余额", "联机余额"),
    "counterparty": ("对方户名", "对方单位名称", "对方名称"),
    "counterparty_account": ("对方账号",),
    "reference": ("账户明细编号-交易流水号", "交易流水号", "流水号", "凭证号"),
    "summary": ("摘要",),
    "remark": ("备注", "附言", "用途"),
    "account": ("账号", "本方账号"),
}
_NEEDED = ("day", "received", "paid", "reference")
_TOLD = 10


def take(work: Work, path_name: str, data: bytes) -> Outcome:
    """Take a statement in; lines that an earlier statement brought are known and left alone.

    BadInput E-IMP-001 without a header, E-IMP-004 with bad cells, E-BNK-004 where the balance
    does not follow from line to line.
    """
    require(work, "import.bank")
    name = PurePath(path_name).name
    lines = read(name, data, work.on)
    digest = hashlib.sha256(repr(lines).encode()).hexdigest()
    earlier = work.reader.first(
        "SELECT number FROM import_batch WHERE kind = 'bank' AND content_digest = :digest",
        digest=digest,
    )
    if earlier:
        says = _("{file} was taken in before as {number}; nothing changed").format(
            file=name, number=earlier["number"]
        )
        return Outcome({"number": earlier["number"], "state": "imported_before"}, (says,))
    number = work.number("IM")
    new, known = actions.take_in(work, number, lines)
    _register(work, number, name, digest, len(lines))
    says = ngettext(
        "{number}: {new} line of {file} taken in, {known} known before",
        "{number}: {new} lines of {file} taken in, {known} known before",
        new,
    ).format(number=number, new=new, file=name, known=known)
    document = {"number": number, "state": "imported", "new": new, "known": known}
    return Outcome(document, (says,), ("kac reconcile run",))


def _register(work: Work, number: str, name: str, digest: str, rows: int) -> None:
    from kac.db.ledger_tables import ImportBatch

    work.add(
        ImportBatch(
            number=number,
            kind="bank",
            file_name=name,
            content_digest=digest,
            rows=rows,
            at=work.now,
            by=work.actor.code,
        )
    )
    work.record("import", number, kind="bank", rows=rows, digest=digest)


def read(name: str, data: bytes, today: date) -> list[StatementLine]:
    """The movements on a statement, in the file's order."""
    rows, columns = _table(name, data)
    errors: list[CellError] = []
    lines: list[StatementLine] = []
    balances: list[int | None] = []
    for number, cells in rows:
        values = {key: clean(cells[at]) if at < len(cells) else "" for key, at in columns.items()}
        if not any(values.values()):
            continue
        try:
            lines.append(_line(values, today))
            balances.append(_fen(values["balance"]) if values.get("balance") else None)
        except BadInput as wrong:
            errors.append(CellError(number, "", "", "; ".join((wrong.message, *wrong.cause))))
    if errors or not lines:
        raise _bad_cells(name, errors)
    _prove_balance(name, lines, balances)
    return lines


def _table(name: str, data: bytes) -> tuple[list[tuple[int, list[str]]], dict[str, int]]:
    for reading in readings(data):
        rows = list(rows_of(reading.text))
        for index, (_number, cells) in enumerate(rows):
            columns = _columns(cells)
            if all(key in columns for key in _NEEDED):
                return rows[index + 1 :], columns
    raise BadInput(
        _("{file} has no line that names day, amounts and reference").format(file=name),
        code="E-IMP-001",
        cause=[_("wanted: {names}").format(names=", ".join(NAMES[key][0] for key in _NEEDED))],
    )


def _columns(cells: Sequence[str]) -> dict[str, int]:
    titles = [clean(cell) for cell in cells]
    found = {}
    for key, names in NAMES.items():
        for title in names:
            if title in titles:
                found[key] = titles.index(title)
                break
    return found


def _line(values: Mapping[str, str], today: date) -> StatementLine:
    received, paid = _fen(values["received"]), _fen(values["paid"])
    if (received > 0) == (paid > 0) or received < 0 or paid < 0:
        raise BadInput(
            _("{received} came and {paid} went: one of them must be an amount").format(
                received=values["received"] or "0", paid=values["paid"] or "0"
            )
        )
    texts = (values.get("summary", ""), values.get("remark", ""))
    reference = safe_text(values["reference"], field=_("reference"), longest=60)
    return StatementLine(
        channel="bank",
        profile="ccb-corp",
        account=safe_text(values.get("account", ""), field=_("account")),
        reference=reference,
        identity=reference,
        counterparty_account=safe_text(values.get("counterparty_account", ""), field=_("account")),
        day=parse_day(values["day"].split(" ")[0], today),
        summary=safe_text(" ".join(text for text in texts if text), field=_("summary")),
        counterparty=safe_text(values.get("counterparty", ""), field=_("payer")),
        received_fen=received,
        paid_fen=paid,
    )


def _fen(written: str) -> int:
    return parse_money(written).fen if written not in ("", "-") else 0


def _bad_cells(name: str, errors: Sequence[CellError]) -> BadInput:
    causes = [error.says() for error in errors[:_TOLD]]
    return BadInput(
        ngettext(
            "{file}: {count} line cannot be read; nothing was written",
            "{file}: {count} lines cannot be read; nothing was written",
            len(errors),
        ).format(file=name, count=len(errors)),
        code="E-IMP-004",
        cause=causes or [_("no rows stand below the header")],
    )


def _prove_balance(
    name: str, lines: Sequence[StatementLine], balances: Sequence[int | None]
) -> None:
    """Every balance follows from the one before, read downwards or upwards."""
    known = [balance for balance in balances if balance is not None]
    if len(known) != len(lines):
        return
    downwards = [line.received_fen - line.paid_fen for line in lines[1:]]
    upwards = [line.paid_fen - line.received_fen for line in lines[:-1]]
    steps = [after - before for before, after in zip(known, known[1:], strict=False)]
    if steps in (downwards, upwards):
        return
    wrong = next(at for at, step in enumerate(steps) if step != downwards[at])
    raise BadInput(
        _("{file}: the balance does not follow at reference {reference}").format(
            file=name, reference=lines[wrong + 1].reference
        ),
        code="E-BNK-004",
        cause=[_("a line is missing or was changed; nothing was written")],
    )
