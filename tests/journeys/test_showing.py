"""What the counter shows: whole figures at every width, data that is data, forms for scripts."""

from __future__ import annotations

import csv
import io
import json
import os
import re
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kac.cli import sheets, terminal
from kac.cli.sheets import Column
from kac.core.money import Money, format_fen, plain_fen

COLUMNS = [
    Column("number", "单号", "code"),
    Column("name", "客户", priority=7),
    Column("note", "备注", priority=2),
    Column("area", "区域", priority=3),
    Column("quantity", "数量", "quantity"),
    Column("total", "金额", "money"),
    Column("margin", "毛利", "rate"),
]
ROW = {
    "number": "DD20260918-0007",
    "name": "华夏银行股份有限公司北京分行工会",
    "note": "[b]赠[/red]品[/b] :smile: 早上七点前送到食堂",
    "area": "新港区",
    "quantity": 2500,
    "scale": 1000,
    "total": 123456789012,
    "margin": 905,
}
TEXTS = st.text(st.characters(exclude_categories=["C"], exclude_characters="\u2028\u2029"))


def narrow(rows: list[dict], width: int, **env: str) -> tuple[str, list[str]]:
    with mock.patch.dict(os.environ, {"COLUMNS": str(width), "TERM": "xterm", **env}):
        return terminal.table_text(COLUMNS, rows)


@given(
    width=st.integers(20, 160),
    total=st.integers(0, 9 * 10**12),
    number=st.integers(1, 9999),
)
@settings(max_examples=60, deadline=None)
def test_no_terminal_is_too_narrow_for_a_whole_amount_quantity_or_number(
    width, total, number
) -> None:
    row = ROW | {"total": total, "number": f"DD20260918-{number:04d}"}
    text, hidden = narrow([row, ROW], width)
    for whole in (format_fen(total), row["number"], "2.5", "9.05%", "1,234,567,890.12"):
        assert whole in text
    assert "…" not in text
    assert set(hidden) <= {"客户", "备注", "区域"}, "only texts may go"


def test_the_least_important_text_goes_first_and_the_reader_is_told() -> None:
    assert narrow([ROW], 200)[1] == []
    assert narrow([ROW], 100)[1] in ([], ["备注"])
    assert narrow([ROW], 80)[1][0] == "备注"
    text, hidden = narrow([ROW], 50)
    assert hidden == []
    assert text.splitlines()[0].split() == ["单号", "DD20260918-0007"]


def test_lines_keep_within_the_terminal_unless_they_are_records() -> None:
    from rich.cells import cell_len

    for width in range(60, 140, 7):
        text, _hidden = narrow([ROW], width)
        if "─" in text:
            assert max(cell_len(line) for line in text.splitlines()) <= width


def test_markup_and_emoji_codes_in_data_are_text() -> None:
    text, _hidden = narrow([ROW], 250)
    assert "[b]赠[/red]品[/b] :smile:" in text


def test_ascii_is_enough_where_it_is_asked_for() -> None:
    assert "─" in narrow([ROW], 200)[0]
    assert "─" not in narrow([ROW], 200, KAC_ASCII="1")[0]


@given(name=TEXTS, total=st.integers(-(10**9), 10**12))
@settings(max_examples=80, deadline=None)
def test_json_and_csv_say_what_was_stored(name, total) -> None:
    columns = [Column("name", "n"), Column("total", "t", "money")]
    rows = [{"name": name, "total": total}]
    expected = {"name": name, "total": plain_fen(total)}
    assert json.loads(sheets.json_text(sheets.as_objects(columns, rows))) == [expected]
    assert json.loads(sheets.ndjson_text(columns, rows)) == expected
    (read,) = csv.DictReader(io.StringIO(sheets.csv_text(columns, rows)))
    assert read["total"] == expected["total"]
    if not name.startswith(tuple("=+-@＝＋－＠")):
        assert read["name"] == name


@pytest.mark.parametrize("name", ["=1+1", "+86", "-x", "@SUM(A1)", "＝1"])
def test_no_cell_of_a_csv_is_a_formula(name) -> None:
    written = sheets.csv_text([Column("name", "n")], [{"name": name}])
    assert written.splitlines()[1].strip('"').startswith("'")


def test_what_hides_or_reorders_is_written_as_an_escape_that_reads_back() -> None:
    harmful = "a\u202eb\u200bc\U000e0001d"
    written = sheets.json_text({"x": harmful})
    assert json.loads(written) == {"x": harmful}
    assert not set(written) & set("\u202e\u200b\U000e0001")


def test_numbers_that_look_like_numbers_stay_as_they_are_written() -> None:
    columns = [Column("code", "编码", "code"), Column("total", "金额", "money")]
    rows = [{"code": "1e5", "total": Money(100000010)}, {"code": "0012", "total": None}]
    lines = sheets.columns_text(columns, rows).splitlines()
    assert lines[1:] == ["1e5   1,000,000.10", "0012"]


def test_a_bar_in_markdown_opens_no_column() -> None:
    written = sheets.columns_text([Column("n", "n")], [{"n": "a|b"}], "github")
    assert "a\\|b" in written


LIST = "staff list"


def test_every_form_of_a_list_holds_the_same_rows(desk) -> None:
    listed = desk.ok(f"{LIST} --json").json
    assert [json.loads(line) for line in desk.ok(f"{LIST} --format ndjson").out.splitlines()] == (
        listed
    )
    read = list(csv.DictReader(io.StringIO(desk.ok(f"{LIST} --csv").out)))
    assert [row["staff"] for row in read] == [row["staff"] for row in listed]
    for style in ("table", "plain", "md"):
        text = desk.ok(f"{LIST} --format {style}").out
        assert all(row["staff"] in text for row in listed)
        assert "\x1b" not in text


def test_columns_order_and_limit_are_the_readers_choice(desk) -> None:
    result = desk.ok(f"{LIST} --columns name,staff --sort -staff --limit 2 --csv")
    assert result.out.splitlines()[0] == "name,staff"
    codes = [line.split(",")[1] for line in result.out.splitlines()[1:]]
    assert codes == sorted(codes, reverse=True)
    assert len(codes) == 2
    assert re.search(r"2 of \d+ shown", result.err)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("x.csv", b"\xef\xbb\xbfstaff,"),
        ("x.json", b"[\n"),
        ("x.ndjson", b'{"staff'),
        ("x.md", b"|"),
    ],
)
def test_a_file_is_written_in_the_form_of_its_name_for_its_owner_alone(desk, name, begins) -> None:
    path = desk.home / name
    result = desk.ok(f"{LIST} -o {path}")
    assert path.read_bytes().startswith(begins)
    assert path.stat().st_mode & 0o077 == 0
    assert result.out == ""
    assert [file.name for file in desk.home.iterdir() if file.name.startswith(".")] == []


def test_a_file_that_cannot_be_written_is_exit_9(desk) -> None:
    assert "E-ENV-015" in desk.refused(f"{LIST} -o {desk.home}/nowhere/x.csv", exit=9).err


def test_nothing_to_list_is_an_empty_list_for_scripts_and_a_word_for_people(
    desk,
) -> None:
    assert desk.ok("order list --state voided --json").json == []
    people = desk.ok("order list --state voided")
    assert (people.out, people.err) == ("", "no such order\n")


def test_colours_come_and_go_as_they_are_asked_for(desk) -> None:
    assert "\x1b[" in desk.ok(f"{LIST} --color always").out
    assert "\x1b[" not in desk.ok(f"{LIST} --color never").out
    shown = desk.ok(f"{LIST} --color always", env={"NO_COLOR": "1"}).out
    assert "\x1b[3" not in shown and "\x1b[1m" in shown, "no colour; titles are bold all the same"


def test_a_file_whose_name_tells_no_form_is_refused(desk) -> None:
    target = desk.home / "staff.foo"
    refusal = desk.refused(f"{LIST} -o {target}", exit=2)
    assert "E-CLI-035" in refusal.err and ".csv" in refusal.err
    assert not target.exists()
    desk.ok(f"{LIST} -o {target} --format csv")
    desk.ok(f"{LIST} -o {desk.home / 'staff'}")
    order = "order new -c KH0001 -l P0001:5 --need-by +7d --submit -q"
    number = desk.ok(order, as_="gp_specialist").out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    assert (
        "E-CLI-035"
        in desk.refused(
            f"order print {number} -o {desk.home / 'form.doc'}", exit=2, as_="gp_specialist"
        ).err
    )


def test_what_is_told_of_hidden_columns_fits_the_screen(desk) -> None:
    result = desk.ok("product list --color always", env={"COLUMNS": "62", "TERM": "xterm"})
    told = result.err.splitlines()
    assert told[0].startswith("too narrow for")
    assert max(map(len, told)) <= 62 and len(told) > 1
