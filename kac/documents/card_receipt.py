"""收条: the receipt for gift cards on credit, amount in words and figures (HYP-CRD-08..10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.core.money import format_fen
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, footer, masthead
from kac.documents.layout import Paper, boxed, spread
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM1, Sheet
from kac.documents.wording import yuan

COLUMNS = 80
_TABLE = (
    Column("卡号", 40, flexible=True),
    Column("张数", 8, "right"),
    Column("面值", 12, "right"),
    Column("金额", 15, "right"),
)


@dataclass(frozen=True, slots=True)
class CardRow:
    """Cards of one range: their numbers, how many, what each is worth in fen."""

    cards: str
    count: int
    face_fen: int


@dataclass(frozen=True, slots=True)
class CardReceiptPaper:
    """A receipt for cards as it is printed; what the customer wrote is empty before it is."""

    imprint: Imprint
    on_day: date
    customer_name: str
    rows: tuple[CardRow, ...]
    amount_fen: int
    manager: str
    signer: str = ""
    words: str = ""
    sealed: bool = False
    seal_reason: str = ""


def compose(receipt: CardReceiptPaper, *, sheet: Sheet = DM1) -> Paper:
    """The receipt with the list of card numbers; longer lists go on overleaf."""
    told = printable(receipt)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        day = f"日期: {told.on_day.isoformat()}"
        return [
            *masthead(told.imprint, "购 物 卡 收 条", page, sheet),
            *spread(day, f"No. {told.imprint.number}", sheet.columns),
        ]

    def below(rows: range, last: bool) -> list[str]:
        signed = _signed(told, sheet.columns) if last else _page_total(told, rows)
        return [*signed, *footer(told.imprint, sheet.columns, most=3)]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(receipt), told.imprint.number)


def _rows(receipt: CardReceiptPaper) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            row.cards,
            str(row.count),
            format_fen(row.face_fen),
            format_fen(row.count * row.face_fen),
        )
        for row in receipt.rows
    )


def _page_total(receipt: CardReceiptPaper, rows: range) -> list[str]:
    here = [receipt.rows[row] for row in rows]
    worth = sum(row.count * row.face_fen for row in here)
    return [f"本页小计: {sum(row.count for row in here)}张  {yuan(worth)}", "(接下页)"]


def _signed(receipt: CardReceiptPaper, columns: int) -> list[str]:
    count = sum(row.count for row in receipt.rows)
    words = receipt.words or BLANK * 4
    seal = "已盖章" if receipt.sealed else receipt.seal_reason or BLANK
    return [
        *boxed(
            [
                f"今收到: 购物卡 {count} 张, {receipt.customer_name}",
                f"小写: {yuan(receipt.amount_fen)}   大写应为: "
                f"{amount_in_capitals(receipt.amount_fen)}",
                f"大写(客户手写): {words}",
            ],
            columns,
        ),
        *spread(f"收卡人(客户签字): {receipt.signer or BLANK}", f"单位公章: {seal}", columns),
        *spread(f"业务经理: {receipt.manager}", "货款未付, 凭此结算", columns),
    ]
