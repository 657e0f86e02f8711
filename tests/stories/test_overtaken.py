"""A worker that was away says one true word of each matter, and nothing that is past."""

from datetime import date

import pytest

from app.notices.models import Notice
from app.people.rules import Role
from app.requests.acts import settling
from app.requests.life.overtaking import OVERTAKEN_BY, Word, word_for
from app.requests.models import Event
from app.requests.rules import Kind, Outcome
from tests.support.flow import let_time_do
from tests.support.it_desk import FRI, MON, NEXT_MON, NEXT_TUE, THU, TUE, WED, act, at

pytestmark = pytest.mark.usefixtures("rebuilt")


def reminders(desk, request):
    found = desk.session.query(Event).filter_by(request_id=request.id, kind=Kind.REMINDED)
    return [(event.data["what"], event.data["due"]) for event in found.order_by(Event.seq)]


def told(desk, person, since):
    rows = desk.session.query(Notice).filter_by(person_id=person.id).filter(Notice.at >= since)
    return [(n.event.kind, n.event.data.get("what")) for n in rows.order_by(Notice.id)]


def test_what_became_late_meanwhile_is_told_once_with_the_time_that_was_true(desk):
    desk.cast.ida.memberships[0].role = Role.LEAD
    laptop = desk.ask(MON, "09:00")

    for _ in range(2):
        let_time_do(desk.session, at(THU, "10:00"))

    assert reminders(desk, laptop) == [("late", "2026-03-03T16:00:00+00:00")]
    assert told(desk, desk.cast.ida, at(THU, "10:00")) == [("reminded", "late")]


def test_an_answer_that_is_late_is_not_due_soon_and_the_promise_is_still_warned_of(desk):
    laptop = desk.ask(MON, "09:00")
    let_time_do(desk.session, at(TUE, "14:00"))
    assert [what for what, _ in reminders(desk, laptop)] == ["answer due", "late soon"]
    let_time_do(desk.session, at(TUE, "17:00"))
    assert [what for what, _ in reminders(desk, laptop)][2:] == ["late"]


def test_of_a_wait_whose_day_came_meanwhile_only_its_end_is_told(desk):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00", until=at(FRI, "12:00"))

    for _ in range(2):
        let_time_do(desk.session, at(NEXT_MON, "10:00"))

    assert reminders(desk, laptop) == []
    assert laptop.turn_since == at(FRI, "12:00")
    assert told(desk, desk.cast.kim, at(NEXT_MON, "10:00")) == []
    assert told(desk, desk.cast.ivo, at(FRI, "12:00")) == [("resumed", None)]


def test_who_is_asked_is_reminded_once_and_the_holder_still_learns_that_none_came(desk):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")

    let_time_do(desk.session, at(NEXT_TUE, "10:00"))
    assert [what for what, _ in reminders(desk, laptop)] == ["answer wanted 1.2"]

    let_time_do(desk.session, at(date(2026, 3, 16), "10:00"))
    assert [what for what, _ in reminders(desk, laptop)][1:] == ["offer to close 1"]


def test_what_confirmed_itself_meanwhile_is_not_announced(desk):
    laptop = desk.ask(MON, "09:00")
    desk.done(laptop, MON, "12:00")
    let_time_do(desk.session, at(date(2026, 3, 20), "10:00"))
    assert laptop.state == "confirmed"
    assert reminders(desk, laptop) == []


@pytest.mark.parametrize(
    ("day", "heard"),
    [(date(2026, 3, 13), [("reminded", "how was it")]), (date(2026, 3, 16), [])],
)
def test_how_it_was_is_asked_again_within_five_working_days_or_never(desk, day, heard):
    laptop = desk.ask(MON, "09:00")
    desk.done(laptop, MON, "12:00")
    words = {"outcome": Outcome.YES, "words": "", "act": act(desk.cast.kim, TUE, "10:00")}
    settling.confirm(desk.session, laptop, **words)

    for _ in range(2):
        let_time_do(desk.session, at(day, "10:00"))

    assert [what for what, _ in reminders(desk, laptop)] == ["how was it"]  # due on Friday the 6th
    assert told(desk, desk.cast.kim, at(WED, "09:00")) == heard


def test_what_ends_a_wait_comes_before_every_word_about_it():
    come = dict.fromkeys(("answer due", "answer wanted 2.1", "pause ends 2"), at(MON, "09:00"))
    assert {word_for(what, come).what for what in come} == {"pause ends 2"}
    soon = dict.fromkeys(("confirm", "confirm soon"), at(MON, "09:00"))
    assert word_for("confirm soon", soon) == Word("confirm")


def test_a_later_promise_says_for_its_own_warning():
    come = dict.fromkeys(("late soon 2", "late 2", "reply due 1"), at(MON, "09:00"))
    assert word_for("late soon 2", come) == Word("late 2", ["late soon 2"])
    assert word_for("reply due 1", come) == Word("reply due 1")
    assert set(OVERTAKEN_BY) & {"reply due", "offer to close", "how was it"} == set()
