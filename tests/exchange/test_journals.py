"""The books before judges that are not ours: what kac exports, beancount and hledger prove.

One fen anywhere, in the file or behind kac's back in the ledger, and they say no (CRH-DAT-02).
"""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kac.core.errors import Exit
from kac.core.money import plain_fen
from kac.core.text import is_harmful
from kac.db.reader import reading
from kac.exchange.journals import beancount, books, hledger
from kac.exchange.journals.accounts import account_of, commodity_of, in_beancount, in_hledger
from kac.exchange.journals.books import Amount, Booked, Holds, Opened
from kac.ledger.chart import ACCOUNTS

NEEDS_HLEDGER = pytest.mark.skipif(shutil.which("hledger") is None, reason="no hledger here")


@pytest.fixture
def desk(traded):
    """A counter over books in which goods were sold, to tamper with."""
    return traded


def export(desk, form: str, *options: str) -> str:
    """What the auditor gets."""
    return str(desk.ok(["export", form, *options], as_="auditor").out)


def bean_check(text: str, home: Path) -> list[str]:
    """What the real bean-check has against a ledger."""
    path = home / "books.beancount"
    path.write_text(text, "utf-8")
    program = Path(sys.executable).with_name("bean-check")
    found = shutil.which(program) or shutil.which("bean-check")
    assert found, "beancount is one of the tools of development"
    done = subprocess.run([found, "--no-cache", str(path)], capture_output=True, text=True)
    said = (done.stdout + done.stderr).strip()
    assert bool(done.returncode) == bool(said), said
    return said.splitlines()


def hledger_says(text: str, home: Path, *words: str) -> tuple[int, str]:
    """(exit code, output) of hledger over a journal."""
    path = home / "books.journal"
    path.write_text(text, "utf-8")
    done = subprocess.run(
        ["hledger", "-f", str(path), *words],
        capture_output=True,
        text=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    return done.returncode, done.stdout + done.stderr


def tampered(desk, statement: str, *values: object) -> None:
    """Change the ledger past kac: the guards put away, one row touched, the guards put back."""
    with sqlite3.connect(desk.ledger) as connection:
        guards = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _sql in guards:
            connection.execute(f"DROP TRIGGER {name}")
        assert connection.execute(statement, values).rowcount == 1
        for _name, sql in guards:
            connection.execute(sql)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("goods", [[], ["--goods"]], ids=["money", "goods too"])
def test_bean_check_has_nothing_against_the_books(desk, tmp_path, goods, language):
    desk.lang = language
    text = export(desk, "beancount", *goods)
    assert bean_check(text, tmp_path) == []
    assert text.count(" * ") >= desk.sql("SELECT count(*) FROM journal_entry")[0][0]
    assert "2026-12-15 balance Income:6001-" in text
    assert ("commodity P0006" in text) == bool(goods)


def test_every_entry_is_one_transaction_with_both_sides_of_each_posting(desk):
    text = export(desk, "beancount")
    entries = desk.sql("SELECT key FROM journal_entry ORDER BY on_day, id")
    assert re.findall(r'^  key: "(.*)"$', text, re.M) == [key for (key,) in entries]
    legs = re.findall(r"^  [A-Z]\S+  (-?[0-9.]+) CNY$", text, re.M)
    postings = desk.sql("SELECT amount_fen FROM posting")
    assert len(legs) == 2 * len(postings)
    assert sum(int(leg.replace(".", "")) for leg in legs) == 0


def test_what_kac_itself_wrote_is_told_in_the_readers_language(desk):
    """Every entry of these sales; a reason that a person typed would stay as it is."""
    desk.lang = "zh_CN"
    text = export(desk, "beancount")
    assert '* "款项核实"' in text
    assert not re.search(r'^\d{4}-\d\d-\d\d \* "[ -~]*"', text, re.M)


@pytest.mark.parametrize("fen", [1, -1])
def test_one_fen_on_both_sides_of_any_transaction_is_found(desk, tmp_path, fen):
    """The transaction still balances; what its accounts must hold says that it is wrong."""
    whole = export(desk, "beancount").split("\n\n")
    places = [place for place, block in enumerate(whole) if "\n  key:" in block]
    assert len(places) > 10
    for place in places[:: len(places) // 5]:
        amount = re.search(r"  (\d+\.\d\d) CNY", whole[place])[1]
        other = f"{(int(amount.replace('.', '')) + fen) / 100:.2f}"
        wrong = [*whole[:place], whole[place].replace(amount, other), *whole[place + 1 :]]
        assert any("Balance failed" in line for line in bean_check("\n\n".join(wrong), tmp_path))


def test_a_transaction_that_is_missing_is_found(desk, tmp_path):
    whole = export(desk, "beancount").split("\n\n")
    place = next(place for place, block in enumerate(whole) if "goods delivered" in block)
    assert bean_check("\n\n".join(whole[:place] + whole[place + 1 :]), tmp_path)


@pytest.mark.parametrize(
    "memo", ["stock count", "money received", "money verified", "goods loaded", "goods delivered"]
)
@pytest.mark.parametrize("line", [1, 2])
def test_a_posting_that_was_changed_behind_kacs_back_is_found(desk, tmp_path, memo, line):
    """Entries would agree with themselves: goods and documents convict them (CRH-DAT-02)."""
    found = desk.sql(
        "SELECT max(p.id) FROM posting p JOIN journal_entry e ON e.id = p.entry_id"
        " WHERE e.memo = ? AND p.line = ?",
        memo,
        line,
    )[0][0]
    if found is None:
        assert memo != "goods delivered" and line == 2, "only a sale has two postings here"
        return
    tampered(desk, "UPDATE posting SET amount_fen = amount_fen + 1 WHERE id = ?", found)
    assert bean_check(export(desk, "beancount"), tmp_path)


def test_a_rebate_that_was_paid_lowers_what_was_earned_and_is_proved_too(desk, tmp_path):
    assert "rebate paid" in export(desk, "beancount")
    row = desk.sql("SELECT p.id FROM posting p WHERE p.document LIKE 'FL%'")[0][0]
    tampered(desk, "UPDATE posting SET amount_fen = amount_fen - 1 WHERE id = ?", row)
    assert bean_check(export(desk, "beancount"), tmp_path)


@NEEDS_HLEDGER
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("goods", [[], ["--goods"]], ids=["money", "goods too"])
def test_hledger_opens_the_books_with_every_check_on(desk, tmp_path, goods, language):
    desk.lang = language
    text = export(desk, "hledger", *goods)
    assert hledger_says(text, tmp_path, "check", "--strict") == (0, "")


@NEEDS_HLEDGER
def test_hledger_comes_to_the_balances_that_kac_has(desk, tmp_path):
    text = export(desk, "hledger")
    _code, said = hledger_says(text, tmp_path, "bal", "--flat", "-E", "-N", "-O", "csv")
    told = dict(re.findall(r'^"\w+:(\d+) [^"]*","([-0-9.]+)', said, re.M))
    kept = dict(desk.sql("SELECT account, balance_fen FROM v_account"))
    assert {account: plain_fen(fen) if fen else "0" for account, fen in kept.items()} == told


@NEEDS_HLEDGER
def test_hledger_refuses_one_fen_too(desk, tmp_path):
    wrong = export(desk, "hledger").replace("13400.00 CNY", "13400.01 CNY", 2)
    code, said = hledger_says(wrong, tmp_path, "check")
    assert code, said
    assert "balance assertion" in said


def test_a_file_holds_what_the_screen_shows_and_scripts_are_told_its_hash(desk, tmp_path):
    path = tmp_path / "books.beancount"
    told = desk.ok(f"export beancount -o {path} --json", as_="finance").json
    assert path.read_text("utf-8") == export(desk, "beancount")
    assert told["format"] == "beancount"
    assert told["bytes"] == path.stat().st_size
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".books")] == []


def test_the_books_are_for_those_who_may_see_what_goods_cost(desk, tmp_path):
    """RTL-DUT-08: they hold what goods cost; whoever takes orders gets none, nor does nobody."""
    path = tmp_path / "books.beancount"
    for command in (f"export beancount -o {path}", "export hledger"):
        desk.refused(command, "RTL-DUT-08", as_="gp_specialist", exit=Exit.NOT_PERMITTED)
        desk.refused(command, exit=Exit.NOT_PERMITTED)
    assert not path.exists()


def test_a_directory_that_is_not_there_gets_nothing_and_is_told(desk):
    result = desk.run("export beancount -o nowhere/at/all.beancount", as_="finance")
    assert result.exit == Exit.ENVIRONMENT
    assert "E-ENV-015" in result.err


def test_an_empty_ledger_has_empty_books(desk_class, tmp_path):
    desk = desk_class(tmp_path)
    pin = tmp_path / "pin"
    pin.write_text("482913\n")
    pin.chmod(0o600)
    env = {"KAC_PIN_FILE": str(pin)}
    desk.ok("init --company 空 --admin wang --admin-name 王敏", env=env)
    with reading(desk.ledger) as reader:
        lines = [*beancount.head("空", []), *beancount.lines(books.money(reader))]
    text = "\n".join(lines)
    assert bean_check(text, tmp_path) == []
    assert " open " not in text


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=30).filter(
    lambda text: not any(map(is_harmful, text))
)


@given(st.lists(TEXTS, min_size=1, max_size=8))
def test_whatever_a_memo_says_beancount_reads_it_back(memos):
    from beancount.parser import parser

    entries = [_entry(memo) for memo in memos]
    text = "\n".join([*beancount.head("公司", ["remark"]), *beancount.lines(entries), ""])
    found, errors, _options = parser.parse_string(text)
    assert not errors
    assert [each.narration for each in found] == memos
    assert [each.meta["document"] for each in found] == memos


@NEEDS_HLEDGER
def test_whatever_a_memo_says_hledger_opens_the_file(tmp_path):
    memos = ["; no", "a | b", "(x) y", "* ! z", "，；。", "  ", "", "a, b: c", "@ = 1", '"q"', "\\"]
    accounts = [Opened("2026-11-20", account_of(each)) for each in ("1001", "6001")]
    held = [Holds("2026-11-20", account_of("1001"), Amount(f"{len(memos)}.00"), "test")]
    events = [*accounts, *map(_entry, memos), *held]
    text = "\n".join([*hledger.head("公司", ["remark"]), *hledger.lines(events), ""])
    assert hledger_says(text, tmp_path, "check", "--strict") == (0, "")


def _entry(memo: str) -> Booked:
    legs = ((account_of("1001"), Amount("1.00")), (account_of("6001"), Amount("-1.00")))
    return Booked("2026-11-20", memo, memo, memo, legs)


@pytest.mark.parametrize("code", sorted(ACCOUNTS))
def test_every_account_of_the_chart_has_a_legal_name_of_its_own(code):
    from beancount.core.account import is_valid

    for others in ACCOUNTS.keys() - {code}:
        assert in_beancount(account_of(others)) != in_beancount(account_of(code))
    assert is_valid(in_beancount(account_of(code)))
    assert code in in_hledger(account_of(code))
    assert "  " not in in_hledger(account_of(code))


@given(TEXTS.filter(bool), st.integers(1, 9999))
def test_every_product_is_a_legal_commodity(code, product_id):
    from beancount.core.amount import CURRENCY_RE

    found = commodity_of(code, product_id)
    assert re.fullmatch(CURRENCY_RE, found)
    assert found in (code, f"GOODS-{product_id}")
    assert found != "CNY"
