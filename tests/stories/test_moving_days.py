"""A team that moves to another zone: its pages have the days of then, counted in any order."""

from bisect import bisect_right
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.requests.marks import ChangedDay
from app.requests.record.marking import mark_days
from app.requests.record.rebuilding import differences
from app.turnaround.checking import page_differences
from app.turnaround.models import TeamPage
from app.turnaround.queries import team_story
from app.turnaround.rules import Choice
from app.worktime.actions import change_plan
from app.worktime.document import parse_plan
from tests.support.counting import CHOICES, assert_pages_are_the_raw_count, settle
from tests.support.desk import ask
from tests.support.flow import tries
from tests.support.lives import NOW, live
from tests.support.recount import stories

ZONES = (
    *("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Asia/Kathmandu", "America/St_Johns"),
    *("Pacific/Kiritimati", "Pacific/Pago_Pago", "Pacific/Apia"),
)
TO_NEW_YORK = {date(2026, 3, 4): "America/New_York"}
ONE_DAY = timedelta(days=1)


def move(session, calendar, moves):
    """Save the calendar with these moves, as its page does; return the first day that differs."""
    days = [{"from": str(day), "tz": zone} for day, zone in sorted(moves.items())]
    plan = parse_plan({**calendar.plan, "moves": days})
    return change_plan(session, calendar, plan, seen=calendar.version, at=NOW)


@pytest.mark.parametrize("settled", [False, True])
def test_after_a_move_pages_are_the_raw_count_before_and_after_the_worker(
    db_session, cast, settled
):
    live(db_session, cast, 120)
    if settled:
        settle(db_session)
    assert move(db_session, cast.it_help.calendar, TO_NEW_YORK) == date(2026, 3, 4)
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)
    assert list(page_differences(db_session)) == []
    settle(db_session)
    assert db_session.scalar(select(func.count(ChangedDay.id))) == 0
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)
    assert list(page_differences(db_session)) == []
    assert list(differences(db_session)) == []


def test_each_day_holds_what_a_count_by_hand_puts_there(db_session, cast):
    """By the midnights that the two clocks showed, without a wall."""
    live(db_session, cast, 200)
    for hours in (1, 26):  # the fourth in Berlin, and after midnight there still in New York
        at = datetime(2026, 3, 4, tzinfo=UTC) + timedelta(hours=hours)
        ask(db_session, cast.laptop, cast.kim, at=at)
    settle(db_session)
    move(db_session, cast.it_help.calendar, TO_NEW_YORK)
    settle(db_session)
    days = [date(2026, 1, 1) + n * ONE_DAY for n in range(110)]
    zones = ["Europe/Berlin" if day <= date(2026, 3, 4) else "America/New_York" for day in days]
    midnights = [
        datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
        for day, zone in zip(days, zones, strict=True)
    ]
    ours = [story for story in stories(db_session) if story.team() == cast.it_help.id]
    raised = Counter(days[bisect_right(midnights, story.raised) - 1] for story in ours)
    pages = select(TeamPage.day, TeamPage.raised).where(
        TeamPage.team_id == cast.it_help.id, TeamPage.span == 1, TeamPage.raised > 0
    )
    assert dict(db_session.execute(pages).all()) == raised
    march = Choice(None, date(2026, 3, 3), date(2026, 3, 9))
    figures = team_story(db_session, cast.it_help, march, now=NOW).figures
    assert figures.window.end - figures.window.start == timedelta(days=7, hours=5)
    assert figures.response.raised == sum(raised[day] for day in days if day in _span(march)) > 5
    assert [week.arrivals for week in figures.periods] == [
        sum(raised[day] for day in days if week.first <= day <= week.last)
        for week in figures.periods
    ]


def _span(choice):
    return {choice.first + n * ONE_DAY for n in range((choice.last - choice.first).days + 1)}


def test_a_move_marks_the_days_from_it_on_and_no_earlier_one(db_session, cast):
    live(db_session, cast, 120)
    settle(db_session)
    move(db_session, cast.it_help.calendar, TO_NEW_YORK)
    pages = {
        tuple(row)
        for row in db_session.execute(
            select(TeamPage.team_id, TeamPage.day).where(TeamPage.span == 1)
        )
    }
    marked = {tuple(row) for row in db_session.execute(select(ChangedDay.team_id, ChangedDay.day))}
    concerned = {(team, day) for team, day in pages if day >= date(2026, 3, 4)}
    assert concerned <= marked
    untouched = {(team, day) for team, day in pages if day < date(2026, 2, 20)}
    assert untouched
    late = db_session.scalar(select(func.count()).where(ChangedDay.day < date(2026, 1, 1)))
    assert late == 0


def test_a_move_that_is_still_to_come_marks_nothing(db_session, cast):
    live(db_session, cast, 60)
    settle(db_session)
    move(db_session, cast.it_help.calendar, {NOW.date() + timedelta(days=40): "Asia/Tokyo"})
    assert db_session.scalar(select(func.count(ChangedDay.id))) == 0
    assert list(page_differences(db_session)) == []


def test_a_mark_made_by_the_old_clock_is_counted_on_the_days_of_the_new_one(db_session, cast):
    """An act that was on its way while the calendar was saved marks the day it knew."""
    settle(db_session)
    before = cast.it_help.calendar.wall
    move(db_session, cast.it_help.calendar, {date(2026, 3, 1): "Asia/Tokyo"})
    at = datetime(2026, 3, 10, 16, tzinfo=UTC)  # the tenth in Berlin, the eleventh in Tokyo
    ask(db_session, cast.laptop, cast.kim, at=at)
    db_session.query(ChangedDay).delete()
    mark_days(
        db_session,
        {(cast.it_help.id, stage, date(2026, 3, 10)) for stage in ("", "work")},
        {cast.it_help.id: before},
    )
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)
    settle(db_session)
    assert list(page_differences(db_session)) == []
    day = select(TeamPage.day).where(TeamPage.raised > 0, TeamPage.span == 1)
    assert db_session.scalars(day).all() == [date(2026, 3, 11)]


MOVES = st.dictionaries(
    st.dates(date(2026, 1, 10), date(2026, 4, 10)), st.sampled_from(ZONES), max_size=3
)
STEPS = st.lists(st.one_of(MOVES, st.sampled_from(["settle", "ask"])), min_size=2, max_size=6)


def test_after_any_moves_pages_are_the_raw_count(db_session, cast, engine):
    live(db_session, cast, 40)
    settle(db_session)
    db_session.commit()

    @settings(
        max_examples=tries(engine, 15),
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    )
    @given(STEPS)
    def run(steps):
        for step in steps:
            if step == "settle":
                settle(db_session)
            elif step == "ask":
                ask(db_session, cast.laptop, cast.kim, at=NOW - timedelta(minutes=1))
            else:
                move(db_session, cast.it_help.calendar, step)
        for choice in (Choice(None), Choice(7), Choice(90)):
            assert_pages_are_the_raw_count(db_session, choice)
        settle(db_session)
        assert_pages_are_the_raw_count(db_session, Choice(None))
        assert list(page_differences(db_session)) == []
        db_session.rollback()

    run()
