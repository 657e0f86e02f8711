"""A calendar corrected late: its days are counted anew, and nothing else moves."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from app.requests.intervals import StageVisit
from app.requests.models import Request
from app.requests.record.rebuilding import differences
from app.turnaround.checking import page_differences
from app.turnaround.correcting import recompute_calendar
from app.turnaround.refreshing import teams_changed
from tests.support.counting import CHOICES, assert_pages_are_the_raw_count, settle
from tests.support.lives import live


def test_a_late_correction_of_a_calendar_counts_its_days_anew_and_moves_no_promise(
    db_session, cast
):
    live(db_session, cast, 80)
    settle(db_session)
    calendar = cast.it_help.calendar
    promises = select(Request.id, Request.due_at, Request.respond_by, StageVisit.due_at).join(
        StageVisit, StageVisit.request_id == Request.id
    )
    before = db_session.execute(promises.order_by(StageVisit.id)).all()
    closed = [f"2026-03-{day:02}" for day in range(9, 14)]
    calendar.plan = {**calendar.plan, "holidays": [*calendar.plan.get("holidays", []), *closed]}
    calendar.version += 1
    db_session.flush()

    changed = recompute_calendar(db_session, calendar, date(2026, 3, 9))

    assert 0 < changed < 80
    assert list(differences(db_session)) == []
    assert db_session.execute(promises.order_by(StageVisit.id)).all() == before
    versions = set(db_session.scalars(select(StageVisit.calendar_version)))
    assert versions == {None, 1, 2}
    early = select(StageVisit.calendar_version).where(
        StageVisit.left_at < datetime(2026, 3, 8, tzinfo=UTC)
    )
    assert set(db_session.scalars(early)) == {1}
    assert teams_changed(db_session) != []
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)


def test_a_team_that_moves_to_another_zone_has_its_days_there(db_session, cast):
    live(db_session, cast, 80)
    settle(db_session)
    calendar = cast.it_help.calendar
    calendar.plan = {**calendar.plan, "tz": "Pacific/Auckland"}
    calendar.version += 1
    db_session.flush()
    recompute_calendar(db_session, calendar, None)
    for choice in CHOICES:
        assert_pages_are_the_raw_count(db_session, choice)
    settle(db_session)
    assert list(page_differences(db_session)) == []
