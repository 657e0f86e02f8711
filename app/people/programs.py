"""Programs that act for a person: their tokens, and how much they may ask.

Also the secret address of a person's calendar. Of every secret only its SHA-256 is kept; with 256
random bits a slow hash would add nothing.
"""

import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ForeignKey, String, UniqueConstraint, case, select, update
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from app.db import Base
from app.people.actions import digest
from app.people.models import Membership, Person, Team
from app.rows import insert_into

LONGEST: Final = 365  # days a token may live
USUAL: Final = 90
WINDOW: Final = 60  # seconds over which what a token asks is counted: each whole minute


class ApiToken(Base):
    """What a program shows to act for a person; `form_key` makes a second click the same token."""

    __tablename__ = "api_token"
    __table_args__ = (UniqueConstraint("person_id", "form_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    form_key: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(80))
    secret_hash: Mapped[str] = mapped_column(String(64))
    may_write: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class ApiWindow(Base):
    """How often a token asked since its last window of `WINDOW` seconds began."""

    __tablename__ = "api_window"

    token_id: Mapped[int] = mapped_column(ForeignKey("api_token.id"), primary_key=True)
    began_at: Mapped[datetime]
    count: Mapped[int]


def was_made(session: Session, person: Person, *, form_key: str) -> bool:
    """Say whether a form made a token before: whoever clicked twice made one."""
    mine = (ApiToken.person_id == person.id, ApiToken.form_key == form_key)
    return session.scalar(select(ApiToken.id).where(*mine)) is not None


def make_token(
    session: Session,
    person: Person,
    *,
    name: str,
    may_write: bool,
    days: int,
    form_key: str,
    at: datetime,
) -> str:
    """Return a new token, `baton_<id>_<secret>`; it is shown once and lives `days` from `at`.

    The same form sent again gives the same token a new secret: whoever clicked twice reads the
    second answer.
    """
    query = select(ApiToken).where(
        ApiToken.person_id == person.id, ApiToken.form_key == form_key, ApiToken.used_at.is_(None)
    )
    token = session.scalar(query) or ApiToken(
        person_id=person.id, form_key=form_key, name=name, may_write=may_write, created_at=at
    )
    secret = secrets.token_urlsafe(32)
    token.secret_hash = digest(secret)
    token.expires_at = at + timedelta(days=min(days, LONGEST))
    session.add(token)
    session.flush()
    return f"baton_{token.id}_{secret}"


def tokens_of(session: Session, person: Person) -> Sequence[ApiToken]:
    """Return the tokens of a person that were not revoked, the newest first."""
    return session.scalars(
        select(ApiToken)
        .where(ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
        .order_by(ApiToken.id.desc())
    ).all()


def fitting_token(session: Session, shown: str, *, at: datetime) -> tuple[int, bool] | None:
    """Return (id, whether it may write) of the living token that was `shown`, else None."""
    mark, _, rest = shown.partition("_")
    number, _, secret = rest.partition("_")
    if mark != "baton" or not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    row = session.execute(
        select(ApiToken.secret_hash, ApiToken.may_write)
        .join(Person, Person.id == ApiToken.person_id)
        .where(ApiToken.id == int(number), ApiToken.revoked_at.is_(None), Person.is_active)
        .where(ApiToken.expires_at > at)
    ).one_or_none()
    if row is None or not hmac.compare_digest(row[0], digest(secret)):
        return None
    return int(number), row[1]


def load_token(session: Session, token_id: int) -> ApiToken:
    """Return a token with its person and their teams."""
    return session.get_one(
        ApiToken,
        token_id,
        options=[
            joinedload(ApiToken.person)
            .selectinload(Person.memberships)
            .joinedload(Membership.team)
            .joinedload(Team.calendar)
        ],
    )


def count_use(session: Session, token_id: int, *, at: datetime) -> int:
    """Count one more use of a token and return how many there were in this window.

    The first one of a window also notes when the token was used last.
    """
    began = window_of(at)
    statement = insert_into(session, ApiWindow).values(token_id=token_id, began_at=began, count=1)
    again = case((ApiWindow.began_at == began, ApiWindow.count + 1), else_=1)
    changes = {"began_at": began, "count": again}
    statement = statement.on_conflict_do_update(index_elements=["token_id"], set_=changes)
    count: int = session.execute(statement.returning(ApiWindow.count)).scalar_one()
    if count == 1:
        session.get_one(ApiToken, token_id).used_at = at
    return count


def window_of(at: datetime) -> datetime:
    """Return when the window that `at` lies in began (UTC)."""
    return at.replace(second=0, microsecond=0)


def end_tokens(session: Session, person: Person, *, at: datetime) -> None:
    """Revoke all tokens of somebody who leaves, for good."""
    live = (ApiToken.person_id == person.id, ApiToken.revoked_at.is_(None))
    session.execute(update(ApiToken).where(*live).values(revoked_at=at))
