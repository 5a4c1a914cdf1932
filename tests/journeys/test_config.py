"""The config file: found in its order, merged, checked by name; it holds wishes, never rules."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest

from kac.cli import configfile
from kac.cli.configfile import WISHES


@pytest.fixture
def site(tmp_path):
    """The site's own file, in place of the one of the machine under test."""
    path = tmp_path / "site.toml"
    with mock.patch.object(configfile, "SITE", path):
        yield path


def wish(desk, text: str) -> Path:
    """Write the user's config file."""
    path = desk.home / "config" / "kac" / "config.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def said(desk, name: str, *options: str, **how) -> str:
    """What a setting is, as `kac config show` tells."""
    listed = desk.ok(["config", "show", "--json", *options], **how).json
    return next(row["value"] for row in listed if row["name"] == name)


def test_the_users_file_has_the_last_word_over_the_sites(desk, site) -> None:
    site.write_text('[ui]\nlang = "zh_CN"\npager = "more"\nidle_lock = 5\n', "utf-8")
    path = wish(desk, '[ui]\npager = "off"\n')
    assert said(desk, "ui.pager") == "off"
    assert said(desk, "ui.idle_lock") == "5"
    files = desk.ok("config path --json").json
    assert [row["path"] for row in files if row["what"] == "config"] == [str(site), str(path)]


def test_a_file_that_is_named_stands_alone(desk, site) -> None:
    site.write_text("[ui]\nidle_lock = 5\n", "utf-8")
    named = desk.home / "mine.toml"
    named.write_text("[ui]\nascii = true\n", "utf-8")
    for options, env in ((["--config", str(named)], {}), ([], {"KAC_CONFIG": str(named)})):
        assert said(desk, "ui.ascii", *options, env=env) == "yes"
        assert said(desk, "ui.idle_lock", *options, env=env) == WISHES["ui.idle_lock"].default
    assert said(desk, "ui.idle_lock", "--no-config") == WISHES["ui.idle_lock"].default


def test_a_file_that_is_named_must_be_there(desk) -> None:
    for options, env in ((" --config none.toml", {}), ("", {"KAC_CONFIG": "none.toml"})):
        refusal = desk.refused(f"whoami{options}", exit=9, env=env)
        assert "E-CFG-001" in refusal.err
        assert "none.toml" in refusal.err


def test_option_and_environment_go_before_the_file(desk) -> None:
    wish(desk, f'[db]\npath = "{desk.ledger}"\n[ui]\nlang = "zh_CN"\n')
    env = {"KAC_DB": "", "KAC_LANG": ""}
    assert "账套" in desk.ok("whoami", env=env).out, "the file names ledger and language"
    assert "账套" not in desk.ok("whoami --lang en", env=env).out
    assert "none.db" in desk.run("whoami --db none.db", env=env).err


@pytest.mark.parametrize(
    ("text", "code", "says"),
    [
        ("[ui]\nambiguos = 2\n", "E-CFG-002", "did you mean: ui.ambiguous"),
        ("[db]\npfad = 'x'\n", "E-CFG-002", "unknown setting db.pfad"),
        ("[print]\nink = 'x'\n", "E-CFG-002", "unknown setting print.ink"),
        ("lang = 'en'\n", "E-CFG-002", "did you mean: ui.lang"),
        ("[ui]\nlang = 'fr'\n", "E-CFG-003", "en, zh_CN"),
        ("[ui]\nambiguous = 3\n", "E-CFG-003", "auto, 1, 2"),
        ("[ui]\nascii = 'yes'\n", "E-CFG-003", "true, false"),
        ("[ui]\nidle_lock = -1\n", "E-CFG-003", "ui.idle_lock cannot be -1"),
        ("[ui]\nidle_lock = true\n", "E-CFG-003", "ui.idle_lock cannot be True"),
        ("[ui\n", "E-CFG-001", "config.toml"),
    ],
)
def test_a_key_that_nobody_reads_and_a_value_that_cannot_be_are_named(
    desk, text, code, says
) -> None:
    wish(desk, text)
    refusal = desk.refused("whoami", exit=9)
    assert code in refusal.err
    assert says in refusal.err
    desk.ok("whoami --no-config")


def test_every_key_may_be_set_and_is_told(desk) -> None:
    desk.ok("config show")
    text = {name.split(".")[0]: [] for name in WISHES}
    for name, each in WISHES.items():
        section, key = name.split(".")
        written = {bool: "true", int: "7"}.get(each.kind, f'"{(each.words or ("x",))[-1]}"')
        text[section].append(f"{key} = {written}")
    wish(desk, "\n".join(f"[{name}]\n" + "\n".join(keys) for name, keys in text.items()))
    listed = desk.ok("config show --json", env={"KAC_LANG": "en"}).json
    assert {row["name"] for row in listed} == set(WISHES)
    assert all(row["file"] for row in listed)


def test_backups_go_where_the_file_says(desk) -> None:
    kept = desk.home / "kept"
    kept.mkdir()
    wish(desk, f'[db]\nbackup_dir = "{kept}"\n')
    copy = desk.ok("db backup -q").out.strip()
    assert (kept / copy).is_file()


def test_colours_and_signs_are_as_the_file_wishes(desk) -> None:
    desk.ok("order new -c KH0001 -l P0001:1 --need-by +7d", as_="gp_specialist")
    assert "√" in desk.ok("order show @", as_="gp_specialist").out
    wish(desk, '[ui]\nascii = true\ncolor = "always"\n')
    shown = desk.ok("order show @", as_="gp_specialist").out
    assert "\x1b[" in shown
    assert not {"√", "×", "─", "…"} & set(shown)


def test_the_inbox_lies_where_the_file_says(desk) -> None:
    assert "DIRECTORY" in desk.run("reconcile inbox", as_="finance").err
    box = desk.home / "statements"
    box.mkdir()
    (box / "nonsense.csv").write_text("no statement of any bank\n", "utf-8")
    wish(desk, f'[import]\ninbox = "{box}"\n')
    result = desk.run("reconcile inbox --json", as_="finance")
    assert (result.exit, result.json["files"][0]["file"]) == (7, "nonsense.csv")
