"""A real Chromium on a real server; whatever it complains about fails the test."""

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import flask
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Playwright, sync_playwright
from werkzeug.serving import make_server

from app.db import reads_only

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Chromium reports each refused form and each missing page this way, although all is well.
EXPECTED = re.compile(r"Failed to load resource: .* status of (401|404|409|422)\b")
OpenPage = Callable[..., Page]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Yield Chromium: `BATON_CHROMIUM`, the system's, or Playwright's own.

    Skips the test, or fails it when BATON_REQUIRE_BROWSER=1, where there is none.
    """
    with sync_playwright() as playwright:
        program = _find(playwright)
        if program is None:
            sentence = "no Chromium here; install one, or run: make browser"
            give_up = pytest.fail if os.environ.get("BATON_REQUIRE_BROWSER") == "1" else pytest.skip
            give_up(sentence)
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def _find(playwright: Playwright) -> str | None:
    if given := os.environ.get("BATON_CHROMIUM"):
        return given
    own = playwright.chromium.executable_path
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in found if path), own if Path(own).exists() else None)


class WholeAnswers:
    """Wraps `app` so that each answer is read and closed before it is sent, and counts them.

    The server forgets to close an answer when the browser has left meanwhile, files included; and
    what a page sends as it loads may still be at work when its test is over.
    """

    def __init__(self, app: flask.Flask) -> None:
        self._app = app
        self._at_work = 0
        self._changed = threading.Condition()

    def __call__(self, environ: Any, start_response: Any) -> list[bytes]:
        """Answer one HTTP request."""
        self._count(1)
        try:
            parts = self._app(environ, start_response)
            try:
                return list(parts)
            finally:
                close = getattr(parts, "close", None)
                if close:
                    close()
        finally:
            self._count(-1)

    def wait(self) -> None:
        """Return when nothing is at work any more."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._at_work == 0, timeout=20)

    def _count(self, step: int) -> None:
        with self._changed:
            self._at_work += step
            self._changed.notify_all()


@pytest.fixture
def live_server(app: flask.Flask) -> Iterator[str]:
    """Yield the address of the application, served by threads on this machine only.

    The test's own session reads without the write lock here, else looking at a row would stop the
    server; end its transaction (`db_session.rollback()`) to see what the server wrote since.
    """
    looking = reads_only.set(True)
    answers = WholeAnswers(app)
    server = make_server("127.0.0.1", 0, answers, threaded=True)
    server.daemon_threads = True  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()
    answers.wait()
    reads_only.reset(looking)


@pytest.fixture
def browser_page(chromium: Browser, live_server: str) -> Iterator[OpenPage]:
    """Yield an opener of pages, each in a browser of its own: `browser_page(javascript=True)`.

    Addresses are relative: `page.goto("/")`. Options go to Playwright's `new_context`.
    """
    complaints: list[str] = []
    contexts = []

    def open_page(*, javascript: bool = True, **options: object) -> Page:
        context = chromium.new_context(
            base_url=live_server,
            java_script_enabled=javascript,
            **options,  # type: ignore[arg-type]
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        _listen(page, complaints)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "the browser complains:\n" + "\n".join(complaints)


def _listen(page: Page, complaints: list[str]) -> None:
    def hear(message: ConsoleMessage) -> None:
        loud = message.type == "error" or "Content Security Policy" in message.text
        if loud and not EXPECTED.search(message.text):
            complaints.append(f"{page.url}: {message.text}")

    def fail(error: Error) -> None:
        complaints.append(f"{page.url}: {error}")

    page.on("console", hear)
    page.on("pageerror", fail)
