"""合同: a contract on paper, what both sides agreed and who signed for it on ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.capitals import amount_in_capitals
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import BLANK, Imprint, Signature, footer, masthead, signed
from kac.documents.layout import Paper, boxed, flow, pairs, spread, wrap
from kac.documents.pages import flowed
from kac.documents.sheets import DM1, Sheet
from kac.documents.wording import joined, yuan

COLUMNS = 96
TITLES = {"sale": "购 销 合 同", "supply": "长 期 供 货 合 同"}


@dataclass(frozen=True, slots=True)
class ContractPaper:
    """A contract as it is printed; amounts in fen. `ready` once nothing holds it up any more."""

    imprint: Imprint
    kind: str
    revision: int
    on_day: date
    customer: str
    customer_name: str
    uscc: str
    contact: str
    phone: str
    address: str
    amount_fen: int
    from_day: date
    to_day: date
    terms: str
    service: str
    prices: str
    mode: str
    rights: str
    prepared_by: str
    signatures: tuple[Signature, ...]
    floor_price_fen: int | None = None
    delivery_on: date | None = None
    statement_day: int | None = None
    due_day: int | None = None
    filing: str = ""
    ready: bool = False


def compose(contract: ContractPaper, *, sheet: Sheet = DM1) -> Paper:
    """The contract, the same for both sides."""
    told = printable(contract)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        head = masthead(told.imprint, TITLES[told.kind], page, sheet)
        return [*head, *_parties(told, sheet.columns)]

    def below(last: bool) -> list[str]:
        seals = [*_state(told, sheet.columns), "", *_seals(told, sheet.columns)]
        return [*(seals if last else []), *footer(told.imprint, sheet.columns, most=3)]

    body = [
        *boxed(_articles(told, sheet.columns), sheet.columns),
        *flow([signed(each) for each in told.signatures], sheet.columns),
    ]
    pages = flowed(body, above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(contract), told.imprint.number)


def _seals(told: ContractPaper, columns: int) -> list[str]:
    hand = f"代表签字: {BLANK} 日期: {BLANK}"
    return [
        *spread("供方(盖章):", f"需方(盖章): {told.customer_name}", columns),
        "",
        *spread(hand, hand, columns),
        "",
    ]


def _parties(told: ContractPaper, columns: int) -> list[str]:
    imprint, house = told.imprint, told.imprint.house
    supplier = joined("供方:", imprint.company, house.uscc)
    return [
        *pairs([(supplier, f"合同编号: {imprint.number}")], columns),
        *flow([*house.reached(), *house.payable()], columns),
        *pairs(
            [
                (
                    joined("需方:", told.customer_name, told.uscc),
                    f"第{told.revision}版  {told.on_day.isoformat()}",
                ),
                (joined("地址:", told.address), f"客户: {told.customer}"),
                (joined("联系:", told.contact, told.phone), f"经办: {told.prepared_by}"),
            ],
            columns,
        ),
    ]


def _articles(told: ContractPaper, columns: int) -> list[str]:
    figures = [f"合同额: {yuan(told.amount_fen)}", f"(大写){amount_in_capitals(told.amount_fen)}"]
    if told.floor_price_fen is not None:
        figures.append(f"结算底价: {yuan(told.floor_price_fen)}")
    days = f"一、期限: {told.from_day.isoformat()} 至 {told.to_day.isoformat()}"
    if told.delivery_on is not None:
        days += f"; 交货期: {told.delivery_on.isoformat()}前"
    return [
        *flow(figures, columns - 4),
        days,
        *wrap(f"二、服务内容: {told.service}", columns - 4),
        *wrap(f"三、价格政策: {told.prices}", columns - 4),
        *wrap(f"四、合作模式: {told.mode}", columns - 4),
        *wrap(f"五、付款方式: {told.terms}{_settled(told)}", columns - 4),
        *wrap(f"六、双方权利和义务: {told.rights}", columns - 4),
    ]


def _settled(told: ContractPaper) -> str:
    if told.statement_day is None or told.due_day is None:
        return ""
    return f"; 每月{told.statement_day}日对账, 次月{told.due_day}日前付清"


def _state(told: ContractPaper, columns: int) -> list[str]:
    filing = f"备案: {told.filing}" if told.filing else "备案: ________"
    return spread(filing, "" if told.ready else "*** 未经批准备案, 不得执行 ***", columns)
