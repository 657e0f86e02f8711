"""Right the first time: what was done without coming back, because speed is worth what holds."""

from collections.abc import Sequence
from datetime import timedelta

from app.language import gettext
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.sheets import Cell, Lists, Sheet, number, percent, words

RIPE_AFTER = timedelta(days=14)


def first_time_right(basis: Basis, lists: Lists) -> Sheet:
    """Return how much of what was done in the window came back, by type or team."""
    done = [life for life in basis.lives if basis.window.holds(life.done_at)]
    rows = [_part(basis, lists, *part) for part in basis.parts(done)]
    return Sheet(
        "first-time-right",
        gettext("Right the first time"),
        gettext(
            "Done without having been handed back between stages and without a “not yet”. Speed is "
            "worth what holds: look at it beside every time. What was done less than 14 days ago "
            "may still come back."
        ),
        gettext("Done in these days"),
        gettext("requests"),
        (
            *(gettext("What"), gettext("Done"), gettext("Right first time")),
            *(gettext("Handed back"), gettext("Not yet"), gettext("Not ripe")),
            gettext("Share right"),
        ),
        tuple(rows) if done else (),
        of="done-all",
        calendar=basis.calendar,
    )


def _part(
    basis: Basis, lists: Lists, key: str, name: str, lives: Sequence[Life]
) -> tuple[Cell, ...]:
    right = [life for life in lives if not life.came_back]
    back = [life for life in lives if life.returns]
    not_yet = [life for life in lives if life.reopenings]
    unripe = [life for life in lives if life.done_at and basis.now - life.done_at < RIPE_AFTER]
    of = lists.put(f"done-{key}", gettext("Done in these days: %(name)s", name=name), lives)
    kinds = (
        ("right", gettext("Right the first time: %(name)s", name=name), right),
        ("returned", gettext("Handed back between stages: %(name)s", name=name), back),
        ("not-yet", gettext("After a “not yet”: %(name)s", name=name), not_yet),
        ("unripe", gettext("Done less than 14 days ago: %(name)s", name=name), unripe),
    )
    cells = [lists.count(f"{kind}-{key}", about, found) for kind, about, found in kinds]
    share = percent(len(right), len(lives), of)
    return (words(name), number(len(lives), of), *cells, share)
