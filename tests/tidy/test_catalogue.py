"""The Chinese catalogue is whole, and its messages are what the English ones are."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from kac.cli import lazy
from kac.cli.checkwords import CHECKS
from kac.core import i18n, rulebook
from kac.db.checks import CHECKS as FILE_CHECKS
from kac.desk.night.queries import CHECKS as NIGHT_CHECKS
from kac.ledger.checks import CHECKS as BOOK_CHECKS
from tests.tidy.refresh_catalogue import (
    KAC,
    MO,
    PO,
    Words,
    compiled,
    extracted,
    many_of,
    translated,
    written,
)

ROOT = KAC.parent
PAIRS = translated()
# What the source says, in words for many things, beside its Chinese.
SAID = {many_of(source): target for source, target in PAIRS.items()}
MODULES = sorted(KAC.rglob("*.py"))


def test_every_message_is_in_the_catalogue_and_no_other_is() -> None:
    messages = extracted()
    assert sorted(messages - PAIRS.keys(), key=many_of) == [], "tests.tidy.refresh_catalogue"
    assert sorted(PAIRS.keys() - messages, key=many_of) == [], "tests.tidy.refresh_catalogue"


def test_every_message_is_translated_and_none_is_a_guess() -> None:
    with PO.open("rb") as file:
        catalogue = read_po(file)
    assert [each.id for each in catalogue if each.id and not each.string] == []
    assert [each.id for each in catalogue if each.id and each.fuzzy] == []
    assert not catalogue.obsolete


def test_the_file_is_written_as_the_refresh_writes_it() -> None:
    assert PO.read_bytes() == written(PAIRS)


def test_the_compiled_catalogue_is_the_written_one() -> None:
    def read(data: bytes) -> dict[object, str]:
        import io

        found: dict[object, str] = gettext.GNUTranslations(io.BytesIO(data))._catalog  # type: ignore[attr-defined]
        return {source: target for source, target in found.items() if source}

    looked_up = {each if isinstance(each, str) else (each[0], 0): PAIRS[each] for each in PAIRS}
    assert read(MO.read_bytes()) == read(compiled(PAIRS)) == looked_up


def test_the_program_finds_the_catalogue_where_it_is_installed() -> None:
    assert MO.is_relative_to(i18n.LOCALE_DIR)
    i18n.speak("zh_CN.UTF-8")
    try:
        assert i18n._("yes") == PAIRS["yes"] != "yes"
    finally:
        i18n.speak("en")
    assert i18n._("yes") == "yes"


def fields(message: str) -> set[tuple[str, str, str]]:
    """The placeholders of a message: name, format and conversion."""
    return {
        (name, spec or "", conversion or "")
        for _text, name, spec, conversion in Formatter().parse(message)
        if name is not None
    }


def test_a_translation_has_the_placeholders_of_its_message() -> None:
    templates = SAID.keys() - rulebook.spoken_texts()
    wrong = [each for each in sorted(templates) if fields(each) != fields(SAID[each])]
    assert wrong == []


def test_one_thing_is_told_with_no_other_figures_than_many() -> None:
    pairs: list[Words] = [each for each in PAIRS if not isinstance(each, str)]
    assert len(pairs) > 20
    assert [each for each in pairs if not fields(each[0]) <= fields(each[-1])] == []
    assert [each for each in pairs if each[0] == each[-1]] == []


# Several of them are what these are said of, or a number that is a setting of kac.
ALWAYS_MANY = re.compile(
    r"names \{count\}|too many for one|next \{days\}|within \{days\}|codes in all"
)
# A verb after a count; in English it looks like a noun of many things.
NO_NOUNS = {"has", "is", "was", "stays", "leaves"}


def test_a_count_before_a_noun_has_words_for_one_thing_too() -> None:
    """Nobody reads "1 lines": `ngettext("{count} line", "{count} lines", count)`."""
    wrong = [
        each
        for each in PAIRS
        if isinstance(each, str)
        for noun in re.findall(r"\{(?:count|lines|rows|days|hours)\} ([a-z]+s)\b", each)
        if noun not in NO_NOUNS and not ALWAYS_MANY.search(each)
    ]
    assert wrong == []


def test_each_language_counts_in_its_own_way() -> None:
    one, many = "{lines} line", "{lines} lines"
    assert [i18n.ngettext(one, many, count) for count in (0, 1, 2)] == [many, one, many]
    i18n.speak("zh_CN")
    try:
        assert {i18n.ngettext(one, many, count) for count in (0, 1, 2)} == {SAID[many]}
    finally:
        i18n.speak("en")


def test_a_translation_ends_as_its_message_does() -> None:
    ends = ((".", "。"), ("?", "？"), (" ", " "), (":", ":"))
    wrong = [
        source
        for source, target in SAID.items()
        if source not in rulebook.spoken_texts()
        and any(source.endswith(end) != target.endswith(their) for end, their in ends)
    ]
    assert wrong == []


def test_the_desk_speaks_plainly() -> None:
    """Nobody is 您 or asked with 请; labels end in a half-width colon as on our papers."""
    assert [
        source
        for source, target in PAIRS.items()
        if re.search("您|(?<!申)请(?!求)|：|缺省", target)
    ] == []


def calls(path: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            continue
        if node.func.id in ("_", "N_", "ngettext"):
            yield node


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_message_is_a_constant_where_it_is_written(path: Path) -> None:
    """`_(name)` translates what `N_()` marked; nothing is put together inside either of them."""
    for call in calls(path):
        where = f"{path.relative_to(ROOT)}:{call.lineno}"
        assert not call.keywords, where
        if isinstance(call.func, ast.Name) and call.func.id == "ngettext":
            one, many, _count = call.args
            assert isinstance(one, ast.Constant) and isinstance(many, ast.Constant), where
            continue
        assert len(call.args) == 1, where
        message = call.args[0]
        if isinstance(message, ast.Constant):
            assert isinstance(message.value, str) and message.value, where
            continue
        assert isinstance(call.func, ast.Name) and call.func.id == "_", f"{where}: N_ of a value"
        for node in ast.walk(message):
            built = isinstance(node, ast.JoinedStr | ast.BinOp) or (
                isinstance(node, ast.Attribute) and node.attr in ("format", "join")
            )
            assert not built, f"{where}: a message that is put together is never found"


def recorded() -> set[str]:
    """Every verb that the source writes to the audit log."""
    from kac.core.machine import Machine

    found: set[str] = set()
    for path in (KAC / "desk").glob("*/*.py"):
        text = path.read_text("utf-8")
        found |= set(re.findall(r'\.record\(\s*"([^"]+)"', text))
        if path.stem == "states":
            module = __import__(f"kac.desk.{path.parent.name}.states", fromlist=["states"])
            for machine in vars(module).values():
                found |= set(machine.verbs) if isinstance(machine, Machine) else set()
    return found


def test_the_log_has_a_word_for_every_verb_that_is_recorded() -> None:
    lazy.load("audit")
    from kac.cli.audit import VERBS

    assert recorded() - VERBS.keys() == set()


def test_every_check_has_chinese_words() -> None:
    checks = {each.__name__ for each in (*FILE_CHECKS, *BOOK_CHECKS, *NIGHT_CHECKS)}
    assert checks - CHECKS.keys() == set(), "kac/cli/checkwords.py"
    assert [name for name in CHECKS if not re.search("[一-龥]", SAID[CHECKS[name]])] == []
