"""The night as cron runs it: every check on its own line, one run at a time."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import sqlite3
import subprocess
import threading
from pathlib import Path

from kac.core.errors import Exit
from kac.db.lock import turn_of
from kac.desk.night import queries
from kac.desk.night.rules import RULES, STATES

ROOT = Path(__file__).parents[2]
STATEMENTS = ROOT / "tests" / "exchange" / "statements"


def lines(desk, extra: str = "", exit: int = 0, on: str = "") -> dict[str, dict]:
    """The night, check by check."""
    told = desk.run(f"reconcile run --checks --json {extra}", as_="cron", on=on)
    assert told.exit == exit, told.err
    return {row["check"]: row for row in told.json}


def submitted(desk, line: str, need_by: str) -> str:
    order = f"order new -c KH0001 -l {line} --need-by {need_by} --submit -q"
    return desk.ok(order, as_="gp_specialist").out.strip()


def test_every_check_has_its_line_its_rules_and_a_name(desk) -> None:
    """CRH-DAT-02 and section 9: a check is never silent, and never without a rule."""
    told = lines(desk)
    names = {check.__name__ for check in queries.CHECKS} | {
        "bank_matching",
        "monthly_statements",
        "deemed_correct",
        "reservations_expire",
        "chain_is_whole",
    }
    assert told.keys() == names
    assert "bank_inbox" in RULES
    for row in told.values():
        assert (row["state"], row["count"]) == ("ok", 0)
        assert row["rules"] == list(RULES.get(row["check"], ()))
    assert sum(bool(row["rules"]) for row in told.values()) >= 40
    full = lines(desk, "--full")
    assert full.keys() - names == {
        *("pages_are_whole", "references_hold", "schema_is_ours"),
        *("numbers_have_no_gaps", "attachments_are_there"),
    }
    shown = desk.ok("reconcile run", as_="cron").out
    assert all(name in shown for name in names)
    assert set(STATES) == {"ok", "reminders", "differences", "failed"}


def test_a_check_that_fails_hides_no_other_and_is_told_to_cron(desk, monkeypatch) -> None:
    """CRH-DAT-02: the differences of the others stand beside it; exit 1 with or without --check."""

    def stock_never_negative(_reader, _on):
        raise ZeroDivisionError("a fault of the program")

    def chain_is_whole(_connection, _ledger):
        raise OSError("no key")

    places = [check.__name__ for check in queries.CHECKS]
    broken = list(queries.CHECKS)
    broken[places.index("stock_never_negative")] = stock_never_negative
    monkeypatch.setattr(queries, "CHECKS", tuple(broken))
    monkeypatch.setattr("kac.db.checks.chain_is_whole", chain_is_whole)
    number = submitted(desk, "P0001:50", "+1d")
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    desk.ok(f"deposit record {number} --amount 4020 --ref B1", as_="finance_cashier")

    for extra in ("", "--check"):
        told = lines(desk, extra, exit=Exit.INTERNAL)
        assert told["stock_never_negative"]["state"] == "failed"
        assert "ZeroDivisionError: a fault of the program" in told["stock_never_negative"]["says"]
        assert told["chain_is_whole"]["state"] == "failed"
        assert told["receipts_are_printed"]["state"] == "differences"
        assert told["deliveries_tomorrow"]["state"] == "reminders"
        assert [row["state"] for row in told.values()].count("failed") == 2
    found = desk.run("reconcile run --check --json", as_="cron")
    assert found.exit == Exit.INTERNAL
    assert "2 checks failed" in found.err
    assert {row["check"] for row in found.json} >= {"stock_never_negative", "receipts_are_printed"}


def test_a_second_night_changes_nothing_and_says_the_same(desk, written) -> None:
    """SC-60, CRH-DAT-02: the inbox is empty, what was certain is matched."""
    number = submitted(desk, "P0001:15", "+7d")
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    words = f"payment record {number} --amount 4020 --ref 2026111800020003 -q"
    money = desk.ok(words, as_="finance_cashier").out.strip()
    desk.ok(f"payment print {money}", as_="finance_cashier")
    inbox = desk.home / "inbox"
    inbox.mkdir()
    shutil.copy(STATEMENTS / "ccb-corp.csv", inbox)
    first = desk.run(f"reconcile run --inbox {inbox} --json", as_="cron")
    assert f"proves {money}" in first.err
    assert [path.name for path in inbox.iterdir()] == ["done"]
    after = written()
    for _night in range(2):
        again = desk.run(f"reconcile run --inbox {inbox} --json", as_="cron")
        assert again.out == first.out
        assert "proves" not in again.err
        assert written() == after


def test_a_statement_that_is_refused_is_a_difference_and_the_night_goes_on(desk) -> None:
    """RTL-DUT-07: the file stays where it is; an inbox that is not there is told as well."""
    inbox = desk.home / "inbox"
    inbox.mkdir()
    data = (STATEMENTS / "ccb-corp.csv").read_bytes()
    (inbox / "torn.csv").write_bytes(data.replace(b",653278.55,", b",653278.56,"))
    shutil.copy(STATEMENTS / "icbc-corp.csv", inbox)
    told = lines(desk, f"--inbox {inbox} --check", exit=Exit.DIFFERENCES)
    assert (told["bank_inbox"]["state"], told["bank_inbox"]["count"]) == ("differences", 1)
    assert (inbox / "torn.csv").exists()
    assert desk.sql("SELECT count(*) FROM bank_line") == [(3,)]
    gone = lines(desk, f"--inbox {desk.home / 'nowhere'}", exit=Exit.INTERNAL)
    assert gone["bank_inbox"]["state"] == "failed"
    assert gone["trial_balance"]["state"] == "ok"


def test_two_nights_never_meet(desk) -> None:
    """The second leaves with exit 8 and says who is there, or waits until the first has ended."""
    night = desk.ledger.with_name("ledger.db.night")
    held, free = threading.Event(), threading.Event()

    def other() -> None:
        with turn_of(night, "reconcile run"):
            held.set()
            free.wait(30)

    thread = threading.Thread(target=other)
    thread.start()
    try:
        assert held.wait(10)
        refused = desk.refused("reconcile run --check", as_="cron", exit=Exit.BUSY)
        assert "reconcile run" in refused.err
        desk.refused("reconcile run --check --wait 1", as_="cron", exit=Exit.BUSY)
        desk.ok("order list", as_="finance")
        threading.Timer(0.5, free.set).start()
        desk.ok("reconcile run --check --wait 20", as_="cron")
    finally:
        free.set()
        thread.join()
    desk.ok("reconcile run --check", as_="cron")


def test_deliveries_are_told_the_day_before_and_not_again(desk) -> None:
    """GPA-VEH-02: a calendar day, reminders only."""
    number = submitted(desk, "P0001:5", "2026-11-22")
    desk.ok("order new -c KH0001 -l P0001:1 --need-by 2026-11-22", as_="gp_specialist")
    assert lines(desk)["deliveries_tomorrow"]["count"] == 0
    told = desk.run("reconcile run --json", as_="cron", on="2026-11-21").json
    [reminder] = [row for row in told if row["check"] == "deliveries_tomorrow"]
    assert (reminder["subject"], reminder["soft"]) == (number, True)
    assert reminder["rules"] == ["GPA-VEH-02"]
    assert lines(desk, on="2026-11-22")["deliveries_tomorrow"]["count"] == 0


def test_a_cheque_is_told_and_goods_that_did_not_wait_for_it_are_a_difference(desk) -> None:
    """RTL-CTL-06: the gate stops the slip; were one written past it, the night would say so."""
    number = submitted(desk, "P0001:15", "+7d")
    desk.ok(f"order review {number}", as_="merchant_supervisor")
    taken = "--amount 4020 --no 00312345 --bank 工商银行 --issued 11-19"
    desk.ok(f"cheque record {number} {taken}", as_="finance_cashier")
    told = lines(desk)
    assert told["not_cleared"]["state"] == "reminders"
    assert told["goods_wait_for_cheques"]["state"] == "ok"
    desk.refused(f"dispatch new {number}", "RTL-PAY-04", as_="distribution_center")
    with sqlite3.connect(desk.ledger) as past_the_gate:
        past_the_gate.execute(
            "INSERT INTO dispatch (number, order_id, state, vehicle, driver, address, issued_by,"
            " received_by, rest, deposit_fen, on_day, at) SELECT 'SH20261120-0001', id, 'loaded',"
            " '', '', '', 'x', '', 'kept', 0, on_day, at FROM sales_order WHERE number = ?",
            (number,),
        )
    told = lines(desk)
    assert told["goods_wait_for_cheques"]["state"] == "differences"
    assert told["goods_wait_for_cheques"]["rules"] == ["RTL-CTL-06"]


def test_a_quotation_out_of_date_is_told_until_somebody_lets_it_expire(desk) -> None:
    """FLW-QUO-01: the night changes no document; it names the command."""
    sheet = "quote new -c KH0001 --line P0001:50@260 --need-by +20d -q"
    number = desk.ok(sheet, as_="regional_supervisor").out.strip()
    assert lines(desk)["quotations_lapsed"]["count"] == 0
    told = desk.run("reconcile run --json", as_="cron", on="2026-12-20").json
    [late] = [row for row in told if row["check"] == "quotations_lapsed"]
    assert late["command"] == f"kac quote expire {number}"
    desk.ok(late["command"].removeprefix("kac "), as_="cron", on="2026-12-20")
    assert lines(desk, on="2026-12-20")["quotations_lapsed"]["count"] == 0


def test_a_row_that_was_changed_past_all_of_kac_is_told_on_the_line_of_the_chain(desk) -> None:
    """CRH-DAT-02: exit 7, and the other lines are as they were."""
    with sqlite3.connect(desk.ledger) as intruder:
        [(guard,)] = intruder.execute(
            "SELECT sql FROM sqlite_master WHERE name = 'product_price_no_update'"
        ).fetchall()
        intruder.execute("DROP TRIGGER product_price_no_update")
        intruder.execute("UPDATE product_price SET list_price_fen = 1 WHERE id = 1")
        intruder.execute(guard)
    told = lines(desk, "--check", exit=Exit.DIFFERENCES)
    states = {name: row["state"] for name, row in told.items()}
    assert states.pop("chain_is_whole") == "differences"
    assert set(states.values()) == {"ok"}


# The examples of the manual


def blocks(begins: str) -> list[str]:
    """The examples of the manual's page of the night that begin like this."""
    text = (ROOT / "kac" / "data" / "guide" / "en" / "night.md").read_text("utf-8")
    return [
        each
        for each in re.findall(r"```text\n(.*?)```", text, re.DOTALL)
        if each.startswith(begins)
    ]


def here(desk, command: str) -> str:
    """A command of the manual on this desk's places."""
    inbox = desk.home / "inbox"
    inbox.mkdir(exist_ok=True)
    (desk.home / "backup").mkdir(exist_ok=True)
    return command.replace("/srv/kac", str(desk.home))


def test_the_crontab_of_the_manual_runs(desk) -> None:
    """Its variables are known, its times are times, and every command ends with 0."""
    [table] = blocks("KAC_DB=")
    names, commands = set(), []
    for line in table.strip().splitlines():
        if re.fullmatch(r"[A-Z_]+=\S+", line):
            names.add(line.partition("=")[0])
            continue
        *times, command = line.split(None, 5)
        assert len(times) == 5
        for said, most in zip(times, (59, 23, 31, 12, 7), strict=True):
            assert said == "*" or 0 <= int(said) <= most, line
        commands.append(command)
    assert names == {"KAC_DB", "KAC_USER", "KAC_PIN_FILE"}
    assert len(commands) >= 2
    for command in commands:
        program, *words = shlex.split(here(desk, command))
        assert program == "kac"
        told = desk.run(words, env={"KAC_USER": "cron"})
        assert told.exit == 0, told.err
        assert "backup" in words or told.out == ""


def test_the_units_of_the_manual_are_units_and_run(desk, tmp_path) -> None:
    """systemd's own parser judges them where there is one."""
    units = {}
    for block in blocks("# /etc/systemd"):
        name = re.match(r"# /etc/systemd/system/(\S+)\n", block)[1]
        units[name] = configparser.ConfigParser(interpolation=None)
        units[name].optionxform = str
        units[name].read_string(block)
        (tmp_path / name).write_text(block.replace("/usr/local/bin/kac", "/bin/true"), "utf-8")
    service, timer = units["kac-night.service"]["Service"], units["kac-night.timer"]
    assert timer["Timer"]["Persistent"] == "true"
    given = dict(pair.split("=") for pair in service["Environment"].split())
    assert given.keys() == {"KAC_DB", "KAC_USER", "KAC_PIN_FILE"}
    program, *words = shlex.split(here(desk, service["ExecStart"]))
    assert program.endswith("/kac")
    assert desk.run(words, env={"KAC_USER": given["KAC_USER"]}).exit == 0
    judge = shutil.which("systemd-analyze")
    if judge:
        when = [judge, "calendar", timer["Timer"]["OnCalendar"]]
        assert subprocess.run(when, capture_output=True).returncode == 0


def test_the_night_frees_what_was_kept_beyond_its_day(desk, written) -> None:
    """C-15, RTL-ORD-02: also after nights that were missed; who only looks frees nothing."""
    keep = "stock reserve P0001:5 -c KH0001 --until +1d --reason 预订"
    desk.ok(keep, as_="gp_specialist")
    number = submitted(desk, "P0001:10", "+20d")
    free = "SELECT available FROM v_stock WHERE code = 'P0001' AND location = 'DC'"
    ((before,),) = desk.sql(free)
    desk.ok("reconcile run", as_="cron", on="2026-11-21")
    assert desk.sql(free) == [(before,)]
    after = written()
    looked = desk.ok("reconcile run --json", as_="auditor", on="2026-12-05").json
    assert "reservations_over" in {row["check"] for row in looked}
    assert written() == after
    told = desk.ok("reconcile run --json", as_="cron", on="2026-12-05")
    assert number in told.err
    assert "reservations_over" not in {row["check"] for row in told.json}
    assert desk.sql(free) == [(before + 10,)], "the order had taken what was kept"
