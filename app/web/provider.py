"""The door of an OpenID provider: authorisation code with PKCE, by Authlib.

Leaving is a plain link, because our policy lets no form lead elsewhere; coming back is the one GET
that writes, because the protocol sends the browser here with one (its state makes it good once).
"""

from typing import Any

import flask
import requests
from authlib.integrations.base_client import OAuthError
from authlib.integrations.flask_client import OAuth
from joserfc.errors import JoseError
from sqlalchemy.exc import IntegrityError

from app.administration.doors import note_places
from app.administration.leaving import back_to_the_line
from app.config import Settings
from app.db import db, reads_only
from app.language import gettext, gettext_noop
from app.people.accounts import Claims, Unknown, account_of, follow_groups, person_of
from app.people.models import Person
from app.people.rules import Door, DoorChange
from app.web.entering import enter, note_try, slowed, too_many
from app.web.headers import now
from app.web.own_doors import note_change
from app.web.render import page

bp = flask.Blueprint("provider", __name__)
WHAT, THERE, PATIENCE = "provider", "provider_there", 10  # seconds
# IntegrityError: two first sign-ins of one account at once; the second one tries again.
FAILED = (
    *(OAuthError, JoseError, requests.RequestException, IntegrityError),
    *(ValueError, KeyError, RuntimeError),
)
SCOPE = "openid email profile"
WENT_WRONG = gettext_noop(
    "Signing in there did not work out. Please try again, or come in another way."
)
UNKNOWN = gettext_noop(
    "Nobody here belongs to this account. Somebody who looks after Baton can add you."
)


@bp.get("/sign-in/provider")
def leave() -> Any:
    """Go to the provider."""
    client, back = _client(), f"{_settings().address}/sign-in/provider/back"
    for key in [key for key in flask.session if key.startswith("_state_provider")]:
        flask.session.pop(key)  # of earlier tries, else the cookie grows
    try:
        answer = client.authorize_redirect(back, scope=_scope(client))
    except FAILED as error:
        return _failed(error)
    flask.session[THERE] = flask.request.args.get("next", "")
    return answer


@bp.get("/sign-in/provider/back")
def come_back() -> Any:
    """Come back from the provider, as somebody."""
    client, settings = _client(), _settings()
    db.session.rollback()
    reads_only.set(False)
    if too_many(email=None, what=WHAT):
        return slowed(_page(WENT_WRONG, 429))
    db.session.rollback()  # speaking to the provider takes a while; nothing is locked meanwhile
    try:
        claims = _claims(client)
        person = _who(claims, settings)
        db.session.flush()
    except Unknown:
        return _refused(UNKNOWN, 403)
    except FAILED as error:
        return _failed(error)
    return enter(person, Door.PROVIDER, there=flask.session.pop(THERE, ""))


def _who(claims: Claims, settings: Settings) -> Person:
    """Return whom the claims mean, placed as their groups say; a first sign-in is told them."""
    first = account_of(db.session, claims) is None
    person = person_of(db.session, claims, may_add=settings.oidc_new_people, at=now())
    if first:
        note_change(DoorChange.ACCOUNT_LINKED, settings.oidc_name, person=person)
    moves = follow_groups(db.session, person, claims.groups, settings.oidc_groups)
    note_places(db.session, person, moves, at=now())
    left = {move.team_id for move in moves if move.after is None}
    back_to_the_line(db.session, person, left, by=person, at=now())
    return person


def _client() -> Any:
    """Return the provider's client of this application, made at the first use."""
    settings, extensions = _settings(), flask.current_app.extensions
    if not settings.oidc_issuer:
        flask.abort(404)
    known = extensions.get("baton_provider")
    if known is None or known.client_id != settings.oidc_client_id:
        known = OAuth(flask.current_app).register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret,
            server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": SCOPE,
                "code_challenge_method": "S256",
                "default_timeout": PATIENCE,
            },
        )
        extensions["baton_provider"] = known
    return known


def _scope(client: Any) -> str:
    """Return what is asked of the provider; groups only of one that knows such a scope."""
    known = client.load_server_metadata().get("scopes_supported") or []
    return SCOPE + (" groups" if _settings().oidc_groups and "groups" in known else "")


def _claims(client: Any) -> Claims:
    """Return what the provider says: the signed token, and what its own page adds about them.

    OpenID Connect Core 5.3.2: the page counts only for the very subject of the token.
    """
    token = client.authorize_access_token()
    said = token.get("userinfo") or {}
    if not said.get("sub") or said.get("iss") != _settings().oidc_issuer:
        raise OAuthError("no identity, or somebody else's")
    more = client.userinfo(token=token)
    if more.get("sub") != said["sub"]:
        raise OAuthError("two identities")
    said = {**more, **said}
    groups = said.get("groups")
    return Claims(
        issuer=said["iss"],
        subject=str(said["sub"]),
        name=str(said.get("name") or ""),
        email=str(said.get("email") or ""),
        email_verified=said.get("email_verified") is True,
        groups=frozenset(map(str, groups)) if isinstance(groups, list) else None,
    )


def _settings() -> Settings:
    settings: Settings = flask.current_app.extensions["baton"]
    return settings


def _failed(error: Exception) -> Any:
    flask.current_app.logger.warning("provider: %s", type(error).__name__)
    away = isinstance(error, requests.RequestException)
    return _refused(WENT_WRONG, 503 if away else 400)


def _refused(sentence: str, status: int) -> flask.Response:
    db.session.rollback()
    reads_only.set(False)
    note_try(email=None, what=WHAT)
    return _page(sentence, status)


def _page(sentence: str, status: int) -> flask.Response:
    name = _settings().oidc_name
    answer: flask.Response = page(
        "door/provider.html", status=status, sentence=gettext(sentence), name=name
    )
    return answer
