"""Opening files (期初余额): one row is what a customer owes, or what is held, from before."""

from __future__ import annotations

import re
from datetime import date
from functools import partial

from kac.core.calendar import parse_day
from kac.core.errors import BadInput, KacError
from kac.core.i18n import _
from kac.core.money import parse_money
from kac.db.reader import Reader, Row
from kac.db.work import Work
from kac.desk.customers import queries as customers
from kac.desk.openings import actions, queries, rules
from kac.desk.openings.actions import Balance
from kac.desk.payments.actions import Receipt, refuse_twice, tidied
from kac.desk.payments.rules import METHODS
from kac.desk.securities.rules import LIVING
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.kind import Kind, Taken
from kac.exchange.sheet import Line, Sheet

_KINDS = {
    "应收": "owed", "预收": "deposit", "保证金": "security", "购物卡": "cards",
} | {kind: kind for kind in rules.KINDS}  # fmt: skip
_METHODS = {
    "转账": "transfer", "现金": "cash", "微信": "wechat", "支付宝": "alipay", "刷卡": "pos",
} | {method: method for method in METHODS if method != "cheque"}  # fmt: skip
_CUSTOMER = cells.optional(cells.customer_code)
_WITH_YEAR = re.compile(r"\d{4}\D.*|\d{8}")


def _day(text: str) -> date:
    if not _WITH_YEAR.fullmatch(text):
        raise BadInput(_('"{written}" names no year').format(written=text))
    return parse_day(text, date.min)


COLUMNS = (
    Column("kind", ("类别", "余额类别"), cells.choice(_KINDS)),
    Column("customer", ("客户编码", "客户编号"), _CUSTOMER),
    Column("amount", ("金额", "余额"), parse_money),
    Column("since", ("日期", "发生日期"), _day),
    Column("due", ("到期日",), cells.optional(_day, None), optional=True),
    Column("contract", ("合同号",), cells.words(20), optional=True),
    Column("method", ("方式", "付款方式"), cells.optional(cells.choice(_METHODS)), optional=True),
    Column("reference", ("流水号", "凭证号"), cells.words(60), optional=True),
    Column("note", ("备注", "原单号"), cells.words(200), optional=True),
)
HELD = ("deposit", "security")


def take(work: Work, sheet: Sheet, document: str) -> Taken:
    """Write the sound rows on one sheet for a second person; nothing is booked by it (A-56).

    Only a kind of which the books have nothing yet may be opened (CRH-DAT-02).
    """
    filed = {row["number"]: row["id"] for row in customers.listing(work.reader)}
    booked, waiting = queries.booked_kinds(work.reader), queries.waiting_kinds(work.reader)
    seen: dict[str, int] = {}
    balances = []
    for line in sheet.sound():
        _refuse_late(sheet, line, booked, waiting, work.on)
        customer = _customer(sheet, line, filed)
        contract = _contract(sheet, line, work.reader)
        _refuse_money(work, sheet, line, seen)
        if line.number not in sheet.bad:
            balances.append(_balance(line, customer, contract))
    number = actions.write_down(work, document, balances) if balances else ""
    says = (_("{number}: opening balances that wait for a second person").format(number=number),)
    counts = {"balances": len(balances)}
    if not number:
        return Taken(counts)
    return Taken(counts, (number,), says, (f"kac opening confirm {number}",))


def _balance(line: Line, customer: int | None, contract: Row | None) -> Balance:
    said = line.values
    return Balance(
        kind=said["kind"],
        amount_fen=said["amount"].fen,
        since=said["since"],
        due_on=said["due"] or said["since"],
        customer_id=customer,
        contract_id=contract["id"] if contract else None,
        method=(said["method"] or "transfer") if said["kind"] in HELD else "",
        reference=said["reference"],
        note=said["note"],
    )


def _refuse_late(
    sheet: Sheet, line: Line, booked: tuple[str, ...], waiting: dict[str, str], today: date
) -> None:
    kind = line.values["kind"]
    if kind in booked:
        sheet.refuse(line, "kind", _("the books have entries of this kind already"))
    elif kind in waiting:
        why = _("balances of this kind wait for a second person: {number}")
        sheet.refuse(line, "kind", why.format(number=waiting[kind]))
    if line.values["amount"].fen <= 0:
        sheet.refuse(line, "amount", _("a balance is an amount above nothing"))
    if line.values["since"] > today:
        sheet.refuse(line, "since", _("this day is still to come"))
    if line.values["due"] and line.values["due"] < line.values["since"]:
        sheet.refuse(line, "due", _("it is due before it began"))


def _customer(sheet: Sheet, line: Line, filed: dict[str, int]) -> int | None:
    kind, number = line.values["kind"], line.values["customer"]
    if kind == "cards":
        if number:
            sheet.refuse(line, "customer", _("gift cards are nobody's: leave the cell empty"))
        return None
    if number not in filed:
        why = _("no customer has this code") if number else _("whose balance is it?")
        sheet.refuse(line, "customer", why)
        return None
    return filed[number]


def _contract(sheet: Sheet, line: Line, reader: Reader) -> Row | None:
    kind, number = line.values["kind"], line.values["contract"]
    if kind != "security":
        if number:
            sheet.refuse(line, "contract", _("only a security deposit names a contract"))
        return None
    row = reader.first(
        "SELECT id, number, kind, state, customer FROM v_contract WHERE number = upper(:number)",
        number=number,
    )
    if row is None or row["kind"] != "supply" or row["state"] not in LIVING:
        why = _("security is held under a living supply contract: name it")
        sheet.refuse(line, "contract", why)
    elif row["customer"] != line.values["customer"]:
        why = _("{order} is of {customer}")
        told = why.format(order=row["number"], customer=row["customer"])
        sheet.refuse(line, "contract", told)
    return row


def _refuse_money(work: Work, sheet: Sheet, line: Line, seen: dict[str, int]) -> None:
    """Note money that could not be written down, or whose reference stands somewhere already."""
    said = line.values
    if said["kind"] not in HELD:
        if said["method"]:
            sheet.refuse(line, "method", _("only money that is held came by a way"))
        return
    receipt = Receipt(said["amount"], said["method"] or "transfer", said["reference"])
    sheet.further(line, "reference", partial(_sound, work, receipt))
    reference = said["reference"].upper()
    first = seen.setdefault(reference, line.number) if reference else line.number
    if first != line.number:
        sheet.refuse(line, "reference", _("it stands in line {line} already").format(line=first))


def _sound(work: Work, receipt: Receipt, _said: str) -> None:
    if receipt.amount.fen <= 0:
        return
    try:
        refuse_twice(work, tidied(receipt, "kac import opening"))
    except KacError as refused:
        raise BadInput(refused.message) from refused


KIND = Kind("opening", COLUMNS, take, "kac opening list")
