"""Who acts on a real ledger: a PIN or a session, counted failures, and no name believed alone."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

import kac

PIN = "246810"
WANG = "135791"


@pytest.fixture(scope="session")
def real_ledger(tmp_path_factory, desk_class):
    """A real ledger with an administrator and a clerk, made once."""
    desk = desk_class(tmp_path_factory.mktemp("real"), on="")
    pin = secret(desk, "pin", PIN)
    desk.ok(
        "init --company 佳和百货 --language en --admin boss --admin-name 老板",
        env={"KAC_PIN_FILE": str(pin)},
    )
    boss = {"KAC_USER": "boss", "KAC_PIN_FILE": str(pin)}
    desk.ok("staff add wang 王敏 --role finance", env=boss)
    desk.ok(f"staff passwd wang --new-pin-file {secret(desk, 'new', WANG)}", env=boss)
    return desk


@pytest.fixture
def house(real_ledger, tmp_path, copied_desk):
    """A counter over a copy of the real ledger; nobody is logged in."""
    made = copied_desk(real_ledger.ledger, tmp_path)
    made.on, made.now = "", real_ledger.now
    return made


def secret(desk, name: str, pin: str, mode: int = 0o600) -> Path:
    path = desk.home / name
    path.write_text(f"{pin}\n")
    path.chmod(mode)
    return path


def refused_though_proved(house, command: str, *rules: str, exit: int = 4, **how) -> str:
    """A refusal of somebody whose PIN was right: the log has the PIN, and no act."""
    before = len(house.ok("audit log --json").json)
    result = house.run(command, **how)
    assert result.exit == exit, result.err
    tried = house.ok("audit log --json").json[before:]
    assert [event["verb"] for event in tried] == ["try pin", "right pin"]
    assert all(rule in result.err for rule in rules), result.err
    return result.err


def test_nobody_known_writes_nothing(house) -> None:
    assert "kac login" in house.refused("staff add x y", exit=5).err


def test_a_name_alone_is_not_believed(house) -> None:
    result = house.refused("staff add x y", as_="boss", exit=10)
    assert "KAC_PIN_FILE" in result.err
    assert "kac login boss" in house.refused("whoami --json", as_="boss", exit=5).err


def test_a_piped_pin_serves_for_one_command(house) -> None:
    house.ok("staff add li 李 --role finance", as_="boss", stdin=f"{PIN}\n")
    house.refused("staff add x y", exit=5)


def test_a_pin_file_that_others_can_read_is_refused(house) -> None:
    path = secret(house, "open", PIN, mode=0o640)
    env = {"KAC_USER": "boss", "KAC_PIN_FILE": str(path)}
    assert f"chmod 600 {path}" in house.refused("staff add x y", env=env, exit=9).err


def test_a_wrong_pin_and_an_unknown_name_are_refused_in_the_same_words(house) -> None:
    wrong = house.run("login", as_="boss", stdin="000000\n")
    unknown = house.run("login", as_="ghost", stdin="000000\n")
    assert (wrong.exit, unknown.exit) == (5, 5)
    assert wrong.err.replace("boss", "*") == unknown.err.replace("ghost", "*")
    tries = house.ok("audit log --json").json[-2:]
    assert [(each["verb"], each["subject"]) for each in tries] == [
        ("try pin", "boss"),
        ("try pin", "ghost"),
    ]


def test_five_wrong_pins_lock_and_the_lock_doubles(house) -> None:
    for _ in range(5):
        assert "E-PER-002" in house.run("login", as_="wang", stdin="000000\n").err
    assert "E-PER-003" in house.run("login", as_="wang", stdin=f"{WANG}\n").err
    house.now += timedelta(minutes=16)
    assert "E-PER-002" in house.run("login", as_="wang", stdin="000000\n").err
    house.now += timedelta(minutes=16)
    assert "E-PER-003" in house.run("login", as_="wang", stdin=f"{WANG}\n").err
    house.now += timedelta(minutes=16)
    house.ok("login", as_="wang", stdin=f"{WANG}\n")
    assert set(house.sql("SELECT failures, locked_until FROM staff_attempt")) == {(0, None)}


def test_a_pin_is_counted_before_it_is_looked_at(house) -> None:
    """A guess whose answer is thrown away has counted all the same."""
    counted = []

    def look(_stored: str, _pin: str) -> bool:
        counted.append(
            house.sql("SELECT failures FROM staff_attempt ORDER BY id DESC LIMIT 1")[0][0]
        )
        raise KeyboardInterrupt

    with mock.patch("kac.cli.pins.matches", side_effect=look):
        for _ in range(6):
            house.run("login", as_="wang", stdin="000000\n")
    assert counted == [1, 2, 3, 4, 5]
    assert "E-PER-003" in house.run("login", as_="wang", stdin=f"{WANG}\n").err


def test_many_guesses_at_once_are_no_more_than_as_many_in_a_row(house) -> None:
    """Eight terminals type at the same moment: five are answered, three find the door locked."""
    guesses = [terminal(house, f"{number:06}") for number in range(8)]
    answers = [guess.communicate()[1] for guess in guesses]
    assert [guess.returncode for guess in guesses] == [5] * 8
    assert sum("E-PER-002" in answer for answer in answers) == 5
    assert sum("E-PER-003" in answer for answer in answers) == 3


def terminal(desk, pin: str) -> subprocess.Popen[str]:
    """Another terminal on which somebody logs in as wang with this PIN."""
    words = [sys.executable, "-m", "kac", "--as", "wang", "login"]
    places = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(kac.__file__).parents[1])}
    guess = subprocess.Popen(
        words,
        env={**places, **desk.environment(), "KAC_PIN_FILE": str(secret(desk, pin, pin))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert guess.stdout is not None
    return guess


def test_a_right_pin_forgets_the_wrong_ones_before_it(house) -> None:
    for _ in range(4):
        house.run("login", as_="wang", stdin="000000\n")
        house.run("login", as_="wang", stdin="111111\n")
        house.run("login", as_="wang", stdin="222222\n")
        house.ok("login", as_="wang", stdin=f"{WANG}\n")


def test_a_session_lasts_as_long_as_the_policy_says(house) -> None:
    house.ok("login boss", stdin=f"{PIN}\n")
    house.ok("staff add li 李 --role finance")
    assert house.ok("whoami --json").json["staff"] == "boss"
    house.now += timedelta(hours=12)
    house.refused("staff add x y", exit=5)
    assert house.ok("whoami --json").json["staff"] is None


def test_a_session_file_is_private_and_believed_only_as_it_was_sealed(house) -> None:
    house.ok("login wang", stdin=f"{WANG}\n")
    (path,) = (house.home / "state" / "kac").glob("session-*.json")
    assert path.stat().st_mode & 0o077 == 0
    path.write_text(path.read_text().replace("wang", "boss"))
    house.refused("staff add x y", exit=5)
    path.write_text("spoilt")
    house.refused("staff add x y", exit=5)


def test_a_new_pin_ends_the_sessions_under_the_old_one(house) -> None:
    house.ok("login wang", stdin=f"{WANG}\n")
    house.ok("staff passwd", stdin=f"{WANG}\nnew-and-long\n")
    house.refused("staff passwd", exit=5)
    house.ok("login wang", stdin="new-and-long\n")


def test_a_step_up_asks_even_those_who_are_logged_in(house) -> None:
    house.ok("login wang", stdin=f"{WANG}\n")
    house.refused("staff passwd", exit=10)


def test_a_pin_has_the_length_that_the_policy_says(house) -> None:
    house.ok("login boss", stdin=f"{PIN}\n")
    assert "E-VAL-007" in refused_though_proved(
        house, "staff passwd", stdin=f"{PIN}\n12345\n", exit=6
    )


def test_only_the_administrator_sets_the_pin_of_another(house) -> None:
    house.ok("login wang", stdin=f"{WANG}\n")
    stdin = f"{WANG}\n999999\n"
    refused_though_proved(house, "staff passwd boss", "A-56", stdin=stdin, exit=5)


def test_whoever_is_disabled_acts_no_more(house, copied_desk) -> None:
    house.ok("login wang", stdin=f"{WANG}\n")
    house.ok("staff disable wang --yes", as_="boss", stdin=f"{PIN}\n")
    house.refused("staff passwd", exit=5)
    assert house.run("login", as_="wang", stdin=f"{WANG}\n").exit == 5


def test_the_last_who_may_file_staff_stays(house) -> None:
    disable = "staff disable boss --yes"
    assert "E-STF-002" in refused_though_proved(house, disable, as_="boss", stdin=f"{PIN}\n")


def test_a_real_ledger_does_not_believe_a_day_to_come(house) -> None:
    env = {"KAC_USER": "boss", "KAC_ON": "2026-11-25"}
    refusal = refused_though_proved(house, "staff add x y", env=env, stdin=f"{PIN}\n", exit=6)
    assert "E-VAL-013" in refusal


def test_a_service_account_holds_no_right_to_decide(desk) -> None:
    for account in ("cron", "importer", "auditor"):
        desk.refused("staff add x y --role finance", as_=account, exit=5)
