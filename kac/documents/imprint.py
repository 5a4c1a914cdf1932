"""What every paper carries: whose it is, its number and code, which printing, which copy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from kac.core.calendar import business_day, local_text
from kac.core.errors import BadInput
from kac.core.i18n import _
from kac.documents.characters import width
from kac.documents.layout import heading, pad, spread, wrap
from kac.documents.sheets import Sheet
from kac.documents.wording import joined

BLANK = "________"
# Cells that the code takes beside a title.
_CODE = 10
_NARROW, _NARROW_MOST = 64, 6


@dataclass(frozen=True, slots=True)
class House:
    """What a customer may want to know of the company; empty where nobody said."""

    uscc: str = ""
    address: str = ""
    phone: str = ""
    bank: str = ""

    def payable(self) -> list[str]:
        """Where money is to be paid, as a line of its own."""
        return [f"收款账户: {self.bank}"] if self.bank else []

    def reached(self) -> list[str]:
        """Where the company is reached, as a line of its own."""
        said = joined("地址:", self.address) if self.address else ""
        phone = joined("电话:", self.phone) if self.phone else ""
        return [joined(said, phone, gap="   ")] if said or phone else []


@dataclass(frozen=True, slots=True)
class Imprint:
    """One printing of one document.

    `audit_code` ties the paper to the audit log. `reprint` counts the printings after the first,
    which is 0; `reason` says why it was reprinted. A paper of a training ledger says so.
    """

    company: str
    number: str
    audit_code: str
    printed_at: datetime
    printed_by: str
    reprint: int = 0
    reason: str = ""
    void: bool = False
    training: bool = False
    house: House = House()


@dataclass(frozen=True, slots=True)
class Copy:
    """One copy (联) of a document: the ledger's name for it, and what is printed on it."""

    name: str
    legend: str


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs in which role and, once it is done, the name and the day.

    `act` is the Chinese word for what is signed, such as 审核; `role` is a role's name on paper.
    """

    act: str
    role: str = ""
    name: str = ""
    day: date | None = None


def masthead(imprint: Imprint, title: str, page: str, sheet: Sheet) -> list[str]:
    """The first lines of a page: the marks, the company and the name of the paper, the page."""
    whole = f"{imprint.company}  {title}"
    if sheet.crown == 1:
        return heading(whole, _marks(imprint), page, sheet.columns)
    titles = wrap(whole, sheet.columns - 2 * _CODE, most=2)
    under = joined(_marks(imprint), page, gap="   ")
    lines = ["", *titles, under, ""][-sheet.crown :]
    return [pad(line, sheet.columns, "centre").rstrip() for line in lines]


def footer(imprint: Imprint, columns: int, *, most: int = 1) -> list[str]:
    """The last lines of a page: the code to check it by, which printing this is, the marks."""
    if imprint.reprint:
        which = f"补打第{imprint.reprint}次 {business_day(imprint.printed_at)} {imprint.printed_by}"
        which += f": {imprint.reason}" if imprint.reason else ""
    else:
        which = f"首次打印 {local_text(imprint.printed_at)} {imprint.printed_by}"
    marks = _marks(imprint)
    if columns < 2 * width(marks):
        return [*wrap(f"校验: {imprint.audit_code}   {which}", columns), marks]
    room = columns - width(marks) - 2 if marks else columns
    most = max(most, _NARROW_MOST) if columns < _NARROW else most
    first, *more = wrap(f"校验: {imprint.audit_code}   {which}", room, most=most)
    return [*spread(first, marks, columns), *more]


def legend(copies: Sequence[Copy], copy: str) -> str:
    """The legend of one copy, or of all where carbon paper makes them in one printing."""
    shown = [one.legend for one in copies if copy in ("", one.name)]
    if not shown:
        raise BadInput(
            _('this paper has no copy "{name}"').format(name=copy),
            code="E-PRN-002",
            cause=[_("copies: {names}").format(names=", ".join(one.name for one in copies))],
        )
    return "   ".join(shown)


def signed(signature: Signature) -> str:
    """A signature as it stands on paper: name and day, or a line to sign on."""
    who = f"({signature.role})" if signature.role else ""
    if not signature.name:
        return f"{signature.act}{who}: {BLANK}"
    day = signature.day.isoformat() if signature.day else ""
    return joined(f"{signature.act}{who}:", signature.name, day)


def _marks(imprint: Imprint) -> str:
    return joined(
        "*** 培 训 ***" if imprint.training else "", "*** 作 废 ***" if imprint.void else ""
    )
