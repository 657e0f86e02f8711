"""Failed tries to come in are kept as long as they count, and not longer."""

from datetime import timedelta

from freezegun import freeze_time
from sqlalchemy import func, select

from app.people.actions import WINDOW, count_try
from app.people.models import SignInAttempt
from tests.support.desk import MONDAY
from tests.support.running import command


def test_the_worker_forgets_tries_that_count_no_more(app, db_session, cast):
    for at in (MONDAY - WINDOW, MONDAY - WINDOW + timedelta(seconds=1)):
        count_try(db_session, email="kim@baton.example", address="192.0.2.7", at=at)
    db_session.commit()

    with freeze_time(MONDAY):
        command(app, "worker", "--once")

    kept = select(func.count(), func.min(SignInAttempt.at)).select_from(SignInAttempt)
    assert tuple(db_session.execute(kept).one()) == (2, MONDAY - WINDOW + timedelta(seconds=1))
