"""What every answer begins with: who asks through which token, when, and about what."""

from datetime import datetime
from typing import Final

import flask
from werkzeug.exceptions import NotFound

from app.db import db
from app.language import gettext
from app.people.models import Person
from app.people.programs import ApiToken
from app.requests.models import Request
from app.requests.queries import find_visible

PREFIX: Final = "/api/"


def now() -> datetime:
    """Return the one instant (UTC) at which this HTTP request happens; set for all in web."""
    moment: datetime = flask.g.now
    return moment


def token() -> ApiToken:
    """Return the token that was shown; the door has made sure that there is one."""
    shown: ApiToken = flask.g.token
    return shown


def me() -> Person:
    """Return the person for whom the program acts."""
    return token().person


def load_request(request_id: int) -> Request:
    """Return the request when the person may see it; else 404, as for a missing one."""
    found = find_visible(db.session, me(), request_id)
    if found is None:
        raise NotFound(gettext("There is no such request, or it is not for your eyes."))
    return found
