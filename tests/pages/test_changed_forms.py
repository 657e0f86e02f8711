"""A form whose questions change while somebody fills it in: no word of theirs goes unsaid."""

import pytest
from freezegun import freeze_time

from app.people.models import Draft
from app.requests.models import Request
from tests.support.desk import MONDAY

ROOM = {"key": "room", "label": "Which room or machine?"}
FLOOR = {"key": "floor", "label": "Which floor?", "required": True}
SEND = "Ask IT Help"


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY):
        yield


@pytest.fixture
def opened(client, db_session, cast):
    """The form as Kim opened it, before its lead changed it."""
    wish = cast.laptop.fields[0]
    cast.laptop.fields = [wish, ROOM]
    client.sign_in(cast.kim)
    return client.get(f"/ask/types/{cast.laptop.id}")


def send(client, page, status=200, **answers):
    return client.submit(
        page, SEND, status, **({"title": "It hums", "answer_wish": "Repair"} | answers)
    )


def asked_for(session):
    session.expire_all()
    return session.query(Request).count()


def test_the_answer_to_a_question_that_is_gone_is_shown_and_nothing_untrue_said(
    client, db_session, cast, opened
):
    cast.laptop.fields = [cast.laptop.fields[0], FLOOR]
    page = send(client, opened, 422, answer_room="Room 7")
    assert "your words are all still here" not in page.text
    assert "The form has changed since you opened it" in page.text
    assert "Which room or machine? Room 7" in page.texts("dl.facts")[0]
    page = send(client, page, 422)
    assert "Which room or machine? Room 7" in page.texts("dl.facts")[0]
    send(client, page, answer_floor="2", details="Room 7")
    assert asked_for(db_session) == 1


def test_it_is_shown_also_where_nothing_else_is_wrong(client, db_session, cast, opened):
    cast.laptop.fields = cast.laptop.fields[:1]
    page = send(client, opened, 422, answer_room="Room 7")
    assert "Room 7" in page.texts("dl.facts")[0]
    assert asked_for(db_session) == 0
    send(client, page)
    assert asked_for(db_session) == 1


def test_so_is_a_choice_that_is_gone(client, cast, opened):
    cast.laptop.fields = [{**cast.laptop.fields[0], "choices": ["New", "On loan"]}]
    page = client.submit(opened, SEND, 422, title="It hums", answer_wish="Repair")
    assert "What do you need? Repair" in page.texts("dl.facts")[0]


def test_words_kept_on_the_way_are_shown_too_and_no_question_is_a_draft(
    client, db_session, cast, opened
):
    form = f"/ask/types/{cast.laptop.id}"
    hidden = {one["name"]: one["value"] for one in opened.all("form input[type=hidden]")}
    client.post("/drafts", {**hidden, "form": form}, 204)
    assert db_session.query(Draft).count() == 0
    client.post("/drafts", {**hidden, "form": form, "answer_room": "Room 7"}, 204)
    cast.laptop.fields = cast.laptop.fields[:1]
    page = client.get(form)
    assert "Which room or machine? Room 7" in page.texts("dl.facts")[0]
    send(client, page)
    assert asked_for(db_session) == 1


def test_a_form_that_stayed_the_same_says_so_truly(client, cast, opened):
    page = send(client, opened, 422, title="")
    assert "your words are all still here" in page.text
    assert page.one("#answer_room") is not None
