"""`kac shell` as a clerk uses it: a desk's morning by keystrokes on a real terminal."""

from __future__ import annotations

import importlib.util
import os
import re
import stat
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kac.cli.shelling import asking, keyboard
from kac.cli.shelling.history import History
from kac.cli.shelling.screen import Screen
from kac.cli.shelling.suggest import command_line, customers, goods, nothing
from kac.db.outbox import outbox_of

pexpect = pytest.importorskip("pexpect")

ROOT = Path(__file__).parents[2]
PATIENCE = 30
MORNING = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
# What a terminal is told beside the text; prompt_toolkit begins to read a line with the second.
CONTROL = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[=>]|\r")
READY = "\x1b[?2004h"
TAB, CTRL_C, CTRL_D = "\t", "\x03", "\x04"
RICE, RICE_BARCODE = "P0009", "6996573519558"


class Terminal:
    """A shell on a pseudo-terminal: what is typed, and what it answered since."""

    def __init__(self, desk, *words: str, **env: str) -> None:
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "TERM": "xterm",
            "PROMPT_TOOLKIT_NO_CPR": "1",
            **desk.environment(),
            **env,
        }
        self._process = pexpect.spawn(
            sys.executable,
            ["-m", "kac", *words, "shell"],
            env=environment,
            encoding="utf-8",
            dimensions=(45, 130),
            timeout=PATIENCE,
        )
        self._written = ""

    def until(self, *texts: str) -> str:
        """Everything written until all the texts are there; it is not told twice."""
        deadline = time.monotonic() + PATIENCE
        while not all(text in self._written for text in texts):
            assert time.monotonic() < deadline, f"no {texts} in:\n{_plain(self._written)}"
            try:
                self._written += self._process.read_nonblocking(4096, timeout=1)
            except pexpect.TIMEOUT:
                continue
            except pexpect.EOF:
                assert all(t in self._written for t in texts), _plain(self._written)
        told, self._written = self._written, ""
        return _plain(told)

    def press(self, keys: str) -> None:
        """Type without an answer being waited for."""
        self._process.send(keys)

    def type(self, line: str) -> str:
        """Type a line, and wait until the next is asked for; what was answered."""
        self.press(line + "\r")
        return self.until(READY)

    def ended(self) -> int:
        """The exit code, once the shell is gone."""
        self._process.expect(pexpect.EOF)
        self._process.close()
        assert self._process.exitstatus is not None
        return self._process.exitstatus


def _plain(written: str) -> str:
    return CONTROL.sub("", written)


@pytest.fixture
def at(desk):
    """Opens shells on the desk's ledger, and leaves none open."""
    opened: list[Terminal] = []

    def open_(*words: str, **env: str) -> Terminal:
        opened.append(Terminal(desk, *words, **env))
        opened[-1].until(READY)
        return opened[-1]

    yield open_
    for terminal in opened:
        terminal._process.close(force=True)


def lines_of(desk, number: str) -> list[tuple[str, int, int]]:
    """(code, quantity, price in fen) of an order's lines in force."""
    return desk.sql(
        "SELECT code, quantity, unit_price_fen FROM v_order_line WHERE number = ? ORDER BY line",
        number,
    )


def newest(desk) -> str:
    return desk.sql("SELECT max(number) FROM sales_order WHERE on_day = ?", desk.on)[0][0]


def test_a_desks_morning_by_keystrokes(desk, at) -> None:
    shell = at("--as", "gp_specialist")
    assert "DD20261120" in shell.type("order list --limit 3")
    # What is mistyped ends nothing.
    assert "did you mean: order" in shell.type("ordr")
    assert "E-REF-001" in shell.type("order show 1120-9999")
    assert "E-CLI-024" in shell.type("order list 'open")
    shell.press("order void " + CTRL_C)
    shell.until(READY)

    # An order: the customer by pinyin, goods by gun and by hand.
    shell.type("order new")
    shell.press("hddqpj" + TAB)
    shell.until("KH0001")
    assert "KH0001" in shell.type("")
    assert "E-VAL-012" in shell.type("soon")
    shell.type("+7d")
    before = newest(desk)
    assert "1 " in shell.type(RICE_BARCODE)
    order = newest(desk)
    assert order != before, "the first line is in the ledger before the second is typed"
    assert "2 袋 × 138.00 = 276.00" in shell.type(RICE_BARCODE)
    assert "looks like a barcode" in shell.type(f"*{RICE_BARCODE}")
    assert "12 袋 × 138.00 = 1,656.00" in shell.type("*12")
    told = shell.type("电饭煲 3 @200")
    assert "3 台 × 200.00 = 600.00" in told
    assert "list 268.00" in told
    assert "below what it costs" in told
    assert "no price" in shell.type(".88")
    told = shell.type("/95")
    assert "254.60" in told
    assert "to be signed by purchasing" in told
    assert "margin" not in told, "a desk clerk does not see what goods cost"
    shell.type("五花肉 2.5")
    assert lines_of(desk, order) == [(RICE, 12, 13800), ("P0001", 3, 25460), ("P0002", 2500, 2600)]
    shell.type("-2")
    assert [code for code, *_rest in lines_of(desk, order)] == [RICE, "P0002"]
    shell.type("<")
    assert {code for code, *_rest in lines_of(desk, order)} == {RICE, "P0002", "P0001"}
    assert "available" in shell.type("?mfq")
    assert order in shell.type(f"kac order show {order} --columns number")
    shell.type(".")
    told = shell.type("y")
    assert f"{order} is submitted" in told
    assert f"[{order} submitted]" in told

    # The rest of its morning, other hands on the same keyboard.
    approval = desk.sql("SELECT number FROM approval WHERE subject = ?", order)[0][0]
    for who in ("purchasing_manager", "merchant_manager"):
        shell.type(f"--as {who} approval ok {approval}")
    assert "reviewed" in shell.type(f"--as merchant_supervisor order review {order}")
    assert "may not do" in shell.type(f"deposit record {order} --amount 1 --ref 1")
    shell.type(f"order print {order} -q")
    assert desk.sql("SELECT state FROM sales_order WHERE number = ?", order) == [("reviewed",)]

    # A draft that is left is asked about, and gone on with.
    shell.type("o new -c KH0002 --need-by +3d")
    shell.type(f"{RICE} 5")
    draft = newest(desk)
    assert f"enter {draft}" in shell.type("q")
    shell.press(CTRL_D)
    assert draft in shell.until(READY)
    shell.type("n")
    told = shell.type(f"enter {draft}")
    assert "晨谷小町米" in told
    shell.type("+")
    assert lines_of(desk, draft) == [(RICE, 5, 13800)], "nothing was put since it was taken up"
    shell.type("*7")
    shell.type("")
    shell.type("y")
    assert desk.sql("SELECT state FROM sales_order WHERE number = ?", draft) == [("submitted",)]
    shell.press("exit\r")
    assert shell.ended() == 0
    assert not list(outbox_of(desk.ledger).iterdir())
    desk.ok("audit verify")
    desk.ok("db check")


def test_a_gift_has_a_sign_of_its_own(desk, at) -> None:
    shell = at("--as", "gp_specialist")
    shell.type("order new -c KH0001 --need-by +7d")
    shell.type(f"{RICE} 10")
    order = newest(desk)
    told = shell.type(f"!{RICE} 1")
    assert "2 " in told and "1 袋 × gift = 0.00" in told
    assert lines_of(desk, order) == [(RICE, 10, 13800), (RICE, 1, 0)], "beside the same goods sold"
    assert "to be signed by" in told, "whoever signs for gifts is told at once"
    assert "2 袋 × gift = 0.00" in shell.type("+"), "once more of it"
    assert "3 袋 × gift = 0.00" in shell.type("*3")
    assert "a gift has no price" in shell.type("@5")
    assert "a gift has no price" in shell.type(f"!{RICE} 1@5")
    assert "not understood" in shell.type("!")
    assert "1 台 × gift = 0.00" in shell.type("！电饭煲"), "an input method left on"
    assert lines_of(desk, order)[-1] == ("P0001", 1, 0)
    shell.type("<")
    assert lines_of(desk, order) == [(RICE, 10, 13800), (RICE, 3, 0)]
    assert "gift" in shell.type("l")
    assert "a gift, given for nothing" in shell.type("?")


def test_the_last_price_to_a_customer_is_told_with_its_order(desk, at) -> None:
    desk.ok(f"order new -c KH0001 -l {RICE}:2@130 --need-by +7d --submit", as_="merchant_manager")
    sold = newest(desk)
    shell = at("--as", "merchant_manager")
    shell.type("order new -c KH0001 --need-by +7d")
    told = shell.type(f"{RICE} 1")
    assert f"last 130.00 ({sold})" in told
    assert "margin 10.21%" in told, "a manager sees what goods cost"
    assert "130.00" in shell.type(f"?{RICE}")


def test_somebody_else_at_the_same_draft_is_noticed(desk, at) -> None:
    shell, other = at("--as", "gp_specialist"), at("--as", "gp_specialist")
    shell.type("order new -c KH0001 --need-by +7d")
    shell.type(f"{RICE} 1")
    order = newest(desk)
    other.type(f"order edit {order} -l P0002:4")
    assert "changed by somebody else" in shell.type("*9")
    assert lines_of(desk, order) == [(RICE, 1, 13800), ("P0002", 4000, 2600)]
    assert "9 公斤" in shell.type("2:*9")
    other.type(f"order submit {order}")
    assert "no draft any more" in shell.type("*10")
    assert desk.sql("SELECT state FROM sales_order WHERE number = ?", order) == [("submitted",)]


def test_what_a_clerk_changes_by_a_command_in_between_is_their_own_doing(desk, at) -> None:
    shell = at("--as", "gp_specialist")
    shell.type("order new -c KH0001 --need-by +7d")
    shell.type(f"{RICE} 1")
    order = newest(desk)
    told = shell.type(f"kac order edit {order} --gift P0002:1")
    assert "五花肉" in told, "the lines are shown as they stand now"
    told = shell.type("1:*3")
    assert "somebody else" not in told
    assert "3 袋" in told
    assert [quantity for _code, quantity, _price in lines_of(desk, order)] == [3, 1000]
    told = shell.type(f"kac order submit {order}")
    assert f"[{order} submitted]" in told, "what is no draft any more is left"


def test_in_chinese_the_prompt_and_the_echo_are_chinese(desk, at) -> None:
    shell = at("--as", "gp_specialist", KAC_LANG="zh_CN")
    told = shell.type("order new -c KH0001 --need-by 明天")
    told += shell.type("电饭煲　２＠２５０")
    assert "2 台 × 250.00 = 500.00" in told
    assert "采购部" in told
    assert not re.search(r"\b(list|available|signed|margin|lines)\b", told)
    shell.type("q")
    assert "周五" in shell.type("")


def test_without_a_terminal_it_says_how_scripts_do_it(desk) -> None:
    result = desk.refused("shell", exit=10)
    assert "kac run -" in result.err


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("ord", "order"),
        ("ent", "enter"),
        ("kac o ne", "new"),
        ("order new --need", "--need-by"),
        ("--as finance order list --state sub", "submitted"),
        ("o new -c KH0001", "KH0001"),
        ("o new -c 宏达", "KH0001"),
        ("o new -c hddqpj", "KH0001"),
        ("o new -c HDDQPJ", "KH0001"),
        ("customer show 电器配件", "KH0001"),
        ("order new -c KH0001 -l dfb", "P0001:"),
        ("order new -c KH0001 -l P0001:3 --line 电饭", "P0001:"),
        ("product show 6992794", "P0001"),
        ("stock check P0009:1 五花", "P0002:"),
        ("order show ", "DD20261120-0039"),
        ("order show 1120-0002", "DD20261120-0002"),
        ("order show 红星小学", "DD20261120-0001"),
        ("login gp_sp", "gp_specialist"),
        ("help sho", "shortage"),
        ("explain E-GAT-DEP", "E-GAT-DEPOSIT-MET"),
        ("order list --format x", "xlsx"),
        ("stock list --at D", "DC"),
    ],
)
def test_names_are_completed_by_number_by_chinese_and_by_pinyin(
    desk, monkeypatch, typed, offered
) -> None:
    monkeypatch.setenv("KAC_DB", str(desk.ledger))
    found = command_line(typed, [("enter", "take an order")])
    assert offered in [each.text for each in found]
    for each in found:
        assert typed.endswith(typed[len(typed) - each.length :])
        assert " " not in typed[len(typed) - each.length :], "only the last word is replaced"


def test_documents_of_every_kind_are_completed_by_number_and_by_their_customer(
    traded, monkeypatch
) -> None:
    monkeypatch.setenv("KAC_DB", str(traded.ledger))
    for command, view in (
        ("payment show", "v_payment"),
        ("dispatch show", "v_dispatch"),
        ("rebate show", "rebate"),
        ("approval show", "v_approval"),
    ):
        ((number,),) = traded.sql(f"SELECT max(number) FROM {view}")
        assert number in [each.text for each in command_line(f"{command} {number[-6:]}")], command
    ((number, name),) = traded.sql("SELECT number, customer_name FROM v_payment LIMIT 1")
    assert number in [each.text for each in command_line(f"payment show {name[1:3]}")]


@pytest.mark.parametrize(
    "typed",
    ["ordr ", "order new --need-by ", "order show nobody", "order new -c KH0001 -l P%:", "'"],
)
def test_where_nothing_fits_nothing_is_offered(desk, monkeypatch, typed) -> None:
    monkeypatch.setenv("KAC_DB", str(desk.ledger))
    assert command_line(typed) == []


def test_goods_and_customers_are_offered_where_they_are_asked_for(desk, monkeypatch) -> None:
    monkeypatch.setenv("KAC_DB", str(desk.ledger))
    assert [each.text for each in goods("五花")] == ["P0002"]
    assert [each.text for each in goods("?whr")] == ["P0002"]
    assert goods("P0002 3") == goods("") == []
    assert [each.text for each in customers("宏达电")] == ["KH0001"]


@pytest.fixture
def history(desk, monkeypatch) -> History:
    monkeypatch.setenv("XDG_STATE_HOME", str(desk.home / "state"))
    return History({"lock"})


def test_a_keyboard_at_rest_locks_and_keeps_what_stood_there(history) -> None:
    from prompt_toolkit.application import create_app_session
    from prompt_toolkit.input import create_pipe_input
    from prompt_toolkit.output import DummyOutput

    with create_pipe_input() as keys, create_app_session(input=keys, output=DummyOutput()):
        screen = Screen(history)
        keys.send_text("half a li")
        with pytest.raises(keyboard.Idle) as rested:
            screen.line("> ", nothing, "", timedelta(seconds=0.3), command=True)
        assert rested.value.typed == "half a li"
        keys.send_text("ne\r")
        assert screen.line("> ", nothing, "half a li", None, command=True) == "half a line"


@pytest.fixture
def plain(history, monkeypatch):
    """A clerk where prompt_toolkit is not installed; locks are noted."""
    find = importlib.util.find_spec
    monkeypatch.setattr(
        importlib.util, "find_spec", lambda name: None if name == "prompt_toolkit" else find(name)
    )
    locked: list[str] = []
    clerk = asking.Clerk(history, timedelta(minutes=15), lambda: locked.append("locked"))
    return clerk, locked


def test_without_prompt_toolkit_lines_are_asked_for_all_the_same(
    plain, history, monkeypatch
) -> None:
    clerk, locked = plain
    answers = iter([KeyboardInterrupt, "  whoami ", EOFError])

    def typed(_question: str) -> str:
        answer = next(answers)
        if isinstance(answer, str):
            return answer
        raise answer

    monkeypatch.setattr("builtins.input", typed)
    assert clerk.ask("> ", nothing, command=True) == "whoami"
    assert [line.strip() for line in history.path.read_text("utf-8").splitlines()] == ["whoami"]
    with pytest.raises(EOFError):
        clerk.ask("> ", nothing, command=True)
    assert locked == []


def test_without_prompt_toolkit_a_line_typed_after_idling_waits_for_the_pin(
    plain, monkeypatch
) -> None:
    clerk, locked = plain
    clock = iter([MORNING, MORNING + timedelta(minutes=14), MORNING, MORNING + timedelta(hours=1)])
    monkeypatch.setattr(asking, "system_now", lambda: next(clock))
    monkeypatch.setattr("builtins.input", lambda _question: "order list")
    assert clerk.ask("> ", nothing) == "order list"
    assert locked == []
    assert clerk.ask("> ", nothing) == "order list"
    assert locked == ["locked"]


def test_the_history_keeps_commands_and_nothing_else(history) -> None:
    kept = ["order list", "kac todo", "--as finance whoami", "lock", "o new -c KH0001"]
    for line in kept:
        assert history.keeps(line), line
        history.add(line)
    for line in ("", "246813", "ordr", "order list 'open", kept[-1]):
        assert not history.keeps(line), line
    assert stat.S_IMODE(history.path.stat().st_mode) == 0o600
    assert History().lines == kept


@pytest.fixture
def house(empty_desk):
    """A real ledger with a clerk whose PIN is known; nobody is logged in."""
    pin = empty_desk.home / "pin"
    pin.write_text("246813")
    pin.chmod(0o600)
    env = {"KAC_PIN_FILE": str(pin), "KAC_USER": "boss"}
    empty_desk.on = ""
    empty_desk.ok("init --company 佳和 --admin boss --admin-name 老板 --language en", env=env)
    empty_desk.ok("staff add wang 王敏 --role gp_specialist", env=env)
    empty_desk.ok(f"staff passwd wang --new-pin-file {pin}", env=env)
    return empty_desk


def test_the_pin_is_asked_for_once_and_again_to_unlock(house) -> None:
    shell = Terminal(house, "--as", "wang")
    shell.until("PIN of wang: ")
    told = shell.type("246813")
    assert "王敏" in told
    assert "246813" not in told
    assert "wang" in shell.type("whoami")
    shell.type("246813")
    shell.press("lock\r")
    shell.until("PIN of wang: ")
    shell.press("135792\r")
    assert "not the PIN" in shell.until("not the PIN", "PIN of wang: ")
    assert "王敏" in shell.type("246813")
    shell.press("lock\r")
    shell.until("PIN of wang: ")
    shell.press(CTRL_D)
    assert shell.ended() == 0
    assert house.run("whoami --json").json["staff"] is None, "whoever gives up is logged out"
    history = house.home / "state" / "kac" / "history"
    assert stat.S_IMODE(history.stat().st_mode) == 0o600
    assert history.read_text("utf-8").splitlines() == ["whoami", "lock"]
