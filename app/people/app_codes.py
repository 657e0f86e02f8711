"""Codes of an app on somebody's phone.

TOTP is RFC 6238: six digits, a step of 30 seconds, one step of drift to either side, and no code
twice.
"""

import hmac
from collections.abc import Sequence
from datetime import datetime
from typing import Final

import pyotp
import segno
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.people.factors import Authenticator, use_code
from app.people.models import Person
from app.people.sealing import seal, unseal
from app.rows import put

STEP: Final = 30  # seconds


def begin_app(session: Session, person: Person, *, keys: Sequence[str]) -> None:
    """Make a secret for an app; nothing asks for it before its first code was right."""
    app = session.get(Authenticator, person.id)
    if app is None or app.confirmed_at is None:
        sealed = seal(pyotp.random_base32(), keys)
        put(session, Authenticator, {"person_id": person.id}, sealed_secret=sealed, last_step=0)


def app_address(session: Session, person: Person, *, keys: Sequence[str]) -> tuple[str, str] | None:
    """Return (secret, otpauth address) of an app that was begun and not confirmed yet."""
    app = session.get(Authenticator, person.id)
    secret = unseal(app.sealed_secret, keys) if app and app.confirmed_at is None else None
    if secret is None:
        return None
    return secret, pyotp.TOTP(secret).provisioning_uri(name=person.email, issuer_name="Baton")


def confirm_app(
    session: Session, person: Person, code: str, *, keys: Sequence[str], at: datetime
) -> bool:
    """Count the app from now on, if `code` is its present one."""
    app = session.get(Authenticator, person.id)
    if app is None or app.confirmed_at is not None or not _app_fits(session, app, code, keys, at):
        return False
    app.confirmed_at = at
    person.second_step = True
    return True


def drawn(address: str) -> tuple[int, str]:
    """Return a QR code as (side, path of an SVG): a square of one unit for each dark module."""
    rows = list(segno.make(address, micro=False).matrix_iter(border=4))
    dark = (f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, bit in enumerate(row) if bit)
    return len(rows), "".join(dark)


def code_fits(
    session: Session, person: Person, code: str, *, keys: Sequence[str], at: datetime
) -> bool:
    """Say whether a code of the app, or a recovery code, lets in; it does so once."""
    app = session.get(Authenticator, person.id)
    if app and app.confirmed_at and _app_fits(session, app, code, keys, at):
        return True
    return use_code(session, person, code, at=at)


def _app_fits(
    session: Session, app: Authenticator, code: str, keys: Sequence[str], at: datetime
) -> bool:
    secret, typed = unseal(app.sealed_secret, keys), "".join(code.split())
    if secret is None or not (typed.isascii() and typed.isdigit()):
        return False
    totp, now = pyotp.TOTP(secret, interval=STEP), int(at.timestamp()) // STEP
    for step in (now - 1, now, now + 1):
        if hmac.compare_digest(totp.generate_otp(step), typed):
            used = session.execute(
                update(Authenticator)
                .where(Authenticator.person_id == app.person_id, Authenticator.last_step < step)
                .values(last_step=step)
            )
            return bool(used.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one
    return False
