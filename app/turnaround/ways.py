"""Handoffs on a line for each way, where a matrix of all teams would be too wide to read."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from app.language import gettext, ngettext
from app.turnaround.basis import Basis
from app.turnaround.sheets import Cell, Lists, Sheet, words

AT_MOST: Final = 12
"""Teams side by side in a matrix, and pairs of bars in a drawing."""
LEAST_PASSES: Final = 5

Ways = Mapping[tuple[int, int], tuple[Cell, Cell, Cell]]


def listed(basis: Basis, lists: Lists, told: Ways, *, about: str, cohort: str, of: str) -> Sheet:
    """Return a row for each way of `LEAST_PASSES` passes or more; the others stand together."""

    def name(way: tuple[int, int]) -> list[tuple[str, int]]:
        return [basis.by_name(team) for team in way]

    often = sorted((way for way in told if told[way][0].value >= LEAST_PASSES), key=name)
    rare = [told[way][0].of for way in told if way not in set(often)]
    rows = [
        (words(basis.teams.get(a, "?")), words(basis.teams.get(b, "?")), *told[a, b])
        for a, b in often
    ]
    if rare:
        passed = [visit for way in rare for visit in lists.known[way or ""].rows]
        count = lists.count("passed-rarely", gettext("Passed between teams that rarely do"), passed)
        nothing = Cell(None, "none")
        rows.append((words(_rare(len(rare))), words(""), count, nothing, nothing))
    return Sheet(
        "handoffs",
        gettext("Handed from team to team"),
        about,
        cohort,
        gettext("passes; waits in %(unit)s; percent of the passes", unit=basis.unit),
        _heads(),
        tuple(rows),
        of=of,
        empty=gettext("Nothing went from team to team in these days."),
        calendar=basis.clock,
    )


def _heads() -> tuple[str, ...]:
    to = gettext("To %(team)s", team="").strip()  # "To" alone is said of days and versions
    waited, back = gettext("Half waited until somebody began"), gettext("Came back")
    return (gettext("From"), to, gettext("Passes"), waited, back)


def _rare(ways: int) -> str:
    return ngettext(
        "%(num)s other way, under %(least)s",
        "%(num)s other ways, under %(least)s each",
        ways,
        least=LEAST_PASSES,
    )


def busiest(rows: Sequence[tuple[Cell, ...]], counts: Iterable[int]) -> list[tuple[Cell, ...]]:
    """Return the `AT_MOST` rows with most passes, as they stand; `counts` are their columns."""
    columns = tuple(counts)
    by_passes = sorted(rows, key=lambda row: -sum(row[index].value or 0 for index in columns))
    kept = by_passes[:AT_MOST]
    return [row for row in rows if row in kept]
