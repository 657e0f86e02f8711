"""Admins look after people and teams in the browser; leads after the members of their own."""

import pytest
from sqlalchemy import select

from app.administration.models import AdminEvent
from app.catalogue.rules import Visibility
from app.people.models import Department, Membership, Person, Team
from app.requests.acts.work import claim
from app.requests.models import Request
from app.worktime.models import Calendar
from tests.support.desk import MONDAY, act, ask, counted_queries

pytestmark = pytest.mark.both


@pytest.fixture
def admin(client, db_session, cast):
    cast.eve.is_admin = True
    db_session.commit()
    client.sign_in(cast.eve)
    return cast.eve


def acts(session):
    session.rollback()
    return list(session.scalars(select(AdminEvent.act).order_by(AdminEvent.id)))


def test_somebody_is_invited_and_comes_in(client, admin, cast, db_session):
    page = client.get(client.get("/").link("People and teams"))
    wanted = {"name": "Nia Abara", "email": "Nia@Baton.example", "team": cast.content.id}
    filled = client.submit(page, "Invite them", 422, **wanted | {"email": "nobody"})
    assert "no e-mail address" in filled.text
    page = client.submit(page, "Invite them", **wanted, role="lead")
    address = page.one(".to-copy").get_text().partition("/invitations/")[2]
    assert "Content Lead" in page.text
    assert page.headers["Cache-Control"] == "no-store"

    client.stranger()
    client.submit(client.get(f"/invitations/{address}"), "form.form", password="a long enough one")
    nia = db_session.query(Person).filter_by(email="nia@baton.example").one()
    assert nia.password_hash
    assert acts(db_session) == ["invited", "invitation used"]
    client.sign_in(admin)
    page = client.submit(client.get("/admin/people"), "Invite them", 422, **wanted)
    assert "here already" in page.text


def test_a_second_click_does_nothing_twice(client, admin, cast, db_session):
    page = client.get(f"/admin/people/{cast.ada.id}")
    client.submit(page, "Make an invitation")
    client.submit(page, "Make an invitation")

    assert acts(db_session) == ["invited again"]


@pytest.mark.both
def test_everybody_is_listed_once_also_where_names_are_the_same(
    client, admin, cast, db_session, monkeypatch
):
    monkeypatch.setattr("app.web.administration.PAGE", 2)
    people = [Person(name="Kim Park", email=f"park{n}@baton.example") for n in range(5)]
    db_session.add_all(people)
    db_session.commit()
    listed, url = [], "/admin/people?q=kim"
    while url:
        page = client.get(url)
        listed += [int(link["href"].split("/")[-1]) for link in page.all(".row-title a")]
        url = next((link["href"] for link in page.all("a[href*='after=']")), None)
    assert listed == [*(person.id for person in people), cast.kim.id]


def test_places_and_rights_change_and_are_written_down(client, admin, cast, db_session):
    page = client.get(f"/admin/people/{cast.ada.id}")
    page = client.submit(page, "Give them this place", team=cast.it_help.id, role="lead")
    page = client.submit(page, "Save", name="Ada L.", is_admin=True)
    page = client.submit(page, f"form[action$='/teams/{cast.content.id}/end']")

    db_session.rollback()
    places = db_session.execute(
        select(Membership.team_id, Membership.role).where(Membership.person_id == cast.ada.id)
    )
    assert [tuple(place) for place in places] == [(cast.it_help.id, "lead")]
    assert db_session.get_one(Person, cast.ada.id).is_admin
    page = client.get("/admin/log")
    assert "Eve Castellanos took out of a team the person Ada L." in page.text
    assert acts(db_session) == ["placed", "changed", "taken out"]
    changed = db_session.query(AdminEvent).filter_by(act="changed").one()
    assert changed.before == {"name": "Ada Lindqvist", "is_admin": False}
    placed = db_session.query(AdminEvent).filter_by(act="placed").one()
    assert (placed.before, placed.after) == ({}, {"team": "IT Help", "role": "lead"})


def test_the_last_admin_stays(client, admin, cast, db_session):
    page = client.get(f"/admin/people/{admin.id}")
    page = client.submit(page, "Save", 422, is_admin=False)
    assert "name somebody first" in page.text
    page = client.submit(client.get(f"/admin/people/{admin.id}/leave"), "Deactivate", 422)
    assert "name somebody first" in page.text
    assert acts(db_session) == []


def test_who_leaves_hands_over_and_cannot_come_in(client, admin, cast, db_session):
    one, other = (ask(db_session, cast.article, cast.kim, title) for title in ("One", "Other"))
    other.visibility = Visibility.OPEN
    for request in (one, other):
        claim(db_session, request, act=act(cast.ada))
    db_session.commit()
    client.sign_in(cast.ada)
    client.get("/")
    client.sign_in(admin)
    page = client.get(client.get(f"/admin/people/{cast.ada.id}").link("They leave"))
    assert "Other" in page.text
    assert "One" not in page.text  # not for the eyes of this admin
    third = ask(db_session, cast.article, cast.kim, "Third")
    claim(db_session, third, act=act(cast.ada))
    chosen = {f"to-{one.id}": cast.bea.id}

    page = client.submit(page, "Hand over, and deactivate", 409, **chosen)
    assert "look it over once more" in page.text
    page = client.submit(page, "Hand over, and deactivate")

    assert "has left" in page.text
    db_session.rollback()
    held = dict(db_session.execute(select(Request.id, Request.holder_id)).all())
    assert held == {one.id: cast.bea.id, other.id: None, third.id: None}
    client.sign_in(cast.ada)
    assert client.get("/").url.startswith("/sign-in")
    client.sign_in(cast.bea)
    assert (
        "Eve Castellanos gave it back to the team’s line."
        in client.get(f"/requests/{other.id}").text
    )
    client.sign_in(admin)
    client.submit(client.get(f"/admin/people/{cast.ada.id}"), "Bring them back")
    assert acts(db_session) == ["left", "brought back"]


def test_departments_and_teams_are_made_and_changed(client, admin, cast, db_session):
    page = client.submit(client.get("/admin/teams"), "Make it", 422, name="Services")
    assert "This name is taken." in page.text
    page = client.submit(page, "Make it", name="Gardens")
    page = client.get(page.link("Make a team"))
    gardens = db_session.query(Department).filter_by(name="Gardens").one().id
    fields = {"name": "Trees", "department": gardens, "calendar": 0}
    page = client.submit(page, "Save", 422, **fields, zone="Nowhere")
    assert "such as Europe/Berlin" in page.text
    page = client.submit(page, "Save", zone="Asia/Tokyo")
    page = client.submit(page, "Save", 422, name="Content")
    page = client.submit(page, "Save", name="Big trees", purpose="We look after them.")

    team = db_session.query(Team).filter_by(name="Big trees").one()
    assert db_session.get_one(Calendar, team.calendar_id).plan["tz"] == "Asia/Tokyo"
    page = client.get(f"/admin/departments/{gardens}")
    client.submit(page, "Save", name="Parks")
    assert acts(db_session) == ["made", "made", "changed", "renamed"]
    assert client.get(f"/teams/{team.id}/types/new").h1 == "Something new to offer"


def test_leads_take_members_in_and_out_but_no_leads(client, cast, db_session):
    client.sign_in(cast.dov)
    page = client.get(client.get(f"/teams/{cast.content.id}").link("Who belongs to Content"))
    page = client.submit(page, "Take them in", 422, person="Nobody")
    page = client.submit(page, "Take them in", person="kim sørensen")
    assert "Kim Sørensen" in page.text
    client.submit(page, f"form[action$='/members/{cast.kim.id}/end']")
    url = f"/teams/{cast.content.id}/members/{cast.dov.id}/end"
    assert not page.all(f"form[action='{url}']")

    assert acts(db_session) == ["placed", "taken out"]
    client.get(f"/teams/{cast.it_help.id}/members", 404)


def test_the_log_goes_on_and_takes_few_queries(client, admin, cast, db_session):
    for number in range(55):
        event = AdminEvent(at=MONDAY, by_id=admin.id, key=f"key-{number}", act="changed")
        event.subject, event.subject_id, event.name = "person", cast.ada.id, f"Nr {number}"
        event.before, event.after = {"name": "x"}, {"name": "y"}
        db_session.add(event)
    db_session.commit()
    with counted_queries(db_session) as sent:
        page = client.get("/admin/log")
    assert len(sent) <= 8
    assert "Nr 54" in page.text
    assert "Nr 4 " not in page.text
    assert "Nr 4 " in client.get(page.link("Show earlier")).text
    for url in ("/admin/people", "/admin/teams", f"/admin/people/{cast.ada.id}"):
        with counted_queries(db_session) as sent:
            client.get(url)
        assert len(sent) <= 12, url
