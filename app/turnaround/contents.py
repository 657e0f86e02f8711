"""What there is to read: the chapters of the figures, in their order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.language import gettext_noop
from app.turnaround import (
    advice_flow,
    between,
    expecting,
    fairness,
    flow,
    how_long,
    kept,
    open_now,
    own_work,
    pair,
)
from app.turnaround.basis import Basis
from app.turnaround.sheets import Lists, Sheet

Teller = Callable[[Basis, Lists], list[Sheet]]


@dataclass(frozen=True)
class Chapter:
    """One page of figures: its name in the address, its headline, and what it is told from.

    `filters` are those that change something here; `ways` are those in which requests matter
    (see `bounds.requests_that`), for chapters that need `lives`.
    """

    key: str
    headline: str
    tell: Teller
    needs: tuple[str, ...]
    filters: tuple[str, ...]
    ways: tuple[str, ...] = ()


ALL_FILTERS: Final = ("type", "asker", "stage")
WHO: Final = ("type", "asker")
_MOST = ("visits", "lives")
_OPEN = ("running", "lives")
CHAPTERS: Final = {
    chapter.key: chapter
    for chapter in (
        Chapter(
            "now",
            gettext_noop("What is open now"),
            open_now.tell,
            _OPEN,
            ALL_FILTERS,
            ("open", "raised"),
        ),
        Chapter(
            "how-long",
            gettext_noop("How long things take, the open ones too"),
            how_long.tell,
            (*_MOST, "replies"),
            ALL_FILTERS,
            ("raised",),
        ),
        Chapter(
            "promises",
            gettext_noop("What was promised, and what held"),
            kept.tell,
            (*_OPEN, "replies"),
            WHO,
            ("due", "done"),
        ),
        Chapter(
            "flow",
            gettext_noop("What comes, lies and goes"),
            flow.tell,
            (*_MOST, "confirming"),
            WHO,
            ("raised", "done"),
        ),
        Chapter(
            "expect", gettext_noop("What to expect"), expecting.tell, _OPEN, WHO, ("touching",)
        ),
        Chapter(
            "between",
            gettext_noop("What goes between teams"),
            between.tell,
            ("visits",),
            ("type", "stage"),
        ),
        Chapter(
            "fair",
            gettext_noop("Is everybody treated alike?"),
            fairness.tell,
            (*_MOST, "questions"),
            ("type",),
            ("open",),
        ),
        Chapter(
            "advice",
            gettext_noop("What became of advice"),
            advice_flow.tell,
            ("remarks",),
            ("type",),
        ),
        Chapter(
            "pair",
            gettext_noop("When the relationship turns the other way"),
            pair.tell,
            (*_MOST, "questions", "thanks"),
            ("type",),
            ("touching", "due"),
        ),
    )
}
OWN: Final = Chapter("own", gettext_noop("My own figures"), own_work.tell, _MOST, ())
"""Whoever looks, about themselves; so it stands in no list of chapters to choose from."""
