"""A program that asks the API, with a token of somebody."""

import contextvars
from itertools import count

import pytest

from app.clock import now
from app.people.programs import make_token

KEYS = count()
PROBLEM = "application/problem+json"


class Program:
    """Asks for one person; `headers` go with every question."""

    def __init__(self, app, session, token):
        self._client = app.test_client(use_cookies=False)
        self._session = session
        self.token = token

    def get(self, path, status=200, **options):
        return self._ask("GET", path, status, **options)

    def post(self, path, body=None, status=None, *, seen=None, key=None, headers=None):
        """Post `body`; `seen` is the ETag, taken from the request itself when it is True."""
        if seen is True:
            seen = self.get(path.rpartition("/")[0]).headers["ETag"]
        sent = {"Idempotency-Key": key or f"program-key-{next(KEYS)}"}
        sent |= {"If-Match": seen} if seen else {}
        return self._ask("POST", path, status, json=body, headers=sent | (headers or {}))

    def _ask(self, method, path, status, headers=None, **options):
        self._session.commit()
        sent = {"Authorization": f"Bearer {self.token}"} | (headers or {})
        url = path if path.startswith("/api/") else f"/api/v1{path}"
        options = {"method": method, "headers": sent, **options}
        # In an empty context, else it would share the test's own `flask.g`.
        answer = contextvars.Context().run(self._client.open, url, buffered=True, **options)
        if status is not None:
            assert answer.status_code == status, answer.text
        if answer.status_code >= 400:
            assert answer.mimetype == PROBLEM, answer.text
            assert answer.json["status"] == answer.status_code
            assert answer.json["detail"]
        assert "Set-Cookie" not in answer.headers
        return answer


@pytest.fixture
def program(app, db_session):
    """Return a maker of programs that act for somebody."""

    def of(person, *, may_write=True, days=90):
        token = make_token(
            db_session,
            person,
            name="A script",
            may_write=may_write,
            days=days,
            form_key=f"form-{next(KEYS)}",
            at=now(),
        )
        db_session.commit()
        return Program(app, db_session, token)

    return of
