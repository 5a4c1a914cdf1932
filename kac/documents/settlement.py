"""财务结算确认单: a day's settlement, what is left over, both signatures (HYP-FIN-10/14)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import Imprint, Signature, footer, masthead, signed
from kac.documents.layout import DM1, Paper, clip, flow, pad, spread, wrap
from kac.documents.wording import joined, said, yuan

COLUMNS = 96
MOST_LINES = 44
FUNDS = {
    "cash": "现金",
    "cheque": "支票",
    "ebank": "网银",
    "wire": "电汇",
    "returned": "退回",
}
STATES = {"with_manager": "待到账", "in_custody": "部门保管"}


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


def compose(sheet: SettlementPaper, *, length: int = DM1) -> Paper:
    """The sheet with its annex by category; what does not fit goes on overleaf."""
    told = printable(sheet)
    body = [*_settled(told), *_left(told)]
    chunks = [body[at : at + MOST_LINES] for at in range(0, len(body), MOST_LINES)]
    pages = []
    for number, lines in enumerate(chunks, start=1):
        page = f"第{number}页/共{len(chunks)}页" if len(chunks) > 1 else ""
        version = f"第{told.revision}版" if told.revision > 1 else ""
        day = joined(f"结算日期: {told.on_day.isoformat()}", version)
        pages.append(
            (
                *masthead(told.imprint, "财务结算确认单", page, COLUMNS),
                *spread(day, f"No. {told.imprint.number}", COLUMNS),
                *lines,
                *(_signed(told) if number == len(chunks) else ()),
                *footer(told.imprint, COLUMNS, most=3),
            )
        )
    return Paper(tuple(pages), COLUMNS, length, unprintable(sheet))


def _settled(sheet: SettlementPaper) -> list[str]:
    edge = "-" * COLUMNS
    lines = [edge, _row("结算项", "业务单位", "单据", "金额", "凭据"), edge]
    for funds in dict.fromkeys(line.funds for line in sheet.settled):
        mine = [line for line in sheet.settled if line.funds == funds]
        lines += [
            _row(
                line.number,
                line.customer_name,
                line.document,
                yuan(line.amount_fen),
                line.evidence,
            )
            for line in mine
        ]
        total = sum(line.amount_fen for line in mine)
        lines.append(_row("", f"{said(FUNDS, funds)}小计 {len(mine)} 笔", "", yuan(total), ""))
    total = sum(line.amount_fen for line in sheet.settled)
    words = amount_in_capitals(total)
    return [*lines, edge, _row("", "当日结算合计", "", yuan(total), ""), f"大写: {words}"]


def _row(number: str, unit: str, document: str, amount: str, evidence: str) -> str:
    return (
        pad(number, 18)
        + pad(clip(unit, 26), 28)
        + pad(document, 18)
        + pad(amount, 16, "right")
        + "  "
        + clip(evidence, 14)
    ).rstrip()


def _left(sheet: SettlementPaper) -> list[str]:
    edge = "-" * COLUMNS
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
            COLUMNS - 2,
        )
        lines += [f"  {each}" for each in told]
    return [*lines, edge]


def _signed(sheet: SettlementPaper) -> list[str]:
    return [
        *spread(f"当日结算负责人: {sheet.officer}", f"通报: {sheet.circulated_to}", COLUMNS),
        *flow([signed(each) for each in sheet.signatures], COLUMNS),
        *spread(f"当月财务管理(保管): {sheet.keeper or '________'}", "", COLUMNS),
        *wrap(f"审计链: {sheet.audit_head}", COLUMNS),
    ]
