"""The doors of an installation in tests: settings of one's own, the way in, the worker's round."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import flask
import pytest

from tests.support.cast import PASSWORD

DOOR = "form:has(input[name=password])"


@pytest.fixture
def setting(app: flask.Flask) -> Iterator[Callable[..., None]]:
    """Yield a changer of settings, for this test only: `setting(mail_server=…)`."""
    before = app.extensions["baton"]

    def change(**changes: Any) -> None:
        app.extensions["baton"] = replace(app.extensions["baton"], **changes)

    yield change
    app.extensions["baton"] = before
    app.extensions.pop("baton_provider", None)


@pytest.fixture
def by_mail(app: flask.Flask, setting: Callable[..., None], mailbox: Any) -> Callable[[], str]:
    """Set a mail server, and return a worker's round that tells the newest link it sent."""
    setting(mail_server=mailbox.url, address="https://baton.example")

    def work() -> str:
        result = app.test_cli_runner().invoke(args=["worker", "--once"])
        assert result.exit_code == 0, result.output
        words = mailbox.mails[-1].get_content().split() if mailbox.mails else []
        links = [word for word in words if "/sign-in/links/" in word]
        return links[-1].removeprefix("https://baton.example") if links else ""

    return work


def knock(client: Any, email: str, password: str = PASSWORD, status: int = 200) -> Any:
    """Sign in at a browser where nobody is."""
    client.stranger()
    return client.submit(client.get("/sign-in"), DOOR, status, email=email, password=password)


def ask_for_link(client: Any, email: str, status: int = 200) -> Any:
    """Ask for a link at a browser where nobody is."""
    client.stranger()
    return client.submit(client.get("/sign-in"), "Mail me a link", status, email=email)
