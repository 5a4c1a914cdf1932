"""How kac speaks with people: what it asks first, what can be pasted, what an empty ledger says."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from kac.core import i18n

DISCOUNTED = "order new -c KH0003 -l P0003:100@57 --need-by +7d --submit"


def next_steps(written: str) -> list[str]:
    """The commands of the lines `next: …` and `do: …`."""
    return re.findall(r"(?m)^(?:next|  do): (kac .*)$", written)


def typed(command: str) -> list[str]:
    return shlex.split(command)[1:]


@pytest.mark.parametrize("language", ["fr", "x", "z"])
def test_a_language_that_kac_does_not_speak_is_refused_with_those_that_it_speaks(desk, language):
    for said in (
        desk.run(f"--lang {language} order list"),
        desk.run("order list", env={"KAC_LANG": language}),
    ):
        assert said.exit == 2
        assert "en, zh_CN" in said.err
    assert desk.run(f"--lang {language} --help").exit == 2


@pytest.mark.parametrize("language", ["en", "en_GB.UTF-8", "zh", "zh-Hans", "ZH_CN"])
def test_a_language_is_written_in_the_usual_ways(desk, language):
    desk.ok(f"--lang {language} order list")
    assert i18n.language() == ("en" if language.startswith("en") else "zh_CN")


# Commands that would ask for something, and somebody who may not do them.
ASKING = {
    "order new": "driver",
    "order edit 1": "driver",
    "order void 1": "finance",
    "order collect 1": "driver",
    "customer add X": "driver",
    "customer grade KH0001 A": "finance",
    "contract add KH0001": "driver",
    "contract close 1": "driver",
    "contract void 1": "driver",
    "dispatch load 1": "gp_specialist",
    "dispatch sign 1": "gp_specialist",
    "deposit record 1": "gp_specialist",
    "deposit waive 1": "finance_cashier",
    "inquiry new": "driver",
    "inquiry edit 1": "driver",
    "inquiry close 1": "driver",
    "quote new": "driver",
    "quote edit 1": "driver",
    "approval reject 1": "driver",
    "approval delegate": "driver",
    "policy set deposit.rate_bp 1": "driver",
    "policy withdraw 1": "driver",
    "rebate propose 1": "driver",
    "rebate drop 1": "driver",
    "reconcile ignore 1": "driver",
    "staff edit driver": "driver",
    "staff revoke driver": "driver",
    "staff disable driver": "finance",
}


@pytest.mark.parametrize("command", ASKING)
def test_whoever_may_not_do_it_is_refused_before_anything_is_asked(desk, command):
    """Exit 5, not 10: a person is not asked for the reason of what they may not do (A-56)."""
    desk.refused(command, exit=5, as_=ASKING[command])


def test_whoever_may_is_told_what_lacks(desk):
    refusal = desk.refused("order void 1 --json", exit=10, as_="gp_specialist").error
    assert refusal["refs"]["option"] == "--reason"


def test_a_grave_act_is_refused_before_its_number_is_asked_for(desk):
    desk.ok("order new -c KH0001 -l P0001:5 --need-by +7d --submit", as_="gp_specialist")
    desk.refused("order void 40 --reason x", exit=5, as_="driver")
    desk.refused("order void 40 --reason x", exit=10, as_="gp_specialist")


def test_all_that_lacks_is_named_at_once(desk):
    error = desk.refused("customer add 新客户 --json", exit=10, as_="gp_specialist").error
    assert error["refs"]["option"] == "--phone, --address, --area"
    assert error["cause"] == ["Telephone?", "Address?", "District?"]
    one = desk.refused("customer add X --phone 1 --area x", exit=10, as_="gp_specialist")
    assert "--address is missing, and" in one.err
    order = desk.refused("order new --json", exit=10, as_="gp_specialist").error
    assert order["refs"]["option"] == "--customer, --line, --need-by"


def test_what_comes_next_can_be_pasted_on_a_training_ledger(desk):
    """An order from hand to hand, each step the pasted hint of the step before."""
    said = desk.ok(DISCOUNTED, as_="gp_specialist")
    ways = next_steps(said.err)
    assert [way.split()[1:3] for way in ways] == [
        ["approval", "ok"],
        ["order", "review"],
        ["order", "print"],
    ]
    desk.ok(typed(ways[0]))
    signed = desk.ok(typed(ways[0].rpartition(" --as ")[0] + " --as merchant_manager"))
    assert "approved" in signed.out
    for way in ways[1:]:
        assert desk.ok(typed(way)).exit == 0


def test_the_hint_names_whose_signature_is_waited_for_and_never_the_maker(desk):
    said = desk.ok(DISCOUNTED, as_="gp_specialist")
    assert next_steps(said.err)[0].endswith(" --as purchasing")
    desk.ok("approval ok SP20261120-0001", as_="purchasing")
    refusal = desk.refused("order print 40", as_="gp_specialist")
    assert "do: kac approval ok SP20261120-0001 --as merchant_manager\n" in refusal.err


def test_who_is_refused_as_nobody_is_told_the_same_command_with_a_name(desk):
    refusal = desk.refused("order review 40", exit=5)
    assert next_steps(refusal.err) == ["kac order review 40 --as merchant_supervisor"]


def test_scripts_and_real_ledgers_are_told_no_names(desk, tmp_path, desk_class):
    error = desk.refused("dispatch new 1 --json", as_="distribution_center").error
    assert error["fix"]
    assert not any("--as" in way for way in error["fix"])
    home = tmp_path / "real"
    home.mkdir()
    real = desk_class(home, env={"KAC_PIN_FILE": str(pin_file(tmp_path))})
    real.ok("init --company 佳和 --admin wang --admin-name 王敏 --language en")
    said = real.ok("staff add li 李强 --role finance", as_="wang")
    assert next_steps(said.err) == ["kac staff passwd li"]


def pin_file(home: Path) -> Path:
    path = home / "pin"
    path.write_text("481516\n", "utf-8")
    path.chmod(0o600)
    return path


def test_a_command_stays_on_one_line_of_a_narrow_screen(desk):
    desk.ok(DISCOUNTED, as_="gp_specialist")
    env = {"COLUMNS": "80", "TERM": "xterm", "NO_COLOR": "1"}
    shown = desk.ok("todo --color always", as_="merchant_manager", env=env).out
    lines = [re.sub(r"\x1b\[[0-9;]*m", "", line) for line in shown.splitlines()]
    commands = [line.strip() for line in lines if line.startswith("  kac ")]
    told = desk.ok("todo --json", as_="merchant_manager").json
    assert commands == [f"{task['command']} --as merchant_manager" for task in told]
    desk.ok(typed(next(each for each in commands if "approval" in each)))


def test_a_wide_screen_has_room_for_commands_beside_the_rest(desk):
    desk.ok(DISCOUNTED, as_="gp_specialist")
    env = {"COLUMNS": "200", "TERM": "xterm", "NO_COLOR": "1"}
    shown = desk.ok("todo --color always", as_="merchant_manager", env=env).out
    assert not re.search(r"(?m)^  kac ", shown)
    assert shown.count("kac order review") == shown.count("not reviewed by a supervisor yet") > 0


@pytest.mark.parametrize("code", ["x y", "x　y", "王 敏", "x/y", "-x", "x;y"])
def test_a_staff_code_is_one_word(desk, code):
    refusal = desk.refused(["staff", "add", "--", code, "某人"], exit=6, as_="administrator")
    assert "E-STF-006" in refusal.err


def test_an_empty_ledger_says_that_there_is_none_yet_and_how_to_begin(empty_desk):
    empty_desk.env = {"KAC_PIN_FILE": str(pin_file(empty_desk.home))}
    empty_desk.ok("init --company 佳和 --admin wang --admin-name 王敏 --language en")
    firsts = {
        "order list": "kac order new",
        "customer list": "kac customer add",
        "product list": "kac import products",
        "stock list": "kac import stock",
        "quote list": "kac quote new",
        "inquiry list": "kac inquiry new",
        "contract list": "kac contract add",
        "dispatch list": "kac dispatch new",
        "rebate list": "kac rebate propose",
        "reconcile list": "kac reconcile import",
        "customer applications": "kac customer apply",
    }
    for command, first in firsts.items():
        said = empty_desk.ok(command)
        assert said.out == ""
        assert f"there is none yet; the first is made with: {first}" in said.err, command
        assert empty_desk.ok(f"{command} --json").json == []
    missing = empty_desk.refused("order show 1", exit=3).err
    assert "this ledger has none of them yet" in missing


def test_where_only_the_conditions_leave_nothing_no_other_is_asked_for(desk):
    said = desk.ok("order list --state closed")
    assert said.err == "no such order\n"


def test_what_one_did_is_told_in_the_language_of_the_reader(desk):
    desk.ok(DISCOUNTED, as_="gp_specialist")
    shown = desk.ok("--lang zh last", as_="gp_specialist").out
    assert "存草稿, 提交, 发起审批" in shown
    assert "is submitted" not in shown
    told = desk.ok("last --json", as_="gp_specialist").json[0]
    assert told["did"] == ["draft", "submit", "ask"]
    assert "is submitted" in told["says"]


def test_the_kind_of_a_request_has_a_word(desk):
    desk.ok(DISCOUNTED, as_="gp_specialist")
    shown = desk.ok("--lang zh approval show 1").out
    assert re.search(r"(?m)^类型 +订货单$", shown)


def test_a_day_that_the_environment_sets_is_said(desk, tmp_path, desk_class):
    """Everybody sees that KAC_ON names the day; on a real ledger it is told with every writing."""
    who = desk.ok("whoami --json", on="2026-11-18").json
    assert (who["day"], who["civil_day"]) == ("2026-11-18", "2026-11-20")
    home = tmp_path / "real"
    home.mkdir()
    real = desk_class(home, on="", env={"KAC_PIN_FILE": str(pin_file(tmp_path))})
    real.ok("init --company 佳和 --admin wang --admin-name 王敏 --language en")
    assert real.ok("whoami --json").json["civil_day"] is None
    late = real.ok("staff add li 李强 --role finance", as_="wang", env={"KAC_ON": "2026-11-18"})
    assert "KAC_ON: this is written for 2026-11-18; today is 2026-11-20" in late.err
    typed_out = real.ok("staff add he 何平 --role finance --on 2026-11-18", as_="wang")
    assert "KAC_ON" not in typed_out.err
