"""What happens by itself: confirming, the end of a wait, and being told before it is late."""

from datetime import date

import pytest
from freezegun import freeze_time

from app.requests.acts import settling
from app.requests.acts.ticking import fire, timers_due
from app.requests.models import Event
from app.requests.rules import Kind, NotNow, NotYours, Outcome, Rating
from tests.support.flow import let_time_do
from tests.support.it_desk import FRI, MON, NEXT_MON, THU, TUE, WED, act, at

TENTH_DAY = date(2026, 3, 17)  # ten working days after Tuesday the 3rd


def reminders(desk, request):
    found = desk.session.query(Event).filter_by(request_id=request.id, kind=Kind.REMINDED)
    return [event.data["what"] for event in found.order_by(Event.seq)]


def test_done_is_announced_once_and_confirmed_after_five_working_days(desk):
    laptop = desk.ask(MON, "09:00")
    desk.done(laptop, MON, "12:00")

    let_time_do(desk.session, at(THU, "08:59"))
    assert reminders(desk, laptop) == []
    let_time_do(desk.session, at(THU, "09:00"))
    let_time_do(desk.session, at(FRI, "09:00"))
    assert reminders(desk, laptop) == ["confirm soon"]
    let_time_do(desk.session, at(NEXT_MON, "17:00"))

    assert (laptop.state, laptop.outcome) == ("confirmed", None)
    [last] = desk.session.query(Event).filter_by(request_id=laptop.id, kind=Kind.CONFIRMED)
    assert last.actor_id is None
    assert last.data["automatic"]


def test_a_wait_ends_on_its_date_also_when_the_worker_was_away(desk):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00", until=at(TUE, "12:00"))

    let_time_do(desk.session, at(WED, "15:00"))

    assert laptop.state == "raised"
    assert laptop.turn_since == at(TUE, "12:00")
    assert laptop.due_at == at(THU, "11:00")  # ten working hours later than Tuesday 17:00


def test_the_holder_is_asked_for_a_word_before_it_is_late_and_again_after_it(desk):
    laptop = desk.ask(MON, "09:00")
    desk.say(laptop, desk.cast.ivo, MON, "10:00")

    let_time_do(desk.session, at(TUE, "13:47"))
    assert reminders(desk, laptop) == []
    let_time_do(desk.session, at(TUE, "13:48"))  # four fifths of sixteen hours
    let_time_do(desk.session, at(TUE, "17:00"))
    assert reminders(desk, laptop) == ["late soon", "late"]

    desk.promise(laptop, at(THU, "17:00"), day=WED, clock="09:00")
    let_time_do(desk.session, at(THU, "16:59"))
    let_time_do(desk.session, at(FRI, "09:00"))
    assert reminders(desk, laptop)[2:] == ["late soon 1", "late 1"]


def test_a_wait_for_the_last_word_brings_no_warning_forward(desk):
    laptop = desk.ask(MON, "09:00")
    desk.done(laptop, MON, "12:00")
    reason = {"reason": "Dark", "act": act(desk.cast.kim, WED, "12:00")}
    settling.reopen(desk.session, laptop, **reason)
    assert laptop.due_at == at(THU, "17:00")  # two working days later than Tuesday 17:00

    let_time_do(desk.session, at(THU, "13:47"))
    assert reminders(desk, laptop) == []
    let_time_do(desk.session, at(THU, "13:48"))  # as far from the end as without a wait
    assert reminders(desk, laptop) == ["late soon"]


def test_two_workers_fire_a_timer_once(desk):
    laptop = desk.ask(MON, "09:00")
    due = timers_due(desk.session, at=at(MON, "12:59"), limit=9)

    fired = [fire(desk.session, one, at=at(MON, "12:59")) for one in (*due, *due)]

    assert fired == [True, False]
    assert reminders(desk, laptop) == ["answer soon"]


def test_a_confirmed_request_opens_again_for_ten_working_days(desk):
    kim = desk.cast.kim
    laptop = desk.ask(MON, "09:00")
    desk.done(laptop, MON, "12:00")
    settling.confirm(
        desk.session, laptop, outcome=Outcome.YES, words="", act=act(kim, TUE, "10:00")
    )

    with pytest.raises(NotNow):
        settling.reopen(desk.session, laptop, reason="Dark", act=act(kim, TENTH_DAY, "17:01"))
    settling.reopen(desk.session, laptop, reason="Dark", act=act(kim, TENTH_DAY, "17:00"))

    assert (laptop.state, laptop.ended_at, laptop.outcome) == ("accepted", None, None)
    assert laptop.reopenings == 1


def test_how_it_was_is_asked_once_more_and_only_who_asked_can_say(desk):
    kim, lou = desk.cast.kim, desk.cast.lou
    laptop = desk.ask(MON, "09:00")
    desk.done(laptop, MON, "12:00")
    settling.confirm(
        desk.session, laptop, outcome=Outcome.YES, words="", act=act(kim, TUE, "10:00")
    )
    let_time_do(desk.session, at(NEXT_MON, "10:00"))
    let_time_do(desk.session, at(TENTH_DAY, "10:00"))
    assert reminders(desk, laptop) == ["how was it"]

    with pytest.raises(NotYours):
        settling.say_how_it_was(
            desk.session, laptop, rating=Rating.WELL, words="", act=act(lou, TENTH_DAY, "11:00")
        )
    for rating in (Rating.NOT_WELL, Rating.WELL):
        settling.say_how_it_was(
            desk.session, laptop, rating=rating, words="", act=act(kim, TENTH_DAY, "11:00")
        )
    assert laptop.rating == "well"


def test_the_worker_does_what_is_due_and_ends(desk, app):
    laptop = desk.ask(MON, "09:00")
    desk.session.commit()

    with freeze_time(at(MON, "13:00")):
        result = app.test_cli_runner().invoke(args=["worker", "--once"])

    assert result.exit_code == 0, result.output
    assert reminders(desk, laptop) == ["answer due"]
