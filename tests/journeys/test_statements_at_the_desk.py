"""Statements at the counter: one file, an inbox full of them, and layouts that the house adds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

STATEMENTS = Path(__file__).parents[1] / "exchange" / "statements"
FILES = sorted(path.name for path in STATEMENTS.iterdir())
LINES = {"alipay-mch": 3, "alipay-personal": 3, "wechat-mch": 3, "abc-debit": 4, "ccb-corp": 4}
LINES["wechat-personal"] = 4
WHERE = "tests/exchange/statements"


def test_every_statement_is_taken_in_once_and_its_lines_are_on_file(desk) -> None:
    """RTL-DUT-07, SC-60: each profile; the same file again, under another name, changes nothing."""
    for file in FILES:
        told = desk.ok(f"reconcile import {STATEMENTS / file} --json", as_="finance").json
        name = file.removesuffix(".csv")
        assert (told["profile"], told["new"]) == (name, LINES.get(name, 3))
        assert told["personal"] == name.endswith(("-personal", "-debit"))
    count = desk.sql("SELECT count(*) FROM bank_line")
    for file in FILES:
        copy = shutil.copy(STATEMENTS / file, desk.home / f"again-{file}")
        told = desk.ok(f"reconcile import {copy} --json", as_="cron").json
        assert told["state"] == "imported_before"
    assert desk.sql("SELECT count(*) FROM bank_line") == count
    assert desk.run("db check").exit == 0


def test_of_overlapping_statements_only_what_is_new_is_taken_in(desk) -> None:
    """With a reference of the bank's own, and without one."""
    for file, lines in (("ccb-corp.csv", 2), ("icbc-corp.csv", 1), ("boc-debit.csv", 2)):
        data = (STATEMENTS / file).read_bytes().split(b"\r\n")
        end = next(place for place, line in enumerate(data) if b"2026" in line[:60] and place > 1)
        while end < len(data) and b"2026" in data[end][:80]:
            end += 1
        short = desk.home / f"short-{file}"
        short.write_bytes(b"\r\n".join(data[: end - lines]) + b"\r\n")
        first = desk.ok(f"reconcile import {short} --json", as_="finance").json
        whole = desk.ok(f"reconcile import {STATEMENTS / file} --json", as_="finance").json
        assert (whole["new"], whole["known"]) == (lines, first["new"])


def test_a_statement_that_was_touched_is_refused_and_nothing_is_written(desk) -> None:
    """RTL-DUT-07: a balance that does not follow, a total that does not come out."""
    for file, old, new, code in (
        ("ccb-corp.csv", b",13400.00,", b",13500.00,", "E-BNK-004"),
        ("wechat-mch.csv", b"`1200.00", b"`1300.00", "E-BNK-012"),
        ("ccb-corp.csv", b"20261118 08:55:10", b"20261131 08:55:10", "E-IMP-004"),
    ):
        data = (STATEMENTS / file).read_bytes()
        if code == "E-BNK-004":
            lines = data.split(b"\r\n")
            data = b"\r\n".join([*lines[:2], lines[3], lines[2], *lines[4:]])
        else:
            data = data.replace(old, new, 1)
        path = desk.home / file
        path.write_bytes(data)
        said = desk.refused(f"reconcile import {path}", code, as_="finance", exit=6)
        assert "line " in said.err


def test_an_inbox_is_emptied_and_what_is_refused_stays_and_is_told_again(desk) -> None:
    """SC-60: the second run changes nothing; half a file is never taken in."""
    inbox = desk.home / "inbox"
    inbox.mkdir()
    for file in ("ccb-corp.csv", "wechat-mch.csv"):
        shutil.copy(STATEMENTS / file, inbox)
    whole = (STATEMENTS / "wechat-mch.csv").read_bytes()
    (inbox / "torn.csv").write_bytes(b"\r\n".join(whole.split(b"\r\n")[:-2]))
    (inbox / "cmb-debit.csv.part").write_bytes(b"half")
    (inbox / ".hidden").write_bytes(b"x")

    desk.refused(f"reconcile inbox {inbox}", "RTL-DUT-07", as_="gp_specialist", exit=5)
    dry = desk.run(f"reconcile inbox {inbox} --dry-run --json", as_="cron")
    assert dry.exit == 7
    assert desk.sql("SELECT count(*) FROM bank_line") == [(0,)]
    assert not (inbox / "done").exists()

    told = desk.run(f"reconcile inbox {inbox} --json", as_="cron")
    assert told.exit == 7
    assert [(each["file"], each["state"], each["new"]) for each in told.json["files"]] == [
        ("ccb-corp.csv", "imported", 4),
        ("torn.csv", "refused", None),
        ("wechat-mch.csv", "imported", 3),
    ]
    assert "totals" in told.json["files"][1]["says"]
    assert {path.name for path in (inbox / "done").iterdir()} == {
        "IM20261120-0006-ccb-corp.csv",
        "IM20261120-0007-wechat-mch.csv",
    }
    again = desk.run(f"reconcile inbox {inbox}", as_="cron")
    assert (again.exit, "torn.csv" in again.out, "ccb" in again.out) == (7, True, False)
    (inbox / "torn.csv").unlink()
    assert "no statement lies there" in desk.ok(f"reconcile inbox {inbox}", as_="cron").err
    assert desk.sql("SELECT count(*) FROM bank_line") == [(7,)]


def test_a_file_that_was_taken_in_but_not_moved_is_moved_the_next_time(desk) -> None:
    """The machine stopped between the commit and the move."""
    inbox = desk.home / "inbox"
    inbox.mkdir()
    shutil.copy(STATEMENTS / "ccb-corp.csv", inbox)
    desk.ok(f"reconcile import {inbox / 'ccb-corp.csv'}", as_="cron")
    told = desk.ok(f"reconcile inbox {inbox} --json", as_="cron").json
    assert [each["state"] for each in told["files"]] == ["imported_before"]
    assert not (inbox / "ccb-corp.csv").exists()


def test_a_layout_of_the_house_is_used_and_a_wrong_one_is_told(desk) -> None:
    own = desk.home / "config" / "kac" / "bank"
    own.mkdir(parents=True)
    text = desk.ok("reconcile profiles ccb-corp").out
    text = text.replace("ccb-corp", "town-bank").replace("账户明细编号-交易流水号", "农商流水")
    (own / "town.toml").write_text(text, "utf-8")
    listed = {row["name"]: row["file"] for row in desk.ok("reconcile profiles --json").json}
    assert listed["town-bank"].endswith("town.toml")
    assert listed["ccb-corp"] == "comes with kac"

    data = (STATEMENTS / "ccb-corp.csv").read_bytes().decode("gb18030")
    path = desk.home / "town.csv"
    path.write_text(data.replace("账户明细编号-交易流水号", "农商流水"), "gb18030")
    told = desk.ok(f"reconcile import {path} --json", as_="finance").json
    assert (told["profile"], told["new"]) == ("town-bank", 4)
    desk.refused(f"reconcile import {path} --profile ccb-corp", "E-IMP-001", as_="finance", exit=6)
    desk.refused(f"reconcile import {path} --profile nobody", as_="finance", exit=2)

    (own / "wrong.toml").write_text('name = "x"\n', "utf-8")
    said = desk.refused(f"reconcile import {path}", "E-BNK-010", as_="finance", exit=6)
    assert "wrong.toml" in said.err


@pytest.mark.parametrize("channel", ["wechat", "alipay"])
def test_money_of_a_service_never_proves_a_bank_transfer(desk, channel) -> None:
    """RTL-DUT-07: the same order quoted, the same amount; but it is another channel's statement."""
    order = "order new -c KH0001 -l P0001:15 --need-by +7d --submit -q"
    number = desk.ok(order, as_="gp_specialist").out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    amount = {"wechat": "1290.00", "alipay": "1280.00"}[channel]
    text = (STATEMENTS / f"{channel}-personal.csv").read_bytes()
    encoding = {"wechat": "utf-8-sig", "alipay": "gb18030"}[channel]
    quoted = {"wechat": "DD20261117-0005", "alipay": "DD20261116-0002"}[channel]
    path = desk.home / "bill.csv"
    path.write_text(text.decode(encoding).replace(quoted, number), "utf-8")
    words = f"deposit record {number} --amount {amount} --ref 柜台1 -q"
    desk.ok(words, as_="finance_cashier")
    desk.ok(f"reconcile import {path}", as_="finance")
    desk.ok("reconcile run", as_="cron")
    assert desk.sql("SELECT count(*) FROM bank_match") == [(0,)]


def test_a_charge_of_a_payment_service_is_booked_with_what_it_belongs_to(desk) -> None:
    """RTL-DUT-07: 1,200.00 by WeChat, of which the service keeps 7.20: costs, and no customer's."""
    order = "order new -c KH0001 -l P0001:15 --need-by +7d --submit -q"
    number = desk.ok(order, as_="gp_specialist").out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    path = desk.home / "bill.csv"
    text = (STATEMENTS / "wechat-mch.csv").read_bytes().decode("utf-8-sig")
    path.write_text(text.replace("1200.00", "4020.00").replace("1556.80", "4376.80"), "utf-8")
    words = f"payment record {number} --amount 4020 --method wechat"
    reference = "4200002918202611181107733401"
    money = desk.ok(f"{words} --ref {reference} -q", as_="finance_cashier").out.strip()
    desk.ok(f"payment print {money}", as_="finance_cashier")
    desk.ok(f"reconcile import {path}", as_="finance")
    said = desk.run("reconcile run", as_="cron").err
    assert f"proves {money}: 4,020.00, known by reference" in said
    charge = "SELECT debit, credit, amount_fen FROM posting WHERE document LIKE 'YH%'"
    assert desk.sql(charge) == [("6603", "101202", 720)]
    desk.ok("reconcile run", as_="cron")
    assert desk.sql(charge) == [("6603", "101202", 720)]
    desk.ok(f"reconcile unlink {reference} --reason 对错了", as_="finance")
    assert desk.sql(charge)[1:] == [("101202", "6603", 720)]


def test_a_line_that_proves_money_taken_back_since_is_a_difference(desk) -> None:
    """RTL-DUT-07: the payment was reversed after the bank proved it: somebody must look."""
    order = "order new -c KH0001 -l P0001:15 --need-by +7d --submit -q"
    number = desk.ok(order, as_="gp_specialist").out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    words = f"payment record {number} --amount 4020 --ref 2026111800020003 -q"
    money = desk.ok(words, as_="finance_cashier").out.strip()
    desk.ok(f"reconcile import {STATEMENTS / 'ccb-corp.csv'}", as_="finance")
    desk.ok("reconcile run", as_="cron")
    desk.ok(f"payment reverse {money} --reason 记错客户", as_="finance")
    found = {row["check"]: row for row in desk.run("reconcile run --json", as_="cron").json}
    assert found["proved_money_stands"]["rules"] == ["RTL-DUT-07"]
    line = found["proved_money_stands"]["subject"]
    assert found["proved_money_stands"]["command"].startswith(f"kac reconcile unlink {line}")
    desk.ok(f"reconcile unlink {line} --reason 收款已冲销", as_="finance")
    rows = desk.run("reconcile run --json", as_="cron").json
    assert "proved_money_stands" not in {row["check"] for row in rows}
