"""Statements of banks and payment services: every layout read, proved, and refused when touched."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from kac.core.errors import BadInput, UsageError
from kac.exchange import bankprofile
from kac.exchange.bankprofile import parsed, shipped
from kac.exchange.bankstatement import Statement, read

STATEMENTS = Path(__file__).parent / "statements"
DAY = date(2026, 11, 20)
ENCODINGS = {"wechat-mch": "utf-8-sig", "wechat-personal": "utf-8-sig", "cmb-debit": "utf-8-sig"}
ENCODINGS |= {"icbc-debit": "utf-8", "boc-debit": "utf-8"}

# Of each file: our account, then (received, paid, charge, other side, its account) of each line.
SAID = {
    "wechat-mch": (
        "1680042217",
        (120000, 0, 720, "", "oUX9k5pQ1nJrT0ZC2h7"),
        (35680, 0, 214, "", "oUX9k5g0mWq8LkQv3x1"),
        (0, 20000, -120, "", "oUX9k5pQ1nJrT0ZC2h7"),
    ),
    "wechat-personal": (
        "佳和百货小周",
        (0, 3500, 0, "榆江打印社", ""),
        (129000, 0, 0, "云溪康寿养老院 何工", ""),
        (2816, 0, 3, "张师傅", ""),
        (90000, 0, 0, "宏达电器配件厂 李会计", ""),
    ),
    "alipay-mch": (
        "20884310772256120156",
        (268000, 0, 1608, "*晓梅(185******21)", ""),
        (51000, 0, 306, "新城中学(xc***@126.com)", ""),
        (0, 10200, -61, "新城中学(xc***@126.com)", ""),
    ),
    "alipay-personal": (
        "139****5077",
        (0, 6650, 0, "榆江文具行", "wj***@163.com"),
        (128000, 0, 0, "滨江小学 陈老师", "158******36"),
        (25000, 0, 0, "何玉兰", "136******08"),
    ),
    "ccb-corp": (
        "44001641006405300128",
        (1340000, 0, 0, "宏达电器配件厂", "44051200300001111"),
        (0, 864000, 0, "榆江市粮油批发部", "44910188600217735"),
        (0, 1500, 0, "", ""),
        (402000, 0, 0, "新城中学", "44910188921669557"),
    ),
    "icbc-corp": (
        "2008021109200077123",
        (2680000, 0, 0, "海州建设工程有限公司", "2008021109200311886"),
        (0, 325050, 0, "陈国强", "6222082008003311775"),
        (1877, 0, 0, "", ""),
    ),
    "bocom-corp": (
        "310066128018010077233",
        (560000, 0, 0, "榆江市第二人民医院", "310066128018010011908"),
        (0, 48000, 0, "榆江市自来水有限公司", "310066128018010005520"),
        (300000, 0, 0, "滨江小学", "310066128018010090417"),
    ),
    "boc-corp": (
        "7455500128800123",
        (120000, 0, 0, "云溪康寿养老院", "6012880044120078"),
        (0, 612000, 0, "榆江市洁美日化商行", "6012880044870031"),
        (2080000, 0, 0, "海州建设工程有限公司", "6012880044995512"),
    ),
    "spdb-corp": (
        "88120155300003317",
        (750000, 0, 0, "新城中学", "88120155300009021"),
        (0, 26000, 0, "榆江市环卫处", "88120155300001108"),
        (0, 750000, 0, "新城中学", "88120155300009021"),
    ),
    "icbc-debit": (
        "6222082008003311775",
        (240000, 0, 0, "云溪康寿养老院", "6222082008004419002"),
        (0, 8800, 0, "财付通", ""),
        (60000, 0, 0, "何玉兰", "6217001210088834471"),
    ),
    "abc-debit": (
        "abc-debit",
        (1000000, 0, 0, "宏达电器配件厂", "6228480128800341776"),
        (0, 120000, 0, "榆江市洁美日化商行", "6228480128800990023"),
        (321, 0, 0, "", ""),
        (64000, 0, 0, "张师傅", ""),
    ),
    "boc-debit": (
        "6217850012800993317",
        (0, 260000, 0, "榆江市粮油批发部", "6217850012800221004"),
        (520000, 0, 0, "海州建设工程有限公司", "6217850012800776650"),
        (35000, 0, 0, "何玉兰", "6217001210088834471"),
    ),
    "bocom-debit": (
        "bocom-debit",
        (98000, 0, 0, "滨江小学", "6222620140031178802"),
        (0, 12000, 0, "榆江加油站", ""),
        (62000, 0, 0, "何玉兰", "6217001210088834471"),
    ),
    "cmb-debit": (
        "6214850280017733",
        (150000, 0, 0, "新城中学", "6214850280550021"),
        (0, 4500, 0, "榆江打印社", ""),
        (80000, 0, 0, "云溪康寿养老院", "6214850280998812"),
    ),
}
# These state a total of their own; the others only a running balance.
WITH_TOTALS = {"wechat-mch", "wechat-personal", "alipay-mch", "alipay-personal"}
WITH_TOTALS |= {"icbc-corp", "spdb-corp", "icbc-debit"}


def text_of(name: str) -> str:
    data = (STATEMENTS / f"{name}.csv").read_bytes()
    return data.decode(ENCODINGS.get(name, "gb18030"))


def taken(name: str, text: str, encoding: str = "utf-8") -> Statement:
    return read(f"{name}.csv", text.encode(encoding), shipped(), DAY)


def refusal(text: str, encoding: str = "utf-8") -> BadInput:
    with pytest.raises(BadInput) as refused:
        taken("bank", text, encoding)
    return refused.value


def rows_of_table(text: str) -> list[int]:
    """The places of the lines that move money, among the lines of the text."""
    first = r"[`\"]?(2026-?11|来账|往账|[0-9],2026)|4400164[0-9]+,|2008021[0-9]+,|2026111[0-9]{13,}"
    idle = ("/,¥2000", "不计收支", "优惠券兑换")
    return [
        place
        for place, line in enumerate(text.split("\r\n"))
        if re.match(first, line) and not any(word in line for word in idle)
    ]


def test_every_profile_has_a_sample_and_every_sample_a_profile() -> None:
    samples = {path.stem for path in STATEMENTS.iterdir()}
    assert samples == set(shipped()) == set(SAID)


@pytest.mark.parametrize("name", SAID)
def test_a_statement_is_read_by_the_profile_that_its_header_calls_for(name: str) -> None:
    """Account, amounts, charges, the other side; refunds and reversals are money that went."""
    found = read(f"{name}.csv", (STATEMENTS / f"{name}.csv").read_bytes(), shipped(), DAY)
    account, *lines = SAID[name]
    assert found.profile.name == name
    assert {line.account for line in found.lines} == {account}
    assert lines == [
        (
            line.received_fen,
            line.paid_fen,
            line.fee_fen,
            line.counterparty,
            line.counterparty_account,
        )
        for line in found.lines
    ]
    assert all(date(2026, 11, 16) <= line.day <= date(2026, 11, 21) for line in found.lines)
    assert len({line.identity for line in found.lines}) >= len(found.lines) - 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("name", SAID)
def test_a_statement_says_the_same_in_every_encoding(name: str, encoding: str) -> None:
    assert taken(name, text_of(name), encoding).lines == taken(name, text_of(name)).lines


@pytest.mark.parametrize("name", SAID)
def test_the_header_is_found_wherever_it_stands(name: str) -> None:
    """More lines above it, or none at all but the one that names the account."""
    text = text_of(name)
    assert taken(name, "说明,,\r\n\r\n第二行\r\n" + text).lines == taken(name, text).lines


@pytest.mark.parametrize("name", SAID)
def test_a_line_that_is_missing_or_altered_is_found(name: str) -> None:
    """Nothing is believed; the line is told. At its ends a balance alone cannot tell."""
    lines = text_of(name).split("\r\n")
    places = rows_of_table(text_of(name))
    assert len(places) >= 3
    for place in places if name in WITH_TOTALS else places[1:-1]:
        short = "\r\n".join([*lines[:place], *lines[place + 1 :]])
        assert refusal(short).code in ("E-BNK-004", "E-BNK-012"), lines[place]
    inside = slice(None) if name in WITH_TOTALS else slice(1, -1)
    for place, (received, paid, *_rest) in list(zip(places, SAID[name][1:], strict=True))[inside]:
        altered = more_by_nine_fen(lines[place], received or paid)
        trouble = refusal("\r\n".join([*lines[:place], altered, *lines[place + 1 :]]))
        assert trouble.code in ("E-BNK-004", "E-BNK-012"), altered
        said = trouble.message + " ".join(trouble.cause)
        assert re.search(r"line \d+", said), said


def more_by_nine_fen(line: str, amount_fen: int) -> str:
    """The line with its amount altered, wherever it stands."""
    for written, other in (
        (form.format(amount_fen / 100), form.format((amount_fen + 9) / 100))
        for form in ("{:,.2f}", "{:.2f}")
    ):
        if written in line:
            return line.replace(written, other)
    raise AssertionError((line, amount_fen))


@pytest.mark.parametrize("name", ["wechat-mch", "alipay-mch"])
def test_a_file_that_ends_too_soon_is_found(name: str) -> None:
    """Wherever it was cut: these layouts say at their end what they come to."""
    lines = text_of(name).rstrip().split("\r\n")
    first = rows_of_table(text_of(name))[0]
    ends = range(first + 1, len(lines) - (4 if name == "alipay-mch" else 0))
    for end in ends:
        assert refusal("\r\n".join(lines[:end])).code == "E-BNK-012", lines[end]


@pytest.mark.parametrize("name", SAID)
def test_a_line_that_stands_twice_is_found(name: str) -> None:
    lines = text_of(name).split("\r\n")
    place = rows_of_table(text_of(name))[0]
    twice = "\r\n".join([*lines[:place], lines[place], *lines[place:]])
    assert refusal(twice).code in ("E-BNK-004", "E-BNK-012", "E-BNK-013")


@pytest.mark.parametrize("name", ["ccb-corp", "bocom-corp", "abc-debit", "cmb-debit"])
def test_a_statement_may_be_written_newest_first(name: str) -> None:
    lines = text_of(name).split("\r\n")
    places = rows_of_table(text_of(name))
    turned = [*lines[: places[0]], *(lines[p] for p in places[::-1]), *lines[places[-1] + 1 :]]
    found = taken(name, "\r\n".join(turned)).lines
    assert found == taken(name, text_of(name)).lines[::-1]


def test_two_lines_with_one_reference_are_two_where_the_balance_says_so() -> None:
    """A payment and its charge share the bank's number; so may two equal charges."""
    found = taken("ccb-corp", text_of("ccb-corp")).lines
    assert found[1].identity == found[2].identity
    lines = text_of("ccb-corp").split("\r\n")
    again = lines[4].replace(",15.00,0.00,644623.55,", ",15.00,0.00,644608.55,")
    rest = lines[5].replace("648643.55", "648628.55")
    charges = taken("ccb-corp", "\r\n".join([*lines[:5], again, rest])).lines[2:4]
    assert [line.identity for line in charges] == ["2026111800020002", "2026111800020002#2"]


# Containers


def test_a_statement_is_read_out_of_gzip_and_zip() -> None:
    data = (STATEMENTS / "alipay-mch.csv").read_bytes()
    plain = read("a.csv", data, shipped(), DAY).lines
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr(
            "20884310_业务明细(汇总).csv", "#支付宝业务汇总查询\r\n门店编号,合计\r\n".encode("gbk")
        )
        made.writestr("20884310_业务明细.csv", data)
    assert read("a.zip", archive.getvalue(), shipped(), DAY).lines == plain
    assert read("a.csv.gz", gzip.compress(data), shipped(), DAY).lines == plain


def test_an_archive_that_is_locked_torn_or_empty_is_refused() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("bill.csv", "x")
    whole = archive.getvalue()
    locked = bytearray(whole)
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as made:
        made.writestr("readme.txt", "x")
    data = gzip.compress(b"x" * 1000)
    for bad, code in (
        (bytes(locked), "E-IMP-007"),
        (whole[:40], "E-IMP-003"),
        (empty.getvalue(), "E-IMP-003"),
        (data[:-6], "E-IMP-003"),
        (b"\x1f\x8bnot gzip", "E-IMP-003"),
    ):
        with pytest.raises(BadInput) as refused:
            read("a.zip", bad, shipped(), DAY)
        assert refused.value.code == code


@pytest.mark.parametrize("name", ["ccb-corp", "wechat-personal", "spdb-corp"])
def test_a_statement_is_read_out_of_a_workbook(name: str) -> None:
    """Numbers that the bank wrote as numbers, ids that it wrote as text."""
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    text = text_of(name)
    for row, line in enumerate(text.rstrip().split("\r\n")):
        for column, cell in enumerate(re.findall(r'"[^"]*"|[^,]+|(?<=,)(?=,)|^(?=,)', line)):
            bare = cell.strip('"')
            if re.fullmatch(r"-?[0-9]{1,6}\.[0-9]{2}", bare):
                sheet.write_number(row, column, int(bare.replace(".", "")) / 100)
            else:
                sheet.write_string(row, column, bare)
    book.close()
    found = read(f"{name}.xlsx", made.getvalue(), shipped(), DAY)
    assert found.lines == taken(name, text).lines
    with pytest.raises(BadInput) as refused:
        read(f"{name}.xlsx", made.getvalue()[:-200], shipped(), DAY)
    assert refused.value.code == "E-IMP-003"


# Bad files

HEAD = "账号,交易时间,借方发生额,贷方发生额,余额,币种,对方户名,摘要,账户明细编号-交易流水号"
GOOD = "4400,20261118,0.00,13400.00,653278.55,人民币,宏达电器厂,货款,B1"
NEXT = "4400,20261118,400.00,0.00,652878.55,人民币,供电公司,电费,B2"
BAD_LINES = {
    "a day that no calendar has": GOOD.replace("20261118", "20261131"),
    "a day without a year": GOOD.replace("20261118", "11-18"),
    "a word for a day": GOOD.replace("20261118", "today"),
    "no day": GOOD.replace("20261118", ""),
    "an amount that is none": GOOD.replace("13400.00", "13400元整"),
    "an exponent": GOOD.replace("13400.00", "1.34E+04"),
    "three decimals": GOOD.replace("13400.00", "13400.005"),
    "a misplaced separator": GOOD.replace("13400.00", '"134,00.00"'),
    "a formula": GOOD.replace("13400.00", "=A1+B1"),
    "an error of the spreadsheet": GOOD.replace("13400.00", "#####"),
    "money both ways": GOOD.replace("0.00,13400.00", "5.00,13400.00"),
    "no money at all": GOOD.replace("13400.00", "0.00"),
    "another currency": GOOD.replace("人民币", "美元"),
    "a balance that is none": GOOD.replace("653278.55", "余额"),
    "a comma too many": GOOD.replace("宏达电器厂", "宏达,电器厂"),
    "a line torn off": "4400,20261118,0.00",
    "a hidden character": GOOD.replace("宏达", "宏\u202e达"),
    "a text that never ends": GOOD.replace("货款", "货" * 401),
    "an amount beyond measure": GOOD.replace("13400.00", "99999999999.00"),
    "a line of something else": "以下空白",
}


@pytest.mark.parametrize("line", BAD_LINES.values(), ids=BAD_LINES)
def test_a_bad_line_is_told_by_its_number(line: str) -> None:
    trouble = refusal("\r\n".join([HEAD, NEXT, line, NEXT]))
    assert trouble.code == "E-IMP-004"
    assert any(said.startswith("line 3: ") for said in trouble.cause), trouble.cause


def test_the_sound_lines_around_the_bad_ones_are_sound() -> None:
    assert len(taken("x", f"{HEAD}\r\n{GOOD}\r\n{NEXT}").lines) == 2


def test_every_bad_line_is_told_and_not_only_the_first() -> None:
    bad = list(BAD_LINES.values())[:12]
    trouble = refusal("\r\n".join([HEAD, *bad]))
    assert "12 lines" in trouble.message
    assert len(trouble.cause) == 11


def test_a_file_that_is_no_statement_is_refused_with_its_first_lines() -> None:
    trouble = refusal("商品编码,数量\r\nP0001,5\r\n")
    assert trouble.code == "E-IMP-001"
    assert trouble.cause[0] == "line 1: 商品编码,数量"
    for text in ("", HEAD, f"{HEAD}\r\n\r\n"):
        assert refusal(text).code in ("E-IMP-001", "E-IMP-004")


def test_a_repeated_reference_without_a_balance_is_refused() -> None:
    bare = HEAD.replace(",余额", "")
    line = "4400,20261118,0.00,5.00,人民币,甲,货款,B1"
    trouble = refusal("\r\n".join([bare, line, line]))
    assert (trouble.code, "line 3" in trouble.message) == ("E-BNK-013", True)


# Profiles of one's own

OWN = """
name = "town-bank"
title = "榆江农商行"
channel = "bank"
direction = "two_columns"
must = ["收入金额", "支出金额"]
[columns]
day = ["日期"]
received = ["收入金额"]
paid = ["支出金额"]
balance = ["结余"]
reference = ["流水"]
"""
OWN_FILE = "日期,收入金额,支出金额,结余,流水\r\n2026-11-18,5.00,,105.00,A1\r\n"


def test_a_profile_that_somebody_adds_is_used(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text(OWN, "utf-8")
    known = bankprofile.known([tmp_path / "missing", tmp_path])
    [line] = read("x.csv", OWN_FILE.encode(), known, DAY).lines
    assert (line.profile, line.received_fen, line.account) == ("town-bank", 500, "town-bank")
    assert bankprofile.named(known, "town-bank").text() == OWN
    with pytest.raises(UsageError):
        bankprofile.named(shipped(), "town-bank")


def test_two_profiles_that_fit_alike_are_left_to_the_person_who_imports(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(OWN, "utf-8")
    (tmp_path / "b.toml").write_text(OWN.replace("town-bank", "village-bank"), "utf-8")
    known = bankprofile.known([tmp_path])
    with pytest.raises(BadInput) as refused:
        read("x.csv", OWN_FILE.encode(), known, DAY)
    assert (refused.value.code, refused.value.fix) == (
        "E-BNK-011",
        ("kac reconcile import x.csv --profile town-bank",),
    )
    one = {"village-bank": known["village-bank"]}
    assert read("x.csv", OWN_FILE.encode(), one, DAY).lines[0].profile == "village-bank"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('channel = "bank"', 'channel = "post"', "channel"),
        ('direction = "two_columns"', 'direction = "sideways"', "direction"),
        ('must = ["收入金额", "支出金额"]', "must = []", "must"),
        ('day = ["日期"]', "", "columns.day"),
        ('day = ["日期"]', 'day = "日期"', "columns"),
        ('reference = ["流水"]', 'serial = ["流水"]', "columns.serial"),
        ('title = "榆江农商行"', "", "title"),
        ('title = "榆江农商行"', 'title = "x"\nlike = "y"', "like"),
        ('title = "榆江农商行"', 'title = "x"\naccount = "("', "account"),
        ('title = "榆江农商行"', 'title = "x"\nfee_sign = 2', "fee_sign"),
        ('title = "榆江农商行"', 'title = "x"\ntotals = [{ pattern = "(?P<sum>x)" }]', "totals"),
        ("[columns]", "[columns", ""),
    ],
)
def test_a_profile_that_makes_no_sense_is_refused_by_name(old: str, new: str, told: str) -> None:
    with pytest.raises(BadInput) as refused:
        parsed(OWN.replace(old, new), "town.toml")
    assert refused.value.code == "E-BNK-010"
    assert any(told in cause for cause in refused.value.cause), refused.value.cause
