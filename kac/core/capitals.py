"""Amounts and days in Chinese capitals, as cheques, receipts and slips must carry them.

The zeros that the clearing rules leave free are written after 万 and 亿 and not after 元; 整 always
follows 角, which both the clearing rules and the accounting rules accept.
"""

from __future__ import annotations

import re
from datetime import date

from kac.core.errors import BadInput
from kac.core.i18n import _

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_UNITS = ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾"))
_LIMIT_FEN = 10**18
_LONGEST = 80
# Writings that the clearing rules accept beside the ones written here.
_TOLERATED = str.maketrans("貳陸億萬圓圆正", "贰陆亿万元元整")


def amount_in_capitals(fen: int) -> str:
    """An amount of fen: 3170300 → `叁万壹仟柒佰零叁元整`; a negative one begins with 负."""
    if type(fen) is not int:
        raise TypeError(f"an amount is whole fen, not {fen!r}")
    return _amount(fen, free_zero="零", free_zero_of_yuan="", whole="整")


def date_in_capitals(day: date) -> str:
    """A day that nobody can alter: 2026-02-12 → `贰零贰陆年零贰月壹拾贰日`."""
    year = "".join(_DIGITS[int(digit)] for digit in f"{day.year:04d}")
    month = _guarded(day.month, {1, 2, 10})
    return f"{year}年{month}月{_guarded(day.day, {*range(1, 11), 20, 30})}日"


def fen_from_capitals(written: str) -> int:
    """The fen of an amount in capitals, in any writing that a bank must accept.

    Those are 圆 for 元, 正 for 整, traditional characters, the zeros that are free, and 角 without
    整. Anything else, a missing 零 included, is refused with BadInput.
    """
    text = "".join(written.split()).removeprefix("人民币").lstrip(":：").translate(_TOLERATED)
    fen = _sum(text) if len(text) <= _LONGEST else _LIMIT_FEN
    if abs(fen) < _LIMIT_FEN:
        pattern = _amount(fen, free_zero="零?", free_zero_of_yuan="零?", whole="整?")
        if re.fullmatch(pattern, text):
            return fen
    raise BadInput(
        _('"{written}" is not an amount in Chinese capitals').format(written=written),
        code="E-VAL-013",
        cause=[_("write it as in {example}").format(example=amount_in_capitals(140950))],
    )


def read_capitals(written: str) -> tuple[int, bool]:
    """(the fen of an amount as a customer writes it, whether the writing is as it should be).

    A 零 too few or too many leaves no doubt about the sum: it is read, and told. Anything else is
    refused with BadInput.
    """
    try:
        return fen_from_capitals(written), True
    except BadInput:
        text = "".join(written.split()).removeprefix("人民币").lstrip(":：").translate(_TOLERATED)
        bare = text.replace("零", "")
        fen = _sum(text) if len(text) <= _LONGEST else 0
        if 0 < fen < _LIMIT_FEN:
            pattern = _amount(fen, free_zero="", free_zero_of_yuan="", whole="整?")
            if re.fullmatch(pattern.replace("零", ""), bare):
                return fen, False
        raise


def _amount(fen: int, *, free_zero: str, free_zero_of_yuan: str, whole: str) -> str:
    """The amount; the three arguments stand where the rules leave a choice."""
    if abs(fen) >= _LIMIT_FEN:
        raise ValueError(f"{fen} fen are more than the capitals have units for")
    sign = "负" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    head = sign + (_whole_number(yuan, free_zero) + "元" if yuan or not rest else "")
    if not rest:
        return head + "整"
    if not jiao:
        return head + ("零" if yuan else "") + _DIGITS[cents] + "分"
    gap = free_zero_of_yuan if yuan and yuan % 10 == 0 else ""
    return head + gap + _DIGITS[jiao] + "角" + (_DIGITS[cents] + "分" if cents else whole)


def _whole_number(number: int, free_zero: str = "零") -> str:
    for unit, name in _UNITS:
        if number >= unit:
            high, low = divmod(number, unit)
            head = _whole_number(high, free_zero) + name
            if not low:
                return head
            if low < unit // 10:
                return head + "零" + _whole_number(low, free_zero)
            return head + (free_zero if high % 10 == 0 else "") + _whole_number(low, free_zero)
    return _DIGITS[number]


def _guarded(number: int, short: set[int]) -> str:
    """A month or a day; the short ones get a 零 in front, so that nothing can be put before."""
    return ("零" if number in short else "") + _whole_number(number)


def _sum(text: str) -> int:
    """The fen that a writing adds up to; whether a rule knows the writing is judged elsewhere."""
    sign, body = (-1, text[1:]) if text.startswith("负") else (1, text)
    yuan, _found, rest = body.rpartition("元")
    jiao, _found, cents = rest.removesuffix("整").rpartition("角")
    return sign * (_number(yuan) * 100 + _number(jiao) * 10 + _number(cents.removesuffix("分")))


def _number(written: str) -> int:
    for unit, name in _UNITS:
        head, found, tail = written.rpartition(name)
        if found:
            return _number(head) * unit + _number(tail)
    return max(_DIGITS.find(written.strip("零")), 0)
