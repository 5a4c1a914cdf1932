"""箱标: the labels on the lids of the boxes of an order, name and quantity on each (GPA-RCV-03)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kac.documents.characters import printable, unprintable
from kac.documents.imprint import Imprint, footer
from kac.documents.layout import Paper, boxed, heading
from kac.documents.pages import blocks
from kac.documents.sheets import DM2, Sheet
from kac.documents.wording import day_and_weekday, joined

COLUMNS = 80


@dataclass(frozen=True, slots=True)
class Label:
    """One box: what is in it, how much as text, and which box of how many it is.

    `more` are the other goods of a mixed box: what, and how much.
    """

    code: str
    name: str
    spec: str
    unit: str
    quantity: str
    box: int = 1
    boxes: int = 1
    more: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BoxLabels:
    """The labels of one order; `imprint.number` is the order's or the slip's."""

    imprint: Imprint
    customer_name: str
    location: str
    need_by: date
    labels: tuple[Label, ...]


def compose(boxes: BoxLabels, *, sheet: Sheet = DM2) -> Paper:
    """The labels one below the other, none parted; on a roll each is cut off alone."""
    told = printable(boxes)
    sheet = sheet.wide(COLUMNS)

    def above(page: str) -> list[str]:
        title = f"{told.imprint.company}  箱标"
        marks = "*** 培 训 ***" if told.imprint.training else ""
        return heading(title, marks, page, sheet.columns)

    def below() -> list[str]:
        return footer(told.imprint, sheet.columns)

    labels = [_label(told, label, sheet.columns) for label in told.labels]
    pages = blocks(labels, above, below, sheet=sheet)
    return Paper(pages, sheet, unprintable(boxes), told.imprint.number)


def _label(boxes: BoxLabels, label: Label, columns: int) -> list[str]:
    whole = f"第{label.box}箱/共{label.boxes}箱" if label.boxes > 1 else ""
    return boxed(
        [
            joined("品名:", label.name, label.spec),
            joined(f"数量: {label.quantity}{label.unit}", whole, gap="   "),
            *(f"另有: {name}   数量: {quantity}" for name, quantity in label.more),
            f"货号: {label.code}",
            f"客户: {boxes.customer_name}",
            joined(
                f"单号: {boxes.imprint.number}",
                f"出库: {boxes.location}",
                f"要货: {day_and_weekday(boxes.need_by)}",
                gap="   ",
            ),
        ],
        columns,
    )
