"""The config file: found in its order, merged, checked by name; it holds wishes, never rules."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest

from kac.cli import configfile
from kac.cli.wishes import KNOWN, WISHES


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
        ("[ui\n", "E-CFG-001", "line 1, column 4"),
        (
            "[print]\n[print.profiles.dm9]\nqueue = 'x'\n",
            "E-CFG-002",
            "did you mean: print.profiles.dm",
        ),
        ("[print.profiles.dm2]\ncopies = 'three'\n", "E-CFG-003", "carbon, each"),
        ("[company]\nfone = 'x'\n", "E-CFG-002", "did you mean: company.phone"),
        ("[recon]\nauto_min_score = 90\n", "E-CFG-002", "kac policy show bank"),
        ("[recon]\nprofiles = 'ccb-corp'\n", "E-CFG-003", '["a", "b"]'),
        ("[db]\nbusy_timeout_ms = 'long'\n", "E-CFG-003", "a whole number"),
        ("[ui]\npage_size = -1\n", "E-CFG-003", "ui.page_size cannot be -1"),
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
    text = {name.rpartition(".")[0]: [] for name in KNOWN}
    for name, each in KNOWN.items():
        section, _dot, key = name.rpartition(".")
        written = {bool: "true", int: "7", list: '["ccb-corp"]'}.get(
            each.kind, f'"{(each.words or ("x",))[-1]}"'
        )
        text[section].append(f"{key} = {written}")
    wish(desk, "\n".join(f"[{name}]\n" + "\n".join(keys) for name, keys in text.items()))
    listed = desk.ok("config show --json", env={"KAC_LANG": "en"}).json
    assert {row["name"] for row in listed} == set(KNOWN)
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


BROKEN = {
    "no TOML": ("[ui\n", "E-CFG-001"),
    "an unknown key": ("[ui]\nlnag = 'zh_CN'\n", "E-CFG-002"),
    "a wrong value": ("[ui]\nidle_lock = 'never'\n", "E-CFG-003"),
    "no text": (b"\xff\xfe[ui]", "E-CFG-001"),
}


@pytest.mark.parametrize("kind", sorted(BROKEN))
def test_a_wrong_file_stops_all_but_what_helps_to_mend_it(desk, kind) -> None:
    written, code = BROKEN[kind]
    path = wish(desk, "")
    path.write_bytes(written if isinstance(written, bytes) else written.encode())
    for command in ("whoami", "order list", "order new -c KH0001", "login finance", "shell"):
        assert code in desk.refused(command, exit=9).err
    looked = desk.run("doctor --json")
    (found,) = [row for row in looked.json if row["what"] == "config" and row["verdict"] == "bad"]
    assert (looked.exit, str(path) in found["says"], bool(found["mend"])) == (9, True, True)
    shown = desk.run("config show")
    assert (shown.exit, code in shown.err, "ui.lang" in shown.out) == (9, True, True)
    for command in ("config path", "--help", "order --help", f"help {code}", "guide config"):
        desk.ok(command)


def test_what_is_right_in_a_wrong_file_is_what_the_doctor_goes_by(desk) -> None:
    wish(desk, '[ui]\nlang = "zh_CN"\npagger = "less"\n')
    assert "配置文件" in desk.run("doctor", env={"KAC_LANG": ""}).out
    assert "没有设置项 ui.pagger" in desk.run("config show", env={"KAC_LANG": ""}).err


def test_the_house_says_on_papers_where_it_is_and_where_to_pay(desk) -> None:
    wish(
        desk,
        '[company]\naddress = "解放路1号"\nphone = "0571-87654321"\nbank = "建行 1100 0102"\n',
    )
    said = "regional_supervisor"
    number = desk.ok("quote new -c KH0001 -l P0001:50@260 --need-by +7d --send -q", as_=said)
    paper = desk.ok(f"quote print {number.out.strip()} --internal", as_="operations_manager").out
    assert "解放路1号" in paper and "0571-87654321" in paper
    assert "建行" not in paper, "a quotation asks for no money"


def test_a_list_on_the_screen_ends_where_the_file_says(desk) -> None:
    wish(desk, '[ui]\npage_size = 3\ncolor = "always"\n')
    whole = len(desk.ok("product list --json").json)
    shown = desk.ok("product list")
    assert shown.out.count("P00") == 3
    assert f"3 of {whole} shown: --limit {whole}" in shown.err
    assert desk.ok("product list --limit 5").out.count("P00") == 5
    assert len(desk.ok("product list --json").json) == whole, "scripts get all of them"


def test_a_command_waits_for_another_as_long_as_the_file_says(desk) -> None:
    from kac.db import patience
    from kac.db.lock import turn_of

    wish(desk, "[db]\nbusy_timeout_ms = 20\n")
    try:
        with turn_of(desk.ledger, "a long import"):
            busy = desk.run("order new -c KH0001 -l P0001:5 --need-by +7d", as_="gp_specialist")
        assert (busy.exit, "a long import" in busy.err) == (8, True)
        assert patience.seconds() == 0.02
    finally:
        patience.wait(patience.USUAL_SECONDS)


def test_statements_go_to_the_archive_and_are_read_by_the_layouts_of_the_house(desk) -> None:
    box, kept = desk.home / "statements", desk.home / "archive"
    box.mkdir()
    samples = Path(__file__).parents[1] / "exchange" / "statements"
    (box / "bank.csv").write_bytes((samples / "ccb-corp.csv").read_bytes())
    wish(desk, f'[import]\ninbox = "{box}"\n[recon]\nprofiles = ["wechat-mch"]\n')
    assert desk.run("reconcile inbox", as_="finance").exit == 7, "no layout of this house"
    wish(
        desk,
        f'[import]\ninbox = "{box}"\narchive = "{kept}"\n[recon]\nprofiles = ["ccb-corp"]\n',
    )
    desk.ok("reconcile inbox", as_="finance")
    assert [path.name.endswith("bank.csv") for path in kept.iterdir()] == [True]


@pytest.mark.skipif(os.name != "posix", reason="a shell script stands for sendmail")
def test_differences_of_the_night_are_mailed_to_whom_the_file_names(desk) -> None:
    programs = desk.home / "bin"
    programs.mkdir()
    script, letter = programs / "sendmail", desk.home / "letter"
    script.write_text(f"#!/bin/sh\n/bin/cat > {letter}\n")
    script.chmod(0o755)
    wish(desk, '[report]\nmail_to = "finance@example.com"\n')
    desk.ok("order new -c KH0001 -l P0001:5 --need-by +7d --submit", as_="gp_specialist")
    later = {"on": "2026-12-20", "env": {"PATH": str(programs)}, "as_": "cron"}
    run = desk.run("reconcile run --check", **later)
    sent = letter.read_text("utf-8")
    assert "To: finance@example.com" in sent and "Subject: " in sent
    script.write_text("#!/bin/sh\necho no route >&2\nexit 75\n")
    again = desk.run("reconcile run --check", **later)
    assert ("E-ENV-029" in again.err, "no route" in again.err) == (True, True)
    assert (again.exit, again.out) == (run.exit, run.out)
