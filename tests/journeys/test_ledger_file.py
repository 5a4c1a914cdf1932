"""The ledger file: founded whole, proved by its checks, copied soundly, explained by the doctor."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from kac.core import roles
from kac.db.audit import key_path


def spoil(ledger: Path, *statements: str) -> None:
    """Change the ledger past kac."""
    with sqlite3.connect(ledger) as connection:
        for statement in statements:
            connection.execute(statement)


def test_a_training_ledger_has_everybody_and_goods_to_learn_with(desk) -> None:
    staff = {row["staff"]: row for row in desk.ok("staff list --json").json}
    assert staff.keys() == roles.known().keys()
    assert all(row["roles"] == [code] for code, row in staff.items())
    assert staff["purchasing_manager"]["name"] == "采购部经理"
    assert desk.sql("SELECT DISTINCT pin_hash FROM staff") == [("",)]
    for table in ("customer", "product", "stock_count", "sales_order"):
        assert desk.sql(f"SELECT count(*) FROM {table}")[0][0] > 0, table
    commands = [row[0] for row in desk.sql("SELECT command FROM audit ORDER BY seq")]
    assert commands == [
        "init",
        *(f"import {k}" for k in ("customers", "products", "stock", "orders", "calendar")),
    ]
    assert desk.sql("SELECT DISTINCT actor FROM audit WHERE seq > 1") == [("importer",)]


def test_every_role_that_the_policy_speaks_of_is_known(desk) -> None:
    rows = desk.ok("policy show verb --json").json + desk.ok("policy show access --json").json
    spoken = {
        role
        for row in rows
        if row["key"].endswith((".roles", ".cost_roles"))
        for role in row["value"].split(", ")
    }
    assert spoken <= roles.known().keys()
    assert "finance" in spoken


def test_a_sound_ledger_passes_every_check(desk) -> None:
    checked = desk.ok("db check --json").json
    assert len(checked) >= 8
    assert all(row["sound"] for row in checked)
    assert desk.ok("audit verify --json").json["sound"] is True


@pytest.mark.parametrize(
    ("statement", "check"),
    [
        ("UPDATE customer SET name = 'x' WHERE number = 'KH0001'", "chain_is_whole"),
        ("UPDATE number_counter SET last = last + 1 WHERE kind = 'DD'", "numbers_have_no_gaps"),
        ("DROP VIEW v_stock", "schema_is_ours"),
        ("UPDATE customer_contact SET customer_id = 99999 WHERE id = 1", "references_hold"),
    ],
)
def test_each_kind_of_damage_is_found_by_its_check_and_is_exit_9(desk, statement, check) -> None:
    spoil(desk.ledger, statement)
    result = desk.run("db check --json")
    assert result.exit == 9
    assert check in {row["check"] for row in result.json if not row["sound"]}


def test_pages_that_are_torn_are_found(desk) -> None:
    size = desk.ledger.stat().st_size
    with desk.ledger.open("r+b") as file:
        file.seek(size // 2 // 4096 * 4096)
        file.write(b"\xff" * 4096)
    assert desk.run("db check").exit == 9


def test_a_row_slipped_into_the_log_breaks_its_proof(desk) -> None:
    spoil(
        desk.ledger,
        "INSERT INTO audit SELECT id + 1, seq + 1, at, on_day, actor, command, request_id, body,"
        " hash, 'x' FROM audit ORDER BY seq DESC LIMIT 1",
    )
    result = desk.run("audit verify --json")
    assert result.exit == 9
    assert result.json["sound"] is False
    assert result.json["found"]


def test_a_backup_is_a_sound_ledger_of_its_own_with_its_key(desk, tmp_path) -> None:
    desk.ok("staff add wang 王敏 --role finance", as_="administrator")
    place = tmp_path / "backup"
    place.mkdir()
    name = desk.ok(f"db backup --to {place} -q").out.strip()
    head = desk.ok("audit verify --json").json["head"]
    assert name == f"ledger-2026-11-20-{head}.db"
    assert sorted(file.name for file in place.iterdir()) == [name, f"{name}.key"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in place.iterdir())
    copy = {"KAC_DB": str(place / name)}
    assert desk.ok("staff show wang --json", env=copy).json["name"] == "王敏"
    desk.ok("db check", env=copy)
    desk.ok("staff add li 李 --role finance", as_="administrator", env=copy)


def test_a_ledger_that_is_not_sound_makes_no_backup(desk, tmp_path) -> None:
    spoil(desk.ledger, "UPDATE customer SET name = 'x' WHERE number = 'KH0001'")
    place = tmp_path / "backup"
    place.mkdir()
    assert "E-ENV-019" in desk.run(f"db backup --to {place}").err
    assert list(place.iterdir()) == []
    assert desk.run(f"db backup --to {tmp_path}/nowhere").exit == 9


@pytest.mark.parametrize(
    ("version", "code"), [(0, "E-ENV-005"), (99, "E-ENV-006")], ids=["behind", "ahead"]
)
def test_a_schema_behind_or_ahead_is_refused_in_its_own_words(desk, version, code) -> None:
    spoil(desk.ledger, f"PRAGMA user_version = {version}")
    result = desk.refused("staff list", exit=9)
    assert code in result.err
    assert desk.ok("db version --json").json["schema"] == version


@pytest.mark.parametrize("kind", ["text", "empty", "other application", "directory"])
def test_a_file_that_is_no_ledger_is_left_alone(empty_desk, kind) -> None:
    path = empty_desk.ledger
    if kind == "directory":
        path.mkdir()
    elif kind == "other application":
        spoil(path, "CREATE TABLE t (x)")
    else:
        path.write_text("not a ledger" * 100 if kind == "text" else "")
    before = path.read_bytes() if path.is_file() else b""
    for command in ("staff list", "staff add x y --as administrator", "db check", "db upgrade"):
        result = empty_desk.run(command)
        assert result.exit == 9, f"{command}: {result.err}"
    assert (path.read_bytes() if path.is_file() else b"") == before


def test_the_doctor_finds_a_machine_that_is_fit(desk) -> None:
    found = {row["what"]: row["verdict"] for row in desk.ok("doctor --json").json}
    assert found["ledger"] == found["disk"] == found["clock"] == "fine"


def test_the_doctor_names_what_is_wrong(desk) -> None:
    desk.ledger.chmod(0o644)
    assert "permissions" in desk.ok("doctor").out
    key_path(desk.ledger).unlink()
    result = desk.run("doctor --json")
    assert result.exit == 9
    assert {"what": "key", "verdict": "bad"}.items() <= next(
        row for row in result.json if row["what"] == "key"
    ).items()


def test_the_log_is_read_by_document_person_and_day(desk) -> None:
    desk.ok("staff add wang 王敏 --role finance", as_="administrator", on="2026-11-23")
    desk.ok("login finance", on="2026-11-23")
    log = desk.ok("audit log --since 2026-11-23 --json", on="2026-11-23").json
    assert [(row["actor"], row["verb"], row["subject"]) for row in log] == [
        ("administrator", "file staff", "wang"),
        ("finance", "log in", "finance"),
    ]
    assert [row["verb"] for row in desk.ok("audit log wang --json").json] == ["file staff"]
    assert len(desk.ok("audit log --user finance --json").json) == 1


def test_the_policy_is_shown_by_section_as_in_force_on_a_day(desk) -> None:
    shown = {row["key"]: row["value"] for row in desk.ok("policy show deposit --json").json}
    assert shown["deposit.rate_bp"] == "3000"
    assert desk.refused("policy show nothing", exit=3).out == ""
    versions = desk.ok("policy history --json").json
    assert [(each["policy_set"], each["version"]) for each in versions] == [
        ("campaign", 1),
        ("crm_base", 1),
        ("distributor", 1),
        ("hypermarket", 1),
        ("retail", 1),
    ]


HEAD = "客户编码,名称,类型,性质,电话,地址,区域"
GOOD = "KH0901,新客户一,单位,工厂,15400120077,榆江市新港区星海路9号,新港区"


def test_files_come_in_whole_or_not_at_all_with_the_bad_rows_beside_them(desk, tmp_path) -> None:
    path = tmp_path / "new.csv"
    path.write_text(f"{HEAD}\n{GOOD}\nKH0902,,单位,工厂,,,\n", "utf-8")
    refusal = desk.refused(f"import customers {path}", as_="importer", exit=6)
    rejects = tmp_path / "new.rejects.csv"
    assert str(rejects) in refusal.err
    assert "KH0902" in rejects.read_text("utf-8-sig")
    path.write_text(f"{HEAD}\n{GOOD}\n", "gb18030")
    desk.refused(f"import customers {path} --encoding utf-8", as_="importer", exit=6)
    desk.refused(f"import customers {path} --encoding klingon", as_="importer", exit=6)
    desk.ok(f"import customers {path} --encoding gb18030", as_="importer")
    assert desk.sql("SELECT name FROM customer WHERE number = 'KH0901'") == [("新客户一",)]
    desk.refused(f"import customers {tmp_path}/nowhere.csv", as_="importer", exit=9)


def complete(desk, *words: str) -> list[str]:
    out = desk.ok(["__complete", "--", *words]).out
    return [line.split("\t")[0] for line in out.splitlines()]


def test_completion_knows_nouns_verbs_options_and_live_numbers(desk) -> None:
    assert complete(desk, "staf") == ["staff"]
    assert complete(desk, "staff", "d") == ["disable"]
    assert "--role" in complete(desk, "staff", "list", "--r")
    assert complete(desk, "--as", "boss", "c", "show", "KH000")[-1] == "KH0001"
    assert len(complete(desk, "p", "show", "")) == 30
    assert complete(desk, "nonsense", "x") == []
    assert complete(desk, "staff", "nonsense", "") == []


def test_completion_is_silent_where_there_is_no_ledger_or_a_spoilt_one(empty_desk) -> None:
    assert complete(empty_desk, "customer", "show", "K") == []
    empty_desk.ledger.write_text("spoilt" * 500)
    result = empty_desk.run("__complete -- customer show K")
    assert (result.out, result.err) == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_a_completion_script_asks_kac_itself(empty_desk, shell) -> None:
    script = empty_desk.ok(f"completion {shell}").out
    assert "kac __complete " in script
    assert "\\u" not in script


@pytest.mark.skipif(not shutil.which("bash"), reason="no bash on this system")
def test_the_bash_script_is_bash(empty_desk) -> None:
    import subprocess

    script = empty_desk.ok("completion bash").out
    subprocess.run(["bash", "-n"], input=script, text=True, check=True)
