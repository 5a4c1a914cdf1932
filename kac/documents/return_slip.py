"""退货单: the slip that goods come back with, in two copies (FLW-AFT-01)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.core.money import format_fen
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Copy, Imprint, Signature, footer, legend, masthead, signed
from kac.documents.layout import Paper, bound, flow, pairs, spread
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import goods, joined, yuan

COLUMNS = 96
COPIES = (Copy("distribution_center", "第一联 配送中心"), Copy("customer", "第二联 客户"))
_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 26, flexible=True),
    Column("单位", 4, "centre"),
    Column("数量", 7, "right"),
    Column("金额", 12, "right"),
    Column("实收", 7, "right"),
    Column("处理", 16),
)


@dataclass(frozen=True, slots=True)
class ReturnSlipLine:
    """One line: quantities as text; what is not counted or judged yet is written by hand."""

    code: str
    name: str
    spec: str
    unit: str
    quantity: str
    amount_fen: int
    counted: str = ""
    fate: str = ""


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """Goods on their way back, as they are printed; `exchange` is the order for other goods."""

    imprint: Imprint
    on_day: date
    by_day: date
    order: str
    dispatch: str
    customer_name: str
    contact: str
    phone: str
    location: str
    reason: str
    made_by: str
    signatures: tuple[Signature, ...]
    lines: tuple[ReturnSlipLine, ...]
    exchange: str = ""
    settled_by: str = ""
    settled_on: date | None = None


def compose(slip: ReturnSlip, *, copy: str = "", sheet: Sheet = DM2) -> Paper:
    """The slip with the legend of one copy, or of both for carbon paper."""
    told = printable(slip)
    sheet = sheet.wide(COLUMNS)
    title = "换 货 单" if told.exchange else "退 货 单"
    total = sum(line.amount_fen for line in told.lines)

    def above(page: str) -> list[str]:
        return [*masthead(told.imprint, title, page, sheet), *_parties(told, sheet.columns)]

    def below(rows: range, last: bool) -> list[str]:
        part = sum(told.lines[place].amount_fen for place in rows)
        whole = f"合计(大写): {amount_in_capitals(total)}   {yuan(total)}" if last else "(接下页)"
        return [
            *spread(f"本页小计: {yuan(part)}", whole, sheet.columns),
            *_hands(told, sheet.columns),
            *spread(legend(COPIES, copy), f"客户签字: {BLANK}", sheet.columns),
            *footer(told.imprint, sheet.columns),
        ]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(slip), told.imprint.number)


def compose_each(slip: ReturnSlip, *, sheet: Sheet = DM2) -> Paper:
    """Both copies with their own legend, one after the other."""
    return bound(compose(slip, copy=one.name, sheet=sheet) for one in COPIES)


def _parties(slip: ReturnSlip, columns: int) -> list[str]:
    exchange = f"换货订单: {slip.exchange}" if slip.exchange else ""
    return pairs(
        [
            (f"客户: {slip.customer_name}", f"单号: {slip.imprint.number}"),
            (
                joined(f"联系人: {slip.contact}", slip.phone),
                f"日期: {slip.on_day.isoformat()}",
            ),
            (f"原订货单: {slip.order}   批发单: {slip.dispatch}", f"退回: {slip.location}"),
            (f"退货原因: {slip.reason}", f"退回期限: {slip.by_day.isoformat()}"),
            *([(exchange, "")] if exchange else []),
        ],
        columns,
    )


def _hands(slip: ReturnSlip, columns: int) -> list[str]:
    settled = Signature("财务结算", name=slip.settled_by, day=slip.settled_on)
    return [
        *flow(
            [f"经办: {slip.made_by}", *(signed(one) for one in slip.signatures), signed(settled)],
            columns,
        ),
        *spread(f"招商部清点: {BLANK}   配送中心清点: {BLANK}", f"验货: {BLANK}", columns),
    ]


def _rows(slip: ReturnSlip) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            line.code,
            goods(line.name, line.spec),
            line.unit,
            line.quantity,
            format_fen(line.amount_fen),
            line.counted,
            line.fate,
        )
        for number, line in enumerate(slip.lines, start=1)
    )
