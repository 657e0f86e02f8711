"""The week of a team, by mail to those who look after it: once, on the first morning of the next.

It says what the pages say, from the same functions, and names nobody.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from app.language import speaking
from app.notices.letters import Text
from app.notices.models import Letter
from app.notices.queries import quiet_hours_of
from app.notices.quiet import Quiet, after_quiet
from app.people.models import Membership, Person, Team
from app.people.rules import Role
from app.rows import insert_into
from app.turnaround.basis import Scope
from app.turnaround.behind import Scope as OneTeam
from app.turnaround.chapters import Wanted, tell
from app.turnaround.contents import CHAPTERS
from app.turnaround.kept import Promises, done_promises
from app.turnaround.models import WeekTold
from app.turnaround.periods import Grain, begin_of
from app.turnaround.queries import team_figures
from app.turnaround.rules import Choice, window_of
from app.turnaround.week_words import Week, week_words
from app.worktime.queries import clock_of

REASON: Final = "week"
STALE: Final = timedelta(hours=24)  # a letter that comes later than this helps nobody


@dataclass(frozen=True)
class Telling:
    """Whom to tell of which team's week; `monday` is the first day of the week that has begun."""

    person_id: int
    team_id: int
    monday: date


def weeks_to_tell(session: Session, *, at: datetime) -> list[Telling]:
    """Return what is to be told at `at` (UTC): where a team has opened for its week within a day.

    Those who lead it are told, unless they want no such letter or have been told already.
    """
    leads = session.scalars(
        select(Membership)
        .join(Person)
        .where(Membership.role == Role.LEAD, Membership.weekly, Person.is_active)
        .options(joinedload(Membership.team).joinedload(Team.calendar))
        .order_by(Membership.id)
    )
    wanted = [
        Telling(one.person_id, one.team_id, monday)
        for one in leads
        if (monday := _begun(one.team, at))
    ]
    earliest = min((one.monday for one in wanted), default=date.max)
    columns = (WeekTold.person_id, WeekTold.team_id, WeekTold.week)
    told = session.execute(select(*columns).where(WeekTold.week >= earliest))
    known = {Telling(*row) for row in told}
    return [one for one in wanted if one not in known]


def _begun(team: Team, at: datetime) -> date | None:
    """Return the Monday of the week for which the team opened within the last day, if it did."""
    wall, clock = team.calendar.wall, clock_of(team.calendar)
    monday = begin_of(Grain.WEEK, wall.day_of(at))
    start = wall.begins(monday)
    opened = start if clock.is_open(start) else clock.next_open(start)
    return monday if opened and opened <= at < opened + STALE else None


def tell_week(session: Session, one: Telling, *, url: str, at: datetime) -> bool:
    """Write the letter of one week, unless somebody else does; return whether this one did.

    A week in which nothing came, was done or lay there is told to nobody.
    """
    if not _is_first(session, one):
        return False
    person, team = session.get_one(Person, one.person_id), session.get_one(Team, one.team_id)
    first, last = one.monday - timedelta(days=7), one.monday - timedelta(days=1)
    choice = Choice(None, first, last)
    window = window_of(choice, wall=team.calendar.wall, now=at)
    figures = team_figures(session, OneTeam(team, choice, window, at))
    oldest = figures.open.oldest_raised_at
    lay_there = oldest is not None and oldest < window.end
    if not (lay_there or figures.turnaround.n or figures.response.raised):
        return True
    week = Week(figures, _promises(session, team, choice, at), f"{url}/teams/{team.id}")
    with speaking(person.language):
        text = week_words(person.first_name, week, settings_url=f"{url}/me/notices")
    _post(session, person, team, text, at=at)
    return True


def _post(session: Session, person: Person, team: Team, text: Text, *, at: datetime) -> None:
    hours = quiet_hours_of(session, person)
    zone = team.calendar.zone_at(at)
    quiet = Quiet(hours.starts, hours.ends, zone) if hours else Quiet(zone=zone)
    session.add(
        Letter(
            person_id=person.id,
            to=person.email,
            subject=text.subject[:300],
            body=text.body,
            reason=REASON,
            created_at=at,
            next_try_at=after_quiet(at, quiet),
        )
    )


def _is_first(session: Session, one: Telling) -> bool:
    """Note that the week is told; False when another worker did so first, which is waited for."""
    row = {"person_id": one.person_id, "team_id": one.team_id, "week": one.monday}
    noted = insert_into(session, WeekTold).values(**row).on_conflict_do_nothing()
    return session.scalar(noted.returning(WeekTold.week)) is not None


def _promises(session: Session, team: Team, choice: Choice, at: datetime) -> Promises:
    """Return the promises of that week as the chapter of promises sorts them."""
    wanted = Wanted(Scope("team", team.name, team_id=team.id), choice)
    basis = tell(session, CHAPTERS["promises"], wanted, now=at, viewer=None).basis
    return done_promises(basis, basis.lives)
