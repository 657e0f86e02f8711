"""The chapter "Flow": what comes and goes, what lies where, and how long each finished one took."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from app.language import gettext, gettext_noop
from app.language.writing import dated
from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.period_columns import side_by_side, stacked
from app.turnaround.periods import BY, ENDS, NAMES, STEPS, by_period, grain_of, periods_of, within
from app.turnaround.rules import CROWD
from app.turnaround.scatter import MOST_DOTS, SLOWEST, scatter
from app.turnaround.sheets import Cell, Lists, Sheet, days, hidden, number, percentiles, words
from app.turnaround.statistics import nearest_rank, why_untold
from app.turnaround.stretches import Stretch, stretches_of
from app.turnaround.survival import PERCENTS

BANDS = (
    ("begin", gettext_noop("Waiting to begin")),
    ("hand", gettext_noop("In hand")),
    ("requester", gettext_noop("With the requester")),
    ("elsewhere", gettext_noop("With a third team")),
    ("confirm", gettext_noop("Done, awaiting the last word")),
)


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return arrivals and completions, what lay where, and the finished ones one by one."""
    return [_pairs(basis, lists), _bands(basis, lists), _finished(basis, lists)]


def _pairs(basis: Basis, lists: Lists) -> Sheet:
    wall, window, rows = basis.window.wall, basis.so_far, []
    grain = grain_of(window)
    came = by_period(window, basis.lives, lambda life: wall.day_of(life.raised_at))
    by_part = zip(periods_of(window), came, _done_by_period(basis), strict=True)
    for (first, last), raised, done in by_part:
        about = gettext("Arrived %(when)s", when=within(grain, first))
        arrived = lists.count(f"arrivals-{first}", about, raised)
        finished = lists.count(f"completions-{first}", _done_in(basis, first), done)
        rows.append((days(first, last), arrived, finished))
    pair = (("arrivals", gettext("Arrived")), ("completions", gettext("Done")))
    return Sheet(
        "throughput",
        gettext("Arrived and done"),
        gettext(
            "%(by)s; done and not reopened since. The first and the last may be cut.",
            by=gettext(BY[grain]),
        ),
        gettext("Raised, and done, in these days"),
        gettext("requests"),
        (gettext(NAMES[grain]), *(name for _, name in pair)),
        tuple(rows),
        side_by_side(gettext("Arrived and done"), rows, pair, window) if rows else None,
        calendar=basis.days,
        of=lists.put("done-all", gettext("Done in these days"), _done(basis)),
    )


def _done_in(basis: Basis, first: date) -> str:
    return gettext("Done %(when)s", when=within(grain_of(basis.so_far), first))


def _done(basis: Basis) -> list[Life]:
    return [life for life in basis.lives if basis.window.holds(life.done_at)]


def _done_by_period(basis: Basis) -> list[list[Life]]:
    wall = basis.window.wall
    return by_period(
        basis.so_far,
        (life for life in basis.lives if life.done_at),
        lambda life: wall.day_of(life.done_at or basis.now),
    )


def _bands(basis: Basis, lists: Lists) -> Sheet:
    stretches, periods, rows = stretches_of(basis), periods_of(basis.so_far), []
    at_ends = gettext(ENDS[grain_of(basis.so_far)])
    wall, bands = basis.window.wall, [(band, gettext(name)) for band, name in BANDS]
    ends = [min(wall.begins(last + timedelta(days=1)), basis.now) for _, last in periods]
    for (_, last), there in zip(periods, _holding(stretches, ends), strict=True):
        cells = []
        for band, name in bands:
            about = gettext("%(what)s, at the end of %(day)s", what=name, day=dated(last))
            cells.append(lists.count(f"{band}-{last}", about, there[band]))
        rows.append((Cell(last, "day"), *cells))
    return Sheet(
        "flow",
        gettext("What lay where"),
        gettext(
            "Open work %(ends)s (or now), by what was happening to it. A request is in exactly one "
            "band at a time. Work passed between teams is counted where it was.",
            ends=at_ends,
        ),
        gettext("Open %(ends)s in these days", ends=at_ends),
        gettext("requests"),
        (gettext("End of"), *(name for _, name in bands)),
        tuple(rows),
        stacked(gettext("What lay where"), rows, bands, basis.so_far) if rows else None,
        of=lists.put("lay", gettext("Somewhere in these days"), stretches),
        calendar=basis.days,
    )


def _holding(
    stretches: Iterable[Stretch], ends: Sequence[datetime]
) -> list[dict[str, list[Stretch]]]:
    """Return the stretches that hold at each of `ends`, which ascend, by band."""
    found: list[dict[str, list[Stretch]]] = [defaultdict(list) for _ in ends]
    for stretch in stretches:
        since = bisect_right(ends, stretch.from_at)
        until = len(ends) if stretch.to_at is None else bisect_right(ends, stretch.to_at)
        for there in found[since:until]:
            there[stretch.band].append(stretch)
    return found


def _finished(basis: Basis, lists: Lists) -> Sheet:
    done, rows = _done(basis), []
    periods = periods_of(basis.so_far)
    for (first, last), there in zip(periods, _done_by_period(basis), strict=True):
        of = lists.put(f"completions-{first}", _done_in(basis, first), there)
        rows.append((days(first, last), *_ranks(basis, there, of)))
    lists.put("done-all", gettext("Done in these days"), done)
    rows.append((words(gettext("Together")), *_ranks(basis, done, "done-all")))
    return Sheet(
        "scatter",
        gettext("Each finished request"),
        gettext(
            "%(dots)s Lines and rows: nearest rank among the finished, so work still open is "
            "missing here; “What to expect” counts it.",
            dots=_dots(basis, len(done)),
        ),
        gettext("Done in these days"),
        basis.unit,
        (gettext(NAMES[grain_of(basis.so_far)]), gettext("Done"), *percentiles()),
        tuple(rows) if done else (),
        scatter(basis, done) if done and basis.crowd >= CROWD else None,
        of="done-all",
        calendar=basis.clock,
    )


def _dots(basis: Basis, done: int) -> str:
    if done <= MOST_DOTS:
        return gettext("One dot for each.")
    return gettext(
        "The %(slowest)s slowest stand as dots, the others as bands, %(step)s, from half to 95 "
        "of 100.",
        slowest=SLOWEST,
        step=gettext(STEPS[grain_of(basis.so_far)]),
    )


def _ranks(basis: Basis, lives: Sequence[Life], of: str) -> tuple[Cell, ...]:
    spans = sorted(life.took(basis.time) for life in lives)
    why = why_untold(len(spans), basis.crowd)
    if why:
        return (number(len(spans), of), *(hidden(why, len(spans), of) for _ in PERCENTS))
    return (number(len(spans), of), *(Cell(nearest_rank(spans, p), "time", of) for p in PERCENTS))
