"""The chapter "What to expect": an expectation with open work counted, and a forecast."""

from collections import Counter
from datetime import timedelta
from typing import Final

from app.turnaround.basis import Basis
from app.turnaround.forecast import Forecast, Steadiness, forecast, steadiness
from app.turnaround.plots import (
    FOOT,
    LEFT,
    PLOT,
    RIGHT,
    TOP,
    Label,
    Mark,
    Plot,
    Scale,
    Stroke,
)
from app.turnaround.rules import local_date, midnight
from app.turnaround.scatter import steps_of
from app.turnaround.sheets import (
    CROWD,
    LEAST,
    PERCENTILES,
    Cell,
    Lists,
    Sheet,
    number,
    times_of,
    words,
)
from app.turnaround.survival import PERCENTS, Curve, curve

STEPS: Final = 96


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return what to expect of one request, and of all that is open."""
    return [_expectation(basis, lists), _forecast(basis, lists)]


def _expectation(basis: Basis, lists: Lists) -> Sheet:
    raised = [life for life in basis.lives if basis.window.holds(life.raised_at)]
    rows, told = [], curve((), ())
    for key, name, lives in basis.parts(raised):
        done = [life for life in lives if life.done_at]
        still = [life for life in lives if life.is_open]
        of = lists.put(f"raised-{key}", f"Raised in these days: {name}", lives)
        told = curve(
            (life.took(basis.time) for life in done),
            (life.took(basis.time) for life in lives if not life.done_at),
        )
        cells = (
            lists.count(f"finished-{key}", f"Raised in these days and done: {name}", done),
            lists.count(f"still-{key}", f"Raised in these days and open: {name}", still),
        )
        spans = times_of(told, crowd=basis.crowd, of=of)
        rows.append((words(name), number(len(lives), of), *cells, *spans))
    drawn = told.n >= LEAST and basis.crowd >= CROWD and told.finished > 0
    return Sheet(
        "expectation",
        "What to expect",
        "Within so long 50, 85 and 95 of 100 are done: an expectation from what happened, not a "
        "promise. Open requests count as “not done by now” (Kaplan and Meier), so that slow work "
        "is not forgotten; declined and withdrawn ones as watched until then. “More than” means "
        "that too few are done yet to say.",
        "Raised in these days",
        basis.unit,
        ("What", "Raised", "Done", "Open", *PERCENTILES),
        tuple(rows) if raised else (),
        _steps(basis, told) if drawn else None,
        of="raised-all",
        calendar=basis.clock,
    )


def _steps(basis: Basis, told: Curve) -> Plot:
    """Draw the share that is done by an age, as a rising stair."""
    unit, name = steps_of(told.longest, basis.time)
    across, up = Scale(told.longest * 1.02, LEFT, RIGHT), Scale(100, TOP + PLOT, TOP)
    strokes = [Stroke("gridline" if p else "axis", 0, up(p), 100, up(p)) for p in (0, 50, 85, 95)]
    labels = [Label(f"{p} %", 0, up(p) - 4) for p in (50, 85, 95)]
    x, y = across(0), up(0)
    for at, alive in _thinned(told):
        strokes.append(Stroke("curve", x, y, across(at), y))
        strokes.append(Stroke("curve", across(at), y, across(at), up(100 * (1 - alive))))
        x, y = across(at), up(100 * (1 - alive))
    strokes.append(Stroke("curve", x, y, across(told.longest), y))
    marks = []
    for percent in PERCENTS:
        within = told.within(percent)
        if within is not None:
            said = f"{percent} % done within"
            marks.append(
                Mark("dot", "dot", across(within), up(percent), 0, 6, said, "raised-all", within)
            )
    whole = told.longest // unit
    labels += [
        Label(f"{step} {name}", across(step * unit), TOP + PLOT + 18, "middle")
        for step in sorted({whole * part // 4 for part in range(5)})
    ]
    desc = "A stair that rises from nothing done to all done, with dots at 50, 85 and 95 of 100."
    return Plot(
        TOP + PLOT + FOOT,
        "Share done, by age",
        desc,
        tuple(marks),
        tuple(strokes),
        tuple(labels),
    )


def _thinned(told: Curve) -> list[tuple[int, float]]:
    """Return at most about `STEPS` steps of the curve; each that is kept is a true one."""
    kept, last = [], 1.0
    for at, alive in zip(told.times, told.alive, strict=True):
        if last - alive >= 1 / STEPS or at == told.times[-1]:
            kept.append((at, alive))
            last = alive
    return kept


def _forecast(basis: Basis, lists: Lists) -> Sheet:
    open_now = [life for life in basis.lives if life.is_open]
    daily = daily_done(basis)
    found = forecast(daily, len(open_now)) if len(daily) >= 7 else None
    steady = steadiness_of(basis)
    of = lists.put("open", "Open now", open_now)
    finished = sum(daily)
    return Sheet(
        "forecast",
        f"When the {len(open_now)} open ones are done",
        f"10,000 futures, each day drawn from the {len(daily)} whole days shown, on which "
        f"{finished} were done; weekends are days like others. New work is not counted in: it is "
        "as if those open now were done first.",
        f"Open at this moment; the pace of these days (done: {finished})",
        "calendar days",
        ("Chance", "Done by", "Days from today"),
        _days(basis, found, of) if found and finished >= LEAST else (),
        of="open",
        flag=_warning(steady),
        empty=f"Too little was done in these days to say: {finished}, from {LEAST} on.",
        calendar=f"days of {basis.window.zone}",
    )


def _days(basis: Basis, found: Forecast, of: str) -> tuple[tuple[Cell, ...], ...]:
    today, rows = local_date(basis.now, basis.window.zone), []
    for percent, days in found.days.items():
        by = Cell(None, "never") if days is None else Cell(today + timedelta(days=days), "day", of)
        n = Cell(None, "none") if days is None else number(days, of)
        rows.append((words(f"{percent} of 100"), by, n))
    return tuple(rows)


def daily_done(basis: Basis) -> list[int]:
    """Return how many were done on each whole day of the window that is over."""
    zone, today = basis.window.zone, local_date(basis.now, basis.window.zone)
    days = Counter(local_date(life.done_at, zone) for life in basis.lives if life.done_at)
    last = min(basis.window.last, today - timedelta(days=1))
    count = (last - basis.window.first).days + 1
    return [days[basis.window.first + timedelta(days=number)] for number in range(count)]


def steadiness_of(basis: Basis) -> Steadiness:
    """Return how steady these days were: open work at each day's end against what was done."""
    zone, spans = basis.window.zone, len(daily_done(basis))
    begin, end = (
        basis.window.start,
        midnight(basis.window.first + timedelta(days=max(spans, 0)), zone),
    )
    ends = [midnight(basis.window.first + timedelta(days=n + 1), zone) for n in range(spans)]
    lives = [(life.raised_at, life.done_at or life.ended_at) for life in basis.lives]
    counts = [sum(a < at and (b is None or b >= at) for a, b in lives) for at in ends]
    gone = [b - a for a, b in lives if b is not None and begin <= b < end]
    return steadiness(counts, len(gone), [span.total_seconds() / 86_400 for span in gone])


def _warning(steady: Steadiness) -> str | None:
    if steady.is_steady:
        return None
    if steady.gap is None or steady.mean_days is None:
        return "Too little happened in these days to know whether the pace is steady."
    return (
        f"Not steady, so take the dates lightly: on average {steady.mean_open:.1f} were open, but "
        f"{steady.per_day:.2f} a day times {steady.mean_days:.1f} days make "
        f"{steady.per_day * steady.mean_days:.1f} (Little's law, {steady.gap} % apart)."
    )
