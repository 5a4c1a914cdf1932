"""大客户订货单: the order form in three copies, and a photocopy where a deposit came first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.core.money import format_bp
from kac.documents.characters import printable, unprintable
from kac.documents.imprint import (
    BLANK,
    Copy,
    Imprint,
    Signature,
    footer,
    legend,
    masthead,
    signed,
)
from kac.documents.layout import Paper, bound, flow, pairs, spread, wrap
from kac.documents.pages import Column, Table, tabled
from kac.documents.priced import cells, page_total, whole_total
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import (
    DELIVERIES,
    METHODS,
    ORDER_STATES,
    day_and_weekday,
    joined,
    said,
    yuan,
)

COLUMNS = 96
# RTL-ORD-06..09.
COPIES = (
    Copy("merchant_dept", "第一联 招商部存档"),
    Copy("distribution_center", "第二联 配送中心"),
    Copy("customer", "第三联 客户"),
)
PHOTOCOPY = Copy("photocopy", "复印件 财务存档")
_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 30, flexible=True),
    Column("单位", 4, "centre"),
    Column("订量", 6, "right"),
    Column("零售价", 9, "right"),
    Column("成交价", 9, "right"),
    Column("金额", 13, "right"),
)


@dataclass(frozen=True, slots=True)
class OrderFormLine:
    """One line: prices per selling unit, the quantity as text. `code` is barcode or goods code."""

    code: str
    name: str
    spec: str
    unit: str
    quantity: str
    list_price_fen: int
    price_fen: int
    amount_fen: int
    gift: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class DepositTerms:
    """The deposit that the order asks for, at its two rates, and what has come in of it.

    `waiver` signs for `waived_fen`, which was left off for a reason (RTL-DEP-06).
    """

    rate_bp: int
    fresh_rate_bp: int
    due_fen: int
    received_fen: int
    waived_fen: int = 0
    waived_because: str = ""
    waiver: Signature = Signature("批准减免", "招商部经理")


@dataclass(frozen=True, slots=True)
class OrderForm:
    """An order as it is printed. `received_fen` is all money received, the deposit included.

    `state` and `payment` are the ledger's words or Chinese; `arrival` is the distribution
    centre's signature for the day of arrival (RTL-SHT-06).
    """

    imprint: Imprint
    on_day: date
    state: str
    location: str
    customer: str
    customer_name: str
    contact: str
    phone: str
    address: str
    payment: str
    need_by: date
    prepared_by: str
    lines: tuple[OrderFormLine, ...]
    received_fen: int = 0
    deposit: DepositTerms | None = None
    signatures: tuple[Signature, ...] = ()
    arrival: Signature = Signature("配送确认到货")
    note: str = ""
    delivery: str = "deliver"


def copies(form: OrderForm) -> tuple[Copy, ...]:
    """The copies there are of this form; finance gets a photocopy once a deposit is in."""
    deposited = form.deposit is not None and form.deposit.received_fen > 0
    return (*COPIES, PHOTOCOPY) if deposited else COPIES


def compose(form: OrderForm, *, copy: str = "", sheet: Sheet = DM2) -> Paper:
    """The form with the legend of one copy, or of all copies for carbon paper."""
    told = printable(form)
    sheet = sheet.wide(COLUMNS)
    ending = spread(legend(copies(form), copy), "作废各联注明, 不得撕毁", sheet.columns)

    def above(page: str) -> list[str]:
        return [
            *masthead(told.imprint, "大客户订货单", page, sheet),
            *_parties(told, sheet.columns),
        ]

    def below(rows: range, last: bool) -> list[str]:
        signing = [*_signing(told, sheet.columns), *ending, *footer(told.imprint, sheet.columns)]
        return [*_totals(told, rows, last, sheet.columns), *signing]

    pages = tabled(Table(_TABLE, _rows(told)), above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(form), told.imprint.number)


def compose_each(form: OrderForm, *, sheet: Sheet = DM2) -> Paper:
    """Every copy with its own legend, one after the other."""
    return bound(compose(form, copy=one.name, sheet=sheet) for one in copies(form))


def _parties(form: OrderForm, columns: int) -> list[str]:
    numbers = joined(
        f"单号: {form.imprint.number}",
        f"日期: {form.on_day.isoformat()}",
        f"出库: {form.location}" if form.location else "",
        gap="   ",
    )
    return pairs(
        [
            (numbers, f"状态: {said(ORDER_STATES, form.state)}"),
            (
                joined("客户:", form.customer, form.customer_name),
                f"付款: {said(METHODS, form.payment)}",
            ),
            (joined("联系:", form.contact, form.phone), f"制单: {form.prepared_by}"),
            (
                f"{said(DELIVERIES, form.delivery)}: {form.address}",
                f"要货日期: {day_and_weekday(form.need_by)}",
            ),
        ],
        columns,
    )


def _rows(form: OrderForm) -> tuple[tuple[str, ...], ...]:
    return tuple(cells(number, line) for number, line in enumerate(form.lines, start=1))


def _totals(form: OrderForm, rows: range, last: bool, columns: int) -> list[str]:
    if not last:
        return [page_total(form.lines, rows), "(接下页)", ""]
    whole = sum(line.amount_fen for line in form.lines)
    return [
        *whole_total(form.lines, rows, columns),
        *spread(_deposit(form), f"余款: {yuan(whole - form.received_fen)}", columns),
    ]


def _deposit(form: OrderForm) -> str:
    terms = form.deposit
    if terms is None:
        return "应收定金: 无"
    rates = joined(
        "" if all(line.fresh for line in form.lines) else f"一般{format_bp(terms.rate_bp)}",
        f"生鲜{format_bp(terms.fresh_rate_bp)}" if any(line.fresh for line in form.lines) else "",
    )
    return f"应收定金: {rates} {yuan(terms.due_fen)}   已收定金: {yuan(terms.received_fen)}"


def _waived(form: OrderForm, columns: int) -> list[str]:
    """What was left off the deposit, by whom and why; nothing where nothing was."""
    terms = form.deposit
    if terms is None or not terms.waived_fen:
        return []
    said_so = f"定金减免: {yuan(terms.waived_fen)}   原因: {terms.waived_because}"
    return [*wrap(said_so, columns, most=2), signed(terms.waiver)]


def _signing(form: OrderForm, columns: int) -> list[str]:
    approvals = flow([signed(one) for one in form.signatures], columns)
    note = wrap(f"要求: {form.note}", columns, most=2) if form.note else []
    arrival = signed(form.arrival)
    if not form.arrival.name:
        arrival += f" 日期: {BLANK}"
    return [
        *approvals,
        *_waived(form, columns),
        *note,
        *spread(arrival, f"客户签字(盖章): {BLANK * 2}", columns),
    ]
