"""Text from outside cannot drive a terminal, hide in a list or reorder what stands beside it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import BadInput
from kac.core.text import folded, is_harmful, required_text, safe_text, shown

HARMFUL = [
    "\x1b",
    "\x07",
    "\n",
    "\r",
    "\t",
    "\u202e",
    "\u2066",
    "\u200b",
    "\ufeff",
    "\u00ad",
    "\ue000",
]
texts = st.text(max_size=60)


@pytest.mark.parametrize("character", HARMFUL)
def test_a_character_that_hides_or_commands_is_refused_by_name_and_place(character):
    with pytest.raises(BadInput) as refused:
        safe_text(f"华夏{character}银行", field="name")
    assert refused.value.code == "E-VAL-002"
    assert refused.value.message == f"name: character 3 (U+{ord(character):04X}) cannot be printed"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  华夏  银行\u3000工会 ", "华夏 银行 工会"),
        ("[red]促销[/red]", "[red]促销[/red]"),
        ("cafe\u0301", "café"),
        ("", ""),
        ("𠮷祥 ① Ⅳ", "𠮷祥 ① Ⅳ"),
    ],
)
def test_harmless_text_is_kept_as_it_was_written_but_for_spaces(written, kept):
    assert safe_text(written, field="name") == kept


@given(texts)
def test_text_that_was_taken_in_is_harmless_and_is_taken_in_again_unchanged(written):
    try:
        kept = safe_text(written, field="note")
    except BadInput:
        assert any(map(is_harmful, unicodedata.normalize("NFC", written)))
        return
    assert not any(map(is_harmful, kept))
    assert safe_text(kept, field="note") == kept == shown(kept)


@given(texts)
def test_whatever_stands_in_the_ledger_is_shown_harmless(stored):
    seen = shown(stored)
    assert not any(map(is_harmful, seen))
    assert (seen == stored) == (not any(map(is_harmful, stored)))


def test_a_hidden_character_is_spelled_out():
    assert shown("a\u202eb\x1b[2J") == "a\\u202eb\\u001b[2J"


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_text_may_be_as_long_as_its_field_and_no_longer(length, longest):
    written = "货" * length
    if length <= longest:
        assert safe_text(written, field="name", longest=longest) == written
        return
    with pytest.raises(BadInput) as refused:
        safe_text(written, field="name", longest=longest)
    assert refused.value.code == "E-VAL-003"
    assert f"{length} characters" in refused.value.message
    assert f"{longest} at most" in refused.value.message


@pytest.mark.parametrize("written", ["", "   ", "\u3000"])
def test_a_field_that_must_be_filled_is_not_filled_with_spaces(written):
    with pytest.raises(BadInput) as refused:
        required_text(written, field="reason")
    assert refused.value.code == "E-VAL-004"
    assert refused.value.message == "reason is empty"


@pytest.mark.parametrize("written", ["ＫＨ０００１", "kh 0001", " KH0001", "Kh0001"])
def test_width_case_and_spaces_do_not_matter_to_a_search(written):
    assert folded(written) == "kh0001"


@given(texts)
def test_a_search_key_has_no_spaces_and_no_capitals(written):
    key = folded(written)
    assert not any(map(str.isspace, key))
    assert key.lower() == key
