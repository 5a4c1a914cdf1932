"""The entries of the order loop: each way to write one, and what is never guessed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.cli.shelling.grammar import (
    Command,
    Discount,
    Price,
    Put,
    Quantity,
    Remove,
    Search,
    Sign,
    parse,
)
from kac.core.errors import BadInput, UsageError
from kac.core.money import plain_fen

BARCODE = "6901234567892"
CODES = st.from_regex(r"[A-Z][A-Z0-9]{1,7}", fullmatch=True).filter(lambda code: code != "L")
NAMES = st.from_regex(r"[一-龥]{2,6}", fullmatch=True)
BARCODES = st.integers(10**7, 10**13 - 1).map(str)
QUANTITIES = st.integers(1, 999_999).map(str)
PRICES = st.integers(1, 10**8)
LINES = st.integers(1, 200)
FULL_WIDTH = {code: code + 0xFEE0 for code in range(0x21, 0x7F)} | {0x20: 0x3000}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (BARCODE, Put(BARCODE)),
        ("zzlh 120 @88", Put("zzlh", "120", 8800)),
        (f"{BARCODE}*120@88", Put(BARCODE, "120", 8800)),
        (f"120*{BARCODE}", Put(BARCODE, "120")),
        ("五芳斋 粽子 12", Put("五芳斋 粽子", "12")),
        ("2.5*五花肉@￥25.5元", Put("五花肉", "2.5", 2550)),
        ("P0001:1,200", Put("P0001", "1,200")),
        ("*12", Quantity(0, "12")),
        ("3:*50", Quantity(3, "50")),
        ("@88", Price(0, 8800)),
        ("3:@0.88", Price(3, 88)),
        ("/95", Discount(0, 9500)),
        ("/9.5", Discount(0, 9500)),
        ("2:/9", Discount(2, 9000)),
        ("-", Remove(0)),
        ("-3", Remove(3)),
        ("?粽子", Search("粽子")),
        ("？ zz", Search("zz")),
        ("kac order show @", Command("kac order show @")),
        ("+", Sign("repeat")),
        ("l", Sign("list")),
        ("=", Sign("totals")),
        ("<", Sign("back")),
        ("《", Sign("back")),
        ("!P0005 2", Put("P0005", "2", gift=True)),
        ("！ 粽子*3", Put("粽子", "3", gift=True)),
        ("!6901234567892", Put("6901234567892", gift=True)),
        ("q", Sign("leave")),
        ("?", Sign("help")),
        ("", Sign("finish")),
        (".", Sign("finish")),
        ("。", Sign("finish")),
        ("、95", Discount(0, 9500)),
        ("×12", Quantity(0, "12")),
        ("12。5×粽子", Put("粽子", "12.5")),
    ],
)
def test_an_entry_means_what_the_clerks_guide_says(typed, meant) -> None:
    assert parse(typed) == meant


@given(CODES | NAMES | BARCODES, QUANTITIES, PRICES)
def test_goods_quantity_and_price_are_written_in_any_order_alike(code, quantity, price) -> None:
    amount = plain_fen(price)
    meant = Put(code, quantity, price)
    for typed in (
        f"{code} {quantity} @{amount}",
        f"{code} {quantity}@{amount}",
        f"{code}*{quantity}@{amount}",
        f"{quantity}*{code}@{amount}",
        f"{code}:{quantity}@{amount}",
        f"  {code}  {quantity} @ {amount} ",
    ):
        assert parse(typed) == meant, typed


@given(CODES, QUANTITIES, PRICES, LINES)
def test_an_input_method_left_on_changes_nothing(code, quantity, price, line) -> None:
    amount = plain_fen(price)
    for typed in (
        f"{code} {quantity}@{amount}",
        f"{line}:*{quantity}",
        f"{line}:@{amount}",
        f"-{line}",
    ):
        assert parse(typed.translate(FULL_WIDTH)) == parse(typed)


@given(st.integers(10**6, 10**15).map(str), CODES, LINES)
def test_a_scan_in_the_place_of_a_quantity_is_never_one(scan, code, line) -> None:
    for typed in (f"*{scan}", f"{line}:*{scan}", f"{code} {scan}", f"{code}*{scan}"):
        with pytest.raises(UsageError) as refused:
            parse(typed)
        assert refused.value.code == "E-VAL-033", typed


@given(QUANTITIES, QUANTITIES, BARCODES, BARCODES)
def test_of_two_numbers_only_one_as_long_as_a_barcode_is_the_code(few, many, scan, other) -> None:
    quantity = few[:6]
    assert parse(f"{scan}*{quantity}") == parse(f"{quantity}*{scan}") == Put(scan, quantity)
    for unclear in (f"{quantity}*{many[:6]}", f"{scan}*{other}"):
        with pytest.raises(UsageError) as refused:
            parse(unclear)
        assert refused.value.code == "E-CLI-022"


@given(st.from_regex(r"[.。．][0-9]{1,6}", fullmatch=True))
def test_a_price_that_lost_its_yuan_is_refused(typed) -> None:
    """Eighty-eight fen and eighty-eight yuan are one key apart."""
    with pytest.raises(UsageError) as refused:
        parse(typed)
    assert refused.value.code == "E-CLI-021"


@pytest.mark.parametrize("typed", ["/0", "/00", "/100", "/950", "/9.55", "/-5", "/x", "/"])
def test_a_discount_is_one_or_two_digits(typed) -> None:
    with pytest.raises(UsageError):
        parse(typed)


@given(st.integers(1, 99))
def test_the_digits_of_a_discount_stand_behind_a_nought_and_a_point(digits) -> None:
    written = str(digits)
    rate = parse(f"/{written}")
    assert isinstance(rate, Discount)
    assert rate.rate_bp * 10 ** len(written) == digits * 10_000
    assert rate.rate_bp < 10_000, "a discount never raises a price"


@given(st.text(max_size=24))
def test_whatever_is_typed_is_understood_or_refused_in_words(typed) -> None:
    try:
        entry = parse(typed)
    except (UsageError, BadInput) as refused:
        assert refused.message
        return
    if isinstance(entry, Put | Quantity) and entry.quantity:
        whole = entry.quantity.partition(".")[0]
        assert len(whole) < 7 or "," in whole


@pytest.mark.parametrize("typed", ["*", "@", "@-5", "-x", "--", "a*b", "P0001:", "x@", "3:", "@ @"])
def test_half_an_entry_is_not_guessed_at(typed) -> None:
    with pytest.raises((UsageError, BadInput)):
        parse(typed)
