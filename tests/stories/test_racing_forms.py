"""Two who send a form at the same moment: one is first, and the other is told."""

from app.catalogue.models import RequestType
from tests.support.racing import ready, sent_at_once

SAVE = "Save the offer"


def test_of_two_leads_who_save_an_offer_one_is_asked_to_look_again(app, db_session, cast):
    cast.ivo.is_admin = cast.ida.is_admin = True
    url = f"/types/{cast.laptop.id}"
    sent = [
        ready(app, db_session, person, url, SAVE, summary=person.name)
        for person in (cast.ivo, cast.ida)
    ]
    assert sorted(sent_at_once(app, db_session, cast.laptop, *sent)) == [303, 409]
    db_session.rollback()
    assert db_session.get(RequestType, cast.laptop.id).summary in (cast.ivo.name, cast.ida.name)


def test_what_is_offered_anew_stands_once_however_often_one_clicks(app, db_session, cast):
    cast.ivo.is_admin = True
    url = f"/teams/{cast.it_help.id}/types/new"
    filled = ready(app, db_session, cast.ivo, url, SAVE, name="Projector")
    assert sorted(sent_at_once(app, db_session, cast.it_help, filled, filled)) == [303, 422]
    assert db_session.query(RequestType).filter_by(name="Projector").count() == 1
