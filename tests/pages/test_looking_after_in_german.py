"""Those who look after people, calendars and logs read German where they chose it."""

import pytest
from freezegun import freeze_time

from tests.support.it_desk import MON, at

# What would be left standing of the English pages.
ENGLISH = (
    *("Save", "Name or e-mail", "Looks after", "Everybody", "Invite", "Rename", "Calendar"),
    *("Monday", "Hours", "Time zone", "closed", "March 2026", "What was done", "Before and after"),
    *("changed", "Bring in", "Column", "Nothing", "Department", "holiday", "Choose", "Leave it"),
)
PAGES = (
    *("/admin/people", "/admin/people/{ada}", "/admin/people/{ada}/leave", "/admin/teams"),
    *("/admin/teams/{team}", "/admin/teams/new", "/admin/log", "/admin/logs"),
    *("/calendars/{calendar}", "/calendars/{calendar}/holidays?country=DE&years=2026"),
    *("/notices", "/me/notices"),
)


@pytest.fixture
def admin(desk, client):
    cast = desk.cast
    cast.ida.is_admin, cast.ida.language = True, "de"
    desk.session.commit()
    with freeze_time(at(MON, "09:00")):
        client.sign_in(cast.ida)
        team = cast.it_help
        places = {"ada": cast.ada.id, "team": team.id, "calendar": team.calendar_id}
        yield lambda path: client.get(path.format(**places))


@pytest.mark.parametrize("path", PAGES)
def test_no_word_of_ours_stays_english(admin, path):
    said = admin(path).one("main").get_text(" ")
    assert [word for word in ENGLISH if word in said] == []


def test_hours_are_read_as_germans_type_them_and_refused_in_german(desk, client, admin):
    page = admin("/calendars/{calendar}")
    wrong = client.submit(page, "Kalender speichern", 422, **{"week-monday": "neun bis fünf"})
    assert "Bitte schreib „neun bis fünf“ so: 09:00–12:30." in wrong.texts(".field-error")[0]
    typed = {"week-monday": "9 bis 12 und 13–16 Uhr"}
    client.submit(wrong, "Kalender speichern", **typed)
    desk.session.expire_all()
    week = desk.cast.it_help.calendar.plan["weekly"]
    assert week["mon"] == [["09:00", "12:00"], ["13:00", "16:00"]]


def test_holidays_are_called_as_germans_call_them(admin):
    page = admin("/calendars/{calendar}/holidays?country=DE&years=2026")
    assert "Neujahr" in page.text
    assert "Österreich" in page.text
    assert "Donnerstag, 1. Januar" in page.text
