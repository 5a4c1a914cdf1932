"""What spreadsheets do to a cell is undone where it is harmless, and refused where it is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.exchange import cells

texts = st.text(st.sampled_from("0aZ=+-@'\"`\t\u00a0\u3000 ＝九，"), max_size=12)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("  A1 \t", "A1"),
        ("\u00a0A1\ufeff", "A1"),
        ("`2026111888123456", "2026111888123456"),
        ("'013800138000", "013800138000"),
        ('="0571-87654321"', "0571-87654321"),
        ('="say ""so"""', 'say "so"'),
        ("华夏（北京）银行", "华夏（北京）银行"),
        ("\t", ""),
    ],
)
def test_what_only_forces_text_is_taken_off(raw, cleaned):
    assert cells.clean(raw) == cleaned


def test_names_keep_their_brackets_but_not_full_width_letters():
    assert cells.name(80)("华夏银行（ＡＢＣ１２）　分行") == "华夏银行（ABC12） 分行"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("=1+1", "a formula"),
        ("＃", ""),
        ("#N/A", "the spreadsheet shows an error"),
        ("#######", "the spreadsheet shows an error"),
        ("A\nB", "a line break"),
        ("鐜嬭姵", "wrong encoding"),
        ("abc\u202egpj", "U+202E"),
        ("A\u200bB", "U+200B"),
        ("A\tB", "U+0009"),
        ("字" * 41, "41 characters are too many"),
    ],
)
def test_a_damaged_text_is_refused_with_what_is_wrong_with_it(raw, why):
    if not why:
        assert cells.value(raw, cells.words(40)) == raw
        return
    with pytest.raises(BadInput) as refused:
        cells.value(raw, cells.words(40))
    assert why in refused.value.message


@pytest.mark.parametrize(
    "written",
    [
        "1e3",
        "1_000",
        "NaN",
        "-5",
        "+5",
        "1.005",
        "12345678901234567890",
        "1,00",
        ".88",
        "",
        "８.ＯＯ",
    ],
)
def test_what_is_no_price_is_refused(written):
    with pytest.raises(BadInput):
        cells.value(written, cells.price)


@pytest.mark.parametrize(
    ("written", "fen"),
    [("88", 8800), ("８８．５", 8850), ("￥1,234.50", 123450), ("12元", 1200), ("'0.01", 1)],
)
def test_prices_are_read_as_a_desk_writes_them(written, fen):
    assert cells.value(written, cells.price) == fen


@pytest.mark.parametrize(
    ("written", "code"), [("p0001", "P0001"), (" Ｐ 0001", "P0001"), ("ylb-2", "YLB-2")]
)
def test_codes_are_capitals_without_spaces(written, code):
    assert cells.code(cells.clean(written)) == code


@pytest.mark.parametrize("written", ["", "1.00E+05", "P:1", "P@1", "P*2", "粽子", "X" * 41])
def test_what_cannot_be_typed_as_a_code_is_none(written):
    with pytest.raises(BadInput):
        cells.code(written)


@pytest.mark.parametrize("written", ["KH0007", "kh7", "7", "ＫＨ0007"])
def test_customer_codes_are_one_code_however_they_are_written(written):
    assert cells.customer_code(written) == "KH0007"


@pytest.mark.parametrize("written", ["", "KH", "KH0000", "KH1234567", "DD0001", "KH-1"])
def test_what_is_no_customer_code_is_refused(written):
    with pytest.raises(BadInput):
        cells.customer_code(written)


def test_yes_and_no_are_said_plainly_or_refused_with_the_words_there_are():
    said = {word: cells.yes_no(word) for word in ("是", "YES", "1", "否", "No", "0")}
    assert list(said.values()) == [True, True, True, False, False, False]
    with pytest.raises(BadInput) as refused:
        cells.yes_no("大概")
    assert refused.value.cause[0].startswith("one of: 是")


@pytest.mark.parametrize(
    ("written", "scale", "base"),
    [("0", 1, 0), ("0.00", 1000, 0), ("120", 1, 120), ("210.5", 1000, 210_500), ("120.0", 1, 120)],
)
def test_a_count_may_be_nothing_and_is_kept_in_base_units(written, scale, base):
    assert cells.count(written, scale) == base


@pytest.mark.parametrize(("written", "scale"), [("1.5", 1), ("0.0005", 1000), ("-1", 1), ("", 1)])
def test_a_count_finer_than_the_measure_or_below_nothing_is_refused(written, scale):
    with pytest.raises(BadInput):
        cells.count(written, scale)


@given(texts)
def test_guarding_a_cell_against_formulas_changes_nothing_of_what_it_says(raw):
    guarded = cells.guarded(raw)
    assert cells.clean(guarded) == cells.clean(raw)
    assert guarded.strip()[:1] not in set("=+-@＝")


@given(st.text(max_size=30))
def test_any_cell_is_read_or_refused_and_what_is_read_is_one_printable_line(raw):
    try:
        text = cells.value(raw, cells.name(40))
    except BadInput:
        return
    assert text == " ".join(text.split())
    assert all(character.isprintable() for character in text)


@given(st.integers(0, 9 * 10**10), st.sampled_from(["{}", "'{}", '="{}"', "`{}", " {}\t", "￥{}"]))
def test_a_price_in_any_wrapping_is_the_same_price(fen, wrapping):
    written = f"{fen // 100}.{fen % 100:02d}"
    assert cells.value(wrapping.format(written), cells.price) == fen
