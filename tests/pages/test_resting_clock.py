"""While a request waits for somebody the clock rests, and both sides read that it does."""

import pytest
from freezegun import freeze_time

from tests.support.it_desk import FRI, MON, NEXT_MON, THU, TUE, WED, at


@pytest.fixture
def both_read(client, desk):
    def read(address, day, clock, selector="#turn"):
        said = []
        for person in (desk.cast.kim, desk.cast.ivo):
            with freeze_time(at(day, clock)):
                client.sign_in(person)
                said.append(" ".join(client.get(address).texts(selector)))
        return said

    return read


def test_days_of_waiting_are_no_lateness(desk, both_read):
    laptop = desk.ask(MON, "09:00")  # promised for Tuesday 17:00
    desk.pause(laptop, TUE, "10:00")
    for said in both_read("/requests/1", THU, "10:00"):
        assert "since last Tuesday 10:00, the clock rests" in said
        assert "over the promise" not in said
        assert "expected by" not in said
    for said in both_read("/requests/1", THU, "10:00", "#facts"):
        assert "this time moves on with it" in said


def test_what_was_late_before_stays_as_late_as_it_was(desk, both_read):
    desk.pause(desk.ask(MON, "09:00"), WED, "10:00")
    for said in both_read("/requests/1", FRI, "10:00"):
        assert "the clock rests; before that it was 1 h over the promise" in said
    for said in both_read("/requests/1", FRI, "10:00", "#facts"):
        assert "last Tuesday 17:00" in said
        assert "moves on" not in said


def test_and_the_rest_is_no_part_of_how_late_it_is_afterwards(desk, both_read):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, WED, "10:00")
    desk.say(laptop, desk.cast.kim, FRI, "10:00")
    for said in both_read("/requests/1", FRI, "11:00"):
        assert "expected by last Tuesday 17:00, 2 h over the promise" in said
    desk.pause(laptop, FRI, "11:00")
    for said in both_read("/requests/1", NEXT_MON, "10:00"):
        assert "before that it was 2 h over the promise" in said


def test_a_promise_that_moved_on_says_what_was_promised_first(desk, both_read):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, MON, "12:00")
    desk.say(laptop, desk.cast.kim, TUE, "10:00")
    for said in both_read("/requests/1", TUE, "11:00", "#facts"):
        assert "tomorrow 15:00" in said
        assert "First promised for today 17:00; it moved on while the clock rested." in said
    desk.promise(laptop, at(FRI, "12:00"), day=TUE, clock="12:00")
    for said in both_read("/requests/1", TUE, "13:00"):
        assert "Promised anew for Friday 12:00; first promised for today 17:00." in said


def test_after_a_second_promise_the_first_date_is_no_measure(desk, both_read):
    laptop = desk.ask(MON, "09:00")
    desk.promise(laptop, at(FRI, "12:00"), day=TUE, clock="10:00")
    desk.pause(laptop, THU, "10:00")
    for said in both_read("/requests/1", NEXT_MON, "10:00"):
        assert "the clock rests" in said
        assert "over the promise" not in said


def test_once_the_answer_came_the_clock_goes_on(desk, both_read):
    laptop = desk.ask(MON, "09:00")
    desk.pause(laptop, TUE, "10:00")
    desk.say(laptop, desk.cast.kim, THU, "10:00")
    for said in both_read("/requests/1", THU, "10:00"):
        assert "expected by today 17:00, 7 h left" in said
        assert "the clock rests" not in said
