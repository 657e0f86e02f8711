"""The figures of a team against a second count, straight from the events, in plain Python."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import event, select

from app.people.queries import team_clock
from app.requests.models import Event, Request
from app.turnaround.queries import all_figures, named, team_story
from app.turnaround.rules import Choice
from tests.support.lives import NOW, live
from tests.support.once import made_once

BERLIN = ZoneInfo("Europe/Berlin")
MARCH = Choice(None, date(2026, 3, 1), date(2026, 3, 31))
MARCH_BEGINS = datetime(2026, 3, 1, tzinfo=BERLIN)
MARCH_ENDS = datetime(2026, 4, 1, tzinfo=BERLIN)


@pytest.fixture
def lived(db_session, cast):
    made_once(db_session, live, cast, 240)
    return cast


def histories(session, team):
    """Yield the events of each request of `team` as (kind, at, data), in order."""
    lives = defaultdict(list)
    rows = select(Event).join(Request, Request.id == Event.request_id)
    for one in session.scalars(rows.where(Request.team_id == team.id).order_by(Event.id)):
        lives[one.request_id].append((one.kind, one.at, one.data))
    return list(lives.values())


def least_that_covers(values, percent):
    return min(v for v in values if 100 * sum(x <= v for x in values) >= percent * len(values))


def away(life):
    """Return the stretches in which nobody was to work: pauses, and waits for confirmation."""
    starts, ends = {"paused": "resumed", "done": "reopened"}, []
    for index, (kind, at, _) in enumerate(life):
        if kind in starts:
            later = [t for k, t, _ in life[index:] if k == starts[kind]]
            ends.append((at, later[0] if later else life[-1][1]))
    return ends


def done_at(life):
    kinds = [kind for kind, _, _ in life]
    if "done" not in kinds or kinds[::-1].index("done") > (
        kinds[::-1].index("reopened") if "reopened" in kinds else len(kinds)
    ):
        return None
    return [at for kind, at, _ in life if kind == "done"][-1]


def in_march(at):
    return at is not None and MARCH_BEGINS <= at < MARCH_ENDS


def count_queries(session, act):
    statements = []

    def note(_connection, _cursor, statement, *_more):
        statements.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", note)
    try:
        act()
    finally:
        event.remove(session.get_bind(), "before_cursor_execute", note)
    return sum(statement.lstrip().startswith(("SELECT", "WITH")) for statement in statements)


@pytest.mark.parametrize("name", ["it_help", "content"])
def test_turnaround_agrees_with_a_count_from_the_events(db_session, lived, name):
    team = getattr(lived, name)
    clock = team_clock(db_session, team.id)
    done = [life for life in histories(db_session, team) if in_march(done_at(life))]
    working = [clock.between_excluding(life[0][1], done_at(life), away(life)) for life in done]
    elapsed = [int((done_at(life) - life[0][1]).total_seconds()) for life in done]
    told = team_story(db_session, team, MARCH, now=NOW).figures.turnaround
    assert told.n == len(done) > 20
    assert told.working.median == least_that_covers(working, 50)
    assert told.working.p85 == least_that_covers(working, 85)
    assert told.elapsed.median == least_that_covers(elapsed, 50)
    assert told.elapsed.p85 == least_that_covers(elapsed, 85)
    outcomes = [data["outcome"] for life in done for kind, _, data in life if kind == "confirmed"]
    assert (told.confirmed, told.partly) == (outcomes.count("yes"), outcomes.count("partly"))
    assert told.unconfirmed == told.n - len(outcomes)
    assert told.reopened == sum("reopened" in [kind for kind, _, _ in life] for life in done) > 0
    paused = sum(
        clock.between(at, next(t for k, t, _ in life[index:] if k == "resumed"))
        for life in done
        for index, (kind, at, _) in enumerate(life)
        if kind == "paused"
    )
    assert told.paused_s == paused > 0


def test_open_work_is_counted_now_whatever_the_days(db_session, lived):
    ends = ("done", "declined")
    open_now = [
        life
        for life in histories(db_session, lived.it_help)
        if not any(k in ends for k, _, _ in life)
        or (done_at(life) is None and "declined" not in [k for k, _, _ in life])
    ]
    ages = [NOW - life[0][1] for life in open_now]
    for choice in (MARCH, Choice(30)):
        told = team_story(db_session, lived.it_help, choice, now=NOW).figures.open
        assert told.n == len(open_now) == sum(n for _, _, n in told.ages)
        assert told.oldest_raised_at == min(life[0][1] for life in open_now)
        bands = {label: n for _, label, n in told.ages}
        assert bands["Under a day"] == sum(age < timedelta(days=1) for age in ages)
        assert bands["Over 4 weeks"] == sum(age >= timedelta(days=28) for age in ages)


def test_weeks_add_up_to_what_came_and_went(db_session, lived):
    lives = histories(db_session, lived.it_help)
    figures = team_story(db_session, lived.it_help, MARCH, now=NOW).figures
    assert [week.first.day for week in figures.periods] == [1, 2, 9, 16, 23, 30]
    for week in figures.periods:
        came = [week.first <= life[0][1].astimezone(BERLIN).date() <= week.last for life in lives]
        ends = [at for life in lives if (at := done_at(life))]
        went = [week.first <= at.astimezone(BERLIN).date() <= week.last for at in ends]
        assert (week.arrivals, week.completions) == (sum(came), sum(went))


def test_every_number_is_the_length_of_the_list_behind_it(db_session, lived):
    story = team_story(db_session, lived.content, MARCH, now=NOW, viewer=lived.ada)
    figures, rows = story.figures, {key: len(c.rows) for key, c in story.cohorts.items()}
    assert rows["open"] == figures.open.n
    assert rows["response"] == figures.response.raised == figures.response.working.n
    assert rows["turnaround"] == figures.turnaround.n
    for stage in figures.stages:
        assert rows[f"stage-{stage.stage}"] == stage.n == stage.elapsed.n
    for week in figures.periods:
        assert rows[f"arrivals-{week.first}"] == week.arrivals
        assert rows[f"completions-{week.first}"] == week.completions


def test_titles_pass_the_gate(db_session, lived):
    """Eve asked for some of it; Ada carries all of it; nobody else's titles are read at all."""
    for viewer in (lived.eve, lived.ada, None):
        rows = team_story(db_session, lived.content, MARCH, now=NOW, viewer=viewer).cohorts
        pieces = rows["throughput"].rows
        seen = {piece.id for piece in pieces if piece.title is not None}
        may = named(db_session, viewer, [piece.id for piece in pieces], at=NOW) if viewer else []
        assert seen == {request.id for request in may}
    mine = named(db_session, lived.eve, [piece.id for piece in pieces], at=NOW)
    assert 0 < len(mine) < len(pieces)


def test_all_teams_say_what_each_team_says(db_session, lived):
    each, together = all_figures(db_session, MARCH, now=NOW)
    for figures in each:
        team = next(
            t
            for t in (lived.content, lived.field_office, lived.it_help, lived.finance)
            if t.id == figures.team_id
        )
        assert figures == team_story(db_session, team, MARCH, now=NOW).figures
    assert together.open.n == sum(figures.open.n for figures in each)


def test_the_number_of_queries_is_fixed(db_session, lived):
    everybody = count_queries(db_session, lambda: all_figures(db_session, Choice(365), now=NOW))
    team, viewer = lived.content, lived.ada
    assert everybody == 10  # teams, people, marks, four of changed days, the pages, two of now

    def look():
        return team_story(db_session, team, Choice(365), now=NOW, viewer=viewer)

    look()  # the viewer's teams are known from here on, as they are on a page
    before, size = count_queries(db_session, look), len(look().cohorts["throughput"].rows)
    live(db_session, lived, 60, seed=2)
    look()
    assert count_queries(db_session, look) == before == 8
    assert len(look().cohorts["throughput"].rows) > size
