"""A paper on its way out: the same lines as text, in the browser and on the printer."""

from __future__ import annotations

import re
from html import unescape

import pytest

from kac.documents import outputs
from kac.documents.layout import DM1, DM2, DM3, Paper

PAGES = (("某某公司  收 款 收 据", "|<甲>&乙|"), ("第二页", "￥5"))


def paper(columns: int = 96, length: int = DM2) -> Paper:
    return Paper(PAGES, columns, length)


def test_pages_of_text_are_parted_by_a_form_feed_or_as_asked() -> None:
    assert outputs.text(paper()).split("\f") == ["\n".join(page) + "\n" for page in PAGES]
    assert outputs.text(paper(), page_break="\n").count("\f") == 0


def test_a_browser_page_holds_every_line_and_fetches_nothing() -> None:
    made = outputs.html(paper(), title="SK<1>")
    sheets = re.findall(r"<pre>(.*?)</pre>", made, re.DOTALL)
    plain = [unescape(re.sub(r"</?[bi]>", "", sheet)).split("\n") for sheet in sheets]
    assert plain == [list(page) for page in PAGES]
    assert "<title>SK&lt;1&gt;</title>" in made
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link", made)


@pytest.mark.parametrize(("length", "height"), [(DM1, "279.4"), (DM2, "139.7"), (DM3, "93.1")])
def test_a_browser_page_is_as_large_as_the_stock(length: int, height: str) -> None:
    assert f"@page {{ size: 241mm {height}mm;" in outputs.html(paper(length=length))


@pytest.mark.parametrize(
    ("columns", "setting"),
    [(80, b"\x1b@\x1bP\x1c&\x1cS\x06\x06"), (96, b"\x1b@\x1bM\x1c&\x1cS\x03\x03")],
)
def test_a_printer_job_sets_pitch_and_length_and_carries_the_same_lines(
    columns: int, setting: bytes
) -> None:
    job = outputs.escp(paper(columns))
    head = setting + b"\x1b2\x1bC" + bytes([DM2])
    assert job.startswith(head)
    printed = job.removeprefix(head).decode("gb18030").split("\f")
    assert printed == [*("\r\n" + "\r\n".join(page) + "\r\n" for page in PAGES), ""]


def test_nothing_but_the_job_itself_steers_the_printer() -> None:
    job = outputs.escp(paper())
    assert job.count(b"\x1b") == 4
    assert job.count(b"\x1c") == 2
