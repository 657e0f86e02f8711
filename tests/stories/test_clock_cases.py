"""Clock cases learned from other desks, by their numbers: pauses and answers."""

from datetime import date

from app.requests.acts import settling, words, work
from app.requests.acts.ticking import timers_due
from app.requests.record.rebuilding import differences
from app.requests.rules import WaitingOn
from tests.support.it_desk import FRI, HOUR, MON, NEXT_MON, THU, TUE, WED, act, at


def test_t8_a_pause_of_two_days_over_a_weekend_moves_the_due_time_by_its_working_time(desk):
    laptop = desk.ask(THU, "09:00")
    desk.pause(laptop, FRI, "16:00")

    desk.say(laptop, desk.cast.kim, NEXT_MON, "10:00")

    assert laptop.due_at == at(NEXT_MON, "11:00")


def test_t8_a_promise_that_was_missed_is_moved_by_no_later_pause_or_reopening(desk):
    laptop, kim = desk.ask(MON, "09:00"), desk.cast.kim
    desk.pause(laptop, WED, "10:00")
    desk.say(laptop, kim, FRI, "10:00")
    assert laptop.due_at == at(TUE, "17:00")

    desk.done(laptop, FRI, "12:00")
    settling.reopen(desk.session, laptop, reason="Dark", act=act(kim, NEXT_MON, "12:00"))
    assert laptop.due_at == at(TUE, "17:00")
    assert list(differences(desk.session)) == []


def test_t9_what_was_paused_stays_paused_when_a_new_time_is_promised(desk):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")
    desk.say(laptop, desk.cast.kim, TUE, "10:00")
    desk.promise(laptop, at(FRI, "12:00"), day=TUE, clock="11:00")
    desk.done(laptop, WED, "09:00")

    assert laptop.due_at == at(WED, "17:00")
    assert (laptop.paused_s, laptop.working_s) == (8 * HOUR, 8 * HOUR)


def test_t10_two_pauses_that_touch_are_counted_once_each(desk):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")
    desk.say(laptop, desk.cast.kim, MON, "11:00")
    desk.pause(laptop, MON, "11:00")
    desk.say(laptop, desk.cast.kim, MON, "12:00")

    desk.done(laptop, MON, "13:00")

    assert (laptop.paused_s, laptop.working_s) == (2 * HOUR, 2 * HOUR)


def test_t11_a_pause_does_not_stop_the_clock_of_the_first_answer(desk):
    laptop = desk.ask(MON, "09:00")
    work.pause(
        desk.session,
        laptop,
        question="Which size?",
        waiting_on=WaitingOn.THIRD_PARTY,
        who="The shop",
        until=None,
        act=act(desk.cast.ivo, MON, "10:00"),
    )

    assert laptop.respond_by == at(MON, "13:00")
    assert laptop.first_response_at == at(MON, "10:00")  # the question is an answer


def test_t12_who_asks_their_own_team_does_not_answer_themselves(desk):
    ida = desk.cast.ida
    laptop = desk.ask(MON, "09:00", by=ida, team=desk.cast.it_help)

    desk.say(laptop, ida, MON, "09:30")

    assert laptop.first_response_at is None


def test_t13_notes_claims_and_moves_are_no_first_answer(desk):
    laptop, ivo = desk.ask(MON, "09:00"), desk.cast.ivo

    words.write_note(desk.session, laptop, words="Psst", act=act(ivo, MON, "09:10"))
    work.claim(desk.session, laptop, act=act(ivo, MON, "09:20"))
    work.start(desk.session, laptop, act=act(ivo, MON, "09:30"))

    assert laptop.first_response_at is None


def test_t14_a_shorter_reply_promise_does_not_overrule_the_first_answer(desk):
    laptop = desk.ask(MON, "09:00")

    desk.say(laptop, desk.cast.kim, MON, "09:10")

    assert (laptop.respond_by, laptop.reply_by) == (at(MON, "13:00"), None)


def test_t15_the_asking_side_may_be_silent_for_ten_days_and_nothing_is_overdue(desk):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "10:00")

    due = timers_due(desk.session, at=at(date(2026, 3, 12), "12:00"), limit=9)

    assert laptop.reply_by is None
    assert {one.what.split(" 1")[0] for one in due} == {"answer wanted"}


def test_t16_three_messages_in_a_row_wait_since_the_first(desk):
    laptop, kim = desk.ask(MON, "09:00"), desk.cast.kim
    desk.say(laptop, desk.cast.ivo, MON, "10:00")

    for clock in ("11:00", "11:30", "12:30"):
        desk.say(laptop, kim, MON, clock)

    assert (laptop.unanswered_since, laptop.reply_by) == (at(MON, "11:00"), at(MON, "13:00"))
    desk.say(laptop, desk.cast.ivo, MON, "14:00")
    assert laptop.unanswered_since is None
