"""How long until a person answered: of everything raised in a window, the unanswered too."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.turnaround.statistics import Spread
from app.turnaround.survival import curve, spread_of
from app.turnaround.tallies import Tally


@dataclass(frozen=True)
class FirstResponse:
    """Of the requests raised in the window: how long until a person answered.

    Those that nobody has answered are watched so far, and to their end if they are over.
    """

    raised: int
    answered: int
    working: Spread
    elapsed: Spread
    unanswered: int
    unanswered_late: int
    ended_unanswered: int


def first_response(
    tally: Tally, unanswered: Sequence[tuple[int, int]], *, late: int, crowd: int
) -> FirstResponse:
    """Return what is told of first answers, as the chapter "How long" tells it.

    `unanswered` are the (working, elapsed) seconds so far of the open ones, of which so many are
    `late`; they were not counted on any day, since their time goes on.
    """
    answered, over = len(tally.ordered("response_working")), tally.counts["ended_unanswered"]
    return FirstResponse(
        raised=tally.counts["raised"],
        answered=answered,
        working=_spread(tally, "working", [working for working, _ in unanswered], crowd),
        elapsed=_spread(tally, "elapsed", [elapsed for _, elapsed in unanswered], crowd),
        unanswered=tally.counts["raised"] - answered - over,
        unanswered_late=late,
        ended_unanswered=over,
    )


def _spread(tally: Tally, time: str, so_far: Sequence[int], crowd: int) -> Spread:
    over = tally.ordered(f"unanswered_{time}")
    told = curve(tally.ordered(f"response_{time}"), [*over, *so_far])
    return spread_of(told, crowd=crowd)
