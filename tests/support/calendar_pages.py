"""The page of a calendar, opened by those who may."""

from collections.abc import Callable
from typing import Any

import pytest

from app.worktime.models import Calendar

SAVE = "Save the calendar"


@pytest.fixture
def calendar(db_session: Any, cast: Any) -> Calendar:
    return db_session.query(Calendar).one()  # type: ignore[no-any-return]


@pytest.fixture
def edit(client: Any, cast: Any, calendar: Calendar) -> Callable[..., Any]:
    """Return how to open the page, as Dov unless somebody else is named."""

    def go(who: Any = None, status: int = 200, query: str = "") -> Any:
        client.sign_in(who or cast.dov)
        return client.get(f"/calendars/{calendar.id}{query}", status)

    return go


def stored(session: Any) -> Calendar:
    """Return the calendar as it is stored now."""
    session.rollback()
    return session.query(Calendar).one()  # type: ignore[no-any-return]
