"""What holds after every story: nothing is stored that its events do not give."""

import pytest

from app.requests.record.rebuilding import differences


@pytest.fixture
def rebuilt(db_session):
    """Whatever happened, the events alone give all that is stored."""
    yield
    db_session.flush()
    assert list(differences(db_session)) == []
