"""Files in: whole or not at all, bad rows handed back, mended, and taken in without doubling."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

HEAD = "外部单号,客户编码,要货日期,商品编码,数量,成交价"
GOOD = "WX-9003,KH0002,+7d,P0003,20,58.00"
BAD = [
    "WX-9001,KH0001,+7d,P0001,10,",
    "WX-9001,KH0001,+7d,P0005,许多,",
    "WX-9002,KH9999,+7d,P0003,5,",
]


def write(path: Path, *rows: str, head: str = HEAD) -> Path:
    """A file as a spreadsheet in China saves it."""
    path.write_text("\n".join([head, *rows]) + "\n", "gb18030")
    return path


def test_bad_rows_come_back_with_their_reasons_are_mended_and_fed_back(desk, tmp_path) -> None:
    """SC-60: row-level errors; nothing is written until every row is sound; twice is once."""
    path = write(tmp_path / "orders.csv", *BAD, GOOD)
    refusal = desk.refused(f"import orders {path}", "E-IMP-004", as_="importer", exit=6)
    assert "errors: 2, rows: 2" in refusal.err
    assert 'line 3, 数量 = "许多"' in refusal.err
    assert 'line 4, 客户编码 = "KH9999": no customer has this code' in refusal.err

    rejects = tmp_path / "orders.rejects.csv"
    with rejects.open(encoding="utf-8-sig", newline="") as file:
        back = list(csv.DictReader(file))
    assert [line["原行号"] for line in back] == ["2", "3", "4"], "the whole of WX-9001 comes along"
    assert "许多" in back[1]["退回原因"]

    mended = rejects.read_text("utf-8-sig").replace("许多", "6").replace("KH9999", "KH0003")
    rejects.write_text(mended, "utf-8-sig")
    fed_back = desk.ok(f"import orders {rejects} --json", as_="importer").json
    assert (fed_back["rows"], fed_back["counts"]) == (3, {"drafts": 2})
    rest = desk.ok(f"import orders {write(tmp_path / 'rest.csv', GOOD)} --json", as_="importer")
    drafts = desk.ok("order list --state draft --json").json
    made = {row["number"]: row["total"] for row in drafts}
    assert made[fed_back["first"]] == "3274.00"
    assert made[fed_back["last"]] == "300.00"
    assert made[rest.json["first"]] == "1160.00"


def test_the_same_file_twice_changes_nothing_the_second_time(desk, tmp_path, written) -> None:
    """SC-60: known by its content, under whatever name and encoding."""
    first = desk.ok(f"import orders {write(tmp_path / 'a.csv', GOOD)} --json", as_="importer").json
    again = tmp_path / "b.csv"
    again.write_text(f"\ufeff{HEAD}\n{GOOD}\n", "utf-8")
    before = {name: digest for name, digest in written().items() if name == "sales_order"}
    second = desk.ok(f"import orders {again} --json", as_="importer").json
    assert (second["number"], second["state"]) == (first["number"], "imported_before")
    assert before.items() <= written().items()


def test_an_order_that_came_in_another_file_before_is_not_taken_twice(desk, tmp_path) -> None:
    """SC-60: the customer's own number of an order is taken once."""
    desk.ok(f"import orders {write(tmp_path / 'a.csv', GOOD)}", as_="importer")
    both = write(tmp_path / "b.csv", GOOD, "WX-9009,KH0002,+7d,P0003,1,")
    grown = desk.ok(f"import orders {both} --json", as_="importer").json
    assert grown["counts"] == {"drafts": 1, "there": 1}
    other = write(tmp_path / "c.csv", GOOD.replace(",20,", ",21,"))
    desk.refused(f"import orders {other}", "says something else", as_="importer", exit=6)


def test_a_file_makes_drafts_and_nothing_more(desk, tmp_path) -> None:
    """SC-60: no column approves or pays, and the account that imports may not go on from there."""
    approved = write(tmp_path / "a.csv", f"{GOOD},1", head=f"{HEAD},审批")
    refusal = desk.refused(f"import orders {approved}", "E-IMP-002", as_="importer", exit=6)
    assert "unknown: 审批" in refusal.err
    taken = desk.ok(f"import orders {write(tmp_path / 'b.csv', GOOD)} --json", as_="importer").json
    number = taken["first"]
    assert desk.ok(f"order show {number} --json").json["state"] == "draft"
    for command in (
        f"order submit {number}",
        f"order review {number}",
        f"deposit record {number} --amount 1 --ref 1",
        f"payment record {number} --amount 1 --ref 1",
        f"dispatch new {number}",
        f"order void {number} --reason 试",
    ):
        desk.refused(command, as_="importer", exit=5)


@pytest.mark.parametrize(
    ("kind", "role"), [("orders", "driver"), ("products", "gp_specialist"), ("stock", "purchasing")]
)
def test_only_whom_the_policy_names_brings_files_in(desk, tmp_path, kind, role) -> None:
    """RTL-REC-14, RTL-DUT-05, RTL-DUT-06."""
    desk.refused(f"import {kind} {write(tmp_path / 'a.csv', GOOD)}", as_=role, exit=5)


def test_goods_below_cost_come_in_as_a_draft_that_is_never_submitted(desk, tmp_path) -> None:
    """SC-60, RTL-DSC-03: negative margin."""
    path = write(tmp_path / "a.csv", "WX-9004,KH0002,+7d,P0003,20,47.99")
    number = desk.ok(f"import orders {path} --json", as_="importer").json["first"]
    desk.refused(f"order submit {number}", "RTL-DSC-03", as_="gp_specialist")


def test_a_bar_is_drawn_where_somebody_looks_and_never_into_a_pipe(desk, tmp_path, capsys) -> None:
    """Once it lasts a second, and taken away again; a pipe gets no sign of it."""
    from kac.cli import progress

    assert (
        "\r" not in desk.ok(f"import orders {write(tmp_path / 'a.csv', GOOD)}", as_="importer").err
    )
    assert progress.bar(quiet=False) is None
    drawn = progress.Bar()
    drawn(1, 4)
    assert capsys.readouterr().err == ""
    drawn._began -= 2
    drawn._drawn -= 2
    drawn(1, 4)
    drawn.done()
    shown = capsys.readouterr().err
    assert shown.startswith("\r[##########------------------------------]  25 %\r")
    assert shown.endswith("\r")
