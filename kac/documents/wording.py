"""The Chinese words that papers use for the ledger's own: methods, purposes, states."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from kac.core.money import format_fen

METHODS = {
    "transfer": "银行转账",
    "cash": "现金",
    "wechat": "微信",
    "alipay": "支付宝",
    "pos": "刷卡",
    "cheque": "支票",
    "monthly": "月结",
}
DELIVERIES = {"deliver": "送货", "pickup": "自提", "": "交货待定"}
PAYMENT_TERMS = {"prepaid": "先款后货", "credit": "赊销", "monthly": "月结", "": "待定"}
RECEIVED_FOR = {"deposit": "订货定金", "security": "保证金", "payment": "货款", "": "预收货款"}
ORDER_STATES = {
    "draft": "草稿",
    "submitted": "待审核",
    "reviewed": "已审核",
    "slip_issued": "已开批发单",
    "delivered": "已送达",
    "closed": "已结案",
    "collecting": "收回各联",
    "voided": "已作废",
}
_WEEKDAYS = "一二三四五六日"


def said(words: Mapping[str, str], word: str) -> str:
    """The Chinese for one of the ledger's words; a word of another kind is taken as it is."""
    return words.get(word, word)


def yuan(fen: int) -> str:
    """An amount as papers show it: `￥31,703.00`."""
    return f"￥{format_fen(fen)}"


def day_and_weekday(day: date) -> str:
    """A day on which people meet: `2026-09-23(周三)`."""
    return f"{day.isoformat()}(周{_WEEKDAYS[day.weekday()]})"


def joined(*parts: str, gap: str = " ") -> str:
    """The parts that say something, with a gap between them."""
    return gap.join(part for part in parts if part)


def goods(name: str, spec: str, *, gift: bool = False, fresh: bool = False) -> str:
    """What a line calls the goods: name, specification, and what is special about them."""
    marks = joined("(赠品)" if gift else "", "(生鲜)" if fresh else "", gap="")
    return joined(name, spec) + marks
