"""Changing the policy: proposed by one, approved by another, in force from its day on."""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from kac.core import policyfile

PC, SP = "PC20261120-0001", "SP20261120-0001"
RATE = "policy set deposit.rate_bp 3500 --from 2026-11-21 --reason 年末备货"
ORDER = "order new -c KH0003 -l P0003:120 --need-by 2026-12-01 --submit -q"


def in_force(desk, command: str = RATE, on: str = "", number: int = 1) -> None:
    """Propose, approve and activate a change."""
    proposed = desk.ok(f"{command} --json", as_="finance", on=on).json
    desk.ok(f"approval ok {proposed['approval']}", as_="general_manager", on=on)
    desk.ok(f"policy activate {proposed['number']}", as_="administrator", on=on)


def deposit_rate(desk, on: str, policy_set: str = "retail") -> str:
    rows = desk.ok(f"policy show deposit --on {on} --set {policy_set} --json").json
    return {row["key"]: row["value"] for row in rows}["deposit.rate_bp"]


def exported(desk, name: str = "retail.toml", policy_set: str = "retail") -> Path:
    path = desk.home / name
    desk.ok(f"policy export --set {policy_set} -o {path}")
    return path


def test_every_shipped_set_is_loaded_as_the_first_version(desk) -> None:
    """C-01, DST-SCP-01: a set carries version and day; documents are judged by both."""
    bodies = dict(desk.sql("SELECT policy_set, body FROM policy WHERE version = 1"))
    assert bodies.keys() == policyfile.shipped().keys()
    assert desk.sql("SELECT DISTINCT effective_from FROM policy") == [("0001-01-01",)]


def test_a_change_is_only_proposed_until_a_second_person_approves_it(desk) -> None:
    """A-56: whoever proposes never signs, and nothing is in force without the signature."""
    proposed = desk.ok(f"{RATE} --json", as_="finance").json
    assert (proposed["number"], proposed["state"], proposed["approval"]) == (PC, "proposed", SP)
    assert proposed["changes"] == ["deposit.rate_bp"]
    refusal = desk.refused(f"policy activate {PC}", "A-56", as_="administrator")
    assert f"kac approval ok {SP}" in refusal.err
    desk.refused(f"approval ok {SP}", as_="finance", exit=5)
    desk.refused(f"approval ok {SP}", as_="deputy_general_manager", exit=5)
    assert deposit_rate(desk, "2026-11-21") == "3000"


def test_the_general_manager_does_not_sign_what_they_proposed_themselves(desk) -> None:
    """A-56: one person with both roles is still one person."""
    desk.ok("staff grant general_manager --role finance", as_="administrator")
    desk.ok(RATE, as_="general_manager")
    desk.refused(f"approval ok {SP}", "A-56", as_="general_manager", exit=5)


def test_an_approved_change_is_in_force_from_its_day_on(desk) -> None:
    in_force(desk)
    assert deposit_rate(desk, "2026-11-20") == "3000"
    assert deposit_rate(desk, "2026-11-21") == "3500"
    row = desk.ok("policy history --set retail --json").json[-1]
    assert (row["version"], row["effective_from"], row["change"]) == (2, "2026-11-21", PC)
    assert (row["proposed_by"], row["set_by"], row["reason"]) == (
        "finance",
        "administrator",
        "年末备货",
    )
    assert desk.ok("policy diff 1 2 --json").json == [
        {"key": "deposit.rate_bp", "before": "3000", "after": "3500"}
    ]
    assert [row["state"] for row in desk.ok("policy list --json").json] == ["in_force"]
    desk.refused(f"policy activate {PC}", as_="administrator")


def test_a_document_of_yesterday_is_judged_as_it_was_made(desk) -> None:
    """DST-SCP-01, RTL-DEP-06: 30 % for the order of the 20th, 35 % for the order of the 21st."""
    desk.ok(ORDER, as_="gp_specialist")
    in_force(desk)
    desk.ok(ORDER, as_="gp_specialist", on="2026-11-21")
    old, new = "DD20261120-0040", "DD20261121-0001"
    quoted = {
        number: desk.ok(f"deposit quote {number} --json", on="2026-11-21").json["minimum"]
        for number in (old, new)
    }
    assert quoted == {old: "2160.00", new: "2520.00"}
    judged = {
        number: desk.ok(f"explain {number} --json", on="2026-11-21").json["policy"]
        for number in quoted
    }
    assert judged == {old: "retail/1", new: "retail/2"}


def test_a_rejected_change_never_comes_into_force(desk) -> None:
    desk.ok(RATE, as_="finance")
    desk.ok(f"approval reject {SP} --reason 过高", as_="general_manager")
    assert desk.ok("policy list --json").json[0]["state"] == "rejected"
    desk.refused(f"policy activate {PC}", as_="administrator")
    assert desk.sql("SELECT count(*) FROM policy WHERE policy_set = 'retail'") == [(1,)]


def test_a_withdrawn_change_asks_nobody_any_more(desk) -> None:
    desk.ok(RATE, as_="finance")
    desk.ok(f"policy withdraw {PC} --reason 重新提议", as_="finance")
    desk.refused(f"approval ok {SP}", as_="general_manager")
    desk.refused(f"policy activate {PC}", as_="administrator")
    desk.refused(f"policy withdraw {PC} --reason 再来", as_="finance")


def test_of_two_changes_made_against_one_version_the_second_is_made_anew(desk) -> None:
    """DST-SCP-01: it would undo the first unseen."""
    desk.ok(RATE, as_="finance")
    other = "policy set deposit.fresh_rate_bp 6000 --from 2026-11-21 --reason 生鲜"
    desk.ok(other, as_="finance")
    for number in (1, 2):
        desk.ok(f"approval ok SP20261120-000{number}", as_="general_manager")
    desk.ok(f"policy activate {PC}", as_="administrator")
    refusal = desk.refused("policy activate PC20261120-0002", "DST-SCP-01", as_="administrator")
    assert "made against version 1; the last is version 2" in refusal.err
    desk.ok("policy withdraw PC20261120-0002 --reason 基于旧版", as_="finance")
    in_force(desk, other)
    rows = desk.ok("policy show deposit --on 2026-11-21 --json").json
    rates = {row["key"]: row["value"] for row in rows}
    assert (rates["deposit.rate_bp"], rates["deposit.fresh_rate_bp"]) == ("3500", "6000")


def test_an_earlier_day_takes_along_what_was_decided_for_a_later_one(desk) -> None:
    """The version decided last is in force once its day has come; what it brings is all shown."""
    in_force(desk, RATE.replace("2026-11-21", "2027-01-01"))
    second = "policy set order.most_lines 150 --from 2026-11-22 --reason 版面"
    proposed = desk.ok(f"{second} --json", as_="finance").json
    assert proposed["changes"] == ["deposit.rate_bp", "order.most_lines"]
    desk.ok(f"approval ok {proposed['approval']}", as_="general_manager")
    desk.ok(f"policy activate {proposed['number']}", as_="administrator")
    assert deposit_rate(desk, "2026-11-22") == "3500"
    assert deposit_rate(desk, "2027-01-02") == "3500"


@pytest.mark.parametrize(
    ("on", "first"), [("2026-11-20", "2026-11-19"), ("2026-11-20", "2020-01-01")]
)
def test_no_change_reaches_back_before_today(desk, on, first) -> None:
    """DST-SCP-01: the documents of that day have been judged."""
    refusal = desk.refused(
        RATE.replace("2026-11-21", first), "DST-SCP-01", as_="finance", on=on, exit=4
    )
    assert f"in force from {first}; today is {on}" in refusal.err


def test_naming_an_earlier_business_day_lets_no_change_reach_back(desk) -> None:
    """DST-SCP-01: `--on` writes down work of an earlier day, and is no way around."""
    desk.now += timedelta(days=3)
    reaching_back = RATE.replace("2026-11-21", "2026-11-20")
    refusal = desk.refused(f"{reaching_back} --on 2026-11-20", "DST-SCP-01", as_="finance")
    assert "in force from 2026-11-20; today is 2026-11-23" in refusal.err


def test_naming_an_earlier_business_day_brings_no_right_back(desk) -> None:
    """Default deny: rights are those of today, whatever day is written."""
    roles = "merchant_staff,customer_service,service_desk"
    in_force(desk, f"policy set verb.order.new.roles {roles} --from 2026-11-21 --reason 分工")
    order = ORDER.replace(" --submit", "")
    desk.ok(order, as_="gp_specialist")
    desk.now += timedelta(days=1)
    desk.refused(f"{order} --on 2026-11-20", as_="gp_specialist", exit=5)


def test_a_change_that_was_approved_too_late_does_not_reach_back(desk) -> None:
    """DST-SCP-01."""
    desk.ok(RATE, as_="finance")
    desk.ok(f"approval ok {SP}", as_="general_manager", on="2026-11-22")
    refusal = desk.refused(
        f"policy activate {PC}", "DST-SCP-01", as_="administrator", on="2026-11-22"
    )
    assert "in force from 2026-11-21; today is 2026-11-22" in refusal.err


def test_only_who_may_propose_and_only_who_may_activate(desk) -> None:
    desk.refused(RATE, as_="gp_specialist", exit=5)
    desk.ok(RATE, as_="finance")
    desk.ok(f"approval ok {SP}", as_="general_manager")
    desk.refused(f"policy activate {PC}", as_="finance", exit=5)


def test_a_dry_run_judges_and_writes_nothing(desk, written) -> None:
    before = written()
    desk.ok(f"{RATE} --dry-run", as_="finance")
    assert written() == before


def test_a_whole_file_is_loaded_with_all_its_faults_told_at_once(desk) -> None:
    """CRD-DEF-01, A-26: a set without criteria and with a gap between its tiers, both named."""
    path = exported(desk)
    text = path.read_text("utf-8")
    text = text.replace("to_bp = 500", "to_bp = 400").replace("rate_bp = 3000", 'rate_bp = "30 %"')
    text = text.replace("[filing]", "[filings]")
    rows = text.split("[[classes.table]]")
    path.write_text(rows[0] + "table = []\n\n[scr" + rows[-1].split("[scr")[1], "utf-8")
    load = f"policy load {path} --from 2026-11-21 --reason 修订"
    error = desk.refused(f"{load} --json", "CRD-DEF-01", "A-26", as_="finance").error
    told = " ".join(error["cause"])
    for said in (
        "classes.table: no criterion for key accounts",
        "deposit.rate_bp: must be a whole number",
        "filing: the version before has it",
        "filings: no section has this name",
        "margins.tiers[1]: nothing covers 400 to 500",
    ):
        assert said in told, told


def test_a_file_that_is_only_misspelled_is_bad_input(desk) -> None:
    path = exported(desk)
    path.write_text(path.read_text("utf-8").replace("photocopy =", "fotocopy ="), "utf-8")
    load = f"policy load {path} --from 2026-11-21 --reason 修订"
    refusal = desk.refused(load, as_="finance", exit=6)
    assert "order.fotocopy: no such key is known" in refusal.err
    assert "order.photocopy: is missing" in refusal.err


@pytest.mark.parametrize("text", ["[deposit", "", 'set = "hypermarket"\n'])
def test_a_file_that_is_no_set_or_another_one_is_bad_input(desk, text) -> None:
    path = desk.home / "x.toml"
    path.write_text(text, "utf-8")
    desk.refused(f"policy load {path} --from 2026-11-21 --reason x", as_="finance", exit=6)


@pytest.mark.parametrize("policy_set", policyfile.shipped())
def test_an_exported_set_loaded_again_changes_nothing(desk, policy_set) -> None:
    path = exported(desk, policy_set=policy_set)
    load = f"policy load {path} --set {policy_set} --from 2026-11-21 --reason x"
    assert f"nothing of policy {policy_set} changes" in desk.refused(load, as_="finance").err


def test_a_file_of_its_own_is_laid_over_its_parent(desk) -> None:
    """What a child does not spell it has from crm_base as that is in force on the day."""
    screening = "policy set screening.indicators size,value --set crm_base --from 2026-11-20"
    in_force(desk, f"{screening} --reason 简化")
    own = Path(policyfile.__file__).parents[1] / "data" / "policy" / "distributor.toml"
    load = f"policy load {own} --set distributor --from 2026-11-21 --reason 随母版"
    assert desk.ok(f"{load} --json", as_="finance").json["changes"] == ["screening.indicators"]


def test_the_tiers_of_contracts_are_changed_like_everything_else(desk) -> None:
    """DST-AUT-01..06, A-05: a bound moves with both its bands, or not at all."""
    alone = "policy set approvals.matrix[0].to_fen 20000000 --set distributor --from 2026-11-21"
    refusal = desk.refused(f"{alone} --reason 放宽", "C-09", as_="finance")
    assert "begins at 10000000, inside the band before it, which ends at 20000000" in refusal.err
    both = alone.replace("--set", "approvals.matrix[1].from_fen 20000000 --set")
    in_force(desk, f"{both} --reason 放宽")
    assert len(desk.ok("policy diff 1 2 --set distributor --json").json) == 2


def test_rights_change_with_the_policy_and_from_its_day_on(desk) -> None:
    """Default deny: a role that is not named may not, until the version that names it."""
    roles = "gp_specialist,merchant_staff,customer_service,service_desk,store_clerk"
    desk.refused(ORDER, as_="store_clerk", exit=5)
    in_force(desk, f"policy set verb.order.new.roles {roles} --from 2026-11-21 --reason 分工")
    desk.refused(ORDER, as_="store_clerk", exit=5)
    without_submit = ORDER.replace(" --submit", "")
    desk.ok(without_submit, as_="store_clerk", on="2026-11-21")


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        ("policy set deposit.rate_bp --from 2026-11-21 --reason x", 2),
        ("policy set deposit.nothing 1 --from 2026-11-21 --reason x", 6),
        ("policy set nothing.at.all 1 --from 2026-11-21 --reason x", 6),
        ("policy set deposit.rate_bp 35% --from 2026-11-21 --reason x", 6),
        ("policy set deposit.rate_bp 3500 --reason x", 10),
        ("policy set deposit.rate_bp 3500 --from 2026-11-21", 10),
        ("policy set deposit.rate_bp 3500 --set nowhere --from 2026-11-21 --reason x", 3),
        ("policy load nowhere.toml --from 2026-11-21 --reason x", 9),
        ("policy activate PC1", 3),
    ],
)
def test_what_cannot_be_understood_is_refused_with_its_own_exit_code(desk, words, exit) -> None:
    desk.refused(words, as_="administrator", exit=exit)


@pytest.mark.parametrize(
    ("words", "exit"),
    [
        ("policy show nowhere", 3),
        ("policy show --set nowhere", 3),
        ("policy show PC20261120-0009", 3),
        ("policy diff 1 2", 3),
        ("policy diff one 2", 2),
        ("policy export --version 7", 3),
    ],
)
def test_what_is_not_there_is_not_shown(desk, words, exit) -> None:
    assert desk.run(words).exit == exit


def test_versions_are_never_changed_in_the_ledger(desk) -> None:
    in_force(desk)
    with sqlite3.connect(desk.ledger) as ledger:
        for statement in (
            "UPDATE policy SET body = '{}' WHERE version = 1",
            "DELETE FROM policy WHERE version = 2",
            "UPDATE policy_change SET body = '{}'",
            "UPDATE policy_change SET proposed_by = 'x'",
            "DELETE FROM policy_change",
        ):
            with pytest.raises(sqlite3.IntegrityError):
                ledger.execute(statement)


def test_numbers_of_changes_have_no_gaps_and_the_ledger_is_sound(desk) -> None:
    in_force(desk)
    desk.ok("policy set order.most_lines 150 --from 2026-11-21 --reason x", as_="finance")
    assert all(row["sound"] for row in desk.ok("db check --json").json)


def test_repeating_a_proposal_under_its_id_proposes_once(desk) -> None:
    for _ in range(2):
        assert desk.ok(f"{RATE} --request-id r1 -q", as_="finance").out.strip() == PC
    assert desk.sql("SELECT count(*) FROM policy_change") == [(1,)]


def todo(desk, who: str) -> list[tuple[str, str]]:
    rows = desk.ok("todo --json", as_=who).json
    return [(row["gate"], row["command"]) for row in rows if row["order"] == PC]


def test_a_change_waits_on_the_list_of_whoever_moves_it_on(desk) -> None:
    """A-56: first the one who signs, never the one who proposed; then who puts it in force."""
    desk.ok("staff grant general_manager --role finance", as_="administrator")
    desk.ok(RATE, as_="finance")
    assert todo(desk, "general_manager") == [("policy_approved", f"kac approval ok {SP}")]
    assert todo(desk, "finance") == todo(desk, "administrator") == []
    desk.ok(f"approval ok {SP}", as_="general_manager")
    assert todo(desk, "administrator") == [("policy_in_force", f"kac policy activate {PC}")]
    desk.ok(f"policy activate {PC}", as_="administrator")
    assert todo(desk, "administrator") == []


def test_why_a_change_is_not_in_force_yet_is_explained(desk) -> None:
    desk.ok(RATE, as_="finance")
    told = desk.ok(f"explain {PC} --json").json
    assert (told["policy"], told["next"]) == ("retail/1", [f"kac approval ok {SP}"])
    assert [gate["gate"] for gate in told["closed"]] == ["policy_approved", "policy_in_force"]


# Staff


def held(desk, code: str) -> list[str]:
    return desk.ok(f"staff show {code} --json").json["roles"]


def test_a_role_that_is_taken_back_ends_at_once_and_stays_in_the_history(desk) -> None:
    desk.ok("staff add wang 王敏 --role finance --role finance_cashier", as_="administrator")
    desk.ok("staff revoke wang --role finance --reason 调岗", as_="administrator")
    assert held(desk, "wang") == ["finance_cashier"]
    desk.refused("reconcile link 1 1", as_="wang", exit=5)
    desk.ok("staff grant wang --role finance", as_="administrator")
    assert held(desk, "wang") == ["finance", "finance_cashier"]
    history = desk.ok("staff show wang --json").json["history"]
    mine = [(row["role"], row["ended_by"], row["reason"]) for row in history]
    assert mine.count(("finance", "administrator", "调岗")) == 1
    assert mine.count(("finance", None, None)) == 1


def test_a_role_that_is_not_held_is_not_taken_back(desk) -> None:
    revoke = "staff revoke driver --role finance --reason x"
    assert "E-STF-004" in desk.refused(revoke, as_="administrator").err


def test_the_last_who_may_file_staff_keeps_the_role(desk) -> None:
    desk.ok("staff add chen 陈 --role administrator", as_="administrator")
    desk.ok("staff revoke administrator --role administrator --reason 离任", as_="chen")
    revoke = "staff revoke chen --role administrator --reason x"
    assert "E-STF-002" in desk.refused(revoke, as_="chen").err


def test_nobody_gives_roles_to_themselves(desk) -> None:
    """A-56: an administrator does not become the one who signs."""
    grant = "staff grant administrator --role general_manager"
    desk.refused(grant, "A-56", as_="administrator", exit=5)


@pytest.mark.parametrize(
    "command",
    [
        "staff grant cron --role finance",
        "staff grant importer --role cron",
        "staff grant driver --role cron",
        "staff add x x --role cron --role finance",
        "staff add x x --role cron --role importer",
    ],
)
def test_a_service_account_holds_one_role_for_ever(desk, command) -> None:
    """A-56: nobody decides through the account of a machine."""
    assert "E-STF-003" in desk.refused(command, "A-56", as_="administrator").err


def test_whoever_held_an_office_does_not_become_a_machine(desk) -> None:
    """A-56: a deputy who was given signatures would sign as one."""
    desk.ok("staff revoke driver --role driver --reason 离任", as_="administrator")
    desk.refused("staff grant driver --role cron", "A-56", as_="administrator")


def test_a_further_service_account_is_filed_as_one(desk) -> None:
    desk.ok("staff add night2 二号夜间作业 --role cron", as_="administrator")
    assert held(desk, "night2") == ["cron"]


def test_whoever_comes_back_has_the_roles_of_before_and_needs_a_new_pin(desk) -> None:
    desk.ok("staff disable driver --yes", as_="administrator")
    assert "E-PER-005" in desk.run("whoami", as_="driver").err
    desk.ok("staff enable driver", as_="administrator")
    assert held(desk, "driver") == ["driver"]
    assert desk.sql("SELECT pin_hash, active FROM staff WHERE code = 'driver'") == [("", 1)]
    desk.refused("staff enable driver", as_="administrator")


def test_a_name_is_corrected_and_the_log_keeps_both(desk) -> None:
    desk.ok("staff edit driver --name 王师傅", as_="administrator")
    assert desk.ok("staff show driver --json").json["name"] == "王师傅"
    verbs = [event["verb"] for event in desk.ok("audit log driver --json").json]
    assert verbs == ["file staff", "rename"]


@pytest.mark.parametrize(
    ("written", "role"),
    [
        ("团购专员", "gp_specialist"),
        ("团购人员", "gp_specialist"),
        ("团购组", "gp_specialist"),
        ("招商部", "merchant_staff"),
        ("营运经理", "operations_manager"),
        ("营运部经理", "operations_manager"),
        ("大宗客户服务部", "business_manager"),
        ("GP_Specialist", "gp_specialist"),
    ],
)
def test_a_role_is_meant_by_every_word_that_the_papers_have_for_it(desk, written, role) -> None:
    """C-26: the same people under other words, from an alias table."""
    desk.ok(["staff", "add", "wang", "王敏", "--role", written], as_="administrator")
    assert held(desk, "wang") == [role]


def test_a_word_for_no_role_is_refused(desk) -> None:
    desk.refused("staff add wang 王敏 --role 皇帝", as_="administrator", exit=6)
