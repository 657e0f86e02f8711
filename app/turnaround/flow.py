"""The chapter "Flow": what comes and goes, what lies where, and how long each finished one took."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from app.turnaround.basis import Basis
from app.turnaround.lives import Life
from app.turnaround.rules import CROWD
from app.turnaround.scatter import MOST_DOTS, SLOWEST, scatter
from app.turnaround.sheets import Cell, Lists, Sheet, days, hidden, number, words
from app.turnaround.statistics import by_week, nearest_rank, weeks_of, why_untold
from app.turnaround.stretches import Stretch, stretches_of
from app.turnaround.survival import PERCENTS
from app.turnaround.week_columns import side_by_side, stacked

BANDS = (
    ("begin", "Waiting to begin"),
    ("hand", "In hand"),
    ("requester", "With the requester"),
    ("elsewhere", "With a third team"),
    ("confirm", "Done, awaiting the last word"),
)
PAIR = (("arrivals", "Arrived"), ("completions", "Done"))


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return arrivals and completions, what lay where, and the finished ones one by one."""
    return [_pairs(basis, lists), _bands(basis, lists), _finished(basis, lists)]


def _pairs(basis: Basis, lists: Lists) -> Sheet:
    wall, weeks, rows = basis.window.wall, weeks_of(basis.window), []
    came = by_week(basis.window, basis.lives, lambda life: wall.day_of(life.raised_at))
    for (first, last), *both in zip(weeks, came, _done_by_week(basis), strict=True):
        cells = []
        for (key, name), there in zip(PAIR, both, strict=True):
            about = f"{name} in the week from {first.day} {first:%B %Y}"
            cells.append(lists.count(f"{key}-{first}", about, there))
        rows.append((days(first, last), *cells))
    return Sheet(
        "throughput",
        "Arrived and done",
        "By week, Monday to Sunday; done and not reopened since. The outer weeks may be cut.",
        "Raised, and done, in these days",
        "requests",
        ("Week", "Arrived", "Done"),
        tuple(rows),
        side_by_side("Arrived and done", rows, PAIR, weeks),
        calendar=f"days of {basis.window.zones}",
        of=lists.put("done-all", "Done in these days", _done(basis)),
    )


def _done(basis: Basis) -> list[Life]:
    return [life for life in basis.lives if basis.window.holds(life.done_at)]


def _done_by_week(basis: Basis) -> list[list[Life]]:
    wall = basis.window.wall
    return by_week(
        basis.window,
        (life for life in basis.lives if life.done_at),
        lambda life: wall.day_of(life.done_at or basis.now),
    )


def _bands(basis: Basis, lists: Lists) -> Sheet:
    stretches, weeks, rows = stretches_of(basis), weeks_of(basis.window), []
    wall = basis.window.wall
    ends = [min(wall.begins(last + timedelta(days=1)), basis.now) for _, last in weeks]
    for (_, last), there in zip(weeks, _holding(stretches, ends), strict=True):
        cells = []
        for band, name in BANDS:
            about = f"{name}, at the end of {last.day} {last:%B %Y}"
            cells.append(lists.count(f"{band}-{last}", about, there[band]))
        rows.append((Cell(last, "day"), *cells))
    return Sheet(
        "flow",
        "What lay where",
        "Open work at the end of each week (or now), by what was happening to it. A request is in "
        "exactly one band at a time. Work passed between teams is counted where it was.",
        "Open at the end of a week in these days",
        "requests",
        ("End of", *(name for _, name in BANDS)),
        tuple(rows),
        stacked("What lay where, week by week", rows, BANDS, weeks),
        of=lists.put("lay", "Somewhere in these days", stretches),
        calendar=f"days of {basis.window.zones}",
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
    for (first, last), there in zip(weeks_of(basis.window), _done_by_week(basis), strict=True):
        of = lists.put(
            f"completions-{first}", f"Done in the week from {first.day} {first:%B %Y}", there
        )
        rows.append((days(first, last), *_ranks(basis, there, of)))
    lists.put("done-all", "Done in these days", done)
    rows.append((words("Together"), *_ranks(basis, done, "done-all")))
    said = (
        f"The {SLOWEST} slowest stand as dots, the others as weekly bands from half to 95 of 100."
        if len(done) > MOST_DOTS
        else "One dot for each."
    )
    return Sheet(
        "scatter",
        "Each finished request",
        f"{said} Lines and rows: nearest rank among the finished, so work still open is missing "
        "here; “What to expect” counts it.",
        "Done in these days",
        basis.unit,
        ("Week", "Done", "Half within", "85 % within", "95 % within"),
        tuple(rows) if done else (),
        scatter(basis, done) if done and basis.crowd >= CROWD else None,
        of="done-all",
        calendar=basis.clock,
    )


def _ranks(basis: Basis, lives: Sequence[Life], of: str) -> tuple[Cell, ...]:
    spans = sorted(life.took(basis.time) for life in lives)
    why = why_untold(len(spans), basis.crowd)
    if why:
        return (number(len(spans), of), *(hidden(why, len(spans), of) for _ in PERCENTS))
    return (number(len(spans), of), *(Cell(nearest_rank(spans, p), "time", of) for p in PERCENTS))
