"""What a clerk writes for a document: its number, the end of it, or `@` for the last one."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date

from kac.core.errors import NotFound
from kac.core.i18n import N_, _
from kac.core.text import folded
from kac.core.values import dataclass
from kac.db.reader import Reader

# What the numbers of each kind belong to.
KINDS = {
    "DD": N_("an order"),
    "SP": N_("an approval"),
    "SK": N_("money received"),
    "ZP": N_("a cheque"),
    "DZ": N_("a statement"),
    "SH": N_("a slip"),
    "CC": N_("a vehicle run"),
    "FP": N_("an invoice"),
    "CK": N_("a dunning letter"),
    "YH": N_("a statement line"),
    "WT": N_("a delegation"),
    "BF": N_("a visit"),
    "HD": N_("a campaign"),
    "DJ": N_("a deposit of a campaign"),
    "JM": N_("a waiver of a deposit"),
    "FL": N_("a rebate"),
    "TK": N_("a refund"),
    "TH": N_("a return"),
    "HF": N_("a call after a delivery"),
    "HT": N_("a contract"),
    "BJ": N_("a quotation"),
    "XJ": N_("an inquiry"),
    "SQ": N_("an application"),
    "PC": N_("a change of policy"),
    "KP": N_("a batch of gift cards"),
    "KS": N_("a sale of gift cards"),
    "QT": N_("an IOU"),
    "ED": N_("a credit limit"),
    "DB": N_("a guarantee letter"),
    "BZ": N_("a security deposit"),
    "XY": N_("an application for credit"),
    "JS": N_("money to settle"),
    "RJ": N_("a settlement day"),
    "PF": N_("a wholesale"),
    "BX": N_("an expense"),
    "TJ": N_("a price sheet"),
    "QC": N_("a sheet of opening balances"),
    "IM": N_("an import"),
    "CG": N_("a purchase request"),
    "YL": N_("goods kept back"),
    "TZ": N_("an adjustment"),
    "YK": N_("a transfer"),
    "CN": N_("a promised arrival"),
    "FH": N_("a shipment"),
    "DY": N_("a request to draw"),
    "RK": N_("goods received"),
    "ZB": N_("an order table"),
}
_MOST = 12
_DATED = r"(?:(?P<month>\d{2})(?P<day>\d{2})-)?(?P<count>\d{1,4})"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who refers to something, and on which day: what `7` and `@` mean depends on both."""

    today: date
    actor: str = ""


def resolve(reader: Reader, kind: str, table: str, written: str, speaker: Speaker) -> str:
    """The number of the one document of `kind` that is meant; NotFound (exit 3) otherwise.

    `DD20260918-0007`, `0918-7` (of this year), `7` (of today), `@` and `@2` (the last ones that
    the speaker touched), or any unique part of a number.
    """
    word = folded(written).upper()
    if word.startswith("@"):
        return _touched(reader, kind, word, speaker.actor)
    for candidate in _spelled(kind, word, speaker.today):
        row = reader.first(f"SELECT number FROM {table} WHERE number = :number", number=candidate)
        if row:
            return str(row["number"])
    return _part(reader, kind, table, written, word)


def _spelled(kind: str, word: str, today: date) -> list[str]:
    found = [word]
    if match := re.fullmatch(_DATED, word):
        month, day = match["month"], match["day"]
        period = f"{today.year}{month}{day}" if month else today.strftime("%Y%m%d")
        found.append(f"{kind}{period}-{int(match['count']):04d}")
    return found


def _part(reader: Reader, kind: str, table: str, written: str, word: str) -> str:
    rows = []
    if word and word.replace("-", "").isalnum():
        rows = reader.all(
            f"SELECT number FROM {table} WHERE number LIKE :part ORDER BY number DESC LIMIT :most",
            part=f"%{word}" if re.fullmatch(_DATED, word) else f"%{word}%",
            most=_MOST + 1,
        )
    if len(rows) == 1:
        return str(rows[0]["number"])
    if rows:
        raise NotFound(
            _('"{reference}" names several documents: write more of the number').format(
                reference=written
            ),
            code="E-REF-002",
            cause=[row["number"] for row in rows[:_MOST]]
            + ([_("and more")] if len(rows) > _MOST else []),
        )
    raise NotFound(
        _('"{reference}" is no number of {kind}').format(
            kind=_(KINDS.get(kind, kind)), reference=written
        ),
        code="E-REF-001",
        cause=[
            _("write it whole, the end of it (1120-7, 7 of today), or @ for the last one")
            if reader.first(f"SELECT 1 FROM {table} LIMIT 1")
            else _("this ledger has none of them yet")
        ],
    )


def last_of(reader: Reader, kinds: Collection[str], speaker: Speaker) -> str:
    """The last document of any of these kinds that the speaker touched; NotFound for none."""
    rows = reader.all(
        "SELECT document FROM command WHERE :actor = '' OR actor = :actor"
        " ORDER BY id DESC LIMIT 100",
        actor=speaker.actor,
    )
    for row in rows:
        if str(row["document"])[:2] in kinds:
            return str(row["document"])
    raise NotFound(
        _("{reference}: you have touched no such document yet").format(reference="@"),
        code="E-REF-001",
    )


def _touched(reader: Reader, kind: str, word: str, actor: str) -> str:
    back = int(word[1:]) if word[1:].isdigit() else 1
    rows = reader.all(
        "SELECT document FROM command WHERE document LIKE :kind AND (:actor = '' OR actor = :actor)"
        " ORDER BY id DESC LIMIT 100",
        kind=f"{kind}%",
        actor=actor,
    )
    touched = list(dict.fromkeys(str(row["document"]) for row in rows))
    if back < 1 or len(touched) < back:
        raise NotFound(
            _("{reference}: you have touched no such document yet").format(reference=word),
            code="E-REF-001",
        )
    return touched[back - 1]
