"""Which doors this installation has, and what is told when somebody's own ones change."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

import flask

from app.administration.doors import Changed, door_changed, tell_person
from app.config import Settings
from app.db import db
from app.people.models import Person
from app.people.rules import DoorChange
from app.web.headers import now
from app.web.render import me

P = ParamSpec("P")


def only_provider() -> bool:
    """Say whether people come in by their OpenID provider and by nothing else."""
    return _settings().only_provider


def not_only_provider(view: Callable[P, Any]) -> Callable[P, Any]:
    """Answer 404 to a door that is shut where only a provider lets in."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> Any:
        return flask.abort(404) if only_provider() else view(*args, **kwargs)

    return guarded


def forget_what_was_seen(answer: flask.Response) -> flask.Response:
    """Ask the browser of somebody who leaves to forget their pages; only https is heard."""
    if _settings().secure_cookies:
        answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def asks_password(person: Person) -> bool:
    """Say whether somebody shows by a password that it is them."""
    return person.password_hash is not None and not only_provider()


def note_change(change: DoorChange, what: str = "", *, person: Person | None = None) -> None:
    """Write down what somebody (the one signed in, unless given) changed, and mail it to them."""
    whose = person or me()
    door_changed(db.session, whose, change, _by(whose), what=what)


def tell_moved(person: Person, *, before: str) -> None:
    """Tell somebody at both addresses that theirs is another one now."""
    change, changed = DoorChange.ADDRESS_CHANGED, _by(me())
    for to in (before, person.email):
        tell_person(db.session, person, change, changed, what=person.email, to=to)


def _by(person: Person) -> Changed:
    settings = _settings()
    return Changed(person, now(), settings.address if settings.mail_server else None)


def _settings() -> Settings:
    settings: Settings = flask.current_app.extensions["baton"]
    return settings
