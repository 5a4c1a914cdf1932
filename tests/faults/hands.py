"""Hands at the counter: clerks in processes of their own, who type what a seeded plan gives."""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

from kac.cli.main import main
from kac.db.reader import Reader, Row, reading

DAY = "2026-11-20"
NINE = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_STARTED = time.monotonic()
_PRODUCTS = ("P0001", "P0003", "P0005", "P0006")


def now() -> datetime:
    """The one clock of all hands: the morning of the training day, and going on from there."""
    return NINE + timedelta(seconds=30 + time.monotonic() - _STARTED)


@dataclass
class Plan:
    """What one clerk of many does next, chosen by chance over what the ledger says."""

    ledger: Path
    seed: int
    chance: Random = field(init=False)
    typed: int = 0

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    def next(self) -> list[str]:
        """The words of the next command, with a request id of its own."""
        with reading(self.ledger) as reader:
            who, words = self._step(reader)
        self.typed += 1
        request = f"h{self.seed}-{self.typed}"
        return ["--as", who, *words.split(), "--request-id", request, "-q"]

    def _step(self, reader: Reader) -> tuple[str, str]:
        rows = reader.all(
            "SELECT * FROM v_order_gate_facts WHERE prepared_by = 'gp_specialist'"
            " AND state NOT IN ('closed', 'voided') ORDER BY number LIMIT 6"
        )
        if self.chance.random() < 0.15 or len(rows) < 3:
            return self._new()
        (row,) = self.chance.choices(rows, [_PULL[row["state"]] for row in rows])
        steps = _next(row) if self.chance.random() < 0.85 else _ANY
        return self.chance.choice(steps)(self, reader, row)

    def _new(self) -> tuple[str, str]:
        goods = self.chance.choice(_PRODUCTS)
        price = self.chance.choice(["", "", "@188"]) if goods == "P0006" else ""
        submit = self.chance.choice(["", " --submit", " --submit"])
        customer = self.chance.randint(1, 50)
        line = f"{goods}:{self.chance.randint(1, 9)}{price}"
        return "gp_specialist", f"order new -c KH{customer:04d} -l {line} --need-by +7d{submit}"

    def _money(self, kind: str, row: Row, fen: int) -> tuple[str, str]:
        amount = f"{max(1, fen) // 100}.{max(1, fen) % 100:02d}"
        reference = f"{self.seed:03d}{self.typed:05d}"
        words = f"{kind} record {row['number']} --amount {amount} --ref {reference}"
        return "finance_cashier", words

    def _payment_of(self, reader: Reader, row: Row, state: str) -> str:
        found = reader.all(
            "SELECT number FROM v_payment WHERE order_id = :order AND state = :state",
            order=row["id"],
            state=state,
        )
        return str(self.chance.choice(found)["number"]) if found else "SK20261120-0001"


Step = Callable[[Plan, Reader, Row], tuple[str, str]]


def _by(who: str, words: str) -> Step:
    return lambda _plan, _reader, row: (who, words.format(order=row["number"]))


def _deposit(plan: Plan, _reader: Reader, row: Row) -> tuple[str, str]:
    return plan._money("deposit", row, (row["total_fen"] * 2 + 2) // 3)


def _rest(plan: Plan, _reader: Reader, row: Row) -> tuple[str, str]:
    return plan._money("payment", row, row["total_fen"] - row["received_fen"])


def _verify(plan: Plan, reader: Reader, row: Row) -> tuple[str, str]:
    return "finance", f"payment verify {plan._payment_of(reader, row, 'received')}"


def _receipt(plan: Plan, reader: Reader, row: Row) -> tuple[str, str]:
    state = plan.chance.choice(["received", "verified"])
    return "finance_cashier", f"payment print {plan._payment_of(reader, row, state)}"


def _count(plan: Plan, reader: Reader, row: Row) -> tuple[str, str]:
    lines = reader.all(
        "SELECT line, quantity / scale AS pieces FROM v_order_line WHERE order_id = :order",
        order=row["id"],
    )
    counted = " ".join(f"{line['line']}:{line['pieces']}" for line in lines)
    who = plan.chance.choice(["distribution_center", "merchant_staff"])
    return who, f"dispatch count {row['number']} {counted}"


def _edit(plan: Plan, _reader: Reader, row: Row) -> tuple[str, str]:
    goods = plan.chance.choice(_PRODUCTS)
    return "gp_specialist", f"order edit {row['number']} -l {goods}:{plan.chance.randint(1, 9)}"


_SIGN = [
    _by(who, "approval ok {order}")
    for who in ("merchant_manager", "operations_manager", "purchasing_manager")
]
_VOID = _by("merchant_supervisor", "order void {order} --reason 客户取消")
_REVIEW = _by("merchant_supervisor", "order review {order}")
_PRINT = _by("gp_specialist", "order print {order}")
_PHOTOCOPY = _by("gp_specialist", "order photocopy {order}")
_SLIP = _by("distribution_center", "dispatch new {order}")
_LOAD = _by("distribution_center", "dispatch load {order} --truck 粤S12345 --driver 张师傅")
_COLLECT = [
    _by("gp_specialist", f"order collect {{order}} --copy {copy}")
    for copy in ("customer", "merchant_dept", "distribution_center")
]
_STEPS: dict[str, list[Step]] = {
    "draft": [_by("gp_specialist", "order submit {order}"), _edit],
    "submitted": [_REVIEW] * 6 + [_edit, _VOID],
    "reviewed": [_receipt, _receipt, _SLIP, _VOID],
    "slip_issued": [_by("distribution_center", "dispatch print {order}"), _count, _count, _count]
    + [_LOAD, _LOAD, _by("driver", "dispatch sign {order} --by 李主任")],
    "delivered": [_by("distribution_center", "dispatch archive {order}"), _receipt],
    "collecting": _COLLECT,
}
# How much a clerk is drawn to an order: the nearer to its end, the more.
_PULL = {"draft": 1, "submitted": 4, "reviewed": 8, "slip_issued": 12, "delivered": 12}
_PULL |= {"collecting": 2}


def _next(row: Row) -> list[Step]:
    """The steps that may well come next for an order."""
    steps = list(_STEPS[row["state"]])
    if row["approval_state"] == "pending":
        steps += _SIGN * 3
    if row["state"] == "reviewed":
        short = row["total_fen"] - row["received_fen"]
        steps += [_PRINT] * 2 + ([_deposit] * 3 if not row["received_fen"] else [])
        steps += [_PHOTOCOPY] * 3 if row["deposit_fen"] else []
        steps += [_rest] * 3 if short else [_SLIP] * 4
        steps += [_verify] * 3 if row["verified_fen"] < row["received_fen"] else []
    return steps


_ANY: list[Step] = [step for steps in _STEPS.values() for step in steps] + [
    _deposit,
    _rest,
    _verify,
]


@dataclass(frozen=True)
class Answer:
    """What one command came to."""

    words: tuple[str, ...]
    exit: int
    out: str
    err: str

    @property
    def request(self) -> str:
        """Its request id."""
        return self.words[self.words.index("--request-id") + 1]


def type_words(words: list[str]) -> Answer:
    """Type a command in this process, its streams being pipes."""
    kept = sys.stdout, sys.stderr, sys.stdin
    out, err = io.StringIO(), io.StringIO()
    sys.stdout, sys.stderr, sys.stdin = out, err, io.StringIO()
    try:
        code = main(words, now=now())
    finally:
        sys.stdout, sys.stderr, sys.stdin = kept
    return Answer(tuple(words), code, out.getvalue(), err.getvalue())


def settle_in(ledger: Path) -> None:
    """Give this process the environment of a counter over a ledger."""
    for name in [name for name in os.environ if name.startswith(("KAC_", "XDG_"))]:
        del os.environ[name]
    home = ledger.parent
    os.environ |= {"KAC_DB": str(ledger), "KAC_LANG": "en", "KAC_ON": DAY, "LC_ALL": "C.UTF-8"}
    os.environ |= {f"XDG_{name}_HOME": str(home) for name in ("CONFIG", "STATE", "DATA")}


@contextmanager
def at_counter(ledger: Path) -> Iterator[None]:
    """The environment of a counter for the time of the block."""
    kept = dict(os.environ)
    settle_in(ledger)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(kept)


def in_child(ledger: Path, words: list[str], first: Callable[[], object]) -> Answer:
    """Type a command in a process of its own, which does something to itself first."""
    reading_end, writing_end = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            settle_in(ledger)
            first()
            answer = type_words(words)
            os.write(writing_end, json.dumps([answer.exit, answer.out, answer.err]).encode())
        finally:
            os._exit(0)
    os.close(writing_end)
    with os.fdopen(reading_end, "rb") as pipe:
        code, out, err = json.loads(pipe.read())
    os.waitpid(child, 0)
    return Answer(tuple(words), code, out, err)


def work(ledger: Path, seed: int, commands: int, sheet: Path) -> int:
    """Put a clerk to work in a process of its own; its id. Each answer is a line of the sheet.

    A line is written after the command has returned, as a clerk reads a number off the screen.
    """
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        os.setsid()
        settle_in(ledger)
        plan = Plan(ledger, seed)
        descriptor = os.open(sheet, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for _time in range(commands):
            answer = type_words(plan.next())
            line = [answer.words, answer.exit, answer.out, answer.err]
            os.write(descriptor, (json.dumps(line) + "\n").encode())
        code = 0
    except BaseException as trouble:
        os.write(descriptor, (json.dumps([["?"], 1, "", repr(trouble)]) + "\n").encode())
    finally:
        os._exit(code)


def answers(sheet: Path) -> list[Answer]:
    """What stands on a sheet, whole lines only."""
    if not sheet.exists():
        return []
    lines = sheet.read_text("utf-8").split("\n")[:-1]
    return [Answer(tuple(w), code, out, err) for w, code, out, err in map(json.loads, lines)]


def kill(child: int) -> None:
    """End a clerk that we put to work, at once and without a word."""
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def kill_self() -> None:
    """Die as a process that is killed does: no handler, no flush, no clean-up."""
    os.kill(os.getpid(), signal.SIGKILL)
