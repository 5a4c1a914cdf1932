"""Completion as a shell asks for it: bash, zsh and fish are driven where they are installed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kac.cli import livenames, manual, offers
from kac.cli.lazy import load
from kac.cli.registry import GROUPS
from kac.core import errorbook, i18n

ROOT = Path(__file__).parents[2]


def offered(desk, *words: str, **how) -> dict[str, str]:
    """What `kac __complete` answers: each value with its meaning."""
    lines = desk.ok(["__complete", "--", *words], **how).out.splitlines()
    return dict((line.split("\t") + [""])[:2] for line in lines)


def test_groups_verbs_and_options_are_offered_with_their_help(desk) -> None:
    assert set(offered(desk, "")) == set(GROUPS)
    assert set(offered(desk, "or")) == {"order"}
    assert {"new", "submit", "edit", "void", "list", "show"} <= set(offered(desk, "order", ""))
    assert set(offered(desk, "o", "vo")) == {"void"}, "an alias is the noun itself"
    options = offered(desk, "order", "new", "--")
    assert {"--customer", "--line", "--need-by", "--dry-run"} <= set(options)
    assert all(options.values()), "each says what it is for"
    assert "--db" in offered(desk, "--")


def test_a_value_is_offered_where_an_option_waits_for_one(desk) -> None:
    assert set(offered(desk, "order", "list", "--format", "")) >= {"json", "csv", "md"}
    assert "reviewed" in offered(desk, "order", "list", "--state", "re")
    assert set(offered(desk, "--lang", "")) == {"en", "zh_CN"}
    assert set(offered(desk, "--color", "a")) == {"auto", "always"}
    assert offered(desk, "order", "new", "-c", "KH0001")["KH0001"]
    assert "P0001" in offered(desk, "order", "new", "-c", "KH0001", "-l", "P000")
    assert offered(desk, "order", "new", "--address", "") == {}, "no guess is no offer"


def test_topics_of_the_manual_and_error_codes_are_offered_without_a_ledger(empty_desk) -> None:
    for command in ("guide", "help"):
        topics = offered(empty_desk, command, "")
        assert topics.keys() >= set(manual.TOPICS)
        assert all(topics.values()), "each says what it is about"
    assert offered(empty_desk, "guide", "dis") == {"disaster": topics["disaster"]}
    for command in ("help", "explain"):
        codes = offered(empty_desk, command, "E-GAT-DEP")
        assert "E-GAT-DEPOSIT-MET" in codes
        assert all(code.startswith("E-GAT-DEP") and says for code, says in codes.items())
    chinese = offered(empty_desk, "help", "e-per-00", env={"KAC_LANG": "zh"})
    assert re.search("[一-龥]", chinese["E-PER-001"])


def test_the_codes_that_are_offered_are_those_of_the_register() -> None:
    said = dict(errorbook.codes())
    assert said.keys() == errorbook.entries().keys()
    assert all(errorbook.entries()[code].means.startswith(says) for code, says in said.items())


def test_a_code_is_explained_like_a_document(desk) -> None:
    page = desk.ok("explain e-gat-deposit-met")
    assert page.out == desk.ok("help E-GAT-DEPOSIT-MET").out
    assert desk.ok("explain E-GAT-DEPOSIT-MET --json").json["exit"] == 4
    assert "E-GAT-DEPOSIT-MET" in desk.refused("explain E-GAT-DEPOSIT", exit=3).err


def test_numbers_and_names_of_the_ledger_are_offered(desk) -> None:
    number = desk.ok(
        "order new -c KH0001 -l P0001:1 --need-by +7d -q", as_="gp_specialist"
    ).out.strip()
    name = desk.sql("SELECT name FROM customer WHERE number = 'KH0001'")[0][0]
    assert offered(desk, "order", "show", number[:-1])[number] == name
    assert offered(desk, "customer", "show", "kh0001") == {"KH0001": name}
    assert "finance" in offered(desk, "staff", "disable", "fin")


def test_a_customer_is_found_by_the_beginning_of_the_name_and_by_pinyin_initials(desk) -> None:
    ((name, mnemonic),) = desk.sql("SELECT name, mnemonic FROM customer WHERE number = 'KH0001'")
    assert offered(desk, "customer", "show", name) == {"KH0001": name}
    assert "KH0001" in offered(desk, "customer", "show", mnemonic)
    many = offered(desk, "customer", "show", "榆江")
    assert len(many) > 1
    assert all(value.startswith("榆江") for value in many), "a shell keeps only what goes on so"


# What help pages call a value that is typed freely, or chosen outside the ledger.
FREE = {
    *("AMOUNT", "ARGS", "BATCH", "CARDS", "CODE", "COLUMN", "COPY", "DAY", "DIRECTORY", "FILE"),
    *("GRADE", "ID", "KEY", "KIND", "LETTERS", "MONTH", "NAME", "NUMBER", "OPTIONS", "PATH"),
    *("PERCENT", "PHONE", "PLATE", "PREFIX", "PRICE", "QTY", "REASON", "ROLE", "SECTION", "SET"),
    *(
        "SHELF",
        "SHELL",
        "TEXT",
        "BOX",
        "OWNER",
        "PLACE",
        "TIME",
        "TITLE",
        "URL",
        "VALUE",
        "VERSION",
        "WORD",
        "WORDS",
        "YEAR",
        "YUAN",
    ),
}


def parameters() -> Iterator[tuple[str, Any]]:
    """Every argument and option of every command, with the command's name."""
    for name in GROUPS:
        command: Any = load(name)
        verbs = getattr(command, "commands", None) or {"": command}
        for verb in verbs:
            yield from ((f"{name} {verb}", each) for each in verbs[verb].params)


def test_whatever_the_ledger_numbers_or_names_is_completed_where_it_is_asked_for() -> None:
    i18n.speak("en")
    for command, each in parameters():
        written = each.metavar or ""
        if "|" in written.replace("ORDER|CODE", "") or re.match(r"\[?(LINE:|CODE[^:@\[])", written):
            continue
        head = re.match(r"\[?([A-Z]{3,})\b", written)
        if head and head[1] not in FREE:
            told = f"{command} {written}: nothing in kac.cli.livenames completes it"
            assert offers.names_in(written), told


@pytest.mark.parametrize("kind", livenames.LIVE)
def test_each_kind_is_looked_up_by_number_by_name_and_by_pinyin(desk, monkeypatch, kind) -> None:
    monkeypatch.setenv("KAC_DB", str(desk.ledger))
    for typed in ("", "D", "KH", "宏达", "hddq", "%"):
        for found in (list(livenames.begin(kind, typed)), list(livenames.contain(kind, typed))):
            assert all(value and says is not None for value, says in found)


def test_money_slips_and_rebates_are_offered_by_number_and_by_their_customer(traded) -> None:
    for command, table in (
        ("payment show", "payment"),
        ("payment verify", "payment"),
        ("dispatch show", "dispatch"),
        ("rebate show", "rebate"),
        ("approval show", "approval"),
    ):
        numbers = {number for (number,) in traded.sql(f"SELECT number FROM {table}")}
        assert numbers, command
        assert set(offered(traded, *command.split(), "")) == numbers, command
    ((number, name),) = traded.sql("SELECT number, customer_name FROM v_payment LIMIT 1")
    assert offered(traded, "payment", "show", number) == {number: name}


def test_goods_are_offered_where_goods_are_meant_and_nowhere_else(desk) -> None:
    assert "P0001" in offered(desk, "order", "edit", "@", "--line", "P000")
    assert "P0001" in offered(desk, "stock", "check", "P000")
    assert offered(desk, "init", "--location", "P") == {}
    assert offered(desk, "dispatch", "count", "@", "Y") == {}, "a line of a form is counted"


def test_what_is_typed_for_sql_finds_nothing(desk) -> None:
    for typed in ("%", "_", "' OR 1=1 --", "\\"):
        assert offered(desk, "customer", "show", typed) == {}


def test_at_most_thirty_and_the_newest_first(desk) -> None:
    found = list(offered(desk, "order", "show", "DD"))
    assert len(found) == 30
    assert found == sorted(found, reverse=True)


def test_a_wrong_word_before_or_no_ledger_offers_nothing_and_says_nothing(empty_desk) -> None:
    assert offered(empty_desk, "order", "show", "DD") == {}
    assert offered(empty_desk, "ordr", "x") == {}
    assert offered(empty_desk, "order", "nonsense", "x") == {}
    assert offered(empty_desk, "--db", "") == {}


def test_the_ledger_that_was_named_is_asked(desk, empty_desk) -> None:
    assert offered(desk, "--db", f"{desk.home}/none.db", "order", "show", "DD") == {}


def test_the_same_is_offered_in_chinese(desk) -> None:
    assert "KH0001" in offered(desk, "customer", "show", "KH0001", env={"KAC_LANG": "zh"})
    assert offered(desk, "or", env={"KAC_LANG": "zh"})["order"].startswith("订货单")


@pytest.fixture
def path_with_kac(desk, tmp_path) -> dict[str, str]:
    """The environment of a shell in which `kac` is this program, on the desk's ledger."""
    directory = tmp_path / "bin"
    directory.mkdir()
    kac = directory / "kac"
    kac.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m kac "$@"\n')
    kac.chmod(0o755)
    return {
        **desk.environment(),
        "PATH": f"{directory}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "HOME": str(tmp_path),
        "TERM": "dumb",
    }


@pytest.fixture
def shell(path_with_kac):
    """Runs a script in a shell."""

    def run(name: str, script: str) -> list[str]:
        program = shutil.which(name)
        if program is None:
            pytest.skip(f"{name} is not installed")
        done = subprocess.run(
            [program, "-c", script], env=path_with_kac, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.splitlines()

    return run


BASH = """
eval "$(kac completion bash)"
complete -p kac | grep -q _kac || exit 1
ask() {
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _kac
    for word in "${COMPREPLY[@]}"; do eval "printf '%s\\n' $word"; done
}
"""


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("kac ord", ["order"]),
        ("kac order vo", ["void"]),
        ("kac order new --need", ["--need-by"]),
        ("kac customer show KH0001", ["KH0001"]),
        ("kac customer show 宏达", ["KH0001"]),
        ("kac order list --state revie", ["reviewed"]),
    ],
)
def test_bash_completes(shell, line, expected) -> None:
    assert shell("bash", f"{BASH} ask {line}") == expected


def test_bash_completes_every_group(shell) -> None:
    assert shell("bash", f"{BASH} ask kac ''") == list(GROUPS)


def test_fish_completes(shell) -> None:
    ask = "kac completion fish | source; complete -C 'kac {typed}'"
    assert [line.split("\t")[0] for line in shell("fish", ask.format(typed="ord"))] == ["order"]
    found = shell("fish", ask.format(typed="customer show KH0001"))
    assert [line.split("\t")[0] for line in found] == ["KH0001"]


@pytest.mark.parametrize(
    ("typed", "becomes"),
    [
        ("kac ord", "kac order"),
        ("kac order vo", "kac order void"),
        ("kac customer show 宏达", "kac customer show KH0001"),
        ("kac order new -c hddqpj", "kac order new -c KH0001"),
        ("kac order list --state revie", "kac order list --state reviewed"),
        ("kac order list -o note", "kac order list -o notes.csv"),
    ],
)
def test_zsh_completes_what_is_typed_on_a_terminal(desk, path_with_kac, typed, becomes) -> None:
    pexpect = pytest.importorskip("pexpect")
    if shutil.which("zsh") is None:
        pytest.skip("zsh is not installed")
    (desk.home / "notes.csv").touch()
    zsh = pexpect.spawn("zsh", ["-f", "-i"], env=path_with_kac, encoding="utf-8", timeout=60)
    try:
        zsh.send("PS1=; cd $HOME; autoload -U compinit; compinit -u\r")
        zsh.send("kac completion zsh > _kac; source ./_kac\r")
        zsh.send(f"{typed}\t\x01echo IS \r")
        zsh.expect(f"\nIS {becomes} ?\r")
    finally:
        zsh.close(force=True)


def test_the_script_for_powershell_is_whole_and_asks_the_same(desk) -> None:
    script = desk.ok("completion powershell").out
    for opening, closing in ("{}", "()", "[]"):
        assert script.count(opening) == script.count(closing)
    assert "Register-ArgumentCompleter -Native -CommandName kac, kac.exe" in script
    assert "kac __complete @begin @words" in script
    assert "UTF8Encoding" in script, "the console of a Chinese Windows reads GBK otherwise"


def test_a_word_that_is_not_begun_needs_no_empty_argument(desk) -> None:
    """Windows PowerShell drops an empty argument on the way to a program."""
    for words in ([], ["order"], ["order", "show"], ["order", "list", "--state"]):
        said = desk.ok(["__complete", "--next", "--", *words]).out
        assert said == desk.ok(["__complete", "--", *words, ""]).out
        assert said


def test_a_script_is_printed_and_nothing_is_installed(empty_desk) -> None:
    for name in ("bash", "zsh", "fish", "powershell"):
        written = empty_desk.ok(f"completion {name}").out
        assert "kac __complete " in written
        assert empty_desk.ok(f"completion {name} --json").json["script"] == written.rstrip("\n")
    assert not any(empty_desk.home.iterdir())
