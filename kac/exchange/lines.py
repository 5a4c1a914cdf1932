"""Order lines from a file: goods, quantity and price, for one order taken at the counter."""

from __future__ import annotations

from pathlib import Path

from kac.core.errors import BadInput, system_says
from kac.core.i18n import _, ngettext
from kac.exchange import cells
from kac.exchange.columns import Column
from kac.exchange.sheet import read

COLUMNS = (
    Column("code", ("商品编码", "货号", "条码"), cells.code),
    Column("quantity", ("数量",), cells.name(20)),
    Column("unit_price", ("成交价", "单价"), cells.words(20), optional=True),
)


def read_lines(path: Path) -> list[str]:
    """The lines of a file as they would be typed, `CODE:QTY@PRICE`; BadInput names bad cells."""
    try:
        data = path.read_bytes()
    except OSError as trouble:
        raise BadInput(
            _("{path} cannot be read: {trouble}").format(path=path, trouble=system_says(trouble)),
            code="E-IMP-006",
        ) from trouble
    sheet = read(data, COLUMNS)
    if sheet.errors:
        raise BadInput(
            ngettext(
                "{file}: {count} bad cell", "{file}: {count} bad cells", len(sheet.errors)
            ).format(file=path.name, count=len(sheet.errors)),
            code="E-IMP-004",
            cause=[error.says() for error in sheet.errors_in_order()[:10]],
        )
    return [_typed(line.values) for line in sheet.lines]


def _typed(values: dict[str, str]) -> str:
    price = values["unit_price"]
    return f"{values['code']}:{values['quantity']}" + (f"@{price}" if price else "")
