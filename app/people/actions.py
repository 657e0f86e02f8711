"""Signing in and out, inviting, and changing what one says about oneself."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.people.models import Invitation, LoginSession, Membership, Person, SignInAttempt, Team
from app.people.rules import Door, Role, fold_email
from app.rows import forget_first

WINDOW = timedelta(minutes=15)
TRIES_PER_ACCOUNT = 5
TRIES_PER_ADDRESS = 30
INVITED_FOR = timedelta(days=7)
KEPT_AFTERWARDS = timedelta(days=30)


class Unusable(ValueError):
    """An invitation that was used, is too old, or never was."""


def digest(secret: str) -> str:
    """Return what is stored in place of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def count_try(
    session: Session, *, email: str | None, address: str, at: datetime, what: str = ""
) -> list[int]:
    """Count a try at one door before it is known whether it opens; return its ids.

    `what` names any door but the password's; `email` None: no account. Counted first and looked at
    afterwards, tries at one moment cannot all find the door open. Who came in takes theirs back.
    """
    tries = [SignInAttempt(subject=s, at=at) for s, _ in _subjects(email, address, what)]
    session.add_all(tries)
    session.flush()
    return [each.id for each in tries]


def is_too_many(
    session: Session, *, email: str | None, address: str, at: datetime, what: str = ""
) -> bool:
    """Say whether a try that was counted is one too many, for the account or from the address."""
    for subject, limit in _subjects(email, address, what):
        query = (
            select(func.count())
            .select_from(SignInAttempt)
            .where(SignInAttempt.subject == subject, SignInAttempt.at > at - WINDOW)
        )
        if (session.scalar(query) or 0) > limit:
            return True
    return False


def uncount(session: Session, tries: Iterable[int]) -> None:
    """Take tries back: one that came in, or found the door shut."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.id.in_(list(tries))))


def forget_tries(session: Session, *, at: datetime) -> int:
    """Delete failed tries that count no more at `at` (UTC); return how many there were."""
    old = SignInAttempt.at <= at - WINDOW
    if session.scalar(select(SignInAttempt.id).where(old).limit(1)) is None:
        return 0
    return session.execute(delete(SignInAttempt).where(old)).rowcount  # type: ignore[attr-defined]


def forget_sessions(session: Session, *, at: datetime, longest: timedelta) -> int:
    """Forget browsers that have not been signed in for long; return how many.

    At `at` (UTC), where none stays so for longer than `longest`.
    """
    ended = LoginSession.created_at < at - longest - KEPT_AFTERWARDS
    return forget_first(session, LoginSession, ended)


def forget_invitations(session: Session, *, at: datetime) -> int:
    """Forget invitations that open nothing for long, used or not; return how many."""
    return forget_first(session, Invitation, Invitation.expires_at < at - KEPT_AFTERWARDS)


def open_session(
    session: Session,
    person: Person,
    *,
    browser: str,
    at: datetime,
    door: Door = Door.PASSWORD,
    waits: bool = False,
) -> str:
    """Sign a browser in and return the key that it keeps; `waits`: once the second step is done."""
    key = secrets.token_urlsafe(32)
    session.add(
        LoginSession(
            key_hash=digest(key),
            person_id=person.id,
            created_at=at,
            seen_at=at,
            browser=browser[:200],
            door=door,
            waits_until=at + WINDOW if waits else None,
        )
    )
    return key


def renew_key(row: LoginSession, *, at: datetime, sure: bool = False) -> str:
    """Return a new key for a signed-in browser; the old one opens nothing any more."""
    key = secrets.token_urlsafe(32)
    row.key_hash = digest(key)
    if sure:
        row.sure_at = at
    return key


def set_password(
    session: Session, person: Person, *, password_hash: str, keep: int | None, at: datetime
) -> None:
    """Give `person` a new password; every browser but the one whose row is `keep` is signed out."""
    person.password_hash = password_hash
    close_all_sessions(session, person, but=keep, at=at)


def close_all_sessions(
    session: Session, person: Person, *, at: datetime, but: int | None = None
) -> None:
    """Sign every browser of `person` out, those that wait for their second step too."""
    rows = (LoginSession.person_id == person.id, LoginSession.revoked_at.is_(None))
    others = LoginSession.id != (but or 0)
    session.execute(update(LoginSession).where(*rows, others).values(revoked_at=at))


def close_sessions(session: Session, sessions: Iterable[LoginSession], *, at: datetime) -> None:
    """Sign these browsers out."""
    ids = [row.id for row in sessions if row.revoked_at is None]
    session.execute(update(LoginSession).where(LoginSession.id.in_(ids)).values(revoked_at=at))


def add_person(
    session: Session, *, name: str, email: str, teams: Iterable[tuple[Team, Role]], is_admin: bool
) -> Person:
    """Add somebody with their places in teams."""
    person = Person(name=name, email=fold_email(email), is_admin=is_admin)
    session.add(person)
    session.flush()
    session.add_all(
        Membership(person_id=person.id, team_id=team.id, role=role) for team, role in teams
    )
    return person


def invite(session: Session, person: Person, *, at: datetime) -> str:
    """Return the token of a fresh invitation, good once and for seven days."""
    token = secrets.token_urlsafe(32)
    session.add(
        Invitation(
            token_hash=digest(token),
            person_id=person.id,
            created_at=at,
            expires_at=at + INVITED_FOR,
        )
    )
    return token


def find_invitation(session: Session, token: str, *, at: datetime) -> Invitation:
    """Return a usable invitation. :raises Unusable: when there is none."""
    found = session.scalar(select(Invitation).where(Invitation.token_hash == digest(token)))
    if found is None or not _is_good(found, at):
        raise Unusable("This invitation was used already, or it is older than a week.")
    return found


def accept(session: Session, invitation: Invitation, *, password_hash: str, at: datetime) -> None:
    """Use an invitation: the person has a password from now on, and no browser of before.

    :raises Unusable: when somebody was faster.
    """
    session.refresh(invitation, with_for_update={"of": Invitation})
    if not _is_good(invitation, at):
        raise Unusable("This invitation was used already.")
    invitation.used_at = at
    set_password(session, invitation.person, password_hash=password_hash, keep=None, at=at)


def _is_good(invitation: Invitation, at: datetime) -> bool:
    unused = invitation.used_at is None and at < invitation.expires_at
    return unused and invitation.person.is_active


def _subjects(email: str | None, address: str, what: str) -> list[tuple[str, int]]:
    lead = f"{what} " if what else ""
    account = [] if email is None else [(f"{lead}email:{fold_email(email)}", TRIES_PER_ACCOUNT)]
    subjects = [*account, (f"{lead}address:{address}", TRIES_PER_ADDRESS)]
    return [(digest(subject), limit) for subject, limit in subjects]
