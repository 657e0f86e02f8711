"""What there is to read: the chapters of the figures, in their order."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.turnaround import (
    advice_flow,
    between,
    expecting,
    fairness,
    flow,
    how_long,
    kept,
    open_now,
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
        Chapter("now", "What is open now", open_now.tell, _OPEN, ALL_FILTERS, ("open", "raised")),
        Chapter(
            "how-long",
            "How long things take, the open ones too",
            how_long.tell,
            (*_MOST, "replies"),
            ALL_FILTERS,
            ("raised",),
        ),
        Chapter(
            "promises",
            "What was promised, and what held",
            kept.tell,
            (*_OPEN, "replies"),
            WHO,
            ("due", "done"),
        ),
        Chapter(
            "flow",
            "What comes, lies and goes",
            flow.tell,
            (*_MOST, "confirming"),
            WHO,
            ("raised", "done"),
        ),
        Chapter("expect", "What to expect", expecting.tell, _OPEN, WHO, ("touching",)),
        Chapter(
            "between",
            "What goes between teams",
            between.tell,
            ("visits",),
            ("type", "stage"),
        ),
        Chapter(
            "fair",
            "Is everybody treated alike?",
            fairness.tell,
            (*_MOST, "questions"),
            ("type",),
            ("open",),
        ),
        Chapter("advice", "What became of advice", advice_flow.tell, ("remarks",), ("type",)),
        Chapter(
            "pair",
            "When the relationship turns the other way",
            pair.tell,
            (*_MOST, "questions", "thanks"),
            ("type",),
            ("touching", "due"),
        ),
    )
}
