"""Moving several requests at once."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.people.rules import Role
from app.requests.acts import work
from tests.support.desk import MONDAY, act, ask


@pytest.fixture(autouse=True)
def monday():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def three(db_session, cast):
    return [ask(db_session, cast.laptop, cast.kim, f"Laptop {n}") for n in (1, 2, 3)]


def chosen(requests):
    return [f"{request.id}.{request.version}" for request in requests]


def look(client, cast, requests, status=200, **fields):
    client.sign_in(cast.ivo)
    page = client.get(f"/teams/{cast.it_help.id}/many")
    fields = {"act": "take", **fields}
    return client.submit(page, "See what would happen", status, chosen=chosen(requests), **fields)


def test_a_look_moves_nothing_and_doing_moves_each(client, db_session, cast, three):
    page = look(client, cast, three[:2])
    assert page.texts(".row .chip") == ["Will move", "Will move"]
    db_session.expire_all()
    assert {request.holder_id for request in three} == {None}

    page = client.submit(page, "Move 2 of them")
    assert page.texts(".row .chip") == ["Moved", "Moved"]
    db_session.expire_all()
    assert [request.holder_id for request in three] == [cast.ivo.id, cast.ivo.id, None]


def test_each_is_told_apart_with_who_has_it_and_where_it_goes(client, db_session, cast, three):
    for request in three:
        request.title = "The projector"
    cast.ivo.memberships[0].role = Role.LEAD
    work.claim(db_session, three[0], act=act(cast.ida))
    page = look(client, cast, three[:2], act="give", to=str(cast.ivo.id))
    asked = [f"#{request.id}, asked by Kim Sørensen" for request in three[:2]]
    assert page.texts(".row-kicker") == asked
    assert page.texts(".row-turn") == [
        "Ida Brandt has it now; it would go to Ivo Novak.",
        "IT Help has it now; it would go to Ivo Novak.",
    ]
    work.claim(db_session, three[1], act=act(cast.ida, MONDAY + timedelta(hours=1)))
    page = client.submit(page, "Move 2 of them")
    assert page.texts(".row-kicker") == asked
    assert page.texts(".row-turn") == [
        "Ivo Novak has it now; Ida Brandt had it before.",
        "Ida Brandt has it.",
    ]


def test_nobody_is_chosen_before_somebody_chooses(client, cast, three):
    for act_, missing in (("give", "Please choose a person."), ("hand", "Please choose a team.")):
        page = look(client, cast, three[:1], 422, act=act_, note="For you")
        assert page.texts(".field-error") == [missing]


def test_a_second_click_and_a_stale_page_move_nothing_twice(client, db_session, cast, three):
    page = look(client, cast, three)
    work.claim(db_session, three[0], act=act(cast.ida, MONDAY + timedelta(hours=1)))
    first = client.submit(page, "Move 3 of them")
    assert first.texts(".row .chip") == ["Somebody moved it meanwhile.", "Moved", "Moved"]
    again = client.submit(page, "Move 3 of them")
    assert again.texts(".row .chip") == first.texts(".row .chip")
    db_session.expire_all()
    assert [request.version for request in three] == [2, 2, 2]


def test_they_go_to_another_team_with_a_word(client, db_session, cast, three):
    page = look(client, cast, three[:1], 422, act="hand", team=str(cast.content.id))
    assert "how far it is" in page.text
    page = look(client, cast, three[:1], act="hand", team=str(cast.content.id), note="For you")
    client.submit(page, "Move 1 of them")
    db_session.expire_all()
    assert three[0].team_id == cast.content.id


def test_what_cannot_be_is_said_before(client, db_session, cast, three):
    page = look(client, cast, [], 422)
    assert "Please choose at least one." in page.text
    work.claim(db_session, three[0], act=act(cast.ida))
    page = look(client, cast, three[:2], act="give", to=str(cast.ida.id))
    assert len(page.texts(".row .chip-late")) == 2  # neither the holder nor the lead gives
    assert page.all("form button:-soup-contains('Move')") == []


def test_another_team_s_requests_are_left_out(client, db_session, cast, three):
    secret = ask(db_session, cast.article, cast.lou, "A secret")
    client.sign_in(cast.ivo)
    page = client.get(f"/teams/{cast.it_help.id}/many")
    key = page.one("form[action$=many] input[name=key]")["value"]
    token = page.one("form[action$=many] input[name=csrf_token]")["value"]
    data = {"key": key, "csrf_token": token, "act": "take", "step": "do"}
    data["chosen"] = f"{secret.id}.{secret.version}"
    answer = client.raw(page.url, method="POST", data=data)
    assert answer.status_code == 200
    assert "secret" not in answer.text
    db_session.expire_all()
    assert secret.holder_id is None
    for wrong in ("x", "1", "1.2.3", "99999999999.1"):
        assert client.raw(page.url, method="POST", data=data | {"chosen": wrong}).status_code == 422
