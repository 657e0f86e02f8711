"""Names of people and teams, and what is made of them where there is little room."""

from functools import lru_cache
from typing import NamedTuple


@lru_cache(maxsize=4096)
def initials(name: str) -> str:
    """Return up to two letters that stand for a name."""
    parts = [part for part in name.split() if part[0].isalnum()] or ["?"]
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()


def first_name(name: str) -> str:
    """Return the first word of a name."""
    return name.split(maxsplit=1)[0]


class Named(NamedTuple):
    """Somebody or something where a list names it: no more than that is read."""

    id: int
    name: str

    @property
    def initials(self) -> str:
        """Up to two letters that stand for the name."""
        return initials(self.name)

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return first_name(self.name)
