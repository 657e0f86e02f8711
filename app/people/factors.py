"""The second step of signing in: what somebody has for it.

Recovery codes hold 120 random bits each, so that a plain hash keeps them.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    String,
    UniqueConstraint,
    delete,
    func,
    select,
    update,
)
from sqlalchemy.orm import Mapped, Session, mapped_column

from app.db import Base
from app.people.actions import digest
from app.people.models import Person

CODES: Final = 10
LONG: Final = 24  # letters in a code
LETTERS: Final = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 that nobody mixes up


class Authenticator(Base):
    """The app that makes codes for somebody; it counts once a first code was right."""

    __tablename__ = "authenticator"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    sealed_secret: Mapped[str] = mapped_column(String(300))
    confirmed_at: Mapped[datetime | None]
    last_step: Mapped[int] = mapped_column(default=0)


class Passkey(Base):
    """A key that a device keeps; `credential_id` and `public_key` are base64url."""

    __tablename__ = "passkey"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    credential_id: Mapped[str] = mapped_column(String(1400), unique=True)
    public_key: Mapped[str] = mapped_column(String(4000))
    sign_count: Mapped[int] = mapped_column(BigInteger)
    name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code for the day on which everything else is lost; good once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("person_id", "code_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    code_hash: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


@dataclass(frozen=True)
class Factors:
    """What somebody has for the second step; `codes` counts the recovery codes that are left."""

    app: bool
    begun: bool
    passkeys: Sequence[Passkey]
    codes: int


def factors_of(session: Session, person: Person) -> Factors:
    """Return what `person` has for the second step."""
    app = session.get(Authenticator, person.id)
    left = select(func.count()).where(
        RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None)
    )
    return Factors(
        app=app is not None and app.confirmed_at is not None,
        begun=app is not None and app.confirmed_at is None,
        passkeys=passkeys_of(session, person),
        codes=session.scalar(left) or 0,
    )


def passkeys_of(session: Session, person: Person) -> Sequence[Passkey]:
    """Return the passkeys of a person, the oldest first."""
    return session.scalars(
        select(Passkey).where(Passkey.person_id == person.id).order_by(Passkey.id)
    ).all()


def new_codes(session: Session, person: Person) -> list[str]:
    """Return ten new recovery codes, to be shown once; older ones are gone."""
    codes = ["".join(secrets.choice(LETTERS) for _ in range(LONG)) for _ in range(CODES)]
    session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))
    session.add_all(RecoveryCode(person_id=person.id, code_hash=digest(code)) for code in codes)
    return ["-".join(code[i : i + 4] for i in range(0, LONG, 4)) for code in codes]


def use_code(session: Session, person: Person, code: str, *, at: datetime) -> bool:
    """Use a recovery code up. False when it is none of theirs, or was used."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.person_id == person.id,
            RecoveryCode.code_hash == digest(_plain(code)),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=at)
        .execution_options(synchronize_session=False)
    )
    return bool(used.rowcount)  # type: ignore[attr-defined]  # an UPDATE has one


def end_passkey(session: Session, person: Person, passkey: Passkey) -> None:
    """Let one passkey of `person` open nothing any more."""
    session.delete(passkey)
    _settle(session, person)


def end_app(session: Session, person: Person) -> bool:
    """Ask for no code of an app any more. False when none was asked for."""
    ended = session.execute(delete(Authenticator).where(Authenticator.person_id == person.id))
    _settle(session, person)
    return bool(ended.rowcount)  # type: ignore[attr-defined]  # a DELETE has one


def forget_second_step(session: Session, person: Person) -> None:
    """Take everything away that a second step needs: for somebody who lost it all."""
    session.execute(delete(Passkey).where(Passkey.person_id == person.id))
    end_app(session, person)


def _settle(session: Session, person: Person) -> None:
    """Ask for a second step while there is something to do it with; else the codes go, too."""
    session.flush()
    session.expire_all()
    left = factors_of(session, person)
    person.second_step = left.app or bool(left.passkeys)
    if not person.second_step:
        session.execute(delete(RecoveryCode).where(RecoveryCode.person_id == person.id))


def _plain(code: str) -> str:
    return "".join(letter for letter in code.casefold() if letter in LETTERS)
