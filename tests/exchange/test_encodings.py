"""In whatever encoding a spreadsheet saves a file, its words are the same or it is refused."""

from __future__ import annotations

import pytest

from kac.core.errors import BadInput
from kac.exchange.customers import COLUMNS
from kac.exchange.sheet import read

CHINESE = "名称,类型,性质,电话,地址,区域"
ENGLISH = "name,kind,nature,phone,address,area"


def names(data: bytes) -> list[str]:
    sheet = read(data, COLUMNS)
    assert sheet.errors == []
    return [line.values["name"] for line in sheet.lines]


def refusal(data: bytes) -> BadInput:
    with pytest.raises(BadInput) as refused:
        read(data, COLUMNS)
    return refused.value


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
@pytest.mark.parametrize("header", [CHINESE, ENGLISH])
@pytest.mark.parametrize("rows", [1, 3, 200])
def test_a_file_says_the_same_in_every_encoding(encoding, header, rows):
    wanted = [f"宏达电器配件厂第{number}分厂" for number in range(rows)]
    text = "\n".join([header, *(f"{name},单位,工厂,95588,工业二路,新港区" for name in wanted)])
    assert names(text.encode(encoding)) == wanted


@pytest.mark.parametrize("rare", ["𠮷野家商贸", "㙍氏粮油"])
def test_rare_characters_of_gb18030_are_read(rare):
    text = f"{CHINESE}\n{rare},单位,,95588,路,区\n"
    assert names(text.encode("gb18030")) == [rare]


@pytest.mark.parametrize("word", ["学校", "医院", "学院", "校医"])
def test_a_gbk_file_whose_only_chinese_is_a_word_that_is_valid_utf8_too_is_read_as_gbk(word):
    data = f"{ENGLISH}\n{word},unit,,95588,road,area".encode("gbk")
    assert data.decode("utf-8"), "this is what makes the file a trap"
    assert names(data) == [word]


def test_a_chinese_header_tells_gbk_apart_whatever_the_rows_are():
    assert names(f"{CHINESE}\n学校,unit,,95588,road,area".encode("gbk")) == ["学校"]


def test_a_file_that_two_encodings_read_as_different_sense_is_not_guessed():
    data = f"{ENGLISH}\nA·B,unit,,95588,road,area".encode()
    assert data.decode("gb18030") != data.decode("utf-8")
    refused = refusal(data)
    assert refused.code == "E-IMP-005"
    assert "CSV UTF-8" in refused.cause[0]
    assert names(b"\xef\xbb\xbf" + data) == ["A·B"]


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (f"{CHINESE}\n宏达厂,单位,,95588,路,区".encode()[:-1], 2),
        (f"{ENGLISH}\nJosé,unit,,95588,road,area".encode("latin-1"), 2),
        (f"{CHINESE}\n宏达".encode() + "红星小学,单位".encode("gbk"), 2),
        (b"\xff\xfe" + ENGLISH.encode("utf-16-le") + b"\x00\xd8", 1),
    ],
    ids=["cut inside a character", "latin-1", "gbk in utf-8", "half of utf-16"],
)
def test_what_no_encoding_reads_strictly_is_refused(data, line):
    refused = refusal(data)
    assert refused.code == "E-IMP-003"
    assert f"line {line}" in refused.cause[0]


def test_big5_and_utf16_without_its_mark_are_refused_for_their_header():
    assert refusal("名稱,類型,性質,電話,地址,區域\n".encode("big5")).code == "E-IMP-001"
    assert refusal(CHINESE.encode("utf-16-le")).code in {"E-IMP-001", "E-IMP-003"}


def test_rows_in_utf8_appended_to_a_file_in_gbk_are_noted_cell_by_cell():
    first, second = "宏达厂,单位,,95588,路,区\n", "红星小学,单位,,95588,学苑路六,东湖\n"
    errors = read(f"{CHINESE}\n{first}".encode("gbk") + second.encode(), COLUMNS).errors
    assert [(error.line, error.column) for error in errors] == [
        (3, "名称"), (3, "类型"), (3, "地址"), (3, "区域")
    ]  # fmt: skip


def test_a_name_that_was_saved_in_a_wrong_encoding_is_recognised():
    garbled = "王".encode() + "芳".encode()
    text = f"{CHINESE}\n{garbled.decode('gbk')},单位,,95588,路,区\n"
    (error,) = read(text.encode(), COLUMNS).errors
    assert (error.line, error.column) == (2, "名称")
    assert "wrong encoding" in error.reason
