"""A real gunicorn, as an installation runs it, that can be killed, and visitors at its sockets."""

import http.client
import os
import re
import secrets
import signal
import socket
import subprocess
from urllib.parse import urlencode

from app.config import ROOT
from tests.support.cast import PASSWORD
from tests.support.running import BIN, environment, until


class Server:
    """gunicorn with its settings of real use, two workers, on the database at `url`."""

    def __init__(self, url: str, **settings: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        more = {"BATON_BIND": f"127.0.0.1:{self.port}", "BATON_WORKERS": "2"} | settings
        self._environment = environment(url, **more)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it is ready."""
        self._process = subprocess.Popen(
            [str(BIN / "gunicorn"), "-c", "app/serving.py"],
            cwd=ROOT,
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        until(lambda: self.status("/readyz") == 200)

    def kill(self) -> None:
        """SIGKILL it with all its workers, at once."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """Stop it, if it runs."""
        self._end(signal.SIGTERM)

    def status(self, path: str) -> int:
        """Return how it answers a GET; 0 when it does not."""
        try:
            return Visitor(self.port).get(path)[0]
        except OSError:
            return 0

    def _end(self, how: signal.Signals) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, how)
            self._process.wait(40)
            self._process = None


class Visitor:
    """Somebody at a real socket, one connection a request."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._cookies: dict[str, str] = {}
        self._token = ""

    def sign_in(self, email: str) -> None:
        """Sign in with the password of the cast."""
        self.knock()
        status, _ = self.post("/sign-in", {"email": email, "password": PASSWORD})
        assert status == 303
        self._token = self._find_token("/me")

    def knock(self) -> None:
        """Come to the door, which gives the token for its form."""
        self._token = self._find_token("/sign-in")

    def get(self, path: str) -> tuple[int, str]:
        """Return status and body."""
        return self._ask("GET", path)

    def post(self, path: str, data: dict[str, str]) -> tuple[int, str]:
        """Post a form with the token; return status and body."""
        body = urlencode({"csrf_token": self._token} | data)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _find_token(self, path: str) -> str:
        found = re.search(r'name="csrf_token" value="([^"]+)"', self.get(path)[1])
        assert found
        return found[1]

    def _ask(self, *request: object) -> tuple[int, str]:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=20)
        method, path, body, headers = (*request, None, {})[:4]
        cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        try:
            connection.request(method, path, body, headers | {"Cookie": cookies})
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                name, _, value = line.partition(";")[0].partition("=")
                self._cookies[name] = value
            return answer.status, answer.read().decode()
        except http.client.HTTPException as error:
            raise ConnectionError(str(error)) from error
        finally:
            connection.close()


def fresh_key() -> str:
    """Return a key as a form carries it."""
    return secrets.token_urlsafe(12)
