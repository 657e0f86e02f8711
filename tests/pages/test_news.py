"""New marks in lists, who else is here, and what an open page learns."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.acts import words, work
from tests.support.desk import MONDAY, act, ask

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY + timedelta(hours=1)) as frozen:
        yield frozen


@pytest.fixture
def laptop(db_session, cast):
    return ask(db_session, cast.laptop, cast.kim)


def look(client, person, request):
    client.sign_in(person)
    page = client.get(f"/requests/{request.id}")
    client.submit(page, "form.seen", 204)


def new_in(client, person, address):
    client.sign_in(person)
    return len(client.get(address).all(".new-mark"))


def at(clock, minutes):
    clock.move_to(MONDAY + timedelta(hours=1, minutes=minutes))
    return MONDAY + timedelta(hours=1, minutes=minutes)


def test_what_i_have_not_seen_is_new_until_i_look(client, db_session, cast, laptop, clock):
    queue = f"/teams/{cast.it_help.id}"
    assert new_in(client, cast.ivo, queue) == 1
    assert new_in(client, cast.kim, "/asked") == 0
    look(client, cast.ivo, laptop)
    assert new_in(client, cast.ivo, queue) == 0
    assert new_in(client, cast.ida, queue) == 1

    words.write_note(db_session, laptop, words="Hm", act=act(cast.ida, at(clock, 1)))
    assert new_in(client, cast.ivo, queue) == 1
    assert new_in(client, cast.kim, "/asked") == 0  # notes are not for who asked
    words.write_message(db_session, laptop, words="On it", act=act(cast.ida, at(clock, 2)))
    assert new_in(client, cast.kim, "/asked") == 1
    assert new_in(client, cast.ida, queue) == 0  # her own words are no news to her


def test_words_taken_back_are_no_news_to_who_asked(client, db_session, cast, laptop, clock):
    write = {"note": words.write_note, "message": words.write_message}
    for minute, (kind, say) in enumerate(write.items(), start=1):
        said = say(db_session, laptop, words=f"A {kind}", act=act(cast.ida, at(clock, minute)))
        soon = said.at + timedelta(seconds=5)
        words.unsay(db_session, laptop, seq=2 * minute, act=act(cast.ida, soon))
        assert new_in(client, cast.kim, "/asked") == 0, kind
    assert new_in(client, cast.ivo, f"/teams/{cast.it_help.id}") == 1


def pulse(client, request, known):
    page = client.get(f"/requests/{request.id}")
    token = page.one("#pulse input[name=csrf_token]")["value"]
    answer = client.raw(
        f"/requests/{request.id}/pulse",
        method="POST",
        data={"csrf_token": token, "known": str(known)},
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert answer.status_code == 200
    return answer.text


def test_who_has_it_open_and_who_writes_is_said_to_the_others(
    client, db_session, cast, laptop, clock
):
    client.sign_in(cast.ivo)
    assert "has it open" not in pulse(client, laptop, 1)
    client.sign_in(cast.kim)
    assert "Ivo Novak has it open" in pulse(client, laptop, 1)
    form = f"/requests/{laptop.id}/messages"
    token = client.get("/me").all("input[name=csrf_token]")[0]["value"]
    data = {"form": form, "key": "k" * 12, "words": "Dear", "csrf_token": token}
    client.raw("/drafts", method="POST", data=data)
    pulse(client, laptop, 1)
    client.sign_in(cast.ivo)
    assert "Kim Sørensen is writing" in pulse(client, laptop, 1)
    at(clock, 2)
    assert "Kim" not in pulse(client, laptop, 1)


def test_an_open_page_gets_what_is_new_and_keeps_its_forms(client, db_session, cast, laptop, clock):
    client.sign_in(cast.kim)
    assert "hx-partial" not in pulse(client, laptop, 1)
    words.write_note(db_session, laptop, words="A secret", act=act(cast.ivo, at(clock, 1)))
    work.start(db_session, laptop, act=act(cast.ivo, at(clock, 1)))
    words.write_message(db_session, laptop, words="I began", act=act(cast.ivo, at(clock, 1)))
    text = pulse(client, laptop, 1)
    assert "I began" in text
    assert "secret" not in text
    assert "<textarea" not in text
    assert 'value="4"' in text
    assert "hx-partial" not in pulse(client, laptop, 4)
