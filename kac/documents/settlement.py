"""财务结算确认单: a day's settlement, what is left over, both signatures (HYP-FIN-10/14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import Imprint, Signature, footer, masthead, signed
from kac.documents.layout import Paper, clip, flow, spread, wrap
from kac.documents.pages import Column, Table, flowed, listed
from kac.documents.sheets import DM1, Sheet
from kac.documents.wording import joined, said, yuan

COLUMNS = 96
_TABLE = (
    Column("结算项", 16),
    Column("业务单位", 29, flexible=True),
    Column("单据", 16),
    Column("金额", 15, "right"),
    Column("凭据", 14),
)
FUNDS = {
    "cash": "现金",
    "cheque": "支票",
    "ebank": "网银",
    "wire": "电汇",
    "returned": "退回",
}
STATES = {"with_manager": "待到账", "in_custody": "部门保管", "at_bank": "已送银行"}


@dataclass(frozen=True, slots=True)
class SettledLine:
    """One item that was settled: its unit, what it paid, fen, and what proves that it came.

    What was given back that had been settled before stands below nought, as `returned`.
    """

    number: str
    customer_name: str
    document: str
    funds: str
    amount_fen: int
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class LeftLine:
    """One item that is left over: where it is, who keeps it, and to whom it was handed."""

    number: str
    customer_name: str
    funds: str
    amount_fen: int
    state: str
    custodian: str
    receiver: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SettlementPaper:
    """The confirmation of one day; `audit_head` is the chain's head when the day was closed."""

    imprint: Imprint
    on_day: date
    revision: int
    officer: str
    settled: tuple[SettledLine, ...]
    left: tuple[LeftLine, ...]
    circulated_to: str
    audit_head: str
    signatures: tuple[Signature, ...]
    keeper: str = ""


def compose(paper: SettlementPaper, *, sheet: Sheet = DM1) -> Paper:
    """The sheet with its annex by category; what does not fit goes on overleaf."""
    told = printable(paper)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        version = f"第{told.revision}版" if told.revision > 1 else ""
        day = joined(f"结算日期: {told.on_day.isoformat()}", version)
        return [
            *masthead(told.imprint, "财务结算确认单", page, sheet),
            *spread(day, f"No. {told.imprint.number}", sheet.columns),
        ]

    def below(last: bool) -> list[str]:
        signed = _signed(told, sheet.columns) if last else ["(接下页)"]
        return [*signed, *footer(told.imprint, sheet.columns, most=3)]

    body = [*_settled(told, sheet.columns), *_left(told, sheet.columns)]
    pages = flowed(body, above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(paper), told.imprint.number)


def _settled(sheet: SettlementPaper, columns: int) -> list[str]:
    rows: list[tuple[str, ...]] = []
    for funds in dict.fromkeys(line.funds for line in sheet.settled):
        mine = [line for line in sheet.settled if line.funds == funds]
        rows += [_row(line) for line in mine]
        total = sum(line.amount_fen for line in mine)
        rows.append(("", f"{said(FUNDS, funds)}小计 {len(mine)} 笔", "", yuan(total), ""))
    total = sum(line.amount_fen for line in sheet.settled)
    rows.append(("", "当日结算合计", "", yuan(total), ""))
    return [
        *listed(Table(_TABLE, tuple(rows)), columns),
        *wrap(f"大写: {amount_in_capitals(total)}", columns),
    ]


def _row(line: SettledLine) -> tuple[str, ...]:
    return (
        line.number,
        clip(line.customer_name, 60),
        line.document,
        yuan(line.amount_fen),
        line.evidence,
    )


def _left(sheet: SettlementPaper, columns: int) -> list[str]:
    edge = "-" * columns
    if not sheet.left:
        return [edge, "遗留事宜: 无", edge]
    lines = [edge, f"遗留事宜 {len(sheet.left)} 笔, 一对一交接:"]
    for line in sheet.left:
        where = joined(said(STATES, line.state), line.custodian and f"保管: {line.custodian}")
        told = flow(
            [
                line.number,
                clip(line.customer_name, 26),
                f"{said(FUNDS, line.funds)} {yuan(line.amount_fen)}",
                where,
                f"交 {line.receiver}" if line.receiver else "未交接",
                line.note,
            ],
            columns - 2,
        )
        lines += [f"  {each}" for each in told]
    return [*lines, edge]


def _signed(sheet: SettlementPaper, columns: int) -> list[str]:
    return [
        *spread(f"当日结算负责人: {sheet.officer}", f"通报: {sheet.circulated_to}", columns),
        *flow([signed(each) for each in sheet.signatures], columns),
        *spread(f"当月财务管理(保管): {sheet.keeper or '________'}", "", columns),
        *wrap(f"审计链: {sheet.audit_head}", columns),
    ]
