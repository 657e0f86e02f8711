"""Clock cases learned from other desks, by their numbers: ends, promises, reminders."""

from datetime import date, datetime

from app.handoffs.actions import hand_to_team, say_done
from app.requests.acts import settling
from app.requests.acts.ticking import timers_due
from app.requests.intervals import StageVisit
from app.requests.models import Event
from app.requests.record.rebuilding import differences
from app.requests.rules import Kind
from tests.support.flow import let_time_do
from tests.support.it_desk import FRI, HOUR, MON, TUE, WED, act, at


def test_t17_thanks_after_done_start_no_clock_and_reopen_nothing(desk):
    laptop, kim = desk.ask(MON, "09:00"), desk.cast.kim
    desk.done(laptop, MON, "12:00")

    settling.thank(desk.session, laptop, words="Thank you", act=act(kim, MON, "13:00"))
    desk.say(laptop, kim, MON, "13:05")

    assert (laptop.state, laptop.reply_by, laptop.unanswered_since) == ("done", None, None)


def test_t18_done_counts_when_it_holds(desk):
    laptop, kim = desk.ask(MON, "09:00"), desk.cast.kim
    desk.done(laptop, MON, "12:00")
    settling.reopen(desk.session, laptop, reason="Dark", act=act(kim, MON, "14:00"))
    desk.done(laptop, MON, "16:00")

    assert (laptop.done_at, laptop.reopenings) == (at(MON, "16:00"), 1)
    assert laptop.working_s == 5 * HOUR


def test_t19_handed_on_late_the_second_team_is_not_charged_and_the_promise_stays(desk):
    laptop, content = desk.ask(MON, "09:00"), desk.cast.content

    hand_to_team(
        desk.session, laptop, to=content, note="Yours", act=act(desk.cast.ivo, TUE, "15:00")
    )
    say_done(desk.session, laptop, words="Here", act=act(desk.cast.ada, TUE, "17:00"))

    visits = desk.session.query(StageVisit).filter_by(request_id=laptop.id).order_by("seq")
    assert [visit.waiting_s + visit.in_hand_s for visit in visits] == [14 * HOUR, 2 * HOUR]
    assert laptop.due_at == at(TUE, "17:00")


def test_t21_a_calendar_changed_later_does_not_move_a_promise(desk):
    laptop = desk.ask(MON, "09:00")
    calendar = desk.cast.it_help.calendar
    calendar.plan = {**calendar.plan, "weekly": {"fri": [["09:00", "10:00"]]}}

    desk.say(laptop, desk.cast.ivo, MON, "10:00")

    assert laptop.due_at == at(TUE, "17:00")


def test_t22_a_date_given_by_hand_stays_through_a_pause(desk):
    laptop = desk.ask(MON, "09:00")
    desk.promise(laptop, at(FRI, "12:00"), day=MON, clock="10:00")
    desk.pause(laptop, MON, "11:00")
    desk.say(laptop, desk.cast.kim, TUE, "11:00")

    assert (laptop.expected_at, laptop.second_promises) == (at(FRI, "12:00"), 1)
    assert laptop.due_at == at(WED, "17:00")


def test_t23_without_a_promise_nothing_falls_due(desk):
    laptop = desk.cast.laptop
    laptop.response_promise_s = laptop.done_promise_s = None

    request = desk.ask(MON, "09:00")

    assert (request.due_at, request.respond_by) == (None, None)
    assert timers_due(desk.session, at=at(date(2026, 12, 1), "12:00"), limit=9) == []


def test_t24_nobody_is_reminded_at_night(desk):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "23:30")

    [first] = timers_due(desk.session, at=at(WED, "09:00"), limit=9)

    assert (first.what, first.at) == ("answer wanted 1.1", at(WED, "09:00"))


def test_t25_a_worker_that_was_away_reminds_once_and_says_the_true_time(desk):
    laptop = desk.ask(MON, "09:00")
    for clock in ("16:00", "16:05"):
        let_time_do(desk.session, at(MON, clock))

    reminders = desk.session.query(Event).filter_by(request_id=laptop.id, kind=Kind.REMINDED)
    told = {event.data["what"]: event for event in reminders}

    assert set(told) == {"answer due"}
    assert told["answer due"].at == at(MON, "16:00")
    assert datetime.fromisoformat(told["answer due"].data["due"]) == at(MON, "13:00")


def test_t28_everything_rebuilt_is_what_is_stored(desk):
    kim, ivo = desk.cast.kim, desk.cast.ivo
    laptop = desk.ask(MON, "09:00")
    desk.say(laptop, ivo, MON, "10:00")
    desk.say(laptop, kim, MON, "11:00")
    desk.pause(laptop, MON, "12:00", until=at(TUE, "12:00"))
    let_time_do(desk.session, at(TUE, "15:00"))
    desk.done(laptop, WED, "10:00")
    for day in (10, 20):
        let_time_do(desk.session, at(date(2026, 3, day), "10:00"))

    assert desk.kinds(laptop)[-3:] == [Kind.DONE, Kind.REMINDED, Kind.CONFIRMED]
    assert list(differences(desk.session)) == []
