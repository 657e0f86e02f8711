"""A lead says in the browser when the team works."""

from datetime import date

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.administration.models import AdminEvent
from app.requests.models import Request
from app.worktime import actions
from app.worktime.models import Calendar
from tests.support.calendar_pages import SAVE, stored
from tests.support.desk import ask

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _wednesday():
    with freeze_time("2026-03-04 10:00"):
        yield


@pytest.fixture
def told(monkeypatch):
    """Return the days that the recomputing is told of."""
    heard = []
    monkeypatch.setattr(actions, "_told", [lambda _session, change: heard.append(change.first)])
    return heard


def test_only_leads_and_admins_find_it(edit, cast, db_session):
    for person in (cast.ada, cast.kim, cast.eve):
        edit(person, 404)
    cast.eve.is_admin = True
    db_session.commit()
    assert "4 teams share this calendar" in edit(cast.eve).text


def test_saving_unchanged_changes_nothing(edit, client, db_session, told):
    page = client.submit(edit(), SAVE)

    assert "Saved." in page.text
    assert (stored(db_session).version, told) == (1, [])
    assert db_session.query(AdminEvent).count() == 0


def test_hours_days_changes_and_moves_are_typed_saved_and_shown(
    edit, client, cast, db_session, told
):
    page = edit()
    for button in ("New hours from a date on", "A move from a date on"):
        page = client.submit(page, button, **{"week-friday": "9-12, 13-15"})
    assert page.one("[name=week-friday]")["value"] == "9-12, 13-15"
    fields = {
        "days-0-day": "2026-03-20",
        "days-0-name": "Founders’ day",
        "days-1-day": "2026-03-21",
        "days-1-hours": "10–12",
        "changes-0-first": "2026-04-01",
        "changes-0-monday": "",
        "moves-0-first": "2026-05-01",
        "moves-0-zone": "Europe/Lisbon",
    }
    page = client.submit(page, "Look at it first", **fields)
    assert "Not saved yet" in page.text
    assert "Friday 20 March : Founders’ day, closed" in page.text
    assert stored(db_session).version == 1

    page = client.submit(page, SAVE)

    assert "All hours so far are counted anew" in page.text
    saved = stored(db_session)
    assert saved.version == 2
    assert saved.plan["weekly"]["fri"] == [["09:00", "12:00"], ["13:00", "15:00"]]
    assert saved.plan["holidays"] == ["2026-03-20"]
    assert saved.plan["special"] == {"2026-03-21": [["10:00", "12:00"]]}
    assert saved.plan["changes"][0]["from"] == "2026-04-01"
    assert "mon" not in saved.plan["changes"][0]["weekly"]
    assert saved.plan["moves"] == [{"from": "2026-05-01", "tz": "Europe/Lisbon"}]
    assert told == [date(1900, 1, 1)]
    event = db_session.query(AdminEvent).one()
    assert (event.by_id, event.act, event.name) == (cast.dov.id, "changed", "Office hours")
    assert event.before["weekly"]["fri"] == [["09:00", "17:00"]]
    assert "tz" not in event.after  # what stayed is not repeated


def test_a_late_correction_is_told_and_promises_stay(edit, client, cast, db_session, told):
    due = ask(db_session, cast.article, cast.kim).due_at
    fields = {"days-0-day": "2026-03-03", "days-0-name": "A strike"}

    page = client.submit(edit(), SAVE, **fields)

    assert "Hours since 3 March 2026 are counted anew; promises already given stay" in page.text
    assert told == [date(2026, 3, 3)]
    assert db_session.scalar(select(Calendar.version)) == 2
    assert db_session.scalar(select(Request.due_at)) == due


def test_two_at_once_do_not_overwrite_each_other(edit, client, db_session):
    page = edit()
    client.submit(page, SAVE, **{"week-monday": "10-16"})

    page = client.submit(page, SAVE, 409, **{"week-monday": "8-12"})

    assert "Somebody changed it meanwhile" in page.text
    assert page.one("[name=week-monday]")["value"] == "8-12"
    assert stored(db_session).plan["weekly"]["mon"] == [["10:00", "16:00"]]
    client.submit(page, SAVE)
    assert stored(db_session).plan["weekly"]["mon"] == [["08:00", "12:00"]]


CLOSED = {f"week-{day}": "" for day in ("monday", "tuesday", "wednesday", "thursday", "friday")}

ONCE = {"days-0-day": "2020-01-02", "days-0-hours": "09:00-10:00"}


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (CLOSED, "It never opens again"),
        (CLOSED | ONCE, "It never opens again"),
        (CLOSED | ONCE | {"days-0-day": "2026-12-24"}, "It never opens again"),
        ({"week-monday": "nine to five"}, "like 09:00–12:30"),
        ({"zone": "Atlantis"}, "such as Europe/Berlin"),
        ({"name": " "}, "Please name it"),
        ({"days-0-day": "2026-05-01", "days-1-day": "2026-05-01"}, "stands here twice"),
        ({"days-0-day": "soon"}, "Not a valid date"),
        ({"days-0-hours": "08:00-20:00", "days-0-name": "Open evening"}, "Please give the date."),
    ],
)
def test_what_cannot_be_is_said_beside_the_field(edit, client, db_session, fields, said):
    page = client.submit(edit(), SAVE, 422, **fields)

    assert any(said in words for words in page.texts(".field-error")), page.texts(".field-error")
    assert stored(db_session).version == 1


def test_hours_that_end_for_good_are_refused_beside_the_change_that_ends_them(
    edit, client, db_session
):
    page = client.submit(edit(), "New hours from a date on")
    ended = {name.replace("week", "changes-0"): "" for name in CLOSED}
    page = client.submit(page, SAVE, 422, **{"changes-0-first": "2026-09-01", **ended})

    assert "It never opens again" in page.one("#changes-0-monday-error").get_text()
    assert stored(db_session).version == 1
