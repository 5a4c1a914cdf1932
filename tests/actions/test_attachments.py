"""Attachments: kept under what they contain, proved by the check of the file, backed up with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from kac.core.errors import BadInput, EnvironmentTrouble
from kac.db import attachments
from kac.db.attachments import files_of, keep, path_of

APPLY = "customer apply KH0001 --office 榆江办事处 --amount 250000"
SCAN = b"%PDF-1.7 a scan"
DIGEST = hashlib.sha256(SCAN).hexdigest()


@pytest.fixture
def attached(desk):
    """A desk whose only application has one scan."""
    scan = desk.home / "申请表.pdf"
    scan.write_bytes(SCAN)
    desk.ok(APPLY, as_="sales_office")
    desk.ok(
        ["customer", "dossier", "KH0001", "--item", "application_form", "--attach", str(scan)],
        as_="sales_office",
    )
    scan.unlink()
    return desk


def test_a_file_lies_under_the_hash_of_its_content_for_its_owner_alone(attached):
    path = files_of(attached.ledger) / DIGEST[:2] / DIGEST
    assert path == path_of(attached.ledger, DIGEST)
    assert path.read_bytes() == SCAN
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert attached.sql("SELECT document, about, digest, name, size FROM attachment") == [
        ("SQ20261120-0001", "application_form", DIGEST, "申请表.pdf", len(SCAN))
    ]


def test_the_same_content_is_kept_once_and_a_spoilt_copy_is_put_right(attached):
    path = path_of(attached.ledger, DIGEST)
    path.write_bytes(b"spoilt")
    assert keep(attached.ledger, SCAN, "again.pdf").digest == DIGEST
    assert path.read_bytes() == SCAN
    assert [each.name for each in files_of(attached.ledger).glob("*/*")] == [DIGEST]


def test_what_is_shown_says_where_the_file_lies(attached):
    shown = attached.ok("customer application KH0001 --json").json["files"]
    assert [(file["name"], file["digest"]) for file in shown] == [("申请表.pdf", DIGEST)]
    assert Path(shown[0]["path"]).read_bytes() == SCAN


def test_a_dry_run_keeps_nothing(desk):
    scan = desk.home / "a.pdf"
    scan.write_bytes(SCAN)
    desk.ok(APPLY, as_="sales_office")
    words = f"customer dossier KH0001 --item profile --attach {scan} --dry-run"
    desk.ok(words, as_="sales_office")
    assert not files_of(desk.ledger).exists()


def test_a_refusal_leaves_no_reference(attached):
    scan = attached.home / "b.pdf"
    scan.write_bytes(b"other")
    words = f"customer dossier KH0001 --item profile --attach {scan}"
    attached.refused(words, "DST-APP-01", as_="gp_specialist", exit=5)
    attached.ok("db check")


def test_a_file_that_is_gone_or_changed_is_found_by_the_check(attached):
    attached.ok("db check")
    path = path_of(attached.ledger, DIGEST)
    path.write_bytes(b"another paper")
    changed = attached.run("db check --json")
    path.unlink()
    gone = attached.run("db check --json")
    for result, said in ((changed, "is not what was attached"), (gone, "is gone")):
        assert result.exit == 9
        [fault] = [row for row in result.json if not row["sound"]]
        assert fault["check"] == "attachments_are_there"
        assert "SQ20261120-0001" in fault["says"]
        assert said in fault["says"]


def test_a_backup_takes_the_files_along_and_stands_alone(attached, tmp_path):
    place = tmp_path / "backup"
    place.mkdir()
    name = attached.ok(f"db backup --to {place} -q").out.strip()
    assert sorted(file.name for file in place.iterdir()) == [name, f"{name}.files", f"{name}.key"]
    assert all(file.stat().st_mode & 0o077 == 0 for file in place.rglob("*"))
    copy = {"KAC_DB": str(place / name)}
    attached.ok("db check", env=copy)
    path_of(attached.ledger, DIGEST).unlink()
    attached.ok("db check", env=copy)
    shown = attached.ok("customer application KH0001 --json", env=copy).json["files"]
    assert Path(shown[0]["path"]).read_bytes() == SCAN


def test_the_same_backup_twice_is_one(attached, tmp_path):
    place = tmp_path / "backup"
    place.mkdir()
    for _time in range(2):
        name = attached.ok(f"db backup --to {place} -q").out.strip()
    assert sorted(file.name for file in place.iterdir()) == [name, f"{name}.files", f"{name}.key"]


def test_a_ledger_that_lacks_a_file_makes_no_backup(attached, tmp_path):
    place = tmp_path / "backup"
    place.mkdir()
    path_of(attached.ledger, DIGEST).unlink()
    assert "E-ENV-019" in attached.run(f"db backup --to {place}").err
    assert list(place.iterdir()) == []


def test_a_file_that_nothing_refers_to_is_neither_proved_nor_copied(attached, tmp_path):
    left = keep(attached.ledger, b"never referred to", "x.pdf")
    path_of(attached.ledger, left.digest).write_bytes(b"spoilt")
    attached.ok("db check")
    place = tmp_path / "backup"
    place.mkdir()
    name = attached.ok(f"db backup --to {place} -q").out.strip()
    assert [file.name for file in (place / f"{name}.files").glob("*/*")] == [DIGEST]


def test_an_empty_file_or_one_without_a_ledger_is_refused(desk, tmp_path):
    with pytest.raises(BadInput):
        keep(desk.ledger, b"", "empty.pdf")
    with pytest.raises(BadInput):
        attachments.weighed(bytes(attachments.LARGEST_BYTES + 1), "large.pdf")
    with pytest.raises(EnvironmentTrouble):
        keep(tmp_path / "none.db", SCAN, "a.pdf")
    assert not files_of(tmp_path / "none.db").exists()


def test_a_delegations_scan_is_proved_like_any_other(desk):
    """DST-AUT-10: the written document is there."""
    scan = desk.home / "授权书.pdf"
    scan.write_bytes(SCAN)
    words = "approval delegate --to wang --scope contract --cap 50000 --until +7d --doc 授权书-31"
    desk.ok("staff add wang 王敏 --role sales_office", as_="administrator")
    desk.ok([*words.split(), "--attach", str(scan)], as_="office_manager")
    desk.ok("db check")
    path_of(desk.ledger, DIGEST).unlink()
    assert "attachments_are_there" in desk.run("db check").out
