"""What groups at an OpenID provider do to places in teams."""

import pytest
from sqlalchemy import select

from app.administration.models import AdminEvent
from app.notices.models import Notice
from app.people.models import Membership
from app.people.queries import person_by_email
from app.requests.acts.work import claim
from app.requests.models import Event
from tests.support.desk import act, ask
from tests.support.house import PLACES, come, places


@pytest.mark.both
def test_a_team_that_is_left_by_a_group_keeps_its_work(client, cast, house, db_session, setting):
    setting(oidc_new_people=True, oidc_groups=PLACES)
    come(client, house, "noa-7")
    noa = person_by_email(db_session, "noa@baton.example")
    db_session.add(Membership(person_id=noa.id, team_id=cast.it_help.id))
    laptop = ask(db_session, cast.laptop, cast.kim)
    claim(db_session, laptop, act=act(noa))
    db_session.commit()
    come(client, house, "noa-7")
    db_session.rollback()
    assert laptop.holder_id is None
    again = select(Notice.person_id).join(Event, Event.id == Notice.event_id)
    told = db_session.scalars(again.where(Event.kind == "given", Notice.reason == "new"))
    assert set(told) == {cast.ivo.id, cast.ida.id}


@pytest.mark.both
def test_what_groups_change_is_written_down(client, cast, house, db_session, setting):
    setting(oidc_new_people=True, oidc_groups=PLACES)
    come(client, house, "noa-7")
    noa = person_by_email(db_session, "noa@baton.example")
    leads = select(Membership).where(Membership.person_id == noa.id, Membership.role == "lead")
    db_session.scalars(leads).one().role = "member"
    db_session.add(Membership(person_id=noa.id, team_id=cast.it_help.id))
    for _ in range(2):  # the second time nothing is new
        come(client, house, "noa-7")
    cast.eve.is_admin = True
    db_session.commit()

    moves = select(AdminEvent).where(AdminEvent.act.endswith("by a group")).order_by(AdminEvent.id)
    assert [(one.before, one.after) for one in db_session.scalars(moves)] == [
        ({}, {"team": "Content", "role": "member"}),
        ({}, {"team": "Finance", "role": "lead"}),
        ({"team": "IT Help", "role": "member"}, {}),
        ({"role": "member"}, {"team": "Finance", "role": "lead"}),
    ]
    client.sign_in(cast.eve)
    said = client.get("/admin/log").text
    assert "Noa Lind got a place in a team by a group of their account" in said
    assert "Noa Lind lost a place in a team by a group of their account" in said


def test_nothing_said_of_groups_changes_no_place(client, cast, house, db_session, setting):
    setting(oidc_groups=PLACES)
    come(client, house, "ada-7")
    assert places(db_session, cast.ada) == {(cast.content.id, "member")}
