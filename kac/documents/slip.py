"""批发单(送货单): the slip that goods travel with, in two copies (RTL-PAY-05..11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.core.money import format_fen
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Copy, Imprint, Signature, footer, legend, masthead, signed
from kac.documents.layout import Paper, bound, pairs, spread
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import METHODS, goods, joined, said, yuan

COLUMNS = 96
COPIES = (
    Copy("driver", "第一联 物流中心送货人"),
    Copy("customer", "第二联 客户(签收后收回存档)"),
)
_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 32, flexible=True),
    Column("单位", 4, "centre"),
    Column("数量", 7, "right"),
    Column("单价", 9, "right"),
    Column("金额", 12, "right"),
    Column("备注", 7),
)

# Of an order that goes out in parts: what was ordered, went before, goes now, and stays open.
_PART_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 16, flexible=True),
    Column("单位", 4, "centre"),
    Column("订量", 7, "right"),
    Column("前送", 7, "right"),
    Column("本送", 7, "right"),
    Column("未送", 7, "right"),
    Column("单价", 9, "right"),
    Column("金额", 12, "right"),
)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """One line: the price per selling unit, quantities as text; three of them for a part alone."""

    code: str
    name: str
    spec: str
    unit: str
    quantity: str
    price_fen: int
    amount_fen: int
    gift: bool = False
    remark: str = ""
    ordered: str = ""
    before: str = ""
    open: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What a slip of several is of its order, in fen: sent before, still open, paid by deposit."""

    before_fen: int
    open_fen: int
    deposit_fen: int


@dataclass(frozen=True, slots=True)
class Slip:
    """A dispatch as it is printed; what is not known yet is left blank to be written by hand.

    `payment` is the ledger's word or Chinese; `verified` is finance's word that the money is in;
    `part` is told of an order that goes out with several slips.
    """

    imprint: Imprint
    on_day: date
    order: str
    customer_name: str
    contact: str
    phone: str
    address: str
    issued_by: str
    lines: tuple[SlipLine, ...]
    payment: str = ""
    received_fen: int = 0
    verified: Signature = Signature("财务核实")
    released_by: str = ""
    driver: str = ""
    vehicle: str = ""
    received_by: str = ""
    signed_on: date | None = None
    terms: str = "货物当面点清"
    part: Part | None = None


def compose(slip: Slip, *, copy: str = "", sheet: Sheet = DM2) -> Paper:
    """The slip with the legend of one copy, or of both for carbon paper."""
    told = printable(slip)
    sheet = sheet.wide(COLUMNS)
    cleared = joined(told.terms, signed(told.verified), gap="   ")
    ending = spread(legend(COPIES, copy), cleared, sheet.columns)

    def above(page: str) -> list[str]:
        return [
            *masthead(told.imprint, "批发单(送货单)", page, sheet),
            *_parties(told, sheet.columns),
        ]

    def below(rows: range, last: bool) -> list[str]:
        signing = [*_signing(told, sheet.columns), *ending, *footer(told.imprint, sheet.columns)]
        return [*_totals(told, rows, last, sheet.columns), *signing]

    table = Table(_PART_TABLE, _part_rows(told)) if told.part else Table(_TABLE, _rows(told))
    pages = tabled(table, above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(slip), told.imprint.number)


def compose_each(slip: Slip, *, sheet: Sheet = DM2) -> Paper:
    """Both copies with their own legend, one after the other."""
    return bound(compose(slip, copy=one.name, sheet=sheet) for one in COPIES)


def _parties(slip: Slip, columns: int) -> list[str]:
    return pairs(
        [
            (f"客户: {slip.customer_name}", f"单号: {slip.imprint.number}"),
            (
                f"地址: {slip.address}",
                f"日期: {slip.on_day.isoformat()}  制单: {slip.issued_by}",
            ),
            (joined("收货:", slip.contact, slip.phone), f"订单: {slip.order}"),
        ],
        columns,
    )


def _rows(slip: Slip) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            line.code,
            goods(line.name, line.spec),
            line.unit,
            line.quantity,
            format_fen(line.price_fen),
            format_fen(line.amount_fen),
            joined("赠品" if line.gift else "", line.remark),
        )
        for number, line in enumerate(slip.lines, start=1)
    )


def _part_rows(slip: Slip) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            line.code,
            joined(goods(line.name, line.spec), "(赠品)" if line.gift else ""),
            line.unit,
            line.ordered,
            line.before,
            line.quantity,
            line.open,
            format_fen(line.price_fen),
            format_fen(line.amount_fen),
        )
        for number, line in enumerate(slip.lines, start=1)
    )


def _of_parts(slip: Slip, columns: int) -> list[str]:
    """What of the order went before and is still to go, and the deposit that pays for this."""
    if slip.part is None:
        return []
    sent = f"分批送货  此前已送: {yuan(slip.part.before_fen)}  未送: {yuan(slip.part.open_fen)}"
    return spread(sent, f"本单冲抵定金: {yuan(slip.part.deposit_fen)}", columns)


def _totals(slip: Slip, rows: range, last: bool, columns: int) -> list[str]:
    here = sum(slip.lines[row].amount_fen for row in rows)
    whole = sum(line.amount_fen for line in slip.lines)
    page = f"本页小计: {len(rows)}项  {yuan(here)}"
    if not last:
        return [page, "(接下页)"]
    method = f"({said(METHODS, slip.payment)})" if slip.payment else ""
    received = f"已收款{method}: {yuan(slip.received_fen)}"
    return [
        *spread(page, f"本单合计: {len(slip.lines)}项  {yuan(whole)}", columns),
        *spread(f"人民币(大写): {amount_in_capitals(whole)}", received, columns),
        *_of_parts(slip, columns),
    ]


def _signing(slip: Slip, columns: int) -> list[str]:
    hands = joined(
        f"发货: {slip.released_by or '______'}",
        f"送货: {slip.driver or '______'}",
        f"车号: {slip.vehicle or '__________'}",
        gap="   ",
    )
    day = slip.signed_on.isoformat() if slip.signed_on else BLANK
    name = slip.received_by or "____________"
    return spread(hands, f"客户签收(盖章): {name} 日期: {day}", columns)
