"""Days that people name in forms: one on which the team is closed is said beside the field."""

import pytest
from freezegun import freeze_time

from tests.support.it_desk import FRI, MON, THU, TUE, WED, at

SATURDAY, AFTERNOON = "2026-03-07", at(TUE, "14:00")
CLOSED = "The team is closed on Saturday 7 March; the next day it works is Monday 9 March."
LATE = ("Say it first", "day", {"sorry": "Sorry, Kim", "why": "The lorry"})
FORMS = [
    LATE,
    ("Ask and wait", "until", {"waiting_on": "requester", "question": "Which size?"}),
    ("Give it back", "until", {"missing": "The size"}),
    ("Ask for their word", "until", {"of": "eve@baton.example", "question": "Agreed?"}),
]


@pytest.fixture
def name_day(desk, client):
    """Let Ivo name a day in a form of the page of a laptop; return the page that answers."""
    laptop = desk.ask(MON, "09:00")
    desk.say(laptop, desk.cast.ivo, MON, "10:00")

    def name(form, day, status=422, now=AFTERNOON):
        button, field, words = form
        with freeze_time(now):
            client.sign_in(desk.cast.ivo)
            page = client.get(f"/requests/{laptop.id}")
            return client.submit(page, button, status, **words, **{field: str(day)})

    return name


@pytest.mark.parametrize("form", FORMS)
def test_a_closed_day_is_refused_gently_and_every_word_kept(name_day, form):
    page = name_day(form, SATURDAY)
    assert page.texts(".field-error") == [CLOSED]
    assert all(word in page.html for word in form[2].values())


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("day", ["2026-03-02", "9999-12-31", "2500-01-01", "0001-01-01"])
def test_a_day_that_has_passed_or_is_out_of_reach_is_refused_beside_the_field(name_day, form, day):
    [said] = name_day(form, day).texts(".field-error")
    assert any(words in said for words in ("has passed", "far off", "between 1970 and 2199"))


def test_a_holiday_is_a_closed_day_too(name_day, desk):
    calendar = desk.cast.it_help.calendar
    calendar.plan = {**calendar.plan, "holidays": [str(THU), str(FRI)]}
    page = name_day(LATE, THU)
    assert "closed on Thursday 5 March; the next day it works is Monday 9 March." in page.text


def test_after_hours_today_is_over(name_day):
    page = name_day(FORMS[1], TUE, now=at(TUE, "18:00"))
    said = "The team is closed by now; the next day it works is Wednesday 4 March."
    assert page.texts(".field-error") == [said]


def test_a_day_on_which_the_team_works_is_taken_as_it_was_named(name_day):
    page = name_day(LATE, WED, 200)
    assert "Promised anew for tomorrow 17:00" in page.text
    assert "It will be there by Wednesday 4 March, 17:00 CET." in page.one("#talk").get_text()


def test_the_day_on_which_one_will_look_may_be_any_that_comes(name_day, desk, client):
    with freeze_time(at(MON, "11:00")):
        client.sign_in(desk.cast.ivo)
        client.submit(client.get("/requests/1"), "Take it up")
    look = ("Say so", "day", {"words": "First thing"})
    page = name_day(look, MON)
    assert page.texts(".field-error") == ["That day has passed; please name one that comes."]
    assert "First thing" in page.html
    assert "will look on Saturday 7 March" in name_day(look, SATURDAY, 200).text
