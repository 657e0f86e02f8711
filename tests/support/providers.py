"""A real OpenID provider (npm's oidc-provider) in a process of its own.

Skips the test where there is no node or npm; fails it instead with CI=true or BATON_REQUIRE_OIDC=1.
"""

import fcntl
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from bs4 import BeautifulSoup

FOLDER = Path(__file__).parent / "provider"
SECRET = "a secret between the two of us, for tests"
BACK = "https://baton.example/sign-in/provider/back"


class RunningProvider:
    """The provider at `issuer`, and what its pages let a browser do."""

    def __init__(self, port: int) -> None:
        self.issuer = f"http://127.0.0.1:{port}"

    def sign_in(self, address: str, subject: str) -> str:
        """Follow `address`, sign in as `subject`, agree; return the address that leads back."""
        with requests.Session() as browser:
            return self._walk(browser, address, subject)

    def _walk(self, browser: requests.Session, address: str, subject: str) -> str:
        answer = browser.get(address, allow_redirects=False, timeout=10)
        for _ in range(12):
            if answer.is_redirect:
                there = requests.compat.urljoin(answer.url, answer.headers["Location"])
                if "/sign-in/provider/back" in there:
                    return there
                answer = browser.get(there, allow_redirects=False, timeout=10)
                continue
            form = BeautifulSoup(answer.text, "html.parser").select_one("form")
            assert form is not None, answer.text
            data = {str(f["name"]): str(f.get("value", "")) for f in form.select("input[name]")}
            if "login" in data:
                data |= {"login": subject, "password": "any"}
            url = requests.compat.urljoin(answer.url, str(form["action"]))
            answer = browser.post(url, data=data, allow_redirects=False, timeout=10)
        raise AssertionError(f"the provider leads nowhere: {answer.text}")


@pytest.fixture(scope="session")
def start_provider(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., RunningProvider]]:
    """Yield a starter of providers: `start_provider({"ada": {"email": …}})`."""
    node = _installed()
    started: list[subprocess.Popen[str]] = []
    log = tmp_path_factory.mktemp("provider") / "log"

    def start(people: dict[str, Any], back: str = BACK) -> RunningProvider:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [node, "start.mjs", str(port), back, json.dumps(people)]
        with log.open("w") as errors:
            process = subprocess.Popen(
                command, cwd=FOLDER, stdout=subprocess.PIPE, stderr=errors, text=True
            )
        started.append(process)
        assert process.stdout is not None
        assert any("ready" in line for line in process.stdout), log.read_text()
        return RunningProvider(port)

    yield start
    for process in started:
        process.terminate()
        process.wait(timeout=10)
        assert process.stdout is not None
        process.stdout.close()


def _installed() -> str:
    """Return node, with the provider's packages beside it; of two workers, one installs."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        _give_up("no node and npm here, so no OpenID provider to sign in at")
    with (Path(tempfile.gettempdir()) / "baton-test-provider.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (FOLDER / "node_modules" / "oidc-provider").is_dir():
            options = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
            done = subprocess.run(
                [npm, "install", *options], cwd=FOLDER, capture_output=True, text=True, check=False
            )
            if done.returncode:
                reason = re.sub(r"\s+", " ", done.stderr)[-200:]
                _give_up(f"npm could not install the OpenID provider: {reason}")
    return str(node)


def _give_up(sentence: str) -> None:
    required = os.environ.get("CI") == "true" or os.environ.get("BATON_REQUIRE_OIDC") == "1"
    (pytest.fail if required else pytest.skip)(sentence)
