"""By when all that is open now is done, and whether the past is steady enough to say so."""

from bisect import bisect_left
from collections import Counter
from datetime import timedelta
from typing import Final

from app.language import gettext, ngettext
from app.language.writing import decimal
from app.turnaround.basis import Basis
from app.turnaround.forecast import Forecast, Steadiness, forecast, steadiness
from app.turnaround.sheets import LEAST, Cell, Lists, Sheet, number, words
from app.turnaround.statistics import why_untold

LEAST_DAYS: Final = 6
"""From how many whole days on there is a forecast: of the last seven, today is not over yet."""


def when_done(basis: Basis, lists: Lists) -> Sheet:
    """Return by when all that is open now is done, with a warning when the pace is not steady."""
    open_now = [life for life in basis.lives if life.is_open]
    daily = daily_done(basis)
    found = forecast(daily, len(open_now)) if len(daily) >= LEAST_DAYS else None
    steady = steadiness_of(basis)
    of = lists.put("open", gettext("Open now"), open_now)
    finished = sum(daily)
    rows = _days(basis, found, of) if open_now and found and finished >= LEAST else ()
    return Sheet(
        "forecast",
        _title(len(open_now)),
        gettext(
            "%(futures)s futures, each day drawn from the %(days)s whole days shown, on which "
            "%(done)s were done; weekends are days like others. New work is not counted in: it is "
            "as if those open now were done first.",
            futures=decimal(10_000, 0),
            days=len(daily),
            done=finished,
        ),
        gettext("Open at this moment; the pace of these days (done: %(n)s)", n=finished),
        gettext("calendar days"),
        (gettext("Chance"), gettext("Done by"), gettext("Days from today")),
        rows,
        of="open",
        stats=tuple((_sure(row[0].value), row[1], None) for row in rows),
        flag=_warning(steady, basis.crowd) if open_now else None,
        empty=_empty(len(open_now), finished, len(daily)),
        calendar=basis.days,
    )


def _title(n: int) -> str:
    if not n:
        return gettext("When all is done")
    return ngettext("When the %(num)s open ones are done", "When the %(num)s open ones are done", n)


def _sure(chance: str) -> str:
    return gettext("%(chance)s sure: all done by", chance=chance)


def _empty(n: int, finished: int, days: int) -> str:
    if not n:
        return gettext("Nothing is open.")
    if days < LEAST_DAYS:
        return gettext(
            "Too few whole days to say: %(n)s, from %(least)s on.", n=days, least=LEAST_DAYS
        )
    return gettext(
        "Too little was done in these days to say: %(n)s, from %(least)s on.",
        n=finished,
        least=LEAST,
    )


def _days(basis: Basis, found: Forecast, of: str) -> tuple[tuple[Cell, ...], ...]:
    today, rows = basis.window.wall.day_of(basis.now), []
    for percent, days in found.days.items():
        by = Cell(None, "never") if days is None else Cell(today + timedelta(days=days), "day", of)
        n = Cell(None, "none") if days is None else number(days)
        rows.append((words(f"{percent} %"), by, n))
    return tuple(rows)


def daily_done(basis: Basis) -> list[int]:
    """Return how many were done on each whole day of the window that is over."""
    wall = basis.window.wall
    days = Counter(wall.day_of(life.done_at) for life in basis.lives if life.done_at)
    last = min(basis.window.last, wall.day_of(basis.now) - timedelta(days=1))
    count = (last - basis.window.first).days + 1
    return [days[basis.window.first + timedelta(days=number)] for number in range(count)]


def steadiness_of(basis: Basis) -> Steadiness:
    """Return how steady these days were: open work at each day's end against what was done."""
    wall, spans = basis.window.wall, len(daily_done(basis))
    begin, end = (
        basis.window.start,
        wall.begins(basis.window.first + timedelta(days=max(spans, 0))),
    )
    ends = [wall.begins(basis.window.first + timedelta(days=n + 1)) for n in range(spans)]
    lives = [(life.raised_at, life.done_at or life.ended_at) for life in basis.lives]
    came = sorted(a for a, _ in lives)
    went = sorted(max(a, b) for a, b in lives if b is not None)
    counts = [bisect_left(came, at) - bisect_left(went, at) for at in ends]
    arrived = bisect_left(came, end) - bisect_left(came, begin)
    gone = [b - a for a, b in lives if b is not None and begin <= b < end]
    return steadiness(counts, arrived, [span.total_seconds() / 86_400 for span in gone])


def _warning(steady: Steadiness, crowd: int) -> str | None:
    if steady.is_steady:
        return None
    if steady.is_drifting:
        return gettext(
            "Not steady, so take the dates lightly: in these days %(came)s came and %(went)s left, "
            "so that %(first)s open ones became %(last)s.",
            came=steady.came,
            went=steady.went,
            first=steady.left - steady.came + steady.went,
            last=steady.left,
        )
    if steady.gap is None or steady.mean_days is None:
        return gettext("Too little happened in these days to know whether the pace is steady.")
    if why_untold(steady.went, crowd):
        return gettext("Not steady, so take the dates lightly: what is open has grown old.")
    return gettext(
        "Not steady, so take the dates lightly: on average %(open)s were open, but %(rate)s a day "
        "times %(days)s days make %(product)s (Little's law, %(gap)s %% apart).",
        open=decimal(steady.mean_open, 1),
        rate=decimal(steady.per_day, 2),
        days=decimal(steady.mean_days, 1),
        product=decimal(steady.per_day * steady.mean_days, 1),
        gap=steady.gap,
    )
