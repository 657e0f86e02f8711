"""What has passed is told as past, and what is said of a merged request is said once."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.acts import words, work
from app.requests.acts.merging import merge
from tests.support.desk import MONDAY, act, ask

DAY = timedelta(days=1)
GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def part(client, cast):
    def look(request, at, selector="#turn", **headers):
        with freeze_time(at):
            client.sign_in(cast.kim)
            return client.get(f"/requests/{request.id}", **headers).texts(selector)[0]

    return look


def test_a_promise_that_has_passed_was_promised(db_session, cast, part):
    laptop = ask(db_session, cast.laptop, cast.kim)
    assert "first answer by today 14:00, 4 h left" in part(laptop, MONDAY)
    assert "expected by today 14:00" in part(laptop, MONDAY, "#facts")

    said = part(laptop, MONDAY + DAY)
    assert "a first answer was promised by yesterday 14:00, 4 h over the promise" in said
    assert "was promised by yesterday 14:00" in part(laptop, MONDAY + DAY, "#facts")
    german = part(laptop, MONDAY + DAY, **GERMAN)
    assert "erste Antwort war zugesagt bis gestern 14:00" in german

    work.start(db_session, laptop, act=act(cast.ivo))
    words.write_message(db_session, laptop, words="On it", act=act(cast.ivo))
    said = part(laptop, MONDAY + 3 * DAY)
    assert "it was expected by yesterday 10:00" in said
    assert "was promised" not in part(laptop, MONDAY + 3 * DAY, "#facts")


def test_a_merged_one_says_where_it_went_and_not_that_there_is_nothing(db_session, cast, client):
    laptop, again = (ask(db_session, cast.laptop, cast.kim) for _ in range(2))
    merge(db_session, again, laptop, words="", act=act(cast.ivo))
    with freeze_time(MONDAY):
        client.sign_in(cast.kim)
        said = client.get(f"/requests/{again.id}?stay=1").texts("#beside")[0]
    assert f"It was merged into #{laptop.id}" in said
    assert "Nothing yet" not in said
