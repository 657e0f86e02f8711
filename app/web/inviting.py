"""How somebody who was invited comes in, said to who invited them."""

import flask

from app.language import gettext
from app.people.models import Person


def hand_out(person: Person, token: str) -> None:
    """Say what to give to somebody who was invited, so that they come in."""
    settings = flask.current_app.extensions["baton"]
    there = settings.address + flask.url_for("door.invitation", token=token)
    words = gettext(
        "Give this address to %(name)s; good once, for a week: %(there)s",
        name=person.name,
        there=there,
    )
    if settings.only_provider:
        words = gettext(
            "%(name)s can sign in now, with %(provider)s: %(there)s",
            name=person.name,
            provider=settings.oidc_name,
            there=settings.address,
        )
    flask.flash(words, "good")
