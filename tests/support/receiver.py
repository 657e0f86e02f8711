"""A real HTTP receiver of webhooks on this machine, and what it was sent."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from app.webhooks.actions import make_webhook
from app.webhooks.rules import KINDS
from tests.support.desk import MONDAY


class Receiver(ThreadingHTTPServer):
    """Keeps (headers, body) of every message; answers with `status`."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.got = []
        self.status = 204
        self.url = f"http://127.0.0.1:{self.server_port}/baton?from=tests"


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.got.append((dict(self.headers), body, self.path))
        self.send_response(self.server.status)
        self.send_header("Location", "http://127.0.0.1:9/elsewhere")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments):
        """Stay quiet."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Yield a receiver that listens at `receiver.url`."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def loopback(app, monkeypatch):
    """Let this installation reach programs on this machine."""
    here = replace(app.extensions["baton"], webhooks_allow_private=(ip_network("127.0.0.0/8"),))
    monkeypatch.setitem(app.extensions, "baton", here)


@pytest.fixture
def listen(db_session, cast, receiver, loopback):
    """Return a maker of webhooks at the receiver."""

    def make(team, *kinds, by=None):
        about = {"by": by or cast.ivo, "form_key": f"{team.id}-{kinds}", "plain": True}
        events = kinds or [kind.value for kind in KINDS]
        return make_webhook(
            db_session, team, address=receiver.url, events=events, at=MONDAY, **about
        )

    return make


@pytest.fixture
def work_off(app, db_session):
    """Return a worker that does what is due now."""

    def run():
        db_session.commit()
        result = app.test_cli_runner().invoke(args=["worker", "--once"])
        assert result.exit_code == 0, result.output
        db_session.rollback()

    return run
