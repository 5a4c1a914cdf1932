"""Twenty kinds of bad file: each is refused with the line that is wrong, and nothing is written."""

from __future__ import annotations

import io
import zipfile

import pytest

from kac.core.errors import BadInput, Exit
from kac.exchange.imports import FileRefused

HEADER = "外部单号,客户编码,要货日期,送货地址,商品编码,数量,成交价,赠品,备注"
GOOD = "WX-{n},KH0001,2026-11-25,,P0001,1,268.00,,"
ROWS = [GOOD.format(n=n) for n in range(1, 6)]
BAD_AT = 4


def text(row: str | None = None, header: str = HEADER, end: str = "\n") -> str:
    """A file of five orders, the third of which is written otherwise: line 4."""
    rows = list(ROWS)
    if row is not None:
        rows[BAD_AT - 2] = row
    return end.join([header, *rows, ""])


def _archive() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("[Content_Types].xml", "no workbook at all")
    return held.getvalue()


# What is wrong → the bytes, and the line that is told.
ROWS_WRONG: dict[str, tuple[str, int]] = {
    "a barcode as a power of ten": ("WX-3,KH0001,2026-11-25,,6.90123E+12,1,,,", 4),
    "a code with its zeros lost": ("WX-3,KH0001,2026-11-25,,1,1,,,", 4),
    "a customer that nobody knows": ("WX-3,KH0404,2026-11-25,,P0001,1,,,", 4),
    "a day that no calendar has": ("WX-3,KH0001,2026-02-30,,P0001,1,,,", 4),
    "a quantity in words": ("WX-3,KH0001,2026-11-25,,P0001,两台,,,", 4),
    "a quantity of nothing": ("WX-3,KH0001,2026-11-25,,P0001,0,,,", 4),
    "an amount with a letter in it": ("WX-3,KH0001,2026-11-25,,P0001,1,26O,,", 4),
    "a price below nothing": ("WX-3,KH0001,2026-11-25,,P0001,1,-1,,", 4),
    "goods for nothing that are no gift": ("WX-3,KH0001,2026-11-25,,P0001,1,0,,", 4),
    "a formula in place of a value": ("WX-3,KH0001,2026-11-25,,P0001,=A1,,,", 4),
    "an error of the spreadsheet": ("WX-3,KH0001,2026-11-25,,#N/A,1,,,", 4),
    "a row with too few cells": ("WX-3,KH0001", 4),
    "a row with too many cells": ("WX-3,KH0001,2026-11-25,,P0001,1,,,,x", 4),
    "a line break in a cell": ('WX-3,KH0001,2026-11-25,"a\nb",P0001,1,,,', 4),
    "a sign that turns text around": ("WX-3,KH0001,2026-11-25,\u202e门,P0001,1,,,", 4),
    "a blank line between the rows": ("", 4),
}
FILES_WRONG: dict[str, tuple[bytes, str]] = {
    "a NUL": (text("WX-3,KH0001\0,2026-11-25,,P0001,1,,,").encode(), "line 4"),
    "a quotation mark never closed": (text('"WX-3,KH0001,,,P0001,1,,,').encode(), "line 4"),
    "two encodings in one file": (
        text().encode() + "WX-9,KH0001,2026-11-25,后门,P0001,1,,,".encode("gb18030"), "line 7",
    ),
    "a column that approves": (text(header=HEADER.replace("备注", "审批")).encode(), "审批"),
    "a column that stands twice": (text(header=HEADER.replace("备注", "数量")).encode(), "数量"),
    "a column that is missing": (text(header=HEADER.replace("数量", "备注2")).encode(), "数量"),
    "no header": (text().partition("\n")[2].encode(), "line 1"),
    "a header and no rows": (f"{HEADER}\n".encode(), "no rows"),
    "nothing at all": (b"", ""),
    "an archive that is no workbook": (_archive(), ""),
}  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
@pytest.mark.parametrize("wrong", ROWS_WRONG)
def test_a_bad_row_is_told_with_its_line_and_nothing_is_written(shop, wrong, encoding) -> None:
    """SC-60: row-level errors, in whatever encoding the file is."""
    row, line = ROWS_WRONG[wrong]
    before = shop.state()
    with pytest.raises(FileRefused) as refused:
        shop.bring("orders", text(row).encode(encoding))
    assert {error.line for error in refused.value.errors} == {line}
    assert f"line {line}" in refused.value.cause[0]
    assert shop.state() == before


@pytest.mark.parametrize("wrong", FILES_WRONG)
def test_a_file_that_is_none_is_refused_with_the_place_and_nothing_is_written(shop, wrong) -> None:
    data, place = FILES_WRONG[wrong]
    before = shop.state()
    with pytest.raises(BadInput) as refused:
        shop.bring("orders", data)
    assert refused.value.exit is Exit.BAD_INPUT
    assert place in " ".join([refused.value.message, *refused.value.cause])
    assert shop.state() == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("lines", [1, 3, 200])
def test_orders_come_in_alike_in_every_encoding_and_length(shop, encoding, lines) -> None:
    """The matrix of encodings and lengths, through the whole import."""
    rows = [f"订单{n},KH000{1 + n % 2},+3d,学苑路{n}号,P0003,{1 + n},,,早上" for n in range(lines)]
    told = shop.bring("orders", "\r\n".join([HEADER, *rows, ""]).encode(encoding)).document
    assert (told["rows"], told["counts"], told["encoding"]) == (lines, {"drafts": lines}, encoding)
    asked = "SELECT external_number, address, note FROM sales_order ORDER BY id"
    assert shop.rows(asked) == [(f"订单{n}", f"学苑路{n}号", "早上") for n in range(lines)]
    assert shop.bring("orders", "\n".join([HEADER, *rows])).document["state"] == "imported_before"
