"""Every paper on every sheet, compared to the cell. KAC_GOLDEN=write writes them anew."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wcwidth import wcswidth

from kac.core.errors import EnvironmentTrouble
from kac.documents import fonts, order_form, outputs, pdf, quotation, slip
from kac.documents.characters import width
from kac.documents.layout import Paper, fitted
from kac.documents.order_form import OrderFormLine
from kac.documents.quotation import QuotationLine
from kac.documents.sheets import PROFILES, Sheet
from kac.documents.slip import SlipLine
from tests.golden.samples import SAMPLES
from tests.golden.test_papers import GOODS, deposited, dispatch, offer
from tests.tidy.gallery import HERE as GALLERY
from tests.tidy.gallery import PICTURES

GOLDEN = Path(__file__).parent / "profiles"
SHEETS = list(PROFILES.values())
NAMES = [sheet.name for sheet in SHEETS]
FIGURE = re.compile(r"[\d,]+\.\d\d")
AROUND = st.text("粽礼盒，（）()—“”①℃𠮷 ABab12-×,.《》é¥|+", max_size=60)


def assert_straight(paper: Paper) -> None:
    """Every line as wide on a screen as its bytes in GBK, and inside the sheet."""
    for page in paper.pages:
        for line in page:
            assert width(line) == wcswidth(line) == len(line.encode("gb18030")), line
            assert width(line) <= paper.columns, line
            if line.startswith(("+-", "|")):
                assert width(line) == paper.columns or line.endswith(("+", "|")), line
        if not paper.sheet.endless:
            assert len(page) <= paper.sheet.lines - paper.sheet.margin


@pytest.mark.parametrize("profile", NAMES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_paper_is_laid_out_on_each_sheet_as_agreed(name: str, profile: str) -> None:
    paper = fitted(PROFILES[profile], SAMPLES[name])
    assert_straight(paper)
    path, text = GOLDEN / f"{name}.{profile}.txt", outputs.text(paper)
    if os.environ.get("KAC_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="")
    assert path.read_bytes().decode() == text


def test_there_is_no_agreed_sheet_that_nobody_prints() -> None:
    agreed = {path.name.removesuffix(".txt") for path in GOLDEN.glob("*.txt")}
    assert agreed == {f"{name}.{profile}" for name in SAMPLES for profile in PROFILES}


def test_the_gallery_shows_every_paper_and_stays_small() -> None:
    pictures = {path.stem: path.stat().st_size for path in GALLERY.glob("*.png")}
    assert set(pictures) == {f"{name}-{profile}" for name, profile in PICTURES}
    assert {name for name, _profile in PICTURES} == set(SAMPLES)
    assert sum(pictures.values()) < 3_000_000
    text = (GALLERY.parents[2] / "README.md").read_text("utf-8")
    assert all(f"tests/golden/gallery/{name}.png" in text for name in pictures)


@pytest.mark.parametrize("name", SAMPLES)
def test_no_figure_is_lost_or_broken_on_the_narrowest_paper(name: str) -> None:
    """What the roll says of money is what the sheet says, to the last fen."""
    texts = [
        outputs.text(fitted(PROFILES[profile], SAMPLES[name])).replace("￥", " ")
        for profile in ("a4", "th80")
    ]
    wide, narrow = (sorted(FIGURE.findall(text)) for text in texts)
    assert wide == narrow


@pytest.mark.parametrize("profile", ["a4", "a5"])
@pytest.mark.parametrize("name", SAMPLES)
def test_a_pdf_has_the_pages_and_the_figures_of_the_paper(name: str, profile: str) -> None:
    pypdf = pytest.importorskip("pypdf")
    try:
        fonts.find()
    except EnvironmentTrouble:
        pytest.skip("no font with Chinese on this machine")
    paper = fitted(PROFILES[profile], SAMPLES[name])
    made = pypdf.PdfReader(io.BytesIO(pdf.pdf(paper)))
    assert len(made.pages) == len(paper.pages)
    for page, lines in zip(made.pages, paper.pages, strict=True):
        said = "".join(page.extract_text().replace("\0", "").split())
        for figure in FIGURE.findall("\n".join(lines)):
            assert figure in said, figure


@given(
    rows=st.lists(
        st.tuples(AROUND, AROUND, st.integers(0, 10**7), st.integers(0, 9 * 10**12)),
        min_size=1,
        max_size=30,
    ),
    words=st.tuples(AROUND, AROUND),
    sheet=st.sampled_from(SHEETS),
)
@settings(max_examples=60, deadline=None)
def test_no_slip_is_crooked_and_its_pages_add_up_on_any_sheet(
    rows: list[tuple[str, str, int, int]], words: tuple[str, str], sheet: Sheet
) -> None:
    lines = tuple(
        SlipLine(GOODS[0][0], name, spec, "盒", str(quantity), amount, amount)
        for name, spec, quantity, amount in rows
    )
    made = dispatch(customer_name=words[0], address=words[1], lines=lines)
    paper = fitted(sheet, lambda on: slip.compose(made, sheet=on))
    assert_straight(paper)
    text = outputs.text(paper)
    for line in lines:
        assert f"{line.amount_fen // 100:,}.{line.amount_fen % 100:02d}" in text
    pages = re.findall(r"本页小计: (\d+)项  ￥([\d,.]+)", text)
    assert sum(int(count) for count, _ in pages) == len(rows)
    total = sum(int(amount.replace(",", "").replace(".", "")) for _, amount in pages)
    assert total == sum(amount for *_, amount in rows)


MONEY = st.integers(0, 9 * 10**12)
PRICED = st.lists(st.tuples(AROUND, AROUND, MONEY, MONEY, MONEY), min_size=1, max_size=20)


@given(rows=PRICED, note=AROUND, sheet=st.sampled_from(SHEETS), each=st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_figure_of_a_form_or_a_quotation_is_broken_on_any_sheet(
    rows: list[tuple[str, str, int, int, int]], note: str, sheet: Sheet, each: bool
) -> None:
    prices = [(9, 8, 7, "1.00%") for _ in rows]
    forms = [OrderFormLine("6901", n, s, "盒", "1.5", *money) for n, s, *money in rows]
    offers = [
        QuotationLine("6901", n, s, "盒", "1.5", *money, *cost[2:])
        for (n, s, *money), cost in zip(rows, prices, strict=True)
    ]
    form = deposited(1, lines=tuple(forms), note=note, deposit=None)
    whole = offer(1, lines=tuple(offers), note=note, internal=True)
    compose = order_form.compose_each if each else order_form.compose
    for make in (
        lambda on: compose(form, sheet=on),
        lambda on: quotation.compose(whole, sheet=on),
    ):
        paper = fitted(sheet, make)
        assert_straight(paper)
        text = outputs.text(paper)
        for _name, _spec, *money in rows:
            for fen in money:
                assert f"{fen // 100:,}.{fen % 100:02d}" in text
