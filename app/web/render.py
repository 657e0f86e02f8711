"""One way to answer: a page, or the part of it that was asked for."""

from typing import Any

import flask
from flask_login import current_user

from app.db import reading_from
from app.people.models import Person
from app.web.filters import address
from app.web.pages import draw
from app.web.sessions import unread_here

WHOLE = "<!doctype html>"


def me() -> Person:
    """Return who is signed in; the door has made sure that somebody is."""
    return current_user._get_current_object()


def wants_part() -> bool:
    """Say whether htmx asks for a part; boosted links and history restores want the whole page."""
    return flask.request.headers.get("HX-Request-Type") == "partial"


def page(template: str, *, part: str | None = None, status: int = 200, **context: Any) -> Any:
    """Render `template`, or only the file `part` beside it when htmx asks for a part."""
    folder = template.rpartition("/")[0]
    name = f"{folder}/{part}" if part and wants_part() else template
    body = draw(name, **frame(), **context)
    answer = flask.make_response(body, status)
    if status >= 400 and wants_part() and body.startswith(WHOLE):
        # The door, say, to whoever was signed out meanwhile: it cannot stand inside a part.
        answer.headers.update({"HX-Retarget": "body", "HX-Reswap": "innerHTML"})
    return answer


def frame() -> dict[str, Any]:
    """Return what every page's frame shows: who is signed in and which teams are theirs.

    While the database is away it is shown as to nobody.
    """
    if flask.g.get("database_away") or not current_user.is_authenticated:
        figures = {"copy_behind_s": 0, "recounting": False}
        return {"me": None, "my_teams": [], "unread": 0, **figures}
    with reading_from(None):  # what is somebody's own is never of a copy
        teams = sorted((place.team_name, place.team_id) for place in me().places)
        return {
            "me": me(),
            "my_teams": [(team_id, name) for name, team_id in teams],
            "unread": unread_here(),
            "copy_behind_s": flask.g.get("copy_behind_s", 0),
            "recounting": flask.g.get("recounting", False),
        }


def see(endpoint: str, **values: Any) -> flask.Response:
    """Answer 303: go and look there."""
    return flask.redirect(address(endpoint, **values), 303)  # type: ignore[return-value]


def is_local(address: str) -> bool:
    """Say whether an address stays on this site.

    Browsers leave out tabs and line breaks before they read one: "/<tab>/evil" is "//evil" to them.
    """
    path = address.startswith("/") and not address.startswith(("//", "/\\"))
    return path and address.isprintable()
