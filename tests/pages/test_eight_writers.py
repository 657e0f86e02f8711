"""Eight people who write at the same moment on SQLite: all are answered, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select

from app.db import db
from app.people.models import Person
from app.requests.models import Message, Request
from app.requests.record.rebuilding import differences
from app.requests.search.index import RequestText
from tests.support.cast import make_cast
from tests.support.clients import PageClient
from tests.support.desk import ask

WRITERS = 8


@pytest.fixture
def busy_app(make_app):
    return make_app()


@pytest.fixture
def arranged(busy_app):
    """The ids of the request all write to, of what all ask for, and of four people."""
    with busy_app.app_context():
        cast = make_cast(db.session)
        request = ask(db.session, cast.laptop, cast.kim)
        db.session.commit()
        four = [cast.kim.id, cast.lou.id, cast.ivo.id, cast.ida.id]
        return request.id, cast.laptop.id, four


def test_eight_writers_at_once_are_all_answered_and_nothing_is_lost(busy_app, arranged):
    request_id, laptop_id, people = arranged
    together = Barrier(WRITERS)

    def writes(number):
        with busy_app.app_context():
            client = PageClient(busy_app, db.session)
            client.sign_in(db.session.get(Person, people[number % len(people)]))
            talk = client.get(f"/requests/{request_id}")
            wish = client.get(f"/ask/types/{laptop_id}")
            together.wait(timeout=60)
            client.submit(talk, "#form-message", words=f"Word {number}")
            client.submit(wish, "Ask IT Help", title=f"Laptop {number}", answer_wish="New")

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(writes, range(WRITERS)))

    with busy_app.app_context():
        words = db.session.scalars(select(Message.body)).all()
        titles = db.session.scalars(select(Request.title).where(Request.id != request_id)).all()
        assert sorted(words) == [f"Word {number}" for number in range(WRITERS)]
        assert sorted(titles) == [f"Laptop {number}" for number in range(WRITERS)]
        indexed = db.session.scalar(select(func.count()).select_from(RequestText))
        assert indexed == 1 + WRITERS
        assert list(differences(db.session)) == []
