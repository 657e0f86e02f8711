"""An admin brings in another tool's log through the browser; the worker does the work."""

from io import BytesIO
from pathlib import Path

import pytest
from freezegun import freeze_time
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from app.administration.models import AdminEvent
from app.imports import actions
from app.imports.columns import look_over
from app.imports.mapping import read_mapping
from app.imports.models import LogImport
from app.people.models import Person
from app.requests.models import Event, Request
from app.requests.record.rebuilding import differences
from tests.support.logs_in import GOOD, HEADER, bring_in, count, upload
from tests.support.running import command

pytestmark = pytest.mark.both
LOG = Path(__file__).resolve().parents[1] / "support" / "data" / "incident_event_log.csv"
UPLOAD, START = "Upload, and look it over", "Bring it in"


@pytest.fixture
def admin(client, db_session, cast):
    cast.eve.is_admin = True
    db_session.commit()
    client.sign_in(cast.eve)
    return cast.eve


def test_a_real_log_comes_in_once(app, client, admin, db_session):
    page = upload(client, LOG.read_bytes())
    assert "5998 lines of 890 cases. 14 lines cannot be taken" in page.text
    assert "which case it is" in page.text
    page = client.submit(page, START)
    assert "0 of 890 cases, 0 %" in page.text
    assert count(db_session, Request) == 0

    bring_in(app)

    page = client.get(page.url)
    assert "It is brought in" in page.text
    assert "before its opening" in page.text
    assert count(db_session, Request) == 890
    log = db_session.scalars(select(LogImport)).one()
    report = log.report
    rejected = sum(map(len, report["rejected"].values()))
    assert rejected == 14
    assert report["lines"] == report["taken"] + report["repeating"] + report["known"] + rejected
    assert log.slot is None
    assert list(differences(db_session)) == []
    events = count(db_session, Event)

    again = client.submit(upload(client, LOG.read_bytes()), START)
    bring_in(app)

    page = client.get(again.url)
    assert "It is brought in" in page.text
    assert "as events of 0 new requests" in page.text
    assert (count(db_session, Request), count(db_session, Event)) == (890, events)
    assert db_session.scalars(select(AdminEvent.act)).all() == ["began to bring in"] * 2
    assert "Eve Castellanos began to bring in the log desk.csv" in client.get("/admin/log").text


def test_a_worker_that_dies_loses_and_doubles_nothing(client, admin, db_session, monkeypatch, app):
    rows = "".join(GOOD.replace("INC1", f"INC{number}") for number in range(5))
    client.submit(upload(client, (HEADER + rows).encode()), START)
    monkeypatch.setattr(actions, "BATCH", 2)
    log = db_session.scalars(select(LogImport)).one()
    cases = look_over(log.content, read_mapping(log.mapping)).cases
    at = log.started_at
    assert actions.carry_on(db_session, log.id, cases, done=0, at=at)
    db_session.commit()
    assert actions.carry_on(db_session, log.id, cases, done=2, at=at)
    db_session.rollback()  # as when it is killed
    assert count(db_session, Request) == 2
    assert not actions.carry_on(db_session, log.id, cases, done=0, at=at)  # somebody was faster
    page = client.fragment(f"/admin/logs/{log.id}", part="log-progress")
    assert "2 of 5 cases, 40 %" in page.text

    command(app, "worker", "--once")

    assert count(db_session, Request) == 5
    assert db_session.scalars(select(LogImport)).one().report["cases_added"] == 5


def test_columns_that_are_called_otherwise_are_named_and_can_be_told(client, admin, db_session):
    other = HEADER.replace("incident_state", "status").encode() + GOOD.encode()
    page = upload(client, b"\xef\xbb\xbf" + other)
    assert "The log has no column “incident_state”" in page.text
    assert START not in page.text
    mapping = page.soup.select_one("textarea").text
    wrong = mapping.replace('"New" = "raised"', '"New" = "begun"')
    page = client.submit(page, "Look again", 422, mapping=wrong)
    assert "cannot become “begun”" in page.text
    page = client.submit(page, "Look again", mapping=mapping.replace("incident_state", "status"))
    assert "1 lines of 1 cases. Every line can be taken" in page.text
    assert START in page.text


def test_what_is_no_log_is_refused_with_a_sentence(client, admin, app):
    page = client.submit(client.get("/admin/logs"), UPLOAD, 422)
    assert "Please choose a file." in page.text
    assert "There is nothing in this file." in upload(client, b" \n", status=422).text
    page = upload(client, b"x" * (app.config["MAX_CONTENT_LENGTH"] + 1), status=413)
    assert "4 MB" in page.text
    page = upload(client, b"PK\x03\x04\0\0\0 no table at all")
    assert "The log has no column “number”" in page.text


def test_one_at_a_time_and_a_second_click_is_the_same(client, admin, db_session):
    first = client.get("/admin/logs")
    one = client.submit(first, UPLOAD, file=FileStorage(BytesIO(GOOD.encode()), "one.csv"))
    two = client.submit(first, UPLOAD, file=FileStorage(BytesIO(GOOD.encode()), "one.csv"))
    assert one.url == two.url
    assert "is not at its end" in client.get("/admin/logs").text
    data = {"key": "another-key", "file": (BytesIO(b"a"), "b.csv"), "visibility": "open"}
    data["csrf_token"] = first.soup.select_one("[name=csrf_token]")["value"]
    answer = client.raw("/admin/logs", method="POST", data=data)
    assert answer.status_code == 422
    assert "one at a time" in answer.text
    assert count(db_session, LogImport) == 1

    page = client.submit(client.get(one.url), "form[action$='/drop']")
    assert "It was dropped" in page.text
    assert UPLOAD in client.get("/admin/logs").text


def test_without_a_worker_the_page_says_so_kindly(client, cast):
    cast.eve.is_admin = True
    with freeze_time("2026-03-02 09:00") as clock:
        client.sign_in(cast.eve)
        page = client.submit(upload(client, (HEADER + GOOD).encode()), START)
        assert "no worker runs" not in page.text
        clock.tick(31)
        assert "it seems that no worker runs" in client.get(page.url).text
        page = client.submit(client.get(page.url), "form[action$='/drop']")
        assert "What had come in until then stays" in page.text
        assert "hx-trigger" not in str(page.soup.select_one("#log-progress"))


def test_rejected_lines_can_be_taken_along_and_run_nothing(app, client, admin):
    lines = HEADER + GOOD + GOOD.replace("New", "=1+1") + GOOD.replace(",y", "")
    page = client.submit(upload(client, lines.encode()), START)
    answer = client.raw(page.link("All rejected lines, as CSV"))
    assert answer.text.splitlines() == [
        "line,reason",
        "3,unknown state “=1+1”",
        "4,wrong number of cells",
    ]
    assert "attachment" in answer.headers["Content-Disposition"]


def test_a_log_that_cannot_be_carried_on_ends_with_its_reason(app, client, admin, db_session):
    page = client.submit(upload(client, (HEADER + GOOD).encode()), START)
    log = db_session.scalars(select(LogImport)).one()
    log.mapping = "no mapping"
    db_session.commit()

    command(app, "worker", "--once")

    assert "could not be carried on (BadMapping)" in client.get(page.url).text


@pytest.mark.parametrize("who", ["ada", "dov"])
def test_to_others_there_is_nothing(client, admin, cast, db_session, who):
    page = upload(client, (HEADER + GOOD).encode())
    client.sign_in(getattr(cast, who))
    token = client.get("/me").soup.select_one("[name=csrf_token]")["value"]
    for path in ("", "/rejected.csv"):
        assert client.raw(page.url + path).status_code == 404
    assert client.raw("/admin/logs").status_code == 404
    for path in ("mapping", "start", "drop"):
        data = {"csrf_token": token, "key": f"key-{who}-{path}", "mapping": "x"}
        assert client.raw(f"{page.url}/{path}", method="POST", data=data).status_code == 404
    db_session.rollback()
    assert db_session.scalars(select(LogImport)).one().started_at is None


def test_people_of_a_log_cannot_sign_in(app, client, admin, db_session):
    client.submit(upload(client, (HEADER + GOOD).encode()), START)
    command(app, "worker", "--once")
    db_session.rollback()
    known = db_session.scalars(select(Person).where(Person.email.endswith("@imported.invalid")))
    assert {one.is_active for one in known} == {False}


def test_lines_that_are_read_together_are_named(client, admin):
    lines = HEADER + GOOD + GOOD.replace(",y", ',"y\nz"')
    page = upload(client, lines.encode())
    assert "read together: lines 3 to 4." in page.text
    assert "read together: lines 3 to 4." in client.submit(page, START).text
