"""No more mail for one reason, in one click from a letter: for people who are not signed in, too.

The address is signed, so that nobody ends another's mail; a mail program may post to it by itself
(RFC 8058), which is why it needs no token of a page.
"""

from typing import Any

import flask

from app.config import Settings
from app.db import db
from app.language import gettext
from app.notices import actions
from app.notices.letters import BECAUSE
from app.notices.queries import wishes_of
from app.notices.rules import How, Reason
from app.notices.tokens import read_unsubscribe_token
from app.people.models import Person
from app.web.render import page

bp = flask.Blueprint("unsubscribe", __name__)


@bp.get("/unsubscribe/<token>")
def ask(token: str) -> Any:
    """Ask before it is done; programs that look at links change nothing."""
    _person, reason = _read(token)
    return page("notices/unsubscribe.html", token=token, why=_words(reason), done=False)


@bp.post("/unsubscribe/<token>")
def end(token: str) -> Any:
    """End it; once or twice is the same."""
    person, reason = _read(token)
    if reason == "week":
        actions.wish_weeks(db.session, person, wanted=False)
        db.session.commit()
        return page("notices/unsubscribe.html", token=token, why=_words(reason), done=True)
    if reason == "digest":
        wishes = wishes_of(db.session, person)
        ended = [each for each, how in wishes.items() if how is How.DIGEST]
    else:
        ended = [Reason(reason)]
    actions.wish(db.session, person, dict.fromkeys(ended, How.NEVER))
    db.session.commit()
    return page("notices/unsubscribe.html", token=token, why=_words(reason), done=True)


def _read(token: str) -> tuple[Person, str]:
    settings: Settings = flask.current_app.extensions["baton"]
    secrets = [settings.secret_key, *settings.secret_key_fallbacks]
    read = read_unsubscribe_token(token, secrets=secrets) or flask.abort(404)
    return db.session.get(Person, read[0]) or flask.abort(404), read[1]


def _words(reason: str) -> str:
    if reason == "digest":
        return gettext("the letter of the morning")
    if reason == "week":
        return gettext("the week of your team")
    return gettext("mail %(because)s", because=gettext(BECAUSE[Reason(reason)]))
