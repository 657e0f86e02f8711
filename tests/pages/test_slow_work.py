"""What takes long is done before anything is written: on SQLite everybody would wait for it."""

import io

import pytest
from sqlalchemy import update
from werkzeug.datastructures import FileStorage

from app.attachments.models import Attachment
from app.attachments.storage import Disk
from app.catalogue.questions import FieldKind
from app.documents.models import Version
from app.imports.models import LogImport
from app.people.models import Person, Team
from app.requests.models import Message, Request
from app.web import imports
from app.web.forms import piece
from tests.support.desk import ask
from tests.support.logs_in import GOOD, HEADER, count, upload
from tests.support.pieces import with_author
from tests.support.running import elsewhere

WRITE = update(Team).values(purpose="Written meanwhile")


def named(name):
    return FileStorage(io.BytesIO(name.encode()), filename=name)


@pytest.fixture
def while_it_takes(app, monkeypatch):
    """Return a function that lets somebody write while something slow is done; count how often."""
    times = []

    def slowly(place, name):
        slow = getattr(place, name)

        def doing(*values, **more):
            elsewhere(app, lambda session: session.execute(WRITE).rowcount)
            times.append(name)
            return slow(*values, **more)

        monkeypatch.setattr(place, name, doing)
        return times

    return slowly


def test_files_are_stored(client, db_session, cast, while_it_takes):
    ask(db_session, cast.laptop, cast.kim)
    times = while_it_takes(Disk, "put")
    client.sign_in(cast.kim)
    page = client.get("/requests/1")
    client.submit(page, "Send", words="See here", files=named("one.txt"))
    assert len(times) == count(db_session, Attachment) == count(db_session, Message) == 1


def test_files_of_a_form_are_stored(client, db_session, cast, while_it_takes):
    cast.laptop.fields = [
        {"key": key, "label": f"Which {key}?", "kind": FieldKind.FILE.value}
        for key in ("plan", "list")
    ]
    times = while_it_takes(Disk, "put")
    client.sign_in(cast.kim)
    page = client.get(f"/ask/types/{cast.laptop.id}")
    given = {f"answer_{key}": named(f"{key}.txt") for key in ("plan", "list")}
    client.submit(page, "Ask IT Help", title="A laptop", **given)
    assert len(times) == count(db_session, Attachment) == 2
    assert count(db_session, Request) == 1


def test_a_text_is_read_from_its_file(client, db_session, cast, while_it_takes):
    request = with_author(db_session, cast, "It was cold.")
    times = while_it_takes(piece, "read_file")
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{request.id}/versions/new")
    client.submit(page, "Save this version", body="", file=named("story.md"))
    assert (len(times), count(db_session, Version)) == (1, 2)


@pytest.fixture
def log_page(client, db_session, cast):
    cast.eve.is_admin = True
    db_session.commit()
    client.sign_in(cast.eve)
    return upload(client, (HEADER + GOOD).encode())


def test_a_log_is_read(client, db_session, log_page, while_it_takes):
    times = while_it_takes(imports, "look_over")
    wrong = log_page.soup.select_one("textarea").text.replace('"raised"', '"begun"')
    client.submit(log_page, "Look again", 422, mapping=wrong)
    client.submit(log_page, "Bring it in")
    assert len(times) == 2
    assert db_session.query(LogImport.cases).scalar() == 1


def test_a_log_that_is_to_be_read_otherwise_meanwhile_is_not_begun(
    client, db_session, log_page, monkeypatch, app
):
    look_over = imports.look_over

    def looking(*values):
        elsewhere(app, lambda session: session.execute(update(LogImport).values(mapping="")))
        return look_over(*values)

    monkeypatch.setattr(imports, "look_over", looking)
    page = client.submit(log_page, "Bring it in")
    assert "Somebody has changed how it is read" in page.text
    assert db_session.query(LogImport.started_at).scalar() is None


class Dripping(io.BytesIO):
    """A body of which the rest takes long to come, while somebody else writes."""

    def __init__(self, app, content):
        super().__init__(content)
        self.app, self.times = app, 0

    def readinto(self, buffer):
        self.times += 1
        elsewhere(self.app, lambda session: session.execute(WRITE).rowcount)
        return super().readinto(buffer)


def test_a_slow_program_is_listened_to(app, db_session, cast, program):
    request = ask(db_session, cast.laptop, cast.kim)
    body = b'{"words": "Green"}'
    stream = Dripping(app, body)
    sent = {"input_stream": stream, "content_type": "application/json"}
    headers = {"Idempotency-Key": "one", "Content-Length": str(len(body))}
    kim = program(db_session.get(Person, cast.kim.id))
    kim._ask("POST", f"/requests/{request.id}/messages", 201, headers=headers, **sent)
    assert stream.times
