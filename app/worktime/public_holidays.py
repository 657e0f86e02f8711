"""Public holidays of countries, as suggestions; the truth is what a calendar keeps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from unicodedata import combining, normalize

import holidays
from holidays.registry import COUNTRIES

from app.language import ENGLISH, locale_of


@dataclass(frozen=True)
class Suggestion:
    """A day that is a public holiday; `moved` says it is only kept in place of another day."""

    day: date
    name: str
    moved: bool


@lru_cache(maxsize=16)
def countries(language: str = ENGLISH) -> list[tuple[str, str]]:
    """Return (two-letter code, name) of every country the library knows, by name."""
    names = {} if language == ENGLISH else locale_of(language).territories
    known = [
        (codes[1], names.get(codes[1]) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", codes[0]))
        for codes in COUNTRIES.values()
    ]
    return sorted(known, key=lambda country: _plain(country[1]))


def _plain(name: str) -> str:
    """Return a name by its letters alone, so that “Österreich” stands among those with O."""
    return "".join(sign for sign in normalize("NFKD", name) if not combining(sign))


@lru_cache(maxsize=64)
def regions(country: str) -> list[tuple[str, str]]:
    """Return (code, name) of the parts of a country that have holidays of their own."""
    entity = getattr(holidays, country)
    names = {code: name for name, code in getattr(entity, "subdivisions_aliases", {}).items()}
    return sorted(
        ((code, names.get(code, code)) for code in entity.subdivisions), key=lambda part: part[1]
    )


def suggestions(
    country: str, region: str, years: Iterable[int], language: str = ENGLISH
) -> list[Suggestion]:
    """Return the public holidays of a country (two letters) or a region of it, in order.

    They are called as in `language`, else in English, else as in that country. A code or region
    that is not known gives none.
    """
    if country not in dict(countries()):
        return []
    part = region if region in dict(regions(country)) else None
    entity = getattr(holidays, country)
    spoken = entity.supported_languages
    english = next((code for code in ("en_US", "en_GB") if code in spoken), None)
    known = english or entity.default_language
    found = holidays.country_holidays(country, subdiv=part, years=sorted(years), language=known)
    named = found
    if language != ENGLISH and language in spoken:
        named = holidays.country_holidays(
            country, subdiv=part, years=sorted(years), language=language
        )
    return [
        Suggestion(day, named.get(day, name)[:80], _is_moved(name))
        for day, name in sorted(found.items())
    ]


def _is_moved(name: str) -> bool:
    """Say whether a day is kept in place of another one, by its English name."""
    return any(sign in name.casefold() for sign in ("observed", "substitute"))
