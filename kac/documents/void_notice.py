"""作废通知: a form is void, and which of its copies come back from whom (RTL-SHT-09..11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, footer, masthead
from kac.documents.layout import Paper, pairs, spread, wrap
from kac.documents.pages import Column, Table, tabled
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import yuan

COLUMNS = 96
_TABLE = (
    Column("序", 3, "right"),
    Column("联", 23, flexible=True),
    Column("现在持有", 16),
    Column("情况", 12),
    Column("日期", 10),
    Column("交回人签字", 12),
    Column("收回人签字", 12),
)
HOLDERS = {
    "merchant_dept": "招商部",
    "distribution_center": "配送中心",
    "customer": "客户",
    "finance": "财务部",
    "driver": "送货人",
    "logistics": "物流存档",
    "photocopy": "复印件",
}
EVENTS = {
    "printed": "未收回",
    "reprinted": "未收回",
    "signed": "未收回",
    "returned": "未收回",
    "voided": "已收回作废",
    "lost": "遗失声明",
    "archived": "已归档",
}


@dataclass(frozen=True, slots=True)
class OutCopy:
    """One copy of the form: its name, who holds it, what happened to it last and when."""

    legend: str
    holder: str
    event: str
    day: date


@dataclass(frozen=True, slots=True)
class VoidNotice:
    """A form that is void or on its way to be; `imprint.number` is its number."""

    imprint: Imprint
    ordered_on: date
    customer: str
    customer_name: str
    amount_fen: int
    reason: str
    copies: tuple[OutCopy, ...]
    replaced_by: str = ""


def compose(notice: VoidNotice, *, sheet: Sheet = DM2) -> Paper:
    """The notice; every holder of a copy is shown it and signs for what is given back."""
    told = printable(notice)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        head = masthead(told.imprint, "订货单作废通知", page, sheet)
        return [*head, *_parties(told, sheet.columns)]

    def below(_rows: range, last: bool) -> list[str]:
        whole = f"共{len(told.copies)}联" if last else "(接下页)"
        return [
            *spread('收回各联注明"作废"存档, 不得撕毁; 遗失的附书面声明', whole, sheet.columns),
            *spread(f"招商部经办: {BLANK}", f"主管: {BLANK}   日期: {BLANK}", sheet.columns),
            *footer(told.imprint, sheet.columns),
        ]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(notice), told.imprint.number)


def _parties(notice: VoidNotice, columns: int) -> list[str]:
    instead = f"新单: {notice.replaced_by}" if notice.replaced_by else ""
    return [
        *pairs(
            [
                (f"作废单号: {notice.imprint.number}", f"原开单: {notice.ordered_on.isoformat()}"),
                (
                    f"客户: {notice.customer} {notice.customer_name}",
                    f"原金额: {yuan(notice.amount_fen)}",
                ),
            ],
            columns,
        ),
        *wrap(f"作废原因: {notice.reason}", columns, most=2),
        *([instead] if instead else []),
    ]


def _rows(notice: VoidNotice) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(number),
            copy.legend,
            HOLDERS.get(copy.holder, copy.holder),
            EVENTS.get(copy.event, copy.event),
            copy.day.isoformat(),
            "",
            "",
        )
        for number, copy in enumerate(notice.copies, start=1)
    )
