"""What a migration works out from rows that are there already is what the events say."""

from datetime import timedelta

from flask_migrate import downgrade, upgrade

from app.db import db
from app.requests.acts import asking_others, work
from app.requests.record.rebuilding import differences
from app.requests.rules import WaitingOn
from tests.support.cast import make_cast
from tests.support.desk import MONDAY, act, ask

FRIDAY = MONDAY + timedelta(days=4)


def test_whom_requests_wait_for(empty_app):
    upgrade()
    cast = make_cast(db.session)
    going, outside, agreeing, decided = (
        ask(db.session, cast.laptop, cast.kim, str(number)) for number in range(4)
    )
    for request in (going, outside, agreeing, decided):
        work.claim(db.session, request, act=act(cast.ivo))
    waits = {"question": "When?", "waiting_on": WaitingOn.THIRD_PARTY, "until": FRIDAY}
    work.pause(db.session, outside, who="the landlord", **waits, act=act(cast.ivo))
    for request in (agreeing, decided):
        asked = {"of": cast.eve, "question": "Is it paid?", "until": FRIDAY}
        asking_others.ask_to_agree(db.session, request, **asked, act=act(cast.ivo))
    asking_others.decide(db.session, decided, agreed=True, words="", act=act(cast.eve))
    db.session.commit()

    downgrade(revision="0034_asked_back")
    upgrade()

    assert list(differences(db.session)) == []
    known = [(one.waits_for, one.asked_id) for one in (going, outside, agreeing, decided)]
    landlord, eve = ("the landlord", None), ("Eve Castellanos", cast.eve.id)
    assert known == [(None, None), landlord, eve, (None, None)]
