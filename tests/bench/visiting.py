"""Somebody who is signed in, over one connection that stays open, and where they go."""

import re
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from urllib.parse import urlencode

WHO = "Ada Lindqvist"


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    body: bytes
    seconds: float
    location: str = ""


class Visitor:
    """A client that keeps its connection and its cookies."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, address: str) -> Answer:
        """Fetch a page."""
        return self._ask("GET", address, None)

    def post(self, address: str, words: Mapping[str, str]) -> Answer:
        """Send a form."""
        return self._ask("POST", address, urlencode(words))

    def sign_in(self, person_id: int) -> None:
        """Come in through the door of the demo."""
        door = self.get("/sign-in").body.decode()
        answer = self.post(f"/demo/{person_id}", {"csrf_token": hidden(door, "csrf_token")})
        if answer.status != 303:
            raise RuntimeError(f"The door answered {answer.status}.")

    def enter(self, email: str, password: str) -> None:
        """Come in by the password."""
        door = self.get("/sign-in").body.decode()
        words = {"csrf_token": hidden(door, "csrf_token"), "email": email, "password": password}
        answer = self.post("/sign-in", words)
        if answer.status != 303:
            raise RuntimeError(f"The door answered {answer.status}.")

    def _ask(self, method: str, address: str, body: str | None) -> Answer:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begin = perf_counter()
        self._connection.request(method, address, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        seconds = perf_counter() - begin
        for cookie in response.headers.get_all("Set-Cookie") or []:
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return Answer(response.status, content, seconds, response.headers.get("Location", ""))


def hidden(page: str, name: str, *, form: str = "") -> str:
    """Return the value of a hidden field, in the form whose address ends with `form`."""
    action = rf'action="[^"]*{re.escape(form)}".*?' if form else ""
    match = re.search(rf'{action}name="{name}" value="([^"]*)"', page, re.S)
    if match is None:
        raise LookupError(f"no {name} in the form {form}")
    return match[1]


@dataclass(frozen=True)
class Places:
    """Whom and what to visit in one database: chosen alike at every size."""

    person_id: int
    team_id: int
    request_id: int
    piece_id: int


OF_TEN_EVENTS = """SELECT r.id FROM request r JOIN event e ON e.request_id = r.id
    WHERE r.state = 'in work' AND r.team_id = ? AND r.stage {sign} 'work'
    AND EXISTS (SELECT 1 FROM party WHERE request_id = r.id AND team_id = ?)
    GROUP BY r.id ORDER BY abs(count(*) - 10), r.id LIMIT 1"""


def places_in(database: Path) -> Places:
    """Choose somebody with much on their desk, and requests of about ten events that are in work.

    The plain request is one that their team asked of the IT Help; the piece is with their team.
    """
    with sqlite3.connect(database) as found:

        def first(query: str, *values: object) -> tuple[int, ...]:
            row: tuple[int, ...] = found.execute(query, values).fetchone()
            return row

        person, team = first(
            "SELECT p.id, m.team_id FROM person p JOIN membership m ON m.person_id = p.id"
            " WHERE p.name = ? ORDER BY m.team_id",
            WHO,
        )
        (other,) = first("SELECT id FROM team WHERE name = 'IT Help'")
        (plain,) = first(OF_TEN_EVENTS.format(sign="="), other, team)
        (piece,) = first(OF_TEN_EVENTS.format(sign="<>"), team, team)
    return Places(person, team, plain, piece)
