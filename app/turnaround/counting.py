"""The windows of teams added up, from pages or from rows, with what is open and who there is."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from app.turnaround.backlog import all_open
from app.turnaround.cohorts import narrowed
from app.turnaround.covering import Windows
from app.turnaround.crowds import People
from app.turnaround.figures import Counted
from app.turnaround.pages import Seconds, Sums, add_up, from_pages, together
from app.turnaround.raw import Stretch, count_stretch
from app.turnaround.rules import Choice
from app.turnaround.standing import standing


def sums_of(
    session: Session,
    windows: Windows,
    choice: Choice,
    requests: Seconds | None,
    stages: Seconds | None,
    **less: bool,
) -> dict[int, Sums]:
    """Return the sums of each team's window: from pages, or from rows when it is narrowed."""
    if not windows:
        return {}
    if not choice.is_narrowed:
        return from_pages(session, windows, requests=requests, stages=stages, **less)
    stretch = Stretch(
        {team_id: window.wall for team_id, window in windows.items()},
        min(window.start for window in windows.values()),
        max(window.end for window in windows.values()),
        narrowed(choice),
        choice.stage,
    )
    return add_up(count_stretch(session, stretch), windows)


def counted_of(
    session: Session,
    sums: Mapping[int, Sums],
    windows: Windows,
    choice: Choice,
    now: datetime,
    people: People,
) -> dict[int, Counted]:
    """Return the sums with what is open and running at `now`, and the people of each team."""
    now_with = standing(session, windows, choice, now)
    return {
        team_id: Counted(
            requests=each.requests,
            stages=each.stages,
            days=each.days,
            open=now_with[team_id].open,
            crowd=people.of(team_id),
            unanswered=now_with[team_id].unanswered,
            unanswered_late=now_with[team_id].unanswered_late,
            running=now_with[team_id].running,
        )
        for team_id, each in sums.items()
    }


def whole_of(counted: Mapping[int, Counted], sums: Mapping[int, Sums], people: People) -> Counted:
    """Return what all teams did together."""
    whole, running = together(sums), dict[str, int]()
    for each in counted.values():
        for stage, n in (each.running or {}).items():
            running[stage] = running.get(stage, 0) + n
    return Counted(
        requests=whole.requests,
        stages=whole.stages,
        days=whole.days,
        open=all_open({team_id: each.open for team_id, each in counted.items()}),
        crowd=people.everybody,
        unanswered=[spans for each in counted.values() for spans in each.unanswered],
        unanswered_late=sum(each.unanswered_late for each in counted.values()),
        running=running,
    )
