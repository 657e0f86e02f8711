"""A lead says in the browser when the team works."""

from datetime import date

import pytest
from freezegun import freeze_time
from sqlalchemy import select

from app.administration.models import AdminEvent
from app.requests.models import Request
from app.worktime import actions
from app.worktime.models import Calendar
from tests.support.desk import ask

SAVE = "Save the calendar"
pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _wednesday():
    with freeze_time("2026-03-04 10:00"):
        yield


@pytest.fixture
def calendar(db_session, cast):
    return db_session.query(Calendar).one()


@pytest.fixture
def edit(client, cast, calendar):
    def go(who=None, status=200, query=""):
        client.sign_in(who or cast.dov)
        return client.get(f"/calendars/{calendar.id}{query}", status)

    return go


@pytest.fixture
def told(monkeypatch):
    """Return the days that the recomputing is told of."""
    heard = []
    monkeypatch.setattr(actions, "_told", [lambda _s, _c, day, _b: heard.append(day)])
    return heard


def stored(session):
    session.rollback()
    return session.query(Calendar).one()


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

    assert "Hours since always are counted anew" in page.text
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


def test_public_holidays_become_our_own_dates(edit, client, db_session, calendar):
    page = client.get(edit().link("Bring in public holidays"))
    page = client.submit(page, "Show the days", country="DE")
    page = client.submit(page, "Show the days", region="BE", years=["2026"])
    assert "Women's Day" in page.text
    page = client.submit(page, "Take these days", take=["2026-05-01", "2026-12-25"])

    saved = stored(db_session)
    assert saved.plan["holidays"] == ["2026-05-01", "2026-12-25"]
    assert saved.plan["names"]["2026-12-25"] == "Christmas Day"
    page = client.submit(page, SAVE, **{"days-0-day": ""})
    assert stored(db_session).plan["holidays"] == ["2026-12-25"]


def test_days_of_nowhere_are_none(edit, client, calendar):
    edit()
    page = client.get(f"/calendars/{calendar.id}/holidays?country=XX&years=0&years=99999&region=x")
    assert "No days found" in page.text
    assert (
        "days to look over"
        in client.get(f"/calendars/{calendar.id}/holidays?country=DE&region=nowhere").text
    )


def test_typed_words_without_a_date_are_asked_after_and_stay(edit, client, db_session):
    client.submit(edit(), SAVE, **{"days-0-day": "2026-05-01", "days-0-name": "Open evening"})
    again = {"days-1-name": "Open evening"}  # as one that stands, so nothing is taken out
    page = client.submit(edit(), SAVE, 422, **again)
    assert page.one("[name=days-1-name]")["value"] == "Open evening"
    page = client.submit(edit(), "New hours from a date on")
    page = client.submit(page, "A move from a date on")
    typed = {"changes-0-monday": "8-12", "moves-0-zone": "Europe/Lisbon"}
    page = client.submit(page, SAVE, 422, **typed)
    assert len(page.texts(".field-error")) == 2
    assert stored(db_session).version == 2


def test_a_row_that_was_only_begun_is_left_out_and_one_without_its_date_taken_out(
    edit, client, db_session
):
    page = client.submit(edit(), "New hours from a date on")
    first = {"days-0-day": "2026-05-01", "days-0-name": "Open evening", "days-0-hours": "8-20"}
    client.submit(page, SAVE, **first)
    assert stored(db_session).plan.get("changes", []) == []
    client.submit(edit(), SAVE, **{"days-0-day": ""})
    assert stored(db_session).plan.get("special", {}) == {}


def test_holidays_go_into_no_calendar_that_never_opens_again(edit, client, db_session, calendar):
    calendar.plan = {"tz": "Europe/Berlin", "weekly": {}}  # as it could be stored once
    db_session.commit()
    page = client.get(edit().link("Bring in public holidays"))
    page = client.submit(page, "Show the days", country="DE", years=["2026"])
    page = client.submit(page, "Take these days", 422, take=["2026-05-01"])
    assert "It never opens again" in page.one(".field-error").get_text()
