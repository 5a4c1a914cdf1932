"""What is put in words at import is put in other words when the language changes."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from kac.cli import lazy
from kac.cli.registry import GROUPS
from kac.core import i18n
from tests.tidy.refresh_catalogue import KAC

_TRANSLATES = ("_", "ngettext")


def spoken_at_import(node: ast.AST) -> Iterator[int]:
    """The lines that ask for words while the module is imported: anywhere but in bodies."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            annotations = [each.annotation for each in child.args.args if each.annotation]
            for part in (*child.decorator_list, *child.args.defaults, *annotations):
                yield from spoken_at_import(ast.Module([ast.Expr(part)], []))
        elif not isinstance(child, ast.Lambda):
            if isinstance(child, ast.Call) and getattr(child.func, "id", "") in _TRANSLATES:
                yield child.lineno
            yield from spoken_at_import(child)


def test_a_helper_that_speaks_when_it_is_imported_is_imported_anew_with_the_language() -> None:
    groups = {group.module for group in GROUPS.values()}
    silent = {}
    for path in sorted((KAC / "cli").rglob("*.py")):
        module = ".".join(path.relative_to(KAC.parent).with_suffix("").parts)
        if module in groups or module.endswith(lazy.SPEAK_AT_IMPORT):
            continue
        if lines := list(spoken_at_import(ast.parse(path.read_text("utf-8")))):
            silent[module] = lines
    assert silent == {}, "name them in kac.cli.lazy.SPEAK_AT_IMPORT"


def test_help_speaks_the_language_of_the_moment_whatever_was_spoken_before() -> None:
    spoken: dict[str, list[str]] = {}
    for language in ("en", "zh_CN", "en", "zh_CN"):
        i18n.speak(language)
        said = []
        for name in GROUPS:
            command = lazy.load(name)
            verbs = getattr(command, "commands", None) or {"": command}
            said += [each.help for verb in verbs for each in verbs[verb].params if each.help]
        spoken.setdefault(language, said)
        assert said == spoken[language]
    i18n.speak("en")
    english = {word for word in spoken["en"] if word.replace(" ", "").isalpha() and " " in word}
    assert english.isdisjoint(spoken["zh_CN"])
