"""The chapter "Between teams": who passes to whom, how long it waits there, what comes back."""

from collections.abc import Sequence
from dataclasses import replace

from app.language import gettext
from app.language.writing import inside
from app.turnaround.basis import Basis
from app.turnaround.charts import lying_bars
from app.turnaround.passes import (
    BACK,
    COHORT,
    PASSED,
    UNTIL,
    Passes,
    all_passes,
    no_way,
    one_way,
    passed_by,
    passes_of,
)
from app.turnaround.plots import Label, Mark, Plot
from app.turnaround.sheets import Cell, Lists, Sheet, words
from app.turnaround.ways import AT_MOST, Ways, busiest, listed


def tell(basis: Basis, lists: Lists) -> list[Sheet]:
    """Return the handoffs: of one team in both directions, or of all teams as matrices."""
    passes = passes_of(basis)
    if basis.scope.team_id:
        return [_both_ways(basis, lists, passes, basis.scope.team_id)]
    told = {pair: one_way(basis, lists, visits, *pair) for pair, visits in passes.items()}
    if len({team for pair in passes for team in pair}) > AT_MOST:
        of = all_passes(lists, passes)
        about = " ".join(gettext(said) for said in (PASSED, UNTIL, BACK))
        return [listed(basis, lists, told, about=about, cohort=gettext(COHORT), of=of)]
    return [_matrix(basis, lists, passes, told, matrix) for matrix in _matrices(basis)]


def _matrices(basis: Basis) -> tuple[tuple[int, str, str, str, str], ...]:
    """Return (which cell of a way, key, title, unit, meaning) of each matrix."""
    return (
        (
            *(0, "handoffs", gettext("Handed from team to team"), gettext("passes")),
            gettext("From the team at the left to the team above."),
        ),
        (
            *(1, "handoff-waits", gettext("Half waited until somebody began"), basis.unit),
            gettext(UNTIL),
        ),
        (
            *(2, "handoff-returns", gettext("Came back, of 100"), gettext("percent of the passes")),
            gettext(BACK),
        ),
    )


def _both_ways(basis: Basis, lists: Lists, passes: Passes, mine: int) -> Sheet:
    others = sorted({a if b == mine else b for a, b in passes if mine in (a, b)}, key=basis.by_name)
    rows = []
    for other in others:
        to_us = one_way(basis, lists, passes.get((other, mine), ()), other, mine)
        from_us = one_way(basis, lists, passes.get((mine, other), ()), mine, other)
        rows.append((words(basis.teams.get(other, "?"), f"pair-{other}"), *to_us, *from_us))
    name = basis.scope.name
    drawn = busiest(rows, (1, 4))
    return Sheet(
        "handoffs",
        gettext("Between %(team)s and other teams", team=name),
        _both_ways_mean(some=len(drawn) < len(rows)),
        gettext(COHORT),
        gettext("passes; waits in %(unit)s", unit=basis.unit),
        _heads(name),
        tuple(rows),
        _bars(drawn, name) if rows else None,
        empty=gettext("Nothing went from team to team in these days."),
        of=all_passes(lists, passes),
        calendar=basis.clock,
    )


def _both_ways_mean(*, some: bool) -> str:
    """Say what the figure of both ways means; and, if `some` are drawn only, which."""
    meaning = gettext(
        "%(passed)s The wait lasts until somebody there says “I am on it”; those still waiting "
        "count. %(back)s Both directions stand side by side: who asks today helps tomorrow.",
        passed=gettext(PASSED),
        back=gettext(BACK),
    )
    drawn = gettext("Drawn are the %(n)s with most passes.", n=AT_MOST)
    return f"{meaning} {drawn}" if some else meaning


def _heads(name: str) -> tuple[str, ...]:
    to_us, from_us = gettext("To %(team)s", team=name), gettext("From %(team)s", team=name)
    half, back = gettext("half waited"), gettext("came back")
    return (gettext("Team"), to_us, half, back, from_us, half, back)


def _bars(rows: Sequence[tuple[Cell, ...]], name: str) -> Plot:
    """Draw two bars for each team: what came from it, and what went to it."""
    heads = _heads(name)
    ways = ((1, heads[1]), (4, heads[4]))
    chart = lying_bars([[row[index].value for index, _ in ways] for row in rows])
    marks, labels = [], []
    for row, y in zip(rows, chart.places, strict=True):
        labels.append(Label(row[0].value, 0, y, look="label"))
    for bar in chart.bars:
        index, way = ways[bar.series - 1]
        count, team = rows[bar.index][index], rows[bar.index][0].value
        labels.append(Label(str(count.value), bar.width + 1, bar.y + bar.height - 2))
        if count.value:
            place, said = (bar.x, bar.y, bar.width, bar.height), f"{team}, {inside(way)}"
            look = f"band-{bar.series}"
            marks.append(Mark("bar", look, *place, f"{said}: {count.value}", count.of))
    legend = tuple((f"band-{number}", way) for number, (_, way) in enumerate(ways, start=1))
    desc = gettext("Two bars for each other team: what came from it, and what went to it.")
    title = gettext("Passes both ways")
    return Plot(chart.height, title, desc, tuple(marks), (), tuple(labels), legend)


def _matrix(
    basis: Basis, lists: Lists, passes: Passes, told: Ways, matrix: tuple[int, str, str, str, str]
) -> Sheet:
    which, key, title, unit, meaning = matrix
    teams = sorted({team for pair in passes for team in pair}, key=basis.by_name)
    rows = []
    most = max(map(len, passes.values()), default=1)
    for giver in teams:
        ways = (told.get((giver, taker)) or no_way(giver, taker) for taker in teams)
        cells = [way[which] for way in ways]
        if which == 0:
            cells = [replace(cell, tint=-(-4 * (cell.value or 0) // most)) for cell in cells]
        name = basis.teams.get(giver, "?")
        together = [passed_by(lists, passes, giver, name)] if which == 0 else []
        rows.append((words(name), *cells, *together))
    names = (gettext("to %(team)s", team=basis.teams.get(team, "?")) for team in teams)
    return Sheet(
        key,
        title,
        f"{gettext(PASSED)} {meaning}",
        gettext(COHORT),
        unit,
        (gettext("From"), *names, *([gettext("Together")] if which == 0 else [])),
        tuple(rows),
        of=all_passes(lists, passes),
        empty=gettext("Nothing went from team to team in these days."),
        calendar=basis.clock,
    )
