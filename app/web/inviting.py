"""How somebody who was invited comes in, said to who invited them."""

from typing import NamedTuple

import flask

from app.language import gettext
from app.people.models import Person


class WayIn(NamedTuple):
    """What to give to somebody who was invited: an address, and what it is good for."""

    words: str
    address: str


def way_in(person: Person, token: str) -> WayIn:
    """Return what to give to somebody so that they come in. It is shown once, and kept nowhere."""
    settings = flask.current_app.extensions["baton"]
    if settings.only_provider:
        provider = settings.oidc_name
        words = gettext("%(name)s can sign in now, with %(who)s:", name=person.name, who=provider)
        return WayIn(words, settings.address)
    words = gettext(
        "Give this address to %(name)s. It is shown this once, and is good once, for a week:",
        name=person.name,
    )
    return WayIn(words, settings.address + flask.url_for("door.invitation", token=token))
