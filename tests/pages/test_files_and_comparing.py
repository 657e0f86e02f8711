"""Files become versions, versions are compared and brought back; nothing is overwritten."""

from datetime import timedelta
from io import BytesIO

import pytest
from freezegun import freeze_time
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.documents.models import Look, Version
from tests.support.desk import MONDAY
from tests.support.office import paragraph, word_file
from tests.support.pieces import STRENGTH, give_back, with_author, with_editor, write

SAVE = "Save this version"
FIRST = "It was cold.\n\nThe keeper slept."
SECOND = "It was bitterly cold.\n\nThe keeper slept."


@pytest.fixture(autouse=True)
def later():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def piece(db_session, cast):
    piece = with_author(db_session, cast, FIRST)
    write(db_session, piece, cast.ada, SECOND, on=1)
    db_session.commit()
    return piece


def upload(content, name):
    return FileStorage(BytesIO(content), filename=name)


def bodies(session):
    session.rollback()
    return [v.body for v in session.scalars(select(Version).order_by(Version.number))]


def test_a_word_file_becomes_a_version_and_is_kept_as_it_came(client, db_session, cast, piece):
    client.sign_in(cast.ada)
    content = word_file(paragraph("From a file"), word__comments_xml="<c/>")
    page = client.get(f"/requests/{piece.id}/versions/new")
    client.submit(page, SAVE, body="", file=upload(content, "Story.docx"))
    assert bodies(db_session)[-1] == "From a file"
    shown = client.get(f"/requests/{piece.id}/versions/3")
    assert "Comments were left out." in shown.text
    answer = client.raw(shown.link("Story.docx"), method="GET")
    assert answer.data == content
    assert answer.headers["Content-Disposition"] == "attachment; filename=Story.docx"
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    for other in (cast.kim, cast.eve):
        client.sign_in(other)
        assert client.raw(shown.link("Story.docx"), method="GET").status_code == 404


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"%PDF", "a.pdf", "Please choose a .docx, .odt, .txt or .md file."),
        (b"nothing", "a.docx", "This file is damaged"),
    ],
)
def test_a_file_that_cannot_be_read_keeps_the_typed_words(
    client, db_session, cast, piece, content, name, sentence
):
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}/versions/new")
    page = client.submit(page, SAVE, 422, body="Typed", note="New", file=upload(content, name))
    assert sentence in page.one("#file-error").text
    assert page.one("[name=body]").text.strip() == "Typed"
    assert len(bodies(db_session)) == 2


def test_two_versions_are_compared_in_one_text_and_side_by_side(client, cast, piece):
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}/compare?from=1&to=2")
    assert page.h1 == "From version 1 to 2"
    assert page.texts(".compare ins") == ["bitterly"]
    assert page.texts(".compare del") == []
    page = client.get(f"/requests/{piece.id}/compare?from=2&to=1&view=beside")
    assert page.texts(".compare td del") == ["bitterly"]
    assert page.texts(".compare tbody tr:first-child td") == [
        "It was bitterly cold.",
        "It was cold.",
    ]
    for missing in ("from=9&to=1", "from=1&to=0"):
        client.get(f"/requests/{piece.id}/compare?{missing}", 404)


def test_since_i_last_looked(client, db_session, cast):
    piece = with_editor(db_session, cast, FIRST)
    give_back(db_session, piece, cast.bea, [STRENGTH])
    write(db_session, piece, cast.ada, SECOND, on=1, at=MONDAY + timedelta(minutes=9))
    db_session.commit()
    client.sign_in(cast.bea)
    page = client.get(f"/requests/{piece.id}/compare")
    assert page.h1 == "From version 1 to 2"
    assert "You last looked at version 1." in page.text
    token = page.one("body")["hx-headers:inherited"].split('"')[3]
    looks = f"/requests/{piece.id}/looks"
    for number, status in ((2, 204), (9, 404)):
        data = {"number": number, "csrf_token": token}
        assert client.raw(looks, method="POST", data=data).status_code == status
    assert (
        "Nothing has changed since you last looked."
        in client.get(f"/requests/{piece.id}/compare").text
    )
    db_session.rollback()
    assert [look.number for look in db_session.scalars(select(Look))] == [2]


def test_bringing_a_version_back_makes_a_new_one(client, db_session, cast, piece):
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}/versions/1")
    for _ in range(2):  # the second click changes nothing
        client.submit(page, "Bring this version back")
    assert bodies(db_session) == [FIRST, SECOND, FIRST]
    assert "Bring this version back" not in client.get(f"/requests/{piece.id}/versions/3").text
    client.sign_in(cast.dov)
    assert "Bring this version back" not in client.get(f"/requests/{piece.id}/versions/1").text


def test_bringing_it_back_from_an_older_page_overwrites_nothing(client, db_session, cast, piece):
    client.sign_in(cast.ada)
    page = client.get(f"/requests/{piece.id}/versions/1")
    write(db_session, piece, cast.ada, "Third", on=2)
    db_session.commit()
    client.submit(page, "Bring this version back", 409)
    assert bodies(db_session) == [FIRST, SECOND, "Third"]
