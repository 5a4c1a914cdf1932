"""Messages in the clerk's language, through the standard library's gettext.

Source strings are English; `kac/locale/zh_CN` holds the Chinese. The language is chosen once,
before the command tree is built, because help texts are translated at import.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent.parent / "locale"
LANGUAGES = ("en", "zh_CN")

_translations: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def _(message: str) -> str:
    """The message in the language spoken now; itself where the catalogue has none."""
    return _translations.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The message for so many things: `one` for one, else `many`, in the language spoken now.

    The count is put in by whoever asks: `ngettext("{n} line", "{n} lines", n).format(n=n)`.
    """
    return _translations.ngettext(one, many, count)


def N_(message: str) -> str:
    """Mark a message for the catalogue and translate it later, where it is shown with `_`."""
    return message


def language() -> str:
    """The language spoken now: `en` or `zh_CN`."""
    return _language


def speak(name: str) -> None:
    """Speak `name` from here on; what is not `zh*` is English."""
    global _translations, _language
    _language = normal_language(name)
    _translations = _catalogue(_language)


@cache
def _catalogue(name: str) -> gettext.NullTranslations:
    """The catalogue of a language; the sources themselves are the English one."""
    try:
        with open(LOCALE_DIR / name / "LC_MESSAGES" / "kac.mo", "rb") as file:
            return gettext.GNUTranslations(file)
    except FileNotFoundError:
        return gettext.NullTranslations()


def normal_language(name: str) -> str:
    """`zh`, `zh_CN.UTF-8`, `zh-Hans` → `zh_CN`; anything else → `en`."""
    return "zh_CN" if name.lower().startswith("zh") else "en"


def is_spoken(name: str) -> bool:
    """Whether a language that somebody wrote down is one of ours, as `zh`, `en_GB`, `zh-Hans`."""
    return name.lower().replace("-", "_").split(".")[0].split("_")[0] in {"en", "zh"}


def preferred_language(option: str | None, env: Mapping[str, str] = os.environ) -> str | None:
    """What was asked for: `--lang`, then KAC_LANG, then a locale that says more than C or POSIX.

    None means that nobody asked: the ledger's own setting decides, then English.
    """
    for name in (option, env.get("KAC_LANG")):
        if name:
            return normal_language(name)
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        name = env.get(variable, "")
        if name:
            stem = name.split(".")[0]
            return None if stem in {"C", "POSIX"} else normal_language(name)
    return None
