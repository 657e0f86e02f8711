"""Passkeys: asked for and checked after Web Authentication Level 3, by the library webauthn.

Here they are a second step beside the password or the link, so that presence of the person is
enough; their device may ask for more.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import webauthn
from sqlalchemy import select
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app.people.factors import Passkey, passkeys_of
from app.people.models import LoginSession, Person

AT_MOST: Final = 20
PREFERRED: Final = UserVerificationRequirement.PREFERRED


@dataclass(frozen=True)
class Site:
    """The address that passkeys are made for, such as https://baton.example/desk."""

    address: str

    @property
    def origin(self) -> str:
        """What a browser says that it showed: scheme and host, without a path."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """The host name: a passkey made for it opens no other."""
        return urlsplit(self.address).hostname or "localhost"


class WrongKey(ValueError):
    """A passkey that does not fit, or an answer to another question."""


def offer_passkey(session: Session, row: LoginSession, site: Site) -> str:
    """Return, as JSON, what a device needs to make a passkey; remembers the challenge in `row`."""
    person = row.person
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Baton",
        user_id=f"baton person {person.id}".encode(),
        user_name=person.email,
        user_display_name=person.name,
        exclude_credentials=_known(session, person),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=PREFERRED
        ),
    )
    row.challenge = bytes_to_base64url(options.challenge)
    return webauthn.options_to_json(options)


def add_passkey(
    session: Session, row: LoginSession, site: Site, answer: str, *, name: str, at: datetime
) -> None:
    """Keep the passkey that a device made. :raises WrongKey: when it does not fit."""
    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=_challenge(row),
            expected_rp_id=site.host,
            expected_origin=site.origin,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise WrongKey(str(error)) from None
    credential_id = bytes_to_base64url(made.credential_id)
    taken = select(Passkey.id).where(Passkey.credential_id == credential_id)
    if session.scalar(taken) or len(passkeys_of(session, row.person)) >= AT_MOST:
        raise WrongKey("known already, or too many")
    session.add(
        Passkey(
            person_id=row.person_id,
            credential_id=credential_id,
            public_key=bytes_to_base64url(made.credential_public_key),
            sign_count=made.sign_count,
            name=name[:60],
            created_at=at,
        )
    )
    row.person.second_step = True


def ask_passkey(session: Session, row: LoginSession, site: Site) -> str:
    """Return, as JSON, what a device needs to show a passkey; remembers the challenge in `row`."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host,
        allow_credentials=_known(session, row.person),
        user_verification=PREFERRED,
    )
    row.challenge = bytes_to_base64url(options.challenge)
    return webauthn.options_to_json(options)


def check_passkey(
    session: Session, row: LoginSession, site: Site, answer: str, *, at: datetime
) -> None:
    """Accept the passkey that a device showed. :raises WrongKey: when it does not fit."""
    try:
        credential_id = webauthn.helpers.parse_authentication_credential_json(answer).id
        passkey = session.scalar(
            select(Passkey).where(
                Passkey.credential_id == credential_id, Passkey.person_id == row.person_id
            )
        )
        if passkey is None:
            raise WrongKey("not a passkey of theirs")
        shown = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=_challenge(row),
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=base64url_to_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise WrongKey(str(error)) from None
    passkey.sign_count, passkey.used_at = shown.new_sign_count, at


def _known(session: Session, person: Person) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(id=base64url_to_bytes(passkey.credential_id))
        for passkey in passkeys_of(session, person)
    ]


def _challenge(row: LoginSession) -> bytes:
    """Return what was to be signed, once. :raises WrongKey: when nothing was asked."""
    challenge, row.challenge = row.challenge, None
    if challenge is None:
        raise WrongKey("nothing was asked")
    return base64url_to_bytes(challenge)
