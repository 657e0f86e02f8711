"""Days on which people are away, and who stands in for them."""

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final

from sqlalchemy import ColumnElement, Date, Integer, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session, joinedload

from app.language import gettext
from app.people.models import Absence, Membership, Person
from app.worktime.days import local_day

A_DAY: Final = timedelta(days=1)


class WrongAbsence(ValueError):
    """Days or a substitute that cannot be; `part` is what the sentence is about."""

    def __init__(self, part: str, sentence: str) -> None:
        super().__init__(sentence)
        self.part = part


def say_away(
    session: Session,
    person: Person,
    *,
    first_day: date,
    last_day: date,
    substitute: Person | None,
    today: date,
) -> Absence:
    """Say that `person` is away from `first_day` to `last_day`, both included, in their own zone.

    :raises WrongAbsence: for days that have passed or stand in the wrong order, for days that are
        said already, and for a substitute who shares no team with the person, or is away, too.
    """
    if last_day < first_day:
        raise WrongAbsence("last_day", gettext("The last day comes after the first."))
    if last_day < today:
        raise WrongAbsence("last_day", gettext("These days have passed."))
    if _is_away(session, person, first_day, last_day):
        raise WrongAbsence("first_day", gettext("You said so already for some of these days."))
    if substitute is not None:
        _check_substitute(session, person, substitute, first_day, last_day)
    absence = Absence(
        person_id=person.id,
        first_day=first_day,
        last_day=last_day,
        substitute_id=substitute.id if substitute else None,
    )
    session.add(absence)
    return absence


def _check_substitute(
    session: Session, person: Person, substitute: Person, first_day: date, last_day: date
) -> None:
    if not _share_a_team(session, person, substitute):
        raise WrongAbsence("substitute", gettext("Please choose a colleague of one of your teams."))
    if _is_away(session, substitute, first_day, last_day):
        who = gettext(
            "%(name)s is away on some of these days, too; please choose somebody who is there.",
            name=substitute.name,
        )
        raise WrongAbsence("substitute", who)


def _is_away(session: Session, person: Person, first_day: date, last_day: date) -> bool:
    said = select(Absence.id).where(Absence.person_id == person.id, *_meets(first_day, last_day))
    return session.scalar(said.limit(1)) is not None


def _meets(first_day: date, last_day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Absence.first_day <= last_day, Absence.last_day >= first_day


def left_alone_by(absence: Absence) -> Select[str]:
    """Select the names of those for whom this person was to stand in on some of these days."""
    return (
        select(Person.name)
        .join(Absence, Absence.person_id == Person.id)
        .where(
            Absence.substitute_id == absence.person_id,
            *_meets(absence.first_day, absence.last_day),
        )
        .order_by(Person.name)
    )


def _share_a_team(session: Session, person: Person, other: Person) -> bool:
    mine = select(Membership.team_id).where(Membership.person_id == person.id)
    shared = select(Membership.id).where(
        Membership.person_id == other.id, Membership.team_id.in_(mine)
    )
    return other.id != person.id and session.scalar(shared.limit(1)) is not None


def absences_of(person: Person, *, today: date) -> Select[Absence]:
    """Select the absences of a person that are not over, the next one first."""
    return (
        select(Absence)
        .where(Absence.person_id == person.id, Absence.last_day >= today)
        .options(joinedload(Absence.substitute))
        .order_by(Absence.first_day, Absence.id)
    )


def is_away(on: date) -> ColumnElement[bool]:
    """Return the condition "away on that day" over `Person`."""
    return exists().where(Absence.person_id == Person.id, *lasts_over(on))


def away_among(
    session: Session, people: Collection[int | None], *, on: date, team_id: int = 0
) -> dict[int, Absence]:
    """Return the absences on that day of `people` (ids) and of a team's members, by person."""
    values = {"people": list(people), "today": on, "team_id": team_id}
    return {absence.person_id: absence for absence in session.scalars(_away(), values)}


@cache
def _away() -> Select[Absence]:
    team = select(Membership.person_id).where(
        Membership.team_id == bindparam("team_id", type_=Integer)
    )
    people = Absence.person_id.in_(bindparam("people", expanding=True))
    return (
        select(Absence)
        .where(
            *lasts_over(bindparam("today", type_=Date)), or_(people, Absence.person_id.in_(team))
        )
        .options(joinedload(Absence.substitute))
    )


def stand_in_for(
    session: Session, people: Collection[int], *, at: datetime
) -> Iterator[tuple[int, int]]:
    """Yield (person, who stands in) for those of `people` (ids) who are away at an instant.

    Each is away by the days of their own zone.
    """
    near = {"people": list(people), "first": at.date() - A_DAY, "last": at.date() + A_DAY}
    for absence in session.scalars(_near(), near):
        today = day_of_absence(absence.person, at)
        if absence.substitute_id and absence.first_day <= today <= absence.last_day:
            yield absence.person_id, absence.substitute_id


@cache
def _near() -> Select[Absence]:
    """Select absences that may hold: no zone is further than a day from the date in UTC."""
    first, last = bindparam("first", type_=Date), bindparam("last", type_=Date)
    return select(Absence).where(
        Absence.person_id.in_(bindparam("people", expanding=True)),
        Absence.first_day <= last,
        Absence.last_day >= first,
    )


def day_of_absence(reader: Person, at: datetime) -> date:
    """Return the day it is for `reader` at an instant."""
    return local_day(reader.zone_at(at), at)


def whom_stands_in_for(
    person_id: int | ColumnElement[int], *, on: date | ColumnElement[date]
) -> Select[int]:
    """Select the ids of those whom this person stands in for on that day."""
    return select(Absence.person_id).where(Absence.substitute_id == person_id, *lasts_over(on))


def lasts_over(
    day: date | ColumnElement[date],
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions by which an absence holds on a day."""
    return Absence.first_day <= day, Absence.last_day >= day
