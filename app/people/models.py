"""Who there is: departments, teams, people, who belongs where, and their signed-in browsers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.called import Called
from app.db import Base, one_of
from app.people.names import first_name, initials
from app.people.rules import Door, Role
from app.people.team_places import TeamPlace
from app.worktime.models import Calendar


class Department(Base):
    """A group of teams."""

    __tablename__ = "department"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)


class Team(Called, Base):
    """People who answer requests together, with one calendar."""

    __tablename__ = "team"

    id: Mapped[int] = mapped_column(primary_key=True)
    department_id: Mapped[int] = mapped_column(ForeignKey("department.id"), index=True)
    calendar_id: Mapped[int] = mapped_column(ForeignKey("calendar.id"), index=True)
    name: Mapped[str] = mapped_column(String(80), unique=True)
    purpose: Mapped[str] = mapped_column(String(280), default="")

    department: Mapped[Department] = relationship()
    calendar: Mapped[Calendar] = relationship()


class Person(Called, Base, UserMixin):
    """Somebody with a name. `email` is stored folded; `works` is in their own words."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    email: Mapped[str] = mapped_column(String(254), unique=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    works: Mapped[str] = mapped_column(String(120), default="")
    is_admin: Mapped[bool] = mapped_column(default=False)
    is_active: Mapped[bool] = mapped_column(default=True)
    second_step: Mapped[bool] = mapped_column(default=False, server_default=false())
    language: Mapped[str | None] = mapped_column(String(8))  # None: what the browser asks for

    memberships: Mapped[list["Membership"]] = relationship(back_populates="person")

    @property
    def initials(self) -> str:
        """Up to two letters that stand for the name."""
        return initials(self.name)

    @property
    def places(self) -> "Sequence[TeamPlace | Membership]":
        """Where they belong; known from the beginning for whoever is signed in."""
        known: Sequence[TeamPlace] | None = self.__dict__.get("known_places")
        return self.memberships if known is None else known

    def zone_at(self, at: datetime) -> str | None:
        """Return the time zone at an instant of the first of their teams; None without a team."""
        first = min(self.places, key=lambda place: place.team_id, default=None)
        return first.zone_at(at) if first else None

    @property
    def first_name(self) -> str:
        """The first word of the name."""
        return first_name(self.name)


class Membership(Base):
    """A person's place in a team; `weekly` says whether, leading it, they want its week by mail."""

    __tablename__ = "membership"
    __table_args__ = (
        UniqueConstraint("person_id", "team_id"),
        CheckConstraint(one_of("role", Role), name="role"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    team_id: Mapped[int] = mapped_column(ForeignKey("team.id"), index=True)
    role: Mapped[str] = mapped_column(String(10), default=Role.MEMBER)
    weekly: Mapped[bool] = mapped_column(default=True, server_default=true())

    person: Mapped[Person] = relationship(back_populates="memberships")
    team: Mapped[Team] = relationship()

    @property
    def team_name(self) -> str:
        """The name of the team."""
        return self.team.name

    def zone_at(self, at: datetime) -> str:
        """Return the time zone of the team at an instant."""
        return self.team.calendar.zone_at(at)


class LoginSession(Base):
    """One signed-in browser; deleting nothing, revoking ends it.

    While `waits_until` is set, the second step is still to come and the browser is signed in to
    nothing; `sure_at` is when the password was last asked for again, `challenge` what a passkey
    has to sign next.
    """

    __tablename__ = "login_session"
    __table_args__ = (CheckConstraint(one_of("door", Door), name="door"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    browser: Mapped[str] = mapped_column(String(200), default="")
    door: Mapped[str] = mapped_column(String(12), default=Door.PASSWORD, server_default="password")
    waits_until: Mapped[datetime | None]
    sure_at: Mapped[datetime | None]
    challenge: Mapped[str | None] = mapped_column(String(100))

    person: Mapped[Person] = relationship()


class Invitation(Base):
    """A link, good once and for a while, by which somebody sets a first password."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]

    person: Mapped[Person] = relationship()


class Absence(Base):
    """Days on which somebody is away, and who stands in for them."""

    __tablename__ = "absence"
    __table_args__ = (
        CheckConstraint("first_day <= last_day", name="days_in_order"),
        CheckConstraint("substitute_id <> person_id", name="somebody_else"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    first_day: Mapped[date]
    last_day: Mapped[date]
    substitute_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)

    substitute: Mapped[Person | None] = relationship(foreign_keys=substitute_id)
    person: Mapped[Person] = relationship(foreign_keys=person_id)


class Draft(Base):
    """Words typed into a form and not sent yet. `form` is the address it will be posted to."""

    __tablename__ = "draft"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    form: Mapped[str] = mapped_column(String(200), primary_key=True)
    fields: Mapped[list[Any]]  # [[name, value], …] in the order of the form
    saved_at: Mapped[datetime]


class SignInAttempt(Base):
    """A failed try to sign in, kept to slow down guessing by account and by address."""

    __tablename__ = "sign_in_attempt"
    __table_args__ = (Index("ix_sign_in_attempt_subject_at", "subject", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(String(64))  # hash of "email:…" or "address:…"
    at: Mapped[datetime]
