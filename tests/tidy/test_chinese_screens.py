"""A screen in Chinese shows no English word but names, and its columns stand in line."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from wcwidth import wcswidth

from kac.cli import helppage, lazy
from kac.cli.hoist import COLORS
from kac.cli.registry import ALIASES, GROUPS
from kac.core import i18n, rulebook
from kac.db.checks import CHECKS as FILE_CHECKS
from kac.desk.night.queries import CHECKS as NIGHT_CHECKS
from kac.ledger.checks import CHECKS as BOOK_CHECKS
from tests.tidy.refresh_catalogue import KAC
from tests.tidy.test_catalogue import recorded

ROOT = KAC.parent
# What is called by its own name in every language.
PROPER = {
    *("kac", "python", "sqlite", "wcwidth", "chmod", "asia", "shanghai", "stdin", "csv"),
    *("journal", "mode", "truncate", "synchronous", "foreign", "keys", "recursive", "triggers"),
    *("bash", "zsh", "fish", "powershell", "html", "json", "ndjson", "plain", "table", "auto"),
    *("bean", "check", "excel", "xlsx", "utf", "sig", "test"),
}

# What is typed on a ledger in Chinese, in this order, and by whom.
STORY = (
    (
        "gp_specialist",
        "customer add 榆江市星海电子厂 --phone 15400120077 --address 星海路9号 --area 新港区",
    ),
    ("gp_specialist", "customer edit 星海电子 --need 职工福利 --nature 工厂 --long-term"),
    ("gp_specialist", "order new -c KH0001 -l P0001:20 --need-by +7d --submit"),
    ("gp_specialist", "order new -c 星海电子 -l P0006:60@170 --need-by +7d --submit"),
    ("gp_specialist", "order new -c 星海电子 -l P0006:60@188 -l P0002:100 --need-by +7d --submit"),
    ("gp_specialist", "order print DD20261120-0041"),
    ("gp_specialist", "order review DD20261120-0040"),
    ("purchasing_manager", "approval ok SP20261120-0001"),
    ("merchant_manager", "approval ok SP20261120-0001"),
    ("merchant_manager", "approval reject SP20261120-0001 --reason 毛利过低"),
    ("merchant_supervisor", "order review DD20261120-0040"),
    ("gp_specialist", "order print DD20261120-0040"),
    ("gp_specialist", "order print DD20261120-0040"),
    ("gp_specialist", "deposit record DD20261120-0040 --amount 1608 --ref 1"),
    ("finance_cashier", "deposit record DD20261120-0040 --amount 1607.99 --ref 2026112000010001"),
    ("finance_cashier", "deposit record DD20261120-0040 --amount 1608 --method cash"),
    ("finance_cashier", "deposit record DD20261120-0040 --amount 1608 --ref 2026112000010001"),
    ("distribution_center", "dispatch new DD20261120-0040"),
    ("finance_cashier", "payment record DD20261120-0040 --amount 3752 --ref 2026112100010002"),
    ("finance_cashier", "payment print SK20261120-0001"),
    ("finance_cashier", "payment verify SK20261120-0001"),
    ("finance", "payment verify SK20261120-0001"),
    ("finance", "payment verify SK20261120-0002"),
    ("distribution_center", "dispatch new DD20261120-0040"),
    ("distribution_center", "dispatch print SH20261120-0001"),
    ("distribution_center", "dispatch count SH20261120-0001 1:19"),
    ("distribution_center", "dispatch count SH20261120-0001 1:20"),
    ("distribution_center", "dispatch load SH20261120-0001 --truck 粤S12345 --driver 张师傅"),
    ("merchant_staff", "dispatch count SH20261120-0001 1:20"),
    ("distribution_center", "dispatch load SH20261120-0001 --truck 粤S12345 --driver 张师傅"),
    ("driver", "dispatch sign SH20261120-0001 --by 李主任"),
    ("distribution_center", "dispatch archive SH20261120-0001"),
    ("gp_specialist", "order new -c KH0002 -l P0002:10 --need-by +7d --submit"),
    ("gp_specialist", "order print DD20261120-0042"),
    ("merchant_supervisor", "order void DD20261120-0042 --reason 客户取消"),
    ("merchant_supervisor", "order collect DD20261120-0042 --copy customer"),
    ("finance", f"reconcile import {ROOT / 'sample_data' / 'bank.csv'}"),
    ("finance", "reconcile run --check"),
    ("administrator", "staff add wang 王敏 --role finance"),
    ("administrator", "staff disable wang --yes"),
    ("finance", "order new -c KH0001"),
    (
        "gp_specialist",
        "inquiry new --phone 13800138000 --need 中秋福利 --line P0003:100 --explained",
    ),
    (
        "gp_specialist",
        "inquiry new -c KH0001 --intent 6 --need 厂庆 --wants cheque --wants discount",
    ),
    ("floor_staff", "inquiry new --via floor_staff --phone 0571-87654321 --need 电饭煲"),
    ("customer_service", "inquiry record XJ20261120-0001"),
    ("purchasing", "inquiry supply XJ20261120-0001 yes"),
    ("gp_specialist", "inquiry answer XJ20261120-0001 --reply 周三到货 --opinion 希望早一天"),
    ("gp_specialist", "inquiry close XJ20261120-0002"),
    ("regional_supervisor", "quote new -c KH0001 --line P0001:5@260 --need-by +7d --send"),
    ("operations_manager", "approval ok SP20261120-0002"),
    ("gp_specialist", "quote to-order BJ20261120-0001"),
    ("sales_office", "contract negotiation KH0001 --closed --text 年度框架谈妥"),
    (
        "sales_office",
        "contract add KH0001 --amount 250000 --from 2026-12-01 --to 2027-11-30 --terms 月结30天"
        " --service 按月供应小家电 --prices 零售价九折 --mode 年度框架 --rights 见第五条",
    ),
    ("sales_office", "contract submit HT20261120-0001"),
    ("sales_office", "customer apply KH0001 --office 榆江办事处 --amount 250000 --tie-up 80000"),
    ("sales_office", "customer dossier KH0001 --item statement --not-applicable"),
    ("sales_office", "customer submit KH0001"),
    ("ka_department", "customer grade KH0001 A --reason 三年来按期付款"),
    ("ka_department", "customer designate KH0001"),
    ("administrator", "policy set deposit.rate_bp 3500 --from 2026-12-01 --reason 年末备货"),
    ("administrator", "policy set deposit.rate 1 --from 2026-12-01 --reason 试"),
    ("gp_specialist", "rebate propose DD20261120-0040 --rate 3"),
    (
        "merchant_manager",
        "approval delegate --to finance --scope order --cap 50000 --until +7d --doc 一号",
    ),
    ("", "login wang"),
)
SCREENS = (
    *("", "whoami", "todo --all", "doctor", "retry", "status none", "audit verify", "db check"),
    *(
        "db version",
        "customer list",
        "customer show KH0001",
        "customer show 不存在",
        "product list",
    ),
    *("product show P0001", "product show 电", "stock list", "stock check P0001:5000"),
    *("stock check DD20261120-0041", "order list --state all", "order show DD20261120-0040"),
    *("order show DD20261120-0042", "order show 9999", "order list --need-by 2026-02-30"),
    *("explain DD20261120-0041", "approval list --state all", "approval show SP20261120-0001"),
    *("deposit quote DD20261120-0041", "deposit list", "payment list", "dispatch list"),
    *("payment show SK20261120-0001", "dispatch show SH20261120-0001", "reconcile list"),
    *(
        "rule show RTL-DEP-07",
        "rule show A-56",
        "rule show C-06",
        "rule show SC-09",
        "rule show RTL",
    ),
    *("rule show RTL-NIX", "rule list --document RTL", "rule counts", "rule list --document X"),
    *("inquiry list --state all", "inquiry show XJ20261120-0001", "inquiry show XJ20261120-0002"),
    *("quote list --state all", "quote show BJ20261120-0001", "explain BJ20261120-0001"),
    *("contract list --state all", "contract show HT20261120-0001", "rebate list", "refund list"),
    *("customer applications", "customer application KH0001", "approval delegations"),
    *("policy changes", "policy show PC20261120-0001", "policy show deposit", "calendar show 2026"),
    *("policy list", "staff list", "staff show finance", "staff roles", "audit log"),
    *("ordr", "order lst", "order list --nothing", "order show", "order list --limit", "--db"),
    *("order list --json --csv", "order list extra"),
)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A counter that speaks Chinese, and all that it said while the story was typed."""
    from tests.conftest import Desk

    desk = Desk(tmp_path_factory.mktemp("chinese"), lang="zh_CN")
    said = {"init --training": desk.ok("init --training")}
    for number, (role, command) in enumerate(STORY):
        said[f"{number} {command}"] = desk.run(command, as_=role)
    for command in SCREENS:
        said[command] = desk.run(command, as_="finance")
    broken = {command: result.err for command, result in said.items() if result.exit == 1}
    assert broken == {}
    return said


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Every help page in Chinese, by its command."""
    from kac.cli.main import main
    from tests.conftest import _environment, _streams

    # Another test module reads a constant of it, and so had it speak English for good.
    sys.modules.pop("kac.cli.help_", None)
    lazy._built.pop("help", None)
    found = {}
    with _environment({"KAC_LANG": "zh_CN", "COLUMNS": "80"}):
        for words in ([], *tree()):
            with _streams("") as (out, err):
                assert main([*words, "--help"]) == 0
            found[" ".join(words)] = out.getvalue() + err.getvalue()
    i18n.speak("en")
    return found


def tree() -> list[list[str]]:
    """Every command as it is typed."""
    found = []
    for name in GROUPS:
        found.append([name])
        found += [[name, verb] for verb in getattr(lazy.load(name), "commands", {})]
    return found


@pytest.fixture(scope="module")
def allowed(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names that are typed or read as they are: commands, options, choices, ids, sample data."""
    names = {*GROUPS, *ALIASES, *PROPER, *COLORS, *(word for words in tree() for word in words)}
    for name in GROUPS:
        command = lazy.load(name)
        for each in (command, *getattr(command, "commands", {}).values()):
            for parameter in each.params:
                names |= {*parameter.opts, *parameter.secondary_opts, str(parameter.metavar)}
                names |= {str(parameter.default)}
    names |= {command for _role, command in STORY} | recorded()
    names |= {rule.entity for rule in rulebook.rules()}
    data = set((KAC / "data").rglob("*.toml")) - {KAC / "data" / "errors.toml"}
    for path in data:
        names |= set(keys(tomllib.loads(path.read_text("utf-8"))))
    names |= {path.read_text("utf-8") for path in (ROOT / "sample_data").glob("*.csv")}
    names |= {path.name for path in (ROOT / "sample_data").iterdir()}
    names |= {check.__name__ for check in (*FILE_CHECKS, *BOOK_CHECKS, *NIGHT_CHECKS)}
    return set(re.findall("[a-z]+", " ".join(names).lower()))


def keys(table: Any) -> Iterator[str]:
    """Keys and words of a file of data, which the policy and the roles are shown by."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield key
            yield from keys(value)
    elif isinstance(table, list):
        for value in table:
            yield from keys(value)
    elif isinstance(table, str):
        yield table


def typed(command: str) -> set[str]:
    """The words of a command, which an answer may repeat."""
    return set(re.findall("[a-z]+", command))


# What a screen shows that is not language: commands to paste, paths, ids, mnemonics, amounts.
NOT_SAID = re.compile(
    r"kac(?: +[^\s│]+)+|--?[\w-]+|/[\w./@-]+|~/\S+|E-[A-Z]+-[A-Z0-9-]+|\b[0-9a-f]{8,}\b"
    r"|\b\w+=[\w.,-]*|\{[^}]*\}"
)


def english(text: str, allowed: set[str]) -> set[str]:
    """The words on a screen that are neither Chinese nor a name."""
    left = NOT_SAID.sub(" ", re.sub(r"\x1b\[[0-9;]*m", "", text))
    found = re.findall(r"[A-Za-z]{4,}", left)
    return {word for word in found if re.search("[a-z]{4}", word) and word.lower() not in allowed}


def test_no_screen_of_the_desk_has_an_english_word(chinese: Any, allowed: set[str]) -> None:
    mnemonics = set(re.findall(r"[a-z]+(?=\n)", chinese["customer list"].out))
    wrong = {
        command: found
        for command, result in chinese.items()
        if (found := english(result.out + result.err, allowed | mnemonics | typed(command)))
    }
    assert wrong == {}


def test_no_help_page_has_an_english_word(pages: dict[str, str], allowed: set[str]) -> None:
    wrong = {command: found for command, page in pages.items() if (found := english(page, allowed))}
    assert wrong == {}


def test_every_placeholder_of_a_help_page_has_a_word() -> None:
    commands = [lazy.load(name) for name in GROUPS]
    commands += [each for group in commands for each in getattr(group, "commands", {}).values()]
    written = {str(each.metavar) for command in commands for each in command.params}
    found = {word for words in written for word in helppage.CAPITALS.findall(words)}
    assert found - helppage.PLACEHOLDERS == set()


def test_help_pages_line_up_and_fit_a_narrow_screen(pages: dict[str, str]) -> None:
    """Examples and lists of choices are never broken; everything else is at most 80 cells."""
    for command, page in pages.items():
        for line in page.splitlines():
            whole = line.startswith("    ") or "|" in line
            assert whole or wcswidth(line) <= 80, f"kac {command}: {line}"
        starts = {
            wcswidth(line[: line.index(text)])
            for line in page.splitlines()
            for text in ("JSON，供脚本使用", "写入文件", "显示本帮助。")
            if text in line
        }
        assert len(starts) <= 1, f"kac {command}: {page}"


# A word that means another thing in Chinese as the title of such a column: who did it has its own.
COLUMN = re.compile(r'Column\("(\w+)", _\("([^"]+)"\)(?:, "(\w+)")?')
ONLY_OF = {"by": ("method",), "open": ("open",), "decided by": ("decided_by",)}


def test_one_english_title_is_not_two_chinese_ones() -> None:
    """`by` is a way to pay (方式), never a person; `open` is a rule that is not built, no gate."""
    wrong = []
    for path in sorted((ROOT / "kac" / "cli").rglob("*.py")):
        for key, title, kind in COLUMN.findall(path.read_text("utf-8")):
            fits = ONLY_OF.get(title)
            person = kind == "code" and title == "decided by"
            gate = kind == "flag" and title == "open"
            if (fits and key not in fits) or person or gate:
                wrong.append(f"{path.name}: {key} as {title}")
    assert wrong == []
