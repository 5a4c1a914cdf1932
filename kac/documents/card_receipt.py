"""收条: the receipt for gift cards on credit, amount in words and figures (HYP-CRD-08..10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, footer, masthead
from kac.documents.layout import DM1, Paper, boxed, pad, spread
from kac.documents.wording import yuan

COLUMNS = 80
# The card numbers that one sheet holds beside the rest.
MOST_ROWS = 40


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


def compose(receipt: CardReceiptPaper, *, length: int = DM1) -> Paper:
    """The receipt with the list of card numbers; longer lists go on overleaf."""
    told = printable(receipt)
    pages = []
    chunks = [told.rows[at : at + MOST_ROWS] for at in range(0, len(told.rows), MOST_ROWS)] or [()]
    for number, rows in enumerate(chunks, start=1):
        page = f"第{number}页/共{len(chunks)}页" if len(chunks) > 1 else ""
        pages.append(
            (
                *masthead(told.imprint, "购 物 卡 收 条", page, COLUMNS),
                *spread(f"日期: {told.on_day.isoformat()}", f"No. {told.imprint.number}", COLUMNS),
                *_list(rows),
                *(_signed(told) if number == len(chunks) else ()),
                *footer(told.imprint, COLUMNS, most=3),
            )
        )
    return Paper(tuple(pages), COLUMNS, length, unprintable(receipt))


def _list(rows: tuple[CardRow, ...]) -> list[str]:
    edge = "-" * COLUMNS
    head = pad("卡号", 44) + pad("张数", 8, "right") + pad("面值", 12, "right")
    lines = [
        pad(row.cards, 44)
        + pad(str(row.count), 8, "right")
        + pad(yuan(row.face_fen), 12, "right")
        + pad(yuan(row.count * row.face_fen), 16, "right")
        for row in rows
    ]
    return [edge, head + pad("金额", 16, "right"), edge, *lines, edge]


def _signed(receipt: CardReceiptPaper) -> list[str]:
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
            COLUMNS,
        ),
        *spread(f"收卡人(客户签字): {receipt.signer or BLANK}", f"单位公章: {seal}", COLUMNS),
        *spread(f"业务经理: {receipt.manager}", "货款未付, 凭此结算", COLUMNS),
    ]
