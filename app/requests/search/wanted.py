"""What somebody looks for: words, and filters as words (team:, state:, late:) or from controls."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from app.language import gettext, gettext_noop
from app.language.writing import listed
from app.requests.rules import State

KEYS = ("team", "type", "from", "holder", "state", "late", "waiting")
TERM = re.compile(r'(\w+):(?:"([^"]*)"|(\S+))')
LIMIT = 400
YES: Final = ("yes", "true", "1")
NO: Final = ("no", "false", "0")
# The filters that know their values, and what is said of any other; the rest are about names.
VALUES: Final[Mapping[str, tuple[str, ...]]] = {
    "state": ("open", "ended", "work", *(state.value for state in State)),
    "late": (*YES, *NO),
    "waiting": ("me", "asking", "team", "other"),
}
UNKNOWN: Final[Mapping[str, str]] = {
    "state": gettext_noop("“%(value)s” is no state; try open, waiting, done or confirmed."),
    "late": gettext_noop("“%(value)s” says neither yes nor no; try late:yes or late:no."),
    "waiting": gettext_noop("Nothing waits for “%(value)s”; try me, team, asking or other."),
}


@dataclass(frozen=True)
class Wanted:
    """What is looked for; `filters` by their key, each with its value as typed."""

    words: str = ""
    filters: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        """Return it as somebody would type it."""
        parts = [f"{key}:{_quoted(value)}" for key, value in self.filters.items()]
        return " ".join([*parts, self.words]).strip()


def read_wanted(typed: str, controls: Mapping[str, str] | None = None) -> Wanted:
    """Return what `typed` asks for; a control that is set wins over a word of the same key.

    A word with a colon that is none of our keys is a word like any other.
    """
    filters: dict[str, str] = {}

    def take(match: re.Match[str]) -> str:
        key, value = match[1].lower(), match[2] if match[2] is not None else match[3]
        if key not in KEYS or not value.strip():
            return match[0]
        filters[key] = value.strip()
        return " "

    words = " ".join(TERM.sub(take, typed[:LIMIT]).split())
    filters |= {k: v.strip() for k, v in (controls or {}).items() if k in KEYS and v.strip()}
    return Wanted(words, filters)


def unknown_values(wanted: Wanted) -> list[str]:
    """Say of each value that its filter does not know that it does not, and what it knows."""
    return [
        gettext(UNKNOWN[key], value=value)
        for key, value in wanted.filters.items()
        if key in VALUES and value.casefold() not in VALUES[key]
    ]


def unknown_filters(wanted: Wanted) -> list[str]:
    """Say of each word that looks like a filter that it is none; an address or a time does not."""
    keys = [match[1] for match in TERM.finditer(wanted.words) if _looks_like_a_filter(match)]
    known = listed(f"{key}:" for key in KEYS)
    return [
        gettext("“%(key)s:” is no filter; there are %(known)s.", key=key, known=known)
        for key in dict.fromkeys(keys)
    ]


def _looks_like_a_filter(match: re.Match[str]) -> bool:
    is_address, is_time = (match[3] or "").startswith("//"), match[1].isdigit()
    return match[1].lower() not in KEYS and not is_address and not is_time


def number_of(typed: str) -> int | None:
    """Return the number when somebody typed nothing but one: "#12" or "12"."""
    match = re.fullmatch(r"#?(\d{1,9})", typed.strip())
    return int(match[1]) if match else None


def _quoted(value: str) -> str:
    return f'"{value}"' if " " in value else value
