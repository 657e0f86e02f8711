"""A calendar corrected late: its days are counted anew, and nothing else moves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from freezegun import freeze_time
from sqlalchemy import func, select, update

from app.administration.journal import Deed
from app.administration.organising import shape_team
from app.requests.intervals import StageVisit
from app.requests.marks import Recount
from app.requests.models import Event, Request
from app.requests.record import recounting
from app.requests.record.rebuilding import differences
from app.requests.record.recounting import is_recounting
from app.requests.rules import Kind
from app.turnaround.checking import page_differences
from app.turnaround.refreshing import teams_changed
from app.worktime.actions import change_plan
from app.worktime.models import Calendar
from app.worktime.rules import parse_plan
from tests.support.counting import CHOICES, assert_pages_are_the_raw_count, settle
from tests.support.lives import NOW, live
from tests.support.running import command

CLOSED = [date(2026, 3, day) for day in range(9, 14)]
PROMISES = select(Request.id, Request.due_at, Request.respond_by, StageVisit.due_at).join(
    StageVisit, StageVisit.request_id == Request.id
)


@pytest.fixture
def promises(db_session):
    """Return a function that says what was promised to whom."""
    return lambda: db_session.execute(PROMISES.order_by(StageVisit.id)).all()


@pytest.fixture
def week_off(db_session, cast):
    """Return a function that closes a week in March for all four teams."""
    live(db_session, cast, 80)
    settle(db_session)

    def close():
        calendar = cast.it_help.calendar
        plan = parse_plan(calendar.plan).closed_on(dict.fromkeys(CLOSED, "Forgotten"))
        return change_plan(db_session, calendar, plan, seen=calendar.version, at=NOW)

    return close


def test_a_late_correction_of_a_calendar_counts_its_days_anew_and_moves_no_promise(
    db_session, week_off, promises
):
    before = promises()
    assert week_off() == CLOSED[0]
    assert list(differences(db_session)) == []
    assert promises() == before
    versions = select(StageVisit.calendar_version)
    assert set(db_session.scalars(versions)) == {None, 1, 2}
    early = versions.where(StageVisit.left_at < datetime(2026, 3, 8, tzinfo=UTC))
    assert set(db_session.scalars(early)) == {1}
    assert teams_changed(db_session) != []
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)


def test_a_team_that_moves_to_another_zone_has_its_days_there(db_session, cast):
    live(db_session, cast, 80)
    settle(db_session)
    calendar = cast.it_help.calendar
    plan = parse_plan({**calendar.plan, "tz": "Pacific/Auckland"})
    change_plan(db_session, calendar, plan, seen=1, at=NOW)
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)
    settle(db_session)
    assert list(page_differences(db_session)) == []
    assert list(differences(db_session)) == []


def test_a_team_that_takes_other_hours_is_counted_by_them(db_session, cast, promises):
    live(db_session, cast, 80)
    settle(db_session)
    before = promises()
    week = {"mon": [["10:00", "14:00"]], "sat": [["10:00", "14:00"]]}
    night = Calendar(name="Few hours", plan={"tz": "America/New_York", "weekly": week})
    db_session.add(night)
    team, cast.eve.is_admin = cast.it_help, True
    about = {"purpose": team.purpose, "department": team.department, "zone": ""}
    deed = Deed(cast.eve, NOW, "a-key-of-eve")
    shape_team(db_session, team, name=team.name, calendar=night, **about, deed=deed)
    assert list(differences(db_session)) == []
    assert promises() == before
    settle(db_session)
    assert list(page_differences(db_session)) == []


@pytest.fixture
def long_archive(monkeypatch):
    """Let twenty requests be more than can follow at once."""
    monkeypatch.setattr(recounting, "AT_ONCE", 20)
    monkeypatch.setattr(recounting, "STRETCH", 7)


def sweep(app, session, at):
    session.commit()
    with freeze_time(at):
        command(app, "worker", "--once")
    session.rollback()


def test_in_a_long_archive_the_newest_follow_at_once_and_the_others_soon(
    app, db_session, week_off, promises, long_archive, client, cast
):
    before, pages = promises(), f"/teams/{cast.it_help.id}/turnaround"
    week_off()
    wrong = {request_id for request_id, _ in differences(db_session)}
    newest = db_session.scalar(select(func.max(Request.id)))
    assert wrong
    assert max(wrong) <= newest - 20
    cast.eve.is_admin = True
    client.sign_in(cast.eve)
    for page in (pages, "/turnaround", "/turnaround/flow", "/calendars/1"):
        assert "Some figures still follow" in client.get(page).text

    sweep(app, db_session, NOW + timedelta(seconds=29))  # an act may still be under way
    assert list(differences(db_session)) != []
    sweep(app, db_session, NOW + timedelta(seconds=31))

    assert list(differences(db_session)) == []
    assert list(page_differences(db_session)) == []
    assert promises() == before
    assert db_session.scalar(select(func.count()).select_from(Recount)) == 0
    assert "Some figures still follow" not in client.get(pages).text


def test_a_rebuild_leaves_nothing_to_follow(app, db_session, week_off, long_archive):
    week_off()
    db_session.commit()
    assert is_recounting(db_session)
    db_session.rollback()
    with freeze_time(NOW + timedelta(minutes=1)):
        command(app, "rebuild")
    assert not is_recounting(db_session)
    assert list(differences(db_session)) == []


def test_a_change_that_cannot_be_followed_holds_up_nobody(app, db_session, week_off, long_archive):
    week_off()
    db_session.execute(update(Event).where(Event.seq == 1).values(kind=Kind.RESUMED))
    sweep(app, db_session, NOW + timedelta(minutes=1))
    assert db_session.scalar(select(func.count()).select_from(Recount)) == 1
