"""Identifiers that people copy by hand: company codes, telephone numbers, barcodes.

What carries a check character is checked by it. Nothing is corrected silently: the error names
the character, its place and what was probably meant.
"""

from __future__ import annotations

import re
import unicodedata

from kac.core.errors import BadInput
from kac.core.i18n import _, ngettext

USCC_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
USCC_LENGTH = 18
_LOOKALIKES = {"O": "0", "I": "1", "Z": "2", "S": "5"}

# E alone may be a letter of a company code; with a point or a plus it is a spreadsheet's exponent.
_EXPONENT = re.compile(r"[0-9]+(?:\.[0-9]+E\+?|E\+)[0-9]+")
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－ー"), "-")
_EXTENSION = re.compile(r"转|分机|EXT\.?|X|#")
_COUNTRY = re.compile(r"^(?:\+|00)86-?")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
# Beijing and the 02x cities have areas of three digits, all others of four.
_LANDLINE = re.compile(r"(0(?:10|2[0-9]|[3-9][0-9]{2}))-?([1-9][0-9]{6,7})(?:-([0-9]{1,6}))?")
_FREE = re.compile(r"([48]00)([0-9]{3})([0-9]{4})")
_SHORT = re.compile(r"95[0-9]{3}")


def parse_uscc(written: str) -> str:
    """The 统一社会信用代码 (GB 32100) that was written, in capitals and half width.

    BadInput E-VAL-021 names every character that no such code has, a wrong length, or a check
    character that does not fit. The check digit of the organisation code inside is not looked at.
    """
    code = _folded(written)
    if _EXPONENT.fullmatch(code):
        raise _bad_uscc(written, [_as_text()])
    wrong = [
        _wrong_character(position, character)
        for position, character in enumerate(code, start=1)
        if character not in USCC_ALPHABET
    ]
    if wrong:
        raise _bad_uscc(written, wrong)
    if len(code) != USCC_LENGTH:
        raise _bad_uscc(
            written,
            [
                ngettext(
                    "it has {length} character, not {right}",
                    "it has {length} characters, not {right}",
                    len(code),
                ).format(length=len(code), right=USCC_LENGTH)
            ],
        )
    expected = uscc_check_character(code[:-1])
    if code[-1] != expected:
        raise _bad_uscc(
            written,
            [
                _("its last character is {found}, the 17 before it ask for {expected}").format(
                    found=code[-1], expected=expected
                ),
                _("one character is wrong, or two have changed places"),
            ],
        )
    return code


def uscc_check_character(body: str) -> str:
    """The 18th character of the 17 that stand before it; weights are powers of 3 modulo 31."""
    weighed = sum(
        USCC_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body)
    )
    return USCC_ALPHABET[-weighed % 31]


def parse_phone(written: str) -> str:
    """A Chinese telephone number in one form, to be compared: digits, with dashes in landlines.

    Mobiles `13800138000`, landlines `0571-87654321-801`, 400 and 800 numbers `400-810-1234`,
    service numbers `95588`. A country code +86 is taken off. Else BadInput E-VAL-022.
    """
    folded = _folded(written)
    if _EXPONENT.fullmatch(folded):
        raise _bad_phone(written, _as_text())
    number = _COUNTRY.sub("", folded.translate(_DASHES).replace("(", "").replace(")", "-"), count=1)
    compact = number.replace("-", "")
    if _MOBILE.fullmatch(compact) or _SHORT.fullmatch(compact):
        return compact
    if match := _FREE.fullmatch(compact):
        return "-".join(match.groups())
    if match := _LANDLINE.fullmatch(_EXTENSION.sub("-", number, count=1)):
        return "-".join(part for part in match.groups() if part)
    if re.fullmatch(r"[1-9][0-9]{6,7}", compact):
        raise _bad_phone(written, _("the area code is missing: write 0571-87654321"))
    raise _bad_phone(written, _("write 13800138000, 0571-87654321-801, 400-810-1234 or 95588"))


def parse_barcode(written: str) -> str:
    """An EAN-13 or EAN-8 with its check digit right; in-store codes (20 to 29) are EAN-13 too.

    BadInput E-VAL-023, with what a spreadsheet did to the number where that can be seen.
    """
    code = re.sub(r"\.0+$", "", _folded(written))
    if _EXPONENT.fullmatch(code):
        raise _bad_barcode(written, [_("a spreadsheet has cut its last digits off"), _as_text()])
    if not re.fullmatch(r"[0-9]+", code):
        raise _bad_barcode(written, [_("a barcode consists of digits alone")])
    if len(code) not in (8, 13):
        raise _bad_barcode(written, _length_causes(code))
    expected = barcode_check_digit(code[:-1])
    if code[-1] != expected:
        raise _bad_barcode(
            written,
            [
                _("its last digit is {found}, the others ask for {expected}").format(
                    found=code[-1], expected=expected
                )
            ],
        )
    return code


def barcode_check_digit(body: str) -> str:
    """The last digit, of the ones before it: 3 and 1 in turn from the right, modulo 10."""
    weighed = sum(int(digit) * (1 if place % 2 else 3) for place, digit in enumerate(body[::-1]))
    return str(-weighed % 10)


def _folded(written: str) -> str:
    return "".join(unicodedata.normalize("NFKC", written).split()).upper()


def _as_text() -> str:
    return _("format the column as text in the spreadsheet and enter the number again")


def _wrong_character(position: int, character: str) -> str:
    meant = _LOOKALIKES.get(character)
    if meant:
        return _("character {position} is the letter {found}; is it the digit {meant}?").format(
            position=position, found=character, meant=meant
        )
    return _('character {position} is "{found}"; no such code has it (nor I, O, S, V, Z)').format(
        position=position, found=character
    )


def _length_causes(code: str) -> list[str]:
    says = ngettext(
        "it has {length} digit, not 13 or 8", "it has {length} digits, not 13 or 8", len(code)
    )
    causes = [says.format(length=len(code))]
    padded = code.rjust(8 if len(code) < 8 else 13, "0")
    if len(code) < 13 and barcode_check_digit(padded[:-1]) == padded[-1]:
        causes.append(_("perhaps {padded}: a spreadsheet drops zeros").format(padded=padded))
        causes.append(_as_text())
    return causes


def _bad_uscc(written: str, causes: list[str]) -> BadInput:
    return BadInput(
        _('"{written}" is not a unified social credit code').format(written=written),
        code="E-VAL-021",
        cause=causes,
    )


def _bad_phone(written: str, cause: str) -> BadInput:
    return BadInput(
        _('"{written}" is not a telephone number').format(written=written),
        code="E-VAL-022",
        cause=[cause],
    )


def _bad_barcode(written: str, causes: list[str]) -> BadInput:
    return BadInput(
        _('"{written}" is not a barcode').format(written=written), code="E-VAL-023", cause=causes
    )
