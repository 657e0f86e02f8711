"""Dates of a calendar: public holidays brought in, rows without a date, days of nowhere."""

import pytest
from freezegun import freeze_time

from tests.support.calendar_pages import SAVE, stored

pytestmark = pytest.mark.both


@pytest.fixture(autouse=True)
def _wednesday():
    with freeze_time("2026-03-04 10:00"):
        yield


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
