"""The page that a printer is tried with: rulers, signs, columns, the code; no document."""

from __future__ import annotations

from kac.documents.characters import printable
from kac.documents.layout import Paper, pad, spread, wrap
from kac.documents.pages import Column, Table, flowed, listed
from kac.documents.sheets import Sheet

# No document has this number: what is scanned from a test page is found nowhere.
NUMBER = "SH20000101-0000"
_SIGNS = "0123456789 ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz !\"#$%&'()*+,-./:;<=>?@"
_HANZI = "零壹贰叁肆伍陆柒捌玖拾佰仟万亿元角分整 ￥ （）《》、。，：；"
_RARE = "“”—…×①℃Ⅳ√𠮷"
_TABLE = (
    Column("序", 3, "right"),
    Column("条码/货号", 13),
    Column("品名规格", 45, flexible=True),
    Column("数量", 6, "right"),
    Column("单价", 9, "right"),
    Column("金额", 13, "right"),
)
_ROWS = (
    ("1", "6901234567892", '稻香村"月饼"礼盒 720g', "120", "88.00", "10,560.00"),
    ("2", "2100008", "ABCDEFGHIJ 12345678901234567890", "12.5", "7.99", "99.88"),
    ("3", "6905678901236", "国国国国国国国国国国国国国国国", "5", "0.00", "0.00"),
)


def compose(sheet: Sheet, columns: int = 96) -> Paper:
    """The test page of one sheet, as many columns wide as most papers on it are."""
    sheet = sheet.wide(columns)
    across = sheet.columns

    def above(_page: str) -> list[str]:
        title = pad(f"打印测试页 {sheet.name}", across, "centre").rstrip()
        return ["", title, "", ""][: sheet.crown] if sheet.crown > 1 else [title]

    body = [
        *_ruler(across),
        *wrap(f"字符: {_SIGNS}", across),
        *wrap(f"汉字: {_HANZI}", across),
        *wrap(f"替换: {printable(_RARE)}", across),
        *listed(Table(_TABLE, _ROWS), across),
        *spread("左边齐", "右边齐", across),
        "国" * (across // 2),
        "+" * across,
    ]
    return Paper(flowed(body, above, lambda _last: _foot(sheet), sheet=sheet), sheet, "", NUMBER)


def _ruler(columns: int) -> list[str]:
    tens = "".join(f"{place:>10}" for place in range(10, columns + 1, 10))
    return [tens, ("1234567890" * 12)[:columns]]


def _foot(sheet: Sheet) -> list[str]:
    size = (
        f"{sheet.width // 1000}mm"
        if sheet.endless
        else (f"{sheet.width / 1000:g}x{sheet.height / 1000:g}mm {sheet.lines}行")
    )
    return spread(f"{sheet.name}: {size} {sheet.columns}列", f"条码: {NUMBER}", sheet.columns)
