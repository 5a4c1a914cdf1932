"""A paper on its way out: the same lines as text, in the browser, in a PDF and on the printer."""

from __future__ import annotations

import io
import re
import sys
from html import unescape
from pathlib import Path

import pytest

from kac.core.errors import EnvironmentTrouble
from kac.documents import codes, fonts, outputs, pdf, web
from kac.documents.layout import Paper
from kac.documents.sheets import A4, A5, DM1, DM2, DM3, PROFILES, TH80, Sheet

NUMBER = "SH20260923-0001"
TITLE = " " * 35 + "某某公司  收 款 收 据"
PAGES = ((TITLE, "+-------+----+", "|<甲>&乙|5.00|", "+-------+----+"), (TITLE, "￥5"))
RUNS = ["某某公司", "收", "款", "收", "据", "<", "甲", ">&", "乙", "5.00"]
SHEETS = list(PROFILES.values())


def paper(sheet: Sheet = DM2, columns: int = 96, code: str = NUMBER) -> Paper:
    return Paper(PAGES, sheet.wide(columns), code=code)


def test_pages_of_text_are_parted_by_a_form_feed_or_as_asked() -> None:
    assert outputs.text(paper()).split("\f") == ["\n".join(page) + "\n" for page in PAGES]
    assert outputs.text(paper(), page_break="\n").count("\f") == 0


def test_a_browser_page_holds_every_word_and_fetches_nothing() -> None:
    made = web.html(paper(), title="SK<1>")
    first, second = re.findall(r"<svg.*?</svg>", made, re.DOTALL)
    assert [unescape(run) for run in re.findall(r">([^<>]+)</text>", first)] == RUNS
    assert "￥" in second
    assert "<title>SK&lt;1&gt;</title>" in made
    plain = made.replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|src=|url\(|@import|<script|<link", plain)


@pytest.mark.parametrize(
    ("sheet", "size"),
    [
        (DM1, "241mm 279.4mm"),
        (DM2, "241mm 139.7mm"),
        (DM3, "241mm 93.133mm"),
        (A4, "210mm 297mm"),
        (A5, "210mm 148mm"),
    ],
)
def test_a_browser_page_is_as_large_as_the_sheet(sheet: Sheet, size: str) -> None:
    assert f"@page {{ size: {size};" in web.html(paper(sheet))


@pytest.mark.parametrize(
    ("columns", "setting"),
    [(80, b"\x1b@\x1bP\x1c&\x1cS\x06\x06"), (96, b"\x1b@\x1bM\x1c&\x1cS\x03\x03")],
)
def test_a_printer_job_sets_pitch_and_length_and_carries_the_same_lines(
    columns: int, setting: bytes
) -> None:
    job = outputs.escp(paper(columns=columns, code=""))
    head = setting + b"\x1b2\x1bC\x21"
    assert job.startswith(head)
    printed = job.removeprefix(head).decode("gb18030").split("\f")
    assert printed == [*("\r\n" + "\r\n".join(page) + "\r\n" for page in PAGES), ""]


def test_lines_set_closer_leave_the_form_as_long_as_it_is() -> None:
    assert DM3.denser is not None
    job = outputs.escp(paper(DM3.denser, code=""))
    assert b"\x1b2\x1bC\x16\x1b0" in job


def test_nothing_but_the_job_itself_steers_the_printer() -> None:
    job = outputs.escp(paper(code=""))
    assert job.count(b"\x1b") == 4
    assert job.count(b"\x1c") == 2


def test_the_number_stands_in_bars_where_the_title_leaves_room() -> None:
    bars = b"\x1b(B\x16\x00\x06\x02\x00\x30\x00\x03B" + NUMBER.encode()
    assert outputs.escp(paper()).count(bars) == len(PAGES)
    marked = Paper((("*** 作 废 ***" + TITLE[12:],),), DM2, code=NUMBER)
    assert b"\x1b(B" not in outputs.escp(marked)


def test_a_roll_is_printed_in_gb18030_with_the_code_and_cut() -> None:
    job = outputs.job(paper(TH80))
    assert job.startswith(b"\x1b@\x1c&\x1bE\x01")
    assert job.count(b"\x1d(k\x12\x001P0" + NUMBER.encode()) == len(PAGES)
    assert job.endswith(b"\x1dV\x42\x00")
    assert "收 款 收 据".encode("gb18030") in job


def test_only_a_number_of_the_ledger_is_coded() -> None:
    assert codes.coded("SH20260923-0001")
    assert not codes.coded("X1")
    assert not codes.coded("SH20260923-0001\x1d")


def test_the_bars_say_the_number_to_a_scanner() -> None:
    """Read back with the pattern table of the standard: start, data, check sign, stop."""
    from barcode.charsets import code128

    dark = {at for start, length in codes.bars(NUMBER) for at in range(start, start + length)}
    line = "".join("1" if at in dark else "0" for at in range(codes.modules(NUMBER)))
    values = [code128.CODES.index(line[at : at + 11]) for at in range(0, len(line) - 13, 11)]
    start, *data, check = values
    assert (start + sum(place * each for place, each in enumerate(data, 1))) % 103 == check
    assert line.endswith("1100011101011")
    assert _said(start, data) == NUMBER


def _said(start: int, data: list[int]) -> str:
    """The text of Code 128 values in its sets B and C."""
    charset, said = {104: "B", 105: "C"}[start], ""
    for value in data:
        if value in (99, 100):
            charset = {99: "C", 100: "B"}[value]
        else:
            said += f"{value:02d}" if charset == "C" else chr(value + 32)
    return said


@pytest.mark.parametrize("sheet", SHEETS, ids=[sheet.name for sheet in SHEETS])
def test_a_pdf_has_the_pages_and_the_words_of_the_paper_at_its_size(sheet: Sheet) -> None:
    pypdf = pytest.importorskip("pypdf")
    _font()
    made = pypdf.PdfReader(io.BytesIO(pdf.pdf(paper(sheet))))
    assert len(made.pages) == len(PAGES)
    across = float(made.pages[0].mediabox.width)
    assert across == pytest.approx(sheet.width / 1000 * 72 / 25.4, abs=0.01)
    text = "".join(made.pages[0].extract_text().replace("\0", "").split())
    assert all(run in text for run in RUNS)
    assert made.metadata.title == NUMBER


def _font() -> None:
    try:
        fonts.find()
    except EnvironmentTrouble:
        pytest.skip("no font with Chinese on this machine")


def test_a_font_that_is_not_there_is_told_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "_KNOWN", ())
    with pytest.raises(EnvironmentTrouble) as refusal:
        pdf.pdf(paper())
    assert refusal.value.code == "E-PRN-003"
    assert "apt install fonts-wqy-microhei" in refusal.value.fix
    with pytest.raises(EnvironmentTrouble, match="font"):
        pdf.pdf(paper(), font="/nowhere/at/all.ttf")


def test_without_the_library_a_pdf_is_refused_with_its_mend(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pdf, "find", lambda _named="": fonts.Font(Path("any.ttf")))
    monkeypatch.setitem(sys.modules, "fpdf", None)
    with pytest.raises(EnvironmentTrouble) as refusal:
        pdf.ready()
    assert refusal.value.code == "E-PRN-004"
    assert list(refusal.value.fix) == ["pip install 'kac[pdf]'"]


def test_a_file_that_is_no_font_is_refused_as_one(tmp_path) -> None:  # type: ignore[no-untyped-def]
    wrong = tmp_path / "wrong.ttf"
    wrong.write_bytes(b"no font")
    with pytest.raises(EnvironmentTrouble) as refusal:
        pdf.pdf(paper(), font=str(wrong))
    assert refusal.value.code == "E-PRN-003"
