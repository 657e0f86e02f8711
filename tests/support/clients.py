"""People at their browsers, without JavaScript: one browser each, on the application under test."""

import contextvars
import re
from collections.abc import Mapping
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from tests.support.cast import PASSWORD
from tests.support.forms import fill
from tests.support.pages import Page

REDIRECTS = (301, 302, 303, 307, 308)
TOKEN = re.compile(r'name="csrf_token"[^>]* value="([^"]+)"')


class PageClient:
    """Walks through the application as a browser without JavaScript would.

    Every page it is given is checked (tests/support/page_checks.py). Before each request it commits
    what the test has arranged in its session, so that the application sees it.
    """

    def __init__(self, app: flask.Flask, session: Session) -> None:
        self._app = app
        self._session = session
        self._browsers: dict[int | None, FlaskClient] = {}
        self._browser = self._browser_of(None)

    def sign_in(self, person: Any) -> None:
        """Sit down at the browser of `person`; the first time, sign in there with the password."""
        if person.id in self._browsers:
            self._browser = self._browsers[person.id]
            return
        email = person.email
        self._browser = self._browser_of(person.id)
        # Some two thousand times a run; the door and what is behind it are looked at by their own.
        token = TOKEN.findall(self.raw("/sign-in", method="GET").text)[0]
        filled = {"csrf_token": token, "email": email, "password": PASSWORD}
        answer = self.raw("/sign-in", method="POST", data=filled)
        assert answer.status_code == 303, answer.text
        assert not answer.location.startswith("/sign-in"), answer.location

    def stranger(self) -> None:
        """Sit down at a browser where nobody is signed in."""
        self._browsers.pop(None, None)
        self._browser = self._browser_of(None)

    def get(self, url: str, status: int = 200, **headers: str) -> Page:
        """Open `url`, follow where it leads, expect `status` at the end, check the page."""
        return self._open(url, status, headers, method="GET")

    def fragment(self, url: str, status: int = 200, *, part: str = "main") -> Page:
        """Ask for `url` as htmx does when it wants the part with the id `part`."""
        return self.get(
            url, status, **{"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": part}
        )

    def post(self, url: str, data: Mapping[str, Any] | None = None, status: int = 200) -> Page:
        """Post `data` as given, without a form and thus without a CSRF token."""
        return self._open(url, status, {}, method="POST", data=dict(data or {}))

    def submit(self, page: Page, form: str, status: int = 200, **fields: Any) -> Page:
        """Fill in the form of `page` that has the button, or is at the CSS selector, `form`.

        Every hidden field and every value already there is sent too, as a browser does.
        """
        filled = fill(page, form, fields)
        return self._open(
            filled.url, status, {"Referer": page.address}, method=filled.method, data=filled.data
        )

    def raw(self, url: str, **options: Any) -> TestResponse:
        """Send one request, without following and without checks."""
        self._session.commit()
        # In an empty context, else the request would share the test's own `flask.g` and session.
        return contextvars.Context().run(self._browser.open, url, buffered=True, **options)

    def _browser_of(self, key: int | None) -> FlaskClient:
        return self._browsers.setdefault(key, self._app.test_client())

    def _open(self, url: str, status: int, headers: dict[str, str], **options: Any) -> Page:
        if options["method"] == "GET" and options.get("data"):
            options["query_string"] = options.pop("data")
        elif any(isinstance(value, FileStorage) for value in (options.get("data") or {}).values()):
            options["content_type"] = "multipart/form-data"
        response = self.raw(url, headers=headers, **options)
        for _ in range(5):
            if response.status_code not in REDIRECTS:
                break
            response = self.raw(response.headers["Location"], headers=headers, method="GET")
        page = Page(response)
        assert page.status == status, f"{page.status}, not {status}, at {page.url}\n{page.text}"
        page.check()
        return page


@pytest.fixture
def client(app: flask.Flask, db_session: Session) -> PageClient:
    """Return a browser without JavaScript; nobody is signed in yet."""
    return PageClient(app, db_session)
