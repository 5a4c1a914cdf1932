"""`kac run`: a file of commands is the same work as the commands one by one."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from kac.db.outbox import outbox_of

# What no two ledgers share: keys, moments, and what is drawn or computed from them.
_OWN = ("id", "at", "created_at", "verified_at", "request_id", "body", "previous", "hash")
_OWN_TABLES = ("ledger_info", "schema_info", "alembic_version")


@pytest.fixture
def script(desk):
    """Writes a file of commands and gives its name."""

    def write(*lines: str, name: str = "morning.kac") -> str:
        path = desk.home / name
        path.write_text("\n".join(lines), "utf-8")
        return str(path)

    return write


def substance(ledger: Path) -> dict[str, list[tuple[object, ...]]]:
    """What stands in a ledger, without what every ledger has of its own."""
    with sqlite3.connect(ledger) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {table: _rows(connection, table) for (table,) in tables if table not in _OWN_TABLES}


def _rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
    kept = ", ".join(name for name in names if name not in _OWN)
    return connection.execute(f"SELECT {kept} FROM {table} ORDER BY id").fetchall()


def a_day_of(customers: int, last: int) -> list[str]:
    """A desk's day, eight commands a customer: orders taken, changed, reviewed and paid for.

    `last` is the number of the last order that was taken that day before.
    """
    day = []
    for customer in range(1, customers + 1):
        order, reference = f"DD20261120-{last + customer:04d}", f"20261120{customer:04d}"
        day += [
            f"--as gp_specialist order new -c KH{customer:04d} -l P0002:10 --need-by +7d",
            "--as gp_specialist order edit @ -l P0009:1",
            "--as gp_specialist order submit @",
            f"--as merchant_supervisor order review {order}",
            "--as gp_specialist order print @ -q",
            f"order show {order} --json",
            f"--as finance_cashier deposit record {order} --amount 200 --ref {reference}",
            f"--as finance payment verify {reference}",
        ]
    return day


def orders_of_the_day(desk) -> list[str]:
    found = desk.sql("SELECT number FROM sales_order WHERE on_day = ? ORDER BY number", desk.on)
    return [number for (number,) in found]


def test_two_hundred_lines_make_the_ledger_that_two_hundred_commands_make(
    desk, desk_again, script
) -> None:
    lines = a_day_of(25, last=len(orders_of_the_day(desk)))
    assert len(lines) == 200
    alone = desk_again()
    alone.now = desk.now
    for line in lines:
        alone.ok(line)
    desk.ok(["run", script(*lines)])
    whole, one_by_one = substance(desk.ledger), substance(alone.ledger)
    assert len(one_by_one["sales_order"]) > 25
    assert len(one_by_one["payment"]) == 25
    assert whole == one_by_one
    desk.ok("audit verify")
    desk.ok("db check")


def test_it_stops_at_the_first_that_fails_with_its_place_and_its_exit_code(desk, script) -> None:
    name = script(
        "# a morning",
        "whoami --json",
        "",
        "order new -c KH0001 \\",
        "   -l P0002:5 --need-by +7d   # nobody is logged in",
        "staff list",
    )
    result = desk.run(["run", name])
    assert result.exit == 5
    assert f"{name}:4: exit 5: order new" in result.err
    assert "1 of 3 commands failed, 1 not run" in result.err
    assert json.loads(result.out)["staff"] is None
    assert "auditor" not in result.out


def test_with_keep_going_every_line_is_run_and_the_first_failure_is_the_exit_code(
    desk, script
) -> None:
    name = script("order show DD20200101-0001", "ordr", "whoami --json")
    result = desk.run(["run", name, "--keep-going"])
    assert result.exit == 3
    assert f"{name}:1: exit 3" in result.err
    assert f"{name}:2: exit 2" in result.err
    assert json.loads(result.out)["ledger"] == str(desk.ledger)


def test_with_echo_each_command_is_told_before_its_answer(desk, script) -> None:
    result = desk.ok(["run", script("kac order list --limit 1 -q".removesuffix(" -q")), "--echo"])
    assert result.err.startswith("$ kac order list --limit 1\n")


def test_a_list_of_results_for_scripts(desk, script) -> None:
    new = "--as gp_specialist order new -c KH0001 -l P0002:5 --need-by +7d"
    name = script(new, f"{new} -q", "order list --csv --limit 1", "order submit @", "whoami")
    before = orders_of_the_day(desk)
    result = desk.run(["run", name, "--json", "--keep-going"])
    taken = [number for number in orders_of_the_day(desk) if number not in before]
    first, second, third, refused, last = result.json
    assert (first["line"], first["exit"], first["error"]) == (1, 0, None)
    assert [first["result"]["number"], second["result"]] == taken
    assert third["result"].startswith("number,customer_name")
    assert (refused["exit"], refused["error"]["code"]) == (5, "E-PER-004")
    assert refused["command"] == ["order", "submit", "@"]
    assert last["result"]["training"] is True
    assert result.exit == 5


def test_nothing_is_run_of_a_file_with_a_line_that_cannot_be_read(desk, script) -> None:
    new = "--as gp_specialist order new -c KH0001 -l P0002:5 --need-by +7d"
    name = script(new, 'order list "open')
    result = desk.refused(["run", name], exit=2)
    assert f"{name}:2: " in result.err
    assert desk.refused("run none.kac", exit=9).err.startswith("error[E-ENV-024]")


def test_commands_from_standard_input_read_none_of_it_themselves(desk) -> None:
    """A PIN that is asked for is missing; it is not the next command."""
    lines = "--as gp_specialist order new -c KH0001 --need-by +7d\nwhoami --json\n"
    result = desk.run("run - --keep-going", stdin=lines)
    assert result.exit == 10
    assert json.loads(result.out)["training"] is True
    assert "--line is missing" in result.err


def test_a_failure_leaves_nothing_behind_for_the_next_line(desk, script) -> None:
    new = "--as gp_specialist order new -c KH0001 -l P0002:5 --need-by +7d"
    lines = [new, f"{new} --submit -l P0001:9999", "order lst", new]
    before = orders_of_the_day(desk)
    result = desk.run(["run", script(*lines), "--keep-going"])
    assert result.exit == 4
    last = int(before[-1].split("-")[1])
    taken = [f"DD20261120-{last + 1:04d}", f"DD20261120-{last + 2:04d}"]
    assert orders_of_the_day(desk) == [*before, *taken], "a refusal draws no number"
    assert not list(outbox_of(desk.ledger).iterdir())
    desk.ok("audit verify")


def test_what_was_said_for_the_whole_program_holds_for_every_line(desk, script) -> None:
    name = script("whoami --json", "--as finance whoami --json")
    result = desk.ok(["--as", "auditor", "run", name])
    assert [
        json.loads(each)["staff"] for each in result.out.replace("}\n{", "}\0{").split("\0")
    ] == ["auditor", "finance"]
    assert "没有" in desk.run(["--lang", "zh", "run", script("ordr")]).err


def test_a_script_on_a_real_ledger_shows_its_pin_once(empty_desk) -> None:
    desk = empty_desk
    pin = desk.home / "pin"
    pin.write_text("246813")
    pin.chmod(0o600)
    env = {"KAC_PIN_FILE": str(pin)}
    desk.ok("init --company 佳和 --admin wang --admin-name 王敏 --language en", env=env)
    path = desk.home / "staff.kac"
    path.write_text("\n".join(f"staff add {code} 李 --role finance" for code in ("li", "liu")))
    desk.ok(["--as", "wang", "run", str(path)], env=env)
    asked = desk.sql("SELECT count(*) FROM audit WHERE command = 'pin'")[0][0]
    desk.ok("--as wang staff add lu 陆 --role auditor", env=env)
    once = desk.sql("SELECT count(*) FROM audit WHERE command = 'pin'")[0][0] - asked
    assert asked == once > 0
    wrong = desk.home / "wrong"
    wrong.write_text("135792")
    wrong.chmod(0o600)
    result = desk.run(["--as", "wang", "run", str(path)], env={"KAC_PIN_FILE": str(wrong)})
    assert result.exit == 5
