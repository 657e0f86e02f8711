"""A holiday that was forgotten is entered: what was measured by that calendar is counted anew."""

from sqlalchemy import select

from app.requests.acts.work import claim, start
from app.requests.intervals import StageVisit
from app.requests.record.rebuilding import differences
from app.worktime.actions import change_plan
from app.worktime.rules import parse_plan
from tests.support.it_desk import MON, TUE, WED, act, at


def test_saving_a_calendar_late_counts_its_visits_anew(desk):
    laptop = desk.ask(MON, "09:00")
    claim(desk.session, laptop, act=act(desk.cast.ivo, MON, "09:30"))
    start(desk.session, laptop, act=act(desk.cast.ivo, MON, "10:00"))
    desk.done(laptop, TUE, "10:00")
    desk.session.commit()
    promised = laptop.due_at
    calendar = desk.cast.it_help.calendar

    plan = parse_plan(calendar.plan).closed_on({MON: "Founders' day"})
    change_plan(desk.session, calendar, plan, seen=calendar.version, at=at(WED, "09:00"))
    desk.session.commit()

    visit = desk.session.scalar(select(StageVisit).where(StageVisit.request_id == laptop.id))
    assert (visit.waiting_s, visit.in_hand_s) == (0, 3600)
    assert visit.calendar_version == calendar.version
    assert laptop.due_at == promised
    assert list(differences(desk.session)) == []
