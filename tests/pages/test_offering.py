"""A lead makes an offer with its form in the browser; others ask with it."""

from io import BytesIO

import pytest
from werkzeug.datastructures import FileStorage

from app.attachments.models import Attachment
from app.catalogue.models import RequestType
from app.catalogue.rules import Routing
from app.people.models import Membership
from app.people.rules import Role
from app.requests.models import Brief, Request
from tests.support.desk import ask

SAVE = "Save the offer"


@pytest.fixture
def lead(db_session, cast):
    db_session.query(Membership).filter_by(person_id=cast.ivo.id).one().role = Role.LEAD
    db_session.commit()
    return cast.ivo


@pytest.fixture
def edit(client, cast, lead):
    def go(person=None, status=200):
        client.sign_in(person or lead)
        return client.get(f"/types/{cast.laptop.id}", status)

    return go


def stored(session, cast):
    session.rollback()
    return session.get_one(RequestType, cast.laptop.id)


def test_only_the_lead_may(edit, client, cast):
    for person in (cast.ida, cast.dov, cast.kim):
        edit(person, 403)
        client.get(f"/teams/{cast.it_help.id}/types/new", 403)


def test_saving_unchanged_changes_nothing(edit, client, db_session, cast):
    before = stored(db_session, cast)
    known = (before.name, before.response_promise_s, before.done_promise_s, len(before.fields))

    client.submit(edit(), SAVE)

    after = stored(db_session, cast)
    assert (
        after.name,
        after.response_promise_s,
        after.done_promise_s,
        len(after.fields),
    ) == known


def test_a_question_that_hangs_on_another_is_asked_and_checked_on_the_server(
    edit, client, db_session, cast
):
    old = ask(db_session, cast.laptop, cast.kim)
    page = edit()
    fields = {
        "questions-2-label": "What broke?",
        "questions-2-kind": "several choices",
        "questions-2-required": "y",
        "questions-2-choices": "Screen\nKeys",
        "questions-2-asked_if": "What do you need?",
        "questions-2-asked_when": "Repair",
        "done_hours": "",
        "done_days": "3",
    }
    page = client.submit(page, SAVE, **fields)
    assert "holds for what is asked from now on" in page.text

    client.sign_in(cast.kim)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    assert "by the end of the 3rd working day" in page.text
    assert "Only if “What do you need?” is answered with “Repair”:" in page.text
    key = next(f["key"] for f in stored(db_session, cast).fields if f["label"] == "What broke?")
    page = client.submit(page, "Ask IT Help", 422, title="Mine", answer_wish="Repair")
    assert "needs it to begin" in page.text
    page = client.submit(page, "Ask IT Help", **{f"answer_{key}": ["Screen", "Keys"]})
    assert "Screen; Keys" in page.text
    page = client.get(f"/ask/types/{cast.laptop.id}")
    hidden = {"title": "New one", "answer_wish": "New", f"answer_{key}": ["Keys"]}
    assert "Keys" not in client.submit(page, "Ask IT Help", **hidden).one("#brief").get_text()
    assert db_session.get_one(Request, old.id).due_at is not None


def test_a_form_that_cannot_be_asked_is_told_beside_its_question(edit, client, db_session, cast):
    page = client.submit(
        edit(), SAVE, 422, **{"questions-2-label": "Colour", "questions-2-kind": "choice"}
    )

    assert "at least two choices" in page.text
    assert len(stored(db_session, cast).fields) == 2


def test_two_leads_at_once_do_not_overwrite_each_other(edit, client, db_session, cast):
    page = edit()
    client.submit(page, SAVE, summary="The first")

    page = client.submit(page, SAVE, 409, summary="The second")

    assert "The second" in page.html
    assert stored(db_session, cast).summary == "The first"
    client.submit(page, SAVE)
    assert stored(db_session, cast).summary == "The second"


def test_something_new_is_offered_and_found_by_its_other_words(client, cast, lead, db_session):
    client.sign_in(lead)
    page = client.get(f"/teams/{cast.it_help.id}/types/new")
    page = client.submit(page, SAVE, 422, name="Laptop")
    assert "something of this name already" in page.text
    client.submit(page, SAVE, name="Projector", keywords="beamer, screen")

    client.sign_in(cast.eve)
    for words in ("beamer", "projektor"):
        assert "Projector" in client.get(f"/ask?q={words}").one("#teams").get_text(), words
    assert "No promise about the time" in client.get(f"/ask/{cast.it_help.id}").text


def test_new_requests_go_to_everybody_in_turn(db_session, cast):
    cast.laptop.routing = Routing.ROUND_ROBIN
    holders = [ask(db_session, cast.laptop, cast.kim).holder_id for _ in range(3)]

    assert holders == [cast.ivo.id, cast.ida.id, cast.ivo.id]
    mine = ask(db_session, cast.laptop, cast.ida)
    assert mine.holder_id == cast.ivo.id  # never one's own


def test_by_load_and_to_a_person_who_may_have_left(db_session, cast):
    cast.laptop.routing = Routing.LOAD
    first, second = (ask(db_session, cast.laptop, cast.kim) for _ in range(2))
    assert {first.holder_id, second.holder_id} == {cast.ivo.id, cast.ida.id}

    cast.laptop.routing, cast.laptop.routed_to_id = Routing.PERSON, cast.ida.id
    assert ask(db_session, cast.laptop, cast.kim).holder_id == cast.ida.id
    cast.ida.is_active = False
    assert ask(db_session, cast.laptop, cast.kim).holder_id is None


def test_files_and_people_are_asked_for(client, db_session, cast):
    cast.laptop.fields = [
        {"key": "plan", "label": "The plan", "kind": "file", "required": True},
        {"key": "who", "label": "Whose?", "kind": "person"},
        {"key": "team", "label": "Which team?", "kind": "team"},
    ]
    client.sign_in(cast.kim)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    page = client.submit(page, "Ask IT Help", 422, title="Mine", answer_who="Nobody")
    assert "no person of that name" in page.text
    file = FileStorage(BytesIO(b"plan"), filename="plan.txt")
    page = client.submit(
        page, "Ask IT Help", 422, answer_plan=file, answer_team="Finance", answer_who="Kimm"
    )
    assert "Kept: plan.txt" in page.text

    page = client.submit(page, "Ask IT Help", answer_who="lou tanaka")

    assert page.texts("#brief .files a") == ["plan.txt"]
    brief = db_session.query(Brief).one()
    assert [a["text"] for a in brief.answers] == ["plan.txt", "lou tanaka", "Finance"]
    assert db_session.query(Attachment).one().request_id == brief.request_id
