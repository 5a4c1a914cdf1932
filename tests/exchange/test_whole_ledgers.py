"""A whole ledger goes out as text and comes back the same, or it does not come back at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kac.core.errors import Exit
from kac.db.audit import canonical, key_path
from kac.exchange.whole import manifest
from tests.conftest import Desk, contents


@pytest.fixture(scope="module")
def exported(traded_desk, copied_desk, tmp_path_factory) -> Path:
    """The directory that `export all` made of a ledger with sales and an attached file."""
    home = tmp_path_factory.mktemp("exported")
    desk = copied_desk(traded_desk.ledger, home)
    desk.now, desk.on = traded_desk.now, traded_desk.on
    scan = home / "申请表.pdf"
    scan.write_text("a scan\n", "utf-8")
    desk.ok(
        "customer apply KH0011 --office 办事处 --amount 250000 --tie-up 80000", as_="sales_office"
    )
    desk.ok(f"customer dossier KH0011 --item application_form --attach {scan}", as_="sales_office")
    desk.ok(f"export all {home}/whole", as_="administrator")
    return home / "whole"


@pytest.fixture
def copy(exported, tmp_path) -> Path:
    """A copy of that directory, to spoil."""
    shutil.copytree(exported, tmp_path / "whole")
    return tmp_path / "whole"


@pytest.fixture
def other(tmp_path) -> Desk:
    """A counter where no ledger is yet."""
    (tmp_path / "other").mkdir()
    desk = Desk(tmp_path / "other")
    desk.on = "2026-12-18"
    return desk


def tree(directory: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def refused(desk: Desk, directory: Path, exit: int = Exit.BAD_INPUT) -> str:
    """Why an import was refused; nothing is left of it."""
    result = desk.run(f"import all {directory}")
    assert result.exit == exit, result.out + result.err
    assert result.out == ""
    assert not desk.ledger.exists()
    left = [path.name for path in desk.home.iterdir() if path.name.startswith((".", "ledger"))]
    assert left == []
    return result.err


def amended(directory: Path, table: str, before: str, after: str) -> None:
    """Change rows of a table and write their new hash into the manifest, as a forger would."""
    path = manifest.table_file(directory, table)
    text = path.read_text("utf-8")
    assert before in text, f"{table} has no {before}"
    path.write_text(text.replace(before, after, 1), "utf-8")
    told = json.loads((directory / "manifest.json").read_text("utf-8"))
    for each in told["tables"]:
        if each["name"] == table:
            each["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
            each["rows"] = path.read_text("utf-8").count("\n")
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (directory / "manifest.json").write_text(text, "utf-8")


def test_a_ledger_that_went_out_and_came_in_goes_out_the_same_to_the_byte(exported, other):
    other.ok(f"import all {exported}")
    again = other.home / "again"
    other.ok(f"export all {again}", as_="administrator")
    assert tree(again) == tree(exported)
    assert len(tree(exported)) > 60
    assert any(name.startswith("files/") for name in tree(exported))


def test_what_came_in_is_proved_and_the_desk_goes_on_with_it(exported, other):
    told = other.ok(f"import all {exported} --json").json
    seq, digest = other.sql("SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1")[0]
    assert told["head"] == f"{seq}-{digest[:8]}"
    other.ok("audit verify")
    other.ok("db check")
    other.ok("reconcile run", as_="finance")
    number = other.ok(
        "order new -c KH0001 -l P0001:1 --need-by +7d -q", as_="gp_specialist"
    ).out.strip()
    assert number == "DD20261218-0001"
    other.ok("audit verify")
    assert other.ok("export beancount", as_="auditor").out


def test_every_row_of_every_table_is_there(exported, other):
    other.ok(f"import all {exported}")
    told = json.loads((exported / "manifest.json").read_text("utf-8"))
    counted = {
        each["name"]: other.sql(f'SELECT count(*) FROM "{each["name"]}"')[0][0]
        for each in told["tables"]
    }
    assert counted == {each["name"]: each["rows"] for each in told["tables"]}
    tables = {name for (name,) in other.sql("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - counted.keys() == {"alembic_version"}


@given(data=st.data())
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_a_byte_that_was_changed_anywhere_is_refused(exported, tmp_path_factory, data):
    """In any table, in the attached file, in the manifest or in the key."""
    home = tmp_path_factory.mktemp("spoilt")
    shutil.copytree(exported, home / "whole")
    files = [path for path in tree(home / "whole") if (home / "whole" / path).stat().st_size]
    path = home / "whole" / data.draw(st.sampled_from(files))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path.write_bytes(bytes(content))
    assert "E-IMP-031" in refused(Desk(home), home / "whole")


@pytest.mark.parametrize(
    ("table", "before", "after"),
    [
        ("posting", "1340000", "1340001"),
        ("payment", "1340000", "1340001"),
        ("customer", "KH0001", "KH9001"),
        ("sales_order", '"closed"', '"delivered"'),
        ("audit", "gp_specialist", "gp_specialisT"),
        ("number_counter", "[1,", "[99,"),
    ],
)
def test_a_change_with_a_new_hash_in_the_manifest_is_still_told_by_the_chain(
    copy, other, table, before, after
):
    amended(copy, table, before, after)
    assert "E-IMP-031" in refused(other, copy)


def test_a_row_less_is_told_though_the_manifest_agrees(copy, other):
    path = manifest.table_file(copy, "stock_move")
    line = path.read_text("utf-8").splitlines(keepends=True)[3]
    amended(copy, "stock_move", line, "")
    refused(other, copy)


def test_rows_that_do_not_belong_together_are_refused(copy, other):
    line = manifest.table_file(copy, "order_line").read_text("utf-8").splitlines()[0]
    id_, _order, *more = json.loads(line)
    amended(copy, "order_line", line, canonical([id_, 99_999, *more]))
    assert "do not belong together" in refused(other, copy)


def test_a_value_that_no_ledger_holds_is_refused(copy, other):
    amended(copy, "posting", "1340000", "1340000.5")
    refused(other, copy)


def test_a_file_missing_or_too_many_is_refused(copy, other):
    stray = copy / "tables" / "stray.jsonl"
    stray.write_text("[]\n")
    assert "stray.jsonl" in refused(other, copy)
    stray.unlink()
    (copy / "tables" / "customer.jsonl").unlink()
    assert "customer.jsonl" in refused(other, copy)
    refused(other, copy / "nowhere")


def test_the_key_of_another_ledger_proves_nothing(copy, other):
    (copy / "key").write_text("0" * 64)
    assert "E-IMP-031" in refused(other, copy)


def test_no_ledger_and_no_key_is_ever_written_over(exported, desk, other):
    before = contents(desk.ledger)
    result = desk.run(f"import all {exported}")
    assert result.exit == Exit.ENVIRONMENT
    assert "E-ENV-013" in result.err
    assert contents(desk.ledger) == before
    key_path(other.ledger).write_text("the key of a ledger that is elsewhere")
    assert other.run(f"import all {exported}").exit == Exit.ENVIRONMENT
    assert key_path(other.ledger).read_text() == "the key of a ledger that is elsewhere"


def test_a_dry_run_proves_everything_and_leaves_nothing(exported, copy, other):
    result = other.ok(f"import all {exported} --dry-run")
    assert "dry run" in result.err
    assert not other.ledger.exists()
    amended(copy, "posting", "1340000", "1340001")
    assert other.run(f"import all {copy} --dry-run").exit == Exit.BAD_INPUT
    assert [path.name for path in other.home.iterdir() if path.name != "state"] == []


def test_an_export_goes_where_nothing_is_and_for_administrators_alone(traded, tmp_path):
    """A-56: it holds the key of the chain and what goods cost."""
    directory = tmp_path / "whole"
    for role in ("finance", "auditor", "gp_specialist"):
        traded.refused(f"export all {directory}", "A-56", as_=role, exit=Exit.NOT_PERMITTED)
    assert not directory.exists()
    directory.mkdir()
    assert traded.run(f"export all {directory}", as_="administrator").exit == Exit.USAGE
    assert list(directory.iterdir()) == []


def test_a_ledger_that_was_tampered_with_is_not_exported(traded, tmp_path):
    from tests.exchange.test_journals import tampered

    tampered(traded, "UPDATE posting SET amount_fen = amount_fen + 1 WHERE id = 1")
    result = traded.run(f"export all {tmp_path}/whole", as_="administrator")
    assert result.exit == Exit.ENVIRONMENT
    assert "E-ENV-032" in result.err
    assert not (tmp_path / "whole").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".whole")] == []


def test_what_is_exported_is_for_its_owner_alone(exported):
    for path in [exported, *exported.rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path
