"""The same key, the same answer: Idempotency-Key on every POST.

The key becomes the act's own key, so that two at once do not act twice; what was answered is kept
for a day in the same transaction. As draft-ietf-httpapi-idempotency-key-header-07 has it, the key
with another body is refused.
"""

import re
from typing import Final

import flask

from app.api.asking import now, token
from app.db import db
from app.language import gettext, gettext_noop
from app.people.actions import digest
from app.people.answered import ApiAnswer, answer_kept

HEADER: Final = "Idempotency-Key"
NO_KEY: Final = gettext_noop(
    "Please send %(header)s, 1 to 200 visible characters, new for each act."
)
KEY: Final = re.compile("[!-~]{1,200}")
KEPT: Final = ("ETag", "Location")


def act_key() -> str:
    """Return the key of the act: what the program chose, apart from all other tokens and forms.

    :raises werkzeug.exceptions.BadRequest: without a key of 1 to 200 visible ASCII characters.
    """
    given = flask.request.headers.get(HEADER, "")
    if not KEY.fullmatch(given):
        flask.abort(400, gettext(NO_KEY, header=HEADER))
    return digest(f"api:{token().id}:{given}")


def kept_answer() -> flask.Response | None:
    """Return what was answered under this key, None when nothing was.

    :raises werkzeug.exceptions.UnprocessableEntity: when it was for something else.
    """
    known = answer_kept(db.session, token().id, act_key(), at=now())
    if known is None:
        return None
    if known.fingerprint != _fingerprint():
        flask.abort(
            422, gettext("This %(header)s came before with another request.", header=HEADER)
        )
    answer = flask.Response(known.body, known.status, known.headers, mimetype="application/json")
    answer.headers["Idempotency-Replayed"] = "true"
    return answer


def keep_answer(answer: flask.Response) -> None:
    """Keep `answer` under this key, in the transaction of the act."""
    db.session.add(
        ApiAnswer(
            token_id=token().id,
            key=act_key(),
            fingerprint=_fingerprint(),
            status=answer.status_code,
            headers={name: answer.headers[name] for name in KEPT if name in answer.headers},
            body=answer.get_data(as_text=True),
            at=now(),
        )
    )


def _fingerprint() -> str:
    request = flask.request
    seen = request.headers.get("If-Match", "")
    return digest(f"{request.method} {request.path} {seen}\n{request.get_data(as_text=True)}")
