"""What the tax client (开票软件) reads: a sheet with Chinese titles, whatever the screen speaks.

Amounts include tax (A-41); the rate and the tax are the tax client's business, by the goods' class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# (key, title, kind) of every column, in their order.
COLUMNS = (
    ("number", "单据编号", "code"),
    ("kind", "发票种类", "text"),
    ("title", "购方名称", "text"),
    ("tax_number", "购方税号", "code"),
    ("name", "项目名称", "text"),
    ("spec", "规格型号", "text"),
    ("unit", "单位", "text"),
    ("quantity", "数量", "quantity"),
    ("unit_price", "含税单价", "money"),
    ("amount", "含税金额", "money"),
    ("note", "备注", "text"),
)
_KINDS = {"ordinary": "数电普票", "special": "数电专票"}


def row(line: Mapping[str, Any]) -> dict[str, Any]:
    """One row of the sheet for a line of an invoice."""
    return {**line, "kind": _KINDS[line["kind"]], "note": line["order_number"]}
