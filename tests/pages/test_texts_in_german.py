"""Advice, versions and calendars speak German to whoever has chosen it, and to nobody else."""

from datetime import timedelta
from io import BytesIO

import pytest
from freezegun import freeze_time
from icalendar import Calendar
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.documents.models import VersionFile
from app.feedback.models import Remark
from app.requests.models import Event
from tests.support.desk import MONDAY, ask
from tests.support.office import paragraph, word_file
from tests.support.pieces import with_author, with_editor


@pytest.fixture(autouse=True)
def clock():
    with freeze_time(MONDAY + timedelta(hours=1)):
        yield


@pytest.fixture
def german(db_session, cast):
    for person in (cast.bea, cast.kim):
        person.language = "de"
    db_session.commit()


def test_advice_is_given_in_german_and_read_in_english(client, db_session, cast, german):
    piece = with_editor(db_session, cast, "It was cold in the harbour.")
    client.sign_in(cast.bea)
    said = {
        "strengths-0-quote": "It was cold",
        "strengths-0-see": "Der erste Satz",
        "strengths-0-why": "Er zieht hinein",
        "remarks-0-kind": "problem",
        "remarks-0-see": "This is garbage and nobody will read it",
        "decision": "back for small changes",
        "stage": "author",
        "size": "hours",
        "wanted": "2026-03-31",
    }
    desk = client.get(f"/requests/{piece.id}/handoff")
    assert "Zurück für kleine Änderungen" in desk.text
    look = client.submit(desk, "Noch einmal ansehen", **said)
    assert "Bea Okafor: zurück für kleine Änderungen" in look.text
    assert "ungefähr: Stunden. Gut wäre es bis Dienstag, 31. März." in look.text
    assert "Das siehst nur du. „is garbage“: Es urteilt über das Ganze" in look.text
    client.submit(look, "Den Stab weitergeben")
    assert db_session.scalars(select(Remark.kind)).all() == ["strength", "problem"]
    handed = db_session.scalars(select(Event.data).order_by(Event.seq.desc())).first()
    assert (handed["decision"], handed["size"]) == ("back for small changes", "hours")

    with freeze_time(MONDAY + timedelta(hours=2)):
        client.sign_in(cast.ada)
        shown = client.get(f"/requests/{piece.id}")
        assert "Back to you: 1 idea, a few hours. One passage to keep." in shown.text
        assert "Bea Okafor’s advice" in shown.text


def test_what_a_file_lost_is_told_to_each_reader_in_their_language(
    client, db_session, cast, german
):
    piece = with_author(db_session, cast)
    client.sign_in(cast.ada)
    content = word_file(paragraph("From a file"), word__comments_xml="<c/>")
    file = FileStorage(BytesIO(content), filename="Story.docx")
    page = client.get(f"/requests/{piece.id}/versions/new")
    client.submit(page, "Save this version", body="", file=file)
    kept = db_session.scalars(select(VersionFile)).one()
    assert kept.lost == ["Comments were left out."]
    kept.lost = [*kept.lost, "1 picture was left out.", "3 pictures were left out."]
    assert "3 pictures were left out." in client.get(f"/requests/{piece.id}/versions/2").text
    client.sign_in(cast.bea)
    shown = client.get(f"/requests/{piece.id}/versions/2")
    assert shown.texts(".callout li") == [
        "Kommentare wurden weggelassen.",
        "1 Bild wurde weggelassen.",
        "3 Bilder wurden weggelassen.",
    ]


def test_a_calendar_speaks_the_language_of_its_owner(client, db_session, cast, german):
    ask(db_session, cast.laptop, cast.kim, "A laptop")
    client.sign_in(cast.kim)
    page = client.submit(client.get("/me/tokens"), "form[action$=calendar]")
    path = page.one(".to-copy").text.strip().removeprefix("http://localhost:5000")
    client.stranger()
    read = Calendar.from_ical(client.raw(path, headers={"Accept-Language": "en"}).data)
    assert str(read["x-wr-calname"]) == "Fällig in Baton"
    assert [str(event["summary"]) for event in read.walk("VEVENT")] == ["Erwartet: A laptop (#1)"]


def test_the_door_refuses_in_the_language_of_the_browser(client, cast):
    wrong = {"email": cast.kim.email, "password": "wrong"}
    page = client.get("/sign-in", **{"Accept-Language": "de"})
    token = page.one("[name=csrf_token]")["value"]
    answer = client.raw(
        "/sign-in",
        method="POST",
        data={**wrong, "csrf_token": token},
        headers={"Accept-Language": "de"},
    )
    assert "gehören nicht zusammen" in answer.text
