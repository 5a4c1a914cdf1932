"""One line of a statement: its cells as day, amounts, the other side and what it is for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kac.core.calendar import parse_day
from kac.core.errors import BadInput
from kac.core.i18n import N_, _
from kac.core.money import parse_money
from kac.core.text import narrow, safe_text
from kac.desk.bank.rules import StatementLine
from kac.exchange.bankprofile import Profile, plain

TOTALS = {
    "lines": N_("lines"),
    "received": N_("received"),
    "received_lines": N_("lines received"),
    "paid": N_("paid"),
    "paid_lines": N_("lines paid"),
    "fee": N_("charges"),
}
_YUAN = ("", "人民币", "人民币元", "cny", "rmb", "156", "01")
_NOTHING = re.compile(r"[-/—]*")
_LONGEST_SUMMARY = 400


@dataclass(frozen=True)
class Found:
    """A line, or None where its row moves no money; the balance behind it; and its amounts.

    The amounts are as the columns have them: a cancelled movement is below zero there, and what
    the file says that its columns add up to counts it so.
    """

    line: StatementLine | None
    balance_fen: int | None
    received_fen: int = 0
    paid_fen: int = 0


def read(values: Mapping[str, str], profile: Profile, account: str, today: date) -> Found:
    """The line that the cells of a row are; BadInput where one of them makes no sense."""
    cells = {key: "" if _NOTHING.fullmatch(value) else value for key, value in values.items()}
    day = _day(cells["day"], today)
    if plain(cells.get("currency", "")) not in _YUAN:
        raise BadInput(
            _("{currency} is no currency of this ledger").format(currency=cells["currency"])
        )
    balance = fen(cells["balance"]) if cells.get("balance") else None
    columns = _amounts(cells, values, profile)
    # A cancelled movement stands with a minus in the column of what it cancels.
    received, paid = (max(a, 0) + max(-b, 0) for a, b in (columns, columns[::-1]))
    if received and paid:
        raise BadInput(_("money came and went: one of both must be empty"))
    if not received and not paid:
        return Found(None, balance)
    name, number = _other_side(cells, profile, received > 0)
    reference = safe_text(_reference(cells, paid > 0), field=_("reference"), longest=80)
    if "payer" in cells:
        account = cells["payee_account" if received else "payer_account"] or account
    line = StatementLine(
        channel=profile.channel,
        profile=profile.name,
        account=safe_text(cells.get("account") or account, field=_("account"), longest=60),
        reference=reference,
        identity=reference or _fingerprint(cells, received, paid),
        day=day,
        summary=_summary(cells),
        counterparty=safe_text(name, field=_("payer")),
        counterparty_account=safe_text(number, field=_("account"), longest=60),
        received_fen=received,
        paid_fen=paid,
        fee_fen=_fee(cells, profile),
    )
    return Found(line, balance, *columns)


def fen(written: str) -> int:
    """An amount as banks write it, `+10000.00` and `¥28.16` too; empty and dashes are nothing."""
    text = narrow(written)
    return 0 if _NOTHING.fullmatch(text) else parse_money(text.removeprefix("+")).fen


def _day(written: str, today: date) -> date:
    day = re.split(r"[ T]", narrow(written))[0]
    if not re.match(r"[0-9]{4}", day):
        raise BadInput(_('"{written}" is not a day').format(written=written))
    return parse_day(day, today)


def _amounts(
    cells: Mapping[str, str], values: Mapping[str, str], profile: Profile
) -> tuple[int, int]:
    """(received, paid) as they stand in the columns; both are zero where no money moves."""
    if re.search(profile.left_out or r"(?!)", cells.get("status", "")):
        return 0, 0
    if profile.direction == "two_columns":
        received, paid = fen(cells["received"]), fen(cells["paid"])
    else:
        amount = fen(cells["amount"])
        if profile.direction == "flag":
            amount *= _sign(values["flag"], profile)
            if not amount and _is_one_of(values["flag"], profile.neutral_words):
                return 0, 0
        received, paid = max(amount, 0), max(-amount, 0)
    if not received and not paid and profile.without_amount == "refused":
        raise BadInput(_("no amount stands in this line"))
    return received, paid


def _sign(word: str, profile: Profile) -> int:
    """1 for money that came, -1 for money that went, 0 for what moves none."""
    for sign, words in (
        (0, profile.neutral_words),
        (1, profile.received_words),
        (-1, profile.paid_words),
    ):
        if _is_one_of(word, words):
            return sign
    wanted = ", ".join((*profile.received_words, *profile.paid_words))
    raise BadInput(
        _('"{word}" does not say whether money came or went').format(word=word),
        cause=[_("one of: {words}").format(words=wanted)],
    )


def _is_one_of(word: str, words: Sequence[str]) -> bool:
    """Whether a cell is one of the words, or begins or ends with one: `大额来账`."""
    said = plain(word)
    return any(
        said == plain(each) or (plain(each) and len(plain(each)) > 1 and plain(each) in said)
        for each in words
    )


def _fee(cells: Mapping[str, str], profile: Profile) -> int:
    if cells.get("fee"):
        return profile.fee_sign * fen(cells["fee"])
    if profile.fee_in_remark and (
        match := re.search(profile.fee_in_remark, narrow(cells.get("remark", "")))
    ):
        return fen(match[match.lastindex or 0])
    return 0


def _other_side(cells: Mapping[str, str], profile: Profile, received: bool) -> tuple[str, str]:
    """Name and account of whoever paid, or was paid."""
    if "payer" in cells:
        side = "payer" if received else "payee"
        return cells[side], cells.get(f"{side}_account", "")
    name, number = cells.get("counterparty", ""), cells.get("counterparty_account", "")
    if profile.counterparty_pattern and (match := re.fullmatch(profile.counterparty_pattern, name)):
        found = match.groupdict()
        return (found.get("name") or "").strip(), (found.get("account") or number).strip()
    return name, number


def _reference(cells: Mapping[str, str], went: bool) -> str:
    """The bank's own reference; a refund has one beside that of what it gives back."""
    refund = cells.get("paid_reference", "")
    return refund if went and refund not in ("", "0") else cells.get("reference", "")


def _summary(cells: Mapping[str, str]) -> str:
    texts = (cells.get(key, "") for key in ("summary", "remark", "further"))
    whole = " ".join(dict.fromkeys(text for text in texts if text))
    return safe_text(whole, field=_("summary"), longest=_LONGEST_SUMMARY)


def _fingerprint(cells: Mapping[str, str], received: int, paid: int) -> str:
    """What stands for a reference where the bank gives none: everything that a line says."""
    keys = ("day", "time", "balance", "counterparty", "counterparty_account", "summary", "remark")
    said = "|".join([*(cells.get(key, "") for key in keys), str(received), str(paid)])
    return "=" + hashlib.sha256(said.encode()).hexdigest()[:24]
