"""Lists and records on every screen: whole figures, the reader's choice of form, a pager."""

from __future__ import annotations

import csv
import io
import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import pytest
from rich.cells import cell_len

from kac.cli import lazy, screen, setting, sheets, terminal
from kac.cli.registry import GROUPS
from kac.cli.sheets import Column

ROOT = Path(__file__).parents[2]
ORDER = "DD20261120-0040"
PC = "PC20261120-0001"
# What a reading command needs besides its name to have something to read; one that needs a
# document of its own is tried with its examples.
READS = {
    "approval show": "approval show SP20261120-0001",
    "audit log": "audit log",
    "completion": "completion bash",
    "contract negotiations": "contract negotiations KH0001",
    "customer classes": "customer classes KH0001",
    "customer show": "customer show KH0001",
    "day report": "",
    "day status": "",
    "deposit quote": f"deposit quote {ORDER}",
    "explain": f"explain {ORDER}",
    "export beancount": "",
    "export hledger": "",
    "help": "",
    "guide": "",
    "last": "last",
    "opening show": "",
    "order show": f"order show {ORDER}",
    "policy diff": "policy diff 1 1",
    "policy export": "",
    "price show": "",
    "product show": "product show P0001",
    "quote show": "",
    "rebate show": "",
    "refund show": "",
    "return show": "",
    "reconcile run": "",
    "report margin": "",
    "reconcile show": "",
    "rule show": "rule show RTL-DEP-06",
    "rule search": "rule search deposit",
    "staff show": "staff show finance",
    "status": "status first",
    "stock check": f"stock check {ORDER}",
}


def reading_commands() -> list[str]:
    """Every command that shows something, by the options that only such commands share."""
    found = []
    for name in GROUPS:
        command = lazy.load(name)
        verbs = getattr(command, "commands", None)
        for path, each in (
            {f"{name} {verb}": verbs[verb] for verb in verbs} if verbs else {name: command}
        ).items():
            needs = any(option.required for option in each.params) and path not in READS
            if any("--columns" in option.opts for option in each.params) and not needs:
                found.append(path)
    return found


COMMANDS = [READS.get(command, command) for command in reading_commands()]
TRIED = sorted(filter(None, COMMANDS))


@pytest.fixture
def busy(desk):
    """A desk with an order that waits for signatures."""
    new = "order new -c KH0001 -l P0001:50@245 --need-by +7d --submit --request-id first"
    desk.ok(new, as_="gp_specialist")
    return desk


def columns_of(listed: object) -> list[str]:
    row = listed[0] if isinstance(listed, list) and listed else listed
    return list(row) if isinstance(row, dict) else []


@pytest.mark.parametrize("command", TRIED)
def test_every_form_of_every_list_and_record(busy, command) -> None:
    def read(*more: str, exits: tuple[int, ...] = (0, 7, 9)) -> str:
        result = busy.run([*shlex.split(command), *more], as_="gp_specialist")
        assert result.exit in exits, result.err
        return result.out

    found = json.loads(read("--json"))
    for style in ("table", "plain", "md"):
        assert "\x1b" not in read("--format", style)
    rows = found if isinstance(found, list) else [found]
    lines = [json.loads(line) for line in read("--format", "ndjson").splitlines()]
    assert len(lines) == len(rows) or not rows
    (head, *_rest) = list(csv.reader(io.StringIO(read("--csv")))) or [[]]
    keys = columns_of(found)
    if keys and head:
        assert set(head) <= set(keys)
        first, last = head[0], head[-1]
        chosen = read("--columns", f"{last},{first}", "--csv")
        assert chosen.splitlines()[0] == f"{last},{first}"
    path = busy.home / "written.json"
    read("-o", str(path))
    assert columns_of(json.loads(path.read_bytes())) == keys
    if isinstance(found, list) and keys:
        turned = json.loads(read("--json", "--sort", f"-{keys[0]}"))
        assert len(turned) == len(found)
        assert len(json.loads(read("--json", "--limit", "1"))) == 1
        strange = busy.run([*shlex.split(command), "--columns", "nonsense"], as_="gp_specialist")
        assert (strange.exit, "E-CLI-007" in strange.err) == (2, True)


@pytest.mark.parametrize("width", [40, 60, 80, 120])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("command", ["order list", f"order show {ORDER}", "stock list", "todo"])
def test_no_line_is_wider_than_the_screen_and_no_figure_is_cut(
    busy, width, language, command
) -> None:
    busy.lang = language
    env = {"COLUMNS": str(width), "TERM": "xterm", "NO_COLOR": "1"}
    shown = busy.ok(f"{command} --limit 30 --color always", as_="gp_specialist", env=env).out
    # A command is for pasting: it is never broken, however narrow the screen.
    lines = [line for line in map(plain, shown.splitlines()) if " kac " not in line]
    assert max(cell_len(line) for line in lines) <= max(width, 60)
    assert "…" not in plain(shown).replace("…\n", "\n").replace(" … ", " ").replace("…", "", 20)
    if command.startswith("order show"):
        for whole in (ORDER, "12,250.00", "KH0001"):
            assert whole in shown


def plain(text: str) -> str:
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


COLUMNS = [
    Column("number", "单号", "code"),
    Column("customer", "客户", priority=7),
    Column("by", "制单", "code", priority=3),
    Column("lines", "行", "count", priority=2),
    Column("total", "金额", "money"),
]
ROW = {
    "number": ORDER,
    "customer": "华夏银行股份有限公司北京分行工会",
    "by": "gp_specialist",
    "lines": 12,
    "total": 123456789012,
}


def shown(width: int, **env: str) -> tuple[str, list[str]]:
    with mock.patch.dict(os.environ, {"COLUMNS": str(width), "TERM": "xterm", **env}):
        return terminal.table_text(COLUMNS, [ROW])


def test_what_is_marked_as_less_important_goes_before_what_matters() -> None:
    assert shown(140)[1] == []
    assert shown(68)[1] == ["行"]
    assert shown(62)[1] == ["制单", "行"]
    text, hidden = shown(59)
    assert hidden == []
    assert text.startswith("单号")
    assert "customer" not in hidden


def test_chinese_breaks_between_its_signs_and_never_within_a_word_beside_them() -> None:
    columns = [Column("says", "说明"), Column("total", "金额", "money")]
    row = {"says": "本机的预写日志可能丢失数据；kac不用它，请放心使用本系统" * 2, "total": 1}
    with mock.patch.dict(os.environ, {"COLUMNS": "60", "TERM": "xterm"}):
        text, _hidden = terminal.table_text(columns, [row])
    assert text.count("kac") == 2
    assert not any(line.lstrip().startswith(("；", "，")) for line in text.splitlines())


def test_where_signs_are_as_wide_as_chinese_all_columns_stand_in_line() -> None:
    columns = [Column("mark", "", "code"), Column("says", "说明"), Column("n", "n", "count")]
    rows = [{"mark": "√", "says": "“好”…", "n": 1}, {"mark": "×", "says": "ab", "n": 2}]
    with mock.patch.object(screen, "_manner", return_value=(False, 2)):
        for text in (sheets.columns_text(columns, rows), terminal.table_text(columns, rows)[0]):
            lines = text.splitlines()
            assert "─" not in text, "a line of it would run over the edge"
            ends = [sum(2 if c in "√×“”…说明好" else 1 for c in plain(line)) for line in lines]
            assert ends[-1] == ends[-2], text
            assert "\ue000" not in text


def test_nothing_but_ascii_where_nothing_else_can_be_shown(busy) -> None:
    for more in ("", "--color always"):
        text = busy.ok(
            f"order show {ORDER} {more}", as_="gp_specialist", env={"KAC_ASCII": "1"}
        ).out
        assert not set("√×─│…") & set(text)
        assert "+  " in plain(text)
    assert "√" in busy.ok(f"order show {ORDER}", as_="gp_specialist").out


# --- The pager

LONG = "\n".join(str(number) for number in range(100))


@pytest.fixture
def clerk(tmp_path, monkeypatch):
    """A terminal of 24 lines, with a pager that keeps what it was given."""
    kept = tmp_path / "paged"
    pager = tmp_path / "pager"
    pager.write_text(f"#!/bin/sh\ncat > {kept}\n")
    pager.chmod(0o755)
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(screen, "sys", SimpleNamespace(stdout=out))
    monkeypatch.setattr(setting, "may_ask", lambda: True)
    for name in ("KAC_PAGER", "PAGER", "KAC_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LINES", "24")
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    return pager, kept


@pytest.mark.parametrize("variable", ["KAC_PAGER", "PAGER"])
def test_a_list_longer_than_the_screen_goes_through_the_pager(clerk, monkeypatch, variable) -> None:
    pager, kept = clerk
    monkeypatch.setenv(variable, f"{pager} -x")
    assert not screen.paged("short")
    assert screen.paged(LONG)
    assert kept.read_text() == f"{LONG}\n"


def test_the_config_file_names_the_pager_or_turns_it_off(clerk, monkeypatch, tmp_path) -> None:
    pager, kept = clerk
    config = tmp_path / "kac" / "config.toml"
    config.parent.mkdir()
    config.write_text(f'[ui]\npager = "{pager}"\n')
    monkeypatch.setenv("PAGER", "false")
    assert screen.paged(LONG)
    assert kept.is_file()
    config.write_text('[ui]\npager = "off"\n')
    assert not screen.paged(LONG)
    monkeypatch.setenv("KAC_PAGER", str(pager))
    assert screen.paged(LONG), "the environment goes before the file"


def test_no_pager_where_nobody_turns_pages(clerk, monkeypatch) -> None:
    pager, _kept = clerk
    monkeypatch.setenv("PAGER", str(pager))
    with setting.using(setting.Setting(no_pager=True)):
        assert not screen.paged(LONG)
    monkeypatch.setattr(setting, "may_ask", lambda: False)
    assert not screen.paged(LONG)
    monkeypatch.setattr(setting, "may_ask", lambda: True)
    monkeypatch.setattr(screen, "sys", SimpleNamespace(stdout=io.StringIO()))
    assert not screen.paged(LONG)


def test_without_the_pager_that_was_named_the_list_is_shown_all_the_same(
    clerk, monkeypatch
) -> None:
    monkeypatch.setenv("KAC_PAGER", "no-such-pager-anywhere")
    assert not screen.paged(LONG)


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are of POSIX")
def test_on_a_real_terminal_a_long_list_waits_in_less_and_colours_survive(busy) -> None:
    import pty
    import select

    ours, theirs = pty.openpty()
    import fcntl
    import struct
    import termios

    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 20, 80, 0, 0))
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        **busy.environment(),
        "KAC_PAGER": "cat",
    }
    for pager, waits in (("less -FRX", True), ("off", False)):
        environment["KAC_PAGER"] = pager
        if waits and not any(
            os.access(os.path.join(place, "less"), os.X_OK)
            for place in os.environ["PATH"].split(os.pathsep)
        ):
            continue
        process = subprocess.Popen(
            [sys.executable, "-m", "kac", "product", "list"],
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        heard = b""
        while select.select([ours], [], [], 3)[0] if process.poll() is None else False:
            heard += os.read(ours, 4096)
            if waits and b"\x1b[K:" in heard or b":\x1b[K" in heard:
                os.write(ours, b"q")
        assert process.wait(10) == 0
        while select.select([ours], [], [], 0.1)[0]:
            heard += os.read(ours, 4096)
        assert b"\x1b[1m" in heard, "the head is bold"
        shown = heard.count(b"P0")
        assert (shown < 40) is waits, (pager, shown)
    os.close(ours)
    os.close(theirs)


def test_words_go_before_a_list_falls_into_records_and_the_state_stays() -> None:
    columns = [
        Column("number", "退货单", "code"),
        Column("order", "订货单", "code"),
        Column("customer_name", "客户", priority=7),
        Column("state", "状态", "state", words={"checked": "goods inspected"}),
        Column("total", "金额", "money"),
        Column("back_by", "退回期限", "day"),
        Column("approval", "审批单", "code"),
    ]
    row = {
        "number": "TH20261120-0003",
        "order": ORDER,
        "customer_name": "宏达电器配件厂",
        "state": "checked",
        "total": 268000,
        "back_by": "2026-11-27",
        "approval": "SP20261120-0019",
    }
    hidden = {}
    for width in (120, 80, 60):
        with mock.patch.dict(os.environ, {"COLUMNS": str(width), "TERM": "xterm"}):
            text, hidden[width] = terminal.table_text(columns, [row])
        assert text.count("2,680.00") == 1 and max(map(cell_len, text.splitlines())) <= width
    assert hidden == {
        120: [],
        80: ["退回期限", "审批单"],
        60: ["订货单", "退回期限", "审批单"],
    }
