"""Many clerks at once: every command is done or refused by a rule, and the books come out right."""

from __future__ import annotations

import json
import os
import shlex
import sqlite3
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kac.core.errors import Exit
from tests.faults import hands

# What the nightly run may find when clerks go home in the middle of it: paper, and no figure.
STILL_TO_DO = {"receipts_issued", "receipts_are_printed", "void_copies_are_kept"}
RULED = {Exit.DONE, Exit.NOT_FOUND, Exit.REFUSED, Exit.NOT_PERMITTED}


def crowd(ledger: Path, clerks: int, commands: int) -> list[hands.Answer]:
    """Let clerks work at the same time; every answer that they got."""
    sheets = [ledger.parent / f"sheet-{seed}" for seed in range(1, clerks + 1)]
    children = [
        hands.work(ledger, seed, commands, sheet) for seed, sheet in enumerate(sheets, start=1)
    ]
    assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [
        0 for _clerk in children
    ], [answer.err for sheet in sheets for answer in hands.answers(sheet)[-1:]]
    return [answer for sheet in sheets for answer in hands.answers(sheet)]


def rows(ledger: Path, query: str) -> list[tuple]:
    with sqlite3.connect(ledger) as connection:
        return connection.execute(query).fetchall()


def judge(ledger: Path, answers: list[hands.Answer]) -> None:
    """What must hold after any history: nothing lost, nothing double, nothing half."""
    codes = Counter(answer.exit for answer in answers)
    strange = [answer for answer in answers if answer.exit not in RULED]
    assert not strange, [(answer.words, answer.exit, answer.err) for answer in strange[:3]]
    assert codes[0] > len(answers) / 3, f"a history of refusals proves little: {codes}"
    written = dict(rows(ledger, "SELECT request_id, document FROM command"))
    for answer in answers:
        if answer.exit == 0:
            assert written[answer.request] == answer.out.split()[-1], answer
        else:
            assert answer.request not in written, answer
    judge_books(ledger)


def judge_books(ledger: Path) -> None:
    """The ledger by itself: numbers gapless, goods promised once, money as it was received."""
    for kind, table in (("DD", "sales_order"), ("SK", "payment"), ("SH", "dispatch")):
        numbers = [n for (n,) in rows(ledger, f"SELECT number FROM {table} ORDER BY number")]
        prefix = f"{kind}20261120-"
        assert numbers == [f"{prefix}{count:04d}" for count in range(1, len(numbers) + 1)]
    assert rows(ledger, "SELECT code, location FROM v_stock WHERE available < 0") == []
    promised = """SELECT o.number FROM v_order o JOIN v_order_line n ON n.order_id = o.id
        WHERE (SELECT coalesce(sum(r.quantity), 0) FROM v_reservation r
               WHERE r.order_id = o.id AND r.product_id = n.product_id)
           <> CASE WHEN o.state IN ('submitted', 'reviewed') OR (o.state = 'slip_issued' AND
                   NOT EXISTS (SELECT 1 FROM dispatch d
                               WHERE d.order_id = o.id AND d.state <> 'issued'))
              THEN (SELECT sum(m.quantity) FROM v_order_line m
                    WHERE m.order_id = o.id AND m.product_id = n.product_id) ELSE 0 END"""
    assert rows(ledger, promised) == [], "what is promised is what open orders hold, no more"
    assert rows(ledger, "SELECT number FROM v_order WHERE received_fen > total_fen") == []
    with hands.at_counter(ledger):
        for words in (["db", "check", "--json"], ["audit", "verify", "--json"]):
            proved = hands.type_words(words)
            assert proved.exit == 0, proved.out + proved.err
        nightly = hands.type_words(["--as", "finance", "reconcile", "run", "--check", "--json"])
        differences = {each["check"] for each in json.loads(nightly.out) if not each["soft"]}
        assert hands.type_words(["retry", "--json"]).out.strip() == "[]"
    assert differences <= STILL_TO_DO, nightly.out


def test_clerks_at_the_same_time_lose_nothing_and_promise_nothing_twice(desk) -> None:
    """Four clerks with fifteen commands each; RTL-REC-14, CRH-DAT-02."""
    answers = crowd(desk.ledger, clerks=4, commands=15)
    assert len(answers) == 60
    judge(desk.ledger, answers)


@pytest.mark.slow
def test_eight_clerks_with_fifty_commands_each_lose_nothing(desk) -> None:
    """The same with eight clerks and fifty commands; RTL-REC-14, CRH-DAT-02."""
    answers = crowd(desk.ledger, clerks=8, commands=50)
    assert len(answers) == 400
    judge(desk.ledger, answers)


def test_the_last_goods_are_promised_as_often_as_they_are_there(desk) -> None:
    """Seventy-eight stand to be promised; eight orders of twenty each ask for them (RTL-REC-14)."""
    ledger = desk.ledger

    def clerk(place: int) -> int:
        child = os.fork()
        if child:
            return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        try:
            hands.settle_in(ledger)
            words = f"order new -c KH{place:04d} -l P0001:20 --need-by +7d --submit -q"
            code = hands.type_words(["--as", "gp_specialist", *words.split()]).exit
        finally:
            os._exit(code)

    with ThreadPoolExecutor(8) as pool:
        codes = Counter(pool.map(clerk, range(1, 9)))
    assert codes == {0: 3, 4: 5}
    assert rows(ledger, "SELECT sum(quantity) FROM v_reservation") == [(60,)]


def test_two_who_sign_or_take_money_at_once_do_it_once(desk) -> None:
    """The same bank reference from several cashiers is recorded once."""
    number = desk.ok(
        "order new -c KH0001 -l P0003:10 --need-by +7d --submit -q", as_="gp_specialist"
    ).out.strip()
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    house_words = f"deposit record {number} --amount 200 --ref 4711 -q"
    children = []
    for _clerk in range(5):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                hands.settle_in(desk.ledger)
                words = ["--as", "finance_cashier", *house_words.split()]
                code = hands.type_words(words).exit
            finally:
                os._exit(code)
        children.append(child)
    codes = sorted(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children)
    assert codes == [0, 4, 4, 4, 4]
    assert rows(desk.ledger, "SELECT count(*), sum(amount_fen) FROM payment") == [(1, 20000)]


def test_real_processes_at_the_same_time_take_turns(house) -> None:
    """Eight whole processes, each with a start of its own, on two orders' worth of numbers."""
    words = shlex.split("--as gp_specialist order new -c KH0001 -l P0003:1 --need-by +7d -q --yes")
    before = rows(house.ledger, "SELECT count(*) FROM sales_order")[0][0]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _clerk: house.run(*words), range(8)))
    assert [each.returncode for each in done] == [0] * 8, [each.stderr for each in done]
    numbers = sorted(int(each.stdout.strip()[-4:]) for each in done)
    assert numbers == list(range(before + 1, before + 9))
    assert house.run("db", "check").returncode == 0
