"""All teams side by side, as a sheet: page, table, CSV and report of it are one."""

from collections.abc import Sequence

from app.catalogue.rules import stage_word
from app.language import gettext
from app.turnaround.lines import Line
from app.turnaround.lives import Time
from app.turnaround.sheets import Cell, Sheet, hidden, number, percent, percentiles, words
from app.turnaround.statistics import Spread

TOGETHER = "all"


def side_by_side(
    lines: Sequence[Line], together: Line, time: Time, *, stage: str | None = None
) -> Sheet:
    """Return a row for each team, in reading order, and one for all of them together.

    A cell of a team names it and the figure whose list stands behind it: "3-late"; one of all of
    them together says `TOGETHER` instead. Those have no page of their own.
    """
    working = time is Time.WORKING
    return Sheet(
        "teams",
        gettext("All teams"),
        _about(stage),
        gettext("Open now; raised, and done, in these days"),
        gettext("requests, and working time") if working else gettext("requests, and elapsed time"),
        (
            *(gettext("Team"), gettext("Open"), gettext("Late"), gettext("Arrived")),
            *(gettext("Done"), *percentiles()[:2], gettext("Confirmed")),
            gettext("%(what)s, n", what=gettext("Confirmed")),
        ),
        tuple(_row(line, time) for line in (*lines, together)),
        calendar=gettext("days and hours of each team"),
    )


def _about(stage: str | None) -> str:
    said = [
        gettext(
            "Open and late are counted at this moment; late means that the time promised for the "
            "work is over, while a late first answer is counted on the team’s own page. Done, and "
            "the times, are of requests done in these days and not reopened since; working time "
            "leaves out pauses, elapsed time does not. Each team by its own days and hours, also "
            "in what all did together."
        ),
        gettext(
            "Confirmed: of what those who had asked could confirm; what came from another tool’s "
            "log is not counted in."
        ),
    ]
    if stage:
        said.append(
            gettext(
                "Open and late are only what is at the stage “%(stage)s” now; everything else is "
                "of whole requests, whatever the stage.",
                stage=stage_word(stage),
            )
        )
    return " ".join(said)


def _row(line: Line, time: Time) -> tuple[Cell, ...]:
    spread = line.working if time is Time.WORKING else line.elapsed
    done = _of(line, "turnaround")
    return (
        words(line.team, None if line.team_id is None else _of(line, "page")),
        number(line.open, _of(line, "open")),
        number(line.late, _of(line, "late")),
        number(line.raised, _of(line, "arrivals")),
        number(line.done, done),
        *_spans(spread, done),
        percent(line.confirmed, line.confirmable, _of(line, "agreed")),
        number(line.confirmable, _of(line, "confirmable")),
    )


def _of(line: Line, figure: str) -> str:
    """Return the key of the list behind a figure."""
    return f"{TOGETHER if line.team_id is None else line.team_id}-{figure}"


def _spans(spread: Spread, of: str | None) -> tuple[Cell, Cell]:
    if spread.why:
        return (hidden(spread.why, spread.n, of),) * 2
    return Cell(spread.median, "time", of), Cell(spread.p85, "time", of)
