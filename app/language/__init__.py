"""Words in the language of whoever reads them.

Sentences stand in the code in English and are marked by `gettext`, `ngettext` and `lazy_gettext`;
the catalogues beside this file say them in other languages. Which language is spoken is a context
variable, so that rules need no web, and a letter may speak another language than the page on
which somebody made it necessary.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from babel import Locale
from babel.support import NullTranslations, Translations
from flask_babel.speaklater import LazyString

CATALOGUES: Final = Path(__file__).parent
ENGLISH: Final = "en"
LANGUAGES: Final = {ENGLISH: "English", "de": "Deutsch"}  # each as its own speakers call it

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)
_house = ENGLISH


def spoken() -> str:
    """Return the code of the language that is spoken now, such as "de"."""
    return _spoken.get()


def speak(code: str) -> None:
    """Speak a language of `LANGUAGES` from now on, in this context."""
    _spoken.set(code)


def live_in(code: str) -> None:
    """Set the language of the house: of letters to those who have chosen none, and of the door."""
    global _house
    _house = code


def house_language() -> str:
    """Return the language of the house."""
    return _house


@contextmanager
def speaking(code: str | None) -> Iterator[None]:
    """Speak a language for a while; None speaks that of the house."""
    token = _spoken.set(code or _house)
    try:
        yield
    finally:
        _spoken.reset(token)


@lru_cache(maxsize=16)
def catalogue(code: str) -> NullTranslations:
    """Return the words of a language, read once."""
    return Translations.load(CATALOGUES, [code]) if code != ENGLISH else NullTranslations()


@lru_cache(maxsize=16)
def locale_of(code: str) -> Locale:
    """Return how a language writes days, months and numbers, and in which direction."""
    return Locale.parse(code)


def gettext(text: str, **values: Any) -> str:
    """Return a sentence in the language spoken; `values` take the places of its "%(name)s"."""
    code = _spoken.get()
    said: str = text if code == ENGLISH else catalogue(code).gettext(text)
    return said % values if values else said


def ngettext(one: str, many: str, n: int, **values: Any) -> str:
    """Return one of two sentences, by how many there are; "%(num)s" is that number."""
    said: str = catalogue(_spoken.get()).ngettext(one, many, n)
    return said % {"num": n, **values}


def gettext_noop(text: str) -> str:
    """Return a sentence as it is, marked for the catalogues; `gettext` says it later."""
    return text


def lazy_gettext(text: str, **values: Any) -> Any:
    """Return a sentence that is put into words when it is read: for what stands outside functions.

    It behaves as a `str`, as which it is not typed, since libraries take nothing else.
    """
    return LazyString(gettext, text, **values)
