"""Parts of pages that are not drawn again: whatever one of them says changes, and it says so."""

from datetime import timedelta

import pytest
from freezegun import freeze_time

from app.requests.acts import settling, work
from app.web import site
from tests.support.desk import MONDAY, act, ask

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def read(client):
    """Return a page as somebody reads it."""

    def read(person, url="/", at=MONDAY + 3 * HOUR):
        with freeze_time(at):
            client.sign_in(person)
            return client.get(url)

    return read


def thanked(session, cast, words):
    request = ask(session, cast.laptop, cast.kim)
    work.claim(session, request, act=act(cast.ivo))
    settling.thank(session, request, words=words, act=act(cast.kim))
    return request


def thanks(page):
    return page.one("section[aria-labelledby=thanks]").get_text(" ", strip=True)


def test_thanks_are_of_today_until_tomorrow(read, db_session, cast):
    thanked(db_session, cast, "Quick!")
    assert "today 10:00" in thanks(read(cast.ivo))
    assert "yesterday 10:00" in thanks(read(cast.ivo, at=MONDAY + DAY))


def test_thanks_are_said_in_the_reader_s_language_and_zone(read, db_session, cast):
    thanked(db_session, cast, "Quick!")
    read(cast.ivo)
    cast.ivo.language = "de"
    assert "heute 10:00" in thanks(read(cast.ivo))
    cast.it_help.calendar.plan = cast.it_help.calendar.plan | {"tz": "Asia/Tokyo"}
    assert "heute 18:00" in thanks(read(cast.ivo))


def test_another_title_is_read_at_once(read, db_session, cast):
    request = thanked(db_session, cast, "Quick!")
    assert request.title in thanks(read(cast.ivo))
    request.title = "The blue one"
    assert "The blue one" in thanks(read(cast.ivo))


def test_the_views_count_what_stands_in_them_now(read, db_session, cast):
    url = f"/teams/{cast.it_help.id}"
    ask(db_session, cast.laptop, cast.kim)
    assert "To do · 1" in read(cast.ivo, url).text
    ask(db_session, cast.laptop, cast.kim)
    assert "To do · 2" in read(cast.ivo, url).text


def test_leads_members_and_others_find_what_is_theirs_beside_a_queue(read, cast):
    def beside(person):
        return read(person, f"/teams/{cast.content.id}").one(".aside").get_text(" ", strip=True)

    member, lead, other = beside(cast.ada), beside(cast.dov), beside(cast.kim)
    assert "Offer something new" in lead
    assert "Offer something new" not in member + other
    assert "Prepared answers" in member
    assert "Prepared answers" not in other
    cast.article.name = "Long read"
    assert "Long read" in beside(cast.kim)


def test_the_same_is_drawn_once(read, monkeypatch, db_session, cast):
    thanked(db_session, cast, "Quick!")
    site._drawn.cache_clear()
    drawn, draw = [], site.draw

    def note(template, **context):
        drawn.append(template)
        return draw(template, **context)

    monkeypatch.setattr(site, "draw", note)
    for _ in range(2):
        read(cast.ivo)
    assert drawn.count("work/thanks.html") == 1
