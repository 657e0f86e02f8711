"""Public holidays of countries, as suggestions; the truth is what a calendar keeps."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays
from holidays.registry import COUNTRIES

MOST_YEARS = 5


@dataclass(frozen=True)
class Suggestion:
    """A day that is a public holiday; `moved` says it is only kept in place of another day."""

    day: date
    name: str
    moved: bool


@lru_cache(maxsize=1)
def countries() -> list[tuple[str, str]]:
    """Return (two-letter code, English name) of every country the library knows, by name."""
    known = [
        (codes[1], re.sub(r"(?<=[a-z])(?=[A-Z])", " ", codes[0])) for codes in COUNTRIES.values()
    ]
    return sorted(known, key=lambda country: country[1])


@lru_cache(maxsize=64)
def regions(country: str) -> list[tuple[str, str]]:
    """Return (code, name) of the parts of a country that have holidays of their own."""
    entity = getattr(holidays, country)
    names = {code: name for name, code in getattr(entity, "subdivisions_aliases", {}).items()}
    return sorted(
        ((code, names.get(code, code)) for code in entity.subdivisions), key=lambda part: part[1]
    )


def suggestions(country: str, region: str, years: Iterable[int]) -> list[Suggestion]:
    """Return the public holidays of a country (two letters) or a region of it, in order.

    A code or region that is not known gives none.
    """
    if country not in dict(countries()):
        return []
    part = region if region in dict(regions(country)) else None
    entity = getattr(holidays, country)
    spoken = entity.supported_languages
    english = next((code for code in ("en_US", "en_GB") if code in spoken), None)
    found = holidays.country_holidays(
        country, subdiv=part, years=sorted(years), language=english or entity.default_language
    )
    return [
        Suggestion(day, name[:80], "observed" in name.casefold() or "substitute" in name.casefold())
        for day, name in sorted(found.items())
    ]
