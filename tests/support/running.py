"""Programs beside the tests: `flask` commands, writers that go on, and real servers."""

import contextvars
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import flask
from click.testing import Result

from app.config import ROOT
from app.db import db
from tests.support.apps import SETTINGS

BIN = Path(sys.executable).parent


def environment(url: str, **more: str) -> dict[str, str]:
    """Return the environment of a program of ours on the database at `url`."""
    inherited = {name: value for name, value in os.environ.items() if name[:6] != "BATON_"}
    return inherited | SETTINGS | {"BATON_DATABASE_URL": url} | more


def command(app: flask.Flask, *arguments: str) -> str:
    """Run a command of `app` in this process; return what it said. It must end well."""
    result = _invoke(app, arguments)
    assert result.exit_code == 0, result.output
    return result.output


def refused(app: flask.Flask, *arguments: str) -> str:
    """Run a command of `app` that must not do it; return what it said."""
    result = _invoke(app, arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    return result.output


def _invoke(app: flask.Flask, arguments: tuple[str, ...]) -> Result:
    # In an empty context, else it would run in the application of the test's own session.
    return contextvars.Context().run(app.test_cli_runner().invoke, args=list(arguments))


def elsewhere(app: flask.Flask, deed: Callable[[Any], Any]) -> Any:
    """Do something in a transaction of its own, while another one may be open here.

    It must not have to wait for that one. Returns what `deed` returns.
    """
    came: list[Any] = []

    def run() -> None:
        with app.app_context():
            came.append(deed(db.session))
            db.session.commit()
            db.session.remove()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(20)
    assert came, "it could not be done"
    return came[0]


@contextmanager
def going_on(deed: Callable[[int], object], *, threads: int = 2) -> Iterator[list[int]]:
    """Do `deed` with 0, 1, 2, … in several threads until the block ends; yield what was done.

    A deed that fails, fails the test.
    """
    done: list[int] = []
    failed: list[BaseException] = []
    over = threading.Event()

    def run(first: int) -> None:
        number = first
        while not over.is_set():
            try:
                deed(number)
            except BaseException as error:
                failed.append(error)
                return
            done.append(number)
            number += threads

    running = [threading.Thread(target=run, args=(first,)) for first in range(threads)]
    for thread in running:
        thread.start()
    try:
        yield done
    finally:
        over.set()
        for thread in running:
            thread.join(30)
    assert failed == []


def flask_command(url: str, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run `flask --app app …` as a process of its own."""
    return subprocess.run(
        [str(BIN / "flask"), "--app", "app", *arguments],
        cwd=ROOT,
        env=environment(url, **more),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def until(true: Callable[[], object], *, seconds: float = 30) -> None:
    """Wait until something is true, looking often; fail when that takes too long."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"still not so after {seconds} s"
        time.sleep(0.02)
