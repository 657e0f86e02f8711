"""Instants as both engines keep them."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import literal, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import StatementError

from app.db import Moment
from app.requests.models import Request
from tests.support.desk import ask

TOKYO = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 2, 9, tzinfo=UTC),
        datetime(2026, 3, 2, 9, 0, 0, 5, tzinfo=UTC),
        datetime(2026, 3, 2, 18, 30, 59, 999_999, tzinfo=TOKYO),
        datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC),
        datetime(5, 1, 1, tzinfo=UTC),
    ],
)
def test_an_instant_comes_back_in_utc_to_the_microsecond(db_session, cast, moment):
    request = ask(db_session, cast.laptop, cast.kim)
    request.due_at = moment
    db_session.flush()
    found = db_session.scalar(select(Request.due_at).where(Request.due_at == moment))
    assert (found, found.tzinfo) == (moment, UTC)


def test_sqlite_keeps_them_as_it_did_before():
    """What is stored already must compare with what is stored from now on."""
    kept = Moment().bind_processor(sqlite.dialect())
    assert kept(datetime(2026, 3, 2, 18, 30, tzinfo=TOKYO)) == "2026-03-02 09:30:00.000000"
    assert kept(None) is None


def test_one_without_its_zone_is_refused(db_session):
    nowhere = datetime(2026, 3, 2, 9)  # noqa: DTZ001
    with pytest.raises(StatementError, match="needs its time zone"):
        db_session.scalar(select(literal(nowhere, Moment())))
