"""What is put in words at import is put in other words when the language changes."""

from __future__ import annotations

from kac.cli import lazy
from kac.cli.registry import GROUPS
from kac.core import i18n


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


def test_a_group_built_before_shows_no_words_of_a_language_spoken_in_between(
    desk, monkeypatch
) -> None:
    """A list in English, another group in Chinese, the same list in English again."""
    monkeypatch.setattr(lazy, "_built", {})
    first = desk.ok("stock list").out
    desk.ok("order list", env={"KAC_LANG": "zh_CN"})
    assert desk.ok("stock list").out == first
