"""What stands on a cheque, written down once for both houses."""

from __future__ import annotations

import unicodedata
from datetime import date

from kac.core.errors import Refused
from kac.core.i18n import _
from kac.core.money import Money
from kac.core.text import required_text
from kac.core.values import dataclass
from kac.db.work import Work
from kac.desk.cheques import queries
from kac.desk.cheques.states import CHEQUE


@dataclass(frozen=True)
class Slip:
    """What stands on a cheque."""

    cheque_number: str
    bank: str
    drawer: str
    issued_on: date


def tidied(cheque_number: str) -> str:
    """A number as it is kept: full-width digits are digits."""
    plain = unicodedata.normalize("NFKC", cheque_number)
    return required_text(plain, field=_("cheque number"), longest=40)


def refuse_twice(work: Work, cheque_number: str) -> None:
    """One cheque pays once, at whichever desk it is shown (RTL-CTL-05)."""
    number = tidied(cheque_number)
    known = queries.known(work.reader, number)
    if known:
        raise Refused(
            _("cheque {cheque} was taken as {number}, for {money}").format(
                cheque=number, number=known["number"], money=known["payment"] or known["item"]
            ),
            code="E-CHQ-001",
            rules=["RTL-CTL-05"],
            fix=[f"kac cheque show {known['number']}"],
        )


def write(
    work: Work, slip: Slip, *, payment_id: int | None = None, taking_id: int | None = None
) -> str:
    """Write a cheque down as the payment, or the item to settle, that it is; its number."""
    from kac.desk.cheques.tables import Cheque

    cheque = work.add(
        Cheque(
            number=work.number(queries.KIND),
            payment_id=payment_id,
            taking_id=taking_id,
            cheque_number=tidied(slip.cheque_number),
            bank=required_text(slip.bank, field=_("bank"), longest=60),
            drawer=required_text(slip.drawer, field=_("drawer")),
            issued_on=slip.issued_on,
            state=CHEQUE.start,
            taken_by=work.actor.code,
            on_day=work.on,
            at=work.now,
        )
    )
    return str(cheque.number)


def document(work: Work, number: str) -> dict[str, str]:
    """A cheque as writing commands hand it to scripts."""
    row = queries.find(work.reader, number, work.speaker)
    return {
        "number": number,
        "state": row["state"],
        "payment": row["payment"],
        "item": row["item"],
        "customer": row["customer"],
        "amount": Money(row["amount_fen"]).plain(),
    }
