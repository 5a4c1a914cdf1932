"""An import or a night that is killed at any moment: all of it is there or nothing, and it is
done again by typing it again.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kac.db import checks
from tests.faults import hands
from tests.faults.conftest import SAMPLES
from tests.faults.test_many_hands import rows

HEADER = "外部单号,客户编码,要货日期,送货地址,商品编码,数量,成交价,赠品,备注"
LINES_AN_ORDER = 3
ORDERS = 400
FEW, MANY = 4, 20
SEEDS = range(1, 11)


def orders_file(path: Path, name: str) -> Path:
    """Sound orders under external numbers of their own."""
    lines = [
        f"{name}-{order},KH{1 + order % 50:04d},+7d,,{code},{1 + order % 9},,,"
        for order in range(ORDERS)
        for code in ("P0001", "P0003", "P0005")
    ]
    path.write_text("\n".join([HEADER, *lines, ""]), "utf-8")
    return path


def killed_after(ledger: Path, words: list[str], seconds: float) -> None:
    """Type a command in a process of its own, and kill it so many seconds later."""
    child = os.fork()
    if child == 0:
        try:
            hands.settle_in(ledger)
            hands.type_words(words)
        finally:
            os._exit(0)
    time.sleep(seconds)
    hands.kill(child)


def is_sound(ledger: Path) -> bool:
    return [name for name, found in checks.run(ledger) if found] == []


def typed(ledger: Path, words: list[str]) -> hands.Answer:
    with hands.at_counter(ledger):
        return hands.type_words(words)


def took(action: Callable[[], object]) -> float:
    """How many seconds an undisturbed run takes: the moments of the kills lie within them."""
    began = time.monotonic()
    action()
    return time.monotonic() - began


def kill_imports(ledger: Path, kills: int, seed: int) -> int:
    """Kill one import after the other; each is there whole or not at all. How many were there."""
    chance = Random(seed)
    first = orders_file(ledger.parent / "first.csv", "FIRST")
    words = ["--as", "importer", "import", "orders", "-q"]
    long = took(lambda: typed(ledger, [*words, str(first)]))
    there = 0
    for kill in range(kills):
        name = f"K{seed}-{kill}"
        file = orders_file(ledger.parent / "orders.csv", name)
        killed_after(ledger, [*words, str(file)], chance.uniform(0, long * 1.2))
        asked = f"SELECT count(*) FROM sales_order WHERE external_number LIKE '{name}-%'"
        ((found,),) = rows(ledger, asked)
        assert found in (0, ORDERS)
        there += bool(found)
        assert is_sound(ledger)
        again = typed(ledger, [*words, str(file)])
        assert again.exit == 0, again.err
        assert rows(ledger, asked) == [(ORDERS,)]
    ((lines,),) = rows(ledger, "SELECT count(*) FROM order_line l JOIN sales_order o"
                       " ON o.id = l.order_id WHERE o.external_number LIKE 'K%'")  # fmt: skip
    assert lines == kills * ORDERS * LINES_AN_ORDER
    assert is_sound(ledger)
    return there


def test_an_import_killed_at_any_moment_is_there_whole_or_not_at_all(desk) -> None:
    """SC-60, K4 of the fault matrix: and typed again it is complete, once."""
    assert kill_imports(desk.ledger, FEW, seed=3) < FEW, "some were killed before the end"


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_two_hundred_killed_imports_are_there_whole_or_not_at_all(desk, seed) -> None:
    """SC-60: ten histories of twenty kills each."""
    assert kill_imports(desk.ledger, MANY, seed) < MANY


def kill_nights(desk, kills: int, seed: int) -> None:
    """Kill one night after the other over an inbox; the night that is left alone does it all."""
    chance = Random(seed)
    inbox = desk.ledger.parent / "inbox"
    inbox.mkdir()
    words = ["--as", "finance", "reconcile", "run", "--inbox", str(inbox), "--json"]
    long = took(lambda: typed(desk.ledger, words))
    for kill in range(kills):
        text = (SAMPLES / "bank.csv").read_text("utf-8-sig")
        file = inbox / f"bank-{kill}.csv"
        file.write_text(text.replace("2026", "2025", kill + 1), "utf-8")
        killed_after(desk.ledger, words, chance.uniform(0, long * 1.5))
        assert is_sound(desk.ledger)
        done = typed(desk.ledger, words)
        assert done.exit == 0, done.err
        assert not file.exists(), "the statement was taken in, or put aside"
        before = rows(desk.ledger, "SELECT count(*) FROM audit")
        assert typed(desk.ledger, words).out == done.out
        assert rows(desk.ledger, "SELECT count(*) FROM audit") == before
    assert is_sound(desk.ledger)


def test_a_night_killed_at_any_moment_is_done_again_by_the_next(desk) -> None:
    """The second night changes nothing more, and the books hold."""
    kill_nights(desk, FEW, seed=5)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_two_hundred_killed_nights_leave_a_sound_ledger(desk, seed) -> None:
    """Ten histories of twenty kills each."""
    kill_nights(desk, MANY, seed)


def test_a_file_killed_on_the_way_leaves_no_rejects_and_no_half_file(desk) -> None:
    """What lies beside the file afterwards is what lay there before."""
    file = orders_file(desk.ledger.parent / "orders.csv", "X")
    before = sorted(path.name for path in desk.ledger.parent.iterdir())
    killed_after(desk.ledger, ["--as", "importer", "import", "orders", str(file)], 0.2)
    left = {path.name for path in desk.ledger.parent.iterdir()} - set(before)
    assert not [name for name in left if name.startswith("orders")], left
